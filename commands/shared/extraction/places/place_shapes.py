"""Which words are formed like the name of a village: they need no preposition to be one.

A name is looked up in the gazetteer all the same, and only in a text that speaks of this area. What
is formed like a surname too ("Ковальова", "Петровського") is left to the words before it.
"""

import re

CAPITAL_WORD = r"[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]+"
"""A word with a capital at its beginning, in any of these alphabets, as a regular expression."""
_LATIN = (
    r"[\w’'-]+(?:[iy]vka|[oe]vka|skoye|tskoye|pillia|pil[ly]ya|pol[iy]?e|hrad|[sc]k[ey]?|tske"
    r"|[oei]ve|[ie]vo|ovo|[iy]ne|[iy]no|[chlrt]ne|[chlrt]noye)"
)
_ADJECTIVE = re.compile(r"[\w’'ʼ-]+(?:(?:сь|ць|с|ц)к|н)(?:е|ое)", re.IGNORECASE)
_CYRILLIC = (
    r"[\w’'ʼ-]+(?:"
    r"[іїоеє]в(?:ка|ки|ку|кою|кой|ці|ке)"
    r"|пілл(?:я|ю|ям|і)|пол(?:ье|ья|ью|ьем|е|я|ю|ем|і)"
    r"|(?:сь|ць|с|ц)к(?:е|ое)|(?:сь|ць|с|ц)к(?:у|ом)?"
    r"|(?:ов|ев|єв)(?:е|о|ое)|[ії]не|ино|[чшжлрнтв](?:не|ное)"
    r"|\w-в?узлов(?:ий|ого|ому|ой|ым|им|ом)"
    r"|град(?:а|у|ом|і|е)?"
    r")"
)
_LIKE_A_VILLAGE = re.compile(rf"(?:{_LATIN}|{_CYRILLIC})", re.IGNORECASE)
_OBLIQUE = re.compile(r"[\w’'ʼ-]+(?:ого|ому|им|ым|ом)", re.IGNORECASE)
_OF_A_PLACE = re.compile(r"(?:(?<!\w)(?:по|над|через|по селу|по городу)\s+)$", re.IGNORECASE)
_LED_TO = re.compile(
    r"(?<!\w)(?i:зазнал[аио]|обстріля(?:в|ла|ли|но)|обстреля(?:л|ла|ли)|атакува(?:в|ла|ли)"
    r"|атакова(?:л|ла|ли)|struck|shelled|bombed|attack(?:s|ed|ing)?|show(?:s|ed)|mark(?:s|ed)|list(?:s|ed)"
    r"|(?:отошли|отступили|вышли|ушли|відійшли|відступили|вийшли) (?:из|з|із|зі|с)"
    r"|(?:withdrew|retreated|pulled back|pulled out) (?:from|of)"
    r"|бо(?:ї|їв|ях|и|ев|й) за|битв[аиуы] за|(?:fight(?:s|ing)?|battles?|fought) for"
    r"|удержани[еяию]|утриманн[яюі]|взяти[еяию]|захват(?:а|е|у|ом)?|освобождени[еяию]|потер[яеюи]|сдач[аеиу]|падени[еяию]"
    r"|взятт[яюі]|захопленн[яюі]|звільненн[яюі]|втрат[аиу]|здач[аиу]|падінн[яюі]"
    r"|(?:capture|fall|loss|seizure|liberation) of)[»”\"]?\s+$"
)
"""Before a name, verbs and nouns behind which a place stands: "they withdrew from X"."""


def is_like_a_village(text: str, start: int, end: int, *, may_be_adjective: bool = True) -> bool:
    """Tell whether the words between two characters can hardly be anything but a village's name.

    "Краматорське" is a village's, if one is called so, else an adjective. In another case they are
    so only behind a preposition that people seldom stand behind: a strike is "по Вольному", but
    "от Петровского" may be from a person.
    """
    words = text[start:end].split()
    if not words or (not may_be_adjective and _ADJECTIVE.fullmatch(words[-1])):
        return False
    if _LIKE_A_VILLAGE.fullmatch(words[-1]) or _LED_TO.search(text[max(0, start - 40) : start]):
        return True
    before = _OF_A_PLACE.search(text[max(0, start - 20) : start])
    return before is not None and _OBLIQUE.fullmatch(words[-1]) is not None
