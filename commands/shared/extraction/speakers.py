"""Who says what a sentence states: the words that name them, and how the words came."""

import re
from collections.abc import Callable

from msgspec import structs

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.name_edges import trim_name
from commands.shared.extraction.saying_verbs import find_saying_verbs, is_quoted
from commands.shared.extraction.sentences import find_quotes
from commands.shared.extraction.speaker_names import (
    ASIDE,
    CAPITAL_NAME,
    MOST_WORDS,
    Speaker,
    can_speak,
    describe_speaker,
    is_list,
    is_title,
)
from commands.shared.extraction.states.passed_on import find_passed_on
from commands.shared.extraction.talks import is_caption
from commands.shared.extraction.text_layout import Setting
from commands.shared.extraction.wording.rule_table import HOLDING, Hit, Rules, Topic

_BOUNDARY = re.compile(r"[”»\"]\s*,?\s*[–—-]?\s*|[;:]\s+|\s[–—-]\s|,\s+")
_SURNAME = re.compile(r"\s*[А-ЯЁІЇЄҐ][а-яёіїєґ’'ʼ-]+(?<!ому)(?<![уюі])\s*")
"""Behind a verb, and not to whom it was told: "розповів Суспільному"."""
_THEY_DID = re.compile(r"(?<![^\W\d_])(?!сил)[а-яёіїє]+(?:а|и|і|у|я|йш|иш)ли(?:ся|сь)?(?!\w)")
"""A verb in the past, of several, as Ukrainian and Russian have it."""
_TOLD_BEFORE = re.compile(r"(?:,|[»”\"],?\s*[–—-])\s*$")  # «Вільне наше», – сказав
_WHO = re.compile(r"(?:who|which|як(?:ий|а|е|і)|котор(?:ый|ая|ое|ые))\s", re.IGNORECASE)
_NOW = re.compile(r"(?<=,)\s+(?:now|later|тепер|зараз|згодом|теперь|сейчас|позже)$", re.IGNORECASE)
"""Between what is told of a speaker and the verb: "X, яка була там, тепер заявляє"."""
_AGENT = re.compile(
    r"(?:\b(?:by|from) |(?=[^\W\d_a-z][\w’'-]+ [^\W\d_a-z][\w’'-]+,))"
    r"([^,;:]{3,60}),\s+(?:which|who)\s+$"
)
"""Before a verb: "uploaded by a drone unit, which says"."""
_INVERTED_END = re.compile(r"[,.;:(!?«“\"”»]|\s[–—-]\s|$|\n")
_NEAR = 20
_IN_AN_OFFICE = re.compile(r"\s+(?:в|во|у)\s+(?=\w)")
"""Behind a verb: "сообщили в штабе", "повідомили в адміністрації"."""
_OFFICE_BEFORE = re.compile(r"\s*(?:в|во|у)\s+(?=\w)", re.IGNORECASE)
_OF_SEVERAL = re.compile(r"(?:ли|[юуая]ть|[юуая]т)$", re.IGNORECASE)
"""A verb of several: "у Генштабі повідомили" is said by the office, "в бригаде он сказал" not."""
ABOUT_IT = re.compile(r"\s*(?:про це|об этом)\s", re.IGNORECASE)
"""How a sentence begins that only tells who said the one before it."""
_SIGNED = re.compile(r"(?P<close>[,”»\"]?)\s+[–—-]\s+(?P<name>[^–—,;:]{2,70}?)[.!]?\s*$")
_LEAST_SIGNED, _MOST_SIGNING = 4, 6  # words before who says them, and of the name
_TO_WHOM = re.compile(r"told|tells|inform(?:s|ed)", re.IGNORECASE)
"""A verb behind which stands who hears it: "N. N. told the president"."""


class SpeakerReader:
    """Reads the speakers of one text in its order, and remembers them for he and she."""

    def __init__(
        self, text: str, is_recorded: Callable[[str], bool], is_place: Callable[[str], bool]
    ) -> None:
        self.text, self._is_recorded, self._is_place = text, is_recorded, is_place
        self._last: Speaker | None = None
        self._is_introduced = False

    def read(self, start: int, end: int, setting: Setting) -> Speaker | None:
        """Return who says what stands between two characters; in a talk, whoever answers."""
        rules = setting.rules
        label = setting.label
        speaker = self._read_label(start, end, rules, label, is_turn=setting.is_turn)
        if speaker is not None and not setting.is_turn:
            speaker = self._read_quoted(start, end, speaker, rules) or speaker
        if setting.is_turn:  # a turn may tell what somebody else says
            told = self._read_verb(start, end, rules)
            speaker = told if told and start <= told.spot[0] < end else speaker
        if speaker is None:
            speaker = (
                self._read_source(start, end, rules)
                or self._read_verb(start, end, rules)
                or self._read_signature(start, end, rules)
            )
        if speaker is None and setting.is_reply:
            return self._answer(start, end, setting)
        if not setting.is_turn:
            speaker = self._read_passed_on(speaker, start, end, rules)
        if speaker is not None:
            if not setting.is_reply:  # whom a talk speaks of does not answer in it
                self._last, self._is_introduced = speaker, False
        elif self.text[start:end].endswith(":"):
            self._introduce(start, end, rules)
        return speaker

    def _read_passed_on(
        self, outer: Speaker | None, start: int, end: int, rules: Rules
    ) -> Speaker | None:
        """Return whose words somebody, or a text, passes on; a judge too where it is not plain."""
        is_judge = outer is not None and outer.is_judge
        verbs = () if is_judge else rules.find(Topic.SAYING, self.text, start, end)
        denies = outer is not None and any(verb.means == "denied" for verb in verbs)
        passed_on = None if denies else find_passed_on(self.text, (start, end), outer, rules)
        if passed_on is None:
            return outer
        speaker = None
        if passed_on.name is not None:
            speaker = self._make(*passed_on.name, passed_on.saying, (start, end), rules)
        elif passed_on.told is not None:
            speaker = self._read_verb(*passed_on.told, rules)
        if speaker is not None and start <= speaker.spot[0] < end:
            return speaker
        is_of_others = passed_on.is_mixed or passed_on.told is not None
        if outer is None or not (is_judge or is_of_others):
            return outer
        return structs.replace(outer, is_judge=False, passes_on=True)

    def _answer(self, start: int, end: int, setting: Setting) -> Speaker | None:
        """Return who answers in a talk: whom its heading names, or who was named before it."""
        verb = Hit("said", start, start)
        if setting.interviewee is None:  # the lines of a list are not those of a talk
            return self._again(verb) if setting.is_talk or self._is_introduced else None
        first, last = setting.interviewee
        last = self._end_of_name(first, last)
        return self._make(first, last, verb, (start, end), setting.rules)

    def _introduce(self, start: int, end: int, rules: Rules) -> None:
        """Remember who is named before a talk: "N. N., a spokesman, on the air:"."""
        comma = self.text.find(",", start, end)
        verb = Hit("said", end - 1, end)
        speaker = self._make(start, comma, verb, (start, end), rules) if comma > 0 else None
        if speaker is not None and CAPITAL_NAME.fullmatch(speaker.name):
            self._last, self._is_introduced = speaker, True

    def has_own(self, start: int, end: int, rules: Rules) -> bool:
        """Tell whether words between two characters name somebody who says something there."""
        speaker = self._read_verb(start, end, rules)
        return speaker is not None and start <= speaker.spot[0] < end

    def opens_with_own(self, start: int, end: int, rules: Rules) -> bool:
        """Tell whether words begin with somebody who says the rest of them."""
        speaker = self._read_verb(start, end, rules)
        if speaker is None or not start <= speaker.spot[0] < speaker.verb.start:
            return False
        before = self.text[start : speaker.spot[0]]
        return len(before) <= _NEAR and "," not in before

    def has_denier(self, start: int, end: int, rules: Rules) -> bool:
        """Tell whether somebody named between two characters denies what stands before them."""
        verb = rules.first(Topic.SAYING, self.text, start, end)
        if verb is None or verb.means != "denied":
            return False
        is_office = rules.has(Topic.BODY, self.text[start : verb.start])
        return is_office or self.has_own(start, end, rules)

    def _read_label(
        self, start: int, end: int, rules: Rules, label: Spot | None, *, is_turn: bool
    ) -> Speaker | None:
        if label is None:
            return None
        is_quoted = self.text[label[0] - 2 : label[0]].startswith((":", "]"))
        if label[0] > start + 2 and not is_quoted:
            return None
        words, colon = ASIDE.sub("", self.text[slice(*label)]), label[1]
        topics = Topic.HAPPENING, Topic.DIRECTION
        is_no_name = is_caption(words) or is_list(words, self._is_place)
        if is_no_name or any(rules.has(topic, words) for topic in topics):
            return None
        people = (Topic.BODY, Topic.PERSON, Topic.CROWD)
        if rules.has(Topic.SIDE, words) and not any(rules.has(topic, words) for topic in people):
            return None  # "Russian main effort: the north"
        verb = rules.first(Topic.SAYING, self.text, *label)
        verb = verb or rules.first(Topic.UPDATING, self.text, *label)
        if verb is not None:
            label = label[0], verb.start
        has_name = CAPITAL_NAME.search(words) is not None
        quoted = self.text[colon + 1 : colon + 4].strip()[:1] in {"«", "“", '"', "„"}
        if (
            not (is_turn or has_name or quoted or is_quoted or self._is_signer(words, rules))
            or len(words.split()) > MOST_WORDS
        ):
            return None
        verb = Hit("said", label[1], label[1] + 1)
        return self._make(label[0], label[1], verb, (start, end), rules)

    def _is_signer(self, words: str, rules: Rules) -> bool:
        """Tell whether words name who is known to speak: on record, an office, a surname."""
        if self._is_recorded(words):
            return True
        hit = rules.first(Topic.SIGNER, words)
        if hit is None or hit.start > 0:
            return False
        return hit.means == "office" or not self._is_place(words)

    def _read_signature(self, start: int, end: int, rules: Rules) -> Speaker | None:
        """Read "A strike hit the depot – police": who says it stands behind the last dash."""
        signed = _SIGNED.search(self.text, start, end)
        if signed is None or len(self.text[start : signed.start()].split()) < _LEAST_SIGNED:
            return None
        first, last = trim_name(self.text, *signed.span("name"), rules)
        name = self.text[first:last]
        certain = signed["close"] and name[:1].isupper() and not rules.has(Topic.DEBUNKING, name)
        if len(name.split()) > _MOST_SIGNING or not (certain or self._is_signer(name, rules)):
            return None
        return self._make(first, last, Hit("said", first, first), (start, end), rules)

    def _read_quoted(self, start: int, end: int, outlet: Speaker, rules: Rules) -> Speaker | None:
        """Read "Outlet: “…” – X": X is quoted, and the name before the colon passes it on."""
        first = outlet.verb.end
        opens = self.text[first : first + 3].strip()[:1] in {"«", "“", '"', "„"}
        signed = _SIGNED.search(self.text, first, end) if opens else None
        if signed is None or signed["close"] not in {"»", "”", '"'}:
            return None
        return self._read_signature(start, end, rules)

    def _read_source(self, start: int, end: int, rules: Rules) -> Speaker | None:
        """Read "according to X": the speaker follows, up to a comma."""
        hit = rules.first(Topic.SOURCE, self.text, start, end)
        if hit is None or is_quoted(self.text, hit, start, end):
            return None
        if hit.means == "same":
            return self._read_verb(start, hit.start, rules) or self._again(hit)
        if rules.has(Topic.QUOTING, self.text[hit.end : hit.end + _NEAR]):
            return None  # "DeepState сообщает со ссылкой на X"
        last = self._end_of_name(hit.end, end)
        office = _IN_AN_OFFICE.match(self.text, hit.end, last)
        return self._make(office.end() if office else hit.end, last, hit, (start, end), rules)

    def _end_of_name(self, start: int, end: int) -> int:
        """Return where a speaker's name ends; a call sign in quotation marks belongs to it."""
        signs = [quote for quote in find_quotes(self.text, start, end) if is_title(quote.text)]
        stops = (
            stop.start()
            for stop in _INVERTED_END.finditer(self.text, start, end)
            if not any(sign.start - 1 <= stop.start() <= sign.end for sign in signs)
        )
        return next(stops, end)

    def _read_verb(self, start: int, end: int, rules: Rules) -> Speaker | None:
        for verb in find_saying_verbs(self.text, start, end, rules):
            if agent := _AGENT.search(self.text, start, verb.start):
                return self._make(*agent.span(1), verb, (start, end), rules)
            readers = [self._before, self._behind]
            if ABOUT_IT.match(self.text, start, end):
                readers = [self._before, self._after]
            elif self._is_told_before(verb, start, end, rules):
                readers = [self._after]
            elif rules.language != "en":
                if self._is_signed_by(verb, start, end, rules):
                    readers.reverse()
                readers.append(self._named_behind)
            speakers = (reader(verb, start, end, rules) for reader in readers)
            if speaker := next(filter(None, speakers), None):
                return speaker
        return None

    def _is_signed_by(self, verb: Hit, start: int, end: int, rules: Rules) -> bool:
        """Tell whether "…, повідомив N. N." names somebody behind the verb."""
        if not _TOLD_BEFORE.search(self.text, start, verb.start):
            return False
        last = self._end_of_name(verb.end, end)
        words = self.text[slice(*trim_name(self.text, verb.end, last, rules))]
        people = (Topic.BODY, Topic.PERSON, Topic.CROWD)
        surname = _SURNAME.fullmatch(words)
        return (
            surname is not None
            or CAPITAL_NAME.search(words) is not None
            or any(rules.has(topic, words) for topic in people)
        )

    def _is_told_before(self, verb: Hit, start: int, end: int, rules: Rules) -> bool:
        """Tell whether "They shelled X, said N. N." tells all of it before the verb."""
        told, name = self.text[start : verb.start].rstrip(), self.text[verb.end : end].strip(" .")
        topics = Topic.HAPPENING, Topic.CONTROL, Topic.ENCIRCLING, Topic.SIDE
        return (
            rules.language == "en"
            and told.endswith(",")
            and not _TO_WHOM.fullmatch(self.text, verb.start, verb.end)
            and any(rules.has(topic, told) for topic in topics)
            and not any(rules.has(topic, name) for topic in topics)
            and CAPITAL_NAME.search(name) is not None
        )

    def _before(self, verb: Hit, start: int, end: int, rules: Rules) -> Speaker | None:
        """Read "X said", also where a comma sets off what X is: "X, a nurse, said"."""
        stop = start + len(_NOW.sub("", self.text[start : verb.start].rstrip()))
        names = [
            (quote.start, quote.end)
            for quote in find_quotes(self.text, start, stop)
            if is_title(quote.text)
        ]
        bounds = [
            start,
            *(
                match.end()
                for match in _BOUNDARY.finditer(self.text, start, stop)
                if not any(first - 1 <= match.start() <= last for first, last in names)
            ),
        ]
        if self.text[stop - 1 : stop] == ",":
            for at in [at for at in bounds if at < stop][-1:-3:-1]:
                comma = self.text.find(",", at, stop)
                if _WHO.match(self.text, at):
                    continue
                if self._tells(at, comma, rules):
                    return None  # "Troops took the town, said X": who says it stands behind
                if self._is_capital(at) or at == start:
                    return self._make(at, comma, verb, (start, end), rules)
            return None
        return self._make(max(at for at in bounds if at <= stop), stop, verb, (start, end), rules)

    def _tells(self, start: int, end: int, rules: Rules) -> bool:
        """Tell whether words are what was said, and no name: "Військові відступили, пише Н."."""
        return (
            self._does_something(start, end, rules)
            or self._is_of_a_place(start, end, rules)
            or _THEY_DID.search(self.text, start, end) is not None
        )

    def _does_something(self, start: int, end: int, rules: Rules) -> bool:
        """Tell whether words have a verb of holding or surrounding: then they are no name."""
        return rules.has(Topic.ENCIRCLING, self.text[start:end]) or any(
            hit.means in HOLDING and self.text[hit.start - 1 : hit.start] != "-"
            for hit in rules.find(Topic.CONTROL, self.text, start, end)
        )

    def _is_of_a_place(self, start: int, end: int, rules: Rules) -> bool:
        """Tell whether words tell of a place: "Вільне тримається"; not "Vilne mayor N. N."."""
        name, _, told = self.text[start:end].strip().partition(" ")
        people = (Topic.BODY, Topic.PERSON, Topic.CROWD, Topic.LOCAL)
        is_somebody = not told.islower() or any(rules.has(topic, told) for topic in people)
        return not is_somebody and self._is_place(name)

    def _is_capital(self, at: int) -> bool:
        return self.text[at : at + 1].isupper()

    def _behind(self, verb: Hit, start: int, end: int, rules: Rules) -> Speaker | None:
        """Read "“…,” said X"; only what follows a quotation or a dash."""
        before = self.text[start : verb.start].rstrip()
        last = self._end_of_name(verb.end, end)
        office = _IN_AN_OFFICE.match(self.text, verb.end, last)
        first = office.end() if office and rules.language != "en" else verb.end
        body = rules.first(Topic.BODY, self.text, first, last)
        between = self.text[first : body.start].split() if body else []
        is_office = body is not None and first > verb.end and len(between) <= 1
        is_told_it = body is not None and self.text[body.end - 1] in "ую"
        inverted = body is not None and rules.language != "en" and len(between) <= 1
        quotes = find_quotes(self.text, start, verb.start)
        is_named_so = bool(quotes) and quotes[-1].end == start + len(before) - 1
        if is_named_so and is_title(quotes[-1].text):
            return None  # "Unit “East” denied it": a name, and nobody's words
        if not before or (before[-1] not in '”»",–—-' and (is_told_it or not inverted)):
            return None
        return self._make(first if is_office else verb.end, last, verb, (start, end), rules)

    def _after(self, verb: Hit, start: int, end: int, rules: Rules) -> Speaker | None:
        """Read "Про це заявив X": who says it stands right behind."""
        last = self._end_of_name(verb.end, end)
        return self._make(verb.end, last, verb, (start, end), rules)

    def _named_behind(self, verb: Hit, start: int, end: int, rules: Rules) -> Speaker | None:
        """Read "Про втрату села повідомив речник Н. Н.": a full name behind the verb."""
        last = self._end_of_name(verb.end, end)
        name = CAPITAL_NAME.search(self.text, verb.end, last)
        surname = name and _SURNAME.fullmatch(name[0].split()[-1])
        if name is None or not surname or name.end() < last:
            return None
        return self._make(verb.end, last, verb, (start, end), rules)

    def _make(
        self, first: int, last: int, verb: Hit, sentence: Spot, rules: Rules
    ) -> Speaker | None:
        """Return the speaker whom the words between two characters name, if they name anybody."""
        first, last = trim_name(self.text, first, last, rules)
        first = self._skip_office(first, last, verb, rules)
        words = self.text[first:last]
        if not can_speak(words, rules) or rules.has(Topic.SAYING, words):
            return None
        pronoun = rules.first(Topic.PRONOUN, words)
        if pronoun and pronoun.start == 0 and pronoun.end == len(words):
            return self._again(verb)
        return describe_speaker(self.text, (first, last), verb, sentence, rules)

    def _skip_office(self, first: int, last: int, verb: Hit, rules: Rules) -> int:
        """Return where the name of an office begins in which several people say something."""
        office = _OFFICE_BEFORE.match(self.text, first, last)
        if office is None or not _OF_SEVERAL.search(self.text, verb.start, verb.end):
            return first
        body = rules.first(Topic.BODY, self.text, office.end(), last)
        is_near = body and len(self.text[office.end() : body.start].split()) <= 1
        return office.end() if is_near else first

    def _again(self, verb: Hit) -> Speaker | None:
        if self._last is None:
            return None
        return structs.replace(self._last, verb=verb)
