"""The self-test of the arithmetic passes here, and notices arithmetic that is not what the rules expect."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest

from game import cli
from game.sim import selftest, totals


def test_it_passes_here() -> None:
    assert selftest.self_test()
    assert selftest.digest() == selftest.digest()


def one_bit_more(curve: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray], np.ndarray]:
    """What fusing a multiplication with an addition does: another last bit."""
    return lambda values: np.nextafter(curve(values), 2.0)


def in_another_order(values: np.ndarray, axis: int) -> np.ndarray:
    return np.cumsum(values, axis=axis).take([-1], axis=axis)


@pytest.mark.parametrize(
    ("place", "name", "other"),
    [
        (selftest, "_curve", one_bit_more(selftest._curve)),
        (totals, "halving_total", in_another_order),
        (selftest, "_smallest", lambda: [0.0, 0.0, 0.0]),
    ],
    ids=["another last bit", "another order of a total", "smallest numbers taken for zero"],
)
def test_it_notices(place: ModuleType, name: str, other: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, name, other)
    assert not selftest.self_test()


def test_a_failing_self_test_is_said_and_is_exit_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(selftest, "EXPECTED", "0" * 64)
    assert cli.main(["--version"]) == 1
    assert "self-test FAILED" in capsys.readouterr().out
