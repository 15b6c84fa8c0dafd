"""One reader for each kind of value, the same on every platform."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from commands.kit.context import Context
from commands.kit.days import BadDay, read_day
from commands.kit.errors import BadParam, NotFound
from commands.kit.i18n import T
from commands.kit.reply import Choice, Typed, When
from store.model.entry import Entry
from store.model.span import Span
from store.model.text import fold, visible

SHOWN = 40
_DAY_WORDS = 5
_FEW, _CHOICE_WORDS = 4, 3
_DIGITS = 9  # of a reference
_NEXT = T("Where the next page starts")
_SUGGESTED_DAYS = (0, 1, 7, 14, 30)


def shown(text: str) -> str:
    """Return what was typed as it can be shown back: visible characters, not too many."""
    clean = visible(text)
    return clean if len(clean) <= SHOWN else clean[: SHOWN - 1] + "…"


def one_word(_words: Sequence[str]) -> int:
    """Take one word."""
    return 1


class OnDay(Struct, frozen=True):
    """A day, month or interval; read as a Span."""

    help: T
    shape: str = "DAY"
    example: str = "2025-11-07"
    raw: bool = False

    def takes(self, words: Sequence[str]) -> int:
        """Take the longest run of words that is a day: "29 Oct 2025", but not what follows it."""
        for count in range(min(len(words), _DAY_WORDS), 1, -1):
            try:
                read_day(" ".join(words[:count]), date.max - timedelta(days=1))
            except BadDay:
                continue
            return count
        return 1

    async def read(self, text: str, ctx: Context) -> Span:
        try:
            return read_day(text, ctx.today)
        except BadDay as error:
            raise BadParam(T(error.message, **error.given)) from None

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        days = [Span.on(ctx.today - timedelta(days=back)) for back in _SUGGESTED_DAYS]
        try:
            days = [read_day(text, ctx.today), *days] if text else days
        except BadDay:
            days = [day for day in days if day.edtf.startswith(text)] or days
        return [Choice(When(day), day.edtf) for day in dict.fromkeys(days)]


class AtMoment(Struct, frozen=True):
    """A moment of the record's clock: the end of a day, or a time of one; read as a datetime."""

    help: T
    shape: str = "MOMENT"
    example: str = "2025-11-07"
    raw: bool = False
    takes = staticmethod(one_word)

    async def read(self, text: str, ctx: Context) -> datetime:
        try:
            if "T" in text:
                moment = datetime.fromisoformat(text)
                return moment if moment.tzinfo else moment.replace(tzinfo=ctx.zone)
            day = read_day(text, ctx.today).latest
        except BadDay as error:
            raise BadParam(T(error.message, **error.given)) from None
        except ValueError:
            raise BadParam(
                T("“{text}” is no moment: write 2025-11-07 or 2025-11-07T12:00.", text=shown(text))
            ) from None
        return datetime.combine(day, time.max, ctx.zone)

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return await OnDay(self.help).suggest(text, ctx)


class OneOf(Struct, frozen=True):
    """One of a few words."""

    choices: Mapping[str, T]
    help: T
    raw: bool = False

    def takes(self, words: Sequence[str]) -> int:
        """Take the words of one choice: "in tension with"."""
        for count in range(min(len(words), _CHOICE_WORDS), 1, -1):
            if fold(" ".join(words[:count])).replace(" ", "_") in self.choices:
                return count
        return 1

    @property
    def shape(self) -> str:
        return "|".join(self.choices) if len(self.choices) <= _FEW else "KIND"

    @property
    def example(self) -> str:
        return next(iter(self.choices))

    async def read(self, text: str, ctx: Context) -> str:
        word = fold(text).replace(" ", "_")
        if word in self.choices:
            return word
        raise BadParam(
            T(
                "“{text}” is none of these: {choices}.",
                text=shown(text),
                choices=", ".join(self.choices),
            ),
            choices=tuple(Choice(label, value) for value, label in self.choices.items()),
        )

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return [
            Choice(label, value)
            for value, label in self.choices.items()
            if value.startswith(fold(text))
        ]


class Words(Struct, frozen=True):
    """Free text: all the words there are."""

    help: T
    shape: str = "WORDS"
    example: str = "flag"
    raw: bool = True
    longest: int = 200

    def takes(self, _words: Sequence[str]) -> int:
        return 0

    async def read(self, text: str, ctx: Context) -> str:
        if len(text) > self.longest:
            raise BadParam(
                T("That is {n} characters; write at most {most}.", n=len(text), most=self.longest)
            )
        if not (shown_text := visible(text)):
            raise BadParam(T("There is nothing to be seen in that; write a word."))
        return shown_text

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return []


class Hidden(Struct, frozen=True):
    """A value that the program writes itself, such as the cursor of the next page."""

    help: T = _NEXT
    shape: str = ""
    example: str = ""
    raw: bool = False
    hidden: bool = True
    takes = staticmethod(one_word)

    async def read(self, text: str, ctx: Context) -> str:
        return text

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return []


class AReference(Struct, frozen=True):
    """A reference of one letter, such as T-3, with or without the letter; read as its number."""

    letter: str
    help: T
    raw: bool = False
    takes = staticmethod(one_word)

    @property
    def shape(self) -> str:
        return f"{self.letter}-3"

    @property
    def example(self) -> str:
        return f"{self.letter}-3"

    async def read(self, text: str, ctx: Context) -> int:
        digits = text.strip().upper().removeprefix(self.letter).lstrip("-–— #")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
            wanted = T(
                "“{text}” is no reference: write one such as {example}.",
                text=shown(text),
                example=self.example,
            )
            raise BadParam(wanted)
        return int(digits)

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return []


class KnownEntry(Struct, frozen=True):
    """An entry by its reference, with or without the letter; read as an Entry."""

    help: T
    shape: str = "E-42"
    example: str = "E-1"
    raw: bool = False
    takes = staticmethod(one_word)

    async def read(self, text: str, ctx: Context) -> Entry:
        digits = text.strip().upper().removeprefix("E").lstrip("-–— #")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
            raise BadParam(T("“{text}” is no reference: write one such as E-42.", text=shown(text)))
        entry = await ctx.store.entries.get(int(digits))
        if entry is None:
            raise NotFound(
                T("There is no entry {ref}. To look for one:", ref=f"E-{int(digits)}"),
                Typed("/search flag"),
            )
        return entry

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        digits = fold(text).upper().removeprefix("E").strip()
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
            return []
        entries = await ctx.store.entries.starting(digits, 10)
        return [Choice(f"{entry.ref} · {entry.text}", entry.ref) for entry in entries]
