"""The program as a command: `python -m bot` in a checkout, `sitrep` where it is installed.

What is loaded stays, and at the end the system takes everything at once: without a search for
garbage where there can be none, an eighth of the time of a short question is saved;
docs/performance.md.
"""

import gc
import sys

from bot.cli.interpreter import check_interpreter


def start() -> None:
    """Run the command that the arguments name, and exit with its code."""
    check_interpreter()
    gc.disable()
    _load_structs()
    from bot.cli.main import main
    from bot.ops.time_zones import prefer_newest_zones

    prefer_newest_zones()

    gc.freeze()
    gc.enable()
    code = main()
    gc.freeze()
    sys.exit(code)


def _load_structs() -> None:
    """Load msgspec without typing_extensions: typing has all that it takes of it since 3.11.

    A question in a shell needs nothing else of that, and its loading takes as long as Python's own.
    """
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # so that there is none
    import msgspec  # noqa: F401 -- for what loads it later

    del sys.modules["typing_extensions"]


if __name__ == "__main__":
    start()
