"""A line of nothing but references, as a question: E-28; E-28 and E-29; E-28..E-31; S-1."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from msgspec.structs import replace

from commands.kit.inlines import T, Typed
from commands.kit.invocation import Role
from commands.shared.questions import Asks, BoundedDays, Question, frame_question, offer_others
from store import Store
from store.model.ref import ACTOR, DRAFT, ENTRY, PLACE, SOURCE, Ref, RefKind

_LETTER, _HYPHEN = "[EPASDЕРА]", "[-–—‐‑]"
_ONE = rf"{_LETTER}(?:{_HYPHEN}| )?[0-9]{{1,9}}"
_REFERENCE = rf"(?<![\w-])#?{_ONE}(?![\w-])"
_TO = r"(?: ?(?:\.{2,3}|…|[-–—−]) ?| (?:to|through|thru|till|until|по|до) #?)"
_RANGE = rf"(?<![\w-])#?(?P<first>{_ONE}){_TO}(?P<last>{_ONE}|[0-9]{{1,9}})(?![\w-])"
_BESIDE = (
    "and vs versus with show open give me us the entry entries please pls compare what is whats"
    " between from і й та и с з із чи или або покажи покажіть покажите відкрий открой порівняй"
    " сравни запис записи записів запись записей що таке что такое true false fake real правда фейк"
    " ли"
)
"""What may stand beside references, and asks nothing else."""
_SHOWN, _LOOKED_AT = 8, 100
"""Of a range: how many are offered, and of how many numbers it is seen which are on record."""
_ASKS = {
    ENTRY: ("entry", "ref"),
    PLACE: ("status", "place"),
    ACTOR: ("claims", "by"),
    SOURCE: ("sources", "name"),
    DRAFT: ("me", "ref"),
}
_LIKE_WEAPONS = {SOURCE, DRAFT}
"""Kinds whose references are weapons too, S-300 and D-30: only what is on record is one."""
_DATED = {PLACE: Asks.STATUS, ACTOR: Asks.CLAIMS}
"""What is asked of a place or a speaker that is named by a reference, beside a day."""


async def read_references(store: Store, line: str, role: Role) -> Question | None:
    """Return what references alone ask for, of several the first with the others to be offered.

    None where anything else stands beside them, or one of them cannot be such.
    """
    named = re.compile(rf"{_RANGE}|{_REFERENCE}", re.IGNORECASE)
    words = re.sub(r"[,;/&+?!.]", " ", named.sub(" ", line)).casefold().split()
    if not set(words).issubset(_BESIDE.split()):
        return None
    refs: list[Ref] = []
    left_out: T | None = None
    for match in named.finditer(line):
        if match["first"] and (ends := _read_ends(match["first"], match["last"])):
            some, left_out = await _list_between(store, *ends)
        else:
            typed = re.findall(_ONE, match[0], re.IGNORECASE)
            some = [ref for word in typed if (ref := _read(word))]
        if not all([await _may_be(store, ref) for ref in some]):
            return None
        refs += some
    asked = offer_others([_ask(ref, role) for ref in refs])
    return replace(asked, left_out=left_out) if asked and left_out else asked


def read_dated_reference(text: str, days: Sequence[BoundedDays]) -> Question | None:
    """Return what a reference of a place or a speaker asks for beside days."""
    ref = _read(text)
    if ref is None or ref.kind not in _DATED:
        return None
    return frame_question(_DATED[ref.kind], {_ASKS[ref.kind][1]: str(ref)}, days)


def _read(typed: str) -> Ref | None:
    refs = (Ref.read(typed, kind, lettered=True) for kind in _ASKS)
    return next((ref for ref in refs if ref), None)


def _ask(ref: Ref, role: Role) -> Question:
    command, key = _ASKS[ref.kind]
    if ref.kind is DRAFT and role >= Role.MODERATOR:
        command = "draft show"
    return Question(command, {key: str(ref)})


async def _may_be(store: Store, ref: Ref) -> bool:
    return ref.kind not in _LIKE_WEAPONS or await _is_on_record(store, ref)


async def _is_on_record(store: Store, ref: Ref) -> bool:
    get: Mapping[RefKind, Callable[[int], Awaitable[object]]] = {
        ENTRY: store.entries.get,
        PLACE: store.places.get,
        ACTOR: store.actors.get,
        SOURCE: store.sources.get,
        DRAFT: store.drafts.get,
    }
    return await get[ref.kind](ref.number) is not None


def _read_ends(first: str, last: str) -> tuple[Ref, Ref] | None:
    """Return the ends of a range in their order; None where they are of two kinds.

    "E-28-31" has the letter once.
    """
    start = _read(first)
    end = _read(last) or (start and Ref(start.kind, int(last)))
    if start is None or end is None or start.kind is not end.kind:
        return None
    return (start, end) if start.number <= end.number else (end, start)


async def _list_between(store: Store, first: Ref, last: Ref) -> tuple[list[Ref], T | None]:
    """Return the first of a range that are on record, and what says how many are left out."""
    end = min(last.number, first.number + _LOOKED_AT - 1)
    every = [Ref(first.kind, number) for number in range(first.number, end + 1)]
    known = [ref for ref in every if await _is_on_record(store, ref)] or [first]
    shown, more = known[:_SHOWN], known[_SHOWN:]
    following = more[0] if more else Ref(first.kind, end + 1)
    rest = Typed(f"{following}..{last}")
    if last.number > end:
        return shown, T("Only the first {n} are offered. For more: {rest}", n=len(shown), rest=rest)
    if more:
        return shown, T("{n} more are left out. To see them: {rest}", n=len(more), rest=rest)
    return shown, None
