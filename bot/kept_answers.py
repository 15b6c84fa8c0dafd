"""Answers that cannot have changed, kept so that they need not be made again.

What is kept of a question is its answer, and what platforms made of that. It is the same for as
long as nothing was written that an answer shows: with each such write all is forgotten at once,
so that nothing redacted stays either. Whatever else an answer of a command that declares `kept`
goes by is in its key: the texts, the role, the day and how far maps are settled.

Who asks what is being answered right now waits for that, and it is made once. With each write that
is forgotten too: who asks after it is given nothing that was begun before.
"""

from asyncio import Future, get_running_loop, wait
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping

from msgspec import Struct
from msgspec.msgpack import Encoder
from msgspec.structs import replace

from bot.answers import Answer, Renditions
from commands.kit.command import Command
from commands.kit.context import Context
from commands.kit.inlines import T

_UNPACKED = 5
"""Bytes in memory for each byte of a value that is packed: 4 to 6, by what kind of answer it is."""


class _Kept(Struct):
    answer: Answer
    weight: int


class KeptAnswers:
    """As many answers as fit into `most` bytes, those longest unasked for forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._under_way: dict[Hashable, Future[Answer | None]] = {}
        self.weight = 0
        self._writes = 0

    @property
    def answers(self) -> int:
        """How many are kept now."""
        return len(self._kept)

    async def answer(
        self,
        command: Command,
        given: Mapping[str, str],
        ctx: Context,
        work: Callable[[], Awaitable[Answer]],
    ) -> Answer:
        """Return the answer that is kept or under way, or do the work and keep what it answers."""
        if not command.kept or ctx.uploads:
            return await work()
        key = _key(command, given, ctx)
        if (known := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return known.answer
        if (under_way := self._under_way.get(key)) is None:
            return await self._make(key, work)
        await wait({under_way})  # who stops waiting takes it from nobody else
        return under_way.result() or await work()

    async def _make(self, key: Hashable, work: Callable[[], Awaitable[Answer]]) -> Answer:
        """Do the work for all who ask the same meanwhile; if it fails, each does their own."""
        writes, answer = self._writes, None
        self._under_way[key] = future = get_running_loop().create_future()
        try:
            answer = await work()
            if writes == self._writes:  # or it may rest on what was written over meanwhile
                answer = self._keep(key, answer)
            return answer
        finally:
            future.set_result(answer)
            if self._under_way.get(key) is future:
                del self._under_way[key]

    def forget(self) -> None:
        """Forget everything: something was written."""
        self._writes += 1
        self.weight = 0
        self._kept.clear()
        self._under_way.clear()

    def _keep(self, key: Hashable, answer: Answer) -> Answer:
        kept = _Kept(answer, _weigh(key) + _weigh(answer))

        def grow(rendition: object) -> None:
            if self._kept.get(key) is kept:
                more = _weigh(rendition)
                kept.weight += more
                self._load(more)

        kept.answer = replace(answer, renditions=Renditions(answer.reply, grow))
        self._kept[key] = kept
        self._load(kept.weight)
        return kept.answer

    def _load(self, more: int) -> None:
        """Count what is new, and forget what does not fit any more."""
        self.weight += more
        while self.weight > self._most:
            _, oldest = self._kept.popitem(last=False)
            self.weight -= oldest.weight


def _key(command: Command, given: Mapping[str, str], ctx: Context) -> Hashable:
    texts = tuple(sorted(given.items()))
    return command.path, texts, ctx.caller.role, ctx.whole, ctx.today, ctx.settled


def _weigh(value: object) -> int:
    """Return about how many bytes a value takes."""
    try:
        packed: bytes | str = _pack(value)
    except UnicodeEncodeError:  # half a character, as somebody typed it
        packed = repr(value)
    return _UNPACKED * len(packed)


def _open(value: object) -> object:
    """Return what is to be packed in place of a value that is not plain data: a message's fields.

    Its words are the program's own.
    """
    return value.given if isinstance(value, T) else None


_pack = Encoder(enc_hook=_open).encode
