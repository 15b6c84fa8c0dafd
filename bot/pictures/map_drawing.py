"""A map as a picture: the frame of each day, what its signs mean, and what it rests on."""

import math
from collections.abc import Iterator, Sequence

from bot.i18n.formatter import Voice
from bot.pictures.canvas import FINER, Box, Canvas, Point
from bot.pictures.hatching import find_room, mask_areas
from bot.pictures.labels import Label, is_inside, nearest_point, overlap, set_label
from bot.pictures.lettering import cut, spell, width_of, wrap
from bot.pictures.palette import DARK, LIGHT, Colour, Palette, blend
from bot.pictures.projection import Projection, borders_within, crop
from bot.pictures.signs import draw_sign
from commands.kit.inlines import Inline, Line, Phrase, T, join
from commands.shared.pictures.map_picture import MapHatch, MapMark, MapPanel, MapPicture, MapTown
from store.queries.map_view import Frame

WIDE = 780
"""Twice the width of a phone's screen, so that words of 20 pixels are read there as words of 10."""
_MARGIN, _PANEL = 16, 748
_TITLE, _BIG, _PLAIN, _SMALL = 28, 23, 21, 19
_RADIUS, _RING = 15, 4
_HEAD, _LINES, _SCALE = 46, 5, 170
_TOWNS = 70
_REACHES, _FAR = (0.0, 14.0, 30.0, 50.0), 12
"""How much farther from its mark a name may stand; from where on a line leads to it."""
_CLOSE = 1.8
"""Marks nearer than so many radii would hide each other: the lesser one is not drawn."""
_SIZES = ((500_000, 5.0), (50_000, 4.0), (5_000, 3.0), (0, 2.2))
_KEYS = 30
_Sample = MapMark | MapHatch
"""What a row of the key shows beside its words."""


class MapDrawing:
    """Draws one map."""

    def __init__(self, picture: MapPicture, voice: Voice, colours: Palette | None = None) -> None:
        self._picture, self._voice = picture, voice
        self._colours = colours or (DARK if picture.dark else LIGHT)
        self._high = round(_PANEL * picture.frame.high / picture.frame.wide)
        where = Projection(picture.frame, self._box(0))
        self._drawn = [
            mark for panel in picture.panels for mark, _ in pick_apart(panel.marks, where)
        ]
        self._keys = self._key_rows()
        self.notes = [
            row
            for note in (*self._hidden(), *picture.notes)
            for row in wrap(self._say(note), _SMALL, WIDE - 2 * _MARGIN, 3)
        ]
        heads = _HEAD * len(picture.panels)
        below = _KEYS * len(self._keys) + 26 * len(self.notes) + 2 * _MARGIN
        high = heads + self._high * len(picture.panels) + below
        self.canvas = Canvas(WIDE, high, self._colours)
        self.labels: list[tuple[Box, Box]] = []

    def draw(self) -> bytes:
        """Return it as PNG."""
        top = 0.0
        for panel in self._picture.panels:
            self._head(panel, top)
            top += _HEAD
            self._panel(panel, self._box(top))
            top += self._high
        top = self._legend(top + 10)
        for row in self.notes:
            self.canvas.write((_MARGIN, top), row, _SMALL, self._colours.faint)
            top += 26
        return self.canvas.finish()

    def _say(self, line: Line | Inline) -> str:
        return spell(
            self._voice.plain(*line) if isinstance(line, tuple) else self._voice.plain(line)
        )

    def _box(self, top: float) -> Box:
        return _MARGIN, top, _MARGIN + _PANEL, top + self._high

    def _hidden(self) -> Iterator[Line]:
        """Yield a note that names the marks which others would hide."""
        where = Projection(self._picture.frame, self._box(0))
        for panel in self._picture.panels:
            drawn = {mark for mark, _ in pick_apart(panel.marks, where)}
            names = [mark.name for mark in panel.marks if mark not in drawn]
            if names:
                yield (
                    T(
                        "On record, but without room here: {names}",
                        names=Phrase(join(", ", *names)),
                    ),
                )

    def _head(self, panel: MapPanel, top: float) -> None:
        words = cut(self._say(panel.head), _TITLE, WIDE - 2 * _MARGIN)
        self.canvas.write((_MARGIN, top + 7), words, _TITLE, self._colours.text)

    def _panel(self, panel: MapPanel, box: Box) -> None:
        where = Projection(self._picture.frame, box)
        self.canvas.fill(box, self._colours.panel)
        self._grid(where)
        self._hatch(panel.hatches, where)
        self._borders(where)
        marks = pick_apart(panel.marks, where)
        for mark, middle in marks:
            if mark.off_km:
                self._fuzz(mark, middle, where)
        taken = [*self._furniture(where), *(_square(middle, _RADIUS + 3) for _, middle in marks)]
        taken += self._name_marks(marks, taken, box)
        taken += self._name_hatches(panel.hatches, where, taken)
        marked = {(mark.latitude, mark.longitude) for mark in panel.marks}
        most = _TOWNS // len(self._picture.panels)
        towns = [town for town in self._picture.towns[:most] if _spot(town) not in marked]
        taken += self._name_towns(towns, where, taken)
        for mark, middle in reversed(marks):
            self._mark(mark, middle)
        self._number_grid(where, taken)
        self.canvas.line(_outline(box), self._colours.region, 1)

    def _grid(self, where: Projection) -> None:
        frame, (left, top, right, bottom) = where.frame, where.box
        for degree in _steps(*frame.west_east, frame):
            x, _ = where.place(frame.latitude, degree)
            self.canvas.line([(x, top), (x, bottom)], self._colours.grid, 1)
        for degree in _steps(*frame.south_north, frame):
            _, y = where.place(degree, frame.longitude)
            self.canvas.line([(left, y), (right, y)], self._colours.grid, 1)

    def _number_grid(self, where: Projection, taken: Sequence[Box]) -> None:
        """Write the degrees of the grid at the edge, where nothing else stands."""
        frame, (left, _, _, bottom) = where.frame, where.box
        numbers: list[tuple[Point, T]] = []
        for degree in _steps(*frame.west_east, frame):
            words = T("{degree}° E", degree=f"{degree:g}")
            numbers.append(((where.place(frame.latitude, degree)[0] + 4, bottom - 24), words))
        for degree in _steps(*frame.south_north, frame):
            words = T("{degree}° N", degree=f"{degree:g}")
            numbers.append(((left + 4, where.place(degree, frame.longitude)[1] - 24), words))
        for (x, y), number in numbers:
            row = self._say(number)
            box = (x, y, x + width_of(row, 16), y + 20)
            if is_inside(box, where.box) and not any(overlap(box, other) for other in taken):
                self.canvas.write((x, y), row, 16, self._colours.faint)

    def _borders(self, where: Projection) -> None:
        styles: dict[str, tuple[Colour, float]] = {
            "region": (self._colours.region, 1.2),
            "coast": (self._colours.sea_line, 1.5),
            "country": (self._colours.country, 2.4),
        }
        for border in borders_within(where.frame):
            points = [where.place(north, east) for east, north in border.points]
            for stretch in crop(points, where.box):
                self.canvas.line(stretch, *styles[border.kind])

    def _hatch(self, hatches: Sequence[MapHatch], where: Projection) -> None:
        for hatch in hatches:
            mask = mask_areas(hatch.areas, where, FINER)
            self.canvas.hatch(where.box, self._hatch_colour(hatch), hatch.shade, mask)

    def _hatch_colour(self, hatch: MapHatch) -> Colour:
        return blend(self._colours.panel, self._colours.shade(hatch.shade), 0.5)

    def _name_hatches(
        self, hatches: Sequence[MapHatch], where: Projection, taken: Sequence[Box]
    ) -> list[Box]:
        """Write the sign and the assessor's name into what each drew; return what they take."""
        used: list[Box] = []
        for hatch in hatches:
            name = cut(spell(hatch.name), _SMALL, _PANEL / 3)
            sizes = ((26 + width_of(name, _SMALL), 26.0), (26.0, 26.0))
            box = find_room(hatch.areas, where, sizes, [*taken, *used])
            if box is None:
                continue
            used.append(box)
            self.labels.append((box, where.box))
            left, top, *_ = box
            sign = (left + 11, top + 13)
            self.canvas.disc(sign, 12, self._colours.halo)
            draw_sign(self.canvas, hatch.sign, sign, 8, self._colours.shade(hatch.shade))
            if box[2] - left > sizes[-1][0]:
                at = (left + 26, top + 1)
                self.canvas.write(at, name, _SMALL, self._colours.text, self._colours.halo)
        return used

    def _fuzz(self, mark: MapMark, middle: Point, where: Projection) -> None:
        """Draw how far off a place may be: a soft disc, fainter outwards."""
        colour = self._colours.shade(mark.shade)
        reach = mark.off_km * where.pixels_a_km
        for share in (1.0, 0.7, 0.4):
            self.canvas.blend(middle, reach * share, colour, 0.07, where.box)

    def _mark(self, mark: MapMark, middle: Point, radius: float = _RADIUS) -> None:
        shade, colours = self._colours.shade(mark.shade), self._colours
        self.canvas.disc(middle, radius + 2, colours.halo)
        if mark.claimed:
            self.canvas.ring(middle, radius, shade, _RING, broken=mark.disputed)
            draw_sign(self.canvas, mark.sign, middle, radius * 0.52, shade)
            return
        self.canvas.disc(middle, radius - (4.5 if mark.disputed else 0), shade)
        if mark.disputed:
            self.canvas.ring(middle, radius + 2, colours.text, 3.5, broken=True)
        draw_sign(self.canvas, mark.sign, middle, radius * 0.5, colours.on_shade)

    def _furniture(self, where: Projection) -> list[Box]:
        """Draw the scale and north; return what they take."""
        left, top, right, bottom = where.box
        km = next(
            km for km in (500, 200, 100, 50, 20, 10, 5, 2, 1) if km * where.pixels_a_km <= _SCALE
        )
        wide = km * where.pixels_a_km
        x, y = left + 14, bottom - 14
        bar = [(x, y - 6), (x, y), (x + wide, y), (x + wide, y - 6)]
        self.canvas.line(bar, self._colours.text, 2)
        words = self._say(T("{km} km", km=km))
        self.canvas.write((x + 6, y - 28), words, 18, self._colours.text, self._colours.halo)
        north = (right - 26, top + 26)
        x = north[0]
        arrow = [(x, top + 8), (x - 9, top + 34), (x, top + 28), (x + 9, top + 34)]
        self.canvas.polygon(arrow, self._colours.text, self._colours.text)
        letter = self._say(T("N"))
        at = (north[0] - width_of(letter, 18) / 2, top + 36)
        self.canvas.write(at, letter, 18, self._colours.text)
        x = left + 14
        taken = max(x + wide, x + 6 + width_of(words, 18))
        return [(x - 4, y - 32, taken + 4, bottom), (right - 42, top, right, top + 60)]

    def _name_marks(
        self, marks: Sequence[tuple[MapMark, Point]], taken: Sequence[Box], box: Box
    ) -> list[Box]:
        """Write names of marks, with what they rest on where there is room; return their boxes."""
        used: list[Box] = []
        for mark, middle in marks:
            name, cites = self._say(mark.name), self._say(mark.cites)
            wide = width_of(name, _BIG)
            both = Label(middle, max(wide, width_of(cites, 17)), 46, _RADIUS + 2)
            alone = Label(middle, wide, 26, _RADIUS + 2)
            place = set_label(both, [*taken, *used], _inner(box))
            rows = [(name, _BIG), (cites, 17)]
            if place is None:
                place = set_label(alone, [*taken, *used], _inner(box), _REACHES)
                rows = rows[:1]
            if place is None:
                continue
            near = nearest_point(place, middle)
            if math.dist(near, middle) > _RADIUS + _FAR:
                self.canvas.line([middle, near], self._colours.faint, 1.2)
            used.append(place)
            self.labels.append((place, box))
            for number, (row, size) in enumerate(rows):
                colour = self._colours.faint if number else self._colours.text
                at = (place[0], place[1] + 24 * number)
                self.canvas.write(at, row, size, colour, self._colours.halo)
        return used

    def _name_towns(
        self, towns: Sequence[MapTown], where: Projection, taken: Sequence[Box]
    ) -> list[Box]:
        """Draw settlements, the largest first; a small one whose name finds no room gives way."""
        used: list[Box] = []
        for town in towns:
            spot, radius = where.place(town.latitude, town.longitude), size_of(town.population)
            dot = _square(spot, radius)
            if not is_inside(dot, where.box) or any(overlap(dot, other) for other in taken):
                continue
            name, size = self._say(town.name), town_letters(town)
            label = Label(spot, width_of(name, size), 24, radius)
            place = set_label(label, [*taken, *used], _inner(where.box))
            if place is None and town.population < _SIZES[1][0]:
                continue
            self.canvas.disc(spot, radius, self._colours.dot)
            used.append(dot)
            if place is not None:
                used.append(place)
                self.labels.append((place, where.box))
                colour = self._colours.text if town.asked else self._colours.faint
                self.canvas.write(place[:2], name, size, colour, self._colours.halo)
        return used

    def _key_rows(self) -> list[list[tuple[_Sample, str]]]:
        """Return what the signs mean, as rows that fit."""
        marks = [mark for panel in self._picture.panels for mark in panel.marks]
        keys: list[tuple[_Sample, str]] = [
            (_example(sign.sign, sign.shade), self._say(sign.words))
            for sign in self._picture.legend
        ]
        if any(mark.claimed for mark in marks):
            keys.append((_example("", 4, claimed=True), self._say(T("claims only"))))
        if any(mark.disputed for mark in marks):
            keys.append((_example("", 4, disputed=True), self._say(T("disputed"))))
        if any(mark.off_km for mark in marks):
            keys.append((_example("", 4, off_km=20), self._say(T("place known only about"))))
        hatches = {hatch.words: hatch for panel in self._picture.panels for hatch in panel.hatches}
        most = WIDE - 2 * _MARGIN - 2 * _RADIUS - 32
        for words, hatch in hatches.items():
            keys.append((hatch, cut(self._say(words), _PLAIN, most)))
        rows: list[list[tuple[_Sample, str]]] = []
        left = 0.0
        for key in keys:
            wide = 2 * _RADIUS + 14 + width_of(key[1], _PLAIN) + 18
            if not rows or left + wide > WIDE - 2 * _MARGIN:
                rows.append([])
                left = 0.0
            rows[-1].append(key)
            left += wide
        return rows

    def _legend(self, top: float) -> float:
        for row in self._keys:
            x = float(_MARGIN)
            for sample, words in row:
                self._sample(sample, (x + 12, top + 13))
                self.canvas.write((x + 30, top), words, _PLAIN, self._colours.text)
                x += 2 * _RADIUS + 14 + width_of(words, _PLAIN) + 18
            top += _KEYS
        return top + 4

    def _sample(self, sample: _Sample, middle: Point) -> None:
        if isinstance(sample, MapHatch):
            self.canvas.hatch(_square(middle, 12), self._hatch_colour(sample), sample.shade)
            self.canvas.disc(middle, 9, self._colours.ground)
            draw_sign(self.canvas, sample.sign, middle, 7, self._colours.shade(sample.shade))
        elif sample.off_km:
            grey = self._colours.shade(sample.shade)
            for radius in (12, 8, 5):
                self.canvas.blend(middle, radius, grey, 0.25, _square(middle, _KEYS / 2))
        else:
            self._mark(sample, middle, 11)


def draw_map(picture: MapPicture, voice: Voice) -> bytes:
    """Return a map as PNG, in the reader's language."""
    return MapDrawing(picture, voice).draw()


def pick_apart(marks: Sequence[MapMark], where: Projection) -> list[tuple[MapMark, Point]]:
    """Return the marks in the frame, assessed ones first, without those that others would hide."""
    apart: list[tuple[MapMark, Point]] = []
    for mark in sorted(marks, key=lambda mark: (not mark.asked, mark.claimed)):
        middle = where.place(mark.latitude, mark.longitude)
        close = any(math.dist(middle, other) < _CLOSE * _RADIUS for _, other in apart)
        if not close and _holds(where.box, middle, _RADIUS + 3):
            apart.append((mark, middle))
    return apart


def size_of(population: int) -> float:
    """Return the radius of a settlement's dot, in pixels."""
    return next(radius for least, radius in _SIZES if population >= least)


def town_letters(town: MapTown) -> int:
    """Return the size of the letters of a settlement's name."""
    return 20 if town.population >= _SIZES[1][0] else 18


def _example(
    sign: str, shade: int, *, claimed: bool = False, disputed: bool = False, off_km: int = 0
) -> MapMark:
    return MapMark("", 0, 0, sign, shade, claimed, disputed, off_km, ())


def _steps(first: float, last: float, frame: Frame) -> list[float]:
    """Return the whole steps of a degree between two, few enough for a frame."""
    step = next(
        step for step in (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0) if frame.wide / 111 / step <= _LINES
    )
    start, end = math.ceil(first / step), math.floor(last / step)
    return [round(number * step, 2) for number in range(start, end + 1)]


def _holds(box: Box, spot: Point, margin: float) -> bool:
    left, top, right, bottom = box
    x, y = spot
    return left + margin <= x <= right - margin and top + margin <= y <= bottom - margin


def _inner(box: Box) -> Box:
    left, top, right, bottom = box
    return left + 3, top + 3, right - 3, bottom - 3


def _spot(town: MapTown) -> Point:
    return town.latitude, town.longitude


def _square(middle: Point, radius: float) -> Box:
    x, y = middle
    return x - radius, y - radius, x + radius, y + radius


def _outline(box: Box) -> list[Point]:
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
