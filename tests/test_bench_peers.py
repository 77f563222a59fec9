"""The comparison with other engines compares the right way round and says what it could not install."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import game as powerdance

FILE = Path(__file__).resolve().parents[1] / "tools" / "bench_peers.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_peers", FILE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_times_says_how_many_times_as_fast_ours_are(tool: ModuleType) -> None:
    best = {"commons_harvest": 100.0, "Powerdance pasture": 400.0, "Mesa": 50.0}
    assert tool.times(best) == {"Powerdance pasture": {"commons_harvest": 4.0, "Mesa": 8.0}}


def test_what_is_missing_is_said_and_the_rest_is_shown(tool: ModuleType) -> None:
    text = tool.table({"Powerdance pasture": 4.0, "Mesa": 2.0}, {"dmlab2d": "ERROR: no matching distribution"})
    assert "dmlab2d could not be installed for this Python: ERROR: no matching" in text and "2.00" in text


def test_every_peer_has_its_program(tool: ModuleType) -> None:
    assert all((tool.PEERS / name).is_file() for name in (*tool.WANTED, "ours.py"))


def test_the_commons_that_mesa_has_too_is_the_same_commons(tool: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tool.PEERS)
    sums = importlib.import_module("commons_sums")
    model = powerdance.compile_level(powerdance.load_level(str(tool.PEERS / "equal_commons.yaml")))
    world = powerdance.new_worlds(model, [3])
    grass, herds = world.stock["grass"][0, 0, :, :, 0], world.stock["herd"][:, 0, 0, 0, 0]
    fodder = world.stock["fodder"][:, 0, 0, 0, 0]
    assert (grass.shape, len(herds), model.level.seasons.ticks) == ((sums.ROWS, sums.COLUMNS), sums.HOUSEHOLDS, 8)
    for _ in range(10):
        world = powerdance.step(model, world)
        for _ in range(sums.TICKS):
            grass, fodder = sums.tick(grass, herds, fodder)
        assert world.stock["grass"][0, 0, :, :, 0] == pytest.approx(grass, rel=1e-9)
        assert world.stock["fodder"][:, 0, 0, 0, 0] == pytest.approx(fodder, rel=1e-9)
    assert np.ptp(grass) > 0.01 and fodder.min() > 6.0
