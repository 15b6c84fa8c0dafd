"""What happens, counted: from the log's lines, under labels of closed vocabularies alone.

No label holds what somebody wrote, or where, or who: what is not in a vocabulary is "other".
"""

from collections.abc import Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
)

from bot import __version__
from bot.dispatch import Log, Outcome

_OTHER = "other"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_COUNTED = {
    "reconnecting": ("reconnects", "Times that a connection to a platform was lost or not made"),
    "no homeserver": ("reconnects", ""),
    "not decrypted": ("undecryptable_messages", "Encrypted messages that could not be read"),
    "undelivered": ("undelivered", "Answers that a platform did not take"),
    "summary told": ("summaries_told", "Summaries that went out"),
    "summary put off": ("summaries_put_off", "Times that a summary could not go out yet"),
    "summary folded": ("summaries_folded", "Summaries that came too late, and joined the next"),
}
"""The events of the log that are counted by platform: under which name, and what that means."""


class Meter:
    """Counts what goes by in the log. `commands` and `platforms` are all that a label may name."""

    def __init__(self, commands: Iterable[str], platforms: Iterable[str]) -> None:
        # A second series for each of these would be of use to nobody here.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._commands, self._platforms = frozenset(commands), frozenset(platforms)
        ProcessCollector(registry=self.registry)
        Info("sitrep", "The program", registry=self.registry).info({"version": __version__})
        self._questions = Counter(
            *("sitrep_questions", "Questions, by how they ended"),
            ("platform", "command", "outcome"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            *("sitrep_question_seconds", "Seconds from a question to its answer"),
            ("command",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._faults = Counter("sitrep_faults", "Faults of the program", registry=self.registry)
        self._events = {
            name: Counter(f"sitrep_{name}", meaning, ("platform",), registry=self.registry)
            for name, meaning in _COUNTED.values()
            if meaning
        }
        for counter in self._events.values():
            for platform in self._platforms:
                counter.labels(platform)  # nought is said too: what is absent cannot rise

    def count_lines(self, log: Log) -> Log:
        """Return the log with its lines counted, also those that its level leaves out."""

        def count_and_log(
            event: str,
            /,
            *,
            error: BaseException | None = None,
            urgent: bool = False,
            **fields: str | float,
        ) -> None:
            self._count(event, fields)
            if error is not None:
                self._faults.inc()
            log(event, error=error, urgent=urgent, **fields)

        return count_and_log

    def _count(self, event: str, fields: dict[str, str | float]) -> None:
        platform = _within(self._platforms, fields.get("platform"))
        if event == "invocation":
            command = _within(self._commands, fields.get("command"))
            outcome = _within(frozenset(Outcome), fields.get("outcome"))
            self._questions.labels(platform, command, outcome).inc()
            self._seconds.labels(command).observe(float(fields["ms"]) / 1000)
        elif event in _COUNTED:
            self._events[_COUNTED[event][0]].labels(platform).inc()


def _within(vocabulary: frozenset[str], word: object) -> str:
    return str(word) if word in vocabulary else _OTHER
