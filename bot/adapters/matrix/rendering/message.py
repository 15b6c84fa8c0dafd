"""Reply → the content of a message: plain text, and HTML of the few tags that clients show. Pure.

Tone is not shown: the words say it. Audience is for whoever sends to heed.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, assert_never

from msgspec import Struct

from bot.adapters.matrix.protocol import event_limits as limits
from bot.adapters.matrix.rendering.actions import OfferStyle, brief, explain_openings, hint, line_of
from bot.adapters.matrix.rendering.html_escape import RichText, words
from bot.adapters.matrix.rendering.inline import copy_line, render_line, with_prefix
from bot.i18n.formatter import Voice
from commands.kit.inlines import Inline, Phrase, Strong, T, Typed, join
from commands.kit.parser import write_line
from commands.kit.reply import Action, Block, Facts, Form, Heading, Items, Pick, Reply, Small, Text

_LONGEST = 400
_BULLETS = {"li": "• "}

Content = dict[str, Any]
Place = tuple[str, int]
"""A line to ask, and which part of its answer."""


class MessagePage(Struct, frozen=True):
    """One message: of `parts` parts it is the `part`-th; `after` is what a reader may turn to."""

    content: Content
    part: int
    parts: int
    after: Place | None


class _Chunk(Struct, frozen=True):
    """What must not be torn apart, and its tag: "li" in a list, a "row" of facts, "go" to copy."""

    tag: str
    text: RichText

    @property
    def size(self) -> int:
        return len(json.dumps([self.text.plain, self.text.html])) + 20


def render(  # noqa: PLR0913, PLR0917 -- all that an answer looks like
    reply: Reply,
    voice: Voice,
    prefix: str,
    asked: Action | None = None,
    part: int = 1,
    how: OfferStyle = OfferStyle.LINES,
) -> MessagePage:
    """Return the given part of an answer; `asked` leads to the others."""
    parts = _parts([*_chunks(reply, voice, prefix), *_offers(reply, voice, prefix, asked, how)])
    part = min(max(part, 1), len(parts))
    chunks = parts[part - 1]
    after: Place | None = None
    if asked is not None and part < len(parts):
        line = line_of(asked, how)
        after = line, part + 1
        chunks = [*chunks, _rest(part + 1, len(parts), line, voice, prefix)]
    elif asked is not None and (more := _more(reply, asked)) is not None:
        after = write_line(more.command, more.given), 1
    return MessagePage(_content(chunks), part, len(parts), after)


def notice(text: RichText) -> Content:
    """Return a message of the bot's: one that no bot answers and that mentions nobody."""
    return {
        "msgtype": "m.notice",
        "body": text.plain,
        "format": "org.matrix.custom.html",
        "formatted_body": text.html,
        "m.mentions": {},
    }


def edit(content: Content, message: str) -> Content:
    """Return what puts this content in the place of a message."""
    return {
        "msgtype": content["msgtype"],
        "body": "* …",
        "m.new_content": content,
        "m.mentions": {},
        "m.relates_to": {"rel_type": "m.replace", "event_id": message},
    }


def _more(reply: Reply, asked: Action) -> Action | None:
    """Return the action that shows the next page of the same list."""
    same = [
        action
        for action in reply.actions
        if action.command == asked.command and "after" in action.given
    ]
    return same[0] if same else None


def _rest(part: int, parts: int, line: str, voice: Voice, prefix: str) -> _Chunk:
    label = T("The rest ({n} of {all})", n=part, all=parts)
    return _offer(label, f"{prefix}page {part} {line[1:]}", voice)


def _offer(label: Inline, line: str, voice: Voice) -> _Chunk:
    """Return a line to copy, named; one too long for that is left to the reactions."""
    to_type = Typed(line) if len(line) <= _LONGEST else "▶"
    named = label if voice.plain(label).strip() else None
    return _Chunk("go", RichText("→ ", "→ ") + render_line(join(": ", named, to_type), voice, ""))


def _parts(chunks: Sequence[_Chunk]) -> list[list[_Chunk]]:
    """Divide an answer into parts that read well and fit an event."""
    parts: list[list[_Chunk]] = [[]]
    size = length = 0
    for chunk in (piece for whole in chunks for piece in _split_chunk(whole)):
        size, length = size + chunk.size, length + len(chunk.text.plain)
        if parts[-1] and (size > limits.PART or length > limits.SHOWN):
            parts.append([])
            size, length = chunk.size, len(chunk.text.plain)
        parts[-1].append(chunk)
    return parts


def _split_chunk(chunk: _Chunk) -> Iterator[_Chunk]:
    """Yield a chunk in pieces that fit; one that is cut loses its bold and its links."""
    most = limits.SHOWN // 4
    if chunk.size <= limits.PART // 2 and len(chunk.text.plain) <= limits.SHOWN:
        yield chunk
        return
    text = chunk.text.plain
    for start in range(0, len(text), most):
        piece = text[start : start + most]
        yield _Chunk(chunk.tag, words(piece))


def _chunks(reply: Reply, voice: Voice, prefix: str) -> Iterator[_Chunk]:
    title = reply.title
    if not any(isinstance(leaf, Strong) for leaf in voice.leaves(title)):
        title = (Strong(Phrase(title)),)
    head = render_line(title, voice, prefix)
    yield _Chunk("p", head if head.plain.strip() else words("…"))
    for block in reply.blocks:
        yield from (chunk for chunk in _block(block, voice, prefix) if chunk.text.plain.strip())


def _offers(
    reply: Reply, voice: Voice, prefix: str, asked: Action | None, how: OfferStyle
) -> Iterator[_Chunk]:
    fields = list(_fields(reply.form, voice, prefix)) if reply.form else []
    if how is OfferStyle.BRIEF:
        yield from fields
        for line in brief(reply):
            yield _Chunk("go", RichText("→ ", "→ ") + render_line(line, voice, prefix))
        text = render_line(hint(reply, asked), voice, prefix)
        yield _Chunk("p", RichText(text.plain, f"<em>{text.html}</em>"))
        return
    for action in reply.actions:
        yield _offer(action.label, copy_line(action, prefix), voice)
    for pick in reply.picks:
        yield _pick(pick, voice, prefix)
    if reply.entries:
        opening = render_line((explain_openings(reply),), voice, prefix)
        yield _Chunk("go", RichText("→ ", "→ ") + opening)
    yield from fields
    if reply.form:
        yield _form(reply.form, voice, prefix)


def _pick(pick: Pick, voice: Voice, prefix: str) -> _Chunk:
    """Return what stands and what could, with the line that chooses."""
    values = "|".join(choice.value for choice in pick.choices)
    line = f"{write_line(pick.command, pick.given)} {pick.param}:{values}"
    label = Phrase(join(": ", pick.label, pick.stands))
    return _offer(label, with_prefix(line, prefix), voice)


def _fields(form: Form, voice: Voice, prefix: str) -> Iterator[_Chunk]:
    """Yield what is filled in, and what could be."""
    for field in form.fields:
        value: Inline = field.value if field.value.strip() else Phrase(("(", field.label, ")"))
        yield _Chunk("li", render_line((Strong(field.name), ": ", value), voice, prefix))


def _form(form: Form, voice: Voice, prefix: str) -> _Chunk:
    """Return the line that fills in what a form still asks for."""
    missing = [f"{name}:…" for name in form.missing]
    line = " ".join([write_line(form.command, form.given), *missing])
    return _offer(form.title, with_prefix(line, prefix), voice)


def _block(block: Block, voice: Voice, prefix: str) -> Iterator[_Chunk]:
    match block:
        case Heading():
            yield _Chunk("h4", render_line((block.inline,), voice, prefix))
        case Text():
            yield _Chunk("p", render_line(block.line, voice, prefix))
        case Small():
            text = render_line(block.line, voice, prefix)
            yield _Chunk("p", RichText(text.plain, f"<em>{text.html}</em>"))
        case Items():
            for item in block.items:
                text = render_line(item.lead, voice, prefix)
                for line in item.under:
                    under = render_line(line, voice, prefix)
                    if under.plain.strip():
                        text += RichText("\n  ", "<br>") + under
                yield _Chunk("li", text)
        case Facts():
            for label, line in block.rows:
                named = (Strong(label), ": ") if voice.plain(label).strip() else ()
                yield _Chunk("row", render_line((*named, *line), voice, prefix))
        case _:
            assert_never(block)


def _content(chunks: Sequence[_Chunk]) -> Content:
    plain, html = "", ""
    before = ""
    for tag, group in groupby(chunks, key=lambda chunk: chunk.tag):
        texts = [chunk.text for chunk in group]
        apart = "\n\n" if before not in {"", "h4"} else "\n" if before else ""
        plain += apart + "\n".join(_BULLETS.get(tag, "") + text.plain for text in texts)
        inner = [text.html for text in texts]
        match tag:
            case "li":
                html += f"<ul>{''.join(f'<li>{piece}</li>' for piece in inner)}</ul>"
            case "go" | "row":
                html += f"<p>{'<br>'.join(inner)}</p>"
            case _:
                html += "".join(f"<{tag}>{piece}</{tag}>" for piece in inner)
        before = tag
    return notice(RichText(plain, html))
