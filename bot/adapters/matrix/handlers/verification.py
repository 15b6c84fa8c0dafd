"""Verification by emoji or by a code: declined at once, for nobody at this end can compare.

A client that is not answered waits for ten minutes. The docs tell how to compare the fingerprint.
https://spec.matrix.org/latest/client-server-api/#key-verification-framework
"""

import json
from collections.abc import Mapping
from typing import Any

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.ports import PLATFORM
from bot.adapters.matrix.protocol.events import Event, VerificationRequest, text_at
from bot.adapters.matrix.protocol.homeserver_errors import Denied, Unavailable
from commands.kit.inlines import T
from store.workflow.inbox_outbox import OutboxMessage

_CANCEL, _CODE = "m.key.verification.cancel", "m.user"


def decline_in_room(
    context: AdapterContext, room: str, request: VerificationRequest, until: int
) -> OutboxMessage:
    """Return what declines a verification that was asked for in a room."""
    relation = {"rel_type": "m.reference", "event_id": request.event}
    content = {**_refusal(context), "m.relates_to": relation}
    return OutboxMessage(f"v-{request.event}", room, _CANCEL, json.dumps(content), until)


async def decline_to_device(context: AdapterContext, event: Event) -> None:
    """Decline a verification that one device asks of another."""
    sender, device = text_at(event, "sender"), text_at(event, "content", "from_device")
    transaction = text_at(event, "content", "transaction_id")
    if not (sender and device and transaction) or sender == context.me.id:
        return
    content = {**_refusal(context), "transaction_id": transaction}
    try:
        await context.client.tell_device(sender, device, _CANCEL, content, f"v-{transaction}")
    except (Denied, Unavailable) as error:
        context.port.log("verification not declined", platform=PLATFORM, why=str(error))


def _refusal(context: AdapterContext) -> Mapping[str, Any]:
    why = T("I cannot compare emoji. Compare my key’s fingerprint with whoever runs me.")
    return {"code": _CODE, "reason": context.port.speak("").plain(why)}
