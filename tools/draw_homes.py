"""Pictures of homes that are no cottages: flats, a school, a shop, a clinic, a boat, a tent.

Each has the colour of its household, and a mood as the cottage has: 0 is
bitter (dark, shut), 1 uneasy, 2 well (light in the windows).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drawing import INK, circle, ellipse, path, rect, svg

WALLS = ("#cfc6b4", "#eadfc8", "#f6ead0")
PANES = ("#4b4a45", "#8fa9b5", "#ffe08a")
LINE = f'stroke="{INK}" stroke-width="2"'
THIN = f'stroke="{INK}" stroke-width="1.4"'
SHADOW = ellipse(32, 57, 27, 4.5, "#000000", 'opacity="0.16"')


def _panes(places: Sequence[tuple[float, float]], mood: int, wide: float, high: float) -> str:
    body = ""
    for x, y in places:
        body += rect(x, y, wide, high, PANES[mood], 1, THIN)
        if mood == 0:
            body += path(f"M{x:g} {y:g} l{wide:g} {high:g} M{x + wide:g} {y:g} l{-wide:g} {high:g}", "none", INK, 1.2)
    return body


def flats(colour: str, mood: int) -> str:
    """Return a block of flats: floors of windows under a flat roof."""
    body = SHADOW + rect(15, 6, 34, 51, WALLS[mood], 1, LINE) + rect(12, 3, 40, 7, colour, 2, LINE)
    body += _panes([(x, y) for y in (14, 24, 34) for x in (19, 29, 39)], mood, 6, 6)
    body += _panes([(19, 44), (39, 44)], mood, 6, 6)
    body += "".join(rect(x - 1, y + 7, 8, 2.4, colour, 1) for y in (14, 24, 34) for x in (19, 29, 39))
    return svg(body + rect(28, 45, 8, 12, "#7b5a41", 1, THIN))


def school(colour: str, mood: int) -> str:
    """Return a school: a long house with a clock in its gable."""
    body = SHADOW + rect(4, 30, 56, 27, WALLS[mood], 1, LINE) + path("M1 31 L8 21 H56 L63 31 Z", colour, INK, 2)
    body += path("M20 31 L32 9 L44 31 V57 H20 Z", WALLS[mood], INK, 2) + path(
        "M17 30 L32 5 L47 30", "none", colour, 4.5
    )
    body += circle(32, 24, 5, "#ffffff", THIN) + path("M32 21 v3 h2.6", "none", INK, 1.4)
    body += _panes([(8, 36), (8, 46), (50, 36), (50, 46)], mood, 7, 6)
    return svg(body + rect(27, 40, 10, 17, "#7b5a41", 2, THIN))


def shop(colour: str, mood: int) -> str:
    """Return a shop: a wide window below an awning in two colours."""
    body = SHADOW + rect(9, 12, 46, 45, WALLS[mood], 1, LINE) + rect(6, 7, 52, 8, colour, 2, LINE)
    body += _panes([(14, 36)], mood, 20, 15) + rect(40, 34, 10, 23, "#7b5a41", 1, THIN)
    for number in range(6):
        x, fill = 8 + 8 * number, colour if number % 2 == 0 else "#ffffff"
        body += path(f"M{x} 20 h8 v9 q-4 5 -8 0 Z", fill, INK, 1.4)
    return svg(body)


def clinic(colour: str, mood: int) -> str:
    """Return a clinic: a white house with a cross."""
    white = ("#d5d5d2", "#ecece8", "#ffffff")[mood]
    body = SHADOW + rect(8, 20, 48, 37, white, 1, LINE) + rect(5, 15, 54, 8, colour, 2, LINE)
    body += rect(22, 3, 20, 20, white, 2, LINE)
    body += rect(29.5, 6, 5, 14, "#c94f4f", 0.6) + rect(25, 10.5, 14, 5, "#c94f4f", 0.6)
    body += _panes([(13, 29), (43, 29), (13, 42), (43, 42)], mood, 8, 7)
    return svg(body + rect(26, 37, 12, 20, "#8fb5bd", 1, THIN))


def boat(colour: str, mood: int) -> str:
    """Return a boat to live in, with a cabin and a sail in the colour of its household."""
    body = ellipse(32, 57, 29, 4.5, "#ffffff", 'opacity="0.35"')
    body += path("M28 36 V3", "none", INK, 2.6) + path("M30 5 Q52 16 54 33 H30 Z", colour, INK, 2)
    body += rect(11, 31, 17, 12, WALLS[mood], 2, LINE) + _panes([(15, 34)], mood, 8, 6)
    body += path("M3 42 H61 Q57 57 47 57 H16 Q6 57 3 42 Z", "#8a5d3b", INK, 2)
    return svg(body + path("M6 48 H59", "none", "#c99a63", 1.8))


def tent(colour: str, mood: int) -> str:
    """Return a tent, open where people are well."""
    body = SHADOW + path("M32 8 L4 56 H60 Z", colour, INK, 2) + path("M32 8 V2", "none", INK, 2.2)
    body += path("M32 8 L18 56 H4 Z", "#000000", more='opacity="0.12"')
    wide = (3, 6, 9)[mood]
    body += path(f"M32 26 L{32 - wide} 56 H{32 + wide} Z", PANES[mood], INK, 1.8)
    return svg(body + path("M4 56 l-3 2 M60 56 l3 2", "none", INK, 2))


STYLES: dict[str, Callable[[str, int], str]] = {
    "flats": flats, "school": school, "shop": shop, "clinic": clinic, "boat": boat, "tent": tent,
}  # fmt: skip


def homes(colours: Sequence[str]) -> dict[str, str]:
    """Return the pictures by their names: `home_flats_0_2` is a block of the first household, whose people are well."""
    return {
        f"home_{style}_{index}_{mood}": draw(colour, mood)
        for style, draw in STYLES.items()
        for index, colour in enumerate(colours)
        for mood in range(3)
    }
