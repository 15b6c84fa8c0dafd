"""A revision in words: what was done, and what it was before."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from commands.kit.i18n import T
from commands.kit.reply import Inline, Item, Line, Moment, Phrase, Ref, joined
from commands.kit.vocabulary import LINKS, VERDICTS, thousands
from commands.shared.views.field_diff import Names, changes, references
from store.model.entry import LinkType
from store.record.revisions import Revision

_ACTS: Mapping[str, T] = {
    "seed": T("loaded from the seeds"),
    "file": T("filed"),
    "correct": T("corrected"),
    "retract": T("retracted"),
    "restore": T("put back"),
    "redact": T("redacted"),
    "link": T("linked"),
    "unlink": T("link taken back"),
    "verdict": T("checked"),
    "undo": T("undone"),
    "import": T("imported"),
    "add": T("added"),
    "reject": T("rejected"),
    "forget": T("a person forgotten"),
}
_REFS = frozenset("EPASDB")
_OF_BATCH = re.compile(r"(?:import|undo):(B-[0-9]+):")
_NONE = T("none")


class Done(Struct, frozen=True):
    """What a revision did, in a few words; a correction has a line for each field."""

    lead: Inline
    more: tuple[Line, ...] = ()


def wanted_names(revisions: Iterable[Revision]) -> set[str]:
    """Return the references whose names are needed to say these revisions in words."""
    found: set[str] = set()
    for one in revisions:
        found.add(one.target)
        for body in (one.before, one.after):
            if isinstance(body, Mapping):
                found.update(references(body))
                if body.get("source"):
                    found.add(f"S-{body['source']}")
    return found


def done(one: Revision, names: Names) -> Done:
    """Return in words what a revision did."""
    after: Any = one.after
    if after is None:
        return Done(T("{act}; its words were redacted", act=_act(one)))
    if one.target.startswith("B-"):
        return Done(_of_import(one, after))
    what = _done(one, one.before, after, names)
    if "undoes" in after:
        return Done(T("undid #{n}: {what}", n=after["undoes"], what=what.lead), what.more)
    return what


def history_item(one: Revision, names: Names, *, of: bool = False) -> Item:
    """Return a revision as an item of a list: its number, what it did, who, when, why.

    With `of` it also says to what.
    """
    what = done(one, names)
    lead = joined(" ", f"#{one.seq}", target(one.target, names) if of else None, what.lead)
    batch = _OF_BATCH.match(one.key)
    who = joined(
        " · ",
        one.by or T("a person since forgotten"),
        Moment(one.at),
        T("import {ref}", ref=Ref(batch[1])) if batch else None,
    )
    return Item(lead, (*what.more, who, *([(one.why,)] if one.why else [])))


def target(ref: str, names: Names) -> Inline | None:
    """Return what a revision was done to, if it can be asked for: with its name, if it has one."""
    if ref[1:2] != "-" or ref[0] not in _REFS:
        return None
    return T("{ref}, {name}:", ref=Ref(ref), name=names[ref]) if ref in names else Ref(ref)


def _act(one: Revision) -> Inline:
    return _ACTS.get(one.act, one.act)


def _done(one: Revision, before: Any, after: Any, names: Names) -> Done:  # noqa: ANN401 -- JSON
    match after:
        case {"text": _} if before is not None:
            more = tuple((change,) for change in changes(before, after, names))
            return Done(T("corrected"), more)
        case {"retracted": _}:
            return Done(T("retracted"))
        case {"restored": _}:
            return Done(T("put back"))
        case {"link": kind, "to": to}:
            link = T("{how} {ref}", how=LINKS[LinkType(kind), True], ref=Ref(to))
            new = before is None  # else only its reason is another
            return Done(
                T("link: {link}", link=link) if new else T("reason of a link: {link}", link=link)
            )
        case {"unlink": kind, "to": to}:
            link = T("{how} {ref}", how=LINKS[LinkType(kind), True], ref=Ref(to))
            return Done(T("link taken back: {link}", link=link))
        case {"verdict": value}:
            return Done(_verdict(before, value, after.get("source"), names))
        case _:
            return Done(_of_desk(one, before, after))


def _verdict(before: Any, value: str | None, source: int | None, names: Names) -> Inline:  # noqa: ANN401
    was = VERDICTS.get((before or {}).get("verdict") or "", _NONE)
    is_ = VERDICTS.get(value or "", _NONE)
    said = T("verdict: {before} → {after}", before=was, after=is_)
    if source is None:
        return said
    name = names.get(f"S-{source}", f"S-{source}")
    return Phrase(joined(", ", said, T("on the word of {source}", source=name)))


def _of_import(one: Revision, after: Mapping[str, Any]) -> Inline:
    match after:
        case {"file": str(file), "rows": {"new": new, "changed": changed}}:
            counts = joined(
                ", ",
                T("{n} filed", n=thousands(new)) if new else None,
                T("{n} corrected", n=thousands(changed)) if changed else None,
            )
            return T("import of {file}: {counts}", file=file, counts=Phrase(counts))
        case {"taking_back": _}:
            return T("import to be taken back")
        case {"taken_back": count}:
            return T("import taken back: {n} change", "import taken back: {n} changes", n=count)
        case _:
            return _act(one)


def _of_desk(one: Revision, before: Any, after: Any) -> Inline:  # noqa: ANN401 -- JSON
    """Say what was done to a name, a grade, a room, the desk or a person."""
    match (before, after):
        case ({"name": str(was)}, {"name": str(is_)}):
            return T("name {before} → {after}", before=was, after=is_)
        case ({"reliability": str(was)}, {"reliability": str(is_)}):
            return T("grade {before} → {after}", before=was, after=is_)
        case (_, {"alias": str(name)}):
            return T("one more name: {name}", name=name)
        case (_, {"unnamed": str(name)}):
            return T("no longer named {name}", name=name)
        case (_, {"frozen": why}):
            return T("the record frozen") if why else T("the record thawed")
        case ({"room": _}, {"room": _}):
            return T("summaries and watches taken along by their room")
        case (_, {"public": public}):
            return T("answers to everyone here") if public else T("answers to the asker alone")
        case (_, {"barred": barred}):
            return T("a member barred") if barred else T("a member let in again")
        case _:
            return _act(one)
