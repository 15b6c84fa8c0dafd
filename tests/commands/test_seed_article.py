"""The article of which the seeds were made: how much of them its drafts bring back by themselves.

The article is no part of the project; where it is not at hand, these tests are skipped.
"""

import pytest
from msgspec import Struct
from rapidfuzz.fuzz import token_set_ratio

from store.model.draft import Draft
from store.model.entry import Entry, Kind
from store.model.text import fold
from tests.commands.filing import add
from tests.fakes import ROOT, Talk

ARTICLE = ROOT.parent / "shared" / "seed-article.txt"
SEEDED = 64
LIKE_ENOUGH = 65
"""Of 100: a sentence of the article that holds what an entry says in fewer words."""
pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason=f"there is no {ARTICLE.name} here")


class Brought(Struct):
    """The entries that a draft brings back, by what has to be done before it can be filed so."""

    right: list[str]
    to_be_edited: list[str]
    wrong: list[str]


async def draft_article(desk: Talk) -> list[Draft]:
    """Have the article read into drafts."""
    text = ARTICLE.read_text(encoding="utf-8")
    answer = await add(desk, f"/draft from day:2025-11-07 source:S-1\n{text}")
    assert not answer.refused, answer.text
    return list(await desk.store.text_drafts.batch(1))


def compare(entries: list[Entry], drafts: list[Draft]) -> Brought:
    """Hold each entry of the seeds against the draft that is likest to it."""
    brought = Brought([], [], [])
    for entry in entries:
        scored = [(token_set_ratio(fold(entry.text), fold(d.fields["text"])), d) for d in drafts]
        likeness, draft = max(scored, key=lambda pair: pair[0])
        if likeness < LIKE_ENOUGH:
            continue
        faults = set(find_faults(entry, draft))
        kind = brought.wrong if "wrong" in faults else brought.to_be_edited
        (kind if faults else brought.right).append(entry.ref)
    return brought


def find_faults(entry: Entry, draft: Draft) -> list[str]:
    """Return what of a draft is wrong, and what of the entry it leaves blank."""
    fields = draft.fields
    narrated = entry.by is not None and entry.by.name.startswith("Article")
    speaker = f"A-{entry.by.id}" if entry.by and not narrated else ""
    places = {f"P-{place.place_id}" for place in entry.places}
    given = {fields[name] for name in ("place", "also") if name in fields}
    control = entry.control.status if entry.control else "-"
    kinds = {entry.kind, Kind.CLAIM} if narrated else {entry.kind}
    return [
        *(["wrong"] if given - places and places else []),
        *(["wrong"] if fields.get("control", "-") not in {control, "-"} else []),
        *(["wrong"] if fields.get("by", speaker) not in {speaker, ""} else []),
        *(["blank"] if places - given else []),
        *(["blank"] if fields.get("control", "-") != control else []),
        *(["blank"] if fields.get("by", "") != speaker else []),
        *(["blank"] if draft.kind not in kinds else []),
    ]


async def test_what_the_article_brings_back_of_the_seeds(desk: Talk) -> None:
    """Most of the 64 are halves and thirds of sentences, and judgements that state nothing.

    What comes by itself may become more, not less. What counts as wrong are the five entries that
    share a sentence with another place or speaker: there a draft holds more than the entry.
    """
    entries = [await desk.store.entries.get(number) for number in range(1, SEEDED + 1)]
    drafts = await draft_article(desk)
    brought = compare([entry for entry in entries if entry], drafts)
    assert len(brought.right) >= 11
    assert len(brought.right) + len(brought.to_be_edited) >= 28
    assert len(brought.wrong) <= 5
