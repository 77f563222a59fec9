"""What pages ask of the program: it alone opens games, keeps settings and names, and knows what was met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from game.playing.session import Session


class OfGame(Protocol):
    """A page about a game, which tells a notice."""

    session: Session
    notice: str


@dataclass(frozen=True)
class Quit:
    """End the program."""


@dataclass(frozen=True)
class Leave:
    """Leave the game at hand for the title; it is kept."""


@dataclass(frozen=True)
class PlayLevel:
    """Begin a level of the title, as its panel says; `file` for one of one's own."""

    level_id: str
    file: str = ""


@dataclass(frozen=True)
class ShowLevel:
    """Show a level of one's own in the panel of the title."""

    file: str


@dataclass(frozen=True)
class Continue:
    """Go on with a game that is kept; `agreed` once the player knows what has changed since.

    `game` is its number; None: the one that is at hand on the title.
    """

    agreed: bool = False
    game: int | None = None


@dataclass(frozen=True)
class ThrowAway:
    """Delete a game that is kept."""

    game: int


@dataclass(frozen=True)
class Again:
    """Play the level at hand once more from its start, with the same seed or another one."""

    same_seed: bool


@dataclass(frozen=True)
class NextLevel:
    """Leave the game that has ended for another level, with as many people and as rough as before."""

    level_id: str


@dataclass(frozen=True)
class KeepPage:
    """Write the game that has ended as a page to keep, and say on the page of its end where that lies."""

    ending: OfGame


@dataclass(frozen=True)
class Branch:
    """Open a past season of the game that has ended again."""

    season: int


@dataclass(frozen=True)
class Ended:
    """The game in play is over, and its last season has been read."""


@dataclass(frozen=True)
class OpenCodex:
    """Open the codex above the game in play."""


@dataclass(frozen=True)
class ChangeSetting:
    """Set one of the settings, called as in their file; it holds at once and is kept."""

    name: str
    value: bool | float | str | dict[str, str]


@dataclass(frozen=True)
class OpenSettings:
    """Open the settings above whatever is shown."""


@dataclass(frozen=True)
class ChooseName:
    """Play under a name, which may be new."""

    name: str


@dataclass(frozen=True)
class DeleteName:
    """Delete a name with all its games."""

    name: str


Message = (
    Quit | Leave | PlayLevel | ShowLevel | Continue | ThrowAway | Again | NextLevel | KeepPage | Branch | Ended
    | OpenCodex | OpenSettings | ChangeSetting | ChooseName | DeleteName
)  # fmt: skip
OPENING = (PlayLevel, Continue, Again, NextLevel, Branch)  # what opens a game, which may take a while
