"""Days and moments as values; what reads a day is loaded where one is named."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, tzinfo

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import T, When
from commands.kit.params.basic import echo
from commands.kit.reply import Choice
from store.model.override import override
from store.model.span import Span

_DAY_WORDS = 9
_SUGGESTED_DAYS = (0, 1, 7, 14, 30)


class OnDay(ParamType, frozen=True):
    """A day, month or interval; read as a Span."""

    help: T
    shape: str = "DAY"
    example: str = "2025-11-07"

    @override
    def takes(self, words: Sequence[str]) -> int:
        """Take the longest run of words that is a day: "29 Oct 2025", but not what follows it."""
        from commands.kit.days import BadDay, read_day  # noqa: PLC0415 -- only who names a day

        for count in range(min(len(words), _DAY_WORDS), 1, -1):
            with suppress(BadDay):
                read_day(" ".join(words[:count]), date.max - timedelta(days=1))
                return count
        return 1

    @override
    async def read(self, text: str, ctx: Context) -> Span:
        return _read_day(text, ctx.today, ctx.zone)

    @override
    def write(self, value: Span) -> str:
        return value.edtf

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        days = [Span.on(ctx.today - timedelta(days=back)) for back in _SUGGESTED_DAYS]
        try:
            days = [_read_day(text, ctx.today), *days] if text else days
        except BadParam:
            days = [day for day in days if day.edtf.startswith(text)] or days
        return [Choice(When(day), day.edtf) for day in dict.fromkeys(days)]


def _read_day(text: str, today: date, zone: tzinfo = UTC) -> Span:
    """Return the days that a value names; BadParam where it names none, with what may be meant."""
    from commands.kit.days import BadDay, read_day  # noqa: PLC0415 -- only who names a day

    try:
        return read_day(text, today, zone)
    except BadDay as error:
        spans = [Span.parse(edtf) for edtf in error.instead]
        choices = tuple(Choice(When(span), span.edtf) for span in spans)
        raise BadParam(
            T(error.message, **error.given), code=Code.BAD_DAY, choices=choices
        ) from None


class AtMoment(ParamType, frozen=True):
    """A moment of the record's clock: the end of a day, or a time of one; read as a datetime."""

    help: T
    shape: str = "MOMENT"
    example: str = "2025-11-07"

    @override
    async def read(self, text: str, ctx: Context) -> datetime:
        if "T" in text:
            return _read_moment(text, ctx.zone)
        day = _read_day(text, ctx.today, ctx.zone).latest
        return datetime.combine(day, time.max, ctx.zone)

    @override
    def write(self, value: datetime) -> str:
        return value.isoformat()

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return await OnDay(self.help).suggest(text, ctx)


def _read_moment(text: str, zone: tzinfo) -> datetime:
    """Return a moment of which every zone has the day; BadParam where it is none such."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if moment.year not in {MINYEAR, MAXYEAR}:  # that may be another year elsewhere
            return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    raise BadParam(
        T("“{text}” is not a moment. Write 2025-11-07 or 2025-11-07T12:00.", text=echo(text)),
        code=Code.BAD_DAY,
    )
