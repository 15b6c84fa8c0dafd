"""What people ask to be told of, and ask in vain: a place, a speaker, a type of entry, in words."""

from commands.kit.context import Context
from commands.kit.inlines import Inline, Phrase, T, join
from commands.kit.reply import Action, Unanswered
from commands.kit.vocabulary import CLAIM_TYPES, own_term, place_name, speaker_name
from store.model.ref import ACTOR, PLACE, Ref
from store.model.subject import Subject


def offer_to_tell(unanswered: Unanswered) -> Action:
    """Return what has one told once there is something on record."""
    return Action(T("Tell me when there is"), "tell", unanswered.given)


def subject_given(subject: Subject) -> dict[str, str]:
    """Return a subject as the parameters of a command, with references."""
    actor = str(Ref(ACTOR, subject.actor_id)) if subject.actor_id else ""
    return dict(Unanswered(str(Ref(PLACE, subject.place_id)), actor, subject.type).given)


async def describe_subject(subject: Subject, ctx: Context) -> Phrase:
    """Return a subject in words, the place first."""
    place = await ctx.store.places.get(subject.place_id)
    actor = await ctx.store.actors.get(subject.actor_id) if subject.actor_id else None
    return Phrase(
        join(
            " · ",
            place_name(place) if place else str(Ref(PLACE, subject.place_id)),
            T("by {name}", name=speaker_name(actor)) if actor else None,
            await _name_type(subject.type, ctx),
        )
    )


async def _name_type(key: str, ctx: Context) -> Inline | None:
    if not key:
        return None
    types = {kind.key: kind for kind in await ctx.store.situation.event_types()}
    if key in types:
        return own_term(types[key].label, types[key].labels)
    return CLAIM_TYPES.get(key) or own_term(key.replace("_", " "), {})
