"""Pages are fetched from the open internet alone, whatever names and redirects say."""

import gzip
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from typing_extensions import override

from bot.reading.open_internet import is_global
from bot.reading.page_fetcher import MOST_REDIRECTS, PageFetcher
from commands.kit.errors import BadParam

INSIDE = "That address leads inside a network."
HOST = "news.example"


class Names(AbstractResolver):
    """Resolves names to addresses of a test's own; of several, one a look-up, in order."""

    def __init__(self, known: Mapping[str, list[str]]) -> None:
        self.known = {name: list(addresses) for name, addresses in known.items()}

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        addresses = self.known.get(host, [])
        if not addresses:
            raise OSError("no such name")
        address = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0)
        ]

    @override
    async def close(self) -> None:
        """Keep nothing open."""


@dataclass
class NewsSite:
    """A web server on loopback, and what was asked of it."""

    port: int = 0
    requests: list[web.BaseRequest] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=lambda: {HOST: ["127.0.0.1"]})

    def address(self, path: str = "/", host: str = HOST) -> str:
        return f"http://{host}:{self.port}{path}"

    def fetcher(self, **how: Any) -> PageFetcher:
        """Return a fetcher that may fetch from this site, as if it were inside on purpose."""
        return PageFetcher({f"{HOST}:{self.port}"}, resolver=lambda: Names(self.names), **how)


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    here = NewsSite()

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        here.requests.append(request)
        handler = _PAGES.get(request.path.split("/")[1], _page)
        return await handler(request)

    server = web.Server(answer)
    runner = web.ServerRunner(server)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    here.port = runner.addresses[0][1]
    yield here
    await runner.cleanup()


async def _page(_: web.BaseRequest) -> web.StreamResponse:
    response = web.Response(text="<p>Words.</p>", content_type="text/html")
    response.set_cookie("seen", "1")
    return response


async def _onward(request: web.BaseRequest) -> web.StreamResponse:
    left = int(request.path.split("/")[2])
    response = web.Response(status=302, headers={"Location": f"/onward/{left - 1}"})
    response.set_cookie("seen", "1")
    return response if left else await _page(request)


async def _inward(request: web.BaseRequest) -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": request.query["to"]})


async def _long(request: web.BaseRequest) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    for _ in range(60):
        await response.write(b"x" * 100_000)
    return response


async def _bomb(_: web.BaseRequest) -> web.StreamResponse:
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    return web.Response(body=gzip.compress(b"\0" * 50_000_000, 9), headers=headers)


async def _picture(_: web.BaseRequest) -> web.StreamResponse:
    return web.Response(body=b"x", content_type="image/png")


async def _missing(_: web.BaseRequest) -> web.StreamResponse:
    return web.Response(status=404)


_PAGES: Mapping[str, Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]] = {
    "onward": _onward,
    "inward": _inward,
    "long": _long,
    "packed": _bomb,
    "picture": _picture,
    "missing": _missing,
}


async def refuse(fetcher: PageFetcher, address: str) -> str:
    """Have an address refused; return the sentence, as it is to be translated."""
    with pytest.raises(BadParam) as refused:
        await fetcher.fetch(address)
    return refused.value.message.message


async def test_a_page_is_fetched_without_cookies_referer_or_proxies_of_the_environment(
    site: NewsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    page = await site.fetcher().fetch(site.address(f"/onward/{MOST_REDIRECTS}"))
    assert (page.name, page.data) == ("page.html", b"<p>Words.</p>")
    assert len(site.requests) == MOST_REDIRECTS + 1
    for request in site.requests:
        assert not {"Cookie", "Referer", "Authorization"} & set(request.headers)


async def test_a_page_that_leads_on_too_often_is_refused(site: NewsSite) -> None:
    address = site.address(f"/onward/{MOST_REDIRECTS + 1}")
    assert "leads on more than" in await refuse(site.fetcher(), address)


LEADING_INSIDE = (
    "127.0.0.1",
    "10.0.0.5",
    "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 -- an address that has to be refused
    "224.0.0.1",
    "::1",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.5",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:5",
    "64:ff9b:1::808:808",
    "2002:7f00:1::",
    "2001:0:1::1",
    "::127.0.0.1",
)


@pytest.mark.parametrize("inside", LEADING_INSIDE)
async def test_a_name_or_an_address_that_leads_inside_is_refused(
    inside: str, site: NewsSite
) -> None:
    site.names["inside.example"] = [inside]
    assert await refuse(site.fetcher(), "http://inside.example/") == INSIDE
    literal = f"[{inside}]" if ":" in inside else inside
    assert await refuse(site.fetcher(), f"http://{literal}/") == INSIDE
    assert not site.requests


@pytest.mark.parametrize("inside", LEADING_INSIDE)
def test_what_stands_inside_another_address_counts(inside: str) -> None:
    assert not is_global(inside)


@pytest.mark.parametrize(
    "outside", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet_are_no_less_open_when_wrapped(outside: str) -> None:
    assert is_global(outside)


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1/", "http://inside.example/", "http://[::1]/", "//127.0.0.1/x"]
)
async def test_a_redirect_that_leads_inside_is_refused(to: str, site: NewsSite) -> None:
    site.names["inside.example"] = ["127.0.0.1"]
    address = site.address(f"/inward?to={to}")
    assert await refuse(site.fetcher(), address) == INSIDE
    assert len(site.requests) == 1


async def test_a_name_that_changes_between_look_ups_is_refused(site: NewsSite) -> None:
    """Who looks a name up first and connects afterwards is led inside."""
    names = Names({"changing.example": ["93.184.216.34", "127.0.0.1"]})
    (first,) = await names.resolve("changing.example")
    assert is_global(first["host"])
    fetcher = PageFetcher(resolver=lambda: names)
    assert await refuse(fetcher, "http://changing.example/") == INSIDE
    assert not site.requests


async def test_numbers_that_some_systems_take_for_addresses_lead_nowhere(site: NewsSite) -> None:
    for host in ("2130706433", "0x7f000001", "127.1", "0177.0.0.1", "localhost"):
        site.names[host] = ["127.0.0.1"]
        sentence = await refuse(site.fetcher(), f"http://{host}/")
        assert sentence in {INSIDE, "That page cannot be fetched."}
    assert not site.requests


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("file:///etc/passwd", "That is no address of a page."),
        ("ftp://example.org/", "That is no address of a page."),
        ("http://name:word@example.org/", "That is no address of a page."),
        ("http://", "That is no address of a page."),
        ("http://example.org:99999/", "That is no address of a page."),
        ("http://example.org:8080/", "Only the ports 80 and 443 are fetched from."),
        ("http://example.org:22/", "Only the ports 80 and 443 are fetched from."),
        ("http://nowhere.example/", "That page cannot be fetched."),
    ],
)
async def test_what_is_no_address_of_a_page_is_refused(
    address: str, sentence: str, site: NewsSite
) -> None:
    assert await refuse(site.fetcher(), address) == sentence


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/long", "That page is larger than 5 MB."),
        ("/packed", "That page is larger than 5 MB."),
        ("/picture", "That address is no page but {kind}."),
        ("/missing", "That page answers with an error ({n})."),
    ],
)
async def test_what_a_site_answers_otherwise_is_refused(
    path: str, sentence: str, site: NewsSite
) -> None:
    assert await refuse(site.fetcher(), site.address(path)) == sentence


async def test_a_site_that_does_not_answer_in_time_is_given_up(site: NewsSite) -> None:
    assert await refuse(site.fetcher(seconds=0.0), site.address()) == "That page took too long."


async def test_through_the_proxy_of_the_settings_all_goes_to_it(site: NewsSite) -> None:
    fetcher = PageFetcher(proxy=f"http://127.0.0.1:{site.port}", resolver=lambda: Names({}))
    page = await fetcher.fetch("http://anywhere.example/news")
    assert page.data == b"<p>Words.</p>"
    assert site.requests[0].headers["Host"] == "anywhere.example"
