"""Whatever goes wrong while a file is written: the file is as it was before, and nothing is left beside it."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from game.level.library import SUFFIXES
from game.level.problems import UnreadableFile
from game.level.reader import load_level
from game.level.templates import write_template
from game.level.whole_files import write_whole, written_whole
from game.record.replay import Recorder
from game.record.settings import Settings, SettingsError
from game.record.tables import write_table
from game.run.batch import play
from game.sim.model import compile_level

MODEL = compile_level(load_level("nail_and_barn"))
RESULT = play(MODEL, "idle", range(2), keep_history=True)


def write_replay(file: Path) -> None:
    Recorder(MODEL, 1, ("idle",) * len(MODEL.level.seats)).replay().write(file)


WRITERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "text": ("page.html", lambda file: write_whole(file, "ä" * 4000)),
    "replay": ("kept.json", write_replay),
    "csv": ("games.csv", lambda file: write_table(RESULT, file)),
    "jsonl": ("games.jsonl", lambda file: write_table(RESULT, file)),
    "parquet": ("games.parquet", lambda file: write_table(RESULT, file)),
}
BEFORE = b"what stood here before"


@pytest.fixture(params=list(WRITERS))
def writer(request: pytest.FixtureRequest) -> tuple[str, Callable[[Path], object]]:
    return WRITERS[request.param]


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def only_what_was(folder: Path, name: str) -> bool:
    return [one.name for one in folder.iterdir()] == [name] and (folder / name).read_bytes() == BEFORE


@pytest.mark.parametrize("failing", ["tempfile.mkstemp", "os.fsync", "os.chmod", "os.replace"])
def test_each_step_of_every_writer_may_fail(
    failing: str, writer: tuple[str, Callable[[Path], object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, write = writer
    (tmp_path / name).write_bytes(BEFORE)
    monkeypatch.setattr(failing, full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as told:
        write(tmp_path / name)
    assert only_what_was(tmp_path, name) and told.value.filename == str(tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("fits", [0, 1, 100, 1000])
def test_the_disk_may_be_full_after_any_number_of_bytes(
    fits: int, writer: tuple[str, Callable[[Path], object]], tmp_path: Path
) -> None:
    import resource

    name, write = writer
    (tmp_path / name).write_bytes(BEFORE)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (fits, hard))
    try:
        with pytest.raises(OSError, match=os.strerror(errno.EFBIG)) as told:
            write(tmp_path / name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert only_what_was(tmp_path, name) and told.value.filename == str(tmp_path / name)


def test_every_writer_writes_where_nothing_fails(writer: tuple[str, Callable[[Path], object]], tmp_path: Path) -> None:
    name, write = writer
    (tmp_path / name).write_bytes(BEFORE)
    write(tmp_path / name)
    assert [one.name for one in tmp_path.iterdir()] == [name] and (tmp_path / name).read_bytes() != BEFORE


def test_a_naive_writer_would_fail_the_same_test(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(BEFORE)
    with pytest.raises(OSError, match="full"), file.open("w") as stream:
        stream.write("half")
        raise OSError("full")
    assert not only_what_was(tmp_path, "page.html")


def test_a_template_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / f"mine{SUFFIXES[0]}"
    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", full)
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            write_template(file, "small")
    assert not list(tmp_path.iterdir())
    write_template(file, "small")
    text = file.read_text(encoding="utf-8")
    with pytest.raises(UnreadableFile, match="there already"):
        write_template(file, "small")
    assert file.read_text(encoding="utf-8") == text and [one.name for one in tmp_path.iterdir()] == [file.name]


def test_who_was_quicker_keeps_the_name(tmp_path: Path) -> None:
    file = tmp_path / "level.yaml"
    with pytest.raises(FileExistsError), written_whole(file, over=False) as temporary:
        temporary.write_text("ours", encoding="utf-8")
        file.write_text("theirs", encoding="utf-8")
    assert file.read_text(encoding="utf-8") == "theirs" and [one.name for one in tmp_path.iterdir()] == [file.name]


def test_links_are_followed_and_permissions_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "real.json", tmp_path / "link.json"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    write_whole(link, "new")
    assert link.is_symlink() and file.read_text(encoding="utf-8") == "new"
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes among files here")
def test_devices_pipes_and_folders_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for target in (Path("/dev/null"), tmp_path / "pipe", tmp_path):
        with pytest.raises(OSError, match="no ordinary file"):
            write_whole(target, "text")
    assert Path("/dev/null").is_char_device()


def test_settings_that_cannot_be_written_are_told_and_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.toml"
    Settings(file).set("letter_size", 1.2)
    before = file.read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr("os.replace", full)
        with pytest.raises(SettingsError, match="could not be kept"):
            Settings(file).set("letter_size", 1.6)
    assert file.read_bytes() == before and [one.name for one in tmp_path.iterdir()] == [file.name]
