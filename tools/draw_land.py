"""Pictures of the land: trees of every age, bare and rich ground, fields, springs, walls and who lives there."""
# ruff: noqa: E501 - the outlines of pictures are data, one picture a line.

from __future__ import annotations

import math

from drawing import INK, Dice, circle, ellipse, path, rect, svg

BARK, DARK_BARK, CUT = "#7a573b", "#4f3826", "#e6c893"
Bumps = tuple[tuple[float, float, float], ...]


def crown(bumps: Bumps, edge: str, fill: str, light: str) -> str:
    """Return a leafy crown: its outline, its body, and light from the upper left."""
    body = "".join(circle(x, y, radius + 1.5, edge) for x, y, radius in bumps)
    body += "".join(circle(x, y, radius, fill) for x, y, radius in bumps)
    # Light falls on what lies high and to the left; more of it would make a wood look restless.
    lit = sorted(bumps, key=lambda bump: bump[0] + 1.6 * bump[1])[: 1 + len(bumps) // 2]
    return body + "".join(circle(x - radius * 0.2, y - radius * 0.25, radius * 0.6, light) for x, y, radius in lit)


def shade(wide: float) -> str:
    """Return the shadow at the foot of something that stands in the middle."""
    return ellipse(33, 59.5, wide, wide * 0.28, "#1d2a18", 'opacity="0.28"')


def trunk(x: float, top: float, wide: float, bark: str = BARK, edge: str = DARK_BARK) -> str:
    """Return a trunk that widens at its foot."""
    half = wide / 2
    data = (
        f"M{x - half:g} {top:g} L{x - half - 1:g} 56 q-1 3 -3 4 H{x + half + 4:g} q-2 -1 -3 -4 L{x + half:g} {top:g} Z"
    )
    return path(data, bark, edge, 1.3)


def firs(layers: tuple[tuple[float, float, float], ...], edge: str, fill: str, light: str) -> str:
    """Return the layers of a conifer from below: (top, bottom, half width)."""
    body = ""
    for top, bottom, half in layers:
        left, right, middle = 32 - half, 32 + half, (bottom - top) * 0.5
        outline = f"M32 {top:g} Q{32 + half * 0.35:g} {top + middle:g} {right:g} {bottom:g} Q32 {bottom + 4:g} {left:g} {bottom:g} Q{32 - half * 0.35:g} {top + middle:g} 32 {top:g} Z"
        body += path(outline, fill, edge, 1.5)
        body += path(
            f"M31 {top + 4:g} Q{32 - half * 0.3:g} {top + middle:g} {left + 4:g} {bottom - 1.5:g} L{left + half * 0.75:g} {bottom - 0.5:g} Q30 {top + middle:g} 31 {top + 4:g} Z",
            light,
        )
    return body


def old_tree(kind: int) -> str:
    """Return a tall old tree: an oak, a beech, a fir or a leaning pine."""
    bumps: Bumps
    if kind == 0:
        bumps = (
            (20, 27, 9.5),
            (44, 27, 9.5),
            (26, 36, 7.5),
            (39, 36, 7.5),
            (25, 17, 9),
            (40, 17, 9),
            (32, 24, 12),
            (32, 11, 8),
        )
        return svg(shade(15) + trunk(32, 36, 7) + crown(bumps, "#1f4026", "#336033", "#4a7d41"))
    if kind == 1:
        bumps = (
            (24, 32, 8),
            (40, 32, 8),
            (32, 38, 7),
            (23, 22, 8),
            (41, 22, 8),
            (32, 25, 10),
            (27, 13, 7.5),
            (37, 13, 7.5),
            (32, 8, 6),
        )
        return svg(shade(13) + trunk(32, 36, 6, "#8b8475", "#57513f") + crown(bumps, "#27482a", "#3d6c35", "#588a45"))
    if kind == 2:
        layers = ((30.0, 52.0, 17.0), (20.0, 41.0, 14.0), (10.0, 29.0, 11.0), (2.0, 17.0, 7.5))
        return svg(shade(14) + trunk(32, 46, 6) + firs(layers, "#16342c", "#265045", "#3b6b58"))
    bumps = ((22, 20, 8), (43, 17, 9), (33, 23, 8), (30, 12, 8.5), (47, 27, 5.5))
    leaning = path("M27 60 Q31 44 31 24 L36 24 Q37 44 37 60 Z", "#9a6243", DARK_BARK, 1.3)
    leaning += path("M34 34 L45 27", stroke="#9a6243", width=3)
    return svg(shade(12) + leaning + crown(bumps, "#1d3f2e", "#2d5b41", "#457a55"))


def young_tree(kind: int) -> str:
    """Return a young tree, light and thin: a birch, a little round one, a little fir."""
    bumps: Bumps
    if kind == 0:
        bumps = ((27, 28, 6.5), (37, 26, 6.5), (32, 18, 6.5), (32, 33, 6), (30, 10, 4.5))
        marks = path("M30.6 46 h2 M31.6 52 h2", stroke=INK, width=1.2)
        return svg(
            shade(9) + trunk(32, 34, 3.2, "#f0ece0", "#7d776b") + marks + crown(bumps, "#55803a", "#8bb757", "#abd077")
        )
    if kind == 1:
        bumps = ((25, 32, 8), (39, 32, 8), (32, 24, 9), (32, 36, 8))
        return svg(shade(10) + trunk(32, 38, 3.6) + crown(bumps, "#4c7a38", "#7bad50", "#9fca70"))
    layers = ((30.0, 52.0, 11.0), (22.0, 41.0, 9.0), (13.0, 30.0, 6.5))
    return svg(shade(9) + trunk(32, 46, 3.6) + firs(layers, "#3d6e42", "#669a58", "#8cba76"))


def row_tree(tall: bool) -> str:
    """Return the tree of a plantation: narrow, pointed, each like the other."""
    if tall:
        layers = ((26.0, 50.0, 11.0), (14.0, 37.0, 9.0), (3.0, 24.0, 6.5))
        return svg(shade(9) + trunk(32, 44, 4) + firs(layers, "#46501f", "#6f7d33", "#94a150"))
    return svg(
        shade(7) + trunk(32, 46, 3) + firs(((32.0, 52.0, 8.5), (20.0, 41.0, 6.5)), "#5c682b", "#93a24a", "#b6c36c")
    )


def seedling(kind: int) -> str:
    """Return seedlings that have just come up."""
    body = ""
    for x, y, tall in (((22, 58, 18), (40, 52, 15)), ((32, 56, 22), (16, 50, 12), (48, 60, 13)))[kind]:
        body += path(f"M{x} {y} q1 -{tall * 0.5:g} 0 -{tall}", stroke="#5c8a3c", width=2.4)
        top = y - tall
        body += path(f"M{x} {top + 2} q-10 -1 -11 -9 q10 0 11 9z", "#9acb5e", "#4c7a38", 1.4)
        body += path(f"M{x} {top + 4} q9 0 11 -8 q-10 -1 -11 8z", "#b3dc74", "#4c7a38", 1.4)
    return svg(body)


def stump(kind: int) -> str:
    """Return what is left of a felled tree: a pale cut with its rings, chips around it."""
    x = 32 + (3 if kind else -2)
    body = ellipse(x + 2, 57, 21, 5, "#1d2a18", 'opacity="0.3"')
    body += path(f"M{x - 15} 38 L{x - 19} 56 q8 5 12 1 q7 5 14 0 q6 3 12 -2 L{x + 15} 38 Z", BARK, DARK_BARK, 2)
    body += ellipse(x, 37, 16, 9, CUT, f'stroke="{DARK_BARK}" stroke-width="2"')
    body += ellipse(x - 1, 37, 10, 5.4, "none", 'stroke="#b98d55" stroke-width="1.8"')
    body += ellipse(x - 1, 37, 4.4, 2.4, "none", 'stroke="#b98d55" stroke-width="1.8"')
    for dx, dy in ((-26, 6), (22, 12), (-20, 20)) if kind else ((24, 4), (-25, 14)):
        body += path(f"M{x + dx} {38 + dy} l5 -2 l2 3 z", CUT)
    return svg(body)


def floor(state: int, variant: int) -> str:
    """Return the ground of a wood: 0 is washed out with rills and stones, 3 is deep and full of life."""
    dice = Dice(400 + 10 * state + variant)
    body = ""
    if state <= 1:
        for _ in range(3 - state):
            x, y = dice.roll(8, 52), dice.roll(2, 14)
            data = f"M{x:.1f} {y:.1f}"
            for _ in range(3 + state % 2):
                data += f" q{dice.roll(-6, 6):.1f} {dice.roll(4, 7):.1f} {dice.roll(-4, 4):.1f} {dice.roll(11, 15):.1f}"
            body += path(data, stroke="#8a6a48", width=3.4 - state) + path(data, stroke="#6d5137", width=1.3)
        for _ in range(4 - 2 * state):
            x, y, wide = dice.roll(6, 56), dice.roll(10, 58), dice.roll(2.4, 4.6)
            body += ellipse(x, y, wide, wide * 0.7, "#a9a397", 'stroke="#77705f" stroke-width="1.1"')
        return svg(body)
    for _ in range(2 + 2 * (state - 2)):
        x, y = dice.roll(8, 56), dice.roll(14, 60)
        for lean in (-5, -1, 4):
            body += path(
                f"M{x:.1f} {y:.1f} q{lean * 0.2:.1f} -5 {lean} -{dice.roll(7, 10):.1f}", stroke="#6d8f45", width=1.8
            )
    for _ in range(3):
        body += ellipse(dice.roll(6, 58), dice.roll(8, 58), 2.6, 1.4, ("#8a6a45", "#5b4630")[state - 2])
    if state == 3 and variant == 1:
        body += rect(43, 40, 3.4, 7, "#f1e6d0", 1.4) + path("M37.5 41 q7 -11 14 0 z", "#b9493a", "#7c2d24", 1.2)
    return svg(body)


def furrows(state: int, variant: int) -> str:
    """Return a ploughed tile: 0 is bare furrows, then sprouts, green stalks, ears, and ripe grain."""
    dice = Dice(500 + 10 * state + variant)
    body = ""
    for row in range(4):
        y = 9 + 16 * row
        body += path(f"M-2 {y + 4} q17 -3 34 0 q17 3 34 0", stroke="#7d5c3c", width=3.2)
        if state == 0:
            body += path(f"M-2 {y} q17 -3 34 0 q17 3 34 0", stroke="#b08a5e", width=1.6)
            continue
        tall = (0, 5, 9, 12, 13)[state]
        colour = ("", "#7fae4e", "#6b9a3f", "#a9a544", "#d9ac3a")[state]
        for step in range(5):
            x = 5 + 13 * step + dice.roll(-2, 2)
            for lean in (-3, 1.5) if state > 1 else (-1.5, 1.5):
                body += path(f"M{x:.1f} {y + 3} q0 -{tall * 0.6:.1f} {lean} -{tall}", stroke=colour, width=2.1)
                if state >= 3:
                    body += ellipse(
                        x + lean,
                        y + 2 - tall,
                        1.9,
                        3.4,
                        "#f0cb5c" if state == 4 else "#c9bb52",
                        'stroke="#a37e22" stroke-width="0.7"',
                    )
    return svg(body)


SPRINGS = 7


def spring(state: int) -> str:
    """Return a basin set in stones: 0 is dry and cracked, the last brims over."""
    share = state / (SPRINGS - 1)
    body = ellipse(32, 38, 29, 23, "#2a3322", 'opacity="0.22"') + ellipse(32, 35, 26, 21, "#b7a284")
    body += ellipse(32, 36, 22.5, 17.5, "#cbb58e" if state == 0 else "#a98e68")
    if state <= 2:
        cracks = "M14 34 l8 -4 l5 5 l9 -3 M27 35 l-3 9 M36 32 l7 8 l8 -1 M22 30 l-1 -7 M36 32 l3 -9 M43 40 l-4 8"
        body += path(cracks, stroke="#6b5236", width=1.9)
    if state:
        wide, high = 22.5 * (0.34 + 0.66 * share), 17.5 * (0.34 + 0.66 * share)
        y = 40 - 4 * share
        body += ellipse(32, y, wide, high, "#256d9e") + ellipse(32, y, wide * 0.88, high * 0.86, "#3f97cc")
        body += ellipse(32 - wide * 0.2, y - high * 0.25, wide * 0.42, high * 0.3, "#8fd3f0")
        if state >= 4:
            body += path(f"M24 {y + 5:g} q4 -4 8 0 q4 4 8 0", stroke="#d9f2fb", width=1.8)
            body += ellipse(32, y - 3, 4.5, 2.4, "none", 'stroke="#e8f8fd" stroke-width="1.6"')
    for step in range(14):
        angle = 2 * math.pi * step / 14 + 0.2
        x, y = 32 + 26.5 * math.cos(angle), 35.5 + 21 * math.sin(angle)
        if share > 0.9 and 0.9 < angle < 1.9:
            continue
        body += ellipse(
            x,
            y,
            5.6 + (step % 3) * 0.5,
            4.6,
            ("#cfc9bb", "#b4ad9d", "#dad5c9")[step % 3],
            f'stroke="{INK}" stroke-width="1.3"',
        )
    if share > 0.9:
        body += path("M25 52 q7 4 14 0 l2 11 h-18 z", "#3f97cc") + path(
            "M29 55 v7 M35 55 v7", stroke="#bfe6f6", width=1.6
        )
    elif state == 0:
        body += path("M47 20 l-2 -11 M45 12 l-6 -4 M46 14 l6 -6", stroke="#6b5236", width=2)
    return svg(body)


def terrace(state: int) -> str:
    """Return low walls of dry stone, one, two or three above each other."""
    body = ""
    for row in ((44,), (26, 52), (16, 36, 56))[state - 1]:
        body += rect(0, row + 4, 64, 5, "#1d2a18", more='opacity="0.25"')
        for step in range(6):
            x = step * 11 - (row // 4) % 3
            fill = ("#cbc4b4", "#b3ab99", "#d8d2c4")[(step + row) % 3]
            body += rect(x, row - 3, 10, 8, fill, 2.6, f'stroke="{INK}" stroke-width="1.2"')
    return svg(body)


PLACES = ((18, 24), (42, 44), (44, 18), (16, 48), (30, 34))


def pests(state: int) -> str:
    """Return beetles, more of them the higher the state."""
    body = ""
    for x, y in PLACES[: 2 * state - 1]:
        body += path(f"M{x - 7} {y - 4} l14 8 M{x - 8} {y} h16 M{x - 7} {y + 4} l14 -8", stroke=INK, width=1.5)
        body += ellipse(x, y, 4.6, 5.8, "#8e2f22", f'stroke="{INK}" stroke-width="1.4"') + circle(x, y - 6, 2.4, INK)
        body += path(f"M{x} {y - 4} v9", stroke=INK, width=1.2)
    return svg(body)


def poison(state: int) -> str:
    """Return violet drops that stand in the ground."""
    body = ""
    for x, y in PLACES[: 2 * state - 1]:
        body += ellipse(x, y + 6, 8, 3, "#5d3a70", 'opacity="0.35"')
        body += path(f"M{x} {y - 8} q7 8 7 11 q0 6 -7 6 q-7 0 -7 -6 q0 -3 7 -11z", "#8d5fa8", "#452a55", 1.6)
        body += path(f"M{x - 2.4} {y + 1} l4.8 4.8 m0 -4.8 l-4.8 4.8", stroke="#f3e6fa", width=1.5)
    return svg(body)


def mould(state: int) -> str:
    """Return grey fur in rings."""
    body = ""
    for x, y in PLACES[: 2 * state - 1]:
        for step in range(9):
            angle = 2 * math.pi * step / 9
            body += path(f"M{x} {y} l{9 * math.cos(angle):.1f} {7 * math.sin(angle):.1f}", stroke="#e4e6da", width=2.6)
        body += ellipse(x, y, 6, 4.6, "#b9beab", 'stroke="#71765f" stroke-width="1.2"') + circle(x, y, 1.6, "#71765f")
    return svg(body)


def bees(state: int) -> str:
    """Return flowers at the edge of a field and the bees that visit them."""
    body = ""
    for number, (x, y) in enumerate(PLACES[: 1 + state]):
        fill = ("#f3f0e6", "#d986b4", "#f4e285")[number % 3]
        for step in range(5):
            angle = 2 * math.pi * step / 5
            body += circle(x + 3.4 * math.cos(angle), y + 3.4 * math.sin(angle), 2.4, fill)
        body += circle(x, y, 1.8, "#c98a1f")
    for x, y in ((28, 16), (50, 32), (10, 36))[:state]:
        body += ellipse(x - 2, y - 4, 3, 4, "#eaf4f8", 'opacity="0.9"') + ellipse(
            x + 2, y - 4, 3, 4, "#eaf4f8", 'opacity="0.9"'
        )
        body += ellipse(x, y, 5, 3.4, "#eab82f", f'stroke="{INK}" stroke-width="1.2"')
        body += path(f"M{x - 1} {y - 3} v6 M{x + 2} {y - 3} v6", stroke=INK, width=1.3)
    return svg(body)


def deer() -> str:
    """Return a deer seen from the side."""
    body = ellipse(32, 58, 17, 3.4, "#000000", 'opacity="0.2"')
    for x in (19, 23.5, 37, 41):
        body += path(f"M{x} 38 L{x - 0.6} 57", stroke="#7a4b2a", width=3)
    body += path(
        "M14 32 q0 -7 10 -7 h12 q8 -1 9 -12 l6 2 q0 12 -5 18 q-4 8 -12 8 H24 q-10 0 -10 -9z", "#b5753f", "#5c3a20", 1.8
    )
    body += path("M44 15 q2 -6 8 -5 l7 5 q-1 4 -6 4 q-5 1 -9 -4z", "#b5753f", "#5c3a20", 1.8)
    body += path("M47 11 q-4 -4 -4 -9 M46 7 l-5 -2 M51 10 q1 -5 5 -8 M53 6 l5 1", stroke="#5c3a20", width=2)
    return svg(body + circle(53, 14, 1.2, INK) + ellipse(14, 30, 3, 3.6, "#f4ead8"))


def bird(wings: int) -> str:
    """Return a bird in flight, wings up or down."""
    flap = (
        "M6 22 Q20 16 31 33 Q44 14 58 20 Q44 24 33 40 Q20 26 6 22z"
        if wings
        else "M6 40 Q18 26 31 30 Q44 26 58 38 Q44 34 33 38 Q20 36 6 40z"
    )
    return svg(path(flap, "#3d4650", "#20262c", 1.4) + ellipse(32, 35, 4, 6, "#3d4650"))


def land() -> dict[str, str]:
    """Return every picture of the land by its name."""
    found = {f"tree_{kind}": old_tree(kind) for kind in range(4)}
    found |= {f"sapling_{kind}": young_tree(kind) for kind in range(3)}
    found |= {f"seedling_{kind}": seedling(kind) for kind in range(2)}
    found |= {f"stump_{kind}": stump(kind) for kind in range(2)}
    found |= {"row_old": row_tree(True), "row_young": row_tree(False), "deer": deer()}
    found |= {f"bird_{wings}": bird(wings) for wings in range(2)}
    for state in range(5):
        found |= {f"furrows_{state}_{variant}": furrows(state, variant) for variant in range(2)}
    for state in range(4):
        found |= {f"floor_{state}_{variant}": floor(state, variant) for variant in range(3)}
    found |= {f"spring_{state}": spring(state) for state in range(SPRINGS)}
    for name, draw in (("terraces", terrace), ("pests", pests), ("poison", poison), ("mould", mould), ("bees", bees)):
        found |= {f"{name}_{state}": draw(state) for state in (1, 2, 3)}
    return found
