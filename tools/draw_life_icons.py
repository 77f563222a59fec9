"""Icons of what lives and is made in orchards, hedges, gardens, rivers and wild land, in ink on nothing."""
# ruff: noqa: E501 - the outlines of pictures are data, one picture a line.

from __future__ import annotations

import math

from drawing import INK, circle, ellipse, path, rect

LINE = f'stroke="{INK}" stroke-width="3"'
THIN = f'stroke="{INK}" stroke-width="2.4"'


def life_icons() -> dict[str, str]:
    """Return the icons of the campaign's later levels by name."""
    return _orchard() | _hedge() | _circle() | _glass() | _river() | _wilds()


def _flower() -> str:
    petals = "".join(
        ellipse(32, 13, 7.5, 10, "#f7ecf3", f'{THIN} transform="rotate({60 * step} 32 26)"') for step in range(6)
    )
    leaf = path("M32 52 q-14 2 -17 -10 q14 -1 17 10z", "#6b9a3f", INK, 2.6)
    return path("M32 32 V60", stroke="#4d7a34", width=4.5) + leaf + petals + circle(32, 26, 7, "#eab82f", LINE)


def _orchard() -> dict[str, str]:
    apple = path(
        "M32 20 q-8 -6 -16 -1 q-10 7 -7 21 q4 18 16 18 q4 0 7 -2 q3 2 7 2 q12 0 16 -18 q3 -14 -7 -21 q-8 -5 -16 1z",
        "#d1483f",
        INK,
        3,
    )
    apple += path("M32 20 q-1 -9 4 -15", stroke=INK, width=3.4) + path(
        "M35 12 q6 -9 17 -6 q-5 10 -17 6z", "#6b9a3f", INK, 2.4
    )
    apple += path("M17 28 q-3 6 -1 12", stroke="#f6c9b8", width=3.4)
    woven = path("M9 30 H55 L49 56 H15 Z", "#c99a62", INK, 3) + path(
        "M12 38 H52 M14 47 H50 M22 31 L24 55 M32 31 V55 M42 31 L40 55", stroke="#7d5731", width=2.2
    )
    basket = path("M14 30 q18 -36 36 0", stroke=INK, width=3.4) + "".join(
        circle(x, y, 6.5, fill, THIN) for x, y, fill in ((22, 27, "#d1483f"), (42, 27, "#e3b94f"), (32, 24, "#d1483f"))
    )
    hive = path(
        "M10 56 q-3 -8 2 -12 q-3 -9 4 -13 q-1 -9 7 -12 q2 -10 9 -10 q7 0 9 10 q8 3 7 12 q7 4 4 13 q5 4 2 12z",
        "#e3b455",
        INK,
        3,
    )
    hive += path("M13 44 q19 5 38 0 M16 31 q16 5 32 0 M22 20 q10 4 20 0", stroke=INK, width=2.6)
    hive += path("M26 56 v-5 q6 -8 12 0 v5z", INK) + path("M6 58 H58", stroke=INK, width=4)
    return {"flower": _flower(), "apple": apple, "basket": basket + woven, "hive": hive}


def _hedge() -> dict[str, str]:
    shield = path("M32 7 q11 7 22 6 q2 32 -22 45 q-24 -13 -22 -45 q11 1 22 -6z", "#b9896a", INK, 3)
    shield += path("M24 24 l-6 -6 M40 24 l6 -6 M20 32 h-6 M44 32 h6 M22 40 l-5 5 M42 40 l5 5", stroke=INK, width=2.6)
    shield += ellipse(32, 33, 8, 11, "#6b4a3a", THIN) + path("M32 24 v19", stroke="#d9b89a", width=2)
    bird = path("M18 50 l-7 6 M32 55 v5 M46 50 l7 6", stroke=INK, width=3) + path(
        "M24 14 l-5 -8 M40 14 l5 -8", stroke=INK, width=2.8
    )
    bird += path("M20 22 q12 -16 24 0z", INK, INK, 2) + path(
        "M32 20 q22 2 22 22 q-4 14 -22 14 q-18 0 -22 -14 q0 -20 22 -22z", "#d1432f", INK, 3
    )
    bird += path("M32 21 V56", stroke=INK, width=3) + "".join(
        circle(x, y, r, INK)
        for x, y, r in ((22, 33, 4), (42, 33, 4), (19, 45, 3.4), (45, 45, 3.4), (27, 49, 2.6), (37, 49, 2.6))
    )
    bird += circle(27, 17, 1.8, "#ffffff") + circle(37, 17, 1.8, "#ffffff")
    spikes = "".join(
        path(f"M32 22 L{32 + 15 * math.cos(a):.1f} {22 + 15 * math.sin(a):.1f}", stroke="#a85b9e", width=3.4)
        for a in [math.pi * (1.08 + 0.84 * step / 6) for step in range(7)]
    )
    weed = (
        path("M32 60 V34", stroke="#5f7d3a", width=5)
        + spikes
        + path("M23 22 h18 l-4 13 h-10z", "#7f9b4e", INK, 2.6)
        + path("M24 27 l16 5 M40 27 l-16 5", stroke=INK, width=1.8)
    )
    weed += path(
        "M32 52 l-7 -2 -2 4 -5 -6 -7 1 5 -6 -1 -6 8 3 5 -2 1 7z M32 56 l7 -2 2 4 5 -6 7 1 -5 -6 1 -6 -8 3 -5 -2 -1 7z",
        "#8fae5a",
        INK,
        2.2,
    )
    frog = path("M8 44 q-6 10 4 12 h12 M56 44 q6 10 -4 12 H40", "#5f9b5a", INK, 3) + path(
        "M8 40 q2 -20 24 -20 q22 0 24 20 q-4 16 -24 16 q-20 0 -24 -16z", "#6fae5f", INK, 3
    )
    frog += "".join(
        circle(x, 18, 8.5, "#6fae5f", LINE) + circle(x, 17, 4, "#f6f3df") + circle(x, 17, 2.6, INK) for x in (19, 45)
    )
    frog += path("M16 38 q16 12 32 0", stroke=INK, width=3.2) + circle(29, 30, 1.5, INK) + circle(35, 30, 1.5, INK)
    hoe = path("M14 58 L44 12", stroke="#a9713c", width=6.4) + path(
        "M40 8 q12 2 16 16 l-9 -2 l-3 6 q0 -8 -8 -12z", "#7d8790", INK, 3
    )
    hoe += path("M30 58 q4 -5 9 0 M44 58 q5 -7 11 0", stroke="#8a5a3c", width=4)
    return {"shield": shield, "ladybird": bird, "weed": weed, "frog": frog, "hoe": hoe}


def _circle() -> dict[str, str]:
    cabbage = path(
        "M6 36 q-2 -14 10 -18 q4 -12 16 -12 q12 0 16 12 q12 4 10 18 q2 16 -12 20 q-14 5 -28 0 q-14 -4 -12 -20z",
        "#6f9f4e",
        INK,
        3,
    )
    cabbage += path("M14 36 q-2 -18 18 -20 q20 2 18 20 q-2 16 -18 17 q-16 -1 -18 -17z", "#a5c877", INK, 2.6) + path(
        "M32 53 V26 M32 46 q-9 -3 -11 -12 M32 46 q9 -3 11 -12 M32 36 q-6 -2 -7 -9 M32 36 q6 -2 7 -9",
        stroke="#4d7a34",
        width=2.6,
    )
    bowl = (
        path("M7 34 H57 q-1 21 -25 21 q-24 0 -25 -21z", "#c79a6e", INK, 3)
        + path("M22 55 h20", stroke=INK, width=4.4)
        + ellipse(32, 34, 25, 5.5, "#8a6f5a", THIN)
    )
    bowl += path(
        "M22 24 q-4 -5 0 -9 q4 -4 0 -9 M33 24 q-4 -5 0 -9 q4 -4 0 -9 M44 24 q-4 -5 0 -9 q4 -4 0 -9",
        stroke="#a89f8c",
        width=3,
    )
    gift = (
        rect(11, 28, 42, 28, "#e0a458", 3, LINE)
        + rect(7, 20, 50, 11, "#edc07d", 3, LINE)
        + rect(27, 20, 10, 36, "#b3402f", 0, THIN)
    )
    gift += path("M32 20 q-17 -3 -15 -11 q4 -9 15 11 q11 -20 15 -11 q2 8 -15 11z", "#c9475f", INK, 3)
    lantern = (
        path("M22 14 q10 -14 20 0", stroke=INK, width=3.4)
        + path("M20 20 h24 l4 30 h-32z", "#ffe08a", INK, 3)
        + path("M16 20 q16 -12 32 0z M14 50 h36 v7 h-36z", "#7b5a41", INK, 3)
    )
    lantern += path("M32 48 q-9 -3 -6 -12 q3 -5 6 -11 q4 6 6 11 q3 9 -6 12z", "#e4672f", INK, 2)
    egg = path(
        "M32 6 q8 0 14 14 q7 14 6 22 q-2 17 -20 17 q-18 0 -20 -17 q-1 -8 6 -22 q6 -14 14 -14z", "#f3e3cb", INK, 3
    ) + "".join(
        circle(x, y, r, "#b5896a")
        for x, y, r in ((26, 30, 2.4), (38, 26, 2), (40, 40, 2.8), (24, 44, 2), (33, 50, 1.8), (31, 37, 1.6))
    )
    return {"cabbage": cabbage, "bowl": bowl, "gift": gift, "lantern": lantern, "egg": egg}


def _glass() -> dict[str, str]:
    hare = path("M10 34 q-6 0 -6 6 q0 6 7 5", "#f6f0e6", INK, 2.6) + path(
        "M9 46 q-1 -18 17 -20 q8 -1 14 5 q10 8 8 24 H16 q-6 -1 -7 -9z", "#b08659", INK, 3
    )
    hare += path("M42 22 q-10 -6 -9 -18 q8 1 12 16 q-2 -12 4 -17 q7 8 1 20z", "#b08659", INK, 2.8) + path(
        "M36 28 q1 -9 11 -9 q11 1 12 11 q-1 8 -11 8 q-11 1 -12 -10z", "#c79a6e", INK, 3
    )
    hare += (
        circle(49, 27, 2, INK)
        + path("M57 32 h4 M56 35 l4 3", stroke=INK, width=2)
        + path("M22 56 q-2 -12 10 -13", stroke=INK, width=2.6)
        + path("M14 57 H52", stroke=INK, width=4)
    )
    ring = (
        circle(24, 36, 17, "#cfe6f2", LINE) + circle(46, 22, 11.5, "#e4f2f8", LINE) + circle(48, 50, 7, "#eef8fb", LINE)
    )
    ring += path("M14 32 q3 -8 10 -8 M40 20 q2 -4 6 -4", stroke="#ffffff", width=3.6) + path(
        "M24 31 q-5 0 -5 5.5 q0 5.5 5 5.5 q5 0 5 -5.5 q0 -5.5 -5 -5.5z", stroke=INK, width=3
    )
    worm = path("M8 48 q6 10 14 0 q6 -9 12 0 q7 9 13 -2 q6 -12 -2 -18 q-5 -6 2 -13", stroke=INK, width=14) + path(
        "M8 48 q6 10 14 0 q6 -9 12 0 q7 9 13 -2 q6 -12 -2 -18 q-5 -6 2 -13", stroke="#d98f86", width=9
    )
    worm += path("M24 43 l5 6 M38 49 l5 -6 M48 34 l-7 4", stroke="#a85b55", width=2.4) + circle(48, 14, 1.9, INK)
    return {"hare": hare, "oxygen": ring, "worm": worm}


def _river() -> dict[str, str]:
    wave = "q7 -6 14 0 q7 6 14 0 q7 -6 14 0"
    dam = (
        path("M6 20 H30 V56 H6z", "#5fa3c7", "#5fa3c7", 1)
        + path("M38 46 H60 V56 H38z", "#8fc4dc", "#8fc4dc", 1)
        + path("M6 24 q6 -5 12 0 q5 4 10 0 M40 49 q5 -4 10 0 q5 4 10 0", stroke="#ffffff", width=2.6)
    )
    dam += path("M26 12 H38 L46 58 H22 Z", "#b9b4a7", INK, 3) + path(
        "M25 24 H40 M24 36 H42 M23 47 H44 M32 12 V24 M29 24 V36 M36 36 V47", stroke=INK, width=2.2
    )
    spokes = "".join(
        path(f"M32 34 L{32 + 20 * math.cos(a):.1f} {34 + 20 * math.sin(a):.1f}", stroke="#7b5a41", width=3.4)
        for a in [math.pi * step / 4 for step in range(8)]
    )
    paddles = "".join(
        rect(28, 8, 8, 8, "#c99a62", 1, f'{THIN} transform="rotate({45 * step} 32 34)"') for step in range(8)
    )
    mill = (
        path("M4 56 " + wave + " q7 6 14 0", stroke="#5fa3c7", width=4.5)
        + circle(32, 34, 19, "none", 'stroke="#a9713c" stroke-width="5"')
        + paddles
        + spokes
        + circle(32, 34, 5, "#7b5a41", THIN)
    )
    sluice = (
        path("M12 8 V58 M52 8 V58 M8 12 H56", stroke=INK, width=6)
        + rect(16, 24, 32, 18, "#c99a62", 1, LINE)
        + path("M32 6 V24 M16 33 H48", stroke=INK, width=3)
    )
    sluice += path(
        "M18 50 q4 -5 9 0 q5 5 10 0 q5 -5 9 0 M18 58 q4 -5 9 0 q5 5 10 0 q5 -5 9 0", stroke="#4a93bb", width=3.4
    )
    shovel = (
        path("M48 8 L28 36", stroke="#a9713c", width=6)
        + path("M40 6 L55 16", stroke="#7b5a41", width=6)
        + path("M20 30 L36 42 q-2 14 -20 16 q-8 -12 4 -28z", "#aab3ba", INK, 3)
    )
    fish = (
        path("M44 32 L60 18 q-3 14 0 28 z", "#7fa5b8", INK, 3)
        + path("M4 32 q18 -24 42 0 q-24 24 -42 0z", "#9cc3d3", INK, 3)
        + circle(15, 29, 3, INK)
    )
    fish += path("M22 22 q6 10 0 20 M31 24 q4 4 0 8 q4 4 0 8 M20 20 q5 -8 14 -3", stroke=INK, width=2.4)
    return {"dam": dam, "mill": mill, "sluice": sluice, "shovel": shovel, "fish": fish}


def _wilds() -> dict[str, str]:
    wolf = path("M8 6 L24 18 q8 -4 16 0 L56 6 L54 30 L46 42 L32 60 L18 42 L10 30 Z", "#8b8f94", INK, 3) + path(
        "M12 14 L20 22 L14 28z M52 14 L44 22 L50 28z", "#c9b7a8"
    )
    wolf += (
        path("M18 42 L26 36 L32 42 L38 36 L46 42 L32 60z", "#e9e4da", INK, 2)
        + path("M20 28 l8 3 l-6 3z M44 28 l-8 3 l6 3z", INK)
        + path("M28 51 h8 l-4 5z", INK, INK, 2)
    )
    leaf = path("M32 6 q18 14 18 26 q0 14 -18 16 q-18 -2 -18 -16 q0 -12 18 -26z", "#e6b93a", INK, 3) + path(
        "M32 12 V60 M32 26 l-9 -5 M32 26 l9 -5 M32 36 l-11 -4 M32 36 l11 -4", stroke=INK, width=2.8
    )
    sheep = path("M20 46 V58 M28 48 V58 M40 48 V58 M47 46 V58", stroke=INK, width=4.4) + path(
        "M14 42 q-8 -4 -4 -12 q0 -9 9 -9 q4 -8 12 -5 q8 -5 13 2 q9 0 9 9 q6 6 1 12 q-2 8 -11 7 q-6 5 -12 1 q-8 4 -12 -1 q-4 0 -5 -4z",
        "#f7f3e8",
        INK,
        3,
    )
    sheep += (
        path("M8 24 q-6 0 -7 6 q0 9 8 10 q7 -1 7 -8 q-1 -7 -8 -8z", "#4b4a45", INK, 2.4)
        + path("M13 24 q6 -3 6 4", stroke=INK, width=3.4)
        + circle(7, 30, 1.5, "#ffffff")
    )
    dog = path("M12 24 q-8 4 -6 20 q8 2 10 -8z M52 24 q8 4 6 20 q-8 2 -10 -8z", "#7b5a41", INK, 3) + path(
        "M14 26 q2 -16 18 -16 q16 0 18 16 q0 18 -8 26 q-10 8 -20 0 q-8 -8 -8 -26z", "#d9b383", INK, 3
    )
    dog += (
        circle(24, 28, 2.8, INK)
        + circle(40, 28, 2.8, INK)
        + ellipse(32, 40, 5.5, 4, INK)
        + path("M32 44 v4 q-6 6 -10 0 M32 48 q6 6 10 0", stroke=INK, width=2.8)
        + path("M29 52 h6 v6 q-3 3 -6 0z", "#d98f86", INK, 2)
    )
    paw = "".join(ellipse(x, y, 4.4, 6, INK) for x, y in ((12, 44), (21, 39), (30, 42))) + path(
        "M10 55 q11 -14 22 0 q-2 6 -11 4 q-9 2 -11 -4z", INK
    )
    tracks = (
        paw
        + "".join(ellipse(x, y, 4, 5.4, INK) for x, y in ((36, 13), (44, 8), (53, 11)))
        + path("M34 24 q10 -13 20 0 q-2 5 -10 4 q-8 1 -10 -4z", INK)
    )
    willow = path("M28 60 q3 -22 0 -38 h8 q-3 18 1 38z", "#7b5a41", INK, 3) + path(
        "M6 44 q-2 -26 14 -34 q12 -8 24 0 q16 8 14 34 q-4 6 -6 -8 q-2 14 -6 16 q-4 -2 -4 -14 q-3 8 -5 8 q-5 -4 -5 -14 q-2 12 -6 14 q-3 0 -4 -8 q-2 12 -6 14 q-4 -2 -4 -14 q-3 12 -6 6z",
        "#8fae5a",
        INK,
        2.8,
    )
    return {"wolf": wolf, "aspen": leaf, "sheep": sheep, "dog": dog, "tracks": tracks, "willow": willow}
