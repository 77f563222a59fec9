"""Letters that the font of the game lacks: which installed font has them, and in which pieces a line is drawn.

The game brings one font, for Latin, Greek and Cyrillic.  Names in other
scripts take whatever font the computer has; what none has is told by `check`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pygame

from game.level.library import data_root

NOBODYS = "\U0010ffff"  # no font has a picture of it: it looks as whatever a font lacks
PROBED = 16  # pixels
# What such fonts are called on Linux, Windows and macOS; any other one is tried after them.
KNOWN = (
    "notosans", "notosanscjksc", "notosanscjkjp", "notosanscjkkr", "droidsansfallback", "wenquanyimicrohei",
    "microsoftyahei", "pingfangsc", "hiraginosans", "malgungothic", "applesdgothicneo", "notosansarabic",
    "notosanshebrew", "notosansdevanagari", "notosansthai", "segoeui", "nirmalaui", "leelawadeeui", "arialunicodems",
    "notoemoji", "segoeuiemoji", "segoeuisymbol", "symbola", "dejavusans", "freesans", "unifont",
)  # fmt: skip


SCRIPTS = {
    "ARABIC": "Arab", "HEBREW": "Hebr", "SYRIAC": "Syrc", "THAANA": "Thaa", "DEVANAGARI": "Deva", "BENGALI": "Beng",
    "TAMIL": "Taml", "TELUGU": "Telu", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "KANNADA": "Knda", "MALAYALAM": "Mlym",
    "SINHALA": "Sinh", "THAI": "Thai", "LAO": "Laoo", "KHMER": "Khmr", "MYANMAR": "Mymr", "TIBETAN": "Tibt",
}  # fmt: skip
LEFTWARD = ("Arab", "Hebr", "Syrc", "Thaa")


class Piece(NamedTuple):
    """A part of a line that one font draws: None stands for the font of the game."""

    text: str
    font: str | None
    script: str = ""  # by ISO 15924, where its letters change with those beside them

    @property
    def leftward(self) -> bool:
        """Whether it is read from right to left."""
        return self.script in LEFTWARD


def own_font(bold: bool) -> str:
    """Return the file of the font of the game."""
    return str(data_root() / "assets" / "fonts" / ("Lato-Bold.ttf" if bold else "Lato-Regular.ttf"))


@lru_cache(maxsize=2000)
def pieces(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a line; a space between two words of one script belongs to them."""
    found: list[Piece] = []
    for word in re.findall(r"\s+|\S+", text):
        for sign in [word] if word.isspace() else word:
            one = Piece(sign, None) if sign.isspace() else Piece(sign, font_of(sign), _script(sign))
            if found and found[-1][1:] == one[1:]:
                found[-1] = found[-1]._replace(text=found[-1].text + sign)
            elif len(found) > 1 and found[-1].text.isspace() and found[-2][1:] == one[1:]:
                space = found.pop().text
                found[-1] = found[-1]._replace(text=found[-1].text + space + sign)
            else:
                found.append(one)
    return tuple(found)


def missing(text: str) -> str:
    """Return the letters of a text that no font of this computer can show, each once."""
    pygame.font.init()
    return "".join(dict.fromkeys(sign for sign in text if not _is_plain(sign) and not _shown_by_any(sign)))


@lru_cache(maxsize=4000)
def font_of(sign: str) -> str | None:
    """Return the file of the font that shows a sign; None for the font of the game, also where no font has it."""
    if _is_plain(sign) or _has(own_font(False), sign):
        return None
    return next((file for file in _others() if _has(file, sign)), None)


def _shown_by_any(sign: str) -> bool:
    return _has(own_font(False), sign) or font_of(sign) is not None


def _is_plain(sign: str) -> bool:
    return sign.isascii() or unicodedata.category(sign) in ("Mn", "Cf", "Zs")


def _script(sign: str) -> str:
    """Return the script of a sign, of those in which letters join, stack or run leftward; "" for any other."""
    return SCRIPTS.get(unicodedata.name(sign, " ").split(" ")[0].split("-")[0], "")


@lru_cache(maxsize=1)
def _others() -> tuple[str, ...]:
    """Return the files of all fonts of this computer, those that are known to hold many scripts first."""
    installed = pygame.font.get_fonts()
    names = [name for name in KNOWN if name in installed] + sorted(set(installed) - set(KNOWN))
    files = (pygame.font.match_font(name) for name in names)
    return tuple(dict.fromkeys(str(file) for file in files if file and Path(file).is_file()))


@lru_cache(maxsize=200)
def _probe(file: str) -> tuple[pygame.font.Font, bytes] | None:
    """Return a font and what it draws for a sign that it lacks; None where it cannot be read."""
    try:
        font = pygame.font.Font(file, PROBED)
        return font, _drawn(font, NOBODYS)
    except (pygame.error, OSError):
        return None


def _has(file: str, sign: str) -> bool:
    probe = _probe(file)
    if probe is None:
        return False
    try:
        drawn = _drawn(probe[0], sign)
    except pygame.error:
        return False
    return drawn != probe[1] and any(drawn)


def _drawn(font: pygame.font.Font, sign: str) -> bytes:
    return pygame.image.tobytes(font.render(sign, True, (255, 255, 255), (0, 0, 0)), "RGB")
