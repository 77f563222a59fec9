"""Choosing a backend, and keeping compiled code: what is kept, what happens when it is damaged or cannot be kept."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from game import cli
from game.commands import usage
from game.level.reader import load_level, parse_level
from game.run import backends
from game.run.batch import play
from game.sim.model import Model, compile_level
from game.sim.step import run_ticks
from tests.sim.levels import level_text

ROOT = Path(__file__).parent.parent.parent
BODY = """
stocks:
  hay: {at: community, kind: matter, range: [0, 9], start: 2, varies: 0.4, plain: H}
flows:
  growing: {from: outside, to: hay, rate: "0.3 * hay * (1 - hay / 9)", plain: G}
"""


@pytest.fixture
def model() -> Model:
    return compile_level(parse_level(level_text(BODY)))


@pytest.fixture
def folder(compiled_folder: Path, tmp_path: Path, model: Model, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own in which the code that all levels share is compiled already."""
    monkeypatch.setattr(backends, "cache_folder", lambda: compiled_folder)
    forget_levels(monkeypatch)
    backends.compiled_kernel(model)
    for name in backends._compiled:
        for file in (*compiled_folder.glob(f"{name}.*"), *(compiled_folder / "__pycache__").glob(f"{name}.*")):
            copy = tmp_path / "kernels" / file.relative_to(compiled_folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, copy)
    monkeypatch.setattr(backends, "cache_folder", lambda: tmp_path / "kernels")
    forget_levels(monkeypatch)
    return tmp_path / "kernels"


def forget_levels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this process forget what it compiled, but for the code that all levels share."""
    shared = {
        name: kept
        for name, kept in backends._compiled.items()
        if name.startswith(("powerdance_season", "powerdance_acting"))
    }
    monkeypatch.setattr(backends, "_compiled", shared)


def parts_of(model: Model) -> tuple[str, tuple[object, ...]]:
    """The name under which a level's code is kept, and the code that this process holds."""
    backends.compiled_kernel(model)
    found = [name for name in backends._compiled if name.startswith("powerdance_level")]
    assert len(found) == 1
    return found[0], backends._compiled[found[0]]


def test_the_second_time_code_comes_from_the_disk(folder: Path, model: Model) -> None:
    name, parts = parts_of(model)
    assert parts and all(part.cache_hits == 1 for part in parts)  # type: ignore[attr-defined]
    assert json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def test_another_level_is_compiled_and_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = compile_level(parse_level(level_text(BODY.replace("0.3", "0.31"))))
    assert not backends.is_compiled(other)
    name, parts = parts_of(other)
    assert all(part.cache_hits == 0 for part in parts)  # type: ignore[attr-defined]
    forget_levels(monkeypatch)
    assert backends.is_compiled(other)
    assert all(part.cache_hits == 1 for part in parts_of(other)[1])  # type: ignore[attr-defined]
    assert (folder / f"{name}.py").is_file()


@pytest.mark.parametrize("damage", ["machine code", "index", "text", "sums", "lost"])
def test_damaged_files_are_compiled_anew(
    folder: Path, model: Model, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = parts_of(model)[0]
    forget_levels(monkeypatch)
    files = {
        "machine code": next((folder / "__pycache__").glob(f"{name}.*.nbc")),
        "index": next((folder / "__pycache__").glob(f"{name}.*.nbi")),
        "text": folder / f"{name}.py",
        "sums": folder / f"{name}.json",
        "lost": next((folder / "__pycache__").glob(f"{name}.*.nbc")),
    }
    if damage == "lost":
        files[damage].unlink()
    else:
        held = bytearray(files[damage].read_bytes())
        held[len(held) // 2] ^= 0x55
        files[damage].write_bytes(held)
    assert all(part.cache_hits == 0 for part in parts_of(model)[1])  # type: ignore[attr-defined]
    assert play(model, "idle", range(3), backend="compiled").digest == play(model, "idle", range(3)).digest
    forget_levels(monkeypatch)
    assert all(part.cache_hits == 1 for part in parts_of(model)[1])  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_written_costs_only_time(
    folder: Path, model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(backends, "cache_folder", lambda: tmp_path / "file" / "kernels")
    assert play(model, "idle", range(3), backend="compiled").digest == play(model, "idle", range(3)).digest


def test_another_process_finds_the_code(folder: Path, model: Model) -> None:
    script = (
        "import sys; from pathlib import Path; from game.run import backends; "
        "from game.sim.model import compile_level; "
        "from game.level.reader import parse_level; backends.cache_folder = lambda: Path(sys.argv[1]); "
        "backends.compiled_kernel(compile_level(parse_level(sys.stdin.read()))); "
        "kept = [part for parts in backends._compiled.values() for part in parts]; "
        "print([part.cache_hits for part in kept if hasattr(part, 'cache_hits')])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        input=level_text(BODY),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert set(json.loads(found.stdout)) == {1}


def test_auto_compiles_only_what_is_worth_it(folder: Path, model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    assert backends.kernel("auto", model, 1) is run_ticks
    enough = int(1.5 * backends.WORTH_LOADING / backends.numpy_seconds(model, 1))
    assert backends.kernel("auto", model, enough) is not run_ticks, "it is compiled already"
    assert model.seasons > 2 and backends.kernel("auto", model, enough, seasons=1) is run_ticks, "so short they are not"
    assert backends.numpy_seconds(model, 4, seasons=10**6) == backends.numpy_seconds(model, 4)
    other = compile_level(parse_level(level_text(BODY.replace("0.3", "0.32"))))
    assert backends.kernel("auto", other, enough) is run_ticks
    assert backends.kernel("numpy", model, 10**9) is run_ticks
    monkeypatch.setattr(backends, "compiled_kernel", lambda *_: 1 / 0)
    assert backends.kernel("auto", model, enough) is run_ticks, "auto falls back in silence"


def test_without_numba_compiled_says_what_to_install_and_auto_is_numpy(
    model: Model, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    assert backends.kernel("auto", model, 10**9) is run_ticks
    with pytest.raises(backends.BackendError, match=r"pip install 'powerdance\[fast\]'"):
        backends.kernel("compiled", model, 1)
    for command in (["simulate", "nail_and_barn", "--policy", "idle", "--runs", "1"], ["balance", "nail_and_barn"]):
        assert cli.main([*command, "--backend", "compiled"]) == 2
        said = capsys.readouterr().err
        assert "pip install 'powerdance[fast]'" in said and "Traceback" not in said and said.count("\n") == 1


def test_unknown_backends_are_refused(model: Model, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="auto, numpy, compiled"):
        backends.kernel("magic", model, 1)
    assert cli.main(["simulate", "nail_and_barn", "--policy", "idle", "--backend", "magic"]) == 2
    assert "magic" in capsys.readouterr().err
    assert usage.BACKENDS == backends.NAMES


def test_simulate_says_the_same_with_every_backend(
    compiled_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(backends, "cache_folder", lambda: compiled_folder)
    said = []
    for backend in backends.NAMES:
        command = ["simulate", "nail_and_barn", "--policy", "with", "--runs", "3", "--seasons", "4", "--json"]
        assert cli.main([*command, "--backend", backend]) == 0
        said.append(capsys.readouterr().out)
    assert len(set(said)) == 1


def test_the_default_game_never_loads_numba() -> None:
    script = (
        "import sys; from game import cli; "
        "cli.main(['simulate', 'nail_and_barn', '--policy', 'idle', '--runs', '1', '--seasons', '2']); "
        "print('numba' in sys.modules, file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stderr.strip().endswith("False")


def test_every_shipped_level_has_a_kernel() -> None:
    from game.level.library import shipped_levels
    from game.sim.compiled.text import write_kernel

    for path in shipped_levels():
        text = write_kernel(compile_level(load_level(str(path)))).text
        compile(text, "<kernel>", "exec")
        assert str(path.parent) not in text
