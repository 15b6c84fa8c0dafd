"""Several places by name, with commas between them."""

from collections.abc import Sequence

from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import BadParam, UserError
from commands.kit.inlines import Phrase, T
from commands.kit.params.entities import KnownPlace, name_example_places
from commands.kit.reply import Choice
from store.places.recognition import Certainty
from store.queries.places import PlaceMatch

_MOST_PLACES = 20
_SAYS_WHERE = frozenset({"country", "region", "raion", "hromada"})


def some_names(_words: Sequence[str]) -> int:
    """Take all the words there are."""
    return 0


class SomePlaces(ParamType, frozen=True):
    """Places, with commas between them; read as a tuple of PlaceMatch.

    A direction is taken only where `directions` are.
    """

    help: T
    shape: str = "PLACES"
    directions: bool = False
    takes = staticmethod(some_names)

    @override
    async def exemplify(self, ctx: Context) -> str:
        return await name_example_places(2, ctx) or self.shape

    @override
    async def read(self, text: str, ctx: Context) -> tuple[PlaceMatch, ...]:
        known = KnownPlace(self.help, writing=True, directions=self.directions)
        names = [name.strip() for name in text.split(",") if name.strip()]
        if len(names) > _MOST_PLACES:
            raise BadParam(
                T("{n} places is too many. Write at most {most}.", n=len(names), most=_MOST_PLACES)
            )
        matches: dict[str, PlaceMatch] = {}
        while names:
            name, names = await _take_first(names, ctx)
            try:
                match = await known.read(name, ctx)
            except UserError as error:  # what is offered instead of one leaves the others there
                error.choices = tuple(
                    Choice(choice.label, ", ".join([*matches, choice.value, *names]))
                    for choice in error.choices
                )
                raise
            matches.setdefault(match.ref, match)
        return tuple(matches.values())

    @override
    def write(self, value: tuple[PlaceMatch, ...]) -> str:
        return ", ".join(match.ref for match in value)

    @override
    def refer(self, value: tuple[PlaceMatch, ...]) -> tuple[str, ...]:
        return tuple(match.place.ref for match in value)

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        *before, last = text.split(",")
        known = KnownPlace(self.help, writing=True, directions=self.directions)
        choices = await known.suggest(last.strip(), ctx)
        start = ", ".join(name.strip() for name in before)
        if not start:
            return choices
        return [
            Choice(Phrase((f"{start}, ", choice.label)), f"{start}, {choice.value}")
            for choice in choices
        ]


async def _take_first(names: Sequence[str], ctx: Context) -> tuple[str, list[str]]:
    """Return the first of the names with the areas behind it in which it lies, and the rest.

    A town and its own oblast are not two: "Mariupol, Donetsk Oblast" is that Mariupol.
    """
    recognise = ctx.store.places.recognise
    first, rest = names[0], list(names[1:])
    while rest:
        area = await recognise(rest[0])
        is_area = area.candidates and area.candidates[0].place.kind in _SAYS_WHERE
        within = f"{first}, {rest[0]}"
        if not is_area or (await recognise(within)).outcome is Certainty.UNKNOWN:
            break
        first = within
        del rest[0]
    return first, rest
