"""A game in play: whose turn it is, what is planned, what became of it.  Nothing here prints.

A plan can be changed, undone and redone until the season ends; the world
itself changes in `end_turn` alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from game.insight import played
from game.insight.coming import on_its_way
from game.insight.ledger import answers_ledger, ledger
from game.insight.loops import Loop
from game.insight.roles import Roles, reservoir, roles_of, watched
from game.level.vocabulary import PERSON
from game.players.motives import Mind
from game.players.policies import deciding_anew
from game.playing.background import Background
from game.playing.bargains import BargainsOf
from game.playing.faring import FaringOf
from game.playing.finish import may_finish
from game.playing.hints import Hints
from game.playing.learnt import Learnt
from game.playing.letters import Letter, counters_of, letters_to, offered_amount, what_it_means, with_answers
from game.playing.minds import minds_of
from game.playing.moments import Moment, living_share, moment_of
from game.playing.others import Others
from game.playing.preview import Preview, preview
from game.playing.ruling import AT_ONCE, Ruling
from game.playing.season import Attempt, Planning, Said, SeasonReport
from game.playing.sight import without_unseen
from game.sim import at_hand
from game.sim.actions import DONE, NOTHING, SLOTS, Actions
from game.sim.beginning import new_worlds
from game.sim.goals import ended_early
from game.sim.model import Model
from game.sim.step import step
from game.sim.world import RUNNING, World


class Session:
    """One game: a level, a seed, people in the first seats, policies in the others."""

    def __init__(self, model: Model, seed: int, people: int, policies: Sequence[str]) -> None:
        self.model, self.seed = model, seed
        at_hand.ask(model)  # nobody waits for it
        self.background = Background()  # all that is worked out beside this game
        self.seats = tuple(range(people))
        self.policies = tuple("idle" if seat in self.seats else name for seat, name in enumerate(policies))
        self.world = new_worlds(model, [seed])
        self.world.detail = {}
        self.roles: Roles = roles_of(model)
        shown = watched(model, self.roles)
        whole = model.level.kind == "model"  # which has no land that could tell how it goes
        self.charted = [name for name in shown if whole or model.stocks[name].place == "tile"]
        self.hidden = [one for name in self.charted if (one := self.lives_on(name)) is not None]
        self.turn, self.answering = 0, False
        self.amounts: dict[str, float] = {}  # of offers, by action: what the player has set
        self._to_answer: list[int] | None = None  # the turns in which answers are due, once all have planned
        self.others = Others(model, self.policies)
        self._asked: tuple[tuple[int, int, bool], list[Letter]] | None = None
        self.planning = {seat: Planning() for seat in self.seats}
        self.history: list[Moment] = [self._moment()]
        self.last: SeasonReport | None = None
        self.deeds: list[tuple[Attempt, ...]] = []  # season by season
        self.plans: list[Actions] = []  # of everybody, season by season
        self.tried: list[played.Deed] = []  # all that was tried in the whole game
        self.families: list[str] = []
        self.finished_early = False
        self.finish_offered: int | None = None  # after which season it was first offered to end the game
        self.hints = Hints(model)
        self.origin: Session | None = None  # the game that this one branches off
        self.branched_at = 0  # after how many seasons
        self._meant: dict[tuple[int, int, float | None], list[str]] = {}  # by slot and seat of the letter, and amount
        self._walked: tuple[tuple[int, int, tuple[int, ...]], Preview] | None = None
        self.fared, self.agreed = FaringOf(self.background, self.game), BargainsOf(self.background, self.game)
        self.learnt = Learnt()  # what players have come to know of what others need
        self.learnt.note(self.model, self.world, self.seats)
        self._game: played.PlayedGame | None = None
        self._minds: tuple[tuple[int, int], dict[int, Mind]] | None = None
        self._ruling = Ruling(model)

    @property
    def seat(self) -> int:
        """Whose turn it is."""
        return self.seats[self.turn]

    @property
    def me(self) -> int:
        """The community that this seat speaks for."""
        return self.model.layout.seats[self.seat]

    @property
    def over(self) -> bool:
        """Whether the game has been decided."""
        return bool(self.world.outcome[0] != RUNNING)

    @property
    def plan(self) -> tuple[int, ...]:
        """What is planned: indices of candidates, in order."""
        return self.planning[self.seat].chosen

    def letters(self) -> list[Letter]:
        """Return what others offer the one whose turn it is; offers between players come when all have planned.

        The plans of whom nobody plays are made when the season begins, and wait.
        """
        key = (self.world.season, self.seat, self.answering)
        if self._asked is None or self._asked[0] != key:
            planned = self._planned() if self.answering else self.plans_of_others()
            persons = [seat for seat, name in enumerate(self.policies) if name == PERSON]
            players = self.seats if self.answering else ()
            self._asked = (key, letters_to(self.model, self.world, planned, self.me, {}, persons, players))
            self._meant = {}
        said = self.planning[self.seat].answers
        return [replace(letter, answer=said.get((letter.slots[0], letter.seat))) for letter in self._asked[1]]

    def answer(self, letter: Letter, said: Said) -> bool:
        """Say yes, no or another amount to what somebody offers; until the turn ends another answer may be given.

        False for an amount that whoever offers it would not take.
        """
        if not isinstance(said, bool) and said == offered_amount(self.model, self.world, letter.candidate):
            said = True
        if not isinstance(said, bool) and said not in letter.others:
            return False
        for slot in letter.slots:
            self.planning[self.seat].answers[slot, letter.seat] = said
        return True

    def meaning(self, letter: Letter) -> list[str]:
        """Return what a yes would change this season for both sides, to another amount where one was named."""
        amount = None if letter.answer is None or isinstance(letter.answer, bool) else float(letter.answer)
        which = (letter.slots[0], letter.seat, amount)
        if which not in self._meant:
            planned = self._planned() if self.answering else self.plans_of_others()
            self._meant[which] = what_it_means(self.model, self.world, planned, letter, self.me)
        return self._meant[which]

    def preview(self) -> Preview:
        """Walk through the plan on a copy of the world; what is asked again and again is worked out once."""
        key = (self.world.season, self.seat, self.plan)
        if self._walked is None or self._walked[0] != key:
            self._walked = (key, preview(self.model, self.world, self.seat, self.plan))
        return self._walked[1]

    def minds(self) -> dict[int, Mind]:
        """Return what moved each person last season, by seat; worked out once, and empty before the first season."""
        key = (self.world.season, self.me)
        if self._minds is None or self._minds[0] != key:
            known, last = self.others.minds, self.last
            self._minds = (key, {} if last is None else minds_of(self.model, self.policies, last, self.me, known))
        return self._minds[1]

    def loops(self) -> list[Loop]:
        """Return the feedback loops as things stand, strongest first; found once a season."""
        return self._ruling.now(self.world, self.tried)

    def look_for_loops(self) -> None:
        """Begin to find them in the background."""
        self._ruling.look_ahead(self.background, self.world, self.tried)

    def game(self) -> played.PlayedGame:
        """Return what has been played so far, to be looked back on; the same one until the world changes."""
        if self._game is None or self._game.end is not self.world:
            start = new_worlds(self.model, [self.seed]) if self._game is None else self._game.start
            people, anew = deciding_anew(self.model, self.policies)
            plans, tried = tuple(self.plans), tuple(self.tried)
            self._game = played.PlayedGame(self.model, start, plans, tried, self.world, people, anew)
        return self._game

    def rulers(self, most: int = AT_ONCE) -> list[Loop | None]:
        """Return which loop ruled when each season was over, from the first one on: see `Ruling.over`."""
        return self._ruling.over([moment.season for moment in self.history[1:]], self.world, self.tried, most)

    def lives_on(self, name: str) -> str | None:
        """Return what nobody sees and what a stock of the land lives on, whose course is remembered."""
        on_land = name in self.charted and self.model.stocks[name].place == "tile"
        return reservoir(self.model, name) if on_land else None

    def set_terms(self, action: str, amount: float) -> bool:
        """Set what the next offer of an action is about; False where it leaves no such amount open."""
        plan = self.model.actions.get(action)
        if plan is None or not plan.term or amount not in plan.spec.terms[plan.term].values:
            return False
        self.amounts[action] = amount
        return True

    def _change(self, chosen: Sequence[int]) -> None:
        self.planning[self.seat].change(tuple(chosen))

    def add(self, candidate: int) -> bool:
        """Plan one more action; False when the plan is full, or when all have planned and answers are due."""
        if len(self.plan) >= SLOTS or self.answering:
            return False
        self._change((*self.plan, candidate))
        return True

    def drop(self, place: int) -> bool:
        """Take the action at `place` (from 0) out of the plan; False when there is none."""
        if not 0 <= place < len(self.plan) or self.answering:
            return False
        self._change(self.plan[:place] + self.plan[place + 1 :])
        return True

    def move(self, place: int, to: int) -> bool:
        """Move the action at `place` to another place in the order; False when there is no such place."""
        if not (0 <= place < len(self.plan) and 0 <= to < len(self.plan)) or self.answering:
            return False
        rest = list(self.plan)
        rest.insert(to, rest.pop(place))
        self._change(rest)
        return True

    def undo(self) -> bool:
        """Go back to the plan before; False when there is none."""
        return self._step_back(self.planning[self.seat].past, self.planning[self.seat].future)

    def redo(self) -> bool:
        """Take an undo back; False when there is nothing to take back."""
        return self._step_back(self.planning[self.seat].future, self.planning[self.seat].past)

    def _step_back(self, source: list[tuple[int, ...]], other: list[tuple[int, ...]]) -> bool:
        if not source or self.answering:
            return False
        planning = self.planning[self.seat]
        other.append(planning.chosen)
        planning.chosen = source.pop()
        return True

    def end_turn(self) -> SeasonReport | None:
        """Hand over to the next person; after the last one let the season pass and report it.

        When all have planned, those to whom another player has made an offer
        get a second turn, to answer it.
        """
        if not self.answering and self.turn + 1 < len(self.seats):
            self.turn += 1
            return None
        if self._to_answer is None:
            self._to_answer = self._asked_by_players()
        if self._to_answer:
            self.turn, self.answering = self._to_answer.pop(0), True
            return None
        return self._pass_season()

    def pass_as_decided(self, planning: Mapping[int, Planning]) -> SeasonReport:
        """Let a season pass as people had decided it before."""
        self.planning |= planning
        return self._pass_season()

    def _pass_season(self) -> SeasonReport:
        before, actions, planning = self.world, self.decided(), self.planning
        lived = self._live(actions)
        unanswered, counters = self._unanswered(actions, planning), counters_of(actions, planning)
        for _, _, candidate, amount in counters:  # the next offer begins with it
            self.amounts[self.model.candidates[candidate].action] = amount
        self.last = replace(self._report(before, actions, *lived), unanswered=unanswered, counters=counters)
        return self.last

    @property
    def may_finish(self) -> bool:
        """Whether the game can be ended now with its win: every goal stands, and the clock goes on."""
        return may_finish(self.model, self.world)

    @property
    def finish_is_new(self) -> bool:
        """Whether that is so for the first time in this game: then it is told in words."""
        return self.may_finish and self.finish_offered == self.world.season

    def finish(self) -> bool:
        """End the game here with its win; False where that is not offered, or while answers are due."""
        if not self.may_finish or self.answering:
            return False
        self.world, self.finished_early = ended_early(self.model, self.world), True
        if self.last is not None:
            self.last = replace(self.last, after=self.world)
        return True

    def _unanswered(self, actions: Actions, planning: Mapping[int, Planning]) -> tuple[tuple[int, int, int], ...]:
        """Return whose letters players have left unanswered in the season that has just passed, each action once."""
        found: dict[tuple[int, int, str], int] = {}
        for seat, planned in planning.items():
            asked = self.world.answer[:, :, self.model.layout.seats[seat], 0] != 0
            for slot, by in np.argwhere(asked & ~np.array(planned.by_rule)).tolist():
                candidate = int(actions.chosen[slot, by, 0])
                offer = self.model.actions[self.model.candidates[candidate].action].accepts is not None
                if offer and (slot, by) not in planned.answers:
                    found.setdefault((seat, by, self.model.candidates[candidate].action), candidate)
        return tuple((seat, by, candidate) for (seat, by, _), candidate in found.items())

    def _asked_by_players(self) -> list[int]:
        """Return the turns of those people to whom another one of them has made an offer."""
        if len(self.seats) < 2:
            return []
        planned, found = self._planned(), []
        for turn, seat in enumerate(self.seats):
            me = self.model.layout.seats[seat]
            letters = letters_to(self.model, self.world, planned, me, self.planning[seat].answers)
            if any(letter.seat in self.seats and letter.answer is None for letter in letters):
                found.append(turn)
        return found

    def retrace(self, plans: Sequence[Actions]) -> None:
        """Live again through seasons that were decided before; only the last of them is told."""
        for number, actions in enumerate(plans, 1):
            before = self.world
            lived = self._live(actions)
            if number == len(plans):
                self.last = self._report(before, actions, *lived)

    def _live(self, actions: Actions) -> tuple[tuple[Attempt, ...], tuple[tuple[str, int], ...]]:
        """Let a season pass and remember it; return what was done in it, and which paths were new."""
        before = self.world
        self.world = step(self.model, before, actions)
        self.plans.append(actions)
        self.tried += played.tried(before.season, actions, self.world.result)
        self.turn, self.answering, self._to_answer = 0, False, None
        self.planning = {seat: Planning() for seat in self.seats}
        if self.finish_offered is None and self.may_finish:
            self.finish_offered = self.world.season
        self.history.append(self._moment())
        self.learnt.note(self.model, self.world, self.seats)
        self._ruling.note(self.world)
        deeds = tuple(
            self._deed(actions, slot, seat)
            for seat in range(len(self.policies))
            for slot in range(SLOTS)
            if actions.chosen[slot, seat, 0] >= 0
        )
        self.deeds.append(deeds)
        return deeds, self._new_families(deeds)

    def plans_of_others(self) -> Actions:
        """Return what those plan whom nobody plays, made once, when the season begins."""
        return self.others.plans(self.world)

    def _planned(self) -> Actions:
        """Return what everybody plans for the season."""
        chosen = self.plans_of_others().chosen.copy()
        for seat, planning in self.planning.items():
            chosen[:, seat] = NOTHING
            for slot, candidate in enumerate(planning.chosen):
                chosen[slot, seat] = candidate
        return Actions(chosen)

    def decided(self) -> Actions:
        """Return what everybody does, and what people have answered; all others answer by rule."""
        said = {seat: planning.answers for seat, planning in self.planning.items() if not planning.by_rule}
        return with_answers(self.model, self.world, self._planned(), said)

    def _report(
        self, before: World, actions: Actions, deeds: tuple[Attempt, ...], new_families: tuple[tuple[str, int], ...]
    ) -> SeasonReport:
        model, after = self.model, self.world
        cards = {seat: without_unseen(model, after, ledger(model, before, actions, after, seat)) for seat in self.seats}
        answered = {seat: answers_ledger(self.model, before, actions, self.world, seat) for seat in self.seats}
        arrivals, hint = tuple(on_its_way(self.model, self.world)), self.hints.next(self.world, self.history)
        return SeasonReport(before, self.world, deeds, cards, arrivals, new_families, hint, answered)

    def _deed(self, actions: Actions, slot: int, seat: int) -> Attempt:
        answers = self.world.answer[slot, seat, :, 0]
        said = {int(one): bool(answers[one] > 0) for one in np.flatnonzero(answers)}
        return Attempt(seat, int(actions.chosen[slot, seat, 0]), int(self.world.result[slot, seat, 0]), said)

    def _new_families(self, deeds: Sequence[Attempt]) -> tuple[tuple[str, int], ...]:
        found = []
        for deed in deeds:
            spec = self.model.actions[self.model.candidates[deed.candidate].action].spec
            if (
                deed.seat in self.seats
                and deed.outcome == DONE
                and spec.mode == "with"
                and spec.family not in self.families
            ):
                self.families.append(spec.family)
                found.append((spec.family, deed.candidate))
        return tuple(found)

    def _moment(self) -> Moment:
        return moment_of(self.model, self.roles, self.world, self.charted, self.hidden)

    def living_share(self, world: World) -> float:
        """Return how full the living stock of the map is on average, 0 to 1."""
        return living_share(self.model, self.roles, world)
