"""One game as one file, to be taken to another computer: with its level whole, sealed, and read within bounds.

What comes from strangers is data only.  No name in such a file opens another
one, and whatever does not fit its level is refused before anything is kept.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_documents_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from game.level.difficulty import TOLD
from game.level.problems import LevelError, UnreadableFile
from game.level.vocabulary import POLICY_NAMES
from game.level.whole_files import written_whole
from game.record.carried import CarriedLevel, kept_level
from game.record.replay import MOST_SEASONS, read_text
from game.record.saved_game import SavedGame, written
from game.sim.actions import SLOTS
from game.sim.model import Model, compile_level

GAME = ".powerdancegame"  # how such a file ends
FORMAT = 1
_Key = Annotated[str, Field(max_length=400)]
_Answer = tuple[Annotated[int, Field(ge=0, lt=SLOTS)], Annotated[int, Field(ge=0, lt=100)], bool | float]
_Plan = tuple[Annotated[list[_Key], Field(max_length=SLOTS)], Annotated[list[_Answer], Field(max_length=1000)] | None]
_Season = Annotated[dict[Annotated[str, Field(pattern=r"^[0-9]{1,2}$")], _Plan], Field(max_length=100)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    rules: Annotated[int, Field(ge=0, lt=10**6)]
    seed: Annotated[int, Field(ge=0, lt=2**64)]
    people: Annotated[int, Field(ge=1, le=100)]
    policies: Annotated[list[_Key], Field(max_length=100)]
    difficulty: _Key = TOLD
    branch: bool = False
    plans: Annotated[list[_Season], Field(max_length=MOST_SEASONS)]
    planned: _Season
    level: CarriedLevel


def export_folder() -> Path:
    """Return where games are written that are to be taken elsewhere."""
    return user_documents_path() / "Powerdance"


def export_game(game: SavedGame, folder: Path) -> Path:
    """Write a game that carries its level as a file of its own into a folder, beside all others there.

    Raises OSError where it cannot be written, and UnreadableFile for a game of an older version, without its level.
    """
    if game.level_text is None:
        raise UnreadableFile("game", "it is of an older version; play a season of it, then it carries its level")
    content = {
        "rules": game.rules, "seed": game.seed, "people": game.people, "policies": list(game.policies),
        "difficulty": game.difficulty, "branch": game.branch, "plans": [written(plan) for plan in game.plans],
        "planned": written(game.planned), "level": CarriedLevel.of(game.level_text).model_dump(),
    }  # fmt: skip
    text = json.dumps(
        {"powerdance_game": FORMAT, "seal": _seal(content), "game": content}, ensure_ascii=False, indent=1
    )
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{game.level_text.name}-season-{game.season + 1}"
    for number in range(1, 1000):
        file = folder / f"{stem}{f'-{number}' if number > 1 else ''}{GAME}"
        try:
            with written_whole(file, over=False) as temporary:
                temporary.write_text(text, encoding="utf-8")
        except FileExistsError:
            continue
        return file
    raise OSError(f"there are a thousand such games in {folder}")


def import_game(file: Path) -> SavedGame:
    """Return the game in such a file, not kept yet.

    Raises UnreadableFile, with words, for whatever is no such game or does not fit its level, and OSError.
    """
    name = file.name
    try:
        data = json.loads(read_text(file, name, "game"))
    except (ValueError, RecursionError):
        raise UnreadableFile(name, "this is no game of Powerdance") from None
    if not isinstance(data, dict) or "powerdance_game" not in data:
        raise UnreadableFile(name, "this is no game of Powerdance")
    if data["powerdance_game"] != FORMAT:
        raise UnreadableFile(name, "this game was written by another version of Powerdance; a newer one may read it")
    content = data.get("game")
    try:
        if data.get("seal") != _seal(content):
            raise UnreadableFile(name, "this game was changed after it was written: its seal does not fit")
        shape = _Shape.model_validate_json(json.dumps(content))
        game = _game(shape)
        model = compile_level(kept_level(game.level_text, game.level, game.difficulty))
    except (ValidationError, ValueError, RecursionError):
        raise UnreadableFile(name, "this game is damaged") from None
    except LevelError as error:
        raise UnreadableFile(name, f"its level does not check: {str(error).splitlines()[0]}") from None
    if wrong := _misfit(game, model):
        raise UnreadableFile(name, f"this game does not fit its level: {wrong}")
    return game


def _seal(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _game(shape: _Shape) -> SavedGame:
    """Return the game of a file.  Raises ValueError where its level has no plain name."""
    text = shape.level.level_text()
    plans = [{int(seat): (tuple(keys), None if said is None else tuple(said)) for seat, (keys, said) in plan.items()}
             for plan in (*shape.plans, shape.planned)]  # fmt: skip
    return SavedGame(
        text.name, shape.seed, shape.people, tuple(shape.policies), plans[:-1], 0, shape.rules, None,
        shape.difficulty, shape.branch, text, plans[-1],
    )  # fmt: skip


def _misfit(game: SavedGame, model: Model) -> str:
    """Return what in a game its level does not have; nothing where it has all."""
    seats = len(model.level.seats)
    known = {candidate.key for candidate in model.candidates}
    if not (game.people <= seats == len(game.policies)) or not {*game.policies} <= {*POLICY_NAMES}:
        return "other people play it"
    if len(game.plans) >= model.seasons:
        return "it is over"
    for plan in (*game.plans, game.planned):
        if any(seat >= game.people for seat in plan):
            return "somebody decides who does not play"
        for keys, said in plan.values():
            if not {*keys} <= known:
                return f'there is no action "{sorted({*keys} - known)[0]}"'
            if any(by >= seats for _, by, _ in said or ()):
                return "somebody offers who is not there"
    return ""
