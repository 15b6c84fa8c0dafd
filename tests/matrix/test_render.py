"""Whatever an answer holds, it fits a message, reads the same twice, and nothing of it is alive."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from bot.adapters.matrix.rendering.actions import OfferStyle
from bot.adapters.matrix.rendering.html_escape import JOINER, words
from bot.adapters.matrix.rendering.message import Content, MessagePage, edit, render
from bot.i18n.formatter import Voice
from commands.kit.inlines import (
    Faint,
    Inline,
    Line,
    Moment,
    Phrase,
    Reference,
    Strong,
    T,
    Typed,
    WebLink,
    When,
)
from commands.kit.parser import write_line
from commands.kit.reply import (
    Action,
    Block,
    Choice,
    Facts,
    Field,
    Form,
    Heading,
    Item,
    Items,
    Pick,
    Reply,
    Small,
    Text,
)
from store.model.span import Span
from store.model.text import visible
from tests.fakes import NOON, ZONE

VOICE = Voice(ZONE)
EVENT = 65_536
TAGS = {"p", "h4", "ul", "li", "strong", "em", "code", "br", "a"}
ALIVE = re.compile(
    r"@room|[@#!+$][\w.=/-]+:[\w.-]+|[a-z]://|(?:mailto|matrix|xmpp):|\w\.[a-z]{2,}",
    re.IGNORECASE,
)
"""What clients make links and mentions of, where they find it in text."""
NAMES = ("@room", "@anna:example.org", "#desk:example.org", "!abc:example.org", "$ev:x.y")
ADDRESSES = ("https://evil.example/a", "evil.example", "://", "com", "mailto:a@b.example")
URIS = ("matrix:u/anna:example.org", "<a href='https://x.example'>", "[a](https://x.example)")
MARKUP = ("<b>", "</li>", "<img src=x onerror=alert(1)>", "<mx-reply>", "&lt;", "&", '"', "'")
WORDS = ("room", "word", "слово", "😀", "6.5", "12:30", "**bold**", "`code`", "@", ":", ".")
UNSEEN = (" ", "\n", "\u202e", "\u2060", "\x00")
BITS = (*NAMES, *ADDRESSES, *URIS, *MARKUP, *WORDS, *UNSEEN)
texts = st.lists(st.sampled_from(BITS) | st.text(max_size=4), max_size=8).map("".join)
data: st.SearchStrategy[Inline] = st.recursive(
    texts | st.dates().map(Span.on).map(When),
    lambda inner: st.one_of(
        inner.map(Strong),
        inner.map(Faint),
        st.lists(inner, max_size=3).map(lambda some: Phrase(tuple(some))),
        st.builds(lambda a, b: T("{a}.{b}: @{a}", a=a, b=b), inner, inner),
    ),
    max_leaves=4,
)
urls = st.sampled_from(("https://", "javascript:", "//", "http://")).flatmap(
    lambda scheme: texts.map(lambda rest: f"{scheme}good.example/{rest}")
)
inlines = st.one_of(
    data,
    texts.map(Typed),
    st.integers(1, 99).map(lambda n: Reference(f"E-{n}")),
    st.builds(WebLink, urls, texts),
)
lines: st.SearchStrategy[Line] = st.lists(inlines, max_size=5).map(tuple)
long_lines = st.builds(lambda line, times: line * times, lines, st.sampled_from([1, 1, 1, 30]))
items = st.builds(Item, long_lines, st.lists(lines, max_size=2).map(tuple))
rows = st.tuples(inlines, long_lines)
many = st.sampled_from([1, 1, 1, 9])
blocks: st.SearchStrategy[Block] = st.one_of(
    inlines.map(Heading),
    long_lines.map(Text),
    lines.map(Small),
    st.builds(lambda some, n: Items(tuple(some * n)), st.lists(items, max_size=2), many),
    st.builds(lambda some, n: Facts(tuple(some * n)), st.lists(rows, max_size=2), many),
)
actions = st.builds(
    Action,
    inlines,
    st.sampled_from(["status", "claims"]),
    st.dictionaries(st.sampled_from(["place", "after", "text"]), texts, max_size=2),
    confirms=st.booleans(),
)
picks = st.builds(
    Pick,
    data,
    st.just("review"),
    st.dictionaries(st.just("ref"), texts, max_size=1),
    st.just("kind"),
    st.lists(st.builds(Choice, data, st.just("event")), min_size=1, max_size=3).map(tuple),
    st.just("event"),
)
forms = st.builds(
    Form,
    data,
    st.just("submit"),
    st.dictionaries(st.just("draft"), texts, max_size=1),
    st.lists(st.builds(Field, st.just("text"), data, texts), max_size=3).map(tuple),
)
replies = st.builds(
    Reply,
    long_lines,
    st.lists(blocks, max_size=4).map(tuple),
    st.lists(actions, max_size=4).map(tuple),
    picks=st.lists(picks, max_size=2).map(tuple),
    form=st.none() | forms,
)


class Reader(HTMLParser):
    """Reads HTML as a client does; a fault when it is not the HTML that Matrix allows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text, self.free, self.links = "", [""], [""]
        self.links.clear()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        if tag == "a":
            self.links.append(attrs[0][1] or "")
        if tag == "br":
            self.text += "\n"
            self.free.append("")
        else:
            self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag in {"p", "li", "h4"}:
            self.free.append("")

    @override
    def handle_data(self, data: str) -> None:
        self.text += data
        if "code" in self.open or "a" in self.open:
            self.free.append("")
        else:
            self.free[-1] += data

    @override
    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    @override
    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    @override
    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def pages(reply: Reply, asked: Action) -> Iterator[MessagePage]:
    """Yield the first parts of an answer, and the last, with lines to copy and to choose from."""
    for how in (OfferStyle.LINES, OfferStyle.BRIEF):
        first = render(reply, VOICE, "!", asked, 1, how)
        yield first
        for part in {2, 3, 4, first.parts} & set(range(2, first.parts + 1)):
            yield render(reply, VOICE, "!", asked, part, how)


def squeeze(text: str) -> str:
    return visible(re.sub(r"[•→]", "", text)).replace(" ", "")


ASKED = Action("Again", "status", {"place": "P-1"})


@given(texts, texts)
def test_two_texts_side_by_side_make_nothing_that_is_alive(first: str, other: str) -> None:
    shown = words(first) + words(other)
    assert not ALIVE.search(shown.plain), shown.plain
    assert visible(shown.plain) == visible(visible_outside(first) + visible_outside(other))


def visible_outside(text: str) -> str:
    """Return what is seen of a text, with a blank at either end if there was one."""
    seen = visible(text)
    return f"{' ' * text.startswith(' ')}{seen}{' ' * text.endswith(' ')}"


def test_times_and_decimals_can_be_copied() -> None:
    assert words("6.5 km at 12:30").plain == "6.5 km at 12:30"
    assert words("@room").plain == f"@{JOINER}room"


@given(replies)
def test_no_part_of_an_answer_breaks_the_html_or_is_alive_in_it(reply: Reply) -> None:
    for page in pages(reply, ASKED):
        text = read(page.content["formatted_body"])
        for run in text.free:
            assert not ALIVE.search(run), run
        assert all(re.match(r"https?://good\.example/", link) for link in text.links)


@given(replies)
def test_both_texts_of_an_answer_say_the_same(reply: Reply) -> None:
    for page in pages(reply, ASKED):
        html = read(page.content["formatted_body"])
        plain = page.content["body"]
        for link in html.links:
            host = link.split("/")[2]
            plain = plain.replace(link, host, 1)
        assert squeeze(html.text) == squeeze(plain)


@given(replies)
def test_every_part_fits_a_message_also_encrypted_and_as_an_edit(reply: Reply) -> None:
    for page in pages(reply, ASKED):
        for content in (page.content, edit(page.content, "$" + "x" * 43)):
            assert len(json.dumps(content)) * 4 / 3 + 2000 < EVENT
            assert content["m.mentions"] == {}
        assert page.content["msgtype"] == "m.notice"


@given(st.lists(st.text("aж@.😀", min_size=1, max_size=900), min_size=1, max_size=40))
def test_nothing_is_lost_between_the_parts(texts: list[str]) -> None:
    reply = Reply(("Title",), tuple(Text((text,)) for text in texts))
    every = range(1, render(reply, VOICE, "!", ASKED).parts + 1)
    bodies = [render(reply, VOICE, "!", ASKED, part).content["body"] for part in every]
    shown = "".join(body.partition("→ The rest")[0] for body in bodies)
    assert squeeze(shown) == squeeze("Title" + "".join(texts))


def test_a_long_answer_leads_to_its_rest_by_a_line_and_by_what_comes_after() -> None:
    reply = Reply(("Title",), tuple(Text(("word " * 100,)) for _ in range(20)))
    page = render(reply, VOICE, "!", ASKED)
    assert (page.part, page.parts, page.after) == (1, 3, ("/status place:P-1", 2))
    assert page.content["body"].endswith("\n\n→ The rest (2 of 3): !page 2 status place:P-1")
    assert render(reply, VOICE, "!", ASKED, 3).after is None
    assert render(reply, VOICE, "!", None).after is None


def test_the_next_page_of_a_list_comes_after_its_last_part() -> None:
    more = Action(T("More"), "claims", {"after": "20251107-55"})
    page = render(Reply(("39 claims",), (), (more,)), VOICE, "!", Action("", "claims"))
    assert page.after == (write_line("claims", more.given), 1)


def test_lines_to_copy_have_the_prefix_of_the_room() -> None:
    reply = Reply((T("Try {line}", line=Typed("/status Lviv")),), (), (Action("All", "claims"),))
    body = render(reply, VOICE, "?", None).content["body"]
    assert body == "Try ?status Lviv\n\n→ All: ?claims"


@pytest.mark.parametrize(
    ("reply", "body", "html"),
    [
        (
            Reply((Strong("Pokrovsk"), ": held"), (Small(("Donetsk",)),)),
            "Pokrovsk: held\nDonetsk",
            "<p><strong>Pokrovsk</strong>: held</p><p><em>Donetsk</em></p>",
        ),
        (
            Reply(
                ("Two",),
                (
                    Heading("Said"),
                    Items((Item(("One",), (("today", " · ", Reference("E-1")),)), Item(("Two",)))),
                    Facts((("Code", ("F6",)),)),
                ),
            ),
            "Two\n\nSaid\n• One\n  today · E-1\n• Two\n\nCode: F6",
            (
                "<p><strong>Two</strong></p><h4>Said</h4>"
                "<ul><li>One<br>today · <code>E-1</code></li><li>Two</li></ul>"
                "<p><strong>Code</strong>: F6</p>"
            ),
        ),
    ],
)
def test_an_answer_reads_well_in_both_forms(reply: Reply, body: str, html: str) -> None:
    content: Content = render(reply, VOICE, "!", None).content
    assert (content["body"], content["formatted_body"]) == (body, html)


def test_what_can_be_chosen_and_filled_in_is_a_line_to_copy() -> None:
    choices = (Choice("High", "high"), Choice("Low", "low"))
    pick = Pick("Certainty", "draft", {"of": "7"}, "certainty", choices, "low")
    fields = (Field("text", "What was said"), Field("why", "Why", "As read"))
    form = Form("File it", "file", {"of": "7"}, fields)
    body = render(Reply(("Draft",), picks=(pick,), form=form), VOICE, "!").content["body"]
    assert body == (
        "Draft\n\n→ Certainty: Low: !draft of:7 certainty:high|low\n\n"
        "• text: (What was said)\n• why: As read\n\n→ File it: !file of:7 text:…"
    )


def test_what_is_offered_can_be_chosen_by_a_short_reply() -> None:
    file = Action("File", "draft file", {"ref": "D-1", "seen": "1"}, confirms=True)
    pick = Pick(
        "Share",
        "add claim",
        {"draft": "D-1"},
        "share",
        (Choice("all of it", "all"), Choice("most", "most")),
        "all",
    )
    reply = Reply(("D-1",), (), (file, Action("Drop", "draft drop", {"ref": "D-1"})), picks=(pick,))
    show = Action("Show", "draft show", {"ref": "D-1"})
    body = render(reply, VOICE, "!", show, 1, OfferStyle.BRIEF).content["body"]
    assert body == (
        "D-1\n\n→ 1 File ✅\n→ 2 Drop\n→ share: all of it\n\n"
        "Reply with a number or a first word; ✅ is 1 · or, for example, share:most"
        " · as lines to copy: !lines draft show ref:D-1"
    )


def test_a_moment_is_written_in_the_zone_of_the_desk() -> None:
    body: Any = render(Reply((Moment(NOON),)), VOICE, "!", None).content["body"]
    assert body == "7 Nov 2025, 12:00 Europe/Kyiv"
