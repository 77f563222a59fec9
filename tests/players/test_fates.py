"""The same decisions under other lucks."""

from __future__ import annotations

import numpy as np

from game.insight.played import played
from game.players.fates import Fates, fates, verdict
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.world import WON
from tests.sim.levels import candidate, tiny

DICE = """
stocks:
  coins: {at: world, kind: state, range: [0, 100], start: 10, varies: 0.5, plain: Coins.}
actions:
  earn: {mode: over, family: take, target: world, plain: Earn., now: [{of: coins, add: 10}]}
objective: coins
"""
GOAL = "- {id: rich, plain: Rich., hold: coins >= %s, at: end}"


def fates_of(needed: float, plan: list[str]) -> Fates:
    model = tiny(DICE, goals=GOAL % needed, seasons=2)
    plans = [Actions.planned(model, {0: [candidate(model, name) for name in plan]})] * 2
    return fates(played(model, new_worlds(model, [3]), plans), (0,), ("idle",), count=50)


def test_a_goal_within_everybodys_reach_is_reached_under_every_luck() -> None:
    assert fates_of(20, ["earn"]).won == 1.0
    assert fates_of(20, []).won == 0.0


def test_a_goal_at_the_edge_is_reached_as_often_as_luck_allows() -> None:
    found = fates_of(30, ["earn"])  # 20 earned, and 5 to 15 to start with
    assert 0.25 < found.won < 0.75
    assert found.won == float((found.objectives >= 30).mean())


def test_the_verdict_tells_luck_from_choice() -> None:
    def of(share: float, outcome: int) -> str:
        outcomes = np.where(np.arange(100) < 100 * share, WON, 3)
        return verdict(tiny(DICE), Fates(outcomes, np.zeros(100), 0.0, outcome))

    assert of(0.95, WON) == "With the same decisions 95 of 100 other games are won: your choices decided."
    assert of(0.95, 3).endswith("and you had bad luck.")
    assert of(0.05, WON).endswith("and you had good luck.")
    assert of(0.5, WON).endswith("luck had its share.")
