"""`ask --json` for programs: the codes of refusals."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.rate_limit import RateLimiter
from commands.kit.errors import Code
from store import open_store
from store.workflow.drafts import SUBMISSIONS
from tests.bot.json_desk import (
    ADMIN,
    CLAIM,
    MODERATOR,
    PUTIN,
    READER,
    ask,
    dispatch,
    seeds_file,
    talk,
)
from tests.fakes import Talk

__all__ = ["seeds_file", "talk"]
REFUSALS = [
    (READER, "/nonsense", Code.UNKNOWN_COMMAND),
    (READER, "/help nonsense", Code.UNKNOWN_COMMAND),
    (READER, "/status Pokrovsk by:Putin", Code.UNKNOWN_PARAMETER),
    (READER, "/about Pokrovsk", Code.TOO_MANY_WORDS),
    (READER, "/claims by:Putin by:Deineha", Code.GIVEN_TWICE),
    (READER, "/status", Code.MISSING_VALUE),
    (READER, "/claims verdict:maybe", Code.BAD_VALUE),
    (READER, "/entry Pokrovsk", Code.BAD_VALUE),
    (READER, "/claims since:10/11/2025", Code.BAD_DAY),
    (READER, "/claims since:2025-11-07 until:2025-11-01", Code.BAD_DAY),
    (READER, "/digest 2025", Code.BAD_DAY),
    (MODERATOR, "/import nowhere.csv", Code.BAD_FILE),
    (READER, "/status Xyzzy", Code.UNKNOWN_PLACE),
    (READER, "/status P-999999999", Code.UNKNOWN_PLACE),
    (READER, "/status Putin", Code.UNKNOWN_PLACE),
    (READER, "/status Stepanivka", Code.AMBIGUOUS_PLACE),
    (READER, "/status Pokrovsk, Myrnohrad", Code.SEVERAL_PLACES),
    (READER, "/events limit:3", Code.UNKNOWN_PARAMETER),
    (READER, "/claims since:", Code.MISSING_VALUE),
    (ADMIN, "/freeze off", Code.BAD_VALUE),
    (MODERATOR, "/desk place alias Pokrvsk Pok", Code.AMBIGUOUS_PLACE),
    (READER, "/claims by:Xyzzy", Code.UNKNOWN_SPEAKER),
    (READER, "/claims by:V", Code.AMBIGUOUS_SPEAKER),
    (READER, "/sources Xyzzy", Code.UNKNOWN_SOURCE),
    (MODERATOR, "/verdict E-28 refuted filmed source:https://example.org/1", Code.UNKNOWN_SOURCE),
    (MODERATOR, "/log by:Xyzzy", Code.UNKNOWN_PERSON),
    (READER, "/entry E-9999", Code.UNKNOWN_REFERENCE),
    (MODERATOR, "/draft show D-99", Code.UNKNOWN_REFERENCE),
    (ADMIN, "/digests remove T-9", Code.UNKNOWN_REFERENCE),
    (MODERATOR, "/undo", Code.NOTHING_FOUND),
    (MODERATOR, "/entry E-28 recorded:2020-01-01", Code.NOTHING_FOUND),
    (MODERATOR, "/restore E-28 mistake", Code.WRONG_STATE),
    (READER, "/freeze", Code.NOT_ALLOWED),
    (READER, "/status Pokrovsk recorded:2025-11-07", Code.NOT_ALLOWED),
]


async def test_a_refusal_has_the_code_of_its_reason(talk: Talk) -> None:
    answers = {line: await ask(talk, line, role) for role, line, _ in REFUSALS}
    assert {line: data.get("code") for line, data in answers.items()} == {
        line: code for _, line, code in REFUSALS
    }
    assert {data["outcome"] for data in answers.values()} == {"refused"}
    assert not [line for line, data in answers.items() if "about" in data]


@pytest.mark.parametrize("line", ["/help nonsense", "/sources Nosuch outlet"])
async def test_what_could_not_be_read_was_once_listed_as_understood(talk: Talk, line: str) -> None:
    assert (await ask(talk, line))["understood"]["given"] == {}


async def refuse_two_sources_of_one_name(talk: Talk, _: Path) -> dict[str, Any]:
    for url in ("https://example.org/1", "https://example.org/2"):
        await ask(talk, f'/desk source add "Daily One" url:{url}', MODERATOR)
    return await ask(talk, '/verdict E-28 refuted filmed source:"Daily One"', MODERATOR)


async def refuse_two_people_of_one_name(talk: Talk, _: Path) -> dict[str, Any]:
    for ref, who in (("E-28", "Moderator One"), ("E-29", "Moderator Two")):
        await ask(talk, f"/retract {ref} duplicate", MODERATOR, who)
    return await ask(talk, "/log by:Moderator", MODERATOR)


async def refuse_what_was_seen_otherwise(talk: Talk, _: Path) -> dict[str, Any]:
    await ask(talk, f"/add claim {CLAIM}", MODERATOR)
    return await ask(talk, "/draft file D-1 seen:99", MODERATOR)


async def refuse_one_submission_too_many(talk: Talk, _: Path) -> dict[str, Any]:
    for number in range(SUBMISSIONS):
        await ask(talk, f'/submit "A shell fell, number {number}."')
    return await ask(talk, '/submit "Another one."')


async def refuse_while_frozen(talk: Talk, _: Path) -> dict[str, Any]:
    await ask(talk, "/freeze vandalism", ADMIN)
    return await ask(talk, "/retract E-28 duplicate", MODERATOR)


async def refuse_to_write_where_one_only_reads(_: Talk, file: Path) -> dict[str, Any]:
    async with await open_store(file, writing=False) as store:
        return await ask(Talk(store), "/retract E-28 duplicate", MODERATOR)


async def refuse_who_asks_too_fast(talk: Talk, _: Path) -> dict[str, Any]:
    talk.dispatch = dispatch(talk.store, pace=RateLimiter(lambda: 0.0))
    return [await ask(talk, "/about") for _ in range(100)][-1]


async def refuse_what_takes_too_long(talk: Talk, _: Path) -> dict[str, Any]:
    talk.dispatch = dispatch(talk.store, limit_s=0)
    return await ask(talk, "/status Pokrovsk")


AFTERWARDS: Mapping[Code, Callable[[Talk, Path], Awaitable[dict[str, Any]]]] = {
    Code.AMBIGUOUS_SOURCE: refuse_two_sources_of_one_name,
    Code.AMBIGUOUS_PERSON: refuse_two_people_of_one_name,
    Code.CHANGED_MEANWHILE: refuse_what_was_seen_otherwise,
    Code.TOO_MANY: refuse_one_submission_too_many,
    Code.FROZEN: refuse_while_frozen,
    Code.READ_ONLY: refuse_to_write_where_one_only_reads,
    Code.TOO_FAST: refuse_who_asks_too_fast,
    Code.TOO_SLOW: refuse_what_takes_too_long,
}


@pytest.mark.parametrize("code", AFTERWARDS)
async def test_a_refusal_of_what_came_before_has_its_code(
    code: Code, talk: Talk, seeds_file: Path
) -> None:
    assert (await AFTERWARDS[code](talk, seeds_file))["code"] == code


def test_there_is_no_code_that_no_line_here_is_refused_with() -> None:
    assert {code for _, _, code in REFUSALS} | set(AFTERWARDS) == set(Code)


async def test_a_refusal_says_what_could_be_read(talk: Talk) -> None:
    refusal = await ask(talk, "/claims Xyzzy since:yesterday by:Putin")
    assert refusal["code"] == Code.UNKNOWN_PLACE
    assert refusal["understood"] == {
        "command": "claims",
        "given": {"by": PUTIN, "since": "2025-11-06"},
    }
    assert "understood" not in await ask(talk, "/nonsense Pokrovsk")
    assert (await ask(talk, "/retract E-28 duplicate"))["understood"]["given"] == {}
