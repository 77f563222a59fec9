"""One season, as a visible row of stages, each with a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.sim import at_hand
from game.sim.actions import Actions, acted, apply_actions
from game.sim.agreements import renew_terms, settle
from game.sim.batches import in_one_piece, put_back, stretch_size
from game.sim.events import begin_season
from game.sim.flows import add_to_state, changes_of, run_tick
from game.sim.frame import Frame
from game.sim.goals import judge_goals
from game.sim.model import Model
from game.sim.people import fade
from game.sim.spread import spread
from game.sim.totals import Floats
from game.sim.world import Integers, World

Ticks = Callable[[Model, World, Actions], None]  # lets all ticks of a season pass, in place
OPEN, ACT, TICKS, SETTLE, CLOSE, JUDGE = "open", "act", "ticks", "settle", "close", "judge"


class Looked(NamedTuple):
    """What candidates are to one seat, those O that are allowed in any of W worlds; numbers count only where."""

    rows: Integers  # (O,) which they are
    allowed: NDArray[np.bool_]  # (O, W)
    numbers: Floats  # (3, O, W) what it promises, whether it fits, how many would say yes
    costs: Floats  # (O, K, W) in the order of the costs of the action
    feels: Floats  # (O, C, W) what each community would feel of it; this and what follows only where it is asked for
    rests: Floats  # (O, W) how it rests whoever does it
    gives: Floats  # (O, M, W) what he gives away, in the order of `feelings.parted_with`


@dataclass(frozen=True)
class FastSeason:
    """Another way to the same bits: `act` carries out plans, `ticks` lets all ticks of a season pass.

    `look` is asked with a model, a world, a seat, the indices of candidates,
    whether what they mean is asked for, and what `see` made of the world
    beforehand, as long as that does not change; `plan` picks what is planned, see
    `game.players.purse.fill`; `thin` adds up how poor plots are, see
    `game.players.worth`; `worths` and `person` say what options are worth and
    plan what a person would do, from the tables of `game.players.minds`, for
    which `number_of` tells the number of an array of the World; `allowed`
    says what an agreement would allow if it were settled anew, `barren` how
    far the land is from full; `stages` are
    other ways through stages of a season, by their names; `coarser` gives
    what runs the ticks of the same rules in fewer and longer ticks.
    """

    act: Ticks
    ticks: Ticks
    look: Callable[[Model, World, int, Integers, bool, Any], Looked]
    see: Callable[[World], Any]
    plan: Callable[..., None]
    thin: Callable[..., None]
    worths: Callable[..., None]
    person: Callable[..., None]
    number_of: Callable[[str, str], int]
    allowed: Callable[[World, str, Any], Floats | None]
    barren: Callable[[World, Any], Floats | None]
    stages: dict[str, Ticks] = field(default_factory=dict)
    coarser: Callable[[Model], Ticks] = lambda longer: run_ticks
    known: dict[str, Any] = field(default_factory=dict)  # what was worked out for it

    def __call__(self, model: Model, world: World, actions: Actions) -> None:
        """Let all ticks of a season pass, in place."""
        self.ticks(model, world, actions)


class Stage(NamedTuple):
    """One stage of a season: `run` changes the world in place; `name` is how others speak of it."""

    name: str
    run: Callable[[Model, World, Actions], None]


def run_ticks(model: Model, world: World, actions: Actions) -> None:
    """Let all ticks of a season pass, with NumPy; some worlds after the others, which bounds the memory it takes."""
    if world.detail is not None:
        world.detail = {}
    size = stretch_size(model)
    if world.detail is not None or world.count <= size:
        _run_together(model, world)
        return
    for start in range(0, world.count, size):
        some = in_one_piece(world, start, min(start + size, world.count))
        _run_together(model, some)
        put_back(world, some, start)


def _run_together(model: Model, world: World) -> None:
    this_season: dict[object, Floats] = {}
    for tick in range(model.level.seasons.ticks):
        run_tick(model, world, this_season, tick)
        spread(model, world, tick)


def quickest(model: Model) -> Ticks:
    """Return what plays the seasons of a model where nobody says otherwise: see `game.sim.at_hand`."""
    season: Ticks | None = at_hand.found(model)
    return run_ticks if season is None else season


def step(model: Model, world: World, actions: Actions | None = None, ticks: Ticks | None = None) -> World:
    """Return the world one season later; `world` itself stays as it is.

    `actions` holds the plans of all players; None means that nobody acts.
    `ticks` may be another way to the same bits, for whole seasons or their
    ticks alone: see `game.run.backends`; without it the quickest at hand.
    """
    after, ticks = world.copy(), ticks or quickest(model)
    plans = Actions.none(model, world.count) if actions is None else actions
    other = {ACT: ticks.act, TICKS: ticks.ticks, **ticks.stages} if isinstance(ticks, FastSeason) else {TICKS: ticks}
    for stage in STAGES:
        other.get(stage.name, stage.run)(model, after, plans)
    return after


def _open(model: Model, world: World, actions: Actions) -> None:
    begin_season(model, world)
    renew_terms(model, world)


def _settle(model: Model, world: World, actions: Actions) -> None:
    settle(model, world)
    if world.people:
        fade(world, acted(model, world, actions))


def _close(model: Model, world: World, actions: Actions) -> None:
    change_once(model, world)
    world.season += 1


def change_once(model: Model, world: World) -> None:
    """Apply what changes once a season, all of it read off the state before."""
    frame = Frame(model.layout, world)
    for name, change in changes_of(model, frame, once=True).items():
        add_to_state(model, world, name, change)


def _judge(model: Model, world: World, actions: Actions) -> None:
    judge_goals(model, world)


STAGES = (
    Stage(OPEN, _open),
    Stage(ACT, apply_actions),
    Stage(TICKS, run_ticks),
    Stage(SETTLE, _settle),
    Stage(CLOSE, _close),
    Stage(JUDGE, _judge),
)
