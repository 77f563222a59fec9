"""Powerdance: an ecosystem game about power over and power with.

The Python interface, loaded when first used:

    level = game.load_level("the_shared_pasture")
    model = game.compile_level(level)
    world = game.new_worlds(model, seeds=range(100))
    world = game.step(model, world, actions)
    table = game.observe(model, world)
    result = game.play(model, "with", seeds=range(100))

Whatever is wrong with a level, a file or an argument raises an error below
`game.PowerdanceError`, whose text says what to do.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.commands.usage import UsageError
    from game.lab.pages import ReportError
    from game.language.errors import ArgumentError, PowerdanceError
    from game.level.problems import LevelError, UnreadableFile
    from game.level.reader import load_level
    from game.level.schema import Level
    from game.record.store import StoreError
    from game.run.backends import BackendError
    from game.run.batch import Result, play
    from game.sim.actions import Actions
    from game.sim.beginning import imagine, new_worlds, twin
    from game.sim.model import Model, compile_level
    from game.sim.observe import observe
    from game.sim.step import step
    from game.sim.world import World

__version__ = "0.1.0"
__all__ = [
    "Actions",
    "ArgumentError",
    "BackendError",
    "Level",
    "LevelError",
    "Model",
    "PowerdanceError",
    "ReportError",
    "Result",
    "StoreError",
    "UnreadableFile",
    "UsageError",
    "World",
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
    "Actions": "game.sim.actions",
    "ArgumentError": "game.language.errors",
    "BackendError": "game.run.backends",
    "Level": "game.level.schema",
    "LevelError": "game.level.problems",
    "Model": "game.sim.model",
    "PowerdanceError": "game.language.errors",
    "ReportError": "game.lab.pages",
    "Result": "game.run.batch",
    "StoreError": "game.record.store",
    "UnreadableFile": "game.level.problems",
    "UsageError": "game.commands.usage",
    "World": "game.sim.world",
    "compile_level": "game.sim.model",
    "imagine": "game.sim.beginning",
    "load_level": "game.level.reader",
    "new_worlds": "game.sim.beginning",
    "observe": "game.sim.observe",
    "play": "game.run.batch",
    "step": "game.sim.step",
    "twin": "game.sim.beginning",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'game' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
