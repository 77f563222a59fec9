"""What is handed on: a wheel that plays, a source archive with all its tests, an entry in the menu, and licences."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from game import __version__

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_entry_in_the_menu_starts_the_game_and_has_its_icon() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(ROOT / "assets" / "desktop" / "powerdance.desktop", encoding="utf-8")
    told = dict(entry["Desktop Entry"])
    assert told["Type"] == "Application" and told["Terminal"] == "false"
    assert told["Exec"].split()[0] in project()["project"]["scripts"]
    assert (ROOT / "assets" / "desktop" / f"{told['Icon']}.svg").is_file()
    assert all(part.endswith(";") for part in (told["Categories"], told["Keywords"]))


def test_every_file_that_the_wheel_shares_is_there() -> None:
    shared = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared and all((ROOT / file).is_file() for file in shared)


def test_licences_name_every_package_that_is_declared() -> None:
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| ([\w-]+) \|", text, re.MULTILINE)) - {"package"}
    of_project = project()["project"]
    extras = of_project["optional-dependencies"]
    declared = [*of_project["dependencies"], *extras["fast"], *extras["lab"], *extras["import"]]
    names = {re.split(r"[\s<>=!~;\[]", one)[0].lower() for one in declared}
    assert {name.lower() for name in told} == names


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, built as for anybody else."""
    tools, out = tmp_path_factory.mktemp("tools"), tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--target", str(tools), "hatchling>=1.27"], check=True
    )
    around = {**os.environ, "PYTHONPATH": str(tools)}
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(out)], cwd=ROOT, env=around, check=True)
    return out


def alone(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python where nothing of this project is found but what lies in a folder."""
    around = {**os.environ, "PYTHONPATH": str(folder), "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    return subprocess.run([sys.executable, *words], cwd=folder, env=around, capture_output=True, text=True)


@pytest.mark.nightly
def test_the_wheel_works_by_itself(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    assert wheel.name.startswith(f"powerdance-{__version__}-")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path)
    assert not (tmp_path / "tests").exists() and (tmp_path / "game" / "_data" / "levels").is_dir()
    (shared,) = tmp_path.glob("*.data")
    assert (shared / "data" / "share" / "applications" / "powerdance.desktop").is_file()
    tried = alone(tmp_path, "-m", "game", "--self-test")
    assert tried.returncode == 0, tried.stdout + tried.stderr


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_a_folder_without_python_works_by_itself(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", str(tools), "pyinstaller"], check=True)
    around = {**os.environ, "PYTHONPATH": f"{tools}{os.pathsep}{ROOT}"}
    subprocess.run([sys.executable, "tools/freeze.py", str(tmp_path)], cwd=ROOT, env=around, check=True)
    program = str(tmp_path / "powerdance" / "powerdance")
    dumb = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    for words in (["--self-test"], ["simulate", "nail_and_barn", "--policy", "with", "--runs", "4", "--workers", "2"]):
        tried = subprocess.run([program, *words], cwd=tmp_path, env=dumb, capture_output=True, text=True)
        assert tried.returncode == 0 and not tried.stderr, tried.stdout + tried.stderr
    played = subprocess.run([program, "play", "first_steps", "--terminal"], cwd=tmp_path, env=dumb, input="end\n",
                            capture_output=True, text=True)  # fmt: skip
    assert "Season 2" in played.stdout and not played.stderr, played.stdout + played.stderr


@pytest.mark.nightly
def test_the_source_archive_holds_its_own_tests_and_they_pass(built: Path, tmp_path: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    for name in ("README.md", "LICENSE", "CHANGELOG.md", "docs/install.md", "tests/oracle/oracle.py", "tools/dev.py"):
        assert (folder / name).is_file(), name
    parts = ["tests/language", "tests/test_imports.py", "tests/test_sizes.py", "tests/level/test_heads.py",
             "tests/cli/test_self_test.py", "tests/sim/test_known_answers.py"]  # fmt: skip
    tried = alone(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", *parts)
    assert tried.returncode == 0, tried.stdout[-3000:]
