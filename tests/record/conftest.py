"""Games that are kept, for the commands that look back on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.record.replay import write_replay


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A game of four seasons in which both take what they can."""
    file = tmp_path_factory.mktemp("replays") / "game.json"
    write_replay("first_steps", ("over", "over"), 4, file)
    return file
