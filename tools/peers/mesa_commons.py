"""Ticks a second of a shared pasture written with Mesa, as JSON; run by tools/bench_peers.py.

The same size and the same kind of sums as the shared pasture: 24 x 16 tiles
of grass that grows back and spreads, and four households whose herds graze on
all of them.  It leaves out soil, rain, stores, trust and everything else our
level has, so it does less work a tick.  Written twice: with an agent for each
tile, as Mesa's own examples are, and with a property layer, Mesa's fast way.
"""

import json
import sys
import time

import mesa  # type: ignore[import-not-found]
import numpy as np
from mesa.discrete_space import FixedAgent, OrthogonalMooreGrid  # type: ignore[import-not-found]

WIDTH, HEIGHT, HOUSEHOLDS, TICKS = 24, 16, 4, 8
GROWTH, APPETITE, HALF, SPREAD = 0.3, 0.02, 0.3, 0.02


class Grass(FixedAgent):  # type: ignore[misc]
    """The grass on one tile."""

    def __init__(self, model: mesa.Model, cell: mesa.discrete_space.Cell) -> None:
        super().__init__(model)
        self.cell = cell
        self.height = 0.5 + 0.1 * self.random.random()

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
        self.herd, self.fodder = 8.0, 5.0

    def graze(self) -> None:
        """Take from every tile what the herd can reach there."""
        for patch in self.model.patches:
            eaten = min(APPETITE * self.herd * patch.height / (patch.height + HALF) / TICKS, patch.height)
            patch.height -= eaten
            self.fodder += eaten
        self.fodder -= min(self.fodder, 0.1 * self.herd / TICKS)


class AgentPasture(mesa.Model):  # type: ignore[misc]
    """An agent for each tile."""

    def __init__(self) -> None:
        super().__init__(seed=1)
        self.grid = OrthogonalMooreGrid((WIDTH, HEIGHT), torus=False, random=self.random)
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
        self.grid = OrthogonalMooreGrid((WIDTH, HEIGHT), torus=False, random=self.random)
        self.layer = self.grid.create_property_layer("grass", default_value=0.55, dtype=float)
        self.herds, self.fodder = np.full(HOUSEHOLDS, 8.0), np.full(HOUSEHOLDS, 5.0)

    def step(self) -> None:
        """Let one tick pass."""
        grass = self.layer.data
        padded = np.pad(grass, 1, mode="edge")
        around = sum(
            padded[1 + y : 1 + y + WIDTH, 1 + x : 1 + x + HEIGHT] for y in (-1, 0, 1) for x in (-1, 0, 1) if x or y
        )
        grass = grass + (GROWTH * grass * (1.0 - grass) + SPREAD * (around / 8.0 - grass)) / TICKS
        for index, herd in enumerate(self.herds):
            eaten = np.minimum(APPETITE * herd * grass / (grass + HALF) / TICKS, grass)
            grass = grass - eaten
            self.fodder[index] += eaten.sum()
        self.fodder -= np.minimum(self.fodder, 0.1 * self.herds / TICKS)
        self.layer.data = np.clip(grass, 0.0, 1.0)


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
