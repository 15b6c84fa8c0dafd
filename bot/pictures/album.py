"""Pictures of answers, drawn off the event loop and kept for as long as they would be the same.

A picture is plain data, so that what it shows, the record, the day and the settings, is all in it:
one that was drawn is the same until any of them changes.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct
from msgspec.structs import astuple, replace

from bot.i18n.formatter import Voice
from commands.kit.inlines import Inline
from commands.kit.reply import Attachment, Picture, Reply
from commands.shared.pictures.map_picture import MapPicture
from commands.shared.pictures.timeline_picture import TimelinePicture

LONGEST_ABOUT = 1024
"""Characters of the words that stand for a picture; Discord takes no more."""
_KEPT = 32


class Album:
    """Draws the pictures of answers one at a time, each once."""

    def __init__(self, draw: Callable[[Picture, Voice], bytes] | None = None) -> None:
        self._draw = draw or draw_picture
        self._drawn: OrderedDict[Hashable, asyncio.Future[bytes]] = OrderedDict()
        self._pool: ThreadPoolExecutor | None = None

    async def hang(self, reply: Reply, voice: Voice) -> Reply:
        """Return an answer with its picture as a file, in the reader's language."""
        picture = reply.picture or reply.illustration
        if picture is None:
            return reply
        key = _say(picture, voice)
        drawing = self._drawn.pop(key, None)
        if drawing is None or _is_spoilt(drawing):
            drawing = self._begin(picture, voice)
        self._drawn[key] = drawing
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        png = await asyncio.shield(drawing)
        file = Attachment(picture.name, png, describe_picture(picture, voice))
        return replace(reply, files=(*reply.files, file), picture=None, illustration=None)

    def _begin(self, picture: Picture, voice: Voice) -> "asyncio.Future[bytes]":
        self._pool = self._pool or ThreadPoolExecutor(1, "sitrep-pictures")
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(self._pool, self._draw, picture, voice)


def _is_spoilt(drawing: "asyncio.Future[bytes]") -> bool:
    """Tell whether a drawing never came to be, so that it has to begin again."""
    if drawing.cancelled() or drawing.get_loop().is_closed():
        return True
    return drawing.done() and drawing.exception() is not None


def draw_picture(picture: Picture, voice: Voice) -> bytes:
    """Return a picture as PNG."""
    # Only a picture loads Pillow.
    from bot.pictures.map_drawing import draw_map
    from bot.pictures.timeline_drawing import draw_timeline

    match picture:
        case MapPicture():
            return draw_map(picture, voice)
        case TimelinePicture():
            return draw_timeline(picture, voice)
        case _:
            raise TypeError(f"{type(picture).__name__} is no picture that can be drawn.")


def describe_picture(picture: Picture, voice: Voice) -> str:
    """Return the words of a picture: whole lines, as many as fit."""
    words = ""
    for line in picture.about:
        row = voice.plain(*line)
        longer = f"{words}\n{row}" if words else row[:LONGEST_ABOUT]
        if len(longer) > LONGEST_ABOUT:
            break
        words = longer
    return words


def _say(value: object, voice: Voice) -> Hashable:
    """Return plain data as what can be compared, its words as they are said."""
    if isinstance(value, str):
        return value
    if isinstance(value, Inline):
        return voice.plain(value)
    if isinstance(value, tuple):
        return tuple(_say(part, voice) for part in value)
    if isinstance(value, Struct):
        return type(value), _say(astuple(value), voice)
    assert isinstance(value, Hashable)  # noqa: S101 -- pictures hold nothing else
    return value
