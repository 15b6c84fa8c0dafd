"""A command as a line of text, and back.

    status Chasiv Yar at:2025-11-01

A word `key:` that names a parameter starts its value; the words left over fill the positional
parameters in order. Double quotes, in every typographic form, group words, and one doubled inside
them stands for itself; an apostrophe is a letter (Kup’iansk). Between straight quotes all others
are text, so that a line that is written reads as it was to the letter.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from msgspec import Struct

from commands.kit.command import Command, Param
from commands.kit.did_you_mean import Closeness, find_closest
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import T, Typed
from commands.kit.invocation import Role, Upload
from commands.kit.key_names import own_key, takes_entry_text

_ANY = '"“”„‟«»＂〝〞'
_QUOTES = str.maketrans(dict.fromkeys(_ANY, '"'))
_EXACT = r'"(?:[^"]|"")*"'
_TOKEN, _TOKEN_IN_ANY = (
    rf"(?:([^\W\d]\w*(?:\.[a-z]{{2}})?):)?({_EXACT}(?=\s|$)|[{marks}](?:[^{marks}]|[{marks}]{{2}})*[{marks}]?(?=\s|$)|\S*)"
    for marks in ('"', _ANY)
)
"""Where no other quotation marks stand than these, and where they do: dear to compile."""
_OF_AN_ADDRESS = ("//", "\\")  # https://…, and a drive's C:\…
PREFIXES = "/!"
_SHOWN = 60
_LONGEST, _LONG_TEXT = 8000, 1000
"""Characters of a line without texts, at most; and of a value from which it is such a text."""


class _Token(Struct, frozen=True):
    """A word of a line, and the white space before it.

    `strange` is a key that the command does not have. It was `meant` as one where other commands
    have it or it is spelt much like one of its own; any other may be part of a text.
    """

    raw: str
    key: str
    value: str
    quoted: bool
    strange: str = ""
    meant: bool = False
    gap: str = " "


class TooManyWords(BadParam):
    """Words are left of a line that belong to none of what the command takes.

    `given` is the line with them behind the last value that needs no key, for whoever only reads.
    """

    def __init__(self, command: Command, given: Mapping[str, str], words: str) -> None:
        """Say which words are left, and how to write it."""
        line = Typed(f"/{command.path}")
        super().__init__(
            T(
                "{command} does not take “{words}”. Write it like this:",
                command=line,
                words=words[:_SHOWN],
            ),
            command.usage_line(Role.READER),
            code=Code.TOO_MANY_WORDS,
        )
        names = [param.name for param in command.params if param.positional and param.name in given]
        self.given = {**given, names[-1]: f"{given[names[-1]]} {words}"} if names else {}


def split_line(line: str) -> tuple[str, str]:
    """Return a line's first word, without prefix and in lower case, and all that follows it."""
    head, *rest = line.strip().lstrip(PREFIXES).strip().split(maxsplit=1) or [""]
    return head.casefold(), "".join(rest).strip()


def longest_line(command: Command) -> int:
    """Return how many characters a command's words have at most, with its texts in quotes."""
    texts = (param.type.longest for param in command.params)
    return _LONGEST + 2 * sum(most for most in texts if most >= _LONG_TEXT)


def read_line(command: Command, rest: str, others: Container[str] = ()) -> dict[str, str]:
    """Return the text of each parameter in what follows the command's name.

    BadParam when a parameter is given twice, when words are left that belong to none, or when a
    key is not the command's own: one that `others` have, one that is spelt much like one of its
    own, or any word with a colon and no blank behind it. In free text there are no such keys.
    """
    given: dict[str, str] = {}
    loose: list[_Token] = []
    tokens = list(_tokens(command, rest, others))
    fields = any(param.type.shape == "FIELDS" for param in command.params)
    has_lines = any(param.type.lines for param in command.params)
    while tokens:
        token = tokens.pop(0)
        param = command.param(token.key) if token.key else None
        if param is None:
            loose.append(token)
            continue
        words = [token] if token.value or token.quoted else []
        words += _following(param, words, tokens, fields=fields, has_lines=has_lines)
        _give(command, given, param, words)
    _place(command, given, loose)
    return given


def fill_in(
    command: Command, line: Mapping[str, str], fields: Mapping[str, str]
) -> Mapping[str, str]:
    """Return what a line gives, with what a form or menu says instead.

    What was left empty there is not given, unless an empty text is a value.
    """
    blank = {param.name for param in command.params if param.blank}
    given = {**line, **fields}
    return {
        name: text for name, text in given.items() if text or name in blank or name not in fields
    }


def name_single_upload(command: Command, uploads: Sequence[Upload]) -> Mapping[str, str]:
    """Return what a line need not name: the one file there is, for the command that takes one."""
    names = [param.name for param in command.params if param.upload]
    return {names[0]: uploads[0].name} if len(names) == len(uploads) == 1 else {}


def split_below(command: Command, words: str) -> tuple[str, str]:
    """Return a command's words up to its last line with a key of its own, and the lines below.

    None are below where free text goes on in them, or a quotation, or a text with lines.
    """
    if any(param.type.lines for param in command.params):
        return words, ""
    names = dict.fromkeys(name for param in command.params for name in (param.name, param.option))
    keys = "|".join(map(re.escape, names))
    lines = words.split("\n")
    last, param = 0, next((param for param in command.params if param.type.raw), None)
    for at, line in enumerate(lines):
        typed = (
            re.findall(rf"(?:^|\s)({keys}):", line, re.IGNORECASE) if keys and ":" in line else []
        )
        if typed:
            last, param = at, command.param(typed[-1].casefold())
    first = "\n".join(lines[: last + 1])
    quoted = sum(first.count(mark) for mark in _ANY) % 2
    if quoted or (param is not None and param.type.raw):
        return words, ""
    return first, "\n".join(lines[last + 1 :]).strip()


def write_line(command: str, given: Mapping[str, str]) -> str:
    """Return the line that reads as this command with these parameters."""
    return " ".join([f"/{command}", *(f"{key}:{_quote(value)}" for key, value in given.items())])


def _quote(value: str) -> str:
    plain = value and not any(char in _ANY or char.isspace() for char in value)
    return value if plain else '"' + value.replace('"', '""') + '"'


def _tokens(command: Command, text: str, others: Container[str]) -> Iterator[_Token]:
    """Yield the words of a line; of a text with lines, what is below the first has no keys."""
    first, end = text, 0
    if any(param.type.lines for param in command.params):
        head, _, below = text.partition("\n")
        first = text if below and head.count('"') % 2 else head
    token = _TOKEN if first.translate(_QUOTES) == first else _TOKEN_IN_ANY
    for match in re.finditer(token, first):
        if match[0]:
            yield _token(command, match, others, text[end : match.start()])
            end = match.end()
    for word in re.finditer(r"\S+", text[len(first) :]):
        start = len(first) + word.start()
        yield _Token(word[0], "", word[0], quoted=False, gap=text[end:start])
        end = start + len(word[0])


def _token(command: Command, match: re.Match[str], others: Container[str], gap: str) -> _Token:
    raw = match[0]
    key, value = (match[1] or "").casefold(), match[2]
    strange, meant = "", False
    key = key and own_key(command, key)
    if key and command.param(key) is None:
        meant = key in others or _is_close(key, command)
        alone = not value or takes_entry_text(command)
        if not value.startswith(_OF_AN_ADDRESS) and (meant or not alone):
            strange = key
        key, value = "", raw
    quoted = value.startswith(tuple(_ANY))
    return _Token(raw, key, _between(value) if quoted else value, quoted, strange, meant, gap)


def _is_close(key: str, command: Command) -> bool:
    names = [param.name for param in command.params]
    return find_closest(key, names, Closeness.KEY) is not None


def _between(value: str) -> str:
    """Return what stands between quotes: to the letter between straight ones, else straightened."""
    if not re.fullmatch(_EXACT, value):
        value = value.translate(_QUOTES)
    closed = len(value) > 1 and value.endswith('"') and value.count('"') % 2 == 0
    return (value[1:-1] if closed else value[1:]).replace('""', '"')


def _following(
    param: Param, words: list[_Token], tokens: list[_Token], *, fields: bool, has_lines: bool
) -> list[_Token]:
    """Take the words after `key:`, up to the next key, off the front of `tokens`.

    All of them are its value, to be read whole or refused whole: what a day or a kind leaves over
    is never moved into the sentence of an entry. Where a command takes `fields` of an entry, their
    keys end a value too: "why:typo day:2025-10-28".
    """
    if words and words[0].quoted:
        return []
    free: list[_Token] = []
    ends_at_fields = fields and param.type.shape != "FIELDS"
    for token in tokens:
        if token.key or (token.quoted and not param.type.raw) or (ends_at_fields and token.strange):
            break
        if "\n" in token.gap and has_lines and not param.type.lines:
            break
        free.append(token)
    if not words and tokens and not free and not tokens[0].key:
        free = tokens[:1]
    del tokens[: len(free)]
    return free


def _place(command: Command, given: dict[str, str], loose: list[_Token]) -> None:
    """Give the words that have no key to the positional parameters, in order."""
    for param in command.params:
        if param.positional and param.name not in given and loose:
            most = param.type.takes([token.value for token in loose])
            taken = loose[:most] if most else loose
            _give(command, given, param, taken)
            loose = loose[len(taken) :]
    if loose:
        _refuse_strange(command, loose)
        raise TooManyWords(command, given, " ".join(token.raw for token in loose))


def _refuse_strange(command: Command, words: Sequence[_Token], param: Param | None = None) -> None:
    """Refuse a key that the command lacks, among words of `param` or of none."""
    text = param is not None and param.type.has_colons
    strange = next((t.strange for t in words if t.strange and (t.meant or not text)), "")
    keys = [
        f"{param.name}:"
        for param in command.params
        if not (param.hidden or param.role > Role.READER)
    ]
    if strange and len(keys) > 1:
        takes = T(
            "{command} has no {key}:. It takes {keys}.",
            command=Typed(f"/{command.path}"),
            key=strange,
            keys=", ".join(keys),
        )
        raise BadParam(takes, code=Code.UNKNOWN_PARAMETER)
    if strange:
        line = Typed(f"/{command.path}")
        none = T("{command} has no {key}:. Write it like this:", command=line, key=strange)
        usage = command.usage_line(Role.READER)
        raise BadParam(none, usage, code=Code.UNKNOWN_PARAMETER)


def _give(command: Command, given: dict[str, str], param: Param, words: Sequence[_Token]) -> None:
    if not param.type.raw:
        _refuse_strange(command, words, param)
    if param.name in given:
        twice = T("{name}: appears twice. Write it once.", name=param.name)
        raise BadParam(twice, code=Code.GIVEN_TWICE)
    keyed = len(words) == 1 and bool(words[0].key)
    raw = param.type.raw and not keyed
    texts = [w.raw if raw and not w.key else w.value for w in words]
    gaps = [word.gap if param.type.lines else " " for word in words]
    whole = "".join(map("".join, zip(gaps, texts, strict=True)))
    given[param.name] = whole[len(gaps[0]) :] if gaps else ""
