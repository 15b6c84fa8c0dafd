"""Figures for whoever watches the service. Only `run` loads it, where a setting asks for it."""
