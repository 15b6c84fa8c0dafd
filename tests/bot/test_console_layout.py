"""A terminal's rows: as wide as they may be, with every word there."""

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.console.layout import cells, layout
from bot.i18n.formatter import Voice
from commands.kit.inlines import Strong
from commands.kit.reply import Action, Facts, Heading, Item, Items, Reply, Small, Text
from store.model.text import visible
from tests.fakes import ZONE

lines = st.lists(st.one_of(st.text(max_size=60), st.text(max_size=20).map(Strong)), max_size=4).map(
    tuple
)
blocks = st.one_of(
    st.builds(Text, lines),
    st.builds(Small, lines),
    st.builds(Heading, st.text(max_size=30)),
    st.builds(Items, st.lists(st.builds(Item, lines, st.tuples(lines)), max_size=3).map(tuple)),
    st.builds(
        Facts, st.lists(st.tuples(st.text(max_size=20), lines), min_size=1, max_size=3).map(tuple)
    ),
)
actions = st.builds(Action, st.text(max_size=90), st.just("status"), st.just({"place": "P-1"}))
replies = st.builds(
    Reply, lines, st.lists(blocks, max_size=4).map(tuple), st.lists(actions, max_size=3).map(tuple)
)


@given(replies, st.sampled_from([60, 100, 120]))
def test_no_row_is_wider_than_the_terminal(reply: Reply, width: int) -> None:
    for row in layout(reply, Voice(ZONE), width):
        assert cells("".join(text for _, text in row)) <= width


def test_a_line_to_copy_is_not_torn_apart_where_it_fits_on_a_row_of_its_own() -> None:
    """It was broken at its blank: “67 km from Pavlohrad  /status” and “place:P-696720” below."""
    offered = Action(
        "Pokrovske, Poltava Oblast, 31 km from Poltava", "status", {"place": "P-687073"}
    )
    for width in (40, 60, 120):
        rows = layout(Reply(("Which?",), (), (offered,)), Voice(ZONE), width, numbered=True)
        shown = ["".join(text for _, text in row) for row in rows]
        assert any(row.endswith("  /status place:P-687073") for row in shown)


@given(st.text(max_size=300))
def test_no_word_is_lost(text: str) -> None:
    rows = layout(Reply((text,)), Voice(ZONE), 60)
    shown = "".join(text for row in rows for _, text in row)
    assert "".join(shown.split()) == "".join(visible(text).split())


async def test_a_line_to_copy_repeats_no_control_characters_of_what_was_typed() -> None:
    """A choice after a refusal wrote them to the terminal as they came."""
    action = Action("Pokrovsk", "claims", {"text": "a\x1b[31m\x00\tb", "place": "P-704422"})
    rows = layout(Reply(("Which?",), actions=(action,)), Voice(ZONE), 80)
    assert all(text.isprintable() for row in rows for _, text in row)
