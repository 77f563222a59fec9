"""Ticks a second of a shared pasture written with Mesa, as JSON; run by tools/bench_peers.py.

24 x 16 tiles of grass that grows back and spreads, and four households whose
herds graze on all of them.  Written twice: with an agent for each tile, as
Mesa's own examples are, and with a property layer, Mesa's fast way, whose
sums are those of `equal_commons.yaml`, number for number (a test holds it).
The shared pasture itself has soil, rain, stores, trust and everything else
besides, so it does far more work a tick.
"""

import json
import sys
import time
from pathlib import Path

import mesa  # type: ignore[import-not-found]
import numpy as np
from mesa.discrete_space import FixedAgent, OrthogonalMooreGrid  # type: ignore[import-not-found]

sys.path.insert(0, str(Path(__file__).resolve().parent))

from commons_sums import (
    APPETITE,
    COLUMNS,
    EATEN,
    FODDER,
    GRASS,
    GROWTH,
    HALF,
    HERD,
    HOUSEHOLDS,
    ROWS,
    SPREAD,
    TICKS,
    tick,
)


class Grass(FixedAgent):  # type: ignore[misc]
    """The grass on one tile."""

    def __init__(self, model: mesa.Model, cell: mesa.discrete_space.Cell) -> None:
        super().__init__(model)
        self.cell = cell
        self.height = GRASS + 0.1 * self.random.random()

    def grow(self) -> None:
        """Grow back, towards a full tile, and towards the neighbours' height."""
        around = [agent.height for cell in self.cell.neighborhood for agent in cell.agents if agent is not self]
        mean = sum(around) / len(around)
        growth = GROWTH * self.height * (1.0 - self.height) + SPREAD * (mean - self.height)
        self.height = min(max(self.height + growth / TICKS, 0.0), 1.0)


class Household(mesa.Agent):  # type: ignore[misc]
    """A household with a herd, which grazes on every tile."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.herd, self.fodder = HERD, FODDER

    def graze(self) -> None:
        """Take from every tile what the herd can reach there."""
        for patch in self.model.patches:
            eaten = min(APPETITE * self.herd * patch.height / (patch.height + HALF) / TICKS, patch.height)
            patch.height -= eaten
            self.fodder += eaten
        self.fodder -= EATEN * self.fodder / TICKS


class AgentPasture(mesa.Model):  # type: ignore[misc]
    """An agent for each tile."""

    def __init__(self) -> None:
        super().__init__(seed=1)
        self.grid = OrthogonalMooreGrid((ROWS, COLUMNS), torus=False, random=self.random)
        self.patches = [Grass(self, cell) for cell in self.grid.all_cells]
        self.households = [Household(self) for _ in range(HOUSEHOLDS)]

    def step(self) -> None:
        """Let one tick pass."""
        self.agents_by_type[Grass].do("grow")
        self.agents_by_type[Household].do("graze")


class LayerPasture(mesa.Model):  # type: ignore[misc]
    """All grass in one property layer."""

    def __init__(self) -> None:
        super().__init__(seed=1)
        self.grid = OrthogonalMooreGrid((ROWS, COLUMNS), torus=False, random=self.random)
        self.layer = self.grid.create_property_layer("grass", default_value=GRASS, dtype=float)
        self.herds, self.fodder = np.full(HOUSEHOLDS, HERD), np.full(HOUSEHOLDS, FODDER)

    def step(self) -> None:
        """Let one tick pass."""
        self.layer.data, self.fodder = tick(self.layer.data, self.herds, self.fodder)


def ticks_per_second(model: mesa.Model, seconds: float) -> float:
    """Return how many ticks this core makes in a second."""
    model.step()
    ticks, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        model.step()
        ticks += 1
    return ticks / (time.perf_counter() - start)


if __name__ == "__main__":
    length = float(sys.argv[1])
    print(
        json.dumps(
            {
                f"Mesa {mesa.__version__}, an agent for each tile": ticks_per_second(AgentPasture(), length),
                f"Mesa {mesa.__version__}, a property layer": ticks_per_second(LayerPasture(), length),
            }
        )
    )
