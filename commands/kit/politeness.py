"""What people write around a question that asks nothing: greetings, thanks, emoji."""

import re
from unicodedata import category

_GREETINGS = (
    r"(?:(?:hi|hello|hey|please|pls|plz|so|and|but|ok|okay|well|guys|all|everyone|there|bot"
    r"|yo|sup|dude|bro|mate|man|btw|also|um+|folks|anyone know|lads|honestly|quick question"
    r"|(?:thanks|thank you|thx|дякую|спасибо)(?=[ ,!.:–—-]+\w)"
    r"|@?sitrep|good (?:morning|afternoon|evening|day)"
    r"|привіт|вітаю|всім|хлопці|друзі|слухайте|народ|люди|колеги|зараз"
    r"|скажіть|скажи|підкажіть|підкажи|будь ласка|а|і|ну|то"
    r"|добр(?:ий|ого) (?:день|дня|ранок|ранку|вечір|вечора)"
    r"|привет|здравствуйте|всем|ребята|ребят|слушайте|короче|сейчас|щас|ща"
    r"|друзья|скажите|подскажите|подскажи|пожалуйста|и"
    r"|добр(?:ый|ое|ого) (?:день|дня|утро|утра|вечер|вечера))\b[ ,!.:–—-]*)+"
)
_ASKING = (
    r"(?:(?:can|could|would) you(?: please)?(?= (?:show|give|send|draw|list) )"
    r"|(?:(?:can|could|would) (?:you|anyone|someone|somebody) (?:please )?(?:tell|say)"
    r"|(?:please |pls |plz )?tell|(?:do|does) (?:you|anyone|someone|anybody) know"
    r"|(?:i(?:'d| would) like|i (?:want|need)) to know)"
    r"(?:(?: me| us)(?! about| of)|(?! me| us| about| of))"
    r"|(?:чи )?(?:хтось|хто-небудь|може хтось|ви) (?:не )?зна(?:є|єте),?"
    r"|(?:кто-нибудь|кто-то|вы) (?:не )?зна(?:ет|ете),?|не (?:знаєте|знаете),?) "
)
_CLOSING = (
    r"(?:[ ,?!.]+(?:please|pls|plz|(?:and )?(?:thanks|thank you|thx)|right now|now|rn|atm|currently"
    r"|at the moment|these days|so far|exactly|lately|recently|or (?:nah|not|what)"
    r"|bro|dude|mate|man|lol|tho"
    r"|будь ласка|дякую|зараз|наразі|пожалуйста|спасибо|сейчас))*[\s?!.…)]*"
)
_SPELT = (
    (r"\b(what|who|how|where|when)s\b", r"\1's"),
    (r"\bшо\b", "що"),
    (r"\b(?:чё|чо|че)\b", "что"),
    (r"\b(?:щас|ща)\b", "сейчас"),
)
"""How people shorten the small words of a question."""
_JOINERS = "\ufe0f\u200d"
_SIGNS_OF_NUMBERS = "№°"


def drop_signs(text: str) -> str:
    """Return a text without its emoji and flags, and with single blanks."""
    kept = (
        " " if char in _JOINERS or (_is_sign(char) and char not in _SIGNS_OF_NUMBERS) else char
        for char in text
    )
    return " ".join("".join(kept).split())


def spell_out(line: str) -> str:
    """Return a question with the small words written out that people shorten: whats, шо."""
    for short, whole in _SPELT:
        line = re.sub(short, whole, line, flags=re.IGNORECASE)
    return line


def drop_greetings(line: str) -> str:
    """Return a line without a greeting, and without "can you tell me", before what it asks."""
    bare = re.sub(rf"^{_GREETINGS}", "", line.lstrip(" ,"), flags=re.IGNORECASE)
    return re.sub(rf"^{_ASKING}(?=\S)", "", bare, flags=re.IGNORECASE)


def drop_closing(line: str) -> str:
    """Return a line without thanks, "right now" and closing marks behind what it asks."""
    return re.sub(rf"{_CLOSING}$", "", line, flags=re.IGNORECASE)


def _is_sign(char: str) -> bool:
    return category(char) == "So" or "\U0001f3fb" <= char <= "\U0001f3ff"
