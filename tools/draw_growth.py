"""Pictures of what grows in orchards, hedges and gardens: flowers, fruit trees, thistles, beds, a linden."""
# ruff: noqa: E501 - the outlines of pictures are data, one picture a line.

from __future__ import annotations

import math

from draw_land import crown, shade, trunk
from drawing import INK, Dice, circle, ellipse, path, rect, svg

Bumps = tuple[tuple[float, float, float], ...]
PETALS = (
    ("#fbf8f0", "#e0a92c"),
    ("#d97fb0", "#f6dcec"),
    ("#fbf8f0", "#e0a92c"),
    ("#f2d545", "#c98a1f"),
    ("#b389d6", "#f3ecfa"),
)


def blossom(x: float, y: float, kind: int, size: float = 1.0) -> str:
    """Return one flower seen from above."""
    petal, heart = PETALS[kind % len(PETALS)]
    body = "".join(
        circle(x + 3.1 * size * math.cos(angle), y + 3.1 * size * math.sin(angle), 2.3 * size, petal)
        for angle in (2 * math.pi * step / 5 + kind for step in range(5))
    )
    return body + circle(x, y, 1.9 * size, heart)


DRIFTS = ((0, 0, 3, 0, 0), (1, 1, 4, 1, 0), (3, 3, 0, 3, 1))  # which blossoms a carpet is made of, by its variant


def flowers(state: int, variant: int) -> str:
    """Return a carpet of daisies (0), clover (1) or buttercups (2): 1 is a few, 4 is one beside the other."""
    dice = Dice(700 + 31 * state + 7 * variant)
    body = ""
    places = sorted((dice.roll(5, 59), dice.roll(5, 59)) for _ in range((0, 4, 8, 14, 21)[state]))
    for number, (x, y) in enumerate(places):
        body += path(f"M{x:.1f} {y + 2:.1f} q-1 4 0 6 M{x:.1f} {y + 6:.1f} q4 -4 5 -2", stroke="#4d8036", width=1.5)
        body += blossom(x, y, DRIFTS[variant][number % 5], dice.roll(0.8, 1.35))
    return svg(body)


FRUIT = (("#d1402f", "#f7b09a"), ("#6d4a9c", "#c4a8e6"))


def fruit_tree(kind: int, state: int) -> str:
    """Return an apple (0) or a plum tree (1) that bears nothing (0) up to as much as it can (4)."""
    bumps: Bumps = (
        (19, 27, 9),
        (45, 27, 9),
        (25, 35, 8),
        (39, 35, 8),
        (24, 17, 9),
        (40, 17, 9),
        (32, 25, 12),
        (32, 12, 8),
    )
    if kind:
        bumps = ((23, 30, 9), (41, 30, 9), (32, 36, 8), (24, 20, 8.5), (40, 20, 8.5), (32, 26, 11), (32, 12, 8.5))
    colours = ("#3b6128", "#5f9440", "#86b65a") if kind == 0 else ("#38583a", "#557f4c", "#7aa568")
    body = (
        shade(15)
        + trunk(32, 36, 6, "#8a6a4a")
        + path("M32 44 L24 36 M32 42 L40 35", stroke="#8a6a4a", width=2.6)
        + crown(bumps, *colours)
    )
    fill, light = FRUIT[kind]
    spots = (
        (22, 24),
        (41, 30),
        (32, 17),
        (45, 21),
        (27, 34),
        (36, 25),
        (17, 31),
        (37, 10),
        (25, 13),
        (47, 32),
        (31, 41),
        (20, 17),
        (40, 39),
        (29, 26),
        (50, 27),
        (43, 13),
    )
    for x, y in spots[: (0, 4, 8, 12, 16)[state]]:
        body += circle(x, y, 3.7, fill, f'stroke="{INK}" stroke-width="1"') + circle(x - 1.1, y - 1.2, 1.1, light)
    return svg(body)


def hedge(state: int) -> str:
    """Return one bush of a hedge: 0 is cut to sticks, 4 a wall of thorn, bramble and berries."""
    dice = Dice(400 + state)
    body = ellipse(32, 58, 24, 5, "#1d2a18", 'opacity="0.25"')
    if state == 0:
        for foot, tall in ((14, 10), (24, 15), (33, 9), (43, 14), (51, 8)):
            body += path(f"M{foot} 58 V{58 - tall} m0 5 l5 -6", stroke="#8a6a4a", width=2.8) + ellipse(
                foot, 58 - tall, 2.2, 1.4, "#e6c893"
            )
        return svg(body)
    for foot in (12, 22, 32, 42, 52):
        body += path(
            f"M{foot} 58 q{dice.roll(-4, 4):.1f} -14 {dice.roll(-7, 7):.1f} -{16 + 5 * state}",
            stroke="#6b4c33",
            width=2.6,
        )
    high = (0, 14, 22, 30, 35)[state]
    count = (0, 4, 7, 10, 13)[state]
    bumps = tuple(
        (
            13 + 38 * (step + 0.5) / count + dice.roll(-3, 3),
            53 - high * abs(math.sin(step * 2.2 + 0.6)),
            6.0 + 0.9 * state,
        )
        for step in range(count)
    )
    body += crown(
        bumps,
        "#31491f",
        ("#8f9a55", "#7a9448", "#64893f", "#557e38", "#4a7634")[state],
        "#9dba63" if state < 3 else "#7fa650",
    )
    for _ in range((0, 0, 3, 6, 10)[state]):
        x, y = dice.roll(9, 55), dice.roll(54 - high, 52)
        body += circle(
            x, y, 2.3, "#8c2340" if dice.roll(0, 1) > 0.45 else "#f7ecf3", f'stroke="{INK}" stroke-width="0.7"'
        )
    return svg(body)


def thistle(x: float, y: float, size: float) -> str:
    """Return one thistle with its foot at a place."""
    u = size
    body = path(f"M{x} {y} q{-1 * u} {-8 * u} 0 {-17 * u}", stroke="#57753a", width=2.2 * u)
    body += path(
        f"M{x} {y - 4 * u} l{-7 * u} {-2 * u} l{2 * u} {-3 * u} l{5 * u} {2 * u} M{x} {y - 7 * u} l{7 * u} {-3 * u} l{-3 * u} {-3 * u} l{-4 * u} {3 * u}",
        "#7d9c4b",
        "#4b6630",
        1.2 * u,
    )
    body += path(
        f"M{x - 4.5 * u} {y - 21 * u} l{-1 * u} {-5 * u} l{3 * u} {3 * u} l{2.5 * u} {-5 * u} l{2.5 * u} {5 * u} l{3 * u} {-3 * u} l{-1 * u} {5 * u}z",
        "#b45fb0",
        "#5d2f5f",
        1 * u,
    )
    return body + ellipse(
        x, y - 18.5 * u, 4.6 * u, 3.8 * u, "#7f9b4e", f'stroke="#3f5428" stroke-width="{1.2 * u:.1f}"'
    )


def weeds(state: int) -> str:
    """Return thistles and nettles between the furrows, more of them the higher the state."""
    places = ((16, 40, 1.05), (46, 60, 1.1), (34, 32, 0.9), (10, 62, 0.95), (54, 34, 1.0), (28, 58, 1.0))
    return svg("".join(thistle(x, y, size) for x, y, size in sorted(places[: 2 * state], key=lambda one: one[1])))


def bed(state: int, variant: int) -> str:
    """Return a garden bed framed by planks: cabbages (0) or beans on poles (1), bare (0) to ripe (4)."""
    body = rect(2, 6, 60, 54, "#7a5a3a", 4, f'stroke="{INK}" stroke-width="1.4"') + rect(5, 9, 54, 48, "#5f432b", 3)
    for y in (20, 34, 48):
        body += path(f"M8 {y} q12 -3 24 0 q12 3 24 0", stroke="#7d5b3c", width=4)
    dice = Dice(60 + state * 3 + variant)
    if variant == 0:
        for row, y in enumerate((17, 32, 47)):
            for x in (14 + dice.roll(-1.5, 1.5), 32 + dice.roll(-1.5, 1.5), 50 + dice.roll(-1.5, 1.5)):
                radius = (0, 3.2, 5.0, 6.8, 8.2)[state]
                if state:
                    body += circle(x, y, radius + 1, "#3f6a2c") + circle(
                        x, y, radius, ("", "#8fbf5c", "#84b455", "#7aab52", "#74a54f")[state]
                    )
                if state >= 2:
                    body += circle(x, y - 0.5, radius * 0.58, "#bcd98f") + path(
                        f"M{x:.1f} {y + radius * 0.5:.1f} v-{radius:.1f}", stroke="#5c8a3c", width=1.1
                    )
                if state == 4 and row == 1:
                    body += circle(x, y, 2.4, "#eef5d6")
        return svg(body)
    for x in (14, 32, 50):
        body += path(f"M{x - 6} 58 L{x} 8 L{x + 6} 58", stroke="#b58a55", width=2)
        for step in range((0, 3, 6, 9, 11)[state]):
            high, lean = 54 - 4.2 * step, 5.2 * math.sin(step * 1.9)
            body += ellipse(
                x + lean * (1 - step / 14),
                high,
                3.8,
                3,
                ("#6fa148", "#86b95a")[step % 2],
                'stroke="#3f6a2c" stroke-width="0.9"',
            )
            if state >= 3 and step % 3 == 1:
                body += path(
                    f"M{x + lean:.1f} {high + 1:.1f} q3 3 1 8", stroke="#d8e08a" if state == 4 else "#a9c95e", width=2.4
                )
            if state == 2 and step % 3 == 1:
                body += circle(x + lean, high - 2, 1.6, "#f4a8b8")
    return svg(body)


def cornflowers(variant: int) -> str:
    """Return cornflowers and camomile at the edge of a field."""
    dice = Dice(610 + variant)
    body = ""
    for number in range(9):
        x, y = dice.roll(6, 58), dice.roll(10, 58)
        body += path(f"M{x:.1f} {y:.1f} q-1 4 0 7", stroke="#57803c", width=1.5)
        if number % 3 == 2:
            body += blossom(x, y, 0, 0.9)
            continue
        for step in range(8):
            angle = 2 * math.pi * step / 8
            body += path(
                f"M{x:.1f} {y:.1f} l{5.4 * math.cos(angle):.1f} {5.4 * math.sin(angle):.1f}",
                stroke="#3f63c9",
                width=2.2,
            )
        body += circle(x, y, 1.7, "#27357c")
    return svg(body)


def blue_grain(state: int, variant: int) -> str:
    """Return a tile of the grain that blooms blue: 1 a few ears that have come by themselves, 3 a field full of it."""
    dice, body = Dice(640 + 7 * state + variant), ""
    for number in range((5, 12, 21)[state - 1]):
        # In a field the ears stand in rows; what has seeded itself stands anywhere.
        row, place = divmod(number, 7)
        x, y = (
            (5 + 9 * place + dice.roll(-2, 2), 25 + 18 * row) if state == 3 else (dice.roll(5, 59), dice.roll(22, 62))
        )
        lean = dice.roll(-3, 3)
        body += path(f"M{x:.1f} {y:.1f} q{lean / 2:.1f} -8 {lean:.1f} -12", stroke="#5f7f4a", width=1.8)
        for step in range(3):
            side = 2.6 if step % 2 else -2.6
            body += circle(
                x + lean + side * 0.6, y - 11 - 3.2 * step, 2.6, "#3f63c9", 'stroke="#27357c" stroke-width="0.8"'
            )
        body += circle(x + lean, y - 21, 1.8, "#8fa6ee")
    return svg(body)


def linden() -> str:
    """Return the old linden tree of a green, broad and round."""
    bumps = tuple(
        (32 + 19 * math.cos(a) * (1 if a % 1 > 0.3 else 0.85), 24 + 15 * math.sin(a), 9.5)
        for a in [2 * math.pi * step / 10 for step in range(10)]
    )
    body = ellipse(33, 59, 24, 4.5, "#1d2a18", 'opacity="0.3"') + trunk(32, 36, 7, "#7d6248")
    body += crown((*bumps, (32, 24, 14), (24, 17, 9), (40, 17, 9)), "#3e6528", "#6a9f42", "#93c061")
    for x, y in ((17, 26), (27, 13), (38, 10), (47, 24), (33, 30), (22, 36), (42, 36), (29, 22), (12, 20), (50, 17)):
        body += circle(x, y, 1.6, "#f3ecae") + circle(x + 2.6, y + 1.5, 1.2, "#f3ecae")
    return svg(body)


def growth() -> dict[str, str]:
    """Return every picture of what grows by its name."""
    found = {f"flowers_{state}_{variant}": flowers(state, variant) for state in range(1, 5) for variant in range(3)}
    found |= {f"fruit_tree_{kind}_{state}": fruit_tree(kind, state) for kind in range(2) for state in range(5)}
    found |= {f"hedge_{state}": hedge(state) for state in range(5)}
    found |= {f"weeds_{state}": weeds(state) for state in range(1, 4)}
    found |= {f"bed_{state}_{variant}": bed(state, variant) for state in range(5) for variant in range(2)}
    found |= {f"cornflowers_{variant}": cornflowers(variant) for variant in range(2)}
    found |= {
        f"blue_grain_{state}_{variant}": blue_grain(state, variant) for state in range(1, 4) for variant in range(2)
    }
    return found | {"linden": linden()}
