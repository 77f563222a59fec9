"""Pictures of places where people work and trade: the clay pit, kilns and pots, the market; a power station."""

from __future__ import annotations

from collections.abc import Sequence

from drawing import INK, Dice, circle, ellipse, path, rect, svg

LUMPS = (1, 3, 5, 7)  # of clay on a tile, from the pit that is dug out to the full one
PUDDLES = (26.0, 18.0)  # how wide the water stands in the two that hold the least
POTS = (
    ((32, 56, 1.1, 0),),
    ((22, 56, 1.1, 0), (42, 56, 1.0, 1)),
    ((16, 56, 1.0, 0), (48, 56, 1.0, 2), (32, 57, 1.3, 1)),
    ((14, 56, 1.0, 0), (50, 56, 1.0, 2), (32, 57, 1.2, 1), (23, 40, 0.9, 1), (41, 40, 0.9, 0)),
)
GLAZES = ("#b5654a", "#c98a55", "#9c5540")
COATS = ("#7a8f5c", "#8a6f9e", "#b07f4f", "#5f8296")  # of those who come to buy


def clay(state: int, variant: int) -> str:
    """Return one tile of the pit: 0 is dug out and full of water, 3 full of clay."""
    dice, body = Dice(700 + 7 * state + variant), ""
    if state < len(PUDDLES):
        wide = PUDDLES[state]
        x, y = 30.0 + 4 * variant, 36.0 - 3 * variant
        body += ellipse(x, y, wide, wide * 0.6, "#6f8f99", 'stroke="#7a5236" stroke-width="3"')
        body += path(f"M{x - 10:g} {y - 2:g} q6 -3 12 0 M{x - 4:g} {y + 6:g} q5 -2 10 0", stroke="#b9d0d4", width=1.8)
    for _ in range(LUMPS[state]):
        x, y, size = dice.roll(6, 46), dice.roll(12, 54), dice.roll(0.8, 1.25)
        heap = f"M{x:.1f} {y:.1f} q{6 * size:.1f} {-8 * size:.1f} {13 * size:.1f} {-size:.1f} "
        heap += f"l{-2 * size:.1f} {6 * size:.1f} q{-6 * size:.1f} {3 * size:.1f} {-9 * size:.1f} 0z"
        body += path(heap, "#b9764a", "#7a4a2c", 1.4)
        light = f"M{x + 3 * size:.1f} {y - size:.1f} q{3 * size:.1f} {-3 * size:.1f} {6 * size:.1f} {-size:.1f}"
        body += path(light, stroke="#dba276", width=1.6)
    return svg(body)


def kiln(door: str) -> str:
    """Return a kiln of bricks; its door tells whether a fire burns in it."""
    body = ellipse(32, 58, 24, 4.5, "#000000", 'opacity="0.18"')
    body += path("M10 56 q-2 -26 14 -34 l2 -14 h12 l2 14 q16 8 14 34z", "#b5553c", INK, 2.4)
    bricks = "M13 44 h38 M17 32 h30 M24 22 h16 M22 44 v-12 M42 44 v-12 M32 32 v-10 M16 56 v-12 M48 56 v-12"
    body += path(bricks, stroke="#8a3f2c", width=1.6)
    return svg(body + path("M25 56 v-7 q7 -9 14 0 v7z", door, INK, 1.8))


def pots(count: int) -> str:
    """Return pots in front of a house, from a single one to a board with two more on it."""
    body = ellipse(32, 58, 26, 4, "#000000", 'opacity="0.16"')
    if count == len(POTS):
        body += rect(8, 40, 48, 3.5, "#8a6a4a", 0, f'stroke="{INK}" stroke-width="1.2"')
    for x, y, size, glaze in POTS[count - 1]:
        jar = f"M{x - 4 * size:.1f} {y - 15 * size:.1f} h{8 * size:.1f} l{-size:.1f} {3 * size:.1f} "
        jar += f"q{8 * size:.1f} {5 * size:.1f} {2 * size:.1f} {12 * size:.1f} h{-10 * size:.1f} "
        jar += f"q{-6 * size:.1f} {-7 * size:.1f} {2 * size:.1f} {-12 * size:.1f}z"
        body += path(jar, GLAZES[glaze], INK, 1.8)
        body += path(f"M{x - 5 * size:.1f} {y - 6 * size:.1f} h{10 * size:.1f}", stroke="#f3dcc0", width=1.6)
    return svg(body)


def stall(awning: str) -> str:
    """Return a market stall of a workshop: an awning in its colour over a board with pots on it."""
    body = ellipse(32, 59, 28, 4, "#000000", 'opacity="0.18"')
    body += path("M9 22 V58 M55 22 V58", stroke="#7d5b3c", width=3.4)
    for x, glaze in ((19, 0), (32, 1), (45, 2)):
        jar = f"M{x - 3} 31 h6 l-1 2 q6 4 2 9 h-8 q-4 -5 2 -9z"
        body += path(jar, GLAZES[glaze], INK, 1.4)
    body += rect(7, 41, 50, 13, "#b98d5a", 1.5, f'stroke="{INK}" stroke-width="2"')
    body += path("M9 47.5 h46", stroke="#96693c", width=1.6)
    for place in range(6):
        left = 4 + place * 56 / 6
        cloth = awning if place % 2 == 0 else "#fbf3e2"
        body += path(
            f"M{left:.1f} 24 L{left + 2:.1f} 9 h{56 / 6 - 1.5:.1f} L{left + 56 / 6:.1f} 24 q-4.7 6 -9.3 0z",
            cloth,
            INK,
            1.6,
        )
    return svg(body)


def buyer(coat: str) -> str:
    """Return somebody with a basket, seen from behind."""
    body = ellipse(32, 59, 15, 3.4, "#000000", 'opacity="0.2"')
    body += path("M19 58 q-1 -28 13 -28 q14 0 13 28z", coat, INK, 3)
    body += circle(32, 21, 10.5, "#e8c39a", f'stroke="{INK}" stroke-width="3"')
    body += path("M21.5 20 q1 -12 10.5 -12 q9.5 0 10.5 12 q-10 -5 -21 0z", "#6b4a34", INK, 2.4)
    return svg(body + path("M42 44 h13 l-2 10 h-9z M44 44 q5 -9 9 0", "#c79a4c", INK, 2.4))


def figures() -> str:
    """Return the board beside the well, empty: who burns how much is drawn on it in play."""
    body = ellipse(34, 60, 27, 3.6, "#000000", 'opacity="0.18"')
    body += path("M14 12 V60 M50 12 V60", stroke="#6b4a34", width=3.4)
    body += path("M8 14 L32 4 L56 14z", "#9a6b54", INK, 2)
    body += rect(11, 14, 42, 30, "#f3ead6", 1.5, f'stroke="{INK}" stroke-width="2"')
    body += path("M13 42 h38", stroke="#8c6d46", width=1.4)
    body += path("M42 47 h18 v12 h-18z", "#a9a49a", INK, 2) + ellipse(
        51, 47, 9, 3, "#6f9fbf", f'stroke="{INK}" stroke-width="2"'
    )
    return svg(body + path("M42 53 h18 M48 49.5 v3.5 M54 53 v6", stroke="#7d786e", width=1.4))


def nets() -> str:
    """Return a plot under a net that no pollen passes: posts, gauze, and some blue ears below it."""
    body = ellipse(32, 58, 29, 4, "#000000", 'opacity="0.18"')
    body += path("M6 56 L10 40 H54 L58 56z", "#8a6a45", INK, 1.6)
    for x in (16, 24, 32, 40, 48):
        body += (
            path(f"M{x} 54 V38", stroke="#5f7f4a", width=2)
            + circle(x, 36, 3, "#3f63c9")
            + circle(x, 31, 2.4, "#3f63c9")
        )
    body += path("M5 56 V24 M59 56 V24 M18 44 V17 M46 44 V17", stroke="#6b4a34", width=2.6)
    body += path("M5 24 L18 17 H46 L59 24 V56 H5z", "#ffffff", INK, 1.4, 'fill-opacity="0.34"')
    mesh = "M5 32 H59 M5 40 H59 M5 48 H59 M12 21 V56 M20 17 V56 M28 17 V56 M36 17 V56 M44 17 V56 M52 21 V56"
    return svg(body + path(mesh, stroke="#ffffff", width=1.1))


def ferry() -> str:
    """Return a flat boat with a rail, as it lies at the landing."""
    body = ellipse(32, 50, 29, 6, "#000000", 'opacity="0.16"')
    body += path("M4 36 h56 l-6 14 h-44z", "#a9794a", INK, 2.2)
    body += path("M8 41 h48 M10 45.5 h44", stroke="#7d5b3c", width=1.6)
    body += path("M12 36 V26 M26 36 V26 M40 36 V26 M53 36 V26 M10 27 H55", stroke="#6b4a34", width=2.4)
    return svg(body + path("M46 44 L60 12", stroke="#6b4a34", width=2.6))


def station(window: str) -> str:
    """Return a power station: a cooling tower, a hall with windows, a thin chimney, pipes to the town."""
    body = ellipse(32, 59, 30, 4, "#000000", 'opacity="0.18"')
    body += path("M8 56 q7 -18 4 -40 h16 q-3 22 4 40z", "#cfd3d6", INK, 2)
    body += path("M13 20 h14 M12.5 26 h15", stroke="#a9b0b5", width=1.6)
    body += rect(30, 34, 28, 22, "#b9a48f", 1.5, f'stroke="{INK}" stroke-width="2"')
    body += path("M28 34 l6 -7 6 7 6 -7 6 7 6 -7 0 7z", "#8f7a68", INK, 1.8)
    body += rect(50, 12, 4, 22, "#b5553c", 0.5, f'stroke="{INK}" stroke-width="1.4"')
    body += path("M50 17 h4 M50 22 h4", stroke="#f3e6d6", width=2)
    for x in (33.5, 41, 48.5):
        body += rect(x, 40, 5, 6, window, 0.8, f'stroke="{INK}" stroke-width="1.2"')
    return svg(body + path("M58 51 h5 M58 54 h5", stroke="#8b8f94", width=2) + rect(40, 49, 7, 7, "#6b4a34", 0.6))


def tunnel(closed: bool) -> str:
    """Return the mouth of a tunnel in the rock; closed once barrels stand behind the door."""
    body = path("M2 58 q4 -34 16 -42 q14 -10 28 0 q14 10 16 42z", "#8a837b", INK, 2)
    body += path("M12 30 l8 -6 M44 22 l9 9 M8 46 l7 -3", stroke="#6d665f", width=2)
    body += path("M20 58 v-18 q12 -14 24 0 v18z", "#7f8a93" if closed else "#2e2c2a", INK, 2)
    if closed:
        body += path("M32 34 v24 M24 46 h16", stroke="#5d666d", width=1.8)
        body += path("M29 50 a3 3 0 1 1 6 0 a3 3 0 1 1 -6 0", "#d9a441", INK, 1.2)
    return svg(body)


def barrel() -> str:
    """Return one barrel of waste."""
    body = ellipse(32, 57, 20, 4, "#000000", 'opacity="0.2"')
    body += rect(15, 12, 34, 45, "#d0a52c", 7, f'stroke="{INK}" stroke-width="3"')
    body += path("M15 25 h34 M15 44 h34", stroke="#8c6b14", width=3.4)
    return svg(body + path("M32 29 l7 11 h-14z", INK, INK, 2))


def works(households: Sequence[str]) -> dict[str, str]:
    """Return all of them by their names."""
    found = {f"clay_{state}_{variant}": clay(state, variant) for state in range(4) for variant in range(2)}
    found |= {"station_0": station("#4a5560"), "station_1": station("#f6d365"), "barrel": barrel()}
    found |= {"tunnel_0": tunnel(False), "tunnel_1": tunnel(True)}
    found |= {f"stall_{index}": stall(colour) for index, colour in enumerate(households)}
    found |= {f"buyer_{index}": buyer(coat) for index, coat in enumerate(COATS)}
    found |= {"ferry": ferry(), "figures": figures(), "nets": nets()}
    found |= {"kiln_0": kiln(INK), "kiln_1": kiln("#f0a03c")}
    return found | {f"pots_{count}": pots(count) for count in range(1, len(POTS) + 1)}
