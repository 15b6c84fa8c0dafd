"""What was read of a sentence → the fields of one draft."""

import re
from collections.abc import Sequence

from msgspec import Struct

from commands.shared.extraction.days_in_text import DayInText
from commands.shared.extraction.extracted_draft import ExtractedDraft, ExtractedPlace, Spot
from commands.shared.extraction.handles import read_handle
from commands.shared.extraction.places.place_roles import PlaceInSentence
from commands.shared.extraction.sentences import find_quotes
from commands.shared.extraction.speaker_names import Speaker, is_title
from commands.shared.extraction.states.control_in_text import ControlInText
from commands.shared.extraction.states.encirclement_in_text import EncirclementInText
from commands.shared.extraction.text_layout import Setting
from commands.shared.extraction.wording.rule_table import Topic
from store.model.entry import Attribution, Kind
from store.model.span import Basis
from store.model.text import fold
from store.places.name_key import name_key
from store.queries.known_names import ActorWithNames, KnownNames, read_openings
from store.queries.person_names import Likeness, name_likeness

_LACKS = re.compile(  # words of lack and of measure deny nothing
    r"no (?:longer|more|fewer|less)|not (?:only|less|more)|without|без\b"
    r"|not (?:yet |immediately )?(?:comment|respond|repl)\w+"
    r"|не (?:более|больше|менее|меньше|только|більше|менше|тільки|лише)\b"
    r"|(?<=\bbut )not\b|(?<=\bале )не\b|(?<=\bно )не\b",  # all of it but not that
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_CHOICES = 8
_AS_OF = re.compile(r"as (?:of|at)|станом на|по состоянию на", re.IGNORECASE)
_LEADS_TO = frozenset({"of", "to", "for", "from", "with", "and", "by", "та", "і", "й", "и"})
_HAPPENED = frozenset({"casualties", "strike", "fighting", "advance", "movement"})


class SentenceFacts(Struct):
    """What was read of a sentence, before it is parted into drafts."""

    start: int
    end: int
    setting: Setting
    speaker: Speaker | None
    places: list[PlaceInSentence]
    spoken: DayInText | None
    happened: DayInText | None

    @property
    def is_judged(self) -> bool:
        """Whether somebody says it who follows the war and judges it."""
        if self.speaker is not None and (self.speaker.is_judge or self.speaker.passes_on):
            return self.speaker.is_judge
        author = self.setting.author
        is_own = self.speaker is None or (author is not None and self.speaker.name in author.name)
        return author is not None and author.is_judge and is_own


class RecordedSpeakers:
    """Finds the speakers on record whom words may name; looks each name of a text up once."""

    def __init__(self, known: KnownNames) -> None:
        self._by_opening: dict[str, list[ActorWithNames]] = {}
        for speaker in known.actors:
            for opening in speaker.openings:
                self._by_opening.setdefault(opening, []).append(speaker)
        self._by_ref = {speaker.actor.ref: speaker for speaker in known.actors}
        self._refs: dict[str, list[str]] = {}

    def find(self, words: str) -> list[str]:
        """Return their references."""
        words = read_handle(words)
        if words not in self._refs:
            near = {
                speaker.actor.ref: speaker
                for opening in sorted(read_openings(words))
                for speaker in self._by_opening.get(opening, ())
            }
            folded = fold(words)
            self._refs[words] = [ref for ref, it in near.items() if _is_actor(words, it)] or [
                ref for ref, it in near.items() if _is_titled(folded, it)
            ]
        return self._refs[words]

    def find_kinds(self, words: str) -> set[str]:
        """Return of which kinds the speakers on record are whom words name, and name alone.

        "Subscribe to N" names N and says more; the surname of a person will do.
        """
        words = read_handle(words)
        key = name_key(words)
        is_name = all(word[0].isupper() for word in words.split())
        return {
            speaker.actor.kind
            for speaker in map(self._by_ref.__getitem__, self.find(words))
            if (speaker.actor.kind == "person" and is_name) or key in map(name_key, speaker.names)
        }


class DraftBuilder:
    """Puts what was read of a sentence into the fields of one draft."""

    def __init__(
        self, text: str, sentence: SentenceFacts, known: KnownNames, actors: RecordedSpeakers
    ) -> None:
        self.text = text
        self.sentence = sentence
        self.known = known
        self.actors = actors
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
        by, by_refs = self._read_by()
        kind = self._read_kind(places, control, ring)
        day, basis, happened = self._read_as_of(kind) or self._read_days(kind)
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
            by_ref=by_refs[0] if len(by_refs) == 1 else None,
            by_choices=tuple(by_refs[:_CHOICES]) if len(by_refs) > 1 else (),
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
            choices = "; ".join(map(_describe, named.choices[:_CHOICES]))
            self.problems.append(f"“{words}” may be: {choices}.")
        elif named.place is None:
            self.problems.append(f"“{words}” is not a place known here.")
        name = named.place.name if named.place else words
        ref = named.place.ref if named.place else None
        spot = named.start, named.end
        may_be = () if named.place else tuple(choice.ref for choice in named.choices[:_CHOICES])
        return ExtractedPlace(name, ref, place.role, place.precision, spot, may_be)

    def _read_by(self) -> tuple[str | None, list[str]]:
        speaker, author = self.sentence.speaker, self.sentence.setting.author
        name, spot = (
            (speaker.name, speaker.spot)
            if speaker
            else (author.name, author.spot)
            if author
            else (None, None)
        )
        if name is None or spot is None:
            self._ask_who_says_it()
            return None, []
        self.why["by"] = spot
        refs = self.actors.find(name)
        if len(refs) > 1:
            self.problems.append(f"“{name}” may be: {'; '.join(refs)}.")
        return name, refs

    def _ask_who_says_it(self) -> None:
        """Note the name at the head of the words whom nobody knows, if one stands there."""
        if (spot := self.sentence.setting.stranger) is not None:
            self.why["by"] = spot
            self.problems.append(
                f"Who says it? It is not sure that “{self.text[slice(*spot)]}” does."
            )

    def _read_kind(
        self,
        places: Sequence[PlaceInSentence],
        control: ControlInText | None,
        ring: EncirclementInText | None,
    ) -> Kind:
        speaker, author = self.sentence.speaker, self.sentence.setting.author
        if speaker is not None:
            own = author is not None and author.is_judge and speaker.name in author.name
            own = own and not speaker.passes_on
            judged = speaker.is_judge and (control is not None or ring is not None)
            return Kind.ASSESSMENT if judged or own else Kind.CLAIM
        if author is not None:
            judged = author.is_judge and self._read_attribution() is not Attribution.HEARSAY
            return Kind.ASSESSMENT if judged else Kind.CLAIM
        if self._names_nobody_known():
            return Kind.CLAIM
        rules = self.sentence.setting.rules
        types = {hit.means for hit in rules.find(Topic.HAPPENING, self.words)}
        planned = rules.has(Topic.THREAT, self.words, "planned")
        planned = planned or rules.has(Topic.GUESS, self.words)
        happened = (types & _HAPPENED or self._name_own_types()) and not planned
        if control is None and places and happened and not self._is_negated():
            return Kind.EVENT
        return Kind.CLAIM

    def _read_as_of(self, kind: Kind) -> tuple[str, Basis, None] | None:
        """Return the day of which a judgement says itself that it is: "as of 4 May"."""
        day = self.sentence.happened
        if day is None or kind is not Kind.ASSESSMENT or not day.edtf.startswith("../"):
            return None
        if _AS_OF.match(self.text, *day.spot) is None:
            return None
        self.why["day"] = day.spot
        return day.edtf.removeprefix("../"), Basis.AS_OF, None

    def _read_days(self, kind: Kind) -> tuple[str | None, Basis | None, DayInText | None]:
        sentence, setting = self.sentence, self.sentence.setting
        spoken, happened = sentence.spoken, sentence.happened
        if happened is not None:
            self.why["happened"] = happened.spot
        if kind is Kind.EVENT and happened is not None:
            self.why["day"] = happened.spot
            return happened.edtf, happened.basis, None
        shown = happened is not None and happened.edtf.startswith("../")
        if spoken is not None and not (shown and kind is Kind.ASSESSMENT):
            self.why["day"] = spoken.spot
            return spoken.edtf, spoken.basis, happened
        if setting.unread_day is not None:
            self.why["day"] = setting.unread_day
            self.problems.append(
                f"“{self.text[slice(*setting.unread_day)]}” was not read as one day."
            )
            return None, None, happened
        today = setting.today.isoformat()
        if sentence.speaker is not None and kind is not Kind.ASSESSMENT:
            if setting.today_spot and setting.author is None:
                self.why["day"] = setting.today_spot
            return f"../{today}", Basis.PUBLICATION, happened
        is_published = setting.author is not None and not setting.author.is_quoted
        if not is_published and kind is not Kind.ASSESSMENT:
            return f"../{today}", Basis.PUBLICATION, happened
        if setting.today_spot is not None:
            self.why["day"] = setting.today_spot
        if kind is Kind.ASSESSMENT:
            return today, Basis.AS_OF, happened
        basis = Basis.EXPLICIT if setting.today_spot else Basis.PUBLICATION
        return today, basis, happened

    def _read_attribution(self) -> Attribution:
        speaker, author = self.sentence.speaker, self.sentence.setting.author
        rules = self.sentence.setting.rules
        origin = rules.first(Topic.ORIGIN, self.words)
        if speaker is not None:
            shown = speaker.verb.means == "shown" and origin and origin.means == "footage"
            return Attribution.FOOTAGE if shown else speaker.attribution
        if rules.has(Topic.DEBUNKING, self.words):  # who debunks a rumour does not spread it
            return Attribution.NAMED if author else Attribution.NARRATOR
        if origin is not None and origin.means == "hearsay":
            return Attribution.HEARSAY
        if origin is not None and origin.means == "footage" and origin.start < len(self.words) // 3:
            return Attribution.FOOTAGE
        named = author is not None or self._names_nobody_known()
        return Attribution.NAMED if named else Attribution.NARRATOR

    def _names_nobody_known(self) -> bool:
        """Tell whether a stranger is named above, or "according to him" and nobody before."""
        if self.sentence.speaker is None and self.sentence.setting.stranger is not None:
            return True
        hits = self.sentence.setting.rules.find(Topic.SOURCE, self.words)
        return self.sentence.speaker is None and any(hit.means == "same" for hit in hits)

    def _read_quote(self) -> str | None:
        for quote in find_quotes(self.text, self.sentence.start, self.sentence.end):
            words = quote.text.split()
            is_name = is_title(quote.text) and self._is_named_so(quote.start - 1)
            if len(words) > 1 and any(word[0].islower() for word in words) and not is_name:
                self.why["quote"] = quote.start, quote.end
                return quote.text
        return None

    def _is_named_so(self, mark: int) -> bool:
        """Tell whether what is quoted is called so: right behind a noun, with no verb of saying."""
        verb = self.sentence.setting.rules.before(Topic.SAYING, self.text, mark)
        return verb is None and self.text[mark - 2 : mark - 1].isalpha()

    def _is_negated(self) -> bool:
        rules = self.sentence.setting.rules
        verbs = {hit.means for hit in rules.find(Topic.SAYING, self.words)}
        return (
            "denied" in verbs
            or rules.has(Topic.DEBUNKING, self.words)
            or any(
                not _LACKS.match(self.words, hit.start)
                for hit in rules.find(Topic.NEGATION, self.words)
            )
        )

    def _read_type(
        self, control: ControlInText | None, ring: EncirclementInText | None, kind: Kind
    ) -> str | None:
        if control is not None:
            return "control"
        if ring is not None:
            return "encirclement"
        hits = self.sentence.setting.rules.find(Topic.HAPPENING, self.words)
        if kind is Kind.EVENT:  # who was hurt does not tell by what
            what = (hit.means for hit in hits if hit.means != "casualties")
            return self._read_event_type(next(what, None))
        hit = hits[0] if hits else None
        if hit is not None and hit.means == "movement":
            return "operation" if self.sentence.setting.rules.has(Topic.SIDE, self.words) else None
        return _CLAIM_TYPES.get(hit.means) if hit else None

    def _read_event_type(self, usual: str | None) -> str | None:
        """Return the kind of event whose own name stands there, or else that of the usual words."""
        called = self._name_own_types()
        if len(called) == 1:
            return called[0]
        return usual if usual in {kind.key for kind in self.known.event_types} else None

    def _name_own_types(self) -> list[str]:
        """Return the kinds of event of the desk's own whose name stands in the sentence."""
        words = " ".join(["", *_WORD.findall(fold(self.words)), ""])
        return [
            kind.key
            for kind in self.known.event_types
            if kind.key not in _USUAL_TYPES
            and any(f" {fold(label)} " in words for label in (kind.label, *kind.labels.values()))
        ]


_USUAL_TYPES = frozenset(
    [
        "fighting",
        "advance",
        "strike",
        "operation",
        "visit",
        "footage",
        "logistics",
        "movement",
        "other",
    ]
)
"""The kinds of event for which there are rules of wording; any other is known by its name alone."""
_CLAIM_TYPES = {
    "casualties": "losses",
    "logistics": "supply",
    **dict.fromkeys(("fighting", "strike", "advance"), "operation"),
}


def _describe(place: object) -> str:
    name, ref = getattr(place, "name", ""), getattr(place, "ref", "")
    where = ", ".join(filter(None, (getattr(place, "raion", ""), getattr(place, "oblast", ""))))
    return f"{name} ({ref}, {where})"


_NAME_AND_TITLE = 2  # blanks between two words of a name and one more


def _is_titled(folded: str, speaker: ActorWithNames) -> bool:
    """Tell whether words, folded, are a person's name, as on record, and what that person is.

    "Volunteer and journalist Vitalii Deineha", "Artem Fysun of a drone unit"; not "aide to X".
    """
    if speaker.actor.kind != "person" or folded.count(" ") < _NAME_AND_TITLE:
        return False
    for name in map(fold, speaker.names):
        before = folded.removesuffix(name).split() if folded.endswith(f" {name}") else []
        if " " in name and (
            folded.startswith(f"{name} of ") or (before and before[-1] not in _LEADS_TO)
        ):
            return True
    return False


def _is_actor(words: str, speaker: ActorWithNames) -> bool:
    """Tell whether words name a speaker on record; one without a name only to the letter."""
    kind, names = speaker.actor.kind, speaker.names
    if kind not in {"person", "organisation"}:
        return words.casefold() in {name.casefold() for name in names}
    person = kind == "person"
    return any(name_likeness(words, name, person=person) >= Likeness.SURNAME for name in names)
