"""The running program: settings, wiring, platforms."""

__version__ = "0.1.0"
