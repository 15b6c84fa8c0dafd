"""Points on the map, as people type and paste them."""

import re

from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.params.basic import AllWords, echo
from commands.kit.points import TypedPoint, separate_points
from store.model.override import override


class PointOnMap(AllWords, frozen=True):
    """A latitude and a longitude in degrees, or a link that has them; read as a TypedPoint."""

    help: T
    shape: str = "48.28,37.18"
    example: str = "48.28,37.18"
    has_colons: bool = True  # geo:48.28,37.18

    @override
    async def read(self, text: str, ctx: Context) -> TypedPoint:
        rest, points = separate_points(text)
        if len(points) == 1 and not re.search(r"\w", rest):
            return points[0]
        raise BadParam(T("“{text}” is not a point on the map. Write 48.28,37.18.", text=echo(text)))

    @override
    def write(self, value: TypedPoint) -> str:
        return value.text
