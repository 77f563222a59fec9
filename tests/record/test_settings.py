"""Settings: a small file of their own, never torn, never a reason not to start."""

from __future__ import annotations

import os
import random
from datetime import date
from pathlib import Path

import pytest

from game.record.settings import DEFAULTS, KEYS, Settings, SettingsError, default_file
from game.record.store import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def values_of(settings: Settings) -> dict[str, object]:
    return {name: settings[name] for name in DEFAULTS}


def write(file: Path, text: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_without_a_file_everything_is_as_at_first_and_nothing_is_written(file: Path) -> None:
    settings = Settings(file)
    assert values_of(settings) == DEFAULTS and not settings.notice
    settings.set("sound", True)
    assert not file.parent.exists(), "what is as at first need not be kept"


def test_what_is_set_is_kept_in_plain_lines(file: Path) -> None:
    settings = Settings(file)
    settings.set("sound", False)
    settings.set("letter_size", 1.25)
    settings.set("all_levels_open", True)
    assert file.read_text().splitlines() == ["sound = false", "letter_size = 1.25", "all_levels_open = true"]
    assert values_of(Settings(file)) == DEFAULTS | {"sound": False, "letter_size": 1.25, "all_levels_open": True}
    assert [one.name for one in file.parent.iterdir()] == ["settings.toml"], "nothing half-written stays"


def test_without_a_place_settings_last_as_long_as_the_program() -> None:
    settings = Settings()
    settings.set("sound", False)
    assert not settings["sound"] and Settings()["sound"]


def test_a_whole_number_is_a_size_of_letters_too(file: Path) -> None:
    write(file, "letter_size = 2\n")
    assert Settings(file)["letter_size"] == 2.0


def test_keys_that_are_not_named_are_as_at_first(file: Path) -> None:
    write(file, '[keys]\nend = "n"\n')
    assert Settings(file)["keys"] == {**KEYS, "end": "n"}


def test_unknown_names_are_kept(file: Path) -> None:
    write(file, 'colour = "green"\nsound = false\n[later]\ndeep = [1, 2]\n')
    settings = Settings(file)
    assert not settings.notice and not settings["sound"]
    settings.set("sound", True)
    text = file.read_text()
    assert 'colour = "green"' in text and "[later]" in text and "sound = true" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sound = yes please", "line 1"),
        ("[[[", "line 1"),
        (b"sound = \xff\xfe", "not text"),
        ('sound = "loud"', "sound should be true or false"),
        ("sound = 1", "sound should be true or false"),
        ('letter_size = "big"', "letter_size should be a number"),
        ("letter_size = true", "letter_size should be a number"),
        ("letter_size = nan", "letter_size should be a number"),
        ("letter_size = 30", "letter_size should lie between 0.8 and 2"),
        ("effects = 2", "effects should lie between 0 and 1"),
        ('pictures = "none"', "pictures should be true or false"),
        ('keys = "qwerty"', "keys should be lines below"),
        ('[keys]\nend = "F1"', "the key end should be one letter"),
        ('[keys]\nend = "u"', "two keys are the same letter"),
        ("[all_levels_open]", "all_levels_open should be true or false"),
    ],
)
def test_a_broken_file_is_set_aside_with_its_date_and_one_plain_line(file: Path, text: str | bytes, said: str) -> None:
    for number, name in enumerate((f"settings.broken-{date.today()}.toml", f"settings.broken-{date.today()}-2.toml")):
        write(file, text)
        settings = Settings(file)
        assert values_of(settings) == DEFAULTS
        assert said in settings.notice and name in settings.notice and "\n" not in settings.notice
        assert not file.exists() and len(list(file.parent.iterdir())) == number + 1
        assert (file.parent / name).read_bytes() == (text if isinstance(text, bytes) else text.encode())
    settings.set("sound", False)
    assert not Settings(file)["sound"] and not Settings(file).notice


def test_what_cannot_be_read_at_all_is_set_aside_too(file: Path) -> None:
    file.mkdir(parents=True)
    settings = Settings(file)
    assert values_of(settings) == DEFAULTS and "set aside" in settings.notice
    settings.set("sound", False)
    assert file.is_file()


def test_what_cannot_be_kept_holds_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("this is no folder")
    settings = Settings(tmp_path / "config" / "settings.toml")
    with pytest.raises(SettingsError, match="could not be kept") as told:
        settings.set("sound", False)
    assert not settings["sound"] and "\n" not in str(told.value)


def test_a_write_that_fails_leaves_the_old_file_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(file)
    settings.set("sound", False)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(SettingsError, match="no space left"):
        settings.set("letter_size", 1.5)
    assert file.read_text() == "sound = false\n" and [one.name for one in file.parent.iterdir()] == ["settings.toml"]


def test_what_stood_among_the_saved_games_is_carried_over_once(file: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "games.sqlite3")
    store.set("muted", True)
    store.set("scale", 1.5)
    store.set("open all", True)
    moved = DEFAULTS | {"sound": False, "letter_size": 1.5, "all_levels_open": True}
    assert values_of(Settings(file, store)) == moved == values_of(Settings(file))
    store.set("muted", False)
    assert values_of(Settings(file, store)) == moved, "the file is asked alone from then on"


def test_what_makes_no_sense_among_the_saved_games_stays_there(file: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "games.sqlite3")
    store.set("scale", "huge")
    store.set("muted", True)
    settings = Settings(file, store)
    assert values_of(settings) == {**DEFAULTS, "sound": False} and not settings.notice
    store.close()
    assert values_of(Settings(file.with_name("other.toml"), store)) == DEFAULTS


def test_settings_stand_where_the_system_keeps_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert default_file().name == "settings.toml" and "powerdance" in str(default_file())


def damaged(whole: bytes, dice: random.Random) -> bytes:
    """A file after something has happened to it: bits, a cut, zeros, other bytes, a part twice."""
    broken = bytearray(whole)
    place, end = sorted(dice.randrange(len(whole) + 1) for _ in range(2))
    match dice.randrange(5):
        case 0:
            broken[min(place, len(whole) - 1)] ^= 1 << dice.randrange(8)
        case 1:
            del broken[place:]
        case 2:
            broken[place:end] = bytes(end - place)
        case 3:
            broken[place:end] = dice.randbytes(end - place)
        case _:
            broken[place:place] = broken[place:end]
    return bytes(broken)


@pytest.mark.parametrize("count", [300, pytest.param(5_000, marks=pytest.mark.nightly)])
def test_whatever_happens_to_the_file_settings_are_sound_and_can_be_kept_again(tmp_path: Path, count: int) -> None:
    dice, file = random.Random(count), tmp_path / "settings.toml"
    first = Settings(file)
    for name, value in (("letter_size", 1.25), ("high_contrast", True), ("window", [1100, 700])):
        first.set(name, value)
    first.set("keys", {**KEYS, "end": "n"})
    whole, aside = file.read_bytes(), 0
    for number in range(count):
        file.write_bytes(damaged(whole, dice))
        settings = Settings(file)
        for name, default in DEFAULTS.items():
            assert type(settings[name]) in (type(default), int), (number, name)
        aside += bool(settings.notice)
        assert len(settings.notice.splitlines()) <= 1
        settings.set("sound", number % 2 == 0)
        settings.set("sound", number % 2 == 1)
        assert not Settings(file).notice, "what was kept since is sound"
        for other in tmp_path.glob("settings.broken*"):
            other.unlink()
    assert aside > count / 4
