"""What /desk status and /desk type share: how a term is named, and what is answered."""

from collections.abc import Sequence
from typing import Annotated

from commands.kit.errors import BadParam
from commands.kit.inlines import Inline, Strong, T
from commands.kit.params.basic import FreeText
from commands.kit.reply import Action, Audience, Item, Items, Reply
from commands.shared.desk_names import check_name
from store.editing.terms import make_key
from store.model.revision import Revision

_LONGEST = 40
InUkrainian = Annotated[
    str, FreeText(T("What it is called in Ukrainian"), "NAME", "Затоплення", raw=False)
]


def check_label(text: str) -> str:
    """Return the label of a new term; BadParam where nobody could write or show it."""
    label = _check_length(check_name(text), "name")
    if not make_key(label):
        missing = T("“{name}” has no letters. Write a name.", name=label)
        raise BadParam(missing, param="name")
    return label


def read_labels(uk: str) -> dict[str, str]:
    """Return the labels of a new term in other languages, by their codes."""
    return {"uk": _check_length(check_name(uk, "uk"), "uk")} if uk else {}


def _check_length(label: str, param: str) -> str:
    if len(label) > _LONGEST:
        long = T("That is {n} characters; write at most {most}.", n=len(label), most=_LONGEST)
        raise BadParam(long, param=param)
    return label


def term_reply(
    title: T, items: Sequence[tuple[Inline, str]], revision: Revision | None = None
) -> Reply:
    """Return a list of terms, each with how it is written; with the way back of what was added."""
    listed = tuple(Item((label, " · ", written)) for label, written in items)
    undo = (Action(T("Undo"), "undo", {"revision": f"{revision.seq}"}),) if revision else ()
    return Reply((Strong(title),), (Items(listed),), undo, audience=Audience.ASKER)
