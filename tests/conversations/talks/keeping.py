"""Moderators and admins keep the record: each act with its reason and its way back."""

from tests.conversations.saying import Conversation, Says, Who

_BOTH = (Who.MODERATOR, Who.ADMIN)
_PRIVATE = "It names a private person."
_READ_IN = "Article of 7 November 2025 (outlet not named)"


def _retracting(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} retracts an entry, puts it back and undoes that",
        (
            Says(
                who,
                "/retract E-36 It repeats E-35.",
                "E-36 retracted: It repeats E-35.",
                has=("leaving no one to fill the gap",),
                alone=True,
            ),
            Says(
                who,
                "/retract E-36 Again.",
                "E-36 is retracted. To restore it: /restore E-36",
                refused=True,
            ),
            Says(
                Who.READER,
                "/entry E-36",
                "E-36, claim: RETRACTED because It repeats E-35.",
                has=(who.noted,),
            ),
            Says(who, "/restore E-36 It does not.", "E-36 restored: It does not.", alone=True),
            Says(who, "/undo", "Undone: E-36 restored", alone=True),
            Says(
                who,
                "/log E-36",
                "Log of the record · of E-36",
                has=("undid", "restored", "It repeats E-35.", who.noted),
            ),
            Says(who, "/log by:me", "Log of the record · by " + who.noted, has=("E-36",)),
            Says(
                who,
                "/gaps",
                "Nothing was asked in vain",
                has=("A day counts if 3 people asked.",),
                alone=True,
            ),
        ),
    )


def _linking(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} links two entries, checks a claim and takes both back",
        (
            Says(
                who,
                "/link E-1 in tension with E-2 Both cannot be.",
                "Linked: E-1 in tension with E-2",
                alone=True,
            ),
            Says(Who.READER, "/entry E-2", "E-2, event:…", has=("in tension with E-1",)),
            Says(
                who,
                "/link E-1 in tension with E-2 remove:yes",
                "Link removed: E-1 in tension with E-2",
                alone=True,
            ),
            Says(
                who,
                "/link E-1 contradicts E-1",
                "to: E-1 cannot be linked with itself; name another.",
                refused=True,
            ),
            Says(
                who,
                "/verdict E-28 refuted A corridor was open. source:S-1",
                "E-28 refuted: A corridor was open.",
                alone=True,
            ),
            Says(Who.READER, "/claims verdict:refuted", "1 claim · verdict refuted", has=("E-28",)),
            Says(
                who,
                "/verdict E-28 maybe A corridor was open.",
                "value: “maybe” is not one of these: confirmed, disputed, refuted, unproven, none.",
                refused=True,
            ),
            Says(who, "/verdict E-28 none It was closed.", "…", has=("E-28",), alone=True),
            Says(who, "→ Undo", "Undone: E-28 verdict: refuted → none…", alone=True),
        ),
    )


def _naming(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} grades a source and names people and places",
        (
            Says(
                who,
                '/desk source grade S-1 B why:"two years of checked reports"',
                f"S-1, {_READ_IN}: grade F → B",
                alone=True,
            ),
            Says(who, "→ Undo", f"Undone: S-1, {_READ_IN}: grade F → B", alone=True),
            Says(
                who,
                '/desk source add "Daily One" kind:article url:https://daily.example/1',
                "S-5, Daily One: added",
                alone=True,
                noted="source",
            ),
            Says(Who.READER, "/sources {source}", "1 on record as “{source}”", has=("Daily One",)),
            Says(
                who,
                '/desk actor add "Speaker One" role:volunteer',
                "A-10, Speaker One: added",
                alone=True,
                noted="speaker",
            ),
            Says(
                who,
                "/desk actor alias {speaker} Voldemar",
                "{speaker}, Speaker One: one more name: Voldemar",
                alone=True,
            ),
            Says(
                Who.READER,
                "/sources Voldemar",
                "1 on record as “Voldemar”",
                has=("Speaker One", "{speaker}"),
            ),
            Says(who, "/desk status add Flooded", "Added: ■ Flooded", alone=True),
            Says(who, "/desk type add Flood uk:Повінь", "Added: Flood", alone=True),
            Says(Who.READER, "/events kind:повінь", "No events · Flood"),
            Says(who, "/undo", "Undone: kind of event added: Flood", alone=True),
            Says(who, "/desk type", "9 kinds of event", lacks=("Flood",), alone=True),
            Says(
                who,
                "/desk area add Front places:Pokrovsk",
                "P-1000000001, Front: area of Pokrovsk",
                alone=True,
            ),
            Says(Who.READER, "/status Front", "Front: …", has=("Pokrovsk",)),
            Says(
                who,
                '/desk place add "Hamlet" oblast:"Donetsk Oblast" at:48.28,37.18',
                "P-1000000002, Hamlet: added",
                alone=True,
                noted="place",
            ),
            Says(
                who,
                "/desk place alias {place} Hamlet the Lesser",
                "{place}, Hamlet: one more name: Hamlet the Lesser",
                alone=True,
            ),
            Says(
                Who.READER,
                "/status Hamlet the Lesser",
                "Hamlet: NO ASSESSMENT ON RECORD · nothing on record yet",
            ),
        ),
    )


KEEPING = (
    *map(_retracting, _BOTH),
    *map(_linking, _BOTH),
    *map(_naming, _BOTH),
    Conversation(
        "an admin redacts an entry, and its words are gone",
        (
            Says(
                Who.ADMIN,
                f"/redact E-36 {_PRIVATE}",
                "Redact E-36? Nothing brings its words back.",
                alone=True,
            ),
            Says(
                Who.ADMIN,
                "→ Redact E-36 for good",
                f"E-36 redacted: {_PRIVATE}",
                lacks=("paratroopers",),
                alone=True,
            ),
            Says(
                Who.READER,
                "/entry E-36",
                f"E-36, claim: REDACTED because {_PRIVATE}",
                lacks=("paratroopers",),
            ),
            Says(
                Who.READER,
                "/search paratroopers",
                "Nothing on record · with the words paratroopers",
            ),
        ),
    ),
    Conversation(
        "an admin freezes the record and thaws it",
        (
            Says(Who.ADMIN, "/freeze", "The record is not frozen; people can change it."),
            Says(
                Who.ADMIN,
                "/freeze A look into it.",
                "Frozen, read-only: A look into it.",
                alone=True,
            ),
            Says(
                Who.MODERATOR,
                "/retract E-35 It repeats E-36.",
                "The record is frozen and read-only: A look into it.",
                refused=True,
            ),
            Says(
                Who.READER,
                "/about",
                "Pokrovsk and Myrnohrad, November 2025",
                has=("read-only: A look into it.",),
            ),
            Says(
                Who.ADMIN,
                "/freeze off:yes",
                "Thawed: people can change the record again.",
                alone=True,
            ),
            Says(
                Who.MODERATOR,
                "/retract E-35 It repeats E-36.",
                "E-35 retracted: It repeats E-36.",
                alone=True,
            ),
        ),
    ),
)
