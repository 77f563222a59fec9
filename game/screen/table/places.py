"""Where things lie at the table: the board as large as it can be, the hand below it, a narrow column at each side."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.screen.kit.ui import Ui

COLUMN = 124  # the least width of a column beside the board
CARD = 118  # the least width of a card in the hand
HIGH, LOW = 84, 65  # of a card in a small window, and of one of two in a column
BAND = 145  # the least height of the hand: what a choice and a season's end need
GAP = 5
ABOVE = 176  # what the columns need where they lie above a very wide board


@dataclass(frozen=True)
class Places:
    """The parts of the window; `across` and `down` are how many cards lie side by side and below each other."""

    board: pygame.Rect
    left: pygame.Rect
    right: pygame.Rect
    hand: pygame.Rect
    across: int
    down: int


def places(ui: Ui, size: tuple[int, int], cards: int) -> Places:
    """Divide the window for a land of (rows, columns) and so many cards."""
    window, gap = ui.surface.get_rect(), ui.px(GAP)
    most = max(1, (window.width - gap) // (ui.px(CARD) + gap))
    down = min(2, max(1, -(-cards // most)))
    across = max(1, -(-cards // down))
    high = max(down * ui.px(LOW) + (down + 1) * gap, ui.px(BAND))
    hand = pygame.Rect(0, window.bottom - high, window.width, high)
    upper = pygame.Rect(0, 0, window.width, hand.top)
    rows, columns = size
    beside = min((upper.width - 2 * ui.px(COLUMN)) // columns, upper.height // rows)
    below = min(upper.width // columns, (upper.height - ui.px(ABOVE)) // rows)
    tile = max(8, beside, below)
    wide, tall = tile * columns, tile * rows
    if beside >= below:
        board = pygame.Rect((upper.width - wide) // 2, (upper.height - tall) // 2, wide, tall)
        left = pygame.Rect(0, 0, board.left, upper.height)
        right = pygame.Rect(board.right, 0, upper.width - board.right, upper.height)
    else:
        board = pygame.Rect((upper.width - wide) // 2, upper.bottom - tall, wide, tall)
        left = pygame.Rect(0, 0, round(upper.width * 0.62), board.top)
        right = pygame.Rect(left.right, 0, upper.width - left.right, board.top)
    inset = ui.px(7)
    return Places(board, left.inflate(-2 * inset, -inset), right.inflate(-2 * inset, -inset), hand, across, down)
