"""A text → drafts: one for each statement, every field from words of the text, else blank."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import structs

from commands.shared.extraction.days_in_text import DayInText, DayReader, part_days
from commands.shared.extraction.draft_fields import DraftBuilder, RecordedSpeakers, SentenceFacts
from commands.shared.extraction.extracted_draft import ExtractedDraft, Spot
from commands.shared.extraction.name_kinds import NameKinds
from commands.shared.extraction.name_lines import find_name_lines
from commands.shared.extraction.places.named_places import NamedPlace, PlaceReader
from commands.shared.extraction.places.place_roles import PlaceInSentence, read_role
from commands.shared.extraction.places.places_of_text import (
    WORDS_OF_A_LABEL,
    PlacesOfText,
    find_pronoun,
)
from commands.shared.extraction.places.speaker_places import leave_out_speakers
from commands.shared.extraction.sentence_parts import (
    cut_joint,
    find_main_clause,
    is_called_a_claim,
    is_joined,
    split_clauses,
)
from commands.shared.extraction.sentences import find_quotes, split_sentences
from commands.shared.extraction.speakers import ABOUT_IT, SpeakerReader
from commands.shared.extraction.states.clause import Clause, denies_a_saying
from commands.shared.extraction.states.control_in_text import (
    ControlInText,
    is_over,
    read_control,
)
from commands.shared.extraction.states.doubts import is_called_false
from commands.shared.extraction.states.encirclement_in_text import (
    EncirclementInText,
    read_encirclement,
)
from commands.shared.extraction.states.listed_places import list_held, list_ringed
from commands.shared.extraction.states.passed_on import tells_of_a_claim
from commands.shared.extraction.talks import is_caption
from commands.shared.extraction.text_layout import Setting, list_lines, read_layout
from commands.shared.extraction.wording.languages import RULES, choose_rules
from commands.shared.extraction.wording.rule_table import Rules, Topic
from store.model.entry import PlaceRole, Precision
from store.model.span import Basis
from store.queries.known_names import KnownNames

_LONGEST = 1200  # characters of a sentence that are read
_WORDS_OF_A_REMARK = 3  # "Briefly on Vilne."
_CAPTIONED = re.compile(r"([^\W\d_]{3,20}):\s+")
"""How a sentence begins that says first what it is: "UPD: …"."""
_OF_OTHERS = re.compile(
    r"claims?|fake|myth|hoax|lie|rumou?rs?|фейк|міф|миф|твердження|утверждение|вигадка|вкид|вброс"
    r"|чутки|слухи|неправда|брехня|ложь",
    re.IGNORECASE,
)
"""Such a word: whoever writes so does not say it."""
_CHECKABLE = (Topic.CONTROL, Topic.ENCIRCLING, Topic.NEGATION, Topic.DEBUNKING)
"""What else could be checked in a sentence that does not name its place itself."""


def extract(
    text: str, published: date, known: KnownNames, language: str = "auto"
) -> list[ExtractedDraft]:
    """Return a draft for each statement of a text that was published on a day, in its order."""
    rules = RULES.get(language) or choose_rules(text)
    reader = _TextReader(text, known)
    drafts: list[ExtractedDraft] = []
    for paragraph in read_layout(text, published, rules, reader.kinds.read):
        setting = paragraph.setting
        for start, end in split_sentences(text, paragraph.start, paragraph.end):
            stop = start + len(text[start : min(end, start + _LONGEST)].rstrip())
            label = reader.kinds.find_label(start, stop, setting)
            if label != setting.label:
                setting = structs.replace(setting, label=label)
            drafts += reader.read(start, stop, setting)
    return drafts


def find_published(text: str, today: date, known: KnownNames) -> date | None:
    """Return the day of a text that stands, with its year, where it says whose it is; else None."""
    reader = _TextReader(text, known)
    return find_name_lines(text, list_lines(text), reader.kinds.read, today).find_day()


class _TextReader:
    """Reads the sentences of one text in order; later ones lean on the earlier."""

    def __init__(self, text: str, known: KnownNames) -> None:
        self.text = text
        self.known = known
        self.actors = RecordedSpeakers(known)
        self.names = PlaceReader(known.places, known.ground)
        self.kinds = NameKinds(text, self.actors, self.names)
        self.speakers = SpeakerReader(
            text, lambda words: bool(self.actors.find(words)), self.kinds.is_place
        )
        self.days = DayReader(text)
        self.places = PlacesOfText(text, self.names)

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
        main = find_main_clause(self.text, start, end, rules)
        for first, last in split_clauses(self.text, start, end, rules)[1:]:
            if first == main:
                is_next = self._concedes_to_another(start, main, end, rules)
            else:
                is_next = self._says_another(pieces[-1], first, last, rules)
            if is_next:
                pieces.append(first)
        ends = [cut_joint(self.text, start, at) for at in pieces[1:]]
        return list(zip(pieces, [*ends, end], strict=True))

    def _says_another(self, start: int, first: int, last: int, rules: Rules) -> bool:
        """Tell whether somebody else says what stands behind what somebody says."""
        debunks = rules.has(Topic.DEBUNKING, self.text[first:last])
        is_next = is_called_a_claim if debunks else is_joined
        if not is_next(self.text, start, first):
            return False
        denies = self.speakers.has_denier(first, last, rules)
        speaks = denies or self.speakers.has_own(first, last, rules)
        return speaks and self.speakers.has_own(start, first, rules)

    def _concedes_to_another(self, start: int, main: int, end: int, rules: Rules) -> bool:
        """Tell whether "Although X says it, …" goes on with somebody else's words, or nobody's."""
        if self.speakers.has_own(start, main, rules):
            return True
        conceded = self.text[start:main]
        is_told = rules.has(Topic.CONTROL, conceded) or rules.has(Topic.ENCIRCLING, conceded)
        is_of_others = rules.has(Topic.CLAIMING, conceded)
        return is_told and not is_of_others and self.speakers.opens_with_own(main, end, rules)

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
        days = self._keep_told(start, end, days, places)
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

    def _keep_told(
        self, start: int, end: int, days: list[DayInText], places: Sequence[PlaceInSentence]
    ) -> list[DayInText]:
        """Return the days of what is told of these places, where a semicolon parts it from more."""
        stop = self.text.find("; ", start, end)
        is_before = stop > 0 and bool(places) and all(it.end <= stop for it in places)
        before = [day for day in days if day.end <= stop] if is_before else []
        return before or days

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
        ring = read_encirclement(self._clause(sentence, self._find_start(sentence), sentence.end))
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

    def _find_start(self, sentence: SentenceFacts) -> int:
        """Return where a sentence begins behind what others claim: "Despite X's claim that …"."""
        start, end, rules = sentence.start, sentence.end, sentence.setting.rules
        main = find_main_clause(self.text, start, end, rules)
        return main if rules.has(Topic.CLAIMING, self.text[start:main]) else start

    def _find_held(
        self, sentence: SentenceFacts
    ) -> tuple[ControlInText | None, list[PlaceInSentence]]:
        """Return the first status that a clause gives, and the places that it gives it to."""
        rules = sentence.setting.rules
        for start, end in split_clauses(self.text, sentence.start, sentence.end, rules):
            part = self._clause(sentence, start, end)
            status = read_control(part, self._with_stand_in(sentence, start, end))
            if status is not None:
                control, place = status
                if self._is_over(sentence, control):
                    return None, []
                return control, list_held(self.text, control, place, sentence.places, rules)
        return None, []

    def _is_over(self, sentence: SentenceFacts, control: ControlInText) -> bool:
        """Tell whether a status is of long ago, or of days that are over: it is none of now."""
        if sentence.happened is None:
            return False
        words = self.text[slice(*control.spot)]
        return is_over(sentence.happened.edtf, sentence.setting.today, words)

    def _with_stand_in(
        self, sentence: SentenceFacts, start: int, end: int
    ) -> list[PlaceInSentence]:
        """Add "the village" of a later clause, or whose name opens the paragraph, if only one."""
        places = sentence.places
        rules = sentence.setting.rules
        if len(places) != 1 or any(start <= place.start < end for place in places):
            return places
        (old,) = places
        if old.end <= sentence.start or self.text[old.end : start].strip() == ":":
            return [structs.replace(old, start=start, end=start)]
        hit = rules.first(Topic.ANAPHOR, self.text, start, end)
        hit = hit or find_pronoun(self.text, start, end, rules)
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
        denies_others = denies_a_saying(self.text, verbs)
        words = self.text[start:end]
        debunked = rules.has(Topic.DEBUNKING, words)
        is_taken_back = debunked and speaker is not None and is_called_false(words)
        debunked = debunked and not is_taken_back
        is_retold = self._is_captioned(sentence)
        is_retold = is_retold or is_taken_back or (speaker is not None and speaker.passes_on)
        verb = speaker.verb if speaker else None
        is_retold = is_retold or tells_of_a_claim(self.text, (start, end), rules, verb)
        second_hand = is_retold or rules.has(Topic.ORIGIN, words, "hearsay")
        return Clause(
            self.text,
            start,
            end,
            rules,
            side,
            denied or debunked or denies_others,
            second_hand,
            is_retold,
            is_authors=speaker is None and author is not None,
            is_judged=sentence.is_judged,
            denied_from=verbs[-2].start if denies_others and not debunked else 0,
            speaker=speaker.spot if speaker else (-1, -1),
        )

    def _is_captioned(self, sentence: SentenceFacts) -> bool:
        """Tell whether a word before a colon says that it is what others claim: "Fake: …"."""
        caption = _CAPTIONED.match(self.text, sentence.start, sentence.end)
        return caption is not None and _OF_OTHERS.fullmatch(caption[1]) is not None

    def _draft(
        self,
        sentence: SentenceFacts,
        places: Sequence[PlaceInSentence],
        control: ControlInText | None,
        ring: EncirclementInText | None,
    ) -> ExtractedDraft:
        builder = DraftBuilder(self.text, sentence, self.known, self.actors)
        return builder.build(places, control, ring)


def _states_nothing(text: str, start: int, end: int, rules: Rules) -> bool:
    """Tell whether a sentence asks, calls, jests or speaks of the text itself."""
    words = text[start:end].rstrip('”»") ')
    label = _CAPTIONED.match(text, start, end)
    start = label.end() if label and is_caption(label[1]) else start
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
