"""What is disputed now: who against whom, since when, and who had the last word."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from commands.kit.inlines import Inline, Line, Phrase, T, When, join
from commands.kit.reply import Item
from commands.kit.vocabulary import speaker_name
from commands.shared.views.agreement import weigh_assessments
from commands.shared.views.entry_card import link_speaker, name_and_ref
from store.model.entry import Entry, VerdictValue
from store.model.span import Span

_DOT = " · "
_SETTLED = frozenset({VerdictValue.CONFIRMED, VerdictValue.REFUTED})
_NAMED = 4


class Word(Struct, frozen=True):
    """One side's word in a dispute."""

    number: int
    ref: str
    by: Inline
    when: Span

    @property
    def day(self) -> date:
        return self.when.latest

    @property
    def inline(self) -> Inline:
        """Whose it is, with its reference."""
        return name_and_ref(self.by, self.ref)


class Dispute(Struct, frozen=True):
    """Entries that contradict each other, the oldest first, and since when they do."""

    words: tuple[Word, ...]
    since: Span

    @property
    def last(self) -> Word:
        return self.words[-1]


def find_disputes(
    entries: Collection[Entry],
    judged: Iterable[Sequence[Entry]],
    day: date,
    stale_days: int,
) -> list[Dispute]:
    """Return the disputes among entries, the one with the newest word first.

    `judged` are the assessments of each place, the newest first. Assessors whose fresh assessments
    differ are in dispute; so are entries that a link makes disagree, until a check has confirmed or
    refuted one of them.
    """
    words_of: dict[int, Word] = {}
    pairs: set[frozenset[int]] = set()
    judged = list(judged)
    for entry in (*entries, *(entry for assessments in judged for entry in assessments)):
        words_of[entry.id] = _of_entry(entry)
        if entry.verdict in _SETTLED:
            continue
        for link in entry.links:
            if link.disputes:
                other = Word(link.entry_id, link.ref, link_speaker(link), Span.on(link.day))
                words_of.setdefault(link.entry_id, other)
                pairs.add(frozenset({entry.id, link.entry_id}))
    settled = {entry.id for entry in entries if entry.verdict in _SETTLED}
    for assessments in judged:
        how = weigh_assessments(assessments, day, stale_days)
        if how is not None:
            pairs |= {frozenset({how.lead.id, other.id}) for other in how.differing}
    open_ = [pair for pair in pairs if not pair & settled]
    disputes = [_dispute(group, open_, words_of) for group in _join_pairs(open_)]
    return sorted(disputes, key=lambda it: (it.last.day, it.last.number), reverse=True)


def _of_entry(entry: Entry) -> Word:
    return Word(entry.id, entry.ref, speaker_name(entry.by) if entry.by else "", entry.day)


def _join_pairs(pairs: Iterable[frozenset[int]]) -> list[set[int]]:
    """Return the entries that hang together by pairs."""
    groups: list[set[int]] = []
    for pair in pairs:
        touched = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair]
        groups.append(set(pair).union(*touched))
    return groups


def _dispute(
    group: set[int], pairs: Sequence[frozenset[int]], words_of: dict[int, Word]
) -> Dispute:
    words = sorted((words_of[number] for number in group), key=lambda it: (it.day, it.number))
    since = next(
        later
        for later, earlier in ((words[i], words[:i]) for i in range(1, len(words)))
        if any(frozenset({later.number, other.number}) in pairs for other in earlier)
    )
    return Dispute(tuple(words), since.when)


def dispute_items(disputes: Iterable[Dispute]) -> Iterator[Item]:
    """Yield each dispute: who against whom, since when, whose the last word is."""
    for dispute in disputes:
        last = T("last word: {who}, {day}", who=dispute.last.inline, day=When(dispute.last.when))
        yield Item((who_against_whom(dispute),), (join(_DOT, since_when(dispute), last),))


def who_against_whom(dispute: Dispute) -> T:
    """Return whose words are in dispute, the oldest first."""
    first, *others = dispute.words
    against: Line = join(", ", *(word.inline for word in others[:_NAMED]))
    rest = len(others) - _NAMED
    more = T("and {n} more", "and {n} more", n=rest) if rest > 0 else None
    everybody = Phrase(join(" ", Phrase(against), more))
    return T("{first} against {others}", first=first.inline, others=everybody)


def since_when(dispute: Dispute) -> T:
    """Return since when a dispute is open, as far as that is known."""
    day = When(Span.on(dispute.since.latest))
    known = dispute.since.earliest is not None
    return T("open since {day}", day=day) if known else T("open by {day}", day=day)
