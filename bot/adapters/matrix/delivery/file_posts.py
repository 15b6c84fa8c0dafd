"""Files that go with an answer: kept with it, and sent after it as messages of their own.

A file that was put on the homeserver and then not sent, as after a crash, is put there again.
"""

import asyncio
import re
import struct
import unicodedata
from collections.abc import Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.adapters.matrix.client.homeserver_client import HomeserverClient
from bot.adapters.matrix.client.media import TOO_LARGE
from bot.adapters.matrix.crypto.attachment_encryption import encrypt_file
from bot.adapters.matrix.ports import PLATFORM
from bot.adapters.matrix.protocol.homeserver_errors import Denied
from bot.adapters.matrix.protocol.room import MatrixRoom
from bot.adapters.matrix.rendering.html_escape import words
from bot.adapters.matrix.rendering.message import Content, notice
from bot.dispatch import Log
from bot.i18n.formatter import Voice
from commands.kit.inlines import T
from commands.kit.reply import Attachment
from store.workflow.inbox_outbox import FILE, OutboxMessage

_ODD = re.compile(r"[^\w.() -]+")
_LONGEST = 100
_PNG = b"\x89PNG\r\n\x1a\n"
_ANY = "application/octet-stream"
_IMAGES = {"gif": "image/gif", "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_KINDS = {
    **_IMAGES,
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "gz": "application/gzip",
    "jsonl": "application/x-ndjson",
    "svg": "image/svg+xml",
}


class FilePost(Struct, frozen=True):
    """A file, where it belongs, and what is said in its place when the homeserver refuses it."""

    name: str
    data: bytes
    relation: Content
    too_large: Content
    refused: Content
    about: str = ""


def file_posts(
    files: Sequence[Attachment], answer: OutboxMessage, relation: Content, voice: Voice
) -> tuple[OutboxMessage, ...]:
    """Return the posts of the files that go with an answer.

    Each is worth sending a little longer than what goes before it, by which they keep their order.
    """
    posts = []
    for number, file in enumerate(files, 1):
        name = safe_file_name(file.name)
        large = T("{name} is larger than this homeserver accepts, so it is not sent.", name=name)
        refused = T("The homeserver did not accept {name}, so it is not sent.", name=name)
        too_large, denied = (
            {**notice(words(voice.plain(why))), **relation} for why in (large, refused)
        )
        post = FilePost(name, file.data, relation, too_large, denied, file.about)
        content = msgspec.json.encode(post).decode()
        key, until = f"{answer.key}-f{number}", answer.until + number
        posts.append(replace(answer, key=key, kind=FILE, content=content, until=until, pages=""))
    return tuple(posts)


def safe_file_name(name: str) -> str:
    """Return a file's name with nothing in it but what names are made of."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = _ODD.sub("_", last).strip("._ ")
    stem, dot, ending = plain.rpartition(".")
    kept = max(_LONGEST - len(dot + ending), 1)
    return f"{stem[:kept]}{dot}{ending}"[:_LONGEST] or "file"


async def upload_file_post(
    client: HomeserverClient, room: MatrixRoom, content: str, log: Log
) -> Content:
    """Put a parcel's file on the homeserver and return the message that it becomes."""
    parcel = msgspec.json.decode(content, type=FilePost)
    try:
        return await _message(client, room, parcel)
    except Denied as error:
        log("file refused", platform=PLATFORM, code=error.code)
        return parcel.too_large if error.code == TOO_LARGE else parcel.refused


async def upload_picture(
    client: HomeserverClient, room: MatrixRoom, file: Attachment, log: Log
) -> Content | None:
    """Put a picture on the homeserver and return the message that it becomes.

    None where it is refused: what it stands beside says the same in words.
    """
    plain = FilePost(safe_file_name(file.name), file.data, {}, {}, {}, file.about)
    try:
        return await _message(client, room, plain)
    except Denied as error:
        log("file refused", platform=PLATFORM, code=error.code)
        return None


async def _message(client: HomeserverClient, room: MatrixRoom, parcel: FilePost) -> Content:
    ending = parcel.name.rpartition(".")[2].lower()
    kind = _KINDS.get(ending, _ANY)
    if await client.must_encrypt(room):
        sealed, key = await asyncio.to_thread(encrypt_file, parcel.data)
        where: Content = {"file": {**key, "url": await client.upload(sealed, _ANY)}}
    else:
        where = {"url": await client.upload(parcel.data, kind, parcel.name)}
    return {
        "msgtype": "m.image" if ending in _IMAGES else "m.file",
        "body": parcel.about or parcel.name,
        "filename": parcel.name,
        "info": {"mimetype": kind, "size": len(parcel.data), **_measure(parcel.data)},
        "m.mentions": {},
        **where,
        **parcel.relation,
    }


def _measure(data: bytes) -> dict[str, int]:
    """Return how wide and high a PNG is, in pixels, as its head says; of no other file."""
    if not data.startswith(_PNG):
        return {}
    wide, high = struct.unpack(">II", data[16:24])
    return {"w": wide, "h": high}
