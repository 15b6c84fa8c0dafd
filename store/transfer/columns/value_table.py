"""The words of a mapping: what the values of a column become."""

from collections.abc import Mapping

from msgspec import Struct

from store.transfer.days.desk_days import DeskDays


class ValueTable(Struct, frozen=True):
    """What values become: by a table, without an ending, as a day; `otherwise` for the rest.

    An empty value stays empty unless `same` or `empty` says what it is. Case does not count.
    """

    same: Mapping[str, str] = {}
    endings: tuple[str, ...] = ()
    otherwise: str | None = None
    date: tuple[str, ...] = ()
    empty: str | None = None
    folded: Mapping[str, str] = {}
    """`same` in lower case."""

    def of(self, value: str, days: DeskDays) -> str:
        """Return what a value becomes; LookupError or ValueError where that is not said."""
        for known in (self.same.get(value), self.folded.get(value.casefold())):
            if known is not None:
                return known
        if not value and (self.empty is not None or self.date):
            return self.empty or ""
        if self.date:
            return self._day(value, days)
        bare = self._without_ending(value)
        if bare != value and (bare in self.same or bare.casefold() in self.folded):
            return self.same.get(bare) or self.folded[bare.casefold()]
        if not self.same and self.otherwise is None:
            return bare
        if self.otherwise is None:
            raise LookupError(value)
        return self.otherwise.replace("{}", bare)

    def _day(self, value: str, days: DeskDays) -> str:
        try:
            return days.by_patterns(value, self.date)
        except ValueError:
            if self.otherwise is None:
                raise
            return self.otherwise.replace("{}", value)

    def _without_ending(self, value: str) -> str:
        for ending in self.endings:
            if ending and value.casefold().endswith(ending.casefold()):
                value = value[: -len(ending)]
        return value
