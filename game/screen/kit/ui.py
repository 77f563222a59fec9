"""A small toolkit drawn anew every frame: text that fits, buttons, tooltips, keyboard focus.

Everything that can be pressed has a name, so that focus survives from frame
to frame; Tab and the arrow keys walk, Enter presses.  What is drawn is noted
(`marks`), so that a test can measure that no text is cut off or covered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pygame

from game.picture.palette import Colour, palette
from game.picture.sprites import icon
from game.screen.kit.lettering import LEAST, SIZES, fitted, font, rendered, width_of, wrapped

ROOMY = (1150, 700)  # from this size on, in units of the design, everything lies side by side


@dataclass
class Mark:
    """Something drawn: what kind, where, inside what, and its words."""

    kind: str  # text | button
    rect: pygame.Rect
    inside: pygame.Rect  # what must hold it
    text: str = ""
    seen: pygame.Rect = field(default_factory=lambda: pygame.Rect(0, 0, 0, 0))  # the part that is not scrolled away
    layer: int = 0  # tooltips and bubbles lie above the rest
    scrolls: bool = False  # whether it lies in a page, whose ends may hide it


@dataclass
class Input:
    """What the player did since the last frame."""

    mouse: tuple[int, int] = (-1, -1)
    pressed: bool = False
    released: bool = False
    held: bool = False
    wheel: int = 0
    keys: list[pygame.event.Event] = field(default_factory=list)
    text: str = ""  # what was typed, as letters
    dropped: list[str] = field(default_factory=list)  # paths of files that were let fall on the window


class Ui:
    """Draws on one surface and answers what was pressed."""

    def __init__(self, surface: pygame.Surface, scale: float = 1.0) -> None:
        self.surface, self.scale = surface, scale
        self.colours = palette()
        self.key_names: dict[str, str] = {}  # of keys that have been given another letter: `[E]` in a text
        self.input = Input()
        self._pressed_at = Input().mouse
        self.focus = ""
        self.focus_next = ""  # what the keyboard shall point at from the next frame on
        self.by_keyboard = False
        self.walked = False  # whether the focus went elsewhere in this frame, by key
        self.blocked = False  # while something lies above what is being drawn
        self.layer = 0
        self.pressed_any = False
        self.marks: list[Mark] = []
        self.panels: list[pygame.Rect] = []  # sheets of paper, as far as they are seen
        self.offsets: dict[str, int] = {}  # how far each page is scrolled
        self.long_pages: set[str] = set()
        self.held_page: str = ""  # the page whose thumb is held
        self.areas: list[tuple[str, pygame.Rect]] = []
        self.in_sight: list[pygame.Rect] = []  # what of each of them can be pressed: the rest is scrolled away
        self._last_areas: list[tuple[str, pygame.Rect]] = []
        self.keepers: dict[str, tuple[int, ...]] = {}  # what uses keys itself, while it has the focus
        self._tip: tuple[str, pygame.Rect] | None = None
        self._enter = False

    def px(self, size: float) -> int:
        """Return a length in pixels at the present scale."""
        return max(1, round(size * self.scale))

    def points(self, size: str) -> int:
        """Return a font size in pixels at the present scale."""
        return max(LEAST, round(SIZES[size] * self.scale))

    @property
    def roomy(self) -> bool:
        """Whether everything can lie side by side; otherwise panels fold into tabs."""
        width, height = self.surface.get_size()
        return width / self.scale >= ROOMY[0] and height / self.scale >= ROOMY[1]

    def begin(self, events: Input) -> None:
        """Start a frame."""
        self.input, self.colours = events, palette()
        self.marks.clear()
        self.panels.clear()
        self._last_areas, self.areas, self.in_sight = self.areas, [], []
        self._tip, self._enter, self.walked, self.blocked, self.layer = None, False, False, False, 0
        self.pressed_any = False
        self.surface.set_clip(None)
        if events.pressed or events.wheel:
            self.by_keyboard = False
        if events.pressed:
            self._pressed_at = events.mouse
        for key in list(events.keys):
            self._walk(key)

    def _walk(self, key: pygame.event.Event) -> None:
        names = [name for name, _ in self._last_areas]
        if self.focus in names and key.key in self.keepers.get(self.focus, ()):
            self.by_keyboard = True
            return
        if key.key == pygame.K_TAB and names:
            step = -1 if key.mod & pygame.KMOD_SHIFT else 1
            place = names.index(self.focus) + step if self.focus in names else (0 if step > 0 else -1)
            self.focus, self.by_keyboard, self.walked = names[place % len(names)], True, True
        elif key.key in ARROWS and not key.mod & pygame.KMOD_SHIFT and names:
            self.focus, self.by_keyboard, self.walked = self.nearest(ARROWS[key.key]), True, True
        elif key.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE) and self.focus in names:
            self._enter, self.by_keyboard = True, True
        else:
            return
        self.input.keys.remove(key)

    def nearest(self, direction: tuple[int, int]) -> str:
        """Return the name of what lies nearest to the focus in a direction."""
        here = next((rect for name, rect in self._last_areas if name == self.focus), None)
        if here is None:
            return self._last_areas[0][0]
        best, nearest = self.focus, 1e9
        for name, rect in self._last_areas:
            dx, dy = rect.centerx - here.centerx, rect.centery - here.centery
            ahead = dx * direction[0] + dy * direction[1]
            aside = abs(dx * direction[1]) + abs(dy * direction[0])
            if ahead > 3 and ahead + 2.5 * aside < nearest:
                best, nearest = name, ahead + 2.5 * aside
        return best

    def cover(self) -> None:
        """Everything drawn so far can no longer be pressed: something lies above it."""
        self.areas.clear()
        self.in_sight.clear()
        self.marks.clear()
        self._tip = None
        # Darker by a factor: much faster than a veil, and this happens in every frame.
        self.surface.fill((140, 139, 136), special_flags=pygame.BLEND_RGB_MULT)

    def end(self) -> None:
        """Finish a frame: the tooltip comes last, above everything."""
        if self._tip:
            self.layer = 9
            self._draw_tip(*self._tip)
        names = [name for name, _ in self.areas]
        if self.focus_next:
            self.focus, self.focus_next = self.focus_next, ""
        elif self.focus and self.focus not in names:
            # Nothing is pointed at unasked: the next key begins anew.
            self.focus = ""

    def panel(self, rect: pygame.Rect, fill: str = "panel", edge: str = "panel_edge", radius: float = 10) -> None:
        """Draw a sheet of paper."""
        self.panels.append(rect.clip(self.surface.get_clip()))
        pygame.draw.rect(self.surface, self.colours[fill], rect, border_radius=self.px(radius))
        pygame.draw.rect(self.surface, self.colours[edge], rect, self.px(1.5), border_radius=self.px(radius))

    def sheet(self, rect: pygame.Rect, fill: str = "panel", edge: str = "panel_edge", radius: float = 12) -> None:
        """Draw a sheet of paper that lies on the table: with a soft shadow."""
        low = rect.move(0, self.px(3))
        pygame.draw.rect(self.surface, self.colours["shadow"], low, border_radius=self.px(radius))
        self.panel(rect, fill, edge, radius)

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
        lines = wrapped(text, points, bold, width) if width else (text,)
        return self._lines(lines, at, points, colour, bold, inside, centre)

    def _lines(
        self,
        lines: tuple[str, ...],
        at: tuple[int, int],
        points: int,
        colour: str | Colour,
        bold: bool,
        inside: pygame.Rect | None,
        centre: bool,
    ) -> int:
        tint = self.colours[colour] if isinstance(colour, str) else colour
        step = font(points, bold).get_linesize()
        for number, line in enumerate(lines):
            picture = rendered(line, points, bold, tint)
            left = at[0] - picture.get_width() // 2 if centre else at[0]
            rect = picture.get_rect(topleft=(left, at[1] + number * step))
            self.surface.blit(picture, rect)
            if line.strip():
                self.mark("text", rect, inside, line)
        return step * len(lines)

    def mark(self, kind: str, rect: pygame.Rect, inside: pygame.Rect | None, text: str) -> None:
        """Note what was drawn."""
        clip = self.surface.get_clip()
        scrolls = clip != self.surface.get_rect()
        if inside is None:
            # In a page only the sides hold: above and below it scrolls.
            inside = pygame.Rect(clip.x, -99999, clip.width, 199998) if scrolls else clip
        self.marks.append(Mark(kind, rect, inside, text, rect.clip(clip), self.layer, scrolls))

    def label(
        self,
        text: str,
        rect: pygame.Rect,
        size: str = "body",
        colour: str | Colour = "ink",
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """Draw text in the middle of the height of a box: smaller or broken where it must; cut text has a tooltip."""
        lines, points = fitted(text, self.points(size), bold, max(rect.width, 8), max(rect.height, 8))
        step = font(points, bold).get_linesize()
        y = rect.centery - step * len(lines) // 2
        for line in lines:
            wide = width_of(line, points, bold)
            x = rect.centerx - wide // 2 if align == "centre" else rect.right - wide if align == "right" else rect.x
            self._lines((line,), (x, y), points, colour, bold, rect.inflate(2, self.px(8)), False)
            y += step
        if lines[-1].endswith("…") and not text.endswith("…"):
            self.tip(text, rect)

    def is_cut(self, text: str, room: tuple[int, int], size: str = "body", bold: bool = False) -> bool:
        """Whether a label has to cut a text to fit a box of this width and height."""
        return fitted(text, self.points(size), bold, *room)[0][-1] not in text

    def height(self, text: str, size: str, width: int, bold: bool = False) -> int:
        """Return how high a text would be."""
        points = self.points(size)
        return font(points, bold).get_linesize() * len(wrapped(text, points, bold, width))

    def width(self, text: str, size: str, bold: bool = False) -> int:
        """Return how wide a line would be."""
        return width_of(text, self.points(size), bold)

    def icon(self, name: str, at: tuple[int, int], size: float) -> None:
        """Draw an icon from its upper left corner."""
        self.surface.blit(icon(name, self.px(size)), at)

    def faded(self, name: str, side: int, alpha: int) -> pygame.Surface:
        """Return an icon of a side in pixels that shines through."""
        picture = icon(name, side).copy()
        picture.set_alpha(alpha)
        return picture

    def area(self, name: str, rect: pygame.Rect, enabled: bool = True) -> bool:
        """Note something that can be pressed; return whether it was."""
        if not enabled or self.blocked:
            return False
        self.areas.append((name, rect))
        self.in_sight.append(rect.clip(self.surface.get_clip()))
        if self.hovered(rect) and self.input.pressed:
            self.focus = name
            self.pressed_any = True
            return True
        if self._enter and self.focus == name:
            self._enter = False
            self.pressed_any = True
            return True
        return False

    def hovered(self, rect: pygame.Rect) -> bool:
        """Whether the mouse is over a rectangle, and the rectangle is not scrolled away or covered."""
        return not self.blocked and rect.clip(self.surface.get_clip()).collidepoint(self.input.mouse)

    def has_focus(self, name: str) -> bool:
        """Whether the keyboard points at something."""
        return self.by_keyboard and self.focus == name and not self.blocked

    def ring(self, name: str, rect: pygame.Rect, radius: float = 8) -> None:
        """Draw the focus ring around what the keyboard points at."""
        if self.has_focus(name):
            around = rect.inflate(self.px(5), self.px(5))
            pygame.draw.rect(self.surface, (255, 255, 255), around, self.px(4), border_radius=self.px(radius + 2))
            pygame.draw.rect(
                self.surface, self.colours["focus"], around, self.px(2.5), border_radius=self.px(radius + 2)
            )

    def tip(self, text: str, rect: pygame.Rect, name: str = "") -> None:
        """Show a tooltip while the mouse or the keyboard points at something."""
        moved = self.input.mouse != self._pressed_at  # what comes up under a mouse at rest is not pointed at
        if text and ((moved and self.hovered(rect)) or (name and self.has_focus(name))):
            self._tip = (self.with_keys(text), rect.clip(self.surface.get_clip()))

    def with_keys(self, text: str) -> str:
        """Return a text that names keys as they are at first, `[E]`, with the letters they have now."""
        return KEY_IN_TEXT.sub(lambda found: self.key_names.get(found[1].lower(), found[1]).upper(), text)

    def _draw_tip(self, text: str, near: pygame.Rect) -> None:
        pad = self.px(9)
        width = min(self.px(280), self.surface.get_width() - 4 * pad)
        lines = wrapped(text, self.points("small"), False, width)
        wide = max(self.width(line, "small") for line in lines)
        rect = pygame.Rect(0, 0, wide + 2 * pad, self.height(text, "small", width) + 2 * pad)
        rect.midtop = (near.centerx, near.bottom + self.px(6))
        bounds = self.surface.get_rect().inflate(-8, -8)
        if rect.bottom > bounds.bottom:
            rect.bottom = near.top - self.px(6)
        rect.clamp_ip(bounds)
        self.sheet(rect, "selected", "ink", 6)
        self.text(text, (rect.x + pad, rect.y + pad), "small", width=width, inside=rect)

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
        full = fill in FULL
        if not enabled:
            self.panel(rect, "neutral_soft", "faint", 8)
        else:
            sunk = lively and self.input.held and not self.by_keyboard
            self.sheet(rect, (fill if full else "selected") if lively and not sunk else fill, edge, 8)
            if lively and full:
                pygame.draw.rect(self.surface, self.colours["selected"], rect, self.px(3), border_radius=self.px(8))
        self._draw_label(rect, label, picture, size, colour if enabled else "soft_ink")
        self.mark("button", rect, None, label or name)
        self.ring(name, rect)
        self.tip(tip, rect, name)
        return pressed

    def _draw_label(self, rect: pygame.Rect, label: str, picture: str, size: str, colour: str) -> None:
        side = min(self.px(20), rect.height - self.px(6)) if picture else 0
        gap = self.px(6) if picture and label else 0
        room = rect.inflate(-self.px(12), -self.px(4))
        room.width -= side + gap
        if label:
            lines, points = fitted(label, self.points(size), True, max(room.width, 8), max(room.height, 8))
            wide = max(width_of(line, points, True) for line in lines)
        else:
            wide = 0
        left = rect.centerx - (wide + side + gap) // 2
        if picture:
            self.surface.blit(icon(picture, side), (left, rect.centery - side // 2))
        if label:
            self.label(
                label,
                pygame.Rect(left + side + gap, room.y, max(wide, 8), room.height),
                size,
                colour,
                True,
                "centre",
            )

    def pressed_key(self, *codes: int) -> bool:
        """Whether one of the keys was pressed; it counts once, and not for what lies below something else."""
        for key in () if self.blocked else self.input.keys:
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


FULL = ("with", "over", "neutral", "good")  # fills that carry light letters
KEY_IN_TEXT = re.compile(r"\[([A-Z])\]")
ARROWS = {pygame.K_LEFT: (-1, 0), pygame.K_RIGHT: (1, 0), pygame.K_UP: (0, -1), pygame.K_DOWN: (0, 1)}
