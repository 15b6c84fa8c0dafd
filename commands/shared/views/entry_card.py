"""How an entry looks in an answer, the same in every list."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    IN_LANGUAGE_LABELS,
    LINKS,
    RELIABILITIES,
    SHARES,
    VERDICTS,
    in_reader_language,
    own_term,
    place_name,
    speaker_name,
    speaker_role,
)
from store.model.entry import Attribution, Citation, Control, Entry, EntryLink, Kind, PlaceRole
from store.queries.place_overview import OPENED
from store.queries.place_reading import EntryLine

_DOT = " · "
_MOST_LINKS = 3
_MENU_WORDS = 80
_TRANSLATED = "*"
"""The mark behind a sentence that the desk translated."""
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


def brief_item(
    entry: Entry,
    *more: Inline | None,
    place: bool = True,
    by: bool = True,
    source: bool = False,
    names: bool = True,
) -> Item:
    """Return an entry as an item of a list that fits a screen: who disputes it in the same line.

    Of the speaker it has the name alone, of who disputes it too, or no more than the reference;
    `more` stands behind the place.
    """
    where = places_of(entry) if place else None
    who = speaker_name(entry.by) if by and entry.by else None
    against = [Phrase(line) for line in disputes(entry, names=names)]
    meta = join(
        _DOT,
        day_of(entry),
        who,
        footing(entry),
        where,
        *more,
        code_of(entry),
        Reference(entry.ref),
        *against,
    )
    return Item(_lead(entry), (meta, (Faint(source_names(entry)),)) if source else (meta,))


def _lead(entry: Entry) -> Line:
    if entry.redacted:
        return (Strong(T("REDACTED")), " ", T("because {why}", why=entry.retracted_why))
    if entry.retracted_at is not None:
        return (Strong(T("RETRACTED")), " ", T("because {why}", why=entry.retracted_why))
    if entry.verdict is not None:
        return (Strong(VERDICTS[entry.verdict]), ": ", *statement(entry))
    return statement(entry)


def statement(entry: Entry) -> Line:
    """Return an entry's sentence, its quoted words in quotation marks.

    A reader gets the desk's translation into their language, if there is any, with a mark that
    `explain_marks` puts into words. A quotation stays as it is in the source.
    """
    original = _quoting(entry.text, entry.quote)
    if not entry.translations:
        return original
    versions = {
        language: Phrase(_quoting(text, entry.quote, (_TRANSLATED,)))
        for language, text in entry.translations.items()
    }
    return (in_reader_language(Phrase(original), versions),)


def _quoting(text: str, quote: str, mark: Line = ()) -> Line:
    quoted = T("“{quote}”", quote=quote)
    before, words, after = text.partition(quote) if quote else ("", "", "")
    if words:
        return (before, quoted, after, *mark)
    return (text, *mark, " ", quoted) if quote else (text, *mark)


def sentence(entry: Entry | EntryLine, most: int | None = None) -> Inline:
    """Return an entry's bare sentence in the reader's language; of `most` characters at most."""
    if not entry.translations:
        return _shorten(entry.text, most)
    return in_reader_language(
        _shorten(entry.text, most),
        {language: _shorten(text, most) for language, text in entry.translations.items()},
    )


def _shorten(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else f"{text[: most - 1].rstrip()}…"


def other_versions(entry: Entry, by: Mapping[str, str]) -> list[tuple[Inline, Line]]:
    """Return rows with an entry's sentence in the languages in which its head does not have it.

    `by` are the names of those who translated it, by language.
    """
    rows: list[tuple[Inline, Line]] = []
    for language, text in entry.translations.items():
        name, label = by.get(language), IN_LANGUAGE_LABELS[language]
        theirs, above = T("translated by the desk"), T("above: the desk’s translation")
        if name:
            theirs = T("translated by {name}", name=name)
            above = T("above: the translation by {name}", name=name)
        original = Phrase(join(_DOT, entry.text, above if entry.id else None))
        version = Phrase(join(_DOT, text, theirs if entry.id else None))
        line = in_reader_language(version, {language: original})
        rows.append((in_reader_language(label, {language: T("Original")}), (line,)))
    return rows


def day_of(entry: Entry) -> Inline:
    """Return an entry's day; what is undated says so, any other that is no certain day has a ~."""
    when = When(entry.day)
    return when if entry.day.is_day or entry.day.undated else Phrase(("~ ", when))


def code_of(entry: Entry) -> Inline:
    """Return an entry's Admiralty code; where nobody rated anything, for data alone."""
    return ForData(entry.code) if entry.code == UNRATED else entry.code


def explain_marks(entries: Collection[Entry]) -> tuple[Small, ...]:
    """Return what each code among the entries means, and the mark of a translation, once each."""
    return (*explain_codes(entries), *(Small((note,)) for note in _note_translations(entries)))


def explain_codes(entries: Iterable[Entry]) -> tuple[Small, ...]:
    """Return what each code among the entries means, once each."""
    codes = sorted({entry.code for entry in entries} - {UNRATED})
    return tuple(Small((code_meaning(code),)) for code in codes)


def begin_note(entries: Iterable[Entry]) -> Line:
    """Return how small print begins that also explains the mark of a translation."""
    return tuple(_note_translations(entries, (_DOT,)))


def _note_translations(entries: Iterable[Entry], after: Line = ()) -> Iterator[Inline]:
    """Yield what the mark of a translation means; it shows to who reads one of them alone."""
    languages = {language for entry in entries for language in entry.translations}
    note = Phrase((T("{mark} the desk’s translation", mark=_TRANSLATED), *after))
    if languages:
        yield in_reader_language("", dict.fromkeys(languages, note))


def code_meaning(code: str) -> T:
    """Return what an Admiralty code says of the source and of the item."""
    source, item = RELIABILITIES[code[0]], CREDIBILITIES[code[1]]
    return T("{code}: source {source}; item {item}", code=code, source=source, item=item)


def entry_choices(entries: Iterable[Entry | EntryLine]) -> tuple[Choice, ...]:
    """Return what opens each of the entries, once each and as many as a menu holds."""
    every = {entry.ref: entry for entry in entries if entry.id}
    return tuple(
        Choice(Phrase((entry.ref, _DOT, ref_words(entry))), ref)
        for ref, entry in list(every.items())[:OPENED]
    )


def ref_words(entry: Entry | EntryLine) -> Inline:
    """Return the beginning of an entry's sentence, as long as a menu shows."""
    return "" if entry.redacted else sentence(entry, _MENU_WORDS)


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
    who: Inline = speaker_name(entry.by)
    if entry.by.role and entry.attribution is Attribution.NAMED:
        who = T("{name}, {role}", name=who, role=speaker_role(entry.by))
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


def disputes(entry: Entry, *, names: bool = True) -> tuple[Line, ...]:
    """Return a line for each way in which others disagree with the entry, by name or not."""
    against = [link for link in entry.links if link.disputes]
    lines = []
    for key in dict.fromkeys((link.type, link.outward) for link in against):
        these = [link for link in against if (link.type, link.outward) == key]
        who = link_names(these) if names else join(", ", *(Reference(link.ref) for link in these))
        lines.append((Strong(LINKS[key]), " ", *who))
    return tuple(lines)


def link_names(links: Sequence[EntryLink]) -> Line:
    """Return references with the names behind them."""
    return join(", ", *(_one_link(link) for link in links[:_MOST_LINKS]), _more(links))


def link_speaker(link: EntryLink) -> Inline:
    """Return who says what an entry is linked with; nothing where nobody does."""
    return T("{latin}", latin=link.by, local=link.local_by or link.by) if link.by else ""


def name_and_ref(name: Inline, ref: str) -> Inline:
    """Return a name with its reference behind it; the reference alone where nobody is named."""
    return T("{name} ({ref})", name=name, ref=Reference(ref)) if name else Reference(ref)


def _one_link(link: EntryLink) -> Inline:
    return (
        T("{ref} ({name})", ref=Reference(link.ref), name=link_speaker(link))
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
    return Phrase((f"{control.symbol} ", own_term(control.label, control.labels)))


def encirclement_word(entry: Entry) -> Inline | None:
    """Return in a word what an entry says of encirclement."""
    return ENCIRCLEMENTS[entry.encirclement] if entry.encirclement else None


def age(entry: Entry, today: date, stale_days: int | None = None) -> Inline:
    """Return how old an entry's day is; STALE beyond so many days."""
    days = max((today - entry.day.latest).days, 0)
    old = T("today") if days == 0 else T("{n} day old", "{n} days old", n=days)
    stale = stale_days is not None and days > stale_days and entry.kind is Kind.ASSESSMENT
    return T("STALE, {age}", age=old) if stale else old
