"""The offer to end a game early with its win: made when every goal stands, told once, never forced.

Goals that count only at the end can stand long before, and many levels begin
with land that is still green: whoever idles would win the pasture in all and
the spray in 92 % of seeds if the offer came at once.  It comes in the last
quarter, where idling wins hardly more than it does at the end (measured on 24
seeds a level: none in the pasture, 17 instead of 12 % in the spray).
"""

from __future__ import annotations

from game.sim.goals import goals_stand
from game.sim.model import Model
from game.sim.world import RUNNING, World
from game.telling import words
from game.telling.say import say

FROM = 0.75  # of the seasons of a level: before so many are over nobody is offered to end


def all_stand(model: Model, world: World) -> bool:
    """Whether every goal of a game (of one world) stands as things are, while it goes on; never of a mere model."""
    game = bool(model.level.goals) and model.level.kind != "model"
    return game and int(world.outcome[0]) == RUNNING and bool(goals_stand(model, world)[0])


def may_finish(model: Model, world: World) -> bool:
    """Whether a game (of one world) may be ended now with its win."""
    return world.season >= FROM * model.seasons and all_stand(model, world)


def offer(model: Model, world: World) -> str:
    """Return what is offered and what is at stake, in words."""
    left = words.turns(model.seasons - world.season, more=True)
    return say("finish.offer", left=left, season=model.seasons)
