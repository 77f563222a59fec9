"""`powerdance causes`: why something was lost in a kept game: the last hand, and what moved it."""

from __future__ import annotations

import argparse
import json
from itertools import pairwise
from typing import Any

from game.commands.kept_game import open_replay
from game.commands.usage import FINE, UsageError, add_json, whole
from game.insight.causes import Part, Where, value, worse_way
from game.insight.played import PlayedGame
from game.language.suggest import did_you_mean
from game.playing import causes as causes_in_words
from game.playing.causes import Causes, causes
from game.sim.model import Model
from game.sim.step import step
from game.telling import words
from game.telling.say import told_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `causes` takes."""
    parser.add_argument("file", metavar="REPLAY", help="a replay, as `simulate --replay` writes it")
    parser.add_argument("stock", metavar="STOCK", help="what changed: a stock of the level, by its id or its name")
    parser.add_argument("--community", metavar="X", help="whose (default: of all; of what lies between two, towards X)")
    parser.add_argument("--season", type=whole(1), metavar="N", help="in which season (default: where it got worst)")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print why a stock changed in one season of a replay: blame and web."""
    game = open_replay(args.file).game()
    where = _asked_for(game.model, args.stock, args.community)
    if not game.seasons:
        raise UsageError(f"{args.file} holds no season yet")
    if args.season is not None and args.season > game.seasons:
        with told_in(game.model.level.seasons):
            raise UsageError(f"this game has {words.turns(game.seasons)}, and number {args.season} was asked for")
    season = _worst_season(game, where) if args.season is None else args.season - 1
    with told_in(game.model.level.seasons):
        found = causes(game, where, season)
        if args.json:
            print(json.dumps(_causes_as_data(game.model, found), indent=1, ensure_ascii=False))
        else:
            print("\n".join(causes_in_words.cause_lines(game.model, found, -1)))
    return FINE


def _asked_for(model: Model, stock: str, community: str | None) -> Where:
    """Return what is asked about.  Raises UsageError for names the level does not have."""
    named = {spec.name.lower(): name for name, spec in model.level.stocks.items() if spec.name}
    name = stock if stock in model.stocks else named.get(stock.lower())
    if name is None:
        hint = did_you_mean(stock, list(model.stocks))
        raise UsageError(f'there is no stock "{stock}"{hint}; stocks: {", ".join(model.stocks)}')
    if community is None:
        return Where(name)
    names = list(model.layout.communities)
    if community not in names:
        raise UsageError(f'there is no community "{community}"{did_you_mean(community, names)}; {", ".join(names)}')
    place = model.stocks[name].place
    if place in ("tile", "world"):
        raise UsageError(f'"{name}" belongs to nobody: leave --community out')
    who = names.index(community)
    return Where(name, None, who) if place == "relation" else Where(name, who)


def _worst_season(game: PlayedGame, where: Where) -> int:
    """Return the season (from 0) in which a stock got worse most."""
    world, course = game.start, [float(value(game.model, game.start, where)[0])]
    for plan in game.plans:
        world = step(game.model, world, plan)
        course.append(float(value(game.model, world, where)[0]))
    steps = [worse_way(game.model, where.stock) * (after - before) for before, after in pairwise(course)]
    return steps.index(max(steps))


def _causes_as_data(model: Model, found: Causes) -> dict[str, Any]:
    last = found.blame.last_cause(worse_way(model, found.where.stock))
    return {
        "level": model.level.id,
        "stock": found.where.stock,
        "unit": model.level.stocks[found.where.stock].unit,
        "season": found.season + 1,
        "before": found.blame.before,
        "after": found.blame.after,
        "blame": {
            "last": None if last is None else _part_as_data(model, last),
            "parts": [_part_as_data(model, part) for part in found.blame.parts],
            "rest": found.blame.rest,
        },
        "web": _web_as_data(model, found),
    }


def _part_as_data(model: Model, part: Part) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "name": part.name,
        "who": None if part.seat is None else model.level.seats[part.seat],
        "target": "" if part.candidate is None else model.candidates[part.candidate].label,
        "amount": part.amount,
        "by": {model.layout.communities[one]: amount for one, amount in part.by},
    }


def _web_as_data(model: Model, found: Causes) -> dict[str, Any]:
    seats, hands = model.level.seats, found.hands
    return {
        "links": [
            {"from": one.link.source, "to": one.link.target, "via": one.link.via, "pull": one.link.pull,
             "delay": one.link.delay, "steps": one.steps, "share": one.share}
            for one in found.web
        ],
        "start": hands.start,
        "end": hands.end,
        "nobody": hands.system,
        "persons": {seats[seat]: amount for seat, amount in hands.persons},
        "deeds": [
            {"season": deed.season + 1, "who": seats[deed.seat], "action": model.candidates[deed.candidate].action,
             "target": model.candidates[deed.candidate].label, "amount": amount}
            for deed, amount in hands.deeds
        ],
    }  # fmt: skip
