"""Work on files that nobody vouches for, in a process of its own that can do little harm.

`run_confined` starts it, `child` is what runs there: no network, no other process, no file to
write, and so much memory, time and output at most.
"""

from store.confined.run import (
    Confinement,
    Failed,
    Failure,
    RunProcess,
    run_confined,
    run_process,
)

__all__ = ["Confinement", "Failed", "Failure", "RunProcess", "run_confined", "run_process"]
