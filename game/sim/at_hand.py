"""Which way seasons are played where nobody says: compiled, once that is at hand for a model, and until then NumPy.

Both give the same bits.  Whoever plays asks for his model; whoever can
compile answers in his own time, and nobody waits for it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a window opens before the engine is loaded
    from game.sim.model import Model

KEPT = 4  # models whose compiled seasons are kept

_at_hand: deque[tuple[Model, Any]] = deque(maxlen=KEPT)
_asked: list[Callable[[Model], None]] = []


def put(model: Model, season: Any) -> None:
    """Let the seasons of this very model be played by `season` from now on (`game.sim.step.Ticks`)."""
    _at_hand.append((model, season))


def found(model: Model) -> Any:
    """Return what plays the seasons of a model; None where only NumPy does."""
    return next((season for one, season in reversed([*_at_hand]) if one is model), None)


def ask(model: Model) -> None:
    """Ask for compiled seasons of a model; nothing happens where nobody makes any."""
    for make in _asked:
        make(model)


def answer(make: Callable[[Model], None] | None) -> None:
    """Let `make` be told from now on which models are played; None: nobody, and nothing is kept."""
    _asked[:] = [] if make is None else [make]
    if make is None:
        _at_hand.clear()
