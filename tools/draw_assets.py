"""Draw every picture of the game as SVG: `python tools/draw_assets.py`.

The pictures are code so that anybody can change a colour everywhere at once,
and so that there is no doubt whose work they are.  Only what SDL's SVG reader
knows is used: shapes and paths with plain fills and strokes; no text, no
`use`, no filters, no clip paths.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # so that its neighbours are found from anywhere

from draw_land import land
from drawing import INK, Dice, circle, ellipse, path, rect, star_points, svg

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


def cloud(fill: str) -> str:
    """Return one cloud."""
    return path("M16 42 q-10 -1 -9 -10 q1 -8 10 -8 q3 -11 14 -10 q11 0 13 10 q11 -1 12 9 q0 9 -10 9z", fill, INK, 2.4)


def icons() -> dict[str, str]:
    """Return every icon by name; they are drawn in ink on nothing, so that they tell without colour."""
    ray = "".join(
        path(
            f"M{32 + 18 * math.cos(a):.1f} {32 + 18 * math.sin(a):.1f} L{32 + 26 * math.cos(a):.1f} {32 + 26 * math.sin(a):.1f}",
            stroke="#d99a1c",
            width=4,
        )
        for a in [math.pi * step / 4 for step in range(8)]
    )
    person = circle(32, 18, 9, "#f6ead0", f'stroke="{INK}" stroke-width="3"') + path(
        "M14 54 q0 -24 18 -24 q18 0 18 24z", "#8aa8b8", INK, 3
    )
    two = (
        circle(22, 22, 8, "#f6ead0", f'stroke="{INK}" stroke-width="3"')
        + path("M8 54 q0 -20 14 -20 q14 0 14 20z", "#e0a458", INK, 3)
        + circle(43, 22, 8, "#f6ead0", f'stroke="{INK}" stroke-width="3"')
        + path("M29 54 q0 -20 14 -20 q14 0 14 20z", "#5b9aa9", INK, 3)
    )
    fence = "".join(path(f"M{x} 54 V18 l5 -7 l5 7 V54 z", "#c99a62", INK, 2.6) for x in (8, 27, 46)) + path(
        "M4 28 H60 M4 44 H60", stroke=INK, width=3.4
    )
    scale = (
        path("M32 10 V54 M20 54 H44 M12 18 H52", stroke=INK, width=3.4)
        + path("M4 38 L12 20 L20 38 q-8 8 -16 0z", "#e3b94f", INK, 2.4)
        + path("M44 38 L52 20 L60 38 q-8 8 -16 0z", "#e3b94f", INK, 2.4)
    )
    eye = (
        path("M5 32 q27 -28 54 0 q-27 28 -54 0z", "#ffffff", INK, 3)
        + circle(32, 32, 9, "#5b9aa9")
        + circle(32, 32, 4, INK)
    )
    heart = path("M32 55 C6 36 8 12 23 13 q7 0 9 8 q2 -8 9 -8 C56 12 58 36 32 55z", "#c9475f", INK, 3)
    drop = path("M32 7 q20 25 20 35 q0 14 -20 14 q-20 0 -20 -14 q0 -10 20 -35z", "#5fa3c7", INK, 3)
    basket = path("M8 28 H56 L50 54 H14 Z", "#c99a62", INK, 3) + path("M16 28 q16 -26 32 0", stroke=INK, width=3)
    return {
        "sun": circle(32, 32, 13, "#f4c542", 'stroke="#d99a1c" stroke-width="3"') + ray,
        "sun_hot": circle(32, 32, 15, "#e4672f", f'stroke="{INK}" stroke-width="3"') + ray,
        "sun_out": circle(32, 32, 13, "#e6dcc6", 'stroke="#a89f8c" stroke-width="3"')
        + ray.replace("#d99a1c", "#cdbfa3"),
        "heart": heart,
        "drop": drop,
        "person": person,
        "hands": two,
        "fence": fence,
        "scale": scale,
        "eye": eye,
        "store": basket,
        "cloud": cloud("#8d86a0"),
        "cloud_light": cloud("#e6e9ee"),
        "ear": path(
            "M22 54 q-4 -8 -4 -16 q-6 -30 16 -30 q18 0 18 18 q0 10 -9 15 q-4 3 -5 9 q-2 9 -10 8 q-5 0 -6 -4z",
            "#f1cfb4",
            INK,
            3,
        )
        + path("M26 30 q0 -12 9 -12 q8 0 7 9 q-2 6 -8 8", stroke=INK, width=3),
        "cow": cow("#b08968").split(">", 1)[1].rsplit("</svg>", 1)[0],
        "grass": "".join(
            path(f"M32 56 q{lean * 0.3:.0f} -24 {lean} -{tall}", stroke=colour, width=5)
            for lean, tall, colour in (
                (-20, 30, "#578636"),
                (-9, 42, "#6b9a3f"),
                (2, 46, "#4d8a38"),
                (12, 40, "#6b9a3f"),
                (22, 28, "#578636"),
            )
        ),
        "barn": path("M8 56 V30 L32 10 L56 30 V56 Z", "#b5533c", INK, 3)
        + path("M22 56 V38 H42 V56 M22 38 L42 56 M42 38 L22 56", stroke="#f6ead0", width=3),
        "speech": path(
            "M8 12 H56 q3 0 3 4 V38 q0 4 -4 4 H30 L18 55 V42 H9 q-4 0 -4 -4 V16 q0 -4 3 -4z", "#ffffff", INK, 3
        )
        + path("M16 22 H48 M16 32 H40", stroke=INK, width=3),
        "hearth": path("M10 56 V30 q22 -34 44 0 V56z", "#9a6b54", INK, 3)
        + path("M22 56 q-4 -14 10 -26 q14 12 10 26z", "#f4b942", INK, 2.4),
        "hand": path(
            "M20 56 V34 L12 26 q-2 -6 4 -5 L24 30 V12 q4 -5 6 0 V27 V9 q4 -4 6 0 V27 V13 q4 -4 6 0 V40 q0 8 -6 16z",
            "#f1cfb4",
            INK,
            3,
        ),
        "soil": path("M6 36 H58 V56 H6z", "#8a5a3c", INK, 3)
        + path("M14 36 q4 -16 10 -18 M32 36 q0 -18 8 -24 M48 36 q-3 -10 3 -14", stroke="#578636", width=4),
        "muck": path(
            "M12 54 q-6 -10 6 -14 q-4 -10 8 -12 q0 -10 8 -16 q4 10 6 14 q10 2 6 14 q12 4 6 14z", "#7d6b3d", INK, 3
        ),
        "knot": path("M8 24 q24 -20 40 8 q8 18 -10 18 q-20 0 -14 -18 q8 -18 32 -12", stroke="#81896b", width=6)
        + path("M8 24 h-3 M56 20 h3", stroke=INK, width=4),
        "meal": circle(32, 34, 20, "#ffffff", f'stroke="{INK}" stroke-width="3"')
        + circle(32, 34, 11, "#e0a458")
        + path("M8 12 V54 M56 12 q-8 12 0 20 V54", stroke=INK, width=3.4),
        "gate": path("M8 56 V14 M56 56 V14", stroke=INK, width=6)
        + path("M12 22 L42 12 M12 34 L42 26 M12 46 L42 40 M42 10 V42", stroke="#a9713c", width=4.5),
        "boots": path("M14 8 H28 V38 q14 2 16 10 v6 H14z", "#8a5a3c", INK, 3)
        + path("M14 54 H46", stroke=INK, width=5)
        + path("M50 20 l6 4 l-6 4", stroke=INK, width=3),
        "leaf": path("M12 52 C6 20 30 8 56 10 C58 38 42 56 12 52z", "#6b9a3f", INK, 3)
        + path("M12 52 Q30 34 48 18", stroke=INK, width=3),
        "bed": path("M6 50 V18 M6 42 H58 V50 M58 42 V34 q0 -6 -6 -6 H24 V42", "none", INK, 4)
        + circle(15, 32, 6, "#f6ead0", f'stroke="{INK}" stroke-width="3"'),
        "coin": circle(32, 32, 22, "#e3b94f", f'stroke="{INK}" stroke-width="3"')
        + path("M32 20 V44 M24 26 H37 q5 0 5 4 q0 4 -6 4 H28 q-6 0 -6 4", stroke=INK, width=3),
        "fork": path("M32 58 V26 M18 8 V20 q0 8 14 8 q14 0 14 -8 V8 M32 8 V26", stroke=INK, width=4),
        "stick": path("M12 56 L48 10", stroke="#8a5a3c", width=6)
        + path("M44 24 l10 4 M40 32 l10 6", stroke=INK, width=3),
        "hammer": path("M14 56 L36 26", stroke="#a9713c", width=7)
        + path("M26 14 L46 34 L54 26 L48 22 L40 8 Z", "#7d8790", INK, 3),
        "nail": path("M24 10 H40 M32 10 V48 L32 58", stroke="#7d8790", width=5),
        "house": path("M8 32 L32 10 L56 32 M14 28 V56 H50 V28", "#f6ead0", INK, 3.4) + rect(27, 38, 10, 18, "#7b5a41"),
        "caution": path("M32 8 L60 56 H4 Z", "#f4c542", INK, 3.4)
        + path("M32 26 V40", stroke=INK, width=5)
        + circle(32, 48, 3, INK),
        "lock": rect(14, 28, 36, 28, "#b9b4a7", 4, f'stroke="{INK}" stroke-width="3"')
        + path("M20 28 V20 q12 -22 24 0 V28", stroke=INK, width=4),
        "check": path("M10 34 L26 50 L54 14", stroke="#2f7d4f", width=8),
        "cross": path("M14 14 L50 50 M50 14 L14 50", stroke="#b3402f", width=8),
        "up": path("M32 8 L54 34 H42 V56 H22 V34 H10 Z", INK),
        "down": path("M32 56 L54 30 H42 V8 H22 V30 H10 Z", INK),
        "level": path("M8 24 H56 V40 H8 Z", INK),
        "star": path(star_points(32, 33, 25, 11, 5), "#f4c542", INK, 3),
        "season": path("M32 58 V30", stroke="#8a5a3c", width=6)
        + circle(32, 22, 17, "#6b9a3f", f'stroke="{INK}" stroke-width="3"'),
        "undo": path("M22 14 L8 26 L22 38 M8 26 H40 q16 0 16 14 q0 12 -16 12 H28", stroke=INK, width=5),
        "redo": path("M42 14 L56 26 L42 38 M56 26 H24 q-16 0 -16 14 q0 12 16 12 H36", stroke=INK, width=5),
        "sound": path("M8 24 H20 L36 10 V54 L20 40 H8 Z", "#b9b4a7", INK, 3)
        + path("M44 22 q8 10 0 20 M50 14 q16 18 0 36", stroke=INK, width=4),
        "mute": path("M8 24 H20 L36 10 V54 L20 40 H8 Z", "#b9b4a7", INK, 3)
        + path("M44 24 L58 40 M58 24 L44 40", stroke=INK, width=5),
        "pause": rect(14, 10, 13, 44, INK, 3) + rect(37, 10, 13, 44, INK, 3),
        "help": circle(32, 32, 26, "#ffffff", f'stroke="{INK}" stroke-width="4"')
        + path("M24 26 q0 -10 9 -10 q9 0 8 9 q-1 5 -8 9 V40", stroke=INK, width=5)
        + circle(33, 48, 3.4, INK),
        "power_over": path("M8 32 H44", stroke="#b5533c", width=8) + path("M38 14 L60 32 L38 50 Z", "#b5533c"),
        "power_with": path("M14 24 q18 -18 36 0 M50 40 q-18 18 -36 0", stroke="#2a7f8e", width=6)
        + path("M42 12 L54 26 L38 28 Z M22 52 L10 38 L26 36 Z", "#2a7f8e"),
    }


HOUSEHOLDS = ("#df8436", "#579edf", "#3fc780", "#c185b5", "#e6c84a", "#9da39a")


def main() -> None:
    """Write all pictures."""
    tiles, folder = ASSETS / "tiles", ASSETS / "icons"
    tiles.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[Path, str] = {}
    for state in range(5):
        found |= {tiles / f"grass_{state}_{variant}.svg": grass(state, variant) for variant in range(3)}
    found |= {tiles / f"{name}.svg": text for name, text in land().items()}
    found |= {tiles / f"pond_{state}.svg": pond(state) for state in range(4)}
    found |= {tiles / f"hay_{state}.svg": hay(state) for state in range(4)}
    for index, colour in enumerate(HOUSEHOLDS):
        found[tiles / f"cow_{index}.svg"] = cow(colour)
        found |= {tiles / f"home_{index}_{mood}.svg": home(colour, mood) for mood in range(3)}
    found |= {folder / f"{name}.svg": svg(body) for name, body in icons().items()}
    for file, text in found.items():
        file.write_text(text, encoding="utf-8")
    print(f"drew {len(found)} pictures into {ASSETS}")


if __name__ == "__main__":
    main()
