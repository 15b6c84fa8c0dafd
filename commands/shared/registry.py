"""What the commands on the desk's own names share: how a thing is named, what is answered."""

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from msgspec import Struct

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import Ambiguous, BadParam, UserError
from commands.kit.i18n import T
from commands.kit.params.basic import one_word, shown
from commands.kit.params.entities import KnownActor, KnownPlace, KnownSource, place_choices
from commands.kit.reply import Action, Audience, Choice, Reply, Strong, joined
from commands.shared.views.revisions import done, target, wanted_names
from store.model.entry import Actor, Place, Source
from store.model.text import fold, visible
from store.record.revisions import Revision

Named = TypeVar("Named", Source, Actor, Place)

LONGEST = 200
_REF = re.compile(r"\s*[PAS]-[0-9]+\s*", re.IGNORECASE)
_ANY = T("A reference or a name")
ACTOR, SOURCE, PLACE = KnownActor(_ANY), KnownSource(_ANY), KnownPlace(_ANY)


class Thing(Struct, frozen=True):
    """A reference or a name, one word or in quotes; `like` suggests. Read as text."""

    help: T
    like: ParamType
    shape: str = "NAME"
    raw: bool = False
    takes = staticmethod(one_word)

    @property
    def example(self) -> str:
        return self.like.example

    async def read(self, text: str, ctx: Context) -> str:  # noqa: ARG002 -- as every kind of value
        return a_name(text)

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return await self.like.suggest(text, ctx)


def a_name(text: str, param: str = "name") -> str:
    """Return a name as it is to be written; BadParam for one by which nobody could find it."""
    name = visible(text)
    if not name:
        raise BadParam(T("It needs a name; write one."), param=param)
    if not fold(name):
        missing = T("There is no letter in “{name}”; write a name.", name=shown(text))
        raise BadParam(missing, param=param)
    if len(name) > LONGEST:
        long = T("That is {n} characters; write at most {most}.", n=len(name), most=LONGEST)
        raise BadParam(long, param=param)
    return name


async def the_source(text: str, ctx: Context) -> Source:
    """Return the source that is meant to the letter; Ambiguous asks about any other."""
    source: Source = await _read(SOURCE, text, ctx)
    exact = fold(source.name) == fold(text)
    return source if exact else _sure(text, source, Choice(source.name, source.ref))


async def the_actor(text: str, ctx: Context) -> Actor:
    """Return the speaker who is meant to the letter."""
    actor: Actor = await _read(ACTOR, text, ctx)
    exact = actor in await ctx.store.actors.named(text)
    return actor if exact else _sure(text, actor, Choice(actor.name, actor.ref))


async def the_place(text: str, ctx: Context) -> Place:
    """Return the place that is meant to the letter."""
    match = await _read(PLACE, text, ctx)
    place: Place = match.place
    if not match.how.is_guess:
        return place
    (choice,) = await place_choices((place,), ctx)
    return _sure(text, place, choice)


async def _read(kind: ParamType, text: str, ctx: Context) -> Any:  # noqa: ANN401 -- of its kind
    try:
        return await kind.read(text, ctx)
    except UserError as error:
        error.param = "name"
        raise


def _sure(text: str, thing: Named, choice: Choice) -> Named:
    """Return what a reference names; of a name that only comes close, ask."""
    if _REF.fullmatch(text):
        return thing
    raise Ambiguous(
        T("“{name}” is no name on record to the letter. Is it this?", name=shown(text)),
        choices=(choice,),
        param="name",
    )


async def named_so(ctx: Context, made: Revision, *, undo: bool = True) -> Reply:
    """Answer a change of what a thing is called or graded: what is now so, and the way back."""
    names = await ctx.store.log.names(wanted_names([made]))
    back = (Action(T("Undo"), "undo", {"revision": str(made.seq)}),) if undo else ()
    show = Action(T("Show {ref}", ref=made.target), *_shown_by(made.target))
    title = joined(" ", target(made.target, names), done(made, names).lead)
    return Reply((Strong(title[0]), *title[1:]), (), (*back, show), audience=Audience.ASKER)


def _shown_by(ref: str) -> tuple[str, dict[str, str]]:
    return ("status", {"place": ref}) if ref.startswith("P-") else ("sources", {"name": ref})
