"""/submit and /me: what a member knows goes to a review; what became of it, and being forgotten."""

import asyncio
from datetime import timedelta

from commands.kit.invocation import Role
from commands.kit.reply import Audience
from store.model.draft import DraftState
from store.model.revision import Person
from store.workflow.drafts import SUBMISSIONS
from tests.commands.filing import add
from tests.fakes import NOON, Talk
from tests.store.conftest import an_act

MEMBER, ALLY, MODERATOR = "Member One", "Member Two", "Moderator One"


async def test_a_submission_waits_and_is_told_to_the_asker_alone(desk: Talk) -> None:
    answer = await desk('/submit "A drone hit the station." place:Pokrovsk day:7 Nov', who=MEMBER)
    assert answer.first == "Thank you. D-1 waits for a review."
    assert "/me D-1" in answer.text
    assert answer.reply.audience is Audience.ASKER
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert draft.state is DraftState.WAITING
    assert draft.fields == {
        "text": "A drone hit the station.",
        "place": "Pokrovsk",
        "day": "7 Nov",
    }
    assert (await desk("/search drone station")).first.startswith("Nothing on record")


async def test_what_cannot_be_read_is_said_and_submitted_all_the_same(desk: Talk) -> None:
    answer = await desk("/submit It is so. day:yesterdayish", who=MEMBER)
    assert answer.first.startswith("Thank you.")
    assert "day: “yesterdayish” is not a day I can read" in answer.text


async def test_words_that_nobody_sees_are_no_submission(desk: Talk) -> None:
    for line in ("/submit", "/submit \u200b", '/submit ""', f"/submit {'x' * 2001}"):
        assert (await desk(line, who=MEMBER)).refused
    assert await desk.store.drafts.get(1) is None


async def test_one_may_submit_so_much_within_a_day_and_no_more(desk: Talk) -> None:
    for number in range(SUBMISSIONS):
        assert not (await desk(f"/submit Number {number}.", who=MEMBER)).refused
    answer = await desk("/submit One more.", who=MEMBER)
    assert answer.refused
    assert answer.text == ("You submitted 5 in one day, which is the limit.\nContinue tomorrow.")
    assert not (await desk("/submit Mine.", who=ALLY)).refused
    desk.now = NOON + timedelta(days=1, minutes=1)
    assert not (await desk("/submit One more.", who=MEMBER)).refused


async def test_twenty_submissions_at_once_are_no_more_than_one_may(desk: Talk) -> None:
    answers = await asyncio.gather(*(desk(f"/submit No {n}.", who=MEMBER) for n in range(20)))
    assert sum(not answer.refused for answer in answers) == SUBMISSIONS


async def test_who_is_barred_is_told_so_politely(desk: Talk) -> None:
    await desk.store.people.bar(an_act("bar"), Person("console", MEMBER, MEMBER))
    answer = await desk("/submit It is so.", who=MEMBER)
    assert answer.text == "You can no longer submit here; ask a moderator why."
    assert "you can no longer submit" in (await desk("/me", who=MEMBER)).text


async def test_who_was_forgotten_has_the_same_limits(desk: Talk) -> None:
    for number in range(SUBMISSIONS):
        await desk(f"/submit Number {number}.", who=MEMBER)
    await desk("/me forget:yes", who=MEMBER)
    assert (await desk("/submit One more.", who=MEMBER)).refused


async def test_me_tells_what_became_of_each(desk: Talk) -> None:
    await desk("/submit First. place:Pokrovsk day:2025-11-06 source:S-1", who=MEMBER)
    await desk("/submit Second.", who=MEMBER)
    await desk("/submit Third.", who=MEMBER)
    await add(desk, "/draft file D-1")
    await add(desk, '/draft reject D-2 why:"No source."')
    answer = await desk("/me", who=MEMBER)
    assert answer.after("Drafts and submissions") == (
        "• D-3 · waits for a review Third. • D-2 · was rejected: No source. Second."
        " • D-1 · is on record as E-65"
    )
    assert (await desk("/me D-2", who=MEMBER)).lines == [
        "D-2: was rejected: No source.",
        "Second.",
    ]
    answer = await desk("/me D-1", who=MEMBER)
    assert answer.first == "D-1: is on record as E-65"
    assert answer.offered == ["/entry ref:E-65"]


async def test_anothers_submission_is_nobodys_business(desk: Talk) -> None:
    await desk("/submit First.", who=MEMBER)
    for role in (Role.READER, Role.MODERATOR):
        answer = await desk("/me D-1", who=ALLY, as_=role)
        assert answer.text == "D-1 belongs to someone else; only they can see it."
    assert "First." not in (await desk("/me", who=ALLY)).text


async def test_to_be_forgotten_is_first_explained_then_done(desk: Talk) -> None:
    await desk("/submit First.", who=MEMBER)
    answer = await desk("/me", who=MEMBER)
    assert answer.offered == ["/me forget:ask"]
    answer = await desk("/me forget:ask", who=MEMBER)
    assert "on 0 acts and 1 draft" in answer.flat
    assert answer.offered == ["/me forget:yes"]
    assert (await desk.store.people.data_about(Person("console", MEMBER, ""))).drafts == 1
    answer = await desk("/me forget:yes", who=MEMBER)
    assert answer.first == "You are forgotten."
    assert "person " in answer.text
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert MEMBER not in {draft.owner.id, draft.owner.name}


async def test_what_was_submitted_before_one_was_forgotten_was_still_listed_as_ones_own(
    desk: Talk,
) -> None:
    """“No draft and no submission” stood right below the draft that waited for a review."""
    await desk("/submit First.", who=MEMBER)
    await desk("/me forget:yes", who=MEMBER)

    answer = await desk("/me", who=MEMBER)
    assert "No act on record, no draft and no submission." in answer.text
    assert "First." not in answer.text
    assert "belongs to someone else" in (await desk("/me D-1", who=MEMBER)).text
    await desk("/submit Second.", who=MEMBER)
    assert "Second." in (await desk("/me", who=MEMBER)).text


async def test_a_reader_has_no_way_to_the_review(desk: Talk) -> None:
    await desk("/submit First.", who=MEMBER)
    for line in ("/review", "/draft file D-1", "/draft reject D-1 why:X", "/draft show D-1"):
        assert "Only moderators can use" in (await desk(line, who=MEMBER)).first
