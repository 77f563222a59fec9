"""A board as numbers, for tests of what is drawn on it."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"

import numpy as np
import pygame
import pytest

from game.picture.board import Board
from game.picture.scene import Scene

TILE = 30


def painted(scene: Scene, seconds: float = 0.0) -> np.ndarray:
    """Return the colours of a board with tiles of `TILE` pixels, (width, height, 3), after so many seconds."""
    rows, columns = scene.ground.shape
    board = Board(rows, columns, (columns * TILE, rows * TILE))
    surface = pygame.Surface(board.size)
    board.draw(surface, scene, seconds)
    return pygame.surfarray.array3d(surface).astype(int)


@pytest.fixture(scope="module", autouse=True)
def screen() -> None:
    """Give pygame the smallest screen that it can draw with."""
    pygame.display.init()
    pygame.display.set_mode((64, 64))


def changed_tiles(one: Scene, two: Scene, apart: int, share: float, seconds: float = 0.0) -> np.ndarray:
    """Return which tiles, (rows, columns), differ by more than `apart` in more than a `share` of their pixels."""
    rows, columns = one.ground.shape
    differ = (np.abs(painted(one, seconds) - painted(two, seconds)).sum(axis=2) > apart).T
    return np.asarray(differ.reshape(rows, TILE, columns, TILE).mean(axis=(1, 3)) > share)
