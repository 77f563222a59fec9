"""A flow with a short delay takes as long as it says: below three ticks it passes through fewer stages."""

from __future__ import annotations

import numpy as np
import pytest

from game.level.problems import LevelError
from game.level.reader import parse_level
from game.run import backends
from game.sim.model import Model, compile_level
from tests.sim.levels import level_text, one, tiny
from tests.sim.test_backends import same_as_numpy, same_as_oracle

BODY = """
stocks:
  spring: {at: world, kind: matter, range: [0, 1000], start: 100, plain: Water above.}
  pond: {at: world, kind: matter, range: [0, 1000], start: 0, plain: Water below.}
flows:
  running: {from: spring, to: pond, delay: %s, plain: It runs., rate: "if(time < %s, %s, 0)"}
"""


def made(delay: float, ticks: int) -> Model:
    """A level in which one tick lets 1 t go."""
    return tiny(BODY % (delay, 0.5 / ticks, float(ticks)), ticks=ticks, seasons=4)


def arrivals(model: Model, ticks: int) -> list[float]:
    """What is in the pond after each tick, for four seasons."""
    from game.sim.events import begin_season
    from game.sim.flows import run_tick

    world, found = one(model), []
    for season in range(4):
        begin_season(model, world)
        for tick in range(ticks):
            run_tick(model, world, {}, tick)
            found.append(float(world.stock["pond"].item()))
        world.season = season + 1
    return found


@pytest.mark.parametrize(("delay", "ticks", "wait"), [(0.25, 4, 1), (0.5, 4, 2), (1.0, 1, 1), (2.0, 1, 2)])
def test_it_takes_as_long_as_it_says(delay: float, ticks: int, wait: int) -> None:
    found = arrivals(made(delay, ticks), ticks)
    steps = np.diff([0.0, *found])
    # What leaves in a tick arrives so many ticks later.
    assert found[-1] == pytest.approx(1.0) and float((np.arange(len(steps)) * steps).sum()) == pytest.approx(wait)


def test_what_is_on_the_way_at_first_arrives_whole() -> None:
    text = (BODY % (0.5, 0, 0)).replace("delay: 0.5", "delay: 0.5, on_the_way: 6")
    found = arrivals(tiny(text, ticks=4, seasons=4), 4)
    assert found[:3] == pytest.approx([3.0, 6.0, 6.0])


@pytest.mark.usefixtures("compiled_here")
@pytest.mark.parametrize("delay", [0.25, 0.6, 1.0])
def test_all_backends_and_the_oracle_agree(delay: float) -> None:
    text = (BODY % (delay, 9, "0.5 * spring")).replace("plain: It runs.", "on_the_way: 3, plain: It runs.")
    model = compile_level(parse_level(level_text(text, ticks=4)))
    same_as_oracle(model)
    same_as_numpy(model, backends.kernel("compiled", model, 1), worlds=2)


def test_a_delay_below_a_tick_is_refused_with_what_to_write() -> None:
    with pytest.raises(LevelError, match=r"a delay takes at least a tick, 0\.25 of a season here"):
        made(0.1, 4)
