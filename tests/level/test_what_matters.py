"""Emergence, integrity and the care of children: each has an action that changes how a place fares."""

from __future__ import annotations

import numpy as np
import pytest

from game.level.reader import load_level
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.totals import Floats
from game.sim.world import World

SEEDS, SEASONS = range(70000000, 70000008), 16


def lived(model: Model, action: str, flow: str, first: str = "", seasons: int = 0) -> tuple[World, Floats]:
    """Let the first player do one thing each season and nobody else anything; return the end and what flowed, (W,).

    In the first `seasons` it is `first` that is done; "" is nothing.
    """
    world, total = new_worlds(model, list(SEEDS)), np.zeros(len(SEEDS))
    keys = {one.action: at for at, one in reversed(list(enumerate(model.candidates)))}
    for season in range(SEASONS):
        plans, deed = Actions.none(model, len(SEEDS)), first if season < seasons else action
        if deed:
            plans.chosen[0, 0] = keys[deed]
        world = step(model, world, plans)
        moved = world.moved[flow]
        total += moved[0].reshape(-1, len(SEEDS)).sum(axis=0)
    return world, total


@pytest.mark.nightly
def test_whoever_was_seen_through_sells_again_by_marking_what_is_cracked() -> None:
    model = compile_level(load_level("market_and_message"))
    (_, silent), (_, honest) = (
        lived(model, action, "selling", "put_up_posters", 3) for action in ("", "mark_the_seconds")
    )
    assert (honest > 1.1 * silent).all()


@pytest.mark.nightly
def test_young_who_are_taught_can_do_it_and_driven_ones_cannot() -> None:
    model = compile_level(load_level("market_and_message"))
    alone, taught, driven = (
        lived(model, action, "selling")[0].stock["young"][0].ravel()
        for action in ("", "teach_the_young", "drive_the_young")
    )
    assert (taught > alone + 0.1).all() and (driven < alone).all()


@pytest.mark.nightly
def test_seed_that_changes_hands_finds_strips_that_suit_it_and_feeds_more() -> None:
    model = compile_level(load_level("the_new_seed"))
    (before, plain), (after, swapped) = (lived(model, action, "harvest") for action in ("", "swap_seed"))
    assert (after.stock["strains"] > before.stock["strains"] + 0.1).all() and (swapped > 1.02 * plain).all()
