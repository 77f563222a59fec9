"""Small sheets above the table: opening, hand-over, help and pause."""

from __future__ import annotations

import pygame

from game.playing.shown import Shown
from game.screen.kit.breath import Breath
from game.screen.kit.messages import Again, ChangeSetting, Leave, OpenCodex, OpenSettings
from game.screen.kit.page import Page
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.pages.question import Question
from game.screen.pages.settings import next_step
from game.telling import words
from game.telling.say import say

HELP = (
    ("hand", "mouse"),
    ("stick", "keyboard"),
    ("gear", "pad"),
    ("grass", "board"),
    ("season", "keys"),
    ("redo", "loops"),
    ("spring", "coming"),
    ("scroll", "letters"),
    ("knot", "report"),
    ("store", "plan"),
    ("eye", "size"),
    ("caution", "caution"),
)


class AboveTable(ScreenPage):
    """A sheet above the table that Escape does not shut: it pauses the game."""

    def escape(self) -> None:
        """Pause."""
        self.stack.push(PausePage())


class HelpPage(ScreenPage):
    """What can be done with mouse and keys."""

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        lines = [(icon, ui.with_keys(say(f"help.{name}"))) for icon, name in HELP]
        if draw_sheet(ui, say("help.title"), lines, say("help.back")):
            self.close()


class HandoverPage(AboveTable):
    """The moment between two people at one computer: nothing of the table shows, which is the next one's by now."""

    hides = True

    def __init__(self, shown: Shown) -> None:
        self.shown, self._breath = shown, Breath()

    def update(self, seconds: float) -> None:
        """Note how long it has been seen: whoever presses twice to end a turn is not the one who sits down."""
        self._breath.draw("handover", seconds)

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        turn = self.shown["turn"]
        lines = [("hands", say("handover.to", who=words.within(turn["whole_name"]))), ("eye", say("handover.alone"))]
        if draw_sheet(ui, say("handover.title", who=turn["name"]), lines, say("handover.ready"), self._breath.over()):
            self.close()


class OpeningPage(AboveTable):
    """The first words of a level."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        level, mine = self.shown["level"], self.shown["turn"]["whole_name"]
        lines = [
            ("", level["opening"]),
            ("house", say("opening.you", household=words.within(mine))),
            ("power_over", say("opening.over")),
            ("power_with", say("opening.with")),
            ("eye", say("opening.point")),
            *([("scroll", level["by"])] if level["by"] else []),
        ]
        if draw_sheet(ui, level["title"], lines, say("opening.begin")):
            self.close()


def draw_sheet(ui: Ui, title: str, lines: list[tuple[str, str]], label: str, ready: bool = True) -> bool:
    """Draw a sheet of (icon, sentence) above everything; return whether its button was pressed once it was ready."""
    ui.cover()
    bounds = ui.surface.get_rect()
    width = min(ui.px(620), bounds.width - ui.px(32))
    inner, shift = width - ui.px(48), ui.px(38)
    rooms = [inner - (shift if picture else 0) for picture, _ in lines]
    needed = sum(
        max(ui.height(line, "strong", room), ui.px(28 if picture else 0)) + ui.px(10)
        for (picture, line), room in zip(lines, rooms, strict=True)
    )
    head = ui.height(title, "head", inner, True) + ui.px(26)
    high = min(head + needed + ui.px(72), bounds.height - ui.px(28))
    rect = pygame.Rect(0, 0, width, high)
    rect.center = bounds.center
    ui.sheet(rect)
    ui.text(title, (rect.x + ui.px(24), rect.y + ui.px(16)), "head", bold=True, width=inner, inside=rect)
    body = pygame.Rect(rect.x + ui.px(24), rect.y + head, inner, rect.bottom - ui.px(64) - rect.y - head)
    with Page(ui, f"sheet {title}", body, keys=True) as page:
        for picture, line in lines:
            left = shift if picture else 0
            room = page.width - left
            tall = max(ui.height(line, "strong", room), ui.px(28 if picture else 0))
            if picture:
                ui.icon(picture, (page.x, page.y + (tall - ui.px(28)) // 2), 28)
            ui.text(line, (page.x + left, page.y + (tall - ui.height(line, "strong", room)) // 2), "strong", width=room)
            page.y += tall + ui.px(10)
    button = pygame.Rect(0, 0, ui.px(220), ui.px(42))
    button.midbottom = (rect.centerx, rect.bottom - ui.px(14))
    if not ui.focus:
        ui.focus = f"sheet {title}"
    pressed = ui.button(f"sheet {title}", button, label, ready, "with", "with", "panel", size="strong")
    return (ui.pressed_key(pygame.K_RETURN, pygame.K_SPACE) or pressed) and ready


class PausePage(ScreenPage):
    """The game stands still: settings, the codex, and the way out."""

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        ui.cover()
        muted = self.stack.muted
        choices = (
            ("resume", say("pause.go_on"), ""),
            ("pause help", say("help.title"), "help"),
            ("codex", say("pause.codex"), "book"),
            ("sound", say("pause.sound_off" if muted else "pause.sound_on"), "mute" if muted else "sound"),
            ("size", say("pause.size", size=round(100 * self.stack.user_scale)), "eye"),
            ("settings", say("settings.title"), "gear"),
            ("restart", say("pause.restart"), "redo"),
            ("leave", say("pause.leave"), ""),
        )
        step = min(ui.px(53), (ui.surface.get_height() - ui.px(90)) // len(choices))
        rect = pygame.Rect(0, 0, ui.px(360), ui.px(70) + step * len(choices))
        rect.center = ui.surface.get_rect().center
        ui.sheet(rect)
        ui.icon("pause", (rect.centerx - ui.px(70), rect.y + ui.px(20)), 22)
        ui.text(say("pause.title"), (rect.centerx + ui.px(8), rect.y + ui.px(16)), "head", bold=True, centre=True)
        for number, (name, label, picture) in enumerate(choices):
            y = rect.y + ui.px(62) + number * step
            spot = pygame.Rect(rect.x + ui.px(30), y, rect.width - ui.px(60), step - ui.px(7))
            looks = ("with", "with", "panel") if number == 0 else ("panel", "panel_edge", "ink")
            if ui.button(name, spot, label, True, *looks, picture=picture, size="strong"):
                self._chosen(name)

    def _chosen(self, name: str) -> None:
        if name == "sound":
            self.stack.send(ChangeSetting("sound", self.stack.muted))
            return
        if name == "size":
            self.stack.send(ChangeSetting("letter_size", next_step("letter_size", self.stack.user_scale)))
            return
        self.close()
        if name == "pause help":
            self.stack.push(HelpPage())
        elif name == "codex":
            self.stack.send(OpenCodex())
        elif name == "settings":
            self.stack.send(OpenSettings())
        elif name == "restart":
            asked = [say("pause.restart_sure")]
            self.stack.push(Question(asked, say("pause.restart"), say("pause.restart_no"), Again(same_seed=True)))
        elif name == "leave":
            self.stack.send(Leave())
