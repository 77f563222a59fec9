"""The comparison with other engines compares the right way round and says what it could not install."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

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
