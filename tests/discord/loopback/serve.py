"""The server as a process of its own, for who times a bot that is another process.

``python -m tests.discord.loopback.serve`` says in a line of JSON where it is. Each line it then
reads is what members ask, one after the other or all together, and an option that is being typed
where one is named; the line it answers with says after how many seconds each had a first sign
and what it asked for, null for never.

    {"api": "http://…", "gateway": "ws://…", "token": "…"}
    {"asked": [["status", {"place": "Pokrovsk"}, ""]], "together": false}
    {"first": [0.012], "shown": [0.012]}
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from tests.discord.loopback.asked import Interaction
from tests.discord.loopback.driver import Member
from tests.discord.loopback.server import Loopback
from tests.discord.loopback.world import Channel, Guild

ROOMS, OF_ONE = 200, 5
"""Rooms, and questions of one member: so many that a bot has no reason to ask for patience."""
CONNECT_S, PATIENCE_S, ALL_S = 60, 10, 60
LONGEST_LINE = 1 << 26


class Crowd:
    """Members who ask, each in the next room."""

    def __init__(self, server: Loopback) -> None:
        self._server = server
        guild = server.guild("Crowd")
        rooms = [server.channel(guild, f"room-{number}") for number in range(ROOMS)]
        self._scenes = self._people(guild, cycle(rooms))

    def _people(self, guild: Guild, rooms: Iterator[Channel]) -> Iterator[tuple[Member, Channel]]:
        while True:
            member = self._server.member(guild, "Reader")
            for _ in range(OF_ONE):
                yield member, next(rooms)

    async def ask(self, path: str, given: dict[str, str], typing: str) -> Interaction:
        """Ask, and wait for nothing."""
        member, room = next(self._scenes)
        if typing:
            return await member.type(room, path, given, typing)
        return await member.slash(room, path, given)

    async def ask_in_turn(self, asked: list[Any]) -> list[Interaction]:
        """Ask one after the other, each when the one before has its answer."""
        done = []
        for question in asked:
            done.append(await self.ask(*question))
            await self._answered(done[-1:], PATIENCE_S)
        return done

    async def ask_together(self, asked: list[Any]) -> list[Interaction]:
        """Ask all at once."""
        done = [await self.ask(*question) for question in asked]
        await self._answered(done, ALL_S)
        return done

    async def _answered(self, asked: list[Interaction], seconds: float) -> None:
        try:
            await self._server.until(
                lambda: all(question.shown_after for question in asked), "answers", seconds
            )
        except AssertionError:
            return  # what has no answer says so itself


async def main() -> None:
    """Serve until standard input ends."""
    lines = asyncio.StreamReader(limit=LONGEST_LINE)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with Loopback() as server:
        crowd = Crowd(server)
        tell(api=server.api, gateway=server.gateway, token=server.token)
        while line := await lines.readline():
            await server.connected(seconds=CONNECT_S)
            told = json.loads(line)
            ask = crowd.ask_together if told["together"] else crowd.ask_in_turn
            done = await ask(told["asked"])
            tell(
                first=[question.took or None for question in done],
                shown=[question.shown_after or None for question in done],
            )


def tell(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
