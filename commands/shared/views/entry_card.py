"""How an entry looks in an answer, the same in every list."""

from collections.abc import Iterable, Sequence
from datetime import date

from commands.kit.inlines import (
    Faint,
    ForData,
    Inline,
    Line,
    Phrase,
    Reference,
    Strong,
    T,
    When,
    join,
)
from commands.kit.reply import Choice, Item, Small
from commands.kit.vocabulary import (
    ATTRIBUTIONS,
    CREDIBILITIES,
    ENCIRCLEMENTS,
    LINKS,
    RELIABILITIES,
    SHARES,
    VERDICTS,
    data_term,
    place_name,
)
from store.model.entry import Attribution, Citation, Control, Entry, EntryLink, Kind, PlaceRole

_DOT = " · "
_MOST_LINKS = 3
_MENU, _MENU_WORDS = 25, 80
UNRATED = "F6"
"""The code of what nobody has rated, or nobody can."""


def entry_item(entry: Entry, *, source: bool = True, place: bool = True, by: bool = True) -> Item:
    """Return an entry as an item of a list: what it says, then when, who, how sure, where read.

    What a whole list has in common, its head says, and not each item.

    One that is not on record yet has the number 0.
    """
    meta = join(
        _DOT,
        day_of(entry),
        speaker(entry) if by else footing(entry),
        places_of(entry) if place else None,
        code_of(entry),
        Reference(entry.ref) if entry.id else None,
    )
    under = [meta, *disputes(entry)]
    if source:
        under.append((Faint(source_names(entry)),))
    return Item(_lead(entry), tuple(under))


def _lead(entry: Entry) -> Line:
    if entry.redacted:
        return (Strong(T("REDACTED")), " ", T("because {why}", why=entry.retracted_why))
    if entry.retracted_at is not None:
        return (Strong(T("RETRACTED")), " ", T("because {why}", why=entry.retracted_why))
    if entry.verdict is not None:
        return (Strong(VERDICTS[entry.verdict]), ": ", *statement(entry))
    return statement(entry)


def statement(entry: Entry) -> Line:
    """Return an entry's sentence, its quoted words in quotation marks."""
    quoted = T("“{quote}”", quote=entry.quote)
    before, words, after = entry.text.partition(entry.quote) if entry.quote else ("", "", "")
    if words:
        return (before, quoted, after)
    return (entry.text, " ", quoted) if entry.quote else (entry.text,)


def day_of(entry: Entry) -> Inline:
    """Return an entry's day; what is undated says so, any other that is no certain day has a ~."""
    when = When(entry.day)
    return when if entry.day.is_day or entry.day.undated else Phrase(("~ ", when))


def code_of(entry: Entry) -> Inline:
    """Return an entry's Admiralty code; where nobody rated anything, for data alone."""
    return ForData(entry.code) if entry.code == UNRATED else entry.code


def explain_codes(entries: Iterable[Entry]) -> tuple[Small, ...]:
    """Return what each code among the entries means, once each."""
    codes = sorted({entry.code for entry in entries} - {UNRATED})
    return tuple(Small((code_meaning(code),)) for code in codes)


def code_meaning(code: str) -> T:
    """Return what an Admiralty code says of the source and of the item."""
    source, item = RELIABILITIES[code[0]], CREDIBILITIES[code[1]]
    return T("{code}: source {source}; item {item}", code=code, source=source, item=item)


def entry_choices(entries: Iterable[Entry]) -> tuple[Choice, ...]:
    """Return what opens each of the entries, once each and as many as a menu holds."""
    every = {entry.ref: entry for entry in entries if entry.id}
    return tuple(
        Choice(Phrase((entry.ref, _DOT, ref_words(entry))), ref)
        for ref, entry in list(every.items())[:_MENU]
    )


def ref_words(entry: Entry) -> str:
    """Return the beginning of an entry's sentence, as long as a menu shows."""
    text = "" if entry.redacted else entry.text
    return text if len(text) <= _MENU_WORDS else f"{text[: _MENU_WORDS - 1].rstrip()}…"


def footing(entry: Entry) -> Inline | None:
    """Return how the words reached their source, where that is not by the speaker's own name."""
    if entry.attribution in {Attribution.NAMED, Attribution.NARRATOR}:
        return None
    return ATTRIBUTIONS[entry.attribution]


def speaker(entry: Entry) -> Inline | None:
    """Return who said it, with their role and, where it is not their own name, on what footing."""
    how = footing(entry)
    if entry.by is None:
        return how
    who: Inline = entry.by.name
    if entry.by.role and entry.attribution is Attribution.NAMED:
        who = T("{name}, {role}", name=entry.by.name, role=entry.by.role)
    return T("{who} ({footing})", who=who, footing=how) if how else who


def places_of(entry: Entry) -> Inline | None:
    """Return the names of its places, with how it stands to each."""
    if not entry.places:
        return None
    near = {PlaceRole.NEAR: T("near {place}"), PlaceRole.TOWARD: T("toward {place}")}
    names = [
        T(near[at.role].message, place=place_name(at)) if at.role in near else place_name(at)
        for at in entry.places
    ]
    return Phrase(join(", ", *names))


def disputes(entry: Entry) -> tuple[Line, ...]:
    """Return a line for each way in which others disagree with the entry."""
    against = [link for link in entry.links if link.disputes]
    lines = []
    for key in dict.fromkeys((link.type, link.outward) for link in against):
        these = [link for link in against if (link.type, link.outward) == key]
        lines.append((Strong(LINKS[key]), " ", *link_names(these)))
    return tuple(lines)


def link_names(links: Sequence[EntryLink]) -> Line:
    """Return references with the names behind them."""
    return join(", ", *(_one_link(link) for link in links[:_MOST_LINKS]), _more(links))


def _one_link(link: EntryLink) -> Inline:
    return (
        T("{ref} ({name})", ref=Reference(link.ref), name=link.by)
        if link.by
        else Reference(link.ref)
    )


def _more(links: Sequence[EntryLink]) -> Inline | None:
    rest = len(links) - _MOST_LINKS
    return T("{n} more", "{n} more", n=rest) if rest > 0 else None


def source_names(entry: Entry) -> Inline:
    """Return where an entry was read, and whom that source relays."""
    read = [citation.source.name for citation in entry.sources if not citation.relayed]
    relayed = [citation.source.name for citation in entry.sources if citation.relayed]
    if not relayed:
        return ", ".join(read)
    return T("{source}, relaying {other}", source=", ".join(read), other=", ".join(relayed))


def common_source(entries: Iterable[Entry]) -> Citation | None:
    """Return the one source in which all of these were read, if it is one."""
    firsts = {entry.sources[:1] for entry in entries}
    return next(iter(firsts))[0] if len(firsts) == 1 and firsts != {()} else None


def read_in(source: Citation) -> Small:
    """Return the small print that names the one source of a whole answer."""
    return Small((T("All of it read in: {source}", source=source.source.name),))


def control_with_share(control: Control) -> Line:
    """Return a control status by symbol and word, with its share."""
    return join(", ", status(control), SHARES[control.share])


def status(control: Control) -> Inline:
    """Return a control status by symbol and word."""
    return Phrase((f"{control.symbol} ", data_term(control.label)))


def encirclement_word(entry: Entry) -> Inline | None:
    """Return in a word what an entry says of encirclement."""
    return ENCIRCLEMENTS[entry.encirclement] if entry.encirclement else None


def age(entry: Entry, today: date, stale_days: int | None = None) -> Inline:
    """Return how old an entry's day is; STALE beyond so many days."""
    days = max((today - entry.day.latest).days, 0)
    old = T("today") if days == 0 else T("{n} day old", "{n} days old", n=days)
    stale = stale_days is not None and days > stale_days and entry.kind is Kind.ASSESSMENT
    return T("STALE, {age}", age=old) if stale else old
