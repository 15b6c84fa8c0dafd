"""Matrix: a real homeserver, and people in a home room, each with a client of their own."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from bot.dispatch import Outcome
from bot.notify.notice_delivery import NoticeDelivery
from store import Store
from tests.conversations.saying import PRESS, File, On, PlainAnswer, Who
from tests.conversations.words import flat, of_html, of_matrix
from tests.matrix.desk import MatrixBot

Event = Mapping[str, Any]
_TOLD = "✉️"
"""The reaction to a question whose answer is in private."""


class Person(Protocol):
    """Somebody's client, of whatever make; `wait` gives events as they read when decrypted."""

    @property
    def id(self) -> str: ...

    async def say(self, room: str, body: str, **more: Any) -> str:
        """Write a message; return its id."""
        ...

    async def send_file(self, room: str, name: str, data: bytes, *, body: str) -> str:
        """Send a file with a caption; return the message's id."""
        ...

    async def join(self, room: str) -> None: ...

    async def invited(self) -> str:
        """Return the first room into which one was invited, waiting for it."""
        ...

    async def wait(self, suits: Callable[[Event], bool]) -> Event:
        """Return the first event of any room that suits, waiting for it."""
        ...


class Matrix:
    """A home room, into which everybody comes who has something to say."""

    on = On.MATRIX

    def __init__(
        self,
        bot: MatrixBot,
        home: str,
        names: Mapping[Who, str],
        come: Callable[[Who], Awaitable[Person]],
    ) -> None:
        self._bot, self._home, self._names, self._come = bot, home, names, come
        self._people: dict[Who, Person] = {}
        self._private: dict[Who, str] = {}
        self._read: set[str] = set()
        self._last: dict[Who, Event] = {}

    def name(self, who: Who) -> str:
        return self._names[who]

    async def say(self, who: Who, line: str, file: File | None = None) -> PlainAnswer:
        if who not in self._people:
            self._people[who] = await self._come(who)
            await self._people[who].join(self._home)
        person, chosen = self._people[who], line.startswith(PRESS)
        # What is chosen in private is answered there, whoever may see it.
        seen = not chosen or self._last[who]["room_id"] == self._home
        if chosen:
            answer = await self._press(who, line.removeprefix(PRESS))
        else:
            typed = f"{self._bot.prefix}{line.removeprefix('/')}"
            answer = await self._answer(who, await self._send(person, typed, file))
        content = answer["content"]
        assert content["m.mentions"] == {}, content
        text = of_matrix(content["body"])
        assert _letters(of_html(content["formatted_body"])) == _letters(content["body"]), content
        (*_, last) = [line for line in self._bot.logged if line["event"] == "invocation"]
        self._last[who] = answer
        refused = last["outcome"] is Outcome.REFUSED
        alone = answer["room_id"] != self._home if seen else None
        return PlainAnswer(text.partition("\n")[0], text, refused, alone)

    @property
    def store(self) -> Store:
        return self._bot.store

    async def tell(self) -> None:
        """Let the bot say unasked what is due."""
        platform = self._bot.live
        assert platform is not None
        schedule = self._bot.schedule(platform)
        await schedule.turn()
        await NoticeDelivery(
            self.store.notice_queue,
            schedule.dispatch,
            schedule.platforms,
            schedule.clock,
            schedule.log,
        ).due("matrix")

    async def seen(self, who: Who, first: str, *, alone: bool) -> str:
        """Return what somebody sees that begins so and answers nothing, waiting for it."""

        def is_it(event: Event) -> bool:
            content = event["content"]
            here = (event["room_id"] != self._home) is alone
            unasked = "m.relates_to" not in content
            text = of_matrix(content.get("body", ""))
            return here and unasked and event["sender"] == self._bot.id and text.startswith(first)

        return of_matrix((await self._people[who].wait(is_it))["content"]["body"])

    async def _send(self, person: Person, line: str, file: File | None) -> str:
        if file is None:
            return await person.say(self._home, line)
        return await person.send_file(self._home, file.name, file.text.encode(), body=line)

    async def _press(self, who: Who, label: str) -> Event:
        """Take up an offer: reply with its number, or copy the line that stands after it."""
        last, person = self._last[who], self._people[who]
        offered = re.search(
            rf"^→ (?:(\d+) )?{re.escape(label)}(?:: (.+)|(?: ✅)?)$",
            last["content"]["body"],
            re.MULTILINE,
        )
        assert offered, f"Not offered: {label!r}; there is {last['content']['body']!r}"
        number, line = offered.groups()
        if line:
            return await self._answer(who, await self._send(person, line, None))
        reply = {"m.in_reply_to": {"event_id": last["event_id"]}}
        asked = await person.say(last["room_id"], number, **{"m.relates_to": reply})
        if last["room_id"] == self._home:
            return await self._answer(who, asked)
        return await self._next_in_private(who)

    async def _answer(self, who: Who, asked: str) -> Event:
        """Return the answer to a message, in the room or, where a reaction says so, in private."""
        person = self._people[who]

        def answers(event: Event) -> bool:
            relation = event["content"].get("m.relates_to", {})
            if event["type"] == "m.reaction":
                return (relation.get("event_id"), relation.get("key")) == (asked, _TOLD)
            return bool(relation.get("m.in_reply_to") == {"event_id": asked})

        message = await person.wait(answers)
        if message["type"] != "m.reaction":
            return message
        if who not in self._private:
            self._private[who] = await person.invited()
            await person.join(self._private[who])
        return await self._next_in_private(who)

    async def _next_in_private(self, who: Who) -> Event:
        def is_next(event: Event) -> bool:
            where = event["room_id"], event["sender"], event["type"]
            ours = where == (self._private[who], self._bot.id, "m.room.message")
            return ours and event["event_id"] not in self._read

        message = await self._people[who].wait(is_next)
        self._read.add(message["event_id"])
        return message


def _letters(text: str) -> str:
    """Return what has to be the same in both bodies of a message: all but blanks and bullets."""
    return flat(text).replace(" ", "").replace("•", "").replace("\u2060", "")
