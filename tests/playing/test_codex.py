"""The codex: what a season brings into it, and its words."""

from __future__ import annotations

from collections.abc import Sequence

from game.insight.circumstance import NAMES
from game.level.library import data_root, shipped_levels
from game.level.reader import load_level
from game.playing.codex import Met, met, news_line, paths, texts
from game.playing.session import Session
from game.playing.story import Story
from game.sim.model import compile_level


def season(level: str, *keys: str, policies: Sequence[str] = ()) -> tuple[Session, list[Met]]:
    told = load_level(level)
    session = Session(compile_level(told), 5, 1, policies or told.default_policies())
    index = {candidate.key: number for number, candidate in enumerate(session.model.candidates)}
    for key in keys:
        session.add(index[key])
    session.end_turn()
    assert session.last is not None
    return session, met(session, session.last)


def names(found: list[Met], kind: str) -> set[str]:
    return {one.name for one in found if one.kind == kind}


def test_asking_walks_the_path_of_dialogue_and_no_other() -> None:
    _, found = season("first_steps", "listen:birch")
    assert names(found, "path") == {"dialogue"}
    assert names(found, "action") == {"listen"}
    assert not names(found, "circumstance")


def test_what_neighbours_do_is_seen_and_is_no_path_of_ones_own() -> None:
    _, found = season("the_shared_pasture", policies=("over",) * 4)
    assert {"buy_cattle", "fence_off"} <= names(found, "action")
    assert not names(found, "path")


def test_force_over_what_lives_brings_the_circumstances_that_call_for_care() -> None:
    _, found = season("the_living_forest", next(key for key in keys_of("the_living_forest") if "clear_cut" in key))
    assert names(found, "circumstance") & set(NAMES)
    _, found = season("one_nail", "hammer:me")
    assert "hammer" in names(found, "action") and not names(found, "circumstance")


def keys_of(level: str) -> list[str]:
    return [one.key for one in compile_level(load_level(level)).candidates]


def test_loops_that_were_seen_to_rule_are_met() -> None:
    session, _ = season("the_shared_pasture")
    session.rulers(9)
    assert session.last is not None
    found = [one for one in met(session, session.last) if one.kind == "loop"]
    assert len(found) == 1 and found[0].name.startswith("the_shared_pasture:")
    assert found[0].details["kind"] in ("reinforcing", "balancing")


def test_news_are_one_line() -> None:
    _, found = season("first_steps", "listen:birch", "tend_the_ground:a1")
    assert news_line(found).startswith("New in the codex. Path: Dialogue, Learning from nature.")
    assert "2 new actions." in news_line(found)
    assert news_line([]) == ""


def test_there_are_words_and_a_hint_for_every_path_and_circumstance() -> None:
    icons = {file.stem for file in (data_root() / "assets" / "icons").glob("*.svg")}
    assert len(paths()) == 10 and set(texts()["circumstances"]) == set(NAMES)
    for one in (*texts()["paths"].values(), *texts()["circumstances"].values()):
        assert 2 <= one["plain"].count(".") <= 4 and one["hint"].count(".") + one["hint"].count("?") == 1
        assert one["icon"] in icons
    assert len({one["plain"] for one in texts()["paths"].values()}) == 10


def test_every_family_of_power_with_that_a_level_offers_is_one_of_the_ten_paths() -> None:
    families = {
        action.family
        for file in shipped_levels()
        for action in load_level(file).allowed_actions().values()
        if action.mode == "with"
    }
    assert families <= set(paths()) and len(families) >= 9


def test_an_ally_that_was_found_stands_in_the_codex() -> None:
    session, found = season("what_the_spray_left_out", "look_closer:a1")
    assert [one.details["title"] for one in found if one.kind == "ally"] == ["Ladybirds under the thistles"]
    assert session.last is not None
    assert "ladybirds" in " ".join(line.text for line in Story(session).finds(session.last))


def test_where_no_ally_is_there_is_a_clue_and_no_entry() -> None:
    session, found = season("what_the_spray_left_out", "spray:a1", "look_closer:a1")
    assert names(found, "ally") == set()
    assert session.last is not None
    assert "Nothing moves here" in " ".join(line.text for line in Story(session).finds(session.last))
