"""A text → drafts: one for each statement, every field from words of the text, else blank."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import structs

from commands.shared.extraction.days_in_text import DayInText, DayReader, part_days
from commands.shared.extraction.draft_fields import DraftBuilder, RecordedSpeakers, SentenceFacts
from commands.shared.extraction.extracted_draft import ExtractedDraft, Spot
from commands.shared.extraction.handles import read_handle
from commands.shared.extraction.name_lines import find_name_lines
from commands.shared.extraction.places.named_places import NamedPlace, PlaceReader
from commands.shared.extraction.places.place_roles import PlaceInSentence, read_role
from commands.shared.extraction.places.places_of_text import WORDS_OF_A_LABEL, PlacesOfText
from commands.shared.extraction.places.speaker_places import leave_out_speakers
from commands.shared.extraction.sentences import find_quotes, split_sentences
from commands.shared.extraction.speaker_names import ASIDE, CAPITAL_NAME
from commands.shared.extraction.speakers import ABOUT_IT, SpeakerReader
from commands.shared.extraction.states.clause import Clause
from commands.shared.extraction.states.control_in_text import ControlInText, read_control
from commands.shared.extraction.states.encirclement_in_text import (
    EncirclementInText,
    read_encirclement,
)
from commands.shared.extraction.states.listed_places import list_held, list_ringed
from commands.shared.extraction.states.passed_on import tells_of_a_claim
from commands.shared.extraction.talks import is_caption
from commands.shared.extraction.text_layout import Setting, list_lines, read_layout
from commands.shared.extraction.wording.languages import RULES, choose_rules
from commands.shared.extraction.wording.rule_table import Hit, Rules, Topic
from store.model.entry import PlaceRole, Precision
from store.model.span import Basis
from store.queries.known_names import KnownNames

_LONGEST = 1200  # characters of a sentence that are read
_NEW_VERB = (  # after "and"
    "advanced|entered|attacked|struck|pushed|is|are|was|were|has|have|continue"
)
_AS = r"as(?= (?-i:[A-Z])[\w’'-]+ (?:[\w’'-]+ ){0,2}(?:reported|said|claimed|announced|denied)\b)"
_TURN = (
    "but|while|whereas|although|а|але|но|тоді як|тогда как|хоча|хотя|проте|однак|однако|водночас"
)
_WHICH = r",\s+an? (?:claim|assertion|allegation|statement)(?: that| which)?"
_CLAUSE = re.compile(
    rf"[;:]\s+|{_WHICH}\s+(?=(?-i:[A-Z]))"
    rf"|(?<!\ball),?\s+(?:{_TURN}|and (?=(?:{_NEW_VERB}))|при этом|{_AS})\s+",
    re.IGNORECASE,
)
_JOINED = re.compile(rf";\s+$|{_WHICH}\s+$|,?\s+(?:as|{_TURN})\s+$", re.IGNORECASE)
_LABEL = re.compile(r"[^\W\d_a-zа-яёіїєґ][^:.!?\n«“\"]{0,70}(?=:\s)")
"""How a sentence begins before a colon: "N. N. (16 November): …"."""
_SPEAKING = frozenset({"office", "person", "body"})
_WORDS_OF_A_REMARK = 3  # "Briefly on Vilne."
_OF_WHOM = re.compile(
    r"(?: (?:of|the|armed|forces|(?:ukrain|russia)\w*|зсу|рф|збройних|сил|вооруж[её]нных|україни"
    r"|украины|росії|россии))*",
    re.IGNORECASE,
)
"""Behind an office, whose it is."""
_CHECKABLE = (Topic.CONTROL, Topic.ENCIRCLING, Topic.NEGATION, Topic.DEBUNKING)
"""What else could be checked in a sentence that does not name its place itself."""
_WORDS_OF_A_CLAIM = 4
_OF_A_TITLE = (
    *(Topic.HEAD, Topic.FURNITURE, Topic.CAPTION, Topic.HAPPENING, Topic.DIRECTION),
    *_CHECKABLE,
)


def extract(
    text: str, published: date, known: KnownNames, language: str = "auto"
) -> list[ExtractedDraft]:
    """Return a draft for each statement of a text that was published on a day, in its order."""
    rules = RULES.get(language) or choose_rules(text)
    reader = _TextReader(text, known)
    drafts: list[ExtractedDraft] = []
    for paragraph in read_layout(text, published, rules, reader.name_kind):
        setting = paragraph.setting
        for start, end in split_sentences(text, paragraph.start, paragraph.end):
            stop = start + len(text[start : min(end, start + _LONGEST)].rstrip())
            label = reader.find_label(start, stop, setting)
            if label != setting.label:
                setting = structs.replace(setting, label=label)
            drafts += reader.read(start, stop, setting)
    return drafts


def find_published(text: str, today: date, known: KnownNames) -> date | None:
    """Return the day of a text that stands, with its year, where it says whose it is; else None."""
    reader = _TextReader(text, known)
    return find_name_lines(text, list_lines(text), reader.name_kind, today).find_day()


class _TextReader:
    """Reads the sentences of one text in order; later ones lean on the earlier."""

    def __init__(self, text: str, known: KnownNames) -> None:
        self.text = text
        self.known = known
        self.actors = RecordedSpeakers(known)
        self.names = PlaceReader(known.places, known.ground)
        self.speakers = SpeakerReader(
            text, lambda words: bool(self.actors.find(words)), self._is_place
        )
        self.days = DayReader(text)
        self.places = PlacesOfText(text, self.names)

    def name_kind(self, words: str) -> str:
        """Return what words name: an "office" or a "person" that may speak, a "place", or nothing.

        What only tells what stands below, "Losses", is a "title".
        """
        words = read_handle(words)
        kinds = self.actors.find_kinds(words)
        if kinds:
            is_person = kinds == {"person"}
            return "person" if is_person else "office" if kinds == {"organisation"} else ""
        rules = choose_rules(words)
        is_body = words[0].isupper() and rules.has(Topic.BODY, words)
        if self._is_place(words):
            return "body" if is_body else "place"
        signer = rules.first(Topic.SIGNER, words)
        is_office = signer is not None and signer.start == 0 and signer.means == "office"
        if signer is not None and is_office and words[0].isupper():
            return "office" if _OF_WHOM.fullmatch(words, signer.end) else ""
        is_body = is_body and not rules.has(Topic.HEAD, words)
        if is_body and not rules.has(Topic.SAYING, words):
            return "body"
        is_side = any(hit.end - hit.start == len(words) for hit in rules.find(Topic.SIDE, words))
        is_title = is_side or any(rules.has(topic, words) for topic in _OF_A_TITLE)
        return "title" if is_title else ""

    def _is_place(self, words: str) -> bool:
        return bool(self.names.find(words, 0, len(words)))

    def find_label(self, start: int, end: int, setting: Setting) -> Spot | None:
        """Return who is named before a colon: another name ends what the one before it says."""
        label = _LABEL.match(self.text, start, end)
        if label is None or setting.is_turn or (setting.label and start <= setting.label[0]):
            return setting.label
        updating = setting.rules.first(Topic.UPDATING, label[0])
        words = ASIDE.sub("", label[0][: updating.start if updating else None].rstrip())
        kind = self.name_kind(words) if words else "place"
        is_name = CAPITAL_NAME.fullmatch(words) or words + " (" in label[0]
        is_name = is_name and kind != "place" and not is_caption(words)
        return label.span() if is_name or kind in _SPEAKING else setting.label

    def read(self, start: int, end: int, setting: Setting) -> Iterator[ExtractedDraft]:
        """Return the drafts of one sentence; none where it states nothing."""
        for first, last in self._split_speakers(start, end, setting):
            yield from self._read_piece(first, last, setting)

    def _split_speakers(self, start: int, end: int, setting: Setting) -> list[Spot]:
        """Part "X said this, while Y said that": what Y says is not X's."""
        rules = setting.rules
        if setting.label is not None or not self.speakers.has_own(start, end, rules):
            return [(start, end)]
        pieces = [start]
        for first, last in _split_clauses(self.text, start, end)[1:]:
            spots = (pieces[-1], first), (first, last)
            debunks = rules.has(Topic.DEBUNKING, self.text[first:last])
            if debunks or _JOINED.search(self.text, *spots[0]) is None:
                continue
            denies = self.speakers.has_denier(first, last, rules)
            speaks = denies or self.speakers.has_own(first, last, rules)
            if speaks and self.speakers.has_own(*spots[0], rules):
                pieces.append(first)
        ends = [start + len(_JOINED.sub("", self.text[start:at])) for at in pieces[1:]]
        return list(zip(pieces, [*ends, end], strict=True))

    def _read_piece(self, start: int, end: int, setting: Setting) -> Iterator[ExtractedDraft]:
        rules = setting.rules
        if setting.asks or _states_nothing(self.text, start, end, rules):
            self.places.read(start, end, setting, None)
            return
        speaker = self.speakers.read(start, end, setting)
        told_behind = self._find_who_said_it(end) if speaker is None else None
        if told_behind is not None:
            speaker = self.speakers.read(*told_behind, setting)
        places = self.places.read(start, end, setting, speaker)
        if speaker is not None and speaker.verb.means == "joked":
            return
        places = leave_out_speakers(self.text, (start, end), places, speaker, rules)
        days = self.days.find(start, end, setting.today, rules)
        spoken, happened = part_days(self.text, (start, end), days, speaker, rules)
        if told_behind is not None:
            behind = self.days.find(*told_behind, setting.today, rules)
            spoken = behind[0] if len(behind) == 1 else spoken
        if setting.row_day and not days:
            first, last, row_day = setting.row_day
            own = DayInText(first, last, row_day.isoformat(), Basis.EXPLICIT)
            spoken, happened = (own, None) if speaker else (None, own)
        for day in (happened, spoken):
            if day is not None:
                self.days.remember(day)
        if not places and ABOUT_IT.match(self.text, start, end):
            return  # it says of the sentence before who said it
        sentence = SentenceFacts(start, end, setting, speaker, places, spoken, happened)
        if self._is_statement(sentence):
            yield from self._part(sentence)

    def _find_who_said_it(self, end: int) -> Spot | None:
        """Return the sentence behind another that tells who said it: "Про це заявив X"."""
        if not ABOUT_IT.match(self.text, end):
            return None
        line_end = self.text.find("\n", end)
        return split_sentences(self.text, end, line_end if line_end > 0 else len(self.text))[0]

    def _is_statement(self, sentence: SentenceFacts) -> bool:
        words = self.text[sentence.start : sentence.end]
        rules = sentence.setting.rules
        happening = rules.has(Topic.HAPPENING, words)
        if sentence.places:
            states = happening or sentence.speaker is not None or _has_number(words)
            states = states or sentence.happened is not None
            if not states and all(place.named.is_direction for place in sentence.places):
                return False
            states = states or any(rules.has(topic, words) for topic in _CHECKABLE)
            is_named_above = all(place.named.end <= sentence.start for place in sentence.places)
            if rules.has(Topic.CONTROL, words) or rules.has(Topic.ENCIRCLING, words):
                return len(words.split()) > 1  # "Освобождён Гришино."
            least = WORDS_OF_A_LABEL if states else _WORDS_OF_A_REMARK
            return len(words.split()) > least and (states or not is_named_above)
        if sentence.speaker is not None:
            denies = (
                sentence.speaker.verb.means == "denied" and len(words.split()) > _WORDS_OF_A_REMARK
            )
            return happening or denies or _has_count(words) or rules.has(Topic.ENCIRCLING, words)
        official = sentence.setting.author is not None
        return happening and (sentence.happened is not None or official) and _has_number(words)

    def _part(self, sentence: SentenceFacts) -> Iterator[ExtractedDraft]:
        """Give a status and an encirclement each to its own places: what else is said, apart."""
        clause = self._clause(sentence, sentence.start, sentence.end)
        ring = read_encirclement(clause)
        control, held = self._find_held(sentence)
        names = [it.named for it in held]
        places = [*held, *(it for it in sentence.places if it.named not in names)]
        ringed = [] if ring is None else list_ringed(self.text, ring, places, held)
        every = {(it in held, it in ringed) for it in places} or {(False, ring is not None)}
        for is_held, is_ringed in sorted(every, reverse=True):
            own = [it for it in places if (it in held, it in ringed) == (is_held, is_ringed)]
            yield self._draft(
                sentence, own, control if is_held else None, ring if is_ringed else None
            )

    def _find_held(
        self, sentence: SentenceFacts
    ) -> tuple[ControlInText | None, list[PlaceInSentence]]:
        """Return the first status that a clause gives, and the places that it gives it to."""
        rules = sentence.setting.rules
        for start, end in _split_clauses(self.text, sentence.start, sentence.end):
            part = self._clause(sentence, start, end)
            status = read_control(part, self._with_stand_in(sentence, start, end))
            if status is not None:
                control, place = status
                return control, list_held(self.text, control, place, sentence.places, rules)
        return None, []

    def _with_stand_in(
        self, sentence: SentenceFacts, start: int, end: int
    ) -> list[PlaceInSentence]:
        """Add "the village" of a later clause, or whose name opens the paragraph, if only one."""
        places = sentence.places
        rules = sentence.setting.rules
        if len(places) != 1 or any(start <= place.start < end for place in places):
            return places
        (old,) = places
        if old.end <= sentence.start:
            return [structs.replace(old, start=start, end=start)]
        hit = rules.first(Topic.ANAPHOR, self.text, start, end)
        if hit is None or start == sentence.start:
            return places
        stand_in = NamedPlace(hit.start, hit.end, old.named.place)
        _, precision, _ = read_role(self.text, start, stand_in, rules)
        precision = Precision.PART if precision is Precision.PART else Precision.TOWN
        return [*places, PlaceInSentence(old.named, PlaceRole.AT, precision, hit.start, hit.end)]

    def _clause(self, sentence: SentenceFacts, start: int, end: int) -> Clause:
        speaker, author, rules = sentence.speaker, sentence.setting.author, sentence.setting.rules
        side = speaker.side if speaker else author.side if author else None
        if speaker is None and author is None and rules.language == "uk":
            side = "ukrainian"  # "наші" of a Ukrainian text
        verbs = rules.find(Topic.SAYING, self.text, sentence.start, end)
        denied = bool(verbs) and verbs[-1].means == "denied"
        denies_others = _denies_a_saying(self.text, verbs)
        words = self.text[start:end]
        debunked = rules.has(Topic.DEBUNKING, words)
        second_hand = rules.has(Topic.ORIGIN, words, "hearsay") or (
            speaker.passes_on if speaker else tells_of_a_claim(self.text, (start, end), rules)
        )
        return Clause(
            self.text,
            start,
            end,
            rules,
            side,
            denied or debunked or denies_others,
            second_hand,
            is_authors=speaker is None and author is not None,
            is_judged=sentence.is_judged,
            denied_from=verbs[-2].start if denies_others and not debunked else 0,
            speaker=speaker.spot if speaker else (-1, -1),
        )

    def _draft(
        self,
        sentence: SentenceFacts,
        places: Sequence[PlaceInSentence],
        control: ControlInText | None,
        ring: EncirclementInText | None,
    ) -> ExtractedDraft:
        builder = DraftBuilder(self.text, sentence, self.known, self.actors)
        return builder.build(places, control, ring)


def _denies_a_saying(text: str, verbs: Sequence[Hit]) -> bool:
    """Tell whether what is denied is what others say: "rejected a Russian claim that …"."""
    if len(verbs) < 2 or verbs[-2].means != "denied":  # noqa: PLR2004 -- a pair
        return False
    between = text[verbs[-2].end : verbs[-1].start]
    return len(between.split()) <= _WORDS_OF_A_CLAIM and "," not in between


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


_YEAR_OR_AGE = re.compile(r"\b(?:19|20)\d\d\b|(?<=, )\d\d(?=,)")


def _has_count(words: str) -> bool:
    """Tell whether there is a number in words that is neither a year nor somebody's age."""
    return _has_number(_YEAR_OR_AGE.sub("", words))


def _has_number(words: str) -> bool:
    return any(char.isdigit() for char in words)


def _split_clauses(text: str, start: int, end: int) -> list[Spot]:
    quotes = find_quotes(text, start, end)
    cuts = [
        match
        for match in _CLAUSE.finditer(text, start, end)
        if not any(quote.start <= match.start() < quote.end for quote in quotes)
    ]
    firsts = [start, *(match.end() for match in cuts)]
    lasts = [*(match.start() for match in cuts), end]
    return list(zip(firsts, lasts, strict=True))
