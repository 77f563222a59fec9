"""The power station with its chimney and steam, the barrels in its yard, and the tunnel in the rock."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.picture.scene import Scene
from game.picture.sprites import sprite

STATION_SIZE, TUNNEL_SIZE, BARREL_SIZE = 3.4, 1.7, 0.62  # in tiles
COLD = 0.2  # of soundness: below it no window is lit
BARRELS = 16  # as many as are drawn at most, in the yard and behind the door
PUFFS = 7
STEAM = (238, 242, 246)


def draw_station(target: pygame.Surface, scene: Scene, tile: int, seconds: float) -> None:
    """Draw the station where `works` lie, barrels where the yard is, and the tunnel where rock is."""
    if not scene.station:
        return
    spot = _spot(scene, "works", STATION_SIZE, tile, target)
    if spot is not None:
        lit = scene.station["soundness"] > COLD
        target.blit(sprite("tiles", f"station_{int(lit)}", spot.width), spot)
        _steam(target, spot, scene.station["load"] * scene.station["soundness"], seconds)
    tunnel = _spot(scene, "rock", TUNNEL_SIZE, tile, target)
    if tunnel is not None:
        target.blit(sprite("tiles", f"tunnel_{int(scene.station['stored'] > 0.01)}", tunnel.width), tunnel)
    _barrels(target, scene, tile)


def _spot(scene: Scene, terrain: str, size: float, tile: int, target: pygame.Surface) -> pygame.Rect | None:
    """Return where the picture of a terrain stands: at the foot of the middle of its tiles."""
    tiles = np.argwhere(scene.terrain.get(terrain, np.zeros((0, 0))) > 0)
    if not len(tiles):
        return None
    side = max(8, round(size * tile))
    spot = pygame.Rect(0, 0, side, side)
    spot.midbottom = round((tiles[:, 1].mean() + 0.5) * tile), round((tiles[:, 0].max() + 1) * tile)
    return spot.clamp(target.get_rect())


def _steam(target: pygame.Surface, spot: pygame.Rect, running: float, seconds: float) -> None:
    """White steam rises from the tower and leans with the wind; the harder it runs the more."""
    if running < 0.05:
        return
    cloud = pygame.Surface(target.get_size(), pygame.SRCALPHA)
    for number in range(PUFFS):
        age = (seconds * 0.16 + number / PUFFS) % 1.0
        x = spot.left + 0.3 * spot.width + age * 0.75 * spot.width
        y = spot.top + 0.14 * spot.height - age * 0.2 * spot.height + 2 * math.sin(seconds + number * 2)
        radius = max(2, round(spot.width * (0.05 + 0.09 * age) * min(1.4, 0.5 + running)))
        pygame.draw.circle(cloud, (*STEAM, round(150 * (1.0 - age))), (round(x), round(y)), radius)
    target.blit(cloud, (0, 0))


def _barrels(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw as many barrels as stand in the yard, row by row."""
    tiles = np.argwhere(scene.terrain.get("yard", np.zeros((0, 0))) > 0).tolist()
    count = min(BARRELS, math.ceil(scene.station["waste"] * BARRELS - 0.25)) if tiles else 0
    side = max(5, round(BARREL_SIZE * tile))
    picture = sprite("tiles", "barrel", side)
    for number in range(count):
        row, column = tiles[number % len(tiles)]
        layer = number // len(tiles)
        x = (column + 0.02 + 0.24 * (layer % 4)) * tile
        y = (row + 0.25 + 0.22 * (layer // 4)) * tile
        target.blit(picture, (round(x), round(y)))
