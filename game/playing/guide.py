"""The notes of a guided level: which one is to be shown now."""

from __future__ import annotations

import numpy as np

from game.insight.reasons import why_not
from game.playing.meanwhile import needless
from game.playing.session import Session
from game.sim.actions import DONE
from game.sim.frame import Frame, along_worlds

PATIENCE = 2  # seasons in which nobody follows a note: then it makes room for the next


class Guide:
    """Walks through the notes of a level; a note that is done, or that nobody follows, does not come back."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.place = 0
        self.done: set[str] = set()
        self._since = session.world.season  # when the present note came
        self._shown: tuple[object, str] | None = None

    def text(self) -> str:
        """Return the note to show now, or nothing; `*` stands around names of actions.

        It is asked for in every frame, and worked out once for each season and plan.
        """
        key = (self.session.world.season, self.session.seat, self.session.plan)
        if self._shown is None or self._shown[0] != key:
            self._shown = (key, self._next())
        return self._shown[1]

    def _next(self) -> str:
        steps = self.session.model.level.guide
        self._remember()
        season = self.session.world.season
        while self.place < len(steps) and (self._is_done(self.place) or self._is_left(self.place)):
            self.place, self._since = self.place + 1, season
        return steps[self.place].say if self.place < len(steps) else ""

    def _remember(self) -> None:
        model, report = self.session.model, self.session.last
        self.done |= {model.candidates[index].action for index in self.session.plan}
        for deed in report.deeds if report else ():
            if deed.seat in self.session.seats and deed.outcome == DONE:
                self.done.add(model.candidates[deed.candidate].action)

    def _is_done(self, place: int) -> bool:
        step, rule = self.session.model.level.guide[place], self.session.model.guide[place]
        asked = step.planned
        if asked is not None and not (asked in self.done or self._inside(asked) or self._nowhere_needed(asked)):
            return self._done_by_others(asked)
        if step.season is not None and self.session.world.season + 1 < step.season:
            return False
        if rule is not None:
            frame = Frame(self.session.model.layout, self.session.world)
            return bool(along_worlds(np.asarray(rule(frame)), 1)[0] > 0.0)
        return True

    def _is_left(self, place: int) -> bool:
        """Whether the player goes another way: some seasons have passed since, and the note did not wait for one."""
        return (
            self.session.model.level.guide[place].season is None and self.session.world.season - self._since >= PATIENCE
        )

    def _inside(self, action: str) -> bool:
        """Whether the player is part of an agreement already: others may have proposed it first."""
        plan = self.session.model.actions[action]
        return bool(plan.circle) and bool(self.session.world.member[action][self.session.me, 0, 0, 0, 0] > 0.0)

    def _done_by_others(self, action: str) -> bool:
        """Whether neighbours mean to do this season what a note asks for, so that it would be for nothing."""
        model = self.session.model
        same = [index for index, one in enumerate(model.candidates) if one.action == action]
        possible = [one for one in same if why_not(model, self.session.world, self.session.seat, one) is None]
        return bool(possible) and all(needless(self.session, one) for one in possible)

    def _nowhere_needed(self, action: str) -> bool:
        """Whether no ground asks for it any more: a note that nobody can follow must not hold up the next."""
        model = self.session.model
        places = [index for index, one in enumerate(model.candidates) if one.action == action and one.tiles is not None]
        obstacles = [why_not(model, self.session.world, self.session.seat, index) for index in places]
        return bool(places) and all(one is not None and one.kind == "when" for one in obstacles)
