"""Everything on one entry, as blocks."""

from collections.abc import Mapping, Sequence
from typing import Any

from commands.kit.inlines import (
    ForData,
    Inline,
    Line,
    Moment,
    Phrase,
    Reference,
    Strong,
    T,
    WebLink,
    When,
    join,
)
from commands.kit.reply import Action, Block, Facts, Heading, Item, Items, Text
from commands.kit.vocabulary import (
    ATTRIBUTIONS,
    BASES,
    ENCIRCLED,
    KINDS,
    LINKS,
    STANCES,
    VERDICTS,
    at_place,
    place_name,
)
from commands.shared.views.entry_card import (
    UNRATED,
    code_meaning,
    control_with_share,
    link_speaker,
    other_versions,
    sentence,
    speaker,
)
from commands.shared.views.field_diff import Names
from commands.shared.views.program_words import own_words
from commands.shared.views.revision_history import history_item
from store.model.canonical_json import Json
from store.model.entry import Attribution, Citation, Entry, EntryLink, Kind, Verdict
from store.model.ref import PLACE, Ref
from store.model.revision import Revision
from store.model.span import Span

_DOT = " · "
_DAYS = {Kind.EVENT: T("Happened"), Kind.CLAIM: T("Said"), Kind.ASSESSMENT: T("As of")}


def title(entry: Entry) -> Line:
    """Return reference, kind and what it says."""
    head: Line = (
        Strong(T("{ref}, {kind}", ref=Reference(entry.ref), kind=KINDS[entry.kind])),
        ": ",
    )
    if entry.redacted:
        return (*head, Strong(T("REDACTED")), " ", T("because {why}", why=entry.retracted_why))
    if entry.retracted_at is not None:
        return (*head, Strong(T("RETRACTED")), " ", T("because {why}", why=entry.retracted_why))
    return (*head, sentence(entry))


def blocks(
    entry: Entry, verdicts: Sequence[Verdict], revisions: Sequence[Revision], names: Names
) -> tuple[Block, ...]:
    """Return dates with their bases, source, code, links both ways, verdicts, history."""
    gone = entry.redacted or entry.retracted_at is None  # else the title has only the reason
    text = () if gone else (Text((sentence(entry),)),)
    quote = (Text((T("“{quote}”", quote=entry.quote),)),) if entry.quote else ()
    facts = _facts(entry)
    facts[1:1] = other_versions(entry, _translators(revisions))
    body: list[Block] = [*text, *quote, Facts(tuple(facts))]
    if entry.links:
        items = [
            Item(
                (
                    LINKS[link.type, link.outward],
                    " ",
                    Reference(link.ref),
                    *_by(link),
                    *_holds_for(link, entry),
                ),
                _why(link.why),
            )
            for link in entry.links
        ]
        body += [Heading(T("Links")), Items(tuple(items))]
    if verdicts:
        body += [Heading(T("Verdicts")), Items(tuple(_verdict(verdict) for verdict in verdicts))]
    body += [
        Heading(T("History")),
        Items(tuple(history_item(revision, names) for revision in revisions)),
    ]
    return tuple(body)


def actions(entry: Entry) -> tuple[Action, ...]:
    """Return the places of the entry and what it is linked to, to ask about next."""
    places = [
        Action(T("Status of {place}", place=name), "status", {"place": str(ref)})
        for name, ref in ((place_name(at), Ref(PLACE, at.place_id)) for at in entry.places[:3])
    ]
    linked = dict.fromkeys(link.ref for link in entry.links)
    return (*places, *(Action(ref, "entry", {"ref": ref}) for ref in list(linked)[:4]))


def _translators(revisions: Sequence[Revision]) -> dict[str, str]:
    """Return who last wrote each translation, by language."""
    names: dict[str, str] = {}
    for revision in revisions:
        if revision.platform == "seeds":
            continue
        before, after = _translations(revision.before), _translations(revision.after)
        changed = {language for language in after if after[language] != before.get(language)}
        names |= dict.fromkeys(changed, revision.by)
    return names


def _translations(content: Json) -> Mapping[str, Any]:
    translations = content.get("translations") if isinstance(content, Mapping) else None
    return translations if isinstance(translations, Mapping) else {}


def _facts(entry: Entry) -> list[tuple[Inline, Line]]:
    rows: list[tuple[Inline, Line]] = [(_DAYS[entry.kind], _day(entry.day))]
    if entry.happened:
        rows.append((T("Speaks of"), _day(entry.happened)))
    if entry.published:
        rows.append((T("Published"), (When(Span.parse(entry.published)),)))
    who = speaker(entry)
    if who and entry.by:
        rows.append((T("Assessor") if entry.kind is Kind.ASSESSMENT else T("Speaker"), (who,)))
    if entry.attribution is not Attribution.NAMED:
        rows.append((T("Attribution"), (ATTRIBUTIONS[entry.attribution],)))
    rows += [(T("Where"), _place(number, entry)) for number in range(len(entry.places))]
    if entry.control:
        basis = T("assessed") if entry.control.assessed else T("claimed")
        label = entry.control.source_label
        theirs = T("in their words “{label}”", label=label) if label else None
        rows.append(
            (T("Control"), join(_DOT, Phrase(control_with_share(entry.control)), basis, theirs))
        )
    if entry.encirclement:
        rows.append((T("Encirclement"), (ENCIRCLED[entry.encirclement],)))
    if entry.code == UNRATED:
        rows.append((ForData(T("Code")), (ForData(code_meaning(entry.code)),)))
    else:
        rows.append((T("Code"), (code_meaning(entry.code),)))
    rows += [(T("Source"), _source(citation)) for citation in entry.sources]
    return rows


def _day(span: Span) -> Line:
    return join(_DOT, When(span), BASES[span.basis], None if span.is_day else span.edtf)


def _place(number: int, entry: Entry) -> Line:
    at = entry.places[number]
    return join(_DOT, at_place(at.role, place_name(at)), at.detail)


def _source(cited: Citation) -> Line:
    source = cited.source
    name: Inline = WebLink(source.url, source.name) if source.url else source.name
    relayed = T("as relayed") if cited.relayed else None
    return join(_DOT, name, STANCES[cited.stance], relayed)


def _by(link: EntryLink) -> Line:
    return (T(" ({name})", name=link_speaker(link)),) if link.by else ()


def _holds_for(link: EntryLink, entry: Entry) -> Line:
    """Say for which of the entry's places a link holds, where that is not all of them."""
    names = [place_name(at) for at in entry.places if link.holds_for({at.place_id})]
    if not names or len(names) == len(entry.places):
        return ()
    return (", ", T("for {places}", places=Phrase(join(", ", *names))))


def _why(why: str) -> tuple[Line, ...]:
    return ((why,),) if why else ()


def _verdict(verdict: Verdict) -> Item:
    value = VERDICTS[verdict.value] if verdict.value else T("verdict withdrawn")
    who = own_words(verdict.by) if verdict.by else T("a person since forgotten")
    source = T("according to {source}", source=verdict.source) if verdict.source else None
    return Item(
        (T("{verdict} by {name}", verdict=Strong(value), name=who),),
        (join(_DOT, Moment(verdict.at), verdict.why, source),),
    )
