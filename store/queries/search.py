"""What a person types to find words, as a full-text query.

Only words, "phrases" and word* mean anything; all other punctuation is text. An entry's words hold
the names that its speaker and places had when it was written; by those in use now it is found too.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence

from store.db.as_list import as_list
from store.likeness.word_forms import find_forms
from store.model.spelling import LOOKED_AT
from store.model.text import ENCIRCLEMENT, fold
from store.places.declension import list_nominative_keys
from store.places.name_key import name_key

_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_WORD = re.compile(r"\w+")
_LONG, _SHORT, _MOST = 5, 3, 8


_RUN, _NAMESAKES, _FORMS = 3, 8, 12
# How words begin that ask for whatever is marked with an encirclement: en, uk, ru.
_ENCIRCLED = tuple(map(fold, ("encircl", "surround", "оточ", "окруж")))


def query(
    text: str,
    actors: Mapping[str, Sequence[str]] = {},
    places: Mapping[str, Sequence[str]] = {},
    forms: Mapping[str, Sequence[str]] = {},
) -> str:
    """Return the full-text query for `text`; empty when it has no word in it.

    A name that is among `actors` or `places` also finds what has their tags, such as p17; a word
    that is among `forms` finds these.
    """
    pieces = _pieces(text)
    parts = []
    while pieces:
        run = next((run for run in _runs(pieces) if _words_of(run) in places), pieces[:1])
        parts.append(_either(run, actors, places.get(_words_of(run), ()), forms))
        pieces = pieces[len(run) :]
    return " AND ".join(parts)


def in_use(db: sqlite3.Connection, text: str) -> str:
    """Return the full-text query for `text`, by the names that are in use now as well."""
    pieces = _pieces(text)
    forms = {word: find_forms(db, word) for word, star in pieces if not star and " " not in word}
    words = [(word, form) for word, _ in pieces for form in forms.get(word, (word,))]
    actors: defaultdict[str, list[str]] = defaultdict(list)
    for word, number in db.execute(
        "SELECT wanted.value ->> 0, n.actor_id FROM json_each(?) wanted"
        f" CROSS JOIN (SELECT actor_id, folded FROM actor_names LIMIT {LOOKED_AT}) n"
        " WHERE instr(n.folded, wanted.value ->> 1)"
        " AND instr(' ' || n.folded || ' ', ' ' || (wanted.value ->> 1) || ' ') LIMIT ?",
        (as_list(words), _NAMESAKES * len(words)),
    ):
        actors[word].append(f"a{number}")
    runs: defaultdict[str, list[str]] = defaultdict(list)
    for words_of_run in (_words_of(run) for at in range(len(pieces)) for run in _runs(pieces[at:])):
        for key in (name_key(words_of_run), *list_nominative_keys(words_of_run, _FORMS)):
            if words_of_run not in runs[key]:
                runs[key].append(words_of_run)
    runs.pop("", None)
    places: defaultdict[str, list[str]] = defaultdict(list)
    for key, number in db.execute(
        "SELECT n.key, n.place_id FROM json_each(?) wanted"
        " CROSS JOIN place_names n ON n.key = wanted.value"
        " WHERE EXISTS (SELECT 1 FROM touched t WHERE t.place_id = n.place_id) LIMIT ?",
        (as_list(list(runs)), _NAMESAKES * len(pieces)),
    ):
        for words_of_run in runs[key]:  # of one key a place has up to two names
            if (tag := f"p{number}") not in places[words_of_run]:
                places[words_of_run].append(tag)
    return query(text, actors, places, forms)


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return each word or phrase of a text, folded, with "*" where it is but a beginning."""
    pieces = []
    for phrase, word in _PIECE.findall(text.translate(_QUOTES)):
        words = _WORD.findall(fold(phrase or word))
        if words:
            star = "*" if word.rstrip(".,;:!?").endswith("*") else ""
            pieces.append((" ".join(words), star))
    return pieces


def _runs(pieces: Sequence[tuple[str, str]]) -> list[Sequence[tuple[str, str]]]:
    """Return the pieces that could be a name at the start of these, the longest first."""
    return [pieces[:n] for n in range(min(_RUN, len(pieces)), 0, -1)]


def _words_of(run: Sequence[tuple[str, str]]) -> str:
    return " ".join(f"{word}{star}" for word, star in run)


def _either(
    run: Sequence[tuple[str, str]],
    actors: Mapping[str, Sequence[str]],
    places: Sequence[str],
    forms: Mapping[str, Sequence[str]],
) -> str:
    """Return what finds the words of a run, or those who are called so."""
    words = " AND ".join(
        _or(
            [
                *(f'{{words}} : "{form}"{star}' for form in forms.get(word, (word,))),
                *_tag_terms(() if star else actors.get(word, ())),
                *_tag_terms((ENCIRCLEMENT,) if word.startswith(_ENCIRCLED) else ()),
            ]
        )
        for word, star in run
    )
    return _or([f"({words})" if len(run) > 1 else words, *_tag_terms(places)])


def _tag_terms(tags: Sequence[str]) -> list[str]:
    return [f'{{tags}} : "{tag}"' for tag in dict.fromkeys(tags)]


def _or(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"


def any_of(text: str, besides: Sequence[str] = ()) -> str:
    """Return the query that finds any of the longer words of a text; empty when it has none."""
    left_out = set(fold(" ".join(besides)).split())
    words = dict.fromkeys(_WORD.findall(fold(text)))
    shortest = _LONG if len(words) > _RUN else _SHORT
    long = [word for word in words if len(word) >= shortest and word not in left_out]
    chosen = sorted(long, key=len, reverse=True)[:_MOST]
    return " OR ".join(f'{{words}} : "{word}"' for word in chosen)
