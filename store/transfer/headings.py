"""What people head their columns with, in English, Ukrainian and Russian, and our field for it."""

from collections.abc import Mapping

from store.model.text import fold
from store.transfer.formats.hxl_tags import field_of_tag

_CLOSE = 75  # of 100, as rapidfuzz scores

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "day": (
        *("day", "date", "when", "event date", "incident date", "date of event", "start date"),
        *("дата", "день", "коли", "дата події", "когда", "дата события", "дата инцидента"),
    ),
    "place": (
        *("place", "location", "where", "town", "settlement", "city", "village", "locality"),
        *("place name", "location name", "town or village"),
        *("місце", "місце події", "де", "населений пункт", "місто", "село", "локація", "нп"),
        *("место", "место события", "где", "населённый пункт", "город", "локация"),
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
        *("посилання", "лінк", "адреса", "ссылка", "ссылки", "линк"),
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
    plain = heading.strip(" :.*#?!")
    inner = _FIELD_OF.get(fold(plain.rpartition(".")[2]))
    return inner if inner in {"latitude", "longitude"} else _FIELD_OF.get(fold(plain))


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
