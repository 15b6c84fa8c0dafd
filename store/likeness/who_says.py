"""Who is said to say a sentence, which is not what it says: "Trump said", "ISW:"."""

import re

_CAPITAL = r"[^\W\d_a-zа-яёіїєґ][\w.’'ʼ-]*"
_SAYS = (
    r"(?:said|says?|claim(?:s|ed)|writes?|wrote|report(?:s|ed)|state[sd]|tweet(?:s|ed)"
    r"|заяви(?:в|ла|л|ли)|сказа(?:в|ла|л|ли)|каже|кажуть|пиш(?:е|уть|ет|ут)|написа(?:в|ла|л|ли)"
    r"|повідоми(?:в|ла|ли)|повідомля(?:є|ють)|сообщи(?:л|ла|ли)|сообща(?:ет|ют)"
    r"|говор(?:ит|ять|ят)|утвержда(?:ет|ют)|стверджу(?:є|ють))\b"
)
_DENIES = r"(?=(?:den(?:y|ies|ied)|запереч|отрица|опроверг|спросту))"
_WHO_SAYS = rf"^\W*{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}}(?:\s+(?:{_SAYS}|{_DENIES})|\s?:\s)"


def drop_who_says(text: str) -> str:
    """Return a sentence without who says it in front of it; of a denial the verb stays."""
    return re.sub(_WHO_SAYS, "", text, count=1)
