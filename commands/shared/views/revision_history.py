"""A revision in words: what was done, and what it was before."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from commands.kit.inlines import Inline, Line, Moment, Phrase, Reference, T, join
from commands.kit.reply import Item
from commands.kit.vocabulary import LINKS, VERDICTS, data_term, thousands
from commands.shared.views.field_diff import Names, changes, name_of, references
from commands.shared.views.program_words import own_words
from store.model.entry import LinkType
from store.model.ref import BATCH, DIGEST, PLACE, SOURCE, PlaceRef, Ref
from store.model.revision import Revision

_ACTS: Mapping[str, T] = {
    "seed": T("loaded from the seeds"),
    "file": T("filed"),
    "correct": T("corrected"),
    "retract": T("retracted"),
    "restore": T("restored"),
    "redact": T("redacted"),
    "link": T("linked"),
    "unlink": T("link removed"),
    "verdict": T("checked"),
    "undo": T("undone"),
    "import": T("imported"),
    "add": T("added"),
    "reject": T("rejected"),
    "forget": T("a person forgotten"),
    "freeze": T("the record frozen"),
    "thaw": T("the record thawed"),
    "watch": T("a watch changed"),
    "digest": T("a daily summary changed"),
    "room": T("who sees answers changed"),
    "bar": T("a member barred"),
    "allow": T("a member let in again"),
    "alias": T("another name added"),
    "prefer": T("renamed"),
    "local": T("local name set"),
    "grade": T("graded"),
    "create": T("added"),
    "remove": T("removed"),
    "places": T("places added"),
}
_OF_BATCH = re.compile(r"(?:import|undo):(B-[0-9]+):")
_NONE = T("none")


class Description(Struct, frozen=True):
    """What a revision did, in a few words; a correction has a line for each field."""

    lead: Inline
    more: tuple[Line, ...] = ()


def names_needed(revisions: Iterable[Revision]) -> set[str]:
    """Return the references whose names are needed to say these revisions in words."""
    needed: set[str] = set()
    for revision in revisions:
        needed.add(revision.target)
        for body in (revision.before, revision.after):
            if isinstance(body, Mapping):
                needed.update(references(body))
                if isinstance(text := body.get("watch"), str) and (watched := PlaceRef.match(text)):
                    needed.add(str(Ref(PLACE, watched.number)))
                if isinstance(source := body.get("source"), int):
                    needed.add(str(Ref(SOURCE, source)))
    return needed


def describe_revision(revision: Revision, names: Names) -> Description:
    """Return in words what a revision did."""
    after: Any = revision.after
    if after is None:
        return Description(T("{act}; its words were redacted", act=_act(revision)))
    if (ref := Ref.match(revision.target)) and ref.kind is BATCH:
        return Description(_of_import(revision, after))
    what = _describe_change(revision, revision.before, after, names)
    if "undoes" in after:
        return Description(T("undid #{n}: {what}", n=after["undoes"], what=what.lead), what.more)
    return what


def history_item(revision: Revision, names: Names, *, of: bool = False) -> Item:
    """Return a revision as an item of a list: its number, what it did, who, when, why.

    With `of` it also says to what.
    """
    what = describe_revision(revision, names)
    lead = join(" ", f"#{revision.seq}", target(revision.target, names) if of else None, what.lead)
    batch = _OF_BATCH.match(revision.key)
    who = join(
        " · ",
        own_words(revision.by) if revision.by else T("a person since forgotten"),
        Moment(revision.at),
        T("import {ref}", ref=Reference(batch[1])) if batch else None,
    )
    return Item(lead, (*what.more, who, *([(own_words(revision.why),)] if revision.why else [])))


def target(ref: str, names: Names) -> Inline | None:
    """Return what a revision was done to, if it can be asked for: with its name, if it has one."""
    named = Ref.match(ref)
    if named is None or named.kind is DIGEST:
        return None
    return (
        T("{ref}, {name}:", ref=Reference(ref), name=name_of(named, names))
        if ref in names
        else Reference(ref)
    )


def name_act(act: str, target: str) -> Inline:
    """Return in words an act of which only the name is known, with what it was done to."""
    of = Reference(target) if Ref.match(target) else None
    return Phrase(join(" ", of, _ACTS.get(act, act)))


def _act(revision: Revision) -> Inline:
    return _ACTS.get(revision.act, revision.act)


def _describe_change(revision: Revision, before: Any, after: Any, names: Names) -> Description:  # noqa: ANN401 -- JSON
    match after:
        case {"text": _} if before is not None:
            more = tuple((change,) for change in changes(before, after, names))
            return Description(T("corrected"), more)
        case {"retracted": _}:
            return Description(T("retracted"))
        case {"restored": _}:
            return Description(T("restored"))
        case {"link": kind, "to": to}:
            link = T("{how} {ref}", how=LINKS[LinkType(kind), True], ref=Reference(to))
            new = before is None  # else only its reason is another
            return Description(
                T("link: {link}", link=link) if new else T("reason of a link: {link}", link=link)
            )
        case {"unlink": kind, "to": to}:
            link = T("{how} {ref}", how=LINKS[LinkType(kind), True], ref=Reference(to))
            return Description(T("link removed: {link}", link=link))
        case {"verdict": value}:
            return Description(_verdict(before, value, after.get("source"), names))
        case {"area": name, "places": places, "circles": circles}:
            return Description(_of_area(places, circles, names) if name else T("area removed"))
        case _:
            return Description(_of_desk(revision, before, after, names))


def _of_area(places: list[int], circles: list[tuple[int, int]], names: Names) -> Inline:
    def name(number: int) -> Inline:
        return name_of(Ref(PLACE, number), names)

    around = [T("{km} km around {place}", km=km, place=name(middle)) for middle, km in circles]
    return T("area of {places}", places=Phrase(join(", ", *map(name, places), *around)))


def _verdict(before: Any, value: str | None, source: int | None, names: Names) -> Inline:  # noqa: ANN401
    was = VERDICTS.get((before or {}).get("verdict") or "", _NONE)
    is_ = VERDICTS.get(value or "", _NONE)
    change = T("verdict: {before} → {after}", before=was, after=is_)
    if source is None:
        return change
    name = name_of(Ref(SOURCE, source), names)
    return Phrase(join(", ", change, T("according to {source}", source=name)))


def _of_import(revision: Revision, after: Mapping[str, Any]) -> Inline:
    match after:
        case {"file": str(file), "rows": {"new": new, "changed": changed}}:
            counts = join(
                ", ",
                T("{n} filed", n=thousands(new)) if new else None,
                T("{n} corrected", n=thousands(changed)) if changed else None,
            )
            return T("import of {file}: {counts}", file=file, counts=Phrase(counts))
        case {"taking_back": _}:
            return T("import being undone")
        case {"taken_back": count}:
            return T("import undone: {n} change", "import undone: {n} changes", n=count)
        case _:
            return _act(revision)


def _of_desk(revision: Revision, before: Any, after: Any, names: Names) -> Inline:  # noqa: ANN401 -- JSON
    """Say what was done to a name, a grade, a status, a room, the desk or a person."""
    match (before, after):
        case ({"name": str(was)}, {"name": str(is_)}):
            return T("name {before} → {after}", before=was, after=is_)
        case ({"local_name": str(was)}, {"local_name": str(is_)}):
            return T("local name {before} → {after}", before=was or _NONE, after=is_ or _NONE)
        case ({"reliability": str(was)}, {"reliability": str(is_)}):
            return T("grade {before} → {after}", before=was, after=is_)
        case (_, {"alias": str(name)}):
            return T("one more name: {name}", name=name)
        case (_, {"unnamed": str(name)}):
            return T("no longer named {name}", name=name)
        case (_, {"status": {"label": str(name)}}):
            return T("control status added: {name}", name=data_term(name))
        case (_, {"event_type": {"label": str(name)}}):
            return T("kind of event added: {name}", name=data_term(name))
        case ({"status": {"label": str(name)}}, _):
            return T("control status removed: {name}", name=data_term(name))
        case ({"event_type": {"label": str(name)}}, _):
            return T("kind of event removed: {name}", name=data_term(name))
        case _:
            return _of_rooms_and_people(revision, before, after, names)


def _of_rooms_and_people(revision: Revision, before: Any, after: Any, names: Names) -> Inline:  # noqa: ANN401 -- JSON
    match (before, after):
        case (_, {"watch": str(text)}):
            return T("watch added: {place}", place=_name_watched(text, names))
        case ({"watch": str(text)}, {"watch": None}):
            return T("watch removed: {place}", place=_name_watched(text, names))
        case (_, {"digest": str(ref)}):
            return T("daily summary added: {ref}", ref=ref)
        case ({"digest": str(ref)}, {"digest": None}):
            return T("daily summary removed: {ref}", ref=ref)
        case (_, {"frozen": why}):
            return T("the record frozen") if why else T("the record thawed")
        case (_, {"room": None}):
            return T("summaries and watches ended with their channel or room")
        case ({"room": _}, {"room": _}):
            return T("summaries and watches moved with their room")
        case (_, {"public": public}):
            return T("answers to everyone here") if public else T("answers to the asker alone")
        case (_, {"barred": barred}):
            return T("a member barred") if barred else T("a member let in again")
        case _:
            return _act(revision)


def _name_watched(text: str, names: Names) -> Inline:
    """Return what a watch is of: a place, or its direction."""
    subject = PlaceRef.match(text)
    if subject is None:
        return text
    name = name_of(Ref(PLACE, subject.number), names)
    return T("{place} direction", place=name) if subject.around else name
