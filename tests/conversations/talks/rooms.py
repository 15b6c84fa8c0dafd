"""What a room is told, and how: summaries, watches, its language; and files."""

from tests.conversations.saying import Conversation, File, Says, Who
from tests.conversations.talks.differences import (
    ITS_OWN_WORDS,
    MANAGES,
    MANAGES_NOT,
    ONE_LANGUAGE,
    ONLY_READS,
    ROOM_OR_SERVER,
)

_SUMMARY = "07:30 Europe/Kyiv · all places"
_NOT_YOURS = "Only managers can change that here."
_FILE = File(
    "rows.jsonl",
    '{"key": "row-1", "kind": "event", "type": "other", "text": "A warehouse burns.",'
    ' "day": "2025-11-06", "place": "Pokrovsk", "source": "S-1"}\n',
)


def _summing_up(who: Who) -> tuple[Says, ...]:
    return (
        Says(
            who,
            "/digests add 07:30",
            f"Nothing is set up yet · {_SUMMARY}",
            has=("How it would look",),
            alone=True,
        ),
        Says(who, "→ Start it", f"Daily summary set up here · {_SUMMARY}", alone=True),
        Says(who, "/digests list", "1 daily summary", has=(f"T-1: {_SUMMARY}",), alone=True),
        Says(Who.READER, "/digests remove T-1", _NOT_YOURS, refused=True),
        Says(who, "/digests remove T-1", f"Stopped: T-1 · {_SUMMARY}", alone=True),
        Says(who, "/digests remove T-1", "There is no summary T-1 here.", refused=True),
        Says(
            who,
            '/digests add 07:30 places:"Pokrovsk direction"',
            "Nothing is set up yet · 07:30 Europe/Kyiv · Pokrovsk direction",
            alone=True,
        ),
        Says(
            who,
            "→ Start it",
            "Daily summary set up here · 07:30 Europe/Kyiv · Pokrovsk direction",
            alone=True,
        ),
        Says(
            who,
            "/digests remove T-2",
            "Stopped: T-2 · 07:30 Europe/Kyiv · Pokrovsk direction",
            alone=True,
        ),
    )


_CHECK = Says(
    Who.READER,
    "/check Putin says that Pokrovsk is surrounded",
    "On record here about that message",
    alone=True,
)
_CHOOSING = (
    _CHECK,
    Says(Who.READER, "→ This is it", "On record: E-28", alone=True),
    Says(
        Who.READER,
        "→ Show in the room",
        "E-28 will be in the room in a moment",
        has=("it does not name you",),
        alone=True,
    ),
    _CHECK,
    Says(Who.READER, "→ Not it", "Not E-28, then", has=("Tell me when there is",), alone=True),
)
"""What follows a check where the bot may write in the room by itself."""


def _watching(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} watches a place, and then no more",
        (
            Says(
                who, "/watch add Pokrovsk", "Pokrovsk: news will come to you in private", alone=True
            ),
            Says(who, "/watch list", "1 place watched", has=("Pokrovsk",), alone=True),
            Says(who, "/watch remove Pokrovsk", "Pokrovsk: no more news", alone=True),
            Says(who, "/watch list", "No watched places yet, yours or here", alone=True),
            Says(
                who,
                "/watch add на Покровському напрямку",
                "Pokrovsk direction: news will come to you in private",
                has=("within 30 km of Pokrovsk",),
                alone=True,
            ),
            Says(who, "/watch list", "1 place watched", has=("Pokrovsk direction",), alone=True),
            Says(
                who,
                "→ Stop watching Pokrovsk direction",
                "Pokrovsk direction: no more news",
                alone=True,
            ),
            Says(
                who,
                "/tell Pokrovsk",
                "Pokrovsk: you are told once, in private, when there is something",
                alone=True,
            ),
            Says(who, "/me", "What this desk keeps about you", has=("Pokrovsk",), alone=True),
            Says(who, "/tell Pokrovsk stop:yes", "Pokrovsk: you will not be told", alone=True),
            Says(
                who,
                "/tell Kharkiv by:Putin type:strike",
                "Kharkiv · by Vladimir Putin · strike: you are told once, in private, when there is"
                " something",
                alone=True,
            ),
            Says(who, "/tell Donetsk Oblast", "Donetsk Oblast is an area.…", refused=True),
            *(_CHOOSING if who is Who.READER else ()),
        ),
        ONLY_READS if who is Who.READER else {},
    )


def _watching_for_all(who: Who) -> tuple[Says, ...]:
    nothing = "No watched places yet, yours or here"
    return (
        Says(who, "/watch add Pokrovsk here:yes", "Pokrovsk: news will come here", alone=True),
        Says(Who.READER, "/watch list", "1 place watched", has=("Posted here",), alone=True),
        Says(who, "/watch remove Pokrovsk here:yes", "Pokrovsk: no more news", alone=True),
        Says(Who.READER, "/watch list", nothing, alone=True),
    )


def _importing(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} imports a file and undoes it",
        (
            Says(who, "/import rows.jsonl check:only", "…", has=("1",), file=_FILE),
            Says(
                who,
                "/import rows.jsonl",
                "B-1: 1 filed",
                file=_FILE,
            ),
            Says(
                Who.READER,
                "/search warehouse",
                "1 entry · with the words warehouse",
                has=("A warehouse burns.",),
            ),
            Says(who, "/undo", "Undone: B-1, an import of rows.jsonl", alone=True),
            Says(Who.READER, "/search warehouse", "Nothing on record · with the words warehouse"),
        ),
    )


_TABLE = File("table.csv", "Date,Place,Who,What\n2025-11-06,Pokrovsk,Reuters,A warehouse burns.\n")


def _naming_columns(who: Who) -> Conversation:
    ask = "table.csv: are these its columns?"
    return Conversation(
        f"{who.called} says what the columns of a file are",
        (
            Says(who, "/import table.csv", ask, has=("Still to say",), file=_TABLE, alone=True),
            Says(who, "/columns F-1 rows:event:strike", ask, has=("Import 1 row",), alone=True),
            Says(
                Who.READER,
                "/columns F-1",
                "Only moderators can use /columns.",
                refused=True,
                alone=True,
            ),
        ),
    )


ROOMS = (
    Conversation(
        "an admin has the room told every day, and a reader may not",
        (
            Says(Who.READER, "/digests add", _NOT_YOURS, refused=True),
            Says(
                Who.READER,
                "/room answers:public",
                ROOM_OR_SERVER,
                refused=True,
            ),
            *_summing_up(Who.ADMIN),
            *_watching_for_all(Who.ADMIN),
        ),
    ),
    Conversation(
        "a moderator who manages the room has it told every day",
        _summing_up(Who.MODERATOR),
        MANAGES_NOT,
    ),
    Conversation(
        "a moderator who does not manage the room may not have it told every day",
        (
            Says(Who.MODERATOR, "/digests add", _NOT_YOURS, refused=True),
            Says(Who.MODERATOR, "/digests remove T-1", _NOT_YOURS, refused=True),
        ),
        MANAGES,
    ),
    Conversation(
        "an admin lets a room’s answers be for their askers alone, and for all again",
        (
            Says(
                Who.ADMIN,
                "/room answers:private",
                "Changed: answers here",
                has=("only the person who asks",),
                alone=True,
            ),
            Says(Who.READER, "/status Pokrovsk", "Pokrovsk: ◆ …", alone=True),
            Says(Who.MODERATOR, "/log", "Log of the record", alone=True),
            Says(
                Who.ADMIN,
                "/room answers:public",
                "Changed: answers here",
                has=("everyone here",),
                alone=True,
            ),
            Says(Who.READER, "/status Pokrovsk", "Pokrovsk: ◆ …"),
        ),
    ),
    *map(_watching, (Who.READER, Who.MODERATOR, Who.ADMIN)),
    *map(_importing, (Who.MODERATOR, Who.ADMIN)),
    *map(_naming_columns, (Who.MODERATOR, Who.ADMIN)),
    Conversation(
        "an import needs its file",
        (
            Says(
                Who.MODERATOR,
                "/import rows.jsonl",
                "file: There is no file “rows.jsonl” here; attach one.",
                refused=True,
            ),
            Says(
                Who.ADMIN,
                "/import rows.jsonl",
                "file: There is no file “rows.jsonl” here; attach one.",
                refused=True,
            ),
        ),
    ),
    Conversation(
        "an admin sets a room to Ukrainian and a reader is answered so",
        (
            Says(Who.ADMIN, "/room language:uk", ITS_OWN_WORDS, alone=True),
            Says(
                Who.READER,
                "/status Pokrovsk",
                "Покровськ: ◆ …",
                has=(
                    "Найновіше",
                    "E-50",
                    "Російські війська просуваються дедалі глибше в Покровськ і Мирноград.",
                    "* переклад редакції",
                ),
                lacks=("Russian troops",),
            ),
            Says(
                Who.READER,
                "/entry E-28",
                "E-28, твердження: Володимир Путін заявив, що Покровськ і Куп’янськ уже оточено.",
                has=("Оригінал", "Vladimir Putin claimed that Pokrovsk and Kupiansk"),
            ),
            Says(Who.READER, "/search оточено", "…", has=("Куп’янськ уже оточено", "E-28")),
            Says(Who.READER, "/status Покровськ", "Покровськ: ◆ …", has=("DeepState",)),
            Says(Who.ADMIN, "/room language:en", "Changed: answers here", alone=True),
            Says(
                Who.READER,
                "/status Pokrovsk",
                "Pokrovsk: ◆ …",
                has=("Russian troops push deeper into Pokrovsk and Myrnohrad.",),
                lacks=("translation", "Російські війська"),
            ),
        ),
        ONE_LANGUAGE,
    ),
)
