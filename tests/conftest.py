"""What every test shares."""

from hypothesis import settings

settings.register_profile("sitrep", deadline=None)
settings.load_profile("sitrep")
