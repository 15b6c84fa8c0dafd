"""A table whose headings nobody has mapped: they are recognised, shown, changed and kept."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.dispatch import Outcome
from bot.i18n.formatter import Voice
from store import Store
from store.model.held_file import ChosenColumns
from store.transfer.columns.chosen import guess_columns, map_chosen
from store.transfer.columns.template import parse_template
from store.transfer.formats.table import join_header
from store.transfer.headings import field_of, find_order
from tests.bot.command_line import run
from tests.bulk.import_desk import Desktop, text_of, title
from tests.bulk.workbooks import Cell, make_workbook
from tests.fakes import ZONE

ENGLISH = ("Date", "Place", "Who", "What", "Link")
UKRAINIAN = ("Дата", "Місце", "Хто", "Що", "Посилання")
RUSSIAN = ("Дата", "Место", "Кто", "Что", "Ссылка")
MEANT = ("day", "place", "who", "text", "url")


def log(headings: Sequence[str]) -> bytes:
    """Return a workbook of five rows under such headings."""
    rows: list[Sequence[Cell]] = [headings]
    for n in range(5):
        place, who = ("Pokrovsk", "Kupiansk")[n % 2], ("Reuters", "Suspilne")[n % 2]
        rows.append([45960 + n, place, who, f"A drone hit mill {n}.", f"https://example.org/{n}"])
    return make_workbook({"Log": rows}, dates=[0])


HXL = """\
Incidents of the week,,,,
When,Place,Kind,What,Link
#date +occurred,#loc +name,#event +type +code,#description,#meta +url
2025-11-05,Pokrovsk,7,A drone hit a mill.,https://example.org/1
2025-11-06,Kupiansk,9,A drone hit a bridge.,https://example.org/2
"""
MAPPING = """
[fields]
kind = "event"
type = "strike"
text = "{What}"
day = "{Date}"
[[place]]
place = "{Place}"
[[source]]
source = "{Link}"
name = "{Who}"
"""


@pytest.fixture
async def desk(small: Store) -> Desktop:
    return Desktop(small)


@pytest.mark.parametrize("headings", [ENGLISH, UKRAINIAN, RUSSIAN], ids=["en", "uk", "ru"])
def test_headings_are_recognised_in_three_languages(headings: Sequence[str]) -> None:
    assert tuple(guess_columns(headings).values()) == MEANT


def test_a_heading_that_comes_again_or_says_nothing_is_left_out() -> None:
    guess = guess_columns(["Date", "When", "What", "Remark"])
    assert guess == {"Date": "day", "When": "", "What": "text", "Remark": ""}


@pytest.mark.parametrize(
    ("top", "below", "headings"),
    [
        (("When", "Where", "", "What"), ("", "Town", "Raion", ""), "When Town Raion What"),
        (
            ("Дата", "Місце", "", "Подія"),
            ("Дата", "Село", "Район", "Подія"),
            "Дата Село Район Подія",
        ),
        (("Date", "Place", "What"), ("Date", "Place", "What"), "Date Place What"),
        (("Date", "Place", "", "What"), ("Date", "Town", "Time", ""), "Date Town Time What"),
    ],
)
def test_a_header_in_two_rows_names_each_column_once(
    top: Sequence[str], below: Sequence[str], headings: str
) -> None:
    """A heading merged over two columns was taken for the whole header, and the rest for a row."""
    assert list(join_header(top, below)) == headings.split()


@pytest.mark.parametrize(
    "row",
    [
        ("2025-11-05", "Pokrovsk", "Town", "Report"),
        ("yesterday", "Pokrovsk", "a note", "Strike"),
        ("", "Town", "Raion"),
        (),
    ],
)
def test_a_row_of_data_is_no_second_header(row: Sequence[str]) -> None:
    top = ("Date", "Place", "What") if len(row) == 3 else ("Date", "Place", "", "What")
    assert join_header(top, row) is top


def test_a_choice_is_complete_with_what_every_entry_needs() -> None:
    columns = {"Date": "day", "What": "text"}
    assert not ChosenColumns(columns, "event", "strike").complete
    assert ChosenColumns(columns, "event", "strike", "Reuters").complete
    assert ChosenColumns({**columns, "Who": "who"}, "claim", "control").complete


@pytest.mark.parametrize("headings", [ENGLISH, UKRAINIAN], ids=["en", "uk"])
async def test_a_sheet_of_five_rows_is_filed_in_three_taps(
    small: Store, desk: Desktop, headings: Sequence[str]
) -> None:
    desk.send(log(headings))
    asked = await desk("import", file="log.xlsx")
    assert title(asked) == "log.xlsx: are these its columns?"
    (kinds, *_) = asked.reply.picks
    assert not asked.reply.actions
    chosen = await desk(kinds.command, **{**kinds.given, kinds.param: "event:strike"})
    (go,) = chosen.reply.actions
    assert Voice(ZONE).plain(go.label) == "Import 5 rows"
    assert title(await desk(go.command, **go.given)) == "B-1: 5 filed"
    sql = (
        "SELECT count(*) FROM entry_sources JOIN entries ON id = entry_id WHERE text LIKE '%mill%'"
    )
    ((sources,),) = await small._db.read(lambda db: db.execute(sql).fetchall())
    assert sources == 10
    again = await desk(go.command, **go.given)
    assert title(again) == "Nothing to file: all 5 are on record already"


async def test_a_column_that_was_not_recognised_needs_one_select(desk: Desktop) -> None:
    desk.send(log(("Date", "Place", "Correspondent", "What", "Link")))
    asked = await desk("import", file="log.xlsx")
    pick = asked.reply.picks[1]
    assert Voice(ZONE).plain(pick.label) == "“Correspondent” is"
    assert pick.chosen == "3=none"
    await desk(pick.command, **{**pick.given, pick.param: "3=who"})
    chosen = await desk("columns", file="F-1", rows="claim:control")
    (go,) = chosen.reply.actions
    assert title(await desk(go.command, **go.given)) == "B-1: 5 filed"


async def test_columns_are_kept_under_a_name_for_the_next_file(desk: Desktop) -> None:
    desk.send(log(ENGLISH))
    await desk("import", file="log.xlsx")
    await desk("columns", file="F-1", rows="event:strike", keep="weekly")
    assert (
        title(await desk("import", file="log.xlsx", mapping="weekly", new="create"))
        == "B-1: 5 filed"
    )
    unknown = await desk("import", file="log.xlsx", mapping="monthly")
    assert unknown.outcome is Outcome.REFUSED


def test_a_tag_says_what_a_column_is_and_a_code_is_left_out() -> None:
    tags = ["#date +start", "#date+end", "#adm1 +name", "#adm1+code", "#loc", "#geo+lat", "#org"]
    meant = ["day", "", "oblast", "", "place", "latitude", ""]
    assert list(guess_columns(tags).values()) == meant


async def test_a_table_with_tags_is_read_by_its_tags(desk: Desktop) -> None:
    desk.send(HXL.encode(), "log.csv")
    await desk("import", file="log.csv")
    filed = await desk("columns", file="F-1", rows="event:strike", do="file")
    assert title(filed) == "B-1: 2 filed"


async def test_a_mapping_that_goes_by_the_headings_passes_over_the_tags(desk: Desktop) -> None:
    by_headings = MAPPING.replace("{Who}", "{Kind}").replace("{Date}", "{When}")
    desk.send(by_headings.encode(), "own.toml")
    await desk("import", file="own.toml")
    desk.send(HXL.encode(), "log.csv")
    filed = await desk("import", file="log.csv", mapping="own", new="create")
    assert title(filed) == "B-1: 2 filed"


async def test_a_mapping_that_a_moderator_sends_is_kept_for_tables(desk: Desktop) -> None:
    desk.send(MAPPING.encode(), "Our Weekly.TOML")
    kept = await desk("import", file="Our Weekly.TOML")
    assert title(kept) == "The mapping our-weekly is kept"
    desk.send(log(ENGLISH))
    filed = await desk("import", file="log.xlsx", mapping="our-weekly", new="create")
    assert title(filed) == "B-1: 5 filed"
    desk.send(MAPPING.replace("{What}", "{Whatever}").encode(), "our-weekly.toml")
    await desk("import", file="our-weekly.toml")
    desk.send(log(ENGLISH))
    newer = await desk("import", file="log.xlsx", mapping="our-weekly")
    assert title(newer) == "Nothing was filed"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("own.toml", b"[fields", "cannot be used"),
        ("own.toml", b"[fields]\ntext = '\xff'", "cannot be used"),
        ("own.toml", b"", "from 1 to 100,000 bytes"),
        ("own.toml", b"#" * 100_001, "from 1 to 100,000 bytes, not 100,001"),
        ("acled.toml", MAPPING.encode(), "name the file differently"),
        ("-.toml", MAPPING.encode(), "name the file differently"),
    ],
)
async def test_a_mapping_that_cannot_be_kept_is_refused_with_the_reason(
    desk: Desktop, name: str, data: bytes, words: str
) -> None:
    desk.send(data, name)
    answer = await desk("import", file=name)
    assert answer.outcome is Outcome.REFUSED
    assert words in title(answer)


async def test_a_mapping_can_be_checked_without_being_kept(desk: Desktop) -> None:
    desk.send(MAPPING.encode(), "own.toml")
    assert title(await desk("import", file="own.toml", check="only")) == "This mapping can be used"
    desk.send(log(ENGLISH))
    assert (await desk("import", file="log.xlsx", mapping="own")).outcome is Outcome.REFUSED


async def test_nobody_else_sees_a_file_that_waits(desk: Desktop) -> None:
    desk.send(log(ENGLISH))
    await desk("import", file="log.xlsx")
    assert (await desk("columns", person="8", file="F-1")).outcome is Outcome.REFUSED
    assert (await desk("columns", file="F-9")).outcome is Outcome.REFUSED
    assert (await desk("columns", file="F-1", column="9=day")).outcome is Outcome.REFUSED


async def test_a_table_of_ours_with_one_other_heading_is_no_guess(desk: Desktop) -> None:
    rows = [["Kind", "Type", "Text", "Date", "Place", "Source"], ["event"]]
    desk.send(make_workbook({"Log": rows}))
    answer = await desk("import", file="log.xlsx")
    assert title(answer) == "Nothing was filed"
    assert answer.code == "bad_file"  # it was answered, with no code


def test_a_shell_shows_the_guess_and_takes_the_answer(small_file: Path, tmp_path: Path) -> None:
    store, sheet = tmp_path / "small.db", tmp_path / "log.xlsx"
    store.write_bytes(small_file.read_bytes())
    sheet.write_bytes(log(ENGLISH))
    asked = run(tmp_path, "import", str(sheet), "--create", SITREP_STORE=str(store))
    assert asked.returncode == 2
    assert "are these its columns?" in asked.stdout
    words = ("import", str(sheet), "--create", "--rows-are", "event:strike")
    filed = run(tmp_path, *words, SITREP_STORE=str(store))
    assert "B-1: 5 filed" in filed.stdout


def test_columns_that_are_said_need_no_known_heading(small_file: Path, tmp_path: Path) -> None:
    """`--columns` was passed over where fewer than three headings were recognised."""
    store, table = tmp_path / "small.db", tmp_path / "log.csv"
    store.write_bytes(small_file.read_bytes())
    table.write_text("Happened at,Spot,Remark\n2025-11-05,Pokrovsk,A drone hit a mill.\n")
    words = ("--columns", "1=day,2=place,3=text", "--rows-are", "event:strike", "--source", "Log")
    filed = run(tmp_path, "import", str(table), "--create", *words, SITREP_STORE=str(store))
    assert "B-1: 1 filed" in filed.stdout


def test_an_import_fills_a_new_store_first(tmp_path: Path) -> None:
    """It left the store bare, and refused `event:strike` with the words to write event:strike."""
    sheet = tmp_path / "log.xlsx"
    sheet.write_bytes(log(ENGLISH))
    words = ("import", str(sheet), "--create", "--rows-are")
    unknown = run(tmp_path, *words, "event:strikes", SITREP_STORE=str(tmp_path / "new.db"))
    assert "new.db is new and is filled first." in unknown.stderr
    assert "Write one of: event:fighting, event:advance, event:strike," in unknown.stdout
    filed = run(tmp_path, *words, "event:strike", SITREP_STORE=str(tmp_path / "new.db"))
    assert "B-1: 5 filed" in filed.stdout
    assert not filed.stderr


def test_a_heading_may_ask() -> None:
    assert guess_columns(["When?", "Де?"]) == {"When?": "day", "Де?": "place"}


def test_whoever_speaks_is_no_outlet_where_all_of_it_has_a_source() -> None:
    """The speaker of each claim became a source of it too, beside the one of the whole file."""
    chosen = ChosenColumns({"Who": "who", "What": "text"}, "claim", "control", "Log")
    assert [group.fields for group in map_chosen(chosen).sources] == [
        {"source": parse_template("Log")}
    ]


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Where did it happen?", "place"),
        ("When did it happen?", "day"),
        ("Де це сталося?", "place"),
        ("Когда это было?", "day"),
        ("What is the source?", "source"),
        ("Link to source", "url"),
        ("н.п.", "place"),
        ("Нас. пункт", "place"),
        ("Date/Time", "day"),
        ("Place (town)", "place"),
        ("Date [UTC]", "day"),
        ("Where did you see this?", None),
        ("What do you think?", None),
        ("Timestamp", None),
        ("Why?", None),
    ],
)
def test_headings_of_forms_and_short_words_were_left_out(heading: str, meant: str | None) -> None:
    """A table headed “н.п.” was filed without its places, as that said nothing."""
    assert field_of(heading) == meant


def test_a_heading_says_in_which_order_its_days_are() -> None:
    assert find_order("Date (mm/dd/yyyy)") == "month_first"
    assert find_order("Дата (дд.мм.рррр)") == "day_first"
    assert find_order("Date") is None
    guess = guess_columns(["Date (MM/DD/YY)", "Place", "What", "Source"])
    assert list(guess.values()) == ["month_first", "place", "text", "source"]


@pytest.mark.parametrize("first", ["2025-11-05", "05.11.2025", "https://t.me/x/1"])
async def test_a_table_without_headings_lost_its_first_row(small: Store, first: str) -> None:
    """The first row was taken for headings, and went once somebody said what the columns are."""
    data = f"{first},Pokrovsk,A mill was hit.,Reuters\n{first},Kupiansk,A mill was hit.,Reuters\n"
    desk = Desktop(small)
    desk.send(data.encode(), "log.csv")
    answer = await desk("import", file="log.csv")
    assert f"“{first}” is data, not a heading" in text_of(answer)
