"""How a web of causes looks: the stock asked about at the right, what moves it to the left of it, step by step."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pygame

from game.playing.shown import Data
from game.screen.kit.loop_drawing import BOW, NONE, Point, draw_arrow, draw_polarity, draw_wait, thickness, way
from game.screen.kit.ui import Ui
from game.telling import words

NEAR = 10  # from an arrow, at which the mouse means it
RADIUS = 22
LIT, PLAIN = (38, 78, 148), NONE


def places(root: str, strands: Sequence[Data], space: pygame.Rect) -> dict[str, tuple[int, int]]:
    """Return where each stock stands: a column for each step back, the root at the right."""
    steps = {root: 0}
    for strand in strands:
        steps.setdefault(strand["from"], strand["steps"])
    columns = [[name for name, step in steps.items() if step == column] for column in range(max(steps.values()) + 1)]
    found = {}
    for column, names in enumerate(columns):
        x = space.right - round(space.width * column / max(len(columns) - 1, 1))
        for row, name in enumerate(names):
            # Neighbouring columns stand a little apart in height, so that arrows do not run through discs.
            y = space.top + round(space.height * (row + 0.5 + 0.12 * (column % 2)) / (len(names) + 0.12))
            found[name] = (x, y)
    return found


class WebDrawing:
    """One picture of a web; remembers where its arrows ran."""

    def __init__(self, found: Data) -> None:
        """Take in a web of `game.playing.view_causes.causes_told`."""
        self.root, self.strands, self.stocks = found["stock"], found["web"], found["stocks"]
        self.ways: list[list[Point]] = []

    def draw(self, ui: Ui, place: pygame.Rect, lit: int | None) -> None:
        """Draw the web; the arrow of strand number `lit` stands out."""
        pygame.draw.rect(ui.surface, ui.colours["paper"], place, border_radius=ui.px(8))
        pygame.draw.rect(ui.surface, ui.colours["panel_edge"], place, 1, border_radius=ui.px(8))
        radius = max(10, min(ui.px(RADIUS), place.height // 14))
        high = ui.height("0", "small", 999)
        space = place.inflate(-2 * (radius + ui.px(34)), -2 * (radius + high // 2 + ui.px(8)))
        space.y -= high // 2
        spots = places(self.root, self.strands, space)
        self.ways = [self._way(strand, spots, place, radius) for strand in self.strands]
        order = sorted(range(len(self.ways)), key=lambda number: number == lit)
        for number in order:
            self._draw_strand(ui, number, number == lit)
        for name, at in spots.items():
            self._draw_stock(ui, place, name, at, radius, high, lit)

    def _way(self, strand: Data, spots: dict[str, tuple[int, int]], place: pygame.Rect, radius: int) -> list[Point]:
        source, target = strand["from"], strand["to"]
        twin = any(other["from"] == source and other["to"] == target and other is not strand for other in self.strands)
        bow = 2.2 * BOW if twin and not strand["rising"] else BOW
        columns = len({x for x, _ in spots.values()})
        apart = abs(spots[source][0] - spots[target][0]) * max(columns - 1, 1)
        if apart > 1.5 * (max(x for x, _ in spots.values()) - min(x for x, _ in spots.values())):
            bow = 2.0 * BOW  # around what stands in the columns between
        return way(spots[source], spots[target], place.center, radius, bow)

    def _draw_strand(self, ui: Ui, number: int, lit: bool) -> None:
        strand, points = self.strands[number], self.ways[number]
        colour = LIT if lit else PLAIN
        draw_arrow(ui, points, colour, thickness(strand["pull"]), ui.scale, 2.0)
        draw_polarity(ui, points, strand["rising"], colour, 0.8 * ui.scale)
        if strand["delay"] >= 1.0:
            draw_wait(ui, points, colour, ui.scale)

    def _draw_stock(
        self, ui: Ui, place: pygame.Rect, name: str, at: tuple[int, int], radius: int, high: int, lit: int | None
    ) -> None:
        pointed = self.strands[lit] if lit is not None and lit < len(self.strands) else None
        strong = name == self.root or (pointed is not None and name in (pointed["from"], pointed["to"]))
        pygame.draw.circle(ui.surface, ui.colours["panel"], at, radius + ui.px(2))
        edge = ui.colours["bad"] if name == self.root else LIT if strong else PLAIN
        pygame.draw.circle(ui.surface, edge, at, radius, ui.px(3.5 if strong else 1.6))
        side = round(radius * 1.25)
        stock = self.stocks[name]
        ui.icon(stock["icon"] or "leaf", (at[0] - side // 2, at[1] - side // 2), side / ui.scale)
        text = words.capital(stock["name"])
        wide = min(ui.width(text, "small", strong) + ui.px(10), round(place.width * 0.3))
        spot = pygame.Rect(0, 0, wide, high)
        spot.midtop = (at[0], at[1] + radius + 2)
        spot.clamp_ip(place)
        pygame.draw.rect(ui.surface, ui.colours["paper"], spot, border_radius=ui.px(6))
        ui.label(text, spot.inflate(-4, 0), "small", "ink" if strong else "soft_ink", strong, "centre")

    def pointed_at(self, ui: Ui, place: pygame.Rect) -> int | None:
        """Return the number of the strand whose arrow the mouse is near; None where it is near none."""
        if not self.ways or not ui.hovered(place):
            return None
        near = [min(math.dist(ui.input.mouse, one) for one in points) for points in self.ways]
        best = min(range(len(near)), key=lambda number: near[number])
        return best if near[best] <= ui.px(NEAR) else None
