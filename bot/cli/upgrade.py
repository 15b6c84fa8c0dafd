"""`upgrade`: what this version changes on a store, tried on a copy; and the change itself."""

import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import __version__
from bot.cli.maintenance import print_findings
from bot.setting_values import load
from bot.settings import Settings, SettingsError
from store import open_store
from store.db.migrate import latest
from store.maintenance.doctor import Finding, Level, examine
from store.maintenance.upgrade_plan import UpgradePlan, copy_for_trial, plan_upgrade
from store.model.refusals import NoStore, StoreError


async def check_upgrade(settings: Settings, *, seeds: bool) -> int:
    """Say what this version would change, a line a thing; return 1 where it could not start.

    Nothing is changed: the steps are tried on a copy that is deleted again.
    """
    findings = [Finding(Level.OK, "program", f"Sitrep {__version__}, schema {latest()}")]
    findings += _look_at_settings()
    try:
        plan = plan_upgrade(settings.store)
    except NoStore:
        detail = f"there is none at {settings.store}; the first start makes it"
        return print_findings([*findings, Finding(Level.OK, "store", detail)])
    except StoreError as error:
        return print_findings([*findings, Finding(Level.FAIL, "store", str(error))])
    findings += _explain(plan, settings.store)
    findings += await _try_on_copy(settings.store, seeds=seeds)
    return print_findings(findings)


async def upgrade(settings: Settings) -> int:
    """Bring the store up to date now, as the next start would; a copy of it is left beside."""
    plan = plan_upgrade(settings.store)
    if plan.steps:
        megabytes = plan.size / 1_000_000
        print(f"{settings.store}: {megabytes:,.1f} MB are brought up to date…", flush=True)
    async with await open_store(settings.store, tell=lambda words: print(f"… {words}", flush=True)):
        pass
    if plan.steps:
        print(f"{settings.store}: schema {plan.schema} → {plan.latest}.")
        print(f"The copy from before is {plan.copy}.")
    else:
        print(f"{settings.store}: schema {plan.schema}, as this version has it.")
    return 0


def _look_at_settings() -> list[Finding]:
    try:
        load()
    except SettingsError as error:
        return [Finding(Level.FAIL, "settings", line) for line in str(error).splitlines()]
    return [Finding(Level.OK, "settings", "this version knows and takes each of them")]


def _explain(plan: UpgradePlan, store: Path) -> list[Finding]:
    if not plan.steps:
        return [Finding(Level.OK, "store", f"{store} has schema {plan.schema} already: no step")]
    steps = f"{len(plan.steps)} step" + ("s" if len(plan.steps) > 1 else "")
    what = f"{store} goes from schema {plan.schema} to {plan.latest} in {steps}: "
    room = f"{plan.size / 1e6:,.1f} MB, {plan.free / 1e9:,.1f} GB free"
    level = Level.OK if plan.has_room else Level.FAIL
    replaced = ", in the place of the one that is there" if plan.copy.exists() else ""
    return [
        Finding(Level.WARN, "store", what + ", ".join(plan.steps)),
        Finding(level, "copy", f"the start makes {plan.copy} first{replaced} ({room})"),
    ]


async def _try_on_copy(store: Path, *, seeds: bool) -> list[Finding]:
    """Bring a copy up to date, load the seeds into it, and look at what it is then."""
    now, started = datetime.now(UTC), time.perf_counter()
    try:
        with TemporaryDirectory(prefix="sitrep-upgrade-") as folder:
            copy = copy_for_trial(store, Path(folder))
            findings = []
            async with await open_store(copy) as trial:
                before = (await trial.history.head())[1]
                if seeds and not await trial.history.freeze_reason():
                    report = await trial.load_seeds(now)
                    new = f"{report.new:,} new, {report.changed:,} changed, {report.kept:,} kept"
                    findings.append(Finding(Level.OK, "seeds", new))
            wrong = [each for each in examine(copy, now, before) if each.level is Level.FAIL]
    except (OSError, sqlite3.Error, StoreError) as error:
        return [Finding(Level.FAIL, "trial", f"on a copy it failed, and would here: {error}")]
    seconds = time.perf_counter() - started
    done = f"a copy was brought up to date in {seconds:,.1f} s, and doctor finds it sound"
    return [*findings, *(wrong or [Finding(Level.OK, "trial", done)])]
