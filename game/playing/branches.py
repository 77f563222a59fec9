"""Stepping back: a past season opened again and played otherwise, and both timelines side by side.

The branch has the same level, seed and decisions up to the season it is
opened in, so what differs afterwards comes of what was decided otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.insight.causes import worse_way
from game.insight.readings import smallest
from game.playing.causes import Teller
from game.playing.losses import asked_about, course_of
from game.playing.session import Session
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.step import step
from game.sim.world import LOST, WON, World
from game.telling import words
from game.telling.say import say


def branch(session: Session, season: int) -> Session:
    """Return a new game that is `session` up to the end of a season (0: its start), to be played on from there."""
    found = retold(session, session.plans[:season])
    found.origin, found.branched_at = session, season
    return found


def retold(session: Session, plans: Sequence[Actions]) -> Session:
    """Return a game of the same level, seed and people in which these plans were carried out."""
    found = Session(session.model, session.seed, len(session.seats), session.policies)
    found.retrace(plans)
    return found


class Course:
    """The worlds of a game, season by season, worked out when they are asked for."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._worlds = [new_worlds(session.model, [session.seed])]

    def world(self, season: int) -> World:
        """Return the world after a season; after the last one where the game was shorter."""
        season = min(season, len(self.session.plans))
        while len(self._worlds) <= season:
            plan = self.session.plans[len(self._worlds) - 1]
            self._worlds.append(step(self.session.model, self._worlds[-1], plan))
        return self._worlds[season]


@dataclass(frozen=True)
class Row:
    """One number in two timelines at the same time: what it was in each, and whether the second is better."""

    name: str
    first: str
    second: str
    better: int  # 1 better, -1 worse, 0 as good as the same


def rows(first: Session, second: Session, season: int, me: int | None = None) -> list[Row]:
    """Return the numbers that matter in two timelines of a game after a season, side by side.

    `me` is the community that is told "you", by default the one whose turn it is; -1 for nobody.
    """
    model, found = first.model, []
    for where in asked_about(first):
        values = [_at(course_of(one, where), season) for one in (first, second)]
        change = -worse_way(model, where.stock) * (values[1] - values[0])
        better = 0 if abs(change) <= smallest(model, where.stock) else int(np.sign(change))
        teller = Teller(model, where, first.me if me is None else me)
        if where.stock in first.roles.counted:
            values = [round(value) for value in values]  # nobody has a tenth of a cow
        found.append(Row(words.capital(teller.name), teller.text(values[0]), teller.text(values[1]), better))
    return found


def _at(course: Sequence[float], season: int) -> float:
    return course[min(season, len(course) - 1)]


def outcome(session: Session) -> str:
    """Return in a few words how a game ended, or that it goes on."""
    world = session.world
    kind, season = int(world.outcome[0]), int(world.outcome_season[0])
    if not session.over:
        return say("ending.goes_on", season=world.season + 1)
    if kind == LOST:
        return say("ending.lost_in", season=season)
    return say("ending.all_reached" if kind == WON else "ending.not_all_reached")


def deeds_line(session: Session, season: int) -> str:
    """Return what the first person did in a season (from 0), in a line; nothing where it was not played."""
    if season >= len(session.deeds):
        return ""
    own = [deed.candidate for deed in session.deeds[season] if deed.seat == session.seats[0]]
    names = [words.action_name(session.model, session.model.candidates[one], True) for one in own]
    return ", ".join(dict.fromkeys(names)) if names else say("ending.rested")
