"""What the words of a claim say of control and encirclement, where they say it plainly.

It reads English, Ukrainian and Russian. A word of doubt, a place that only lies near, or two
readings at once, and it proposes nothing: whoever files then says it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from commands.shared.extraction.states.ringed_troops import find_ringed_side
from commands.shared.extraction.wording.rule_table import Hit
from store.model.entry import Encirclement, Share
from store.model.text import fold
from store.queries.situation import ControlStatus

_SENTENCE = re.compile(r"[^.;!?]+[.;!?]?")
_HELD = re.compile(r"(?P<side>.+)_(?:held|controlled)")
_SIDES: Final = {
    "ukrainian": r"ukrain\w*|kyiv|україн\w*|зсу|украин\w*|всу",
    "russian": r"russia\w*|moscow|росі\w*|рф|окупант\w*|росси\w*|русск\w*",
}
"""How texts name the sides that the seeds have; any other side is named by its own word."""
_STATES: Final = {
    "contested": r"contested|gr[ae]y zone|спірн\w+|сір\w+ зон\w*|спорн\w+|сер\w+ зон\w*",
    "infiltrated": r"infiltrated",
}
_GENERIC = (
    r"(?:the|whole|entire|this) (?:city|town|village|settlement)"
    r"|міст[оау]|містечк\w+|сел[оау]|селищ[еау]|город[ау]?|поселок"
)
_DOUBT = re.compile(
    r"\b(?:not|no|never|nt|\w+nt|den(?:y|ies|ied)|false|untrue|will|would|may|might|could|can"
    r"|if|unless|until|try|tries|tried|trying|attempt\w*|plan\w*|want\w*|hop(?:e|es|ed|ing)|inten\w+"
    r"|aim\w*|seek\w*|fail\w*|soon|about to|nearly|almost|practically|premature\w*|reportedly"
    r"|likely|probably|apparently|presumably|possibly|perhaps|seems?|ймовірно|імовірно|мабуть"
    r"|можливо|вероятно|возможно|видимо"
    r"|не|ні|нема\w*|жодн\w+|мож\w+|якщо|намага\w+|спроб\w*|план\w*|хоч\w+|майже|передчасн\w+"
    r"|нет|если|пыта\w+|попыт\w+|хот\w+|почти"
    r"|formerly|previously|earlier(?! (?:today|this))|before \d+ \w+|раніше|колись|ранее|раньше"
    r"|когда то|до \d+ [а-яіїє]{3,})\b"
)
_PARTS = re.compile(
    r",|\b(?:and|but|while|whereas|а|але|та|і|й|однак|но|и|однако)\b", re.IGNORECASE
)
"""What parts a sentence of two places: a state that stands in one part is said of that alone."""
_TURNS = re.compile(r",|\b(?:but|while|whereas|а|але|однак|но|однако)\b", re.IGNORECASE)
_ON_CONDITION = re.compile(
    r"^(?:once|if|when|had|should|якщо|якби|щойно|коли|щоб|если|когда|чтобы)\b"
)
_NEARLY_ALL = re.compile(r"\b(?:almost|nearly|майже|почти)(?= (?:all|entire|вс|весь))")
_SOME_LEFT_OUT = re.compile(
    r"\b(?:except|excluding|apart from|other than|but|save(?= the| for)|minus|крім|окрім|кроме"
    r"|за винятком|за исключением|але|но)\b"
)
"""Beside "all": "all of it but the station" is not all."""
_TAKE = (
    r"took|taken?|takes|captur\w+|seiz\w+|occup\w+|controls?|controlled|holds?|held|liberat\w+"
    r"|retook|retaken|recaptur\w+|в?зял[иа]|захоп\w+|окупув\w+|контролю\w+|утриму\w+|звільн\w+"
    r"|відбил[иа]|захват\w+|оккупир\w+|контролир\w+|удержив\w+|освобод\w+|занял[иа]|зайнял[иа]"
)
_BETWEEN = (
    r"the|a|all|whole|entire|most|majority|almost|nearly|parts?|some|half|two|three|thirds|quarters"
    r"|more|less|than|of|control|city|town|village|settlement|north\w*|south\w*|east\w*|west\w*"
    r"|central|centre|center|edges?|outskirts|districts?|percent|%|\d+|now|back"
    r"|вс[еюіья]\w*|увесь|усе|усю|більш\w+|больш\w+|частин\w+|часть|майже|почти|міст\w+|сел\w+|город"
    r"|під|контроль|під контроль|північ\w*|півден\w*|південь|схід\w*|західн\w*|захід|центр\w*"
)
_GAP = rf"(?: (?:{_BETWEEN}))* "
_AFTER = (
    r"and|or|but|too|also|still|in|on|at|from|after|since|yesterday|today|earlier|now|already|again|by|as|with|for|during"
    r"|this|last|over|while|which|where|within|complete\w*|fully|entirely|\d+"
    r"|і|та|й|в|у|на|з|із|від|після|вчора|сьогодні|повністю|цілком|до|за|але|и|с|от|после|вчера"
)
_NEARBY = (
    r"near|outside|around|from|unlike|instead of|rather than|as opposed to"
    r"|біля|поблизу|навколо|під|на відміну від|замість|возле|под|в отличие от|вместо"
    r"|(?<!the )(?:north|south|east|west)\w* of"
)
"""Before a place: what is said is not said of it."""
_NOT_THAT_BUT = re.compile(
    r"\b(?:[Nn]ot|[Нн]е) (?:in |в |у |во )?[A-ZА-ЯЁІЇЄҐ][\w’'ʼ-]*+,? (?:but|а|но)\b"
)
"""Before another place: "not Vilne but Stare" denies it of Vilne alone."""
_ENCIRCLED = re.compile(r"\b(?:surround\w+|encircl\w+|оточ\w+|оперативн\w+ котл\w*|окруж\w+)\b")
_CUT_OFF = re.compile(r"\b(?:cut(?:ting)? off|відріза\w+|отреза\w+)\b")
_RINGING = re.compile(f"{_ENCIRCLED.pattern}|{_CUT_OFF.pattern}")
_OF_AN_OBJECT = re.compile(
    rf"(?:{_RINGING.pattern}) (?!by |from )(?:[a-zа-яіїє]+ )?[A-ZА-ЯЁІЇЄҐ][\w’'ʼ-]*[a-zа-яіїє]"
)
"""Another place behind the verb: "took Vilne and surrounded Stare"."""
_THREAT = re.compile(
    r"\b(?:threat\w*|risk\w*|danger\w*|may|might|could|can|will|nearly|almost|about to|soon"
    r"|close to|verge|partial\w*|semi|half|try|tries|tried|trying|attempt\w*|want\w*|plan\w*|aim\w*"
    r"|загро\w+|ризик\w*|небезпе\w+|мож\w+|майже|намага\w+|спроб\w*|напів\w*"
    r"|угро\w+|риск\w*|опасн\w+|почти|пыта\w+|попыт\w+)\b"
)
_DENIAL = re.compile(
    r"\b(?:not|no|never|isnt|arent|wasnt|hasnt|havent|den(?:y|ies|ied)|false|untrue|premature\w*"
    r"|не|ні|нема\w*|передчасн\w+|заперечу\w+|нет|преждеврем\w+|отрица\w+)\b"
)
_SHARES: Final = (
    (
        Share.MOST,
        r"most of|almost all|nearly all|majority of|largely|більш\w+ частин\w+|майже вс\w+",
    ),
    (Share.MOST, r"больш\w+ част\w+|почти вс\w+|two thirds|three quarters|[5-9]\d (?:%|percent)"),
    (Share.MOST, r"(?:more than|over) half of"),
    (Share.PART, r"parts? of|some of|half of|(?:northern|southern|eastern|western|central) \w+"),
    (Share.PART, r"the (?:north|south|east|west|centre|center|edge|outskirts)\w* of|district"),
    (Share.PART, r"(?:[1-4]\d|\d) (?:%|percent)|частин\w+|околиц\w*|район\w*|центр\w*|часть"),
    (Share.ALL, r"the whole|whole of|all of|entire\w*|complete\w*|fully|повніст\w+|все|всю|увесь"),
    (Share.ALL, r"цілком|усе|усю|весь|полностью|целиком"),
)
_TYPES: Final = {
    "losses": r"casualt\w+|killed|wounded|losses|destroyed|втрат\w*|загин\w+|знищ\w+|убит\w+",
    "supply": r"suppl(?:y|ies)|ammunition|rotations?|постачан\w+|логіст\w+|снабжен\w+",
    "command": r"general staff|commander in chief|генштаб\w*|головнокомандувач\w*",
    "morale": r"morale|бойов\w+ дух\w*|мораль\w*",
    "politics": r"negotiat\w+|ceasefire|elections?|перемовин\w*|переговор\w*|вибор\w+",
}
_SHORTEST_STEM, _ENDING = 4, 2


def propose_terms(
    text: str, names: Sequence[str], statuses: Sequence[ControlStatus]
) -> dict[str, str]:
    """Return the fields of a claim that its words settle: control, share, encirclement, type.

    `names` are those of the place that it is about; without any there is neither control nor
    encirclement.
    """
    if "?" in text:
        return {}
    raw = _SENTENCE.findall(_NOT_THAT_BUT.sub("", text))
    sentences = [_plain(sentence) for sentence in raw]
    given = dict(_control(raw, names, statuses)) if names else {}
    rings = {ring for sentence in raw if (ring := _ring(sentence, text, names))}
    if len(rings) == 1 and names:
        given["encirclement"] = rings.pop()
    if kind := _type(given, " ".join(sentences)):
        given["type"] = kind
    return given


def _plain(sentence: str) -> str:
    return " ".join(re.findall(r"\w+|%", fold(sentence)))


def _control(
    sentences: Sequence[str], names: Sequence[str], statuses: Sequence[ControlStatus]
) -> Iterator[tuple[str, str]]:
    """Yield the one status that the sentences give the place, and how much of it that is."""
    place = _name_pattern(names)
    readings = {
        (status, share)
        for sentence in sentences
        for status, share in _read_sentence(sentence, place, statuses)
    }
    if len({status for status, _ in readings}) != 1:
        return
    yield "control", next(iter(readings))[0]
    shares = {share for _, share in readings if share}
    if len(shares) == 1:
        yield "share", shares.pop()


def _read_sentence(
    raw: str, place: str, statuses: Sequence[ControlStatus]
) -> Iterator[tuple[str, Share | None]]:
    sentence = _NEARLY_ALL.sub("most of", _plain(raw))
    parts = [_NEARLY_ALL.sub("most of", _plain(part)) for part in _PARTS.split(raw)]
    own = " ".join(part for part in parts if re.search(place, part))
    if _DOUBT.search(sentence) or re.search(rf"\b(?:{_NEARBY}) {place}", sentence):
        return
    sides = {held["side"]: status.key for status in statuses if (held := _HELD.match(status.key))}
    share = _share(own, place)
    if share is Share.ALL and _SOME_LEFT_OUT.search(sentence):
        share = None
    for side, key in sides.items():
        if re.search(_holding(side, sides, place), sentence):
            yield key, share
    for status in statuses:
        words = _STATES.get(status.key, "" if _HELD.match(status.key) else _own_words(status))
        state = rf"\b(?:{words})\b"
        if words and any(re.search(state, part) and re.search(place, part) for part in parts):
            yield status.key, share


def _holding(side: str, sides: Mapping[str, str], place: str) -> str:
    """Return the pattern of a sentence that has a side take or hold the place."""
    who = rf"\b(?:{_words_of(side)})\b"
    others = "|".join(_words_of(other) for other in sides if other != side) or r"(?!)"
    between = rf"(?: (?!(?:{others})\b)\w+)*? "
    active = rf"{who}{between}(?:{_TAKE})\b{_GAP}{place}(?: ?(?:{_AFTER})\b|$)"
    copula = rf"{place}(?: \w+){{0,5}}? "
    passive = rf"{copula}(?:{_TAKE})(?: \w+)? by (?:the )?{who}"
    state = rf"{copula}(?:(?:is|in|under|now|fully) )+{who} (?:held|controlled|control|hands)"
    state += (
        rf"|{copula}під контролем {who}|{copula}под контролем {who}|{place} fell to (?:the )?{who}"
    )
    return f"{active}|{passive}|{state}"


def _words_of(side: str) -> str:
    return _SIDES.get(side) or rf"{re.escape(fold(side))}\w*"


def _own_words(status: ControlStatus) -> str:
    """Return the words by which texts name a status of this desk; none for "unknown"."""
    if status.key == "unknown":
        return ""
    return "|".join(re.escape(part) for part in re.findall(r"[^()]+", fold(status.label)) if part)


def _name_pattern(names: Sequence[str]) -> str:
    """Return the pattern of the place's names, whatever their ending, or of "the town"."""
    stems = {" ".join(_any_ending(word) for word in fold(name).split()) for name in names}
    return rf"\b(?:{'|'.join(sorted(stems))}|{_GENERIC})\b"


def _any_ending(word: str) -> str:
    """Return the pattern of a word of a name; a Cyrillic one may end in another case."""
    if not re.search("[а-яіїє]", word):
        return re.escape(word)
    return re.escape(word[: max(_SHORTEST_STEM, len(word) - _ENDING)]) + r"\w*"


def _share(sentence: str, place: str) -> Share | None:
    shares = [share for share, words in _SHARES if re.search(rf"\b(?:{words})", sentence)]
    if re.search(rf"(?:північ|південь|схід|захід|север|юг|восток|запад) {place}", sentence):
        shares.append(Share.PART)
    return shares[0] if len(set(shares)) == 1 or Share.MOST in shares[:1] else None


def _is_said_of(raw: str, words: re.Pattern[str], place: str) -> bool:
    """Tell whether words are said of the place: in its part, or behind a list that begins there."""
    parts = map(_plain, _PARTS.split(raw))
    if any(words.search(part) and re.search(place, part) for part in parts):
        return True
    if _OF_AN_OBJECT.search(raw):
        return False
    lists = [_plain(part) for part in _TURNS.split(raw)]
    pairs = [(re.search(place, part), words.search(part)) for part in lists]
    return any(name and ring and name.start() < ring.start() for name, ring in pairs)


def _ring(raw: str, text: str, names: Sequence[str]) -> Encirclement | None:
    """Return what a sentence says of the encirclement of the place, if it names the place."""
    place, sentence = _name_pattern(names), _plain(raw)
    about = re.search(place, sentence) or len(text.split()) == 1
    about = about and not re.search(rf"\b(?:{_NEARBY}) {place}", sentence)
    surrounded, severed = _ENCIRCLED.search(sentence), _CUT_OFF.search(sentence)
    if not (about and (surrounded or severed)) or _ON_CONDITION.search(sentence):
        return None
    if re.search(place, sentence) and not _is_said_of(raw, _RINGING, place):
        return None
    if _are_russians_ringed(raw):
        return None
    denied, threatened = _DENIAL.search(sentence), _THREAT.search(sentence)
    if denied:
        return None if threatened or not surrounded else Encirclement.NONE
    if threatened:
        return Encirclement.THREATENED
    return Encirclement.CLAIMED if surrounded else None


def _are_russians_ringed(raw: str) -> bool:
    """Tell whether Russian troops are surrounded: the town in which they are is not."""
    ring = re.search(_RINGING.pattern, raw, re.IGNORECASE)
    sides = [
        Hit(side, *match.span())
        for side, words in _SIDES.items()
        for match in re.finditer(rf"\b(?:{words})\b", raw, re.IGNORECASE)
    ]
    sides.sort(key=lambda side: side.start)
    ringed = find_ringed_side(raw, ring.span(), sides, 0, len(raw)) if ring else None
    return ringed is not None and ringed.means == "russian"


def _type(given: Mapping[str, str], sentences: str) -> str:
    if "control" in given or "encirclement" in given:
        return "control" if "control" in given else "encirclement"
    types = [kind for kind, words in _TYPES.items() if re.search(rf"\b(?:{words})\b", sentences)]
    return types[0] if len(types) == 1 else ""
