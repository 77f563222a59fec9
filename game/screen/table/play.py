"""The scene of a game in play: the board takes the window, the hand lies below it, a narrow column at each side.

What is pointed at is told beside it.  Where letters are so large that this has
no room, all but the board folds into tabs.
"""

from __future__ import annotations

import pygame

from game.playing.session import Session
from game.playing.shown import SEAT
from game.screen.kit.course_chart import draw_course
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.pages.overlays import HelpPage
from game.screen.table.banner import draw_banner
from game.screen.table.board_view import BoardView
from game.screen.table.choice_band import draw_band
from game.screen.table.detail import draw_card_detail, draw_detail
from game.screen.table.hand import draw_folded_hand, draw_hand
from game.screen.table.lenses import lenses_of
from game.screen.table.letter_note import room_left
from game.screen.table.loop_lens import Lens
from game.screen.table.panels import draw_side
from game.screen.table.places import places
from game.screen.table.plan_column import draw_plan
from game.screen.table.popup import Popup
from game.screen.table.season_report import ReportPage
from game.screen.table.standing_column import draw_standing
from game.screen.table.strip import draw_next, draw_pace, draw_strip, next_spot
from game.screen.table.table import TABS, Table
from game.screen.table.tray import draw_tray
from game.telling.say import say


class PlayScene(Table):
    """One game on the screen."""

    def __init__(self, session: Session, level_id: str, opening: bool = True) -> None:
        super().__init__(session, level_id, opening)
        self.view, self.loops, self.popup = BoardView(self), Lens(self), Popup(self, self._homes)
        self._backdrop: tuple[object, pygame.Surface] | None = None

    def update(self, seconds: float) -> None:
        """Let time pass on the screen; the world waits for the player."""
        self.clock += 0.0 if self.still else seconds
        if self.report is not None:
            self.shown.prepare()
        elif self.breath.stage == self.stage:  # not in the very frame in which a hand comes up
            self.shown.look_into_minds()
        if self.report is not None and not self.told:
            self.told_seconds += seconds * self.speed
        self.plan_seconds += seconds
        self.breath.draw(self.stage, seconds)

    def _homes(self) -> list[pygame.Rect]:
        return self.view.homes(self.view.place) if self.view.place is not None else []

    def read(self) -> None:
        """Lay the whole report of the season above the table."""
        assert self.report is not None
        self.skip()
        self.report_page = ReportPage(self, self.report)
        self.stack.push(self.report_page)

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
        self._note_press(ui)
        # While a season is told nothing but its skipping can be pressed.
        self._backdrop, ui.blocked = None, self.covered and not self.told
        self._draw_table(ui)
        ui.blocked = False
        self._keys(ui)

    def _note_press(self, ui: Ui) -> None:
        if ui.input.pressed and self.stage != "hand":
            self.pressed_at = ui.input.mouse

    def draw_below(self, ui: Ui) -> None:
        """Under a sheet the table stands still: drawn once, then shown again."""
        self._note_press(ui)
        key = (ui.surface.get_size(), ui.scale, id(ui.colours), self.shown.state(SEAT), *self.stack.pages)
        if self._backdrop is None or self._backdrop[0] != key:
            ui.blocked = True
            self._draw_table(ui)
            ui.blocked = False
            self._backdrop = (key, ui.surface.copy())
        ui.surface.blit(self._backdrop[1], (0, 0))

    def _draw_table(self, ui: Ui) -> None:
        ui.surface.fill(ui.colours["paper"])
        self.pointed = None
        self.beside = ui.roomy and not self.lens
        if self.beside:
            self._draw_wide(ui)
            return
        self.popup.rect = None
        area = ui.surface.get_rect().inflate(-ui.px(16), -ui.px(14))
        gap = ui.px(8)
        banner = pygame.Rect(area.x, area.y, area.width, ui.px(62 if ui.roomy else 46))
        draw_banner(ui, banner, self)
        rest = pygame.Rect(area.x, banner.bottom + gap, area.width, area.bottom - banner.bottom - gap)
        if ui.roomy:
            self._draw_lens(ui, rest, gap)
        else:
            self._draw_folded(ui, rest, gap)

    def _draw_wide(self, ui: Ui) -> None:
        """Draw the table as it is wherever there is room: nothing lies on the board but what is asked for."""
        found = places(ui, self.size, len(self.shown["actions"]))
        seen, ui.input = ui.input, self.popup.without_mouse(ui)
        if ui.input.pressed:
            self.pinned = None
        self._draw_board(ui, self.view.fit(ui, found.board, 0), False)
        if self.report is not None:
            told = self.told
            draw_strip(ui, found.hand, self, self.read)
            if told:
                draw_next(ui, next_spot(ui, found.hand), self)
        elif self.card is not None and not self.covered:
            draw_band(ui, found.hand, self, self.card)
        else:
            draw_hand(ui, found.hand, self, found.across, found.down)
        draw_plan(ui, found.right, self)
        draw_standing(ui, found.left, self, lambda: self.loops.open(ui))
        ui.input = seen
        self.popup.draw(ui, ui.surface.get_rect().inflate(-ui.px(8), -ui.px(8)))

    def _draw_chart(self, ui: Ui, place: pygame.Rect) -> None:
        """Draw the course of a model, which has no land to look at, where a board would lie."""
        ui.panel(place, "panel", "panel_edge", 8)
        inner = place.inflate(-ui.px(24), -ui.px(24))
        with Page(ui, "course of the model", inner) as page:
            draw_course(ui, page, self.shown, inner.height)

    def _draw_lens(self, ui: Ui, rest: pygame.Rect, gap: int) -> None:
        """Draw the loops over the board, and beside it what they are."""
        listed = pygame.Rect(rest.right - ui.px(392), rest.y, ui.px(392), rest.height)
        middle = pygame.Rect(rest.x, rest.y, listed.left - gap - rest.x, rest.height)
        place = self.view.fit(ui, middle, ui.px(110))
        below = pygame.Rect(middle.x, place.bottom + gap, middle.width, middle.bottom - place.bottom - gap)
        self._draw_board(ui, place, False)
        self.loops.draw_list(ui, listed)
        self.loops.draw_explained(ui, below)

    def _draw_board(self, ui: Ui, place: pygame.Rect, doors: bool) -> None:
        """Draw the board, and above it the loops, or with `doors` the buttons that show them and what is to come."""
        if self.lens:
            self.view.draw(ui, place)
            self.loops.draw_over(ui, place)
            return
        if self.shown["level"]["model"]:
            self._draw_chart(ui, place)
            return
        self.view.draw(ui, place)
        self.view.buttons = []
        if doors and not self.covered:
            homes = self.view.homes(place)
            lens = self.loops.draw_button(ui, place, homes)
            self.view.buttons = [lens, self.ahead.draw_button(ui, self.stack, place, lens, homes)]

    def _draw_folded(self, ui: Ui, rest: pygame.Rect, gap: int) -> None:
        left = pygame.Rect(rest.x, rest.y, round(rest.width * 0.49), rest.height)
        place = self.view.fit(ui, left, ui.px(104) + gap)
        self._draw_board(ui, place, True)
        below = pygame.Rect(left.x, place.bottom + gap, left.width, left.bottom - place.bottom - gap)
        right = pygame.Rect(left.right + gap, rest.y, rest.right - left.right - gap, rest.height)
        if self.lens:
            self.loops.draw_list(ui, right)
            self.loops.draw_explained(ui, below)
            return
        if self.told:
            foot = pygame.Rect(right.x, right.bottom - ui.px(42), right.width, ui.px(42))
            draw_strip(ui, pygame.Rect(right.x, right.y, right.width, foot.top - gap - right.y), self, self.read)
            if self.report is not None:
                draw_next(ui, foot, self)
            return
        draw_tray(ui, below, self)
        if self.report is not None:
            draw_pace(ui, pygame.Rect(right.x, right.y, right.width, ui.px(76)), self)
            return
        right = room_left(ui, right, self, above=True)
        high = ui.px(30)
        wide = (right.width - gap) // len(TABS)
        for number, name in enumerate(TABS):
            spot = pygame.Rect(right.x + number * (wide + gap // 2), right.y, wide, high)
            chosen = self.tab == name
            if ui.button(f"tab {name}", spot, say(f"tab.{name}"), True, "selected" if chosen else "panel",
                         "ink" if chosen else "panel_edge", size="small"):  # fmt: skip
                self.tab, self.selected = name, ""
        self._draw_tab(ui, pygame.Rect(right.x, right.y + high + gap, right.width, right.height - high - gap))

    def _draw_tab(self, ui: Ui, rect: pygame.Rect) -> None:
        card = self.card
        if self.tab == "why":
            draw_detail(ui, rect, self)
        elif self.tab == "people":
            pressed = draw_side(ui, rect, self)
            if pressed is not None:
                self.press_household(pressed)
        elif card is not None:
            ui.sheet(rect)
            inner = rect.inflate(-ui.px(16), -ui.px(12))
            with Page(ui, f"choose {card['id']}", inner, keys=True) as page:
                draw_card_detail(ui, page, self, card)
        else:
            draw_folded_hand(ui, rect, self)

    def _keys(self, ui: Ui) -> None:
        if self.report is not None and self.stack.top is self and ui.pressed_key(pygame.K_c):
            self.read()
        lenses = lenses_of(self)
        self.ahead.key = pygame.K_2 + len(lenses)
        for number, name in enumerate(lenses if self.open_to_view else ()):
            if ui.pressed_key(pygame.K_1 + number):
                self.show_lens(name)
        if self.open_to_view and ui.pressed_key(pygame.K_l, pygame.K_1 + len(lenses)):
            self.toggle_lens(ui)
        elif self.open_to_view:  # what has a button on the strip has its key there, too
            self._open_by_key(ui)
        if self.covered:
            return
        if self.selected and ui.pressed_key(pygame.K_e, pygame.K_u, pygame.K_r):
            self.still_choosing()
        elif ui.pressed_key(pygame.K_e):
            if self.settled:
                self.end_season()
        elif ui.pressed_key(pygame.K_u):
            self.undo()
        elif ui.pressed_key(pygame.K_r):
            self.redo()
        elif ui.pressed_key(pygame.K_a):
            self.open_letters()

    def _open_by_key(self, ui: Ui) -> None:
        if ui.pressed_key(pygame.K_h, pygame.K_F1):
            self.stack.push(HelpPage())
        elif ui.pressed_key(pygame.K_w, self.ahead.key):
            self.stack.push(self.ahead)

    def toggle_lens(self, ui: Ui) -> None:
        """Show the loops, with the keyboard on the first of them, or put them away."""
        if self.lens:
            self.lens = False
        else:
            self.loops.open(ui)
            ui.focus_next = "loop 0"
