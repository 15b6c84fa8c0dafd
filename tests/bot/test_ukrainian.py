"""Every command, asked in Ukrainian on a desk with something of everything: no English is left.

What may stand there in Latin letters is what somebody wrote (a source's words, a name, a reason),
what is typed (a command, a key, a value, a reference), and words that the catalogue itself has.
"""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from zoneinfo import available_timezones

import pytest

from bot.adapters.console.layout import layout
from bot.i18n.catalogues import translate_into
from bot.i18n.formatter import Voice
from commands import COMMANDS
from commands.kit.invocation import Caller, Role, Room
from commands.kit.placeholders import SHAPES
from commands.kit.reply import Reply
from scripts.extract_words import read
from store import open_store
from tests.commands import conftest
from tests.fakes import ZONE, Talk, copy_store, line_of, rows_of

seeds_file = conftest.seeds_file

UKRAINIAN = Voice(ZONE, translate_into("uk"))
CALLER, ROOM = Caller("console", "local", "You", Role.ADMIN), Room("console", "local", managed=True)
LINES = [
    *("/status Pokrovsk", "/status Pokrovsk more:yes", "/status Donetsk Oblast", "/status Lviv"),
    *("/status Pokrvsk", "/claims", "/claims Pokrovsk", "/claims by:Putin since:2025-10-29"),
    *("/events", "/events Pokrovsk kind:strike", "/search flag", "/sources", "/sources Putin"),
    *("/map Pokrovsk", "/map Lviv", "/map Pokrovsk from:1 Nov look:dark", "/map Pokrovsk wide:5"),
    *("/timeline Pokrovsk until:6 Nov", "/timeline Lviv", "/timeline Pokrovsk look:light"),
    *("/nearest 48.3333,37.2000", "/nearest 37.1833,48.2833 at:6 Nov", "/nearest 52.2297,21.0122"),
    *("/nearest Pokrovsk", "/status 48.2833,37.1833"),
    *("/disputes", "/disputes Lviv", "/disputes Pokrovsk until:6 Nov"),
    *("/changes from:24 Oct to:7 Nov", "/changes Pokrovsk from:24 Oct clock:record more:yes"),
    *("/digest", "/digest 2025-11-06", "/digest only:claims", "/lookup Fighting near Pokrovsk"),
    *("/check Fighting near Pokrovsk", "/tell Pokrovsk"),
    *("/digests add", "/digests add 07:30 places:Pokrovsk quiet:yes language:uk sure:yes"),
    *("/digests list", "/digests remove T-1", "/digests remove T-9"),
    *("/watch add Pokrovsk", "/watch add Myrnohrad here:yes", "/watch list"),
    "/watch remove Pokrovsk",
    '/submit "A drone hit a bridge." place:Druzhkivka day:2025-11-05 source:S-1',
    *("/me", "/me D-1", "/me forget:ask", "/review", "/draft show D-1"),
    '/add claim "Russian forces hold Rodynske." by:Putin place:Rodynske day:2025-11-06 source:S-1',
    *("/draft show", "/draft fill D-2", "/draft file D-2", "/draft file D-2", "/entry E-65"),
    *("/status Rodynske", "/entry E-65 recorded:2025-11-07"),
    '/add event "Shelling." place:Pokrovsk day:"1 Sep 2025" source:"A new outlet"',
    *("/draft create D-3 field:source name:“A new outlet” kind:outlet", "/draft drop D-3"),
    "/add claim",
    "/add assessment by:A-3 control:contested",
    "/draft drop all:yes",
    '/add event "Fire." day:2025-11-05 place:Pokrovsk also:Lviv source:S-1 credibility:1',
    *("/edit E-9 place:Myrnohrad day:2025-11-01 why:“A test”", "/edit E-9", "/entry E-9"),
    *("/undo", "/undo", "/log", "/log E-9", "/log by:me", "/log by:me since:2025-11-01", "/gaps"),
    *("/verdict E-28 refuted Seen source:S-1", "/entry E-28", "/link E-30 about E-28 Seen"),
    *("/link E-30 about E-28 Seen", "/link E-30 about E-28 remove:yes"),
    *("/retract E-10 Twice", "/entry E-10", "/restore E-10 Wrong", "/redact E-11 Private"),
    *("/redact E-11 Private sure:yes", "/entry E-11", "/log E-11"),
    *("/desk source add “New outlet”", "/desk source grade S-3 B why:Checked", "/sources S-3"),
    *("/desk actor add “Голова громади” role:mayor", "/desk actor alias A-6 Putler"),
    *("/desk place add Hamlet at:48.2,37.1", "/desk place alias Pokrovsk Pokrov"),
    *("/desk area add Front places:Pokrovsk around:Myrnohrad km:20", "/desk area list"),
    *("/desk area remove Front", "/desk status add Flooded symbol:≈", "/desk status list"),
    "/desk type list",
    *("/desk member bar D-1 why:Spam", "/me", "/draft reject D-1 Twice", "/draft rebase D-1"),
    *("/freeze Backup", "/about", "/submit x", "/freeze", "/freeze off:yes", "/undo"),
    *(
        "/tell",
        "/columns",
        "/draft from x.csv",
        "/export",
        "/export kind:claim",
        "/import x.csv",
        "/room",
        "/room answers:public",
    ),
    *("/room language:uk", "/log", "/help", "/help all", "/help desk", "/about", "/digest"),
    *(f"/help {command.path}" for command in COMMANDS),
    *("/nonsense", "/stats", "/status", "/status at:x", "/status Kuybysheve", "/status zzzz"),
    *("/claims verdict:maybe", "/claims since:5pm", "/claims by:xx", "/entry x", "/entry E-999"),
    *(
        "/status Pokrovsk x:1",
        "/status Pokrovsk since:1",
        "/digests add 25:00",
        "/digests add zone:X",
    ),
    *("/check Pokrovsk is encircled, Putin says.", "/check zzz", "/tell Hrodivka", "/me"),
    *("/tell Hrodivka stop:yes", "/columns F-1", "/desk type list", "/desk type add Sabotage"),
    *("/draft from text:Росіяни взяли Родинське, – сказав Путін.", "/draft from text:Hello there."),
    *("what happened in Pokrovsk", "hello there", "/log zzz", "/log by:zzz", "/draft show D-99"),
    *(
        "/link E-1 hates E-2",
        "/link E-1 about E-1",
        "/verdict E-2 refuted x",
        "/desk place add X at:y",
    ),
    *("/desk area add Z around:Pokrovsk km:x", "/undo revision:1", "/search !!", "/entry E-30"),
]
_RUN = re.compile(r"[A-Za-z][A-Za-z.’'\-]*(?:[ ,]+[A-Za-z][A-Za-z.’'\-]*)*")
_GROUPS = "add|list|remove|show|create|file|fill|drop|reject|rebase|event|claim|assessment|source"
_TYPED = re.compile(
    rf"/[a-z_]+(?: (?:{_GROUPS}|status|actor|place|area|member)\b)?|\b[a-z_0-9]+:\S*"
    r"|\b[A-Z]-[0-9]+\b|\b[0-9a-f]{12}\b"
)


def _codes() -> Iterator[str]:
    """Yield what is typed: the names of commands and parameters, and the values to choose from."""
    for command in COMMANDS:
        yield from command.path.split()
        yield from re.findall(r"[A-Za-z]+", line_of(command))
        for param in command.params:
            yield from re.findall("[a-z]+", param.name)
            yield from (choice.value for choice in param.type.fixed)


def _own_letters() -> Iterator[str]:
    """Yield the Latin words that the Ukrainian catalogue has, such as JSON and Matrix."""
    for message in read("uk"):
        text = message.string or ""
        for string in ([text] if isinstance(text, str) else text) if message.id else ():
            yield from re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", string))


def _zones() -> Iterator[str]:
    """Yield the words of the names of time zones."""
    for zone in available_timezones():
        yield from re.findall(r"[A-Za-z]+", zone)


ALLOWED = {word.casefold() for word in chain(_codes(), _own_letters(), _zones())}


def texts_on_record(store: Path) -> str:
    """Return what people and sources wrote, in one text: never what the program says itself."""
    tables = rows_of(store)
    rows = chain.from_iterable(tables[name] for name in ("entries", "actors", "sources", "links"))
    texts = [value for row in rows for value in row if isinstance(value, str)]
    details = [str(row[5]) for row in tables["entry_places"]]
    return " ".join([*texts, *details, *LINES]).casefold()


def english(reply: Reply, known: str) -> list[str]:
    """Return each run of Latin words in an answer that nobody wrote and nobody types."""
    rows = layout(reply, UKRAINIAN, 1000)
    text = "\n".join("".join(part for _, part in row) for row in rows)
    if reply.form:
        form = reply.form
        labels = (form.title, *(part for field in form.fields for part in (field.label, " ")))
        text += "\n" + UKRAINIAN.plain(*labels)
    runs = _RUN.findall(_TYPED.sub(" ", text))
    return [run for run in runs if not _is_known(run, known)]


def _is_known(run: str, known: str) -> bool:
    """Tell whether each part of a run between commas was written, is typed, or is both in turn."""
    return all(_is_known_part(part, known) for part in run.split(","))


def _is_known_part(part: str, known: str) -> bool:
    typed, _, name = part.strip().partition(" ")
    written_whole = part.casefold().strip(" .-'’") in known
    behind_a_word = bool(name) and _is_typed(typed) and name.casefold().strip(" .") in known
    return written_whole or behind_a_word or _is_typed(part)


def _is_typed(text: str) -> bool:
    words = re.findall("[A-Za-z]+", text)
    return all(word not in SHAPES and word.casefold() in ALLOWED for word in words)


async def test_every_command_answers_in_ukrainian_alone(seeds_file: Path, tmp_path: Path) -> None:
    asked = " ".join(f"{line} " for line in LINES)
    assert [command.path for command in COMMANDS if f"/{command.path} " not in asked] == []
    own = copy_store(seeds_file, tmp_path / "own.db")
    (tmp_path / "x.csv").write_text("kind,text,day\nevent,,soon\n")
    known = texts_on_record(own)
    async with await open_store(own) as store:
        talk = Talk(store)
        left = {}
        for line in LINES:
            answer = await talk.dispatch.line(CALLER, line, ROOM)
            if words := english(answer.reply, known):
                left[line] = words
        assert not [entry for entry in talk.logged if entry.get("error")]
    assert not left, "\n".join(f"{line}: {words}" for line, words in left.items())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ви попросили: Asked to be told.", ["Asked to be told."]),
        ("Vladimir Putin claimed that Pokrovsk", []),
        ("/status МІСЦЕ [at:ДЕНЬ]", []),
        ("/status PLACE", ["PLACE"]),
    ],
)
def test_what_is_left_in_english_is_found(text: str, left: list[str]) -> None:
    known = "vladimir putin claimed that pokrovsk and kupiansk were already surrounded"
    assert english(Reply((text,)), known) == left


def test_every_word_of_a_usage_line_has_a_translation() -> None:
    """PLACE and DAY stood in English in every usage line."""
    shapes = {param.type.shape for command in COMMANDS for param in command.params}
    assert {shape for shape in shapes if re.fullmatch("[A-Z]{2,}", shape)} <= SHAPES.keys()
