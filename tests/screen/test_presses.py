"""Every press does something that one sees, and what is shown beside a thing hides nothing that one wants to press."""

from __future__ import annotations

import pygame
import pytest

from game.playing.shown import Data
from game.screen.kit.breath import FRAMES
from game.screen.pages.coming import ComingPage
from game.screen.pages.overlays import HelpPage
from game.screen.table.season_report import ReportPage
from game.screen.table.table import HAND_BREATH
from game.telling.say import say
from tests.screen import screens

PASTURE = "the_shared_pasture"
NOTE = 6  # the layer of what lies beside what is pointed at


def viewer(level: str = PASTURE, seasons: int = 0) -> screens.Viewer:
    return screens.Viewer(screens.PlayScene(screens.played(level, seasons), level, opening=False))


def dealt(player: screens.Viewer) -> list[Data]:
    scene = player.scene
    return [card for card in scene.fresh_cards() if card["id"] in scene.shown.dealt()["cards"]]


def grey(player: screens.Viewer) -> list[Data]:
    return [card for card in dealt(player) if not (card["possible"] or card["settled_anew"])]


def note(player: screens.Viewer) -> pygame.Rect:
    """Where the words of the note are that lies beside something; empty where there is none."""
    rects = [mark.rect for mark in player.ui.marks if mark.layer == NOTE]
    return rects[0].unionall(rects[1:]) if rects else pygame.Rect(0, 0, 0, 0)


def test_a_grey_card_says_why_it_is_grey_and_opens_nothing() -> None:
    player = viewer(seasons=6)
    card = grey(player)[0]
    player.click(f"card {card['id']}")
    player.frame()
    assert not player.scene.selected and not player.scene.shown["plan"]["steps"]
    told = say("decide.not_possible", card=card["name"], reason=card["obstacle"].rstrip("."))
    assert told in player.read()


def test_a_card_in_the_plan_that_is_grey_is_taken_out_by_a_press_but_not_by_a_double_one() -> None:
    player = viewer("first_steps")
    player.click("card rest")
    player.scene.update(HAND_BREATH / 2)
    player.click("card rest")
    assert [step["card"] for step in player.scene.shown["plan"]["steps"]] == ["rest"]
    player.scene.update(HAND_BREATH)
    player.click("card rest")
    assert player.scene.shown["plan"]["steps"] == []


@pytest.mark.parametrize("where", ["there", "elsewhere"])
def test_a_card_pressed_as_soon_as_a_page_has_gone_is_planned_but_for_the_second_half_of_a_double_press(
    where: str,
) -> None:
    player = viewer("first_steps")
    card = dict(player.ui.areas)["card rest"].center
    player.scene.stack.push(HelpPage())
    player.settle()
    spot = card if where == "there" else (0, 0)
    player.frame(mouse=spot, pressed=True)
    player.scene.stack.top.close()
    for _ in range(FRAMES + 1):
        player.frame()
    player.frame(mouse=card, pressed=True)
    planned = [step["card"] for step in player.scene.shown["plan"]["steps"]]
    assert planned == ([] if where == "there" else ["rest"])


def test_while_a_season_is_told_the_season_and_the_numbers_beside_it_are_those_of_before() -> None:
    player = viewer("first_steps")
    before = [fact["value"] for fact in player.scene.shown["facts"]]
    player.scene.end_season()
    player.frame()
    told, count = player.read(), say("banner.count_short", season=1, seasons=8)
    now = [fact["value"] for fact in player.scene.shown["facts"]]
    assert before != now and count in told
    assert all(value in told for value in before) and not all(value in told for value in now)
    player.scene.skip()
    player.frame()
    told = player.read()
    assert count in told and all(value in told for value in now)  # over as soon as the next one is asked for


@pytest.mark.parametrize(
    ("ground", "told"), [(True, "decide.not_on_home"), (False, "decide.not_on_ground")]
)  # fmt: skip
def test_a_card_put_where_it_does_not_go_says_where_it_goes_and_stays_chosen(ground: bool, told: str) -> None:
    player = viewer()
    scene = player.scene
    card = next(
        one for one in dealt(player)
        if one["possible"] and len(one["options"]) > 1
        and any(option["tiles"] is not None for option in one["options"]) is ground
    )  # fmt: skip
    player.click(f"card {card['id']}")
    homes = {tile for household in scene.scene.households for tile in household.homes}
    rows, columns = scene.size
    places = (
        homes if ground else {(row, column) for row in range(2, rows - 2) for column in range(2, columns - 2)} - homes
    )
    row, column = min(tile for tile in places if scene.option_at(tile) is None)
    place, size = scene.view.place, scene.view.board.tile
    spot = (place.x + column * size + size // 2, place.y + row * size + size // 2)
    player.frame(mouse=spot, pressed=True)
    player.frame(mouse=spot)
    assert scene.selected == card["id"] and say(told, card=card["name"]) in player.read()


def test_the_door_to_the_report_stands_while_a_season_is_told_where_it_stands_afterwards() -> None:
    player = viewer()
    player.scene.end_season()
    player.frame()
    assert not player.scene.told
    spot = dict(player.ui.areas)["look closer"].copy()
    player.click("look closer")
    assert player.shows(ReportPage)
    player.key(pygame.K_ESCAPE)
    assert player.scene.told and dict(player.ui.areas)["look closer"] == spot


def test_a_number_of_the_strip_that_asks_nothing_opens_the_report() -> None:
    player = viewer("first_steps")
    player.scene.end_season()
    player.scene.skip()
    player.settle()
    names = [name for name, _ in player.ui.areas if name.startswith(("shift ", "fares "))]
    assert names
    for name in names:
        player.click(name)
        assert player.scene.stack.top is not player.scene, name
        player.scene.stack.top.close()
        player.frame()


@pytest.mark.usefixtures("dreaming")
@pytest.mark.parametrize(("level", "seasons"), [("first_steps", 0), (PASTURE, 6)])
def test_what_is_told_beside_a_card_hides_nothing_that_can_be_pressed(level: str, seasons: int) -> None:
    player = viewer(level, seasons)
    for card in dealt(player):
        mouse = dict(player.ui.areas)[f"card {card['id']}"].center
        player.frame(mouse=mouse)
        player.scene.shown.outlook.wait()
        player.frame(mouse=mouse)
        hidden = [name for name, rect in player.ui.areas if name != "board" and rect.colliderect(note(player))]
        assert note(player).width and not hidden, (card["id"], hidden)


def test_a_press_on_a_note_that_stays_puts_it_away() -> None:
    player = viewer()
    number = next(name for name, _ in player.ui.areas if name.startswith("number "))
    player.click(number)
    player.frame()
    assert player.scene.pinned is not None
    player.frame(mouse=note(player).center, pressed=True)
    assert player.scene.pinned is None


def test_the_button_that_ends_the_season_says_how_many_days_stay() -> None:
    player = viewer("first_steps")
    days = player.scene.shown["plan"]["days_left"]
    player.frame(mouse=dict(player.ui.areas)["end season"].center)
    assert say("tray.kept", days=f"{days:g} days") in player.read()
    player.click("card rest")
    player.frame()
    assert say("tray.kept", days=f"{days - 1:g} days") in player.read()


@pytest.mark.usefixtures("dreaming")
def test_a_goal_tells_where_its_number_goes_if_nobody_acts() -> None:
    player = viewer(seasons=2)
    spot = dict(player.ui.areas)["goal 0"].center
    player.frame(mouse=spot)
    player.scene.shown.stopped().wait()
    player.frame(mouse=spot)
    numbers = player.scene.shown.stopped().result["numbers"]
    stock = player.scene.shown["goals"][0]["stock"]
    told = next(one["soon"] for one in numbers if one["stock"] == stock)
    assert told and " ".join(told.split()) in " ".join(player.read().split())


def test_what_is_announced_opens_what_is_on_its_way() -> None:
    player = viewer()
    for _ in range(16):
        if player.scene.shown["signs"]:
            break
        player.scene.session.end_turn()
    player.frame()
    player.click("sign 0")
    assert player.shows(ComingPage)


def test_what_is_announced_stands_on_the_line_of_what_is_on_its_way() -> None:
    player = viewer()
    for _ in range(16):
        if any(not sign["here"] for sign in player.scene.shown["signs"]):
            break
        player.scene.session.end_turn()
    sign = next(one for one in player.scene.shown["signs"] if not one["here"])
    found = player.scene.shown["coming"]
    row = found["rows"][0]
    assert not found["empty"] and row["title"] == sign["text"] and row["icon"] == sign["icon"]
    assert [mark["season"] for mark in row["marks"]] == [player.scene.shown["seasons_over"] + 1]


def test_smaller_changes_of_a_deed_are_listed_by_a_press() -> None:
    player = viewer(seasons=3)
    screens.fill_plan(player.scene, 3)
    player.scene.end_season()
    player.scene.read()
    player.frame()
    cards = player.scene.report["players"][0]["cards"]
    number = next(place for place, card in enumerate(cards) if card["smaller"])
    last = cards[number]["smaller"][-1]["text"]
    assert last not in player.read()
    player.click(f"smaller ledger {player.scene.session.seats[0]} {number}")
    player.frame()
    assert " ".join(last.split()) in " ".join(player.read().split())


def test_a_press_on_nothing_while_a_card_asks_for_its_place_says_what_is_asked() -> None:
    player = viewer()
    card = next(one for one in dealt(player) if one["possible"] and len(one["options"]) > 1)
    player.click(f"card {card['id']}")
    player.frame()
    areas = [rect for _, rect in player.ui.areas]
    foot = pygame.Rect(player.ui.surface.get_width() - 60, player.ui.surface.get_height() - 24, 4, 4)
    assert foot.collidelist(areas) < 0
    player.frame(mouse=foot.center, pressed=True)
    player.frame()
    assert player.scene.selected == card["id"] and say("decide.choosing", card=card["name"]) in player.read()


def test_a_grey_plot_says_its_reason_as_soon_as_it_is_pointed_at() -> None:
    player = viewer()
    scene = player.scene
    session = scene.session
    session.add(next(number for number, one in enumerate(session.model.candidates) if one.action == "fence_off"))
    session.end_turn()
    player = screens.Viewer(screens.PlayScene(session, PASTURE, opening=False))
    scene = player.scene
    player.click("card fence_off")
    player.frame()
    assert scene.card is not None
    shut = next(one for one in scene.card["options"] if one["obstacle"])
    row, column = shut["tiles"][len(shut["tiles"]) // 2]
    place, size = scene.view.place, scene.view.board.tile
    spot = (place.x + column * size + size // 2, place.y + row * size + size // 2)
    assert shut["obstacle"] not in player.read()
    for _ in range(2):
        player.frame(mouse=spot)
    assert shut["obstacle"] in player.read()
