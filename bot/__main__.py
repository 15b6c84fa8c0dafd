"""python -m bot: what cli/main.py says, without a search for garbage where there can be none.

What is loaded stays, and at the end the system takes everything at once. An eighth of the time of
a short question is saved by it; docs/performance.md.
"""

import gc
import sys

if __name__ == "__main__":
    gc.disable()
    from bot.cli.main import main

    gc.freeze()
    gc.enable()
    code = main()
    gc.freeze()
    sys.exit(code)
