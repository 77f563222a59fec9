"""The market: a stall for every workshop, its buyers before it, one sign over those that trade together, the ferry."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.picture.household import Household
from game.picture.palette import palette
from game.picture.scene import Scene
from game.picture.sprites import icon, sprite

STALL, STEP, APART = 1.45, 1.25, 0.7  # in tiles: how wide a stall is, how far the next one, how far an outsider
FERRY_SIZE, BUYER_SIZE = 1.3, 0.62
CROWD = 14  # buyers that are drawn at the market, before all stalls together
ABREAST = 3  # of them side by side
COATS = 4  # pictures of buyers


def draw_market(target: pygame.Surface, scene: Scene, tile: int, seconds: float) -> None:
    """Draw the stalls where `market` lies, those under one sign side by side, and whoever comes to buy there."""
    tiles = np.argwhere(scene.terrain.get("market", np.zeros((0, 0))) > 0)
    sellers = [one for one in scene.households if one.buyers is not None]
    if not len(tiles) or not sellers:
        return
    _draw_ferry(target, scene, tiles, tile, seconds)
    sellers.sort(key=lambda one: not one.joined)  # those under the sign first, in the order of the level
    spots = _places(sellers, tiles, tile, target.get_rect())
    for number, (household, spot) in enumerate(zip(sellers, spots, strict=True)):
        target.blit(sprite("tiles", f"stall_{household.index % 6}", spot.width), spot)
        _draw_buyers(target, household, spot, tile, seconds + 0.7 * number)
    under = [spot for household, spot in zip(sellers, spots, strict=True) if household.joined]
    if len(under) > 1:
        _draw_sign(target, sellers[: len(under)], under, tile)


def _places(sellers: list[Household], tiles: np.ndarray, tile: int, room: pygame.Rect) -> list[pygame.Rect]:
    """Return where each stall stands: a row along the upper edge of the market, outsiders some way off."""
    side = max(8, round(STALL * tile))
    joined = sum(one.joined for one in sellers)
    gap = APART * tile if 0 < joined < len(sellers) else 0.0
    wide = STEP * tile * (len(sellers) - 1) + gap + side
    middle = (tiles[:, 1].min() + tiles[:, 1].max() + 1) / 2 * tile
    left = max(middle - wide / 2, float(tiles[:, 1].min() * tile))  # not over the river that the market lies beside
    left = max(0.0, min(left, room.width - wide))
    foot = round((tiles[:, 0].min() + 1.1) * tile)
    return [
        pygame.Rect(round(left + STEP * tile * place + gap * (place >= joined)), foot - side, side, side).clamp(room)
        for place in range(len(sellers))
    ]


def _draw_buyers(target: pygame.Surface, household: Household, spot: pygame.Rect, tile: int, seconds: float) -> None:
    """Draw as many buyers before a stall as its share of all buyers says."""
    side = max(5, round(BUYER_SIZE * tile))
    count = math.ceil((household.buyers or 0.0) * CROWD - 0.25)
    for number in range(count):
        row, place = divmod(number, ABREAST)
        x = spot.centerx + round((place - (ABREAST - 1) / 2 + 0.3 * (row % 2)) * side * 0.62)
        y = spot.bottom + round((row + 0.55) * side * 0.6 + math.sin(seconds * 1.3 + number * 2.1))
        picture = sprite("tiles", f"buyer_{(number + household.index) % COATS}", side)
        target.blit(picture, picture.get_rect(midbottom=(x, y + side // 3)))


def _draw_sign(target: pygame.Surface, sellers: list[Household], spots: list[pygame.Rect], tile: int) -> None:
    """Draw the sign that hangs over all who trade under it, with a pennant of each."""
    colours, thick = palette(), max(1, tile // 20)
    left, right = spots[0].centerx, spots[-1].centerx
    top = min(spot.top for spot in spots) - round(0.28 * tile)
    for x in (left, right):
        pygame.draw.line(target, colours["ink"], (x, top), (x, spots[0].top + round(0.2 * tile)), thick + 1)
    pygame.draw.line(target, colours["ink"], (left, top), (right, top), thick)
    for number, household in enumerate(sellers):
        for place in range(2):
            x = left + round((right - left) * (2 * number + place + 0.5) / (2 * len(sellers)))
            flag = [(x - tile // 7, top), (x + tile // 7, top), (x, top + round(0.3 * tile))]
            pygame.draw.polygon(target, colours.household(household.index), flag)
            pygame.draw.polygon(target, colours["ink"], flag, 1)
    board = pygame.Rect(0, 0, round(0.8 * tile), round(0.62 * tile))
    board.center = (left + right) // 2, top
    pygame.draw.rect(target, colours["panel"], board, border_radius=max(2, tile // 8))
    pygame.draw.rect(target, colours["ink"], board, max(1, thick), border_radius=max(2, tile // 8))
    picture = icon("bowl", round(0.5 * tile))
    target.blit(picture, picture.get_rect(center=board.center))


def _draw_ferry(target: pygame.Surface, scene: Scene, tiles: np.ndarray, tile: int, seconds: float) -> None:
    """Draw the ferry on the stream where it passes the foot of the market, clear of the stalls."""
    if scene.stream is None or not scene.stream.any():
        return
    foot = tiles[:, 0].max(), tiles[:, 1].min()
    row, column = min(np.argwhere(scene.stream > 0).tolist(), key=lambda one: math.dist(one, foot))
    side = max(6, round(FERRY_SIZE * tile))
    picture = sprite("tiles", "ferry", side)
    sway = math.sin(seconds * 0.8) * 0.04 * tile
    target.blit(picture, picture.get_rect(center=(round((column + 0.5) * tile + sway), round((row + 0.5) * tile))))
