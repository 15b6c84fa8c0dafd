"""Moderators and admins file entries, and correct them."""

from tests.conversations.saying import Conversation, Says, Who
from tests.conversations.talks.differences import ITS_OWN_WORDS
from tests.conversations.talks.reading import SURROUNDED

_ROAD = "The road out of Pokrovsk is cut."
_ADDRESS = "https://example.org/news/12"


def _claiming(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} files a claim from a line and a reader finds it",
        (
            Says(
                who,
                f'/add claim "{_ROAD}" attribution:anonymous place:Pokrovsk day:"5 Nov" source:S-1'
                " control:russian_held",
                "D-1 · draft of a claim",
                has=(
                    _ROAD,
                    "5 Nov 2025 · anonymous · Pokrovsk",
                    "▼ Russian-held",
                    "The source has no link.",
                    "E-9 assesses it differently",
                ),
                alone=True,
                noted="draft",
            ),
            Says(Who.READER, "/search road cut", "Nothing on record · with the words road cut"),
            Says(who, "/draft show", "You have 1 draft", has=("{draft} · claim",), alone=True),
            Says(
                who, "/draft show {draft}", "{draft} · draft of a claim", has=(_ROAD,), alone=True
            ),
            Says(who, "→ File", "Filed as E-65", has=(_ROAD,), noted="claim"),
            Says(who, "/draft file {draft}", "Filed as {claim}", has=(_ROAD,)),
            Says(
                Who.READER,
                "/search road cut",
                "1 entry · with the words road cut",
                has=(_ROAD, "{claim}"),
            ),
            Says(
                Who.READER,
                "/entry {claim}",
                f"{{claim}}, claim: {_ROAD}",
                has=("▼ Russian-held", who.noted),
            ),
        ),
    )


def _by_form(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} fills in the form of an event, with a source that has to be made first",
        (
            Says(who, "/add event", "File an event…", alone=True),
            Says(
                who,
                '/add event text:"A bridge is down." place:Myrnohrad day:"6 Nov"'
                f" source:{_ADDRESS}",
                "D-1 · draft of an event",
                has=("No source of that address is on record.",),
                alone=True,
                noted="draft",
            ),
            Says(
                who,
                f"/draft create {{draft}} field:source name:{_ADDRESS} kind:article",
                "{draft} · draft of an event",
                has=("6 Nov 2025 · Myrnohrad", "example.org/news/12"),
                alone=True,
            ),
            Says(who, "/draft fill {draft}", ITS_OWN_WORDS, alone=True),
            Says(
                who,
                "/draft file {draft}",
                "Filed as E-65",
                has=("A bridge is down.",),
                noted="event",
            ),
            Says(Who.READER, "/events Myrnohrad", "…", has=("A bridge is down.", "{event}")),
        ),
    )


def _assessing(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} files an assessment and it heads the picture of the place",
        (
            Says(Who.READER, "/status Myrnohrad", "Myrnohrad: NO ASSESSMENT ON RECORD…"),
            Says(
                who,
                '/add assessment by:"Deep State" place:Myrnohrad control:ukrainian_held'
                " day:2025-11-06 source:S-3",
                "D-1 · draft of an assessment",
                has=("Deep State assesses Myrnohrad as ukrainian-held.",),
                alone=True,
            ),
            Says(who, "→ File", "Filed as E-65", noted="judged"),
            Says(
                Who.READER,
                "/status Myrnohrad",
                "Myrnohrad: ▲ Ukrainian-held · Deep State, 6 Nov 2025 · one assessor",
            ),
            Says(Who.READER, "/status Myrnohrad more:yes", "Myrnohrad: ▲ …", has=("{judged}",)),
        ),
    )


def _correcting(who: Who, other: Who) -> Conversation:
    return Conversation(
        f"{who.called} corrects an entry that {other.called} corrects meanwhile",
        (
            Says(
                who,
                '/edit E-28 day:2025-10-28 why:"A typo in the day."',
                "Corrected E-28",
                has=("day: 29 Oct 2025 → 28 Oct 2025", SURROUNDED),
            ),
            Says(
                who,
                "/edit E-28 day:2025-10-27",
                "D-1 · correction of E-28",
                has=("Still needed: reason",),
                alone=True,
                noted="draft",
            ),
            Says(
                other,
                '/edit E-28 quote:"already surrounded" why:"His own words."',
                "Corrected E-28",
                has=("quoted words: none → “already surrounded”",),
            ),
            Says(who, "/draft rebase {draft}", "{draft} · correction of E-28", alone=True),
            Says(who, "/draft drop {draft}", "Dropped {draft}.", alone=True),
            Says(who, "/draft show", "You have no drafts. /add claim", alone=True),
        ),
    )


_BOTH = (Who.MODERATOR, Who.ADMIN)

_TEXT = (
    "Shells fell near Pokrovsk on 5 November, Vitalii Deineha said. The bakery opens at seven."
    " Roman Pohorilyi said on 4 November that Myrnohrad was not surrounded."
)


def _from_text(who: Who) -> Conversation:
    return Conversation(
        f"{who.called} has a text read into drafts, files them together and takes that back",
        (
            Says(
                who,
                f'/draft from text:"{_TEXT}" day:2025-11-06 source:S-2',
                "2 drafts from a text · D-1..2",
                has=("The Kyiv Independent", "Vitalii Deineha", "Roman Pohorilyi"),
                lacks=("bakery",),
                alone=True,
            ),
            Says(who, "/draft show D-1", "D-1 · draft of a claim", has=("Shells",), alone=True),
            Says(who, "/draft file D-1..2", "2 entries are on record", alone=True),
            Says(Who.READER, "/entry E-65", "E-65, claim: Shells fell near Pokrovsk…"),
            Says(who, "/undo", "Undone: 2 entries filed from a text", alone=True),
            Says(Who.READER, "/entry E-65", "E-65, claim: RETRACTED because…"),
        ),
    )


FILING = (
    *map(_claiming, _BOTH),
    *map(_by_form, _BOTH),
    *map(_assessing, _BOTH),
    *map(_from_text, _BOTH),
    _correcting(Who.MODERATOR, Who.ADMIN),
    _correcting(Who.ADMIN, Who.MODERATOR),
)
