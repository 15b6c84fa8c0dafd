"""What is on record about a message, as an answer that fits on a phone's screen."""

from collections.abc import Iterator, Mapping, Sequence

from commands.kit.inlines import Faint, Inline, Line, Phrase, Reference, Strong, T, join
from commands.kit.params.basic import echo
from commands.kit.reply import (
    Action,
    Audience,
    Block,
    Heading,
    Item,
    Items,
    Reply,
    Small,
    Tone,
    Unanswered,
)
from commands.kit.vocabulary import place_name, speaker_name, type_name
from commands.shared.checking.choose_entry import offer_choice
from commands.shared.views.asked_subject import offer_to_tell
from commands.shared.views.entry_card import begin_note, day_of, entry_choices, statement
from store.likeness.check_text import Checked, Match, Relation

_STATEMENTS, _ENTRIES, _WORDS = 2, 3, 3
_DOT = " · "
_HEADS: Mapping[Relation, T] = {
    Relation.SAME: T("Says the same"),
    Relation.CONTRADICTS: T("Says the contrary"),
    Relation.ABOUT: T("About the same matter"),
}


def answer_check(checked: Checked, *, whole: bool = False, remembers: bool = True) -> Reply:
    """Return the answer to whoever checks a message; it is for them alone."""
    if not checked.statements:
        return _find_nothing(checked, remembers=remembers)
    shown = checked.statements if whole else checked.statements[:_STATEMENTS]
    most = None if whole else _ENTRIES
    blocks: list[Block] = []
    for checked_statement in shown:
        if len(checked.statements) > 1:
            blocks.append(Heading(T("“{text}”", text=echo(checked_statement.text))))
        blocks += _list_matches(checked_statement.matches[:most])
    left = len(checked.statements) - len(shown)
    if left:
        blocks.append(Small((T("and {n} more", n=left),)))
    listed = [match for each in shown for match in each.matches[:most]]
    entries = [match.entry for match in listed]
    title = T("On record here about that message")
    if all(match.only_words for match in listed):
        title = T("On record here: only similar words")
    blocks += _name_bare(checked)
    no_verdict = T("What is on record about these words; no verdict on them.")
    blocks.append(Small((*begin_note(entries), no_verdict)))
    return Reply(
        (Strong(title),),
        tuple(blocks),
        (*offer_choice(shown[0].matches[0].entry), *_offer_places(checked)),
        audience=Audience.ASKER,
        repeatable=False,
        about=tuple(place.ref for place in checked.places),
        entries=entry_choices(entries),
    )


def _list_matches(matches: Sequence[Match]) -> Iterator[Block]:
    alike = [match for match in matches if not match.only_words]
    parts = [
        (head, [match for match in alike if match.relation is relation])
        for relation, head in _HEADS.items()
    ]
    parts.append((T("Only similar words"), [match for match in matches if match.only_words]))
    for head, of_it in parts:
        if of_it:
            yield Heading(head)
            yield Items(tuple(map(_item, of_it)))


def _item(match: Match) -> Item:
    entry = match.entry
    who = speaker_name(entry.by) if entry.by else None
    why = Faint(T("Why: {why}", why=Phrase(explain(match))))
    return Item(statement(entry), (join(_DOT, day_of(entry), who, Reference(entry.ref), why),))


def explain(match: Match) -> Line:
    """Return why an entry is shown: a speaker, places, its type, or words of the message."""
    entry = match.entry
    why: list[Inline] = []
    if match.names_speaker and entry.by is not None:
        why.append(speaker_name(entry.by))
    why += [place_name(place) for place in entry.places if place.place_id in match.places]
    if match.is_of_type:
        why.append(type_name(entry))
    words = [word for word in match.words if not match.names_speaker or not word[0].isupper()]
    why += [T("“{words}”", words=word) for word in (words or match.words)[:_WORDS]]
    return join(_DOT, *why)


def _find_nothing(checked: Checked, *, remembers: bool) -> Reply:
    """Say that nothing fits, and what was recognised; offer to tell of what goes on record."""
    blocks: list[Block] = []
    known = [place for place in checked.places if place not in checked.bare]
    if known:
        names = Phrase(join(", ", *map(place_name, known)))
        blocks.append(Small((T("Recognised: {places}", places=names),)))
    nothing = T("Nothing in that message is on record here")
    title = T("Nothing on record fits that message") if known else nothing
    missing = tuple(Unanswered(place.ref) for place in checked.places[:1])
    return Reply(
        (Strong(title),),
        (*blocks, *_name_bare(checked)),
        (*_offer_places(checked), *(map(offer_to_tell, missing) if remembers else ())),
        tone=Tone.NOTHING,
        audience=Audience.ASKER,
        repeatable=False,
        about=tuple(place.ref for place in checked.places),
        unanswered=missing,
    )


def _name_bare(checked: Checked) -> tuple[Small, ...]:
    """Name the places about which nothing at all is on record."""
    if not checked.bare:
        return ()
    names = Phrase(join(", ", *map(place_name, checked.bare)))
    return (Small((T("Nothing on record about {places}", places=names),)),)


def _offer_places(checked: Checked) -> tuple[Action, ...]:
    known = [place for place in checked.places if place not in checked.bare]
    return tuple(Action(place_name(place), "status", {"place": place.ref}) for place in known[:2])
