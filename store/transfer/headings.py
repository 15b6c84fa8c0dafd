"""What people head their columns with, in English, Ukrainian and Russian, and our field for it."""

import re
from collections.abc import Mapping

from store.model.text import fold
from store.transfer.days.day_order import DAY_FIRST, MONTH_FIRST
from store.transfer.formats.hxl_tags import field_of_tag

_CLOSE = 75  # of 100, as rapidfuzz scores

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "day": (
        *("day", "date", "when", "event date", "incident date", "date of event", "start date"),
        *("date and time", "date/time", "datetime", "date of incident"),
        *("дата", "день", "коли", "дата події", "когда", "дата события", "дата инцидента"),
        *("дата і час", "дата та час", "дата час", "дата и время", "дата время"),
    ),
    "place": (
        *("place", "location", "where", "town", "settlement", "city", "village", "locality"),
        *("place name", "location name", "town or village", "nearest town", "nearest settlement"),
        *("місце", "місце події", "де", "населений пункт", "місто", "село", "локація", "нп"),
        *("место", "место события", "где", "населённый пункт", "нас пункт", "город", "локация"),
    ),
    "source": (
        *("source", "sources", "reported by", "outlet", "according to", "media", "channel"),
        *(
            "хто повідомив",
            "кто сообщил",
            "канал",
            "джерело",
            "джерела",
            "змі",
            "источник",
            "источники",
            "сми",
        ),
    ),
    "who": (
        *("who", "speaker", "said by", "claimed by", "who said", "хто", "хто сказав", "речник"),
        *("повідомив", "заявив", "кто", "кто сказал", "сообщил", "заявил", "спикер"),
    ),
    "text": (
        *("text", "what", "description", "event", "details", "summary", "notes", "headline"),
        *("incident", "what happened", "report", "message", "title", "claim", "statement"),
        *("заява", "твердження", "заявление", "утверждение"),
        *("що", "що сталося", "опис", "текст", "подія", "зміст", "повідомлення", "деталі"),
        *("что", "что произошло", "описание", "событие", "содержание", "сообщение", "детали"),
    ),
    "url": (
        *("url", "link", "links", "source link", "source url", "web", "address", "web page"),
        *("link to source", "link to post", "post", "tweet", "посилання на джерело"),
        *("посилання", "лінк", "адреса", "ссылка", "ссылки", "линк", "ссылка на источник"),
    ),
    "latitude": ("latitude", "lat", "y", "широта"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "довгота", "долгота"),
    "point": (
        "coordinates",
        "coords",
        "geolocation",
        "координати",
        "координаты",
        "lat lon",
        "mgrs",
    ),
    "type": ("type", "event type", "category", "тип", "категорія", "вид", "категория"),
    "key": ("key", "id", "event id", "no", "number", "номер", "№", "ід", "ключ"),
    "by": ("by", "assessor", "assessed by", "автор", "оцінює"),
    "oblast": ("oblast", "region", "admin1", "province", "область"),
    "raion": ("raion", "district", "admin2", "район"),
    "quote": ("quote", "quotation", "цитата"),
    "control": (*("control", "control status", "контроль", "статус контролю", "статус контроля"),),
    "published": (
        "published",
        "publication date",
        "date published",
        "published date",
        "опубліковано",
        "опубликовано",
    ),
}
"""By field; a field `source` that says who is asked after below."""

_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_ASKING = frozenset(
    ["where", "when", "what", "who", "де", "коли", "що", "хто", "где", "когда", "кто"]
)
_OF_WHO_FILLS = frozenset(["you", "your", "ви", "ваш", "ваша", "ваше", "вы"])
_SAYS_MONTH_FIRST = re.compile(r"\bmm?[./ -]dd?[./ -]yy", re.IGNORECASE)
_SAYS_DAY_FIRST = re.compile(
    r"\b(?:dd?[./ -]mm?[./ -]yy|дд?[./ -]мм?[./ -](?:рр|гг))", re.IGNORECASE
)
_FIELD_OF = {fold(word): field for field, words in HEADINGS.items() for word in words}


_OURS = {
    "url": "source_url",
    "who": "by",
    "point": "place_point",
    "oblast": "place_oblast",
    "raion": "place_raion",
}
"""What a field is called in our own tables, where it is called otherwise."""


def field_of(heading: str) -> str | None:
    """Return the field that a heading plainly names; None where none does.

    Of a dotted one, such as Location.lat, the last part tells a coordinate.
    """
    tagged = field_of_tag(heading)
    if tagged is not None:
        return tagged or None
    plain = _ASIDE.sub("", heading).strip(" :.*#?!")
    inner = _FIELD_OF.get(fold(plain.rpartition(".")[2]))
    if inner in {"latitude", "longitude"}:
        return inner
    if field := _FIELD_OF.get(fold(plain)) or _FIELD_OF.get(fold(plain.replace(".", ""))):
        return field
    return _field_of_question(heading)


def _field_of_question(heading: str) -> str | None:
    """Return what a question asks for, as forms have them: "Where did it happen?".

    A later word that names a field counts for more: "What is the source?". Where somebody saw
    it, or what they think, is none of ours.
    """
    first, *others = fold(heading).strip(" :.*#?!").split() or [""]
    if not heading.strip(" *").endswith("?") or first not in _ASKING or {*others} & _OF_WHO_FILLS:
        return None
    named = [field for word in others if (field := _FIELD_OF.get(word))]
    return named[-1] if named else _FIELD_OF[first]


def find_order(heading: str) -> str | None:
    """Return in which order a heading says that its days are: "Date (mm/dd/yyyy)"; else None."""
    if _SAYS_MONTH_FIRST.search(heading):
        return MONTH_FIRST
    return DAY_FIRST if _SAYS_DAY_FIRST.search(heading) else None


def nearest_fields(heading: str, fields: tuple[str, ...]) -> list[str]:
    """Return the fields that a heading may mean: the one people head so, or those spelt alike."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 -- only an unknown heading pays for it
    from rapidfuzz.process import extract  # noqa: PLC0415

    plain = field_of(heading)
    if plain is not None:
        return [_OURS.get(plain, plain)]
    known = dict.fromkeys((*fields, *_FIELD_OF))
    close = extract(fold(heading), list(known), scorer=ratio, score_cutoff=_CLOSE, limit=3)
    return list(dict.fromkeys(_FIELD_OF.get(word, word) for word, _, _ in close))
