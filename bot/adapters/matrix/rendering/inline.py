"""Lines of a Reply → the same words as plain text and as HTML, and lines to copy."""

from itertools import groupby
from operator import itemgetter
from typing import assert_never

from bot.adapters.matrix.rendering.html_escape import RichText, code, link, words
from bot.i18n.formatter import Voice
from commands.kit.inlines import Faint, Line, Moment, Reference, Strong, Typed, WebLink, When
from commands.kit.parser import write_line
from commands.kit.reply import Action

_Piece = tuple[bool, RichText]


def render_line(line: Line, voice: Voice, prefix: str) -> RichText:
    """Return one line. Nothing of it is left out."""
    rendered = RichText()
    for strong, run in groupby(_pieces(line, voice, prefix, strong=False), itemgetter(0)):
        text = RichText()
        for _, piece in run:
            text += piece
        bold = strong and text.plain.strip()
        rendered += RichText(text.plain, f"<strong>{text.html}</strong>") if bold else text
    return rendered


def copy_line(action: Action, prefix: str) -> str:
    """Return the line that asks for an action here."""
    return with_prefix(write_line(action.command, action.given), prefix)


def with_prefix(line: str, prefix: str) -> str:
    """Return a line with this room's prefix: a client takes one with a slash for its own."""
    return f"{prefix}{line[1:]}" if line.startswith("/") else line


def _pieces(line: Line, voice: Voice, prefix: str, *, strong: bool) -> list[_Piece]:
    """Return the parts of a line, and whether each is to be seen first."""
    pieces: list[_Piece] = []
    for leaf in voice.leaves(line):
        match leaf:
            case str():
                pieces.append((strong, words(leaf)))
            case Strong():
                pieces += _pieces((leaf.inline,), voice, prefix, strong=True)
            case Faint():
                pieces += _pieces((leaf.inline,), voice, prefix, strong=strong)
            case When():
                pieces.append((strong, words(voice.span(leaf.span))))
            case Moment():
                pieces.append((strong, words(voice.moment(leaf.at))))
            case Reference():
                pieces.append((strong, code(leaf.ref)))
            case WebLink():
                pieces.append((strong, link(leaf.url, leaf.label)))
            case Typed():
                pieces.append((strong, code(with_prefix(voice.plain(leaf.line), prefix))))
            case _:
                assert_never(leaf)
    return pieces
