"""What nobody counts nobody sees: the board, numbers, dials and the ledger are silent until the game is over."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from game.level.reader import load_level
from game.players.policies import plan_season
from game.playing.afterwards import afterwards
from game.playing.explain import explain
from game.playing.session import Session
from game.playing.standing import goals_standing
from game.playing.view import view
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.sight import as_seen, unseen
from game.sim.step import step
from game.sim.world import World


@lru_cache(maxsize=1)
def shore() -> Model:
    return compile_level(load_level("small_things"))


def played(policy: str, seasons: int) -> World:
    model = shore()
    world = new_worlds(model, [11])
    for _ in range(seasons):
        world = step(model, world, plan_season(model, world, (policy,) * len(model.level.seats)))
    return world


def idled(seasons: int) -> Session:
    session = Session(shore(), 11, 1, ("over",) * 4)
    for _ in range(seasons):
        session.end_turn()
    return session


def dust_on(session: Session) -> list[float]:
    rows = view(session, parts=("board",))["board"]["stocks"]["dust"]["values"]
    return [one for row in rows for one in row if one is not None]


def test_dust_lies_there_and_nobody_sees_it_while_nobody_counts() -> None:
    session = idled(5)
    assert float(session.world.stock["dust"].sum()) > 2.0
    assert unseen(session.model, session.world) == {"dust", "dose"}
    assert dust_on(session) == []
    lines = explain(session, {"about": "number", "stock": "dose", "household": "hale"})["lines"]
    assert "nobody has measured it" in lines[0] and len(lines) == 2


def test_the_dial_of_what_is_poisoned_stands_still_where_nobody_counts() -> None:
    session = idled(5)
    assert session.history[-1].dials["toxification"] == session.history[0].dials["toxification"]


def test_nobody_is_told_to_fare_otherwise_by_what_nobody_sees() -> None:
    session = Session(shore(), 11, 1, ("idle",) * 4)
    hard = next(at for at, one in enumerate(session.model.candidates) if one.action == "run_it_hard")
    for _ in range(3):
        session.add(hard)
        session.end_turn()
    work = session.fared.ask(0)
    work.wait()
    told = {one.of for fares in work.result or () for one in fares.differences}
    assert unseen(session.model, session.world) == {"dust", "dose"}
    assert "grain" in told and not told & {"dust", "dose"}


def test_a_goal_about_what_nobody_sees_does_not_tell_how_it_stands() -> None:
    session = idled(5)
    standing = {one.about: one.streak for one in goals_standing(session)}
    assert int(session.world.streak[2, 0]) > 0 and standing["dose"] == 0


def test_where_counters_hang_everything_is_seen() -> None:
    model, world = shore(), played("with", 4)
    assert unseen(model, world) == frozenset() and as_seen(model, world) is world


def test_the_ledger_is_silent_about_what_nobody_sees() -> None:
    session = idled(1)
    names = [one.action for one in session.model.candidates]
    session.add(names.index("run_it_hard"))
    session.end_turn()
    assert session.last is not None
    changes = [change.name for card in session.last.cards[0] for change in card.besides]
    assert changes and not {"dust", "dose"} & set(changes)


def test_when_the_game_is_over_everything_is_seen() -> None:
    session = idled(28)
    assert session.over and max(dust_on(session)) > 0.1


def test_what_is_seen_is_as_it_was_at_the_start_where_nobody_counts() -> None:
    model, world = shore(), played("over", 6)
    shown = as_seen(model, world)
    assert np.array_equal(shown.stock["dust"], model.stocks["dust"].start * np.ones_like(world.stock["dust"]))
    assert shown.stock["waste"] is world.stock["waste"] or np.array_equal(shown.stock["waste"], world.stock["waste"])


def test_half_of_the_waste_is_left_in_three_hundred_years_and_hardly_any_dust() -> None:
    left = {one.stock: one.values for one in afterwards(shore(), played("over", 28))}
    assert 0.45 < left["mud"][-1] / left["mud"][0] < 0.55
    assert left["dust"][-1] < 0.01 * left["dust"][0]


def test_a_level_that_names_nothing_tells_nothing_of_later() -> None:
    model = compile_level(load_level("one_nail"))
    assert afterwards(model, new_worlds(model, [1])) == []
