"""What the library logs itself: one line in the program's log, without anybody's name."""

import logging
from typing import Any

from bot.adapters.discord.interactions.delivery import library_log

SOMEBODY = 1_400_000_000_000_000_001


def program_log(
    name: str, *details: object, error: BaseException | None = None
) -> list[dict[str, Any]]:
    """Return what the program logs when the library's logger of this name says something."""
    lines: list[dict[str, Any]] = []

    def log(event: str, /, *, error: BaseException | None = None, **fields: object) -> None:
        lines.append({"event": event, "error": error, **fields})

    with library_log(log):
        logging.getLogger(name).warning(*details, exc_info=error)
    logging.getLogger(name).info("no longer heard")
    return lines


def test_figures_are_said_and_ids_and_words_are_not() -> None:
    fmt = "We are being rate limited. %s %s responded with 429. Retrying in %.2f seconds."
    (line,) = program_log("discord.http", fmt, "POST", f"https://example/channels/{SOMEBODY}", 0.5)
    assert line["event"] == "library warned"
    assert (
        line["said"]
        == "We are being rate limited. … … responded with 429. Retrying in 0.50 seconds."
    )
    (line,) = program_log("discord.state", "Guild ID %s is not known to shard %s", SOMEBODY, 3)
    assert line["said"] == "Guild ID … is not known to shard 3"


def test_a_line_whose_figures_cannot_be_said_is_logged_as_it_is_written() -> None:
    (line,) = program_log("discord.state", "Timed out for guild_id %d", SOMEBODY)
    assert line["said"] == "Timed out for guild_id %d"
    (line,) = program_log("discord.state", "%(a)s", {"a": SOMEBODY})
    assert line["said"] == "%(a)s"


def test_a_lost_answer_is_undelivered_and_a_lost_shard_is_reconnecting() -> None:
    lost = ConnectionResetError("https://example/token")
    (line,) = program_log("discord.app_commands.tree", "Ignoring (User: %s)", SOMEBODY, error=lost)
    assert line == {
        "event": "undelivered",
        "error": None,
        "platform": "discord",
        "why": "ConnectionResetError",
    }
    (line,) = program_log("discord.shard", "Attempting a reconnect in %.2fs", 0.5, error=lost)
    assert (line["event"], line["why"]) == ("reconnecting", "ConnectionResetError")


def test_any_other_error_is_a_bug_of_ours() -> None:
    bug = ZeroDivisionError()
    (line,) = program_log(
        "discord.ui.view", "Ignoring exception in callback for %r", "x", error=bug
    )
    assert (line["event"], line["error"]) == ("library failed", bug)
    assert line["said"] == "Ignoring exception in callback for '…'"


def test_when_the_bot_is_closed_the_librarys_log_is_as_it_was() -> None:
    library = logging.getLogger("discord")
    before = list(library.handlers), library.propagate
    assert program_log("discord.http", "said")
    assert (library.handlers, library.propagate) == before
