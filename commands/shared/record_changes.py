"""What the commands that change the record share: their parameters, and what they answer."""

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace
from typing_extensions import override

from commands.kit.context import Context
from commands.kit.errors import Ambiguous, BadParam, Code, NotFound
from commands.kit.inlines import Inline, Strong, T
from commands.kit.params.basic import AllWords, FreeText, echo
from commands.kit.reply import Action, Audience, Block, Choice, Item, Items, Reply
from commands.shared.views.entry_card import entry_item, explain_marks
from store.model.entry import Entry
from store.model.ref import ENTRY, Ref, has_form_of_reference
from store.model.revision import Person, Revision
from store.model.text import fold

YES: Mapping[str, T] = {"yes": T("yes")}
_OFFERED = 8
_NO_REASONS = frozenset(
    {
        *(
            "on",
            "off",
            "yes",
            "no",
            "ok",
            "sure",
            "remove",
            "delete",
            "undo",
            "lift",
            "end",
            "stop",
        ),
        *("freeze", "unfreeze", "thaw", "lock", "unlock", "увімк", "увімкнути", "вимк", "вимкнути"),
        *("так", "ні", "зняти", "прибрати", "видалити", "скасувати", "заморозити", "розморозити"),
        *("вкл", "включить", "выкл", "выключить", "да", "нет", "снять", "убрать", "удалить"),
        *("отменить", "заморозить", "разморозить"),
    }
)


_JOINT = re.compile(r"(?:(?:and|or|plus|та|і|й|и|або|или)\s+|[,;&+]\s*)*", re.IGNORECASE)


class Reason(FreeText, frozen=True):
    """Why something is changed. A word that only switches something is no reason.

    "/freeze off" is meant to lift a freeze, and never to freeze the record because of "off". Nor is
    another entry one: "/retract E-14, E-15 both wrong" is meant for two.
    """

    shape: str = "WHY"
    raw: bool = False

    @override
    async def read(self, text: str, ctx: Context) -> str:
        why = await FreeText.read(self, text, ctx)
        if fold(why).strip(" .!") in _NO_REASONS:
            raise BadParam(T("“{text}” is not a reason. Say why in a few words.", text=echo(why)))
        if other := _begins_with_entry(why):
            alone = T(
                "One entry at a time. If {ref} is part of the reason, put a word before it.",
                ref=str(other),
            )
            raise BadParam(alone)
        return why


def _begins_with_entry(why: str) -> Ref | None:
    first, *_ = [*_JOINT.sub("", why, count=1).split(), ""]
    return Ref.read(first, ENTRY, lettered=True) if has_form_of_reference(first) else None


def reason(help_: T, longest: int = 500, example: str = "duplicate") -> Reason:
    """Return the parameter that says why; it is shown to everyone."""
    return Reason(help_, example=example, longest=longest)


class KnownAuthor(AllWords, frozen=True):
    """Somebody who changed the record, by the name they show; read as a Person."""

    help: T
    shape: str = "WHO"
    example: str = "me"
    has_colons: bool = True

    @override
    async def read(self, text: str, ctx: Context) -> Person:
        if text.strip().casefold() == "me":
            return ctx.person
        match await ctx.store.audit_log.authors(text.strip()):
            case (person,):
                return person
            case ():
                nobody = T("Nobody named “{name}” has changed the record.", name=echo(text))
                raise NotFound(nobody, code=Code.UNKNOWN_PERSON)
            case several:
                which = T("Which {name}?", name=echo(text))
                choices = _people(several)
                raise Ambiguous(which, code=Code.AMBIGUOUS_PERSON, choices=choices)

    @override
    def write(self, value: Person) -> str:
        return f"{value.platform}:{value.id}"

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return _people(await ctx.store.audit_log.authors(text))


def _people(people: Sequence[Person]) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"{person.name} ({person.platform})", f"{person.platform}:{person.id}")
        for person in people[:_OFFERED]
    )


def plain_item(entry: Entry) -> Item:
    """Return an entry as an item under a title that says how it stands: by its words, if it can."""
    return entry_item(entry if entry.redacted else replace(entry, retracted_at=None))


async def change_reply(
    ctx: Context, title: Inline, revision: Revision, *blocks: Block, undo: bool = True
) -> Reply:
    """Answer a change of an entry: what is now so, the entry as it now looks, what to do next."""
    entry = await ctx.store.entries.get(Ref.parse(revision.target).number)
    assert entry is not None  # noqa: S101 -- an entry is never deleted
    back = (Action(T("Undo"), "undo", {"revision": str(revision.seq)}),) if undo else ()
    show = Action(T("Show {ref}", ref=entry.ref), "entry", {"ref": entry.ref})
    looks = (Items((plain_item(entry),)), *explain_marks([entry]), *blocks)
    # To ask a second time is to do it a second time: it is not to be posted again.
    return Reply((Strong(title),), looks, (*back, show), audience=Audience.ASKER)
