"""What the player has set takes hold: of the window, its colours, the sounds, the keys, and what pages show."""

from __future__ import annotations

from game.language.unknown import UnknownKind
from game.picture.palette import AID, CONTRAST, wear
from game.record.settings import DEFAULTS, KEYS, Settings, SettingsError, Value
from game.screen.app import Window
from game.screen.kit.keys import Keys
from game.screen.kit.sound import Sounds
from game.screen.kit.stack import PageStack
from game.screen.pages.title import TitleScene
from game.telling.say import say


class Wishes:
    """Brings the settings to whatever they are about, and notes what was changed by a key of the window."""

    def __init__(self, settings: Settings, window: Window, sounds: Sounds, stack: PageStack) -> None:
        self.settings, self.window, self.sounds, self.stack = settings, window, sounds, stack
        self.keys = Keys(KEYS, KEYS)

    def take_hold(self) -> None:
        """Let everything be as it is set."""
        settings, window, stack = self.settings, self.window, self.stack
        window.user_scale, window.still = settings["letter_size"], settings["reduced_motion"]
        window.fill(settings["full_screen"])
        window.fit()
        wear(*[name for name, on in ((CONTRAST, settings["high_contrast"]), (AID, settings["colour_aid"])) if on])
        self.sounds.muted, self.sounds.volume = not settings["sound"], settings["effects"]
        self.sounds.music.muted, self.sounds.music.volume = not settings["sound"], settings["music"]
        self.keys = Keys(KEYS, settings["keys"])
        window.ui.key_names = self.keys.names
        stack.muted, stack.still, stack.pictures = self.sounds.muted, window.still, settings["pictures"]
        stack.difficulty = settings["difficulty"]
        stack.asks, stack.speed = settings["ask_before_leaving"], round(settings["telling_speed"])
        stack.user_scale = window.user_scale
        title = stack.find(TitleScene)
        if title is not None:
            title.open_all = settings["all_levels_open"]

    def change(self, name: str, value: Value) -> str:
        """Set something: it holds at once, and is kept; return why it could not be, nothing where it was.

        Raises UnknownKind for a setting that there is not.
        """
        if name not in DEFAULTS:
            raise UnknownKind("setting", name, "DEFAULTS in record/settings.py")
        trouble = ""
        try:
            self.settings.set(name, value)
        except SettingsError:
            trouble = say("kept.no_settings")
        self.take_hold()
        return trouble

    def changed_outside(self) -> dict[str, bool | float]:
        """Return what a key of the window has changed since: its size of letters, and whether it fills the screen."""
        now: dict[str, bool | float] = {"letter_size": self.window.user_scale, "full_screen": self.window.full}
        return {name: value for name, value in now.items() if value != self.settings[name]}
