"""The whole program on the screen: title, game, ending; and the games that are kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pygame

from game.language.unknown import UnknownKind
from game.level.difficulty import TOLD
from game.level.heads import heads_now
from game.level.problems import LevelError, UnreadableFile
from game.playing.background import Work
from game.playing.branches import branch
from game.playing.codex import Met, loops_met, met, news_line
from game.playing.session import Session
from game.playing.stars import Tally, counting
from game.record.game_file import GAME
from game.record.rescue import keep_copy
from game.record.saved_game import SavedGame
from game.record.settings import Settings, Value
from game.record.store import Store, StoreError
from game.screen.achievements import Achievements
from game.screen.app import Window
from game.screen.endings import keep_page, next_level, open_levels, show_opening, show_wait
from game.screen.kept_games import delete_profile, plan_so_far, resumed, taken_in, use_profile
from game.screen.kit import messages
from game.screen.kit.sound import Sounds
from game.screen.kit.stack import PageStack, ScreenPage
from game.screen.kit.ui import Ui
from game.screen.pages.codex import CodexPage
from game.screen.pages.ending import EndingScene
from game.screen.pages.question import Question, questions
from game.screen.pages.settings import SettingsPage
from game.screen.pages.timelines import TimelinesScene
from game.screen.pages.title import TitleScene
from game.screen.table.play import PlayScene
from game.screen.wishes import Wishes
from game.sim import RULE_NUMBER
from game.sim.goals import objective
from game.sim.model import Model, compile_level
from game.sim.world import WON
from game.telling.say import say, told_in


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
        self.profile = 0
        self.kept = Achievements(None, 0)
        self.counting: Work[Tally] | None = None  # of the stars of a game that has just ended
        self.new_stars: frozenset[str] = frozenset()
        self.walked: set[str] = set()  # paths that were new in this game
        self.saved: SavedGame | None = None
        self.session: Session | None = None  # the game at hand
        self.stack = PageStack()
        self.wishes = Wishes(self.settings, window, self.sounds, self.stack)
        self.wishes.take_hold()
        if store is not None:
            try:
                self._open_profile(store)
            except StoreError as error:
                self.store, self.notice = None, say("kept.nothing", reason=error)

    def _open_profile(self, store: Store) -> None:
        names = store.profiles()
        self.profile = store.profile(str(store.setting("profile", names[0] if names else say("title.nobody"))))
        self.kept = Achievements(store, self.profile)

    def title(self) -> None:
        """Go to the title."""
        self.leave_game()
        before = open_levels(self.kept.progress) if self.scene is not None else set()
        games: list[SavedGame] = []
        try:
            if self.store is not None:
                games = self.store.unfinished(self.profile)
                self.kept = Achievements(self.store, self.profile)
        except StoreError as error:
            self.store, self.notice = None, say("kept.nothing", reason=error)
        fresh = open_levels(self.kept.progress) - before if before else set()
        if fresh:
            self.sounds.play("unlock")
        title = TitleScene(
            self.kept.progress, games, self.store, self.notice, self.kept.stars, self.settings["all_levels_open"],
            fresh, self.kept.entries,
        )  # fmt: skip
        self.stack.show(title)
        self.notice = ""

    def start(self, model: Model, name: str, people: int, seed: int | None, policies: tuple[str, ...],
              difficulty: str = TOLD) -> None:  # fmt: skip
        """Begin a game; the model is that of its level at the difficulty."""
        game = SavedGame(
            name, secrets.randbelow(1_000_000) if seed is None else seed, people, policies,
            rules=RULE_NUMBER, difficulty=difficulty, level_text=model.level.written,
        )  # fmt: skip
        self.leave_game()
        self.saved, self.walked = game, set()
        self._sit_down(Session(model, game.seed, people, policies), name, opening=True)

    def resume(self, game: SavedGame) -> None:
        """Go on with a kept game: all its decisions are made again, in the level as it was.

        Raises LevelError and UnreadableFile where the level cannot be read.
        """
        session = resumed(game)
        self.saved, self.walked = game, set()
        scene = self._sit_down(session, game.level)
        if game.rules != RULE_NUMBER:
            scene.notice = say("kept.older")
            game.rules = RULE_NUMBER

    def step_back(self, session: Session, level_id: str, season: int) -> None:
        """Open a past season of a game again, as a game of its own."""
        assert self.saved is not None
        self.leave_game()
        old = self.saved
        self.saved = SavedGame(
            old.level, old.seed, old.people, old.policies, list(old.plans[:season]), rules=RULE_NUMBER,
            difficulty=old.difficulty, branch=True, level_text=old.level_text,
        )  # fmt: skip
        self._sit_down(branch(session, season), level_id)

    def frame(self, ui: Ui, seconds: float) -> bool:
        """Draw one frame; False when the program shall end."""
        scene = self.scene
        for file in ui.input.dropped[:1]:
            self.open_file(Path(file))
        for name, value in self.wishes.changed_outside().items():
            self.change_setting(name, value)
        if not self.stack.top.typing:
            ui.input.keys = [self.wishes.keys.heard(key) for key in ui.input.keys]
            if ui.pressed_key(pygame.K_m):
                self.change_setting("sound", self.sounds.muted)
        with told_in(None if self.session is None else self.session.model.level.seasons):
            self.stack.draw(ui, seconds)
            if isinstance(scene, PlayScene):
                self._keep(scene)
                self._note_loops(scene)
            going = all([self._obey(message) for message in self.stack.taken()])
        if self.scene is not scene:
            # Nothing of the old scene may still be pressed.
            ui.focus = ""
            ui.areas.clear()
        self._play_sounds(ui)
        return going

    @property
    def scene(self) -> ScreenPage | None:
        """What fills the window, below all sheets."""
        return self.stack.scene

    def change_setting(self, name: str, value: Value) -> None:
        """Set something: it holds at once, and is kept.  Where that fails the game goes on without."""
        self.notice = self.wishes.change(name, value) or self.notice

    def _play_sounds(self, ui: Ui) -> None:
        scene = self.scene
        asked = scene.sounds if isinstance(scene, PlayScene) else []
        for name in asked or (["press"] if ui.pressed_any else []):
            self.sounds.play(name)
        asked.clear()

    def _obey(self, message: messages.Message) -> bool:
        """Do what a page asks for; False when the program shall end."""
        show_opening(self.window.ui, message)
        match message:
            case messages.Quit():
                return False
            case messages.Leave():
                self.title()
            case messages.PlayLevel(level_id, file):
                self._play(level_id, file)
            case messages.ShowLevel(file):
                self._title().show_file(file)
            case messages.Continue(agreed, game):
                self._continue(agreed, game)
            case messages.ThrowAway(game):
                self._throw_away(game)
            case messages.Again(same_seed):
                self._again(same_seed)
            case messages.NextLevel(level_id):
                self._next(level_id)
            case messages.KeepPage(ending):
                ending.notice = keep_page(ending.session)
            case messages.Branch(season):
                self._branch(season)
            case messages.Ended():
                self._end()
            case messages.OpenCodex():
                self.stack.push(CodexPage(self.kept.entries, heads_now(), playable=False))
            case messages.OpenSettings():
                self.stack.push(SettingsPage(self.settings))
            case messages.ChangeSetting(name, value):
                self.change_setting(name, value)
            case messages.ChooseName(name) | messages.DeleteName(name):
                self._use_name(name, delete=isinstance(message, messages.DeleteName))
            case _:
                raise UnknownKind("message of a page", type(message), "Shell._obey in screen/shell.py")
        return True

    def _end(self) -> None:
        scene = self.stack.find(PlayScene)
        assert scene is not None
        show_wait(self.window.ui, self.counting)
        tally = self.settle()
        if tally is not None and self.new_stars:
            scene.sounds.append("star")
        for name in scene.sounds:
            self.sounds.play(name)
        scene.sounds = []
        again = self.saved is not None and self.saved.branch
        after = next_level(scene.level_id, self.kept.progress, self.kept.stars, self.settings["all_levels_open"])
        self.stack.show(EndingScene(scene.session, scene.level_id, tally, again, self.counting, after))

    def _branch(self, season: int) -> None:
        scene = self.stack.find(TimelinesScene)
        assert scene is not None
        self.step_back(scene.session, scene.level_id, season)

    def open_file(self, file: Path) -> None:
        """Open what a file or folder holds: a game goes on, a level is shown; the game at hand is kept."""
        self.title()
        title = self._title()
        if file.suffix != GAME:
            title.open_file(file)
            return
        try:
            title.running = taken_in(self.store, self.profile, file)
            self._continue(False, None)
        except (StoreError, UnreadableFile, OSError) as error:
            title.notice = str(error)

    def _again(self, same_seed: bool) -> None:
        session, saved = self.session, self.saved
        assert session is not None and saved is not None
        seed = session.seed if same_seed else None
        self.start(session.model, saved.level, saved.people, seed, saved.policies, saved.difficulty)

    def _throw_away(self, game: int) -> None:
        with self._trouble_told():
            if self.store is not None:
                self.store.throw_away(game)
        self.title()

    def _continue(self, agreed: bool, game: int | None) -> None:
        title = self._title()
        if game is not None:
            title.running = next((one for one in title.games if one.id == game), None)
        if title.running is None:
            return
        asked = questions(title.running)
        if asked and not agreed:
            again = messages.Continue(agreed=True)
            self.stack.push(Question(asked, say("kept.go_on"), say("kept.leave"), again, "continue"))
            return
        try:
            self.resume(title.running)
        except (LevelError, UnreadableFile) as error:
            title.notice, title.running = say("kept.cannot", reason=str(error).splitlines()[0]), None

    @contextmanager
    def _trouble_told(self) -> Iterator[None]:
        """Tell what goes wrong with what is kept, and go on."""
        try:
            yield
        except StoreError as error:
            self.notice = str(error)

    def _title(self) -> TitleScene:
        found = self.stack.find(TitleScene)
        assert found is not None, "only pages of the title ask for this"
        return found

    def _play(self, level_id: str, file: str) -> None:
        title = self._title()
        chosen = title.to_play(level_id)
        level = title.panel.level(chosen)
        policies, difficulty = title.panel.policies(level), title.panel.difficulty
        self.start(compile_level(level), file or level.id, title.people, None, policies, difficulty)

    def _next(self, level_id: str) -> None:
        """Go on to another level, with as many people and as rough as the one before."""
        saved = self.saved
        self.title()
        if saved is not None and self._title().prepare(level_id, saved.people, saved.difficulty):
            self._play(level_id, "")

    def _use_name(self, name: str, delete: bool) -> None:
        """Play under another name, or delete one: then the oldest of the others takes its place, if it is in use."""
        with self._trouble_told():
            if self.store is not None:
                now = delete_profile(self.store, name) if delete else use_profile(self.store, name)
                self.profile = self.profile if now is None else now
        self.title()

    def _keep(self, scene: PlayScene) -> None:
        """Keep the game as soon as a season is over."""
        fresh = self.saved is not None and len(scene.decisions) > self.saved.season - scene.decided_before
        ended = self.saved is not None and int(scene.session.world.outcome[0]) != self.saved.outcome
        if self.saved is not None and not (fresh or ended):
            self._keep_plan(self.saved, scene.session)
        if self.saved is None or not (fresh or ended):
            return
        self.saved.planned = {}
        self.saved.plans = [*self.saved.plans[: scene.decided_before], *scene.decisions]
        self.saved.outcome = int(scene.session.world.outcome[0])
        over = scene.session.over and not self.saved.branch
        try:
            if self.store is not None:
                self.store.save(self.profile, self.saved)
                keep_copy(self.store)
            # Whoever has seen how a season ends wins it with hindsight: that opens nothing and wins nothing.
            if over:
                value = float(objective(scene.session.model, scene.session.world)[0])
                self.kept.finish(self.saved.level, self.saved.outcome == WON, value)
            if scene.session.last is not None:
                scene.news = self._note(scene, met(scene.session, scene.session.last))
        except StoreError as error:
            # The tray has room for a few words only; the title tells the rest.
            scene.notice, self.notice = say("kept.not_saved"), str(error)
        if over:
            new = self.walked | (set() if self.saved.id is None else self.kept.named("path", self.saved.id))
            self.counting = counting(scene.session, new, self.kept.named("path"))

    def _keep_plan(self, game: SavedGame, session: Session) -> None:
        """Keep a plan as it grows, so that closing the window in mid-season loses nothing."""
        planned = plan_so_far(session)
        if self.store is None or session.over or planned == game.planned:
            return
        game.planned = planned
        with self._trouble_told():
            self.store.save(self.profile, game)

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
        with self._trouble_told():
            self._note(scene, loops_met(scene.session))

    def leave_game(self, seconds: float = 0.0) -> None:
        """Give the game at hand its stars if it is over, and give up what is worked out beside it.

        `seconds` is how long to wait for the present bit of that work to end.
        """
        self.settle()
        if self.counting is not None:
            self.notice, self.counting = say("kept.no_stars", reason=self.counting.trouble), None
        if self.session is not None:
            self.session.background.close(seconds)
            self.session = None

    def _sit_down(self, session: Session, level_id: str, opening: bool = False) -> PlayScene:
        with told_in(session.model.level.seasons):
            self.session, scene = session, PlayScene(session, level_id, opening)
        self.stack.show(scene)
        return scene

    def settle(self) -> Tally | None:
        """Give a game that has ended its stars, once."""
        self.new_stars = frozenset()
        if self.counting is None or self.saved is None:
            return None
        tally = self.counting.wait()
        if tally is None:
            return None  # the page that tells the ending says why, and may try again
        self.counting = None
        with self._trouble_told():
            self.new_stars = self.kept.win(self.saved.level, tally.won)
        return tally
