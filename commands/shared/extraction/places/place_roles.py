"""How a sentence stands to the places that it names: in, near, on the way to, only spoken of."""

import re
from collections.abc import Sequence

from msgspec import Struct, structs

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.places.named_places import NamedPlace, PlaceReader
from commands.shared.extraction.places.place_asides import (
    CAPITAL,
    LAST_WORD,
    LINK,
    NEXT_WORD,
    OF_REGION,
    REACH,
    ROAD,
    is_in_brackets,
    is_locator,
    is_no_place,
    is_where_it_was_said,
    is_whole,
)
from commands.shared.extraction.places.place_shapes import CAPITAL_WORD, is_like_a_village
from commands.shared.extraction.places.which_namesake import km_to
from commands.shared.extraction.wording.rule_table import HOLDING, Rules, Topic
from store.model.entry import PlaceRole, Precision
from store.places.ground import NEAR_KM
from store.places.phrase import unit_word

_NAME = re.compile(
    r"[^\W\d_a-zа-яёіїєґ][\w’'ʼ]*[a-zа-яёіїєґ][\w’'ʼ]*(?:-[^\W\d_][\w’'ʼ]+)*"
    r"(?: [^\W\d_a-zа-яёіїєґ][\w’'ʼ]*[a-zа-яёіїєґ][\w’'ʼ]*)?"
)
_IN_LINK = re.compile(r"\s*(?:,|in|of|у|в|на|,\s*в)?\s*")
_ROAD_FROM = re.compile(
    rf"{ROAD}\s+(?:from|з|із|зі|из|с|від|от)\s+(?:[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]*\s*){{1,3}}"
    r"(?:(?:to|до|в|у|на|к)\s+(?:[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]*\s*){1,3})?$"
)
"""Up to either end of it: "the road from X to Y" is in neither."""
_LISTED = re.compile(r"[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]*,\s*$")
_ITS_PART = re.compile(
    r"(?:[’']s?)? (?:(?:city|town) )?(?:(?:north|south|east|west)\w* |central )?"
    r"(?:outskirts?|suburbs?|edges?|cent(?:re|er)|districts?|neighbou?rhoods?|half)\b"
)
"""Behind a name: "Vilne's outskirts", "Vilne city centre"."""
_FIRST_HALF = re.compile(
    r"(?<!\w)(?:Nov[aeiy]|Novyi|Star[aeiy]|Staryi|Velyk[aei]|Mal[aei]|Нов[аеі]|Новий|Нов(?:ое|ая|ый)"
    r"|Стар[аеі]|Велик[аеі]|Велик(?:ое|ая|ий)|Мал[аеі]|Мал(?:ое|ая|ый|ые))\s+$"
)
"""Before a name of which a village has the whole: "Nove Zaporizhzhia" is not Zaporizhzhia."""
_CAPITAL_BEFORE = re.compile(rf"(?<![\w’'ʼ-]){CAPITAL_WORD} $")
_SHORTEST = 3
_UNKNOWN_AFTER = frozenset({"near", "toward", "at"})


class PlaceInSentence(Struct, frozen=True):
    """A named place, its role and precision, and where in the sentence it or its stand-in is.

    `named` may stand earlier in the text: "the town" is the one that was named before.
    """

    named: NamedPlace
    role: PlaceRole
    precision: Precision
    start: int
    end: int
    governed: bool = True


def _tell_apart(place: PlaceInSentence) -> object:
    """Return what makes a place of a sentence another one: not that it is named twice."""
    settled = place.named.place
    return (settled.id if settled else place.start), place.role, place.precision


_HEADS = re.compile(r"\s+[–—-]\s|\s?[:|]\s|\t|\.(?:\s|$)")  # "Вільне — сіра зона"
_IS_HELD = re.compile(
    r"\s+(?:залиша[єю]ться|перебува[єю]|остаётся|остается|находится|(?:під|под) (?:\w+ )?контрол"
    r"|[ву] с[іе]р|remains? (?:under|contested|in)|(?:is|was|has been|were) (?:held|captured|taken"
    r"|seized|contested|under|liberated)|fell\b|пал[аио]?\b|впа(?:в|ла|ло)\b"
    r"|(?:захоплен|окупован|звільнен|захвачен|оккупирован|освобожд[её]н)[аоы]?\b)"
)
"""Behind a name of which a status is told: it is a place, though nobody says which."""
_LABEL = re.compile(r"\s*[^\W\d_a-zа-яёіїєґ][^:.!?\n]{0,40}:\s")
_PER_CENT = re.compile(r"\d ?%\s+$")  # "46% Покровська"
RoleOfName = tuple[PlaceRole, Precision, bool]
"""A role, a precision, and whether a preposition or a noun before the name says so."""


class RoleReader:
    """Reads the roles of the places in one sentence: the characters of a text between two."""

    def __init__(self, text: str, start: int, end: int, rules: Rules, reader: PlaceReader) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.rules = rules
        self.reader = reader

    def read(self, names: Sequence[NamedPlace]) -> list[PlaceInSentence]:
        """Return the places that the sentence is about, in order."""
        names = [name for name in names if not (self._is_preposition(name) or self._is_half(name))]
        unknown = self._find_unknown(names)
        every = sorted((*names, *unknown), key=lambda name: name.start)
        if any(name.place for name in unknown):
            every = self._settle_by_others(every)
        places: list[PlaceInSentence] = []
        for name in every:
            before = places[-1] if places else None
            if self._is_aside(name, before):
                continue
            role, precision, governed = self._read_role(name, before)
            if governed or _is_sure(self.text, self.start, name):
                spot = name.start, name.end
                places.append(PlaceInSentence(name, role, precision, *spot, governed))
        places = self._drop_label(places)
        return list({_tell_apart(place): place for place in reversed(places)}.values())[::-1]

    def _drop_label(self, places: list[PlaceInSentence]) -> list[PlaceInSentence]:
        """Leave out the sector with which a line begins: "Вільне: вони біля Мріїного"."""
        label = _LABEL.match(self.text, self.start, self.end)
        topics = (Topic.HAPPENING, Topic.CONTROL, Topic.ENCIRCLING)
        if label is None or any(self.rules.has(topic, label[0]) for topic in topics):
            return places
        return [place for place in places if place.start >= label.end()] or places

    def _is_preposition(self, name: NamedPlace) -> bool:
        """Tell whether a word that names a village too is none here: "Под Вольным"."""
        words = self.text[name.start : name.end].casefold()
        return is_whole(self.rules.first(Topic.ROLE, words), words)

    def _is_half(self, name: NamedPlace) -> bool:
        """Tell whether a name is one word of a village's: "Zelenyi Hai" is not Hai."""
        if _FIRST_HALF.search(self.text, self.start, name.start):
            return True
        following = NEXT_WORD.match(self.text, name.end)
        goes_on = following is not None and CAPITAL.match(following[1])
        if goes_on and _FIRST_HALF.fullmatch(self.text[name.start : name.end] + " "):
            return True
        first = _CAPITAL_BEFORE.search(self.text, self.start, name.start)
        return first is not None and self.reader.is_name(self.text[first.start() : name.end])

    def _is_aside(self, name: NamedPlace, before: PlaceInSentence | None) -> bool:
        """Tell whether a name is no place of its own, or only says where the one before lies."""
        text = self.text
        if is_where_it_was_said(text, self.start, name, self.rules):
            return True
        if is_in_brackets(text, self.start, name) or is_no_place(
            text, self.start, name, self.rules
        ):
            return True
        if before is None:
            return False
        link = _IN_LINK.fullmatch(text, before.named.end, name.start)
        if link and (name.is_area or self._is_region(name, before, link)):
            return True
        return is_locator(text, before.named, self.end, name, self.rules)

    def _is_region(self, name: NamedPlace, before: PlaceInSentence, link: re.Match[str]) -> bool:
        """Tell whether a name that nobody knows is the region of the place right before it.

        "X in Y" says so; "X, Y" does where no list goes on, for in a list an "and" would follow.
        """
        if link[0].strip() == "на":
            return True  # "X на Запоріжжі": one is in a town, but on its land
        if name.place is not None or name.choices:
            return False
        if "," not in link[0]:
            return bool(link[0].strip())
        is_first = before.named.start == before.start and not _LISTED.search(
            self.text, self.start, before.start
        )
        goes_on = LINK.match(self.text, name.end, self.end)
        return is_first and not (goes_on and CAPITAL.match(self.text, goes_on.end(), self.end))

    def _read_role(self, name: NamedPlace, before: PlaceInSentence | None) -> RoleOfName:
        if before and LINK.fullmatch(self.text, before.named.end, name.start):
            is_part = before.precision is Precision.PART
            precision = Precision.TOWN if is_part else before.precision
            answer = before.role, precision, before.governed
        else:
            answer = read_role(self.text, self.start, name, self.rules)
        if _ITS_PART.match(self.text, name.end) and answer[0] is PlaceRole.AT:
            answer = answer[0], Precision.PART, answer[2]
        is_road = _ROAD_FROM.search(self.text, self.start, name.end) is not None
        if name.is_direction or is_road or self._names_direction(name):
            return PlaceRole.TOWARD, Precision.AREA, answer[2]
        return answer

    def _names_direction(self, name: NamedPlace) -> bool:
        """Tell whether a name is that of an area along the front: "the X tactical area"."""
        area = self.rules.first(Topic.DIRECTION, self.text, name.end, self.end)
        return area is not None and self.text[name.end : area.start] == " "

    def _find_unknown(self, names: Sequence[NamedPlace]) -> list[NamedPlace]:
        """Return names that the recogniser passes over, where the words say they are places."""
        text, start, rules = self.text, self.start, self.rules
        taken = [(name.start, name.end) for name in names]
        unknown: list[NamedPlace] = []
        for match in _NAME.finditer(text, start, self.end):
            name = _bare(text, *_without_preposition(text, *match.span(), rules), rules)
            if any(name.start < last and first < name.end for first, last in taken):
                continue
            if len(match.group()) < _SHORTEST or not _is_name_only(text, name, rules):
                continue
            ends = [other.end for other in (*names, *unknown) if other.end <= name.start]
            listed = ends and LINK.fullmatch(text, max(ends), name.start)
            is_placed = listed or _is_governed(text, start, name, rules)
            is_formed = is_like_a_village(text, name.start, name.end)
            if not (is_placed or is_formed):
                continue
            beside = [known.place for known in names if known.place is not None]
            place, choices = self.reader.look_up(text, name.start, name.end, beside)
            if is_placed or place or choices:
                unknown.append(NamedPlace(name.start, name.end, place, choices, is_plain=is_formed))
        return unknown

    def _settle_by_others(self, names: Sequence[NamedPlace]) -> list[NamedPlace]:
        """Settle a namesake by the places that were looked up after it, also a city far off."""
        beside = [name.place for name in names if name.place is not None]
        settled: list[NamedPlace] = []
        for name in names:
            others = [place for place in beside if place != name.place]
            is_far = name.place is not None and others and km_to(name.place, others) > NEAR_KM
            if not name.is_direction and not name.is_area and (is_far or name.choices):
                place, _ = self.reader.look_up(self.text, name.start, name.end, others)
                if place is not None and (is_far or place in name.choices):
                    settled.append(structs.replace(name, place=place, choices=()))
                    continue
            settled.append(name)
        return settled


def read_role(text: str, start: int, name: NamedPlace, rules: Rules) -> RoleOfName:
    """Return what stands before a name, past "the village of" and "the south of"."""
    at, part = name.start, False
    is_named = False
    for _ in range(4):
        at = start + len(text[start:at].rstrip())
        control = rules.before(Topic.CONTROL, text, at)
        takes = control is not None and control.means in HOLDING
        if control is not None and takes and control.start >= start:
            return PlaceRole.AT, Precision.PART if part else Precision.TOWN, True
        opens = text[at - 1 : at] in {"«", "“"} if at > start else False
        if opens:
            at -= 1
            continue
        role = rules.before(Topic.ROLE, text, at)
        noun = rules.before(Topic.KIND_OF_PLACE, text, at)
        piece = rules.before(Topic.PART, text, at)
        if piece and piece.start >= start and (not role or role.start > piece.start):
            at, part = piece.start, True
            continue
        if (
            role
            and role.start >= start
            and not (noun and noun.start < role.start and role.means == "at")
        ):
            precision = _precision(role.means, part=part)
            whole_area = name.is_area and precision is Precision.TOWN
            return _ROLES[role.means], Precision.AREA if whole_area else precision, True
        if noun and noun.start >= start:
            at, is_named = noun.start, is_named or noun.end - noun.start > _SHORTEST
            continue
        break
    area = name.is_area or name.is_direction
    return (
        PlaceRole.AT,
        Precision.PART if part else Precision.AREA if area else Precision.TOWN,
        part or is_named,
    )


_ROLES = {
    "near": PlaceRole.NEAR,
    "toward": PlaceRole.TOWARD,
    "about": PlaceRole.ABOUT,
    "at": PlaceRole.AT,
}


def _precision(means: str, *, part: bool) -> Precision:
    if part and means == "at":
        return Precision.PART
    return Precision.TOWN if means == "at" else Precision.AREA


def _without_preposition(text: str, start: int, end: int, rules: Rules) -> Spot:
    """Take off the word with which a sentence begins: "Під Вільним", "Село Вільне"."""
    second = text.find(" ", start, end) + 1
    first = text[start : second - 1].casefold()
    opening = (Topic.ROLE, Topic.KIND_OF_PLACE)
    is_opening = second > 0 and any(is_whole(rules.first(topic, first), first) for topic in opening)
    return (second, end) if is_opening else (start, end)


def _bare(text: str, start: int, end: int, rules: Rules) -> NamedPlace:
    """Take off a second word that belongs to what follows: "X Kharkiv region"."""
    first = text.find(" ", start, end)
    following = NEXT_WORD.match(text, end)
    if first > 0:
        second = text[first + 1 : end]
        area = following is not None and unit_word(following[1]) is not None
        if area or rules.has(Topic.SIDE, second) or OF_REGION.search(second):
            end = first
    return NamedPlace(start, end, None)


def _is_name_only(text: str, name: NamedPlace, rules: Rules) -> bool:
    """Tell whether no word of a name, nor the one behind it, is one that towns do not bear."""
    following = NEXT_WORD.match(text, name.end)
    words = text[name.start : following.end() if following else name.end]
    own = text[name.start : name.end]
    return not (
        is_whole(rules.first(Topic.NO_PLACE, own), own)
        or rules.has(Topic.SIDE, own)
        or rules.has(Topic.BODY, words)
        or is_whole(rules.first(Topic.JUDGE, own), own)
        or rules.has(Topic.DIRECTION, words)
        or (following and unit_word(following[1]) is not None)
        or (
            following
            and CAPITAL.match(following[1])
            and not OF_REGION.search(following[1])
            and not rules.has(Topic.SIDE, following[1])
        )
        or text[name.start - 1 : name.start] in {"«", "“", '"'}
    )


def _is_governed(text: str, start: int, name: NamedPlace, rules: Rules) -> bool:
    role = rules.before(Topic.ROLE, text, name.start)
    if control := rules.before(Topic.CONTROL, text, name.start):
        return control.start >= start and control.means in {"held", "taken"}
    part = rules.before(Topic.PART, text, name.start)
    if part is not None and part.start > start and (role is None or role.start > part.start):
        return True
    piece = part or rules.before(Topic.KIND_OF_PLACE, text, name.start)
    if role is None or role.start < start or (piece and piece.start < role.start):
        return piece is not None and piece.start > start and piece.end - piece.start > _SHORTEST
    word = text[role.start : role.end].casefold()
    return word in _LEFT or (role.means in _UNKNOWN_AFTER and word not in _LOOSE)


_LEFT = frozenset({"fled", "fleeing"})  # only places are
_LOOSE = frozenset({"of", "to", "on", "over", "at", "by", "against", "between", "beyond"}) | {
    *("у", "по", "на", "над", "через", "під", "до", "к", "под", "про", "щодо")
}


def _is_sure(text: str, start: int, name: NamedPlace) -> bool:
    """Tell whether a name without a preposition is a place: plainly so, and not a first word."""
    if name.is_direction:
        return True
    first = not any(char.isalpha() for char in text[start : name.start])
    goes_on = LINK.match(text, name.end)
    if (
        _IS_HELD.match(text, name.end)
        or (first and goes_on and CAPITAL.match(text, goes_on.end()))
        or (first and _HEADS.match(text, name.end))
        or (is_like_a_village(text, name.start, name.end, may_be_adjective=name.is_plain))
    ):
        return name.place is not None or bool(name.choices)
    if name.place is None:
        return False
    if name.is_plain:
        return not first or name.place.population > 0
    if _PER_CENT.search(text, start, name.start):
        return True
    previous = LAST_WORD.search(text, max(start, name.start - REACH), name.start)
    opens = previous is not None and not any(map(str.isalpha, text[start : previous.start()]))
    noun = previous is not None and (opens or not CAPITAL.match(previous[1]))
    return noun and name.place.kind in {"city", "town", "settlement"}
