"""What the commands on the desk's own names share: how a thing is named, what is answered."""

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import Ambiguous, BadParam, Code, UserError
from commands.kit.inlines import Strong, T, join
from commands.kit.params.basic import echo, require_name
from commands.kit.params.entities import KnownActor, KnownPlace, KnownSource
from commands.kit.params.place_choices import place_choices
from commands.kit.reply import Action, Audience, Choice, Reply
from commands.kit.vocabulary import speaker_name
from commands.shared.views.revision_history import describe_revision, names_needed, target
from store.model.entry import Actor, Place, Source
from store.model.ref import Ref, RefKind
from store.model.revision import Revision
from store.model.text import fold, visible

Named = TypeVar("Named", Source, Actor, Place)

LONGEST = 200
_REF = re.compile(r"\s*[PAS]-[0-9]+\s*", re.IGNORECASE)
_ANY = T("A reference or a name")
_SEVERAL = {
    Actor: Code.AMBIGUOUS_SPEAKER,
    Source: Code.AMBIGUOUS_SOURCE,
    Place: Code.AMBIGUOUS_PLACE,
}
ACTOR, SOURCE, PLACE = KnownActor(_ANY), KnownSource(_ANY), KnownPlace(_ANY, writing=True)


class NameOrReference(ParamType, frozen=True):
    """A reference or a name, one word or in quotes; `like` suggests. Read as text."""

    help: T
    like: ParamType
    shape: str = "NAME"
    has_colons: bool = True

    @property
    @override
    def example(self) -> str:
        return self.like.example

    @override
    async def exemplify(self, ctx: Context) -> str:
        return await self.like.exemplify(ctx)

    @override
    async def read(self, text: str, ctx: Context) -> str:
        return check_name(text)

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return await self.like.suggest(text, ctx)


def check_new_name(text: str, param: str = "name") -> str:
    """Return a name to be put on record; BadParam also for one that looks like a reference."""
    name = check_name(text, param)
    require_name(name, param)
    return name


def check_name(text: str, param: str = "name") -> str:
    """Return a name as it is to be written; BadParam for one by which nobody could find it."""
    name = visible(text)
    if not name:
        raise BadParam(T("Write a name."), param=param, code=Code.MISSING_VALUE)
    if not fold(name):
        missing = T("“{name}” has no letters. Write a name.", name=echo(text))
        raise BadParam(missing, param=param)
    if len(name) > LONGEST:
        long = T("That is {n} characters; write at most {most}.", n=len(name), most=LONGEST)
        raise BadParam(long, param=param)
    return name


async def find_source(text: str, ctx: Context) -> Source:
    """Return the source that is meant to the letter; Ambiguous asks about any other."""
    source: Source = await _read(SOURCE, text, ctx)
    exact = fold(source.name) == fold(text)
    return source if exact else _confirm(text, source, Choice(source.name, source.ref))


async def find_actor(text: str, ctx: Context) -> Actor:
    """Return the speaker who is meant to the letter."""
    actor: Actor = await _read(ACTOR, text, ctx)
    exact = actor in await ctx.store.actors.by_name(text)
    return actor if exact else _confirm(text, actor, Choice(speaker_name(actor), actor.ref))


async def find_place(text: str, ctx: Context) -> Place:
    """Return the place that is meant to the letter."""
    match = await _read(PLACE, text, ctx)
    place: Place = match.place
    if not match.how.is_guess:
        return place
    (choice,) = await place_choices((place,), ctx)
    return _confirm(text, place, choice)


async def _read(kind: ParamType, text: str, ctx: Context) -> Any:  # noqa: ANN401 -- of its kind
    try:
        return await kind.read(text, ctx)
    except UserError as error:
        error.param = "name"
        raise


def _confirm(text: str, thing: Named, choice: Choice) -> Named:
    """Return what a reference names; of a name that only comes close, ask."""
    if _REF.fullmatch(text):
        return thing
    raise Ambiguous(
        T("No exact match for “{name}”. Did you mean this?", name=echo(text)),
        code=_SEVERAL[type(thing)],
        choices=(choice,),
        param="name",
    )


async def answer_change(ctx: Context, revision: Revision, *, undo: bool = True) -> Reply:
    """Answer a change of what a thing is called or graded: what is now so, and the way back."""
    names = await ctx.store.audit_log.names(names_needed([revision]))
    back = (Action(T("Undo"), "undo", {"revision": str(revision.seq)}),) if undo else ()
    show = Action(T("Show {ref}", ref=revision.target), *_command_for(revision.target))
    title = join(" ", target(revision.target, names), describe_revision(revision, names).lead)
    actions, about = (*back, show), (revision.target,)
    return Reply((Strong(title[0]), *title[1:]), (), actions, audience=Audience.ASKER, about=about)


def _command_for(ref: str) -> tuple[str, dict[str, str]]:
    is_place = Ref.parse(ref).kind is RefKind.PLACE
    return ("status", {"place": ref}) if is_place else ("sources", {"name": ref})
