"""`sitrep extract`: what is printed, and one sentence for what cannot be read."""

import json
from pathlib import Path

import pytest

from tests.bot.command_line import run
from tests.fakes import seed_store

TEXT = "Shells fell near Pokrovsk on November 14, Colonel Vasyl Vyhadanyi said."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("extract")
    seed_store(folder / "sitrep.db")
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    (folder / "nothing.txt").write_text("The bakery opens at seven.\n", encoding="utf-8")
    (folder / "latin.txt").write_bytes("Überfall".encode("latin-1"))
    (folder / "long.txt").write_text("a " * 150_000, encoding="utf-8")
    return folder


def extract(folder: Path, *words: str) -> tuple[int, str, str]:
    given = words if "--published" in words else (*words, "--published", "2025-11-18")
    ran = run(folder, "extract", *given, "--store", "sitrep.db", "--json")
    return ran.returncode, ran.stdout, ran.stderr


def test_a_draft_is_printed_with_what_the_reader_of_the_data_needs(folder: Path) -> None:
    code, out, _ = extract(folder, "text.txt", "--url", "https://a.example/1", "--source", "A")
    (draft,) = json.loads(out)
    assert code == 0
    assert {name: draft[name] for name in ("kind", "by", "day", "happened", "span")} == {
        "kind": "claim",
        "by": "Colonel Vasyl Vyhadanyi",
        "day": "../2025-11-18",
        "happened": "2025-11-14",
        "span": [0, len(TEXT)],
    }
    (place,) = draft["places"]
    assert (place["name"], place["role"]) == ("Pokrovsk", "near")
    assert TEXT[slice(*place["why"])] == "Pokrovsk"
    assert place["ref"]
    assert (draft["url"], draft["source"]) == ("https://a.example/1", "A")


def test_a_text_that_states_nothing_gives_an_empty_list_and_is_no_error(folder: Path) -> None:
    assert extract(folder, "nothing.txt") == (0, "[]\n", "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("absent.txt",), "absent.txt cannot be read: No such file or directory."),
        (("latin.txt",), "latin.txt is not a text in UTF-8: save it as one."),
        (
            ("long.txt",),
            "long.txt has 300,000 characters: extract parts of at most 200,000.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(
    folder: Path, words: tuple[str, ...], sentence: str
) -> None:
    assert extract(folder, *words) == (1, "", sentence + "\n")


def test_a_day_that_is_none_is_told_what_to_write(folder: Path) -> None:
    code, _, err = extract(folder, "text.txt", "--published", "today")
    assert code == 2
    assert "'today' is not a day: write 2025-11-07" in err


def test_the_record_is_left_as_it_was(folder: Path) -> None:
    before = (folder / "sitrep.db").read_bytes()
    extract(folder, "text.txt")
    assert (folder / "sitrep.db").read_bytes() == before
