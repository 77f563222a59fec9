"""What screens work out beside the picture is left out here unless a test asks for it, and luck is the same each time.

Somebody else's dreams would go on through the next tests; a test that looks at
what comes of work in the background uses `dreaming`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import partial
from itertools import count

import pytest

from game.picture.palette import wear
from game.playing import forecast as outlook
from game.playing import standstill

few_dreams = partial(outlook.forecast_bit_by_bit, dreams=4)
all_stops = standstill.stopped_bit_by_bit


def _nothing_yet(*_: object, **__: object) -> Iterator[None]:
    yield from ()


@pytest.fixture(autouse=True)
def few_thoughts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is dreamt, and the seeds of new games are the same in every run."""
    monkeypatch.setattr(outlook, "forecast_bit_by_bit", _nothing_yet)
    monkeypatch.setattr(standstill, "stopped_bit_by_bit", _nothing_yet)
    seeds = count(1)
    monkeypatch.setattr(secrets, "randbelow", lambda below: next(seeds) % below)


@pytest.fixture(autouse=True)
def usual_colours() -> Iterator[None]:
    """Whatever a test lays over the colours is gone after it."""
    yield
    wear()


@pytest.fixture
def dreaming(few_thoughts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forecasts are dreamt, of few worlds: a fan takes the same room however many it holds."""
    monkeypatch.setattr(outlook, "forecast_bit_by_bit", few_dreams)
    monkeypatch.setattr(standstill, "stopped_bit_by_bit", all_stops)
