"""Letters: the font of the game, lines that were drawn before, and how text is broken and fitted."""

from __future__ import annotations

from functools import lru_cache

import pygame

from game.picture.palette import Colour
from game.screen.kit.scripts import Piece, own_font, pieces

SIZES = {"small": 13, "body": 15, "strong": 17, "head": 22, "title": 44}
LEAST = 9  # pixels; below that nobody reads


@lru_cache(maxsize=64)
def font(points: int, bold: bool) -> pygame.font.Font:
    """Return the font of the game in a size of pixels."""
    return pygame.font.Font(own_font(bold), points)


@lru_cache(maxsize=64)
def _other_font(file: str, points: int, script: str, leftward: bool) -> pygame.font.Font:
    other = pygame.font.Font(file, points)
    if script:
        other.set_script(script)
        other.set_direction(pygame.DIRECTION_RTL if leftward else pygame.DIRECTION_LTR)
    return other


def _font_of(piece: Piece, points: int, bold: bool) -> pygame.font.Font:
    if piece.font is None:
        return font(points, bold)
    return _other_font(piece.font, points, piece.script, piece.leftward)


@lru_cache(maxsize=4000)
def rendered(text: str, points: int, bold: bool, colour: Colour) -> pygame.Surface:
    """Return a line of text, drawn once and kept; as high as a line of the font of the game."""
    own = font(points, bold)
    if text.isascii() or all(piece.font is None for piece in pieces(text)):
        return own.render(text, True, colour)
    line = pygame.Surface((max(width_of(text, points, bold), 1), own.get_linesize()), pygame.SRCALPHA)
    x = 0
    for piece in pieces(text):
        used = _font_of(piece, points, bold)
        line.blit(used.render(piece.text, True, colour), (x, own.get_ascent() - used.get_ascent()))
        x += used.size(piece.text)[0]
    return line


@lru_cache(maxsize=8000)
def width_of(text: str, points: int, bold: bool) -> int:
    """Return how wide a line of text is."""
    if text.isascii():
        return font(points, bold).size(text)[0]
    parts = pieces(text)
    if all(piece.font is None for piece in parts):
        return font(points, bold).size(text)[0]
    return sum(_font_of(piece, points, bold).size(piece.text)[0] for piece in parts)


@lru_cache(maxsize=4000)
def wrapped(text: str, points: int, bold: bool, width: int) -> tuple[str, ...]:
    """Break a text into lines no wider than `width`; a word that is too long is broken too."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width_of(longer, points, bold) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            while width_of(word, points, bold) > width and len(word) > 1:
                cut = _fitting_part(word, points, bold, width)
                lines.append(word[:cut])
                word = word[cut:]
            line = word
        lines.append(line)
    return tuple(lines)


def _fitting_part(word: str, points: int, bold: bool, width: int) -> int:
    cut = len(word)
    while cut > 1 and width_of(word[:cut], points, bold) > width:
        cut -= 1
    return cut


@lru_cache(maxsize=4000)
def fitted(text: str, points: int, bold: bool, width: int, height: int) -> tuple[tuple[str, ...], int]:
    """Return lines and a size of letters with which a text fits a box: smaller, then broken, then cut with dots."""
    for size in range(points, max(LEAST, round(points * 0.8)) - 1, -1):
        if width_of(text, size, bold) <= width:
            return (text,), size
    for size in range(points, LEAST - 1, -1):
        lines = wrapped(text, size, bold, width)
        step = font(size, bold).get_linesize()
        # A broken word is worse than a smaller letter.
        if step * len(lines) <= height and all(width_of(word, size, bold) <= width for word in text.split()):
            return lines, size
    room = max(1, height // font(LEAST, bold).get_linesize())
    lines = wrapped(text, LEAST, bold, width)
    if len(lines) <= room:
        return lines, LEAST
    last = lines[room - 1]
    while last and width_of(f"{last}…", LEAST, bold) > width:
        last = last[:-1]
    return (*lines[: room - 1], f"{last.rstrip()}…"), LEAST
