"""Pictures beside a level: named like shipped ones, made safe, carried along; hostile ones are refused with place."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame

from game.cli import main
from game.level.difficulty import TOLD, at_difficulty
from game.level.library import data_root
from game.level.packs import PACK
from game.level.picture_files import MOST_PIXELS, PNG_START, PictureFault, safe_png, safe_svg
from game.level.pictures import own_picture
from game.level.problems import Problem
from game.level.reader import examine, level_from, load_level
from game.level.schema import Level
from game.picture.board import Board
from game.picture.scene import look
from game.picture.sprites import icon, is_icon
from game.record.carried import CarriedLevel
from game.record.own_levels import OwnLevels
from game.sim.beginning import new_worlds
from game.sim.model import compile_level

BOAT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path d="M4 40h56L50 56H14z" fill="#ff0000"/></svg>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{}</svg>'


def png(wide: int = 4, high: int = 4, colour: int = 6, pixel: bytes = b"\x00\x00\xff\xff", **parts: bytes) -> bytes:
    packed = parts.pop("packed", b"")
    packed = packed or zlib.compress(parts.pop("rows", b"") or (b"\x00" + pixel * wide) * high)
    head = struct.pack(">IIBBBBB", wide, high, 8, colour, 0, 0, 0)
    made = {"IHDR": head, **parts, "IDAT": packed, "IEND": b""}
    chunks = [(kind.encode(), content) for kind, content in made.items()]
    return PNG_START + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


def bay(folder: Path, pictures: dict[str, bytes | str], name: str = "bay") -> Path:
    """The template `fishery`, with a boat as its emblem and as the icon of its fish, and waves on its bay."""
    text = (data_root() / "levels" / "templates" / "fishery.yaml").read_text(encoding="utf-8")
    text = text.replace("title: ", "emblem: boat\ntitle: ", 1).replace("icon: fish", "icon: boat", 1)
    text = text.replace("looks_like: fish, ", "", 1)
    lines = text.splitlines()
    row = next(number for number, line in enumerate(lines) if line.startswith("terrains:"))
    key = lines[row + 1].split(":")[0].strip()
    lines[row + 1] = f'  {key}: {{looks_like: waves, colour: "#2b6f93", plain: Where the boats go.}}'
    file = folder / f"{name}.yaml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "pictures").mkdir(exist_ok=True)
    for path, raw in pictures.items():
        (folder / "pictures" / path).write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return file


def errors(file: Path) -> list[Problem]:
    return [one for one in examine(file).problems if one.severity == "error"]


@pytest.fixture
def level(tmp_path: Path) -> Level:
    return load_level(bay(tmp_path, {"boat.svg": BOAT, "waves.png": png()}))


def drawn(level: Level) -> pygame.Surface:
    model = compile_level(level)
    scene = look(model, new_worlds(model, [1]))
    board = Board(*scene.ground.shape, (600, 400))
    surface = pygame.Surface(board.size)
    board.draw(surface, scene)
    return surface


def count(surface: pygame.Surface, colour: tuple[int, int, int]) -> int:
    return int((pygame.surfarray.array3d(surface) == np.array(colour)).all(axis=2).sum())


def test_a_picture_beside_the_level_is_drawn_wherever_a_shipped_one_would_be(level: Level) -> None:
    assert is_icon(level.emblem) and count(icon(level.emblem, 64), (255, 0, 0)) > 200
    assert level.stocks["fish"].icon == level.emblem
    land = drawn(level)
    assert count(land, (0, 0, 255)) > 1000, "the bay lies there in its own picture"
    assert count(land, (255, 0, 0)) > 50, "boats stand for the stock"


def test_no_flowers_grow_on_a_sea_of_the_levels_own(level: Level) -> None:
    land, petals = drawn(level), ((255, 226, 96), (244, 188, 210))  # it is spring
    assert level.seasons.name == "" and sum(count(land, petal) for petal in petals) == 0


def test_pictures_of_one_name_in_two_levels_do_not_meet(tmp_path: Path, level: Level) -> None:
    (tmp_path / "other").mkdir()
    green = BOAT.replace("#ff0000", "#00ff00")
    other = load_level(bay(tmp_path / "other", {"boat.svg": green, "waves.png": png()}))
    assert other.emblem != level.emblem
    assert count(icon(other.emblem, 64), (0, 255, 0)) > 200 and count(icon(level.emblem, 64), (255, 0, 0)) > 200


def test_a_picture_that_was_changed_is_read_again_and_makes_another_level(tmp_path: Path) -> None:
    file = bay(tmp_path, {"boat.svg": BOAT, "waves.png": png()})
    first, listed = load_level(file), OwnLevels(tmp_path)
    listed.look()
    before = listed.levels[0].level
    (tmp_path / "pictures" / "boat.svg").write_text(BOAT.replace("#ff0000", "#00ff00"), encoding="utf-8")
    os.utime(tmp_path / "pictures" / "boat.svg", ns=(1, 2**62))
    listed.look()
    assert load_level(file).model_dump() != first.model_dump()
    assert before is not None and listed.levels[0].level is not None
    assert listed.levels[0].level.emblem == load_level(file).emblem != before.emblem


def test_packs_replays_kept_games_and_difficulties_carry_them(tmp_path: Path, level: Level) -> None:
    packed = tmp_path / f"bay{PACK}"
    assert main(["pack", str(tmp_path / "bay.yaml"), "--out", str(packed)]) == 0
    for file in (tmp_path / "pictures").iterdir():
        file.unlink()
    assert level.written is not None
    carried = CarriedLevel.model_validate_json(CarriedLevel.of(level.written).model_dump_json()).level_text()
    for again in (load_level(packed), level_from(carried), at_difficulty(load_level(packed), TOLD)):
        assert again.model_dump() == level.model_dump() and own_picture(again.emblem) is not None


ALONE = """
import gc, sys
from game.level.difficulty import TOLD, at_difficulty
from game.level.pictures import own_picture
from game.level.reader import level_from, load_level
from game.sim.model import compile_level
model = compile_level(at_difficulty(load_level(sys.argv[1]), TOLD))
for cached in (level_from, load_level.__globals__["_read_once"]):
    cached.cache_clear()
gc.collect()
print(own_picture(model.level.emblem) is not None, own_picture(model.level.stocks["fish"].icon) is not None)
"""


@pytest.mark.parametrize("packed", [False, True])
def test_a_game_holds_the_pictures_of_its_level_when_nothing_else_does(tmp_path: Path, packed: bool) -> None:
    file = bay(tmp_path, {"boat.svg": BOAT, "waves.png": png()})
    if packed:
        assert main(["pack", str(file), "--out", str(tmp_path / f"bay{PACK}")]) == 0
        file = tmp_path / f"bay{PACK}"
    done = subprocess.run([sys.executable, "-c", ALONE, str(file)], capture_output=True, text=True, cwd=data_root())
    assert done.stdout.split() == ["True", "True"], done.stdout + done.stderr


def test_a_level_without_its_pictures_is_told_where_they_should_lie(tmp_path: Path) -> None:
    found = examine(bay(tmp_path, {"waves.png": png()})).problems
    told = [one for one in found if one.code == "unknown-icon"]
    assert told and all("pictures/boat.svg" in one.message for one in told)


def test_what_is_not_named_is_not_read(tmp_path: Path) -> None:
    file = bay(tmp_path, {"boat.svg": BOAT, "waves.png": png(), "other.svg": "<svg><script/></svg>"})
    assert errors(file) == []
    written = load_level(file).written
    assert written is not None and [path for path, _ in written.beside] == ["pictures/boat.svg", "pictures/waves.png"]


@pytest.mark.parametrize("name", ["boat@0123456789abcdef", "pictures/boat", "../boat", "boat.svg", "https://x/y.svg"])
def test_nothing_but_a_plain_name_leads_to_a_picture(tmp_path: Path, name: str) -> None:
    file = bay(tmp_path, {"boat.svg": BOAT, "waves.png": png()})
    load_level(file)
    text = file.read_text(encoding="utf-8").replace("emblem: boat", f'emblem: "{name}"')
    file.write_text(text, encoding="utf-8")
    found = errors(file)
    assert [one.code for one in found] == ["not-an-icon"] and text.splitlines()[found[0].line - 1].startswith("emblem")


HOSTILE_SVG = {
    "text": (SVG.format("<text>Hi</text>"), "holds <text>", 1),
    "words": (SVG.format("<g>Hi<path d='M0 0'/></g>"), "holds words", 1),
    "script": (SVG.format("\n<script>x</script>"), "holds <script>", 2),
    "event": (SVG.format('\n\n<path d="M0 0h1" onload="x()"/>'), "onload", 3),
    "picture": (SVG.format('<image href="http://x/y.png"/>'), "holds <image>", 1),
    "use": (SVG.format('<use href="#a"/>'), "holds <use>", 1),
    "link": (SVG.format('<a href="x"><path d="M0 0h1"/></a>'), "holds <a>", 1),
    "xlink": (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">'
        '<linearGradient l:href="http://x/"/><path d="M0 0h1"/></svg>', "links", 1,
    ),
    "style": (SVG.format("<style>*{}</style>"), "holds <style>", 1),
    "url": (SVG.format('<path d="M0 0h1" fill="url(http://x/y)"/>'), "leads to something else", 1),
    "url in style": (SVG.format('<path d="M0 0h1" style="fill: url( file:///etc/passwd )"/>'), "leads to", 1),
    "doctype": ('<!DOCTYPE svg [<!ENTITY a "b">]>' + BOAT, "DOCTYPE", 1),
    "bomb": ('<!DOCTYPE s [<!ENTITY a "' + "b" * 999 + '"><!ENTITY c "&a;&a;&a;&a;">]><svg>&c;</svg>', "DOCTYPE", 1),
    "instruction": ('<?xml-stylesheet href="x.css"?>' + BOAT, "instruction", 1),
    "foreign": (SVG.format("<foreignObject/>"), "holds <foreignObject>", 1),
    "animation": (SVG.format("<animate/>"), "holds <animate>", 1),
    "no size": ('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>', "viewBox", 1),
    "tiny box": (BOAT.replace("0 0 64 64", "0 0 1e-9 1e-9"), "viewBox", 1),
    "far away": (SVG.format('<path d="M0 0h1e99"/>'), "beyond", 1),
    "not a number": (SVG.format('<circle r="calc(1px)"/>'), "no number", 1),
    "larger": (SVG.format('<g transform="scale(1e6)"><path d="M0 0h1"/></g>'), "beyond|times as large", 1),
    "thick": (SVG.format('<path d="M0 0h1" stroke-width="9999"/>'), "stroke-width", 1),
    "deep": (SVG.format("<g>" * 40 + '<path d="M0 0h1"/>' + "</g>" * 40), "deep", 1),
    "moved deep": (SVG.format('<g transform="scale(9)">' * 4 + '<path d="M0 0h1"/>' + "</g>" * 4), "deep", 1),
    "many": (SVG.format('<path d="M0 0h1"/>' * 600), "more than", 1),
    "large": (SVG.format(f'<path d="M0 0{" h1" * 40000}"/>'), "bytes", 1),
    "empty": (SVG.format(""), "holds no shape", 1),
    "not closed": (BOAT.removesuffix("</svg>"), "is no SVG", 1),
    "none": ("GIF89a", "is no SVG", 1),
    "other letters": ("<svg>".encode("utf-16"), "UTF-8|is no SVG", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_SVG)
def test_an_svg_that_could_do_harm_is_refused_at_its_place(name: str) -> None:
    raw, told, line = HOSTILE_SVG[name]
    with pytest.raises(PictureFault) as found:
        safe_svg(raw if isinstance(raw, bytes) else raw.encode())
    assert found.value.line == line and found.value.column >= 1
    assert any(part in str(found.value) for part in told.split("|")), str(found.value)


def test_check_tells_file_line_and_column_of_a_picture_that_is_refused(tmp_path: Path) -> None:
    hostile = SVG.format("\n  <script>x</script>")
    found = errors(bay(tmp_path, {"boat.svg": hostile, "waves.png": png(wide=MOST_PIXELS + 1)}))
    assert [(one.code, Path(one.file).name, one.line, one.column) for one in found] == [
        ("bad-picture", "boat.svg", 2, 3),
        ("bad-picture", "waves.png", 1, 1),
    ]


CUT = png()
HOSTILE_PNG = {
    "wide": (png(wide=MOST_PIXELS + 1), "pixels"),
    "bomb": (png(wide=60000, high=60000, rows=b"\x00" * 10), "pixels"),
    "short": (png(rows=b"\x00" * 10), "other pixels"),
    "long": (png(rows=b"\x00" * 100_000), "other pixels"),
    "filter": (png(rows=(b"\x09" + b"\x00" * 16) * 4), "other pixels"),
    "cut": (CUT[:-6], "damaged"),
    "changed": (CUT[:40] + b"\x00" + CUT[41:], "damaged"),
    "no end": (CUT[:-12], "end is missing"),
    "no palette": (png(colour=3, pixel=b"\x00"), "colours are missing"),
    "odd part": (png(EVIL=b"x"), "that pictures do not have"),
    "sixteen": (png().replace(struct.pack(">IIBB", 4, 4, 8, 6), struct.pack(">IIBB", 4, 4, 16, 6)), "damaged"),
    "no png": (b"\xff\xd8\xff\xe0JFIF", "is no PNG"),
    "large": (PNG_START + b"x" * 200_000, "bytes"),
}


@pytest.mark.parametrize("name", HOSTILE_PNG)
def test_a_png_that_could_do_harm_is_refused(name: str) -> None:
    raw, told = HOSTILE_PNG[name]
    with pytest.raises(PictureFault, match=told):
        safe_png(raw)


def bomb() -> bytes:
    """A PNG of 4 x 4 pixels that unpacks to 64 MiB; made bit by bit, so that only its reader could hold them all."""
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(bytes(1024 * 1024)) for _ in range(64)) + packing.flush()
    return png(packed=packed)


def test_no_picture_costs_much_memory_before_it_is_refused() -> None:
    hostile = [bomb(), png(wide=60000, high=60000, rows=b"x"), b"x" * 8_000_000, PNG_START + b"x" * 8_000_000]
    drawings = [raw if isinstance(raw, bytes) else raw.encode() for raw, _, _ in HOSTILE_SVG.values()]
    tracemalloc.start()
    try:
        for safe, files in ((safe_png, hostile), (safe_svg, [*drawings, *hostile])):
            for raw in files:
                tracemalloc.reset_peak()
                before, _ = tracemalloc.get_traced_memory()
                with pytest.raises(PictureFault):
                    safe(raw)
                assert tracemalloc.get_traced_memory()[1] - before < 2_000_000
    finally:
        tracemalloc.stop()


def test_what_is_kept_of_a_picture_is_written_anew() -> None:
    drawing_program = SVG.format('<title>My boat</title><path id="p" d="M0 0h8v8z" style="fill:#00f;font-size:3px"/>')
    assert safe_svg(drawing_program.encode()) == SVG.format('<path fill="#00f" d="M0 0h8v8z"></path>').encode() or (
        b"My boat" not in safe_svg(drawing_program.encode()) and b"font" not in safe_svg(drawing_program.encode())
    )
    noted = png(tEXt=b"Comment\x00secret")
    assert b"secret" in noted and safe_png(noted) == png()


def test_every_shipped_icon_would_be_allowed_as_an_own_picture() -> None:
    refused = []
    for file in sorted((data_root() / "assets" / "icons").glob("*.svg")):
        try:
            safe_svg(file.read_bytes())
        except PictureFault as fault:
            refused.append(f"{file.name}:{fault.line}:{fault.column} {fault}")
    assert refused == []


def test_the_picture_of_the_books_is_one(tmp_path: Path) -> None:
    book = (data_root() / "docs" / "authors" / "piece-by-piece.md").read_text(encoding="utf-8")
    (drawing,) = re.findall(r"```svg\n(.*?)```", book, re.DOTALL)
    level = load_level(bay(tmp_path, {"boat.svg": drawing, "waves.png": png()}))
    assert count(icon(level.emblem, 64), (0x6F, 0x8F, 0xA8)) > 300


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(BOAT, encoding="utf-8")
    file = bay(tmp_path, {"waves.png": png()})
    (tmp_path / "pictures" / "boat.svg").symlink_to(tmp_path / "secret.svg")
    assert [one.code for one in examine(file).problems if "boat" in one.message] == ["unknown-icon", "unknown-icon"]


def test_too_many_pictures_are_refused(tmp_path: Path) -> None:
    names = [f"p{number}" for number in range(45)]
    file = bay(tmp_path, {"boat.svg": BOAT, "waves.png": png(), **{f"{name}.svg": BOAT for name in names}})
    grounds = "".join(f"  {name}: {{looks_like: {name}, plain: Ground.}}\n" for name in names)
    file.write_text(file.read_text(encoding="utf-8").replace("terrains:\n", f"terrains:\n{grounds}"), encoding="utf-8")
    assert "too-many" in {one.code for one in errors(file)}
