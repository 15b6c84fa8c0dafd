"""Pictures are drawn once, off the event loop, and kept until what they show changes."""

import asyncio
import threading

from msgspec.structs import replace

from bot.i18n.catalogues import translate_into
from bot.i18n.formatter import Voice
from bot.pictures.album import LONGEST_ABOUT, Album
from commands.kit.reply import Attachment, Picture, Reply
from tests.commands.conftest import ask, seeds_file
from tests.fakes import ZONE, Talk
from tests.patience import PATIENCE_S

__all__ = ["ask", "seeds_file"]

ENGLISH, UKRAINIAN = Voice(ZONE), Voice(ZONE, translate_into("uk"))


class Counted:
    """Draws nothing, and says which thread it was asked in."""

    def __init__(self) -> None:
        self.threads: list[str] = []

    def __call__(self, _picture: Picture, _voice: Voice) -> bytes:
        self.threads.append(threading.current_thread().name)
        return f"{len(self.threads)}".encode()


async def hang(album: Album, reply: Reply, voice: Voice = ENGLISH) -> Attachment:
    (file,) = (await album.hang(reply, voice)).files
    return file


async def map_of(ask: Talk, line: str) -> Reply:
    reply = (await ask(line)).answer.reply
    assert reply.picture is not None
    return reply


async def test_a_burst_of_one_map_is_drawn_once_and_in_a_thread_of_its_own(ask: Talk) -> None:
    draw = Counted()
    album = Album(draw)
    replies = [await map_of(ask, "/map Pokrovsk") for _ in range(3)]
    files = await asyncio.gather(*(hang(album, reply) for reply in replies * 20))
    assert {file.data for file in files} == {b"1"}
    assert len(draw.threads) == 1
    assert draw.threads[0].startswith("sitrep-pictures")


async def test_another_day_language_or_look_is_another_picture(ask: Talk) -> None:
    album = Album(Counted())
    reply = await map_of(ask, "/map Pokrovsk")
    other_day = await map_of(ask, "/map Pokrovsk at:2025-11-06")
    dark = await map_of(ask, "/map Pokrovsk look:dark")
    drawn = [
        await hang(album, reply),
        await hang(album, reply, UKRAINIAN),
        await hang(album, other_day),
        await hang(album, dark),
        await hang(album, reply),
    ]
    assert [file.data for file in drawn] == [b"1", b"2", b"3", b"4", b"1"]


async def test_a_drawing_that_failed_is_begun_again(ask: Talk) -> None:
    """What failed once, as for want of memory, was kept, and failed for as long as it was asked."""
    tries: list[str] = []
    all_wait = threading.Event()

    def draw(picture: Picture, _voice: Voice) -> bytes:
        tries.append(picture.name)
        if len(tries) == 1:
            assert all_wait.wait(PATIENCE_S)
            raise MemoryError
        return b"drawn"

    album, reply = Album(draw), await map_of(ask, "/map Pokrovsk")
    asked = asyncio.gather(*(hang(album, reply) for _ in range(3)), return_exceptions=True)
    for _ in range(9):
        await asyncio.sleep(0)  # each of them asks, and waits
    all_wait.set()
    first = await asked
    assert [type(outcome) for outcome in first] == [MemoryError] * 3
    again = await asyncio.gather(*(hang(album, reply) for _ in range(3)))
    assert {file.data for file in again} == {b"drawn"}
    assert len(tries) == 2


async def test_the_words_of_a_picture_are_whole_lines_of_the_answer_and_never_too_many(
    ask: Talk,
) -> None:
    reply = await map_of(ask, "/map Pokrovsk")
    file = await hang(Album(Counted()), reply)
    assert file.about.startswith("Map of Pokrovsk · 7 Nov 2025 · 1 place assessed\nPokrovsk: ◆")
    assert reply.picture is not None
    many = replace(reply.picture, about=reply.picture.about * 20)
    longer = await hang(Album(Counted()), replace(reply, picture=many))
    assert LONGEST_ABOUT - 200 < len(longer.about) <= LONGEST_ABOUT
    assert longer.about.splitlines()[-1] in file.about.splitlines()
