"""Draw every picture of the game as SVG: `python tools/draw_assets.py`.

The pictures are code so that anybody can change a colour everywhere at once,
and so that there is no doubt whose work they are.  Only what SDL's SVG reader
knows is used: shapes and paths with plain fills and strokes; no text, no
`use`, no filters, no clip paths.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # so that its neighbours are found from anywhere

from draw_beasts import beasts
from draw_growth import growth
from draw_homes import homes
from draw_icons import ICONS, LAND_ICONS
from draw_land import land
from draw_life_icons import life_icons
from draw_neutral import neutral
from draw_wilds import wilds
from draw_works import works
from drawing import INK, Dice, circle, ellipse, path, rect, svg

ASSETS = Path(__file__).resolve().parents[1] / "assets"

GREENS = (
    ("#b9a374", "#a18a5c"),
    ("#b5a759", "#9d9349"),
    ("#93a84c", "#7b9440"),
    ("#6b9a3f", "#578636"),
    ("#4d8a38", "#3d7630"),
)


def grass(state: int, variant: int) -> str:
    """Return tufts for one tile: state 0 is bare ground, 4 is lush."""
    dice = Dice(state * 10 + variant + 3)
    body = ""
    if state == 0:
        for _ in range(3):
            x, y = dice.roll(8, 50), dice.roll(12, 54)
            body += path(
                f"M{x:.1f} {y:.1f} q{dice.roll(3, 8):.1f} {dice.roll(-4, 4):.1f} {dice.roll(8, 14):.1f} {dice.roll(-3, 3):.1f}",
                stroke="#8d7650",
                width=1.6,
            )
        for _ in range(3):
            body += ellipse(dice.roll(6, 58), dice.roll(8, 58), dice.roll(1.4, 2.6), dice.roll(1, 1.8), "#9c8866")
        return svg(body)
    light, dark = GREENS[state]
    for _ in range((0, 2, 4, 6, 8)[state]):
        x, y, tall = dice.roll(6, 58), dice.roll(16, 62), dice.roll(6, 8) + 2.2 * state
        for lean in (-4.5, -1.5, 2.0, 5.0)[: 2 + state // 2]:
            body += path(
                f"M{x:.1f} {y:.1f} q{lean * 0.2:.1f} {-tall * 0.6:.1f} {lean:.1f} {-tall:.1f}",
                stroke=dark if lean < 0 else light,
                width=2.2,
            )
    if state == 4 and variant == 1:
        for colour in ("#f4e285", "#f7f3e3", "#d8a7c9"):
            body += circle(dice.roll(10, 54), dice.roll(10, 54), 2.4, colour)
    return svg(body)


def pond(state: int) -> str:
    """Return what swims on water: 0 is murky, 3 is clear."""
    dice = Dice(90 + state)
    body = ""
    for _ in range(2):
        x, y = dice.roll(10, 36), dice.roll(14, 52)
        body += path(
            f"M{x:.1f} {y:.1f} q6 -4 12 0 q5 3 10 0",
            stroke="#d9eef2" if state > 1 else "#b9bf9a",
            width=1.8,
            more='opacity="0.7"',
        )
    if state <= 1:
        for _ in range(4 - 2 * state):
            body += ellipse(
                dice.roll(8, 56), dice.roll(8, 56), dice.roll(3, 7), dice.roll(2, 4), "#8d9a55", 'opacity="0.8"'
            )
    if state == 3:
        body += ellipse(44, 46, 7, 4.5, "#5f9e6e") + circle(46, 44, 2.6, "#f4d6e0")
    return svg(body)


def cow(collar: str) -> str:
    """Return a cow seen from the side, with its household's collar."""
    body = ellipse(32, 53, 19, 4, "#000000", 'opacity="0.15"')
    for x in (19, 25, 37, 43):
        body += rect(x, 38, 4.6, 14, "#e9e2d4", 2, f'stroke="{INK}" stroke-width="1.6"')
    body += path("M12 28 q2 -9 14 -9 h16 q9 0 9 10 q0 13 -10 13 h-18 q-11 0 -11 -14z", "#f8f4ea", INK, 2)
    body += path("M21 19 h16 v13 q-8 4 -16 0 z", collar, INK, 1.6) + ellipse(43, 36, 4.5, 3.6, "#6b4f3a")
    body += path("M12 27 q-5 3 -4 12", stroke=INK, width=2)
    body += rect(46.5, 20, 5.2, 14, collar, 2.4, f'stroke="{INK}" stroke-width="1.2"')
    body += path("M49 18 q9 -3 11 5 q0 9 -6 10 q-6 0 -7 -6z", "#f8f4ea", INK, 2)
    body += ellipse(56.5, 29, 4, 3.2, "#e8b7a8") + circle(53.5, 22.5, 1.3, INK)
    body += path("M50 17 q-2 -5 1 -6 M57 16 q2 -4 0 -6", stroke=INK, width=2)
    return svg(body)


def home(roof: str, mood: int) -> str:
    """Return a house: mood 0 is bitter (shutters closed), 1 uneasy, 2 well."""
    wall = ("#cfc6b4", "#eadfc8", "#f6ead0")[mood]
    body = ellipse(32, 57, 27, 4.5, "#000000", 'opacity="0.16"')
    if mood == 2:
        body += path("M45 12 q-4 -4 0 -7 q4 -3 1 -5", stroke="#ffffff", width=2.6, more='opacity="0.8"')
    body += rect(42, 12, 6, 13, "#9a6b54", 1, f'stroke="{INK}" stroke-width="1.6"')
    body += rect(12, 28, 40, 28, wall, 2, f'stroke="{INK}" stroke-width="2"')
    body += path("M6 31 L32 9 L58 31 L53 35 L32 18 L11 35 Z", roof, INK, 2)
    body += rect(28, 40, 10, 16, "#7b5a41", 3, f'stroke="{INK}" stroke-width="1.6"')
    pane = ("#4b4a45", "#8fa9b5", "#ffe08a")[mood]
    for x in (16, 42):
        body += rect(x, 37, 7, 8, pane, 1, f'stroke="{INK}" stroke-width="1.6"')
        if mood == 0:
            body += path(f"M{x} 37 l7 8 M{x + 7} 37 l-7 8", stroke=INK, width=1.4)
    if mood == 2:
        for x in (17, 20, 44, 47):
            body += circle(x, 54, 2, "#d8738f")
    return svg(body)


def hay(state: int) -> str:
    """Return a stack of hay: 0 is an empty floor, 3 a full barn."""
    body = rect(6, 52, 52, 5, "#a98a5b", 2)
    rows = (
        (),
        ((32, 44),),
        ((22, 44), (42, 44), (32, 32)),
        ((16, 44), (33, 44), (50, 44), (24, 32), (42, 32), (33, 20)),
    )[state]
    for x, y in rows:
        body += rect(x - 9, y - 5, 18, 12, "#e3b94f", 4, f'stroke="{INK}" stroke-width="1.6"')
        body += path(f"M{x - 3} {y - 4} v10 M{x + 4} {y - 4} v10", stroke="#b98d2e", width=1.6)
    return svg(body)


HOUSEHOLDS = ("#df8436", "#579edf", "#3fc780", "#c185b5", "#e6c84a", "#9da39a")


def main() -> None:
    """Write all pictures."""
    tiles, folder = ASSETS / "tiles", ASSETS / "icons"
    tiles.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[Path, str] = {}
    for state in range(5):
        found |= {tiles / f"grass_{state}_{variant}.svg": grass(state, variant) for variant in range(3)}
    parts = land() | growth() | wilds() | works(HOUSEHOLDS) | beasts(HOUSEHOLDS) | homes(HOUSEHOLDS) | neutral()
    found |= {tiles / f"{name}.svg": text for name, text in parts.items()}
    found |= {tiles / f"pond_{state}.svg": pond(state) for state in range(4)}
    found |= {tiles / f"hay_{state}.svg": hay(state) for state in range(4)}
    for index, colour in enumerate(HOUSEHOLDS):
        found[tiles / f"cow_{index}.svg"] = cow(colour)
        found |= {tiles / f"home_{index}_{mood}.svg": home(colour, mood) for mood in range(3)}
    found |= {folder / f"{name}.svg": svg(body) for name, body in (ICONS | LAND_ICONS | life_icons()).items()}
    found[folder / "cow.svg"] = cow("#b08968")
    for file, text in found.items():
        file.write_text(text, encoding="utf-8")
    print(f"drew {len(found)} pictures into {ASSETS}")


if __name__ == "__main__":
    main()
