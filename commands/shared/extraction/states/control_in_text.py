"""Who is said to hold a place, and how much of it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.places.place_roles import PlaceInSentence
from commands.shared.extraction.states.clause import Clause
from commands.shared.extraction.states.doubts import hangs_on_something, is_unproven
from commands.shared.extraction.states.grey_zones import is_left_behind, is_zone_that_moves
from commands.shared.extraction.states.share_in_text import (
    LEFT_OUT,
    is_share_of_things,
    read_share,
)
from commands.shared.extraction.states.things_of_places import is_of_a_thing, is_only_where
from commands.shared.extraction.wording.rule_table import HOLDING, Hit, Topic
from store.model.entry import PlaceRole, Share
from store.model.span import Span

_SIDES = {"russian": "russian_held", "ukrainian": "ukrainian_held"}
_REACH, _BEFORE = 110, 45
_LONG_AGO = timedelta(300)
_OF_LANGUAGE = {"ru": "russian", "uk": "ukrainian"}
_THAT = re.compile(r"\b(?:що|что)\s")
_QUOTE_MARK = re.compile(r"[«“\"„]")
_AGENT, _WORDS_TO_AGENT, _WORDS_TO_VERB = 40, 1, 5
_MARK = re.compile(r"[,;:()–—]")
_LAST_WORDS = re.compile(r"(?:\S+\s*){0,5}$")
_LINKED = re.compile(r"[,;:()–—]|\b(?:and|та|і|й|и)\b", re.IGNORECASE)
_LOST_REACH = 24  # characters: what is lost is named right behind
_NAMES_IT = re.compile(r"[^A-ZА-ЯЁІЇЄҐ]*")
_WAS = re.compile(r"\b(?:was|were|had been|held|бу(?:в|ла|ло|ли)|был(?:а|о|и)?)\b", re.IGNORECASE)
_HELD_THEN = re.compile(r"(?:controlled|held|kept|(?:ва|жа|ма)(?:в|л|ла|ло|ли))$", re.IGNORECASE)
_BUT_NOW = re.compile(
    r"\W*(?:(?:but|and|а|але|но|та|and) )?"
    r"(?:now|today|зараз|тепер|нині|наразі|сьогодні|теперь|сейчас|сегодня)\b",
    re.IGNORECASE,
)
"""Behind a clause: "X was under their control; now it is not" tells of then."""
_NONE_OF = re.compile(
    r"\b(?:(?:hardly|barely|scarcely|almost) (?:any|none)|none|no (?:part|inch|street|house)"
    r"|little) (?:of|in) ",
    re.IGNORECASE,
)
"""Before a place that is held, or not: "Hardly any of X is still held"."""
_UNDONE = re.compile(
    r"\W*(?:but|and|then|before|until|only to|а|але|та|но|и|проте|однак|однако)\b[^.;!?]{0,60}?"
    r"\b(?:los(?:t|e|es|ing)|retook|retaken|recaptured|withdrew"
    r"|(?:pushed|driven|drove) (?:\w+ )?out|відби(?:ли|то)|втратили|вибили|відступили"
    r"|повернули|отбили|потеряли|выбили|отступили)\b",
    re.IGNORECASE,
)
_LOST_IT = re.compile(
    r"[^.;!?\n]*?(?:\b(?:and|but|then)(?: \w+)? (?:lost|left) (?:it|the (?:village|town|city))\b"
    r"|(?<!\w)(?:але|та|і|а|но|и)(?: \w+)? (?:втратили|залишили|потеряли|оставили)"
    r" (?:його|її|его|е[её])(?!\w))",
    re.IGNORECASE,
)
"""Behind a place, in its sentence: "seized X in March and lost it in June"."""
_UP_TO_A_MARK = re.compile(r"[^,;:.()–—]*")
_SEIZING = re.compile(r"captur|seiz|захоплен|захват", re.IGNORECASE)
_CAPTURED = re.compile(
    r"\b(?:was|were|been|being|is|are) (?:\w+ )?(?:captured|seized|occupied|(?:over)?taken)$"
    r"|\b(?:захоп(?:лен|и)|окуп(?:ован|ува)|захва(?:чен|ти)|оккупирова)\w*$",
    re.IGNORECASE,
)
_TAKING = re.compile(
    r"captur|seiz|took|taken|liberat|conquer|overran"
    r"|захоп|зайня|звільн|визвол|окуп|відво|взя|відби|овол|захва|занял|занят|освобо|отвоев|отби"
    r"|овладе|завладе",
    re.IGNORECASE,
)
_WE = re.compile(r"(?:(?:ує|ає|ю)мо|им|уем)$", re.IGNORECASE)
"""How a verb of us ends, in Ukrainian and Russian: "утримуємо", "держим"."""
_AROUND_IT = re.compile(r"\s+(?:salient|bulge|area|agglomeration|countryside|bridgehead)\b")
"""Behind a name: what is called so is more than the town, or beside it."""
_LIBERATED = re.compile(r"(?:освобожд[её]н|звільнен|визволен)", re.IGNORECASE)
_GROUND = re.compile(
    r"\s+(?:territor|area|ground|land|region|zone|part|position|side)", re.IGNORECASE
)


class ControlInText(Struct, frozen=True):
    """A status of a place, how much of the place, and the words."""

    status: str
    share: Share
    spot: Spot


def read_control(
    clause: Clause, places: Sequence[PlaceInSentence]
) -> tuple[ControlInText, PlaceInSentence] | None:
    """Return the status that a clause gives to one of its places, None where it gives none."""
    if clause.is_second_hand:
        return None
    for hit in clause.rules.find(Topic.CONTROL, clause.text, clause.start, clause.end):
        place = _find_object(clause, hit, places)
        if place is None or clause.denies(hit):
            continue
        if (
            _is_unreal(clause, hit)
            or clause.is_guess(hit.start, place.start)
            or _is_of_ground(clause, hit)
            or _is_spared(clause, hit, place)
        ):
            continue
        if _is_of_then(clause, hit, place, places) or _is_undone(clause, place, places):
            continue
        if is_unproven(clause, hit) or hangs_on_something(clause, hit):
            continue
        status = _read_status(clause, hit)
        if status is not None:
            share = read_share(clause, hit, place, places)
            return ControlInText(status, share, (hit.start, hit.end)), place
    return None


def is_over(happened: str, today: date, words: str) -> bool:
    """Tell whether what happened then, as EDTF, is no status of today.

    Who took a place a year ago may have lost it since; who held it for some days holds it no more.
    """
    span = Span.parse(happened)
    is_taking = _TAKING.search(words) is not None
    has_ended = span.earliest is not None and span.earliest < span.latest < today
    return today - span.latest > _LONG_AGO or (has_ended and not is_taking)


def _find_object(
    clause: Clause, hit: Hit, places: Sequence[PlaceInSentence]
) -> PlaceInSentence | None:
    """Return the place that is held: in it, near the verb, and nothing smaller in between."""
    inside = [
        place
        for place in places
        if clause.start <= place.start < clause.end
        and place.role is PlaceRole.AT
        and not place.named.is_area
        and not _AROUND_IT.match(clause.text, place.end, clause.end)
    ]
    reach = _LOST_REACH if hit.means == "lost" else _REACH
    behind = [place for place in inside if 0 <= place.start - hit.end <= reach]
    ahead = [place for place in inside if 0 <= hit.start - place.end <= _REACH]
    behind = [it for it in behind if not is_only_where(clause, hit, it)]
    behind = [it for it in behind if not _is_of_another_verb(clause, hit, it)]
    if hit.means == "lost":
        behind = [it for it in behind if _NAMES_IT.fullmatch(clause.text, hit.end, it.start)]
        ahead = []
    shared = [
        place
        for place in places
        if hit.means not in HOLDING
        and 0 <= place.start - clause.end <= _REACH // 2
        and place.role is PlaceRole.AT
    ]
    if ahead and behind and _is_of_its_subject(clause, hit, ahead[-1], behind[0]):
        behind = []
    taken = _UP_TO_A_MARK.match(clause.text, hit.end, min(clause.end, hit.end + _BEFORE))
    if taken and clause.rules.has(Topic.WEAK_OBJECT, taken[0]):
        ahead = []  # "in X 37 houses were taken"
    if ahead and is_of_a_thing(clause, hit, ahead[-1]):
        ahead = []
    behind = [it for it in behind if not is_share_of_things(clause, it)]
    for place in (*behind[:1], *ahead[-1:], *shared[:1]):
        first, last = sorted((hit.start, place.start))
        between = clause.text[first : last + len(clause.text[place.start : place.end])]
        if not clause.rules.has(Topic.WEAK_OBJECT, between):
            follows = clause.text[place.end : min(clause.end, place.end + 25)]
            nearby = clause.rules.first(Topic.WEAK_OBJECT, follows)
            if nearby is None or nearby.start > 1:
                return place
    return None


def _is_of_another_verb(clause: Clause, hit: Hit, place: PlaceInSentence) -> bool:
    """Tell whether a comma ends what a verb tells: "they took a hill, ours hold X"."""
    between = clause.text[hit.end : place.start]
    if between.startswith(","):  # "From X, which they hold, they shell Y"
        return True
    others = clause.rules.find(Topic.CONTROL, clause.text, hit.end, place.start)
    return any(other.means in HOLDING and "," in between for other in others)


def _is_of_its_subject(
    clause: Clause, hit: Hit, ahead: PlaceInSentence, behind: PlaceInSentence
) -> bool:
    """Tell whether the place before a verb is the one held, and the next begins anew.

    "Vilne is contested and Stare is occupied" says nothing of Stare with its first verb.
    """
    before = clause.text[ahead.end : hit.start]
    between = clause.text[hit.end : behind.start]
    return _LINKED.search(between) is not None and not _LINKED.search(before)


def _is_unreal(clause: Clause, hit: Hit) -> bool:
    """Tell whether the verb is denied, wished, planned, tried or asked about."""
    before = clause.text[max(clause.start, hit.start - _BEFORE) : hit.start]
    words = before.split()
    close = " ".join(words[-5:])
    near = hit.start - len(_LAST_WORDS.findall(before)[0])
    follows = clause.text[hit.end : min(clause.end, hit.end + 12)]
    return (
        is_zone_that_moves(clause, hit)
        or is_left_behind(clause, hit)
        or clause.rules.first(Topic.THREAT, clause.text, near, hit.start) is not None
        or clause.rules.has(Topic.NEGATION, " ".join(words[-4:]))
        or _NONE_OF.search(before) is not None
        or clause.rules.has(Topic.ORIGIN, close, "hearsay")
        or _is_past(clause, hit, close)
        or _is_past(clause, hit, clause.text[hit.end : clause.end])
        or "?" in follows
    )


def _is_past(clause: Clause, hit: Hit, words: str) -> bool:
    """Tell whether words say that it was so only once; "taken before 5 May" says when it was."""
    is_taking = _TAKING.search(clause.text, hit.start, hit.end) is not None
    means = {it.means for it in clause.rules.find(Topic.PAST, words)}
    if is_taking or not _is_held_then(clause, hit):
        means -= {"then"}
    return bool(means - {"until"} if is_taking else means)


def _is_held_then(clause: Clause, hit: Hit) -> bool:
    """Tell whether a verb of holding stands in the past."""
    is_past = _HELD_THEN.search(clause.text, hit.start, hit.end) is not None
    return is_past or _WAS.search(clause.text, clause.start, hit.start) is not None


def _is_spared(clause: Clause, hit: Hit, place: PlaceInSentence) -> bool:
    """Tell whether a place is named as one not held: "they hold neither X", "all except X"."""
    between = clause.text[hit.end : max(hit.end, min(place.start, clause.end))]
    return clause.rules.has(Topic.NEGATION, between) or LEFT_OUT.search(between) is not None


def _is_of_then(
    clause: Clause, hit: Hit, place: PlaceInSentence, places: Sequence[PlaceInSentence]
) -> bool:
    """Tell whether a place was held of which the next clause, and of no other, says how it is now.

    "Vilne was taken; now they attack Stare" says that Vilne is held still.
    """
    comma = clause.text.find(",", hit.end, clause.end)
    now = _BUT_NOW.match(clause.text, clause.end if comma < 0 else comma)
    if now is None or _WAS.search(clause.text, clause.start, hit.end) is None:
        return False
    told = _UP_TO_A_MARK.match(clause.text, now.end())
    last = told.end() if told else now.end()
    return all(it.named == place.named for it in places if now.end() <= it.start < last)


def _is_undone(clause: Clause, place: PlaceInSentence, places: Sequence[PlaceInSentence]) -> bool:
    """Tell whether the next clause undoes it: "they took X, but lost it two days later"."""
    for at in (place.end, clause.end):
        if undone := _UNDONE.match(clause.text, at):
            last = undone.end() + _LOST_REACH
            return all(it.named == place.named for it in places if at <= it.start < last)
    last = min(len(clause.text), place.end + _REACH)
    return _LOST_IT.match(clause.text, place.end, last) is not None


def _is_of_ground(clause: Clause, hit: Hit) -> bool:
    """Tell whether ground is held beside which a place is named: "Russian-controlled areas"."""
    is_compound = clause.text[hit.start - 1 : hit.start] == "-"
    return is_compound and _GROUND.match(clause.text, hit.end, clause.end) is not None


def _read_status(clause: Clause, hit: Hit) -> str | None:
    if hit.means not in HOLDING:
        return hit.means
    if hit.means == "ours":
        return _SIDES.get(clause.side or "")
    if hit.means == "lost":
        is_ukrainian = _find_loser(clause, hit) == "ukrainian"
        return _SIDES["russian"] if is_ukrainian else None
    side = _find_taker(clause, hit) if hit.means == "taken" else _find_side(clause, hit)
    return None if side is None else _SIDES.get(side)


def _find_taker(clause: Clause, hit: Hit) -> str | None:
    """Return who took a place, of which a noun tells; None where two sides are named.

    Kyiv too can report the capture of a village by Russian troops.
    """
    rules, text = clause.rules, clause.text
    hits = rules.find(Topic.SIDE, text, clause.start, min(clause.end, hit.end + _REACH))
    sides = {clause.side_of(side) for side in hits}
    if not sides:
        return _find_side(clause, hit)
    told_of_loss = _SEIZING.search(text, hit.start, hit.end) and sides == {"ukrainian"}
    return None if len(sides) > 1 or told_of_loss else sides.pop()


def _find_loser(clause: Clause, hit: Hit) -> str | None:
    """Return who lost a place: the only side that is named, or our own.

    What Ukraine has lost, Russia holds; what Russia has lost may be no more than contested.
    """
    hits = clause.rules.find(Topic.SIDE, clause.text, clause.start, hit.start)
    sides = {clause.side_of(side) for side in hits}
    if sides:
        return sides.pop() if len(sides) == 1 else None
    own = clause.rules.has(Topic.OWN, clause.text[clause.start : hit.start])
    return clause.side if own else None


def _find_side(clause: Clause, hit: Hit) -> str | None:
    """Return whose the verb is: who is named in it or as its agent, then before it, then our own.

    Who speaks does what is told only where nobody else is named: "Kyiv says that it holds X".
    """
    if _WE.search(clause.text, hit.start, hit.end):
        return clause.side
    inside = clause.rules.first(Topic.SIDE, clause.text, hit.start, hit.end)
    if inside is not None:
        return clause.side_of(inside)
    agent = _find_agent(clause, hit)
    if agent is not None and hit.means == "held by":
        return agent
    before = _find_subjects(clause, hit)
    own = clause.rules.find(Topic.OWN, clause.text, clause.start, hit.start)
    if own and (not before or own[-1].start > before[-1].start):
        if _is_of_whoever_tells(clause, own[-1]):
            return None
        is_pronoun = own[-1].means == "their"  # "its troops" may be those of who stands before
        if not (is_pronoun and before and clause.side is None):
            return clause.side
    if before:
        return _choose_subject(clause, hit, before)
    return agent or _find_who_says_so(clause, hit)


def _is_of_whoever_tells(clause: Clause, own: Hit) -> bool:
    """Tell whether "ours" may be the author's: "Киев сообщает, что наши взяли X", in Russian."""
    side = _OF_LANGUAGE.get(clause.rules.language)
    first = max(clause.start, clause.speaker[1])
    is_other = own.means == "own" and clause.side not in {None, side} and side is not None
    told = clause.text[first : own.start]
    is_indirect = 0 <= clause.speaker[0] < own.start and _THAT.search(told) is not None
    return is_other and is_indirect and not _QUOTE_MARK.search(told)


def _find_agent(clause: Clause, hit: Hit) -> str | None:
    """Return the side that stands right behind a verb: "taken by them", "контролює противник"."""
    rules, text = clause.rules, clause.text
    behind = rules.first(Topic.SIDE, text, hit.end, min(clause.end, hit.end + _AGENT))
    if behind is None:
        return None
    between = text[hit.end : behind.start].replace(" the ", " ")
    if rules.language == "en" and hit.means != "held by" and not between.startswith(" by "):
        return None
    is_near = len(between.split()) <= _WORDS_TO_AGENT and not _MARK.search(between)
    return clause.side_of(behind) if is_near else None


def _find_subjects(clause: Clause, hit: Hit) -> list[Hit]:
    """Return the sides that are named before a verb, without that of whoever speaks."""
    sides = clause.rules.find(Topic.SIDE, clause.text, clause.start, hit.start)
    first, last = clause.speaker
    sides = [side for side in sides if not first <= side.start < last]
    if (
        sides
        and _LIBERATED.match(clause.text, hit.start)
        and "," in clause.text[sides[-1].end : hit.start]
    ):
        return []  # "the enemy is in X, the east is liberated": not by the enemy
    return sides


def _choose_subject(clause: Clause, hit: Hit, sides: Sequence[Hit]) -> str | None:
    """Return the nearest side; of two, only one that stands with the verb itself.

    "They beat off the Russian attacks and hold X" is not said of the Russians.
    """
    between = clause.text[sides[-1].end : hit.start]
    is_with_it = len(between.split()) <= _WORDS_TO_VERB and not _LINKED.search(between)
    if is_with_it or len({side.means for side in sides}) == 1:
        return clause.side_of(sides[-1])
    return None


def _find_who_says_so(clause: Clause, hit: Hit) -> str | None:
    """Return the side of who says that a place is held, or of the author, where it is theirs.

    Whoever tells of a capture by nobody named may tell of a loss.
    """
    told_of_loss = _CAPTURED.search(clause.text, clause.start, hit.end) is not None
    is_english = clause.rules.language == "en"
    is_speaker = 0 <= clause.speaker[0] < (hit.start if is_english else len(clause.text))
    if not (clause.is_authors or is_speaker) or (told_of_loss and clause.side == "ukrainian"):
        return None
    return clause.side
