"""The words that stand for a value in a usage line, such as DAY, as each language has them."""

from collections.abc import Mapping

from commands.kit.inlines import T

SHAPES: Mapping[str, T] = {
    "ADDRESS": T("ADDRESS"),
    "CHARACTER": T("CHARACTER"),
    "COMMAND": T("COMMAND"),
    "DAY": T("DAY"),
    "FIELDS": T("FIELDS"),
    "FILE": T("FILE"),
    "KIND": T("KIND"),
    "LINK": T("LINK"),
    "LICENCE": T("LICENCE"),
    "MAPPING": T("MAPPING"),
    "MOMENT": T("MOMENT"),
    "NAME": T("NAME"),
    "OBLAST": T("OBLAST"),
    "PLACE": T("PLACE"),
    "PLACES": T("PLACES"),
    "ROLE": T("ROLE"),
    "SOURCE": T("SOURCE"),
    "STATUS": T("STATUS"),
    "TEXT": T("TEXT"),
    "TIME": T("TIME"),
    "VALUE": T("VALUE"),
    "WHO": T("WHO"),
    "WHY": T("WHY"),
    "WORD": T("WORD"),
    "WORDS": T("WORDS"),
    "ZONE": T("ZONE"),
}
"""Any other shape is written as it stands: E-42, or the few words that there are to choose from."""
