"""What happens once a season at work: on a World, with the same bits as NumPy, which does what no text could be of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.sim import step
from game.sim.actions import Actions, acted, kindness, whom
from game.sim.agreements import renew_terms, settle
from game.sim.compiled.acting import Acting, Desk
from game.sim.compiled.sight import Sight, give_back
from game.sim.compiled.turning_text import ALLOWED, BARREN, CLOSE, JUDGE, OPEN, RENEW, SETTLE
from game.sim.events import begin_season
from game.sim.goals import judge_goals
from game.sim.model import Model
from game.sim.noise import draw_noise
from game.sim.people import fade
from game.sim.totals import Floats
from game.sim.world import World


class Turns:
    """Opens and ends the seasons of one model."""

    def __init__(self, model: Model, acting: Acting) -> None:
        self.model, self.acting, turning = model, acting, acting.text.turning
        first = len(model.actions)  # the functions of actions come first
        self.parts = {
            key: acting.addresses[[first + number for number in numbers]] for key, numbers in turning.parts.items()
        }
        if (OPEN, "") in self.parts and (RENEW, "") in self.parts:  # one after the other, in one go
            self.parts[OPEN, ""] = np.concatenate([self.parts[OPEN, ""], self.parts[RENEW, ""]])
        self.told = turning.told
        memory = acting.text.memory
        self.known = np.array([memory.array("stock", name) if name else -1 for name in model.feelings.known], np.int64)
        plans = [(model.actions[one.action], one) for one in model.candidates]
        self.kinds = np.array([kindness(plan) for plan, _ in plans], np.float64)
        self.whom = np.array([whom(plan, one) for plan, one in plans], np.int64)

    def open(self, model: Model, world: World, actions: Actions) -> None:
        """Begin a season."""
        if (OPEN, "") in self.parts:
            if model.level.noise:
                draw_noise(model.level.noise, model.layout, world.luck, world.season + 1, world.noise)
            world.blocked[...] = False
            self._turn(world, (OPEN, ""))
        else:
            begin_season(model, world)
        if (RENEW, "") not in self.parts:
            renew_terms(model, world)
        elif (OPEN, "") not in self.parts and len(self.parts[RENEW, ""]):
            self._turn(world, (RENEW, ""))

    def end(self, model: Model, world: World, actions: Actions) -> None:
        """End a season: settle, close and judge, one after the other."""
        sight = self._settle(model, world, actions)
        if (CLOSE, "") in self.parts:
            sight = self._turn(world, (CLOSE, ""), sight)
        else:
            step.change_once(model, world)
            sight = None
        said = np.zeros((self.told[JUDGE, ""][1], world.count)) if (JUDGE, "") in self.parts else None
        if said is not None:
            self._turn(world, (JUDGE, ""), sight, said)
        world.season += 1
        judge_goals(model, world, said)

    def _settle(self, model: Model, world: World, actions: Actions) -> Sight | None:
        if (SETTLE, "") in self.parts:
            sight: Sight | None = self._turn(world, (SETTLE, ""))
        else:
            settle(model, world)
            sight = None
        if not world.people:
            return sight
        people = world.people
        memories = [people[name] for name in ("forgiving", "wrongs", "kindness", "lean")]
        if any(not one.flags.c_contiguous for one in memories):
            fade(world, acted(model, world, actions))
            return None
        sight = sight or self.acting.see(world)
        self.acting.functions["fade"](
            sight.addresses, self.known, self.kinds, self.whom, self.acting.tables.people,
            np.ascontiguousarray(actions.chosen), world.result, *memories,
        )  # fmt: skip
        return sight

    def allowed(self, world: World, name: str, sight: Sight) -> Floats | None:
        """Return what an agreement allows each now, and with each amount that may be settled, (1 + A, C, W)."""
        if (ALLOWED, name) not in self.parts:
            return None
        told = np.zeros((self.told[ALLOWED, name][1], world.count))
        self._turn(world, (ALLOWED, name), sight, told)
        return told.reshape(-1, len(self.model.layout.communities), world.count)

    def barren(self, world: World, sight: Sight) -> Floats | None:
        """Return how barren the land is, (W,): the dial of depletion."""
        if (BARREN, "") not in self.parts:
            return None
        told = np.zeros((1, world.count))
        self._turn(world, (BARREN, ""), sight, told)
        found: Floats = told[0]
        return found

    def _turn(
        self, world: World, what: tuple[str, str], sight: Sight | None = None, told: Floats | None = None
    ) -> Sight:
        """Let parts do what they do in all worlds; return what was seen of them."""
        acting = self.acting
        seen = sight or acting.see(world)
        desk: Desk = acting.desk(world, seen)
        acting.functions["turn"](
            seen.addresses, acting.tables.lists, desk.whole, acting.fixed, desk.numbers, self.parts[what],
            self.told.get(what, (0, 0))[0], np.empty((0, world.count)) if told is None else told,
        )  # fmt: skip
        acting.kept.append(desk)
        if told is None:
            give_back(world, seen, acting.text.memory.written)
        return seen


def fast_season(
    model: Model, acting: Acting, ticks: step.Ticks, coarser: Callable[[Model], step.Ticks]
) -> step.FastSeason:
    """Return a whole season of compiled code."""
    turns = Turns(model, acting)
    # What settles a season closes and judges it as well.
    stages: dict[str, step.Ticks] = {step.OPEN: turns.open, step.SETTLE: turns.end}
    stages |= {step.CLOSE: _nothing_left, step.JUDGE: _nothing_left}
    looking = (acting.look, acting.see, acting.functions["plan"], acting.thin)
    minding = (acting.worths, acting.person, acting.number_of)
    return step.FastSeason(
        acting.act, ticks, *looking, *minding, turns.allowed, turns.barren, stages=stages, coarser=coarser
    )


def _nothing_left(model: Model, world: World, actions: Actions) -> None:
    pass
