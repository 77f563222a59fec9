"""One threshold in one place: whom one may make amends to is called aggrieved, and nobody milder is."""

from __future__ import annotations

import pytest

from game.language.nodes import Compare, Constant, StockName
from game.level.library import shipped_levels
from game.level.reader import load_level
from game.sim.model import compile_level
from game.telling.words import AGGRIEVED, mood


@pytest.mark.parametrize("level", [path.stem for path in shipped_levels()])
def test_whoever_is_called_aggrieved_holds_enough_against_somebody_to_be_put_right(level: str) -> None:
    model = compile_level(load_level(level))
    bounds = [
        float(node.right.value)
        for path, node in model.nodes.items()
        if path[0] == "actions" and "when" in path
        if isinstance(node, Compare) and isinstance(node.left, StockName) and isinstance(node.right, Constant)
        if node.left.name in model.feelings.wronged and node.operator == ">"
    ]
    assert all(bound == AGGRIEVED for bound in bounds)


def test_below_that_people_are_uneasy_at_most() -> None:
    assert mood(AGGRIEVED) == "aggrieved" and mood(AGGRIEVED - 0.001) == "uneasy"
