"""Powerdance: an ecosystem game about power over and power with.

The Python interface, loaded when first used:

    level = game.load_level("the_shared_pasture")
    model = game.compile_level(level)
    world = game.new_worlds(model, seeds=range(100))
    world = game.step(model, world, actions)
    table = game.observe(model, world)
    result = game.play(model, "with", seeds=range(100))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.level.reader import load_level
    from game.run.batch import Result, play
    from game.sim.actions import Actions
    from game.sim.beginning import imagine, new_worlds, twin
    from game.sim.model import compile_level
    from game.sim.observe import observe
    from game.sim.step import step

__all__ = [
    "Actions",
    "Result",
    "compile_level",
    "imagine",
    "load_level",
    "new_worlds",
    "observe",
    "play",
    "step",
    "twin",
]

_HOMES = {
    "load_level": "game.level.reader",
    "play": "game.run.batch",
    "Result": "game.run.batch",
    "Actions": "game.sim.actions",
    "compile_level": "game.sim.model",
    "observe": "game.sim.observe",
    "step": "game.sim.step",
    "imagine": "game.sim.beginning",
    "new_worlds": "game.sim.beginning",
    "twin": "game.sim.beginning",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'game' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
