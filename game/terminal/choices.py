"""What could be done this season: numbered actions in two columns, with costs, gains, cautions and answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.insight.reasons import Answer, Obstacle, answers, caution, why_not
from game.playing.paint import WIDTH, beside, seen, wrap
from game.playing.preview import Preview
from game.playing.session import Session
from game.sim.actions import action_frame, cost_of, possible
from game.sim.frame import along_worlds
from game.sim.plans import ActionPlan
from game.sim.world import World
from game.telling import words
from game.terminal.view import View

COLUMN = 38
HEADS = (
    ("over", "DOMINATE", "at once, whoever objects"),
    ("with", "PARTNER", "grows with trust"),
    ("neutral", "NEITHER", ""),
)
ALARM = 0.25  # a chance of being blocked from which on the mark is red


@dataclass(frozen=True)
class Choice:
    """One action with its number in the list and the candidates it could mean."""

    number: int
    plan: ActionPlan
    candidates: tuple[int, ...]

    @property
    def mode(self) -> str:
        """Over, with or neutral."""
        return self.plan.spec.mode


def choices_of(session: Session) -> list[Choice]:
    """Return every action of the level, numbered: force first, then partnering, then neither."""
    model = session.model
    ordered = [plan for mode, _, _ in HEADS for plan in model.actions.values() if plan.spec.mode == mode]
    return [
        Choice(
            number,
            plan,
            tuple(index for index, candidate in enumerate(model.candidates) if candidate.action == plan.name),
        )
        for number, plan in enumerate(ordered, 1)
    ]


class Menu:
    """Lists what could be done, given what is planned already."""

    def __init__(self, session: Session, view: View) -> None:
        self.session, self.view = session, view
        self.model, self.style = session.model, view.style
        self.choices = choices_of(session)

    def lines(self, walked: Preview) -> list[str]:
        """Return all actions in two columns, and what has no side below them."""
        columns = {mode: self._column(mode, title, note, walked.world) for mode, title, note in HEADS}
        found = beside(columns["over"], columns["with"], COLUMN, " | ")
        if any(choice.mode == "neutral" for choice in self.choices):
            found += ["", *columns["neutral"]]
        return ["", *found]

    def _column(self, mode: str, title: str, note: str, world: World) -> list[str]:
        look = {"over": "red", "with": "green", "neutral": "blue"}[mode]
        lines = [self.style.paint(title, "bold", look) + (f"  {note}" if note else "")]
        width = WIDTH if mode == "neutral" else COLUMN
        for choice in self.choices:
            if choice.mode == mode:
                lines += self.entry(choice, world, width)
        return lines

    def entry(self, choice: Choice, world: World, width: int) -> list[str]:
        """Return the lines for one action; dimmed with the reason when it is not possible anywhere."""
        name = f"{choice.number:>2} {choice.plan.spec.name or choice.plan.name}"
        open_ones = [
            index for index in choice.candidates if why_not(self.model, world, self.session.seat, index) is None
        ]
        if not open_ones:
            reason = words.obstacle(self.model, self._nearest_obstacle(choice, world))
            text = wrap(f"{name} - {reason[:1].lower()}{reason[1:]}".rstrip("."), width, "", "   ")
            return [self.style.paint(line, "dim") for line in text]
        head = [f"{name}  {self.style.paint(self._price(open_ones, world), 'cyan')}"]
        if seen(head[0]) > width:
            head = [name, f"   {self.style.paint(self._price(open_ones, world), 'cyan')}"]
        return head + self._details(choice, open_ones, world, width)

    def _nearest_obstacle(self, choice: Choice, world: World) -> Obstacle:
        found = [why_not(self.model, world, self.session.seat, index) for index in choice.candidates]
        real = [one for one in found if one is not None and one.kind != "self"] or [
            one for one in found if one is not None
        ]
        return min(real, key=lambda one: (one.kind != "too_dear", one.missing))

    def _price(self, candidates: list[int], world: World) -> str:
        totals: dict[str, list[float]] = {}
        for index in candidates:
            frame = action_frame(self.model, world, self.session.seat, index)
            for stock, number in cost_of(self.model, frame, self.model.actions[self.model.candidates[index].action]):
                totals.setdefault(stock, []).append(float(number[0]))
        low = words.costs(self.model, [(stock, min(numbers)) for stock, numbers in totals.items()])
        spread = any(max(numbers) - min(numbers) > 0.05 for numbers in totals.values())
        return f"from {low}" if spread else low

    def gain(self, index: int, world: World) -> float:
        """Return what the action promises for next season, by its own reckoning."""
        plan = self.model.actions[self.model.candidates[index].action]
        if plan.gain is None:
            return 0.0
        return float(
            along_worlds(np.asarray(plan.gain(action_frame(self.model, world, self.session.seat, index))), 1)[0]
        )

    def _details(self, choice: Choice, open_ones: list[int], world: World, width: int) -> list[str]:
        lines: list[str] = []
        aim = choice.plan.spec.aim
        if aim:
            best = max(open_ones, key=lambda index: (self.gain(index, world), -index))
            spec = self.model.level.stocks[aim.of]
            where = words.target_name(self.model, self.model.candidates[best])
            up_to = "up to " if len(open_ones) > 1 else ""
            text = f"{up_to}{words.signed(self.gain(best, world), spec.unit)} {words.stock_word(self.model, aim.of)}"
            lines += wrap(text + (f" ({where})" if where and up_to else " next season"), width, "   ")
        if choice.mode == "over":
            marks = self._marks(open_ones, world)
            lines += [
                self.style.paint(line, "yellow") for mark in marks for line in wrap(mark, width, "   ! ", "     ")
            ]
        if choice.plan.accepts is not None:
            for line in words.answers(self.model, self._answers(choice, world)):
                look = "green" if line.startswith("yes") else "yellow" if line.startswith("probably") else "red"
                lines += [self.style.paint(part, look) for part in wrap(line, width, "   ", "     ")]
        elif len(open_ones) < len(self._selectable(choice)):
            names = words.joined([words.target_name(self.model, self.model.candidates[index]) for index in open_ones])
            lines += wrap(f"possible: {names}", width, "   ", "     ")
        return lines

    def _selectable(self, choice: Choice) -> list[int]:
        return [
            index
            for index in choice.candidates
            if self.model.candidates[index].target != self.session.me or self.model.candidates[index].tiles is not None
        ]

    def _answers(self, choice: Choice, world: World) -> list[Answer]:
        everybody = next((index for index in choice.candidates if self.model.candidates[index].target < 0), None)
        if everybody is not None:
            return answers(self.model, world, self.session.seat, everybody, knowing=self.session.world)
        return [
            found
            for index in choice.candidates
            for found in answers(self.model, world, self.session.seat, index, knowing=self.session.world)
        ]

    def _marks(self, open_ones: list[int], world: World) -> list[str]:
        found = [caution(self.model, world, self.session.seat, index) for index in open_ones]
        lines = []
        shares = [one.share for one in found if one.share]
        if shares:
            lines.append(
                f"each plot is {words.percent(min(shares))} to {words.percent(max(shares))} of the ground"
                if max(shares) - min(shares) > 0.01
                else f"each plot is {words.percent(max(shares))} of the ground"
            )
        extra = max(one.extra_days for one in found)
        if extra > 0.05:
            lines.append(f"up to {words.days(extra)} of the price because of others")
        chances = sorted({(one.blocked, tuple(who for who, _ in one.blockers)) for one in found if one.blocked > 0.005})
        if chances:
            high = chances[-1]
            who = words.joined([words.people(self.model, one) for one in high[1]])
            low = f"{100 * chances[0][0]:.0f} to " if chances[0][0] < high[0] - 0.01 and len(open_ones) > 1 else ""
            lines.append(
                f"{who} may block it ({low}{words.percent(high[0])})"
                if len(high[1]) > 1 or len(open_ones) == 1
                else f"may be blocked ({low}{words.percent(high[0])})"
            )
        return lines

    def plan(self, walked: Preview) -> list[str]:
        """Return the plan with what is left after it, and a warning for each step that cannot be done."""
        lines = []
        for place, step in enumerate(walked.steps, 1):
            name = words.action_name(self.model, self.model.candidates[step.candidate])
            line = f"  {place}. {name}  {words.costs(self.model, step.costs)}"
            lines += [self.style.paint(line, "dim") if step.obstacle else line]
            if step.obstacle:
                reason = words.obstacle(self.model, step.obstacle).rstrip(".")
                lines.append(self.style.paint(f"     ! cannot be done in this order: {reason}", "red"))
            for text in words.answers(self.model, step.answers):
                lines += wrap(text, WIDTH, "     ", "       ")
        days = self.view.roles.days
        if days:
            left = float(walked.world.stock[days][self.session.me, 0, 0, 0, 0])
            lines.append(f"  {words.days(max(left, 0.0))} left{'; days you keep are rest' if left >= 0.05 else ''}.")
        if self.session.refuses:
            lines.append("  You decline every offer this season.")
        return ["Your plan:" if walked.steps else "Nothing planned yet.", *lines]

    def possible(self, index: int) -> bool:
        """Whether a candidate could be chosen at all, whatever it costs."""
        candidate = self.model.candidates[index]
        plan = self.model.actions[candidate.action]
        return bool(
            possible(
                self.model,
                action_frame(self.model, self.session.world, self.session.seat, index),
                plan,
                candidate,
            )[0]
        )
