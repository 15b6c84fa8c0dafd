"""What a channel posted, from the result.json of Telegram's export; nothing of groups or people."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from store.confined.child import TaskRefusal
from store.transfer.import_problems import Fault

_CHANNELS = ("public_channel", "private_channel")


def is_export(whole: Any) -> bool:  # noqa: ANN401 -- whatever JSON has there
    """Tell whether a document is an export of one chat, or of all."""
    return isinstance(whole, dict) and (
        (isinstance(whole.get("messages"), list) and "type" in whole)
        or (isinstance(whole.get("chats"), dict) and "list" in whole["chats"])
    )


def list_posts(whole: dict[str, Any]) -> Iterator[dict[str, str] | None]:
    """Yield each post of each channel as a row, None for one without words.

    Raises TaskRefusal where there is no channel.
    """
    chats = [whole] if "messages" in whole else whole["chats"]["list"]
    chats = [chat for chat in chats if isinstance(chat, dict)]
    channels = [chat for chat in chats if chat.get("type") in _CHANNELS]
    if not channels:
        kinds = dict.fromkeys(str(chat.get("type", "")) for chat in chats)
        raise TaskRefusal(Fault.NO_CHANNEL, "file", ", ".join(kinds))
    for channel in channels:
        posts = channel.get("messages")
        for post in posts if isinstance(posts, list) else ():
            if isinstance(post, dict) and post.get("type") == "message":
                row = _row(channel, post)
                yield row if row["text"].strip() else None


def _row(channel: dict[str, Any], post: dict[str, Any]) -> dict[str, str]:
    name, number = str(channel.get("name") or ""), str(post.get("id") or "")
    return {
        "id": f"{channel.get('id') or name}:{number}",
        "channel": name,
        "date": _moment(post),
        "text": join_text(post.get("text")),
        "forwarded_from": str(post.get("forwarded_from") or ""),
        "url": _address(channel, number),
    }


def _moment(post: dict[str, Any]) -> str:
    """Return when it was posted, with its offset where the export has it."""
    try:
        return datetime.fromtimestamp(int(post["date_unixtime"]), UTC).isoformat()
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return str(post.get("date") or "")


def _address(channel: dict[str, Any], number: str) -> str:
    """Return where a post stands, if the export knows the channel's name in addresses."""
    handle = str(channel.get("username") or "").strip("@")
    if handle.isascii() and handle.replace("_", "").isalnum():
        return f"https://t.me/{handle}/{number}"
    internal = str(channel.get("id") or "").removeprefix("-100")
    return f"https://t.me/c/{internal}/{number}" if internal.isdigit() else ""


def join_text(text: Any) -> str:  # noqa: ANN401 -- a string, or a list of strings and objects
    """Return a post's text as one piece."""
    if isinstance(text, list):
        return "".join(
            str(part.get("text") or "") if isinstance(part, dict) else str(part) for part in text
        )
    return text if isinstance(text, str) else ""
