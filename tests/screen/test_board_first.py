"""The board takes the window: how much of it is open land, how few words stand on it, what keeps its place."""

from __future__ import annotations

import re

import pygame
import pytest

from game.level.library import shipped_levels
from game.playing.finish import all_stand
from game.screen.measure import board_share, measured, words_shown
from tests.screen import screens

SIZES = {(1280, 800): 0.50, (1366, 768): 0.50, (1600, 900): 0.55, (1920, 1080): 0.55}  # the least share of open land
MOST_WORDS = 90
SEASONS = (0, 2, 6)
PLAYED = ("first_steps", "the_shared_pasture")  # by day; the others are looked at as they begin
LEVELS = sorted(path.stem for path in shipped_levels())


@pytest.mark.nightly
@pytest.mark.parametrize("level", LEVELS)
def test_few_words_stand_beside_a_plan_and_a_strip_through_a_game(level: str) -> None:
    words_beside_plans_and_strips(level, 12)


@pytest.mark.parametrize("level", ["small_things", "the_green_cup"])
def test_few_words_stand_beside_a_plan_and_a_strip(level: str) -> None:
    words_beside_plans_and_strips(level, 3)


def words_beside_plans_and_strips(level: str, seasons: int) -> None:
    """Count the words while two partnering cards are planned, and then beside the strip, in each season."""
    session = screens.session_of(level)
    scene = screens.PlayScene(session, level, opening=False)
    uis = [screens.new_ui(size, 1.0) for size in ((1280, 800), (1366, 768))]
    for season in range(seasons):
        if session.over:
            break
        for card in [card for card in scene.fresh_cards() if card["possible"] and card["mode"] == "with"][:2]:
            scene.choose(screens.open_options(card)[0])
        for what in ("plan", "strip"):
            for ui in uis:
                still(ui, scene)
                assert measured(ui, scene)["words"] <= MOST_WORDS, (what, season, words_shown(ui))
            if what == "plan":
                scene.end_season()
                scene.skip()
        if scene.report is None:
            break
        scene.read()
        scene.close_report()
        while scene.stack.top is not scene:
            scene.stack.top.close()
    session.background.close()


def still(ui: screens.Ui, scene: screens.PlayScene) -> None:
    """Draw the table while nothing is pointed at."""
    for _ in range(2):
        screens.frame(ui, scene.stack.draw)


@pytest.mark.nightly
@pytest.mark.parametrize("level", LEVELS)
def test_the_land_takes_the_window_through_a_game(level: str) -> None:
    land_and_words(level, max(SEASONS) + 1)


@pytest.mark.parametrize("level", LEVELS)
def test_the_land_takes_the_window_and_few_words_stand_on_it(level: str) -> None:
    land_and_words(level, max(SEASONS) + 1 if level in PLAYED else 1)


def land_and_words(level: str, seasons: int) -> None:
    """Hold the share of the land and the count of words in some of the first seasons, in every size of the window."""
    uis = {size: screens.new_ui(size, 1.0) for size in SIZES}
    session = screens.session_of(level)
    for season in range(seasons):
        if season in SEASONS:
            scene = screens.PlayScene(session, level, opening=False)
            for size, ui in uis.items():
                still(ui, scene)
                found = measured(ui, scene)
                assert found["board_share"] >= SIZES[size], (season, size, found)
                assert found["words"] <= MOST_WORDS, (season, size, words_shown(ui))
        if session.over:
            break
        session.end_turn()


@pytest.mark.parametrize("level", ["first_steps", "the_shared_pasture"])
def test_name_price_and_main_effect_of_every_open_card_are_read_without_pointing(level: str) -> None:
    scene = screens.PlayScene(screens.session_of(level), level, opening=False)
    ui = screens.new_ui((1280, 800), 1.0)
    still(ui, scene)
    told = [mark.text for mark in ui.marks if mark.kind == "text"]
    for card in scene.fresh_cards():
        if not card["possible"] or card["id"] not in scene.shown.dealt()["cards"]:
            continue
        rect = dict(ui.areas)[f"card {card['id']}"]
        on_it = " ".join(mark.text for mark in ui.marks if mark.kind == "text" and rect.contains(mark.rect.clip(rect)))
        assert card["name"] in on_it.replace("\n", " "), (card["name"], told)
        options = [option for option in card["options"] if not option["obstacle"]]
        cheapest = min(options, key=lambda option: option["days"])
        assert all(cost["text"] in on_it and cost["icon"] for cost in cheapest["costs"])
        brought = [one for option in options for one in option["brings"]]
        assert all(one["text"] or one["icon"] for one in brought)
        assert not brought or not brought[0]["text"] or any(one["text"] in on_it for one in brought)


def test_what_covers_the_land_is_counted() -> None:
    level = "first_steps"
    scene = screens.PlayScene(screens.session_of(level), level, opening=False)
    ui = screens.new_ui((1280, 800), 1.0)
    still(ui, scene)
    free = board_share(ui, scene)
    place = scene.view.place
    assert place is not None
    ui.panel(pygame.Rect(place.x, place.y, 100, 100))
    assert board_share(ui, scene) == pytest.approx(free - 10_000 / (1280 * 800), abs=0.003)
    before = len(words_shown(ui))
    ui.text("three more words and 14 t", (0, 0))
    assert len(words_shown(ui)) == before + 4


@pytest.mark.parametrize("level", ["first_steps", "the_shared_pasture", "wolves_and_aspens"])
def test_cards_and_buttons_keep_their_places_through_a_game(level: str) -> None:
    session = screens.session_of(level)
    scene = screens.PlayScene(session, level, opening=False)
    ui = screens.new_ui((1280, 800), 1.0)

    def places() -> dict[str, pygame.Rect]:
        still(ui, scene)
        kept = ("card ", "end season", "undo", "redo", "lens", "coming", "help", "pause")
        return {name: rect.copy() for name, rect in ui.areas if name.startswith(kept)}

    start = places()
    for _ in range(4):
        screens.fill_plan(scene, 3)
        planned = places()
        assert all(planned[name] == rect for name, rect in start.items())
        scene.end_season()
        scene.read()
        scene.close_report()
        while scene.stack.top is not scene:
            scene.stack.top.close()
        now = places()
        assert all(now[name] == rect for name, rect in start.items())


def test_what_is_pointed_at_is_told_beside_it_shortly_and_wholly_once_pressed() -> None:
    level = "the_shared_pasture"
    scene = screens.PlayScene(screens.played(level, 2), level, opening=False)
    player = screens.Viewer(scene)
    place = scene.view.place
    assert place is not None
    spot = (place.x + round(place.width * 0.4), place.y + round(place.height * 0.4))
    quiet = len(words_shown(player.ui))
    for _ in range(2):
        player.frame(mouse=spot)
    short = len(words_shown(player.ui))
    assert "Grass around here" in player.read() and quiet < short
    player.frame(mouse=spot, pressed=True)
    player.frame(mouse=spot, released=True)
    assert scene.popup.rect is not None and len(words_shown(player.ui)) > short
    assert not scene.popup.rect.collidepoint(spot), "it lies beside what it speaks of"
    player.key(pygame.K_ESCAPE)
    assert scene.popup.rect is None and scene.stack.top is scene, "Escape shuts it and does not pause"


def test_a_kind_of_power_is_told_by_the_shape_of_its_card() -> None:
    from game.screen.table.shapes import card_outline

    rect = pygame.Rect(0, 0, 120, 64)
    shapes = {mode: card_outline(rect, mode, 8) for mode in ("over", "with", "neutral")}
    assert len({tuple(points) for points in shapes.values()}) == 3
    assert len(shapes["over"]) == 8, "eight straight edges"
    assert len(shapes["with"]) > 30, "a curve"


def ended(level: str, *actions: str) -> screens.Viewer:
    """Somebody who has planned some actions and let the season end."""
    scene = screens.PlayScene(screens.session_of(level), level, opening=False)
    for card in scene.fresh_cards():
        if card["id"] in actions:
            scene.choose(next(option for option in card["options"] if not option["obstacle"]))
    player = screens.Viewer(scene)
    player.key(pygame.K_e)
    return player


def test_a_season_is_told_scene_by_scene_at_its_place_force_first() -> None:
    player = ended("the_shared_pasture", "listen", "fence_off")
    scene = player.scene
    kinds = [one["kind"] for one in scene.shown["scenes"]["scenes"]]
    assert kinds[0] == "force" and "kindness" in kinds and len(scene.ends) == len(kinds)
    assert list(scene.ends) == sorted(scene.ends) and not scene.told
    assert "Fence it off" in player.read() and scene.scene_now[0] == 0
    free = board_share(player.ui, scene)
    assert free > 0.5, "a scene covers a little of the board, and nothing else does"
    place = scene.view.place
    assert place is not None
    player.settle()
    assert scene.scene_now[0] == 0
    player.frame(mouse=place.center, pressed=True)
    assert scene.scene_now[0] == 1, "a press on the board goes on to the next scene"
    player.frame(mouse=place.center, released=True)
    player.frame()
    assert "Ask and listen" in player.read()


def test_the_press_that_ends_a_season_does_not_skip_how_it_is_told() -> None:
    scene = screens.PlayScene(screens.session_of("the_shared_pasture"), "the_shared_pasture", opening=False)
    player = screens.Viewer(scene)
    player.click("end season")
    assert scene.report is not None and not scene.told


def test_what_several_households_do_alike_is_one_scene() -> None:
    scene = ended("the_shared_pasture").scene
    told = [(one["title"], one["outcome"], one["why"]) for one in scene.shown["scenes"]["scenes"] if not one["mine"]]
    assert told and len(set(told)) == len(told)


def test_whoever_wants_it_faster_has_it_faster() -> None:
    player = ended("the_shared_pasture", "listen")
    player.click("speed 4")
    scene, before = player.scene, player.scene.told_seconds
    scene.update(0.1)
    assert scene.told_seconds == pytest.approx(before + 0.4)
    player.click("skip")
    assert scene.told and scene.stack.top is scene, "nothing opens unasked"


def test_the_strip_says_what_mattered_where_the_hand_lay_and_covers_no_land() -> None:
    player = ended("the_shared_pasture", "listen", "fence_off")
    scene, session = player.scene, player.scene.session
    player.click("skip")
    for seat in session.seats:
        session.fared.ask(seat).wait()
    for _ in range(3):
        player.frame()
    told = player.read()
    assert "You used force: Fence it off" in told and "Through you" in told and "Your hay: " in told
    numbers = [name for name, _ in player.ui.areas if name.startswith("shift ")]
    assert len(numbers) <= 3 and board_share(player.ui, scene) > 0.5
    voices = scene.shown["voices"]
    speak = [one for one in voices if one["name"] in told]
    assert len(speak) == 2 < len(voices) and {one["good"] for one in speak} == {True, False}
    assert measured(player.ui, scene)["words"] <= MOST_WORDS
    player.click(f"voice {speak[0]['who']}")
    player.frame()
    assert speak[0]["text"] in player.read(), "whoever is asked says why"
    player.click("look closer")
    player.frame()
    read = player.read()
    assert scene.reading and "What your actions did" in read and all(one["text"] in read for one in voices)
    for one in scene.report["neighbours"][:1]:
        assert one["lines"][0].split(".")[0] in read, "and why a neighbour did what it did"
    player.settle()
    player.key(pygame.K_RETURN)
    assert scene.report is None
    player.frame()
    assert not dict(player.ui.areas).keys() & {"skip", "read"}


def test_the_report_opens_at_its_head_and_keys_scroll_all_of_it() -> None:
    player = ended("the_shared_pasture", "listen", "fence_off")
    scene = player.scene
    scene.read()
    for _ in range(3):
        player.frame()
    head = player.read()
    assert head.index("Through you, so far") < head.index("What the others did, and why")
    player.key(pygame.K_PAGEDOWN)
    assert player.ui.offsets["report"] > 0
    scene.close_report()
    scene.end_season()
    scene.read()
    for _ in range(2):
        player.frame()
    assert player.ui.offsets["report"] == 0


@pytest.mark.parametrize("level", ["first_steps", "the_living_forest"])
def test_choosing_where_covers_no_land_however_much_there_is_to_say(level: str) -> None:
    scene = screens.PlayScene(screens.session_of(level), level, opening=False)
    ui = screens.new_ui((1280, 800), 1.0)
    still(ui, scene)
    free = board_share(ui, scene)
    several = [card for card in scene.fresh_cards() if card["possible"] and len(card["options"]) > 1]
    assert several
    for card in several:
        scene.press_card(card)
        still(ui, scene)
        assert scene.selected == card["id"] and board_share(ui, scene) == pytest.approx(free, abs=0.001)
        assert "back" in dict(ui.areas)
        scene.escape()


MOST_IN_A_SENTENCE = 14  # words, numbers not counted


def long_sentences(ui: screens.Ui) -> list[str]:
    """Return every sentence in sight that has more words than are read at a glance."""
    texts = [mark.text.replace("\n", " ") for mark in ui.marks if mark.kind == "text"]
    sentences = [one for text in texts for one in re.split(r"(?<=[.?!:;])\s+", text)]
    counted = [(one, [word for word in one.split() if any(sign.isalpha() for sign in word)]) for one in sentences]
    return [one for one, words in counted if len(words) > MOST_IN_A_SENTENCE]


@pytest.mark.parametrize(
    "level",
    [
        pytest.param(level, marks=[] if level in ("first_steps", "the_breath") else [pytest.mark.nightly])
        for level in LEVELS
    ],
)
def test_no_sentence_on_the_table_or_the_strip_is_long(level: str) -> None:
    model = screens.model_of(level)
    session = screens.Session(model, 5, 1, model.level.default_policies())
    scene = screens.PlayScene(session, level, opening=False)
    ui = screens.new_ui((1366, 768), 1.0)
    for season in range(6):
        if session.over:
            break
        screens.fill_plan(scene, season % 4)
        still(ui, scene)
        assert long_sentences(ui) == [], season
        scene.end_season()
        scene.skip()
        still(ui, scene)
        assert long_sentences(ui) == [], season
        scene.close_report()
        while scene.stack.top is not scene:
            scene.stack.top.close()


def test_a_long_sentence_would_be_found() -> None:
    ui = screens.new_ui((640, 400), 1.0)
    ui.text("One two three. " + "word " * 15 + "end.", (0, 0), width=600)
    assert len(long_sentences(ui)) == 1


def test_the_whole_picture_of_a_home_means_its_household() -> None:
    level = "the_shared_pasture"
    scene = screens.PlayScene(screens.session_of(level), level, opening=False)
    player = screens.Viewer(scene)
    place = scene.view.place
    assert place is not None
    lived_in = [one for one in scene.scene.households if one.homes]
    for household, rect in zip(lived_in, scene.view.homes(place), strict=True):
        for spot in (rect.midtop, (rect.left + 3, rect.centery), (rect.right - 4, rect.centery), rect.center):
            inside = (
                min(max(spot[0], place.left + 2), place.right - 3),
                min(max(spot[1], place.top + 2), place.bottom - 3),
            )
            player.frame(mouse=inside)
            assert scene.inspect == ("household", household.index), (household.index, spot)


def test_a_press_on_a_grey_place_says_why_it_is_grey() -> None:
    level = "the_shared_pasture"
    scene = screens.PlayScene(screens.played(level, 2), level, opening=False)
    card = next(one for one in scene.fresh_cards() if one["id"] == "tend_the_ground")
    scene.selected = card["id"]
    player = screens.Viewer(scene)
    grey = next(one for one in card["options"] if one["obstacle"])
    spot = next(mark.rect for mark in player.ui.marks if mark.kind == "button" and grey["place"] in mark.text).center
    player.frame(mouse=spot, pressed=True)
    player.frame(mouse=spot, released=True)
    assert grey["obstacle"].rstrip(".") in scene.notice and scene.selected == card["id"]


@pytest.mark.parametrize("way", ["end season", pygame.K_e])
def test_a_season_does_not_end_under_a_card_that_still_asks_for_its_place(way: str | int) -> None:
    level = "first_steps"
    scene = screens.PlayScene(screens.session_of(level), level, opening=False)
    scene.selected = "tend_the_ground"
    player = screens.Viewer(scene)
    player.click(way) if isinstance(way, str) else player.key(way)
    assert scene.report is None and scene.session.world.season == 0
    assert "First choose whom or where" in scene.notice
    player.key(pygame.K_ESCAPE)
    player.click(way) if isinstance(way, str) else player.key(way)
    assert scene.session.world.season == 1


def test_a_card_that_can_be_done_nowhere_holds_up_no_season() -> None:
    level = "market_and_message"
    scene = screens.PlayScene(screens.session_of(level), level, opening=False)
    never = next(card for card in scene.fresh_cards() if all(option["obstacle"] for option in card["options"]))
    scene.selected = never["id"]
    player = screens.Viewer(scene)
    player.click("end season")
    assert scene.session.world.season == 1 and not scene.notice


@pytest.mark.usefixtures("dreaming")
@pytest.mark.parametrize("level", PLAYED)
def test_before_the_first_decision_it_is_told_what_comes_if_nobody_acts(level: str) -> None:
    player = screens.Viewer(screens.PlayScene(screens.session_of(level), level, opening=False))
    player.scene.shown.stopped().wait()
    for _ in range(2):
        player.frame()
    assert "If nobody acts, of 40 imagined games: " in player.read() and " won" in player.read()
    assert measured(player.ui, player.scene)["words"] <= MOST_WORDS
    player.click("idling")
    assert player.scene.stack.top is player.scene.ahead


@pytest.mark.usefixtures("dreaming")
def test_once_every_goal_stands_it_is_told_what_becomes_of_it_if_nobody_acts() -> None:
    level = "the_shared_pasture"
    session = screens.session_of(level)
    while not all_stand(session.model, session.world):
        session.end_turn()
    player = screens.Viewer(screens.PlayScene(session, level, opening=False))
    player.scene.shown.stopped().wait()
    for _ in range(2):
        player.frame()
    assert "If nobody acts, of 40 imagined games: " in player.read()
    assert "What could still undo it?" in player.read()
