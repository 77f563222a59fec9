"""Saved games are whole or absent, whatever happens to the program or the file."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from game.level.written import LevelText
from game.record.saved_game import SavedGame
from game.record.store import NAME_LENGTH, VERSION, Entry, Store, StoreError, clean_name


def game_of(seasons: int, **more: object) -> SavedGame:
    answers = (None, (), ((0, 1, True), (2, 1, False)))  # by the rules of the level, none, and two
    plans = [{0: ((f"listen({number})", "rest"), answers[number % 3])} for number in range(seasons)]
    return SavedGame("the_shared_pasture", 42, 1, ("idle", "with"), plans, **more)  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "games.sqlite3"


def test_a_game_comes_back_as_it_was_kept(file: Path) -> None:
    store = Store(file)
    profile = store.profile("Ada")
    game = game_of(3, rules=5)
    store.save(profile, game)
    store.close()
    assert Store(file).running(profile) == game


def test_the_game_played_last_goes_on_and_what_is_over_does_not(file: Path) -> None:
    store = Store(file)
    profile = store.profile("Ada")
    first, second = game_of(1), game_of(2)
    store.save(profile, first)
    store.save(profile, second)
    store.save(profile, first)
    assert store.running(profile) == first
    first.outcome = 1
    store.save(profile, first)
    assert store.running(profile) == second
    second.outcome = 2
    store.save(profile, second)
    assert store.running(profile) is None


def test_profiles_do_not_see_each_others_games(file: Path) -> None:
    store = Store(file)
    ada, ben = store.profile("Ada"), store.profile("Ben")
    assert store.profile("Ada") == ada != ben
    store.save(ada, game_of(4))
    store.finish(ada, "pasture", True, 0.5)
    assert store.profiles() == ["Ada", "Ben"]
    assert store.running(ben) is None
    assert store.progress(ben) == {}


def test_a_level_once_won_stays_won(file: Path) -> None:
    store = Store(file)
    profile = store.profile("Ada")
    store.finish(profile, "pasture", False, 0.2)
    assert store.progress(profile) == {"pasture": False}
    store.finish(profile, "pasture", True, 0.7)
    store.finish(profile, "pasture", False, 0.1)
    assert store.progress(profile) == {"pasture": True}


def test_settings_are_kept(file: Path) -> None:
    store = Store(file)
    assert store.setting("scale", 1.0) == 1.0
    store.set("scale", 1.5)
    store.set("scale", 1.6)
    store.close()
    assert Store(file).setting("scale", 1.0) == 1.6


def test_a_file_of_a_newer_game_is_left_alone(file: Path) -> None:
    Store(file).close()
    base = sqlite3.connect(file)
    base.execute(f"pragma user_version = {VERSION + 1}")
    base.commit()
    base.close()
    before = file.read_bytes()
    with pytest.raises(StoreError, match="newer Powerdance"):
        Store(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be read as one" * 40, b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_a_file_that_is_no_database_is_one_plain_line(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Store(file)
    assert "\n" not in str(caught.value)
    assert str(file) in str(caught.value)
    assert file.read_bytes() == content


def test_damage_in_the_middle_is_one_plain_line(file: Path) -> None:
    store = Store(file)
    profile = store.profile("Ada")
    for _ in range(60):
        store.save(profile, game_of(60))
    store.close()
    content = bytearray(file.read_bytes())
    content[4096 : len(content)] = b"\xa5" * (len(content) - 4096)
    file.write_bytes(bytes(content))
    with pytest.raises(StoreError) as caught:
        store = Store(file)
        store.profiles()
        store.running(profile)
    assert "\n" not in str(caught.value)


def test_a_game_that_cannot_be_understood_is_passed_over(file: Path) -> None:
    store = Store(file)
    profile = store.profile("Ada")
    store.save(profile, game_of(2))
    store.close()
    base = sqlite3.connect(file)
    base.execute("update game set plans = '[{'")
    base.commit()
    base.close()
    assert Store(file).running(profile) is None


def test_a_place_that_cannot_be_written_is_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be")
    with pytest.raises(StoreError) as caught:
        Store(tmp_path / "kept" / "games.sqlite3")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_one_plain_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError):
            Store(tmp_path / "games.sqlite3")
    finally:
        tmp_path.chmod(0o700)


def test_a_forgotten_profile_takes_its_games_along_and_no_others(tmp_path: Path) -> None:
    store = Store(tmp_path / "games.sqlite3")
    mia, tom = store.profile("Mia"), store.profile("Tom")
    for profile in (mia, tom):
        store.save(profile, SavedGame("first_steps", 1, 1, ("with", "with")))
        store.finish(profile, "first_steps", True, 1.0)
    store.forget("Mia")
    assert store.profiles() == ["Tom"]
    assert store.running(mia) is None and store.running(tom) is not None
    assert not store.progress(mia) and store.progress(tom)
    store.forget("Nobody")
    assert store.profiles() == ["Tom"]
    store.close()


def test_names_are_one_short_line() -> None:
    assert clean_name("  a\tb\n c ") == "a b c"
    assert clean_name("x" * 40) == "x" * NAME_LENGTH
    assert clean_name("\u202e\u0000") == ""


# How the first version wrote its file: true for whoever declined every offer of a season, false for who left the
# answers to the rules of the level.
FIRST = """
create table profile (id integer primary key, name text not null unique);
create table game (
    id integer primary key, profile integer not null references profile (id), level text not null,
    seed integer not null, people integer not null, policies text not null, plans text not null,
    season integer not null, outcome integer not null, rules integer not null, touched integer not null);
create table progress (
    profile integer not null references profile (id), level text not null, won integer not null default 0,
    best real not null default 0, primary key (profile, level));
create table setting (name text primary key, value text not null);
pragma user_version = 1;
insert into profile values (1, 'Ada');
insert into game values (5, 1, 'pasture', 42, 1, '["idle", "with"]',
    '[{"0": [["listen:1"], true]}, {"0": [["rest"], false]}]', 2, 0, 3, 1);
insert into progress values (1, 'pasture', 1, 0.5), (1, 'forest', 0, 0.2);
insert into setting values ('scale', '1.5');
"""
UPGRADED = [{0: (("listen:1",), ())}, {0: (("rest",), None)}]


def test_a_file_of_the_first_version_is_upgraded_without_loss(file: Path) -> None:
    file.parent.mkdir(parents=True)
    base = sqlite3.connect(file)
    base.executescript(FIRST)
    base.close()
    for _ in range(2):
        store = Store(file)
        game = store.running(1)
        assert game == SavedGame("pasture", 42, 1, ("idle", "with"), UPGRADED, 0, 3, 5)
        assert store.progress(1) == {"pasture": True, "forest": False}
        assert store.setting("scale", 1.0) == 1.5
        assert store.stars(1) == {"pasture": {"goals"}}, "whoever had won has the star for it"
        game.difficulty, game.branch = "hard", False
        store.close()
    store = Store(file)
    store.save(1, game)
    assert store.running(1) == game
    assert sqlite3.connect(file).execute("pragma user_version").fetchone() == (VERSION,)


def test_a_game_keeps_its_difficulty_and_that_it_is_a_branch(file: Path) -> None:
    store = Store(file)
    profile = store.profile("Ada")
    game = game_of(2, difficulty="gentle", branch=True)
    store.save(profile, game)
    store.close()
    found = Store(file).running(profile)
    assert found is not None and (found.difficulty, found.branch) == ("gentle", True)


def test_a_star_once_won_is_never_lost(file: Path) -> None:
    store = Store(file)
    ada, ben = store.profile("Ada"), store.profile("Ben")
    store.win_stars(ada, "pasture", ["goals", "light"])
    store.win_stars(ada, "pasture", [])
    store.win_stars(ada, "pasture", ["goals"])
    store.win_stars(ada, "forest", ["path"])
    assert store.stars(ada) == {"pasture": {"goals", "light"}, "forest": {"path"}}
    assert store.stars(ben) == {}
    store.forget("Ada")
    assert store.stars(ada) == {}


def test_the_codex_keeps_what_was_met_first(file: Path) -> None:
    store = Store(file)
    ada, ben = store.profile("Ada"), store.profile("Ben")
    first = [Entry("path", "care", "pasture", 3, {"by": "Make amends"}), Entry("ally", "weed", "forest")]
    assert store.meet(ada, first) == first
    again = [Entry("path", "care", "forest", 9), Entry("path", "dialogue", "forest", 9)]
    assert store.meet(ada, again) == again[1:]
    store.close()
    store = Store(file)
    assert store.entries(ada) == [*first, again[1]]
    assert store.entries(ada, "path")[0].details == {"by": "Make amends"}
    assert store.entries(ben) == []
    kept = sqlite3.connect(file).execute("select told from entry where name = 'care'").fetchone()
    assert kept == ('{"by": "Make amends"}',), "older versions of the game look for it there, and wrote it so"
    store.forget("Ada")
    assert store.entries(ada) == []


# How the second version wrote its file, without its tables for stars and the codex.
SECOND = FIRST.replace("touched integer not null);", """touched integer not null,
    difficulty text not null default 'as_told', branch integer not null default 0);""").replace(
    "user_version = 1", "user_version = 2"
).replace("0, 3, 1);", "0, 3, 1, 'hard', 1);")  # fmt: skip


def kept_by_ada(store: Store, game: SavedGame) -> SavedGame | None:
    profile = store.profile("Ada")
    store.save(profile, game)
    return store.running(profile)


def test_a_file_of_the_second_version_is_upgraded_without_loss(file: Path) -> None:
    file.parent.mkdir(parents=True)
    base = sqlite3.connect(file)
    base.executescript(SECOND)
    base.close()
    store = Store(file)
    game = store.running(1)
    assert game == SavedGame("pasture", 42, 1, ("idle", "with"), UPGRADED, 0, 3, 5, "hard", True)
    game.level_text = LevelText("pasture", "title: x", (("valley", "title: y"),), True)
    assert kept_by_ada(store, game) == game
    assert sqlite3.connect(file).execute("pragma user_version").fetchone() == (VERSION,)


@pytest.mark.parametrize("done", range(3))
def test_an_upgrade_that_was_cut_off_is_made_whole_by_the_next_start(file: Path, done: int) -> None:
    """Whatever steps a sudden end lets stand, what was kept is still there and the rest follows."""
    file.parent.mkdir(parents=True)
    base = sqlite3.connect(file)
    base.executescript(FIRST)
    steps = (
        "create table level_text (digest text primary key, carried text not null)",
        "alter table game add column level_text text not null default ''",
        "alter table game add column difficulty text not null default 'as_told'",
    )
    for step in steps[: done + 1]:
        base.execute(step)
    base.commit()
    base.close()
    game = Store(file).running(1)
    assert game == SavedGame("pasture", 42, 1, ("idle", "with"), UPGRADED, 0, 3, 5)


def test_a_game_keeps_its_level_whole_and_many_games_keep_it_once(file: Path) -> None:
    store = Store(file)
    text = LevelText("first_steps", "title: A\n" * 999, (("valley", "title: B"), ("land", "title: C")), True)
    for _ in range(5):
        assert kept_by_ada(store, game_of(2, level_text=text)) is not None
    store.close()
    store = Store(file)
    found = store.running(store.profile("Ada"))
    assert found is not None and found.level_text == text
    assert sqlite3.connect(file).execute("select count(*) from level_text").fetchone() == (1,)
    store.forget("Ada")
    assert sqlite3.connect(file).execute("select count(*) from level_text").fetchone() == (0,)


@pytest.mark.parametrize(
    "damage",
    [
        "delete from level_text",
        "update level_text set carried = replace(carried, 'title', 'tilte')",
        "update level_text set carried = 7",
        "update level_text set carried = x'ff'",
        "update game set level_text = 7",
        "update game set plans = replace(hex(zeroblob(100000)), '00', '[')",
    ],
)
def test_a_game_whose_level_is_not_as_it_was_kept_is_passed_over(file: Path, damage: str) -> None:
    store = Store(file)
    assert kept_by_ada(store, game_of(2, level_text=LevelText("own", "title: A"))) is not None
    store.close()
    base = sqlite3.connect(file)
    base.execute(damage)
    base.commit()
    base.close()
    assert Store(file).running(1) is None
