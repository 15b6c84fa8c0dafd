"""Readers ask, and so do all others."""

from tests.conversations.saying import Conversation, Says, Who

POKROVSK = (
    "Pokrovsk: ◆ Contested (gray zone) · Deep State, 7 Nov 2025 · one assessor"
    " · Others say otherwise: Vitalii Deineha (E-50)"
)
SURROUNDED = "Vladimir Putin claimed that Pokrovsk and Kupiansk were already surrounded."


def _asking(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} asks how a place stands, what is on record and what the desk is",
        (
            Says(
                who,
                "/status Pokrovsk",
                POKROVSK,
                has=("Покровськ", "denied by Roman Pohorilyi (E-14) and 1 more"),
            ),
            Says(
                who,
                "/claims Pokrovsk by:Putin",
                "1 claim · about Pokrovsk · by Vladimir Putin",
                has=(SURROUNDED, "contradicted by E-14 (Roman Pohorilyi), E-29"),
            ),
            Says(who, "/events Pokrovsk", "8 events · about Pokrovsk", has=("Volodymyr Zelensky",)),
            Says(who, "/disputes Kupiansk", "No open disputes · about Kupiansk"),
            Says(
                who,
                "/disputes Pokrovsk",
                "2 open disputes · about Pokrovsk",
                has=("Deep State (E-9) against Vitalii Deineha (E-50)", SURROUNDED),
            ),
            Says(who, "/search corridor", "4 entries · with the words corridor", has=("E-43",)),
            Says(who, "/entry E-28", f"E-28, claim: {SURROUNDED}", has=("29 Oct 2025", "named")),
            Says(who, "/sources Deep State", "2 on record as “Deep State”", has=("S-3", "A-3")),
            Says(
                who,
                "/map Pokrovsk",
                "Map of Pokrovsk · 7 Nov 2025 · 1 place assessed",
                has=("Contested (gray zone)", "not where the line runs"),
            ),
            Says(
                who,
                "/nearest 48.30,37.20",
                "The nearest known place is Svitle: the point lies 2 km south-west of its middle",
                has=("Read as latitude 48.30, longitude 37.20.",),
            ),
            Says(
                who,
                "/timeline Kupiansk until:2025-11-06",
                "1 entry · about Kupiansk · until 6 Nov 2025",
                has=(SURROUNDED,),
            ),
            Says(
                who,
                "/changes Pokrovsk from:2025-10-29 to:2025-11-07",
                "7 events · 39 claims · 1 assessment · 1 status changed · about Pokrovsk"
                " · 29 Oct – 7 Nov 2025",
                has=("before, 28 Oct 2025: NO ASSESSMENT ON RECORD", "Newly contradicted"),
            ),
            Says(
                who,
                "/digest",
                "Pokrovsk: Vitalii Deineha (E-50) in tension with Deep State (E-9)",
                has=("recorded 7 Nov 2025", "Control and disagreements"),
            ),
            Says(
                who,
                "/check Putin says that Pokrovsk is surrounded",
                "On record here about that message",
                has=(SURROUNDED, "Why: Vladimir Putin · Pokrovsk"),
                alone=True,
            ),
            Says(who, "→ This is it", "On record: E-28", has=(SURROUNDED,), alone=True),
            Says(
                who,
                "/lookup Fighting near Pokrovsk",
                "On record here about that message",
                has=("Heavy fighting", "Why: Pokrovsk · “Fighting”"),
                alone=True,
            ),
            Says(who, "/export Pokrovsk format:csv", "48 entries · about Pokrovsk"),
            Says(who, "/me", "What this desk keeps about you", alone=True),
            Says(
                who,
                "/about",
                "Pokrovsk and Myrnohrad, November 2025",
                has=("10 events · 53 claims · 1 assessment", "Data as of", "MIT"),
            ),
            Says(who, "/help", "What you can ask", has=("/status Pokrovsk",)),
            Says(who, "/help all", "All commands", has=("/status PLACE [at:DAY]",)),
            Says(
                who,
                "/help status",
                "/status: Show the situation in a place, and who says so",
                has=("For example /status Pokrovsk",),
            ),
            Says(who, "/room", "Answers here", has=("Set by",), alone=True),
            Says(who, "/digests list", "No daily summary here", alone=True),
            Says(
                who,
                "/watch list",
                "No watched places yet, yours or here",
                alone=True,
            ),
        ),
    )


READING = (
    *map(_asking, (Who.READER, Who.MODERATOR, Who.ADMIN)),
    Conversation(
        "a reader turns the pages of a long list",
        (
            Says(
                Who.READER,
                "/claims since:2025-10-29",
                "53 claims · since 29 Oct 2025",
                has=("E-28", "E-50"),
                lacks=("E-25",),
            ),
            Says(
                Who.READER,
                "→ More",
                "53 claims · since 29 Oct 2025",
                has=("E-25",),
                lacks=("E-28", "E-50"),
            ),
            Says(Who.READER, "→ More", "53 claims · since 29 Oct 2025", lacks=("E-28", "E-25")),
        ),
    ),
    Conversation(
        "a reader writes names and days in their own way",
        (
            Says(Who.READER, "/status Покровськ", POKROVSK),
            Says(Who.READER, "/status Krasnoarmiisk", POKROVSK, has=("Krasnoarmiisk",)),
            Says(
                Who.READER,
                "/claims since:29 Oct by:putin",
                "1 claim · by Vladimir Putin · since 29 Oct 2025",
            ),
            Says(Who.READER, "/entry 28", f"E-28, claim: {SURROUNDED}"),
        ),
    ),
)
