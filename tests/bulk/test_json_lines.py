"""Lines of JSON are read the same whichever reader reads them: the quick one, or the strict one."""

import json
from random import Random

from store.transfer.formats.json_lines import read_json_lines
from store.transfer.formats.raw_row import Raw
from store.transfer.formats.strict_json import read_json
from store.transfer.import_problems import Fault, Refused, RowProblem

LINES = (
    json.dumps({"key": "a:1", "text": "Бій: тривав.", "places": [{"place": "P-1", "role": "at"}]}),
    '{"a": 1, "b": {"c": [true, null, -0.5e3]}, "d": "x\\":y"}',
    '{"a" :1, "b"\t: 2}',
    '{"a": 1, "a" : 2}',
    '[{"a": 1}, {"a": 2, "a": 3}]',
    '{"a": "\\ud800", "b": 1e999}',
    '{"a": 1, "a": "\\u003a"}',
)
PIECES = (
    *('":', '" :', ":", '"', "\\", "\\u00", "\\u003a", "\\u003A", "\\u0022:"),
    *("{", "}", "[", "]", ",", " ", "\t", "1", '"a":1,', "é"),
)


def _read_strictly(line: str) -> Raw | RowProblem:
    try:
        value = read_json(line)
    except Refused as refused:
        return refused.at(1, "row")
    if isinstance(value, dict):
        return Raw(1, value)
    return Refused(Fault.NOT_OBJECT, "row", line).at(1)


def _damage(rng: Random, line: str) -> str:
    at = rng.randrange(len(line) + 1)
    if rng.random() < 0.5:
        return line[:at] + rng.choice(PIECES) + line[at:]
    return line[:at] + line[at + rng.randrange(1, 4) :]


def test_a_damaged_line_is_read_or_refused_as_strictly_as_any_json() -> None:
    rng = Random("lines")
    objects = 0
    for _ in range(4000):
        line = rng.choice(LINES)
        for _ in range(rng.randrange(4)):
            line = _damage(rng, line)
        if not line.strip():
            continue
        (read,) = read_json_lines([line])
        assert repr(read) == repr(_read_strictly(line)), line
        objects += isinstance(read, Raw)
    assert 500 < objects < 3500


def test_a_name_that_stands_twice_in_an_object_is_refused_with_any_blank_before_its_colon() -> None:
    for blank in ("", " ", "\t", "  ", "\r"):
        (read,) = read_json_lines([f'{{"a": 1, "a"{blank}: 2}}'])
        assert isinstance(read, RowProblem)
        assert read.fault is Fault.KEY_IN_OBJECT_TWICE
