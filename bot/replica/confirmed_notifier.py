"""Between a claim and its post: a wait until the claim is safe elsewhere."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from bot.platform import Notification, Notifier, SentMessage
from bot.replica.acknowledge import Acknowledger


class ConfirmedNotifier(Struct, frozen=True):
    """Posts what was claimed once the claim is safe. Late, it is posted all the same."""

    notifier: Notifier
    acknowledger: Acknowledger

    @property
    def ready(self) -> bool:
        """Whether the platform could post now."""
        return self.notifier.ready

    async def find(self, post: Notification, since: datetime) -> SentMessage | None:
        """Return the post if it went out in the minutes after a moment."""
        return await self.notifier.find(post, since)

    async def post(self, post: Notification) -> SentMessage:
        """Say something, after a wait that all who post at this time share."""
        await self.acknowledger.confirm()
        return await self.notifier.post(post)

    async def publish(self, room: str, message: str) -> None:
        """Pass an announcement on to those who follow the room."""
        await self.notifier.publish(room, message)


def confirm_before_posts(
    notifiers: Mapping[str, Notifier], acknowledger: Acknowledger | None
) -> Mapping[str, Notifier]:
    """Return the platforms' notifiers, each waiting before a post if there is anything to ask."""
    if acknowledger is None:
        return notifiers
    return {name: ConfirmedNotifier(each, acknowledger) for name, each in notifiers.items()}
