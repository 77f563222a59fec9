"""`powerdance loops`: the feedback loops of a level as it stands."""

from __future__ import annotations

import argparse
import json

from game.commands.usage import FINE, add_level, seat_policies, whole
from game.insight.loops import Loop, explained, loops_now, title
from game.insight.played import PlayedGame, played
from game.level.reader import load_level
from game.players.policies import plan_season
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.telling import words
from game.telling.say import told_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `loops` takes."""
    add_level(parser)
    parser.add_argument("--season", type=whole(0), default=0, metavar="K", help="after so many seasons (default: 0)")
    parser.add_argument("--policy", metavar="P", help="how the seats play until then (default: as the level says)")
    parser.add_argument("--seed", type=whole(0), default=0, metavar="S", help="the seed of that game (default: 0)")
    parser.add_argument(
        "--format", default="text", choices=("text", "mermaid", "dot", "json"), help="how to print (default: text)"
    )


def run(args: argparse.Namespace) -> int:
    """Print the loops of a level after some seasons under a policy."""
    level = load_level(args.level)
    policies = seat_policies(args.policy, level.seats) if args.policy else level.default_policies()
    model = compile_level(level)
    game = _game(model, policies, min(args.season, model.seasons), args.seed)
    found = loops_now(model, game.end, game.deeds)
    with told_in(level.seasons):
        print(_FORMATS[args.format](model, found))
    return FINE


def _game(model: Model, policies: tuple[str, ...], seasons: int, seed: int) -> PlayedGame:
    start = world = new_worlds(model, [seed])
    plans = []
    for _ in range(seasons):
        plans.append(plan_season(model, world, policies))
        world = step(model, world, plans[-1])
    return played(model, start, plans)


def _as_text(model: Model, loops: list[Loop]) -> str:
    lines = []
    for loop in loops:
        sign = "R" if loop.kind == "reinforcing" else "B"
        lines.append(f"{sign} {100 * loop.score:4.0f} %  {loop.strength:.2f}/season  {title(model, loop)}")
        lines.append(f"          {loop.plain or explained(model, loop)}")
        if loop.plain:
            lines.append(f"          {explained(model, loop)}")
    return "\n".join(lines) or "no loop pulls now"


def _as_json(model: Model, loops: list[Loop]) -> str:
    rows = [
        {
            "name": title(model, loop),
            "id": loop.id,
            "kind": loop.kind,
            "members": list(loop.members),
            "strength": loop.strength,
            "score": loop.score,
            "delay": loop.delay,
            "parasitic": loop.parasitic,
            "pushed_on": list(loop.pushed_on),
            "plain": loop.plain or explained(model, loop),
            "links": [
                {"from": link.source, "to": link.target, "via": link.via, "pull": link.pull, "delay": link.delay}
                for link in loop.links
            ],
        }
        for loop in loops
    ]
    return json.dumps({"level": model.level.id, "loops": rows}, indent=1, ensure_ascii=False)


def _edges(loops: list[Loop]) -> dict[tuple[str, str], tuple[float, float]]:
    """Return each pair of stocks that loops pass, with its strongest pull and its delay."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for loop in loops:
        for link in loop.links:
            pair = (link.source, link.target)
            if pair not in found or abs(link.pull) > abs(found[pair][0]):
                found[pair] = (link.pull, link.delay)
    return found


def _as_mermaid(model: Model, loops: list[Loop]) -> str:
    lines = ["graph LR"]
    for (source, target), (pull, delay) in _edges(loops).items():
        label = f"{'+' if pull > 0 else '-'}{f' after {delay:.0f}' if delay >= 1 else ''}"
        lines.append(f'  {source} -- "{label}" --> {target}')
    return "\n".join(lines)


def _as_dot(model: Model, loops: list[Loop]) -> str:
    lines = ["digraph loops {"]
    for (source, target), (pull, delay) in _edges(loops).items():
        width = min(6.0, 0.5 + 5.0 * abs(pull))
        wait = f" ({words.turns(round(delay))})" if delay >= 1 else ""
        lines.append(f'  {source} -> {target} [label="{"+" if pull > 0 else "-"}{wait}", penwidth={width:.1f}];')
    return "\n".join([*lines, "}"])


_FORMATS = {"text": _as_text, "json": _as_json, "mermaid": _as_mermaid, "dot": _as_dot}
