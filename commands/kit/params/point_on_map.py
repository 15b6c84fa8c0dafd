"""Points on the map, as people type and paste them."""

import re
from importlib.util import find_spec

from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.params.basic import AllWords, echo
from commands.kit.points import GRID, TypedPoint, separate_points
from store.model.installation import name_install_line
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
        if re.search(GRID, text) and find_spec("mgrs") is None:
            line = name_install_line("files")
            raise BadParam(T("MGRS is read only with the extra “files”: {line}", line=line))
        raise BadParam(T("“{text}” is not a point on the map. Write 48.28,37.18.", text=echo(text)))

    @override
    def write(self, value: TypedPoint) -> str:
        return value.text
