"""What people have set for the game on this computer: sound, size of letters, keys, which levels are open.

They stand in `settings.toml` in the folder where the system keeps such files,
so that they can be read and changed with any editor.  Before there was such a
file they stood among the saved games; from there they are carried over once.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import tomli_w
from platformdirs import user_config_path

from game.language.errors import PowerdanceError
from game.level.whole_files import write_whole

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LEAST_SIZE, MOST_SIZE = 0.8, 2.0  # of letters, where 1 is as designed
Value = bool | float | str | dict[str, str] | list[int]
KEYS = {"end": "e", "undo": "u", "redo": "r", "letters": "a", "coming": "w", "loops": "l", "codex": "c", "help": "h",
        "sound": "m"}  # fmt: skip
DEFAULTS: dict[str, Value] = {
    "sound": True,
    "effects": 1.0,  # how loud
    "music": 0.5,
    "full_screen": False,
    "letter_size": 1.0,
    "telling_speed": 1.0,
    "reduced_motion": False,
    "high_contrast": False,
    "colour_aid": False,
    "pictures": True,
    "difficulty": "as_told",  # of levels that have others, and of the neighbours in them
    "ask_before_leaving": True,
    "all_levels_open": False,
    "keys": KEYS,
    "window": [1280, 800],  # pixels
}
RANGES = {
    "letter_size": (LEAST_SIZE, MOST_SIZE),
    "effects": (0.0, 1.0),
    "music": (0.0, 1.0),
    "telling_speed": (1.0, 4.0),
}
CHOICES = {"difficulty": ("gentle", "as_told", "hard")}
_AMONG_GAMES = {"sound": "muted", "letter_size": "scale", "all_levels_open": "open all"}  # where they stood before


class SettingsError(PowerdanceError):
    """Settings that cannot be kept; the text is one plain line."""


def default_file() -> Path:
    """Return where settings are kept when nobody says where."""
    return user_config_path("powerdance") / "settings.toml"


class Before(Protocol):
    """Where settings stood before: among the saved games."""

    def setting(self, name: str, default: Any) -> Any:
        """Return what is set under a name."""


class Settings:
    """The settings in a file; without a file they last as long as the program.

    `notice` is one plain line where the file was broken and has been set
    aside, else empty.  What the file holds beyond the known names is kept.
    """

    def __init__(self, file: Path | None = None, before: Before | None = None) -> None:
        self.file, self.notice = file, ""
        self._values: dict[str, Any] = {}
        if file is None:
            return
        try:
            self._values = _checked(tomllib.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            if before is not None:
                self._carry_over(before)
        except (OSError, ValueError) as error:
            self.notice = f"{file}: {_reason(error)}; {_set_aside(file)}, and everything is as at first"

    @staticmethod
    def broken(file: Path) -> bool:
        """Whether a file cannot be read as settings; nothing is done about it."""
        try:
            _checked(tomllib.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return True
        return False

    def __getitem__(self, name: str) -> Any:
        """Return what holds for one of DEFAULTS.  Raises KeyError for another name."""
        if name == "keys":
            return {**KEYS, **self._values.get(name, {})}
        return self._values.get(name, DEFAULTS[name])

    def set(self, name: str, value: Value) -> None:
        """Set one and keep it.  Raises SettingsError where it cannot be kept; then it holds all the same."""
        if value == self[name]:
            return
        self._values = _checked({**self._values, name: value})
        if self.file is not None:
            try:
                _write(self.file, self._values)
            except OSError as error:
                raise SettingsError(f"{self.file}: settings could not be kept ({_reason(error)})") from None

    def _carry_over(self, store: Before) -> None:
        """Take what stands among the saved games; whatever goes wrong with that, there are always the defaults."""
        for name, old in _AMONG_GAMES.items():
            with suppress(PowerdanceError, ValueError):
                value = store.setting(old, None)
                if value is not None:
                    self._values |= _checked({name: not value if name == "sound" else value})
        if self._values and self.file is not None:
            with suppress(OSError):
                _write(self.file, self._values)


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as they are.  Raises ValueError where a known one is not of its kind."""
    for name, default in DEFAULTS.items():
        value = values.get(name, default)
        if name == "keys":
            _check_keys(value)
        elif name == "window":
            if not (isinstance(value, list) and len(value) == 2 and all(_is_pixels(one) for one in value)):
                raise ValueError("window should be two whole numbers of pixels, such as [1280, 800]")
        elif name in CHOICES:
            if value not in CHOICES[name]:
                raise ValueError(f"{name} should be one of {', '.join(CHOICES[name])}")
        elif isinstance(default, bool):
            if not isinstance(value, bool):
                raise ValueError(f"{name} should be true or false")
        elif isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise ValueError(f"{name} should be a number")
        elif not RANGES[name][0] <= value <= RANGES[name][1]:
            raise ValueError(f"{name} should lie between {RANGES[name][0]:g} and {RANGES[name][1]:g}")
    return dict(values)


def _is_pixels(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 100 <= value <= 20_000


def _check_keys(value: Any) -> None:
    """Raise ValueError where keys are no letters, or two of them the same."""
    if not isinstance(value, dict):
        raise ValueError('keys should be lines below [keys], such as end = "e"')
    bound = {**KEYS, **{name: key for name, key in value.items() if name in KEYS}}
    for name, key in bound.items():
        if not (isinstance(key, str) and len(key) == 1 and "a" <= key <= "z"):
            raise ValueError(f"the key {name} should be one letter from a to z")
    if len(set(bound.values())) < len(bound):
        raise ValueError("two keys are the same letter")


def _write(file: Path, values: Mapping[str, Any]) -> None:
    """Write settings; the file is whole or as it was before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, tomli_w.dumps(values))


def _set_aside(file: Path) -> str:
    """Give a broken file another name and return, in words, where it is now."""
    for number in range(1, 100):
        again = f"-{number}" if number > 1 else ""
        other = file.with_name(f"{file.stem}.broken-{date.today().isoformat()}{again}{file.suffix}")
        if not other.exists():
            try:
                file.rename(other)
            except OSError:
                break
            return f"it was set aside as {other.name}"
    return "it could not be set aside"


def _reason(error: Exception) -> str:
    """Return in a few words why a file could not be read or written."""
    if isinstance(error, OSError):
        return (error.strerror or "cannot be read or written").lower()
    if isinstance(error, UnicodeDecodeError):
        return "this is not text"
    return " ".join(str(error).split())
