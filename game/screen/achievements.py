"""What a player has reached: levels won, stars, the codex; kept in the store, or while the program runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from game.playing.codex import Met
from game.record.store import Entry, Store


class Achievements:
    """What one player has reached.  Whatever writes may raise StoreError, and is remembered all the same."""

    def __init__(self, store: Store | None, profile: int) -> None:
        self.store, self.profile = store, profile
        self.progress: dict[str, bool] = store.progress(profile) if store else {}
        self.stars: dict[str, frozenset[str]] = store.stars(profile) if store else {}
        self.entries: list[Entry] = store.entries(profile) if store else []

    def finish(self, level: str, won: bool, objective: float) -> None:
        """Note how a level ended."""
        self.progress[level] = won or self.progress.get(level, False)
        if self.store is not None:
            self.store.finish(self.profile, level, won, objective)

    def win(self, level: str, stars: Collection[str]) -> frozenset[str]:
        """Note stars won in a level; return which of them are new."""
        before = self.stars.get(level, frozenset())
        self.stars[level] = before | frozenset(stars)
        if self.store is not None and stars:
            self.store.win_stars(self.profile, level, sorted(stars))
        return frozenset(stars) - before

    def meet(self, found: Sequence[Met], level: str, game: int | None) -> list[Met]:
        """Write into the codex what was met; return what was not in it yet."""
        known = {(entry.kind, entry.name) for entry in self.entries}
        new = [one for one in found if (one.kind, one.name) not in known]
        entries = [Entry(one.kind, one.name, level, game, one.details) for one in new]
        self.entries += entries
        if self.store is not None and entries:
            self.store.meet(self.profile, entries)
        return new

    def named(self, kind: str, game: int | None = None) -> set[str]:
        """Return the names of the entries of a kind; with `game` only of those first met in that game."""
        return {entry.name for entry in self.entries if entry.kind == kind and game in (None, entry.game)}
