"""What looks like chance and is the same in every frame."""

from __future__ import annotations

import math
from functools import lru_cache


@lru_cache(maxsize=1 << 15)
def scatter(number: int) -> float:
    """Return a number between 0 and 1 that looks random and is always the same."""
    return (math.sin(number * 127.1 + 11.7) * 43758.5453) % 1.0
