"""A damaged file of saved games: the game starts, says it in a line, and loads nothing wrong."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from game.record.rescue import good_copy, keep_copy, open_store
from game.record.saved_game import SavedGame
from game.record.store import Entry, Store, StoreError

PLAN = {0: (("listen:birch", "share_hay:birch"), ((0, 1, True),))}


def game_of(seasons: int, seed: int = 7) -> SavedGame:
    return SavedGame("the_shared_pasture", seed, 1, ("person",) * 4, [PLAN] * seasons)


def filled(file: Path) -> Path:
    """A file of two players, one of whom is in the middle of a game, with a good copy of a season before."""
    store, notice = open_store(file)
    assert notice == ""
    ada, bea = store.profile("Ada"), store.profile("Bea")
    store.finish(bea, "first_steps", True, 0.5)
    store.win_stars(bea, "first_steps", ("goals", "light"))
    store.meet(ada, [Entry("action", "listen", "first_steps", None, {"name": "Listen"})])
    store.set("profile", "Ada")
    game = game_of(3)
    store.save(ada, game)
    keep_copy(store)
    game.plans = [PLAN] * 4
    store.save(ada, game)
    store.close()
    return file


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("whole") / "games.sqlite3")


@pytest.fixture
def file(whole: Path, tmp_path: Path) -> Path:
    for one in whole.parent.iterdir():
        shutil.copy(one, tmp_path / one.name)
    return tmp_path / whole.name


def looked_through(store: Store) -> list[SavedGame | None]:
    """Read everything that a screen reads, and return the running game of each player."""
    found = []
    for name in store.profiles():
        number = store.profile(name)
        store.progress(number), store.stars(number), store.entries(number), store.setting("profile", "")
        found.append(store.running(number))
    return found


def damaged(raw: bytes, luck: random.Random) -> bytes:
    kind = luck.choice(("flip", "flips", "cut", "zeros", "text", "noise", "empty"))
    spot = luck.randrange(len(raw))
    if kind == "empty":
        return b""
    if kind == "cut":
        return raw[:spot]
    if kind == "zeros":
        return raw[:spot] + bytes(min(512, len(raw) - spot)) + raw[spot + 512 :]
    if kind == "noise":
        return raw[:spot] + luck.randbytes(64) + raw[spot + 64 :]
    if kind == "text":
        return raw.replace(luck.choice((b"listen", b"Ada", b"pasture", b"person", b"true")), b"\xff\xfe" * 2)
    changed = bytearray(raw)
    for _ in range(1 if kind == "flip" else 40):
        changed[luck.randrange(len(raw))] ^= 1 << luck.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("cases", [150, pytest.param(5000, marks=[pytest.mark.nightly, pytest.mark.timeout(3600)])])
def test_whatever_the_damage_the_game_starts_and_no_other_game_is_loaded(
    cases: int, whole: Path, tmp_path: Path
) -> None:
    raw, luck = whole.read_bytes(), random.Random(5)
    told = 0
    for case in range(cases):
        folder = tmp_path / str(case)
        folder.mkdir()
        shutil.copy(good_copy(whole), good_copy(folder / whole.name))
        (folder / whole.name).write_bytes(damaged(raw, luck))
        try:
            store, notice = open_store(folder / whole.name)
        except StoreError as error:  # where just the number of the version was hit nobody can tell
            assert "newer" in str(error)
            continue
        with closing(store):
            games = [game for game in looked_through(store) if game is not None]
            assert all((one.seed, one.plans) in ((7, [PLAN] * 3), (7, [PLAN] * 4)) for one in games), case
            assert games, "the good copy has a running game"
            store.save(store.profile("Cleo"), game_of(1))
        assert "\n" not in notice
        told += bool(notice)
        shutil.rmtree(folder)
    assert told >= cases // 3


def test_damage_is_set_aside_the_good_copy_comes_back_and_what_can_be_read_is_added(file: Path) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw.replace(b"Bea", b"B\xffa"))
    store, notice = open_store(file)
    with closing(store):
        assert "damaged" in notice and "last good copy" in notice
        game = store.running(store.profile("Ada"))
        assert game is not None and game.season == 4, "the season after the copy was still readable"
        assert store.profiles() == ["Ada", "Bea"] and store.progress(store.profile("Bea")) == {"first_steps": True}
    aside = [one for one in file.parent.glob("*.damaged-*.sqlite3")]
    assert len(aside) == 1 and b"B\xffa" in aside[0].read_bytes()
    again, nothing = open_store(file)
    again.close()
    assert nothing == ""


def test_without_a_copy_what_can_be_read_is_all_there_is(file: Path) -> None:
    good_copy(file).unlink()
    file.write_bytes(file.read_bytes().replace(b"Bea", b"B\xffa"))
    store, notice = open_store(file)
    with closing(store):
        assert "a new one was begun" in notice and store.profiles() == ["Ada"]
        game = store.running(store.profile("Ada"))
        assert game is not None and game.season == 4


def test_a_changed_seed_is_noticed_though_the_file_is_sound(file: Path) -> None:
    with closing(sqlite3.connect(file)) as base:
        base.execute("update game set seed = 8")
        base.commit()
    store, notice = open_store(file)
    with closing(store):
        game = store.running(store.profile("Ada"))
        assert notice and game is not None and (game.seed, game.season) == (7, 3)


@pytest.mark.parametrize("name", ["db_flips_297", "db_text_466"])
def test_files_that_once_kept_the_game_from_starting(name: str, tmp_path: Path) -> None:
    file = tmp_path / "games.sqlite3"
    shutil.copy(Path(__file__).parent / "data" / f"{name}.sqlite3", file)
    file.chmod(0o644)
    store, notice = open_store(file)
    assert "damaged" in notice
    with closing(store):
        looked_through(store)
        store.save(store.profile("Ada"), game_of(1))


def test_games_of_before_seals_that_can_be_read_come_through_the_rescue(tmp_path: Path) -> None:
    file = tmp_path / "games.sqlite3"
    shutil.copy(Path(__file__).parent / "data" / "db_text_466.sqlite3", file)
    file.chmod(0o644)
    with closing(sqlite3.connect(file)) as base:
        columns = [row[1] for row in base.execute("pragma table_info (game)") if row[1] not in ("id", "policies")]
        names = ", ".join(columns)
        base.execute(f"insert into game (policies, {names}) select '[\"person\"]', {names} from game")
        base.commit()
    store, notice = open_store(file)
    with closing(store):
        (game,) = store.unfinished(store.profile("Ann"))
        assert "damaged" in notice and (game.policies, game.season) == (("person",), 12)


def test_an_empty_file_does_not_take_the_place_of_the_good_copy(file: Path) -> None:
    file.write_bytes(b"")
    store, notice = open_store(file)
    with closing(store):
        assert "empty" in notice and store.running(store.profile("Ada")) is not None


@pytest.mark.parametrize("make", [Path.mkdir, pytest.param(getattr(os, "mkfifo", None), id="pipe")])
def test_what_is_no_file_is_set_aside_too(make: Callable[[Path], None] | None, file: Path) -> None:
    if make is None:
        pytest.skip("there are no pipes among files here")
    file.unlink()
    make(file)
    store, notice = open_store(file)
    with closing(store):
        assert "damaged" in notice and store.running(store.profile("Ada")) is not None


@pytest.mark.parametrize("word", ["full", "locked", "readonly"])
def test_damage_that_reads_as_what_the_system_says_is_damage(word: str, file: Path) -> None:
    raw = file.read_bytes()
    spot = raw.index(b"CREATE TABLE entry") + len(b"CREATE ")
    file.write_bytes(raw[:spot] + word.encode().ljust(5)[:8] + raw[spot + max(5, len(word)) :])
    store, notice = open_store(file)
    with closing(store):
        assert "damaged" in notice and store.running(store.profile("Ada")) is not None


def test_a_newer_file_is_left_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as base:
        base.execute("pragma user_version = 99")
    before = file.read_bytes()
    with pytest.raises(StoreError, match="newer"):
        open_store(file)
    assert file.read_bytes() == before and not [one for one in file.parent.iterdir() if ".damaged-" in one.name]


@pytest.mark.parametrize("seed", [0, 2**63 - 1, 2**63, 2**64 - 1])
def test_every_seed_is_kept(seed: int, file: Path) -> None:
    store, _ = open_store(file)
    with closing(store):
        store.save(store.profile("Dana"), game_of(2, seed))
        game = store.running(store.profile("Dana"))
        assert game is not None and game.seed == seed


def test_what_cannot_be_kept_keeps_no_later_save_from_the_disk(file: Path) -> None:
    store, _ = open_store(file)
    odd = game_of(1)
    odd.level = "folder\udcff/level.yaml"
    with pytest.raises(StoreError, match="could not be saved"):
        store.save(store.profile("Ada"), odd)
    store.save(store.profile("Eve"), game_of(5))
    store.close()
    with closing(Store(file)) as again:
        game = again.running(again.profile("Eve"))
        assert game is not None and game.season == 5


def test_where_write_ahead_is_not_to_be_had_a_journal_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoSharedMemory(sqlite3.Connection):
        def execute(self, question: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
            if "journal_mode = wal" in question:
                raise sqlite3.OperationalError("locking protocol")
            return super().execute(question, *values)  # type: ignore[arg-type]

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **more: connect(*a, **more, factory=NoSharedMemory))
    with closing(Store(tmp_path / "games.sqlite3")) as store:
        store.save(store.profile("Ada"), game_of(2))
    with closing(Store(tmp_path / "games.sqlite3")) as again:
        game = again.running(again.profile("Ada"))
        assert game is not None and game.season == 2


def test_a_sound_file_that_cannot_be_opened_just_now_is_left_alone(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()
    upgrade = Store._upgrade

    def full(store: Store) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Store, "_upgrade", full)
    with pytest.raises(StoreError, match="full"):
        open_store(file)
    monkeypatch.setattr(Store, "_upgrade", upgrade)
    assert file.read_bytes() == before and not [one for one in file.parent.iterdir() if ".damaged-" in one.name]
    store, notice = open_store(file)
    store.close()
    assert notice == ""


def test_a_good_copy_is_never_replaced_by_a_damaged_one(file: Path) -> None:
    store, _ = open_store(file)
    with closing(store):
        good = good_copy(file).read_bytes()
        with closing(sqlite3.connect(file)) as base:
            base.execute("update game set seed = 8")
            base.commit()
        assert not keep_copy(store) and good_copy(file).read_bytes() == good


def test_a_file_that_is_gone_comes_back_from_its_copy(file: Path) -> None:
    for one in file.parent.glob("games.sqlite3*"):
        one.unlink()
    store, notice = open_store(file)
    with closing(store):
        assert "gone" in notice and store.running(store.profile("Ada")) is not None
