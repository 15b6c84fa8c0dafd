"""The words that a client shows in a message: text, embeds, polls, components, pictures' texts."""

import re
from collections.abc import Iterable, Iterator, Sequence

import discord
from msgspec import Struct

_LINK = re.compile(r"<?https?://\S+")
_OWN, _RESULT = "rich", "poll_result"
"""Kinds of an embed: one that its author wrote; what a poll came to. Others preview an address."""
_RESULT_WORDS = ("poll_question_text", "victor_answer_text")


class Words(Struct, frozen=True):
    """What a message says itself, and what else is seen in it."""

    own: str
    around: str = ""


def words_of(
    message: discord.Message | discord.MessageSnapshot, poll: discord.Poll | None = None
) -> Words:
    """Return the words of a message, a line each; previews of links count where nothing else is.

    Who wrote an embed, and what stands under it, are seen around its words.
    """
    written = [embed for embed in message.embeds if embed.type in {_OWN, _RESULT}]
    previews = [embed for embed in message.embeds if embed not in written]
    own = [
        message.content,
        *(line for embed in written for line in _embed(embed)),
        *_component_texts(message.components),
        *_poll(poll),
        *(attachment.description or "" for attachment in message.attachments),
    ]
    around = [text for embed in written for text in (embed.author.name, embed.footer.text) if text]
    previewed = [line for embed in previews for line in _embed(embed)]
    text = _lines(own)
    if not _LINK.sub("", text).strip():
        return Words(_lines([text, *previewed]), _lines(around))
    return Words(text, _lines([*around, *previewed]))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(filter(None, (text.strip() for text in texts)))


def _embed(embed: discord.Embed) -> Iterator[str]:
    if embed.type == _RESULT:
        yield from (field.value or "" for field in embed.fields if field.name in _RESULT_WORDS)
        return
    yield embed.title or ""
    yield embed.description or ""
    for field in embed.fields:
        yield ": ".join(filter(None, (field.name, field.value)))


def _poll(poll: discord.Poll | None) -> Iterator[str]:
    if poll is not None:
        yield poll.question
        yield from (f"• {answer.text}" for answer in poll.answers)


def _component_texts(components: Sequence[object]) -> Iterator[str]:
    """Yield what components say, at any depth; what is pressed or chosen says nothing."""
    for part in components:
        match part:
            case discord.TextDisplay():
                yield part.content
            case discord.MediaGalleryComponent():
                yield from (item.description or "" for item in part.items)
            case discord.ThumbnailComponent():
                yield part.description or ""
            case discord.SectionComponent():
                yield from _component_texts([*part.children, part.accessory])
            case discord.Container() | discord.ActionRow():
                yield from _component_texts(part.children)
