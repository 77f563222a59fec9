"""Draws docs/pictures/architecture.svg: the floors of the engine, and three ways through them.

python tools/draw_architecture.py
"""

from __future__ import annotations

from html import escape
from pathlib import Path

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "architecture.svg"
WIDE, HIGH, TOP, LEFT, ROOM = 1180, 56, 84, 24, 560  # a floor's height, the first one's top, and the room for boxes
INK, SOFT, PAPER, BOX, EDGE = "#3b2f2f", "#75685c", "#fbf6ea", "#ffffff", "#c9b98f"

# From the top: every floor with its folders, and in a few words what each is for.
FLOORS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("cli", "reads the command line"),),
    (("commands", "one file a command"),),
    (("screen", "the window: kit, pages, table"),),
    (
        ("terminal", "the text game"),
        ("record", "games kept, tables"),
        ("lab", "reports"),
        ("bench", "speed"),
    ),
    (("playing", "a game in play"), ("run", "many games, claims")),
    (("telling", "numbers in words"), ("players", "policies, planners")),
    (("insight", "why things are so"), ("picture", "the land drawn"), ("music", "follows the dials")),
    (("sim", "model, world, one season (compiled: the same in machine code)"),),
    (("level", "YAML read, merged, checked"),),
    (("language", "formulas, parsed into one form"),),
)
# Each way: its colour, and from its first step to its last the folder it touches and what happens there.
WAYS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "One level",
        "#2a7f8e",
        (
            ("level", "YAML → Level"),
            ("sim", "Model, World, step"),
            ("record", "CSV, Parquet"),
            ("screen", "board, numbers"),
        ),
    ),
    (
        "One click",
        "#b5533c",
        (
            ("screen", "Table asks for it"),
            ("playing", "Session plans, ends"),
            ("sim", "step"),
            ("telling", "what is said of it"),
        ),
    ),
    (
        "One claim",
        "#7a5aa6",
        (
            ("commands", "balance"),
            ("playing", "run: ClaimPlan, Study"),
            ("players", "policies plan"),
            ("sim", "step, measure"),
            ("record", "lab: the page"),
        ),
    ),
)


def words(x: float, y: float, text: str, size: int = 14, colour: str = INK, more: str = "") -> str:
    """Return a line of text, `y` its baseline."""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}"{more}>{escape(text)}</text>'


def top_of(folder: str) -> int:
    """Return the top of the floor on which a folder stands."""
    return TOP + HIGH * next(number for number, boxes in enumerate(FLOORS) if folder in dict(boxes))


def floors() -> list[str]:
    """Return the floors with their boxes."""
    parts = []
    for number, boxes in enumerate(FLOORS):
        y = TOP + number * HIGH
        if number:
            parts.append(f'<path d="M{LEFT} {y} H{WIDE - LEFT}" stroke="{EDGE}" stroke-dasharray="2 5"/>')
        wide = (ROOM - 8 * (len(boxes) - 1)) / len(boxes)
        for place, (name, text) in enumerate(boxes):
            x = LEFT + place * (wide + 8)
            box = f'x="{x:g}" y="{y + 5}" width="{wide:g}" height="{HIGH - 10}" rx="8"'
            parts.append(f'<rect {box} fill="{BOX}" stroke="{EDGE}"/>')
            parts.append(words(x + 10, y + 24, name, 15, INK, ' font-weight="bold"'))
            parts.append(words(x + 10, y + 42, text, 12, SOFT))
    return parts


def ways() -> list[str]:
    """Return the three ways: a line each, with a dot wherever it does something, numbered in its order."""
    parts = []
    for lane, (title, colour, steps) in enumerate(WAYS):
        x = LEFT + ROOM + 34 + lane * 192
        middles = [top_of(folder) + HIGH // 2 for folder, _ in steps]
        parts.append(words(x - 12, TOP - 14, title, 15, colour, ' font-weight="bold"'))
        parts.append(f'<path d="M{x} {min(middles)} V{max(middles)}" stroke="{colour}" stroke-width="3"/>')
        for number, (y, (_, text)) in enumerate(zip(middles, steps, strict=True), 1):
            parts.append(f'<circle cx="{x}" cy="{y}" r="11" fill="{colour}"/>')
            parts.append(words(x, y + 5, str(number), 13, "#ffffff", ' text-anchor="middle" font-weight="bold"'))
            parts.append(words(x + 18, y + 5, text, 13))
    return parts


def drawing() -> str:
    """Return the whole picture as SVG."""
    high = TOP + HIGH * len(FLOORS) + 18
    box = f'viewBox="0 0 {WIDE} {high}" width="{WIDE}" height="{high}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="Helvetica, Arial, sans-serif">'
    paper = f'<rect width="{WIDE}" height="{high}" fill="{PAPER}"/>'
    title = words(LEFT, 34, "Imports go down, never up", 20, INK, ' font-weight="bold"')
    below = words(LEFT, TOP - 14, "Folders of game/, from the command line to the formulas", 13, SOFT)
    return "\n".join([head, paper, title, below, *floors(), *ways(), "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(drawing(), encoding="utf-8", newline="\n")
    print(f"wrote {PICTURE.name}")
