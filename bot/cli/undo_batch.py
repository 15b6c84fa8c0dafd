"""From a shell: an import taken back."""

from datetime import UTC, datetime

from msgspec.structs import replace

from bot.app import confirm_written
from bot.cli.transfer import OK, REFUSED, refuse, show_reply
from bot.settings import Settings
from commands.kit.inlines import T
from commands.kit.reply import Reply, Small
from store import open_store
from store.model.ref import BATCH, Ref
from store.model.refusals import NoStore, StoreBusy
from store.model.revision import Act, Person

_PATIENCE_S = 2


async def undo_batch(settings: Settings, text: str, by: str, why: str, *, sure: bool) -> int:
    """Take an import back, or with `sure` false say what would become of it; return 0 or 2."""
    from commands.shared.views.batch_undo import ask_undo, report_undo

    ref = Ref.match(text.strip().upper())
    if ref is None or ref.kind is not BATCH:
        return refuse(f"“{text}” is no import: write one such as B-7.")
    if not settings.store.exists():
        raise NoStore(f"There is no store at {settings.store}.")
    person = Person("console", by.casefold(), by)
    act = Act(f"undo:{ref}:shell", "undo", person, datetime.now(UTC), why)
    try:
        async with await open_store(settings.store, writing=sure, patience_s=_PATIENCE_S) as store:
            batch = await store.imports.batch(ref.number)
            changed = await store.imports.list_changed(ref.number)
            if not sure:
                asked = ask_undo(batch, changed, why)
                return _show(settings, replace(asked, actions=()), T("To do it, add --sure."))
            reply = report_undo(await store.imports.undo_batch(act, ref.number), changed)
            return _show(settings, await confirm_written(settings, store, reply))
    except StoreBusy:
        return refuse(f"A bot is running on this store: write /retract {ref} in chat, or stop it.")
    except LookupError:
        return refuse(f"There is no import {ref} on record.")


def _show(settings: Settings, reply: Reply, more: T | None = None) -> int:
    blocks = (*reply.blocks, Small((more,))) if more else reply.blocks
    show_reply(settings, replace(reply, blocks=blocks))
    return REFUSED if more else OK
