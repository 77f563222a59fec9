"""The pages of the window, one above the other: the topmost one is used, Escape shuts it.

A new page is a class with `draw` and one line that pushes it.
"""

from __future__ import annotations

from typing import TypeVar

import pygame

from game.screen.kit.messages import Message
from game.screen.kit.ui import Input, Ui


class ScreenPage:
    """Something that fills the window, or a sheet above it."""

    fills = False  # whether it fills the window: what lies below it is not drawn
    alone = False  # whether sheets between it and what fills the window are not drawn
    hides = False  # whether nothing at all is drawn below it, though it does not take the place of the scene
    typing = False  # whether letters are for what is written on it
    focus = ""  # what the keyboard points at when it opens
    back_to = ""  # what the keyboard points at when it is shut
    _stack: PageStack | None = None

    @property
    def stack(self) -> PageStack:
        """The stack on which it lies; one of its own where it was put on none."""
        return self._stack or PageStack(self)

    def put_on(self, stack: PageStack) -> None:
        """Note on which stack it lies now, and open what lies above it from the start."""
        self._stack = stack

    def update(self, seconds: float) -> None:
        """Let time pass."""

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it is drawn: write `draw`")

    def draw_below(self, ui: Ui) -> None:
        """Draw it as it lies below another page, where nothing of it can be pressed."""
        ui.blocked = True
        self.draw(ui)
        ui.blocked = False

    def escape(self) -> None:
        """Do what Escape does: shut the page."""
        self.close()

    def close(self) -> None:
        """Take the page off its stack."""
        self.stack.pop(self)


P = TypeVar("P", bound=ScreenPage)


class PageStack:
    """Pages one above the other, and the messages they have sent."""

    def __init__(self, *pages: ScreenPage) -> None:
        self.pages: list[ScreenPage] = []
        self.muted, self.user_scale = False, 1.0  # as the window has it, for pages to show
        self.still, self.asks, self.pictures, self.speed = False, True, True, 1  # what the player has set
        self.difficulty = "as_told"
        self._messages: list[Message] = []
        self._focus: str | None = None  # what the keyboard shall point at, after a page was opened or shut
        for page in pages:
            self.push(page)

    @property
    def top(self) -> ScreenPage:
        """The page that is used."""
        return self.pages[-1]

    @property
    def scene(self) -> ScreenPage | None:
        """The topmost page that fills the window."""
        return next((page for page in reversed(self.pages) if page.fills), None)

    def find(self, kind: type[P]) -> P | None:
        """Return the topmost page of a kind."""
        return next((page for page in reversed(self.pages) if isinstance(page, kind)), None)

    def push(self, page: ScreenPage) -> None:
        """Open a page above all others."""
        self.pages.append(page)
        self._focus = page.focus
        page.put_on(self)

    def pop(self, page: ScreenPage) -> None:
        """Shut a page, if it is open."""
        if page in self.pages:
            self.pages.remove(page)
            self._focus = page.back_to or self._focus

    def show(self, page: ScreenPage) -> None:
        """Shut all pages and open this one."""
        self.pages.clear()
        self.push(page)

    def send(self, message: Message) -> None:
        """Ask something of the program."""
        self._messages.append(message)

    def taken(self) -> list[Message]:
        """Return the messages that were sent since, in their order."""
        messages, self._messages = self._messages, []
        return messages

    def draw(self, ui: Ui, seconds: float = 0.0) -> None:
        """Draw one frame, after so many seconds, and act on what was pressed; what opens is drawn from the next on."""
        for page in list(self.pages):
            page.update(seconds)
        *below, top = self._shown()
        for page in below:
            page.draw_below(ui)
        top.draw(ui)
        if self.pages and self.top is top and ui.pressed_key(pygame.K_ESCAPE):
            top.escape()
        if self.pages and self.top.hides and self.top is not top:
            # What it hides may have changed under it, and is not to be seen for a single frame.
            ui.input = Input(mouse=ui.input.mouse)
            self.top.draw(ui)
        if self._focus is not None:
            # Where a page does not say what comes first it chooses itself, when nothing is pointed at.
            ui.focus, ui.focus_next = (ui.focus, self._focus) if self._focus else ("", ui.focus_next)
            self._focus = None

    def _shown(self) -> list[ScreenPage]:
        """Return the pages that are drawn, the lowest first."""
        filling = max((place for place, page in enumerate(self.pages) if page.fills or page.hides), default=0)
        alone = max((place for place, page in enumerate(self.pages) if page.alone), default=0)
        return [self.pages[filling], *self.pages[max(filling + 1, alone) :]]
