"""The page to keep of a game that is over, with its two pictures; no window is needed."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

import pygame

from game.level.whole_files import write_whole
from game.picture.board import Board
from game.picture.scene import Scene
from game.playing.branches import Course
from game.playing.debrief import debrief_page
from game.playing.session import Session
from game.screen.kit.land import land_at, land_now

WIDE, HIGH = 720, 520  # of a picture at most, in pixels


def write_debrief(file: Path, session: Session) -> None:
    """Write the page of a game that is over; the file is whole or as it was before.  Raises OSError."""
    first, last = land_at(Course(session), 0), land_now(session)
    write_whole(file, debrief_page(session, _picture(first), _picture(last)))


def _picture(scene: Scene) -> str:
    """Return a land as the address of a picture that holds it."""
    rows, columns = scene.ground.shape
    board = Board(rows, columns, (WIDE, HIGH))
    surface = pygame.Surface(board.size)
    board.draw(surface, scene)
    stream = BytesIO()
    pygame.image.save(surface, stream, "land.png")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode("ascii")
