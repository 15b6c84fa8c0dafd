"""Stores to copy, break and put back."""

from tests.store.conftest import full, full_file, seeds_file, small, small_file

__all__ = ["full", "full_file", "seeds_file", "small", "small_file"]
