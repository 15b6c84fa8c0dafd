"""What a conversation is held to: each of it can fail, and a mark that is alive is no word."""

import pytest

from tests.conversations.holding import hold
from tests.conversations.saying import Conversation, File, On, PlainAnswer, Says, Who
from tests.conversations.words import ALIVE, of_discord, of_html, of_matrix, of_terminal

RIGHT = PlainAnswer("Filed as E-65", "Filed as E-65\nA bridge is down.", refused=False, alone=True)
STEP = Says(Who.MODERATOR, "/x", "Filed as E-65", ("A bridge is down.",), ("E-66",), alone=True)


class Parrot:
    """A platform on which all answers are one."""

    on = On.DISCORD

    def __init__(self, answer: PlainAnswer) -> None:
        self.said, self.heard = answer, list[str]()

    def name(self, who: Who) -> str:
        return f"the {who}"

    async def say(self, who: Who, line: str, file: File | None = None) -> PlainAnswer:  # noqa: ARG002
        self.heard.append(line)
        return self.said


async def test_an_answer_as_it_has_to_be_is_one_and_what_cannot_be_seen_is_not_asked() -> None:
    for answer in (RIGHT, PlainAnswer(RIGHT.first, RIGHT.text, None, None)):
        await hold(Conversation("one", (STEP,)), Parrot(answer))


@pytest.mark.parametrize(
    "answer",
    [
        PlainAnswer("Filed as E-66", RIGHT.text, refused=False, alone=True),
        PlainAnswer("Filed as E-65.", RIGHT.text, refused=False, alone=True),
        PlainAnswer(RIGHT.first, "Filed as E-65", refused=False, alone=True),
        PlainAnswer(RIGHT.first, f"{RIGHT.text} E-66", refused=False, alone=True),
        PlainAnswer(RIGHT.first, RIGHT.text, refused=True, alone=True),
        PlainAnswer(RIGHT.first, RIGHT.text, refused=False, alone=False),
    ],
)
async def test_an_answer_that_differs_in_anything_fails(answer: PlainAnswer) -> None:
    with pytest.raises(AssertionError, match="Discord, line 1, Moderator One: /x"):
        await hold(Conversation("one", (STEP,)), Parrot(answer))


async def test_what_was_noted_stands_in_later_lines_as_do_names() -> None:
    steps = (
        Says(Who.READER, "/one", "Filed as E-65", alone=True, noted="claim"),
        Says(Who.READER, "/two {claim} {reader} {other}", "Filed as {claim}", alone=True),
    )
    parrot = Parrot(RIGHT)
    await hold(Conversation("two", steps), parrot)
    assert parrot.heard[1] == "/two E-65 the Reader One {other}"


def test_what_is_escaped_is_words_and_what_is_not_is_seen() -> None:
    words = "**loud** @everyone <@1> `x` (at) <t:0:D> # [a](b)"
    escaped = r"\*\*loud\*\* \@everyone \<\@1> \`x\` \(at) \<t\:0\:D> \# \[a\]\(b)"
    assert of_discord(escaped) == words
    assert of_discord(words) == f"loud {ALIVE} {ALIVE} x (at) 1 Jan 1970 # [a](b)"
    assert of_discord("-# `E-1` at <t:1762509600:D> ([x](<https://x.example>))") == (
        "E-1 at 7 Nov 2025 (https://x.example)"
    )
    assert of_matrix("Ask !help, @\u2060room; not @room!") == f"Ask /help, @room; not {ALIVE}!"
    assert of_html('a &lt;b&gt; <a href="https://x.example">x</a>') == "a <b> https://x.example"


def test_rows_that_a_terminal_has_broken_are_one_line_again() -> None:
    rows = ["one two", "three", "", "four"]
    assert of_terminal(rows, 10) == ["one two three", "", "four"]
    assert of_terminal(rows, 20) == rows
