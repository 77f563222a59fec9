"""Ground that glows with a soft outline: where a card can be played, and where the one pointed at would be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pygame
from numpy.typing import NDArray

from game.picture.palette import Colour

FINE, BLUR = 8, 3  # points along a tile, and how far its edge is blurred
BAND = 0.14  # how wide the outline is, in what the blur leaves of the ground

Tiles = Sequence[Sequence[int]]


def glow(
    size: tuple[int, int], board: tuple[int, int], grounds: Sequence[Tiles], colour: Colour, fill: int, line: int
) -> pygame.Surface:
    """Return a layer as large as the board on which some grounds are filled and outlined softly.

    Parameters
    ----------
    size
        (rows, columns) of the land.
    board
        (width, height) in pixels.
    grounds
        The [row, column] of the tiles of each ground; each has an outline of its own.
    colour, fill, line
        Its colour, and how dense ground and outline are, 0 to 255.
    """
    alpha = np.zeros((size[0] * FINE, size[1] * FINE))
    for tiles in grounds:
        soft = _soft(size, tiles)
        alpha = np.maximum(alpha, np.maximum(fill * soft, line * np.exp(-(((soft - 0.62) / BAND) ** 2))))
    return _layer(alpha, board, colour)


def veil(
    size: tuple[int, int], board: tuple[int, int], ground: Tiles, colour: Colour, thick: int, thin: int
) -> pygame.Surface:
    """Return a layer as large as the board that pales the land, `thick` (0 to 255) and on some ground only `thin`."""
    return _layer(thick + (thin - thick) * _soft(size, ground), board, colour)


def _soft(size: tuple[int, int], tiles: Tiles) -> NDArray[np.float64]:
    """Return how far each fine point of the land is within some tiles, 0 to 1, with soft edges."""
    mask = np.zeros(size)
    for row, column in tiles:
        mask[row, column] = 1.0
    return _blurred(mask.repeat(FINE, axis=0).repeat(FINE, axis=1))


def _layer(alpha: NDArray[np.float64], board: tuple[int, int], colour: Colour) -> pygame.Surface:
    """Return a layer of one colour as large as the board, as dense as `alpha` says, 0 to 255."""
    layer = pygame.Surface((alpha.shape[1], alpha.shape[0]), pygame.SRCALPHA)
    layer.fill((*colour, 0))
    pixels = pygame.surfarray.pixels_alpha(layer)
    pixels[...] = np.clip(alpha, 0, 255).astype(np.uint8).T
    del pixels
    return pygame.transform.smoothscale(layer, board)


def _blurred(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values with soft edges: three means over a square, inside the land."""
    wide = 2 * BLUR + 1
    for _ in range(2):
        for axis in (0, 1):
            padded = np.pad(values, [(BLUR + 1, BLUR) if one == axis else (0, 0) for one in (0, 1)], mode="edge")
            total = np.cumsum(padded, axis=axis)
            ahead = [slice(None), slice(None)]
            behind = [slice(None), slice(None)]
            ahead[axis], behind[axis] = slice(wide, None), slice(None, -wide)
            values = (total[tuple(ahead)] - total[tuple(behind)]) / wide
    return values
