"""A part of the window that scrolls when what it holds is longer than itself."""

from __future__ import annotations

from types import TracebackType

import pygame

from game.screen.kit.ui import Ui

GUTTER = 11  # for the thumb


class Page:
    """Use it as `with Page(ui, name, rect) as page`: draw from `page.y` down within `page.width`, then set `page.y`.

    The wheel scrolls what the mouse is over; Page Up and Page Down scroll what
    holds the focus or the mouse, or any page with `keys`.  What the keyboard
    walks to comes into sight by itself.
    """

    def __init__(self, ui: Ui, name: str, rect: pygame.Rect, keys: bool = False) -> None:
        self.ui, self.name, self.rect, self.keys = ui, name, rect, keys
        self.offset = ui.offsets.get(name, 0)
        self.x = rect.x
        # A page that was too long keeps its gutter, so that text does not break anew with every frame.
        self.width = rect.width - (ui.px(GUTTER) if name in ui.long_pages else 0)
        self.y = rect.y - self.offset
        self._first = len(ui.areas)

    def __enter__(self) -> Page:
        self._outer = self.ui.surface.get_clip()
        self.ui.surface.set_clip(self.rect.clip(self._outer))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ui.surface.set_clip(self._outer)
        if kind is not None:
            return
        length = self.y + self.offset - self.rect.y
        most = max(0, length - self.rect.height)
        if not most:
            self.ui.long_pages.discard(self.name)
            self.ui.offsets[self.name] = 0
            return
        self.ui.long_pages.add(self.name)
        self._scroll(length, most)

    def _scroll(self, length: int, most: int) -> None:
        ui = self.ui
        areas = ui.areas[self._first :]
        focused = next((rect for name, rect in areas if name == ui.focus and ui.by_keyboard), None)
        over = ui.hovered(self.rect)
        offset = self.offset
        if over:
            offset -= ui.input.wheel * ui.px(48)
        if over or self.keys or focused is not None:
            step = round(self.rect.height * 0.85)
            offset += step if ui.pressed_key(pygame.K_PAGEDOWN) else 0
            offset -= step if ui.pressed_key(pygame.K_PAGEUP) else 0
        if focused is not None and ui.walked:
            margin = ui.px(8)
            offset += max(0, focused.bottom + margin - self.rect.bottom)
            offset -= max(0, self.rect.top + margin - focused.top)
        bar = pygame.Rect(self.rect.right - ui.px(6), self.rect.y, ui.px(6), self.rect.height)
        thumb = max(ui.px(20), round(bar.height * self.rect.height / length))
        offset = self._dragged(bar, thumb, most, offset)
        offset = min(max(0, offset), most)
        ui.offsets[self.name] = offset
        pygame.draw.rect(ui.surface, ui.colours["neutral_soft"], bar, border_radius=bar.width // 2)
        bar.y += round((bar.height - thumb) * offset / most)
        bar.height = thumb
        pygame.draw.rect(ui.surface, ui.colours["faint"], bar, border_radius=bar.width // 2)

    def _dragged(self, bar: pygame.Rect, thumb: int, most: int, offset: int) -> int:
        ui = self.ui
        if ui.input.pressed and ui.hovered(bar.inflate(ui.px(6), 0)):
            ui.held_page = self.name
        if ui.held_page != self.name:
            return offset
        if not ui.input.held and not ui.input.pressed:
            ui.held_page = ""
            return offset
        return round((ui.input.mouse[1] - bar.y - thumb / 2) / max(1, bar.height - thumb) * most)
