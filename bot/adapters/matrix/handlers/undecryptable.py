"""Encrypted rooms while nothing can be encrypted: one line a room a day, and nothing of the record.

That line goes as it is, since there is no other way to say it.
"""

import json

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.delivery.outbox import BARE, MESSAGE
from bot.adapters.matrix.rendering.html_escape import words
from bot.adapters.matrix.rendering.message import notice
from commands.kit.inlines import T
from store.workflow.inbox_outbox import OutboxMessage


def undecryptable_notice(context: AdapterContext, room: str, until: int) -> OutboxMessage:
    """Return what is said, once a room a day, where something could not be read or answered."""
    if context.client.encryption is None:
        apology = T("I cannot read encrypted messages. Ask me in a room without encryption.")
    else:
        apology = T("I could not decrypt a message here. Send it again, please.")
    text = words(context.port.speak("").plain(apology))
    key = f"{BARE}{room}-{context.port.dispatch.desk.clock().date()}"
    return OutboxMessage(key, room, MESSAGE, json.dumps(notice(text)), until)
