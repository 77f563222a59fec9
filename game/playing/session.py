"""A game in play: whose turn it is, what is planned, what became of it.  Nothing here prints.

A plan can be changed, undone and redone until the season ends; the world
itself changes in `end_turn` alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from game.insight import played
from game.insight.coming import Arrival, on_its_way
from game.insight.ledger import Card, ledger
from game.insight.loops import Loop, loops_now
from game.insight.readings import Key, readings
from game.insight.roles import Roles, reservoir, roles_of, watched
from game.players.policies import plan_season
from game.playing.background import Background
from game.playing.preview import Preview, preview
from game.sim.actions import DONE, NOTHING, SLOTS, Actions
from game.sim.beginning import new_worlds
from game.sim.dials import dials
from game.sim.frame import Frame, along_worlds
from game.sim.goals import objective
from game.sim.model import Model
from game.sim.step import step
from game.sim.totals import Floats
from game.sim.world import RUNNING, World

PATIENCE = 2  # seasons without progress before a hint is given
KEPT = 40  # worlds whose ruling loop nobody has asked for yet; older ones are forgotten, they may be large
AT_ONCE = 2  # of these are looked through in one frame, so that a game that is gone on with does not stutter


@dataclass(frozen=True)
class Attempt:
    """One action of one seat and what became of it; `said` maps those who were asked to their answer."""

    seat: int
    candidate: int
    outcome: int
    said: dict[int, bool]


@dataclass(frozen=True)
class SeasonReport:
    """What a season brought."""

    before: World
    after: World
    deeds: tuple[Attempt, ...]
    cards: dict[int, list[Card]]  # for each person's seat
    arrivals: tuple[Arrival, ...]
    new_families: tuple[tuple[str, int], ...]  # (family, candidate with which it was first walked)
    hint: str


@dataclass(frozen=True)
class Moment:
    """What is remembered of a season for trends and charts."""

    season: int
    living: float  # share of full
    stores: tuple[float, ...]
    dials: dict[str, float]
    streaks: tuple[int, ...]
    objective: float
    held: dict[str, float]  # of what is watched on the land the mean on a tile, and what lies hidden behind it
    came: dict[str, float]  # what each flow into those hidden stocks moved in the season
    read: dict[Key, Floats]  # every stock and flow, (C|1, P|1)


@dataclass
class Planning:
    """The plan of one person for the coming season, with the way back and forth."""

    chosen: tuple[int, ...] = ()
    refuses: bool = False
    past: list[tuple[tuple[int, ...], bool]] = field(default_factory=list)
    future: list[tuple[tuple[int, ...], bool]] = field(default_factory=list)

    def change(self, chosen: tuple[int, ...], refuses: bool) -> None:
        """Make a new plan of it; the one before can be brought back."""
        self.past.append((self.chosen, self.refuses))
        self.future.clear()
        self.chosen, self.refuses = chosen, refuses


class Session:
    """One game: a level, a seed, people in the first seats, policies in the others."""

    def __init__(self, model: Model, seed: int, people: int, policies: Sequence[str]) -> None:
        self.model, self.seed = model, seed
        self.background = Background()  # all that is worked out beside this game
        self.seats = tuple(range(people))
        self.policies = tuple("idle" if seat in self.seats else name for seat, name in enumerate(policies))
        self.world = new_worlds(model, [seed])
        self.world.detail = {}
        self.roles: Roles = roles_of(model)
        self.charted = [name for name in watched(model, self.roles) if model.stocks[name].place == "tile"]
        self.hidden = [one for name in self.charted if (one := self.lives_on(name)) is not None]
        self.turn = 0
        self.planning = {seat: Planning() for seat in self.seats}
        self.history: list[Moment] = [self._moment()]
        self.last: SeasonReport | None = None
        self.deeds: list[tuple[Attempt, ...]] = []  # season by season
        self.plans: list[Actions] = []  # of everybody, season by season
        self.tried: list[played.Deed] = []  # all that was tried in the whole game
        self.families: list[str] = []
        self.stuck = 0
        self.hints_given: list[int] = []
        self.origin: Session | None = None  # the game that this one branches off
        self.branched_at = 0  # after how many seasons
        self._walked: tuple[tuple[int, int, tuple[int, ...]], Preview] | None = None
        self._loops: tuple[int, list[Loop]] | None = None
        self._ruled: dict[int, Loop | None] = {}  # by how many seasons were over
        self._unseen: deque[World] = deque(maxlen=KEPT)

    @property
    def seat(self) -> int:
        """Whose turn it is."""
        return self.seats[self.turn]

    @property
    def me(self) -> int:
        """The community that this seat speaks for."""
        return self.model.layout.seats[self.seat]

    @property
    def over(self) -> bool:
        """Whether the game has been decided."""
        return bool(self.world.outcome[0] != RUNNING)

    @property
    def plan(self) -> tuple[int, ...]:
        """What is planned: indices of candidates, in order."""
        return self.planning[self.seat].chosen

    @property
    def refuses(self) -> bool:
        """Whether this person will decline every offer this season."""
        return self.planning[self.seat].refuses

    def preview(self) -> Preview:
        """Walk through the plan on a copy of the world; what is asked again and again is worked out once."""
        key = (self.world.season, self.seat, self.plan)
        if self._walked is None or self._walked[0] != key:
            self._walked = (key, preview(self.model, self.world, self.seat, self.plan))
        return self._walked[1]

    def loops(self) -> list[Loop]:
        """Return the feedback loops as things stand, strongest first; found once a season."""
        season = self.world.season
        if self._loops is None or self._loops[0] != season:
            self._loops = (season, loops_now(self.model, self.world, self.tried))
        return self._loops[1]

    def game(self) -> played.PlayedGame:
        """Return what has been played so far, to be looked back on."""
        start = new_worlds(self.model, [self.seed])
        return played.PlayedGame(self.model, start, tuple(self.plans), tuple(self.tried), self.world)

    def rulers(self, most: int = AT_ONCE) -> list[Loop | None]:
        """Return which loop ruled when each season was over, from the first one on.

        None stands where everything only wore off, and where it is not known
        (yet): seasons are looked through when somebody looks, `most` at a time
        and the latest first.
        """
        for _ in range(min(most, len(self._unseen))):
            world = self._unseen.pop()
            found = self.loops() if world is self.world else loops_now(self.model, world, self.tried, most=1)
            # The author's own loops are told too, however weak; the first one is the strongest.
            self._ruled[world.season] = found[0] if found and not found[0].wears_off else None
        return [self._ruled.get(moment.season) for moment in self.history[1:]]

    def lives_on(self, name: str) -> str | None:
        """Return what nobody sees and what a stock of the land lives on, whose course is remembered."""
        return reservoir(self.model, name) if name in self.charted else None

    def _change(self, chosen: Sequence[int]) -> None:
        self.planning[self.seat].change(tuple(chosen), self.refuses)

    def add(self, candidate: int) -> bool:
        """Plan one more action; False when the plan is full."""
        if len(self.plan) >= SLOTS:
            return False
        self._change((*self.plan, candidate))
        return True

    def drop(self, place: int) -> bool:
        """Take the action at `place` (from 0) out of the plan; False when there is none."""
        if not 0 <= place < len(self.plan):
            return False
        self._change(self.plan[:place] + self.plan[place + 1 :])
        return True

    def move(self, place: int, to: int) -> bool:
        """Move the action at `place` to another place in the order; False when there is no such place."""
        if not (0 <= place < len(self.plan) and 0 <= to < len(self.plan)):
            return False
        rest = list(self.plan)
        rest.insert(to, rest.pop(place))
        self._change(rest)
        return True

    def refuse(self, on: bool) -> None:
        """Decline every offer this season, or hear them again."""
        self.planning[self.seat].change(self.plan, on)

    def undo(self) -> bool:
        """Go back to the plan before; False when there is none."""
        return self._step_back(self.planning[self.seat].past, self.planning[self.seat].future)

    def redo(self) -> bool:
        """Take an undo back; False when there is nothing to take back."""
        return self._step_back(self.planning[self.seat].future, self.planning[self.seat].past)

    def _step_back(self, source: list[tuple[tuple[int, ...], bool]], other: list[tuple[tuple[int, ...], bool]]) -> bool:
        if not source:
            return False
        planning = self.planning[self.seat]
        other.append((planning.chosen, planning.refuses))
        planning.chosen, planning.refuses = source.pop()
        return True

    def end_turn(self) -> SeasonReport | None:
        """Hand over to the next person; after the last one let the season pass and report it."""
        if self.turn + 1 < len(self.seats):
            self.turn += 1
            return None
        before = self.world
        actions = self._actions()
        self.last = self._report(before, actions, *self._live(actions))
        return self.last

    def retrace(self, plans: Sequence[Actions]) -> None:
        """Live again through seasons that were decided before; only the last of them is told."""
        for number, actions in enumerate(plans, 1):
            before = self.world
            lived = self._live(actions)
            if number == len(plans):
                self.last = self._report(before, actions, *lived)

    def _live(self, actions: Actions) -> tuple[tuple[Attempt, ...], tuple[tuple[str, int], ...]]:
        """Let a season pass and remember it; return what was done in it, and which paths were new."""
        before = self.world
        self.world = step(self.model, before, actions)
        self.plans.append(actions)
        self.tried += played.tried(before.season, actions, self.world.result)
        self.turn = 0
        self.planning = {seat: Planning() for seat in self.seats}
        self.history.append(self._moment())
        self._unseen.append(self.world)
        deeds = tuple(
            self._deed(actions, slot, seat)
            for seat in range(len(self.policies))
            for slot in range(SLOTS)
            if actions.chosen[slot, seat, 0] >= 0
        )
        self.deeds.append(deeds)
        return deeds, self._new_families(deeds)

    def _actions(self) -> Actions:
        actions = plan_season(self.model, self.world, self.policies)
        for seat, planning in self.planning.items():
            actions.chosen[:, seat] = NOTHING
            for slot, candidate in enumerate(planning.chosen):
                actions.chosen[slot, seat] = candidate
            actions.refuses[seat] = planning.refuses
        return actions

    def _report(
        self, before: World, actions: Actions, deeds: tuple[Attempt, ...], new_families: tuple[tuple[str, int], ...]
    ) -> SeasonReport:
        cards = {seat: ledger(self.model, before, actions, self.world, seat) for seat in self.seats}
        return SeasonReport(
            before,
            self.world,
            deeds,
            cards,
            tuple(on_its_way(self.model, self.world)),
            new_families,
            self._hint(),
        )

    def _deed(self, actions: Actions, slot: int, seat: int) -> Attempt:
        answers = self.world.answer[slot, seat, :, 0]
        said = {int(one): bool(answers[one] > 0) for one in np.flatnonzero(answers)}
        return Attempt(seat, int(actions.chosen[slot, seat, 0]), int(self.world.result[slot, seat, 0]), said)

    def _new_families(self, deeds: Sequence[Attempt]) -> tuple[tuple[str, int], ...]:
        found = []
        for deed in deeds:
            spec = self.model.actions[self.model.candidates[deed.candidate].action].spec
            if (
                deed.seat in self.seats
                and deed.outcome == DONE
                and spec.mode == "with"
                and spec.family not in self.families
            ):
                self.families.append(spec.family)
                found.append((spec.family, deed.candidate))
        return tuple(found)

    def _hint(self) -> str:
        """Return a hint when no goal has moved, or one held no longer, for a while; each one once."""
        goals = self.model.level.goals
        before, now = (
            [min(streak, goal.in_a_row) for streak, goal in zip(moment.streaks, goals, strict=True)]
            for moment in self.history[-2:]
        )
        lost = any(new == 0 and any(moment.streaks[index] for moment in self.history) for index, new in enumerate(now))
        moved = any(new > old for old, new in zip(before, now, strict=True)) and not lost
        reached = all(streak >= goal.in_a_row for streak, goal in zip(now, goals, strict=True))
        self.stuck = 0 if moved or reached else self.stuck + 1
        if self.stuck < PATIENCE or self.over:
            return ""
        frame = Frame(self.model.layout, self.world)
        fitting = [
            index for index, rule in enumerate(self.model.hints) if along_worlds(np.asarray(rule(frame)), 1)[0] > 0.0
        ]
        fresh = [index for index in fitting if index not in self.hints_given]
        if not fresh:
            return ""
        self.hints_given.append(fresh[0])
        self.stuck = 0
        return self.model.level.hints[fresh[0]].plain

    def _moment(self) -> Moment:
        model, world = self.model, self.world
        living = self.living_share(world)
        store = self.roles.store
        stores = tuple(float(value) for value in world.stock[store][:, 0, 0, 0, 0]) if store else ()
        return Moment(
            world.season,
            living,
            stores,
            {name: float(value[0]) for name, value in dials(model, world).items()},
            tuple(int(streak) for streak in world.streak[:, 0]),
            float(objective(model, world)[0]),
            {name: on_land(model, world, name) for name in self.charted}
            | {name: float(world.stock[name].sum()) for name in self.hidden},
            {
                flow.name: float(world.moved[flow.name].sum())
                for flow in model.flows
                if flow.target in self.hidden and flow.name in world.moved
            },
            {key: values[..., 0].copy() for key, values in readings(model, world).items()},
        )

    def living_share(self, world: World) -> float:
        """Return how full the living stock of the map is on average, 0 to 1."""
        name = self.roles.living
        return 0.0 if name is None else on_land(self.model, world, name) / self.model.stocks[name].high


def on_land(model: Model, world: World, name: str) -> float:
    """Return how much of a stock lies on a tile, as the mean over the tiles where it lives."""
    plan = model.stocks[name]
    live = plan.live * np.ones((1, 1, *world.uses.shape[2:4], 1))
    return float((world.stock[name] * live).sum() / max(live.sum(), 1.0))
