"""A draft is kept as it was typed, is filed once, and its number is given to no other."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from store import Store
from store.model.draft import DraftState, NewDraft
from store.model.entry import Kind
from store.model.filing import Filing
from store.model.refusals import Already, Outdated, State
from store.model.revision import Act, Person, Revision
from tests.store.conftest import AT, DESK, an_act, an_entry

MEMBER, OTHER = Person("discord", "77", "Member One"), Person("discord", "78", "Member Two")
OPEN = NewDraft(Kind.EVENT, {"text": "A bridge is down.", "place": "Pokrovsk"})
WAITING = NewDraft(Kind.EVENT, {"text": "A bridge is down."}, state=DraftState.WAITING)


def act(key: str, name: str = "file", by: Person = DESK) -> Act:
    return Act(key, name, by, AT, "To test.")


async def file(store: Store, act: Act, draft_id: int, content: Filing) -> Revision:
    """File a draft as it stands."""
    draft = await store.drafts.get(draft_id)
    assert draft is not None
    return await store.drafts.file(act, draft, content)


async def test_the_same_key_is_the_same_draft(small: Store) -> None:
    first = await small.drafts.open("k", MEMBER, OPEN, AT)
    again = await small.drafts.open("k", MEMBER, WAITING, AT + timedelta(hours=1))
    assert again == first
    assert (await small.drafts.open("other", MEMBER, OPEN, AT)).id == first.id + 1


async def test_a_field_is_changed_added_and_cleared(small: Store) -> None:
    draft = await small.drafts.open("k", MEMBER, OPEN, AT)
    changed = await small.drafts.change(draft.id, {"place": "", "day": "today", "text": "B."}, AT)
    assert changed.fields == {"text": "B.", "day": "today"}
    assert changed.version == draft.version + 1
    assert (await small.drafts.change(draft.id, {}, AT, Kind.CLAIM)).kind is Kind.CLAIM


async def test_what_is_filed_is_on_record_once_and_its_texts_go(small: Store) -> None:
    draft = await small.drafts.open("k", MEMBER, OPEN, AT)
    first = await file(small, act("draft:1:file"), draft.id, an_entry(text="A bridge."))
    again = await file(small, act("draft:1:file"), draft.id, an_entry(text="Another."))
    assert again == first
    filed = await small.drafts.get(draft.id)
    assert filed is not None
    assert (filed.state, filed.fields) == (DraftState.FILED, {})
    assert f"E-{filed.entry_id}" == first.target
    with pytest.raises(Already) as refused:
        await file(small, act("another key"), draft.id, an_entry())
    assert (refused.value.target, refused.value.state) == (first.target, State.FILED)


async def test_two_who_review_one_submission_file_it_once(small: Store) -> None:
    draft = await small.drafts.open("k", MEMBER, WAITING, AT)
    await file(small, act("a", by=DESK), draft.id, an_entry())
    with pytest.raises(Already) as refused:
        await small.drafts.reject(act("b", "reject", OTHER), draft.id)
    assert refused.value.by == DESK.name


async def test_a_rejection_is_on_record_with_its_reason_and_the_owner_is_told_once(
    small: Store,
) -> None:
    draft = await small.drafts.open("k", MEMBER, WAITING, AT)
    revision = await small.drafts.reject(act("r", "reject"), draft.id)
    assert (revision.target, revision.why) == (draft.ref, "To test.")
    (notice,) = await small.notice_queue.due("discord", AT)
    assert (notice.person, notice.line) == ("77", f"/me ref:{draft.ref}")
    await small.drafts.reject(act("r", "reject"), draft.id)
    assert len(await small.notice_queue.due("discord", AT)) == 1


async def test_who_files_their_own_is_told_nothing(small: Store) -> None:
    draft = await small.drafts.open("k", MEMBER, WAITING, AT)
    await file(small, act("f", by=MEMBER), draft.id, an_entry())
    assert await small.notice_queue.due("discord", AT) == ()


async def test_a_correction_begun_from_an_older_version_is_outdated_and_stays(
    small: Store,
) -> None:
    draft = await small.drafts.open("k", MEMBER, NewDraft(Kind.EVENT, {}, edits=5, base=1), AT)
    await small.moderation.correct(an_act("c", "correct"), 5, 1, an_entry(text="Meanwhile."))
    with pytest.raises(Outdated):
        await file(small, act("f"), draft.id, an_entry())
    kept = await small.drafts.get(draft.id)
    assert kept is not None
    assert kept.state is DraftState.OPEN


async def test_one_looks_at_a_time_and_the_same_person_may_again(small: Store) -> None:
    """Somebody who changed their name meanwhile was once taken for somebody else."""
    draft = await small.drafts.open("k", MEMBER, WAITING, AT)
    await small.drafts.take(draft.id, OTHER, AT)
    soon, late = AT + timedelta(minutes=5), AT + timedelta(minutes=30)
    assert (await small.drafts.take(draft.id, DESK, soon)).reviewer == OTHER
    renamed = Person(OTHER.platform, OTHER.id, "Member Two, renamed")
    assert (await small.drafts.take(draft.id, renamed, soon)).reviewer == renamed
    assert (await small.drafts.take(draft.id, DESK, late)).reviewer == DESK


async def test_waiting_ones_come_oldest_first_each_once(small: Store) -> None:
    drafts = [await small.drafts.open(f"k{n}", MEMBER, WAITING, AT) for n in range(3)]
    await small.drafts.drop(drafts[1].id, AT)
    first, count = await small.drafts.waiting()
    assert first is not None
    assert (first.id, count) == (drafts[0].id, 2)
    then, _ = await small.drafts.waiting(first.id)
    assert then is not None
    assert then.id == drafts[2].id
    assert await small.drafts.waiting(then.id) == (None, 2)


async def test_a_dropped_draft_loses_its_words(small: Store) -> None:
    draft = await small.drafts.open("k", MEMBER, OPEN, AT)
    dropped = await small.drafts.drop(draft.id, AT)
    assert (dropped.state, dropped.fields) == (DraftState.DROPPED, {})
    with pytest.raises(Already):
        await small.drafts.change(draft.id, {"text": "x"}, AT)


async def test_what_nobody_touched_for_a_week_goes_and_its_number_is_not_given_again(
    small: Store,
) -> None:
    """A button that still named it once acted on somebody else's draft."""
    draft = await small.drafts.open("k", MEMBER, OPEN, AT)
    week = AT + timedelta(days=7, seconds=1)
    assert await small.drafts.expire(week) == 1
    gone = await small.drafts.get(draft.id)
    assert gone is not None
    assert (gone.state, gone.fields) == (DraftState.DROPPED, {})
    fresh = await small.drafts.open("l", OTHER, OPEN, week)
    assert fresh.id != draft.id
    with pytest.raises(Already) as refused:
        await small.drafts.change(draft.id, {"text": "x"}, week)
    assert refused.value.state is State.DROPPED


async def test_what_waits_for_a_review_does_not_expire(small: Store) -> None:
    draft = await small.drafts.open("k", MEMBER, WAITING, AT)
    assert await small.drafts.expire(AT + timedelta(days=99)) == 0
    assert await small.drafts.get(draft.id) == draft


async def test_what_was_turned_down_loses_its_words_after_a_month_and_keeps_the_reason(
    small: Store,
) -> None:
    """They stayed for ever."""
    draft = await small.drafts.open("k", MEMBER, WAITING, AT)
    await small.drafts.reject(an_act("r", "reject"), draft.id)
    rejected = await small.drafts.get(draft.id)
    assert rejected is not None
    assert rejected.fields
    assert await small.drafts.expire(AT + timedelta(days=30)) == 0
    assert await small.drafts.expire(AT + timedelta(days=30, seconds=1)) == 1
    assert await small.drafts.expire(AT + timedelta(days=99)) == 0
    gone = await small.drafts.get(draft.id)
    assert gone == replace(rejected, fields={})
    assert gone.why


async def test_drafts_are_no_part_of_the_record(small: Store) -> None:
    head = await small.history.head()
    draft = await small.drafts.open("k", MEMBER, OPEN, AT)
    await small.drafts.change(draft.id, {"text": "Other."}, AT)
    await small.drafts.drop(draft.id, AT)
    assert await small.history.head() == head
