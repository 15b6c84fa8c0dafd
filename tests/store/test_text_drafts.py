"""The drafts of one text are opened, filed and taken back together; each is a draft like any."""

from datetime import timedelta

from store import Store
from store.model.draft import Draft, DraftState, NewDraft
from store.model.entry import Kind, LinkType
from store.model.passage import Doubt, Passage
from store.model.revision import Act, Person
from store.workflow.text_drafts import OpenText, ReadyDraft
from tests.store.conftest import AT, DESK, addition, an_act, an_entry

OTHER = Person("discord", "78", "Member Two")
PASSAGE = Passage("Bridge 0 is down.", ((0, 6),), {"day": "Nov 7"}, (Doubt("by", "he", ("A-1",)),))
HOUR = timedelta(hours=1)


async def open_text(store: Store, key: str = "text", count: int = 3) -> tuple[Draft, ...]:
    """Open the drafts of a text."""
    new = [
        NewDraft(Kind.EVENT, {"text": f"Bridge {n} is down."}, passage=PASSAGE)
        for n in range(count)
    ]
    return await store.text_drafts.open(key, DESK, new, AT)


def ready(draft: Draft) -> ReadyDraft:
    """Return a draft as something that can be filed."""
    return ReadyDraft(draft, an_entry(text=f"Filed {draft.id}."))


def undoing(key: str = "undo") -> Act:
    return an_act(key, "undo")


async def test_the_same_key_gives_the_same_drafts_and_another_gives_the_next(small: Store) -> None:
    first = await open_text(small)
    assert [draft.number for draft in first] == [1, 2, 3]
    assert first[0].passage == PASSAGE
    assert await open_text(small) == first
    later = await open_text(small, "later", 1)
    assert later[0].batch == later[0].id == first[-1].id + 1
    assert await small.text_drafts.open("none", DESK, [], AT) == ()


async def test_they_are_listed_by_their_text_and_not_one_by_one(small: Store) -> None:
    drafts = await open_text(small)
    single = await small.drafts.open("single", DESK, NewDraft(Kind.EVENT, {"text": "x"}), AT)
    assert await small.drafts.of(DESK, 9) == (single,)
    first, _, last = drafts
    await small.text_drafts.drop([first.id], AT)
    assert await small.text_drafts.list_open(DESK, AT) == (OpenText(first.id, last.id, 2),)
    assert await small.text_drafts.list_open(OTHER, AT) == ()
    assert await small.text_drafts.list_open(DESK, AT + timedelta(days=8)) == ()


async def test_they_expire_as_single_drafts_do_and_their_words_go(small: Store) -> None:
    drafts = await open_text(small)
    await small.drafts.expire(AT + timedelta(days=8))
    now = await small.text_drafts.batch(drafts[0].id)
    assert {(draft.state, draft.passage) for draft in now} == {(DraftState.DROPPED, None)}


async def test_each_gets_a_revision_and_a_repeat_files_nothing_more(small: Store) -> None:
    drafts = await open_text(small)
    before, _ = await small.history.head()
    entries = await small.text_drafts.file(an_act("f"), [ready(draft) for draft in drafts])
    assert (await small.history.head())[0] == before + 3
    assert await small.text_drafts.file(an_act("f2"), [ready(d) for d in drafts]) == entries
    assert (await small.history.head())[0] == before + 3
    now = await small.text_drafts.batch(drafts[0].id)
    assert [(draft.entry_id, draft.passage) for draft in now] == [(n, None) for n in entries]


async def test_what_was_changed_meanwhile_or_given_up_is_left_out(small: Store) -> None:
    first, second, third = await open_text(small)
    await small.drafts.change(first.id, {"text": "Another."}, AT)
    await small.text_drafts.drop([second.id], AT)
    entries = await small.text_drafts.file(an_act("f"), [ready(d) for d in (first, second, third)])
    states = [draft.state for draft in await small.text_drafts.batch(first.id)]
    assert states == [DraftState.OPEN, DraftState.DROPPED, DraftState.FILED]
    assert len(entries) == 1


async def test_one_undo_takes_all_back_and_a_repeat_of_it_nothing_else(small: Store) -> None:
    drafts = await open_text(small)
    entries = await small.text_drafts.file(an_act("f"), [ready(draft) for draft in drafts])
    together = await small.undo_together.find(undoing(), AT - HOUR)
    result = await small.undo_together.undo(undoing(), AT - HOUR, together)
    assert result.undone == tuple(f"E-{n}" for n in entries)
    again = await small.undo_together.find(undoing(), AT - HOUR)
    assert await small.undo_together.undo(undoing(), AT - HOUR, again) == result
    for number in entries:
        entry = await small.entries.get(number)
        assert entry is not None
        assert entry.retracted_at is not None


async def test_an_undo_leaves_what_somebody_changed_since(small: Store) -> None:
    drafts = await open_text(small)
    first, *rest = await small.text_drafts.file(an_act("f"), [ready(d) for d in drafts])
    together = await small.undo_together.find(undoing(), AT - HOUR)
    await small.moderation.correct(
        an_act("fix", "correct", OTHER), first, 1, an_entry(text="Corrected.")
    )
    result = await small.undo_together.undo(undoing(), AT - HOUR, together)
    assert (result.kept, result.undone) == ((f"E-{first}",), tuple(f"E-{n}" for n in rest))


async def test_links_that_were_filed_with_them_go_with_them(small: Store) -> None:
    drafts = await open_text(small, count=2)
    linked = [ReadyDraft(d, an_entry(text="x"), (LinkType.SUPPORTS, 1)) for d in drafts]
    entries = await small.text_drafts.file(an_act("f"), linked)
    together = await small.undo_together.find(undoing(), AT - HOUR)
    result = await small.undo_together.undo(undoing(), AT - HOUR, together)
    assert result.undone == tuple(f"E-{n}" for n in entries)


async def test_what_was_filed_alone_is_no_matter_of_a_text(small: Store) -> None:
    (draft,) = await open_text(small, count=1)
    await small.text_drafts.file(an_act("f"), [ready(draft)])
    assert await small.undo_together.find(undoing(), AT - HOUR) == ()
    await small.history.write(an_act("plain"), addition(an_entry()))
    assert await small.undo_together.find(undoing(), AT - HOUR) == ()


async def test_people_of_the_desk_are_found_by_their_names_in_a_text(small: Store) -> None:
    await small.history.write(an_act("plain"), addition(an_entry()))
    assert await small.text_drafts.names_in("As The desk wrote in private.") == ("The desk",)
    assert await small.text_drafts.names_in("Nobody is named.") == ()
