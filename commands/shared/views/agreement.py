"""How an assessment stands: alone, agreed with, or disputed. Never a merged verdict."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from commands.kit.inlines import Inline, Line, Phrase, Strong, T, join
from commands.kit.vocabulary import speaker_name
from commands.shared.views.entry_card import link_speaker, name_and_ref
from store.model.entry import Entry, EntryLink, LinkType


class Agreement(Struct, frozen=True):
    """The freshest assessment, how many fresh ones share its status, and who disagrees."""

    lead: Entry
    agreeing: int
    differing: tuple[Entry, ...]
    disputing: tuple[EntryLink, ...]


def weigh_assessments(assessments: Sequence[Entry], day: date, stale_days: int) -> Agreement | None:
    """Return how the first of `assessments`, newest first, stands on `day`; None without any.

    A stale assessment neither agrees nor differs, unless it is the freshest there is.
    """
    if not assessments:
        return None
    lead = assessments[0]
    limit = day - timedelta(days=stale_days)
    fresh = [
        lead,
        *(assessment for assessment in assessments[1:] if assessment.day.latest >= limit),
    ]
    same = [assessment for assessment in fresh if _status(assessment) == _status(lead)]
    differing = tuple(assessment for assessment in fresh if _status(assessment) != _status(lead))
    assessed = {assessment.id for assessment in assessments}
    disputing = tuple(
        link for link in lead.links if link.disputes and link.entry_id not in assessed
    )
    return Agreement(lead, len(same), differing, disputing)


def describe_agreement(how: Agreement) -> Line:
    """Return it in words: "one assessor · DISPUTED by Deineha (E-36)".

    To be in tension with it is not to dispute it: "Others say otherwise: Deineha (E-36)".
    """
    if how.agreeing > 1:
        agreement = T("{n} ASSESSORS AGREE", "{n} ASSESSORS AGREE", n=how.agreeing)
    else:
        agreement = T("one assessor")
    who: dict[str, Inline] = {
        entry.ref: speaker_name(entry.by) if entry.by else "" for entry in how.differing
    }
    who |= {link.ref: link_speaker(link) for link in how.disputing if not _is_tension(link)}
    others = {link.ref: link_speaker(link) for link in how.disputing if _is_tension(link)}
    return join(
        " · ",
        agreement if not how.differing else None,
        Strong(T("DISPUTED by {names}", names=_name_all(who))) if who else None,
        T("Others say otherwise: {names}", names=_name_all(others)) if others else None,
    )


def _is_tension(link: EntryLink) -> bool:
    return link.type is LinkType.IN_TENSION_WITH


def _name_all(who: Mapping[str, Inline]) -> Inline:
    """Return names with their references; a reference alone where nobody is named."""
    return Phrase(join(", ", *(name_and_ref(name, ref) for ref, name in who.items())))


def _status(entry: Entry) -> str:
    return entry.control.status if entry.control else ""
