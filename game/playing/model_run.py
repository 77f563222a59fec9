"""One run of a model without a game: its time passes, and its numbers have a course."""

from __future__ import annotations

from dataclasses import dataclass

from game.insight.roles import roles_of, watched
from game.level.schema import Level
from game.players.policies import plan_season
from game.sim.beginning import new_worlds
from game.sim.goals import frame_after_season
from game.sim.model import compile_level
from game.sim.observe import auxiliary_of, mean_of
from game.sim.step import step
from game.sim.units_told import unit_of
from game.telling import words
from game.telling.courses import course, ends_of


@dataclass(frozen=True)
class Row:
    """What is told of one number: its name, how much it is, which way it went last, and its course in signs."""

    name: str
    amount: str
    way: int  # -1 down, 0 as before, 1 up
    course: str


class ModelRun:
    """A model on its way; `over` of `seasons` have passed."""

    def __init__(self, level: Level, seed: int) -> None:
        self._model = compile_level(level)
        self._world = new_worlds(self._model, [seed])
        known = {**self._model.stocks, **self._model.auxiliaries}
        self._names = [name for name in level.watch if name in known] or watched(self._model, roles_of(self._model))
        self._held: dict[str, list[float]] = {name: [] for name in self._names}
        self._note()

    @property
    def over(self) -> int:
        """How many seasons have passed."""
        return int(self._world.season)

    @property
    def seasons(self) -> int:
        """How many seasons it runs."""
        return self._model.seasons

    def go_on(self, seasons: int) -> None:
        """Let some seasons pass, at most those that are left."""
        nobody = ("idle",) * len(self._model.layout.seats)
        for _ in range(min(seasons, self.seasons - self.over)):
            self._world = step(self._model, self._world, plan_season(self._model, self._world, nobody))
            self._note()

    def rows(self, signs: str) -> list[Row]:
        """Return a row for each number that is shown; `signs` draw its course, from low to high."""
        return [self._row(name, signs) for name in self._names]

    def _row(self, name: str, signs: str) -> Row:
        held, model = self._held[name], self._model
        was, now = held[-2:] if len(held) > 1 else held * 2
        high = model.stocks[name].high if name in model.stocks else max(held)
        told = words.amount(now, unit_of(model, name), True)
        drawn = course(held, *ends_of([held], high), signs)
        return Row(words.stock_word(model, name), told, int(now > was) - int(now < was), drawn)

    def _note(self) -> None:
        frame = frame_after_season(self._model, self._world) if self._model.auxiliaries else None
        for name, values in self._held.items():
            if frame is not None and name in self._model.auxiliaries:
                values.append(float(auxiliary_of(self._model, frame, name, None)[0]))
            else:
                values.append(float(mean_of(self._model, self._world, name)[0]))
