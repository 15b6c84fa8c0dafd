"""The menus under a draft: what is often chosen otherwise, each with what stands now."""

from collections.abc import Iterator, Mapping

from commands.kit.command import Command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.params.basic import OneOf
from commands.kit.params.control import control_choices
from commands.kit.params.deferred import Deferred
from commands.kit.params.event_types import event_type_choices
from commands.kit.reply import Choice, Pick
from commands.kit.vocabulary import KINDS, SOURCE_KINDS, SPEAKER_KINDS
from commands.shared.drafting.creation import names_to_create
from commands.shared.drafting.draft_view import EMPTIED, DraftView, command_of
from store.model.draft import DraftState
from store.model.entry import Kind
from store.model.filing import Filing

FIELD_NAMES = {
    "control": T("Control"),
    "encirclement": T("Encirclement"),
    "type": T("About"),
    "credibility": T("Credibility"),
    "attribution": T("Attribution"),
    "share": T("Share"),
    "role": T("Place"),
    "precision": T("Precision"),
    "basis": T("Day"),
}
_PICKS = {
    Kind.EVENT: ("type", "role", "precision", "credibility"),
    Kind.CLAIM: ("control", "share", "encirclement", "type", "credibility", "attribution"),
    Kind.ASSESSMENT: ("credibility", "share", "role", "basis"),
}
_MOST_PICKS = 4
_KINDS_OF_NEW: Mapping[str, tuple[T, str, Mapping[str, T], str]] = {
    "by": (T("The new speaker"), "by_kind", SPEAKER_KINDS, "person"),
    "source": (T("The new source"), "source_kind", SOURCE_KINDS, ""),
}
"""Of a speaker or source that is created with its entry: what is chosen of it, and the usual."""
_MAY_BE_UNSAID = {"control", "encirclement"}
OwnTerms = Mapping[tuple[Kind, str], tuple[Choice, ...]]
"""The choices of a field that belong to the desk, by kind of entry and field."""


def draft_picks(view: DraftView, ctx: Context, own: OwnTerms) -> Iterator[Pick]:
    """Yield what is often chosen otherwise, each with what stands now."""
    draft, content = view.draft, view.reading.content
    if draft.state is DraftState.WAITING:
        kinds = tuple(Choice(label, kind) for kind, label in KINDS.items())
        yield Pick(T("Kind"), "review", {"ref": draft.ref}, "kind", kinds, draft.kind)
    command, given = command_of(draft.kind, ctx), {"draft": draft.ref}
    for field in sorted(_KINDS_OF_NEW.keys() & names_to_create(view).keys()):
        label, name, values, usual = _KINDS_OF_NEW[field]
        offered = tuple(Choice(kind, value) for value, kind in values.items())
        yield Pick(label, command.path, given, name, offered, draft.fields.get(name, usual))
    if content is None or view.before:
        return
    chosen = _current_choices(content)
    for name in [name for name in _PICKS[draft.kind] if name in chosen][:_MOST_PICKS]:
        choices = own.get((draft.kind, name)) or _choices(command, name)
        if name in _MAY_BE_UNSAID:
            choices = (Choice(T("not said"), EMPTIED), *choices)
        yield Pick(FIELD_NAMES[name], command.path, given, name, choices, chosen[name])


async def list_own_terms(ctx: Context) -> OwnTerms:
    """Return the choices that belong to the desk."""
    controls = control_choices(await ctx.store.situation.controls())
    types = event_type_choices(await ctx.store.situation.event_types())
    return {
        (Kind.CLAIM, "control"): controls,
        (Kind.ASSESSMENT, "control"): controls,
        (Kind.EVENT, "type"): types,
    }


def _current_choices(content: Filing) -> dict[str, str]:
    """Return what stands now in each field that can be chosen under a draft."""
    chosen = {
        "credibility": f"{content.credibility}",
        "attribution": content.attribution.value,
        "basis": content.day.basis.replace("-", "_"),
        "type": content.type,
    }
    if content.control:
        chosen["share"] = content.share.value
    if content.places:
        chosen["control"] = content.control or EMPTIED
        chosen["encirclement"] = content.encirclement.value if content.encirclement else EMPTIED
        chosen["role"] = content.places[0].role.value
        chosen["precision"] = content.places[0].precision.value
    return chosen


def _choices(command: Command, name: str) -> tuple[Choice, ...]:
    param = command.param(name)
    assert param is not None  # noqa: S101 -- each kind has its picks among its fields
    assert isinstance(param.type, Deferred)  # noqa: S101 -- as all of its fields are
    assert isinstance(param.type.inner, OneOf)  # noqa: S101 -- one chooses from a few words
    return tuple(Choice(label, value) for value, label in param.type.inner.choices.items())
