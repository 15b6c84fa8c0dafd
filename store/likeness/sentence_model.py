"""The language model of the extra, if it is there: loaded once, when somebody first needs it."""

import os
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.likeness.encoder import Encoder

_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Two threads wait for each other on a busy machine, and are slower than one."""


@lru_cache(1)
def load_encoder() -> "Encoder | None":
    """Return what makes vectors of texts; None where the extra is not installed, or of no use.

    It reads 90 MB: not for the event loop.
    """
    encoder, _ = _load()
    return encoder


def explain_absence() -> str:
    """Return why there is no model, in a sentence's words; empty if there is one."""
    _, why = _load()
    return why


@lru_cache(1)
def _load() -> "tuple[Encoder | None, str]":
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    try:
        # Only with the extra is numpy there, and only a check needs it.
        from store.likeness.encoder import Encoder  # noqa: PLC0415
        from store.likeness.model_file import (  # noqa: PLC0415
            NoModel,
            find_model_file,
            read_model_file,
        )
    except (ImportError, RuntimeError) as error:  # absent, or made for another processor
        return None, f"numpy cannot be used ({str(error).splitlines()[0]})"
    try:
        return Encoder(read_model_file(find_model_file())), ""
    except NoModel as error:
        return None, str(error)
