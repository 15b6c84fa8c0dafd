"""A command that weighs a file, and how files are found in a room."""

import hashlib
from typing import Annotated, Any

from bot.dispatch import Dispatch
from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Caller, Upload
from commands.kit.params.uploaded_file import UploadedFile
from commands.kit.reply import Reply
from tests.matrix.desk import MatrixBot
from tests.matrix.people import Json, Somebody

MOST = 1000


@command()
async def weigh(_ctx: Context, file: Annotated[Upload, UploadedFile(T("Any file"), MOST)]) -> Reply:
    """Say what is in a file."""
    data = await file.read()
    return Reply((f"{file.name} has {len(data)} bytes, {hashlib.sha256(data).hexdigest()[:8]}",))


def weight_line(name: str, data: bytes) -> str:
    return f"{name} has {len(data)} bytes, {hashlib.sha256(data).hexdigest()[:8]}"


def plain(content: Any) -> str:
    """Return the words of a message without what is not seen in them."""
    return str(content["body"]).replace("\u2060", "")


async def the_export(bot: MatrixBot) -> bytes:
    """Return the file of an export as it is before anybody sends it."""
    dispatch = Dispatch(bot.desk(), lambda *_, **__: None)
    answer = await dispatch.line(Caller("terminal", "1", "Somebody"), "/export format:jsonl")
    return answer.reply.files[0].data


def files(person: Somebody, room: str) -> list[Json]:
    return [
        event
        for event in person.seen
        if event["room_id"] == room and event["content"].get("msgtype") in {"m.file", "m.image"}
    ]


async def file_in(person: Somebody, room: str, number: int = 1) -> Json:
    """Return the content of a file in a room, waiting for it."""
    event = await person.wait(lambda event: event in files(person, room)[number - 1 :])
    content: Json = event["content"]
    return content


def reply(event: str) -> Json:
    return {"m.relates_to": {"m.in_reply_to": {"event_id": event}}}
