"""The one list of conversations, which is had on every platform."""

from tests.conversations.saying import Conversation, On
from tests.conversations.talks.days import DAYS
from tests.conversations.talks.filing import FILING
from tests.conversations.talks.keeping import KEEPING
from tests.conversations.talks.reading import READING
from tests.conversations.talks.roles import ROLES
from tests.conversations.talks.rooms import ROOMS
from tests.conversations.talks.submitting import SUBMITTING
from tests.conversations.talks.wrong import WRONG

CONVERSATIONS: tuple[Conversation, ...] = (
    *READING,
    *DAYS,
    *FILING,
    *SUBMITTING,
    *KEEPING,
    *ROOMS,
    *WRONG,
    *ROLES,
)


def conversations_on(on: On) -> list[Conversation]:
    """Return the conversations that are had on a platform."""
    return [talk for talk in CONVERSATIONS if on not in talk.without]
