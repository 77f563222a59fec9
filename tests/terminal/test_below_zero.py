"""What there is may be less than nothing, as heat in winter or debts: maps and charts begin where it is least."""

from __future__ import annotations

import io
from pathlib import Path

import pygame
import pytest

from game.level.library import data_root
from game.level.reader import load_level
from game.playing.decide import decide
from game.playing.ending import Ending
from game.playing.session import Session
from game.playing.view import view
from game.screen.table.lenses import doors_of
from game.screen.table.play import PlayScene
from game.sim.model import compile_level
from game.terminal.ending import bars
from game.terminal.game import play
from game.terminal.paint import Style
from tests.screen.screens import Viewer

COLD = (
    "heat: {at: tile, kind: state, range: [-10, RISE], start: -9, icon: sun, unbalanced: cold, plain: How warm it is.}"
)

PURSE = "purse: {at: community, kind: matter, unit: coins, range: [-30, 0], start: -2, unbalanced: spent, plain: Debt.}"
BILLS = "bills: {from: purse, to: outside, rate: 1.5, plain: Bills.}"


@pytest.fixture(params=["30", "0"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A school whose yard is cold, up to warm or up to nothing."""
    text = (data_root() / "levels" / "templates" / "school.yaml").read_text(encoding="utf-8")
    found = tmp_path / "cold.yaml"
    found.write_text(
        text.replace("stocks:\n", f"stocks:\n  {COLD.replace('RISE', request.param)}\n", 1), encoding="utf-8"
    )
    return found


def test_the_terminal_draws_it_bare(file: Path) -> None:
    written = io.StringIO()
    play(load_level(file), "cold", 1, 1, ("with",) * 3, "", io.StringIO("look\nend\nquit\n"), written)
    assert "--- Week 1 is over ---" in written.getvalue() and ". . . ." in written.getvalue()
    assert "heat:  . bare" in written.getvalue()


def test_the_chart_of_a_purse_that_runs_into_debt_falls(tmp_path: Path) -> None:
    text = (data_root() / "levels" / "templates" / "school.yaml").read_text(encoding="utf-8")
    file = tmp_path / "debts.yaml"
    file.write_text(
        text.replace("stocks:\n", f"stocks:\n  {PURSE}\n", 1)
        .replace("influences:\n", f"flows:\n  {BILLS}\ninfluences:\n", 1)
        .replace("watch: [rumour", "watch: [purse"),
        encoding="utf-8",
    )
    session = Session(compile_level(load_level(file)), 1, 1, ("with",) * 3)
    while not session.over:
        decide(session, {"do": "end"})
    lines = {one["name"]: one["values"] for one in view(session, parts=("course",))["course"]["lines"]}
    purse = lines["Class Blue: purse"]
    assert purse == sorted(purse, reverse=True) and 0.0 <= purse[-1] < 0.2 < purse[0] <= 1.0
    (one,) = [found for found in Ending(session).courses() if found.name == "Class Blue"]
    signs = bars(one.values, one.top, Style(colour=False, unicode=True))
    assert list(signs) == sorted(signs, reverse=True) and len(set(signs)) > 3


def test_its_lens_is_pale_where_it_is_coldest(file: Path) -> None:
    session = Session(compile_level(load_level(file)), 1, 1, ("with",) * 3)
    player = Viewer(PlayScene(session, "cold", opening=False))
    lens = doors_of(player.scene).index("living")
    player.key(pygame.K_1 + lens)
    seen = pygame.surfarray.array3d(player.ui.surface.subsurface(player.scene.view.place))
    assert (seen.mean(axis=(0, 1)) > 120).all(), "less than nothing is no lush land"
