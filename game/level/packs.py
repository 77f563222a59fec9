"""Packs: a level with the rulesets it rests on as one file, to be handed on.

A pack is a ZIP archive that anybody can look into: `NAME.yaml` is the level,
`rules/NAME.yaml` each ruleset below it, the shipped ones too, so that the level
means the same wherever it is opened; `pictures/` and `data/` hold what it names
of them.  Packs come from strangers: they are read in memory and within bounds,
nothing is unpacked, and no name in one opens a file.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from pathlib import Path

from game.level.beside import MOST_BESIDE, MOST_FILES
from game.level.beside import meant as beside_a_level
from game.level.library import is_plain_name as is_rules_name
from game.level.problems import UnreadableFile, no_file
from game.level.whole_files import written_whole
from game.level.written import LevelText, is_plain_name
from game.level.yaml_text import MOST_BYTES, decoded

PACK = ".levelpack"
MOST_RULES = 8  # rulesets in a pack
MOST_PACKED = 2 * MOST_BYTES + MOST_BESIDE  # bytes of a pack
RULES, YAML = "rules/", ".yaml"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the date of all parts, so that the same level makes the same bytes


def write_pack(level: LevelText, file: Path) -> None:
    """Write a level as a pack, whole or not at all; the same level gives the same bytes.  Raises OSError."""
    parts: list[tuple[str, str | bytes]] = [(level.file, level.text)]
    parts += [(f"{RULES}{name}{YAML}", text) for name, text in level.rules]
    parts += level.beside
    with written_whole(file) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in parts:
            part = zipfile.ZipInfo(name, LONG_AGO)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            pack.writestr(part, text)


def read_pack(file: Path) -> LevelText:
    """Return the level in a pack, as text that was not checked yet.

    Raises UnreadableFile where it is no pack, is damaged, or holds more than
    a level and its rulesets; LevelError where a text is no UTF-8.
    """
    try:
        if not file.is_file():
            raise UnreadableFile(os.fspath(file), no_file(file))
        if file.stat().st_size > MOST_PACKED:
            raise UnreadableFile(os.fspath(file), f"is larger than {MOST_PACKED} bytes, more than a pack may have")
        with zipfile.ZipFile(file) as pack:
            return _level_of(pack, os.fspath(file))
    except OSError as error:
        raise UnreadableFile(os.fspath(file), (error.strerror or "cannot be read").lower()) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
        reason = "is no pack, or it is damaged; ask for it again (`powerdance pack LEVEL` writes one)"
        raise UnreadableFile(os.fspath(file), reason) from None


def _level_of(pack: zipfile.ZipFile, file: str) -> LevelText:
    parts = pack.infolist()
    if len(parts) > MOST_RULES + MOST_FILES + 1:
        most = f"a pack is one level and at most {MOST_RULES} rulesets and {MOST_FILES} pictures and data"
        raise UnreadableFile(file, f"holds {len(parts)} files; {most}")
    level: tuple[str, str] | None = None
    rules: dict[str, str] = {}
    beside: dict[str, bytes] = {}
    for part in parts:
        kind, name = _meant(part)
        if sum(one.filename == part.filename for one in parts) > 1:
            raise UnreadableFile(file, f"holds {part.filename[:80]!a} twice; in a pack each file stands once")
        if kind == "level" and level is not None:
            told = f"holds two levels, {level[0]!a} and {name[:80]!a}; a pack is one level"
            raise UnreadableFile(file, told)
        if kind == "beside" and name not in beside:
            beside[name] = _bytes_of(pack, part, file, MOST_BESIDE - sum(map(len, beside.values())))
            continue
        if not kind or (kind == "level" and level is not None) or name in rules:
            told = ascii(part.filename[:80])
            raise UnreadableFile(
                file,
                f"holds {told}; a pack is one level, NAME.yaml, its rulesets, rules/NAME.yaml, "
                "its pictures, pictures/NAME.svg or .png, and its data, data/NAME.csv",
            )
        text = _text_of(pack, part, file)
        if kind == "level":
            level = name, text
        else:
            rules[name] = text
    if level is None:
        raise UnreadableFile(file, "holds no level; one file NAME.yaml is to stand in a pack")
    if len(rules) > MOST_RULES:
        raise UnreadableFile(file, f"holds {len(rules)} rulesets; a pack has at most {MOST_RULES}")
    return LevelText(*level, tuple(rules.items()), beside=tuple(sorted(beside.items())))


def _meant(part: zipfile.ZipInfo) -> tuple[str, str]:
    """Return whether a part is the level or a ruleset, and its name; ("", "") for what has no place in a pack."""
    odd = stat.S_IFMT(part.external_attr >> 16) not in (0, stat.S_IFREG) or part.flag_bits & 1
    if not odd and beside_a_level(part.filename):
        return "beside", part.filename
    if odd or not part.filename.endswith(YAML):
        return "", ""
    name = part.filename.removesuffix(YAML)
    if name.startswith(RULES):
        name = name.removeprefix(RULES)
        return ("rules", name) if is_rules_name(name) else ("", "")
    return ("level", name) if is_plain_name(name) else ("", "")


def _text_of(pack: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> str:
    """Return the text of a part; what the archive says of its size is not believed."""
    return decoded(_bytes_of(pack, part, file, MOST_BYTES), f"{file}: {part.filename}")


def _bytes_of(pack: zipfile.ZipFile, part: zipfile.ZipInfo, file: str, most: int) -> bytes:
    with pack.open(part) as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise UnreadableFile(file, f"holds a file of more than {most} bytes ({part.filename})")
    return raw
