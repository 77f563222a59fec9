"""Games that are kept: a session made of one again, its plan so far, and whose games they are."""

from __future__ import annotations

from pathlib import Path

from game.playing.season import Planning
from game.playing.session import Session
from game.record.carried import kept_level
from game.record.game_file import import_game
from game.record.saved_game import Decided, SavedGame
from game.record.store import Store
from game.sim.model import compile_level


def resumed(game: SavedGame) -> Session:
    """Return a kept game in play: all its decisions made again, in the level as it was, and the plan so far.

    Raises LevelError and UnreadableFile where the level cannot be read.
    """
    model = compile_level(kept_level(game.level_text, game.level, game.difficulty))
    session = Session(model, game.seed, game.people, game.policies)
    for plan in game.plans:
        session.pass_as_decided({seat: Planning.of(model, decided) for seat, decided in plan.items()})
    for seat, decided in game.planned.items():
        if seat in session.seats:
            session.planning[seat] = Planning.of(model, decided)
    game.level_text = model.level.written
    return session


def plan_so_far(session: Session) -> dict[int, Decided]:
    """Return what everybody has planned and answered for the season that is not over, where they have done so."""
    planned = {seat: planning.decided(session.model) for seat, planning in session.planning.items()}
    return {seat: plan for seat, plan in planned.items() if plan != ((), ())}


def taken_in(store: Store | None, profile: int, file: Path) -> SavedGame:
    """Return the game in a file that came from elsewhere, kept among those of a profile.

    Raises UnreadableFile, OSError and StoreError.
    """
    game = import_game(file)
    if store is not None:
        store.save(profile, game)
    return game


def use_profile(store: Store, name: str) -> int:
    """Play under a name from now on; return its number.  Raises StoreError."""
    number = store.profile(name)
    store.set("profile", name)
    return number


def delete_profile(store: Store, name: str) -> int | None:
    """Delete a name with its games; return the number of the name that takes its place, if it was in use.

    Raises StoreError.
    """
    now = store.setting("profile", "")
    store.forget(name)
    return use_profile(store, next(iter(store.profiles()), "Player")) if now == name else None
