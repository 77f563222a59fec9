"""The whole program on the screen: title, game, ending; and the games that are kept."""

from __future__ import annotations

import secrets
from pathlib import Path

import pygame

from game.level.difficulty import TOLD, at_difficulty
from game.level.problems import LevelError, UnreadableFile
from game.level.reader import load_level
from game.playing.branches import branch
from game.playing.campaign import stations
from game.playing.codex import Met, loop_met, met, news_line
from game.playing.session import Planning, Session
from game.playing.stars import Counting, Tally
from game.record.carried import kept_level
from game.record.settings import Settings, SettingsError, default_file
from game.record.store import SavedGame, Store, StoreError
from game.screen.achievements import Achievements
from game.screen.app import Window, open_window, run
from game.screen.kit.sound import Sounds
from game.screen.kit.ui import Ui
from game.screen.pages.codex import CodexPage
from game.screen.pages.ending import EndingScene
from game.screen.pages.proof import ProofScene
from game.screen.pages.question import Question, questions
from game.screen.pages.ripples import DeedsScene
from game.screen.pages.timelines import TimelinesScene
from game.screen.pages.title import TitleScene, levels_now
from game.screen.table.play import PlayScene
from game.sim import RULE_NUMBER
from game.sim.goals import objective
from game.sim.model import Model, compile_level
from game.sim.world import WON

SIZES = (0.8, 1.0, 1.25, 1.5, 2.0)  # through which the pause steps


class Shell:
    """Shows one scene at a time and keeps the game after every season."""

    def __init__(
        self,
        window: Window,
        store: Store | None,
        notice: str = "",
        sounds: Sounds | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.window, self.store = window, store
        self.sounds, self.settings = sounds or Sounds(silent=True), settings or Settings()
        self.notice = notice or self.settings.notice
        self.sounds.muted = not self.settings.sound
        self.window.user_scale = self.settings.letter_size
        self.window.fit()
        self.profile = 0
        self.kept = Achievements(None, 0)
        self.counting: Counting | None = None  # the stars of a game that has just ended
        self.new_stars: frozenset[str] = frozenset()
        self.walked: set[str] = set()  # paths that were new in this game
        self.saved: SavedGame | None = None
        self.ended: EndingScene | None = None  # where the way back from the deeds and timelines leads
        self.scene: TitleScene | PlayScene | EndingScene | DeedsScene | ProofScene | TimelinesScene | None = None
        if store is not None:
            try:
                self._open_profile(store)
            except StoreError as error:
                self.store, self.notice = None, f"{error}. Nothing will be kept."

    def _open_profile(self, store: Store) -> None:
        names = store.profiles()
        self.profile = store.profile(str(store.setting("profile", names[0] if names else "Player")))
        self.kept = Achievements(store, self.profile)

    def title(self) -> None:
        """Go to the title."""
        self.settle()
        before = self._open_levels() if self.scene is not None else set()
        running = None
        try:
            if self.store is not None:
                running = self.store.running(self.profile)
                self.kept = Achievements(self.store, self.profile)
        except StoreError as error:
            self.store, self.notice = None, f"{error}. Nothing will be kept."
        fresh = self._open_levels() - before if before else set()
        if fresh:
            self.sounds.play("unlock")
        self.scene = TitleScene(
            self.kept.progress, running, self.store, self.notice, self.kept.stars, self.settings.all_levels_open, fresh,
            self.kept.entries,
        )  # fmt: skip
        self.notice = ""

    def _open_levels(self) -> set[str]:
        """Return the ids of the levels that are open to this player, were there no teacher."""
        return {one.level.id for one in stations(levels_now(), self.kept.progress, {}) if one.open}

    def start(self, model: Model, name: str, people: int, seed: int | None, policies: tuple[str, ...],
              difficulty: str = TOLD) -> None:  # fmt: skip
        """Begin a game; the model is that of its level at the difficulty."""
        game = SavedGame(
            name, secrets.randbelow(1_000_000) if seed is None else seed, people, policies,
            rules=RULE_NUMBER, difficulty=difficulty, level_text=model.level.written,
        )  # fmt: skip
        self.settle()
        self.saved, self.walked = game, set()
        self.scene = PlayScene(Session(model, game.seed, people, policies), name)

    def resume(self, game: SavedGame) -> None:
        """Go on with a kept game: all its decisions are made again, in the level as it was.

        Raises LevelError and UnreadableFile where the level cannot be read.
        """
        model = compile_level(kept_level(game.level_text, game.level, game.difficulty))
        session = Session(model, game.seed, game.people, game.policies)
        index = {candidate.key: number for number, candidate in enumerate(model.candidates)}
        for plan in game.plans:
            for seat, (actions, refuses) in plan.items():
                session.planning[seat] = Planning(tuple(index[key] for key in actions if key in index), refuses)
            for _ in session.seats:
                session.end_turn()
        self.saved, self.walked = game, set()
        game.level_text = model.level.written
        self.scene = PlayScene(session, game.level)
        self.scene.opening = False
        if game.rules != RULE_NUMBER:
            self.scene.notice = "Older rules: told anew"
            game.rules = RULE_NUMBER

    def step_back(self, session: Session, level_id: str, season: int) -> None:
        """Open a past season of a game again, as a game of its own."""
        assert self.saved is not None
        old = self.saved
        self.saved = SavedGame(
            old.level, old.seed, old.people, old.policies, list(old.plans[:season]), rules=RULE_NUMBER,
            difficulty=old.difficulty, branch=True, level_text=old.level_text,
        )  # fmt: skip
        self.scene = PlayScene(branch(session, season), level_id)
        self.scene.opening = False

    def frame(self, ui: Ui, seconds: float) -> bool:
        """Draw one frame; False when the program shall end."""
        scene = self.scene
        if not (isinstance(scene, TitleScene) and scene.typing) and ui.pressed_key(pygame.K_m):
            self._mute()
        going = self._show(ui, seconds)
        if self.scene is not scene:
            # Nothing of the old scene may still be pressed.
            ui.focus = ""
            ui.areas.clear()
        self._play_sounds(ui)
        return going

    def _mute(self) -> None:
        self.sounds.muted = not self.sounds.muted
        self.keep_setting("sound", not self.sounds.muted)

    def _change_setting(self, name: str) -> None:
        if name == "sound":
            self._mute()
            return
        later = [size for size in SIZES if size > self.window.user_scale + 0.01]
        self.window.user_scale = later[0] if later else SIZES[0]
        self.window.fit()

    def keep_setting(self, name: str, value: bool | float) -> None:
        """Keep a setting; where that fails the game goes on without."""
        try:
            self.settings.set(name, value)
        except SettingsError:
            self.notice = "Settings could not be kept."

    def _play_sounds(self, ui: Ui) -> None:
        scene = self.scene
        asked = scene.sounds if isinstance(scene, PlayScene) else []
        for name in asked or (["press"] if ui.pressed_any else []):
            self.sounds.play(name)
        if isinstance(scene, PlayScene):
            scene.sounds = []

    def _show(self, ui: Ui, seconds: float) -> bool:
        scene = self.scene
        if isinstance(scene, PlayScene):
            scene.muted, scene.user_scale = self.sounds.muted, self.window.user_scale
            scene.update(seconds)
            scene.draw(ui)
            self._keep(scene)
            self._note_loops(scene)
            if scene.wish in ("sound", "size"):
                self._change_setting(scene.wish)
                scene.wish = ""
            elif scene.wish == "codex":
                scene.book, scene.wish = CodexPage(self.kept.entries, levels_now(), playable=False), ""
            elif scene.wish == "leave":
                scene.outlook.forget()
                self.title()
            elif scene.wish == "ending":
                tally = self.settle()
                if tally is not None and self.new_stars:
                    scene.sounds.append("star")
                self._play_sounds(ui)
                again = self.saved is not None and self.saved.branch
                self.scene = EndingScene(scene.session, scene.level_id, tally, again)
        elif isinstance(scene, EndingScene):
            scene.draw(ui)
            self._follow_ending(scene)
        elif isinstance(scene, (DeedsScene, ProofScene, TimelinesScene)):
            scene.draw(ui)
            if scene.wish == "back" and self.ended is not None:
                self.scene = self.ended
            elif scene.wish == "branch" and isinstance(scene, TimelinesScene):
                self.step_back(scene.session, scene.level_id, scene.season)
        elif isinstance(scene, TitleScene):
            scene.draw(ui, seconds)
            return self._follow_title(scene)
        return True

    def _follow_ending(self, scene: EndingScene) -> None:
        if scene.wish in ("title", "again"):
            scene.hindsight.forget()
        if scene.wish == "title":
            self.title()
        elif scene.wish in ("deeds", "timelines", "proof"):
            self.ended = scene
            if scene.wish == "deeds":
                self.scene = DeedsScene(scene.hindsight, scene.level_id)
            elif scene.wish == "proof":
                self.scene = ProofScene(scene.hindsight, scene.level_id)
            else:
                self.scene = TimelinesScene(scene.session, scene.level_id)
            scene.wish = ""
        elif scene.wish == "again":
            session = scene.session
            assert self.saved is not None
            self.start(
                session.model,
                self.saved.level,
                self.saved.people,
                session.seed if scene.same_seed else None,
                self.saved.policies,
                self.saved.difficulty,
            )

    def _follow_title(self, scene: TitleScene) -> bool:
        if scene.wish == "quit":
            return False
        if scene.wish == "continue" and scene.running is not None:
            asked = questions(scene.running)
            if asked and scene.question is None:
                scene.question, scene.wish, scene.opened = Question(asked), "", False
                return True
            scene.question = None
            try:
                self.resume(scene.running)
            except (LevelError, UnreadableFile) as error:
                scene.notice, scene.running = f"This game cannot go on: {str(error).splitlines()[0]}", None
                scene.wish = ""
        elif scene.wish == "open all":
            scene.open_all, scene.wish = not scene.open_all, ""
            self.keep_setting("all_levels_open", scene.open_all)
        elif scene.wish == "play" and scene.chosen is not None:
            level = scene.panel.level(scene.chosen)
            self.start(
                compile_level(level), level.id, scene.people, None, scene.panel.policies(level), scene.panel.difficulty
            )
        elif scene.wish in ("profile", "forget") and self.store is not None:
            self._change_profile(self.store, scene.wish, scene.new_profile)
            self.title()
        return True

    def _change_profile(self, store: Store, wish: str, name: str) -> None:
        """Play under another name, or delete one; the oldest of the others takes the place of the one in use."""
        try:
            if wish == "forget":
                now = store.setting("profile", "")
                store.forget(name)
                if now != name:
                    return
                name = next(iter(store.profiles()), "Player")
            self.profile = store.profile(name)
            store.set("profile", name)
        except StoreError as error:
            self.notice = str(error)

    def _keep(self, scene: PlayScene) -> None:
        """Keep the game as soon as a season is over."""
        if self.saved is None or len(scene.decisions) <= self.saved.season - scene.decided_before:
            return
        self.saved.plans = [*self.saved.plans[: scene.decided_before], *scene.decisions]
        self.saved.outcome = int(scene.session.world.outcome[0])
        over = scene.session.over and not self.saved.branch
        try:
            if self.store is not None:
                self.store.save(self.profile, self.saved)
            # Whoever has seen how a season ends wins it with hindsight: that opens nothing and wins nothing.
            if over:
                value = float(objective(scene.session.model, scene.session.world)[0])
                self.kept.finish(self.saved.level, self.saved.outcome == WON, value)
            if scene.session.last is not None:
                scene.news = self._note(scene, met(scene.session, scene.session.last))
        except StoreError as error:
            # The tray has room for a few words only; the title tells the rest.
            scene.notice, self.notice = "Not saved! The game goes on.", str(error)
        if over:
            new = self.walked | (set() if self.saved.id is None else self.kept.named("path", self.saved.id))
            self.counting = Counting(scene.session, new, self.kept.named("path"))

    def _note(self, scene: PlayScene, found: list[Met]) -> str:
        """Write into the codex what was met; return what is new, in a line."""
        if self.saved is None or self.saved.branch:
            return ""
        known = {(entry.kind, entry.name) for entry in self.kept.entries}
        self.walked |= {one.name for one in found if one.kind == "path" and ("path", one.name) not in known}
        new = self.kept.meet(found, self.saved.level, self.saved.id)
        if any(one.kind != "action" for one in new):
            scene.sounds.append("codex")
        return news_line(new)

    def _note_loops(self, scene: PlayScene) -> None:
        """Whoever looks at the loops has met them."""
        key = (scene.session.world.season, scene.session.seat)
        if not scene.lens or scene.loops_noted == key:
            return
        scene.loops_noted = key
        try:
            self._note(scene, [loop_met(scene.session.model, one.loop) for one in scene.loops.found()[0]])
        except StoreError as error:
            self.notice = str(error)

    def settle(self) -> Tally | None:
        """Give a game that has ended its stars, once."""
        counting, self.counting, self.new_stars = self.counting, None, frozenset()
        if counting is None or self.saved is None:
            return None
        tally = counting.wait()
        try:
            self.new_stars = self.kept.win(self.saved.level, tally.won)
        except StoreError as error:
            self.notice = str(error)
        return tally


def play_window(
    name: str | None = None,
    people: int = 1,
    seed: int | None = None,
    policies: tuple[str, ...] | None = None,
    file: Path | None = None,
    difficulty: str = TOLD,
) -> Window:
    """Open the window and play; a level by name, or the title.

    `file` says where games are kept; the settings are beside it then.
    Raises NoDisplay without a screen, LevelError and UnreadableFile for the level.
    """
    level = at_difficulty(load_level(name), difficulty) if name else None
    window = open_window()
    try:
        store, notice = Store(file), ""
    except StoreError as error:
        store, notice = None, f"{error}. Nothing will be kept."
    settings = Settings(file.with_name("settings.toml") if file else default_file(), store)
    shell = Shell(window, store, notice, Sounds(), settings)
    if level is not None and name is not None:
        shell.start(compile_level(level), name, people, seed, policies or level.default_policies(), difficulty)
    else:
        shell.title()
    try:
        run(window, shell.frame)
    finally:
        shell.settle()
        shell.keep_setting("letter_size", window.user_scale)
        if store is not None:
            store.close()
    return window
