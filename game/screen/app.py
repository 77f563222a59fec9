"""The window: size, clock, events, and which scene is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from game.language.errors import PowerdanceError
from game.picture.sprites import icon
from game.screen.kit.finger import meant
from game.screen.kit.pad import Pad
from game.screen.kit.ui import Input, Ui

SMALLEST = (1024, 640)
DESIGN = (1280, 800)
LEAST_ROOM = (640, 400)  # in units of the design: less than this the folded panels cannot hold
FRAMES = 60
PATIENT = 10.0  # seconds without a hand or a key, after which frames become rarer
STILL_PATIENT = 1.0  # the same where nothing moves by itself
QUIET, HIDDEN = 100, 500  # milliseconds between two frames then, and while the window cannot be seen
STILL_QUIET = 300  # the same as QUIET where nothing moves by itself
FOR_FINGERS = 1.55  # how large everything is drawn at least once a finger has touched the window, where it has room
LONGEST_FRAME = 0.25  # seconds that pass for what moves, however long the window was hidden
# Held down, these go on and on; any other key counts once, or a slow frame would press it twice.
REPEATED = (
    pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_TAB, pygame.K_BACKSPACE,
    pygame.K_PAGEUP, pygame.K_PAGEDOWN, pygame.K_PLUS, pygame.K_EQUALS, pygame.K_KP_PLUS, pygame.K_MINUS,
    pygame.K_KP_MINUS,
)  # fmt: skip


WITHOUT_LETTER = 1 << 30  # what SDL adds to the codes of keys such as F1 and the arrows


class NoDisplay(PowerdanceError):
    """There is no screen to open a window on."""


@dataclass
class Window:
    """The open window and what it shows."""

    surface: pygame.Surface
    ui: Ui
    user_scale: float = 1.0
    full: bool = False
    touched: bool = False  # whether a finger has touched it
    still: bool = False  # whether nothing moves by itself: then it is drawn less often
    size_before: tuple[int, int] = DESIGN  # of the window before it filled the screen
    place_before: tuple[int, int] | None = None  # likewise; where it lies, as far as the desktop tells
    frames: list[float] = field(default_factory=list)
    down: set[int] = field(default_factory=set)  # the keys that are held
    pad: Pad = field(default_factory=Pad)

    def fit(self) -> None:
        """Follow the size of the window: everything grows and shrinks together."""
        self.surface = pygame.display.get_surface() or self.surface
        least = FOR_FINGERS if self.touched else 0.0
        self.ui.surface, self.ui.scale = self.surface, scale_for(self.surface.get_size(), self.user_scale, least)

    @property
    def size(self) -> tuple[int, int]:
        """The size of the window, also while it fills the screen: the one it goes back to."""
        return self.size_before if self.full else self.surface.get_size()

    def fill(self, full: bool) -> None:
        """Fill the screen, or be a window again of the size it had before."""
        if full == self.full:
            return
        self.full = full
        if full:
            self.size_before = self.surface.get_size()
            with suppress(pygame.error):  # not every desktop tells where a window lies
                self.place_before = pygame.display.get_window_position()
            pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        else:
            pygame.display.set_mode(self.size_before, pygame.RESIZABLE)
            if self.place_before is not None:  # else it would lie lower by its title bar, each time
                with suppress(pygame.error):
                    pygame.display.set_window_position(self.place_before)
        self.fit()


def scale_for(size: tuple[int, int], user_scale: float, least: float = 0.0) -> float:
    """Return how large everything is drawn: with the window, times the player's wish, as far as there is room."""
    width, height = size
    natural = max(0.6, min(width / DESIGN[0], height / DESIGN[1]))
    return min(max(natural * user_scale, least), width / LEAST_ROOM[0], height / LEAST_ROOM[1])


FRAME = (16, 76)  # what edges, title and a bar of the desktop take of a screen, where it does not say


def room_for(size: tuple[int, int], desktop: tuple[int, int]) -> tuple[int, int]:
    """Return the size of a window on a desktop: the one wanted, or as much of it as there is room for."""
    free = [max(least, whole - edge) for whole, edge, least in zip(desktop, FRAME, LEAST_ROOM, strict=True)]
    return min(size[0], free[0]), min(size[1], free[1])


def open_window(size: tuple[int, int] = DESIGN) -> Window:
    """Open the window.  Raises NoDisplay where there is no screen."""
    if not getattr(pygame, "IS_CE", False):
        raise NoDisplay(
            "plain pygame is installed and hides pygame-ce: run `pip uninstall pygame` "
            "and `pip install --force-reinstall pygame-ce`"
        )
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("SDL_VIDEODRIVER")
    ):
        raise NoDisplay("there is no display; play as text with `powerdance play --terminal`")
    try:
        pygame.display.init()
        pygame.font.init()
        surface = pygame.display.set_mode(room_for(size, pygame.display.get_desktop_sizes()[0]), pygame.RESIZABLE)
    except pygame.error:
        raise NoDisplay("no window can be opened here; play as text with `powerdance play --terminal`") from None
    pygame.display.set_caption("Powerdance")
    pygame.display.set_icon(icon("power_with", 64))
    pygame.key.set_repeat(350, 60)
    window = Window(surface, Ui(surface))
    window.fit()
    return window


def read_input(window: Window) -> tuple[Input, bool]:
    """Return what the player did, and whether the window shall close."""
    events = pygame.event.get()
    found = Input(mouse=pygame.mouse.get_pos(), held=pygame.mouse.get_pressed()[0])
    for event in window.pad.keys(events, pygame.time.get_ticks() / 1000.0):
        if not _window_key(window, event):
            found.keys.append(event)
    for event in events:
        if event.type == pygame.QUIT:
            return found, True
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            found.pressed, found.mouse = True, _pointed(window, event)
        elif event.type == pygame.MOUSEBUTTONUP and event.button == 1:
            found.released, found.mouse = True, _pointed(window, event)
        elif event.type == pygame.MOUSEWHEEL:
            found.wheel += event.y
        elif event.type == pygame.TEXTINPUT:
            found.text += event.text
        elif event.type == pygame.DROPFILE:
            found.dropped.append(event.file)
        elif event.type == pygame.VIDEORESIZE:
            window.fit()
        elif event.type == pygame.KEYUP:
            window.down.discard(_by_place(event).key)
        elif event.type == pygame.KEYDOWN:
            event = _by_place(event)
            again = event.key in window.down and event.key not in REPEATED
            window.down.add(event.key)
            if not again and not _window_key(window, event):
                found.keys.append(event)
    return found, False


def _pointed(window: Window, event: pygame.event.Event) -> tuple[int, int]:
    """Return the place that a mouse or a finger means; from the first finger on everything is large enough for it."""
    spot: tuple[int, int] = event.pos
    if not getattr(event, "touch", False):
        return spot
    spot = meant(spot, window.ui.in_sight)
    if not window.touched:
        window.touched = True
        window.fit()
    return spot


def _by_place(event: pygame.event.Event) -> pygame.event.Event:
    """Return a key event as a Latin keyboard would give it, where the layout has no Latin letters or digits there.

    Keys that are named on the screen lie where they lie on a Latin keyboard:
    with a Cyrillic, Greek, Arabic or Hebrew layout their letters are others.
    """
    if event.key < 128 or event.key & WITHOUT_LETTER:
        return event
    scan = getattr(event, "scancode", 0)
    if pygame.KSCAN_A <= scan <= pygame.KSCAN_Z:
        meant = pygame.K_a + scan - pygame.KSCAN_A
    elif pygame.KSCAN_1 <= scan <= pygame.KSCAN_9:
        meant = pygame.K_1 + scan - pygame.KSCAN_1
    else:
        return event
    return pygame.event.Event(event.type, {**event.dict, "key": meant})


def _window_key(window: Window, event: pygame.event.Event) -> bool:
    if event.key == pygame.K_F11:
        window.fill(not window.full)
        return True
    if event.mod & pygame.KMOD_CTRL and event.key in (
        pygame.K_PLUS,
        pygame.K_EQUALS,
        pygame.K_KP_PLUS,
        pygame.K_MINUS,
        pygame.K_KP_MINUS,
    ):
        step = -0.1 if event.key in (pygame.K_MINUS, pygame.K_KP_MINUS) else 0.1
        window.user_scale = min(2.0, max(0.8, round(window.user_scale + step, 1)))
        window.fit()
        return True
    return False


class Pace:
    """How many frames are drawn: fewer while nobody does anything, none while the window cannot be seen."""

    def __init__(self, still: Callable[[], bool] = lambda: False) -> None:
        self.idle = 0.0  # seconds since something was pressed or moved
        self._still = still  # whether nothing moves by itself
        self._mouse = (0, 0)

    def wait(self) -> None:
        """Let the processor rest, until the next frame is due or something happens."""
        if not pygame.display.get_active():
            pygame.time.wait(HIDDEN)  # nobody sees how late it comes; to wait for events costs more
        elif self.rests:
            event = pygame.event.wait(STILL_QUIET if self._still() else QUIET)
            if event.type != pygame.NOEVENT:
                pygame.event.post(event)

    @property
    def rests(self) -> bool:
        """Whether frames are rare now."""
        return self.idle > (STILL_PATIENT if self._still() else PATIENT)

    def saw(self, found: Input, seconds: float) -> None:
        """Note whether somebody did something in this frame, which took so many seconds."""
        moved = found.mouse != self._mouse
        self._mouse = found.mouse
        did = moved or found.pressed or found.held or bool(found.keys or found.text or found.wheel or found.dropped)
        self.idle = 0.0 if did else self.idle + seconds


Draw = Callable[[Ui, float], bool]  # one frame, given the toolkit and the seconds passed; False to end


def run(window: Window, draw: Draw) -> None:
    """Show frames until `draw` (given the toolkit and the seconds passed) returns False."""
    clock, pace = pygame.time.Clock(), Pace(lambda: window.still)
    while True:
        pace.wait()
        seconds = min(clock.tick(FRAMES) / 1000.0, LONGEST_FRAME)
        events, closing = read_input(window)
        if closing:
            return
        pace.saw(events, seconds)
        if not pygame.display.get_active():
            continue
        window.ui.begin(events)
        if not draw(window.ui, seconds):
            return
        window.ui.end()
        window.frames.append(clock.get_rawtime())
        pygame.display.flip()
        if len(window.frames) == 1:  # something is seen: now there is time
            window.pad.listen()
