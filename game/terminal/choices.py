"""What could be done this season: numbered actions in two columns, with costs, gains, cautions and answers."""

from __future__ import annotations

from dataclasses import dataclass

from game.insight.reasons import Answer, Obstacle
from game.playing.cards import ActionCard, Option, cards_of
from game.playing.letters import amount_text
from game.playing.preview import Preview
from game.playing.session import Session
from game.playing.terms import who_agrees
from game.sim.model import Model
from game.sim.plans import ActionPlan
from game.sim.possible import action_frame, possible
from game.telling import words
from game.telling.say import say
from game.terminal.paint import WIDTH, beside, seen, wrap
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
            tuple(
                index
                for index, candidate in enumerate(model.candidates)
                if candidate.action == plan.name and candidate.amount is None
            ),
        )
        for number, plan in enumerate(ordered, 1)
    ]


def _nearest_obstacle(card: ActionCard) -> Obstacle:
    found = [option.hurdle for option in card.targets if option.hurdle is not None]
    real = [one for one in found if one.kind != "self"] or found
    return min(real, key=lambda one: (one.kind != "too_dear", one.missing))


def _answers(card: ActionCard, model: Model) -> list[Answer]:
    everybody = next((option for option in card.targets if model.candidates[option.candidate].target < 0), None)
    if everybody is not None:
        return list(everybody.said)
    return [one for option in card.targets for one in option.said]


class Menu:
    """Lists what could be done, given what is planned already."""

    def __init__(self, session: Session, view: View) -> None:
        self.session, self.view = session, view
        self.model, self.style = session.model, view.style
        self.choices = choices_of(session)

    def lines(self, walked: Preview) -> list[str]:
        """Return all actions in two columns, and what has no side below them."""
        cards = {card.name: card for card in cards_of(self.session, walked.world)}
        columns = {mode: self._column(mode, title, note, cards) for mode, title, note in HEADS}
        found = beside(columns["over"], columns["with"], COLUMN, " | ")
        if any(choice.mode == "neutral" for choice in self.choices):
            found += ["", *columns["neutral"]]
        return ["", *found]

    def _column(self, mode: str, title: str, note: str, cards: dict[str, ActionCard]) -> list[str]:
        look = {"over": "red", "with": "green", "neutral": "blue"}[mode]
        lines = [self.style.paint(title, "bold", look) + (f"  {note}" if note else "")]
        width = WIDTH if mode == "neutral" else COLUMN
        for choice in self.choices:
            if choice.mode == mode:
                lines += self.entry(choice.number, cards[choice.plan.name], width)
        return lines

    def entry(self, number: int, card: ActionCard, width: int) -> list[str]:
        """Return the lines for one action; dimmed with the reason when it is not possible anywhere."""
        name = f"{number:>2} {self.model.actions[card.name].spec.name or card.name}"
        open_ones = [option for option in card.targets if option.hurdle is None]
        if not open_ones:
            reason = words.obstacle(self.model, _nearest_obstacle(card))
            text = wrap(f"{name} - {reason[:1].lower()}{reason[1:]}".rstrip("."), width, "", "   ")
            return [self.style.paint(line, "dim") for line in text]
        head = [f"{name}  {self.style.paint(self._price(open_ones), 'cyan')}"]
        if seen(head[0]) > width:
            head = [name, f"   {self.style.paint(self._price(open_ones), 'cyan')}"]
        return head + self._details(card, open_ones, width)

    def _price(self, options: list[Option]) -> str:
        totals: dict[str, list[float]] = {}
        for option in options:
            for stock, number in option.price:
                totals.setdefault(stock, []).append(number)
        low = words.costs(self.model, [(stock, min(numbers)) for stock, numbers in totals.items()])
        spread = any(max(numbers) - min(numbers) > 0.05 for numbers in totals.values())
        return f"from {low}" if spread else low

    def _details(self, card: ActionCard, open_ones: list[Option], width: int) -> list[str]:
        lines: list[str] = []
        plan = self.model.actions[card.name]
        if plan.spec.aim:
            best = max(open_ones, key=lambda option: (option.promise, -option.candidate))
            spec, aim = self.model.level.stocks[plan.spec.aim.of], words.stock_word(self.model, plan.spec.aim.of)
            where = words.target_name(self.model, self.model.candidates[best.candidate])
            up_to = "up to " if len(open_ones) > 1 else ""
            text = f"{up_to}{words.signed(best.promise, spec.unit)} {aim}"
            lines += wrap(text + (f" ({where})" if where and up_to else " next season"), width, "   ")
        if card.mode == "over":
            lines += [
                self.style.paint(line, "yellow")
                for mark in self._marks(open_ones)
                for line in wrap(mark, width, "   ! ", "     ")
            ]
        for one in card.amounts:
            look = "cyan" if one.chosen else "dim"
            lines += [self.style.paint(part, look) for part in wrap(who_agrees(self.model, one), width, "   ", "     ")]
        if plan.accepts is not None:
            for line in words.answers(self.model, _answers(card, self.model)):
                look = "green" if line.startswith("yes") else "yellow" if line.startswith("probably") else "red"
                lines += [self.style.paint(part, look) for part in wrap(line, width, "   ", "     ")]
        elif len(open_ones) < len(self._selectable(card)):
            names = words.joined(
                [words.target_name(self.model, self.model.candidates[option.candidate]) for option in open_ones]
            )
            lines += wrap(f"possible: {names}", width, "   ", "     ")
        return lines

    def set_terms(self, choice: Choice, said: str) -> str:
        """Set what an offer is about, as written: in its unit, shares in percent; return what is to be told."""
        plan, name = choice.plan, words.kind_name(self.model, choice.plan.name)
        if not plan.term:
            return say("terms.none", action=name)
        for value in plan.spec.terms[plan.term].values:
            text = amount_text(self.model, choice.candidates[0], value)
            if said == text.split(" ")[0]:
                self.session.set_terms(plan.name, value)
                return say("terms.set", amount=text)
        texts = [amount_text(self.model, choice.candidates[0], value) for value in plan.spec.terms[plan.term].values]
        first = texts[0].split(" ")[0]
        return say("terms.which", action=name, amounts=", ".join(texts), number=choice.number, first=first)

    def _selectable(self, card: ActionCard) -> list[Option]:
        candidates = self.model.candidates
        return [
            option
            for option in card.targets
            if candidates[option.candidate].target != self.session.me or candidates[option.candidate].tiles is not None
        ]

    def _marks(self, open_ones: list[Option]) -> list[str]:
        found = [option.warning for option in open_ones if option.warning is not None]
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
