"""Stores to copy, break and put back."""

from tests.store.conftest import seeded, seeded_file, seeds_file, small, small_file

__all__ = ["seeded", "seeded_file", "seeds_file", "small", "small_file"]
