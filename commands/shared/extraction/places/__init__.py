"""Which places a text names, how its sentences stand to them, and which namesake is meant."""
