"""The commands that look at what was played: `replay`, `ripples`, `loops`, `why`, `proof`."""

from __future__ import annotations

import argparse
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from game.cli import UsageError, seat_policies
from game.insight.causes import Part, Where, value, worse_way
from game.insight.loops import Loop, explained, loops_now, title
from game.insight.played import PlayedGame, played
from game.insight.ripple_parts import Effect, effects_of, largest_later
from game.insight.ripples import Ripples, ripples
from game.insight.shares import fair_shares
from game.insight.who_pays import Payers, who_pays
from game.language.suggest import did_you_mean
from game.level.difficulty import TOLD, at_difficulty
from game.level.reader import load_level
from game.players.policies import plan_season
from game.playing import causes as causes_in_words
from game.playing.branches import retold
from game.playing.causes import Causes, causes
from game.playing.proof import as_data, weigh
from game.playing.proof import told as proof_told
from game.playing.session import Session
from game.record.carried import file_beside, level_line, rules_line
from game.record.replay import Recorder, Replay, read_replay
from game.run.backends import kernel
from game.sim.actions import OUTCOMES
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import new_worlds
from game.telling.ripples import told
from game.telling.shares import Joint, joints, share_line, together_lines


def replay(args: argparse.Namespace) -> int:
    """Play a replay again and say how it ended; with `--verify` compare every season, 1 where one differs."""
    if args.verify:
        kept = read_replay(Path(args.file))
        fault = kept.fault()
        print(fault or f"{len(kept.plans)} seasons, all as noted", file=sys.stderr if fault else sys.stdout)
        return 1 if fault else 0
    kept = _replay_in(args.file)
    game = kept.game()
    outcome = ("still running", "won", "lost", "over without reaching every goal")[int(game.end.outcome[0])]
    title_ = game.model.level.title
    print(f"{title_}, seed {kept.seed}: {game.seasons} seasons, {len(game.deeds)} deeds, {outcome}")
    return 0


def _replay_in(name: str) -> Replay:
    """Return the replay in a file; where its level or the rules are others by now, that is said."""
    kept = read_replay(Path(name))
    today = file_beside(kept.level, Path(name).parent)
    for line in (level_line(kept.level, today), rules_line(kept.rules)):
        if line:
            print(f"powerdance: {name}: {line}", file=sys.stderr)
    return kept


def show_ripples(args: argparse.Namespace) -> int:
    """Print what every deed of a replay did."""
    game = _replay_in(args.file).game()
    seats = game.model.level.seats
    if args.seat is not None and args.seat not in seats:
        raise UsageError(f'there is no seat "{args.seat}"; seats: {", ".join(seats)}')
    seat = None if args.seat is None else seats.index(args.seat)
    deeds = None if seat is None else game.of_seat(seat)
    count = len(game.deeds) if deeds is None else len(deeds)
    ticks = kernel(args.backend, game.model, 1 + count)
    found = ripples(game, deeds, ticks)
    # What one player's deeds made together; what those of all made is the whole game.
    shared = [] if seat is None else joints(fair_shares(game, deeds, ticks), game.model.layout.seats[seat])
    if args.json:
        print(json.dumps(_ripples_as_data(found, shared), indent=1, ensure_ascii=False))
        return 0
    for number, books in enumerate(who_pays(found)):
        print("\n".join([*told(found, number, books), *share_line(game.model, shared, number)]))
    print("\n".join(together_lines(shared)) if shared else "\n".join(_only_together(found)))
    return 0


def _only_together(found: Ripples) -> list[str]:
    """Return how far ripples do not add up, for what lives."""
    level, lines = found.game.model.level, []
    for key, values in found.together.items():
        if key[0] == "stock" and abs(values[-1]).max() > 0.0 and level.stocks[key[1]].living:
            share = 100 * found.interaction_share(key)
            lines.append(f"{key[1]}: {share:.0f} % of what was done is what the deeds did only together")
    return lines


def _ripples_as_data(found: Ripples, shared: list[Joint]) -> dict[str, Any]:
    return {
        "level": found.game.model.level.id,
        "actions": [_deed_as_data(found, number, books) for number, books in enumerate(who_pays(found))],
        "interaction": {
            name: found.interaction_share((kind, name)) for kind, name in found.together if kind == "stock"
        },
        "together": [_joint_as_data(found.game.model, one) for one in shared],
    }


def _joint_as_data(model: Model, joint: Joint) -> dict[str, Any]:
    """Return what all deeds made of one number; `shares`, in the order of `actions`, add up to end - without."""
    return {
        "number": joint.figure.title,
        "stock": joint.figure.stock,
        "unit": model.level.stocks[joint.figure.stock].unit,
        "end": joint.found.end,
        "without": joint.found.without,
        "shares": joint.found.shares.tolist(),
        "hangs_on_others": joint.found.leans,
    }


def _deed_as_data(found: Ripples, number: int, books: Payers) -> dict[str, Any]:
    model, deed = found.game.model, found.deeds[number]
    candidate = model.candidates[deed.candidate]
    effects = effects_of(found, number)
    return {
        "season": deed.season + 1,
        "who": model.level.seats[deed.seat],
        "action": candidate.action,
        "target": candidate.label,
        "outcome": OUTCOMES[deed.outcome],
        "aim": next((_effect_as_data(model, one) for one in effects if one.intended), None),
        "effects": [
            _effect_as_data(model, one) for one in [*effects, *largest_later(found, number)] if not one.intended
        ],
        "gains": books.gains,
        "costs": books.costs,
        "partner_share": books.partner_share,
        "sham": books.sham,
    }


def _effect_as_data(model: Model, effect: Effect) -> dict[str, Any]:
    names = model.layout.communities
    return {
        "stock": effect.change.name,
        "where": {"tiles": effect.tiles, "centre": list(effect.centre)} if effect.centre else None,
        "who": [names[one] for one in effect.change.who],
        "season": effect.season + 1,
        "amount": effect.change.amount,
        "unit": effect.change.unit,
        "bearer": effect.bearer,
        "flow": effect.change.flow,
    }


def show_why(args: argparse.Namespace) -> int:
    """Print why a stock changed in one season of a replay: blame and web."""
    game = _replay_in(args.file).game()
    where = _asked_for(game.model, args.stock, args.community)
    if not game.seasons:
        raise UsageError(f"{args.file} holds no season yet")
    if args.season is not None and args.season > game.seasons:
        raise UsageError(f"this game has {game.seasons} seasons, there is no season {args.season}")
    season = _worst_season(game, where) if args.season is None else args.season - 1
    found = causes(game, where, season)
    if args.json:
        print(json.dumps(_causes_as_data(game.model, found), indent=1, ensure_ascii=False))
    else:
        print("\n".join(causes_in_words.told(game.model, found, -1)))
    return 0


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


def show_proof(args: argparse.Namespace) -> int:
    """Print what two rules of proof would have made of a replay."""
    kept = _replay_in(args.file)
    game = kept.game()
    session = retold(Session(game.model, kept.seed, 1, kept.policies), game.plans)
    found = weigh(session, game, -1, kernel(args.backend, game.model, 1 + len(game.deeds)))
    if args.json:
        print(json.dumps(as_data(game.model, found), indent=1, ensure_ascii=False))
    else:
        print("\n".join(proof_told(found)))
    return 0


def show_loops(args: argparse.Namespace) -> int:
    """Print the loops of a level after some seasons under a policy."""
    level = load_level(args.level)
    policies = seat_policies(args.policy, level.seats) if args.policy else level.default_policies()
    model = compile_level(level)
    game = _game(model, policies, min(args.season, model.seasons), args.seed)
    found = loops_now(model, game.end, game.deeds)
    print(_FORMATS[args.format](model, found))
    return 0


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
        wait = f" ({delay:.0f} seasons)" if delay >= 1 else ""
        lines.append(f'  {source} -> {target} [label="{"+" if pull > 0 else "-"}{wait}", penwidth={width:.1f}];')
    return "\n".join([*lines, "}"])


_FORMATS = {"text": _as_text, "json": _as_json, "mermaid": _as_mermaid, "dot": _as_dot}
FORMATS = tuple(_FORMATS)


def write_replay(level_name: str, policies: tuple[str, ...], seed: int, file: Path, difficulty: str = TOLD) -> None:
    """Play one game under policies and keep it as a replay.  Raises LevelError, UnreadableFile, OSError."""
    model = compile_level(at_difficulty(load_level(level_name), difficulty))
    recorder = Recorder(model, seed, policies, difficulty)
    world = new_worlds(model, [seed])
    for _ in range(model.seasons):
        actions = plan_season(model, world, policies)
        world = step(model, world, actions)
        recorder.note(actions, world)
    recorder.replay().write(file)
