"""The meter of care beside an action, and the page of two rules of proof."""

from __future__ import annotations

import pygame
import pytest

from tests.screen import screens
from tests.sim.levels import candidate


def text_of(ui: screens.Ui) -> str:
    return " ".join(mark.text for mark in ui.marks if mark.kind == "text")


def detail(level: str, card: str, *planned: str) -> str:
    """Return what the window tells of a card while some actions stand in the plan."""
    session = screens.session_of(level)
    for name in planned:
        session.add(candidate(session.model, name))
    scene = screens.PlayScene(session, level, opening=False)
    scene.pin("card", card, pygame.Rect(600, 600, 9, 9))
    ui = screens.new_ui((1280, 800), 1.0)
    screens.settle(ui, scene.stack.draw)
    return text_of(ui)


def test_the_meter_stands_beside_force_and_tells_what_a_planned_watch_would_change() -> None:
    alone, watched = (detail("sandbox", "burn_the_slope", *planned) for planned in ((), ("watch_the_slope",)))
    assert "calls for great care" in alone and "Watched: " not in alone
    assert "Watched: you see its answer after one season" in watched
    assert "calls for" not in detail("sandbox", "rest")


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800)])
def test_the_page_says_that_it_works_and_then_tells_both_rules(size: tuple[int, int]) -> None:
    ending = screens.forceful("first_steps")
    page, stack = screens.ProofScene(ending.shown), ending.stack
    stack.push(page)
    page.shown.hindsight.proof = lambda: screens.NOTHING_YET  # type: ignore[method-assign]
    ui = screens.new_ui(size, 1.0)
    screens.settle(ui, stack.draw)
    assert "Playing your game again under both rules" in text_of(ui)
    del page.shown.hindsight.proof
    assert page.shown.hindsight.proof().wait() is not None
    screens.settle(ui, stack.draw)
    told = text_of(ui)
    assert told.count("Harm let through: ") == told.count("Good forgone: ") == 2
    assert told.count("What was struck") == 2 and "Two more cows: struck" in told
    escape = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_ESCAPE, mod=0)
    screens.frame(ui, stack.draw, screens.Input(keys=[escape]))
    assert page not in stack.pages
