"""The program's own words in Ukrainian: all of them, and nothing but them."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from bot.adapters.console.layout import layout
from bot.i18n.catalogues import LANGUAGES, language_of, read_words, translate_into
from bot.i18n.formatter import Voice
from commands import COMMANDS
from commands.kit.inlines import Line, T, When
from commands.kit.invocation import Caller, Role
from commands.kit.params.basic import OneOf
from commands.kit.reply import Facts, Heading, Items, Reply
from commands.kit.vocabulary import number
from commands.shared.views.entry_card import control_with_share
from scripts.extract_words import TEMPLATE, find_messages, messages, read, template, wrong
from store.model.entry import Control, Kind, Share, Total
from store.model.span import Span
from store.queries.lists import Filter
from tests.bot.command_line import run
from tests.commands import conftest
from tests.fakes import ROOT, ZONE, Talk
from tests.patience import PATIENCE_S


def fields(words: str) -> list[str]:
    return sorted({field for _, field, _, _ in Formatter().parse(words) if field})


def forms(text: str | Iterable[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def latin(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[A-Za-z]{2,}", text)}


seeds_file, ask = conftest.seeds_file, conftest.ask

ENGLISH, UKRAINIAN = Voice(ZONE), Voice(ZONE, translate_into("uk"))
TRANSLATED = {message.id: message for message in read("uk") if message.id}
LATIN = {
    word
    for message in TRANSLATED.values()
    for form in forms(message.string)
    for word in latin(form)
}

_OWN = (["latin"], ["local"]), (["en"], ["uk"])
"""What comes in two scripts or languages, of which each takes its own: commands/kit/vocabulary."""
ANSWERS = [
    *("/status Pokrovsk", "/status Pokrovsk at:2025-10", "/status Rodynske", "/status Pokrvsk"),
    *("/claims", "/claims by:Putin since:2025-10", "/claims verdict:refuted until:7d"),
    *("/claims text:flag", "/claims Pokrovsk retracted:only", "/search nonsense words"),
    *("/events", "/events kind:visit order:oldest", "/events Lviv kind:strike"),
    *("/entry E-9", "/entry E-28", "/entry E-1", "/entry E-59", "/sources", "/sources Putin"),
    *("/lookup Fighting near Pokrovsk", "/lookup zzz", "/room", "/about", "/help", "/help status"),
    "/status Красноармійськ",
]
REFUSALS = [
    *("/nonsense", "/stats", "/status", "/status Kuybysheve", "/status Покровське"),
    *("/status at:x", "/claims since:../2025", "/claims since:10/11/2025", "/claims since:5pm"),
    *("/claims since:2025-10-24/..", "/claims since:2026-01-01", "/status zzzz"),
    *("/claims since:2025-02-30", "/claims until:2025-01-01 since:2025-02-01", "/claims by:xx"),
    *("/claims verdict:maybe", "/claims text:!!", "/claims since:7d since:8d", "/entry x"),
    *("/entry E-999", "/events Pokrovsk 17 kind:visit zzz", "/sources zzz", "/help zzz"),
    *("/room answers:public", "/entry E-1 recorded:2025-01-01"),
]


def lines(reply: Reply) -> Iterator[Line]:
    """Yield every line of an answer."""
    yield reply.title
    yield from ((action.label,) for action in reply.actions)
    for block in reply.blocks:
        match block:
            case Heading():
                yield (block.inline,)
            case Items():
                yield from (line for item in block.items for line in (item.lead, *item.under))
            case Facts():
                yield from (line for label, about in block.rows for line in ((label,), about))
            case _:
                yield block.line


def terminal_text(reply: Reply, voice: Voice) -> str:
    return "\n".join("".join(text for _, text in row) for row in layout(reply, voice, 100))


@cache
def own_words() -> set[str]:
    """Return the program's own messages in English, the names of keys and of regions aside."""
    keys = {param.name for command in COMMANDS for param in command.params}
    own = [message for message, file in messages() if "gazetteer" not in str(file)]
    return {form for message in own for form in forms(message)} - {""} - keys


def bare(message: str, _many: str | None, _number: int) -> str:
    """Say only what goes into a message: what is left of an answer is not the program's own."""
    own = fields(message)
    names = ["latin", "local"] if own == ["latin"] else own  # both of a name in two scripts
    return " ".join(f"{{{field}}}" for field in names)


def test_every_message_is_translated_and_none_is_stale() -> None:
    """`python scripts/extract_words.py` adds what is new, to be translated in the catalogue."""
    assert not (wrong_words := "\n".join(sorted(wrong("uk")))), wrong_words
    with TEMPLATE.open("rb") as file:
        assert {message.id for message in read_po(file)} == {message.id for message in template()}


def test_a_message_without_translation_is_found() -> None:
    code = 'x = T("{n} new", "{n} newer", n=1); raise BadDay("odd" " day", a=b); T(y.summary)'
    assert list(find_messages(code, "x.py")) == [("{n} new", "{n} newer"), "odd day"]
    with pytest.raises(SystemExit, match=r"x\.py:1"):
        list(find_messages('T(f"no {one}")', "x.py"))


def test_a_translation_has_the_fields_of_its_message_and_words_of_its_language() -> None:
    for message in TRANSLATED.values():
        english, *many = forms(message.id)
        assert len(forms(message.string)) == (3 if many else 1), english
        for form in forms(message.string):
            own = fields(english)
            assert fields(form) in next((pair for pair in _OWN if own in pair), (own,)), form
            assert form[:1].isspace() == english[:1].isspace(), form
            literal = "".join(text for text, *_ in Formatter().parse(english))
            assert not latin(literal) or re.search("[а-яіїєґ]", form, re.IGNORECASE), form


@pytest.mark.parametrize("line", [*ANSWERS, *REFUSALS])
async def test_an_answer_has_no_english_words_of_the_programs_own(ask: Talk, line: str) -> None:
    answer = await ask(line, Role.MODERATOR if "recorded" in line else Role.READER)
    assert answer.refused is (line in REFUSALS)
    reply = answer.reply
    assert (
        not latin(terminal_text(reply, UKRAINIAN))
        - latin(terminal_text(reply, Voice(ZONE, bare)))
        - LATIN
    )
    for log_line in lines(reply):
        for leaf in Voice(ZONE, bare).leaves(log_line):
            assert not (isinstance(leaf, str) and leaf.strip() in own_words()), leaf


def test_what_is_missing_or_fuzzy_is_said_in_english(tmp_path: Path) -> None:
    file = tmp_path / "sitrep.po"
    file.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Yes"\nmsgstr "Так"\n\n#, fuzzy\nmsgid "No"\nmsgstr "Мабуть"\n\n'
        'msgid "Why"\nmsgstr ""\n',
        encoding="utf-8",
    )
    translate = read_words(file, "uk")
    assert [translate(word, None, 1) for word in ("Yes", "No", "Why", "How", "")] == [
        *("Так", "No", "Why", "How", "")
    ]
    assert [translate("{n} day", "{n} days", n) for n in (1, 2)] == ["{n} day", "{n} days"]


async def test_the_picture_of_a_place(ask: Talk) -> None:
    text = terminal_text((await ask("/status Pokrovsk more:yes")).answer.reply, UKRAINIAN)
    assert text.startswith(
        "Покровськ: ◆ Спірний контроль (сіра зона) · DeepState, 7 листопада 2025"
    )
    assert text.splitlines()[2] == "Pokrovsk · Донецька область"
    for words in (
        "одна оцінка",
        "Інші кажуть",
        "Твердження про контроль",
        "події · 23 твердження",
    ):
        assert words in " ".join(text.split())


@pytest.mark.parametrize(
    ("line", "english", "ukrainian"),
    [
        ("/claims Покровськ", "39 claims · about Pokrovsk", "39 тверджень · місце: Покровськ"),
        ("/status Lviv", "Lviv: NO ASSESSMENT", "Львів: ОЦІНОК"),
        ("/status Lviv", "Pokrovsk, 973 km away", "Покровськ, за 973 км"),
        (
            "/status Dobropillia",
            "Добропілля · Pokrovsk Raion · Donetsk",
            "Покровський район · Донецька область",
        ),
        ("/status Pokrvsk", "Read as Pokrovsk,", "Прочитано як Покровськ"),
        ("/status Красноармійськ", "former name of Pokrovsk.", "колишня назва; зараз: Покровськ."),
        ("/lookup near Pokrovsk", "Pokrovsk  /status", "Покровськ  /status"),
        ("/entry E-64", ": Pokrovsk is slowly", ": Покровськ повільно"),
    ],
)
async def test_a_place_has_its_own_name_where_the_program_speaks_and_entries_keep_theirs(
    ask: Talk, line: str, english: str, ukrainian: str
) -> None:
    reply = (await ask(line)).answer.reply
    for voice, words in ((ENGLISH, english), (UKRAINIAN, ukrainian)):
        assert words in " ".join(terminal_text(reply, voice).split("\n"))


async def test_what_is_suggested_has_the_name_of_the_language(ask: Talk) -> None:
    status = ask.dispatch.find("status")
    assert status is not None
    first, *_ = await ask.dispatch.suggest(Caller("console", "1", "R"), status, "place", "mirnohr")
    assert ENGLISH.plain(first.label).startswith("Myrnohrad, Pokrovsk Raion, Donetsk Oblast, ")
    assert UKRAINIAN.plain(first.label).startswith(
        "Мирноград, Покровський район, Донецька область, "
    )


async def test_the_words_of_an_entry_are_never_changed(ask: Talk) -> None:
    pages = [await ask.store.lists.page(Filter(kind), 100) for kind in Kind]
    entries = [entry for page in pages for entry in page.entries]
    assert len(entries) > 50
    for entry in entries:
        reply = (await ask(f"/entry {entry.ref}")).answer.reply
        sentence = UKRAINIAN.plain(*reply.title)
        assert sentence.endswith(f": {entry.translations['uk']}")
        assert ENGLISH.plain(*reply.title).endswith(f": {entry.text}")
    listed = (await ask("/claims")).answer.reply.blocks[0]
    assert isinstance(listed, Items)
    marks = str.maketrans(dict.fromkeys("“”«»"))  # around quoted words, wherever they stand
    for voice, texts in (
        (ENGLISH, {entry.text.translate(marks) for entry in entries}),
        (UKRAINIAN, {entry.translations["uk"].translate(marks) for entry in entries}),
    ):
        for item in listed.items:
            lead = voice.plain(*item.lead).translate(marks)
            assert any(lead.startswith(text) for text in texts), lead


@pytest.mark.parametrize("line", ["/help", "/help status", "/status Lviv", "/status Покровське"])
async def test_what_is_typed_stays_the_same(ask: Talk, line: str) -> None:
    reply = (await ask(line)).answer.reply
    typed = re.compile(r"/[a-z]+(?: [a-z]+:\S+)*|\[[a-z]+:")  # DAY is a word of each language
    flat = [" ".join(terminal_text(reply, voice).split()) for voice in (ENGLISH, UKRAINIAN)]
    assert typed.findall(flat[0]) == typed.findall(flat[1])


def test_what_the_desk_calls_a_status_is_shown_when_no_catalogue_knows_it() -> None:
    for label in ("Held by {nobody}", "Gray } zone", "Сіра зона"):
        control = Control("odd", label, "◆", Share.PART, assessed=True, source_label="")
        assert UKRAINIAN.plain(*control_with_share(control)).startswith(f"◆ {label}")


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 подія"), (2, "2 події"), (5, "5 подій"), (11, "11 подій"), (21, "21 подія")],
)
def test_plurals_have_three_forms(count: int, words: str) -> None:
    event = T("{count} event", "{count} events", n=count, count=number(Total(count)))
    assert UKRAINIAN.plain(event) == words


def test_thousands_are_set_apart_as_the_language_does_it() -> None:
    capped, million = number(Total(1000, capped=True)), number(Total(1_002_003))
    assert ENGLISH.plain(capped, " ", million) == "1,000+ 1,002,003"
    assert UKRAINIAN.plain(capped, " ", million) == "понад 1 000 1 002 003"


@pytest.mark.parametrize(
    ("edtf", "english", "ukrainian"),
    [
        ("2025-11-07", "7 Nov 2025", "7 листопада 2025"),
        ("2025-11", "Nov 2025", "листопад 2025"),
        ("2025", "2025", "2025"),
        ("../2025-11-07", "by 7 Nov 2025", "не пізніше 7 листопада 2025"),
        ("2025-10-08~", "about 8 Oct 2025", "приблизно 8 жовтня 2025"),
        ("2025-05~", "about May 2025", "приблизно травень 2025"),
        ("2025-10-08%", "about 8 Oct 2025?", "приблизно 8 жовтня 2025?"),
        ("2025-10-24/2025-11-07", "24 Oct – 7 Nov 2025", "24 жовтня – 7 листопада 2025"),
        ("2024-12-30/2025-01-02", "30 Dec 2024 – 2 Jan 2025", "30 грудня 2024 – 2 січня 2025"),
    ],
)
def test_days_are_written_as_the_language_writes_them(
    edtf: str, english: str, ukrainian: str
) -> None:
    when = When(Span.parse(edtf))
    assert (ENGLISH.plain(when), UKRAINIAN.plain(when)) == (english, ukrainian)


def test_every_month_has_its_two_forms() -> None:
    months = [UKRAINIAN.span(Span.parse(f"2025-{month:02}")) for month in range(1, 13)]
    days = [UKRAINIAN.day(date(2025, month, 1)) for month in range(1, 13)]
    for day, month in zip(days, months, strict=True):
        assert day[:5] == f"1 {month[:3]}"
    assert not {day[2:] for day in days} & set(months)


@pytest.mark.parametrize("language", LANGUAGES)
def test_descriptions_fit_where_platforms_show_them(language: str) -> None:
    voice = Voice(ZONE, translate_into(language))
    for command in COMMANDS:
        params = [param.type for param in command.params if not param.hidden]
        lists = [param.choices.values() for param in params if isinstance(param, OneOf)]
        choices = [label for labels in lists for label in labels]
        for phrase in (T(command.summary), *(param.help for param in params), *choices):
            assert 1 <= len(voice.plain(phrase)) <= 100, voice.plain(phrase)
        assert len(voice.plain(T(command.menu))) <= 32


def test_a_tag_is_read_and_an_unknown_language_is_the_desks() -> None:
    assert [language_of(tag, "uk") for tag in ("en-GB", "uk", "UK_ua", "de", "")] == [
        *("en", "uk", "uk", "uk", "uk")
    ]
    with pytest.raises(KeyError):
        translate_into("de")


def test_the_language_comes_from_the_flag_then_from_the_setting(store_folder: Path) -> None:
    wrong_one = run(store_folder, "ask", "/about", SITREP_LANGUAGE="de")
    assert "SITREP_LANGUAGE: “de” does not suit; write en or uk." in wrong_one.stderr
    assert "Часовий пояс" in run(store_folder, "ask", "/about", SITREP_LANGUAGE="uk").stdout
    english = run(store_folder, "ask", "--lang", "en", "/about", SITREP_LANGUAGE="uk")
    assert "Time zone" in english.stdout
    refused = run(store_folder, "ask", "--lang", "uk", "/nonsense")
    assert refused.stderr.startswith("Команди «nonsense» немає.")


@pytest.mark.parametrize(("language", "loaded"), [("en", "False"), ("uk", "True")])
def test_only_another_language_than_english_loads_babel(
    store_folder: Path, language: str, loaded: str
) -> None:
    code = (
        "import sys; from bot.cli.main import main;"
        f"main(['ask', '--lang', '{language}', '/status Pokrovsk']);"
        "print('babel' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=store_folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    assert result.stdout.splitlines()[-1] == loaded


def test_the_script_finds_nothing_to_say() -> None:
    script = ROOT / "scripts" / "extract_words.py"
    result = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (0, "")
