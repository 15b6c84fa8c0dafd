"""Readers submit, and moderators review."""

from tests.conversations.saying import Conversation, Says, Who
from tests.conversations.talks.differences import NOT_THERE, ONLY_READS

_DRONE = "A drone hit the station."
_SUBMITTED = f"/submit {_DRONE} place:Pokrovsk day:6 Nov source:S-1"
_READS = "This session can only read the record."


def _submits(who: Who, noted: str = "sent") -> Says:
    return Says(who, _SUBMITTED, "Thank you. D-1 waits for a review.", alone=True, noted=noted)


def _reviewing(who: Who) -> Conversation:
    return Conversation(
        f"a reader submits what they read and {who.called} approves it",
        (
            Says(who, "/review", "No submissions to review.", alone=True),
            _submits(Who.READER),
            Says(
                Who.SECOND,
                "/me {sent}",
                "{sent} belongs to someone else; only they can see it.",
                refused=True,
            ),
            Says(Who.READER, "/me {sent}", "{sent}: waits for a review", has=(_DRONE,), alone=True),
            Says(
                who,
                "/review",
                "1 submission to review · {sent} · submitted as an event",
                has=(_DRONE, "From {reader}", "Approve"),
                alone=True,
            ),
            Says(who, "→ Approve", "Filed as E-65", has=(_DRONE,), noted="event"),
            Says(Who.READER, "/me {sent}", "{sent}: is on record as {event}", alone=True),
            Says(
                Who.SECOND,
                "/search drone station",
                "1 entry · with the words drone station",
                has=("{event}",),
            ),
        ),
        ONLY_READS,
    )


def _rejecting(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} turns a submission down, and bars whoever sent it for a while",
        (
            _submits(Who.READER),
            Says(
                who,
                "/review {sent}",
                "1 submission to review · {sent} · submitted as an event",
                alone=True,
            ),
            Says(who, "→ Reject", "Reject {sent}", alone=True),
            Says(
                who,
                '/draft reject {sent} why:"Where was it read?"',
                "{sent} is rejected: Where was it read?",
                alone=True,
            ),
            Says(Who.READER, "/me {sent}", "{sent}: was rejected: Where was it read?", alone=True),
            Says(
                who,
                '/desk member bar {sent} why:"The same every day."',
                "{reader}, who submitted {sent}, can no longer submit.",
                alone=True,
            ),
            Says(
                Who.READER,
                "/submit Once more.",
                "You can no longer submit here; ask a moderator why.",
                refused=True,
            ),
            Says(
                who,
                '/desk member allow {sent} why:"It was somebody else."',
                "{reader}, who submitted {sent}, can submit again.",
                alone=True,
            ),
            Says(
                Who.READER, "/submit Once more.", "Thank you. D-2 waits for a review.", alone=True
            ),
        ),
        ONLY_READS,
    )


def _own(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} submits, turns it down, and is forgotten",
        (
            _submits(who),
            Says(
                who,
                "/review",
                "1 submission to review · {sent} · submitted as an event",
                alone=True,
            ),
            Says(
                who,
                '/desk member bar {sent} why:"To see."',
                who.noted + ", who submitted {sent}, can no longer submit.",
                alone=True,
            ),
            Says(
                who,
                '/desk member allow {sent} why:"Seen."',
                who.noted + ", who submitted {sent}, can submit again.",
                alone=True,
            ),
            Says(who, "/draft reject {sent}", "Reject {sent}", alone=True),
            Says(
                who,
                '/draft reject {sent} why:"I was wrong."',
                "{sent} is rejected: I was wrong.",
                alone=True,
            ),
            Says(who, "/me forget:ask", "Forget you?", alone=True),
            Says(who, "→ Forget me", "You are forgotten.", alone=True),
            Says(who, "/me", "What this desk keeps about you", has=("no draft",), alone=True),
        ),
    )


SUBMITTING = (
    *map(_reviewing, (Who.MODERATOR, Who.ADMIN)),
    *map(_rejecting, (Who.MODERATOR, Who.ADMIN)),
    *map(_own, (Who.MODERATOR, Who.ADMIN)),
    Conversation(
        "a reader is forgotten",
        (
            _submits(Who.READER),
            Says(Who.READER, "/me forget:ask", "Forget you?", has=("1 draft",), alone=True),
            Says(Who.READER, "→ Forget me", "You are forgotten.", alone=True),
            Says(Who.READER, "/me", "What this desk keeps about you", alone=True),
        ),
        ONLY_READS,
    ),
    Conversation(
        "a reader of a terminal is told that it only reads",
        (
            Says(Who.READER, _SUBMITTED, _READS, refused=True),
            Says(Who.READER, "/watch add Pokrovsk", _READS, refused=True),
            Says(Who.READER, "/tell Pokrovsk", _READS, refused=True),
            Says(Who.READER, "/watch remove Pokrovsk", _READS, refused=True),
        ),
        NOT_THERE,
    ),
)
