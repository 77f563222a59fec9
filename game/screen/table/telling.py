"""A season told on the board: one scene after the other, each at its place, with who did it and why."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.picture.board import Board
from game.playing.shown import Data
from game.screen.kit.ui import Ui
from game.screen.table.table import Table
from game.telling.say import say

Point = tuple[int, int]
WIDE = 300  # of a bubble
WALL, SHORTEST = 26, 6  # from the middle of a home to its wall, and points of a curve that must be left
SETTLED = 0.35  # of a scene: until then its stroke or its curve is drawn
OUTCOMES = {"done": "", "blocked": "lock", "declined": "cross", "late": "level"}


def tell(ui: Ui, place: pygame.Rect, table: Table, board: Board) -> None:
    """Draw the scene that is told now; a press on the board goes on to the next."""
    found: list[Data] = table.shown["scenes"]["scenes"]
    number, part = table.scene_now
    if number < len(found):
        _draw_scene(ui, place, table, board, found[number], 1.0 if table.still else part)
    seen, ui.blocked = ui.blocked, False
    if ui.area("board", place) and table.settled:
        table.next_scene()
    ui.blocked = seen


def _draw_scene(ui: Ui, place: pygame.Rect, table: Table, board: Board, scene: Data, part: float) -> None:
    """Draw who does what to whom, and the bubble with the reason where it happens."""
    home = _home(table, board, scene["household"])
    ends = _targets(table, board, scene)
    layer = ui.surface.subsurface(place) if ui.surface.get_rect().contains(place) else pygame.Surface(place.size)
    grown = min(1.0, part / SETTLED)
    beside = [one for one in (_home(table, board, other) for other in scene["beside"]) if one is not None]
    for start in [home, *beside] if home is not None else []:
        for end in ends:
            if scene["mode"] == "over":
                _stroke(ui, layer, start, end, grown, scene["outcome"])
            else:
                _curve(ui, layer, start, end, grown, scene)
    at = home or (ends[0] if ends else (place.width // 2, round(place.height * 0.3)))
    in_window = [(place.x + end[0], place.y + end[1]) for end in ends]
    _bubble(ui, place, scene, (place.x + at[0], place.y + at[1]), board.tile, in_window)


def _home(table: Table, board: Board, household: int | None) -> Point | None:
    if household is None or not table.scene.households[household].homes:
        return None
    return board.home_point(table.scene.households[household])


def _targets(table: Table, board: Board, scene: Data) -> list[Point]:
    """Return where a scene happens: at homes of others, on ground, or nowhere in particular."""
    found = [_home(table, board, one) for one in scene["towards"]]
    points = [one for one in found if one is not None]
    if scene["tiles"]:
        points.append(board.centre(*np.mean(scene["tiles"], axis=0).tolist()))
    return points


def _stroke(ui: Ui, layer: pygame.Surface, start: Point, end: Point, grown: float, outcome: str) -> None:
    """Force: a straight hard stroke, and a stamp where it hits; a barred one where it was stopped."""
    reach = grown * (0.6 if outcome == "blocked" else 1.0)
    tip = (start[0] + (end[0] - start[0]) * reach, start[1] + (end[1] - start[1]) * reach)
    colour = ui.colours["over"]
    if math.dist(start, tip) > 4:
        for tint, wide in (((255, 255, 255), 9), (colour, 6)):
            pygame.draw.line(layer, tint, start, tip, ui.px(wide))
        angle, size = math.atan2(tip[1] - start[1], tip[0] - start[0]), ui.px(20)
        head = [
            (tip[0] - size * math.cos(angle + turn), tip[1] - size * math.sin(angle + turn)) for turn in (0.5, -0.5)
        ]
        pygame.draw.polygon(layer, colour, [tip, *head])
        pygame.draw.polygon(layer, (255, 255, 255), [tip, *head], ui.px(1.5))
    if grown >= 1.0:
        side = ui.px(17)
        corners = [(tip[0] + side * math.cos(one), tip[1] + side * math.sin(one)) for one in
                   (math.radians(90 * step + 40) for step in range(4))]  # fmt: skip
        pygame.draw.polygon(layer, (255, 255, 255), corners)
        pygame.draw.polygon(layer, colour, corners, ui.px(4))
        mark = "lock" if outcome == "blocked" else "caution"
        picture = ui.faded(mark, ui.px(18), 255)
        layer.blit(picture, picture.get_rect(center=(round(tip[0]), round(tip[1]))))


def _curve(ui: Ui, layer: pygame.Surface, start: Point, end: Point, grown: float, scene: Data) -> None:
    """Partnering: a curve that grows from both ends and closes only where the other hand comes."""
    points = _bow(start, end, layer.get_size(), ui.px(WALL))
    half = len(points) // 2
    closes = scene["outcome"] == "done"
    count = max(2, round((half + 1) * grown))
    parts = [points[:count], points[::-1][:count] if closes else []]
    colour = ui.colours["with" if scene["mode"] == "with" else "neutral"]
    for tint, wide in (((255, 255, 255), 8), (colour, 5)):
        for line in parts:
            if len(line) > 1:
                pygame.draw.lines(layer, tint, False, line, ui.px(wide))
                for spot in (line[0], line[-1]):
                    pygame.draw.circle(layer, tint, spot, ui.px(wide) // 2)
    side = ui.px(26)  # whoever goes there walks ahead of the curve
    walker = ui.faded("person", side, 255)
    layer.blit(walker, walker.get_rect(midbottom=(round(parts[0][-1][0]), round(parts[0][-1][1]) + side // 3)))
    if grown >= 1.0:
        at = (round(points[half][0]), round(points[half][1]))
        pygame.draw.circle(layer, (255, 255, 255), at, ui.px(17))
        pygame.draw.circle(layer, colour, at, ui.px(17), ui.px(3))
        picture = ui.faded("hands" if closes else "cross", ui.px(22), 255)
        layer.blit(picture, picture.get_rect(center=at))


def _bow(start: Point, end: Point, size: tuple[int, int], clear: float) -> list[tuple[float, float]]:
    """Return a curve that leaves the straight line to its left and stays on the board, from wall to wall of homes.

    `clear` (pixels) is how far from both ends it begins, where that leaves enough of it.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    middle = ((start[0] + end[0]) / 2 - 0.2 * dy, (start[1] + end[1]) / 2 + 0.2 * dx)
    middle = (min(max(middle[0], 8), size[0] - 8), min(max(middle[1], 8), size[1] - 8))
    points = []
    for step in range(25):
        t = step / 24
        weights = ((1 - t) ** 2, 2 * (1 - t) * t, t * t)
        points.append((weights[0] * start[0] + weights[1] * middle[0] + weights[2] * end[0],
                       weights[0] * start[1] + weights[1] * middle[1] + weights[2] * end[1]))  # fmt: skip
    outside = [one for one in points if min(math.dist(one, start), math.dist(one, end)) > clear]
    return outside if len(outside) > SHORTEST else points


def _bubble(ui: Ui, place: pygame.Rect, scene: Data, at: Point, tile: int, ends: list[Point]) -> None:
    """A bubble beside a home or a place: who, what, what became of it, and why."""
    mode, pad, side = scene["mode"], ui.px(10), ui.px(40)
    width = min(ui.px(WIDE), round(place.width * 0.6)) - 2 * pad - side
    title = scene["title"]
    if scene["outcome"] != "done":
        title = say(f"board.{scene['outcome']}", action=title)
    texts = [
        (scene["who"], "body", "soft_ink", True),
        (title, "strong", mode if mode != "neutral" else "ink", True),
        (scene["why"], "body", "ink", False),
    ]
    texts = [one for one in texts if one[0]]
    high = sum(ui.height(text, size, width, bold) for text, size, _, bold in texts) + 2 * pad
    rect = pygame.Rect(0, 0, width + 2 * pad + side, max(high, side + 2 * pad))
    _put(rect, place.inflate(-8, -8), at, tile, ends)
    across = (rect.centerx, min(max(at[1], rect.top + ui.px(16)), rect.bottom - ui.px(16)))
    upright = (min(max(at[0], rect.left + ui.px(16)), rect.right - ui.px(16)), rect.centery)
    beside = rect.top < at[1] < rect.bottom
    near, turn = (across, (0, ui.px(9))) if beside else (upright, (ui.px(9), 0))
    tail = [(near[0] - turn[0], near[1] - turn[1]), (near[0] + turn[0], near[1] + turn[1]), at]
    ui.layer = 1
    if scene["household"] is not None or scene["tiles"]:  # weather is nowhere in particular
        pygame.draw.polygon(ui.surface, ui.colours[mode], tail)
    ui.panel(rect, f"{mode}_soft", mode, 3 if mode == "over" else 12)
    icon = OUTCOMES[scene["outcome"]] or scene["icon"] or "season"
    ui.icon(icon, (rect.x + pad - ui.px(2), rect.y + pad), 34)
    y = rect.y + pad
    for text, size, colour, bold in texts:
        y += ui.text(text, (rect.x + pad + side, y), size, colour, bold, width, rect)
    ui.layer = 0


def _put(rect: pygame.Rect, bounds: pygame.Rect, at: Point, tile: int, ends: list[Point]) -> None:
    """Lay a bubble beside what it speaks of, where it covers least of the home and of the way to its ends."""
    off = round(tile * 1.25)
    home = pygame.Rect(at[0] - tile, at[1] - tile, 2 * tile, 2 * tile)
    way = [(at[0] + (end[0] - at[0]) * step / 20, at[1] + (end[1] - at[1]) * step / 20) for end in ends
           for step in range(21)]  # fmt: skip
    spots: list[tuple[float, int, pygame.Rect]] = []
    for side, spot in (
        ("midbottom", (at[0], at[1] - off)), ("midtop", (at[0], at[1] + off)),
        ("midleft", (at[0] + off, at[1])), ("midright", (at[0] - off, at[1])),
    ):  # fmt: skip
        placed = rect.copy()
        setattr(placed, side, spot)
        placed.clamp_ip(bounds)
        covered = placed.clip(home)
        hidden = sum(placed.inflate(16, 16).collidepoint(point) for point in way)
        spots.append((hidden + covered.width * covered.height / 100, len(spots), placed))
    rect.topleft = min(spots)[2].topleft
