"""A gamepad walks where the keyboard walks: stick and cross are arrows, and every button is a key that pages know.

SDL knows how the buttons of some hundred gamepads lie.  Where there is none,
or this computer cannot say, nothing is heard.
"""

from __future__ import annotations

import pygame

FIRST, LATER = 0.35, 0.12  # seconds after which a direction that is held counts again, and again
FAR = 0.55  # how far a stick or a trigger is pushed until it counts
Key = tuple[int, int]  # its code, and what is held with it
BUTTONS: dict[int, Key] = {
    pygame.CONTROLLER_BUTTON_A: (pygame.K_RETURN, 0),
    pygame.CONTROLLER_BUTTON_B: (pygame.K_ESCAPE, 0),
    pygame.CONTROLLER_BUTTON_X: (pygame.K_DELETE, 0),
    pygame.CONTROLLER_BUTTON_Y: (pygame.K_F1, 0),
    pygame.CONTROLLER_BUTTON_START: (pygame.K_ESCAPE, 0),
    pygame.CONTROLLER_BUTTON_BACK: (pygame.K_F11, 0),
    pygame.CONTROLLER_BUTTON_LEFTSHOULDER: (pygame.K_TAB, pygame.KMOD_SHIFT),
    pygame.CONTROLLER_BUTTON_RIGHTSHOULDER: (pygame.K_TAB, 0),
}
CROSS: dict[int, Key] = {
    pygame.CONTROLLER_BUTTON_DPAD_UP: (pygame.K_UP, 0),
    pygame.CONTROLLER_BUTTON_DPAD_DOWN: (pygame.K_DOWN, 0),
    pygame.CONTROLLER_BUTTON_DPAD_LEFT: (pygame.K_LEFT, 0),
    pygame.CONTROLLER_BUTTON_DPAD_RIGHT: (pygame.K_RIGHT, 0),
}
# What each axis is pushed back and pushed on.
AXES: dict[int, tuple[Key | None, Key | None]] = {
    pygame.CONTROLLER_AXIS_LEFTX: ((pygame.K_LEFT, 0), (pygame.K_RIGHT, 0)),
    pygame.CONTROLLER_AXIS_LEFTY: ((pygame.K_UP, 0), (pygame.K_DOWN, 0)),
    pygame.CONTROLLER_AXIS_RIGHTY: ((pygame.K_PAGEUP, 0), (pygame.K_PAGEDOWN, 0)),
    pygame.CONTROLLER_AXIS_TRIGGERLEFT: (None, (pygame.K_PAGEUP, 0)),
    pygame.CONTROLLER_AXIS_TRIGGERRIGHT: (None, (pygame.K_PAGEDOWN, 0)),
}
HEARD = (pygame.CONTROLLERBUTTONDOWN, pygame.CONTROLLERBUTTONUP, pygame.CONTROLLERAXISMOTION)


class Pad:
    """Makes keys of what is done on gamepads."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, int], tuple[Key, float]] = {}  # what is held, and when it counts again
        self._pads: list[object] = []
        self._open = False

    def listen(self) -> None:
        """Open the gamepads that are there; it takes a moment, so the window is shown before."""
        self._open = True
        try:
            from pygame._sdl2 import controller

            controller.init()
            self._pads = [controller.Controller(number) for number in range(controller.get_count())
                          if controller.is_controller(number)]  # fmt: skip
        except (ImportError, AttributeError, pygame.error, RuntimeError):
            self._pads = []

    def keys(self, events: list[pygame.event.Event], now: float) -> list[pygame.event.Event]:
        """Return the keys that were pressed by it, at a moment in seconds; what is held counts again."""
        found: list[Key] = []
        for event in events:
            if event.type in (pygame.CONTROLLERDEVICEADDED, pygame.CONTROLLERDEVICEREMOVED) and self._open:
                self._held.clear()
                self.listen()
            elif event.type == pygame.CONTROLLERBUTTONDOWN:
                if event.button in CROSS:
                    self._push(("button", event.button), CROSS[event.button], now, found)
                elif event.button in BUTTONS:
                    found.append(BUTTONS[event.button])
            elif event.type == pygame.CONTROLLERBUTTONUP:
                self._held.pop(("button", event.button), None)
            elif event.type == pygame.CONTROLLERAXISMOTION and event.axis in AXES:
                self._lean(event.axis, event.value / 32768.0, now, found)
        for name, (key, again) in self._held.items():
            if now >= again:
                self._held[name] = (key, now + LATER)
                found.append(key)
        return [pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod) for code, mod in found]

    def _lean(self, axis: int, value: float, now: float, found: list[Key]) -> None:
        """Hear a stick or a trigger, which says where it is whenever it moves."""
        back, on = AXES[axis]
        key = on if value > FAR else back if value < -FAR else None
        if key is None:
            if abs(value) < FAR * 0.8:  # a stick that trembles at the edge is held
                self._held.pop(("axis", axis), None)
        elif self._held.get(("axis", axis), (None, 0.0))[0] != key:
            self._push(("axis", axis), key, now, found)

    def _push(self, name: tuple[str, int], key: Key, now: float, found: list[Key]) -> None:
        self._held[name] = (key, now + FIRST)
        found.append(key)
