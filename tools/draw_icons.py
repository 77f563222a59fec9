"""Icons: small pictures in ink on nothing, which tell without colour."""
# ruff: noqa: E501 - the outlines of pictures are data, one picture a line.

from __future__ import annotations

import math

from drawing import INK, circle, ellipse, path, rect, star_points


def cloud(fill: str) -> str:
    """Return one cloud."""
    return path("M16 42 q-10 -1 -9 -10 q1 -8 10 -8 q3 -11 14 -10 q11 0 13 10 q11 -1 12 9 q0 9 -10 9z", fill, INK, 2.4)


# Every icon by name; they are drawn in ink on nothing, so that they tell without colour.
RAY = "".join(
    path(
        f"M{32 + 18 * math.cos(a):.1f} {32 + 18 * math.sin(a):.1f} L{32 + 26 * math.cos(a):.1f} {32 + 26 * math.sin(a):.1f}",
        stroke="#d99a1c",
        width=4,
    )
    for a in [math.pi * step / 4 for step in range(8)]
)
PERSON = circle(32, 18, 9, "#f6ead0", f'stroke="{INK}" stroke-width="3"') + path(
    "M14 54 q0 -24 18 -24 q18 0 18 24z", "#8aa8b8", INK, 3
)
TWO = (
    circle(22, 22, 8, "#f6ead0", f'stroke="{INK}" stroke-width="3"')
    + path("M8 54 q0 -20 14 -20 q14 0 14 20z", "#e0a458", INK, 3)
    + circle(43, 22, 8, "#f6ead0", f'stroke="{INK}" stroke-width="3"')
    + path("M29 54 q0 -20 14 -20 q14 0 14 20z", "#5b9aa9", INK, 3)
)
FENCE = "".join(path(f"M{x} 54 V18 l5 -7 l5 7 V54 z", "#c99a62", INK, 2.6) for x in (8, 27, 46)) + path(
    "M4 28 H60 M4 44 H60", stroke=INK, width=3.4
)
SCALE = (
    path("M32 10 V54 M20 54 H44 M12 18 H52", stroke=INK, width=3.4)
    + path("M4 38 L12 20 L20 38 q-8 8 -16 0z", "#e3b94f", INK, 2.4)
    + path("M44 38 L52 20 L60 38 q-8 8 -16 0z", "#e3b94f", INK, 2.4)
)
EYE = (
    path("M5 32 q27 -28 54 0 q-27 28 -54 0z", "#ffffff", INK, 3) + circle(32, 32, 9, "#5b9aa9") + circle(32, 32, 4, INK)
)
HEART = path("M32 55 C6 36 8 12 23 13 q7 0 9 8 q2 -8 9 -8 C56 12 58 36 32 55z", "#c9475f", INK, 3)
DROP = path("M32 7 q20 25 20 35 q0 14 -20 14 q-20 0 -20 -14 q0 -10 20 -35z", "#5fa3c7", INK, 3)
BASKET = path("M8 28 H56 L50 54 H14 Z", "#c99a62", INK, 3) + path("M16 28 q16 -26 32 0", stroke=INK, width=3)
ICONS: dict[str, str] = {
    "sun": circle(32, 32, 13, "#f4c542", 'stroke="#d99a1c" stroke-width="3"') + RAY,
    "sun_hot": circle(32, 32, 15, "#e4672f", f'stroke="{INK}" stroke-width="3"') + RAY,
    "sun_out": circle(32, 32, 13, "#e6dcc6", 'stroke="#a89f8c" stroke-width="3"') + RAY.replace("#d99a1c", "#cdbfa3"),
    "heart": HEART,
    "drop": DROP,
    "person": PERSON,
    "hands": TWO,
    "fence": FENCE,
    "scale": SCALE,
    "eye": EYE,
    "store": BASKET,
    "cloud": cloud("#8d86a0"),
    "cloud_light": cloud("#e6e9ee"),
    "ear": path(
        "M22 54 q-4 -8 -4 -16 q-6 -30 16 -30 q18 0 18 18 q0 10 -9 15 q-4 3 -5 9 q-2 9 -10 8 q-5 0 -6 -4z",
        "#f1cfb4",
        INK,
        3,
    )
    + path("M26 30 q0 -12 9 -12 q8 0 7 9 q-2 6 -8 8", stroke=INK, width=3),
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
    "speech": path("M8 12 H56 q3 0 3 4 V38 q0 4 -4 4 H30 L18 55 V42 H9 q-4 0 -4 -4 V16 q0 -4 3 -4z", "#ffffff", INK, 3)
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
    "stick": path("M12 56 L48 10", stroke="#8a5a3c", width=6) + path("M44 24 l10 4 M40 32 l10 6", stroke=INK, width=3),
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
    "star_out": path(star_points(32, 33, 25, 11, 5), "#efe7d3", "#a89f8c", 3),
    "feather": path("M10 56 L30 34", stroke=INK, width=3.4)
    + path("M20 46 C10 26 30 6 56 8 C58 32 42 52 22 46z", "#e6e9ee", INK, 3)
    + path("M24 42 L46 18 M30 36 L44 36 M36 30 L34 18", stroke=INK, width=2.6),
    "map": path("M6 16 L22 10 L42 16 L58 10 V48 L42 54 L22 48 L6 54 Z", "#f6ead0", INK, 3)
    + path("M22 10 V48 M42 16 V54", stroke=INK, width=2.4)
    + path("M12 44 q8 -16 18 -10 q12 6 20 -14", stroke="#b5533c", width=3.4, more='stroke-dasharray="5 5"'),
    "key": circle(20, 32, 13, "#e3b94f", f'stroke="{INK}" stroke-width="3"')
    + circle(20, 32, 4.5, "#fbf6ea", f'stroke="{INK}" stroke-width="2.4"')
    + path("M33 32 H58 M48 32 V42 M56 32 V40", stroke=INK, width=5),
    "gear": path(
        "M"
        + " L".join(
            f"{32 + r * math.cos(math.tau * tooth / 8 + turn):.1f} {32 + r * math.sin(math.tau * tooth / 8 + turn):.1f}"
            for tooth in range(8)
            for turn, r in ((-0.24, 19), (-0.15, 27), (0.15, 27), (0.24, 19))
        )
        + " Z",
        "#b9b2a0",
        INK,
        3,
    )
    + circle(32, 32, 8.5, "#fbf6ea", f'stroke="{INK}" stroke-width="3"'),
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


# The icons of woods, fields and springs.
LINE = f'stroke="{INK}" stroke-width="3"'
TRUNK = path("M27 58 L29 40 H35 L37 58 Z", "#8a5a3c", INK, 3)
ROUND_TREE = path(
    "M32 44 q-14 4 -18 -7 q-8 -10 3 -16 q2 -14 15 -14 q13 0 15 14 q11 6 3 16 q-4 11 -18 7z", "#3f7a3c", INK, 3
)
FIR = "M{0} 14 L{1} 46 H{2} Z M{0} 46 V56"
ROWS = "".join(path(FIR.format(x, x + 8, x - 8), "#8f9c48", INK, 2.8) for x in (12, 32, 52))
BUG = path(
    "M18 24 L10 18 M16 36 H6 M18 46 L10 54 M46 24 L54 18 M48 36 H58 M46 46 L54 54 M27 12 l-5 -7 M37 12 l5 -7",
    stroke=INK,
    width=3,
)
BUG += ellipse(32, 38, 15, 18, "#b5533c", LINE) + path("M32 22 V55", stroke=INK, width=3)
BUG += (
    path("M22 22 q10 -14 20 0 z", INK)
    + circle(26, 36, 2.8, INK)
    + circle(38, 36, 2.8, INK)
    + circle(27, 46, 2.4, INK)
    + circle(37, 46, 2.4, INK)
)
WHEAT = path("M32 60 V20", stroke="#8a6a20", width=4)
for y in (16, 27, 38):
    WHEAT += path(
        f"M31 {y + 12} q-15 -1 -15 -13 q13 0 15 13z M33 {y + 12} q15 -1 15 -13 q-13 0 -15 13z", "#e3b94f", INK, 2.4
    )
WHEAT += path("M32 18 q-7 -7 0 -15 q7 8 0 15z", "#e3b94f", INK, 2.4)
BEE = ellipse(25, 21, 8, 12, "#eaf4f8", f'{LINE} transform="rotate(-18 25 21)"') + ellipse(
    39, 20, 8, 12, "#eaf4f8", f'{LINE} transform="rotate(18 39 20)"'
)
BEE += (
    ellipse(31, 39, 21, 14, "#f4c542", LINE)
    + path("M24 27 V52 M33 26 V53 M42 29 V50", stroke=INK, width=4.5)
    + circle(16, 36, 2.2, INK)
)
SKULL = path("M32 10 q20 0 20 19 q0 9 -7 13 V54 H19 V42 q-7 -4 -7 -13 q0 -19 20 -19z", "#e9dff0", INK, 3)
SKULL += (
    circle(24, 29, 5, INK)
    + circle(40, 29, 5, INK)
    + path("M32 36 l-3 6 h6 z", INK)
    + path("M27 54 V47 M37 54 V47", stroke=INK, width=3)
)
BASIN = ellipse(32, 42, 27, 15, "#b9b4a7", LINE) + ellipse(
    32, 40, 19, 9.5, "#5fa3c7", f'stroke="{INK}" stroke-width="2.4"'
)
BASIN += path("M32 40 V18 M32 20 q-9 -14 -15 -3 M32 20 q9 -14 15 -3", stroke="#3f86b5", width=4)
WALLS = "".join(
    rect(x, y, 17, 10, fill, 3, f'stroke="{INK}" stroke-width="2.6"')
    for x, y, fill in (
        (4, 46, "#cbc4b4"),
        (23, 46, "#b3ab99"),
        (42, 46, "#d8d2c4"),
        (15, 30, "#b3ab99"),
        (34, 30, "#cbc4b4"),
        (24, 14, "#d8d2c4"),
    )
)
AXE = path("M14 58 L38 16", stroke="#a9713c", width=7) + path(
    "M30 8 q8 -4 14 1 q14 4 14 22 q-12 -2 -18 -8 L28 15 Z", "#aab3ba", INK, 3
)
SAW = path("M22 26 L60 44 L56 52 L18 40 Z", "#c3cad0", INK, 2.6) + path(
    "M22 43 l1 6 l5 -4 l1 6 l5 -4 l1 6 l5 -4 l1 6 l5 -4 l1 5", stroke=INK, width=2.6
)
SAW += path("M24 24 L16 42 L8 40 q-5 -3 -4 -9 q2 -9 10 -9z", "#a9713c", INK, 3) + ellipse(
    13, 32, 4, 5, "#fbf6ea", f'stroke="{INK}" stroke-width="2"'
)
FLAME = path(
    "M32 58 q-20 0 -19 -19 q1 -11 10 -18 q0 7 5 9 q-1 -15 11 -25 q-1 10 6 16 q8 8 7 19 q-1 18 -20 18z",
    "#e4672f",
    INK,
    3,
)
FLAME += path("M32 57 q-10 -1 -9 -11 q1 -6 8 -12 q1 7 6 10 q4 4 3 7 q-1 6 -8 6z", "#f4c542")
BOOK = path("M32 16 q-10 -7 -26 -5 V50 q16 -2 26 5 q10 -7 26 -5 V11 q-16 -2 -26 5z", "#f6ead0", INK, 3) + path(
    "M32 16 V54 M13 21 q8 0 13 3 M13 31 q8 0 13 3 M51 21 q-8 0 -13 3 M51 31 q-8 0 -13 3", stroke=INK, width=2.6
)
SCROLL = path(
    "M16 12 H50 V46 q0 10 8 8 q-2 4 -8 4 H20 q-6 0 -6 -8 V20 q-8 2 -8 -4 q0 -6 8 -4z", "#f6ead0", INK, 3
) + path("M22 22 H42 M22 31 H42 M22 40 H36", stroke=INK, width=3)
SPRAY = path("M20 26 H40 V54 q0 4 -4 4 H24 q-4 0 -4 -4z", "#8aa8b8", INK, 3) + path(
    "M24 26 V16 H40 V22 M40 16 l6 -2", stroke=INK, width=4
)
SPRAY += "".join(circle(x, y, 2.3, "#8d5fa8") for x, y in ((50, 10), (54, 16), (58, 8), (58, 22), (50, 20)))
SPROUT = (
    path("M32 58 V30", stroke="#5c8a3c", width=5)
    + path("M32 34 q-24 0 -24 -20 q24 -2 24 20z", "#7bad50", INK, 3)
    + path("M32 28 q2 -22 24 -20 q0 20 -24 20z", "#9fca70", INK, 3)
)
FUR = path("M32 6 V58 M6 32 H58 M13 13 L51 51 M51 13 L13 51", stroke=INK, width=3.4) + ellipse(
    32, 32, 17, 16, "#b9beab", LINE
)
FUR += circle(26, 28, 3.6, "#71765f") + circle(38, 34, 4.4, "#71765f") + circle(29, 40, 2.8, "#71765f")
HEAD = path(
    "M22 30 q-10 -2 -14 -12 M14 24 q-8 2 -10 -2 M42 30 q10 -2 14 -12 M50 24 q8 2 10 -2 M14 26 q-2 -10 2 -16 M50 26 q2 -10 -2 -16",
    stroke=INK,
    width=3.4,
)
HEAD += (
    path("M20 30 q12 -8 24 0 q2 12 -6 22 q-6 8 -12 0 q-8 -10 -6 -22z", "#b5753f", INK, 3)
    + circle(26, 37, 2.4, INK)
    + circle(38, 37, 2.4, INK)
    + ellipse(32, 51, 4.4, 3.2, INK)
)
LAND_ICONS: dict[str, str] = {
    "sapling": SPROUT, "tree": TRUNK + ROUND_TREE, "rows": ROWS, "deer": HEAD, "bug": BUG, "wheat": WHEAT, "bee": BEE,
    "poison": SKULL, "mould": FUR, "spring": BASIN, "terrace": WALLS, "axe": AXE, "saw": SAW, "flame": FLAME,
    "book": BOOK, "scroll": SCROLL, "spray": SPRAY,
}  # fmt: skip
