"""In which script a country writes the names of its places, where that is not Latin."""

from collections.abc import Iterable

from store.places.build.geonames import script_of
from store.places.name_key import name_key

_COUNTRIES = {
    "ARABIC": "AE AF BH DJ DZ EG EH IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SY TD TN YE",
    "CYRILLIC": "BG BY KG KZ MK MN RS RU TJ UA",
    "GREEK": "CY GR",
    "HEBREW": "IL",
    "GEORGIAN": "GE",
    "ARMENIAN": "AM",
    "ETHIOPIC": "ER ET",
    "DEVANAGARI": "IN NP",
    "BENGALI": "BD",
    "MYANMAR": "MM",
    "THAI": "TH",
    "LAO": "LA",
    "KHMER": "KH",
    "SINHALA": "LK",
    "CJK": "CN HK JP MO TW",
    "HANGUL": "KP KR",
}
_SCRIPTS = {code: script for script, codes in _COUNTRIES.items() for code in codes.split()}
_PERSIAN_AND_URDU = frozenset("پچژگکیےہھٹڈڑ")
_NOT_ARABIC = frozenset({"AF", "IR", "PK"})  # countries that write Persian or Urdu


def find_local_name(country: str, name: str, others: Iterable[str]) -> str:
    """Return the first of a place's other names in its country's script, "" if none is.

    One that has the key of the main name goes before the others. Of an Arabic name Persian and Urdu
    spellings are no local ones, unless the country writes so.
    """
    script = _SCRIPTS.get(country, "")
    local = [other for other in others if script and script_of(other) == script]
    if script == "ARABIC" and country not in _NOT_ARABIC:
        local = [other for other in local if not _PERSIAN_AND_URDU & set(other)]
    alike = (other for other in local if name_key(other) == name_key(name))
    return next(alike, local[0] if local else "")
