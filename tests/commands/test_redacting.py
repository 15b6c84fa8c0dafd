"""What only an admin does: take words away for good, and freeze the record."""

from pathlib import Path

import pytest

from commands import COMMANDS
from commands.kit.command import Command
from commands.kit.invocation import Role
from commands.shared.record_changes import Reason
from store import open_store
from tests.fakes import Talk, TerminalAnswer, line_of

ADMIN, MOD = Role.ADMIN, Role.MODERATOR


async def admin(desk: Talk, line: str) -> TerminalAnswer:
    return await desk(line, ADMIN, 60, "Admin One")


async def test_a_redaction_first_says_what_cannot_be_brought_back(desk: Talk) -> None:
    head, _ = await desk.store.history.head()
    answer = await admin(desk, "/redact E-36 It names a private person.")
    assert answer.first == "Redact E-36? Nothing brings its words back."
    for part in ("Deleted: ", "Kept, for everyone to see: ", "Backups, exports"):
        assert part in answer.text
    assert answer.offered == ['/redact ref:E-36 why:"It names a private person." sure:yes']
    assert (await desk.store.history.head())[0] == head


async def test_after_it_a_tombstone_with_the_reason_remains_and_no_words(desk: Talk) -> None:
    words = "order to pull out"
    assert words in (await desk("/entry E-36")).flat
    await desk("/retract E-36 Its words: order to pull out.", MOD)
    answer = await admin(desk, '/redact E-36 why:"Private." sure:yes')
    assert answer.first == "E-36 redacted: Private."
    assert not [line for line in answer.offered if line.startswith("/undo")]
    entry = await desk("/entry E-36", MOD)
    assert entry.first == "E-36, claim: REDACTED because Private."
    assert "loaded from the seeds; its words were redacted" in entry.flat
    for line in ("/entry E-36", "/log E-36", "/search order pull", "/claims retracted:only"):
        assert words not in (await desk(line, MOD)).flat
    assert "REDACTED because Private." in (await desk("/claims retracted:only")).flat
    then = await desk("/entry E-36 recorded:2025-11-07T12:30", MOD)
    assert then.text == "E-36 was redacted; its text is gone."


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/redact E-36 x", "E-36 was redacted; its words are gone."),
        ("/redact E-36 x sure:yes", "E-36 was redacted; its words are gone."),
        ("/restore E-36 x", "E-36 was redacted; its words are gone."),
        ("/retract E-36 x", "E-36 was redacted; its words are gone."),
        ("/link E-36 contradicts E-1", "E-36 was redacted; its words are gone."),
        ("/verdict E-36 refuted x", "E-36 was redacted; its words are gone."),
        ("/undo", "That cannot be undone: E-36 redacted."),
    ],
)
async def test_nothing_more_is_done_to_what_was_redacted(
    desk: Talk, line: str, answer: str
) -> None:
    await admin(desk, "/redact E-36 Private. sure:yes")
    assert (await admin(desk, line)).text == answer


@pytest.mark.parametrize(
    "word", ["off", "Off!", "lift", "unfreeze", "thaw", "вимк", "зняти", "розморозити", "снять"]
)
async def test_a_word_that_lifts_a_freeze_once_froze_the_record_because_of_off(
    desk: Talk, word: str
) -> None:
    answer = await admin(desk, f"/freeze {word}")
    assert answer.refused
    if word != "Off!":
        assert answer.first == f"“{word}” needs its key: write off:yes."
        assert answer.offered == ["/freeze off:yes"]
    assert not await desk.store.history.freeze_reason()


@pytest.mark.parametrize(
    "line",
    [
        "/retract E-14, E-15 both wrong",
        "/retract E-14 and E-15 are wrong",
        "/retract E-14 та E-15 помилкові",
        "/redact E-14 & E-15 names a soldier sure:yes",
    ],
)
async def test_of_two_entries_once_one_was_withdrawn_because_of_the_other(
    desk: Talk, line: str
) -> None:
    """The first was taken, and the second stood in its reason: one in a hurry thought both gone."""
    head, _ = await desk.store.history.head()
    answer = await admin(desk, line)
    assert answer.flat.startswith("why: One entry at a time. If E-15 is part of the reason, put")
    assert (await desk.store.history.head())[0] == head
    assert not (await admin(desk, "/retract E-14 See E-15, which says it better.")).refused


@pytest.mark.parametrize("word", ["on", "yes", "так", "ok", "freeze"])
async def test_a_word_that_only_switches_something_is_no_reason(desk: Talk, word: str) -> None:
    answer = await admin(desk, f"/freeze {word}")
    assert answer.first == f"why: “{word}” is not a reason. Say why in a few words."
    assert not await desk.store.history.freeze_reason()


async def test_link_once_linked_where_its_last_word_was_remove(desk: Talk) -> None:
    answer = await desk("/link E-14 contradicts E-28 remove", MOD)
    assert answer.offered == ["/link ref:E-14 type:contradicts to:E-28 remove:yes"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
async def test_no_switch_of_a_command_is_a_reason_for_it(desk: Talk, command: Command) -> None:
    reasons = [param for param in command.params if isinstance(param.type, Reason)]
    switches = [
        param.name
        for param in command.params
        if [choice.value for choice in param.type.fixed] == ["yes"] and not param.hidden
    ]
    for name in switches if reasons else ():
        answer = await admin(desk, f"{line_of(command).split(' duplicate')[0]} why:{name}")
        assert answer.first == f"“{name}” needs its key: write {name}:yes."


@pytest.mark.parametrize("line", ["/redact E-36 x", "/freeze x", "/freeze off:yes"])
async def test_a_moderator_may_not(desk: Talk, line: str) -> None:
    answer = await desk(line, MOD)
    assert answer.refused
    assert answer.text == f"Only admins can use {line.split(maxsplit=1)[0]}."


# Frozen

WRITES = [
    "/retract E-36 x",
    "/link E-1 contradicts E-2",
    "/verdict E-28 refuted x",
    "/undo",
    "/desk source grade S-1 B why:x",
    "/desk actor add One",
    "/desk place alias P-704422 One",
    "/redact E-36 x sure:yes",
    "/room answers:public",
]


async def test_while_frozen_no_write_is_taken_and_each_refusal_says_why(desk: Talk) -> None:
    reply = await admin(desk, "/freeze It was misused.")
    assert reply.first == "Frozen, read-only: It was misused."
    head, _ = await desk.store.history.head()
    for line in WRITES:
        answer = await desk(line, ADMIN)
        assert answer.refused
        if not line.startswith("/room"):  # nobody manages a room in a terminal
            assert answer.text == "The record is frozen and read-only: It was misused."
    assert (await desk.store.history.head())[0] == head
    assert "read-only: It was misused." in (await desk("/about")).flat
    assert not (await desk("/status Pokrovsk")).refused
    thawed = await admin(desk, reply.offered[0])
    assert thawed.first == "Thawed: people can change the record again."
    assert not (await desk("/retract E-36 x", MOD)).refused
    assert "Frozen" not in (await desk("/about")).text
    log = (await desk("/log", MOD)).flat
    assert "#137 the record frozen" in log
    assert "#138 the record thawed" in log


async def test_to_freeze_twice_changes_nothing(desk: Talk) -> None:
    assert (await admin(desk, "/freeze off:yes")).refused
    assert (await admin(desk, "/freeze")).first == "The record is not frozen; people can change it."
    await admin(desk, "/freeze One.")
    assert (await admin(desk, "/freeze Two.")).refused
    assert (await admin(desk, "/freeze")).first == "Frozen, read-only: One."


async def test_a_session_that_only_reads_says_so(seeds_file: Path) -> None:
    async with await open_store(seeds_file, writing=False) as store:
        answer = await Talk(store)("/retract E-36 x", MOD)
    assert answer.refused
    assert answer.first.startswith("Another program, such as a running bot, is writing")


async def test_a_room_says_who_may_set_it(desk: Talk) -> None:
    assert "Set by    managers here" in (await desk("/room")).text
