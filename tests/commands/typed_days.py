"""Days as people type them, and how one is refused."""

from datetime import date

import pytest
from hypothesis import strategies as st

from commands.kit.days import BadDay, read_day

TODAY = date(2025, 11, 7)
WRITE_A_DAY = 'write a day such as 2025-11-07, 7d or "29 Oct".'
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
past = st.dates(date(1900, 1, 1), TODAY)
pieces = st.sampled_from(
    [
        *"0123456789/-.~?%:, ",
        *("2025", "2025-10", "29", "10", "..", "Oct", "May", "октября", "жовтня", "року", "fri"),
        *(
            "Wed",
            "of",
            "th",
            "7d",
            "ago",
            "days",
            "today",
            "5pm",
            "noon",
            "night of",
            "ніч на",
            "станом на",
            "to",
            "between",
            "and",
            "з",
            "по",
            "by",
            "about",
            "last",
            "за",
            "добу",
            "28",
            "20251029",
            "<t:1761696000:D>",
            "тому",
            "T",
            "UTC",
            "\u200f",
            "٣",
        ),
    ]
)
texts = st.text(max_size=40) | st.lists(pieces, max_size=9).map("".join)
spaced = st.lists(pieces, max_size=9).map(" ".join)


def refusal(text: str, today: date = TODAY) -> str:
    with pytest.raises(BadDay) as refused:
        read_day(text, today)
    return str(refused.value)
