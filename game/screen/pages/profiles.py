"""Who plays: choosing a name, writing a new one, deleting one with its games."""

from __future__ import annotations

from collections.abc import Mapping

import pygame

from game.record.store import NAME_LENGTH, clean_name
from game.screen.kit.messages import ChooseName, DeleteName
from game.screen.kit.page import Page
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import ARROWS, Ui
from game.telling.say import say

MOST_NAMES = 12
FIELD = "new name"
TYPING = (*ARROWS, pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)  # keys that the field uses itself


class ProfileSheet(ScreenPage):
    """A sheet above the title with all names and a field for a new one."""

    typing = True

    def __init__(self, names: list[str], now: str, stars: Mapping[str, int] | None = None) -> None:
        self.names, self.now, self.stars = names, now, stars or {}
        self.text = ""
        self.leaving = ""  # the name that is to be deleted, while that is asked

    def escape(self) -> None:
        """Shut the sheet, or keep the name that was about to be deleted."""
        if self.leaving:
            self.leaving = ""
        else:
            self.close()

    def _ask_for(self, message: ChooseName | DeleteName) -> None:
        self.close()
        self.stack.send(message)

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        ui.cover()
        bounds = ui.surface.get_rect()
        wanted = ui.px(240 + 54 * max(1, len(self.names)))
        rect = pygame.Rect(0, 0, min(ui.px(520), bounds.width - ui.px(24)), min(wanted, bounds.height - ui.px(20)))
        rect.center = bounds.center
        ui.sheet(rect)
        inner = rect.inflate(-ui.px(44), -ui.px(28))
        if self.leaving:
            self._draw_question(ui, inner)
        else:
            self._draw_choice(ui, inner)

    def _draw_question(self, ui: Ui, inner: pygame.Rect) -> None:
        y = inner.y + ui.text(say("names.sure", name=self.leaving), inner.topleft, "head", bold=True, width=inner.width)
        text = say("names.lost")
        ui.text(text, (inner.x, y + ui.px(6)), "strong", width=inner.width)
        wide = (inner.width - ui.px(12)) // 2
        spot = pygame.Rect(inner.x, inner.bottom - ui.px(44), wide, ui.px(44))
        if not ui.focus:
            ui.focus = "keep name"
        if ui.button("keep name", spot, say("names.keep"), True, "with", "with", "panel", size="strong"):
            self.leaving = ""
        spot = spot.move(wide + ui.px(12), 0)
        if ui.button("delete for good", spot, say("names.gone"), True, "panel", "bad", "bad", size="strong"):
            self._ask_for(DeleteName(self.leaving))

    def _draw_choice(self, ui: Ui, inner: pygame.Rect) -> None:
        y = inner.y + ui.text(say("names.title"), inner.topleft, "head", bold=True, width=inner.width) + ui.px(6)
        foot = pygame.Rect(inner.x, inner.bottom - ui.px(42), inner.width, ui.px(42))
        high = ui.height("0", "small", inner.width)
        field = pygame.Rect(inner.x, foot.y - ui.px(54), inner.width, ui.px(42))
        label = (inner.x, field.y - high - ui.px(4))
        with Page(ui, "names", pygame.Rect(inner.x, y, inner.width, label[1] - y - ui.px(6))) as page:
            for name in self.names:
                self._draw_name(ui, page, name)
        full = len(self.names) >= MOST_NAMES
        text = say("names.full" if full else "names.new")
        ui.text(text, label, "small", "soft_ink", width=inner.width)
        if not full:
            self._draw_field(ui, field)
        if ui.button("close names", foot, say("names.back")):
            self.close()

    def _draw_name(self, ui: Ui, page: Page, name: str) -> None:
        side = ui.px(42)
        spot = pygame.Rect(page.x + ui.px(3), page.y + ui.px(3), page.width - side - ui.px(14), side)
        looks = ("with_soft", "with", "with") if name == self.now else ("panel", "panel_edge", "ink")
        if ui.button(f"name {name}", spot, name, True, *looks, picture="check" if name == self.now else "person"):
            self._ask_for(ChooseName(name))
        if self.stars.get(name):
            count = str(self.stars[name])
            left = spot.right - ui.px(30) - ui.width(count, "small", True)
            ui.icon("star", (left, spot.centery - ui.px(8)), 16)
            ui.label(
                count, pygame.Rect(left + ui.px(19), spot.y, spot.right - left - ui.px(19), side), "small", bold=True
            )
            ui.tip(say("names.stars", count=count), spot, f"name {name}")
        cross = pygame.Rect(spot.right + ui.px(6), spot.y, side, side)
        # The last name stays: somebody always plays.
        if len(self.names) > 1 and ui.button(
            f"delete {name}", cross, "", picture="cross", tip=say("names.delete", name=name)
        ):
            self.leaving = name
        page.y += side + ui.px(8)

    def _draw_field(self, ui: Ui, rect: pygame.Rect) -> None:
        """A line to write on: letters go here while the sheet is open."""
        self._type(ui)
        button = pygame.Rect(rect.right - ui.px(90), rect.y, ui.px(90), rect.height)
        line = pygame.Rect(rect.x, rect.y, button.left - rect.x - ui.px(8), rect.height)
        ui.keepers[FIELD] = TYPING
        if not ui.focus:
            ui.focus = FIELD
        ui.area(FIELD, line)
        ui.panel(line, "panel", "focus" if ui.focus == FIELD else "soft_ink", 8)
        ui.label(f"{self.text}|" if ui.focus == FIELD else self.text, line.inflate(-ui.px(20), -ui.px(8)), "strong")
        ui.ring(FIELD, line)
        name = clean_name(self.text)
        entered = ui.focus == FIELD and ui.pressed_key(pygame.K_RETURN, pygame.K_KP_ENTER)
        if ui.button("add name", button, say("names.add"), bool(name), "with", "with", "panel") or (entered and name):
            self._ask_for(ChooseName(name))

    def _type(self, ui: Ui) -> None:
        if ui.input.text:
            ui.focus = FIELD
            self.text = "".join(sign for sign in self.text + ui.input.text if sign.isprintable())[:NAME_LENGTH]
        while ui.focus == FIELD and ui.pressed_key(pygame.K_BACKSPACE):
            self.text = self.text[:-1]
