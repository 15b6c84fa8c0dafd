#!/usr/bin/env bash
# mautrix 0.21.1 with python-olm 3.2.16: a device that comes while a room's key is being shared
# cannot read what is sealed with that key, for as long as the key lasts. `share_group_session`
# asks who has which devices, claims a one-time key for each, and stores the room's key as shared
# when all is sent. If the homeserver tells of a new device meanwhile, `handle_device_lists` removes
# the keys of the rooms that its owner is in, so that the next message has a new one. There is none
# to remove yet; the key is stored a moment later, without the device, and nothing is amiss for the
# library: `encrypt_megolm_event` seals with it, and sharing again is refused as already done. If
# the device comes before sharing begins or after it has ended, it gets the key or a new one.
#
# Seen: which devices were sent the key that the next message is sealed with, for each moment.
# Prints what it sees; exits 1 if that has changed. Needs Python 3.11 or 3.12 with pip.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    "mautrix[encryption]==0.21.1" python-olm==3.2.16
"$folder/venv/bin/python" - <<'PY'
import asyncio
import logging
import sys
from collections import defaultdict

from mautrix.client.state_store import MemoryStateStore
from mautrix.crypto import MemoryCryptoStore, OlmMachine, StateStore
from mautrix.crypto.account import OlmAccount
from mautrix.errors import EncryptionError
from mautrix.types import (
    ClaimKeysResponse,
    DeviceLists,
    EncryptionAlgorithm,
    EventType,
    Membership,
    QueryKeysResponse,
    RoomEncryptionStateEventContent,
)

BOT, BOB, ROOM = "@bot:example.org", "@bob:example.org", "!room:example.org"
OLD, NEW = "OLD", "NEW"
CASES = (("before", [NEW, OLD]), ("while", [OLD]), ("after", [NEW, OLD]))


class Rooms(MemoryStateStore, StateStore):
    async def find_shared_rooms(self, user):
        return [room for room, members in self.members.items() if user in members]


class Homeserver:
    """What the library asks of its client: the devices of Bob, their keys, and a post box."""

    mxid, device_id = BOT, "BOT"

    def __init__(self):
        self.accounts = {OLD: OlmAccount()}
        self.posted = []
        self.while_claiming = None

    def add_event_handler(self, *handler, **options):
        pass

    async def query_keys(self, users, token=""):
        keys = {
            device: account.get_device_keys(BOB, device).serialize()
            for device, account in self.accounts.items()
        }
        return QueryKeysResponse.deserialize({"device_keys": {BOB: keys}, "failures": {}})

    async def claim_keys(self, wanted):
        answer = defaultdict(dict)
        for user, devices in wanted.items():
            for device in devices:
                keys = self.accounts[device].get_one_time_keys(user, device, 0)
                name, key = next(iter(keys.items()))
                answer[user][device] = {str(name): key}
        if self.while_claiming is not None:
            coming, self.while_claiming = self.while_claiming, None
            await coming
        return ClaimKeysResponse.deserialize({"one_time_keys": answer, "failures": {}})

    async def send_to_device(self, kind, messages):
        self.posted.append(sorted(messages.get(BOB, {})))


async def come(homeserver, machine):
    homeserver.accounts[NEW] = OlmAccount()
    await machine.handle_device_lists(DeviceLists(changed=[BOB]))


async def receivers(moment):
    homeserver, rooms = Homeserver(), Rooms()
    machine = OlmMachine(homeserver, MemoryCryptoStore(BOT, "key"), rooms)
    await machine.load()
    sealing = RoomEncryptionStateEventContent(EncryptionAlgorithm.MEGOLM_V1)
    await rooms.set_encryption_info(ROOM, sealing)
    await rooms.set_membership(ROOM, BOB, Membership.JOIN)
    if moment == "before":
        await come(homeserver, machine)
    elif moment == "while":
        homeserver.while_claiming = come(homeserver, machine)
    await machine.share_group_session(ROOM, [BOB])
    if moment == "after":
        await come(homeserver, machine)
    body = {"msgtype": "m.text", "body": "holding"}
    try:
        await machine.encrypt_megolm_event(ROOM, EventType.ROOM_MESSAGE, body)
    except EncryptionError:
        await machine.share_group_session(ROOM, [BOB])
        await machine.encrypt_megolm_event(ROOM, EventType.ROOM_MESSAGE, body)
    return homeserver.posted[-1]


logging.disable()
changed = False
for moment, expected in CASES:
    seen = asyncio.run(receivers(moment))
    print(f"a device that comes {moment} sharing; the key went to {', '.join(seen)}")
    changed |= seen != expected
sys.exit(changed)
PY
