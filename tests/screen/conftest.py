"""What screens work out beside the picture is made cheap here: of itself it is tested elsewhere."""

from __future__ import annotations

from functools import partial

import pytest

from game.playing import forecast as outlook


@pytest.fixture(autouse=True)
def few_dreams(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fan takes the same room, however few dreams it holds; many would still be dreamt during the next tests."""
    monkeypatch.setattr(outlook, "forecast_bit_by_bit", partial(outlook.forecast_bit_by_bit, dreams=4))
