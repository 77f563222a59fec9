"""The unit in which a number is told: its own, "share" for what lies within 0 and 1 without one, else none."""

from __future__ import annotations

from game.language.ranges import range_of
from game.sim.model import Model

SHARE = "share"  # told in hundredths where people read it
NONE = ""  # a number that counts or measures what its name says


def unit_of(model: Model, name: str) -> str:
    """Return the unit in which a stock or auxiliary is told.

    What has no unit and can leave 0 to 1 is a number and no share: murk 4 of
    10 is not 400 %.  Words of the engine (trust, reach) are shares.
    """
    if name in model.stocks:
        plan, spec = model.stocks[name], model.level.stocks[name]
        # A stock whose level gives it no unit has "share" for one, whatever its range.
        return told_unit(spec.unit if "unit" in spec.model_fields_set else "", plan.low, plan.high)
    if name in model.level.auxiliaries:
        unit = model.level.auxiliaries[name].unit
        return unit or told_unit(unit, *range_of(model.nodes["auxiliaries", name, "is"], model.layout.scope))
    return SHARE


def told_unit(unit: str, low: float, high: float) -> str:
    """Return the unit in which a number between two bounds is told, which may have been given none."""
    return unit or (SHARE if low >= 0.0 and high <= 1.0 else NONE)


def in_hundredths(model: Model, stock: str) -> bool:
    """Return whether a stock on tiles is told in hundredths of a full tile."""
    plan = model.stocks[stock]
    return plan.high == 1.0 and plan.low >= 0.0
