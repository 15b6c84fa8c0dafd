"""The kind of value that is a file."""

from collections.abc import Sequence

from msgspec import Struct

from commands.kit.context import Context, Upload
from commands.kit.errors import BadParam, Code
from commands.kit.i18n import T
from commands.kit.params.basic import echo
from commands.kit.reply import Choice


def all_words(_words: Sequence[str]) -> int:
    """Take all the words there are: a path may have blanks in it."""
    return 0


class UploadedFile(Struct, frozen=True):
    """A file that comes with the question; in a terminal a path. Read as an Upload."""

    help: T
    most: int
    shape: str = "FILE"
    example: str = "entries.csv"
    raw: bool = False
    upload: bool = True
    takes = staticmethod(all_words)

    async def read(self, text: str, ctx: Context) -> Upload:
        upload = next((candidate for candidate in ctx.uploads if candidate.name == text), None)
        if upload is None:
            missing = T("There is no file “{name}” here; attach one.", name=echo(text))
            raise BadParam(missing, code=Code.BAD_FILE)
        if upload.size > self.most:
            raise BadParam(
                T(
                    "{name} has {size} bytes; write at most {most}, or import it in a shell.",
                    name=echo(upload.name),
                    size=f"{upload.size:,}",
                    most=f"{self.most:,}",
                ),
                code=Code.BAD_FILE,
            )
        return upload

    async def suggest(self, _text: str, _ctx: Context) -> Sequence[Choice]:
        return []
