"""What screens work out beside the picture is made cheap here: of itself it is tested elsewhere."""

from __future__ import annotations

from functools import cache, partial

import pytest

from game.level.reader import load_level
from game.playing import outlook
from game.screen import title

read_once = cache(load_level)


@pytest.fixture(autouse=True)
def levels_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every title page would read and check all shipped levels anew."""
    monkeypatch.setattr(title, "load_level", read_once)


@pytest.fixture(autouse=True)
def few_dreams(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fan takes the same room, however few dreams it holds; many would still be dreamt during the next tests."""
    monkeypatch.setattr(outlook, "forecast_bit_by_bit", partial(outlook.forecast_bit_by_bit, dreams=4))
