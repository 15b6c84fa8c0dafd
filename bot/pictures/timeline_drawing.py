"""A timeline as a picture: days across, a band for each kind of entry, disagreements tied."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.i18n.formatter import Voice
from bot.pictures.canvas import Box, Canvas, Point
from bot.pictures.lettering import cut, spell, width_of, wrap
from bot.pictures.palette import DARK, LIGHT, Colour, Palette
from bot.pictures.signs import draw_sign
from commands.kit.inlines import Inline, Line, T, When
from commands.kit.vocabulary import kind_count
from commands.shared.pictures.timeline_picture import TimelineMark, TimelinePicture
from store.model.entry import Kind, Total
from store.model.span import Span

WIDE = 780
_MARGIN, _TITLE, _BAND, _REF, _SMALL = 16, 28, 20, 17, 19
_ROW, _BAR, _LEAST = 27, 16, 12
_ROWS, _LABEL, _TOP = 14, 300.0, 52.0
"""Rows of a band; what needs more is named as not drawn."""
_FADE, _STEPS = 90.0, 9
_A_DAY = timedelta(days=1)
_TICKS = (1, 2, 7, 14, 30, 61, 91, 182, 365, 730, 3650)
_MOST_TICKS = 6


class TimelineDrawing:
    """Draws one timeline."""

    def __init__(self, picture: TimelinePicture, voice: Voice) -> None:
        self._picture, self._voice = picture, voice
        self._colours: Palette = DARK if picture.dark else LIGHT
        self._days = max((picture.last - picture.first).days + 1, 1)
        self.placed: dict[int, Box] = {}
        self.drawn: list[tuple[TimelineMark, str, Box, Box]] = []
        hidden = self._place()
        notes = [*self._limits(hidden), *picture.notes]
        self.notes = [
            row for note in notes for row in wrap(self._say(note), _SMALL, WIDE - 2 * _MARGIN, 3)
        ]
        high = self._bottom + 34 + 26 * len(self.notes) + _MARGIN
        self.canvas = Canvas(WIDE, round(high), self._colours)

    def draw(self) -> bytes:
        """Return it as PNG."""
        top = _TOP
        head = cut(self._say(self._picture.head), _TITLE, WIDE - 2 * _MARGIN)
        self.canvas.write((_MARGIN, 7), head, _TITLE, self._colours.text)
        self.canvas.fill((_MARGIN, top, WIDE - _MARGIN, self._bottom), self._colours.panel)
        self._ticks(top)
        for kind, y in self._bands:
            count = sum(mark.kind is kind for mark in self._picture.marks)
            words = self._say(kind_count(kind, Total(count)))
            at = (_MARGIN + 6, y + 3)
            self.canvas.write(at, words, _BAND, self._colours.faint, self._colours.halo)
        self._ties()
        for mark, refs, bar, label in self.drawn:
            self._bar(mark, bar)
            self.canvas.write(label[:2], refs, _REF, self._colours.text, self._colours.halo)
        y = self._bottom + 34
        for row in self.notes:
            self.canvas.write((_MARGIN, y), row, _SMALL, self._colours.faint)
            y += 26
        return self.canvas.finish()

    def _say(self, line: Line | Inline) -> str:
        return spell(
            self._voice.plain(*line) if isinstance(line, tuple) else self._voice.plain(line)
        )

    def _limits(self, hidden: int) -> Iterator[Line]:
        rest = self._picture.more + hidden
        if rest:
            yield (T("and {n} more", "and {n} more", n=rest),)
        if any(mark.undated for mark in self._picture.marks):
            yield (T("Faded: the day is not known, only that it was not later."),)
        if self._picture.ties:
            yield (T("Tied: entries that disagree."),)

    def _place(self) -> int:
        """Find a row for each entry in the band of its kind; return how many find none."""
        self._bands: list[tuple[Kind, float]] = []
        y, hidden = _TOP, 0
        for kind in Kind:
            groups = self._group(kind)
            if not groups:
                continue
            self._bands.append((kind, y))
            y += 28
            ends: list[float] = []
            for group in groups:
                mark = group[0]
                bar, label = self._boxes(mark, self._refs(group), y)
                left, right = min(bar[0], label[0]) - 6, max(bar[2], label[2]) + 6
                row = next((row for row, end in enumerate(ends) if end <= left), len(ends))
                if row >= _ROWS:
                    hidden += len(group)
                    continue
                ends[row : row + 1] = [right]
                bar, label = _lower(bar, row * _ROW), _lower(label, row * _ROW)
                self.placed[mark.number] = bar
                self.drawn.append((mark, self._refs(group), bar, label))
            y += len(ends) * _ROW + 8
        self._bottom = max(y, _TOP + _ROW)
        return hidden

    def _group(self, kind: Kind) -> list[list[TimelineMark]]:
        """Return the entries of a kind: those that look alike together, what is tied alone."""
        tied = {number for tie in self._picture.ties for number in tie}
        groups: dict[tuple[object, ...], list[TimelineMark]] = {}
        for mark in self._picture.marks:
            if mark.kind is kind:
                alike = (mark.first, mark.last, mark.soft, mark.undated, mark.sign, mark.shade)
                key = (mark.number,) if mark.number in tied else alike
                groups.setdefault(key, []).append(mark)
        return sorted(groups.values(), key=lambda group: (group[0].last, group[0].number))

    def _refs(self, group: Sequence[TimelineMark]) -> str:
        """Return the references of a group, as many as there is room for."""
        for shown in range(len(group), 0, -1):
            rest = len(group) - shown
            refs = ", ".join(mark.ref for mark in group[:shown])
            words = f"{refs} +{rest}" if rest else refs
            if width_of(words, _REF) <= _LABEL:
                return words
        return group[0].ref

    def _boxes(self, mark: TimelineMark, refs: str, top: float) -> tuple[Box, Box]:
        """Return the boxes of a bar and of its references, in the first row of a band."""
        end = min(self._x(mark.last + _A_DAY), WIDE - _MARGIN - 2)
        first = end - _FADE if mark.first is None else self._x(mark.first)
        start = min(max(first, _MARGIN + 2.0), end - _LEAST)
        wide = width_of(refs, _REF)
        at = end + 6 if end + 6 + wide < WIDE - _MARGIN else start - 6 - wide
        if at < _MARGIN:  # no room on either side: over the bar
            at = start + 4
        bar = (start, top + 4, end, top + 4 + _BAR)
        return bar, (at, top, at + wide, top + 22)

    def _x(self, day: date) -> float:
        wide = WIDE - 2 * _MARGIN
        return _MARGIN + (day - self._picture.first).days / self._days * wide

    def _ticks(self, top: float) -> None:
        step = next(step for step in _TICKS if self._days / step <= _MOST_TICKS)
        end, edge = 0.0, WIDE - _MARGIN
        for number in range(0, self._days, step):
            day = self._picture.first + number * _A_DAY
            x, words = self._x(day), self._say(When(Span.on(day)))
            self.canvas.line([(x, top), (x, self._bottom)], self._colours.grid, 1)
            x = min(x, edge - width_of(words, 16))
            if x >= end:
                self.canvas.write((x, self._bottom + 6), words, 16, self._colours.faint)
                end = x + width_of(words, 16) + 10

    def _bar(self, mark: TimelineMark, bar: Box) -> None:
        """Draw an entry: whole where its days are sure, soft or fading where they are not."""
        left, top, right, bottom = bar
        colour = self._colour(mark)
        if mark.first is None:
            self._fade(bar, colour)
        elif mark.soft:
            inset = min((right - left) / 4, 20)
            self.canvas.fill(bar, self._soft(colour))
            self.canvas.fill((left + inset, top, right - inset, bottom), colour)
        else:
            self.canvas.fill(bar, colour)
        middle = ((max(left, right - 16) + right) / 2, (top + bottom) / 2)
        self._kind_sign(mark, middle)

    def _kind_sign(self, mark: TimelineMark, middle: Point) -> None:
        """Draw what tells kinds apart without colour: a dot of an event, a ring of a claim."""
        ink = self._colours.on_shade
        match mark.kind:
            case Kind.EVENT:
                self.canvas.disc(middle, 3, ink)
            case Kind.CLAIM:
                self.canvas.ring(middle, 5, ink, 2)
            case Kind.ASSESSMENT:
                draw_sign(self.canvas, mark.sign, middle, 6, ink)

    def _fade(self, bar: Box, colour: Colour) -> None:
        """Draw an open start: fainter the earlier."""
        left, top, right, bottom = bar
        step = (right - left) / _STEPS
        for number in range(_STEPS):
            share = (number + 1) / _STEPS
            piece = (left + number * step, top, left + (number + 1) * step, bottom)
            self.canvas.fill(piece, self._soft(colour, share))

    def _soft(self, colour: Colour, share: float = 0.4) -> Colour:
        under = self._colours.panel
        red, green, blue = (
            round(low + (high - low) * share) for low, high in zip(under, colour, strict=True)
        )
        return red, green, blue

    def _colour(self, mark: TimelineMark) -> Colour:
        match mark.kind:
            case Kind.EVENT:
                return self._colours.shades[4]
            case Kind.CLAIM:
                return self._colours.shades[6]
            case Kind.ASSESSMENT:
                return self._colours.shade(mark.shade)

    def _ties(self) -> None:
        """Tie entries that disagree: down or up from the end of the earlier one to the other."""
        for tie in self._picture.ties:
            if all(number in self.placed for number in tie):
                start, end = sorted((self.placed[number] for number in tie), key=lambda bar: bar[2])
                x, high, low = min(start[2], end[0]), _middle(start), _middle(end)
                path = [(max(x, start[0]), high), (x, high), (x, low), (end[0], low)]
                self.canvas.line(path, self._colours.text, 1.6)


def draw_timeline(picture: TimelinePicture, voice: Voice) -> bytes:
    """Return a timeline as PNG, in the reader's language."""
    return TimelineDrawing(picture, voice).draw()


def _middle(bar: Box) -> float:
    return (bar[1] + bar[3]) / 2


def _lower(box: Box, by: float) -> Box:
    return box[0], box[1] + by, box[2], box[3] + by
