"""The days that a sentence names: which is that of the saying, and which that of what happened."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from commands.kit.days.day_words import COUNTS, weekday_of
from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.past_days import find_past_days
from commands.shared.extraction.sentences import find_quotes
from commands.shared.extraction.speaker_names import Speaker
from commands.shared.extraction.speakers import ABOUT_IT
from commands.shared.extraction.wording.rule_table import Hit, Rules, Topic
from store.model.span import Basis

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_DAY = timedelta(1)
_REACH, _WORDS_BETWEEN, _WORDS_TO_NAME = 45, 5, 2
_OPENING = 3  # characters before a day that opens a sentence: a dash, "On"
_SATURDAY = 5
_SHORTEST_WEEKDAY = 4  # letters: "mar" is a month, "sat" a verb
_OPENER = re.compile(r"^[^\W\d_]+,\s+")
"""One word with which a sentence begins: "Нагадаємо, 4 травня …"."""
_OPENS = re.compile(r"[,:“«\"]|\b(?:that|що|что)(?:\s*$|(?:\s+\S+){3})")
_IN_A_STATEMENT = re.compile(
    r"(?:in|at|on|у|в|во|на) (?:an? )?(?:\w+ ){0,2}(?:statement|briefing|interview|post|address"
    r"|facebook|telegram|twitter|x|youtube|фейсбу\w+|телеграм\w*|соцмереж\w*|соцсет\w*"
    r"|заяві|брифінгу|інтерв['’ʼ]ю|дописі|зверненні|заявлении|брифинге|интервью|обращении)(?: on)?",
    re.IGNORECASE,
)
_FRAMED = re.compile(
    r"(?:speaking|in (?:an? |his |her |its |their )(?:\w+ )?(?:post|statement|interview|address)"
    r"|at an? (?:\w+ )?(?:briefing|meeting)|during (?:an? |the )?(?:\w+ )?(?:briefing|broadcast)"
    r"|(?:в|у|во|під час|во время) (?:ефірі|етері|інтерв['’ʼ]ю|дописі|заяві|брифінгу|эфире|интервью"
    r"|посте|заявлении|брифинга))\b",
    re.IGNORECASE,
)
"""How a sentence begins that tells first where somebody spoke: "In a post on Sunday, N. N.…"."""
_LONG_AGO = re.compile(r"\d{4}(?:-\d\d)?")
_RELATIVE = re.compile(
    r"[^\W\d_],? (who|that|which|як(?:ий|а|е|і)|котор(?:ый|ая|ое|ые)) [^.;,]*$", re.IGNORECASE
)
_WHO = re.compile(r",? (?:who|який|яка|які|котор(?:ый|ая|ые))\b", re.IGNORECASE)
_APPOSED = re.compile(
    r"[^\W\d_], (?:captured|taken|seized|occupied|liberated|lost|recaptured|retaken"
    r"|(?:захоплен|окупован|звільнен|втрачен|захваченн|взят|оккупированн|освобожд[её]нн|потерянн)\w*)"
    r" [^.;,]*$",
    re.IGNORECASE,
)
"""Before a year or a month: "Vilne, captured in May 2024, is a base" is not of May."""
_BY_THEN = re.compile(
    r"(?<!\w)к(?: (?:утру|полудню|вечеру|концу(?: дня)?|ночи|исходу))? $", re.IGNORECASE
)
_EVE = {"напередодні", "накануне"}  # of the day of the text, where no other day was named
_WIDENING = {"since", "days to"}
_DAYS_BACK = {"past week": 7, "past day": 1}
_YEARS = {"last year": Basis.RELATIVE, "year": Basis.EXPLICIT}
_DAYS_EARLIER = {"двома": 2, "двумя": 2, "трьома": 3, "тремя": 3, "двое": 2, "трое": 3}


class DayInText(Struct, frozen=True):
    """A day or several, as EDTF, with what it rests on and where it stands."""

    start: int
    end: int
    edtf: str
    basis: Basis

    @property
    def spot(self) -> Spot:
        return self.start, self.end


class DayReader:
    """Finds the days of one text in its order; it remembers the last for “the same day”."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._last: date | None = None

    def find(self, start: int, end: int, today: date, rules: Rules) -> list[DayInText]:
        """Return the days between two characters, apart; relative ones counted from `today`."""
        named = [
            DayInText(start + day.start, start + day.end, day.span.edtf, day.span.basis)
            for day in find_past_days(self.text[start:end], today)
        ]
        days = [self._up_to_then(day) for day in named] if rules.language == "ru" else named
        hits = rules.find(Topic.WHEN, self.text, start, end)
        for hit in hits:
            if hit.means in _WIDENING:
                continue
            if (day := self._count(hit, today)) and not _is_taken(day, days):
                days = [other for other in days if not day.start <= other.start < day.end]
                days.append(day)
        for hit in hits:
            if hit.means in _WIDENING:
                days = self._widen(hit, days, today)
        quotes = find_quotes(self.text, start, end)
        days = [
            day
            for day in days
            if day.basis is Basis.EXPLICIT
            or not any(quote.start <= day.start < quote.end for quote in quotes)
        ]
        return sorted(days, key=lambda day: day.start)

    def _up_to_then(self, day: DayInText) -> DayInText:
        """Return "к 5 мая" as the days up to it, as "до 5 травня" and "by 5 May" are read."""
        return (_BY_THEN.search(self.text, 0, day.start) and _up_to(day)) or day

    def remember(self, day: DayInText) -> None:
        """Take the day that “the same day” in the next sentence is."""
        if re.fullmatch(r"\d{4}-\d\d-\d\d", day.edtf):
            self._last = date.fromisoformat(day.edtf)

    def _count(self, hit: Hit, today: date) -> DayInText | None:
        """Return the day that is counted from another, None where that other is not known."""
        words = self.text[hit.start : hit.end]
        first: date | None = today
        last: date | None = today
        match hit.means:
            case "weekday":
                first = last = _last_weekday(words, today)
            case "weekend":
                first, last = _last_weekend(today)
            case "same day":
                first = last = self._last
            case "days earlier":
                before = self._last or (today if words.casefold() in _EVE else None)
                first = last = before - _days_earlier(words) * _DAY if before else None
            case "last year" | "year":
                year = today.year - 1 if hit.means == "last year" else _number(words)
                is_past = year < today.year
                return (
                    DayInText(hit.start, hit.end, str(year), _YEARS[hit.means]) if is_past else None
                )
            case "this week":
                first = today - today.weekday() * _DAY
            case "past week" | "past days" | "past day":
                first = today - (_DAYS_BACK.get(hit.means) or _number(words)) * _DAY
        if first is None or last is None:
            return None
        edtf = last.isoformat() if first == last else f"{first}/{last}"
        return DayInText(hit.start, hit.end, edtf, Basis.RELATIVE)

    def _widen(self, hit: Hit, days: Sequence[DayInText], today: date) -> list[DayInText]:
        """Make "since 4 May" the days from then on, and "the three days to 4 May" those three."""
        widened: list[DayInText] = []
        for day in days:
            is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", day.edtf)
            if is_day and hit.start < day.start and _are_adjacent(self.text, hit.end, day.start):
                first, last = date.fromisoformat(day.edtf), today
                if hit.means == "days to":
                    length = _number(self.text[hit.start : hit.end])
                    first, last = first - (length - 1) * _DAY, first
                edtf = f"{first}/{last}" if first < last else last.isoformat()
                widened.append(DayInText(hit.start, day.end, edtf, day.basis))
            else:
                widened.append(day)
        return widened


def part_days(
    text: str, sentence: Spot, days: Sequence[DayInText], speaker: Speaker | None, rules: Rules
) -> tuple[DayInText | None, DayInText | None]:
    """Return the day of the saying, or of a release, and the day of what happened.

    What pictures show happened on the day of their release or before. Whoever debunks them does
    not speak on that day.
    """
    releases = [day for day in days if _is_release(text, sentence, day, rules)]
    if rules.has(Topic.DEBUNKING, text[slice(*sentence)]):
        days = [day for day in days if day not in releases]
        releases = []
    sayings = [day for day in days if _is_spoken(text, sentence, day, speaker, rules)]
    spoken = next(iter((*releases, *sayings)), None)
    rest = [
        day
        for day in days
        if day is not spoken
        and not (_is_of_others(text, sentence, day, rules) or _is_of_speaker(text, day, speaker))
    ]
    if len({day.edtf for day in rest}) == 1:
        return spoken, rest[0]
    shown = not rest and releases and _is_of_pictures(text, sentence, releases[0], rules)
    return spoken, _up_to(releases[0]) if shown else None


def _is_of_others(text: str, sentence: Spot, day: DayInText, rules: Rules) -> bool:
    """Tell whether a year only tells who somebody is: "the brigade that took X in 2022"."""
    if not _LONG_AGO.fullmatch(day.edtf):
        return False
    if _APPOSED.search(text, sentence[0], day.start):
        return True
    relative = _RELATIVE.search(text, sentence[0], day.start)
    return relative is not None and rules.before(Topic.SAYING, text, relative.start(1)) is None


def _is_of_speaker(text: str, day: DayInText, speaker: Speaker | None) -> bool:
    """Tell whether a day is told of whoever speaks: "X, who was there on Sunday, said"."""
    if speaker is None or not speaker.spot[1] <= day.start < day.end <= speaker.verb.start:
        return False
    return _WHO.match(text, speaker.spot[1], day.start) is not None


def _is_release(text: str, sentence: Spot, day: DayInText, rules: Rules) -> bool:
    """Tell whether pictures or papers came out on a day: "released on 4 May"."""
    first, last = max(sentence[0], day.start - _REACH), min(sentence[1], day.end + _REACH)
    before = rules.before(Topic.RELEASE, text, day.start)
    behind = rules.first(Topic.RELEASE, text, day.end, last)
    return (before is not None and before.start >= first) or (
        behind is not None and not text[day.end : behind.start].strip()
    )


def _is_of_pictures(text: str, sentence: Spot, day: DayInText, rules: Rules) -> bool:
    return rules.has(Topic.ORIGIN, text[sentence[0] : day.start], "footage")


def _up_to(day: DayInText) -> DayInText | None:
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", day.edtf)
    return DayInText(day.start, day.end, f"../{day.edtf}", day.basis) if is_day else None


def _is_spoken(
    text: str, sentence: Spot, day: DayInText, speaker: Speaker | None, rules: Rules
) -> bool:
    """Tell whether a day stands with the speaker and nearer to no other verb."""
    if speaker is None or "/" in day.edtf:  # nobody says something "overnight" or for a week
        return False
    behind = speaker.spot[1] if speaker.verb.end <= speaker.spot[0] else speaker.verb.end
    gap = text[min(behind, day.start) : day.start]
    has_verb = text[speaker.verb.start : speaker.verb.end].strip(": ")
    if not has_verb and speaker.verb.end <= day.start:
        return False  # an answer, or words behind a name and a colon: no verb for a day to go with
    if 0 <= day.start - behind <= _REACH:
        other = rules.has(Topic.CONTROL, gap) or rules.has(Topic.HAPPENING, gap)
        return len(gap.split()) <= _WORDS_BETWEEN and not _OPENS.search(gap) and not other
    if _is_framed(text, sentence, day, speaker):
        return True
    before = text[day.end : speaker.spot[0]]
    opening = _OPENER.sub("", text[sentence[0] : day.start])
    leading = (
        not any(char.isalnum() for char in opening.rpartition(": ")[2])
        or day.start - sentence[0] <= _OPENING
    )
    if leading and day.end <= speaker.spot[0]:
        return len(before.split()) <= _WORDS_TO_NAME and speaker.verb.start > speaker.spot[0]
    inner = speaker.spot[1] <= day.start and day.end <= speaker.verb.start
    between = text[speaker.spot[1] : day.start].strip(" ,(")
    return inner and (not between or _IN_A_STATEMENT.fullmatch(between) is not None)


def _is_framed(text: str, sentence: Spot, day: DayInText, speaker: Speaker) -> bool:
    """Tell whether "In a post on Sunday, N. N. said" or "Про це в неділю заявив" stands there."""
    about = ABOUT_IT.match(text, *sentence)
    if about and about.end() <= day.start + 1:
        return day.end <= speaker.verb.start and not text[about.end() : day.start].strip()
    framed = _FRAMED.match(text, *sentence)
    is_behind = framed is not None and framed.end() <= day.start
    return is_behind and text[day.end : speaker.spot[0]].strip() == ","


def _is_taken(day: DayInText, days: Sequence[DayInText]) -> bool:
    """Tell whether a date that is given in full stands where a relative one was found."""
    return any(
        other.start < day.end
        and day.start < other.end
        and other.basis is not Basis.RELATIVE
        and other.end - other.start >= day.end - day.start
        for other in days
    )


def _are_adjacent(text: str, end: int, start: int) -> bool:
    return start - end <= len("  ") and not text[end:start].strip()


def _last_weekday(words: str, today: date) -> date | None:
    for word in _WORD.findall(words):
        number = weekday_of(word) if len(word) >= _SHORTEST_WEEKDAY else None
        if number is not None:
            return today - ((today.weekday() - number) % 7) * _DAY
    return None


def _last_weekend(today: date) -> tuple[date, date]:
    """Return the last Saturday up to a day, and the Sunday behind it, or that day if earlier."""
    saturday = today - ((today.weekday() - _SATURDAY) % 7) * _DAY
    return saturday, min(saturday + _DAY, today)


def _days_earlier(words: str) -> int:
    return _number(words) if _WORD.search(words) else 1


def _number(words: str) -> int:
    if digits := re.search(r"\d+", words):
        return int(digits[0])
    for word in _WORD.findall(words.casefold()):
        if word in COUNTS or word in _DAYS_EARLIER:
            return COUNTS.get(word) or _DAYS_EARLIER[word]
    return 1
