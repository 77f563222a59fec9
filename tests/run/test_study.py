"""Runs of a level are made once, kept block by block, and found again only under the very same question."""

from __future__ import annotations

import ast
import random
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from game.lab.balance_words import policy_lines
from game.level.problems import UnreadableFile
from game.level.reader import changed_level, load_level, parse_level
from game.run import finished_blocks
from game.run.batch import play
from game.run.claims import ClaimPlan, check_claims
from game.run.finished_blocks import FinishedBlocks, engine_texts, key_of
from game.run.robustness import keeps, play_numbers, points_of, range_games, robustness_of
from game.run.study import Request, Study, merge, plain_variant
from game.run.variants import Variant
from game.run.winning import SCRIPTS, policy_requests, policy_rows
from game.sim.model import compile_level
from tests.run.beans import BEANS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def store(tmp_path: Path) -> FinishedBlocks:
    return FinishedBlocks(tmp_path / "kept.sqlite")


def played(
    level: object, store: FinishedBlocks | None, seeds: range = range(600), **settings: object
) -> tuple[list[int], object]:
    """Return how many games each block held that was finished, and the record of `over`."""
    told: list[int] = []
    study = Study(level, finished=store, progress=told.append, **settings)
    variant = plain_variant(("over",))
    return told, study.run([Request(variant, seeds, [(0, 1, 4)], True)])[variant.key]


def test_what_was_kept_is_the_same_to_the_bit_and_is_not_played_again(
    store: FinishedBlocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    level = parse_level(BEANS)
    _, first = played(level, store)
    monkeypatch.setattr("game.run.study.play_block", None)  # whoever plays now, fails
    told, again = played(level, store)
    assert told == [500, 100] and first.values == again.values and first.ends == again.ends
    assert np.array_equal(first.objective, again.objective)
    assert first.curves.keys() == again.curves.keys() and all(
        np.array_equal(values, again.curves[name]) for name, values in first.curves.items()
    )


def test_an_interrupted_study_loses_only_the_block_it_was_in(
    store: FinishedBlocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    level = parse_level(BEANS)

    def stopped(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Study(level, finished=store, progress=stopped).run([Request(plain_variant(("over",)), range(1500), [], True)])
    rows = sqlite3.connect(store.database.execute("PRAGMA database_list").fetchone()[2])
    assert rows.execute("SELECT count(*) FROM block").fetchone() == (1,)


@pytest.mark.parametrize(
    "text",
    [
        BEANS.replace("value: 10,", "value: 11,"),
        BEANS.replace("title: A pot of beans", "title: Another pot"),
        BEANS.replace('measure: "beans[us] > 1"', 'measure: "beans[us] > 2"'),
    ],
)
def test_another_level_is_another_question(text: str, store: FinishedBlocks, monkeypatch: pytest.MonkeyPatch) -> None:
    played(parse_level(BEANS), store)
    monkeypatch.setattr("game.run.study.play_block", None)
    with pytest.raises(TypeError):
        played(parse_level(text), store)


def test_other_rules_policies_and_seeds_are_other_questions(
    store: FinishedBlocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    level = parse_level(BEANS)
    played(level, store)
    monkeypatch.setattr("game.run.study.play_block", None)
    with pytest.raises(TypeError):
        played(level, store, range(1, 601))
    monkeypatch.setattr(finished_blocks, "engine_digest", lambda: "another engine")
    with pytest.raises(TypeError):
        played(level, store)


def test_results_depend_on_every_file_that_imports_lead_to() -> None:
    texts = engine_texts(ROOT / "game")
    folders = {path.split("/")[0] for path in texts}
    assert {"language", "level", "sim", "players", "run"} <= folders and not {"screen", "terminal"} & folders
    for path, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                named = [alias.name for alias in node.names if alias.name.startswith("game.")]
            elif isinstance(node, ast.ImportFrom):
                assert node.module != "game" and not node.level, f"{path}: name the folder, so that it is seen"
                named = [node.module or ""] if (node.module or "").startswith("game.") else []
            else:
                continue
            assert {name.split(".")[1] for name in named} <= folders, path


def test_a_folder_that_is_imported_and_missing_is_an_error(tmp_path: Path) -> None:
    for folder, text in (("run", "from game.sim import step\n"), ("sim", "    from game.luck.dice import roll\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.py").write_text(text)
    with pytest.raises(ModuleNotFoundError, match=r"game\.luck"):
        engine_texts(tmp_path)
    (tmp_path / "luck.py").write_text("roll = 4\n")
    assert list(engine_texts(tmp_path)) == ["luck.py", "run/one.py", "sim/one.py"]


def test_a_damaged_block_is_played_again(store: FinishedBlocks) -> None:
    level = parse_level(BEANS)
    _, first = played(level, store)
    store.database.execute("UPDATE block SET body = substr(body, 1, 40) || x'00' || substr(body, 42)")
    _, again = played(level, store)
    assert first.ends == again.ends


def test_a_study_whose_tables_hold_no_letters_is_told_of_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    FinishedBlocks(path).close()
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE block", b"CREATE TAB\xcc\xcc block"))
    with pytest.raises(UnreadableFile, match="name another file"):
        FinishedBlocks(path)


def test_an_answer_under_the_key_of_another_question_is_not_taken(store: FinishedBlocks) -> None:
    store.put("one", {"values": np.arange(3.0)})
    store.database.execute("UPDATE block SET key = 'two'")
    assert store.get("one") is None and store.get("two") is None


@pytest.mark.parametrize("count", [60, pytest.param(5000, marks=[pytest.mark.nightly, pytest.mark.timeout(7200)])])
def test_whatever_the_damage_to_a_study_nothing_wrong_is_taken_from_it(count: int, tmp_path: Path) -> None:
    path, luck, told, found = tmp_path / "kept.sqlite", random.Random(count), 0, 0
    whole = FinishedBlocks(path)
    answers = {f"{number}": {"values": np.arange(40.0) + number, "ends": np.arange(9) * number} for number in range(30)}
    for key, arrays in answers.items():
        whole.put(key, arrays)
    whole.database.execute("pragma wal_checkpoint(truncate)")
    whole.close()
    raw = path.read_bytes()
    for number in range(count):
        spot, folder = luck.randrange(len(raw)), tmp_path / str(number)
        flipped = bytes([raw[spot] ^ (1 << luck.randrange(8))])
        noise = luck.randbytes(luck.choice((1, 60, 600)))
        ends = (raw[spot:], raw[spot + len(noise) :], b"")
        changed = luck.choice((raw[:spot] + flipped + raw[spot + 1 :], raw[:spot] + noise + luck.choice(ends), b""))
        folder.mkdir()
        (folder / path.name).write_bytes(changed)
        try:
            blocks = FinishedBlocks(folder / path.name)
        except UnreadableFile as error:  # which is told in a line, with what to do
            told += "--resume" in str(error)
            continue
        for key, arrays in answers.items():
            kept = blocks.get(key)
            found += kept is not None
            assert kept is None or all(np.array_equal(kept[name], values) for name, values in arrays.items()), number
        blocks.put("more", answers["1"])
        blocks.close()
        shutil.rmtree(folder)
    assert told and found


def test_kept_results_never_hold_code(store: FinishedBlocks) -> None:
    store.put("x", {"values": np.array([1.0])})
    assert store.get("x") is not None
    with pytest.raises(ValueError, match="Object arrays"):
        np.lib.format.write_array(__import__("io").BytesIO(), np.array([object()]), allow_pickle=False)
    assert store.get("never put") is None


def test_a_fresh_store_forgets_what_was_there_and_keeps_what_comes(tmp_path: Path) -> None:
    path, key = tmp_path / "kept.sqlite", key_of("a question")
    FinishedBlocks(path).put(key, {"values": np.array([1.0])})
    fresh = FinishedBlocks(path, fresh=True)
    assert fresh.get(key) is None
    fresh.put(key, {"values": np.array([2.0])})
    assert fresh.get(key)["values"][0] == FinishedBlocks(path).get(key)["values"][0] == 2.0


def test_the_oldest_blocks_make_room(store: FinishedBlocks) -> None:
    for name in "abc":
        store.put(name, {"values": np.array([1.0])})
    store.tidy(most=len(store.database.execute("SELECT body FROM block").fetchone()[0]) * 2)
    assert store.get("a") is None and store.get("c") is not None


def test_a_file_that_is_something_else_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "kept.sqlite").write_text("no database at all, but a long enough text " * 20)
    with pytest.raises(UnreadableFile, match="--resume"):
        FinishedBlocks(tmp_path / "kept.sqlite")


def test_requests_for_the_same_variant_are_one_run() -> None:
    over = plain_variant(("over",))
    merged = merge([Request(over, range(500), [(0, 1, 4)]), Request(over, range(100), [(1, 2, 3)], True)])
    (one,) = merged.values()
    assert len(one.seeds) == 500 and one.whole and one.windows == [(0, 1, 4), (1, 2, 3)]


def test_claims_and_the_table_of_policies_share_their_games(store: FinishedBlocks) -> None:
    level = parse_level(BEANS)
    plan = ClaimPlan(level, range(60))
    told: list[int] = []
    requests = [*plan.requests(), *policy_requests(level, range(40), range(0))]
    records = Study(level, finished=store, progress=told.append).run(requests)
    assert sum(told) == 60 * 2 + 40 * (len(SCRIPTS) - 1)  # `over` stands in the claim already
    assert plan.verdicts(records) == check_claims(level, range(60))
    rows = {row.policy: row for row in policy_rows(level, records)}
    assert list(rows) == list(SCRIPTS)
    assert rows["over"].runs == 60 and rows["idle"].runs == 40
    assert rows["over"].share == 1.0 and rows["idle"].share < 1.0
    low, high = rows["idle"].interval
    assert low <= rows["idle"].share <= high
    assert not any(row.alone_runs for row in rows.values()), "there is but one seat"


def test_policies_also_play_the_first_seat_alone_among_the_neighbours_of_the_level() -> None:
    level, seeds = load_level("first_steps"), range(6)
    requests = policy_requests(level, seeds, range(0))
    rows = {row.policy: row for row in policy_rows(level, Study(level, backend="numpy").run(requests))}
    for name in ("with", "deaf"):
        games = play(compile_level(level), (name, "idle"), seeds, backend="numpy")
        assert (rows[name].alone_won, rows[name].alone_runs) == (games.wins, 6)
    assert rows["with"].alone_share == 1.0 and rows["with"].as_dict()["first_seat"]["won"] == 6
    lines = policy_lines(list(rows.values()))
    assert "first seat alone" in lines[0] and lines[2 + list(rows).index("with")].endswith("  100.0%   61.0% to 100.0%")


# -- numbers chosen for play -------------------------------------------------------------------------


def test_points_lie_one_in_each_part_of_a_range() -> None:
    model = compile_level(parse_level(BEANS))
    (name,) = play_numbers(model, Variant(("over",)))
    values = points_of(model, [name], 10)[name]
    assert sorted(np.floor((values - 5.0) / 1.5)) == list(range(10))
    assert np.array_equal(values, points_of(model, [name], 10)[name])
    assert play_numbers(model, Variant(("over",), change={name: 12})) == ()


def test_a_claim_that_rests_on_a_number_holds_in_part_of_its_range() -> None:
    """Thirty bought beans a season feed whoever eats less; no hunger of the range is too much for ten seeds of it."""
    eats = BEANS.replace("amount: 30", "amount: 3")  # now a hunger above about fifteen empties the pot
    (found,) = robustness_of(parse_level(eats), 40, range(6))
    assert found.numbers == ("hunger",) and found.points == 40
    assert 0.2 < found.share < 0.9
    (sure,) = robustness_of(parse_level(BEANS), 10, range(4))
    assert sure.share == 1.0


def test_ranges_are_kept_and_counted_too(store: FinishedBlocks, monkeypatch: pytest.MonkeyPatch) -> None:
    level, told = parse_level(BEANS), []
    first = robustness_of(level, 20, range(4), finished=store, progress=told.append)
    assert sum(told) == range_games(level, 20, 4) == 80
    monkeypatch.setattr("game.run.robustness.new_worlds", None)
    assert robustness_of(level, 20, range(4), finished=store) == first


def test_without_points_only_the_numbers_are_named() -> None:
    (found,) = robustness_of(parse_level(BEANS), 0, range(4))
    assert found.numbers == ("hunger",) and found.points == 0 and found.as_dict()["share"] is None


def test_a_comparison_keeps_its_bound_by_means() -> None:
    claim = load_level("empty_pasture").claims[0]
    assert claim.compare is not None and claim.compare.within == 0.02
    one = np.array([1.0, 2.0])
    assert keeps(claim, [one], [one * 1.01]) and not keeps(claim, [one], [one * 1.05])


def test_another_value_of_a_number_is_not_drawn_anew() -> None:
    level = parse_level(BEANS)
    (here,) = robustness_of(changed_level(level, {"hunger": 20}), 5, range(4))
    assert here.points == 5
