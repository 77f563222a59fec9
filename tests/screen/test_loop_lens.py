"""The loops over the board, which of them ruled when, and what an action changed on the land."""

from __future__ import annotations

from typing import Any

import numpy as np
import pygame
import pytest

from game.insight.loops import explained
from game.screen.kit.loop_drawing import Key, key_of
from game.screen.pages.overlays import PausePage
from game.screen.table.cards import open_options
from game.screen.table.strip import told_differences
from game.telling.loops import runs, shown
from tests.screen import screens

PASTURE = "the_shared_pasture"


class Player(screens.Viewer):
    """Somebody in front of one game, with a frame for everything they do."""

    def __init__(self, seasons: int = 3, level: str = PASTURE, taking: bool = True) -> None:
        session = screens.session_of(level)
        for _ in range(seasons):
            take(session, ("buy_cattle",) if taking else ())
            session.end_turn()
        scene = screens.PlayScene(session, level, opening=False)
        super().__init__(scene)


def take(session: screens.Session, names: tuple[str, ...]) -> None:
    scene = screens.PlayScene(session, PASTURE)
    for name in names:
        card = next(one for one in scene.fresh_cards() if one["id"] == name)
        if card["possible"]:
            scene.choose(open_options(card)[0])


def test_a_key_and_a_button_open_the_loops_and_three_ways_shut_them() -> None:
    player = Player()
    player.key(pygame.K_l)
    assert player.scene.lens and "Loops: what drives what" in player.read()
    player.key(pygame.K_l)
    assert not player.scene.lens
    player.click("lens")
    assert player.scene.lens
    player.key(pygame.K_ESCAPE)
    assert not player.scene.lens and not player.shows(PausePage)
    player.click("lens")
    player.frame()
    player.click("close lens")
    assert not player.scene.lens
    player.frame()
    assert any(name.startswith("card ") for name, _ in player.ui.areas), "what one can do is back"


def test_the_button_on_the_board_is_not_the_board() -> None:
    player = Player()
    player.click("lens")
    assert player.scene.tab == "act" and player.scene.inspect == ("", None)


def test_the_loop_pointed_at_is_explained_by_the_author_first() -> None:
    player = Player()
    model = player.scene.session.model
    player.key(pygame.K_l)
    found, _ = player.scene.loops.found()
    loops = shown(model, player.scene.session.loops())
    assert 3 <= len(found) <= 5
    for number, (one, behind) in enumerate(zip(found, loops, strict=True)):
        spot = dict(player.ui.areas)[f"loop {number}"].center
        for step in (0, 1):
            player.frame(mouse=(spot[0] + step, spot[1]))
        player.frame(mouse=spot)
        assert player.scene.loops.lit is one
        assert explained(model, behind.loop).split(":")[0].replace("\n", " ") in player.read()
    cows = next(one for one in found if one["id"] == "more_cows")
    assert cows["text"].startswith("More cows bring more hay and hay buys more cows. ")


def test_the_keyboard_walks_from_loop_to_loop() -> None:
    player = Player()
    player.key(pygame.K_l)
    assert player.ui.focus == "loop 0"
    player.key(pygame.K_TAB)
    assert player.scene.loop == 1 and player.ui.focus == "loop 1"
    player.key(pygame.K_DOWN)
    assert player.scene.loop == 2


def test_a_mouse_that_only_lies_there_lights_nothing() -> None:
    player = Player()
    player.key(pygame.K_l)
    spot = dict(player.ui.areas)["loop 2"].center
    player.key(pygame.K_l)
    player.frame(mouse=spot, keys=[pygame.event.Event(pygame.KEYDOWN, key=pygame.K_l, mod=0)])
    player.frame(mouse=spot)
    assert player.scene.lens and player.scene.loop == 0
    player.frame(mouse=(spot[0] + 3, spot[1]))
    assert player.scene.loop == 2


def test_an_arrow_on_the_board_lights_its_loop() -> None:
    player = Player()
    player.key(pygame.K_l)
    found, _ = player.scene.loops.found()
    used = {key: [at for at, one in enumerate(found) if key in keys_of(one)] for key in player.scene.loops.ways}
    key, owners = next((key, owners) for key, owners in used.items() if 0 not in owners)
    points = player.scene.loops.ways[key]
    spot = (round(points[len(points) // 2][0]), round(points[len(points) // 2][1]))
    before = pygame.surfarray.array3d(player.ui.surface)
    player.frame(mouse=spot)
    player.frame(mouse=spot)
    assert player.scene.loop == owners[0]
    assert (before != pygame.surfarray.array3d(player.ui.surface)).any(), "another loop looks different"


def keys_of(one: dict[str, Any]) -> set[Key]:
    return {key_of(arrow) for arrow in one["arrows"]}


def test_the_land_of_a_loop_is_lit() -> None:
    player = Player()
    player.key(pygame.K_l)
    model = player.scene.session.model
    grass = model.stocks["grass"].live[0, 0, :, :, 0] > 0
    found, _ = player.scene.loops.found()
    player.scene.loop = next(
        at for at, one in enumerate(found) if "grass" in {stock["stock"] for stock in one["stocks"]}
    )
    lit = player.scene.loops.tiles()
    assert lit is not None and (lit >= grass).all()
    player.frame()
    assert "Lit on the board" in player.read()


def test_whom_a_loop_costs_is_told() -> None:
    player = Player()
    found = shown(player.scene.session.model, player.scene.session.loops())
    cows = next(one for one in found if one.loop.parasitic)
    player.key(pygame.K_l)
    assert cows.falls_on and f"What others get of it: {cows.falls_on[0]}" in player.read()
    assert set(cows.falls_on) <= {"less grass", "less soil", "more muck", "less water"}


def test_where_nothing_goes_round_the_lens_says_so() -> None:
    player = Player(2, "nail_and_barn", taking=False)
    player.key(pygame.K_l)
    assert "Nothing goes round here now" in player.read()


def test_the_end_of_a_season_puts_the_loops_away() -> None:
    player = Player()
    player.key(pygame.K_l)
    player.key(pygame.K_e)
    assert player.scene.report is not None and not player.scene.lens


def test_it_is_remembered_which_loop_ruled_when() -> None:
    player = Player(4)
    session = player.scene.session
    player.click("course")
    for _ in range(4):
        player.frame()
    ruled = session.rulers()
    assert len(ruled) == 4 == len(session.history) - 1 and all(ruled)
    assert ruled[-1] is session.loops()[0]
    pieces = runs(ruled)
    assert pieces[0][0] == 0 and pieces[-1][1] == 3
    assert all(first <= last for first, last, _ in pieces)
    told = [mark.text for mark in player.ui.marks]
    assert any(text in ("R", "B") or text[:3] in ("R: ", "B: ") for text in told)


def test_loops_are_found_once_a_season_and_know_the_deeds() -> None:
    player = Player(4)
    session = player.scene.session
    assert session.loops() is session.loops()
    deeds = session.tried
    assert {deed.season for deed in deeds} == {0, 1, 2, 3}
    model = session.model
    mine = [model.candidates[deed.candidate].action for deed in deeds if deed.seat == 0]
    assert mine == ["buy_cattle"] * 4
    assert any(link.kind == "action" for loop in session.loops() for link in loop.links)


@pytest.mark.parametrize("level", screens.LEVELS)
def test_loops_lie_over_the_first_season_of_every_level(level: str) -> None:
    player = Player(0, level)
    player.key(pygame.K_l)
    assert player.scene.lens and np.any(pygame.surfarray.array3d(player.ui.surface))


def reading(level: str, plan: tuple[str, ...], seasons: int = 0) -> Player:
    """Somebody who reads what became of a plan."""
    player = Player(seasons, level, taking=False)
    take(player.scene.session, plan)
    player.scene.end_season()
    player.scene.read()
    for _ in range(3):
        player.frame()
    return player


def test_pointing_at_the_eye_of_a_card_shows_where_its_action_changed_the_land() -> None:
    player = reading(PASTURE, ("fence_off",))
    last = player.scene.session.last
    assert last is not None
    (card,) = last.cards[0]
    (planned,) = {deed.candidate for deed in last.deeds if deed.seat == 0}
    ground = player.scene.session.model.candidates[planned].tiles[0, 0, :, :, 0] > 0
    assert card.tiles is not None and (card.tiles & ground).any()
    assert "of the land." not in player.read(), "nobody counts tiles: they are shown"
    assert "Where it made a difference" not in player.read()
    spot = dict(player.ui.areas)["ledger 0 0"].center
    player.frame(mouse=spot)
    assert "Where it made a difference" in player.read()
    picture = pygame.surfarray.array3d(player.scene.glowing[1]).astype(int).sum(axis=2)  # type: ignore[index]
    tile = picture.shape[1] // ground.shape[0]
    bright = picture[: ground.shape[1] * tile, : ground.shape[0] * tile]
    means = bright.reshape(ground.shape[1], tile, ground.shape[0], tile).mean(axis=(1, 3)).T
    assert means[card.tiles].mean() > 1.5 * means[~card.tiles].mean(), "these tiles glow, the others are dark"


def test_the_keyboard_points_at_a_card_and_enter_goes_on() -> None:
    player = reading(PASTURE, ("fence_off",))
    for _ in range(12):  # past what neighbours would change their mind for
        player.key(pygame.K_TAB)
        if player.ui.focus == "ledger 0 0":
            break
    assert "Where it made a difference" in player.read()
    player.key(pygame.K_RETURN)
    assert player.scene.report is None


def test_of_what_is_spread_thin_no_place_is_shown() -> None:
    player = reading(PASTURE, ("buy_cattle",))
    (card,) = player.scene.report["players"][0]["cards"]
    assert card["tiles"] is None and "ledger 0 0" not in dict(player.ui.areas), "there is nothing to point at"


@pytest.mark.parametrize("level", screens.LEVELS)
def test_no_two_loops_of_a_picture_bear_one_name(level: str) -> None:
    session = screens.session_of(level)
    for _ in range(3):
        names = [one.name for one in shown(session.model, session.loops())]
        assert len({*names}) == len(names)
        session.end_turn()


def test_escape_lays_the_report_aside_and_the_strip_is_there_again() -> None:
    player = Player(seasons=0)
    player.frame()
    player.scene.end_season()
    player.scene.skip()
    player.scene.read()
    player.frame()
    assert player.scene.report_page is player.scene.stack.top
    player.key(pygame.K_ESCAPE)
    assert player.scene.stack.top is player.scene and player.scene.report is not None and player.scene.told
    player.scene.read()
    player.frame()
    player.click("close report")
    assert player.scene.stack.top is player.scene and player.scene.report is not None


def test_in_short_a_gain_hides_no_loss() -> None:
    parts = [{"short": "hay +4 t", "better": True}, {"short": "trust +6 %", "better": True}]
    assert told_differences(parts) == ["hay +4 t", "trust +6 %"]
    with_loss = [*parts, {"short": "herd -2 animals", "better": False}]
    assert told_differences(with_loss) == ["hay +4 t", "herd -2 animals", "…"], "and that there are more"
