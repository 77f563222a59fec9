"""Does a level look as its author means it?  Colours, pictures of ground and stocks, homes and their badges."""

from __future__ import annotations

from game.level.checker import Checker
from game.level.merge import Path, Source
from game.level.pictures import own_picture
from game.level.schema import Level, Rules, Terrain
from game.level.vocabulary import (
    COLOUR,
    DRAWN_STOCKS,
    DRAWN_TERRAINS,
    HOMES,
    LONGEST_BADGE,
    NEUTRAL_GROUNDS,
    NEUTRAL_STOCKS,
    PLAIN,
)
from game.level.yaml_nodes import shown


def keep_own_colours(source: Source) -> None:
    """Let a colour that the level itself gives a terrain count, in place, also where the board has a picture of it.

    Shipped rulesets name a colour for every ground, beside its picture; whoever writes one into a level means it.
    """
    terrains = source.data.get("terrains")
    for name, terrain in terrains.items() if isinstance(terrains, dict) else ():
        if name in DRAWN_TERRAINS and isinstance(terrain, dict) and "colour" in terrain and "looks_like" not in terrain:
            if source.document(("terrains", name, "colour")) is source.main:
                terrain["looks_like"] = PLAIN


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
