"""Drafts as one names them: D-17, several, or by their numbers in the list of a text's drafts."""

import re
from collections.abc import Sequence

from msgspec import Struct
from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.params.basic import echo
from commands.kit.params.draft_refs import KnownDraft, refuse_absent, refuse_others
from commands.kit.reply import Choice
from store.model.draft import Draft, DraftState
from store.model.ref import DRAFT, Ref

_DIGITS = 6
MOST = 200
"""How many drafts can be named at once."""
_TO = r"(?:\.\.+|[-–—…])"
_REFS = re.compile(rf"D-?([0-9]{{1,12}})(?:{_TO}(?:D-?)?([0-9]{{1,12}}))?", re.IGNORECASE)
_NUMBERS = re.compile(rf"([0-9]{{1,9}})(?:{_TO}([0-9]{{1,9}}))?")
_BETWEEN = re.compile(r"[\s,;]+")


class DraftSelection(Struct, frozen=True):
    """One draft or several of one's own, each once, in the order of their numbers."""

    drafts: tuple[Draft, ...]

    @property
    def single(self) -> Draft | None:
        """The draft, if it is one alone."""
        return self.drafts[0] if len(self.drafts) == 1 else None


class KnownDrafts(ParamType, frozen=True):
    """One draft or several; read as a DraftSelection.

    A number without its letter is the place in the newest list of a text's drafts, if there is one.
    """

    help: T
    shape: str = "D-17"
    example: str = "D-1"

    @override
    def takes(self, words: Sequence[str]) -> int:
        """Take the words at the front that name drafts."""
        count = 0
        while count < len(words) and _is_name(words[count]):
            count += 1
        return max(count, 1)

    @override
    async def read(self, text: str, ctx: Context) -> DraftSelection:
        words = [word for word in _BETWEEN.split(text.strip()) if word]
        if len(words) == 1 and not _split(words[0])[1]:
            number = await _find_number(words[0], ctx)
            name = str(Ref(DRAFT, number)) if number else words[0]
            draft = await KnownDraft(self.help).read(name, ctx)
            return DraftSelection((draft,))
        numbers: set[int] = set()
        for word in words:
            numbers |= await _read_numbers(word, ctx)
            if len(numbers) > MOST:
                raise BadParam(T("Name at most {n} drafts at a time.", n=MOST))
        drafts = await ctx.store.text_drafts.get_many(sorted(numbers))
        missing = numbers - {draft.id for draft in drafts if not draft.expired(ctx.now)}
        for number in sorted(missing)[:1]:
            raise refuse_absent(str(Ref(DRAFT, number)))
        for draft in drafts:
            if not draft.belongs_to(ctx.person):
                raise refuse_others(draft.ref)
        return DraftSelection(drafts)

    @override
    def write(self, value: DraftSelection) -> str:
        return write_refs([draft.id for draft in value.drafts])

    @override
    def refer(self, value: DraftSelection) -> tuple[str, ...]:
        return tuple(draft.ref for draft in value.drafts)

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        texts = await ctx.store.text_drafts.list_open(ctx.person, ctx.now)
        lists = [
            Choice(T("{refs} · {n} drafts from a text", refs=refs, n=text_.count), refs)
            for text_ in texts
            if (refs := write_refs(range(text_.first, text_.last + 1)))
        ]
        return [*lists, *await KnownDraft(self.help).suggest(text, ctx)]


def write_refs(numbers: Sequence[int]) -> str:
    """Return the drafts of these numbers as one types them: D-17..19 D-23."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return " ".join(
        f"{Ref(DRAFT, first)}" if first == last else f"{Ref(DRAFT, first)}..{last}"
        for first, last in runs
    )


def _is_name(word: str) -> bool:
    return all(not part or _split(part)[0] for part in _BETWEEN.split(word))


def _split(word: str) -> tuple[int, int]:
    """Return the first and, of several, the last number that a word names; 0 for none."""
    match = _REFS.fullmatch(word) or _NUMBERS.fullmatch(word)
    return (int(match[1]), int(match[2] or 0)) if match else (0, 0)


async def _find_number(word: str, ctx: Context) -> int:
    """Return the number of the draft that stands at a place of the newest list; 0 for none."""
    texts = await ctx.store.text_drafts.list_open(ctx.person, ctx.now)
    if not (texts and _NUMBERS.fullmatch(word)):
        return 0
    drafts = await ctx.store.text_drafts.batch(texts[0].first)
    place = int(word)
    if 0 < place <= len(drafts):
        return drafts[place - 1].id
    few = T(
        "There is no number {n} in the list: it goes from 1 to {most}.", n=place, most=len(drafts)
    )
    raise BadParam(few)


async def find_listed(text: str, ctx: Context) -> Draft | None:
    """Return the draft of this number in the newest list that has it; None where none has."""
    texts = await ctx.store.text_drafts.list_open(ctx.person, ctx.now)
    drafts = await ctx.store.text_drafts.batch(texts[0].first) if texts else ()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0
    draft = drafts[number - 1] if 0 < number <= len(drafts) else None
    return draft if draft and draft.state is DraftState.OPEN else None


async def _read_numbers(word: str, ctx: Context) -> set[int]:
    first, last = _split(word)
    if not first:
        wrong = T("“{text}” is no draft: write one such as D-17.", text=echo(word))
        raise BadParam(wrong)
    last = last or first
    if not first <= last < first + MOST:
        wrong = T("“{text}” is no row of drafts: write one such as D-17..41.", text=echo(word))
        raise BadParam(wrong)
    if _REFS.fullmatch(word):
        return set(range(first, last + 1))
    ends = [await _find_number(f"{end}", ctx) or end for end in (first, last)]
    return set(range(ends[0], ends[1] + 1))
