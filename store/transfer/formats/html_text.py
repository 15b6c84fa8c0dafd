"""HTML that stands where a text belongs → the words that a reader of the page would see."""

import re
from html import unescape

_UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_APART = (
    "br|p|div|li|ul|ol|tr|td|th|table|tbody|thead|h[1-6]|hr|blockquote|section|article|pre|dl|dt|dd"
)
_WITHIN = (
    "a|abbr|b|big|center|cite|code|del|em|figure|font|i|img|ins|q|s|small|span|strong|sub|sup|u"
)
_TAG = re.compile(rf"</?(?:({_APART})|{_WITHIN})(?:\s[^<>]*|/)?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


def read_html(text: str) -> str:
    """Return a text without its tags and with its entities read; one without any stays as it is."""
    if "<" not in text and "&" not in text:
        return text
    plain = _TAG.sub(lambda tag: " " if tag[1] else "", _UNSEEN.sub(" ", text))
    if _ENTITY.search(plain):
        plain = unescape(plain)
    return text if plain == text else " ".join(plain.split())
