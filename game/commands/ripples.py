"""`powerdance ripples`: what each deed of a kept game did until its end."""

from __future__ import annotations

import argparse
import json
from typing import Any

from game.commands.kept_game import open_replay
from game.commands.usage import FINE, UsageError, add_backend, add_json
from game.insight.played import PlayedGame
from game.insight.ripple_parts import Effect, effects_of, largest_later
from game.insight.ripples import Ripples, ripples
from game.insight.shares import fair_shares
from game.insight.who_pays import Payers, who_pays
from game.run.backends import kernel
from game.sim.actions import OUTCOMES
from game.sim.model import Model
from game.telling.ripples import deed_lines
from game.telling.say import told_in
from game.telling.shares import Joint, joints, share_line, together_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `ripples` takes."""
    parser.add_argument("file", metavar="FILE", help="a replay")
    parser.add_argument("--seat", metavar="WHO", help="only the deeds of one seat (default: of all)")
    add_json(parser)
    add_backend(parser)


def run(args: argparse.Namespace) -> int:
    """Print what every deed of a replay did, in the words that its level has for its turns."""
    game = open_replay(args.file).game()
    with told_in(game.model.level.seasons):
        return _run(args, game)


def _run(args: argparse.Namespace, game: PlayedGame) -> int:
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
        return FINE
    for number, books in enumerate(who_pays(found)):
        print("\n".join([*deed_lines(found, number, books), *share_line(game.model, shared, number)]))
    print("\n".join(together_lines(shared)) if shared else "\n".join(_only_together(found)))
    return FINE


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
        "paid_by": list(books.cosy),
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
