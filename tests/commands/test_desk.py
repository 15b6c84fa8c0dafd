"""The desk's own names: what is added, named, preferred and graded is found and shown."""

import pytest

from store.model.draft import DraftState, NewDraft
from store.model.entry import Kind
from store.model.revision import Person
from tests.commands.moderator import Moderator
from tests.fakes import NOON, Talk


@pytest.fixture
def mod(desk: Talk) -> Moderator:
    return Moderator(desk)


# Sources


async def test_a_grade_shows_in_codes_and_in_sources_with_its_reason(mod: Moderator) -> None:
    answer = await mod('/desk source grade S-1 B why:"two years of checked reports"')
    assert answer.flat.startswith("S-1, Article of 7 November 2025 (outlet not named): grade F → B")
    assert "· B6 · E-28" in (await mod("/claims by:Putin")).flat
    sources = await mod("/sources S-1")
    assert "reliability B" in sources.flat
    assert "#137 grade F → B Moderator One" in sources.after("Grades")
    assert "two years of checked reports" in sources.after("Grades")


async def test_each_grade_that_a_source_had_stays_in_its_history(mod: Moderator) -> None:
    await mod("/desk source grade S-1 B why:checked")
    await mod("/desk source grade S-1 c why:one was wrong")
    grades = (await mod("/sources S-1")).after("Grades")
    assert grades.index("F → B") < grades.index("B → C")
    assert "C6: source C, fairly reliable; item 6," in (await mod("/entry E-28")).flat


async def test_an_earlier_look_has_the_grade_of_its_time(mod: Moderator) -> None:
    await mod("/desk source grade S-1 B why:checked")
    then = await mod("/entry E-28 recorded:2025-11-06")
    assert then.refused  # it was not on record yet
    then = await mod("/entry E-28 recorded:2025-11-07T12:00")
    assert "B6" in then.flat
    mod.desk.now = NOON.replace(hour=12)
    await mod("/desk source grade S-1 C why:again")
    assert "B6" in (await mod("/entry E-28 recorded:2025-11-07T13:00")).flat
    assert "B6" in (await mod("/status Pokrovsk recorded:2025-11-07T13:00")).flat


async def test_a_source_is_added_named_otherwise_and_found(mod: Moderator) -> None:
    answer = await mod('/desk source add "Daily One" kind:article url:https://daily.example/1')
    assert answer.first.endswith(", Daily One: added")
    ref = answer.first.partition(",")[0]
    assert "article · " in (await mod("/sources daily")).flat
    renamed = await mod(f"/desk source prefer {ref} The Daily One")
    assert renamed.first == f"{ref}, The Daily One: name Daily One → The Daily One"
    assert not (await mod("/sources The Daily")).refused
    assert (await mod("/sources Daily")).refused


# Speakers


async def test_one_more_name_of_a_speaker_finds_their_claims(mod: Moderator) -> None:
    answer = await mod("/desk actor alias A-6 Voldemar")
    assert answer.first == "A-6, Vladimir Putin: one more name: Voldemar"
    assert (await mod("/claims by:Voldemar")).first == "1 claim · by Vladimir Putin"
    undone = await mod("/undo")
    assert undone.flat.startswith("Undone: A-6, Vladimir Putin: one more name: Voldemar")
    assert (await mod("/claims by:Voldemar")).refused
    again = await mod(undone.offered[0])
    assert again.first == answer.first


async def test_a_preferred_name_is_shown_and_the_old_one_still_finds(mod: Moderator) -> None:
    await mod("/desk actor prefer A-6 Speaker Six")
    assert "Speaker Six" in (await mod("/claims by:Speaker Six")).first
    assert "Speaker Six" in (await mod("/claims by:Vladimir Putin")).first
    assert "• contradicts E-28 (Speaker Six)" in (await mod("/entry E-14")).lines
    await mod("/undo")
    assert "Vladimir Putin" in (await mod("/claims by:Vladimir Putin")).first
    assert (await mod("/claims by:Speaker Six")).refused


async def test_a_new_speaker_has_nothing_on_record_yet(mod: Moderator) -> None:
    answer = await mod('/desk actor add "Speaker One" role:"volunteer"')
    assert answer.first == "A-10, Speaker One: added"
    assert (await mod("/claims by:Speaker One")).first == "No claims · by Speaker One"
    assert "volunteer · 0 entries" in (await mod("/sources Speaker One")).flat
    assert (await mod("/desk actor add Speaker One")).text == (
        "That name is on record already, as A-10."
    )


@pytest.mark.parametrize("words", ["Володимир", "Vlad", "Ukrainian", "drone", "State", "General"])
async def test_a_first_name_or_a_word_of_a_role_was_taken_for_a_speaker(
    mod: Moderator, words: str
) -> None:
    await mod('/desk actor add "Volodymyr Zelensky"')
    await mod('/desk actor add "General Staff of Ukraine" kind:organisation')
    answer = await mod(f"/claims by:{words}")
    assert answer.refused
    assert answer.offered
    if words == "Володимир":
        assert answer.offered == ["/claims by:A-6", "/claims by:A-10"]


async def test_a_staff_of_one_country_was_offered_for_that_of_another(mod: Moderator) -> None:
    await mod('/desk actor add "General Staff of Ukraine" kind:organisation')
    answer = await mod("/claims by:General Staff of Russia")
    assert answer.refused
    assert not [line for line in answer.offered if "place:" in line]


async def test_a_surname_that_was_anothers_alias_before_is_asked_about(mod: Moderator) -> None:
    await mod("/desk actor alias Putin Zelensky")
    await mod('/desk actor add "Volodymyr Zelensky"')
    for name in ("Zelensky", "Zelenskyy", "Зеленського"):
        answer = await mod(f"/claims by:{name}")
        assert answer.refused
        assert answer.offered == ["/claims by:A-6", "/claims by:A-10"]


async def test_a_speaker_nobody_knows_is_not_taken_for_the_first_of_the_list(
    mod: Moderator,
) -> None:
    for name in ("Trump", "Zelensky"):
        answer = await mod(f"/claims by:{name}")
        assert answer.refused
        assert "Fysun" not in answer.text
        assert not [line for line in answer.offered if "A-5" in line]


# Places


async def test_a_place_is_found_by_one_more_name_and_a_preferred_one(mod: Moderator) -> None:
    await mod("/desk place alias P-704422 Pokrograd")
    assert "Pokrograd is another name of Pokrovsk." in (await mod("/status Pokrograd")).text
    answer = await mod("/desk place prefer P-704422 Pokrovsk City")
    assert answer.first == "P-704422, Pokrovsk City: name Pokrovsk → Pokrovsk City"
    assert (await mod("/status Pokrovsk City")).first.startswith("Pokrovsk City: ◆ Contested")
    assert (await mod("/status Pokrovsk")).first.startswith("Pokrovsk City: ◆ Contested")
    await mod("/undo")
    assert (await mod("/status Pokrovsk")).first.startswith("Pokrovsk: ◆ Contested")
    assert not (await mod("/status Pokrovsk City")).first.startswith("Pokrovsk City")


async def test_a_place_that_no_gazetteer_has_is_added_where_it_lies(mod: Moderator) -> None:
    answer = await mod('/desk place add "Hamlet" at:48.28,37.18')
    assert answer.first == "P-1000000001, Hamlet: added"
    status = await mod("/status Hamlet")
    assert status.first == "Hamlet: NO ASSESSMENT ON RECORD · nothing on record yet"
    assert "Pokrovsk, 0 km away" in status.text
    assert (await mod('/desk place add "Hamlet" at:48.28,37.18')).refused
    other = await mod('/desk place add "Hamlet" at:49.28,37.18')
    assert other.first == "P-1000000002, Hamlet: added"


@pytest.mark.parametrize(
    "oblast",
    [
        *("Donetsk", "donetsk region", "Donetska oblast", "Donechchyna"),
        *("Донецька", "Донецька обл.", "Донеччина", "Донецкая область"),
    ],
)
async def test_an_oblast_is_read_by_any_of_its_names(mod: Moderator, oblast: str) -> None:
    await mod(f'/desk place add "Hamlet" oblast:"{oblast}"')
    assert "Donetsk Oblast" in (await mod("/status Hamlet")).lines[1]


async def test_a_city_that_is_in_no_oblast_is_read_as_one(mod: Moderator) -> None:
    for number, name in enumerate(("Sevastopol", '"Sevastopol (city)"'), 1):
        await mod(f'/desk place add "Hamlet {number}" oblast:{name}')
        assert "Sevastopol (city)" in (await mod(f"/status Hamlet {number}")).lines[1]


@pytest.mark.parametrize(
    ("oblast", "instead"),
    [
        ("Foo", "Donetsk Oblast"),
        ("Donetzk Oblast", "Donetsk Oblast"),
        ("Zaporozhye", "Zaporizhzhia Oblast"),
        ("Dnipro oblast", "Dnipropetrovsk Oblast"),
    ],
)
async def test_an_oblast_that_does_not_exist_was_once_put_on_record_as_typed(
    mod: Moderator, oblast: str, instead: str
) -> None:
    line = f'/desk place add "Hamlet" oblast:"{oblast}"'
    await mod.expect_refusal(line, f"No oblast “{oblast}” is known here.")
    offered = (await mod(line)).offered[0]
    assert f'oblast:"{instead}"' in offered
    assert (await mod(offered)).first.endswith("Hamlet: added")


# What is refused


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/desk source grade S-1 B", "why: write the reason for the grade"),
        ("/desk source grade S-1 G why:x", "value: write a grade from A to F"),
        ("/desk source grade S-1 F why:x", "Already set. Nothing changed."),
        ("/desk source grade Nowhere B why:x", "No source “Nowhere” is on record"),
        ("/desk source add X url:ftp://x", "url: write the whole address, starting with https://"),
        ("/desk source burn S-1", "do: “burn” is not one of these: add, prefer, grade."),
        ("/desk actor alias A-6", "value: Write a name."),
        ("/desk actor alias A-6 '", "value: “'” has no letters. Write a name."),
        ("/desk actor alias A-6 Putin", "That name is on record already, as A-6."),
        ("/desk actor alias Vlad Vova", "No exact match for “Vlad”. Did you mean:"),
        ("/desk place alias pokrvsk Pok", "No exact match for “pokrvsk”. Did you mean:"),
        ("/desk place prefer P-704422 Pokrovsk", "Already set. Nothing changed."),
        ("/desk place add X at:here", "at: “here” is not a point on the map. Write 48.28,37.18."),
        ("/desk place add X at:91,10", "at: “91,10” is not a point on the map"),
        ("/desk member bar X why:x", "draft: “X” is not a draft. Write one such as D-17."),
        (
            "/desk member bar D-17 why:x",
            "There is no draft D-17. Drafts are kept for a week.",
        ),
        ("/desk member bar", "/desk member needs draft:"),
    ],
)
async def test_what_cannot_be_is_refused_in_one_sentence(
    mod: Moderator, line: str, answer: str
) -> None:
    await mod.expect_refusal(line, answer)


@pytest.mark.parametrize(
    ("line", "bearer"),
    [
        ("/desk place alias Hrodivka Pokrovsk why:x", "Pokrovsk (P-704422)"),
        ("/desk place alias Hrodivka Покровск why:x", "Pokrovsk (P-704422)"),
        ("/desk place alias Pokrovsk Myrnohrad", "Myrnohrad (P-710035)"),
        ("/desk place prefer Pokrovsk Hrodivka", "Hrodivka (P-"),
        ("/desk actor alias Deineha Putin", "Vladimir Putin (A-6)"),
        ("/desk actor prefer Deineha Владимир Путин", "Vladimir Putin (A-6)"),
    ],
)
async def test_a_name_that_is_anothers_was_given_in_silence_and_lost_both(
    mod: Moderator, line: str, bearer: str
) -> None:
    head, _ = await mod.desk.store.history.head()
    answer = await mod(line)
    assert answer.refused
    assert f"is already a name of {bearer}" in answer.flat
    assert (await mod.desk.store.history.head())[0] == head
    assert (await mod("/status Pokrovsk")).first.startswith("Pokrovsk: ◆ Contested")


async def test_a_surname_was_given_to_another_speaker(mod: Moderator) -> None:
    await mod('/desk actor add "Speaker Oneway"')
    answer = await mod("/desk actor alias Putin Oneway")
    assert answer.flat == ("“Oneway” is already a name of Speaker Oneway (A-10).")
    assert not (await mod("/desk actor alias Putin Otherway")).refused


async def test_a_place_may_share_its_other_name_with_a_village_far_away(mod: Moderator) -> None:
    assert not (await mod("/desk place alias Pokrovsk Rostov")).refused


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("/desk place alias pokrvsk Pok", "/desk place do:alias name:P-704422 value:Pok"),
        ("/desk actor alias Vlad Vova", "/desk actor do:alias name:A-6 value:Vova"),
    ],
)
async def test_a_name_that_only_comes_close_is_asked_about(
    mod: Moderator, line: str, offered: str
) -> None:
    answer = await mod(line)
    assert answer.offered == [offered]
    assert not (await mod(offered)).refused


async def test_what_was_added_is_not_undone(mod: Moderator) -> None:
    await mod("/desk actor add Speaker One")
    assert (await mod("/undo")).text == "That cannot be undone: A-10 added."


# Members


async def submit_draft(desk: Talk) -> None:
    new = NewDraft(Kind.EVENT, {"text": "A bridge is down."}, state=DraftState.WAITING)
    await desk.store.drafts.open("d", Person("console", "77", "Member One"), new, NOON)


async def test_the_submitter_of_a_draft_is_barred_and_let_in_again(mod: Moderator) -> None:
    await submit_draft(mod.desk)
    who = Person("console", "77", "Member One")
    answer = await mod("/desk member bar D-1 why:Made things up.")
    assert answer.first == "Member One, who submitted D-1, can no longer submit."
    assert (await mod.desk.store.drafts.count_submissions(who, NOON))[1]
    assert "#137 a member barred" in (await mod("/log")).flat
    assert (await mod("/desk member bar D-1 why:Again.")).refused
    back = await mod(answer.offered[0])
    assert back.first == "Member One, who submitted D-1, can submit again."
    assert not (await mod.desk.store.drafts.count_submissions(who, NOON))[1]


@pytest.mark.parametrize(
    "line",
    [
        '/desk actor add "A-999"',
        '/desk actor alias A-6 "P-5" why:x',
        '/desk source add "S-99" kind:post',
        '/desk place add "E-5"',
        '/desk area add "P-77" around:Pokrovsk km:5',
    ],
)
async def test_a_name_with_the_form_of_a_reference_went_on_record(
    mod: Moderator, line: str
) -> None:
    head, _ = await mod.desk.store.history.head()
    answer = await mod(line)
    assert answer.refused
    assert "has the form of a reference. Write a name, or put a word before it." in answer.flat
    assert (await mod.desk.store.history.head())[0] == head


async def test_a_draft_created_a_source_that_is_called_by_a_reference(mod: Moderator) -> None:
    await mod('/add event "Shelling." place:Pokrovsk day:2025-11-05')
    answer = await mod("/draft create D-1 field:source name:S-99")
    assert answer.flat.startswith("name: “S-99” has the form of a reference.")


@pytest.mark.parametrize("name", ["T-72", "D-30", "Channel S-300"])
async def test_a_designation_that_is_no_reference_is_a_name(mod: Moderator, name: str) -> None:
    assert not (await mod(f'/desk source add "{name}" kind:post')).refused


async def test_somebody_was_barred_for_a_draft_that_nobody_submitted(mod: Moderator) -> None:
    await mod('/add event "Shelling." place:Pokrovsk day:2025-11-05 source:S-1')
    await mod.expect_refusal("/desk member bar D-1 why:x", "D-1 was not submitted; it is a draft.")
    assert not (await mod("/draft file D-1")).refused
    await mod.expect_refusal("/desk member bar D-1 why:x", "draft: Nobody submitted D-1.")
