"""Closed sets: what goes round in them is neither made nor lost."""

from __future__ import annotations

import numpy as np
import pytest

from game.level.problems import LevelError
from game.level.reader import parse_level
from game.run.claims import check_claims
from game.sim.beginning import new_worlds
from game.sim.closed import closed_total
from game.sim.step import step
from tests.sim.levels import level_text, tiny

ROUND = """
stocks:
  air:   {at: world, kind: matter, range: [0, 900], start: 40, varies: 0.2, plain: Air.}
  green: {at: tile, kind: matter, range: [0, 50], start: 3, varies: 0.3, plain: Green.}
  flesh: {at: community, kind: matter, range: [0, 90], start: 2, plain: Flesh.}
flows:
  growing:   {from: air, to: green, rate: "0.03 * green * (1 - green / 9) * air / (air + 10)", plain: G.}
  eating:    {from: green, to: flesh, per: community, rate: "0.1 * green * flesh / (flesh + 3)", plain: E.}
  breathing: {from: flesh, to: air, delay: 3, on_the_way: 2, rate: "0.2 * flesh", plain: B.}
closed:
  carbon: {stocks: [air, green, flesh], plain: Carbon goes round.}
"""
CLAIM = """
claims:
  - id: round
    plain: Nothing is lost.
    seats: {all: [idle]}
    measure: drift(carbon) < 1e-9
    share_of_seeds: {at_least: 0.9}
    control: {plain: A leak is seen., change: {breathing.to: outside}, then: {at_most: 0.05}}
"""


def test_the_total_stays_what_it_was_with_what_is_on_its_way() -> None:
    model = tiny(ROUND)
    world = new_worlds(model, range(20))
    start = closed_total(model, world, "carbon")
    for _ in range(15):
        world = step(model, world)
    assert closed_total(model, world, "carbon") == pytest.approx(start, rel=1e-12)
    assert np.ptp(start) > 1.0  # not the same in every world, so not a constant either


def test_a_level_that_leaks_is_refused() -> None:
    with pytest.raises(LevelError, match=r'from "flesh" to "outside", and "carbon" is closed'):
        parse_level(level_text(ROUND.replace("from: flesh, to: air", "from: flesh, to: outside")))


def test_only_matter_goes_round() -> None:
    text = ROUND.replace("flesh]", "mood]") + "  \n"
    text = text.replace("flows:", "  mood: {at: world, kind: state, range: [0, 1], start: 0, plain: M.}\nflows:")
    with pytest.raises(LevelError, match="only matter goes round"):
        parse_level(level_text(text))


def test_a_claim_tells_a_closed_cycle_from_a_leak() -> None:
    [verdict] = check_claims(parse_level(level_text("objective: mean(green)\n" + ROUND + CLAIM)), range(60))
    assert verdict.measured == 1.0 and verdict.control_measured == 0.0
