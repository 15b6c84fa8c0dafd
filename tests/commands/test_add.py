"""/add: one line files an entry; nothing typed is lost; nothing new is invented in silence."""

import asyncio
from datetime import UTC, datetime

import pytest

from store.model.entry import Attribution, Encirclement, LinkType, PlaceRole, Share, Stance
from store.model.filing import FiledPlace, FiledSource
from store.model.span import Basis
from tests.commands.filing import CLAIM, MODERATOR, add, file_entry, file_line
from tests.fakes import Talk


async def test_a_claim_is_filed_by_one_line_and_one_click(desk: Talk) -> None:
    answer = await add(desk, CLAIM)
    assert answer.first == "D-1 · draft of a claim"
    assert answer.lines[1:4] == [
        "• The road out is cut.",
        "  5 Nov 2025 · Vladimir Putin · Pokrovsk",
        "  Article of 7 November 2025 (outlet not named)",
    ]
    answer = await add(desk, file_line(answer))
    assert answer.first == "Filed as E-65"
    assert answer.offered[-1].startswith("/undo revision:")
    entry = await desk.store.entries.get(65)
    assert entry is not None
    assert (entry.type, entry.attribution, entry.credibility) == ("other", Attribution.NAMED, 6)
    assert entry.day.basis is Basis.EXPLICIT
    assert entry.published == "2025-11-07"


async def test_an_event_is_filed_by_one_line(desk: Talk) -> None:
    ref = await file_entry(
        desk, "/add event A bridge is down. place:Myrnohrad day:6 Nov type:strike source:S-1"
    )
    answer = await desk(f"/entry {ref}")
    assert answer.first == f"{ref}, event: A bridge is down."
    assert "Attribution  narrator" in answer.text
    assert (await desk("/events Myrnohrad kind:strike")).first.startswith("1 event")


async def test_an_assessment_without_words_gets_a_sentence_of_the_rest(desk: Talk) -> None:
    ref = await file_entry(
        desk,
        '/add assessment by:"Deep State" place:Myrnohrad control:contested share:most'
        ' day:2025-11-06 source:"Deep State map"',
    )
    answer = await desk(f"/entry {ref}")
    sentence = "Deep State assesses most of Myrnohrad as contested (gray zone)."
    assert answer.first == f"{ref}, assessment: {sentence}"
    assert "6 Nov 2025 · as of the source’s day" in answer.text
    assert (await desk("/status Myrnohrad")).first.startswith("Myrnohrad: ◆ Contested")


async def test_every_further_field_goes_on_record(desk: Talk) -> None:
    ref = await file_entry(
        desk,
        CLAIM + ' role:near precision:area detail:"the last road" also:Myrnohrad happened:2025-11'
        ' quote:"is cut" basis:relative attribution:hearsay credibility:1 source2:S-2 relayed:S-3'
        " stance:denies control:russian_held share:part label:cut encirclement:claimed type:supply"
        " link:contradicts E-14",
    )
    content = await desk.store.moderation.content(int(ref[2:]))
    assert content.places == (
        FiledPlace(704422, PlaceRole.NEAR, content.places[0].precision, "the last road"),
        FiledPlace(710035),
    )
    assert content.sources == (
        FiledSource(1, Stance.DENIES),
        FiledSource(2),
        FiledSource(3, relayed=True),
    )
    assert content.happened is not None
    assert content.happened.edtf == "2025-11"
    assert (content.quote, content.label, content.type) == ("is cut", "cut", "supply")
    assert (content.control, content.share) == ("russian_held", Share.PART)
    assert content.encirclement is Encirclement.CLAIMED
    assert (content.attribution, content.credibility) == (Attribution.HEARSAY, 1)
    assert content.day.basis is Basis.RELATIVE
    entry = await desk.store.entries.get(int(ref[2:]))
    assert entry is not None
    assert [(link.type, link.ref) for link in entry.links] == [(LinkType.CONTRADICTS, "E-14")]


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("event", "text, day, source"),
        ("claim", "text, speaker, day, source"),
        ("assessment", "speaker, control, day, source"),
    ],
)
async def test_what_is_missing_is_named_and_asked_for_at_once(
    desk: Talk, kind: str, missing: str
) -> None:
    answer = await add(desk, f"/add {kind} place:Pokrovsk")
    assert f"Still needed: {missing}" in answer.text
    assert answer.reply.form is not None
    assert answer.reply.form.given == {"draft": "D-1"}
    assert len(answer.reply.form.fields) == 5
    assert not [line for line in answer.offered if line.startswith("/draft file")]


async def test_with_nothing_said_the_form_is_shown_and_no_draft_is_made(desk: Talk) -> None:
    answer = await add(desk, "/add claim")
    form = answer.reply.form
    assert form is not None
    assert [field.name for field in form.fields] == ["text", "by", "day", "place", "source"]
    assert await desk.store.drafts.get(1) is None


async def test_nothing_typed_is_lost_when_a_field_cannot_be_read(desk: Talk) -> None:
    answer = await add(
        desk, "/add claim Totally cut off. by:Putin day:2025-13-40 place:Nowhereville"
    )
    assert "day: 2025-13-40 does not exist: a year has months 1 to 12." in answer.text
    assert "place: No place “Nowhereville” is known here." in answer.text
    assert "Still needed: source" in answer.text
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert draft.fields == {
        "text": "Totally cut off.",
        "by": "Putin",
        "day": "2025-13-40",
        "place": "Nowhereville",
    }
    form = (await add(desk, "/draft fill D-1")).answer.reply.form
    assert form is not None
    assert {field.name: field.value for field in form.fields} == {**draft.fields, "source": ""}


async def test_a_draft_goes_on_where_it_was_and_a_field_can_be_emptied(desk: Talk) -> None:
    await add(desk, CLAIM + " quote:cut")
    answer = await add(desk, "/add claim draft:D-1 day:2025-11-04 quote:-")
    assert "4 Nov 2025" in answer.text
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert "quote" not in draft.fields


async def test_what_was_close_is_offered_as_the_draft_with_that_value(desk: Talk) -> None:
    answer = await add(desk, CLAIM.replace("place:Pokrovsk", "place:Shevchenko"))
    assert "place: Which Shevchenko?" in answer.text
    chosen = next(
        line for line in answer.offered if line.startswith("/add claim draft:D-1 place:P-")
    )
    assert (await add(desk, chosen)).answer.reply.picks


async def test_a_new_speaker_is_offered_and_not_invented(desk: Talk) -> None:
    answer = await add(desk, CLAIM.replace("Putin", "Pohorily"))
    assert "by: No speaker “Pohorily” is on record." in answer.text
    assert "/add claim draft:D-1 by:A-4" in answer.offered
    assert not await desk.store.actors.by_name("Pohorily")
    answer = await add(desk, "/draft create ref:D-1 field:by name:Pohorily")
    assert "5 Nov 2025 · Pohorily · Pokrovsk" in answer.text
    (actor,) = await desk.store.actors.by_name("Pohorily")
    assert [revision.act for revision in await desk.store.history.of(actor.ref)] == ["create"]


async def test_a_new_address_is_offered_as_a_source_of_the_kind_one_chooses(desk: Talk) -> None:
    answer = await add(desk, CLAIM.replace("S-1", "https://example.org/a/12"))
    assert "source: No source of that address is on record." in answer.text
    line = next(offer for offer in answer.offered if offer.endswith("kind:post"))
    answer = await add(desk, line)
    source = await desk.store.sources.at("https://example.org/a/12")
    assert source is not None
    assert (source.name, source.kind, source.reliability) == ("example.org/a/12", "post", "F")
    assert "The source has no link." not in answer.text
    again = await add(desk, CLAIM.replace("S-1", "https://example.org/a/12"))
    assert again.answer.reply.picks


async def test_a_source_is_known_by_its_name_and_a_slip_gets_what_is_close(desk: Talk) -> None:
    answer = await add(desk, CLAIM.replace("S-1", '"the kyiv independent"'))
    assert "The Kyiv Independent" in answer.text
    answer = await add(desk, CLAIM.replace("S-1", "Kiev Independent"))
    assert "source: No source “Kiev Independent” is on record." in answer.text
    assert "/add claim draft:D-2 source:S-2" in answer.offered


async def test_a_place_that_no_gazetteer_has_can_be_created(desk: Talk) -> None:
    answer = await add(desk, CLAIM.replace("place:Pokrovsk", "place:Qqxyz"))
    line = next(offer for offer in answer.offered if offer.startswith("/draft create"))
    assert "Qqxyz" in (await add(desk, line)).text
    assert (await desk.store.places.recognise("Qqxyz")).candidates[0].place.id > 1_000_000_000


async def test_a_source_is_called_after_all_of_its_address(desk: Talk) -> None:
    """Of a message on Matrix it was the host alone, the same for all of them."""
    address = "https://matrix.to/#/%21a%3Ax.example/%24one?via=x.example"
    answer = await add(desk, CLAIM.replace("source:S-1", f"source:{address}"))
    line = next(offer for offer in answer.offered if offer.endswith("kind:post"))
    await add(desk, line)
    source = await desk.store.sources.at(address)
    assert source is not None
    assert source.name == "matrix.to/!a:x.example/$one"


async def test_ten_clicks_at_once_create_one_speaker(desk: Talk) -> None:
    await add(desk, CLAIM.replace("Putin", "Nobody Yet"))
    line = '/draft create ref:D-1 field:by name:"Nobody Yet"'
    answers = await asyncio.gather(*(add(desk, line) for _ in range(10)))
    assert not any(answer.refused for answer in answers)
    assert len(await desk.store.actors.by_name("Nobody Yet")) == 1


WARNED = [
    (CLAIM, "The source has no link."),
    (
        CLAIM.replace(
            "The road out is cut.", "Putin claimed Pokrovsk and Kupiansk surrounded."
        ).replace("2025-11-05", "2025-10-29"),
        "Much like E-28: Vladimir Putin claimed that Pokrovsk and Kupiansk",
    ),
    (CLAIM.replace("2025-11-05", "2025-08-01"), "That day is 98 days ago."),
    (
        CLAIM.replace("2025-11-05", "2025-11-07").replace("S-1", "S-4"),
        "was published on 6 Nov 2025",
    ),
    (CLAIM + " also:Odesa", "Pokrovsk and Odesa are 524 km apart."),
    (CLAIM + " control:russian_held", "E-9 assesses it differently: ◆ Contested (gray zone)"),
]


@pytest.mark.parametrize(("line", "warning"), WARNED)
async def test_what_should_be_looked_at_is_said_and_can_be_filed(
    desk: Talk, line: str, warning: str
) -> None:
    answer = await add(desk, line)
    assert warning in answer.flat
    assert (await add(desk, file_line(answer))).first == "Filed as E-65"


@pytest.mark.parametrize("by_button", [True, False])
async def test_what_was_filed_with_a_link_is_undone_and_brought_back_as_one(
    desk: Talk,
    by_button: bool,  # noqa: FBT001
) -> None:
    """The first /undo took back the link alone, and the entry stayed."""
    told = await add(desk, file_line(await add(desk, f"{CLAIM} link:contradicts E-14")))
    button = next(line for line in told.offered if line.startswith("/undo"))
    answer = await add(desk, button if by_button else "/undo")
    assert answer.first == "Undone: E-65 filed"
    assert "E-65" not in (await desk("/entry E-14")).text
    entry = await desk.store.entries.get(65)
    assert entry is not None
    assert entry.retracted_at is not None
    assert (await add(desk, "/undo")).refused
    back = next(line for line in answer.offered if line.startswith("/restore"))
    await add(desk, back)
    assert "contradicted by E-65" in (await desk("/entry E-14")).flat


async def test_a_link_that_came_later_is_undone_alone(desk: Talk) -> None:
    told = await add(desk, file_line(await add(desk, f"{CLAIM} link:contradicts E-14")))
    await add(desk, "/link E-65 supports E-28 why")
    button = next(line for line in told.offered if line.startswith("/undo"))
    assert "changed since" in (await add(desk, button)).flat
    assert (await add(desk, "/undo")).first == "Undone: E-65 link: supports E-28"
    assert (await add(desk, "/undo")).first == "Undone: E-65 filed"


async def test_a_claim_against_an_assessment_can_be_linked_with_it_by_one_click(desk: Talk) -> None:
    answer = await add(desk, CLAIM + " control:russian_held")
    line = '/add claim draft:D-1 link:"in_tension_with E-9"'
    assert line in answer.offered
    answer = await add(desk, line)
    assert "Link     in tension with E-9" in answer.text
    await add(desk, file_line(answer))
    assert "Others say otherwise:" in (await desk("/status Pokrovsk")).first
    assert "E-65" in (await desk("/entry E-9")).text


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (CLAIM + " credibility:1", "credibility: 1 needs a second, independent source"),
        (CLAIM + " source2:S-1", "source2: is the same as source."),
        (CLAIM + " also:Покровськ", "also: is the same as place."),
        (CLAIM.replace("2025-11-05", "2025-11-09"), "day: 2025-11-09 is after today, 7 Nov 2025."),
        (CLAIM + " link:hates E-1", "link: “hates E-1” is not a link"),
        (CLAIM + " link:contradicts E-999", "link: There is no entry E-999."),
        (CLAIM + " control:theirs", "control: “theirs” is not one of these: ukrainian_held"),
        (CLAIM.replace('"The road out is cut."', "x" * 2001), "text: That is 2001 characters"),
    ],
)
async def test_what_cannot_be_filed_says_which_field_and_why(
    desk: Talk, line: str, problem: str
) -> None:
    answer = await add(desk, line)
    assert problem in answer.flat
    assert "/draft fill ref:D-1" in answer.offered
    refused = await add(desk, "/draft file D-1")
    assert refused.refused
    assert refused.first == "D-1 is still incomplete. Look again:"
    assert await desk.store.entries.get(65) is None


async def test_a_day_after_the_publication_is_asked_about(desk: Talk) -> None:
    """In January, "12 Dec" was read as a day after the article that was to have told of it."""
    desk.now = datetime(2026, 1, 20, 12, tzinfo=UTC)
    answer = await add(desk, CLAIM.replace("2025-11-05", '"12 Dec"'))
    assert "The source was published on 7 Nov 2025, before that day." in answer.text
    offers = [line for line in answer.offered if " day:" in line]
    assert offers == ["/add claim draft:D-1 day:2024-12-12", "/add claim draft:D-1 day:2025-11-07"]
    assert "12 Dec 2024" in (await add(desk, offers[0])).text


async def test_an_archive_and_what_it_holds_are_never_two_independent_sources(desk: Talk) -> None:
    page, copy = "https://example.org/a", "https://web.archive.org/web/2025/https://example.org/a"
    answer = await add(desk, CLAIM.replace("S-1", page.replace("https", "http")))
    await add(desk, f"/desk source add Page url:{page}")
    answer = await add(desk, f"{CLAIM.replace('S-1', page)} source2:{copy}")
    assert f"That is a copy of {page}, and not on record." in answer.flat
    assert any(line.endswith("source2:S-5") for line in answer.offered)
    await add(desk, f"/desk source add Copy url:{copy}")
    answer = await add(desk, f"{CLAIM.replace('S-1', 'Page')} source2:Copy credibility:1")
    assert (
        "source2: is a copy of the same page as source. Name a different one, or none."
        in answer.flat
    )
    answer = await add(desk, "/edit E-28 source:Page source2:Copy why:both")
    assert "is the same as another one here" in answer.flat


async def test_a_copy_of_a_page_that_is_not_on_record_offers_the_page(desk: Talk) -> None:
    answer = await add(
        desk, CLAIM.replace("S-1", "https://www.google.com/amp/s/example.org/news/1")
    )
    assert "/add claim draft:D-1 source:https://example.org/news/1" in answer.offered


async def test_a_claim_without_a_name_says_how_its_words_came(desk: Talk) -> None:
    answer = await add(desk, CLAIM.replace("by:Putin", "attribution:anonymous"))
    assert answer.reply.picks
    assert "5 Nov 2025 · anonymous · Pokrovsk" in answer.text


async def test_a_form_does_not_insist_on_what_is_not_needed(desk: Talk) -> None:
    await add(desk, "/add claim It is so. attribution:anonymous")
    await add(desk, "/add assessment by:Putin encirclement:claimed")
    for ref, name in (("D-1", "by"), ("D-2", "control")):
        form = (await add(desk, f"/draft fill {ref}")).answer.reply.form
        assert form is not None
        assert [field.required for field in form.fields if field.name == name] == [False]


async def test_a_choice_is_made_by_its_line(desk: Talk) -> None:
    answer = await add(desk, CLAIM)
    pick = next(pick for pick in answer.reply.picks if pick.param == "credibility")
    assert pick.chosen == "6"
    answer = await add(desk, "/add claim draft:D-1 credibility:3")
    assert "Pokrovsk · F3" in answer.text


async def test_a_reader_cannot_file(desk: Talk) -> None:
    answer = await desk(CLAIM)
    assert answer.refused
    assert answer.first == "Only moderators can use /add claim."
    assert await desk.store.drafts.get(1) is None


HOSTILE = [
    "@everyone <@1> **bold** [x](https://evil.example)",
    "'; DROP TABLE entries; --",
    "\u202eback\u202c to front",
    "{name} %s {0}",
    "=HYPERLINK(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_go_on_record_as_words(desk: Talk, text: str) -> None:
    ref = await file_entry(desk, CLAIM.replace("The road out is cut.", text))
    entry = await desk.store.entries.get(int(ref[2:]))
    assert entry is not None
    assert entry.text == " ".join(text.replace("\u202e", "").replace("\u202c", "").split())


async def test_half_a_character_and_a_zero_do_no_harm(desk: Talk) -> None:
    answer = await add(desk, CLAIM.replace("is cut", "is\ud800 \0cut"))
    assert answer.lines[1] == "• The road out is cut."


async def test_at_sixty_columns_no_row_is_wider(desk: Talk) -> None:
    answer = await desk(CLAIM + " control:russian_held", as_=MODERATOR, width=60)
    assert max(map(len, answer.lines)) <= 60
