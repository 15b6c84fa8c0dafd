"""The kind of value that is a file."""

from typing_extensions import override

from commands.kit.context import Context
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import T
from commands.kit.invocation import Upload
from commands.kit.params.basic import AllWords, echo


class UploadedFile(AllWords, frozen=True):
    """A file that comes with the question; in a terminal a path. Read as an Upload."""

    help: T
    most: int
    shape: str = "FILE"
    example: str = "entries.csv"
    upload: bool = True
    has_colons: bool = True

    @override
    async def read(self, text: str, ctx: Context) -> Upload:
        upload = next((candidate for candidate in ctx.uploads if candidate.name == text), None)
        if upload is None:
            missing = T("There is no file “{name}” here; attach one.", name=echo(text))
            raise BadParam(missing, code=Code.BAD_FILE)
        if upload.size > self.most:
            raise BadParam(
                T(
                    "{name} has {size} bytes. Send at most "
                    "{most}, or import it on the command line.",
                    name=echo(upload.name),
                    size=f"{upload.size:,}",
                    most=f"{self.most:,}",
                ),
                code=Code.BAD_FILE,
            )
        return upload

    @override
    def write(self, value: Upload) -> str:
        return value.name
