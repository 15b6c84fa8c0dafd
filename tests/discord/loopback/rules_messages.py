"""Discord's rules for messages, and the house's one: nobody is ever mentioned.

https://docs.discord.com/developers/resources/message
"""

from typing import Any

from tests.discord.loopback.clock import Json
from tests.discord.loopback.rules import BAD, MISSING, TOO_LONG, At
from tests.discord.loopback.rules_components import check_components

SUPPRESS_EMBEDS, EPHEMERAL, LOADING, SILENT, V2 = 1 << 2, 1 << 6, 1 << 7, 1 << 12, 1 << 15
SETTABLE = SUPPRESS_EMBEDS | EPHEMERAL | SILENT | V2
LONGEST = 2_000
EMBED = {"title": 256, "description": 4_096}
EMBED_TOTAL = 6_000
OLD_FIELDS = ("content", "embeds", "poll", "sticker_ids")


def check_message(body: Any, at: At, *, files: int = 0, known: Json | None = None) -> None:
    """Check what is to be sent, or what is to be changed in the message that is `known`."""
    if not isinstance(body, dict):
        at.wrong(BAD, "Must be an object.")
        return
    flags = (known or {}).get("flags", 0) | (body.get("flags") or 0)
    unknown = (body.get("flags") or 0) & ~SETTABLE
    (at / "flags").need(not unknown, BAD, f"Cannot be set: {unknown}")
    at.text(body, "content", 0, LONGEST)
    at.text(body, "nonce", 0, 25)
    v2 = bool(flags & V2)
    for key in OLD_FIELDS:
        alone = not (v2 and body.get(key))
        (at / key).need(
            alone,
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            "Components V2 stand alone.",
        )
    check_components(body.get("components") or [], at / "components", v2=v2)
    _embeds(body.get("embeds") or [], at / "embeds")
    _mentions(body, at)
    if known is None:
        some = files or any(body.get(key) for key in (*OLD_FIELDS, "components"))
        at.need(some, "MESSAGE_EMPTY", "Cannot send an empty message")


def _mentions(body: Json, at: At) -> None:
    """Refuse what might mention anyone; Discord would not, but this bot must not do it."""
    here = at / "allowed_mentions"
    allowed = body.get("allowed_mentions")
    if allowed is None:
        says = any(body.get(key) for key in ("content", "components", "embeds"))
        here.need(not says, MISSING, "Must be given, and allow nothing.")
        return
    named = [key for key in ("parse", "users", "roles", "replied_user") if allowed.get(key)]
    here.need("parse" in allowed and not named, BAD, f"Must allow nothing, and allows {named}")


def _embeds(embeds: list[Json], at: At) -> None:
    at.count(embeds, 0, 10)
    total = 0
    for index, embed in enumerate(embeds):
        here = at / index
        total += sum(len(here.text(embed, key, 0, most)) for key, most in EMBED.items())
        total += len((here / "footer").text(embed.get("footer") or {}, "text", 0, 2_048))
        total += len((here / "author").text(embed.get("author") or {}, "name", 0, 256))
        fields = embed.get("fields") or []
        (here / "fields").count(fields, 0, 25)
        for place, part in enumerate(fields):
            total += len((here / "fields" / place).text(part, "name", 1, 256))
            total += len((here / "fields" / place).text(part, "value", 1, 1_024))
    at.need(total <= EMBED_TOTAL, TOO_LONG, f"{total} characters in all embeds.")


def check_thread(body: Json, at: At) -> None:
    """Check what makes a thread."""
    at.text(body, "name", 1, 100)
    (at / "auto_archive_duration").one_of(
        body.get("auto_archive_duration", 1_440), {60, 1_440, 4_320, 10_080}
    )


def check_presence(body: Json, at: At) -> None:
    """Check what the bot shows beside its name."""
    (at / "status").one_of(body.get("status"), {"online", "dnd", "idle", "invisible", "offline"})
    for index, activity in enumerate(body.get("activities") or []):
        here = at / "activities" / index
        here.text(activity, "name", 1, 128)
        here.text(activity, "state", 0, 128)
