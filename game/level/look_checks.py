"""Does a level look as its author means it?  Colours, pictures of ground and stocks, homes and their badges."""

from __future__ import annotations

from game.level.checker import Checker
from game.level.colours import EYES, STEPS_APART, Colour, apart, parse_colour
from game.level.merge import Path, Source
from game.level.pictures import own_picture
from game.level.schema import Level, Rules, Terrain
from game.level.vocabulary import (
    COLOUR,
    DRAWN_STOCKS,
    DRAWN_TERRAINS,
    FIRM_GROUNDS,
    HOMES,
    LONGEST_BADGE,
    NEUTRAL_GROUNDS,
    NEUTRAL_STOCKS,
    PLAIN,
    UNCOLOURED,
)
from game.level.yaml_nodes import shown

_NO_COLOUR = "#e9e6dc"  # of ground that has none; the palette of the board calls it neutral_soft
_OTHER_STOCKS = tuple(name for name in NEUTRAL_STOCKS if name != "dots")


def keep_own_colours(source: Source) -> None:
    """Let a colour that the level itself gives count, in place, also where the board has a picture, and no other.

    Shipped rulesets name a colour for every ground and every stock, beside its picture; whoever writes one into a
    level means it.
    """
    terrains = source.data.get("terrains")
    for name, terrain in terrains.items() if isinstance(terrains, dict) else ():
        if name in DRAWN_TERRAINS and isinstance(terrain, dict) and "colour" in terrain and "looks_like" not in terrain:
            if source.document(("terrains", name, "colour")) is source.main:
                terrain["looks_like"] = PLAIN
    stocks = source.data.get("stocks")
    for name, stock in stocks.items() if isinstance(stocks, dict) else ():
        if isinstance(stock, dict) and "colour" in stock and stock.get("looks_like", name) in DRAWN_STOCKS:
            if source.document(("stocks", name, "colour")) is not source.main:
                del stock["colour"]


def check_looks(rules: Rules, checker: Checker) -> None:
    """Note colours that are none, and pictures that the board does not have."""
    for section, drawn in (
        ("terrains", (*DRAWN_TERRAINS, *NEUTRAL_GROUNDS, PLAIN)),
        ("stocks", (*DRAWN_STOCKS, *NEUTRAL_STOCKS)),
    ):
        for name, piece in getattr(rules, section).items():
            path: Path = (section, name)
            _check_colour(piece.colour, (*path, "colour"), checker)
            if piece.looks_like and not (section == "terrains" and own_picture(piece.looks_like) is not None):
                checker.known(piece.looks_like, drawn, (*path, "looks_like"), f"picture for {section}")
    for name, terrain in rules.terrains.items():
        _check_tint(rules, name, terrain, checker)
    for name, stock in rules.stocks.items():
        if stock.looks_like and stock.place != "tile":
            told = "only what lies on tiles can look like something else"
            checker.error(("stocks", name, "looks_like"), "wrong-value", told, key=True)
        if stock.beside_homes and (stock.place != "community" or not stock.icon):
            told = "beside homes stands what communities have, by its icon: at: community, icon: barn"
            checker.error(("stocks", name, "beside_homes"), "wrong-value", told, key=True)


def check_own_colours(level: Level, checker: Checker) -> None:
    """Note the colours of stocks on tiles that the level itself writes and that nobody will see."""
    by_icon = ""  # the first stock that its icon shows: that one tints the ground
    for name, stock in level.stocks.items():
        look = stock.looks_like or (name if own_picture(stock.icon) is None else "")
        if stock.place != "tile" or stock.looks_like in NEUTRAL_STOCKS:
            continue
        path: Path = ("stocks", name, "colour")
        written = bool(stock.colour) and checker.source.document(path) is checker.source.main
        if look in DRAWN_STOCKS:
            if written and look in UNCOLOURED:
                checker.warning(path, "colour-not-seen", f'nothing of what "{look}" draws could take a colour')
            continue
        by_icon = by_icon or name
        if not written or not stock.icon:
            continue
        grounds = stock.on or tuple(level.terrains)
        firm = [one for one in grounds if one in level.terrains and level.terrains[one].looks_like in FIRM_GROUNDS]
        if name != by_icon or len(firm) == len(grounds):
            why = f'"{by_icon}" tints the ground' if name != by_icon else f"{firm[0]} takes no tint"
            told = f"its icon has colours of its own, and {why}; looks_like: dots ({', '.join(_OTHER_STOCKS)}) shows it"
            checker.warning(path, "colour-not-seen", f'nobody sees this colour of "{name}": {told}')


def check_grounds(level: Level, checker: Checker) -> None:
    """Note ground that somebody cannot tell from other ground of the same map: one look and nearly one colour."""
    there = {sign.terrain for sign in level.map.legend.values()}
    seen = {name: _ground_seen(name, terrain) for name, terrain in level.terrains.items() if name in there}
    coloured = {name: ground for name, ground in seen.items() if ground is not None}
    for place, (name, (look, colour)) in enumerate(coloured.items()):
        for other, (other_look, other_colour) in list(coloured.items())[:place]:
            lost = [eyes for eyes in EYES if apart(colour, other_colour, eyes) < STEPS_APART]
            if look != other_look or not lost:
                continue
            who = "nobody" if "usual" in lost else "whoever sees fewer colours than most"
            told = f'{who} can tell it from "{other}": give one of them another colour or another looks_like'
            told = told.replace("can tell", "cannot tell") if "usual" not in lost else told
            path: Path = ("terrains", name, *(("colour",) if level.terrains[name].colour else ()))
            checker.warning(path, "colours-alike", told, key=len(path) == 2)
            break


def _ground_seen(name: str, terrain: Terrain) -> tuple[str, Colour] | None:
    """Return as what ground is drawn and in which colour; None where the picture has a colour of its own."""
    if own_picture(terrain.looks_like) is not None:
        return None
    look = terrain.looks_like if terrain.looks_like in NEUTRAL_GROUNDS else ""
    if not look and (terrain.looks_like or name) in DRAWN_TERRAINS:
        return None
    text = terrain.colour or NEUTRAL_GROUNDS.get(look, _NO_COLOUR)
    return (look, parse_colour(text)) if COLOUR.fullmatch(text) else None


def unseen_colours(level: Level, source: Source) -> list[str]:
    """Return the stocks that live on no tile and have a colour of the level's own: it shows nowhere."""
    return [
        name for name, stock in level.stocks.items()
        if stock.colour and stock.place != "tile" and source.document(("stocks", name, "colour")) is source.main
    ]  # fmt: skip


def _check_colour(colour: str, path: Path, checker: Checker) -> None:
    if colour and not COLOUR.fullmatch(colour):
        told = f'"{shown(colour)}" is no colour: write # and six digits from 0 to f, as in "#6aa84f"'
        checker.warning(path, "not-a-colour", told)


def _check_tint(rules: Rules, name: str, terrain: Terrain, checker: Checker) -> None:
    if terrain.tint is None:
        return
    path: Path = ("terrains", name, "tint")
    _check_colour(terrain.tint.colour, (*path, "colour"), checker)
    drawn = (terrain.looks_like or name) in DRAWN_TERRAINS and terrain.looks_like not in NEUTRAL_GROUNDS
    if drawn or own_picture(terrain.looks_like) is not None:
        told = f'"{name}" is drawn as a picture, and only ground in a colour can change it: write looks_like: {PLAIN}'
        checker.error(path, "wrong-value", told, key=True)
    if checker.known(terrain.tint.of, rules.stocks, (*path, "of"), "stock"):
        stock = rules.stocks[terrain.tint.of]
        if stock.place not in ("tile", "world"):
            told = f'ground changes with what lies on tiles or in the world, and "{terrain.tint.of}" does neither'
            checker.error((*path, "of"), "wrong-value", told)
        low = stock.range[0] if terrain.tint.low is None else terrain.tint.low
        high = stock.range[1] if terrain.tint.high is None else terrain.tint.high
        if not low < high:
            checker.error(path, "wrong-value", f"from has to lie below to; here {low:g} and {high:g}", key=True)


def check_homes(level: Level, checker: Checker) -> None:
    """Note homes that the board has no picture of, and badges that two households share or nobody can read."""
    badges: dict[str, str] = {}
    for name, community in level.communities.items():
        if community.looks_like:
            checker.known(community.looks_like, HOMES, ("communities", name, "looks_like"), "home")
        badge, path = community.badge, ("communities", name, "badge")
        if not badge:
            continue
        if len(badge) > LONGEST_BADGE or not badge.isalnum():
            told = f'a badge has one or {LONGEST_BADGE} letters or digits, as in badge: "8a"'
            checker.error(path, "wrong-value", told)
        elif badge.upper() in badges:
            checker.error(path, "name-taken", f'"{badges[badge.upper()]}" has this badge already')
        badges.setdefault(badge.upper(), name)
