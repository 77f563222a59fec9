"""Orchards, hedges, gardens, the dome, rivers and wild land: what there is more of shows more."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"

import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pygame
import pytest

from game.level.library import data_root, shipped_levels
from game.level.reader import load_level
from game.picture.beasts import Beasts, rim_places, settled
from game.picture.board import Board, grazing_spots
from game.picture.dome import Dome
from game.picture.growth import draw_carpets, draw_standing
from game.picture.looks import GROUNDS, LOOKS
from game.picture.places import ditches, green_spots, inner_tiles
from game.picture.scene import Grid, Household, Scene, blend, look
from game.sim.beginning import new_worlds
from game.sim.model import compile_level

TILE, ROWS, COLUMNS = 30, 8, 10
TILES = data_root() / "assets" / "tiles"


def grid(value: float = 0.0) -> Grid:
    return np.full((ROWS, COLUMNS), value)


def land(terrain: str, water: Grid | None = None, stream: Grid | None = None, **layers: float) -> Scene:
    """A map of one terrain, every layer of the same strength wherever it is dry, or where there is water."""
    wet = water if water is not None else grid()
    dry = 1.0 - wet
    where = {name: wet if name in ("frogs", "fish") else grid(1.0) if name == "poison" else dry for name in layers}
    found = {name: where[name] * value for name, value in layers.items()}
    owner = np.full((ROWS, COLUMNS), -1)
    return Scene(grid(), wet, 1.0, grid(), owner, grid(), np.zeros((0, ROWS, COLUMNS)), [], layers=found,
                 places=where, stream=stream, terrain={terrain: dry})  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def screen() -> None:
    pygame.display.init()
    pygame.display.set_mode((64, 64))


def picture(scene: Scene, seconds: float = 0.0, board: Board | None = None) -> np.ndarray:
    board = board or Board(*scene.ground.shape, (COLUMNS * TILE, ROWS * TILE))
    surface = pygame.Surface(board.size)
    board.draw(surface, scene, seconds)
    return pygame.surfarray.array3d(surface).astype(int)


def differing(one: Scene, two: Scene) -> float:
    return float((np.abs(picture(one) - picture(two)).sum(axis=2) > 60).mean())


POND = grid()
POND[3:6, 3:7] = 1.0


@pytest.mark.parametrize("terrain, layer", [
    ("orchard", "flowers"), ("meadow", "flowers"), ("orchard", "fruit"), ("hedge", "weeds"), ("garden", "beds"),
    ("bed", "plants"), ("run", "plants"), ("run", "litter"), ("grove", "aspens"), ("bank", "banks"),
    ("meadow", "blue_grain"), ("hedge", "ladybirds"), ("orchard", "pests"),
    ("orchard", "poison"),
])  # fmt: skip
def test_every_step_of_what_grows_shows(terrain: str, layer: str) -> None:
    scenes = [land(terrain, **{layer: share}) for share in (0.0, 0.33, 0.66, 1.0)]
    for low, high in pairwise(scenes):
        assert differing(low, high) > 0.01, (layer, low.layers[layer].max())


@pytest.mark.parametrize(
    "layer, terrain", [("hares", "run"), ("wolves", "meadow"), ("deer", "meadow"), ("bees", "meadow")]
)
def test_more_animals_are_drawn_where_there_are_more(layer: str, terrain: str) -> None:
    counts = [len(settled(land(terrain, **{layer: share}), layer, 12)) for share in (0.0, 0.3, 0.9)]
    assert counts[0] == 0 < counts[1] < counts[2]
    extra = {"flowers": 0.3} if layer == "bees" else {}
    assert differing(land(terrain, **{layer: 0.0}, **extra), land(terrain, **{layer: 0.9}, **extra)) > 0.003


def test_frogs_sit_on_the_rim_of_the_pond_and_leave_when_they_die() -> None:
    scene = land("meadow", POND, frogs=1.0)
    for y, x in rim_places(scene):
        around = [scene.water[int(y + down), int(x + right)] for down in (-0.5, 0.5) for right in (-0.5, 0.5)]
        assert 0 < sum(around) < 4, (y, x)
    assert differing(scene, land("meadow", POND, frogs=0.0)) > 0.01


def test_animals_move() -> None:
    for layer in ("hares", "wolves", "deer", "bees"):
        scene = land("meadow", flowers=0.5, **{layer: 0.8})
        assert (picture(scene, 0.0) != picture(scene, 1.3)).any(), layer


def test_a_poisoned_pond_turns_violet() -> None:
    def middle(poison: float) -> np.ndarray:
        shot = picture(land("meadow", POND, poison=poison))
        return shot[4 * TILE : 6 * TILE, 4 * TILE : 5 * TILE].mean(axis=(0, 1))

    clear, foul = middle(0.0), middle(0.9)
    assert foul[0] - foul[1] > clear[0] - clear[1] + 30


def test_pests_are_lice_where_there_are_ladybirds_and_beetles_elsewhere() -> None:
    assert differing(land("orchard", pests=0.9), land("orchard", pests=0.9, ladybirds=0.0)) > 0.01


def test_each_owners_trees_are_of_another_kind() -> None:
    scene = land("orchard", fruit=0.9)
    one, two = (replace(scene, owner=np.full((ROWS, COLUMNS), who)) for who in (0, 1))
    assert differing(one, two) > 0.05


def test_the_loft_fills_and_the_linden_stands_on_the_green() -> None:
    scene = land("green")
    fills = [replace(scene, loft=share) for share in (0.0, 0.3, 0.6, 1.0)]
    for low, high in pairwise(fills):
        assert 0.0005 < differing(low, high) < 0.1
    spots = green_spots(scene)
    assert len(spots) == 2 and spots[0] == inner_tiles(scene.terrain["green"])[0]


def home(**more: object) -> Household:
    plain = Household(0, "The Lindens", [(4, 4)], 0.0, 0.5, 0.0, 0.8)
    return replace(plain, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [
    {"hives": 3.0}, {"struck": ("cloud",)}, {"struck": ("flame",)}, {"struck": ("bed",)}, {"struck": ("bed", "flame")},
])  # fmt: skip
def test_what_a_household_has_or_suffers_shows_at_its_home(change: dict[str, object]) -> None:
    uses = np.zeros((1, ROWS, COLUMNS))
    uses[0, 3:6, 3:6] = 1.0
    scene = replace(land("garden", beds=0.8), uses=uses, owner=np.where(uses[0] > 0, 0, -1))
    before, after = (replace(scene, households=[one]) for one in (home(), home(**change)))
    assert differing(before, after) > 0.002


def test_what_strikes_shows_from_half_way_of_the_telling() -> None:
    scene = land("garden", beds=0.8)
    before, after = (replace(scene, households=[home(struck=struck)]) for struck in (("bed",), ("flame",)))
    assert [blend(before, after, share).households[0].struck for share in (0.2, 0.8)] == [(), ("flame",)]


def test_sheep_graze_and_never_in_beds_or_hedges() -> None:
    for terrain, stands in (("meadow", True), ("garden", False), ("hedge", False)):
        scene = replace(land(terrain), uses=np.ones((1, ROWS, COLUMNS)))
        assert bool(grazing_spots(scene, 0, 4)) == stands, terrain
        with_sheep, without = (replace(scene, households=[home(homes=[], flock=flock)]) for flock in (8.0, 0.0))
        assert (differing(with_sheep, without) > 0.005) == stands, terrain


def dome() -> Scene:
    scene = land("run", plants=0.5)
    y, x = np.indices((ROWS, COLUMNS))
    rim = np.where(((y - 3.5) / 4.2) ** 2 + ((x - 4.5) / 5.2) ** 2 > 1.0, 1.0, 0.0)
    return replace(scene, terrain={"run": 1.0 - rim, "rim": rim})


def test_under_a_dome_it_is_light_and_outside_dark() -> None:
    shot = picture(dome())
    assert shot[3:9, 3:9].mean() < shot[130:170, 100:140].mean() - 30


def test_thick_air_veils_what_lies_under_the_dome_and_not_the_night_outside() -> None:
    clear, thick = picture(dome()), picture(replace(dome(), haze=1.0))
    change = np.abs(clear - thick).sum(axis=2)
    assert change[100:200, 80:160].mean() > 30 > 10 > change[3:9, 3:9].mean()


def test_a_dome_is_made_once_for_a_map() -> None:
    made = Dome((300, 240))
    made.draw_ring(pygame.Surface((300, 240)), dome())
    first = made.inside
    made.draw_vault(pygame.Surface((300, 240)), dome())
    assert made.inside is first


def river() -> Scene:
    stream = grid()
    stream[:, 5] = 1.0
    weir, mill = grid(), grid()
    weir[3, 5], mill[5, 6] = 1.0, 1.0
    scene = land("field", stream=stream, crops=0.4, moisture=0.6)
    crops = 1.0 - stream - mill
    return replace(scene, terrain={"weir": weir, "mill": mill}, places=scene.places | {"crops": crops}, held=0.0)


def test_a_shut_weir_looks_different_from_an_open_one_and_the_mill_stands_still() -> None:
    scene = river()
    assert differing(scene, replace(scene, held=1.0)) > 0.002
    spot = np.s_[5 * TILE : 8 * TILE, 4 * TILE : 7 * TILE]
    assert (picture(scene, 0.0)[spot] != picture(scene, 0.2)[spot]).any(), "the wheel turns"


def watered(canal: float) -> Scene:
    everywhere = np.ones((1, ROWS, COLUMNS))
    return replace(river(), uses=everywhere, households=[home(homes=[], canal=canal)])


def test_dry_furrows_crack_wet_ones_shine_and_the_ditch_carries_what_there_is() -> None:
    dry, plain, wet = (watered(share) for share in (0.05, 0.5, 0.95))
    assert min(differing(dry, plain), differing(plain, wet), differing(dry, wet)) > 0.02


def test_a_ditch_leads_from_the_river_through_each_block_of_fields() -> None:
    scene = watered(0.5)
    found = ditches(scene, scene.households[0])
    assert [(ditch.row, ditch.river, ditch.ends) for ditch in found] == [(4, 5, (0, 9))]
    assert ditches(scene, home()) == [], "who has no canal has no ditch"


def test_a_broken_weir_looks_broken() -> None:
    assert differing(river(), replace(river(), sound=0.2)) > 0.002


def test_a_community_of_many_is_a_village() -> None:
    scene = replace(land("meadow"), uses=np.ones((1, ROWS, COLUMNS)))
    few, many = (replace(scene, households=[home(people=count)]) for count in (4, 8))
    assert differing(few, many) > 0.01


def test_dogs_guard_a_flock() -> None:
    scene = replace(land("meadow"), uses=np.ones((1, ROWS, COLUMNS)))
    alone, guarded = (replace(scene, households=[home(homes=[], flock=9.0, guarded=share)]) for share in (0.0, 0.9))
    assert differing(alone, guarded) > 0.003


def test_every_look_has_its_pictures_and_none_is_missing_at_any_strength(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()

    def noted(folder: str, name: str, size: int) -> pygame.Surface:
        asked.add(name)
        return pygame.Surface((size, size), pygame.SRCALPHA)

    for module in ("tints", "places", "ground", "waters", "board"):
        monkeypatch.setattr(f"game.picture.{module}.sprite", noted)
    layers = {one.layer for one in LOOKS.values()}
    for terrain in GROUNDS:
        for share in np.linspace(0.0, 1.0, 14).tolist():
            scene = land(terrain, POND, **dict.fromkeys(layers, share))
            scene = replace(
                scene,
                uses=np.ones((1, ROWS, COLUMNS)),
                loft=share,
                held=share,
                households=[home(hives=9.0 * share, struck=("flame",), flock=5.0, guarded=1.0, canal=share)],
            )
            surface = pygame.Surface((COLUMNS * TILE, ROWS * TILE))
            Board(ROWS, COLUMNS, surface.get_size()).draw(surface, scene, 7.0 * share)
    assert len(asked) > 100
    assert not {name for name in asked if not (TILES / f"{name}.svg").is_file()}


@pytest.mark.parametrize("level", shipped_levels())
def test_every_shipped_level_is_drawn_at_any_size(level: str) -> None:
    model = compile_level(load_level(level))
    scene = look(model, new_worlds(model, [3]))
    for size in ((80, 48), (200, 120), (1900, 1100)):
        board = Board(*scene.ground.shape, size)
        surface = pygame.Surface(board.size)
        board.draw(surface, scene, 2.0)
        assert len(np.unique(pygame.surfarray.array2d(surface))) > 8


def test_a_frame_of_every_new_level_is_drawn_within_a_moment() -> None:
    for level in ("flowers_and_bees", "the_gift_circle", "the_breath", "what_the_spray_left_out"):
        model = compile_level(load_level(level))
        scene = replace(look(model, new_worlds(model, [3])), haze=0.5)
        board = Board(*scene.ground.shape, (840, 490))
        surface = pygame.Surface(board.size)
        board.draw(surface, scene)
        times = []
        for number in range(20):
            started = time.process_time()
            board.draw(surface, scene, number / 60)
            times.append(time.process_time() - started)
        assert float(np.median(times)) < 0.04, level


def test_carpets_and_standing_things_draw_nothing_on_land_without_layers() -> None:
    surface = pygame.Surface((COLUMNS * TILE, ROWS * TILE))
    draw_carpets(surface, land("meadow"), TILE)
    draw_standing(surface, land("meadow"), TILE)
    beasts = Beasts(surface.get_size(), TILE)
    beasts.settle(land("meadow"))
    beasts.draw(surface, land("meadow"), 1.0)
    beasts.draw_air(surface, land("meadow"), 1.0)
    assert not pygame.surfarray.array3d(surface).any()
