"""How much of the window is land that nothing covers, and how many words stand on it: what is measured of the table."""

from __future__ import annotations

import numpy as np

from game.screen.kit.ui import Ui
from game.screen.kit.wording import words_shown
from game.screen.table.play import PlayScene


def board_share(ui: Ui, scene: PlayScene) -> float:
    """Return which share of the window was land in the last frame that no card and no panel covered, 0 to 1."""
    window = ui.surface.get_rect()
    if scene.view.place is None:
        return 0.0
    land = scene.view.place.clip(window)
    free = np.zeros((window.width, window.height), dtype=bool)
    free[land.left : land.right, land.top : land.bottom] = True
    for panel in ui.panels:
        seen = panel.clip(window)
        free[seen.left : seen.right, seen.top : seen.bottom] = False
    return float(free.sum()) / (window.width * window.height)


def measured(ui: Ui, scene: PlayScene) -> dict[str, float]:
    """Return `words` and `board_share` of the last frame."""
    return {"words": len(words_shown(ui)), "board_share": round(board_share(ui, scene), 3)}
