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
from tests.store.conftest import AT, KUPIANSK, MYRNOHRAD, POKROVSK, addition, an_act, an_entry

ANNA = Inquirer("discord", "17")
LATER = AT + timedelta(minutes=1)


async def put(store: Store, key: str, place: int = POKROVSK, **fields: Any) -> None:
    entry = an_entry(places=(FiledPlace(place),), **fields)
    await store.history.write(an_act(key), addition(entry))


async def notices(store: Store) -> list[tuple[str, str]]:
    return [
        (notice.person, notice.line) for notice in await store.notice_queue.due("discord", LATER)
    ]


async def test_what_goes_on_record_is_told_once(full: Store) -> None:
    await full.inquiries.add(ANNA, Subject(KUPIANSK), AT)
    assert await full.inquiries.settle(LATER) == 0
    await put(full, "a", KUPIANSK)
    await put(full, "b", KUPIANSK)
    assert await full.inquiries.settle(LATER) == 1
    assert await full.inquiries.settle(LATER) == 0
    ((person, line),) = await notices(full)
    assert person == "17"
    assert line.startswith(f"/tell P-{KUPIANSK} news:E-")
    assert await full.inquiries.of(ANNA) == ()


async def test_another_place_speaker_or_type_does_not_answer(full: Store) -> None:
    await full.inquiries.add(ANNA, Subject(KUPIANSK, type="visit"), AT)
    await full.inquiries.add(ANNA, Subject(KUPIANSK, actor_id=5), AT)
    await full.inquiries.add(ANNA, Subject(MYRNOHRAD), AT)
    await put(full, "a", KUPIANSK)
    assert await full.inquiries.settle(LATER) == 0


async def test_it_ends_after_thirty_days(full: Store) -> None:
    await full.inquiries.add(ANNA, Subject(KUPIANSK), AT)
    await full.inquiries.settle(AT + KEPT)
    assert await full.inquiries.of(ANNA) == ()


async def test_it_ends_by_a_tap_and_asking_twice_is_asking_once(full: Store) -> None:
    assert await full.inquiries.add(ANNA, Subject(KUPIANSK), AT)
    assert not await full.inquiries.add(ANNA, Subject(KUPIANSK), AT)
    assert await full.inquiries.remove(ANNA, KUPIANSK)
    assert not await full.inquiries.remove(ANNA, KUPIANSK)


async def test_nobody_asks_for_the_whole_gazetteer(full: Store) -> None:
    for number in range(MOST_A_PERSON):
        await full.inquiries.add(ANNA, Subject(POKROVSK, actor_id=number), AT)
    with pytest.raises(Already):
        await full.inquiries.add(ANNA, Subject(KUPIANSK), AT)


async def test_who_is_forgotten_is_told_nothing(full: Store) -> None:
    await full.inquiries.add(ANNA, Subject(KUPIANSK), AT)
    person = Person(ANNA.platform, ANNA.person, "Anna")
    await full.people.forget(Act("f", "forget", person, AT, "Asked for."))
    await put(full, "a", KUPIANSK)
    assert await full.inquiries.settle(LATER) == 0
