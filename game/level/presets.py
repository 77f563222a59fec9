"""What a preset of difficulty changes in a level: plain values, and values multiplied within their bounds."""

from __future__ import annotations

from typing import Any

from game.level.merge import find_value
from game.level.ruleset_schema import Preset


def changes_of(data: dict[str, Any], preset: Preset) -> dict[str, Any]:
    """Return the values that a preset gives to level data, by dotted name.

    What is multiplied stays in its bounds; a value that is written has the last word.
    """
    found: dict[str, Any] = {}
    for name, factor in preset.times.items():
        value = find_value(data, name)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            low, high = _bounds(data, name)
            found[name] = min(max(value * factor, low), high)
    return found | preset.change


def _bounds(data: dict[str, Any], name: str) -> tuple[float, float]:
    """Return between which bounds a value may be multiplied: those of its number or of its stock, if it has any."""
    head = name.split(".")[0]
    number = data.get("numbers", {}).get(head)
    if number is not None:
        return float(number["low"]), float(number["high"])
    stock = data.get("stocks", {}).get(head)
    if stock is not None and name == f"{head}.start":
        return float(stock["range"][0]), float(stock["range"][1])
    chance = name.split(".")[-1] in ("chance", "odds")
    return (0.0, 1.0) if chance else (-1e12, 1e12)
