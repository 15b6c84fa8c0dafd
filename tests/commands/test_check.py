"""`/check`: what is on record about a message, why, and silence where nothing fits."""

import json
from math import log
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.kit.inlines import T
from commands.kit.invocation import Caller, Role, Room
from commands.kit.reply import Audience, Small, Unanswered
from commands.shared.checking.read_message import check_message, clean_message, split_message
from commands.shared.views.check_answer import explain
from store import Store, open_store
from store.likeness.check_text import Relation
from store.likeness.find import TermIndex
from store.model.filing import FiledPlace
from tests.bot.command_line import run
from tests.fakes import ROOT, Talk, copy_store
from tests.store.conftest import addition, an_act, an_entry

KHARKIV = 706483
RINGED = "Vladimir Putin claimed that Pokrovsk and Kupiansk were already surrounded."
NOTHING = "Nothing in that message is on record here"


@pytest.mark.parametrize(
    "message",
    [
        "Putin says that Pokrovsk is surrounded",
        "Путін: Покровськ і Куп'янськ оточені",
        "Путин заявил об окружении Покровска и Купянска",
        "putin: pokrovsk i kupiansk uzhe okruzheny",
        "Putin twierdzi, że Pokrowsk i Kupiansk są otoczone",
        "Putin behauptet, Pokrowsk und Kupjansk seien umzingelt",
    ],
)
async def test_a_claim_is_found_in_five_languages_and_in_latin_letters(
    ask: Talk, message: str
) -> None:
    answer = await ask(f"/check {message}")
    assert answer.lines[0] == "On record here about that message"
    assert RINGED in answer.flat
    assert "Why: Vladimir Putin" in answer.flat


@pytest.mark.parametrize(
    "message",
    [
        *("Pokrovsk is encircled", "Is Pokrovsk surrounded?", "Кажуть, що Покровськ в оточенні"),
        *("Trump said Pokrovsk is encircled", "Трамп заявив, що Покровськ оточено"),
    ],
)
async def test_a_short_message_about_what_most_of_the_record_is_about_is_answered(
    ask: Talk, message: str
) -> None:
    """“Encircled” is in so many entries that it told too little: nothing was said to fit.

    Nor did anything once somebody said it of whom nothing is on record.
    """
    assert RINGED in (await ask(f"/check {message}")).flat


@pytest.mark.parametrize("message", ["drones", "дрони", "flag", "ceasefire soon", "Drones!"])
async def test_what_shares_but_a_broad_word_is_not_said_to_be_about_the_same_matter(
    ask: Talk, message: str
) -> None:
    """Of “drones” every entry with drones was “about the same matter”."""
    answer = await ask(f"/check {message}")
    assert answer.lines[0] == "On record here: only similar words"
    assert "Only similar words" in answer.lines
    assert "About the same matter" not in answer.lines


async def test_what_gives_a_town_to_the_other_side_does_not_say_the_same(ask: Talk) -> None:
    """“Russian forces hold all of Pokrovsk” said the same as that Ukrainian forces still do."""
    answer = await ask("/check Russian forces hold all of Pokrovsk but the station")
    assert "Says the same" not in answer.lines
    assert "Says the same" in (await ask("/check Ukrainian forces hold Pokrovsk still")).lines


@pytest.mark.parametrize("message", ["Putin", "Pokrovsk is encircled"])
async def test_what_shares_a_name_is_about_the_same_matter(ask: Talk, message: str) -> None:
    answer = await ask(f"/check {message}")
    assert answer.lines[0] == "On record here about that message"
    assert "E-28" in answer.flat.partition("Only like words")[0]


@pytest.mark.parametrize("message", ["The city of Pokrovsk", "Pokrovsk is a town in Donetsk"])
async def test_what_a_place_is_says_nothing_of_it(ask: Talk, message: str) -> None:
    """Every entry about Pokrovsk that has the word “city” was shown."""
    assert "Nothing on record fits" in (await ask(f"/check {message}")).flat


async def test_what_says_the_same_comes_before_what_says_the_contrary(ask: Talk) -> None:
    answer = await ask("/check Putin says that Pokrovsk is surrounded")
    same, contrary = answer.flat.index("Says the same"), answer.flat.index("Says the contrary")
    assert same < answer.flat.index(RINGED) < contrary
    assert contrary < answer.flat.index(
        "Roman Pohorilyi says that Pokrovsk is not being surrounded"
    )


async def test_a_message_that_denies_is_not_said_to_say_the_same_as_the_claim(ask: Talk) -> None:
    answer = await ask("/check Pokrovsk is not surrounded, whatever Putin claims")
    assert "Says the same" not in answer.flat.partition(RINGED)[0]


@pytest.mark.parametrize(
    "message",
    [
        "lunch?",
        "Selling a pickup, two batteries, Kharkiv",
        "Snake Island, July 2022 – Ukrainian flag raised again over the rock",
        "Сирський нагородив переможців конкурсу дитячих малюнків",
    ],
)
async def test_where_nothing_fits_it_says_so(ask: Talk, message: str) -> None:
    answer = await ask(f"/check {message}")
    assert answer.lines[0] in {NOTHING, "Nothing on record fits that message"}


@pytest.mark.parametrize(
    "message",
    [
        "Zełenski spotkał się z dowódcami w Warszawie",
        "Selenskyj besucht Soldaten in Paris",
        "Zelensky visited commanders in Kherson",
        "Зеленський приїхав до командирів у Суми",
        "Drone strike on logistics near Vilnius",
    ],
)
async def test_the_same_matter_in_another_place_is_not_shown(ask: Talk, message: str) -> None:
    """The name of another place, known here or not, silences what is alike in other ways."""
    answer = await ask(f"/check {message}")
    assert answer.lines[0] in {NOTHING, "Nothing on record fits that message"}


async def test_a_capital_that_speaks_is_not_where_it_happened(seeds_file: Path) -> None:
    async with await open_store(seeds_file, writing=False) as store:
        speaking = await _relate(store, "Moscow: Russian troops push deeper into our cities")
        place = await _relate(store, "In Moscow Russian troops push deeper into our cities")
    assert "E-2" in speaking
    assert "E-2" not in place


async def test_a_name_written_small_is_still_who_speaks(ask: Talk) -> None:
    answer = await ask("/check deineha: soon the situation gets out of control")
    assert "Why: Vitalii Deineha" in answer.flat


async def test_an_entry_much_less_like_than_the_first_is_not_said_to_say_the_same(
    seeds_file: Path,
) -> None:
    async with await open_store(seeds_file, writing=False) as store:
        relations = await _relate(store, "Zelensky visited commanders in Bakhmut to lift morale")
    same = [ref for ref, relation in relations.items() if relation is Relation.SAME]
    assert len(same) == 1


async def test_a_threat_is_not_denied_by_who_denies_the_deed(seeds_file: Path) -> None:
    async with await open_store(seeds_file, writing=False) as store:
        relations = await _relate(
            store, "Roman Pohorilyi says Pokrovsk is not being surrounded but absorbed"
        )
    assert relations["E-28"] is Relation.CONTRADICTS
    assert relations.get("E-3") is not Relation.CONTRADICTS


async def test_a_place_alone_is_recognised_and_no_reason_to_show_anything(ask: Talk) -> None:
    answer = await ask("/check Покровська церква шукає хористів")
    assert answer.lines[0] == "Nothing on record fits that message"
    assert "Recognised: Pokrovsk" in answer.flat


async def test_a_place_with_nothing_on_record_is_named(ask: Talk) -> None:
    assert "Nothing on record about Kharkiv" in (await ask("/check Харків: тиша")).flat


async def test_of_several_statements_two_are_answered(ask: Talk) -> None:
    answer = await ask(
        "/check Putin says that Pokrovsk is surrounded. Zelensky visited commanders in Bakhmut."
        " The Ukrainian flag was raised above the Pokrovsk city council."
    )
    assert sum(line.startswith("“") for line in answer.lines) == 2
    assert "and 1 more" in answer.flat


async def test_lookup_answers_as_check_does(ask: Talk) -> None:
    words = "Putin says that Pokrovsk is surrounded"
    assert (await ask(f"/lookup {words}")).flat == (await ask(f"/check {words}")).flat


async def test_a_retracted_entry_is_no_longer_shown_and_comes_back_when_restored(
    desk: Talk,
) -> None:
    question = "/check Putin says that Pokrovsk is surrounded"
    await desk("/retract E-28 why:Wrong.", Role.MODERATOR)
    assert RINGED not in (await desk(question)).flat
    await desk("/restore E-28 why:Right.", Role.MODERATOR)
    assert RINGED in (await desk(question)).flat


@pytest.fixture(scope="module")
def module_store(tmp_path_factory: pytest.TempPathFactory, seeds_file: Path) -> Path:
    return copy_store(seeds_file, tmp_path_factory.mktemp("checked") / "own.db")


HOSTILE = st.one_of(
    st.text(max_size=300),
    st.text(alphabet='\0"«»“”*-.,:;()\n\u202e\u0301 ґйёАаp', max_size=400),
    st.builds(
        lambda word, times: word * times,
        st.sampled_from(["а", "p17 ", "«", "Pokrovsk "]),
        st.just(4000),
    ),
)


@given(message=HOSTILE)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_whatever_a_message_is_nothing_is_shown_without_a_reason(
    module_store: Path, message: str
) -> None:
    async with await open_store(module_store, writing=False) as store:
        checked = await check_message(message, store)
    assert all(explain(match) for match in checked.matches)


async def test_halves_of_characters_and_nuls_are_no_bug(seeds_file: Path) -> None:
    async with await open_store(seeds_file, writing=False) as store:
        checked = await check_message("Putin\0 Pokrovsk \ud83d is surrounded \udc00", store)
    assert checked.matches[0].entry.text == RINGED


def test_a_line_ends_a_sentence() -> None:
    text = "Pokrovsk holds\nZelensky went. He came back"
    assert [text[first:last] for first, last in split_message(text)] == [
        "Pokrovsk holds",
        "Zelensky went.",
        "He came back",
    ]


def test_only_the_beginning_of_a_long_message_is_read() -> None:
    assert len(clean_message("a" * 44_000)) == 6000


async def test_relations_of_a_message_come_from_the_record(seeds_file: Path) -> None:
    async with await open_store(seeds_file, writing=False) as store:
        relations = await _relate(store, "Putin says that Pokrovsk is surrounded")
    assert relations["E-28"] is Relation.SAME
    assert relations["E-14"] is Relation.CONTRADICTS


async def _relate(store: Store, message: str) -> dict[str, Relation]:
    checked = await check_message(message, store)
    return {match.entry.ref: match.relation for match in checked.matches}


def test_the_messages_of_a_file_are_checked_line_by_line(seeds_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    lines = [{"id": "a", "text": "Putin: Pokrovsk is surrounded"}, {"id": 2, "text": "lunch?"}]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    ran = run(ROOT, "check", str(file), "--json", "--store", str(seeds_file))
    first, second = map(json.loads, ran.stdout.splitlines())
    assert (first["id"], first["found"][0]["ref"]) == ("a", "E-28")
    assert first["found"][0]["why"][:2] == ["Vladimir Putin", "Pokrovsk"]
    assert second == {"id": 2, "found": []}


@pytest.mark.parametrize(
    ("message", "is_same"),
    [
        ("Росіяни утримують Родинське та позиції на околиці", False),
        ("Родинське та позиції на околиці утримують росіяни", False),
        ("Українські сили утримують Родинське та позиції на околиці", True),
        ("Українські сили утримують Родинське та позиції попри росіян", False),  # either may
    ],
)
async def test_russians_said_the_same_as_ukrainians_who_hold_a_town(
    desk: Talk, message: str, *, is_same: bool
) -> None:
    """“Росіяни” was no side that is known: the words alone were alike."""
    await desk(
        '/add claim "Ukrainian forces hold Rodynske and positions on its outskirts." by:Deineha'
        " type:control day:2025-11-06 place:Rodynske control:ukrainian_held source:S-1"
        " text.uk:“Українські сили утримують Родинське та позиції на околиці.”",
        Role.MODERATOR,
    )
    await desk("/draft file D-1", Role.MODERATOR)
    answer = await desk(f"/check {message}")
    assert "hold Rodynske" in answer.flat
    assert ("Says the same" in answer.flat) is is_same


@pytest.mark.parametrize(
    ("message", "ref"),
    [
        ("Покровск взят полностью, заявил Путин", "E-28"),  # who spoke of a ring
        ("EMS evacuates by UGV only", "E-43"),  # who rarely survive
    ],
)
async def test_a_capture_said_the_same_as_a_ring_and_a_short_form_was_a_name(
    seeds_file: Path, message: str, ref: str
) -> None:
    async with await open_store(seeds_file, writing=False) as store:
        relations = await _relate(store, message)
    assert relations[ref] is Relation.ABOUT


def test_what_shares_only_words_was_called_about_the_same_matter(
    seeds_file: Path, tmp_path: Path
) -> None:
    """`/check` said “Only similar words” of an entry that `check --json` called `about`."""
    file = tmp_path / "messages.jsonl"
    file.write_text(json.dumps({"id": 1, "text": "corridor"}), encoding="utf-8")
    ran = run(ROOT, "check", str(file), "--json", "--store", str(seeds_file))
    assert {match["relation"] for match in json.loads(ran.stdout)["found"]} == {"similar_words"}


def test_a_line_that_is_no_message_is_named(seeds_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_text('{"id": "a", "text": "x"}\n{"id": "b"}\n', encoding="utf-8")
    ran = run(ROOT, "check", str(file), "--json", "--store", str(seeds_file))
    assert ran.returncode == 1
    assert ran.stderr.startswith("Line 2 is no message")


async def test_a_word_or_two_is_a_search_and_finds_what_has_every_word(ask: Talk) -> None:
    answer = await ask("/check flag", whole=True)
    assert sum("flag" in line.casefold() for line in answer.lines if line.startswith("•")) >= 4
    assert (await ask("/check flag lunch")).lines[0] == NOTHING


async def test_a_place_with_an_english_ending_is_that_place(ask: Talk) -> None:
    answer = await ask("/check the lines in Pokrovsk’s south collapsed")
    assert "Why: Pokrovsk" in answer.flat
    assert answer.reply.about == ("P-704422",)


async def test_an_entry_is_found_by_the_words_of_its_translation(desk: Talk) -> None:
    await desk(
        '/add event "A crane fell." day:2025-11-06 place:Kharkiv source:S-1'
        " text.uk:“Обвалилася баштова конструкція елеватора.”",
        Role.MODERATOR,
    )
    await desk("/draft file D-1", Role.MODERATOR)
    answer = await desk("/check У Харкові баштова конструкція елеватора обвалилася")
    assert "A crane fell." in answer.flat


async def test_not_it_counts_as_asked_in_vain_and_offers_to_tell(ask: Talk) -> None:
    answer = await ask("/check Putin says that Pokrovsk is surrounded")
    (line,) = [line for line in answer.offered if line.endswith("checked:not")]
    answer = await ask(line)
    assert answer.first == "Not E-28, then"
    assert answer.reply.unanswered == (Unanswered("P-704422"),)
    assert "/tell place:P-704422" in answer.offered


async def test_where_the_bot_may_not_post_it_says_before_that_a_name_can_be_seen(
    ask: Talk,
) -> None:
    caller = Caller("discord", "1", "Reader One", Role.READER)
    here = Room("discord", "5", of_server=True)
    answer = await ask.dispatch.line(caller, "/entry E-28 checked:it", here)
    *_, small = [block for block in answer.reply.blocks if isinstance(block, Small)]
    (warning,) = small.line
    assert isinstance(warning, T)
    assert warning.message.endswith("your name can be seen.")
    assert answer.reply.audience is Audience.ROOM
    assert not [action for action in answer.reply.actions if "show" in action.given.values()]


async def test_what_is_shown_in_a_room_names_nobody_who_asked(desk: Talk) -> None:
    caller = Caller("discord", "17", "Reader One", Role.READER)
    here = Room("discord", "5", of_server=True, open=True)
    answer = await desk.dispatch.line(caller, "/entry E-28 checked:show", here)
    assert answer.reply.audience is Audience.ASKER
    (notice,) = await desk.store.notice_queue.due("discord", desk.now)
    assert (notice.person, notice.room) == ("", "5")
    shown = await desk(notice.line)
    assert shown.first == "On record: E-28"
    assert RINGED in shown.flat


async def test_a_word_tells_no_more_the_more_is_on_record(desk: Talk) -> None:
    """A word was the rarer the larger the store, so that in a large one any message fitted."""
    for number in range(150):
        entry = an_entry(text=f"Fighting near village {number}.", places=(FiledPlace(KHARKIV),))
        await desk.store.history.write(an_act(f"file:{number}"), addition(entry))
    entry = an_entry(text="A zeppelin fell.", places=(FiledPlace(KHARKIV),))
    await desk.store.history.write(an_act("file:zeppelin"), addition(entry))
    rarity = await desk.store._db.read(lambda db: TermIndex(db).rarity("zeppelin"))
    assert 4 < rarity <= log(105)
