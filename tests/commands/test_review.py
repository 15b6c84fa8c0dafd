"""/review: one submission at a time, decided once, its submitter told."""

import asyncio
from datetime import timedelta

from commands.kit.invocation import Role
from store.model.draft import DraftState
from tests.commands.filing import file_line
from tests.fakes import NOON, Talk, TerminalAnswer

MEMBER, FIRST, SECOND = "Member One", "Reviewer One", "Reviewer Two"
WHOLE = "/submit A drone hit the station. place:Pokrovsk day:2025-11-06 source:S-1"


async def reviewing(desk: Talk, line: str, who: str = FIRST) -> TerminalAnswer:
    return await desk(line, as_=Role.MODERATOR, who=who)


async def test_from_submission_to_record_to_the_member(desk: Talk) -> None:
    await desk(WHOLE, who=MEMBER)
    answer = await reviewing(desk, "/review")
    assert answer.first == "1 submission to review · D-1 · submitted as an event"
    assert "• A drone hit the station." in answer.lines
    assert "From Member One" in answer.text
    answer = await reviewing(desk, file_line(answer))
    assert answer.first == "Filed as E-65"
    assert answer.offered[-1] == "/review"
    (revision,) = await desk.store.history.of("E-65")
    assert (revision.by, revision.why) == (FIRST, "Submitted as D-1, and approved.")
    (notice,) = await desk.store.notice_queue.due("console", desk.now)
    assert (notice.person, notice.line) == (MEMBER, "/me ref:D-1")
    assert (await desk(notice.line, who=MEMBER)).first == "D-1: is on record as E-65"
    assert (await reviewing(desk, "/review")).first == "No submissions to review."


async def test_the_oldest_comes_first_and_skip_goes_round(desk: Talk) -> None:
    for words in ("One.", "Two.", "Three."):
        await desk(f"/submit {words}", who=MEMBER)
    seen = []
    answer = await reviewing(desk, "/review")
    for _ in range(4):
        seen.append(answer.first)
        skip = next(line for line in answer.offered if line.startswith("/review skip:"))
        answer = await reviewing(desk, skip)
    assert seen == [
        f"3 submissions to review · D-{n} · submitted as an event" for n in (1, 2, 3, 1)
    ]


async def test_who_is_on_it_is_said_for_a_while(desk: Talk) -> None:
    await desk(WHOLE, who=MEMBER)
    await reviewing(desk, "/review")
    desk.now = NOON + timedelta(minutes=3)
    answer = await reviewing(desk, "/review", who=SECOND)
    assert answer.lines[1] == "Reviewer One started reviewing it 3 minutes ago."
    assert "started reviewing" not in (await reviewing(desk, "/review")).text
    desk.now = NOON + timedelta(minutes=30)
    assert "started reviewing" not in (await reviewing(desk, "/review", who=SECOND)).text


async def test_the_kind_is_the_reviewers_choice(desk: Talk) -> None:
    await desk(WHOLE, who=MEMBER)
    pick = (await reviewing(desk, "/review")).answer.reply.picks[0]
    assert (pick.param, pick.chosen) == ("kind", "event")
    answer = await reviewing(desk, "/review ref:D-1 kind:claim")
    assert answer.first == "1 submission to review · D-1 · submitted as a claim"
    assert "Still needed: speaker" in answer.text
    answer = await reviewing(desk, "/add claim draft:D-1 by:Putin")
    await reviewing(desk, file_line(answer))
    assert (await desk("/entry E-65")).first.startswith("E-65, claim:")


async def test_a_reviewer_mends_what_was_submitted(desk: Talk) -> None:
    await desk("/submit A drone hit the station. day:yesterdayish", who=MEMBER)
    answer = await reviewing(desk, "/draft fill D-1")
    form = answer.reply.form
    assert form is not None
    assert [field.value for field in form.fields][2] == "yesterdayish"
    answer = await reviewing(desk, "/add event draft:D-1 day:6 Nov place:Pokrovsk source:S-1")
    assert (await reviewing(desk, file_line(answer))).first == "Filed as E-65"


async def test_to_turn_down_one_says_why_and_the_member_reads_it(desk: Talk) -> None:
    await desk(WHOLE, who=MEMBER)
    answer = await reviewing(desk, "/draft reject D-1")
    assert answer.reply.form is not None
    assert [field.name for field in answer.reply.form.fields] == ["why"]
    line = '/draft reject D-1 why:"No source but hearsay."'
    answer = await reviewing(desk, line)
    assert answer.first == "D-1 is rejected: No source but hearsay."
    assert (await reviewing(desk, line)).text == answer.text
    (notice,) = await desk.store.notice_queue.due("console", desk.now)
    told = await desk(notice.line, who=MEMBER)
    assert told.first == "D-1: was rejected: No source but hearsay."


async def test_ten_approvals_of_two_reviewers_at_once_file_once(desk: Talk) -> None:
    await desk(WHOLE, who=MEMBER)
    line = file_line(await reviewing(desk, "/review"))
    answers = await asyncio.gather(
        *(reviewing(desk, line, who=who) for who in (FIRST, SECOND) for _ in range(5))
    )
    assert {answer.first for answer in answers} == {"Filed as E-65"}
    assert await desk.store.entries.get(66) is None


async def test_to_approve_and_to_reject_at_once_is_one_of_the_two(desk: Talk) -> None:
    await desk(WHOLE, who=MEMBER)
    line = file_line(await reviewing(desk, "/review"))
    yes, no = await asyncio.gather(
        reviewing(desk, line), reviewing(desk, "/draft reject D-1 why:No.", who=SECOND)
    )
    assert yes.refused is not no.refused
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert (draft.state is DraftState.REJECTED) is yes.refused
    assert len(await desk.store.notice_queue.due("console", desk.now)) == 1


async def test_who_comes_later_is_told_who_decided(desk: Talk) -> None:
    await desk(WHOLE, who=MEMBER)
    await reviewing(desk, file_line(await reviewing(desk, "/review")))
    for line in ("/draft file D-1", "/draft reject D-1 why:No.", "/review D-1"):
        answer = await reviewing(desk, line, who=SECOND)
        assert answer.refused
        assert answer.flat == "That is filed already, as E-65. Reviewer One did that."


async def test_a_draft_that_was_not_submitted_is_not_reviewed(desk: Talk) -> None:
    await reviewing(desk, "/add event A thing.")
    assert (await reviewing(desk, "/review D-1")).text == "D-1 was not submitted; it is a draft."
    assert (await reviewing(desk, "/draft reject D-1")).refused
    assert (await reviewing(desk, "/review")).first == "No submissions to review."


async def test_a_submission_is_not_dropped_by_who_reviews(desk: Talk) -> None:
    await desk(WHOLE, who=MEMBER)
    answer = await reviewing(desk, "/draft drop D-1")
    assert answer.lines == ["D-1 is someone’s submission. To reject it:", "/draft reject D-1"]


async def test_a_hostile_submission_is_shown_as_words(desk: Talk) -> None:
    await desk("/submit @everyone \u202e{why} [x](https://evil.example) '; DROP TABLE", who=MEMBER)
    answer = await reviewing(desk, "/review")
    assert "@everyone {why} [x](https://evil.example) '; DROP TABLE" in answer.text
    reply = await reviewing(desk, "/draft reject D-1 why:{name} %s")
    assert reply.first == "D-1 is rejected: {name} %s"
