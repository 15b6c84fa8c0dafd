"""What a question is about, as it is kept while somebody waits for an answer."""

from msgspec import Struct


class Subject(Struct, frozen=True):
    """What somebody asked about: a place, and a speaker (0: any) and a type ("": any) of entry."""

    place_id: int
    actor_id: int = 0
    type: str = ""
