"""Web addresses in a normal form, so that one page under two spellings is one page.

Nothing is fetched, and what was typed is kept as it is: the normal form is only compared.
"""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING = (
    r"utm_.+|(?:fb|g|d|y|ys|ms|tw)cl(?:id|kid)|[gw]braid|igsh(?:id)?|mc_[ce]id|ref_(?:src|url)|s"
)
_TRACKING_OF = {"x.com": r".+", "t.me": r".+", "youtube.com": r"feature|si|t|pp|ab_channel|app"}
_SAME_HOST = {
    "twitter.com": "x.com",
    "nitter.net": "x.com",
    "telegram.me": "t.me",
    "telegram.dog": "t.me",
    "fb.com": "facebook.com",
    "vkontakte.ru": "vk.com",
}
_PREFIXES = ("www.", "m.", "mobile.", "amp.")
_ARCHIVES = (
    r"web\.archive\.org/web/[0-9a-z_*]+/(?P<page>.+)",
    r"archive\.(?:ph|is|today|md|li|vn|fo)/[0-9]+/(?P<page>https?.+)",
    r"[^/]+\.cdn\.ampproject\.org/[a-z]/(?:s/)?(?P<page>.+)",
    r"(?:www\.)?google\.[a-z.]+/amp/s?/?(?P<page>.+)",
)


def is_address(text: str) -> bool:
    """Tell whether a text is a web address, written whole."""
    return text.startswith(("https://", "http://")) and bool(_split(text))


def normal_address(url: str) -> str:
    """Return the form under which two spellings of one page's address are the same.

    Scheme, case of the host, www. and m., port, fragment, tracking parameters, the order of the
    others and the last slash do not count; t.me/s/ is t.me/, x.com is twitter.com. "" for what is
    no web address.
    """
    parts = _split(url)
    if parts is None:
        return ""
    host, path, query = parts
    if host == "t.me":
        path = re.sub(r"^/s(?=/)", "", path).lower()
    elif host == "x.com":
        path = re.sub(r"(/[^/]+/status/[0-9]+).*", r"\1", path).lower()
    elif host == "youtu.be":
        host, path, query = "youtube.com", "/watch", f"v={path.strip('/')}&{query}"
    path = re.sub(r"/(?:amp|index\.html?)/?$", "/", path)
    kept = [(name, value) for name, value in parse_qsl(query) if not _is_tracking(host, name)]
    return f"{host}{path.rstrip('/')}" + (f"?{urlencode(sorted(kept))}" if kept else "")


def original_address(url: str) -> str:
    """Return the address of the page that an archive's or a mirror's address holds, or ""."""
    bare = re.sub(r"^https?://(?:www\.)?", "", url.strip())
    for pattern in _ARCHIVES:
        match = re.fullmatch(pattern, bare)
        if match is not None and "." in match["page"]:
            page = (
                unquote(match["page"]).replace("-", ".") if "ampproject" in bare else match["page"]
            )
            return page if page.startswith("http") else f"https://{page}"
    return ""


def page_of(url: str) -> str:
    """Return the normal address of the page that is read at an address, be it a copy; "" if none.

    Two sources with the same page are one source, however many archives and mirrors hold it.
    """
    while copied := original_address(url):
        url = copied
    return normal_address(url)


def _split(url: str) -> tuple[str, str, str] | None:
    """Return host (normal), path and query of a web address, or None where it is none."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "." not in host:
        return None
    for prefix in _PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host.removeprefix(prefix)
    try:
        host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return None
    return _SAME_HOST.get(host, host), quote(unquote(parts.path)), parts.query


def _is_tracking(host: str, name: str) -> bool:
    every = f"{_TRACKING}|{_TRACKING_OF.get(host, _TRACKING)}"
    return re.fullmatch(every, name.casefold()) is not None
