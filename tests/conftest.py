"""For all tests: properties without deadlines, and kernels that are compiled once and kept for the next run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from game.run import backends

# How long an example takes says more about the machine than about the game.
settings.register_profile("powerdance", deadline=None)
settings.load_profile("powerdance")


KERNELS = "powerdance-kernels"  # below .pytest_cache
MOST_BYTES = 100_000_000  # of kernels: of those that nobody needs any more, none are deleted one by one


def pytest_addoption(parser: pytest.Parser) -> None:
    """What tests may be asked for."""
    parser.addoption("--foreign", metavar="FOLDER", help="a folder of models of others, for tests/conformance")


def pytest_configure(config: pytest.Config) -> None:
    """Begin anew once kernels of many states of the engine have gathered; only before there are workers."""
    if "PYTEST_XDIST_WORKER" in os.environ or not hasattr(config, "cache"):
        return
    folder = config.cache.mkdir(KERNELS)
    if sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) > MOST_BYTES:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def compiled_folder(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that all workers share, and the next run: what is in it is named by its text and the engine's."""
    pytest.importorskip("numba", reason="compiled kernels need numba: pip install 'powerdance[fast]'")
    if hasattr(pytestconfig, "cache"):
        return pytestconfig.cache.mkdir(KERNELS)
    return tmp_path_factory.mktemp("kernels")


@pytest.fixture
def compiled_here(compiled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Compiled kernels come from, and go to, the folder of the test run."""
    monkeypatch.setattr(backends, "cache_folder", lambda: compiled_folder)
    yield compiled_folder
