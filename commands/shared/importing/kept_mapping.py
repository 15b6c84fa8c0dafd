"""A mapping that somebody sends as a file, kept by the desk under its name."""

import re
from collections.abc import Container
from pathlib import PurePath

from commands.kit.context import Context
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import Strong, T
from commands.kit.invocation import Upload
from commands.kit.reply import Audience, Reply, Text
from commands.shared.importing.import_errors import sentence
from store.model.held_file import ChosenColumns
from store.transfer.columns.mapping_file import decode, parse
from store.transfer.import_problems import Refused

MOST_BYTES = 100_000
_LONGEST_NAME = 60


async def keep_mapping(
    ctx: Context, file: Upload, shipped: Container[str], *, only_check: bool
) -> Reply:
    """Keep a mapping file under its name, unless it cannot be used or one `shipped` has the name.

    The newer one of a name replaces the older.
    """
    name = name_mapping(file.name)
    if not name or name in shipped:
        taken = T("“{name}” cannot be a mapping of yours: name the file differently.", name=name)
        raise BadParam(taken, code=Code.BAD_FILE)
    data = await file.read() if file.size <= MOST_BYTES else b""
    if not data:
        most = f"{MOST_BYTES:,}"
        size = T("A mapping has from 1 to {most} bytes, not {n}.", most=most, n=f"{file.size:,}")
        raise BadParam(size, code=Code.BAD_FILE)
    try:
        written = decode(name, data)
        parse(name, written)
    except Refused as refused:
        raise BadParam(sentence(refused.at(0, "file")), code=Code.BAD_FILE) from None
    if only_check:
        return Reply((Strong(T("This mapping can be used")),), audience=Audience.ASKER)
    await ctx.store.held_files.keep(name, ChosenColumns(written=written))
    use = T("Import a table with {mapping} to have it read like this.", mapping=f"mapping:{name}")
    return Reply((Strong(T("The mapping {name} is kept", name=name)),), (Text((use,)),))


def name_mapping(file: str) -> str:
    """Return the name that the mapping in a file has: small letters, digits, dots and hyphens."""
    stem = PurePath(file.replace("\\", "/")).stem.casefold()
    return re.sub(r"[^\w.]+", "-", stem)[:_LONGEST_NAME].strip("-.")
