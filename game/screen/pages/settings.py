"""The settings: a row for each, changed where it stands, and a page on which keys are given other letters."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.record.settings import CHOICES, KEYS, Settings
from game.screen.kit.messages import ChangeSetting
from game.screen.kit.page import Page
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.telling.say import say

STEPS: dict[str, tuple[float, ...]] = {
    "letter_size": (0.8, 1.0, 1.25, 1.5, 2.0),
    "effects": (0.0, 0.25, 0.5, 0.75, 1.0),
    "music": (0.0, 0.25, 0.5, 0.75, 1.0),
    "telling_speed": (1.0, 2.0, 4.0),
}
ROWS = (
    "full_screen", "letter_size", "sound", "effects", "music", "telling_speed", "difficulty", "reduced_motion",
    "high_contrast", "colour_aid", "pictures", "ask_before_leaving", "all_levels_open",
)  # fmt: skip


def next_step(name: str, value: float) -> float:
    """Return the next larger of the steps of a setting; after the largest the smallest."""
    return next((step for step in STEPS[name] if step > value + 0.01), STEPS[name][0])


def next_choice(name: str, value: str) -> str:
    """Return the choice after one; after the last the first."""
    choices = CHOICES[name]
    return choices[(choices.index(value) + 1) % len(choices)]


def in_words(name: str, value: bool | float | str) -> str:
    """Return what a setting is now."""
    if isinstance(value, str):
        return say(f"settings.{name}_{value}")
    if isinstance(value, bool):
        return say("settings.on" if value else "settings.off")
    return say("settings.times", times=round(value)) if name == "telling_speed" else say(
        "settings.percent", percent=round(100 * value))  # fmt: skip


class Sheet(ScreenPage):
    """A sheet with rows, each with a button at its right end, and buttons at its foot."""

    title = ""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Return name, label, what it is now, and more about it, of each row."""
        raise NotImplementedError(f"{type(self).__name__} does not say which rows it has: write `rows`")

    def pressed(self, name: str) -> None:
        """Act on the button of a row."""
        raise NotImplementedError(f"{type(self).__name__} does not say what its buttons do: write `pressed`")

    def feet(self) -> list[tuple[str, str, Callable[[], None]]]:
        """Return name, label and effect of the buttons at the foot."""
        return [("close settings", say("page.back"), self.close)]

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        ui.cover()
        bounds, rows = ui.surface.get_rect(), self.rows()
        wanted = ui.px(126 + 46 * len(rows))
        rect = pygame.Rect(0, 0, min(ui.px(600), bounds.width - ui.px(24)), min(wanted, bounds.height - ui.px(20)))
        rect.center = bounds.center
        ui.sheet(rect)
        inner = rect.inflate(-ui.px(44), -ui.px(28))
        top = inner.y + ui.text(say(self.title), inner.topleft, "head", bold=True, width=inner.width) + ui.px(8)
        foot = pygame.Rect(inner.x, inner.bottom - ui.px(42), inner.width, ui.px(42))
        if not ui.focus:
            ui.focus = rows[0][0]
        with Page(ui, self.title, pygame.Rect(inner.x, top, inner.width, foot.y - top - ui.px(8)), keys=True) as page:
            for row in rows:
                self._draw_row(ui, page, *row)
        feet = self.feet()
        wide = (foot.width - ui.px(10) * (len(feet) - 1)) // len(feet)
        for number, (name, label, act) in enumerate(feet):
            if ui.button(name, pygame.Rect(foot.x + number * (wide + ui.px(10)), foot.y, wide, foot.height), label):
                act()

    def _draw_row(self, ui: Ui, page: Page, name: str, label: str, now: str, more: str) -> None:
        high = ui.px(40)
        button = pygame.Rect(page.x + page.width - ui.px(138), page.y + ui.px(2), ui.px(130), high)
        room = pygame.Rect(page.x, button.y, button.x - page.x - ui.px(10), high)
        ui.label(label, room, "strong")
        ui.tip(more, room)
        on = now == say("settings.on")
        looks = ("with_soft", "with", "with") if on else ("panel", "panel_edge", "ink")
        if ui.button(name, button, now, True, *looks, size="strong", tip=more):
            self.pressed(name)
        page.y += high + ui.px(6)


class SettingsPage(Sheet):
    """All settings; whatever is changed holds at once."""

    title = "settings.title"

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Return name, label, what it is now, and more about it, of each row."""
        return [(name, say(f"settings.{name}"), in_words(name, self.settings[name]), say(f"settings.{name}_tip"))
                for name in ROWS]  # fmt: skip

    def pressed(self, name: str) -> None:
        """Turn a setting on or off, or go to its next step."""
        now = self.settings[name]
        if name in CHOICES:
            self.stack.send(ChangeSetting(name, next_choice(name, now)))
        else:
            self.stack.send(ChangeSetting(name, not now if isinstance(now, bool) else next_step(name, now)))

    def feet(self) -> list[tuple[str, str, Callable[[], None]]]:
        """Return name, label and effect of the buttons at the foot."""
        return [("keys", say("settings.keys"), lambda: self.stack.push(KeysPage(self.settings))), *super().feet()]


class KeysPage(Sheet):
    """Which letter does what; a row that was pressed waits for another letter."""

    title = "settings.keys"
    back_to = "keys"
    typing = True  # letters are what they are here

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.waiting = ""  # for a letter, in this row

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Return name, label, what it is now, and more about it, of each row."""
        keys = self.settings["keys"]
        return [(f"key {name}", say(f"keys.{name}"), say("keys.press") if name == self.waiting else keys[name].upper(),
                 say("keys.tip")) for name in KEYS]  # fmt: skip

    def pressed(self, name: str) -> None:
        """Wait for the letter that shall do this."""
        self.waiting = name.removeprefix("key ")

    def feet(self) -> list[tuple[str, str, Callable[[], None]]]:
        """Return name, label and effect of the buttons at the foot."""
        return [("usual keys", say("keys.usual"), lambda: self.stack.send(ChangeSetting("keys", dict(KEYS)))),
                *super().feet()]  # fmt: skip

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        for event in ui.input.keys if self.waiting else ():
            if pygame.K_a <= event.key <= pygame.K_z:
                self._give(chr(event.key))
                break
        super().draw(ui)

    def _give(self, letter: str) -> None:
        """Give the row that waits a letter; whichever had it takes the one that becomes free."""
        keys = self.settings["keys"]
        other = next((name for name, key in keys.items() if key == letter), self.waiting)
        self.stack.send(ChangeSetting("keys", {**keys, other: keys[self.waiting], self.waiting: letter}))
        self.waiting = ""

    def escape(self) -> None:
        """Wait no more for a letter, or shut the page."""
        if self.waiting:
            self.waiting = ""
        else:
            self.close()
