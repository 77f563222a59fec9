"""Pictures of ground and of things that take any colour: drawn in five shades of red that a level's colour replaces."""

from __future__ import annotations

import math

from drawing import Dice, circle, ellipse, path, rect, star_points, svg

# What `game/picture/neutral.py` replaces by shades of a level's own colour, from the darkest to the lightest.
DARKEST, DARK, OWN, LIGHT, LIGHTEST = "#800000", "#a00000", "#c00000", "#e00000", "#ff0000"
PAINT, GLASS, GLOW, WOOD = "#f6f2e2", "#bfe0ee", "#ffe9a8", "#8a5f3a"
EDGE = f'stroke="{DARKEST}" stroke-width="3.4" stroke-linejoin="round"'


def faint(opacity: float) -> str:
    """Return how solid a shape is, for its last attribute."""
    return f'opacity="{opacity:g}"'


def water(variant: int) -> str:
    """Return calm water: a few long glints and a ring that runs out."""
    dice, body = Dice(900 + variant), ""
    for number in range(3):
        x, y, wide = dice.roll(2, 26), 10 + 20 * number + dice.roll(-4, 4), dice.roll(16, 30)
        body += path(f"M{x:.1f} {y:.1f} q{wide / 2:.1f} -3 {wide:.1f} 0", stroke=LIGHTEST, width=2, more=faint(0.6))
        body += path(
            f"M{x + 12:.1f} {y + 5:.1f} q{wide / 3:.1f} -2 {wide * 0.7:.1f} 0", stroke=DARK, width=1.6, more=faint(0.4)
        )
    if variant == 0:
        for wide in (5, 11, 17):
            ring = f'stroke="{LIGHTEST}" stroke-width="1.6" {faint(0.75 - 0.03 * wide)}'
            body += ellipse(38, 40, wide, wide * 0.45, "none", ring)
    return svg(body)


def sea(variant: int) -> str:
    """Return open sea: rows of waves that run on from tile to tile, with foam on some."""
    dice, body = Dice(920 + variant), ""
    for row in range(4):
        y, shift = 11 + 16 * row, -8 * ((row + variant) % 2) - 2
        crests = "".join(" q8 -8 16 0" for _ in range(5))
        body += path(f"M{shift} {y + 3} {crests}", stroke=DARK, width=3.4, more=faint(0.85))
        body += path(f"M{shift} {y} {crests}", stroke=LIGHT, width=1.8, more=faint(0.85))
        if dice.roll(0, 1) < 0.5:
            x = shift + 16 * int(dice.roll(1, 4))
            body += path(f"M{x} {y - 1} q8 -9 16 0", stroke="#ffffff", width=3.2, more=faint(0.9))
    return svg(body)


def sand(variant: int) -> str:
    """Return sand: ripples that the wind left, grains, a shell here and there."""
    dice, body = Dice(940 + variant), ""
    for row in range(4):
        y, tall = 8 + 16 * row, 4 + variant
        body += path(f"M-2 {y} q17 {-tall} 34 0 t34 0", stroke=DARK, width=2.2, more=faint(0.6))
        body += path(f"M-2 {y + 3} q17 {-tall} 34 0 t34 0", stroke=LIGHTEST, width=1.8, more=faint(0.6))
    for _ in range(9):
        body += circle(dice.roll(2, 62), dice.roll(2, 62), dice.roll(0.8, 1.4), DARK, faint(0.8))
    if variant == 2:
        body += path("M34 44 q-9 -6 -3 -15 q10 -3 12 8 q-1 6 -9 7z", "#fff6e6", DARKEST, 1.6)
        body += path("M34 43 l-1 -11 M34 43 l4 -10 M34 43 l7 -6", stroke=DARKEST, width=1)
    return svg(body)


def asphalt(kind: str) -> str:
    """Return asphalt: grain, and by its kind a lane that runs along (h) or down (v), places to park, a crack."""
    dice, body = Dice(960 + sum(map(ord, kind))), ""
    for number in range(26):
        body += circle(dice.roll(1, 63), dice.roll(1, 63), dice.roll(0.7, 1.4), (DARK, LIGHT)[number % 2], faint(0.8))
    if kind in ("h", "v"):
        kerbs = {"h": (rect(0, 1, 64, 3, LIGHTEST), rect(0, 60, 64, 3, LIGHTEST)),
                 "v": (rect(1, 0, 3, 64, LIGHTEST), rect(60, 0, 3, 64, LIGHTEST))}[kind]  # fmt: skip
        body += "".join(kerbs)
        for start in (6, 38):
            x, y, wide, high = (start, 29.5, 20, 5) if kind == "h" else (29.5, start, 5, 20)
            body += rect(x - 1, y - 1, wide + 2, high + 2, DARKEST, 1, faint(0.55)) + rect(x, y, wide, high, PAINT)
    elif kind == "x":
        for start in (8, 22, 36, 50):
            body += rect(start - 1, 23, 8, 18, DARKEST, 1, faint(0.4)) + rect(start, 24, 6, 16, PAINT)
    elif kind == "bay":
        lines = "M4 6 v30 M23 6 v30 M42 6 v30 M61 6 v30 M4 6 h57"
        body += path(lines, stroke=DARKEST, width=4.6, more=faint(0.5)) + path(lines, stroke=PAINT, width=2.8)
    elif kind == "crack":
        body += path("M8 16 l9 8 l-2 9 l12 6 l4 12 M17 24 l10 -3", stroke=DARKEST, width=1.8, more=faint(0.8))
        body += circle(48, 20, 8, DARK, f'stroke="{DARKEST}" stroke-width="2"')
        body += path("M43 20 h10 M48 15 v10", stroke=LIGHT, width=1.6)
    return svg(body)


def _window(x: float, y: float, wide: float, high: float, lit: bool) -> str:
    pane = rect(x, y, wide, high, GLOW if lit else GLASS, 0.6, f'stroke="{DARKEST}" stroke-width="1.8"')
    return pane + path(f"M{x + wide / 2:g} {y} v{high}", stroke=DARKEST, width=1)


def building(kind: str, variant: int) -> str:
    """Return a building from above: a flat roof, and at the front (`front`) its wall with windows as well."""
    high = 30 if kind == "front" else 64
    body = rect(0, 0, 64, high, DARK, 0, f'stroke="{DARKEST}" stroke-width="2.4"')
    body += rect(4, 4, 56, high - 8, OWN, 0, f'stroke="{LIGHT}" stroke-width="2"')
    if kind == "roof":
        for x, y in (((12, 12), (34, 34)), ((34, 14),), ((14, 36), (38, 12)))[variant]:
            body += rect(x + 2, y + 3, 18, 16, DARKEST, 1, faint(0.35)) + rect(
                x, y, 18, 15, LIGHTEST, 1, f'stroke="{DARKEST}" stroke-width="1.6"'
            )
            body += rect(x + 3, y + 3, 5, 9, GLASS) + rect(x + 10, y + 3, 5, 9, GLASS)
        for x, y in (((44, 18),), ((16, 44), (28, 46)), ((22, 18),))[variant]:
            body += circle(x, y, 5, DARKEST) + circle(x, y, 3, LIGHT)
        return svg(body)
    body += rect((12, 38, 26)[variant], 8, 12, 12, DARKEST, 1) + rect((12, 38, 26)[variant], 6, 12, 9, LIGHTEST, 1)
    body += rect(0, 30, 64, 34, LIGHT, 0, f'stroke="{DARKEST}" stroke-width="2.4"')
    for number, left in enumerate((6, 20.5, 35, 49.5)):
        body += _window(left, 34, 8.5, 9, (number + variant) % 3 == 0)
        if not (variant == 0 and number in (1, 2)):
            body += _window(left, 49, 8.5, 9, (number * 2 + variant) % 3 == 1)
    if variant == 0:
        body += rect(24, 47, 16, 17, WOOD, 1, f'stroke="{DARKEST}" stroke-width="2"') + circle(36, 56, 1.4, GLOW)
    return svg(body)


def floor(variant: int) -> str:
    """Return boards: four rows with joints that do not lie above each other."""
    dice, body = Dice(980 + variant), ""
    for row in range(4):
        y, joint = 16 * row, (12, 44, 28, 56)[(row + variant) % 4]
        for x, wide in ((0, joint), (joint, 64 - joint)):
            body += rect(x, y, wide, 16, (LIGHT, DARK)[dice.roll(0, 1) < 0.5], 0, faint(dice.roll(0.05, 0.4)))
        grain = dice.roll(2, 30)
        body += path(
            f"M{grain:.1f} {y + 6} q12 -2 22 0 M{grain + 8:.1f} {y + 11} q8 -1 14 0",
            stroke=DARK,
            width=1,
            more=faint(0.7),
        )
        body += path(f"M-1 {y} h66 M{joint} {y} v16", stroke=DARKEST, width=1.7, more=faint(0.75))
        body += path(f"M-1 {y + 1.6} h66", stroke=LIGHTEST, width=0.9, more=faint(0.6))
        for x in (joint - 3, joint + 3):
            body += circle(x, y + 8, 0.9, DARKEST, faint(0.8))
    return svg(body)


def park(kind: str) -> str:
    """Return mown grass in stripes, and by its kind a path, a path with a bench, a round tree or a bed of flowers."""
    body = "".join(
        rect(x, 0, 16, 64, tone, 0, faint(0.55)) for x, tone in ((0, LIGHT), (16, DARK), (32, LIGHT), (48, DARK))
    )
    if kind in ("path", "bench"):
        way = "M-4 36 q18 -7 36 0 t36 0"
        body += path(way, stroke=DARKEST, width=17, more=faint(0.5)) + path(way, stroke="#e9dab4", width=14)
        body += "".join(circle(x, y, 1, "#bfa97b") for x, y in ((8, 34), (20, 30), (34, 38), (46, 41), (58, 36)))
    if kind == "bench":
        body += path("M16 23 v5 M40 23 v5", stroke="#4a3420", width=3)
        body += rect(10, 9, 36, 4.5, WOOD, 1, 'stroke="#4a3420" stroke-width="1.4"')
        body += rect(10, 15, 36, 8, "#a9743f", 1, 'stroke="#4a3420" stroke-width="1.4"')
    if kind == "tree":
        body += ellipse(36, 44, 20, 12, DARKEST, faint(0.35))
        body += circle(30, 32, 19, DARK, EDGE) + circle(26, 27, 12, OWN) + circle(23, 24, 6, LIGHT)
    if kind == "flowers":
        body += ellipse(32, 34, 20, 13, "#7a5a3c", f'stroke="{DARKEST}" stroke-width="2"')
        for number in range(12):
            x, y = (
                32 + 14 * math.cos(number * 2.4) * (0.35 + number / 18),
                34 + 9 * math.sin(number * 2.4) * (0.35 + number / 18),
            )
            body += circle(x, y, 3.2, ("#f6d24a", "#e8567a", "#ffffff")[number % 3])
    return svg(body)


def snow(variant: int) -> str:
    """Return snow: soft drifts with a shadow on one side, sparks of light; tracks, or a fir that bears it."""
    body = ""
    for y, tall in ((20, (11, 7, 9)[variant]), (53, (8, 12, 6)[variant])):
        drift = f"M-2 {y} q16 {-tall} 33 0 t35 0"
        body += path(f"{drift} v6 q-17 6 -35 2 t-33 -2z", DARK, more=faint(0.3))
        body += path(f"{drift} v2 q-17 5 -35 1 t-33 -1z", "#ffffff", more=faint(0.9))
    for x, y in (((14, 34), (50, 32)), ((12, 8), (54, 40)), ((8, 34), (56, 32)))[variant]:
        body += path(star_points(x, y, 4.4, 1.2, 4), "#ffffff", DARK, 0.9)
    if variant == 1:
        for step in range(6):
            body += ellipse(6 + 10.5 * step, 36 + (3 if step % 2 else -3), 3, 2, DARKEST, faint(0.5))
    if variant == 2:
        body += rect(29, 44, 6, 8, WOOD) + path("M32 10 L46 30 h-7 L50 46 h-36 L25 30 h-7z", "#3f6f56", "#274a38", 2.4)
        body += path(
            "M32 10 L41 23 q-5 -3 -8 2 q-5 -5 -10 -1z M26 30 q4 5 9 0 q6 5 10 10 q-8 -5 -13 0 q-6 -5 -13 0z", "#ffffff"
        )
    return svg(body)


def rock(variant: int) -> str:
    """Return rock: plates, light above and dark below, with cracks between."""
    # What reaches over the edge goes on as one plate of the same shade on the next tile.
    plates = (
        ("M-3 3 L8 6 L20 1 L29 12 L24 25 L12 31 L-3 29z", "M26 2 L44 6 L67 3 L67 29 L54 25 L40 31 L29 25 L34 12z", "M-3 34 L26 29 L36 36 L30 60 L-3 62z", "M41 36 L67 33 L67 62 L35 62z"),
        ("M-3 3 L12 1 L34 6 L30 24 L14 29 L-3 29z", "M39 5 L54 1 L67 3 L67 29 L46 20 L36 24z", "M-3 34 L8 38 L16 33 L22 48 L14 62 L-3 62z", "M20 32 L44 27 L67 33 L67 62 L19 61 L27 48z"),
        ("M-3 3 L14 3 L20 18 L10 29 L-3 29z", "M19 3 L40 7 L67 3 L67 29 L56 32 L44 25 L25 18z", "M-3 34 L12 33 L24 22 L42 31 L34 50 L40 62 L-3 62z", "M47 31 L67 33 L67 62 L45 62 L39 50z"),
    )[variant]  # fmt: skip
    body = rect(0, 0, 64, 64, DARKEST, 0, faint(0.7))
    for plate, shade in zip(plates, (OWN, OWN, LIGHT, LIGHT), strict=True):
        body += path(plate, shade, DARKEST, 1.6)
        x, y = (max(2.0, float(part)) for part in plate[1:].split(" L")[0].split())
        body += path(f"M{x + 3:g} {y + 9:g} l2 -6 l14 -0.5", stroke=LIGHTEST, width=2.2, more=faint(0.8))
        body += path(f"M{x + 8:g} {y + 12:g} l6 5 l-2 6", stroke=DARKEST, width=1.3, more=faint(0.8))
    return svg(body)


def _figure(body: str, outline: str) -> str:
    """Return a figure with a pale rim, so that it stands out from any ground."""
    return svg(path(outline, "none", "#ffffff", 9, faint(0.75)) + body)


def bars(count: int) -> str:
    """Return so many of four bars, each taller than the last, on a line."""
    body = path("M4 59 h56", stroke="#ffffff", width=7, more=faint(0.75))
    for number in range(count):
        high = 12 + 13 * number
        body += rect(
            5 + 14 * number, 58 - high, 11, high, "#ffffff", 1, 'stroke="#ffffff" stroke-width="6" opacity="0.75"'
        )
        body += rect(5 + 14 * number, 58 - high, 11, high, OWN, 1, f'stroke="{DARKEST}" stroke-width="2.4"')
        body += rect(7 + 14 * number, 60 - high, 3, high - 4, LIGHT)
    return svg(body + path("M4 59 h56", stroke=DARKEST, width=3))


def figures() -> dict[str, str]:
    """Return one little figure for each stock picture."""
    disc = "M12 32 a20 20 0 1 0 40 0 a20 20 0 1 0 -40 0z"
    person = "M10 60 q-1 -28 22 -28 q23 0 22 28z M20 18 a12 12 0 1 0 24 0 a12 12 0 1 0 -24 0z"
    car = "M4 46 q-2 -13 9 -14 l7 -14 q2 -3 6 -3 h16 q4 0 6 3 l7 13 q8 1 7 15z"
    hull, sail = "M4 44 h56 q-4 15 -14 16 h-28 q-10 -1 -14 -16z", "M30 6 v34 h-22z M36 12 q18 10 20 28 h-20z"
    crown = "M32 4 q12 0 14 11 q12 3 10 15 q-1 12 -14 12 h-20 q-13 0 -14 -12 q-2 -12 10 -15 q2 -11 14 -11z"
    puff = "M25 35 q-13 -3 -8 -15 q1 -11 12 -9 q7 -9 17 -4 q12 0 11 12 q4 11 -8 14 q-4 8 -13 4 q-7 4 -11 -2z"
    smoke = f"{puff} M17 46 a8 7 0 1 0 16 0 a8 7 0 1 0 -16 0z M11 58 a5 4.5 0 1 0 10 0 a5 4.5 0 1 0 -10 0z"
    sheet = "M10 6 h30 l12 12 v40 h-42z"
    spikes = "".join(
        f"M32 32 L{32 + 27 * math.cos(turn):.1f} {32 + 27 * math.sin(turn):.1f} "
        for turn in (math.pi * step / 4 + 0.3 for step in range(8))
    )
    germ = path(spikes, stroke=DARKEST, width=4.6) + circle(32, 32, 17, OWN, EDGE)
    germ += "".join(
        circle(32 + 27 * math.cos(turn), 32 + 27 * math.sin(turn), 4, DARK, f'stroke="{DARKEST}" stroke-width="2"')
        for turn in (math.pi * step / 4 + 0.3 for step in range(8))
    )
    germ += circle(26, 27, 4.5, LIGHTEST) + circle(38, 30, 3, DARKEST) + circle(29, 39, 3.4, DARKEST)
    coins = "".join(
        path(f"M6 {y} a26 10 0 0 0 52 0 v-10 h-52z", OWN, DARKEST, 2.6)
        + ellipse(32, y - 10, 26, 10, LIGHT, 'stroke="#800000" stroke-width="2.6"')
        for y in (50, 36)
    )
    coins += ellipse(32, 26, 16, 5.6, LIGHTEST, f'stroke="{OWN}" stroke-width="2.4"')
    wheels = "".join(circle(x, 48, 8.5, "#26262a") + circle(x, 48, 3.6, "#d8d8dc") for x in (18, 47))
    return {
        "dots": _figure(circle(32, 32, 20, OWN, EDGE) + circle(26, 25, 6, LIGHTEST), disc),
        "people": _figure(path(person, OWN, DARKEST, 3.4) + path("M20 44 q4 -6 12 -6", stroke=LIGHT, width=4), person),
        "cars": _figure(path(car, OWN, DARKEST, 3.4) + path("M21 31 l5 -11 h7 v11z M37 31 v-11 h6 l5 11z", GLASS, DARKEST, 1.6) + wheels, car),
        "boats": _figure(path("M33 4 v40", stroke="#4a3420", width=3.4) + path(sail, "#fdfaf0", DARKEST, 2.6) + path(hull, OWN, DARKEST, 3.4) + path("M10 50 h44", stroke=LIGHT, width=3), f"{hull} {sail}"),
        "trees": _figure(rect(27, 36, 10, 25, WOOD, 2, 'stroke="#4a3420" stroke-width="2.4"') + path(crown, OWN, DARKEST, 3.4) + circle(25, 20, 7, LIGHT) + circle(42, 30, 4, DARK), f"{crown} M27 40 h10 v21 h-10z"),
        "smoke": svg(path(smoke, "none", "#ffffff", 6, faint(0.45)) + path(smoke, OWN, DARKEST, 2.6, faint(0.94)) + path("M22 24 q0 -8 9 -8 M35 13 q6 -5 12 0 M22 44 q2 -3 6 -2", stroke=LIGHTEST, width=3) + path("M30 34 q8 3 11 -3 q9 0 10 -9", stroke=DARK, width=3.4)),
        "coins": _figure(coins, "M6 26 v24 a26 10 0 0 0 52 0 v-24 a26 10 0 0 0 -52 0z"),
        "papers": _figure(path("M18 2 h34 v44 h-34z", DARK, DARKEST, 2.6) + path(sheet, "#fffdf6", DARKEST, 3.2) + path("M40 6 v12 h12z", OWN, DARKEST, 2.4) + path("M17 28 h27 M17 37 h27 M17 46 h18", stroke=OWN, width=4), sheet),
        "germs": _figure(germ, spikes + disc),
    }  # fmt: skip


def neutral() -> dict[str, str]:
    """Return all pictures that take a colour, by name."""
    found = {f"ground_{name}_{variant}": draw(variant) for name, draw in
             (("water", water), ("sea", sea), ("sand", sand), ("floor", floor), ("snow", snow), ("rock", rock))
             for variant in range(3)}  # fmt: skip
    found |= {f"ground_asphalt_{kind}": asphalt(kind) for kind in ("h", "v", "x", "bay", "crack", "plain")}
    found |= {
        f"ground_building_{kind}_{variant}": building(kind, variant)
        for kind in ("roof", "front")
        for variant in range(3)
    }
    found |= {f"ground_park_{kind}": park(kind) for kind in ("lawn", "path", "bench", "tree", "flowers")}
    found |= {f"stock_bars_{count}": bars(count) for count in range(1, 5)}
    return found | {f"stock_{name}": text for name, text in figures().items()}
