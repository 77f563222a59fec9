"""For all tests: properties without deadlines, and one cache folder, so that each kernel is compiled once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from game.run import backends

# How long an example takes says more about the machine than about the game.
settings.register_profile("powerdance", deadline=None)
settings.load_profile("powerdance")


@pytest.fixture(scope="session")
def compiled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that all tests, and all workers of a parallel run, share."""
    pytest.importorskip("numba", reason="compiled kernels need numba: pip install 'powerdance[fast]'")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "kernels"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def compiled_here(compiled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Compiled kernels come from, and go to, the folder of the test run."""
    monkeypatch.setattr(backends, "cache_folder", lambda: compiled_folder)
    yield compiled_folder
