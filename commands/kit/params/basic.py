"""One reader for each kind of value, the same on every platform."""

from collections.abc import Mapping, Sequence

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code, NotFound
from commands.kit.inlines import T, Typed
from commands.kit.params.other_reference import refuse_other_reference
from commands.kit.reply import Choice
from store.model.entry import Entry
from store.model.override import override
from store.model.ref import ENTRY, Ref, RefKind, has_form_of_reference
from store.model.text import fold, visible

LONGEST_TEXT = 2000
"""Characters of an entry's sentence, as the store has it; what somebody submits may become one."""
SHOWN = 40
_FEW, _CHOICE_WORDS = 4, 3
_DIGITS = 9  # of a reference
_NEXT = T("Where the next page starts")


def echo(text: str) -> str:
    """Return what was typed as it can be shown back: visible characters, not too many."""
    clean = visible(text)
    return clean if len(clean) <= SHOWN else clean[: SHOWN - 1] + "…"


class OneOf(ParamType, frozen=True):
    """One of a few words."""

    choices: Mapping[str, T]
    help: T
    likely: str = ""

    @override
    def takes(self, words: Sequence[str]) -> int:
        """Take the words of one choice: "in tension with"."""
        for count in range(min(len(words), _CHOICE_WORDS), 1, -1):
            if fold(" ".join(words[:count])).replace(" ", "_") in self.choices:
                return count
        return 1

    @property
    @override
    def shape(self) -> str:
        return "|".join(self.choices) if len(self.choices) <= _FEW else "KIND"

    @property
    @override
    def example(self) -> str:
        return self.likely or next(iter(self.choices))

    @property
    @override
    def fixed(self) -> tuple[Choice, ...]:
        return tuple(Choice(label, value) for value, label in self.choices.items())

    @override
    async def read(self, text: str, ctx: Context) -> str:
        word = fold(text).replace(" ", "_")
        if word in self.choices:
            return word
        raise BadParam(
            T(
                "“{text}” is not one of these: {choices}.",
                text=echo(text),
                choices=", ".join(self.choices),
            ),
            choices=self.fixed,
        )

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return [choice for choice in self.fixed if choice.value.startswith(fold(text))]


class AllWords(ParamType, frozen=True):
    """A value to which all the words belong that no key takes."""

    @override
    def takes(self, _words: Sequence[str]) -> int:
        return 0


class FreeText(AllWords, frozen=True):
    """Free text: all the words there are."""

    help: T
    shape: str = "WORDS"
    example: str = "flag"
    raw: bool = True
    longest: int = 200
    has_colons: bool = True

    @override
    async def read(self, text: str, ctx: Context) -> str:
        if len(text) > self.longest:
            raise BadParam(
                T("That is {n} characters; write at most {most}.", n=len(text), most=self.longest)
            )
        if not (shown_text := visible(text)):
            raise BadParam(T("That text is empty. Enter at least one word."))
        return shown_text


class Hidden(ParamType, frozen=True):
    """A value that the program writes itself, such as the cursor of the next page."""

    help: T = _NEXT
    shape: str = ""
    example: str = ""
    hidden: bool = True

    @override
    async def read(self, text: str, ctx: Context) -> str:
        return text


def read_skip(text: str) -> int:
    """Return how many items stand before a page; none where no answer of ours wrote it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0


class AReference(ParamType, frozen=True):
    """A reference of one kind, such as T-3, with or without the letter; read as its number."""

    kind: RefKind
    help: T

    @property
    @override
    def shape(self) -> str:
        return str(Ref(self.kind, 3))

    @property
    @override
    def example(self) -> str:
        return str(Ref(self.kind, 3))

    @override
    async def read(self, text: str, ctx: Context) -> int:
        ref = Ref.read(text, self.kind)
        if ref is None:
            wanted = T(
                "“{text}” is not a reference. Write one such as {example}.",
                text=echo(text),
                example=self.example,
            )
            raise refuse_other_reference(text, self.kind) or BadParam(wanted)
        return ref.number

    @override
    def write(self, value: int) -> str:
        return str(Ref(self.kind, value))


def require_name(text: str, param: str = "name") -> None:
    """Refuse as the name of something new what would be read as a reference."""
    if has_form_of_reference(text):
        raise BadParam(
            T(
                "“{text}” has the form of a reference. Write a name, or put a word before it.",
                text=echo(text),
            ),
            param=param,
        )


class KnownEntry(ParamType, frozen=True):
    """An entry by its reference, with or without the letter; read as an Entry."""

    help: T
    example: str = "E-1"
    shape: str = "E-42"
    hidden: bool = False

    @override
    async def read(self, text: str, ctx: Context) -> Entry:
        ref = Ref.read(text, ENTRY)
        if ref is None:
            raise refuse_other_reference(text, ENTRY) or BadParam(
                T("“{text}” is not a reference. Write one such as E-42.", text=echo(text))
            )
        entry = await ctx.store.entries.get(ref.number)
        if entry is None:
            raise NotFound(
                T("There is no entry {ref}. Search instead:", ref=str(ref)),
                Typed("/search flag"),
                code=Code.UNKNOWN_REFERENCE,
            )
        return entry

    @override
    def write(self, value: Entry) -> str:
        return value.ref

    @override
    def refer(self, value: Entry) -> tuple[str, ...]:
        return (value.ref,)

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        digits = fold(text).upper().removeprefix("E").strip()
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
            return []
        entries = await ctx.store.entries.starting(digits, 10)
        return [Choice(f"{entry.ref} · {entry.text}", entry.ref) for entry in entries]
