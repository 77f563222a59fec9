"""Pictures of what grows under glass and in wild land: the jungle, aspens, river banks, wet and dry ground."""
# ruff: noqa: E501 - the outlines of pictures are data, one picture a line.

from __future__ import annotations

import math

from draw_growth import blossom
from draw_land import crown, shade, trunk
from drawing import INK, Dice, circle, ellipse, path, svg


def fern(x: float, y: float, tall: float, colours: tuple[str, str], lean: float = 0.0) -> str:
    """Return a fan of fronds from one root."""
    body = ""
    for number, angle in enumerate((-1.15, -0.7, -0.25, 0.2, 0.65, 1.1)):
        end_x, end_y = x + tall * 0.8 * math.sin(angle + lean), y - tall * math.cos(angle * 0.75)
        body += path(
            f"M{x} {y} Q{x + tall * 0.25 * math.sin(angle):.1f} {y - tall * 0.75:.1f} {end_x:.1f} {end_y:.1f}",
            stroke=colours[number % 2],
            width=2.8,
        )
    return body


def broad_leaf(x: float, y: float, size: float, turn: float, fill: str) -> str:
    """Return one large leaf that hangs from its stalk."""
    more = f'transform="rotate({turn:.0f} {x} {y})"'
    return path(
        f"M{x} {y} q{-size * 0.55:.1f} {-size * 0.5:.1f} 0 {-size * 1.25:.1f} q{size * 0.55:.1f} {size * 0.75:.1f} 0 {size * 1.25:.1f}z",
        fill,
        "#1f4526",
        1.3,
        more,
    ) + path(f"M{x} {y} v{-size:.1f}", stroke="#a8d27a", width=1.2, more=more)


def jungle(state: int, variant: int) -> str:
    """Return the green under glass on one tile: 1 is shoots, 3 ferns, 5 a jungle of large leaves in flower."""
    dice = Dice(900 + 13 * state + variant)
    body = ellipse(32, 58, 9 + 3.5 * state, 3 + 0.6 * state, "#16301b", 'opacity="0.25"')
    greens = (("#5c9a4a", "#83bd62"), ("#4c8d4f", "#76b06a"), ("#68a044", "#98c95c"))[variant % 3]
    if state == 1:
        for x in (18, 32, 45):
            body += fern(x + dice.roll(-4, 4), 58 - dice.roll(0, 8), 13, greens)
        return svg(body)
    if state == 2:
        return svg(body + fern(22, 56, 22, greens) + fern(43, 59, 24, greens))
    if state >= 4:
        body += path(f"M30 58 q4 -16 {2 + 3 * (variant - 1)} -{20 + 2 * state}", stroke="#6f8a45", width=3.6)
        top_x, top_y = 32 + 3 * (variant - 1), 58 - 20 - 2 * state
        for turn in (-115, -70, -28, 25, 68, 112):
            body += broad_leaf(top_x, top_y, 11 + state, turn, ("#2f6b3a", "#3f7f45")[turn % 2])
    for turn in (-62, -30, 4, 34, 64)[: 3 + (state > 3) * 2]:
        body += broad_leaf(
            32, 58, 17 + 3.2 * state, turn + dice.roll(-6, 6), (greens[0], "#3f8048", greens[1])[abs(turn) % 3]
        )
    body += fern(16, 59, 15 + 3 * state, greens, -0.2) + fern(49, 59, 14 + 3 * state, greens, 0.2)
    if state == 5:
        for x, y in ((20, 36), (43, 30), (33, 47)):
            body += blossom(x, y, (variant + x) % 3 + 1, 1.35)
    return svg(body)


def palm() -> str:
    """Return a tall palm with hanging leaves and fruit, as it stands under glass."""
    body = ellipse(33, 60, 12, 3, "#16301b", 'opacity="0.3"') + path(
        "M29 60 Q34 40 31 22 L35 22 Q38 42 36 60z", "#9a7a52", "#5b4329", 1.4
    )
    body += path("M31 52 h5 M32 45 h4.5 M32.5 38 h4 M32.5 31 h3", stroke="#5b4329", width=1.2)
    for end_x, end_y, fill in (
        (4, 30, "#2f6b3a"),
        (60, 30, "#2f6b3a"),
        (8, 15, "#3f8048"),
        (56, 14, "#3f8048"),
        (20, 3, "#5c9a4a"),
        (45, 3, "#5c9a4a"),
        (16, 40, "#4c8d4f"),
        (50, 40, "#4c8d4f"),
    ):
        middle_x, middle_y = (33 + end_x) / 2, min(22, end_y) - 7
        body += path(
            f"M33 22 Q{middle_x} {middle_y} {end_x} {end_y} Q{middle_x} {middle_y + 13} 33 24z", fill, "#1f4526", 1.3
        )
    return svg(
        body
        + circle(30, 25, 3.2, "#e0802f", f'stroke="{INK}" stroke-width="1"')
        + circle(36, 26, 3.2, "#e0802f", f'stroke="{INK}" stroke-width="1"')
    )


def litter(state: int, variant: int) -> str:
    """Return brown leaves on the ground, more of them the higher the state."""
    dice = Dice(333 + 5 * state + variant)
    body = ""
    for number in range((0, 7, 15, 26)[state]):
        x, y, turn = dice.roll(5, 59), dice.roll(5, 59), dice.roll(0, 180)
        fill = ("#8f6437", "#b07f3f", "#6f4d2c", "#c29a52")[number % 4]
        body += path(
            f"M{x - 5:.1f} {y:.1f} q5 -5 10 0 q-5 5 -10 0z",
            fill,
            "#4f3620",
            0.8,
            f'transform="rotate({turn:.0f} {x:.1f} {y:.1f})"',
        )
    return svg(body)


def aspen(state: int, variant: int) -> str:
    """Return an aspen: 0 is a gnawed stump, 1 shoots, 2 a sapling, 5 a tall golden tree with a white trunk."""
    if state == 0:
        body = ellipse(32, 58, 14, 4, "#1d2a18", 'opacity="0.25"') + path(
            "M26 58 L28 40 L31 46 L34 37 L38 58z", "#efe9da", "#7d776b", 1.6
        )
        return svg(
            body
            + path("M28 52 h3 M33 48 h3", stroke=INK, width=1.4)
            + path("M44 58 l2 -9 M18 58 l-2 -7", stroke="#8a7a5c", width=2)
        )
    if state == 1:
        body = ""
        for x, tall in ((22, 20), (34, 26), (45, 18)):
            body += path(f"M{x} 58 q1 -{tall * 0.5} 0 -{tall}", stroke="#a89f86", width=2)
            body += "".join(
                circle(x + side * 4.5, 58 - tall * part, 3.4, fill, 'stroke="#7c6a1e" stroke-width="0.9"')
                for side, part, fill in ((-1, 0.6, "#b9c24f"), (1, 0.75, "#d8c04a"), (0, 1.0, "#d3c64f"))
            )
        return svg(body)
    wide, top = (0, 0, 2.6, 3.4, 4.4, 5.2)[state], (0, 0, 34, 26, 16, 9)[state]
    spread = (0, 0, 8, 11, 14, 16.5)[state]
    bumps = tuple(
        (
            32 + spread * math.sin(step * 2.4 + variant) * 0.75,
            top + (44 - top) * step / 8,
            spread * (0.42 + 0.2 * math.sin(math.pi * (step + 1) / 9)),
        )
        for step in range(8)
    )
    marks = "".join(path(f"M{31 - wide * 0.3:.1f} {y} h{wide * 0.6:.1f}", stroke=INK, width=1.3) for y in (44, 49, 54))
    colours = (("#8a6a14", "#e0b030", "#f6d55e"), ("#7a7417", "#cdb93a", "#ead866"), ("#94610f", "#e39a2b", "#f7c163"))[
        variant % 3
    ]
    return svg(shade(5 + 2 * state) + trunk(32, 30, wide, "#f3efe4", "#8a8478") + crown(bumps, *colours) + marks)


def bank(state: int, variant: int) -> str:
    """Return the bank of a river: 0 is broken and bare, 3 green with reeds and sedge."""
    dice = Dice(520 + state * 4 + variant)
    body = ""
    if state <= 1:
        for _ in range(5 - 2 * state):
            x, y = dice.roll(6, 50), dice.roll(8, 54)
            body += path(f"M{x:.1f} {y:.1f} q6 -6 13 -1 l-3 6 q-6 3 -9 1z", "#8a6a48", "#5f452d", 1.4)
            body += path(f"M{x + 2:.1f} {y + 8:.1f} l5 4 l6 -2", stroke="#6b5036", width=1.8)
    for _ in range((0, 3, 6, 9)[state]):
        x, y, tall = dice.roll(6, 58), dice.roll(26, 62), dice.roll(14, 20)
        for lean in (-4, -1, 2.5, 5):
            body += path(
                f"M{x:.1f} {y:.1f} q{lean * 0.3:.1f} -{tall * 0.6:.1f} {lean} -{tall:.1f}",
                stroke=("#5b8a42", "#7ca654")[lean > 0],
                width=2,
            )
        if state >= 2:
            body += path(f"M{x:.1f} {y:.1f} v-{tall + 4:.1f}", stroke="#6b7a3a", width=1.6) + ellipse(
                x, y - tall - 5, 2, 4.6, "#7b4f2b"
            )
    return svg(body)


def willow(state: int) -> str:
    """Return a willow at the water: 1 is a shoot, 3 a tree with hanging branches."""
    if state == 1:
        return svg(
            shade(8)
            + "".join(
                path(f"M32 58 Q{32 + lean * 0.4} 40 {32 + lean} {34 + abs(lean) * 0.3}", stroke=fill, width=2.6)
                for lean, fill in ((-14, "#7ca654"), (-6, "#9cc46c"), (2, "#7ca654"), (9, "#9cc46c"), (15, "#7ca654"))
            )
        )
    top, wide = (0, 0, 22, 8)[state], (0, 0, 15, 21)[state]
    body = shade(wide * 0.8) + trunk(32, 34, 4 + state, "#7b5f43")
    for step in range(13):
        x = 32 - wide + 2 * wide * step / 12
        arch = top + 0.035 * (x - 32) ** 2
        body += path(
            f"M32 {top + 10} Q{(x + 32) / 2:.1f} {top - 2:.1f} {x:.1f} {arch + 8:.1f} q{(x - 32) * 0.12:.1f} 10 0 {20 + 3 * math.sin(step * 2):.1f}",
            stroke=("#6f9a4a", "#8fb860", "#a7ca77")[step % 3],
            width=4.4,
        )
    return svg(body)


def cracks(state: int) -> str:
    """Return the cracks of dry ground, few (1) or many (2)."""
    body = path(
        "M6 20 l12 6 l10 -8 l14 7 l16 -5 M18 26 l-3 16 l12 8 l14 -6 M41 25 l4 15 l12 6",
        stroke="#5f452d",
        width=1.7,
        more='opacity="0.8"',
    )
    if state == 2:
        body += path(
            "M28 18 l-2 -12 M27 50 l3 12 M15 42 l-10 6 M57 46 l4 12 M45 40 l-4 4 M42 25 l8 -14",
            stroke="#5f452d",
            width=1.5,
            more='opacity="0.8"',
        )
    return svg(body)


def wet_furrows() -> str:
    """Return water that stands between furrows."""
    body = ""
    for y in (14, 30, 46, 62):
        body += path(f"M0 {y} q16 -2 32 0 t32 0", stroke="#3f7fa5", width=2.6, more='opacity="0.55"') + path(
            f"M{8 + y % 7} {y - 0.8} h9 M{40 - y % 9} {y - 0.8} h7", stroke="#cfe8f4", width=1.3
        )
    return svg(body)


def wilds() -> dict[str, str]:
    """Return every picture of what grows there by its name."""
    found = {f"jungle_{state}_{variant}": jungle(state, variant) for state in range(1, 6) for variant in range(3)}
    found |= {f"litter_{state}_{variant}": litter(state, variant) for state in range(1, 4) for variant in range(2)}
    found |= {f"aspen_{state}_{variant}": aspen(state, variant) for state in range(6) for variant in range(3)}
    found |= {f"bank_{state}_{variant}": bank(state, variant) for state in range(4) for variant in range(2)}
    found |= {f"willow_{state}": willow(state) for state in range(1, 4)}
    found |= {f"cracks_{state}": cracks(state) for state in range(1, 3)}
    return found | {"wet_furrows": wet_furrows(), "palm": palm()}
