"""A small toolkit drawn anew every frame: text that fits, buttons, tooltips, keyboard focus.

Everything that can be pressed has a name, so that focus survives from frame
to frame; Tab and the arrow keys walk, Enter presses.  What is drawn is noted
(`marks`), so that a test can measure that no text is cut off or covered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pygame

from game.level.library import data_root
from game.picture.palette import Colour, palette
from game.picture.sprites import icon

SIZES = {"small": 13, "body": 15, "strong": 17, "head": 22, "title": 44}


@lru_cache(maxsize=64)
def font(points: int, bold: bool) -> pygame.font.Font:
    """Return the font of the game in a size of pixels."""
    name = "Lato-Bold.ttf" if bold else "Lato-Regular.ttf"
    return pygame.font.Font(str(data_root() / "assets" / "fonts" / name), points)


@lru_cache(maxsize=4000)
def rendered(text: str, points: int, bold: bool, colour: Colour) -> pygame.Surface:
    """Return a line of text, drawn once and kept."""
    return font(points, bold).render(text, True, colour)


@lru_cache(maxsize=4000)
def wrapped(text: str, points: int, bold: bool, width: int) -> tuple[str, ...]:
    """Break a text into lines no wider than `width`; a word that is too long is broken too."""
    lines: list[str] = []
    measure = font(points, bold).size
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if measure(longer)[0] <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            while measure(word)[0] > width and len(word) > 1:
                cut = len(word)
                while cut > 1 and measure(word[:cut])[0] > width:
                    cut -= 1
                lines.append(word[:cut])
                word = word[cut:]
            line = word
        lines.append(line)
    return tuple(lines)


@dataclass
class Mark:
    """Something drawn: what kind, where, inside what, and its words."""

    kind: str  # text | button
    rect: pygame.Rect
    inside: pygame.Rect
    text: str = ""


@dataclass
class Input:
    """What the player did since the last frame."""

    mouse: tuple[int, int] = (-1, -1)
    pressed: bool = False
    released: bool = False
    held: bool = False
    wheel: int = 0
    keys: list[pygame.event.Event] = field(default_factory=list)


class Ui:
    """Draws on one surface and answers what was pressed."""

    def __init__(self, surface: pygame.Surface, scale: float = 1.0) -> None:
        self.surface, self.scale = surface, scale
        self.colours = palette()
        self.input = Input()
        self.focus = ""
        self.by_keyboard = False
        self.marks: list[Mark] = []
        self._order: list[tuple[str, pygame.Rect]] = []
        self._last_order: list[tuple[str, pygame.Rect]] = []
        self._tip: tuple[str, pygame.Rect] | None = None
        self._enter = False
        self._modal_from = 0

    def px(self, size: float) -> int:
        """Return a length in pixels at the present scale."""
        return max(1, round(size * self.scale))

    def points(self, size: str) -> int:
        """Return a font size in pixels at the present scale."""
        return max(9, round(SIZES[size] * self.scale))

    def begin(self, events: Input) -> None:
        """Start a frame."""
        self.input = events
        self.marks.clear()
        self._last_order, self._order = self._order, []
        self._tip, self._enter, self._modal_from = None, False, 0
        if events.pressed or events.wheel:
            self.by_keyboard = False
        for key in list(events.keys):
            self._walk(key)

    def _walk(self, key: pygame.event.Event) -> None:
        names = [name for name, _ in self._last_order]
        if key.key == pygame.K_TAB and names:
            step = -1 if key.mod & pygame.KMOD_SHIFT else 1
            place = names.index(self.focus) + step if self.focus in names else (0 if step > 0 else -1)
            self.focus, self.by_keyboard = names[place % len(names)], True
        elif key.key in _ARROWS and not key.mod & pygame.KMOD_SHIFT and names:
            self.focus, self.by_keyboard = self._nearest(_ARROWS[key.key]), True
        elif key.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE) and self.focus in names:
            self._enter, self.by_keyboard = True, True
        else:
            return
        self.input.keys.remove(key)

    def _nearest(self, direction: tuple[int, int]) -> str:
        here = next((rect for name, rect in self._last_order if name == self.focus), None)
        if here is None:
            return self._last_order[0][0]
        best, nearest = self.focus, 1e9
        for name, rect in self._last_order:
            dx, dy = rect.centerx - here.centerx, rect.centery - here.centery
            ahead = dx * direction[0] + dy * direction[1]
            aside = abs(dx * direction[1]) + abs(dy * direction[0])
            if ahead > 3 and ahead + 2.5 * aside < nearest:
                best, nearest = name, ahead + 2.5 * aside
        return best

    def cover(self) -> None:
        """Everything drawn so far can no longer be pressed: something lies above it."""
        self._order.clear()
        self.marks.clear()
        shade = pygame.Surface(self.surface.get_size(), pygame.SRCALPHA)
        shade.fill((*self.colours["shade"], 120))
        self.surface.blit(shade, (0, 0))
        self._modal_from = 1

    def end(self) -> None:
        """Finish a frame: the tooltip comes last, above everything."""
        if self._tip:
            self._draw_tip(*self._tip)
        names = [name for name, _ in self._order]
        if self.focus and self.focus not in names:
            self.focus = names[0] if names and self.by_keyboard else ""

    def panel(self, rect: pygame.Rect, fill: str = "panel", edge: str = "panel_edge", radius: float = 10) -> None:
        """Draw a sheet of paper."""
        pygame.draw.rect(self.surface, self.colours[fill], rect, border_radius=self.px(radius))
        pygame.draw.rect(self.surface, self.colours[edge], rect, self.px(1.5), border_radius=self.px(radius))

    def text(
        self,
        text: str,
        at: tuple[int, int],
        size: str = "body",
        colour: str | Colour = "ink",
        bold: bool = False,
        width: int | None = None,
        inside: pygame.Rect | None = None,
        centre: bool = False,
    ) -> int:
        """Draw text from its upper left corner, broken into lines within `width`; return the height."""
        points = self.points(size)
        tint = self.colours[colour] if isinstance(colour, str) else colour
        lines = wrapped(text, points, bold, width) if width else (text,)
        step = font(points, bold).get_linesize()
        for number, line in enumerate(lines):
            picture = rendered(line, points, bold, tint)
            left = at[0] - picture.get_width() // 2 if centre else at[0]
            rect = picture.get_rect(topleft=(left, at[1] + number * step))
            self.surface.blit(picture, rect)
            if line.strip():
                self.marks.append(Mark("text", rect, inside or self.surface.get_rect(), line))
        return step * len(lines)

    def height(self, text: str, size: str, width: int, bold: bool = False) -> int:
        """Return how high a text would be."""
        points = self.points(size)
        return font(points, bold).get_linesize() * len(wrapped(text, points, bold, width))

    def icon(self, name: str, at: tuple[int, int], size: float) -> None:
        """Draw an icon from its upper left corner."""
        self.surface.blit(icon(name, self.px(size)), at)

    def area(self, name: str, rect: pygame.Rect, enabled: bool = True) -> bool:
        """Note something that can be pressed; return whether it was."""
        if enabled:
            self._order.append((name, rect))
        over = rect.collidepoint(self.input.mouse)
        if enabled and over and self.input.pressed:
            self.focus = name
            return True
        if enabled and self._enter and self.focus == name:
            self._enter = False
            return True
        return False

    def hovered(self, rect: pygame.Rect) -> bool:
        """Whether the mouse is over a rectangle."""
        return rect.collidepoint(self.input.mouse)

    def has_focus(self, name: str) -> bool:
        """Whether the keyboard points at something."""
        return self.by_keyboard and self.focus == name

    def ring(self, name: str, rect: pygame.Rect, radius: float = 8) -> None:
        """Draw the focus ring around what the keyboard points at."""
        if self.has_focus(name):
            pygame.draw.rect(
                self.surface,
                (255, 255, 255),
                rect.inflate(self.px(7), self.px(7)),
                self.px(4),
                border_radius=self.px(radius + 3),
            )
            pygame.draw.rect(
                self.surface,
                self.colours["focus"],
                rect.inflate(self.px(7), self.px(7)),
                self.px(2.5),
                border_radius=self.px(radius + 3),
            )

    def tip(self, text: str, rect: pygame.Rect, name: str = "") -> None:
        """Show a tooltip while the mouse or the keyboard points at something."""
        if text and (self.hovered(rect) or (name and self.has_focus(name))):
            self._tip = (text, rect)

    def _draw_tip(self, text: str, near: pygame.Rect) -> None:
        pad, width = self.px(9), self.px(280)
        lines = wrapped(text, self.points("small"), False, width)
        wide = max(font(self.points("small"), False).size(line)[0] for line in lines)
        rect = pygame.Rect(0, 0, wide + 2 * pad, self.height(text, "small", width) + 2 * pad)
        rect.midtop = (near.centerx, near.bottom + self.px(6))
        bounds = self.surface.get_rect().inflate(-8, -8)
        if rect.bottom > bounds.bottom:
            rect.bottom = near.top - self.px(6)
        rect.clamp_ip(bounds)
        self.panel(rect, "selected", "ink", 6)
        self.text(text, (rect.x + pad, rect.y + pad), "small", width=width)

    def button(
        self,
        name: str,
        rect: pygame.Rect,
        label: str,
        enabled: bool = True,
        fill: str = "panel",
        edge: str = "panel_edge",
        colour: str = "ink",
        picture: str = "",
        tip: str = "",
        size: str = "body",
    ) -> bool:
        """Draw a button with a centred label; return whether it was pressed."""
        pressed = self.area(name, rect, enabled)
        lively = enabled and (self.hovered(rect) or self.has_focus(name))
        self.panel(rect, "selected" if lively else fill, edge, 8)
        points = self.points(size)
        while points > 9 and font(points, True).size(label)[0] > rect.width - self.px(14) - (
            self.px(24) if picture else 0
        ):
            points -= 1
        text = rendered(label, points, True, self.colours[colour if enabled else "faint"])
        wide = text.get_width() + (self.px(26) if picture else 0)
        left = rect.centerx - wide // 2
        if picture:
            self.icon(picture, (left, rect.centery - self.px(10)), 20)
            left += self.px(26)
        spot = text.get_rect(midleft=(left, rect.centery))
        self.surface.blit(text, spot)
        if label:
            self.marks.append(Mark("text", spot, rect, label))
        self.marks.append(Mark("button", rect, self.surface.get_rect(), label))
        self.ring(name, rect)
        self.tip(tip, rect, name)
        return pressed

    def pressed_key(self, *codes: int) -> bool:
        """Whether one of the keys was pressed; it counts once."""
        for key in self.input.keys:
            if key.key in codes:
                self.input.keys.remove(key)
                return True
        return False

    def bar(self, rect: pygame.Rect, share: float, colour: str | Colour, back: str = "neutral_soft") -> None:
        """Draw a level from 0 to 1."""
        tint = self.colours[colour] if isinstance(colour, str) else colour
        pygame.draw.rect(self.surface, self.colours[back], rect, border_radius=rect.height // 2)
        full = rect.copy()
        full.width = round(rect.width * min(max(share, 0.0), 1.0))
        if full.width >= 2:
            pygame.draw.rect(self.surface, tint, full, border_radius=rect.height // 2)
        pygame.draw.rect(self.surface, self.colours["soft_ink"], rect, 1, border_radius=rect.height // 2)


_ARROWS = {pygame.K_LEFT: (-1, 0), pygame.K_RIGHT: (1, 0), pygame.K_UP: (0, -1), pygame.K_DOWN: (0, 1)}


def line_chart(ui: Ui, rect: pygame.Rect, rows: Sequence[tuple[Sequence[float], Colour, bool]], length: int) -> None:
    """Draw lines over seasons: (values, colour, thick) each between 0 and its own top."""
    pygame.draw.rect(ui.surface, ui.colours["neutral_soft"], rect, border_radius=ui.px(4))
    for part in (0.25, 0.5, 0.75):
        y = rect.bottom - round(rect.height * part)
        pygame.draw.line(ui.surface, ui.colours["panel_edge"], (rect.left, y), (rect.right, y), 1)
    for values, colour, thick in rows:
        points = [
            (
                rect.left + round(rect.width * place / max(length, 1)),
                rect.bottom - round((rect.height - 2) * min(max(value, 0.0), 1.0)) - 1,
            )
            for place, value in enumerate(values)
        ]
        if len(points) > 1:
            pygame.draw.lines(ui.surface, colour, False, points, ui.px(3.2 if thick else 1.8))
        if points:
            pygame.draw.circle(ui.surface, colour, points[-1], ui.px(4 if thick else 3))
