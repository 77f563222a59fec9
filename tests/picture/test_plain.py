"""A level looks like what it is about: colours count, and ground and stocks may look like others."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.level.library import data_root
from game.level.problems import LevelError
from game.level.reader import examine, parse_level
from game.level.vocabulary import DRAWN_STOCKS, DRAWN_TERRAINS, HOMES
from game.picture.board import Board
from game.picture.looks import GROUNDS, LOOKS
from game.picture.scene import Scene, blend, look
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.telling.words import letter
from tests.screen import screens

TEMPLATE = (data_root() / "levels" / "templates" / "fishery.yaml").read_text(encoding="utf-8")
BAY = re.sub("looks_like: (sea|water|sand), ", "", TEMPLATE)  # on plain ground
TILE = (4, 3)  # of the sea, away from every shore


def seen(text: str) -> Scene:
    model = compile_level(parse_level(text))
    return look(model, new_worlds(model, [1]))


def drawn(text: str) -> pygame.Surface:
    screens.surface_of((600, 450))
    scene = seen(text)
    board = Board(*scene.ground.shape, (600, 450))
    target = pygame.Surface(board.size)
    board.draw(target, scene)
    return target


def colour_of(picture: pygame.Surface, tile: tuple[int, int] = TILE) -> np.ndarray:
    """The middle of what is drawn on a tile."""
    size = picture.get_width() // 12
    rect = pygame.Rect(tile[1] * size, tile[0] * size, size, size)
    return np.median(pygame.surfarray.array3d(picture.subsurface(rect)).reshape(-1, 3), axis=0)


@pytest.mark.parametrize("colour", ["#5b9cc4", "#8a8d93", "#d04040"])
def test_ground_has_the_colour_that_its_level_gives_it(colour: str) -> None:
    picture = drawn(BAY.replace("#5b9cc4", colour))
    wanted = np.array([int(colour[part : part + 2], 16) for part in (1, 3, 5)])
    assert np.abs(colour_of(picture) - wanted).max() < 45
    assert np.abs(colour_of(picture) - colour_of(drawn(BAY.replace("#5b9cc4", "#101010")))).max() > 30


def test_a_terrain_may_look_like_one_that_the_board_knows() -> None:
    scene = seen(BAY.replace('sea:   {colour: "#5b9cc4",', "sea:   {looks_like: pond,"))
    assert scene.water[TILE] == 1 and scene.water.sum() < scene.water.size
    assert seen(BAY).water.sum() == 0


def test_a_stock_may_look_like_one_that_the_board_knows() -> None:
    weeds = BAY.replace("fish:\n", "kelp:\n").replace("fish", "kelp").replace("icon: kelp", "icon: fish")
    assert "weeds" not in seen(weeds).layers
    assert "weeds" in seen(weeds.replace("living: 1,", "living: 1, looks_like: weeds,")).layers


def test_a_stock_without_a_picture_is_shown_by_its_icon_the_more_of_it_the_more() -> None:
    germs = BAY.replace("fish:\n", "germs:\n").replace("fish", "germs").replace("icon: germs", "icon: bug")
    few, many = (germs.replace("start: 0.55", f"start: {start}") for start in (0.05, 0.95))
    bare = pygame.surfarray.array3d(drawn(germs.replace("start: 0.55", "start: 0"))).astype(int)
    changed = [
        (np.abs(pygame.surfarray.array3d(drawn(one)).astype(int) - bare).max(axis=2) > 60).sum() for one in (few, many)
    ]
    assert changed[1] > 3 * changed[0]


def test_what_lies_on_plain_ground_changes_softly() -> None:
    germs = BAY.replace("fish:\n", "germs:\n").replace("fish", "germs").replace("icon: germs", "icon: bug")
    before, after = seen(germs), seen(germs.replace("start: 0.55", "start: 0.95"))
    half = blend(before, after, 0.5).plain_stocks[0].share
    assert np.allclose(half, (before.plain_stocks[0].share + after.plain_stocks[0].share) / 2)


def test_a_colour_that_is_none_is_told_and_drawn_all_the_same(tmp_path: Path) -> None:
    text = BAY.replace('"#5b9cc4"', "blue")
    file = tmp_path / "bay.yaml"
    file.write_text(text, encoding="utf-8")
    (told,) = [one for one in examine(file).problems if one.code == "not-a-colour"]
    assert told.severity == "warning" and text.splitlines()[told.line - 1].lstrip().startswith("sea:")
    drawn(text)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('sea:   {colour: "#5b9cc4",', "sea:   {looks_like: pnod,", 'did you mean "pond"?'),
        ("living: 1,", "living: 1, looks_like: fsih,", 'did you mean "fish"?'),
        ("unit: boats,", "unit: boats, looks_like: fish,", "only what lies on tiles"),
    ],
)
def test_a_picture_that_the_board_does_not_have_is_refused(old: str, new: str, told: str) -> None:
    with pytest.raises(LevelError) as refused:
        parse_level(BAY.replace(old, new))
    assert told in str(refused.value)


PASTURE = (
    BAY.replace("  sea:   {", "  pasture:   {")
    .replace("terrain: sea", "terrain: pasture")
    .replace("[sea,", "[pasture,")
)


def test_a_colour_of_the_levels_own_counts_also_where_the_board_has_a_picture() -> None:
    assert np.abs(colour_of(drawn(PASTURE)) - np.array([0x5B, 0x9C, 0xC4])).max() < 45
    lent = PASTURE.replace('pasture:   {colour: "#5b9cc4",', 'pasture:   {colour: "#5b9cc4", looks_like: pasture,')
    assert not seen(lent).plain[0].mask[TILE] and seen(PASTURE).plain[0].mask[TILE]


def test_the_colours_of_shipped_rules_stay_below_their_pictures() -> None:
    model = compile_level(parse_level((data_root() / "levels/campaign/the_shared_pasture.yaml").read_text("utf-8")))
    assert model.level.terrains["pasture"].colour and look(model, new_worlds(model, [1])).plain == ()


OWN_COLOUR = re.compile('icon: fish, colour: "#[0-9a-f]{6}"')


# What has to be there for some of them to be seen: what the sea is, and what else grows in it.
SEEN_ON = {"water": "stream", "weeds": "hedge", "frogs": "pond"}
SEEN_WITH = {"soil": "young_forest", "pollinators": "flowers"}


def fished(look: str, colour: str) -> str:
    """The bay, with something else in it that looks like one of the drawn stocks, in a colour of the level's own."""
    more = f'{{at: tile, kind: state, range: [0, 1], start: 0.9, on: sea, looks_like: {look}, colour: "{colour}", '
    text = BAY.replace("looks_like: fish, ", "").replace("stocks:\n", f"stocks:\n  kelp: {more}plain: More.}}\n", 1)
    if look in SEEN_WITH:
        other = "{at: tile, kind: state, range: [0, 1], start: 0.9, on: sea, looks_like: "
        text = text.replace("stocks:\n", f"stocks:\n  grown: {other}{SEEN_WITH[look]}, plain: Grown.}}\n", 1)
    return text.replace("sea:   {colour", f"sea:   {{looks_like: {SEEN_ON.get(look, 'plain')}, colour", 1)


@pytest.mark.parametrize("name", DRAWN_STOCKS)
def test_a_drawn_stock_has_the_colour_that_its_level_gives_it_or_check_says_where_it_has_none(
    name: str, tmp_path: Path
) -> None:
    red, blue = (pygame.surfarray.array3d(drawn(fished(name, colour))) for colour in ("#ff0000", "#0000ff"))
    file = tmp_path / "bay.yaml"
    file.write_text(fished(name, "#ff0000"), encoding="utf-8")
    told = [one for one in examine(file).problems if one.code == "colour-not-seen"]
    assert (red != blue).any() == (not told)
    for one in told:
        assert file.read_text(encoding="utf-8").splitlines()[one.line - 1][one.column - 1 :].startswith('"#ff0000"')


def test_red_fish_are_red() -> None:
    red = pygame.surfarray.array3d(drawn(OWN_COLOUR.sub('icon: fish, colour: "#ff0000"', BAY, count=1))).astype(int)
    assert ((red[..., 0] > 180) & (red[..., 1] < 60) & (red[..., 2] < 60)).sum() > 50


def test_colours_of_shipped_rules_colour_no_drawn_stock() -> None:
    for file in sorted((data_root() / "levels" / "campaign").glob("*.yaml")):
        model = compile_level(parse_level(file.read_text(encoding="utf-8")))
        assert look(model, new_worlds(model, [1])).tints == {}, file.stem


GERMS = BAY.replace("fish:\n", "germs:\n").replace("fish", "germs").replace("icon: germs", "icon: bug")
SECOND = (
    '  more: {at: tile, kind: state, range: [0, 1], start: 1, on: sea, icon: bug, colour: "#aa0000", plain: More.}\n'
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GERMS, []),
        (GERMS.replace("numbers:\n", f"{SECOND}\nnumbers:\n", 1), ['"germs" tints the ground']),
        (GERMS.replace("numbers:\n", f"{SECOND}\nnumbers:\n".replace("icon: bug, ", "looks_like: germs, "), 1), []),
        (re.sub(r"(sea|reef|shore): +\{", r"\1: {looks_like: rock, ", GERMS), ["takes no tint"]),
    ],
)
def test_check_says_where_a_colour_beside_an_icon_is_not_seen(text: str, told: list[str], tmp_path: Path) -> None:
    file = tmp_path / "bay.yaml"
    file.write_text(text, encoding="utf-8")
    found = [one.message for one in examine(file).problems if one.code == "colour-not-seen"]
    assert len(found) == len(told)
    assert all(part in message and "looks_like: dots" in message for part, message in zip(told, found, strict=True))


TINTED = 'sea:   {colour: "#5b9cc4", tint: {of: fish, colour: "#a02020"},'


def test_ground_takes_on_another_colour_the_more_there_is_of_a_stock() -> None:
    bay = BAY.replace('sea:   {colour: "#5b9cc4",', TINTED).replace("varies: 0.1, on", "on")
    reds = [colour_of(drawn(bay.replace("start: 0.55", f"start: {start}")))[0] for start in (0, 0.5, 1)]
    assert reds[0] + 15 < reds[1] < reds[2] - 15
    late = bay.replace('"#a02020"}', '"#a02020", from: 0.6, to: 0.9}')
    shares = [seen(late.replace("start: 0.55", f"start: {start}")).plain[0].tinted for start in (0.5, 0.75, 0.95)]
    assert [float(one[TILE]) for one in shares if one is not None] == pytest.approx([0, 0.5, 1])


def test_tinted_ground_changes_softly_from_season_to_season() -> None:
    bay = BAY.replace('sea:   {colour: "#5b9cc4",', TINTED)
    before, after = seen(bay), seen(bay.replace("start: 0.55", "start: 0.95"))
    half = blend(before, after, 0.5).plain[0].tinted
    old, new = before.plain[0].tinted, after.plain[0].tinted
    assert half is not None and old is not None and new is not None and np.allclose(half, (old + new) / 2)


HOME = "north: {name: The Norths,"
SEA = 'sea:   {colour: "#5b9cc4",'


@pytest.mark.parametrize("home", HOMES)
def test_homes_look_like_what_their_level_says(home: str) -> None:
    here = (slice(0, 100), slice(0, 80))
    plain = pygame.surfarray.array3d(drawn(BAY))[here].astype(int)
    lent = pygame.surfarray.array3d(drawn(BAY.replace(HOME, f"{HOME} looks_like: {home},")))[here].astype(int)
    assert (np.abs(plain - lent).sum(axis=2) > 60).mean() > 0.05 or home == "cottage"
    for mood in range(3):
        name = f"home_0_{mood}" if home == "cottage" else f"home_{home}_0_{mood}"
        assert (data_root() / "assets" / "tiles" / f"{name}.svg").is_file()


def test_what_a_household_has_stands_beside_its_home_the_more_the_more() -> None:
    shed = BAY.replace("  larder:\n    {", "  larder:\n    {beside_homes: true, ")
    bare = pygame.surfarray.array3d(drawn(shed.replace("start: 5,", "start: 0,"))).astype(int)
    changed = [
        (np.abs(pygame.surfarray.array3d(drawn(shed.replace("start: 5,", f"start: {much},"))) - bare).max(axis=2) > 60)
        .sum() for much in (10, 78)
    ]  # fmt: skip
    assert changed[1] > 3 * changed[0] > 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (HOME, f"{HOME} looks_like: flat,", 'did you mean "flats"?'),
        (HOME, f"{HOME} badge: long,", "one or 2 letters"),
        ("cove:  {name: The Coves,", 'cove:  {badge: "8a", name: The Coves,', "has this badge already"),
        ("trust:\n    {at", "trust:\n    {beside_homes: true, at", "beside homes stands what communities have"),
        (SEA, 'sea:   {looks_like: pond, tint: {of: fish, colour: "#a02020"},', "looks_like: plain"),
        (SEA, 'sea:   {tint: {of: fihs, colour: "#a02020"},', 'did you mean "fish"?'),
        (SEA, 'sea:   {tint: {of: larder, colour: "#a02020"},', "on tiles or in the world"),
        (SEA, 'sea:   {tint: {of: fish, colour: "#a02020", from: 1},', "from has to lie below to"),
    ],
)  # fmt: skip
def test_looks_that_do_not_fit_are_refused(old: str, new: str, told: str) -> None:
    bay = BAY.replace("point: {name: The Points,", 'point: {badge: "8A", name: The Points,')
    with pytest.raises(LevelError) as refused:
        parse_level(bay.replace(old, new))
    assert told in str(refused.value)


def test_a_badge_stands_for_a_household_and_no_letter_is_taken_twice() -> None:
    named = BAY.replace(HOME, f'{HOME} badge: "8a",').replace("cove:  {name: The", "cove:  {badge: P, name: The")
    model = compile_level(parse_level(named))
    assert [letter(model, place) for place in range(3)] == ["8a", "P", "O"]
    plain = compile_level(parse_level(BAY))
    assert [letter(plain, place) for place in range(3)] == ["N", "C", "P"]


def test_levels_may_name_all_that_the_board_draws() -> None:
    assert set(LOOKS) == set(DRAWN_STOCKS) and set(GROUNDS) < set(DRAWN_TERRAINS)


ALIKE = 'reef:  {colour: "#5b9cc5",'  # the sea is #5b9cc4


@pytest.mark.parametrize(
    ("sea", "reef", "told"),
    [
        (SEA, ALIKE, 'nobody can tell it from "sea"'),
        ("sea:   {", "reef:  {", 'nobody can tell it from "sea"'),
        (
            'sea:   {colour: "#8f9a4a",',
            'reef:  {colour: "#c48a4a",',
            'whoever sees fewer colours than most cannot tell it from "sea"',
        ),
        (SEA, 'reef:  {looks_like: rock, colour: "#5b9cc5",', ""),
        (SEA, "reef:  {looks_like: pond,", ""),
        (SEA.replace("{", "{looks_like: sea, "), ALIKE.replace("{", "{looks_like: sea, "), "nobody can tell it"),
        (SEA, 'reef:  {colour: "#2b5c64",', ""),
    ],
)
def test_two_grounds_that_somebody_cannot_tell_apart_are_told(sea: str, reef: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "bay.yaml"
    text = BAY.replace('shore: {colour: "#d8c48a"', 'shore: {colour: "#f2e6c0"')
    text = text.replace(SEA, sea).replace('reef:  {colour: "#7fc0ae",', reef)
    file.write_text(text, encoding="utf-8")
    found = [one for one in examine(file).problems if one.code == "colours-alike"]
    assert [told in one.message and "looks_like" in one.message for one in found] == ([True] if told else [])
    assert all("reef:" in text.splitlines()[one.line - 1] for one in found)
