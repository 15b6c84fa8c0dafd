"""Files of a terminal: those that a line names by path, and those that come with an answer."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bot.i18n.formatter import Voice
from commands.kit.inlines import T
from commands.kit.invocation import Upload
from commands.kit.reply import Attachment
from store.model.aside import run_aside


def open_upload(path: str) -> Upload | None:
    """Return the file at a path; None where there is none that could be read."""
    file = Path(path).expanduser()
    if not file.is_file():
        return None
    return Upload(path, file.stat().st_size, partial(run_aside, file.read_bytes))


def write_files(files: Sequence[Attachment], folder: Path = Path()) -> Iterator[Path]:
    """Write files to a folder, over none that is there; yield where each is."""
    for attachment in files:
        name = Path(attachment.name).name or "file"
        number = 1
        while True:
            stem, dot, ending = name.partition(".")
            file = folder / (name if number == 1 else f"{stem}-{number}{dot}{ending}")
            try:
                with file.open("xb") as new:
                    new.write(attachment.data)
            except FileExistsError:
                number += 1
            else:
                break
        yield file


def save_attachments(
    files: Sequence[Attachment], voice: Voice, folder: Path = Path()
) -> Iterator[str]:
    """Write files to a folder; yield a line that says where each is."""
    for file in write_files(files, folder):
        yield name_written(file, voice)


def name_written(file: Path, voice: Voice) -> str:
    """Return the line that says where a file is."""
    return voice.plain(T("Written: {file}", file=str(file)))
