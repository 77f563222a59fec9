"""The homes on the board: what each looks like, how its people feel, and what stands beside it."""

from __future__ import annotations

import math

import pygame

from game.picture.doings import draw_smoke
from game.picture.household import Household
from game.picture.palette import palette
from game.picture.places import draw_hives, draw_kiln, draw_struck
from game.picture.sprites import icon, sprite

VILLAGE = 7  # people: from so many on a community is a village of several houses
BESIDE = 5  # icons that stand beside a home where there is as much as there can be
ROWS = 2  # stocks that stand there at most


def draw_home(
    target: pygame.Surface, household: Household, at: tuple[int, int], room: pygame.Rect, tile: int, seconds: float
) -> None:
    """Draw the home of a household around a point of a room, with all that is seen of its people."""
    size = round(tile * 2.1)
    name = picture_of(household)
    rect = sprite("tiles", name, size).get_rect(center=at).clamp(room)
    if household.people >= VILLAGE:
        _draw_village(target, rect, name, room)
    if not household.looks_like:
        unit = rect.width / 64.0
        gable = [(rect.x + x * unit, rect.y + y * unit) for x, y in ((13, 33), (32, 16), (51, 33))]
        pygame.draw.polygon(target, palette()["panel"], gable)
    target.blit(sprite("tiles", name, size), rect)
    if not household.looks_like:
        draw_leaks(target, rect, household.soundness)
    if household.herd:
        _draw_hay(target, rect, household, tile, room)
    draw_hives(target, rect, household, tile)
    draw_kiln(target, rect, household, tile)
    _draw_beside(target, rect, household, tile, room)
    draw_smoke(target, rect, household, seconds)
    _draw_cloud(target, rect, household, tile)
    draw_struck(target, rect, household, tile, seconds)


def picture_of(household: Household) -> str:
    """Return the name of the picture of a home: by what it is, whose it is and how its people feel."""
    bitter = household.grievance > 0.5 or household.wellbeing < 0.35
    uneasy = household.grievance > 0.25 or household.wellbeing < 0.65
    style = f"{household.looks_like}_" if household.looks_like else ""
    return f"home_{style}{household.index % 6}_{0 if bitter else 1 if uneasy else 2}"


def _draw_village(target: pygame.Surface, rect: pygame.Rect, name: str, room: pygame.Rect) -> None:
    """Smaller houses behind and beside the first."""
    side = round(rect.width * 0.68)
    for right, down in ((-0.62, -0.2), (0.62, -0.16), (0.08, -0.44)):
        spot = pygame.Rect(0, 0, side, side)
        spot.center = round(rect.centerx + right * rect.width), round(rect.centery + down * rect.height)
        target.blit(sprite("tiles", name, side), spot.clamp(room))


def _draw_hay(target: pygame.Surface, rect: pygame.Rect, household: Household, tile: int, room: pygame.Rect) -> None:
    hay = round(tile * 1.0)
    spot = pygame.Rect(0, 0, hay, hay)
    left = rect.right - hay // 3 if rect.centerx < room.width // 2 else rect.left - hay * 2 // 3
    spot.bottomleft = (left, rect.bottom)
    target.blit(sprite("tiles", f"hay_{min(3, math.ceil(household.store * 3))}", hay), spot)


def _draw_beside(target: pygame.Surface, rect: pygame.Rect, household: Household, tile: int, room: pygame.Rect) -> None:
    """What its level shows beside a home, in rows of icons: one more for each fifth of what there can be."""
    side = max(8, round(tile * 0.42))
    right = rect.centerx < room.centerx
    for row, one in enumerate(household.beside[:ROWS]):
        for place in range(math.ceil(one.share * BESIDE - 1e-9)):
            x = rect.right + place * side if right else rect.left - (place + 1) * side
            spot = pygame.Rect(x, rect.bottom - (row + 1) * round(side * 1.15), side, side)
            target.blit(icon(one.icon, side), spot.clamp(room))


def _draw_cloud(target: pygame.Surface, rect: pygame.Rect, household: Household, tile: int) -> None:
    if household.grievance > 0.25:
        cloud = round(tile * (0.7 + 0.8 * household.grievance))
        target.blit(icon("cloud", cloud), (rect.centerx - cloud // 2, max(0, rect.top - cloud // 3)))


def draw_leaks(target: pygame.Surface, rect: pygame.Rect, soundness: float) -> None:
    """Draw holes in the roof of a home: none, one, two or three, the less sound it is."""
    unit = rect.width / 64.0
    places = ((19.0, 24.0), (44.5, 24.0), (32.0, 14.0))
    for x, y in places[: sum(soundness < bound for bound in (0.75, 0.5, 0.25))]:
        hole = [(-7, 4), (-3, -6), (4, -5), (7, 2), (1, 6)]
        points = [(rect.x + (x + dx) * unit, rect.y + (y + dy) * unit) for dx, dy in hole]
        pygame.draw.polygon(target, (38, 32, 30), points)
        pygame.draw.polygon(target, (236, 220, 190), points, max(1, round(unit)))
