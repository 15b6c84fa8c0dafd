r"""A cell of a table that does nothing in a spreadsheet but show its text; and back to the text.

An apostrophe stands before what could run, or had one. Control characters but tabs and line ends,
and what turns the direction of the text around it, stand as \u and four digits of their code: so
does a backslash that would read as one of these.
"""

import re

_RUNS = re.compile(r"'*[-=+@＝＋－＠\t\r\n]")
_MADE_SAFE = re.compile(r"'+[-=+@＝＋－＠\t\r\n]")
_CODE = "u(?:00(?:0[1-8bcef]|1[0-9a-f]|5c|7f|[89][0-9a-f])|202[a-e]|206[6-9])"
_HIDDEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]" + rf"|\\(?={_CODE})"
)
_SHOWN = re.compile(rf"\\({_CODE})")


def safe_cell(text: str) -> str:
    """Return a text as a cell that nothing runs and that hides nothing."""
    if _HIDDEN.search(text):
        text = _HIDDEN.sub(lambda hidden: f"\\u{ord(hidden[0]):04x}", text)
    return f"'{text}" if _RUNS.match(text) else text


def read_cell(cell: str) -> str:
    """Return the text that `safe_cell` made a cell of."""
    text = cell[1:] if cell[:1] == "'" and _MADE_SAFE.match(cell) else cell
    return _SHOWN.sub(lambda shown: chr(int(shown[1][1:], 16)), text) if "\\u" in text else text
