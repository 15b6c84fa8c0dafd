"""What a process has loaded before programs are forked from it: the rest, and every command.

Without that each loads the commands that it is asked for. What is there by now stays: no process
that is forked looks through it for garbage, nor copies it for that.
"""

import gc

from commands import COMMANDS

LOADED = tuple(COMMANDS)

gc.collect()
gc.freeze()
