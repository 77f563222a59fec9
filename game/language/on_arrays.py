"""The functions of single values on whole arrays at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.language.elementwise import function_of_values

Values = NDArray[np.float64] | float


class ArrayWords:
    """The words of formulas for arrays."""

    absolute = staticmethod(np.abs)
    floor = staticmethod(np.floor)
    sqrt = staticmethod(np.sqrt)
    larger = staticmethod(np.maximum)
    smaller = staticmethod(np.minimum)
    pick = staticmethod(np.where)

    def let(self, x: Values) -> Values:
        """The same values."""
        return x


WORDS = ArrayWords()


def on_arrays(name: str, *values: Values) -> Any:
    """Return the value of a function, element by element.  Raises UnknownKind."""
    return function_of_values(name).formula(WORDS, *values)
