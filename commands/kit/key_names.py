"""Other words that people write for a key: `speaker:Putin`, `from:29.10`, `до:7.11`."""

from commands.kit.command import Command

_BY = ("by",)
_FIRST, _LAST, _ON = ("since", "from"), ("until", "to"), ("day", "at")
_PLACE = ("place",)
_OFF, _REMOVE = ("off",), ("remove",)
_KEYS = {
    **dict.fromkeys(("speaker", "who", "author", "says", "хто", "автор", "кто"), _BY),
    **dict.fromkeys(("from", "since", "start", "з", "із", "від", "с", "от"), _FIRST),
    **dict.fromkeys(("to", "until", "till", "end", "до", "по"), _LAST),
    **dict.fromkeys(
        ("date", "on", "day", "at", "when", "день", "дата", "на", "коли", "когда"), _ON
    ),
    **dict.fromkeys(("about", "near", "про", "щодо", "біля"), _PLACE),
    **dict.fromkeys(("where", "town", "city", "location", "де", "місце", "где", "место"), _PLACE),
    **dict.fromkeys(("lang", "мова", "язык"), ("language",)),
    **dict.fromkeys(("lift", "unfreeze", "thaw", "unlock", "зняти", "снять"), _OFF),
    **dict.fromkeys(("вимк", "вимкнути", "розморозити", "выкл", "выключить", "разморозить"), _OFF),
    **dict.fromkeys(("delete", "прибрати", "видалити", "убрать", "удалить"), _REMOVE),
}


def takes_entry_text(command: Command) -> bool:
    """Tell whether a command takes a text of several lines or the fields of an entry."""
    return any(param.type.lines or param.type.shape == "FIELDS" for param in command.params)


def own_key(command: Command, key: str) -> str:
    """Return the key of a command that a word means; the word itself where it has none such.

    Where a command takes a text of several lines or the fields of an entry, "from:" is sooner a
    word of these: there only its own keys count.
    """
    if command.param(key) or takes_entry_text(command):
        return key
    return next((name for name in _KEYS.get(key, ()) if command.param(name)), key)
