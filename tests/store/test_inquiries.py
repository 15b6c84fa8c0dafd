"""Who asked to be told is told once, also after a stop, and nothing of them stays."""

from datetime import timedelta
from typing import Any

import pytest

from store import Store
from store.model.filing import FiledPlace
from store.model.refusals import Already
from store.model.revision import Act, Person
from store.model.subject import Subject
from store.workflow.inquiries import KEPT, MOST_A_PERSON, Inquirer
from tests.store.conftest import AT, KUPIANSK, MYRNOHRAD, POKROVSK, an_act, an_entry, filed

ANNA = Inquirer("discord", "17")
LATER = AT + timedelta(minutes=1)


async def put(store: Store, key: str, place: int = POKROVSK, **fields: Any) -> None:
    entry = an_entry(places=(FiledPlace(place),), **fields)
    await store.history.write(an_act(key), filed(entry))


async def notices(store: Store) -> list[tuple[str, str]]:
    return [
        (notice.person, notice.line) for notice in await store.notice_queue.due("discord", LATER)
    ]


async def test_what_goes_on_record_is_told_once(seeded: Store) -> None:
    await seeded.inquiries.add(ANNA, Subject(KUPIANSK), AT)
    assert await seeded.inquiries.settle(LATER) == 0
    await put(seeded, "a", KUPIANSK)
    await put(seeded, "b", KUPIANSK)
    assert await seeded.inquiries.settle(LATER) == 1
    assert await seeded.inquiries.settle(LATER) == 0
    ((person, line),) = await notices(seeded)
    assert person == "17"
    assert line.startswith(f"/tell P-{KUPIANSK} news:E-")
    assert await seeded.inquiries.of(ANNA) == ()


async def test_another_place_speaker_or_type_does_not_answer(seeded: Store) -> None:
    await seeded.inquiries.add(ANNA, Subject(KUPIANSK, type="visit"), AT)
    await seeded.inquiries.add(ANNA, Subject(KUPIANSK, actor_id=5), AT)
    await seeded.inquiries.add(ANNA, Subject(MYRNOHRAD), AT)
    await put(seeded, "a", KUPIANSK)
    assert await seeded.inquiries.settle(LATER) == 0


async def test_it_ends_after_thirty_days(seeded: Store) -> None:
    await seeded.inquiries.add(ANNA, Subject(KUPIANSK), AT)
    await seeded.inquiries.settle(AT + KEPT)
    assert await seeded.inquiries.of(ANNA) == ()


async def test_it_ends_by_a_tap_and_asking_twice_is_asking_once(seeded: Store) -> None:
    assert await seeded.inquiries.add(ANNA, Subject(KUPIANSK), AT)
    assert not await seeded.inquiries.add(ANNA, Subject(KUPIANSK), AT)
    assert await seeded.inquiries.remove(ANNA, KUPIANSK)
    assert not await seeded.inquiries.remove(ANNA, KUPIANSK)


async def test_nobody_asks_for_the_whole_gazetteer(seeded: Store) -> None:
    for number in range(MOST_A_PERSON):
        await seeded.inquiries.add(ANNA, Subject(POKROVSK, actor_id=number), AT)
    with pytest.raises(Already):
        await seeded.inquiries.add(ANNA, Subject(KUPIANSK), AT)


async def test_who_is_forgotten_is_told_nothing(seeded: Store) -> None:
    await seeded.inquiries.add(ANNA, Subject(KUPIANSK), AT)
    person = Person(ANNA.platform, ANNA.person, "Anna")
    await seeded.people.forget(Act("f", "forget", person, AT, "Asked for."))
    await put(seeded, "a", KUPIANSK)
    assert await seeded.inquiries.settle(LATER) == 0
