"""Names in a level that lead to files: plain names only, and nothing is opened but what stands in its folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from game.level.library import LARGEST_ASSET, asset, find_rules, resolved
from game.level.reader import examine

ROOT = Path(__file__).resolve().parents[2]
EVIL = ["/somewhere/evil", "../../evil", "//host/share", "a/b", "a\\b", "evil.svg", "", ".", "Ä", "cow\n", "c" * 5000]


def level_with(icon: str) -> str:
    text = (ROOT / "levels" / "campaign" / "first_steps.yaml").read_text(encoding="utf-8")
    quoted = icon.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace("emblem: boots", f'emblem: "{quoted}"')


@pytest.mark.parametrize("name", EVIL)
def test_only_plain_names_lead_anywhere(name: str, tmp_path: Path) -> None:
    (tmp_path / "evil.svg").write_text("<svg/>", encoding="utf-8")
    inside = tmp_path / "icons"
    inside.mkdir()
    assert resolved(inside, name, ".svg") is None and asset("icons", name, ".svg") is None
    assert find_rules(name, inside / "level.yaml") is None


def test_links_out_of_the_folder_devices_and_large_files_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "icons"
    folder.mkdir()
    (tmp_path / "secret.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "link.svg").symlink_to(tmp_path / "secret.svg")
    (folder / "good.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "inner.svg").symlink_to(folder / "good.svg")
    with (folder / "large.svg").open("wb") as stream:
        stream.truncate(LARGEST_ASSET + 1)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.svg")
    (folder / "device.svg").symlink_to("/dev/zero")
    leading = {name for name in ("link", "good", "inner", "large", "pipe", "device") if resolved(folder, name, ".svg")}
    assert leading == {"good", "inner"}


@pytest.mark.parametrize("name", [name for name in EVIL if 0 < len(name) < 100])
def test_check_refuses_an_icon_that_is_a_path_at_its_place(name: str, tmp_path: Path) -> None:
    file = tmp_path / "level.yaml"
    file.write_text(level_with(name), encoding="utf-8")
    found = [one for one in examine(file).problems if one.severity == "error"]
    assert [(one.code, one.line) for one in found] == [("not-an-icon", 10)]


def test_an_icon_that_is_not_there_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    file = tmp_path / "level.yaml"
    file.write_text(level_with("bots"), encoding="utf-8")
    told = [one for one in examine(file).problems if one.code == "unknown-icon"]
    assert [(one.severity, one.line) for one in told] == [("warning", 10)] and 'did you mean "boots"' in told[0].message


AUDITED = """
import os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
import pygame
from game.level.library import data_root
from game.level.reader import examine, parse_level
from game.picture.sprites import icon
from game.playing.session import Session
from game.screen.kit.ui import Input, Ui
from game.screen.table.play import PlayScene
from game.sim.model import compile_level

pygame.init()
surface = pygame.display.set_mode((1280, 800))
allowed = [os.path.realpath(one) for one in (str(data_root()), {folder!r}, sys.prefix, sys.base_prefix, {root!r})]
allowed += ["/usr/lib", "/usr/share", "/proc/self", "/dev/null", "/etc/ld.so"]
opened = []
loading = pygame.image.load_sized_svg
pygame.image.load_sized_svg = lambda path, size: (opened.append(path), loading(path, size))[1]  # opened by SDL itself
sys.addaudithook(lambda event, found: opened.append(found[0]) if event == "open" else None)
found = examine(Path({file!r}))
level = found.level or parse_level(open({good!r}, encoding="utf-8").read())
icon({icon!r}, 20)
session = Session(compile_level(level), 1, 1, ("idle",) * len(level.seats))
scene = PlayScene(session, "evil", opening=False)
ui = Ui(surface)
for _ in range(3):
    ui.begin(Input(mouse=(0, 0)))
    scene.stack.draw(ui)
    ui.end()
    session.end_turn()
session.background.close()
for path in opened:
    if isinstance(path, (str, bytes, os.PathLike)):
        real = os.path.realpath(os.fsdecode(path))
        if not any(real.startswith(one) for one in allowed):
            print("opened", real)
print("done", len([problem for problem in found.problems if problem.severity == "error"]))
"""


@pytest.mark.parametrize("icon", ["boots", "/etc/hostname", "../../../../etc/hostname", "nowhere_at_all"])
def test_reading_checking_and_playing_a_level_opens_nothing_else(icon: str, tmp_path: Path) -> None:
    file, good = tmp_path / "level.yaml", tmp_path / "good.yaml"
    file.write_text(level_with(icon), encoding="utf-8")
    good.write_text(level_with("boots"), encoding="utf-8")
    script = AUDITED.format(root=str(ROOT), folder=str(tmp_path), file=str(file), good=str(good), icon=icon)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stdout.splitlines() if line.startswith(("opened", "done"))]
    assert said == [f"done {1 if '/' in icon else 0}"], done.stdout


REPORTED = """
import os, sys
sys.path.insert(0, {root!r})
os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["MPLCONFIGDIR"] = os.environ["XDG_CACHE_HOME"] = {folder!r}
from game.cli import main
from game.level.library import data_root
allowed = [os.path.realpath(one) for one in (str(data_root()), {folder!r}, sys.prefix, sys.base_prefix, {root!r})]
allowed += ["/usr/lib", "/usr/share", "/usr/local/share", "/proc/self", "/dev/null", "/etc/ld.so"]
opened = []
sys.addaudithook(lambda event, found: opened.append(found[0]) if event == "open" else None)
kept, page = {folder!r} + "/kept.json", {folder!r} + "/page.html"
assert main(["simulate", {file!r}, "--policy", "over", "--runs", "1", "--seasons", "2", "--replay", kept]) == 0
for words in (["ripples", kept], ["replay", kept], ["causes", kept, "grass"], ["debrief", kept, "--out", page]):
    assert main(words) == 0, words
found = {{os.path.realpath(os.fsdecode(one)) for one in opened if isinstance(one, (str, bytes, os.PathLike))}}
assert any(one.endswith("mine.svg") for one in found), "the picture of the level is looked at"
for real in sorted(found):
    if not any(real.startswith(one) for one in allowed):
        print("opened", real)
print("done")
"""


def test_reporting_a_level_opens_nothing_else(tmp_path: Path) -> None:
    pytest.importorskip("jinja2", reason="reports are pages made by it")
    file = tmp_path / "level.yaml"
    file.write_text(level_with("mine"), encoding="utf-8")
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "mine.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>',
        encoding="utf-8",
    )
    script = REPORTED.format(root=str(ROOT), folder=str(tmp_path), file=str(file))
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith(("opened", "done"))] == ["done"], done.stdout
