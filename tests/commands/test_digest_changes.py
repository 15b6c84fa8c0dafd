"""What a summary says of what was corrected, retracted, redacted or judged since."""

from store.model.entry import VerdictValue
from store.model.filing import FiledPlace
from tests.commands.keeper import SECOND, Keeper, heads, keeper
from tests.store.conftest import KUPIANSK

__all__ = ["keeper"]


async def test_a_correction_of_what_was_told_earlier_is_told_with_its_reason(
    keeper: Keeper,
) -> None:
    number = await keeper.file("Told on the first day.")
    keeper.desk.now = SECOND
    await keeper.correct(number, "As it was.", "The unit was another.")
    shown = (await keeper.digest()).after("Corrections to earlier summaries")
    assert f"E-{number} was corrected: The unit was another." in shown
    assert "As it was." in shown


async def test_what_is_new_and_corrected_at_once_is_only_new(keeper: Keeper) -> None:
    number = await keeper.file("At first.")
    await keeper.correct(number, "As it was.")
    answer = await keeper.digest()
    assert heads(answer) == ["New events"]
    assert "As it was." in answer.text
    assert "At first." not in answer.text


async def test_a_retraction_is_told_with_its_reason(keeper: Keeper) -> None:
    number = await keeper.file("Told on the first day.")
    keeper.desk.now = SECOND
    await keeper.retract(number, "It was another town.")
    answer = await keeper.digest()
    assert answer.first == f"E-{number} was retracted: It was another town."
    assert "1 retraction" in answer.text
    await keeper.desk.store.moderation.restore(keeper.act("restore", "It was this one."), number)
    assert f"E-{number} was restored: It was this one." in (await keeper.digest()).text


async def test_what_was_filed_and_retracted_at_once_is_only_counted(keeper: Keeper) -> None:
    await keeper.retract(await keeper.file("Never mind."))
    answer = await keeper.digest()
    assert "Never mind." not in answer.text
    assert answer.first.startswith("Nothing new")
    await keeper.file("Another.")
    assert "2 events · 1 retraction" in (await keeper.digest()).text


async def test_what_was_retracted_since_says_so_in_the_summary_of_its_day(keeper: Keeper) -> None:
    number = await keeper.judge("contested", places=(FiledPlace(KUPIANSK),))
    event = await keeper.file("Told on the first day.")
    keeper.desk.now = SECOND
    await keeper.retract(number, "Another place.")
    await keeper.retract(event, "Another day.")
    answer = await keeper.digest("2025-11-08")
    assert "RETRACTED because Another place." in answer.after("Control and disagreements")
    assert "RETRACTED because Another day." in answer.after("New events")


async def test_a_redaction_is_told_without_a_word_of_what_is_gone(keeper: Keeper) -> None:
    number = await keeper.file("A secret in words.", quote="secret")
    keeper.desk.now = SECOND
    at_once = await keeper.file("Another secret.")
    await keeper.redact(number)
    await keeper.redact(at_once)
    answer = await keeper.digest()
    assert answer.first == f"E-{number} was redacted: A private address."
    assert f"E-{at_once}" not in answer.text
    assert "secret" not in answer.text
    before = await keeper.digest("2025-11-08")
    assert "REDACTED because A private address." in before.after("New events")
    assert "secret" not in before.text


async def test_a_verdict_is_told_and_so_is_that_it_was_withdrawn(keeper: Keeper) -> None:
    await keeper.check(28, VerdictValue.REFUTED, "No map shows it.")
    answer = await keeper.digest()
    assert answer.after("Verdicts").startswith("• E-28: refuted · No map shows it.")
    keeper.desk.now = SECOND
    await keeper.check(28, None, "One map does.")
    answer = await keeper.digest()
    assert "E-28: verdict withdrawn · One map does." in answer.after("Verdicts")


async def test_a_verdict_that_came_and_went_within_the_day_is_not_told(keeper: Keeper) -> None:
    """It was told as withdrawn to readers who had never seen it."""
    await keeper.check(28, VerdictValue.REFUTED, "No map shows it.")
    await keeper.check(28, None, "The wrong entry.")
    assert "Verdicts" not in (await keeper.digest()).lines


async def test_a_disagreement_that_is_taken_back_is_a_correction(keeper: Keeper) -> None:
    first, other = await keeper.claim("One."), await keeper.claim("Another.")
    await keeper.link(first, other)
    keeper.desk.now = SECOND
    await keeper.unlink(first, other)
    answer = await keeper.digest()
    assert answer.first == f"E-{first} no longer disputes E-{other}: A misreading."
    await keeper.link(first, other)
    await keeper.unlink(first, other)
    assert (await keeper.digest()).text.count("no longer disputes") == 2  # headline and section


async def test_a_disagreement_that_came_and_went_is_not_told(keeper: Keeper) -> None:
    keeper.desk.now = SECOND
    await keeper.link(2, 28)
    await keeper.unlink(2, 28)
    assert (await keeper.digest()).first.startswith("Nothing new")
