"""A control status of this desk, and how a new entry stands to one on record."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.did_you_mean import Closeness, find_closest
from commands.kit.errors import BadParam
from commands.kit.i18n import Translate
from commands.kit.inlines import Phrase, T
from commands.kit.params.basic import KnownEntry, echo
from commands.kit.reply import Choice
from commands.kit.vocabulary import LINKS, own_term
from store.model.entry import Entry, LinkType
from store.model.text import fold
from store.queries.situation import ControlStatus, EventType

_EXAMPLE = "contradicts E-1"
_ASIDE = re.compile(r"[()]")
AnyTerm = ControlStatus | EventType
Term = TypeVar("Term", ControlStatus, EventType)


class KnownControl(ParamType, frozen=True):
    """Who holds a place, by a status of this desk; read as a ControlStatus."""

    help: T
    shape: str = "STATUS"

    @override
    async def exemplify(self, ctx: Context) -> str:
        statuses = await ctx.store.situation.controls()
        return statuses[0].key if statuses else self.shape

    @override
    async def read(self, text: str, ctx: Context) -> ControlStatus:
        statuses = await ctx.store.situation.controls()
        return find_term(text, statuses, control_choices(statuses), ctx)

    @override
    def write(self, value: ControlStatus) -> str:
        return value.key

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        statuses = await ctx.store.situation.controls()
        wanted, translations = fold(text), ctx.translations()
        return control_choices(
            [
                status
                for status in statuses
                if wanted in fold(" ".join(_names(status, translations)))
            ]
        )


class Outward(ParamType, frozen=True):
    """How the new entry stands to one on record; read as a pair of link type and Entry."""

    help: T
    shape: str = "LINK"
    example: str = _EXAMPLE

    @override
    def takes(self, words: Sequence[str]) -> int:
        """Take the words up to the reference: "in tension with E-9"."""
        ends = [n for n, word in enumerate(words, 1) if any(char.isdigit() for char in word)]
        return min(ends, default=1)

    @override
    async def read(self, text: str, ctx: Context) -> tuple[LinkType, Entry]:
        head, _, ref = text.strip().rpartition(" ")
        word = fold(head).replace(" ", "_")
        if word not in set(LinkType):
            raise BadParam(
                T(
                    "“{text}” is not a link. Write one such as {example}. Kinds of link:"
                    " {choices}.",
                    text=echo(text),
                    example=_EXAMPLE,
                    choices=", ".join(LinkType),
                )
            )
        return LinkType(word), await KnownEntry(self.help).read(ref, ctx)

    @override
    def write(self, value: tuple[LinkType, Entry]) -> str:
        return f"{value[0]} {value[1].ref}"

    @override
    def refer(self, value: tuple[LinkType, Entry]) -> tuple[str, ...]:
        return (value[1].ref,)

    @override
    async def suggest(self, text: str, _ctx: Context) -> Sequence[Choice]:
        return [
            Choice(LINKS[kind, True], f"{kind} ")
            for kind in LinkType
            if kind.startswith(fold(text))
        ]


def control_choices(statuses: Sequence[ControlStatus]) -> tuple[Choice, ...]:
    """Return the statuses as values to choose from."""
    return tuple(Choice(status_words(status), status.key) for status in statuses)


def status_words(status: ControlStatus) -> Phrase:
    """Return a status by symbol and word."""
    return Phrase((f"{status.symbol} ", own_term(status.label, status.labels)))


def find_term(text: str, terms: Sequence[Term], choices: tuple[Choice, ...], ctx: Context) -> Term:
    """Return the one term that a text names, or raise BadParam with the `choices` there are.

    What only begins or nearly spells a name is no value: it is asked about, nearest choice first.
    """
    if key := match_term(text, terms, ctx.translations):
        return next(term for term in terms if term.key == key)
    meant = {term.key for term in _guess_terms(text, terms, ctx)}
    keys = ", ".join(term.key for term in terms)
    guesses = ", ".join(term.key for term in terms if term.key in meant)
    raise BadParam(
        T("“{text}” is not one of these: {choices}.", text=echo(text), choices=keys),
        *((T("Did you mean {guess}?", guess=guesses),) if meant else ()),
        choices=tuple(sorted(choices, key=lambda choice: choice.value not in meant)),
    )


def match_term(
    text: str, terms: Sequence[AnyTerm], load_translations: Callable[[], Sequence[Translate]]
) -> str:
    """Return the key of the one term that a text names in any language, "" where it names none."""
    wanted = _compare(text)
    for load in (tuple, load_translations):  # what is in no catalogue need not wait for one
        translations = load()
        called = [term.key for term in terms if wanted in _names(term, translations)]
        if len(called) == 1:
            return called[0]
    return ""


def read_terms_in(
    load_translations: Callable[[], Sequence[Translate]],
) -> Callable[[str, Sequence[AnyTerm]], str]:
    """Return `match_term` for those languages, as an import asks for it."""
    return lambda text, terms: match_term(text, terms, load_translations)


def begun_terms(text: str, terms: Sequence[Term], ctx: Context) -> list[Term]:
    """Return the terms of which a text begins a name, as a suggestion or a guess."""
    wanted, translations = _compare(text), ctx.translations()
    return [
        term
        for term in terms
        if any(name.startswith(wanted) for name in _names(term, translations))
    ]


def _guess_terms(text: str, terms: Sequence[Term], ctx: Context) -> list[Term]:
    """Return the terms that may be meant: those that it begins, else the nearest spelling."""
    if not _compare(text):
        return []
    if begun := begun_terms(text, terms, ctx):
        return begun
    translations = ctx.translations()
    names = {name: term for term in terms for name in _names(term, translations)}
    closest = find_closest(_compare(text), names, Closeness.KEY)
    return [names[closest]] if closest else []


def _names(term: AnyTerm, translations: Sequence[Translate]) -> list[str]:
    """Return key and labels as they are compared; of "Contested (gray zone)" both its names."""
    shown: list[str] = [translate(term.label, None, 1) for translate in translations]
    names: list[str] = [
        _compare(name) for name in (term.key, term.label, *term.labels.values(), *shown)
    ]
    asides: list[str] = [_compare(name) for label in names for name in _ASIDE.split(label)]
    return [name for name in dict.fromkeys((*names, *asides)) if name]


def _compare(name: str) -> str:
    return fold(name.replace("_", " "))
