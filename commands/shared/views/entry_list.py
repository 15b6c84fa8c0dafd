"""Lists of entries: what was asked for in words, a page of it, and what to ask when it is empty."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from commands.kit.context import Context
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import Inline, Line, Strong, T, When, join
from commands.kit.reply import Action, Block, Item, Items, Reply, Small, Tone, Unanswered
from commands.kit.vocabulary import VERDICTS, kind_count, number, own_term, place_name, speaker_name
from commands.shared.views.area_status import is_area
from commands.shared.views.asked_subject import offer_to_tell
from commands.shared.views.entry_card import (
    begin_note,
    brief_item,
    common_source,
    entry_choices,
    entry_item,
    explain_codes,
    explain_marks,
    read_in,
)
from commands.shared.views.place_match import about_match
from store.model.entry import Actor, Entry, EntryPage, Kind, VerdictValue
from store.model.refusals import BadCursor
from store.model.span import Span
from store.queries import search
from store.queries.lists import Filter
from store.queries.places import PlaceMatch
from store.queries.situation import EventType

PAGE, WHOLE_PAGE = 4, 8
"""Entries of a page: as many as a phone shows, or for whoever reads it as data."""
_MORE_SPEAKERS = 3
_HINTS, _WORDS = 5, 6
RANKED = "."
"""What the cursor of a page has in it that shows first what matters."""
_RULE = T("Contested first, then named speakers; two a speaker")
_QUOTES = '"“”„‟«»'


class EntryQuery(Struct, frozen=True):
    """What somebody wants listed, as it was read from their parameters."""

    kind: Kind | None
    place: PlaceMatch | None = None
    by: Actor | None = None
    since: Span | None = None
    until: Span | None = None
    verdict: str | None = None
    type: EventType | None = None
    text: str = ""
    retracted: bool = False
    oldest_first: bool = False

    @property
    def is_ranked(self) -> bool:
        """Whether what matters stands first: in claims of several speakers."""
        return self.kind is Kind.CLAIM and self.by is None and not self.retracted

    def filter(self, after: str = "") -> Filter:
        """Return it as the store's filter; BadParam when the days or the words cannot be."""
        first, last = self.window()
        if self.text and not search.query(self.text):
            raise BadParam(T("That has no word to search for. Write one, such as flag."))
        return Filter(
            self.kind,
            place_id=self.place.place.id if self.place else None,
            around=bool(self.place and self.place.around),
            actor_id=self.by.id if self.by else None,
            since=first,
            until=last,
            verdict=VerdictValue(self.verdict) if self.verdict else None,
            type=self.type.key if self.type else None,
            words=self.text,
            retracted=self.retracted,
            oldest_first=self.oldest_first,
            after=after,
        )

    def window(self) -> tuple[date | None, date | None]:
        """Return the first and the last day asked for."""
        first = self.since.earliest if self.since else None
        if self.since and first is None:
            open_ = T("since: needs a first day, such as since:2025-10-29.")
            raise BadParam(open_, code=Code.BAD_DAY)
        last = self.until.latest if self.until else None
        if self.since and self._is_both_ends:
            last = self.since.latest
        if self.since and self.until and first and last and last < first:
            raise BadParam(
                T(
                    "until: {last} is before since: {first}; write the earlier day as since:.",
                    last=When(self.until),
                    first=When(self.since),
                ),
                code=Code.BAD_DAY,
            )
        return first, last

    def _since_words(self) -> T | When | None:
        if self.since is None:
            return None
        return When(self.since) if self._is_both_ends else T("since {day}", day=When(self.since))

    @property
    def _is_both_ends(self) -> bool:
        """Whether since: alone has the first day and the last, as in since:24 Oct - 6 Nov."""
        return bool(self.since and not self.until and "/" in self.since.edtf)

    def given(self) -> dict[str, str]:
        """Return it as parameters with absolute days and ids."""
        parts = {
            "place": self.place.ref if self.place else "",
            "by": self.by.ref if self.by else "",
            "since": self.since.edtf if self.since else "",
            "until": self.until.edtf if self.until else "",
            "verdict": self.verdict or "",
            "kind": self.type.key if self.type else "",
            "retracted": "only" if self.retracted else "",
            "order": "oldest" if self.oldest_first and self.kind else "",
            "text": self.text,
        }
        return {name: value for name, value in parts.items() if value}

    def find_unanswered(self, today: date) -> tuple[Unanswered, ...]:
        """Return what goes unanswered where this finds nothing; none where no new entry would help.

        Words are not kept, and of what is past, checked or retracted nobody waits for news.
        """
        last = self.window()[1]
        is_over = last is not None and last < today
        if self.place is None or is_area(self.place) or is_over:
            return ()
        if self.text or self.verdict or self.retracted:
            return ()
        by, kind = self.by.ref if self.by else "", self.type.key if self.type else ""
        return (Unanswered(self.place.place.ref, by, kind),)

    def words(self) -> Line:
        """Return the filters as they were understood."""
        return join(
            " · ",
            T("about {place}", place=place_name(self.place.place)) if self.place else None,
            T("by {name}", name=speaker_name(self.by)) if self.by else None,
            self._since_words(),
            T("until {day}", day=When(self.until)) if self.until else None,
            T("verdict {verdict}", verdict=VERDICTS[self.verdict]) if self.verdict else None,
            own_term(self.type.label, self.type.labels) if self.type else None,
            T("only retracted ones") if self.retracted else None,
            T("with the words {text}", text=self.text) if self.text else None,
        )


async def list_entries(ctx: Context, asked: EntryQuery, command: str, after: str = "") -> Reply:
    """Return a page of what was asked for; where there is nothing, what would find something."""
    ranked = RANKED in after or (asked.is_ranked and not ctx.whole)
    size = WHOLE_PAGE if ctx.whole else PAGE
    more: tuple[Action, ...] = ()
    try:
        if ranked:
            page, more = await _rank_page(ctx, asked, asked.filter(after), size)
        else:
            page = await ctx.store.lists.page(asked.filter(after), size)
    except BadCursor:
        raise BadParam(T("That page is gone; ask again from the start.")) from None
    notes: tuple[Block, ...] = about_match(asked.place) if asked.place else ()
    if not page.entries:
        actions = await _instead(ctx, asked, command)
        tip = (Small((T("Try fewer words, or the start of one, such as fla*."),)),)
        missing = asked.find_unanswered(ctx.today)
        told = map(offer_to_tell, missing) if ctx.remembers else ()
        return Reply(
            _none(asked),
            (*notes, *(tip if asked.text else ())),
            (*actions, *told),
            tone=Tone.NOTHING,
            unanswered=missing,
        )
    source = common_source(page.entries)
    how = partial(_item, asked=asked, with_source=source is None, whole=ctx.whole)
    items = tuple(map(how, page.entries))
    marks: tuple[Block, ...] = explain_marks(page.entries)
    if ranked:
        rule = Small((*begin_note(page.entries), _RULE))
        marks = (*explain_codes(page.entries), rule)
    small = (*((read_in(source),) if source else ()), *marks)
    if page.cursor:
        given = {**asked.given(), "after": page.cursor}
        more = (Action(T("More"), command, given), *more)
    return Reply(
        _title(asked, page),
        (*notes, Items(items), *small),
        more,
        entries=entry_choices(page.entries),
    )


async def _rank_page(
    ctx: Context, asked: EntryQuery, wanted: Filter, size: int
) -> tuple[EntryPage, tuple[Action, ...]]:
    """Return a page with what matters first, and what shows the rest of its speakers."""
    page = await ctx.store.ranked_claims.page(wanted, size)
    rest = sorted(page.more, key=lambda speaker: -speaker[1])[:_MORE_SPEAKERS]
    actions = tuple(
        Action(
            T("and {n} more by {name}", "and {n} more by {name}", n=n, name=speaker_name(actor)),
            "claims",
            {**asked.given(), "by": actor.ref},
        )
        for actor, n in rest
    )
    return EntryPage(page.entries, page.cursor, page.total), actions


def _title(asked: EntryQuery, page: EntryPage) -> Line:
    total = page.total
    if asked.kind is None:
        count = number(total)
        total_words: Inline = T("{count} entry", "{count} entries", n=total.number, count=count)
    else:
        total_words = kind_count(asked.kind, total)
    return join(" · ", Strong(total_words), *asked.words()[::2])


def _none(asked: EntryQuery) -> Line:
    nothing = {
        Kind.CLAIM: T("No claims"),
        Kind.EVENT: T("No events"),
        Kind.ASSESSMENT: T("No assessments"),
        None: T("Nothing on record"),
    }
    return join(" · ", Strong(nothing[asked.kind]), *asked.words()[::2])


def _item(entry: Entry, asked: EntryQuery, *, with_source: bool, whole: bool) -> Item:
    if asked.place is not None and not is_area(asked.place):
        links = (link for link in entry.links if link.holds_for({asked.place.place.id}))
        entry = replace(entry, links=tuple(links))
    roles = [at.role for at in entry.places]
    here = asked.place is not None and len(roles) == 1 and roles[0] in {"at", "about"}
    as_item = entry_item if whole else brief_item
    return as_item(entry, source=with_source, place=not here, by=asked.by is None)


async def _instead(ctx: Context, asked: EntryQuery, command: str) -> tuple[Action, ...]:
    """Return what would find something: the question with less in it, or each word alone."""
    actions = []
    for label, other in (*_with_less(asked), *_word_by_word(asked)):
        if other != asked and _can_be_listed(other, command):
            total = await ctx.store.lists.total(other.filter())
            if total.number:
                shown = T("{less}: {count}", less=label, count=number(total))
                actions.append(Action(shown, command, other.given()))
    return tuple(actions[:_HINTS])


def _can_be_listed(asked: EntryQuery, command: str) -> bool:
    """Tell whether the command lists that: /search needs words, and /timeline a place."""
    if command == "timeline":
        return asked.place is not None
    return bool(asked.kind or asked.text)


def _with_less(asked: EntryQuery) -> Iterator[tuple[Inline, EntryQuery]]:
    yield T("Without the days"), replace(asked, since=None, until=None)
    yield T("Without the words"), replace(asked, text="")
    yield T("Without the verdict"), replace(asked, verdict=None)
    yield T("Of any kind"), replace(asked, type=None)
    yield T("By anyone"), replace(asked, by=None)
    yield T("Anywhere"), replace(asked, place=None)
    yield T("All there are"), EntryQuery(asked.kind)


def _word_by_word(asked: EntryQuery) -> Iterator[tuple[Inline, EntryQuery]]:
    words = [word for piece in asked.text.split() if (word := piece.strip(_QUOTES))]
    if len(words) > 1:
        for word in dict.fromkeys(words[:_WORDS]):
            if search.query(word):
                yield T("Only “{word}”", word=word), replace(asked, text=word)
