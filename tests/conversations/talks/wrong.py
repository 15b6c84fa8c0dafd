"""What is wrong with a line is said in one sentence; what is hostile in an entry is only words."""

from tests.conversations.saying import Conversation, Says, Who

_HOSTILE = (
    "@everyone @here @room <@123> <@&1> <#1> **loud** __x__ ||y|| <b>z</b> [a](https://evil.example)"
    " <t:0:D> [bold]w[/bold] # v @anna:sitrep.test <script>"
)
_WHY = "@everyone <@1> **x** [a](https://evil.example) # y"
_NAME, _ROLE, _PLACE = "@here <b>N</b> `O`", "**mayor** @room", "~~P~~ <#1>"

WRONG = (
    Conversation(
        "a reader slips, and is told what to write instead",
        (
            Says(
                Who.READER,
                "/status Pokrovske",
                "Which Pokrovske? There are 22.",
                has=("Pokrovske, Synelnykove Raion, Dnipropetrovsk Oblast, 67 km from Pavlohrad",),
                refused=True,
            ),
            Says(
                Who.READER,
                "/status Nowhereville",
                "No place “Nowhereville” is known here.",
                has=("This desk covers places in Ukraine, Belgorod Oblast, Bryansk Oblast,",),
                refused=True,
            ),
            Says(
                Who.READER,
                "/status Putin",
                "No place “Putin” is known here.",
                has=("Vladimir Putin is a speaker; what they said: /claims by:A-6",),
                refused=True,
            ),
            Says(
                Who.READER,
                "/statsu Pokrovsk",
                "There is no command “statsu”. Did you mean this?",
                has=("/status",),
                refused=True,
            ),
            Says(
                Who.READER,
                "/help retract",
                "Only moderators can use /retract.",
                refused=True,
            ),
            Says(
                Who.READER,
                "/claims Pokrovsk sinc:2025-10-01",
                "/claims has no sinc:. It takes place:, by:, since:, until:, verdict:, text:,"
                " retracted:.",
                refused=True,
            ),
            Says(
                Who.READER,
                "/claims verdict:maybe",
                "verdict: “maybe” is not one of these: confirmed, disputed, refuted, unproven.",
                refused=True,
            ),
            Says(
                Who.READER,
                "/claims since:yesterweek",
                "since: “yesterweek” is not a day I can read: write a day such as 2025-11-07, 7d"
                ' or "29 Oct".',
                refused=True,
            ),
            Says(
                Who.READER,
                "/entry E-999",
                "There is no entry E-999. Search instead:",
                has=("/search flag",),
                refused=True,
            ),
            Says(
                Who.READER, "/entry nonsense", "ref: “nonsense” is not a reference…", refused=True
            ),
            Says(
                Who.READER,
                "/status Pokrovsk recorded:2025-11-07",
                "Only moderators can use recorded.",
                refused=True,
            ),
        ),
    ),
    Conversation(
        "a moderator slips, and nothing is written",
        (
            Says(Who.MODERATOR, "/retract E-1", "/retract needs why:…", refused=True),
            Says(
                Who.MODERATOR,
                "/draft show D-99",
                "There is no draft D-99. Drafts are kept for a week.",
                refused=True,
            ),
            Says(Who.MODERATOR, "/undo", "…", refused=True),
        ),
    ),
    Conversation(
        "hostile words of an entry are only words",
        (
            Says(
                Who.MODERATOR,
                f'/add event "{_HOSTILE}" place:Pokrovsk day:"6 Nov" source:S-1',
                "D-1 · draft of an event",
                has=(_HOSTILE,),
                alone=True,
            ),
            Says(Who.MODERATOR, "→ File", "Filed as E-65", has=(_HOSTILE,), noted="event"),
            Says(Who.READER, "/search loud", "1 entry · with the words loud", has=(_HOSTILE,)),
            Says(Who.READER, "/entry {event}", "{event}, event: " + _HOSTILE),
        ),
    ),
    Conversation(
        "hostile reasons and names are only words",
        (
            Says(Who.MODERATOR, f"/retract E-36 {_WHY}", f"E-36 retracted: {_WHY}", alone=True),
            Says(Who.READER, "/entry E-36", f"E-36, claim: RETRACTED because {_WHY}"),
            Says(Who.MODERATOR, "/log E-36", "Log of the record · of E-36", has=(_WHY,)),
            Says(
                Who.MODERATOR,
                f'/desk actor add "{_NAME}" role:"{_ROLE}"',
                f"A-10, {_NAME}: added",
                alone=True,
            ),
            Says(Who.READER, "/sources A-10", "1 on record as “A-10”", has=(_NAME, _ROLE)),
            Says(
                Who.MODERATOR,
                f'/desk place add "{_PLACE}" at:48.28,37.18',
                f"P-1000000001, {_PLACE}: added",
                alone=True,
            ),
            Says(Who.READER, "/status P-1000000001", f"{_PLACE}: NO ASSESSMENT ON RECORD…"),
            Says(Who.READER, f"/search {_ROLE}", f"Nothing on record · with the words {_ROLE}"),
            Says(
                Who.READER, "/status @everyone", "No place “@everyone” is known here.", refused=True
            ),
        ),
    ),
)
