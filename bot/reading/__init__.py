"""Texts out of files and pages that others made: hostile, so parsed in a process of its own."""
