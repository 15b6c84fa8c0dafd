"""Files that come with a command: its own, or that of the message to which it is a reply.

Nothing is fetched before the command reads it. What a message says of its file is anybody's word.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.client.media import TOO_LARGE
from bot.adapters.matrix.crypto.attachment_encryption import decrypt_file
from bot.adapters.matrix.delivery.file_posts import safe_file_name
from bot.adapters.matrix.handlers.read_events import read_replied_event
from bot.adapters.matrix.protocol.events import FILES, Event, reply_target, text_at
from bot.adapters.matrix.protocol.homeserver_errors import Denied, HomeserverError
from commands.kit.errors import Code, NotFound
from commands.kit.inlines import T
from commands.kit.invocation import Role, Upload
from commands.kit.params.uploaded_file import UploadedFile


class FileReference(Struct, frozen=True):
    """A file as a message names it. `size` is -1 where it says none; `key` opens a sealed one."""

    name: str
    address: str
    size: int
    key: Mapping[str, Any] | None = None


def file_of(event: Event) -> FileReference | None:
    """Return the file of a message; None where it has none."""
    content = event.get("content")
    if not isinstance(content, Mapping) or text_at(content, "msgtype") not in FILES:
        return None
    name = safe_file_name(text_at(content, "filename") or text_at(content, "body"))
    info = content.get("info")
    claimed = info.get("size") if isinstance(info, Mapping) else None
    size = (
        claimed
        if isinstance(claimed, int) and not isinstance(claimed, bool) and claimed >= 0
        else -1
    )
    key = content.get("file")
    if isinstance(key, Mapping):
        return FileReference(name, text_at(key, "url"), size, key)
    address = text_at(content, "url")
    return FileReference(name, address, size) if address else None


async def uploads(
    context: AdapterContext, event: Event, line: str, role: Role
) -> tuple[Upload, ...]:
    """Return the file for a line's command, if it takes one.

    Where it needs one and there is none, what is returned says why.
    """
    command = context.port.dispatch.of_line(line)
    if command is None or role < command.role:
        return ()
    wanted = [
        (param.type.most, param.required)
        for param in command.params
        if isinstance(param.type, UploadedFile)
    ]
    if not wanted:
        return ()
    most, needed = wanted[0]
    file = file_of(event)
    if file is None and reply_target(event):
        file = file_of(await read_replied_event(context, event) or {})
        if file is None and needed:
            return (_none(T("The message you replied to has no file that I can read.")),)
    if file is None and needed:
        path = f"{context.me.prefix}{command.path}"
        return (_none(T("Send a file with {line} as its caption, or reply to one.", line=path)),)
    if file is None:
        return ()
    return (_upload(context, file, most),)


def _upload(context: AdapterContext, file: FileReference, most: int) -> Upload:
    """Return what reads a file, up to the size that was said of it, or else up to `most`."""
    size = most if file.size < 0 else file.size

    async def read() -> bytes:
        if file.key is not None and context.client.encryption is None:
            plain = T("I cannot read encrypted files. Send {name} plain.", name=file.name)
            raise NotFound(plain, code=Code.BAD_FILE)
        try:
            data = await context.client.download(file.address, size)
        except Denied as error:
            raise NotFound(_refusal(file, size, error.code), code=Code.BAD_FILE) from None
        except HomeserverError:
            why = T("I could not download {name}. Try again.", name=file.name)
            raise NotFound(why, code=Code.BAD_FILE) from None
        return data if file.key is None else await _unseal(file, data, file.key)

    return Upload(file.name, size, read)


def _refusal(file: FileReference, size: int, code: str) -> T:
    name, bytes_ = file.name, f"{size:,}"
    if code != TOO_LARGE:
        return T("{name} is gone, or I may not see it. Send it again.", name=name)
    if file.size < 0:
        return T("{name} is larger than {size} bytes, the most I can read.", name=name, size=bytes_)
    return T(
        "{name} is larger than the {size} bytes that its message gives. Send it again.",
        name=name,
        size=bytes_,
    )


async def _unseal(file: FileReference, data: bytes, key: Mapping[str, Any]) -> bytes:
    try:
        return await asyncio.to_thread(decrypt_file, data, key)
    except ValueError:
        why = T("{name} does not match its checksum. Send it again.", name=file.name)
        raise NotFound(why, code=Code.BAD_FILE) from None


def _none(why: T) -> Upload:
    async def read() -> bytes:
        raise NotFound(why, code=Code.BAD_FILE)

    return Upload("file", 0, read)
