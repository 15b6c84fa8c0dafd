"""The HTTP side: reading a request, what may go wrong with it, and writing the answer."""

import asyncio
import json
from typing import Any

from aiohttp import web

from tests.discord.loopback import routes_commands, routes_interactions, routes_messages
from tests.discord.loopback import routes_places as places
from tests.discord.loopback.api import Api, Call, Created, Handler, Refused
from tests.discord.loopback.clock import Json
from tests.discord.loopback.faults import Fault, Kind, limit_headers, rate_limit_body
from tests.discord.loopback.rules import Problem, Violation

TABLES = (
    places.routes,
    routes_commands.routes,
    routes_messages.routes,
    routes_interactions.routes,
)
WITHOUT_TOKEN = ("/interactions/", "/webhooks/")


class Rest:
    """Answers every request under the API's address."""

    def __init__(self, api: Api, token: str) -> None:
        self._api = api
        self._token = token

    async def handle(self, request: web.Request) -> web.StreamResponse:
        call = await self._read(request)
        self._api.calls.append(call)
        self._api.pulse.beat()
        fault = self._api.faults.next(call.method, call.path)
        if fault is not None and fault.kind is Kind.HELD:
            await self._hold(fault.seconds)
            fault = None
        lost = fault is not None and fault.done
        headers, over = self._api.faults.take(call.method, call.path, self._api.clock.now())
        if over:
            wait = float(headers["X-RateLimit-Reset-After"])
            answer = self._write(call, 429, rate_limit_body(wait, everywhere=False), headers)
        elif fault is None or lost:
            answer = await self._answer(call, headers)
        else:
            answer = web.Response()
        if fault is not None:
            answer = self._fail(request, call, fault)
        self._api.pulse.beat()
        return answer

    async def _read(self, request: web.Request) -> Call:
        body: Any = None
        files = 0
        if request.content_type == "multipart/form-data":
            form = await request.post()
            body = json.loads(str(form["payload_json"]))
            files = sum(isinstance(field, web.FileField) for field in form.values())
        elif request.can_read_body:
            body = json.loads(await request.text())
        return Call(
            request.method,
            "/" + request.match_info["path"],
            dict(request.query),
            body,
            files,
            request.headers.get("Authorization"),
            self._api.clock.now(),
        )

    async def _hold(self, seconds: float) -> None:
        """Wait, but not past the end of the test."""
        stopping = asyncio.ensure_future(self._api.stopping.wait())
        await asyncio.wait({stopping}, timeout=seconds)
        stopping.cancel()

    async def _answer(self, call: Call, headers: dict[str, str]) -> web.Response:
        try:
            response = await self._carry_out(call)
        except Refused as error:
            return self._write(call, error.status, error.body, headers)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            problem = Problem((), "MALFORMED", repr(error))
            self._api.violations.append(Violation(str(call), problem))
            return self._write(call, 400, {"message": repr(error), "code": 50109}, headers)
        if response is None:
            call.status = 204
            return web.Response(status=204, headers=headers)
        return self._write(call, 201 if isinstance(response, Created) else 200, response, headers)

    async def _carry_out(self, call: Call) -> Any:
        if not call.path.startswith(WITHOUT_TOKEN) and call.token != f"Bot {self._token}":
            raise Refused(401, 0, "401: Unauthorized")
        route = self._route(call)
        if route is None:
            raise Refused(404, 0, "404: Not Found")
        handler, given = route
        return await handler(self._api, call, **given)

    def _route(self, call: Call) -> tuple[Handler, dict[str, str]] | None:
        for table in TABLES:
            route = table.find(call.method, call.path)
            if route:
                return route
        return None

    def _write(
        self, call: Call, status: int, body: Json | list[Json], headers: dict[str, str]
    ) -> web.Response:
        call.status = status
        text = json.dumps(body, ensure_ascii=False).encode()
        # The client reads JSON only if the type says nothing else, not even a charset.
        return web.Response(
            status=status, body=text, headers=headers, content_type="application/json"
        )

    def _fail(self, request: web.Request, call: Call, fault: Fault) -> web.Response:
        call.status = fault.status
        if fault.kind is Kind.CUT:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if fault.kind is Kind.BROKEN:
            page = f"<html><body>{fault.status}</body></html>"
            return web.Response(status=fault.status, text=page, content_type="text/html")
        if fault.banned:
            text = "error code: 1015"
            return web.Response(status=429, text=text, headers={"Retry-After": "3600"})
        wait = fault.seconds
        headers = limit_headers(50, 0, wait, self._api.clock.now(), call.path)
        headers["Retry-After"] = str(max(1, round(wait)))
        headers["X-RateLimit-Scope"] = "global" if fault.everywhere else "user"
        if fault.everywhere:
            headers = {k: v for k, v in headers.items() if k != "X-RateLimit-Bucket"}
            headers["X-RateLimit-Global"] = "true"
        return self._write(call, 429, rate_limit_body(wait, everywhere=fault.everywhere), headers)
