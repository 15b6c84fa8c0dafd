"""The running program: settings, wiring, platforms."""
