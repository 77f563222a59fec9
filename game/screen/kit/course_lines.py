"""The courses of a game's numbers as lines of a chart."""

from __future__ import annotations

from game.language.unknown import UnknownKind
from game.playing.shown import Data
from game.screen.kit.chart import MAIN_COLOURS, MAIN_SIGNS, SIGNS, Line
from game.screen.kit.ui import Ui


def chart_lines(ui: Ui, course: Data) -> list[Line]:
    """Return the lines of the course so far, a part of a view: stores, then what the level is about, thick."""
    lines: list[Line] = []
    main = iter(zip(MAIN_COLOURS, MAIN_SIGNS, strict=True))
    for one in course["lines"]:
        match one["of"]:
            case "store":
                who = one["household"]
                colour, thick, sign = ui.colours.household(who), False, SIGNS[who % len(SIGNS)]
            case "level":
                name, sign = next(main)
                colour, thick = ui.colours[name], True
            case "first time":
                colour, thick, sign = ui.colours["faint"], True, "ring"
            case _:
                raise UnknownKind("line of a course", one["of"], "chart_lines in game/screen/kit/course_lines.py")
        lines.append(Line(one["name"], one["values"], colour, thick, sign))
    return lines
