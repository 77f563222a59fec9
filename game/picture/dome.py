"""A dome of glass over the board, and air that is thick."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pygame

from game.picture.scene import Grid, Scene

INNER, OUTER = 84.0, 158.0  # how soft the edge of the mask is where the ring begins and ends

FINEST = 12  # pixels of a tile in what is blurred


class Dome:
    """A ring of stones with panes, what is dark outside it, and a faint vault over all inside it."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self._key: bytes = b""
        self._ring = self._vault = pygame.Surface((1, 1))
        self.inside: pygame.Surface | None = None  # white where the vault is; None without a dome

    def draw_ring(self, target: pygame.Surface, scene: Scene) -> None:
        """Draw the ring upon the ground."""
        if "rim" in scene.terrain:
            self._make(scene.terrain["rim"])
            target.blit(self._ring, (0, 0))

    def draw_vault(self, target: pygame.Surface, scene: Scene) -> None:
        """Draw the glass over everything."""
        if "rim" in scene.terrain:
            self._make(scene.terrain["rim"])
            target.blit(self._vault, (0, 0))

    def _make(self, rim: Grid) -> None:
        if rim.tobytes() == self._key:
            return
        self._key = rim.tobytes()
        soft = _softened(rim, self.size)
        wide, high = self.size
        x, y = np.meshgrid(np.arange(wide), np.arange(high), indexing="ij")
        inside = np.argwhere(rim == 0)
        top, left = inside.min(axis=0) if len(inside) else (0, 0)
        bottom, right = inside.max(axis=0) + 1 if len(inside) else rim.shape
        step = (wide / rim.shape[1], high / rim.shape[0])
        middle = ((left + right) / 2 * step[0], (top + bottom) / 2 * step[1])
        radius = ((right - left) / 2 * step[0], (bottom - top) / 2 * step[1])
        self._ring = _ring(soft, x - middle[0], y - middle[1])
        self._vault = _vault(self.size, middle, radius, soft)
        self.inside = pygame.Surface(self.size, pygame.SRCALPHA)
        self.inside.fill((255, 255, 255, 255))
        alpha = pygame.surfarray.pixels_alpha(self.inside)
        alpha[...] = np.clip((INNER + 20 - soft) * 12, 0, 255).astype(np.uint8)
        del alpha


def _softened(rim: Grid, size: tuple[int, int]) -> np.ndarray:
    """Return the mask of the rim as large as the board and without corners, 0 to 255; outside the map all is rim."""
    padded = np.pad(rim.T > 0, 1, constant_values=True)
    small = pygame.surfarray.make_surface(np.repeat((padded * 255).astype(np.uint8)[..., None], 3, axis=2))
    tile = max(1, size[1] // rim.shape[0])
    wide, high = padded.shape
    # A blur as wide as a large tile takes a minute; what is blurred small and then stretched looks the same.
    fine = min(tile, FINEST)
    softer = pygame.transform.smoothscale(
        pygame.transform.smoothscale(small, (wide * 2, high * 2)), (wide * fine, high * fine)
    )
    blurred = pygame.transform.gaussian_blur(softer, max(1, round(fine * 0.62)))
    soft = pygame.transform.smoothscale(blurred, (wide * tile, high * tile))
    kept = pygame.surfarray.array3d(soft)[:, :, 0].astype(float)
    return kept[tile : tile + size[0], tile : tile + size[1]]


def _ring(soft: np.ndarray, x: np.ndarray, y: np.ndarray) -> pygame.Surface:
    """Night outside, and stones laid round, with a pane between each two."""
    layer = pygame.Surface(soft.shape, pygame.SRCALPHA)
    pixels, alpha = pygame.surfarray.pixels3d(layer), pygame.surfarray.pixels_alpha(layer)
    far = np.clip((soft - OUTER) / (255.0 - OUTER), 0.0, 1.0)[..., None]
    pixels[...] = np.round(np.array((66, 96, 118)) * (1 - far) + np.array((27, 40, 60)) * far)
    dots = (np.sin(x * 12.9898 + y * 78.233) * 43758.5453) % 1.0
    pixels[(dots > 0.9985) & (soft > 205)] = (226, 236, 246)
    turn = np.arctan2(y * soft.shape[0] / soft.shape[1], x) / (2 * np.pi) * 80
    stone = np.floor(turn).astype(int)
    shades = np.array(((190, 184, 170), (168, 161, 147), (206, 201, 189)))
    wall = (soft > INNER) & (soft < OUTER)
    pixels[wall] = shades[(stone * 7 % 11) % 3][wall]
    glass = wall & (stone % 3 == 1) & (soft > INNER + 14) & (soft < OUTER - 12)
    pixels[glass] = (168, 209, 224)
    pixels[glass & (turn % 1.0 > 0.3) & (turn % 1.0 < 0.5)] = (238, 250, 252)
    pixels[wall & ((turn % 1.0 < 0.09) | (soft < INNER + 7) | (soft > OUTER - 6))] = (59, 58, 54)
    alpha[...] = np.where(soft > INNER, 255, np.clip((soft - INNER + 36) * 4.0, 0, 150)).astype(np.uint8)
    pixels[soft <= INNER] = (26, 40, 30)
    del pixels, alpha
    return layer


def _vault(
    size: tuple[int, int], middle: tuple[float, float], radius: tuple[float, float], soft: np.ndarray
) -> pygame.Surface:
    """Ribs and rings of the vault, and a crescent of light at its upper left."""
    layer = pygame.Surface(size, pygame.SRCALPHA)
    for part in (0.4, 0.74):
        spot = pygame.Rect(0, 0, round(2 * radius[0] * part), round(2 * radius[1] * part))
        spot.center = round(middle[0]), round(middle[1])
        pygame.draw.ellipse(layer, (240, 251, 255, 78), spot, 2)
    for step in range(12):
        angle = math.pi * (step + 0.5) / 6
        start, end = (_on(middle, radius, part, angle) for part in (0.12, 0.98))
        pygame.draw.line(layer, (240, 251, 255, 64), start, end, 2)
    shine = pygame.Surface(size, pygame.SRCALPHA)
    for first, last, thick, strength in ((1.06, 1.42, 0.2, 74), (1.45, 1.53, 0.1, 74), (0.12, 0.3, 0.08, 44)):
        pygame.draw.polygon(shine, (255, 255, 255, strength), _crescent(middle, radius, (first, last), thick))
    layer.blit(shine, (0, 0))
    alpha = pygame.surfarray.pixels_alpha(layer)
    alpha[soft > INNER] = 0
    del alpha
    return layer


def _on(middle: tuple[float, float], radius: tuple[float, float], part: float, angle: float) -> tuple[float, float]:
    return middle[0] + radius[0] * part * math.cos(angle), middle[1] + radius[1] * part * math.sin(angle)


def _crescent(
    middle: tuple[float, float], radius: tuple[float, float], turns: tuple[float, float], thick: float
) -> list[tuple[float, float]]:
    """Return the outline of a crescent along an ellipse, between two turns in half circles from the right."""
    steps = [step / 20 for step in range(21)]
    angles = [math.pi * (turns[0] + (turns[1] - turns[0]) * share) for share in steps]
    outer = [_on(middle, radius, 0.9, angle) for angle in angles]
    inner = [
        _on(middle, radius, 0.9 - thick * math.sin(math.pi * share), angle)
        for share, angle in zip(steps, angles, strict=True)
    ]
    return outer + inner[::-1]


@lru_cache(maxsize=4)
def _mist(size: tuple[int, int]) -> pygame.Surface:
    """Return a soft bank of mist."""
    small = pygame.Surface((96, 48), pygame.SRCALPHA)
    small.fill((222, 214, 190, 0))
    for spot in ((20, 18, 44, 14), (34, 12, 38, 20), (44, 22, 32, 13)):
        pygame.draw.ellipse(small, (222, 214, 190, 150), spot)
    return pygame.transform.smoothscale(pygame.transform.gaussian_blur(small, 5), size)


def draw_haze(target: pygame.Surface, scene: Scene, dome: Dome, seconds: float) -> None:
    """Veil the board, or what lies under the dome, as thickly as the air is, with banks of mist that drift."""
    if scene.haze < 0.02:
        return
    size = dome.size
    layer = pygame.Surface(size, pygame.SRCALPHA)
    layer.fill((186, 176, 146, round(scene.haze * 104)))
    wide, high = round(size[0] * 0.6), round(size[1] * 0.5)
    bank = _mist((wide, high))
    bank.set_alpha(round(255 * min(1.0, scene.haze * 1.5)))
    for number in range(3):
        x = (seconds * (7 + 3 * number) + number * size[0] * 0.47) % (size[0] + wide) - wide
        layer.blit(bank, (round(x), round(size[1] * (0.32 * number - 0.05))))
    if dome.inside is not None:
        layer.blit(dome.inside, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    target.blit(layer, (0, 0))
