"""What is asked about of a place: "the encirclement of Pokrovsk" is a question about Pokrovsk.

No command is asked for a matter, so the noun goes, and the preposition before it stays.
"""

import re

_OF_WHOM = r"(?:(?:russian|ukrainian|alleged|reported|claimed|supposed|possible|full|partial) )*"
_ENGLISH = (
    rf"(?:the |an? |any )?{_OF_WHOM}(?:encirclement|siege|capture|seizure|fall|loss|liberation"
    r"|occupation|defen[cs]e|battles?|fighting|losses|casualties|clashes|offensive|explosions?"
    r"|blasts?|air ?raids?|(?:(?:drone|missile|rocket|air) )?(?:strikes?|assaults?|attacks?)"
    r"|airstrikes?|bombing|bombardment|shelling|advances?) "
)
_OF_WHAT = "(?:of|in|at|on|for|near|around|to|towards) "
_UKRAINIAN = (
    r"(?:оточен|захоплен|звільнен|падін|просуван)н[яію]м? |взятт[яію]м? |окупаці[яюїєй] "
    r"|(?:втрат|оборон|битв)[аиуі] |бої |боїв |боях |штурми?у? |наступ[ау]? |удари? "
    r"|обстріли? |вибухи? "
)
_RUSSIAN = (
    r"(?:окружени|освобождени|взяти|падени|наступлени|продвижени)[еяюи]м? |захват(?:ом|[ау])? "
    r"|(?:оккупаци|потер)[яюией] |(?:оборон|битв)[аыуе] |бои |бо[её]в |боях |штурм[аеы]? "
    r"|удары? |обстрелы? |взрывы? "
)
_AHEAD = (
    r"(?:casualties|losses|(?:(?:drone|missile|air) )?strikes|explosions?|fighting|shelling"
    r"|air ?raids?|clashes|encirclement) "
)
"""What goes on at a place, before its bare name: "explosions Kyiv"."""
_MATTER = re.compile(
    rf"^{_AHEAD}(?:{_OF_WHAT})?|(?<!\w)(?:{_ENGLISH}{_OF_WHAT}|{_UKRAINIAN}|{_RUSSIAN})(?=\w)",
    re.IGNORECASE,
)


_BEHIND = re.compile(
    r"(?<=\w)(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bon)(?<!\bof)(?<!\bany)(?<!\babout)"
    r"(?<!\bdeny)(?<!\bdenies)(?<!\bdenied)(?<!\bconfirms)(?<!\bconfirmed)(?<!\bwho claims)"
    r"(?<!\bwho claimed)(?<!\bdoubts)(?<!\bdisputes)(?<!\breports)(?<!\breported)"
    r" (?:encirclement|siege|capture|seizure|liberation|occupation|shelling|explosions?|fighting"
    r"|casualties|losses|вибухи|взрывы"
    r"|бої|обстріли?|бои|обстрелы?|штурм)(?=[\s?!.]*$)",
    re.IGNORECASE,
)
"""Behind a name: "Kupiansk encirclement"."""
_MATTER_ALONE = rf"(?i)(?:(?:про|о|об|щодо) )?(?:{_ENGLISH}|{_UKRAINIAN}|{_RUSSIAN})"


def is_matter(words: str) -> bool:
    """Tell whether words name only what is asked about of a place, and no place."""
    return re.fullmatch(_MATTER_ALONE, f"{words} ") is not None


def drop_matters(line: str) -> str:
    """Return a line without what it asks about of a place: "Putin on the fall of Lyman"."""
    return _BEHIND.sub("", _MATTER.sub("", line))
