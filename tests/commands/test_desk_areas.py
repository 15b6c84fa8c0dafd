"""Areas that the desk draws: of places and circles, asked about like any other place."""

import re

import pytest

from commands.kit.invocation import Role
from tests.commands.moderator import Moderator
from tests.fakes import Talk

FRONT = '/desk area add Pokrovsk front places:"Pokrovsk, Myrnohrad"'


@pytest.fixture
def mod(desk: Talk) -> Moderator:
    return Moderator(desk)


async def test_an_area_of_places_is_asked_about_by_its_name_at_once(mod: Moderator) -> None:
    answer = await mod(FRONT)
    assert answer.first == "P-1000000001, Pokrovsk front: area of Pokrovsk, Myrnohrad"
    status = await mod("/status pokrovsk front")
    assert status.first == "Pokrovsk front: 2 places on record"
    assert "• Pokrovsk: ◆ Contested" in status.text
    assert "• Myrnohrad: NO ASSESSMENT ON RECORD" in status.text
    claims = await mod('/claims place:"Pokrovsk front"')
    apart = [await mod(f"/claims place:{name}") for name in ("Pokrovsk", "Myrnohrad")]
    counts = [int(re.match("[0-9]+", each.first)[0]) for each in (claims, *apart)]  # type: ignore[index]
    assert max(counts[1:]) < counts[0] <= sum(counts[1:])
    assert not (await mod('/events place:"Pokrovsk front"')).refused


async def test_an_area_takes_in_what_lies_around_a_place(mod: Moderator) -> None:
    answer = await mod("/desk area add Western approach around:Pokrovsk km:30")
    assert answer.flat.startswith("P-1000000001, Western approach: area of 30 km around Pokrovsk")
    near = await mod("/status Western approach")
    assert near.first == "Western approach: 2 places on record"
    wider = await mod('/desk area add "Western approach" around:Pokrovsk km:60')
    assert wider.flat.startswith("P-1000000001, Western approach: area of 60 km around Pokrovsk")
    assert "Avdiivka" in (await mod("/status Western approach")).text


async def test_an_area_takes_in_whole_areas_and_areas_of_the_desk(mod: Moderator) -> None:
    await mod('/desk area add North places:"Kharkiv Oblast"')
    await mod(FRONT)
    answer = await mod('/desk area add Both fronts places:"North, Pokrovsk front"')
    assert answer.first == "P-1000000003, Both fronts: area of North, Pokrovsk front"
    status = (await mod("/status Both fronts")).text
    assert "Kupiansk" in status
    assert "Myrnohrad" in status


async def test_areas_drawn_of_each_other_are_still_answered(mod: Moderator) -> None:
    await mod(FRONT)
    await mod('/desk area add Ring places:"Pokrovsk front"')
    await mod('/desk area add Pokrovsk front places:"Ring"')
    assert (await mod("/status Ring")).first == "Ring: 2 places on record"


async def test_more_is_added_and_taken_out_and_each_act_undone(mod: Moderator) -> None:
    await mod(FRONT)
    more = await mod("/desk area add Pokrovsk front places:Kupiansk why:It spread.")
    assert "Kupiansk" in more.first
    assert "It spread." in (await mod("/log")).text
    less = await mod("/desk area remove Pokrovsk front places:Myrnohrad")
    assert less.first == "P-1000000001, Pokrovsk front: area of Kupiansk, Pokrovsk"
    await mod("/undo")
    assert "Myrnohrad" in (await mod("/status Pokrovsk front")).text
    await mod("/undo")
    assert "Kupiansk" not in (await mod("/status Pokrovsk front")).text


async def test_a_removed_area_is_unknown_until_it_is_drawn_again(mod: Moderator) -> None:
    await mod('/desk area add Pokrovsk front local:"Покровський фронт" places:Pokrovsk')
    assert not (await mod("/status Покровський фронт")).refused
    gone = await mod("/desk area remove Pokrovsk front")
    assert gone.first == "P-1000000001, Pokrovsk front: area removed"
    for name in ("Pokrovsk front", "Покровський фронт"):
        assert (await mod(f"/status {name}")).refused
    assert (await mod("/desk area list")).first == "No areas yet"
    undone = await mod(gone.offered[0])
    assert not undone.refused
    assert not (await mod("/status Покровський фронт")).refused
    await mod(undone.offered[0])
    again = await mod(FRONT)
    assert again.first.startswith("P-1000000001, Pokrovsk front:")


async def test_drawing_an_area_is_undone_and_done_again(mod: Moderator) -> None:
    await mod('/desk area add Front places:"Pokrovsk, Myrnohrad" around:Kupiansk km:20')
    undone = await mod("/undo")
    assert (await mod("/status Front")).refused
    await mod(undone.offered[0])
    listed = await mod("/desk area list")
    assert "Front: area of Pokrovsk, Myrnohrad, 20 km around Kupiansk" in listed.flat


async def test_an_area_is_watched_summed_up_and_named_otherwise(mod: Moderator) -> None:
    await mod(FRONT)
    assert (await mod("/watch add Pokrovsk front")).first.startswith(
        "Pokrovsk front: news will come"
    )
    summary = await mod.desk('/digests add 08:00 places:"Pokrovsk front"', Role.ADMIN)
    assert "Pokrovsk front" in summary.flat
    await mod("/desk place alias P-1000000001 The front")
    assert (await mod("/status The front")).first == "Pokrovsk front: 2 places on record"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (FRONT, "Already set. Nothing changed."),
        (
            "/desk area add Pokrovsk places:Myrnohrad",
            "That name is on record already, as P-704422.",
        ),
        ("/desk area add X around:Pokrovsk", "km: Write the radius, such as km:30."),
        ("/desk area add X km:30", "around: Write the centre, such as around:Pokrovsk."),
        (
            "/desk area add X around:Pokrovsk km:0",
            "km: “0” is not a distance. Write whole kilometres",
        ),
        ("/desk area add X around:Pokrovsk km:501", "km: “501” is not a distance"),
        (
            '/desk area add X around:"Donetsk Oblast" km:30',
            "around: Donetsk Oblast is not a point on the map. Name a town.",
        ),
        ("/desk area add X", "Write what is inside it: places:“Pokrovsk, Myrnohrad”"),
        ("/desk area add X places:Pokrvsk", "places: No exact match for “Pokrvsk”. Did you mean:"),
        ("/desk area add", "name: Write a name."),
        ("/desk area remove Nowhere", "There is no area “Nowhere”."),
        (
            "/desk area remove Pokrovsk front places:Kupiansk",
            "Already set. Nothing changed.",
        ),
        ("/desk area remove P-704422", "There is no area “P-704422”."),
    ],
)
async def test_what_cannot_be_drawn_is_refused_in_one_sentence(
    mod: Moderator, line: str, answer: str
) -> None:
    await mod(FRONT)
    head = await mod.desk.store.history.head()
    reply = await mod(line)
    assert reply.refused
    assert reply.flat.removeprefix(f"{answer.partition(':')[0]}: ").startswith(
        answer.removeprefix(f"{answer.partition(':')[0]}: ")
    )
    assert await mod.desk.store.history.head() == head


async def test_readers_draw_no_areas(desk: Talk) -> None:
    assert (await desk(FRONT)).refused
