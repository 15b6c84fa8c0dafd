"""What a name before a colon, or alone on a line, names: who may speak, a place or a title."""

import re

from commands.shared.extraction.draft_fields import RecordedSpeakers
from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.handles import read_handle
from commands.shared.extraction.places.named_places import PlaceReader
from commands.shared.extraction.speaker_names import ASIDE, CAPITAL_NAME, may_be_name
from commands.shared.extraction.talks import is_caption
from commands.shared.extraction.text_layout import Setting
from commands.shared.extraction.wording.languages import RULES, choose_rules
from commands.shared.extraction.wording.rule_table import Rules, Topic

_LABEL = re.compile(r"@?[^\W\d_a-zа-яёіїєґ](?:[^:.!?\n«“\"]|«[^:.!?\n«»]{1,40}»){0,70}(?=:\s)")
"""How a sentence begins before a colon: "N. N. (16 November): …"."""
_COLON = re.compile(r":\s+")
_SPEAKING = frozenset({"office", "person", "body"})
_NO_SPEAKERS = frozenset({"place", "title"})
_OF_WHOM = re.compile(
    r"(?: (?:of|the|armed|forces|(?:ukrain|russia)\w*|зсу|рф|збройних|сил|вооруж[её]нных|україни"
    r"|украины|росії|россии))*",
    re.IGNORECASE,
)
"""Behind an office, whose it is."""
_OF_A_TITLE = (
    *(Topic.HEAD, Topic.FURNITURE, Topic.CAPTION, Topic.HAPPENING, Topic.DIRECTION),
    *(Topic.CONTROL, Topic.ENCIRCLING, Topic.NEGATION, Topic.DEBUNKING),
)


class NameKinds:
    """Tells what names of one text name, by the speakers on record and the places known here."""

    def __init__(self, text: str, actors: RecordedSpeakers, places: PlaceReader) -> None:
        self.text = text
        self.actors = actors
        self.places = places

    def read(self, words: str) -> str:
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
        if self.is_place(words):
            return "body" if is_body else "place"
        signer = rules.first(Topic.SIGNER, words)
        is_office = signer is not None and signer.start == 0 and signer.means == "office"
        if signer is not None and is_office and words[0].isupper():
            return "office" if _OF_WHOM.fullmatch(words, signer.end) else ""
        is_body = is_body and not rules.has(Topic.HEAD, words)
        if is_body and not rules.has(Topic.SAYING, words):
            return "body"
        return "title" if any(_is_title(words, it) for it in RULES.values()) else ""

    def is_place(self, words: str) -> bool:
        """Tell whether words name a place; "Володимир Зеленський" is not the town of Volodymyr."""
        mentions = self.places.find(words, 0, len(words))
        is_whole = any(it.end - it.start == len(words) for it in mentions)
        return bool(mentions) and (is_whole or not _is_person(words))

    def find_label(self, start: int, end: int, setting: Setting) -> Spot | None:
        """Return who is named before a colon: another name ends what the one before it says."""
        label = _LABEL.match(self.text, start, end)
        if label is None or setting.is_turn:
            return setting.label
        if setting.label and start <= setting.label[0]:
            return self._find_quoted(setting.label, end)
        updating = setting.rules.first(Topic.UPDATING, label[0])
        words = ASIDE.sub("", label[0][: updating.start if updating else None].rstrip())
        kind = self.read(words) if words else "place"
        is_titled = "«" in words and CAPITAL_NAME.search(words)
        is_name = CAPITAL_NAME.fullmatch(words) or words + " (" in label[0] or is_titled
        is_name = is_name and kind != "place" and not is_caption(words)
        is_speaker = is_name or kind in _SPEAKING
        return self._find_quoted(label.span(), end) if is_speaker else setting.label

    def _find_quoted(self, label: Spot, end: int) -> Spot:
        """Return the name right behind another, whose words it is: "ISW: Putin: …"."""
        colon = _COLON.match(self.text, label[1], end)
        quoted = _LABEL.match(self.text, colon.end(), end) if colon else None
        if quoted is None:
            return label
        words = ASIDE.sub("", quoted[0])
        kind = self.read(words)
        may_speak = kind in _SPEAKING or (kind not in _NO_SPEAKERS and may_be_name(words))
        return quoted.span() if may_speak and not is_caption(words) else label


def _is_person(words: str) -> bool:
    """Tell whether words are written as a person's name is, and end on a surname."""
    surnames = choose_rules(words).find(Topic.SIGNER, words)
    is_named = CAPITAL_NAME.fullmatch(words) is not None
    return is_named and any(
        it.means == "surname" and it.start > 0 and it.end == len(words) for it in surnames
    )


def _is_title(words: str, rules: Rules) -> bool:
    is_side = any(hit.end - hit.start == len(words) for hit in rules.find(Topic.SIDE, words))
    return is_side or any(rules.has(topic, words) for topic in _OF_A_TITLE)
