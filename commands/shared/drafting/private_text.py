"""Signs that a text was never published: what to look at before it goes on a public record."""

import re
from collections.abc import Iterator, Sequence

from commands.kit.inlines import T
from commands.kit.params.basic import echo

_MAIL = re.compile(r"(?<=[\w.+-])@[\w-]+\.\w{2,}")  # from the @ on: a long word is read once
_PHONE = re.compile(r"(?<![\w.,-])\+\d[\d ()-]{8,16}\d(?!\w)")
_CHAT = re.compile(
    r"^\W{0,2}(?:\d{1,2}[./]\d{1,2}[./]\d{2,4},? )?\d{1,2}:\d{2}\W.{2,40}:", re.MULTILINE
)
_TURNS = 2

_SIGNS = {
    "mail": T("There is an e-mail address in it."),
    "phone": T("There is a telephone number in it."),
    "chat": T("It looks like a chat that somebody copied."),
}


def find_private_signs(text: str, by: str, names: Sequence[str]) -> Iterator[str]:
    """Yield signs that a text is private; `names` are people of the desk whom it names."""
    if by:
        yield f"by:{by}"
    yield from (f"name:{name}" for name in names if name != by)
    if _MAIL.search(text):
        yield "mail"
    if _PHONE.search(text):
        yield "phone"
    if len(_CHAT.findall(text)) >= _TURNS:
        yield "chat"


def describe_sign(sign: str) -> T:
    """Say what a sign is, in one sentence."""
    what, _, name = sign.partition(":")
    if what == "by":
        return T("{name} wrote it in a chat, perhaps for those who are there.", name=echo(name))
    if what == "name":
        return T("It names {name}, who is of this desk.", name=echo(name))
    return _SIGNS[sign]
