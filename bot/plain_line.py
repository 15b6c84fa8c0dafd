"""A line that names a place and no more, as the question that it surely asks."""

from commands.shared.questions import Question
from store import Store
from store.places.ground import NEAR_KM
from store.places.recognition import Certainty

_NAME_WORDS = 5
_SMALL = {"village", "settlement", "locality"}


async def read_place_name(line: str, store: Store) -> Question | None:
    """Read the bare name of a place as a question for its status.

    One word that is only the name of a village far away is sooner a word: Слава, Весна.
    """
    name = line.strip(" ?!.")
    if not name or len(name.split()) > _NAME_WORDS:
        return None
    known = await store.places.recognise(name)
    if known.outcome is Certainty.UNKNOWN:
        return None
    far = all(each.km > NEAR_KM and each.place.kind in _SMALL for each in known.candidates)
    if far and len(name.split()) == 1:
        return None
    return Question("status", {"place": name})
