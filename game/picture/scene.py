"""What a picture of a world needs to know: read off once a season, then blended from one to the next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from game.level.colours import parse_colour
from game.level.pictures import own_picture
from game.level.schema import Stock, Terrain, Tint
from game.level.vocabulary import COLOUR, DRAWN_TERRAINS, NEUTRAL_GROUNDS, NEUTRAL_STOCKS
from game.picture.household import Household, between, held, household_between, household_of
from game.picture.looks import GROUNDS, HAZE, LOFT, LOOKS, STATION, STRENGTH
from game.picture.palette import Colour, palette
from game.sim.model import Model
from game.sim.observe import mean_of
from game.sim.sight import as_seen
from game.sim.world import World

Grid = NDArray[np.float64]
NO_YEAR = 1  # what is drawn where turns are no seasons: as in summer, nothing falls
ANNOUNCED = 0.3  # of the dryness or the snow of an event, in the season before it may come
CRAWLS = ("pests", "mould")  # layers of what does harm and yet clouds no water
HOT, COLD = ("sun_hot",), ("cloud_light", "snow")  # pictures of events that dry the land out or cover it


@dataclass(frozen=True)
class PlainGround:
    """A terrain that the board has no picture of."""

    colour: Colour
    mask: Grid  # (rows, columns) 1 where it lies
    picture: str = ""  # of its level's own that lies on each of its tiles
    tint: Colour = (0, 0, 0)  # the colour that it takes on
    tinted: Grid | None = None  # (rows, columns) 0 to 1: how far it has; None where it keeps its own
    look: str = ""  # of `NEUTRAL_GROUNDS`, drawn in its colour


@dataclass(frozen=True)
class PlainStock:
    """A stock on tiles that the board has no picture of: it is shown by its icon, the more of it the more."""

    name: str
    icon: str
    colour: Colour
    share: Grid  # (rows, columns) 0 to 1 of what a tile can hold
    look: str = ""  # of `NEUTRAL_STOCKS`: figures in its colour instead of its icon


@dataclass
class Scene:
    """One world of a batch, as numbers that a board can draw."""

    ground: Grid  # (rows, columns) 0 bare to 1 lush, of the first living stock on tiles without a look of its own
    water: Grid  # (rows, columns) 1 on open water
    clarity: float  # of the water, 0 to 1
    homes: Grid  # (rows, columns) 1 on homesteads
    owner: NDArray[np.int64]  # (rows, columns) index of the only user, -1 where several or none
    shared_before: Grid  # (rows, columns) 1 where several used the tile at the start
    uses: Grid  # (communities, rows, columns)
    households: list[Household]
    ties: dict[tuple[int, int], float] = field(default_factory=dict)  # how far two trust each other
    dry: float = 0.0  # 1 while an event takes the rain
    snow: float = 0.0  # 1 while it snows
    building: float | None = None  # how far the common building has come, 0 to 1; None where there is none
    props: float | None = None  # how well it is propped against wind, 0 to 1; None where nothing props it
    layers: dict[str, Grid] = field(default_factory=dict)  # what `looks` names, 0 to 1
    places: dict[str, Grid] = field(default_factory=dict)  # 1 where each of them can be
    stream: Grid | None = None  # 1 where water runs
    heights: Grid | None = None  # 0 to 9; None where all is level
    terrain: dict[str, Grid] = field(default_factory=dict)  # 1 where a terrain of `looks` lies
    haze: float = 0.0  # how thick the air is, 0 to 1
    loft: float | None = None  # how full the common store is, 0 to 1; None where there is none
    held: float | None = None  # how far the gate of a weir is shut, 0 to 1; None where there is none
    sound: float = 1.0  # how sound the weir is
    plain: tuple[PlainGround, ...] = ()  # ground in the colour that its level gives it
    plain_stocks: tuple[PlainStock, ...] = ()  # what lies on it and has no picture of its own
    season: int = NO_YEAR  # of the year: 0 spring to 3 winter
    tints: dict[str, Colour] = field(default_factory=dict)  # of layers, by which a level has them in its own colour
    station: dict[str, float] = field(default_factory=dict)  # how its stocks stand, each 0 to 1; {} where there is none


def look(model: Model, world: World, which: int = 0) -> Scene:
    """Return what can be seen of world `which` of a batch."""
    layout, level, world = model.layout, model.level, as_seen(model, world)
    shape = (layout.rows, layout.columns)
    living = [
        name
        for name, spec in level.stocks.items()
        if spec.place == "tile" and spec.living and seen_as(spec, name) not in LOOKS
    ]
    plain = _plain_grounds(model, world, which)
    ground = np.zeros(shape)
    if living:
        plan = model.stocks[living[0]]
        ground = (world.stock[living[0]][0, 0, :, :, which] - plan.low) / (plan.high - plan.low)
    water = _mask(model, "pond")
    harm = [(name, spec.harmful) for name, spec in level.stocks.items() if spec.place == "tile" and spec.harmful
            and (seen_as(spec, name) not in LOOKS or LOOKS[seen_as(spec, name)].layer not in CRAWLS)]  # fmt: skip
    clarity = 1.0
    for name, harmful in harm:
        clarity = min(clarity, 1.0 - min(1.0, float(mean_of(model, world, name)[which]) / float(harmful or 1.0)))
    uses = world.uses[:, 0, :, :, which]
    count = uses.sum(axis=0)
    owner = np.where(count == 1, uses.argmax(axis=0), -1)
    before = model.uses_start[:, 0, :, :, 0].sum(axis=0)
    return Scene(
        ground,
        water,
        clarity,
        np.maximum(_mask(model, "homestead"), _homes(model)),
        owner,
        np.where(before > 1, 1.0, 0.0),
        uses,
        [household_of(model, world, which, index) for index in range(len(layout.communities))],
        _ties(model, world, which),
        _weather(model, world, which, HOT),
        _weather(model, world, which, COLD),
        _shared_work(model, world, which, "barn"),
        _shared_work(model, world, which, "fence"),
        *_land(model, world, which),
        {name: mask for name in GROUNDS if (mask := _mask(model, name)).any() or name in layout.terrain_mask},
        _haze(model, world, which),
        _loft(model, world, which),
        _held(model, world, which),
        float(world.stock[STRENGTH][0, 0, 0, 0, which]) if STRENGTH in world.stock else 1.0,
        plain,
        _plain_stocks(model, world, which, plain),
        season=NO_YEAR if level.seasons.name else world.season % 4,
        tints=_tints(model),
        station=_station(model, world, which),
    )


def seen_as(spec: Stock | Terrain, name: str) -> str:
    """Return by which name the board draws a stock or a terrain: what it looks like, else its own.

    Nothing for ground that is lent a look in its own colour, and for a stock with a picture of its level's own: that
    is drawn instead.
    """
    if isinstance(spec, Terrain) and spec.looks_like in NEUTRAL_GROUNDS:
        return ""
    if not spec.looks_like and isinstance(spec, Stock) and own_picture(spec.icon) is not None:
        return ""
    return spec.looks_like or name


def _homes(model: Model) -> Grid:
    """Return 1 where homes stand."""
    legend = model.level.map.legend
    return np.array([[float(bool(legend[sign].home)) for sign in row] for row in model.level.map.rows.splitlines()])


def _plain_grounds(model: Model, world: World, which: int) -> tuple[PlainGround, ...]:
    """Return the terrains on the map that the board has no picture of, each in its colour."""
    found = []
    for name, terrain in model.level.terrains.items():
        mask = model.layout.terrain_mask.get(name)
        if mask is not None and seen_as(terrain, name) not in DRAWN_TERRAINS:
            picture = terrain.looks_like if own_picture(terrain.looks_like) is not None else ""
            here, tint = mask[0, 0, :, :, 0], _colour(terrain.tint.colour if terrain.tint else "", "neutral")
            tinted = _tinted(model, world, which, terrain.tint)
            drawn = terrain.looks_like if terrain.looks_like in NEUTRAL_GROUNDS else ""
            colour = _colour(terrain.colour or NEUTRAL_GROUNDS.get(drawn, ""), "neutral_soft")
            found.append(PlainGround(colour, here, picture, tint, tinted, drawn))
    return tuple(found)


def _tinted(model: Model, world: World, which: int, tint: Tint | None) -> Grid | None:
    """Return how far ground has taken on another colour, on every tile."""
    if tint is None or tint.of not in world.stock:
        return None
    low, high = model.level.stocks[tint.of].range
    start, end = low if tint.low is None else tint.low, high if tint.high is None else tint.high
    there = np.clip((world.stock[tint.of][0, 0, :, :, which] - start) / (end - start), 0.0, 1.0)
    return np.broadcast_to(there, (model.layout.rows, model.layout.columns))


def _colour(text: str, otherwise: str) -> Colour:
    return parse_colour(text) if COLOUR.fullmatch(text) else palette()[otherwise]


def _plain_stocks(model: Model, world: World, which: int, plain: tuple[PlainGround, ...]) -> tuple[PlainStock, ...]:
    """Return the stocks that the board has no picture of, on plain ground; those that are lent figures, on any."""
    anywhere = np.ones((model.layout.rows, model.layout.columns))
    ground = np.maximum.reduce([np.zeros_like(anywhere), *(one.mask for one in plain)])
    found = []
    for name, spec in model.level.stocks.items():
        if spec.place == "tile" and seen_as(spec, name) not in LOOKS and name in world.stock:
            low, high = spec.range
            drawn = spec.looks_like if spec.looks_like in NEUTRAL_STOCKS else ""
            live = model.stocks[name].live[0, 0, :, :, 0] * (anywhere if drawn else ground)
            share = np.clip((world.stock[name][0, 0, :, :, which] - low) / (high - low), 0.0, 1.0) * live
            if live.any():
                colour = _colour(spec.colour or NEUTRAL_STOCKS.get(drawn, ""), "neutral")
                found.append(PlainStock(name, spec.icon, colour, share, drawn))
    return tuple(found)


def _haze(model: Model, world: World, which: int) -> float:
    """Return how thick the air is, of the stocks that `looks` names.

    What is harmful veils wholly at its bound; all else as far as there is more than at the start.
    """
    found = 0.0
    for name, (clear, thick) in HAZE.items():
        if name in world.stock and model.level.stocks[name].place == "world":
            held, harmful = float(world.stock[name][0, 0, 0, 0, which]), model.level.stocks[name].harmful
            start = max(float(model.stocks[name].start[0, 0, 0, 0, 0]), 1e-6)
            found = max(found, held / harmful if harmful else (held / start - clear) / (thick - clear))
    return min(1.0, max(0.0, found))


def _loft(model: Model, world: World, which: int) -> float | None:
    """Return how full the common store is for as many households as there are."""
    for name, each in LOFT.items():
        if name in world.stock and model.level.stocks[name].place == "world":
            full = each * len(model.layout.communities)
            return min(1.0, float(world.stock[name][0, 0, 0, 0, which]) / full)
    return None


def _held(model: Model, world: World, which: int) -> float | None:
    """Return how far the gate of the weir is shut, by whoever shuts it furthest."""
    if "held" not in world.stock:
        return None
    return min(1.0, float(world.stock["held"][..., which].max()) / model.stocks["held"].high)


def _land(model: Model, world: World, which: int) -> tuple[dict[str, Grid], dict[str, Grid], Grid | None, Grid | None]:
    """Return what has a look of its own, where it can be, where water runs, and how high the ground lies."""
    layers, places = {}, {}
    for seen, one in LOOKS.items():
        name = _drawn_as(model, seen)
        if not name:
            continue
        spec = model.level.stocks[name]
        live = model.stocks[name].live[0, 0, :, :, 0]
        full = one.full(spec)
        layers[one.layer] = np.clip(world.stock[name][0, 0, :, :, which] / full, 0.0, 1.0) * live
        places[one.layer] = live
        if one.layer == "old_trees":
            # What stood here at the start and stands no more was felled or fell.
            layers["stumps"] = np.clip(model.stocks[name].start[0, 0, :, :, 0] / full - layers[one.layer], 0.0, 1.0)
    stream = np.maximum(_mask(model, "stream"), _mask(model, "weir"))
    if "moisture" in places:
        stream = np.maximum(stream, _mask(model, "mill") * places["moisture"])
    heights = model.layout.heights[0, 0, :, :, 0]
    return layers, places, stream if stream.any() else None, heights if np.ptp(heights) > 0.0 else None


def _drawn_as(model: Model, seen: str) -> str:
    """Return which stock on tiles is drawn by this name: the first that looks like it; "" for none."""
    stocks = model.level.stocks.items()
    return next((name for name, spec in stocks if spec.place == "tile" and seen_as(spec, name) == seen), "")


def _tints(model: Model) -> dict[str, Colour]:
    """Return the colours that a level gives what is drawn as a layer."""
    found = {}
    for seen, one in LOOKS.items():
        name = _drawn_as(model, seen)
        if name and COLOUR.fullmatch(model.level.stocks[name].colour):
            found[one.layer] = parse_colour(model.level.stocks[name].colour)
    return found


def _weather(model: Model, world: World, which: int, pictures: tuple[str, ...]) -> float:
    """Return 1 while an event lasts whose picture is one of these, and a part of that where one is announced."""
    seen = [event.name for event in model.events if event.spec.icon in pictures]
    lasts = any(world.event_left[name][which] > 0 for name in seen)
    return 1.0 if lasts else ANNOUNCED if any(world.event_sign[name][which] for name in seen) else 0.0


def _shared_work(model: Model, world: World, which: int, icon: str) -> float | None:
    """Return how far what all build together, or what props it, has come: a share that belongs to the whole world."""
    for name, spec in model.level.stocks.items():
        if spec.place == "world" and spec.kind == "state" and spec.icon == icon:
            return float(world.stock[name][0, 0, 0, 0, which]) / model.stocks[name].high
    return None


def _mask(model: Model, terrain: str) -> Grid:
    found = np.zeros((model.layout.rows, model.layout.columns))
    for name, mask in model.layout.terrain_mask.items():
        spec = model.level.terrains.get(name)
        if (name if spec is None else seen_as(spec, name)) == terrain:
            found = np.maximum(found, mask[0, 0, :, :, 0])
    return found


def _station(model: Model, world: World, which: int) -> dict[str, float]:
    """Return how the stocks of a power station stand, where one lies on the map."""
    there = STATION if _mask(model, "works").any() else {}
    return {name: held(world, name, 0, which) / full for name, full in there.items()}


def _ties(model: Model, world: World, which: int) -> dict[tuple[int, int], float]:
    if "trust" not in world.stock:
        return {}
    trust = world.stock["trust"][:, :, 0, 0, which]
    count = len(model.layout.communities)
    return {(a, b): float(trust[a, b] + trust[b, a]) / 2.0 for a in range(count) for b in range(a + 1, count)}


def blend(before: Scene, after: Scene, share: float) -> Scene:
    """Return a scene on its way from one season to the next; fences change half-way."""
    if share >= 1.0:
        return after
    late = after if share >= 0.5 else before
    people = [household_between(old, new, share) for old, new in zip(before.households, after.households, strict=True)]
    ties = {
        pair: before.ties.get(pair, 0.0) + (value - before.ties.get(pair, 0.0)) * share
        for pair, value in after.ties.items()
    }
    return replace(
        after,
        ground=before.ground + (after.ground - before.ground) * share,
        clarity=before.clarity + (after.clarity - before.clarity) * share,
        owner=late.owner,
        season=late.season,
        uses=late.uses,
        households=people,
        ties=ties,
        dry=before.dry + (after.dry - before.dry) * share,
        snow=before.snow + (after.snow - before.snow) * share,
        building=between(before.building, after.building, share),
        props=between(before.props, after.props, share),
        layers={
            name: before.layers[name] + (grid - before.layers[name]) * share for name, grid in after.layers.items()
        },
        haze=before.haze + (after.haze - before.haze) * share,
        loft=between(before.loft, after.loft, share),
        held=between(before.held, after.held, share),
        plain=tuple(_ground_between(old, new, share) for old, new in zip(before.plain, after.plain, strict=True)),
        plain_stocks=tuple(
            replace(new, share=old.share + (new.share - old.share) * share)
            for old, new in zip(before.plain_stocks, after.plain_stocks, strict=True)
        ),
        sound=before.sound + (after.sound - before.sound) * share,
        station={name: float(between(before.station[name], now, share) or 0.0) for name, now in after.station.items()},
    )


def _ground_between(old: PlainGround, new: PlainGround, share: float) -> PlainGround:
    if old.tinted is None or new.tinted is None:
        return new
    return replace(new, tinted=old.tinted + (new.tinted - old.tinted) * share)
