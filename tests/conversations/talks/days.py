"""The days of docs/asking.md mean the same in a whole line, wherever it is sent.

tests/test_docs.py sends all of them; here it is some of each kind, through every door.
"""

from bot.i18n.formatter import Voice
from store.model.span import Span
from tests.conversations.saying import Conversation, Says, Who
from tests.fakes import ROOT, ZONE
from tests.markdown import rows

_ASKING = ROOT / "docs" / "asking.md"
_READ = [row for row in rows(_ASKING, "days") if not row[1].startswith("..")][::3]
_REFUSED = rows(_ASKING, "refused")[::2]


def _words(edtf: str) -> str:
    return Voice(ZONE).span(Span.parse(edtf))


DAYS = (
    Conversation(
        "a reader writes days as people write them",
        tuple(
            Says(Who.READER, f"/claims since:{typed}", "…", has=(_words(edtf),))
            for typed, edtf in _READ
        ),
    ),
    Conversation(
        "a reader writes days that could be others, and is told what to write",
        tuple(
            Says(Who.READER, f"/claims since:{typed}", "since: …", refused=True)
            for typed, _ in _REFUSED
        ),
    ),
)
