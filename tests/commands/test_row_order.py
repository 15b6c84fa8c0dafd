"""An answer is the same whichever way SQLite walks the rows of which no statement asks an order."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite

from bot.adapters.console.data import as_data
from bot.i18n.formatter import Voice
from bot.pictures.album import describe_picture
from commands import COMMANDS
from commands.kit.invocation import Role
from store import Store, open_store
from store.db.connection import ThreadedDatabase, hop
from store.db.database import READING
from store.db.packing import teach
from tests.fakes import ZONE, Talk, copy_store, line_of

VOICE = Voice(ZONE, whole=True)
FILING = (
    *("/watch add Pokrovsk", "/watch add Myrnohrad", "/watch add Kupiansk"),
    *("/digests add 08:00 sure:yes", "/digests add 09:00 places:Pokrovsk, Myrnohrad sure:yes"),
    *("/link E-14 supports E-50", "/link E-14 contradicts E-50", "/link E-29 supports E-50"),
    "/desk area add Front places:Pokrovsk, Myrnohrad, Kupiansk",
    '/desk area add "Other one" places:Pokrovsk around:Myrnohrad km:10',
    '/desk source add "Daily One" url:https://example.org/1',
    '/desk source add "Daily One" url:https://example.org/2',
    "/desk source grade S-1 B why:checked",
    '/desk actor alias Putin "Same Name"',
    "/desk place alias Pokrovsk Pok",
    "/retract E-43 duplicate",
    *("/verdict E-28 refuted filmed", "/verdict E-28 disputed unclear"),
    *('/submit "A shell fell." place:Pokrovsk', '/submit "Another fell."'),
    '/add event "A bridge." place:Pokrovsk also:"Myrnohrad, Kupiansk" day:today source:S-1',
)
ASKING = (
    *("/status Myrnohrad", "/status Donetsk Oblast", "/status Ukraine", "/status Front"),
    *("/status Pokrovsk direction", "/status Stepanivka", "/status Shevchenko", "/status pokrvsk"),
    *("/claims by:Putin", "/claims text:city", "/claims by:V", "/claims retracted:only"),
    *("/events Donetsk Oblast", "/events order:oldest", "/search city", "/disputes Pokrovsk"),
    *("/sources D", "/sources S-1", "/sources Daily One", "/desk area list", "/desk status list"),
    *("/map Pokrovsk wide:120", "/map Donetsk Oblast", "/map Pokrovsk from:2025-10-01"),
    *("/timeline Pokrovsk look:light", "/changes from:2025-10-01", "/changes clock:record"),
    *("/log E-28", "/log by:me", "/draft show", "/desk type list", "/help all"),
    *("/export format:csv", "/export format:jsonl", "/export format:geojson"),
    "/check Putin says that Pokrovsk is encircled",
    "/lookup Russian troops push into Myrnohrad and Pokrovsk",
    *(f"/entry E-{number}" for number in range(1, 65)),
)
OF_COMMANDS = tuple(line_of(each) for each in COMMANDS if each.group != "add")


@asynccontextmanager
async def open_walking(file: Path, *, backwards: bool) -> AsyncIterator[Store]:
    """Open a store for reading; `backwards` turns round every walk that has no ORDER BY."""
    reader = await aiosqlite.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
    await hop(reader, teach)
    for pragma in (*READING, f"PRAGMA reverse_unordered_selects = {backwards:d}"):
        await reader.execute(pragma)
    database = ThreadedDatabase([reader], None, None)
    try:
        yield Store(database)
    finally:
        await database.aclose()


async def ask_all(file: Path, *, backwards: bool) -> dict[str, str]:
    """Return every answer: its words and data, its files, and the words of its picture."""
    answers: dict[str, str] = {}
    async with open_walking(file, backwards=backwards) as store:
        talk = Talk(store)
        for line in (*OF_COMMANDS, *ASKING):
            answer = (await talk(line, Role.ADMIN, whole=True)).answer
            shown = [answer.reply.picture, answer.reply.illustration]
            pictures = [describe_picture(picture, VOICE) for picture in shown if picture]
            files = [file.data.decode() for file in answer.reply.files]
            data = (as_data(answer, VOICE), files, pictures)
            answers[line] = json.dumps(data, ensure_ascii=False, indent=1)
    return answers


async def test_no_answer_goes_by_the_order_in_which_sqlite_happens_to_walk(
    seeds_file: Path, tmp_path: Path
) -> None:
    """“/desk area list” named the places of an area as SQLite came upon them."""
    file = copy_store(seeds_file, tmp_path / "own.db")
    async with await open_store(file) as store:
        desk = Talk(store)
        refused = [line for line in FILING if (await desk(line, Role.ADMIN)).refused]
    assert not refused

    forwards = await ask_all(file, backwards=False)
    backwards = await ask_all(file, backwards=True)

    assert len(forwards) > 130
    assert [line for line in forwards if forwards[line] != backwards[line]] == []
