"""The whole program on the screen: title, game, ending; and the games that are kept."""

from __future__ import annotations

import secrets
from pathlib import Path

from game.level.reader import load_level
from game.level.schema import Level
from game.playing.session import Planning, Session
from game.record.store import SavedGame, Store, StoreError
from game.screen.app import Window, open_window, run
from game.screen.ending import EndingScene
from game.screen.play import PlayScene
from game.screen.title import TitleScene
from game.screen.ui import Ui
from game.sim.goals import objective
from game.sim.model import RULE_NUMBER, compile_level
from game.sim.world import WON


class Shell:
    """Shows one scene at a time and keeps the game after every season."""

    def __init__(self, window: Window, store: Store | None, notice: str = "") -> None:
        self.window, self.store, self.notice = window, store, notice
        self.profile = 0
        self.saved: SavedGame | None = None
        self.scene: TitleScene | PlayScene | EndingScene | None = None
        if store is not None:
            names = store.profiles()
            self.profile = store.profile(store.setting("profile", names[0] if names else "Player"))
            window.user_scale = float(store.setting("scale", 1.0))
            window.fit()

    def title(self) -> None:
        """Go to the title."""
        progress = self.store.progress(self.profile) if self.store else {}
        running = self.store.running(self.profile) if self.store else None
        self.scene = TitleScene(progress, running, self.store, self.notice)
        self.notice = ""

    def start(self, level: Level, name: str, people: int, seed: int | None, policies: tuple[str, ...]) -> None:
        """Begin a game."""
        game = SavedGame(
            name, secrets.randbelow(1_000_000) if seed is None else seed, people, policies, rules=RULE_NUMBER
        )
        self.saved = game
        self.scene = PlayScene(Session(compile_level(level), game.seed, people, policies), name)

    def resume(self, game: SavedGame) -> None:
        """Go on with a kept game: all its decisions are made again."""
        model = compile_level(load_level(game.level))
        session = Session(model, game.seed, game.people, game.policies)
        index = {candidate.key: number for number, candidate in enumerate(model.candidates)}
        for plan in game.plans:
            for seat, (actions, refuses) in plan.items():
                session.planning[seat] = Planning(tuple(index[key] for key in actions if key in index), refuses)
            for _ in session.seats:
                session.end_turn()
        self.saved = game
        self.scene = PlayScene(session, game.level)
        self.scene.opening = False

    def frame(self, ui: Ui, seconds: float) -> bool:
        """Draw one frame; False when the program shall end."""
        scene = self.scene
        if isinstance(scene, PlayScene):
            scene.update(seconds)
            scene.draw(ui)
            self._keep(scene)
            if scene.wish == "leave":
                self.title()
            elif scene.wish == "ending":
                self.scene = EndingScene(scene.session, scene.level_id)
        elif isinstance(scene, EndingScene):
            scene.draw(ui)
            if scene.wish == "title":
                self.title()
            elif scene.wish == "again":
                session = scene.session
                assert self.saved is not None
                self.start(
                    session.model.level,
                    self.saved.level,
                    self.saved.people,
                    session.seed if scene.same_seed else None,
                    self.saved.policies,
                )
        elif isinstance(scene, TitleScene):
            scene.draw(ui, seconds)
            return self._follow_title(scene)
        return True

    def _follow_title(self, scene: TitleScene) -> bool:
        if scene.wish == "quit":
            return False
        if scene.wish == "continue" and scene.running is not None:
            self.resume(scene.running)
        elif scene.wish == "play" and scene.chosen is not None:
            self.start(scene.chosen, scene.chosen.id, scene.people, None, (scene.policy,) * len(scene.chosen.seats))
        elif scene.wish == "profile" and self.store is not None:
            self.profile = self.store.profile(scene.new_profile)
            self.store.set("profile", scene.new_profile)
            self.title()
        return True

    def _keep(self, scene: PlayScene) -> None:
        """Keep the game as soon as a season is over."""
        if self.saved is None or len(scene.decisions) <= self.saved.season - scene.decided_before:
            return
        self.saved.plans = [*self.saved.plans[: scene.decided_before], *scene.decisions]
        self.saved.outcome = int(scene.session.world.outcome[0])
        if self.store is None:
            return
        try:
            self.store.save(self.profile, self.saved)
            if scene.session.over:
                value = float(objective(scene.session.model, scene.session.world)[0])
                self.store.finish(self.profile, self.saved.level, self.saved.outcome == WON, value)
        except StoreError as error:
            scene.notice = f"{error}. The game goes on."


def play_window(
    name: str | None = None,
    people: int = 1,
    seed: int | None = None,
    policies: tuple[str, ...] | None = None,
    file: Path | None = None,
) -> Window:
    """Open the window and play; a level by name, or the title.

    Raises NoDisplay without a screen, LevelError and UnreadableFile for the level.
    """
    level = load_level(name) if name else None
    window = open_window()
    try:
        store, notice = Store(file), ""
    except StoreError as error:
        store, notice = None, f"{error}. Nothing will be kept."
    shell = Shell(window, store, notice)
    if level is not None and name is not None:
        shell.start(level, name, people, seed, policies or ("with",) * len(level.seats))
    else:
        shell.title()
    try:
        run(window, shell.frame)
    finally:
        if store is not None:
            store.set("scale", window.user_scale)
            store.close()
    return window
