"""A message and the files attached to it, as one text."""

from commands.kit.context import Context
from commands.kit.documents import Document
from commands.kit.errors import BadParam, Code, NotAllowed, UserError
from commands.kit.inlines import T
from commands.kit.invocation import Upload
from commands.kit.params.basic import echo

MOST_FILES, MOST_BYTES = 5, 5_000_000
_BETWEEN = "\n\n"


async def read_attached(text: str, ctx: Context) -> Document:
    """Return the text of a message with that of each of its files.

    A file that cannot be read is a note; a UserError says why where nothing else is left.
    """
    texts, notes = [text] if text.strip() else [], list[T]()
    failures: list[UserError] = []
    for upload in ctx.uploads[:MOST_FILES]:
        try:
            document = await _read_file(upload, ctx)
        except UserError as error:
            failures.append(error)
            continue
        texts.append(document.text)
        notes += document.notes
    if not texts and failures:
        raise failures[0]
    notes += dict.fromkeys(error.message for error in failures)
    if (left := len(ctx.uploads) - MOST_FILES) > 0:
        notes.append(T("{n} more file was not read.", "{n} more files were not read.", n=left))
    return Document(_BETWEEN.join(texts), notes=tuple(notes))


async def _read_file(upload: Upload, ctx: Context) -> Document:
    if ctx.documents is None:
        raise NotAllowed(T("Files and pages are not read here: paste the text."))
    if upload.size > MOST_BYTES:
        name = echo(upload.name)
        large = T("{name} is too large to be read: paste the part that matters.", name=name)
        raise BadParam(large, code=Code.BAD_FILE)
    return await ctx.documents.read(upload.name, await upload.read())
