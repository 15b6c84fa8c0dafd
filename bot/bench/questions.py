"""What is asked of a made store: who, where and when, drawn by a fixed seed."""

import sqlite3
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from bot.bench import cast
from bot.bench.cast import LAST_DAY, Cast
from bot.bench.contents import contents
from store.model.filing import Filing

_BUSY, _ORDINARY = 5, 12
_AN_ORDINARY_PLACE = 100  # entries, whatever the size: what grows is the store, not the answer
_MESSAGE = 4000  # characters
_FIRST_PAGES = 0.5  # the share of lists that are asked for from the start


class Questions:
    """Draws what to ask. Busy places have most entries; ordinary ones about a hundred."""

    def __init__(self, file: Path, seed: str) -> None:
        db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        self._rng = Random(seed)  # noqa: S311 -- what to ask is no secret
        self._cast: Cast = cast.read(db)
        self.size: int = db.execute("SELECT max(id) FROM entries").fetchone()[0]
        places = db.execute(
            "SELECT p.name, count(*), p.id FROM entry_places CROSS JOIN places p ON p.id = place_id"
            " WHERE p.name <> '' GROUP BY place_id ORDER BY count(*) DESC"
        ).fetchall()
        *_, self.busiest_count, number = places[0]
        self.busiest_ref = f"P-{number}"
        self._busy: list[str] = [name for name, *_ in places[:_BUSY]]
        places.sort(key=lambda place: (abs(place[1] - _AN_ORDINARY_PLACE), place[0]))
        self._ordinary: list[str] = [name for name, *_ in places[:_ORDINARY]]
        self._refs = {name: f"P-{number}" for name, _, number in places}
        self._actors: list[str] = [
            db.execute("SELECT name FROM actors WHERE id = ?", (number,)).fetchone()[0]
            for number in self._cast.actors
        ]
        self._names: list[str] = [
            name for (name,) in db.execute("SELECT name FROM place_names ORDER BY place_id, folded")
        ]
        self._weights = cast.zipf_weights(len(self._actors))
        self._place_refs = [f"P-{number}" for _, _, number in places]
        self._place_weights = list(accumulate(count for _, count, _ in places))
        db.close()

    def busy_place(self) -> str:
        return self._rng.choice(self._busy)

    def ordinary_place(self) -> str:
        return self._rng.choice(self._ordinary)

    def place(self) -> str:
        return self._rng.choice((self.busy_place, self.ordinary_place))()

    def place_ref(self) -> str:
        """Return one as a suggestion hands it over, so that no namesake is meant."""
        return self._refs[self.place()]

    def entry_place_ref(self) -> str:
        """Return any place on record, each as often as entries are about it."""
        return self._rng.choices(self._place_refs, cum_weights=self._place_weights)[0]

    def actor(self) -> str:
        return self._rng.choices(self._actors, cum_weights=self._weights)[0]

    def day(self, back: int) -> date:
        """Return one of the last `back` days."""
        return LAST_DAY.date() - timedelta(days=self._rng.randrange(back))

    def number(self) -> int:
        return self._rng.randrange(1, self.size + 1)

    def cursor(self) -> str:
        """Return where a list goes on: at its start, or after a day."""
        if self._rng.random() < _FIRST_PAGES:
            return ""
        return f"{self.day(365):%Y%m%d}-{self.number()}"

    def word(self, among: tuple[str, ...]) -> str:
        return self._rng.choice(among)

    def beginning(self) -> str:
        """Return the first letters of some place's name."""
        return self._rng.choice(self._names)[: self._rng.randrange(2, 6)]

    def misspelt(self) -> str:
        """Return some place's name with one letter left out."""
        name = self._rng.choice([name for name in self._rng.choices(self._names, k=50) if name[5:]])
        at = self._rng.randrange(1, len(name) - 1)
        return name[:at] + name[at + 1 :]

    def message(self) -> str:
        """Return a message of the length that a chat allows, with a place in every sentence."""
        sentences: list[str] = []
        while sum(map(len, sentences)) < _MESSAGE:
            entry = contents(self._rng, self._cast, LAST_DAY.date(), self.size)
            sentences.append(f"{entry['text']} {self._rng.choice(self._names)}.")
        return " ".join(sentences)[:_MESSAGE]

    def filing(self) -> Filing:
        """Return what a moderator files on the last day."""
        return Filing(**contents(self._rng, self._cast, LAST_DAY.date(), self.size))
