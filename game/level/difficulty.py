"""A level at another difficulty: a preset of other values, laid over it as its author wrote it.

Claims speak of the level as it is told; what a preset changes is for players.
"""

from __future__ import annotations

from game.language.suggest import did_you_mean
from game.level.presets import changes_of
from game.level.problems import UnreadableFile
from game.level.reader import changed_level
from game.level.ruleset_schema import Preset
from game.level.schema import Level

GENTLE, TOLD, HARD = DIFFICULTIES = ("gentle", "as_told", "hard")
WORDS = {
    GENTLE: ("gentle", "More gives way, and less is lost for good."),
    TOLD: ("as told", "The level as it was written."),
    HARD: ("hard", "Rougher: there is less of everything, and it comes back more slowly."),
}


def difficulties(level: Level) -> dict[str, tuple[str, str]]:
    """Return what difficulties a level has, the gentlest first, each with its name and a sentence for players."""
    found = {}
    for name in DIFFICULTIES:
        preset = getattr(level.difficulty, name)
        if preset is not None or name == TOLD:
            title, plain = WORDS[name]
            found[name] = ((preset and preset.name) or title, (preset and preset.plain) or plain)
    return found


def at_difficulty(level: Level, name: str) -> Level:
    """Return a level at a difficulty; as told it is the level itself.

    Raises UnreadableFile when it has no such difficulty, LevelError when a
    change does not fit.
    """
    if name == TOLD:
        return level
    preset = getattr(level.difficulty, name, None) if name in DIFFICULTIES else None
    if not isinstance(preset, Preset):
        there = list(difficulties(level))
        raise UnreadableFile(
            level.id, f'there is no difficulty "{name}" here{did_you_mean(name, there)}; it has {", ".join(there)}'
        )
    # Claims are about the level as told, and were checked with it.
    bare = level.model_copy(update={"claims": (), "difficulty": type(level.difficulty)()})
    changed = changed_level(bare, changes_of(bare.model_dump(by_alias=True), preset))
    kept = {"claims": level.claims, "difficulty": level.difficulty}
    changed = changed.model_copy(update=kept | ({"neighbours": preset.neighbours} if preset.neighbours else {}))
    return changed.written_in(level.written, level.pictures)
