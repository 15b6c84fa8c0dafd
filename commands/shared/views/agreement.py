"""How an assessment stands: alone, agreed with, or disputed. Never a merged verdict."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from commands.kit.i18n import T
from commands.kit.reply import Inline, Line, Phrase, Ref, Strong, joined
from store.model.entry import Entry, Link


class Standing(Struct, frozen=True):
    """The freshest assessment, how many fresh ones share its status, and who disagrees."""

    lead: Entry
    agreeing: int
    differing: tuple[Entry, ...]
    disputing: tuple[Link, ...]


def standing(assessments: Sequence[Entry], day: date, stale_days: int) -> Standing | None:
    """Return how the first of `assessments`, newest first, stands on `day`; None without any.

    A stale assessment neither agrees nor differs, unless it is the freshest there is.
    """
    if not assessments:
        return None
    lead = assessments[0]
    limit = day - timedelta(days=stale_days)
    fresh = [lead, *(one for one in assessments[1:] if one.day.latest >= limit)]
    same = [one for one in fresh if _status(one) == _status(lead)]
    differing = tuple(one for one in fresh if _status(one) != _status(lead))
    assessed = {one.id for one in assessments}
    disputing = tuple(
        link for link in lead.links if link.disputes and link.entry_id not in assessed
    )
    return Standing(lead, len(same), differing, disputing)


def stands(how: Standing) -> Line:
    """Return it in words: "one assessor · DISPUTED by Deineha (E-36)"."""
    if how.agreeing > 1:
        agreement = T("{n} ASSESSORS AGREE", "{n} ASSESSORS AGREE", n=how.agreeing)
    else:
        agreement = T("one assessor")
    return joined(" · ", agreement if not how.differing else None, _disputed(how))


def _disputed(how: Standing) -> Inline | None:
    who = {one.id: one.by.name if one.by else "" for one in how.differing}
    who |= {link.entry_id: link.by for link in how.disputing}
    if not who:
        return None
    named = [T("{name} ({ref})", name=name, ref=Ref(f"E-{at}")) for at, name in who.items()]
    return Strong(T("DISPUTED by {names}", names=Phrase(joined(", ", *named))))


def _status(entry: Entry) -> str:
    return entry.control.status if entry.control else ""
