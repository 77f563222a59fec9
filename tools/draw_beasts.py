"""Pictures of animals and of what people built: bees, hares, frogs, wolves, sheep, a loft, a mill."""

from __future__ import annotations

import math

from drawing import INK, Dice, circle, ellipse, path, rect, svg

PLACES = ((18, 24), (44, 46), (46, 18), (14, 50), (31, 35))


def bee(wings: int) -> str:
    """Return a bee in flight, wings up or down."""
    y = 20 if wings else 28
    body = ellipse(
        24, y, 9, 12, "#f2f9fc", f'opacity="0.92" stroke="{INK}" stroke-width="2" transform="rotate(-22 24 {y})"'
    )
    body += ellipse(
        38, y, 9, 12, "#f2f9fc", f'opacity="0.92" stroke="{INK}" stroke-width="2" transform="rotate(22 38 {y})"'
    )
    body += ellipse(31, 40, 20, 13.5, "#f4bf2f", f'stroke="{INK}" stroke-width="3"') + path(
        "M24 29 V51 M33 27.5 V52.5 M41 30 V50", stroke=INK, width=4.6
    )
    return svg(body + circle(16, 38, 2.4, INK))


def hive() -> str:
    """Return a straw hive on its board."""
    body = ellipse(32, 58, 24, 4.5, "#000000", 'opacity="0.18"') + path(
        "M14 54 V60 M50 54 V60", stroke="#5f432b", width=4
    )
    body += path(
        "M12 53 q-3 -7 2 -11 q-3 -9 4 -13 q-1 -9 7 -12 q2 -9 7 -9 q5 0 7 9 q8 3 7 12 q7 4 4 13 q5 4 2 11z",
        "#e8bd5d",
        INK,
        2.4,
    )
    body += path("M15 42 q17 5 34 0 M18 29 q14 5 28 0 M25 18 q7 3 14 0", stroke="#a9782c", width=2.4)
    return svg(
        body
        + path("M27 53 v-4 q5 -7 10 0 v4z", INK)
        + rect(9, 52, 46, 4.5, "#8a6a4a", 1.5, f'stroke="{INK}" stroke-width="1.4"')
    )


def lice(state: int) -> str:
    """Return clusters of lice, black and pale green, more of them the higher the state."""
    body = ""
    for x, y in PLACES[: 2 * state - 1]:
        for step, (dx, dy) in enumerate(((-5, -3), (3, -5), (6, 3), (-2, 4), (0, -1))):
            body += ellipse(
                x + dx, y + dy, 2.9, 3.9, ("#cfd97a", "#2f2e2a")[step % 2], f'stroke="{INK}" stroke-width="1.1"'
            )
            body += path(f"M{x + dx - 2} {y + dy} h-2 M{x + dx + 2} {y + dy} h2", stroke=INK, width=0.9)
    return svg(body)


def ladybirds(state: int) -> str:
    """Return ladybirds that walk about, more of them the higher the state."""
    body = ""
    for x, y in ((32, 16), (12, 36), (50, 34), (30, 52), (52, 52))[: 2 * state - 1]:
        body += path(f"M{x - 9} {y - 3} l18 7 M{x - 9} {y + 4} l18 -7", stroke=INK, width=1.5) + circle(
            x, y - 5.5, 3.8, INK
        )
        body += circle(x, y + 1, 7, "#dc3a26", f'stroke="{INK}" stroke-width="1.6"') + path(
            f"M{x} {y - 5} v13", stroke=INK, width=1.4
        )
        body += "".join(circle(x + dx, y + dy, 1.6, INK) for dx, dy in ((-3.4, -0.5), (3.4, -0.5), (-2.8, 4), (2.8, 4)))
    return svg(body)


def frog(leap: int) -> str:
    """Return a frog that sits, or stretches in a leap."""
    if leap:
        body = path("M20 40 L6 56 L14 58 M26 44 L16 60 L24 60", stroke="#3f7a3e", width=4.5) + path(
            "M44 34 L58 42 M42 36 L54 50", stroke="#3f7a3e", width=3.6
        )
        body += path("M14 40 q4 -22 28 -22 q14 2 14 12 q-2 12 -20 16 q-18 4 -22 -6z", "#6db35c", INK, 2.4) + circle(
            46, 18, 5.5, "#6db35c", f'stroke="{INK}" stroke-width="2"'
        )
        return svg(body + circle(47, 17, 2.6, INK))
    body = ellipse(32, 55, 20, 4, "#000000", 'opacity="0.18"') + path(
        "M14 46 q-8 8 2 9 h10 M50 46 q8 8 -2 9 H38", "#4f9347", INK, 2.4
    )
    body += path("M12 42 q1 -18 20 -18 q19 0 20 18 q-4 13 -20 13 q-16 0 -20 -13z", "#6db35c", INK, 2.4) + ellipse(
        32, 47, 10, 6, "#d7e6a8"
    )
    for x in (21, 43):
        body += (
            circle(x, 22, 7.5, "#6db35c", f'stroke="{INK}" stroke-width="2.2"')
            + circle(x, 21, 3.4, INK)
            + circle(x + 1, 20, 1.1, "#ffffff")
        )
    return svg(body + path("M20 38 q12 7 24 0", stroke=INK, width=2.2))


def lily() -> str:
    """Return pads of a water lily in flower."""
    pad = path("M40 30 a14 9 0 1 1 -5 -6z", "#5f9e5a", "#36683a", 1.5) + path(
        "M56 50 a10 6 0 1 1 -4 -5z", "#76b267", "#36683a", 1.4
    )
    petals = "".join(
        ellipse(30, 32, 2.6, 6, "#fbeaf2", f'stroke="#c98aa9" stroke-width="0.9" transform="rotate({turn} 30 36)"')
        for turn in (-60, -30, 0, 30, 60)
    )
    return svg(pad + petals + circle(30, 36, 2.2, "#eab82f"))


def hare(leap: int) -> str:
    """Return a hare seen from the side, sitting or in a leap."""
    coat, light, edge = "#b58b5c", "#d3ae82", "#5c4326"
    if leap:
        body = path("M16 36 L4 46 M20 40 L10 50 M46 36 L60 42 M44 38 L56 48", stroke=coat, width=4.6) + path(
            "M8 32 q10 -14 30 -10 q14 2 12 12 q-4 10 -24 9 q-18 0 -18 -11z", coat, edge, 2
        )
        ears, head = (
            path("M50 20 q-16 -2 -18 -12 q12 -2 20 9z", light, edge, 1.8),
            ellipse(52, 23, 8, 6.5, light, f'stroke="{edge}" stroke-width="2"'),
        )
        return svg(circle(7, 30, 4, "#f6f0e6") + body + ears + head + circle(54, 21, 1.7, INK))
    body = ellipse(32, 57, 20, 3.6, "#000000", 'opacity="0.2"') + circle(
        11, 48, 5, "#f6f0e6", f'stroke="{edge}" stroke-width="1.4"'
    )
    body += path("M12 54 q-2 -20 16 -22 q14 -1 16 12 l1 12 H18 q-5 0 -6 -2z", coat, edge, 2) + path(
        "M20 55 q-1 -13 12 -13", stroke=edge, width=1.8
    )
    body += path("M40 28 q-9 -8 -6 -22 q8 4 10 18 q1 -13 7 -17 q5 10 0 21z", light, edge, 1.8) + ellipse(
        46, 33, 9, 8, light, f'stroke="{edge}" stroke-width="2"'
    )
    return svg(
        body + circle(49, 31, 1.9, INK) + circle(54.5, 34, 1.5, "#8a4a4a") + path("M42 46 V56", stroke=edge, width=2.4)
    )


def wolf(step: int) -> str:
    """Return a wolf that trots, its legs apart (0) or together (1)."""
    fur, dark, edge = "#8d9197", "#5c6168", "#34373b"
    legs = ((16, 10), (22, 24), (40, 34), (45, 50)) if step == 0 else ((17, 18), (21, 16), (41, 43), (45, 42))
    body = ellipse(32, 58, 20, 3.4, "#000000", 'opacity="0.22"')
    for number, (top, foot) in enumerate(legs):
        body += path(f"M{top} 40 Q{(top + foot) / 2 + 1:.1f} 48 {foot} 57", stroke=dark if number % 2 else fur, width=4)
    body += path("M12 32 q-8 4 -11 14 q8 0 14 -8z", dark, edge, 1.8) + path(
        "M10 36 q0 -8 10 -8 h18 q6 -2 10 -8 l6 10 q-2 8 -8 12 q-6 4 -16 2 q-8 2 -12 1 q-8 -1 -8 -9z", fur, edge, 2
    )
    body += (
        path("M42 18 L44 8 L49 14 L54 9 L55 18 L63 24 q-1 5 -8 5 q-10 1 -13 -11z", fur, edge, 2)
        + path("M52 26 q6 2 10 -1 q-2 4 -7 4z", "#efeae0")
        + path("M14 30 q12 -3 24 0", stroke=dark, width=2.4)
    )
    return svg(body + circle(53, 19, 1.7, "#f2c94c") + circle(62, 24, 1.6, INK))


def sheep(collar: str) -> str:
    """Return a sheep seen from the side, with its household's collar."""
    body = ellipse(32, 56, 18, 3.8, "#000000", 'opacity="0.16"') + path(
        "M22 44 V55 M28 45 V55 M38 45 V55 M43 44 V55", stroke=INK, width=3.4
    )
    bumps = ((18, 34, 8), (27, 29, 9), (37, 29, 9), (43, 36, 8), (36, 41, 8), (25, 41, 8))
    body += "".join(circle(x, y, radius + 1.6, INK) for x, y, radius in bumps) + "".join(
        circle(x, y, radius, "#f8f4ea") for x, y, radius in bumps
    )
    body += rect(42, 24, 7.5, 16, collar, 3, f'stroke="{INK}" stroke-width="1.2"') + path(
        "M47 24 q10 -3 12 6 q0 8 -6 9 q-6 -2 -7 -7z", "#54524c", INK, 1.6
    )
    return svg(body + path("M47 26 q-5 0 -5 5", stroke="#54524c", width=3.4) + circle(54, 29, 1.4, "#ffffff"))


def dog(step: int) -> str:
    """Return a shepherd's dog on its rounds, its legs apart (0) or together (1)."""
    legs = ((18, 12), (23, 26), (38, 34), (42, 47)) if step == 0 else ((19, 20), (23, 18), (38, 41), (42, 39))
    body = ellipse(31, 57, 17, 3, "#000000", 'opacity="0.2"') + path("M14 34 q-8 -4 -8 -14", stroke=INK, width=5.4)
    body += path("M14 34 q-8 -4 -8 -14", stroke="#f2ead8", width=2.6)
    for top, foot in legs:
        body += path(f"M{top} 42 L{foot} 56", stroke=INK, width=5) + path(
            f"M{top} 42 L{foot} 56", stroke="#f2ead8", width=2.6
        )
    body += path("M13 36 q0 -8 10 -8 h13 q6 -1 8 -6 l6 8 q-1 10 -8 14 H22 q-9 0 -9 -8z", "#f2ead8", INK, 2)
    body += path("M20 28 q8 -2 14 0 l-2 9 q-7 3 -11 -1z", "#3d3a36") + rect(41, 23, 5, 9, "#b3402f", 2)
    body += path("M44 14 q8 -4 13 2 l5 5 q-2 5 -8 5 q-9 1 -10 -12z", "#f2ead8", INK, 2) + path(
        "M44 15 q-5 3 -3 11 q5 0 6 -6z", "#3d3a36", INK, 1.4
    )
    return svg(body + circle(53, 18, 1.6, INK) + circle(61, 21, 1.9, INK))


def broken() -> str:
    """Return what force has left of a weir: holes, loose stones, a board adrift."""
    body = path(
        "M14 26 l7 -5 l5 9 l-4 8 l-8 -3z M40 18 l8 4 l-3 9 l-8 -2z M30 42 l8 -2 l4 8 l-9 4z", "#244a60", INK, 1.8
    )
    body += path("M4 54 l9 -5 l6 6 l-7 6z M48 52 l8 -2 l4 7 l-9 3z", "#b9b09c", INK, 1.8)
    return svg(body + path("M22 58 L46 46", stroke=INK, width=6) + path("M22 58 L46 46", stroke="#a9713c", width=3.4))


def fish() -> str:
    """Return a fish under water, seen from above its back."""
    body = path("M40 32 L54 23 q-3 9 0 18z", "#2f5f7a", "#244a60", 1.4) + path(
        "M8 32 q16 -15 35 0 q-19 15 -35 0z", "#3d728f", "#244a60", 1.6
    )
    return svg(body + path("M14 30 q10 -5 20 0", stroke="#9cc8dc", width=2) + circle(14, 31, 1.6, "#eef6fa"))


SACKS = ((20, 47), (32, 47), (44, 47), (26, 38), (38, 38), (32, 29), (14, 38), (50, 38))


def loft(state: int) -> str:
    """Return a store on stilts, open in front, with as many sacks in it as its state says."""
    body = ellipse(32, 60, 27, 3.6, "#000000", 'opacity="0.2"')
    for x in (10, 31, 52):
        body += path(f"M{x} 52 V61 M{x - 4} 56 h8", stroke="#5f432b", width=3.6)
    body += rect(7, 24, 50, 30, "#6b4c33", 2, f'stroke="{INK}" stroke-width="2"') + path(
        "M9 32 H55 M9 40 H55", stroke="#7d5b3c", width=1.6
    )
    for x, y in SACKS[:state]:
        body += path(f"M{x - 6} {y + 5} q-2 -8 3 -10 l-2 -3 h10 l-2 3 q5 2 3 10z", "#e6d2a4", INK, 1.4) + path(
            f"M{x - 3} {y - 5} h6", stroke="#b3402f", width=1.8
        )
    body += path("M7 54 H57", stroke="#a9794a", width=4.4) + path("M7 24 V54 M57 24 V54", stroke="#a9794a", width=3.4)
    body += path("M2 27 L32 5 L62 27 L57 30 L32 13 L7 30z", "#c79a4c", INK, 2) + path(
        "M14 22 l4 4 M24 14 l4 4 M40 14 l-4 4 M50 22 l-4 4", stroke="#8f6a2c", width=2
    )
    return svg(body)


def wheel() -> str:
    """Return the wheel of a mill, to be turned."""
    body = ""
    for step in range(8):
        angle = math.pi * step / 4
        x, y = 32 + 25 * math.cos(angle), 32 + 25 * math.sin(angle)
        body += path(f"M32 32 L{x:.1f} {y:.1f}", stroke="#7b5a41", width=3.4)
        body += rect(
            27, 2, 10, 8, "#c99a62", 1, f'stroke="{INK}" stroke-width="1.8" transform="rotate({45 * step} 32 32)"'
        )
    ring = circle(32, 32, 22, "none", f'stroke="{INK}" stroke-width="6"') + circle(
        32, 32, 22, "none", 'stroke="#a9713c" stroke-width="3.4"'
    )
    return svg(body + ring + circle(32, 32, 5, "#5f432b", f'stroke="{INK}" stroke-width="1.8"'))


def mill() -> str:
    """Return the house of a mill: stone below, timber above."""
    body = ellipse(30, 59, 27, 4, "#000000", 'opacity="0.2"') + rect(
        8, 34, 40, 24, "#b9b09c", 2, f'stroke="{INK}" stroke-width="2"'
    )
    for x, y in ((10, 37), (22, 37), (34, 37), (15, 45), (28, 45), (10, 52), (35, 52)):
        body += rect(x, y, 9, 5, "#cfc7b4", 1.5, 'stroke="#8a8270" stroke-width="1"')
    body += rect(10, 20, 36, 15, "#eadfc8", 1, f'stroke="{INK}" stroke-width="2"') + path(
        "M18 20 V35 M28 20 V35 M38 20 V35 M10 35 L18 20 M46 35 L38 20", stroke="#7b5a41", width=2.4
    )
    body += path("M3 23 L28 3 L53 23 L48 26 L28 10 L8 26z", "#8a6a4a", INK, 2) + rect(
        23, 44, 10, 14, "#7b5a41", 3, f'stroke="{INK}" stroke-width="1.6"'
    )
    return svg(body)


def sluice(state: int) -> str:
    """Return the gate of a weir: 0 is drawn up, 3 lies shut on the ground."""
    body = "".join(rect(x, 4, 8, 56, "#8a8270", 1.5, f'stroke="{INK}" stroke-width="1.8"') for x in (3, 53))
    y = 8 + 11 * state
    body += rect(9, y, 46, 19, "#a9713c", 1.5, f'stroke="{INK}" stroke-width="2"') + path(
        f"M20 {y} v19 M32 {y} v19 M44 {y} v19", stroke="#6b4a2c", width=1.8
    )
    body += path(f"M32 2 V{y}", stroke=INK, width=2.6) + rect(
        1, 2, 62, 6, "#6b4c33", 2, f'stroke="{INK}" stroke-width="1.8"'
    )
    return svg(body)


def bench() -> str:
    """Return a bench."""
    body = ellipse(32, 57, 24, 3, "#000000", 'opacity="0.2"') + path("M14 44 V57 M50 44 V57", stroke="#5f432b", width=4)
    return svg(
        body
        + rect(8, 40, 48, 6, "#b58a55", 2, f'stroke="{INK}" stroke-width="1.6"')
        + rect(8, 28, 48, 6, "#b58a55", 2, f'stroke="{INK}" stroke-width="1.6"')
        + path("M14 28 V40 M50 28 V40", stroke="#5f432b", width=3.4)
    )


def flames(frame: int) -> str:
    """Return fire on a roof, in one of three shapes."""
    body = ""
    for number, (x, tall) in enumerate(((18, 26), (32, 38), (46, 28))):
        top, lean = 52 - tall + 3 * ((frame + number) % 3), 4 * ((frame + number) % 3 - 1)
        body += path(
            f"M{x - 9} 52 q-1 -14 {9 + lean} -{52 - top} q{2 - lean} 10 {9 - lean} {14} q4 14 -2 {52 - top - 14} z",
            "#e4672f",
            INK,
            1.6,
        )
        body += path(
            f"M{x - 4} 52 q0 -9 {4 + lean * 0.4:.1f} -{(52 - top) * 0.5:.1f} q5 9 4 {(52 - top) * 0.5:.1f}z", "#f7d154"
        )
    return svg(body)


def hail() -> str:
    """Return hailstones on the ground and what they have torn."""
    dice = Dice(77)
    body = "".join(
        path(f"M{x} {y} l7 3 l-3 4 z", "#6d8f4a", "#3f6a2c", 1) for x, y in ((12, 20), (40, 44), (26, 54), (50, 14))
    )
    for _ in range(15):
        x, y, radius = dice.roll(5, 59), dice.roll(5, 59), dice.roll(2.4, 4)
        body += circle(x, y, radius, "#f4f9fd", 'stroke="#8fa9bd" stroke-width="1.2"')
    return svg(body)


def beasts(collars: tuple[str, ...]) -> dict[str, str]:
    """Return every picture of animals and buildings by its name; sheep wear the colours of households."""
    found = {f"bee_{wings}": bee(wings) for wings in range(2)} | {f"frog_{leap}": frog(leap) for leap in range(2)}
    found |= {f"hare_{leap}": hare(leap) for leap in range(2)} | {f"wolf_{step}": wolf(step) for step in range(2)}
    found |= {f"dog_{step}": dog(step) for step in range(2)}
    found |= {f"lice_{state}": lice(state) for state in (1, 2, 3)} | {
        f"ladybirds_{state}": ladybirds(state) for state in (1, 2, 3)
    }
    found |= {f"sheep_{index}": sheep(colour) for index, colour in enumerate(collars)}
    found |= {f"loft_{state}": loft(state) for state in range(len(SACKS) + 1)} | {
        f"sluice_{state}": sluice(state) for state in range(4)
    }
    found |= {f"flames_{frame}": flames(frame) for frame in range(3)}
    return found | {
        "hive": hive(),
        "lily": lily(),
        "fish": fish(),
        "wheel": wheel(),
        "mill": mill(),
        "bench": bench(),
        "hail": hail(),
        "broken": broken(),
    }
