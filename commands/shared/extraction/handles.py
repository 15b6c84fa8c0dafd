"""Names of accounts, as posts are signed with them: "@GeneralStaffUA" → "General Staff"."""

import re

_HANDLE = re.compile(r"@([A-Za-z]\w{2,31})", re.ASCII)
_JOINED = re.compile(r"((?:[A-Z][a-z]+)+[A-Z]\w*)", re.ASCII)
"""How an account is written without its sign: "DeepStateUA"; so is a name, "DeepState"."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TAILS = {"ua", "uk", "ru", "en", "eng", "zsu", "afu", "official", "live", "news", "online", "tg"}
"""Words at the end of an account's name that only tell of a language, a country or the account."""


def is_handle(words: str) -> bool:
    """Tell whether words are the name of an account."""
    return _HANDLE.fullmatch(words) is not None


def read_handle(words: str) -> str:
    """Return the name that an account's name holds; other words as they are."""
    handle = _HANDLE.fullmatch(words) or _JOINED.fullmatch(words)
    if handle is None:
        return words
    parts = _WORD.findall(handle[1])
    if handle.re is _JOINED and parts[-1].casefold() not in _TAILS:
        return words
    while len(parts) > 1 and parts[-1].casefold() in _TAILS:
        parts.pop()
    name = " ".join(parts)
    return name[:1].upper() + name[1:]
