"""What is in force changes how much care force calls for: watching, trying and protest, each where it answers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from game.insight.circumstance import LASTING, LATE, LIVING, VAST
from game.insight.vigilance import GREAT, vigilance
from game.insight.watchfulness import Note, Present, care_now, circumstances_now, vigilance_now
from game.level.reader import load_level, parse_level
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import World
from game.telling.care import care_lines, care_mark, care_notes, care_word, note_line
from tests.insight.test_vigilance import TEXT
from tests.sim.levels import candidate

WATCH = """\
  watch: {mode: with, family: commons, target: me, plain: Watch., lasts: {seasons: 3}, oversees: [cut]}
  strip: {mode: with, family: commons, target: me, plain: Try it., lasts: {seasons: 6}, tries: cut}
  pact:  {mode: with, family: commons, target: {communities: 2..2}, accepts: 1, plain: Watch., lasts: {}, oversees: cut}
resistance: {weight: 1, protest: 0.25, plain: They resist.}
objective:"""
# Cutting is slow to answer (four seasons), pulls at living soil, takes much of the map and heals slowly.
CHANGES = (
    ("plain: It rots.", "delay: 4, plain: It rots."),
    ("plain: Soil.", "living: 0.5, plain: Soil."),
    ("value: 0.4", "value: 0.02"),
    ("cut:   {mode: over, family: take, target: {tiles: meadow, area: 2}",
     "cut:   {mode: over, family: take, target: {tiles: meadow, area: 6}"),
    ("seats: [ash]", "seats: [ash, elm]"),
    ("{ash: {name: The Ashes}}", "{ash: {name: The Ashes}, elm: {name: The Elms}}"),
    ("objective:", WATCH),
)  # fmt: skip


def build(*more: tuple[str, str]) -> Model:
    text = TEXT
    for before, after in (*CHANGES, *more):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return compile_level(parse_level(text, "moss.yaml"))


def cut(model: Model, world: World, seat: int = 0) -> dict[str, Present]:
    chosen = model.candidates[candidate(model, "cut")]
    return {one.name: one for one in circumstances_now(model, world, seat, chosen)}


def said(one: Present) -> str:
    assert one.note is not None
    return note_line(one.note)


def after(model: Model, *seasons: dict[int, list[str]]) -> World:
    world = new_worlds(model, [1])
    for plans in seasons:
        named = {seat: [candidate(model, name) for name in names] for seat, names in plans.items()}
        world = step(model, world, Actions.planned(model, named))
    return world


@pytest.fixture(scope="module")
def moss() -> Model:
    return build()


def test_without_anything_in_force_care_is_what_the_rules_ask_for(moss: Model) -> None:
    world, chosen = new_worlds(moss, [1]), moss.candidates[candidate(moss, "cut")]
    found = cut(moss, world)
    assert set(found) == {LATE, LIVING, LASTING, VAST}
    assert all(one.strength == one.usual and not one.note for one in found.values())
    assert vigilance_now(moss, world, 0, chosen) == pytest.approx(vigilance(moss, chosen))
    assert not care_now(moss, world, 0, chosen).changed


def test_watching_takes_away_that_the_answer_is_late_as_long_as_it_lasts(moss: Model) -> None:
    before = cut(moss, new_worlds(moss, [1]))
    watched = cut(moss, after(moss, {0: ["watch"]}))
    assert before[LATE].strength == pytest.approx(0.8**2 * 0.5) and before[LATE].delay == 4.0
    assert watched[LATE].strength == 0.0
    assert said(watched[LATE]) == "Watched: you see its answer after one season, not after 4."
    assert all(watched[name] == before[name] for name in (LIVING, LASTING, VAST))
    over = cut(moss, after(moss, {0: ["watch"]}, {}, {}))
    assert over == before


def test_what_nobody_pushes_back_against_stays_so_however_well_it_is_watched() -> None:
    model = build(("rate: 0.5 * peat", "rate: 0.5"))
    late, watched = (cut(model, world)[LATE] for world in (new_worlds(model, [1]), after(model, {0: ["watch"]})))
    assert late.strength == watched.strength == pytest.approx(0.8**2 * 0.6) and not watched.note


def test_a_watch_in_the_open_is_seen_by_all_and_a_pact_by_its_members() -> None:
    model = build(("{ash: {name: The Ashes}, elm: {name: The Elms}}",
                   "{ash: {name: A}, elm: {name: E}, oak: {name: O}}"),
                  ("seats: [ash, elm]", "seats: [ash, elm, oak]"))  # fmt: skip
    watched = after(model, {0: ["watch"]})
    assert [cut(model, watched, seat)[LATE].strength for seat in range(3)] == [0.0, 0.0, 0.0]
    world = new_worlds(model, [1])
    pact = next(index for index, one in enumerate(model.candidates) if (one.action, one.label) == ("pact", "elm"))
    world = step(model, world, Actions.planned(model, {0: [pact]}))
    assert [cut(model, world, seat)[LATE].strength for seat in range(3)] == [0.0, 0.0, pytest.approx(0.32)]


def test_a_trial_speaks_when_it_is_as_old_as_the_answer_is_slow(moss: Model) -> None:
    before = cut(moss, new_worlds(moss, [1]))
    for run in (1, 2, 3):
        found = cut(moss, after(moss, {0: ["strip"]}, *[{}] * (run - 1)))
        more = "1 more season." if run == 3 else f"{4 - run} more seasons."
        assert said(found[LATE]) == f"The trial has not answered yet: about {more}"
        assert [found[name].strength for name in before] == [before[name].strength for name in before]
    found = cut(moss, after(moss, {0: ["strip"]}, {}, {}, {}))
    assert found[LATE].strength == 0.0 and said(found[LATE]) == "Tried: the trial has shown you the answer."
    assert found[LIVING].strength == before[LIVING].strength / 2.0
    assert "half of the surprises" in said(found[LIVING])
    assert cut(moss, after(moss, {0: ["strip"]}, *[{}] * 5)) == before  # the trial is over


def test_protest_takes_its_chance_from_what_could_not_be_taken_back() -> None:
    model = build(("area: 6}, plain: Cut.", "area: 6}, blocked_by: protest, plain: Cut."),
                  ('".": {terrain: meadow, users: [ash]}', '".": {terrain: meadow, users: [ash, elm]}'))  # fmt: skip
    found = cut(model, new_worlds(model, [1]))
    for name in (VAST, LASTING):
        assert found[name].strength == pytest.approx(0.75 * found[name].usual)
        assert said(found[name]) == "Protest can still stop it: 25 %."
    assert all(found[name].strength == found[name].usual and not found[name].note for name in (LATE, LIVING))
    care = care_now(model, new_worlds(model, [1]), 0, model.candidates[candidate(model, "cut")])
    assert care_notes(care) == ("Protest can still stop it: 25 %.",)
    assert care.now == pytest.approx(1.0 - math.prod(1.0 - one.strength for one in found.values()))


def test_each_world_of_a_batch_is_read_by_itself(moss: Model) -> None:
    world = new_worlds(moss, [1, 2])
    plans = Actions.none(moss, 2)
    plans.chosen[0, 0, 1] = candidate(moss, "watch")
    world = step(moss, world, plans)
    chosen = moss.candidates[candidate(moss, "cut")]
    values = np.array([vigilance_now(moss, world, 0, chosen, at) for at in (0, 1)])
    assert values[0] == pytest.approx(vigilance(moss, chosen)) and values[1] < values[0]


def test_the_meter_is_told_in_words() -> None:
    moss = build(("area: 6}, plain: Cut.", "area: 3}, plain: Cut."))
    assert [care_word(care) for care in (0.0, 0.299, 0.3, 0.699, 0.7, 1.0)] == [
        "little care", "little care", "care", "care", "great care", "great care",
    ]  # fmt: skip
    chosen = moss.candidates[candidate(moss, "cut")]
    plain, watched = (
        care_now(moss, world, 0, chosen) for world in (new_worlds(moss, [1]), after(moss, {0: ["watch"]}))
    )
    assert care_lines(plain) == (f"How much harm it may do: {100 * plain.now:.0f} of 100. It calls for great care.",)
    assert watched.changed and care_lines(watched)[1].endswith(f"{100 * plain.now:.0f} of 100, great care.")
    assert len(plain.sentences) == 3 and all(not line.startswith("Answers come late") for line in watched.sentences)


def test_a_card_is_marked_only_where_force_calls_for_care(moss: Model) -> None:
    world = new_worlds(moss, [1])
    assert care_now(moss, world, 0, moss.candidates[candidate(moss, "cut")]).now >= GREAT
    pump = care_now(moss, world, 0, moss.candidates[candidate(moss, "pump")])
    assert care_mark(pump.now) == "" and pump.sentences == ()
    assert [care_mark(now) for now in (0.29, 0.3, 0.69, 0.7)] == ["", "with care", "with care", "great care"]


def test_the_valley_can_be_watched_and_tried() -> None:
    valley = compile_level(load_level("sandbox"))
    chosen = valley.candidates[candidate(valley, "burn_the_slope")]
    usual = vigilance(valley, chosen)
    world = step(valley, new_worlds(valley, [3]), Actions.planned(valley, {0: [candidate(valley, "watch_the_slope")]}))
    assert vigilance_now(valley, world, 0, chosen) < usual
    world = new_worlds(valley, [3])
    world = step(valley, world, Actions.planned(valley, {0: [candidate(valley, "try_one_strip")]}))
    assert world.member["try_one_strip"][0].max() == 1.0
    waiting = care_now(valley, world, 0, chosen)
    assert care_notes(waiting) == ("The trial has not answered yet: about 3 more seasons.",)
    for _ in range(3):
        world = step(valley, world)
    answered = care_now(valley, world, 0, chosen)
    assert answered.now < usual and any(note.startswith("Tried") for note in care_notes(answered))


def test_what_nobody_has_words_for_is_an_error() -> None:
    with pytest.raises(ValueError, match="nobody says what 'hope' is"):
        note_line(Note("hope"))
