"""What the desk says in a terminal unasked: printed, between what is typed."""

import sys
from datetime import datetime

from bot.adapters.console.layout import layout
from bot.adapters.console.paint import paint, width_of
from bot.i18n.formatter import Voice
from bot.platform import Notification, SentMessage


class Printer:
    """Prints summaries and news. A terminal keeps nothing, so there is nothing to be found."""

    ready = True

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    async def find(self, post: Notification, since: datetime) -> SentMessage | None:  # noqa: ARG002
        """Return None: what was printed cannot be looked for."""
        return None

    async def post(self, post: Notification) -> SentMessage:
        """Print it."""
        paint(layout(post.reply, self._voice, width_of(sys.stdout)), sys.stdout)
        print(file=sys.stdout, flush=True)
        return SentMessage(post.key)

    async def publish(self, room: str, message: str) -> None:
        """Do nothing: a terminal has no followers."""
