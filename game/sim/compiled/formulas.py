"""The formulas of `game.language.elementwise` as text of a compiled kernel."""

from __future__ import annotations

from collections.abc import Callable

from game.language.elementwise import function_of_values


class Text:
    """A part of a formula as text; what is calculated with it becomes text as well."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def _with(self, sign: str, other: object, turned: bool = False) -> Text:
        ends = (_written(other), self.text) if turned else (self.text, _written(other))
        return Text(f"({ends[0]} {sign} {ends[1]})")

    def __add__(self, other: object) -> Text:
        return self._with("+", other)

    def __radd__(self, other: object) -> Text:
        return self._with("+", other, turned=True)

    def __sub__(self, other: object) -> Text:
        return self._with("-", other)

    def __rsub__(self, other: object) -> Text:
        return self._with("-", other, turned=True)

    def __mul__(self, other: object) -> Text:
        return self._with("*", other)

    def __rmul__(self, other: object) -> Text:
        return self._with("*", other, turned=True)

    def __truediv__(self, other: object) -> Text:
        return self._with("/", other)

    def __rtruediv__(self, other: object) -> Text:
        return self._with("/", other, turned=True)

    def __lt__(self, other: object) -> Text:
        return self._with("<", other)

    def __gt__(self, other: object) -> Text:
        return self._with(">", other)


def _written(value: object) -> str:
    return value.text if isinstance(value, Text) else repr(float(value))  # type: ignore[arg-type]


class TextWords:
    """The words of formulas as they stand in the text of a kernel: functions of `lanes`.

    `name` writes a line for a text and returns the name that holds its value from then on.
    """

    def __init__(self, name: Callable[[str], str]) -> None:
        self.name = name

    def let(self, x: object) -> object:
        """The same value under a name; a plain number needs none."""
        return Text(self.name(x.text)) if isinstance(x, Text) else x

    def _call(self, word: str, *values: object) -> Text:
        return Text(f"{word}({', '.join(_written(value) for value in values)})")

    def absolute(self, x: object) -> Text:
        """The distance from 0."""
        return self._call("absolute", x)

    def floor(self, x: object) -> Text:
        """The whole number at or below."""
        return self._call("floor", x)

    def sqrt(self, x: object) -> Text:
        """The square root."""
        return self._call("sqrt", x)

    def larger(self, x: object, y: object) -> Text:
        """The larger of two values."""
        return self._call("larger", x, y)

    def smaller(self, x: object, y: object) -> Text:
        """The smaller of two values."""
        return self._call("smaller", x, y)

    def pick(self, condition: object, then: object, otherwise: object) -> Text:
        """One of two values."""
        return self._call("pick", condition, then, otherwise)


FUNCTION = """

@compiled
def {name}_of({values}):
    {lines}
"""


def function_text(name: str) -> str:
    """Return a function of single values as a function of plain numbers in the text of a kernel."""
    function = function_of_values(name)
    lines: list[str] = []

    def let(text: str) -> str:
        lines.append(f"v{len(lines)} = {text}")
        return f"v{len(lines) - 1}"

    values = [f"x{index}" for index in range(function.arity)]
    found = function.formula(TextWords(let), *(Text(value) for value in values))
    lines.append(f"return {found}")
    return FUNCTION.format(name=name, values=", ".join(values), lines="\n    ".join(lines))
