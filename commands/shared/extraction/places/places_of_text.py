"""The places of one text, sentence by sentence: also "the town", and what a heading names."""

import re
from collections.abc import Sequence

from msgspec import structs

from commands.shared.extraction.places.named_places import NamedPlace, PlaceReader, is_area
from commands.shared.extraction.places.place_roles import PlaceInSentence, RoleReader, read_role
from commands.shared.extraction.places.speaker_places import (
    can_be,
    is_local_head,
    is_of_speaker,
    name_another,
)
from commands.shared.extraction.speaker_names import Speaker
from commands.shared.extraction.text_layout import Setting
from commands.shared.extraction.wording.rule_table import HOLDING, Hit, Rules, Topic
from store.model.entry import PlaceRole, Precision
from store.places.in_text.place_mentions import Mention

WORDS_OF_A_LABEL = 2
_MEMORY = 3  # sentences for which "the town" is the one named last
_ANY = re.compile(
    r"(?:жоде?н|кожн|інш|ще од|кільк|ни од|кажд|друг|нескольк)[\w ]*\s$|(?:any|each|every)\s$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s+(?:(?:is|are|was|were|has|have|will)\b|(?:of\s+)?[«“\"]?[^\W\d_a-zа-яёіїєґ])"
)
"""Behind "the village" where it stands for none: "the village of X", "the town is calm"."""
_SHORT_SIDE = 8  # letters that may still belong to the name of a side: "місто ЗСУ залишили"
_IT = re.compile(r"\s+(?P<it>it|його|її|его|е[её])(?=[\s.,;:!?)»”\"]|$)", re.IGNORECASE)
_IT_BEFORE = re.compile(r"(?<!\w)(?P<it>його|її|его|е[её])\s+$", re.IGNORECASE)
_REACH = 25  # characters in which it is told that the town is surrounded


class PlacesOfText:
    """Reads the places of sentences in their order; later ones lean on the earlier."""

    def __init__(self, text: str, names: PlaceReader) -> None:
        self._text = text
        self._names = names
        self._named_last: list[PlaceInSentence] = []
        self._since_named = 0
        self._headings: dict[tuple[int, int], Sequence[Mention]] = {}
        self._label: tuple[Setting, Sequence[Mention]] | None = None
        self._topic: tuple[Setting, PlaceInSentence] | None = None

    def read(
        self, start: int, end: int, setting: Setting, speaker: Speaker | None
    ) -> list[PlaceInSentence]:
        """Return the places that a sentence is about, also those that it does not name itself."""
        rules = setting.rules
        mentions = self._names.find(self._text, start, end)
        names = self._names.settle(mentions, self._read_heading(start, end, setting, mentions))
        places = RoleReader(self._text, start, end, rules, self._names).read(names)
        inside = [
            place for place in places if not place.named.is_direction and not place.named.is_area
        ]
        if not inside:
            inside = self._read_anaphor(start, end, rules, speaker)
            if not inside and not name_another(self._text, (start, end), rules, speaker):
                inside = self._read_topic(setting, self._text[start:end])
            places = inside or places[:1]
        else:
            if all(place.role is PlaceRole.TOWARD for place in inside):  # it is told where from
                inside = [*self._read_topic(setting, self._text[start:end]), *inside]
            places = inside
            self._take_label(start, names, setting)
            if len(self._text[start:end].split()) <= WORDS_OF_A_LABEL and inside[0].named.place:
                self._topic = setting, inside[0]
        self._since_named += 1
        told = [
            place
            for place in inside
            if speaker is None or not is_of_speaker(self._text, start, place, speaker, rules)
        ]
        self._remember(told)
        if inside and not told:  # "the town" may be the speaker's, or the one before
            is_head = speaker is not None and is_local_head(self._text, start, speaker, rules)
            self._remember(inside if is_head and len(inside) == 1 else [])
            self._named_last = self._named_last if is_head else []
        if rules.has(Topic.THREAT, self._text[start:end], "if"):
            self._named_last = []  # nobody has been where they may come
        return places

    def _take_label(self, start: int, names: Sequence[NamedPlace], setting: Setting) -> None:
        """Remember the town with which a line begins: "Вільне: …" is told of it to its end."""
        first = names[0] if names else None
        if first is None or first.place is None or first.is_direction or first.is_area:
            return
        if (
            not self._text[start : first.start].strip()
            and self._text[first.end : first.end + 1] == ":"
        ):
            spot = PlaceInSentence(first, PlaceRole.AT, Precision.TOWN, first.start, first.end)
            self._topic = setting, spot

    def _read_heading(
        self, start: int, end: int, setting: Setting, mentions: Sequence[Mention]
    ) -> Sequence[Mention]:
        """Return the area that the heading names, or the words alone that open the paragraph.

        "Вільненський напрямок. Ворог атакував …": all of it is told of that direction.
        """
        is_label = len(self._text[start:end].split()) <= WORDS_OF_A_LABEL and len(mentions) == 1
        if is_label and mentions[0].settled and is_area(mentions[0]):
            self._label = setting, mentions
        if self._label is not None and self._label[0] is setting:
            return self._label[1]
        if setting.heading is None:
            return []
        if setting.heading not in self._headings:
            self._headings[setting.heading] = self._names.find(self._text, *setting.heading)
        return self._headings[setting.heading]

    def _read_topic(self, setting: Setting, words: str) -> list[PlaceInSentence]:
        """Return the place whose name alone opens the paragraph: "Вільне. Ідуть бої…"."""
        if self._topic is None or self._topic[0] is not setting:
            return []
        is_part = setting.rules.has(Topic.PART, words)
        precision = Precision.PART if is_part else self._topic[1].precision
        return [structs.replace(self._topic[1], precision=precision)]

    def _remember(self, places: Sequence[PlaceInSentence]) -> None:
        """Keep what "the town" may be; one that is only near something makes it unclear."""
        if not places:
            return
        at = [place for place in places if place.role in {PlaceRole.AT, PlaceRole.ABOUT}]
        if not at and self._is_last_city(places):
            return  # villages near which something is are not "the city" that was named before
        distinct = {it.named.place.id if it.named.place else it.named.start for it in at}
        self._named_last = at[:1] if len(distinct) == 1 else []
        self._since_named = 0

    def _is_last_city(self, places: Sequence[PlaceInSentence]) -> bool:
        """Tell whether a city was named last, and only villages that are known after it."""
        last = self._named_last[0].named.place if len(self._named_last) == 1 else None
        kinds = {place.named.place.kind if place.named.place else "" for place in places}
        return last is not None and last.kind in {"city", "town"} and kinds <= {"village"}

    def _read_anaphor(
        self, start: int, end: int, rules: Rules, speaker: Speaker | None
    ) -> list[PlaceInSentence]:
        """Return the place for which "the town" stands: the only one that was named last."""
        hit = rules.first(Topic.ANAPHOR, self._text, start, end)
        if hit is None and self._since_named == 0:
            hit = find_pronoun(self._text, start, end, rules)
        if hit is None or self._since_named >= _MEMORY or len(self._named_last) != 1:
            return []
        names = name_another(self._text, (start, hit.start), rules, speaker)
        if names or _ANY.search(self._text[start : hit.start]):
            return []
        goes_on = _GOES_ON.match(self._text, hit.end, end)
        is_told_of = rules.has(Topic.ENCIRCLING, self._text[hit.end : min(end, hit.end + _REACH)])
        is_side = goes_on and rules.has(
            Topic.SIDE, self._text[hit.end : goes_on.end() + _SHORT_SIDE]
        )
        if goes_on and not (is_side or is_told_of):
            return []
        old = self._named_last[0].named
        stand_in = NamedPlace(hit.start, hit.end, old.place, old.choices)
        if not can_be(self._text[hit.start : hit.end], old.place):
            return []
        role, precision, _ = read_role(self._text, start, stand_in, rules)
        return [PlaceInSentence(old, role, precision, hit.start, hit.end)]


def find_pronoun(text: str, start: int, end: int, rules: Rules) -> Hit | None:
    """Return "it" where it is held: "X says that Vilne fell; Y that our troops hold it"."""
    for control in rules.find(Topic.CONTROL, text, start, end):
        behind = _IT.match(text, control.end, end)
        before = _IT_BEFORE.search(text, start, control.start)
        pronoun = behind or before
        if pronoun and control.means in HOLDING:
            return Hit("town", *pronoun.span("it"))
    return None
