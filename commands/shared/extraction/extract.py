"""A text → drafts: one for each statement, every field from words of the text, else blank."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from commands.shared.extraction.control import (
    Clause,
    ControlInText,
    EncirclementInText,
    read_control,
    read_encirclement,
)
from commands.shared.extraction.extracted_draft import ExtractedDraft, ExtractedPlace, Spot
from commands.shared.extraction.gazetteer import Gazetteer, NamedPlace
from commands.shared.extraction.languages import RULES, choose_rules
from commands.shared.extraction.layout import Context, read_layout
from commands.shared.extraction.place_roles import PlaceInSentence, read_role, read_roles
from commands.shared.extraction.rules import Rules, Topic
from commands.shared.extraction.sentences import find_quotes, split_sentences
from commands.shared.extraction.speakers import Speaker, SpeakerReader
from commands.shared.extraction.when import DayInText, DayReader, part_days
from store.model.entry import Actor, Attribution, Kind, Place, PlaceRole, Precision
from store.model.span import Basis
from store.queries.known_names import KnownNames
from store.queries.person_names import Likeness, name_likeness

_LONGEST = 1200  # characters of a sentence that are read
_MEMORY = 3  # sentences for which "the town" is the one named last
_CLAUSE = re.compile(
    r"[;:]\s+|,?\s+(?:but|while|whereas|although|and (?=(?:advanced|entered|attacked|struck|pushed|is|are"
    r"|was|were|has|have|continue))|а|але|но|тоді як|тогда как|при этом|водночас)\s+",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_WORDS_OF_A_LABEL = 2
_BIG = re.compile(r"(?:the |this )?(?:city|міст|город)", re.IGNORECASE)
_HAPPENED = frozenset({"casualties", "strike", "fighting", "advance", "movement"})
_TYPES = {"casualties": "losses"}


def extract(
    text: str, published: date, known: KnownNames, language: str = "auto"
) -> list[ExtractedDraft]:
    """Return a draft for each statement of a text that was published on a day, in its order."""
    rules = RULES.get(language) or choose_rules(text)
    reader = _TextReader(text, known)
    drafts: list[ExtractedDraft] = []
    for paragraph in read_layout(text, published, rules):
        for start, end in split_sentences(text, paragraph.start, paragraph.end):
            drafts += reader.read(start, min(end, start + _LONGEST), paragraph.context)
    return drafts


class _Sentence(Struct):
    """What was read of a sentence, before it is parted into drafts."""

    start: int
    end: int
    context: Context
    speaker: Speaker | None
    places: list[PlaceInSentence]
    said: DayInText | None
    happened: DayInText | None


class _TextReader:
    """Reads the sentences of one text in order; later ones lean on the earlier."""

    def __init__(self, text: str, known: KnownNames) -> None:
        self.text = text
        self.known = known
        self.gazetteer = Gazetteer(known.places, known.ground)
        self.speakers = SpeakerReader(text)
        self.days = DayReader(text)
        self.named_last: list[PlaceInSentence] = []
        self.since_named = 0

    def read(self, start: int, end: int, context: Context) -> Iterator[ExtractedDraft]:
        """Return the drafts of one sentence; none where it states nothing."""
        rules = context.rules
        if _states_nothing(self.text, start, end, rules):
            self._read_places(start, end, context)
            return
        reply = context.is_reply
        speaker = self.speakers.read(start, end, rules, context.label, is_reply=reply)
        places = self._read_places(start, end, context)
        if speaker is not None and speaker.verb.means == "joked":
            return
        places = [one for one in places if speaker is None or not _is_inside(one, speaker)]
        days = self.days.find(start, end, context.today, rules)
        said, happened = part_days(self.text, start, days, speaker, rules)
        for day in (happened, said):
            if day is not None:
                self.days.remember(day)
        sentence = _Sentence(start, end, context, speaker, places, said, happened)
        if self._is_statement(sentence):
            yield from self._part(sentence)

    def _read_places(self, start: int, end: int, context: Context) -> list[PlaceInSentence]:
        rules = context.rules
        heading = self.gazetteer.find(self.text, *context.heading) if context.heading else []
        names = self.gazetteer.settle(self.gazetteer.find(self.text, start, end), heading)
        places = read_roles(self.text, start, end, names, rules, self.gazetteer.look_up)
        inside = [one for one in places if not one.named.is_direction and not one.named.is_area]
        if not inside:
            inside = self._read_anaphor(start, end, rules)
            places = inside or places[:1]
        else:
            places = inside
        self.since_named += 1
        self._remember(inside)
        return places

    def _remember(self, places: Sequence[PlaceInSentence]) -> None:
        """Keep what "the town" may be; one that is only near something makes it unclear."""
        if not places:
            return
        at = [one for one in places if one.role in {PlaceRole.AT, PlaceRole.ABOUT}]
        distinct = {(one.named.place.id if one.named.place else one.named.start) for one in at}
        self.named_last = at[:1] if len(distinct) == 1 else []
        self.since_named = 0

    def _read_anaphor(self, start: int, end: int, rules: Rules) -> list[PlaceInSentence]:
        """Return the place for which "the town" stands: the only one that was named last."""
        hit = rules.first(Topic.ANAPHOR, self.text, start, end)
        if hit is None or self.since_named >= _MEMORY or len(self.named_last) != 1:
            return []
        if re.match(r"\s+(?:is|are|was|were|has|have|will)\b", self.text[hit.end : hit.end + 8]):
            return []
        old = self.named_last[0].named
        stand_in = NamedPlace(hit.start, hit.end, old.place, old.choices)
        if not _can_be(self.text[hit.start : hit.end], old.place):
            return []
        role, precision, _ = read_role(self.text, start, stand_in, rules)
        return [PlaceInSentence(old, role, precision, hit.start, hit.end)]

    def _is_statement(self, sentence: _Sentence) -> bool:
        words = self.text[sentence.start : sentence.end]
        rules = sentence.context.rules
        if sentence.places:
            return len(words.split()) > _WORDS_OF_A_LABEL
        happening = rules.has(Topic.HAPPENING, words)
        if sentence.speaker is not None:
            return happening or _has_number(words)
        official = sentence.context.author is not None
        return happening and (sentence.happened is not None or official) and _has_number(words)

    def _part(self, sentence: _Sentence) -> Iterator[ExtractedDraft]:
        """Give a status to its own place alone: what else is said goes into a second draft."""
        clause = self._clause(sentence, sentence.start, sentence.end)
        for start, end in _split_clauses(self.text, sentence.start, sentence.end):
            part = self._clause(sentence, start, end)
            held = read_control(part, self._with_stand_in(sentence, start, end))
            if held is None:
                continue
            control, place = held
            own = [one for one in sentence.places if _is_listed_with(self.text, one, place)]
            own = own or [place]
            rest = [one for one in sentence.places if one.named not in [it.named for it in own]]
            ring = read_encirclement(clause, by_judge=_is_judge(sentence))
            yield self._draft(sentence, own, control, ring)
            if rest:
                yield self._draft(sentence, rest, None, None)
            return
        ring = read_encirclement(clause, by_judge=_is_judge(sentence))
        yield self._draft(sentence, sentence.places, None, ring)

    def _with_stand_in(self, sentence: _Sentence, start: int, end: int) -> list[PlaceInSentence]:
        """Add "the village" of a later clause, if the sentence names only one."""
        places = sentence.places
        rules = sentence.context.rules
        hit = rules.first(Topic.ANAPHOR, self.text, start, end)
        inside = [one for one in places if start <= one.start < end]
        if hit is None or inside or start == sentence.start or len(places) != 1:
            return places
        (old,) = places
        town = PlaceInSentence(old.named, PlaceRole.AT, Precision.TOWN, hit.start, hit.end)
        return [*places, town]

    def _clause(self, sentence: _Sentence, start: int, end: int) -> Clause:
        speaker, author, rules = sentence.speaker, sentence.context.author, sentence.context.rules
        side = speaker.side if speaker else author.side if author else None
        verbs = [
            hit.means
            for hit in rules.find(Topic.SAYING, self.text, sentence.start, end)
            if hit.start < end
        ]
        denied = bool(verbs) and verbs[-1] == "denied"
        words = self.text[start:end]
        denied = denied or rules.has(Topic.DEBUNKING, words)
        second_hand = rules.has(Topic.ORIGIN, words, "hearsay")
        authors = speaker is None and author is not None
        return Clause(self.text, start, end, rules, side, denied, second_hand, authors)

    def _draft(
        self,
        sentence: _Sentence,
        places: Sequence[PlaceInSentence],
        control: ControlInText | None,
        ring: EncirclementInText | None,
    ) -> ExtractedDraft:
        builder = _DraftBuilder(self.text, sentence, self.known)
        return builder.build(places, control, ring)


class _DraftBuilder:
    """Puts what was read of a sentence into the fields of one draft."""

    def __init__(self, text: str, sentence: _Sentence, known: KnownNames) -> None:
        self.text = text
        self.sentence = sentence
        self.known = known
        self.words = text[sentence.start : sentence.end]
        self.why: dict[str, Spot] = {}
        self.problems: list[str] = []

    def build(
        self,
        places: Sequence[PlaceInSentence],
        control: ControlInText | None,
        ring: EncirclementInText | None,
    ) -> ExtractedDraft:
        if control is not None and control.status not in self.known.statuses:
            control = None
        by, by_ref = self._read_by()
        kind = self._read_kind(places, control, ring)
        day, basis, happened = self._read_days(kind)
        if control is not None:
            self.why["control"] = self.why["share"] = control.spot
        if ring is not None:
            self.why["encirclement"] = ring.spot
        return ExtractedDraft(
            kind=kind,
            text=_SPACE.sub(" ", self.words),
            quote=self._read_quote(),
            span=(self.sentence.start, self.sentence.end),
            places=tuple(map(self._read_place, places)),
            by=by,
            by_ref=by_ref,
            attribution=self._read_attribution(),
            day=day,
            basis=basis,
            happened=happened.edtf if happened else None,
            happened_basis=happened.basis if happened else None,
            control=control.status if control else None,
            share=control.share if control else None,
            encirclement=ring.value if ring else None,
            negation=self._is_negated(),
            type=self._read_type(control, ring, kind),
            why=self.why,
            problems=tuple(self.problems),
        )

    def _read_place(self, place: PlaceInSentence) -> ExtractedPlace:
        named = place.named
        words = self.text[named.start : named.end]
        if named.place is None and named.choices:
            choices = "; ".join(map(_describe, named.choices[:8]))
            self.problems.append(f"“{words}” may be: {choices}.")
        elif named.place is None:
            self.problems.append(f"“{words}” is not in the gazetteer.")
        name = named.place.name if named.place else words
        ref = named.place.ref if named.place else None
        return ExtractedPlace(name, ref, place.role, place.precision, (named.start, named.end))

    def _read_by(self) -> tuple[str | None, str | None]:
        speaker, author = self.sentence.speaker, self.sentence.context.author
        name, spot = (
            (speaker.name, speaker.spot)
            if speaker
            else (author.name, author.spot)
            if author
            else (None, None)
        )
        if name is None or spot is None:
            return None, None
        self.why["by"] = spot
        refs = [actor.ref for actor, names in self.known.actors if _is_actor(name, actor, names)]
        if len(refs) > 1:
            self.problems.append(f"“{name}” may be: {'; '.join(refs)}.")
        return name, refs[0] if len(refs) == 1 else None

    def _read_kind(
        self,
        places: Sequence[PlaceInSentence],
        control: ControlInText | None,
        ring: EncirclementInText | None,
    ) -> Kind:
        speaker, author = self.sentence.speaker, self.sentence.context.author
        if speaker is not None:
            own = author is not None and author.is_judge and speaker.name in author.name
            judged = speaker.is_judge and (control is not None or ring is not None)
            return Kind.ASSESSMENT if judged or own else Kind.CLAIM
        if author is not None:
            judged = author.is_judge and self._read_attribution() is not Attribution.HEARSAY
            return Kind.ASSESSMENT if judged else Kind.CLAIM
        rules = self.sentence.context.rules
        types = {hit.means for hit in rules.find(Topic.HAPPENING, self.words)}
        if control is None and places and types & _HAPPENED and not self._is_negated():
            return Kind.EVENT
        return Kind.CLAIM

    def _read_days(self, kind: Kind) -> tuple[str, Basis, DayInText | None]:
        sentence, context = self.sentence, self.sentence.context
        said, happened = sentence.said, sentence.happened
        if happened is not None:
            self.why["happened"] = happened.spot
        if kind is Kind.EVENT and happened is not None:
            self.why["day"] = happened.spot
            return happened.edtf, happened.basis, None
        if said is not None:
            self.why["day"] = said.spot
            return said.edtf, said.basis, happened
        today = context.today.isoformat()
        if sentence.speaker is not None and not self._is_own_judgement(kind):
            if context.today_spot and context.author is None:
                self.why["day"] = context.today_spot
            return f"../{today}", Basis.PUBLICATION, happened
        if context.author is None and kind is not Kind.ASSESSMENT:
            return f"../{today}", Basis.PUBLICATION, happened
        if context.today_spot is not None:
            self.why["day"] = context.today_spot
        if kind is Kind.ASSESSMENT:
            return today, Basis.AS_OF, happened
        basis = Basis.EXPLICIT if context.today_spot else Basis.PUBLICATION
        return today, basis, happened

    def _is_own_judgement(self, kind: Kind) -> bool:
        return kind is Kind.ASSESSMENT

    def _read_attribution(self) -> Attribution:
        speaker, author = self.sentence.speaker, self.sentence.context.author
        if speaker is not None:
            return speaker.attribution
        rules = self.sentence.context.rules
        origin = rules.first(Topic.ORIGIN, self.words)
        if origin is not None and origin.means == "hearsay":
            return Attribution.HEARSAY
        if origin is not None and origin.means == "footage" and origin.start < len(self.words) // 3:
            return Attribution.FOOTAGE
        return Attribution.NAMED if author else Attribution.NARRATOR

    def _read_quote(self) -> str | None:
        for quote in find_quotes(self.text, self.sentence.start, self.sentence.end):
            words = quote.text.split()
            if len(words) > 1 and any(word[0].islower() for word in words):
                self.why["quote"] = quote.start, quote.end
                return quote.text
        return None

    def _is_negated(self) -> bool:
        rules = self.sentence.context.rules
        verbs = {hit.means for hit in rules.find(Topic.SAYING, self.words)}
        return (
            "denied" in verbs
            or rules.has(Topic.DEBUNKING, self.words)
            or rules.has(Topic.NEGATION, self.words)
        )

    def _read_type(
        self, control: ControlInText | None, ring: EncirclementInText | None, kind: Kind
    ) -> str | None:
        if control is not None:
            return "control"
        if ring is not None:
            return "encirclement"
        hit = self.sentence.context.rules.first(Topic.HAPPENING, self.words)
        if hit is None:
            return None
        if kind is Kind.EVENT:
            return "strike" if hit.means == "casualties" else hit.means
        return _CLAIM_TYPES.get(hit.means)


_CLAIM_TYPES = {"casualties": "losses", "logistics": "supply", "fighting": "operation"}


def _states_nothing(text: str, start: int, end: int, rules: Rules) -> bool:
    """Tell whether a sentence asks, calls, jests or speaks of the text itself."""
    words = text[start:end].rstrip('”»") ')
    furniture = rules.first(Topic.FURNITURE, text, start, end)
    quotes = find_quotes(text, start, end)
    if furniture is not None and not text[start : furniture.start].strip(' «“"*•–—-'):
        return True
    if words.endswith("?") or (words.endswith("!") and not _has_number(words) and not quotes):
        return True
    verbs = rules.find(Topic.SAYING, text, start, end)
    return any(hit.means == "joked" for hit in verbs)


def _has_number(words: str) -> bool:
    return any(char.isdigit() for char in words)


def _is_inside(place: PlaceInSentence, speaker: Speaker) -> bool:
    first, last = speaker.spot
    return first <= place.start < last and place.role is not PlaceRole.TOWARD


def _is_judge(sentence: _Sentence) -> bool:
    author = sentence.context.author
    if sentence.speaker is not None:
        return sentence.speaker.is_judge
    return author is not None and author.is_judge


def _can_be(words: str, place: Place | None) -> bool:
    """Tell whether a place may be called so: nobody calls a hamlet a city."""
    return place is None or place.kind != "village" or not _BIG.match(words)


def _split_clauses(text: str, start: int, end: int) -> list[Spot]:
    quotes = find_quotes(text, start, end)
    cuts = [
        match
        for match in _CLAUSE.finditer(text, start, end)
        if not any(one.start <= match.start() < one.end for one in quotes)
    ]
    firsts = [start, *(match.end() for match in cuts)]
    lasts = [*(match.start() for match in cuts), end]
    return list(zip(firsts, lasts, strict=True))


def _is_listed_with(text: str, place: PlaceInSentence, held: PlaceInSentence) -> bool:
    """Tell whether a place is the one that is held, or stands in one list with it."""
    if place is held:
        return True
    first, last = sorted((place, held), key=lambda one: one.start)
    between = text[first.end : last.start]
    return (
        place.role is held.role
        and len(between) < 60
        and not re.search(r"[;()]", between)
        and (
            re.fullmatch(r"(?:[\s,]|and|та|і|й|и|[^\W\d_a-zа-яіїєґё][\w’'ʼ-]*)+", between)
            is not None
        )
    )


def _describe(place: object) -> str:
    name, ref = getattr(place, "name", ""), getattr(place, "ref", "")
    where = ", ".join(filter(None, (getattr(place, "raion", ""), getattr(place, "oblast", ""))))
    return f"{name} ({ref}, {where})"


def _is_actor(words: str, actor: Actor, names: Sequence[str]) -> bool:
    """Tell whether words name a speaker on record; one without a name only to the letter."""
    if actor.kind not in {"person", "organisation"}:
        return words.casefold() in {name.casefold() for name in (actor.name, *names)}
    person = actor.kind == "person"
    return any(
        name_likeness(words, name, person=person) >= Likeness.SURNAME
        for name in (actor.name, *names)
    )
