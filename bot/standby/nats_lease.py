"""A lease in a key of NATS JetStream: taken and renewed by compare and set.

The key says who holds the lease and of which term; it never runs out by itself. Who stands by reads
it again and again, from the stream's leader alone: if it stays as it is for the length of the
lease, its holder has stopped renewing it. A read that fails starts the count anew, so that servers
that were away for a while are no reason to take over.
"""

import asyncio
import base64
import math
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import nats
from msgspec import Struct
from msgspec.structs import replace
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.api import KeyValueConfig
from nats.js.errors import BucketNotFoundError, KeyNotFoundError, KeyWrongLastSequenceError
from nats.js.kv import KeyValue

from bot.dispatch import Log
from bot.standby.lease import Follow, Grant, LeaseLost, name_holder, steady_clock
from store.model.backoff import Backoff

BUCKET = "sitrep-leases"
_REPLICAS = 3
_TRY_S, _QUIET_S = 1.0, 10.0
_UNTIL_THERE = Backoff(0.5, 2.0)
_LOOK_S = 0.25
"""Seconds between two looks of who stands by."""


class Held(Struct, frozen=True):
    """What the key says. Nobody holds a lease without a `holder`."""

    term: int = 0
    holder: str = ""
    replica: str = ""


class NatsLease:
    """The lease of one desk; `length_s` in seconds."""

    def __init__(
        self,
        client: Client,
        bucket: KeyValue,
        name: str,
        length_s: float,
        clock: Callable[[], float] = steady_clock,
    ) -> None:
        self._bucket, self._client, self._clock = bucket, client, clock
        self._key, self.length_s = encode_key(name), length_s
        self._mine = Held(holder=name_holder())
        self._revision = 0
        self._turn = asyncio.Lock()

    async def acquire(self, follow: Follow) -> Grant:
        """Wait until nobody holds it, or whoever did has not renewed it for its length."""
        revision, since = -1, 0.0
        while True:
            try:
                held, newest = await self._read()
                now = self._clock()
                if newest != revision:
                    revision, since = newest, now
                is_free = held.holder in {"", self._mine.holder}  # a lost receipt makes it ours
                if is_free or now - since >= self.length_s:
                    return await self._take(held, newest)
                await follow(held.replica)
            except (OSError, LeaseLost):
                revision = -1
            await asyncio.sleep(_LOOK_S)

    async def _take(self, held: Held, revision: int) -> Grant:
        self._mine = replace(held, term=held.term + 1, holder=self._mine.holder)
        self._revision, taken_at = revision, self._clock()
        await self._write(self._mine)
        return Grant(self._mine.term, self._mine.holder, taken_at, self._mine.replica)

    async def find_replica(self) -> str:
        """Return where the record is, whole, whoever holds the lease."""
        held, _ = await self._read()
        return held.replica

    async def renew(self) -> None:
        """Renew it once, within a second."""
        async with self._turn:
            await self._write(self._mine)

    async def ship_to(self, replica: str) -> None:
        """Say under which name this term's record is."""
        async with self._turn:
            await self._write(replace(self._mine, replica=replica))

    async def release(self) -> None:
        """Give it back."""
        async with self._turn:
            await self._write(replace(self._mine, holder=""))

    async def aclose(self) -> None:
        """Leave the servers. What was not given back runs out."""
        await self._client.close()

    async def _write(self, held: Held) -> None:
        """Set the key unless somebody else did. A write whose receipt was lost is found again."""
        value = msgspec.json.encode(held)
        try:
            self._revision = await _ask(self._bucket.update(self._key, value, last=self._revision))
        except KeyWrongLastSequenceError:
            there, revision = await self._read()
            if (there.holder, there.term) != (self._mine.holder, self._mine.term):
                raise LeaseLost from None
            self._revision = revision
            raise OSError("The lease was renewed without a receipt.") from None
        self._mine = held

    async def _read(self) -> tuple[Held, int]:
        try:
            entry = await _ask(self._bucket.get(self._key))
        except KeyNotFoundError:
            return Held(), 0
        return msgspec.json.decode(entry.value or b"{}", type=Held), entry.revision or 0


async def _ask(request: Any) -> Any:  # noqa: ANN401 -- what the library returns
    """Await an answer of the servers, a second at most; OSError if there is none."""
    try:
        async with asyncio.timeout(_TRY_S):
            return await request
    except (KeyWrongLastSequenceError, KeyNotFoundError):
        raise
    except (NatsError, TimeoutError) as error:
        raise OSError(f"NATS: {str(error) or type(error).__name__}") from None


def encode_key(name: str) -> str:
    """Return a desk's name as a key: NATS takes neither Cyrillic nor the ids of Matrix."""
    return base64.urlsafe_b64encode(name.encode()).decode()


async def connect_servers(servers: Sequence[str], token: str, log: Log) -> tuple[Client, KeyValue]:
    """Return the way to the leases, as soon as one of the servers answers; without any limit."""
    last = -math.inf

    def is_useful(_failures: int, error: Exception) -> bool:
        nonlocal last
        if (now := steady_clock()) - last >= _QUIET_S:
            last = now
            log("lease servers", why=str(error) or type(error).__name__)
        return True

    async def note(error: Exception) -> None:
        is_useful(0, error)

    client = await nats.connect(
        list(servers),
        token=token or None,
        name="sitrep",
        error_cb=note,
        connect_timeout=_TRY_S,
        reconnect_time_wait=0.2,
        max_reconnect_attempts=-1,
        allow_reconnect=True,
        ping_interval=1,
        max_outstanding_pings=2,
    )
    bucket = await _UNTIL_THERE.retry(
        lambda: _open_bucket(client, len(servers)), (NatsError, TimeoutError), is_useful
    )
    return client, bucket


async def _open_bucket(client: Client, servers: int) -> KeyValue:
    """Return the bucket, made on three servers where there are so many.

    Reads go to the stream's leader, as without `direct`: a follower may not know the newest.
    """
    stream = client.jetstream(timeout=_TRY_S)
    try:
        return await stream.key_value(BUCKET)
    except BucketNotFoundError:
        replicas = _REPLICAS if servers >= _REPLICAS else 1
        config = KeyValueConfig(bucket=BUCKET, replicas=replicas, direct=False)
        return await stream.create_key_value(config)
