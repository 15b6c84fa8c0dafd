"""Photograph the kinds of answer as Discord shows them, at two widths: ``make pictures``.

Usage: ``python scripts/pictures.py [FOLDER]``. Without a folder, the pictures that the docs use go
to docs/pictures; with one, every picture there is goes into it, to be looked at. Needs the system's
Chromium (on Debian: apt install chromium fonts-noto-color-emoji fonts-noto-core).
"""

import asyncio
import io
import shutil
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it runs from anywhere

from scripts.preview import run_desk  # noqa: E402 -- the root has to be on the path first
from scripts.scenes import SCENES  # noqa: E402
from tests.fakes import ZONE  # noqa: E402

if TYPE_CHECKING:
    from tests.discord.simulation import Server

# Installed for this script alone, so they are not there when types are checked.
Image: Any = import_module("PIL.Image")
playwright: Any = import_module("playwright.async_api")
Browser = Any

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = {"phone": 390, "desktop": 1100}
TALL, MODAL = 3000, "#modal-root [role=dialog]"
TALLEST, COLOURS = 1200, 64
"""Pixels after which a picture for the docs is cut, and its colours: few enough for a commit."""
ASKED: dict[str, tuple[str, dict[str, str]]] = {
    "status": ("status", {"place": "Pokrovsk"}),
    "claims": ("claims", {"since": "2025-10-29"}),
    "ambiguous": ("status", {"place": "Pokrovske"}),
    "nothing": ("claims", {"place": "Pokrovsk", "verdict": "refuted"}),
    "unknown": ("status", {"place": "Lviv"}),
    "entry": ("entry", {"ref": "E-28"}),
    "lookup": ("lookup", {"text": "Fighting near Pokrovsk and Kupiansk"}),
    "sources": ("sources", {}),
    "changes": ("changes", {"place": "Pokrovsk", "from": "2025-10-29"}),
    "map": ("map", {"place": "Pokrovsk"}),
    "map-empty": ("map", {"place": "Kupiansk", "look": "dark"}),
    "timeline": ("timeline", {"place": "Pokrovsk", "look": "light"}),
    "disputes": ("disputes", {"place": "Pokrovsk"}),
    "digest": ("digest", {}),
    "digest-quiet": ("digest", {"day": "2025-11-06"}),
    "error": ("claims", {"since": "whenever"}),
    "help": ("help", {}),
    "about": ("about", {}),
}
"""What is asked for each picture."""
UK = "-uk"
"""How the name of a picture in Ukrainian ends."""
DRAWN = "() => [...document.images].every((image) => image.complete && image.naturalWidth > 0)"
"""Whether the attached pictures are there, not their descriptions."""
EDIT = "form"
"""The picture of what opens when Edit is pressed on the card."""
IN_DOCS = (
    "status-desktop",
    "status-phone",
    "status-uk-phone",
    "claims-phone",
    "ambiguous-phone",
    "entry-desktop",
    "form-phone",
    "draft-phone",
    "queue-desktop",
    "history-desktop",
    "digest-phone",
    "digest-quiet-phone",
    "map-phone",
    "timeline-phone",
)


async def photograph(here: "Server", browser: Browser, name: str) -> dict[str, bytes]:
    """Have happen what a picture shows, in a room of its own, and take it at each width."""
    room = here.guild.create_text_channel(name)
    language = "uk" if name.endswith(UK) else "en-GB"
    here.desk.language = language[:2]
    here.desk.locales[here.reader.id] = language
    kind = name.removesuffix(UK)
    if kind in ASKED:
        asked, given = ASKED[kind]
        viewer = here.reader
        await viewer.slash(room, asked, **given)
    else:
        viewer = await SCENES[kind](here, room)
    shown = here.env.preview(room, viewers=[viewer], timezone=str(ZONE), locale=language)
    taken = {}
    async with shown as preview:
        for width, pixels in WIDTHS.items():
            page = await browser.new_page(viewport={"width": pixels, "height": TALL})
            await page.goto(preview.url)
            card = page.locator("#focused-content")
            await card.wait_for()
            if kind == EDIT:
                edit = "Змінити" if name.endswith(UK) else "Edit"
                await page.get_by_role("button", name=edit, exact=True).click()
                card = page.locator(MODAL)
                await card.wait_for()
            await page.evaluate("document.fonts.ready")
            await page.wait_for_function(DRAWN)
            taken[f"{name}-{width}"] = await card.screenshot(animations="disabled")
            await page.close()
    return taken


async def take(names: Iterable[str], chromium: str) -> dict[str, bytes]:
    """Return the pictures of these kinds, by name."""
    taken: dict[str, bytes] = {}
    async with playwright.async_playwright() as tool, run_desk() as here:
        browser = await tool.chromium.launch(executable_path=chromium, args=FLAGS)
        for name in names:
            taken |= await photograph(here, browser, name)
        await browser.close()
    return taken


def small(png: bytes) -> bytes:
    """Return a picture for the docs: not too tall, of few colours."""
    whole = Image.open(io.BytesIO(png)).convert("RGB")
    cut = whole.crop((0, 0, whole.width, min(whole.height, TALLEST)))
    out = io.BytesIO()
    cut.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main(folder: Path | None) -> None:
    """Take every picture into the folder, or those of the docs."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium: on Debian, apt install chromium fonts-noto-color-emoji.")
    wanted = {name.rpartition("-")[0] for name in IN_DOCS}
    every = [f"{kind}{end}" for kind in (*ASKED, *SCENES) for end in ("", UK)]
    taken = asyncio.run(take(every if folder else sorted(wanted), chromium))
    if folder is None:
        folder = ROOT / "docs" / "pictures"
        taken = {name: small(taken[name]) for name in IN_DOCS}
    folder.mkdir(parents=True, exist_ok=True)
    for name, png in taken.items():
        (folder / f"{name}.png").write_bytes(png)
        print(f"{folder.name}/{name}.png: {len(png) // 1000} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
