"""What the columns of a table can be, in words."""

from collections.abc import Mapping

from commands.kit.inlines import T
from store.model.held_file import LEFT_OUT

MEANING_NAMES: Mapping[str, T] = {
    "day": T("the day"),
    "day_first": T("the day (day/month)"),
    "month_first": T("the day (month/day)"),
    "place": T("the place"),
    "who": T("who says it"),
    "text": T("what happened"),
    "source": T("the source"),
    "url": T("the link"),
    "latitude": T("the latitude"),
    "longitude": T("the longitude"),
    "point": T("both coordinates"),
    "type": T("its type"),
    "key": T("its own number"),
    "oblast": T("the oblast"),
    "raion": T("the raion"),
    "quote": T("a quotation"),
    "published": T("when it was published"),
    "control": T("who holds it"),
    LEFT_OUT: T("not taken over"),
}
