"""First responses to interactions, without the message that Discord would send back for each."""

from typing import TYPE_CHECKING

import aiohttp
from discord.http import MultipartParameters, Route
from discord.webhook.async_ import AsyncWebhookAdapter
from typing_extensions import override

if TYPE_CHECKING:
    from discord.types.interactions import InteractionCallback


class CallbackAdapter(AsyncWebhookAdapter):
    """The library's way to respond; it asks for nothing in return.

    The library always asks for the message as Discord shows it, and makes objects of all that is
    in it; nobody here looks at them, and they took a tenth of the time of an answer. It has no
    public way to do without; a test holds this one, and the requirements pin the library.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's own has no types

    @override
    async def create_interaction_response(
        self,
        interaction_id: int,
        token: str,
        *,
        session: aiohttp.ClientSession,
        proxy: str | None = None,
        proxy_auth: aiohttp.BasicAuth | None = None,
        params: MultipartParameters,
    ) -> "InteractionCallback":
        """Send a response; return what the library needs to know of it."""
        await self.request(
            Route(
                "POST",
                "/interactions/{webhook_id}/{webhook_token}/callback",
                webhook_id=interaction_id,
                webhook_token=token,
            ),
            session,
            payload=params.payload,
            multipart=params.multipart,
            files=params.files,
            proxy=proxy,
            proxy_auth=proxy_auth,
        )
        return {"interaction": {"id": interaction_id, "type": 2}}
