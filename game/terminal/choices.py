"""What could be done this season: numbered actions in two columns, with costs, gains, cautions and answers."""

from __future__ import annotations

from dataclasses import dataclass

from game.playing.decide import decide
from game.telling import words
from game.telling.say import say
from game.terminal.paint import WIDTH, beside, seen, wrap
from game.terminal.view import Data, View

COLUMN = 38
MODES = ("over", "with", "neutral")


@dataclass(frozen=True)
class Choice:
    """One action with its number in the list, its mode (over, with or neutral), and the targets it could have."""

    number: int
    id: str
    name: str
    plain: str
    mode: str
    targets: tuple[Data, ...]


def choices_of(view: View) -> list[Choice]:
    """Return every action of the level, numbered: force first, then partnering, then neither."""
    return [
        Choice(number, one["id"], one["name"], one["plain"], one["mode"], tuple(one["targets"]))
        for number, one in enumerate(view.shown("actions")["actions"], 1)
    ]


def _head(mode: str) -> tuple[str, str]:
    """Return the title of a column and what stands beside it."""
    match mode:
        case "over":
            return say("menu.over"), say("menu.over_note")
        case "with":
            return say("menu.with"), say("menu.with_note")
        case _:
            return say("menu.neutral"), ""


def _nearest_obstacle(card: Data) -> str:
    """Return what stands in the way where least is lacking: a price that is nearly paid before all else."""
    found = [one for one in card["options"] if one["obstacle"]]
    nearest = min(found, key=lambda one: (one["lacks"] is None, one["lacks"]["amount"] if one["lacks"] else 0.0))
    return str(nearest["obstacle"])


def _look(answer: Data) -> str:
    """Return the colour of a line of answers: of all who agree, all who may, or one who declines."""
    if answer["yes"]:
        return "green" if answer["sure"] else "yellow"
    return "red" if answer["sure"] else "yellow"


def _gain(aim: Data, open_ones: list[Data]) -> str:
    """Return what an action promises at its best target."""
    best = max(open_ones, key=lambda option: option["promise"])
    said = {"amount": words.signed(best["promise"], aim["unit"]), "stock": aim["name"]}
    if len(open_ones) == 1:
        return say("menu.gain_next_season", **said)
    return (
        say("menu.gain_up_to_at", where=best["label"], **said)
        if best["label"]
        else say("menu.gain_up_to_next_season", **said)
    )


class Menu:
    """Lists what could be done, given what is planned already; reads the cards and the plan of a view."""

    def __init__(self, view: View) -> None:
        self.view, self.style = view, view.style
        self.choices = choices_of(view)
        self._names = {choice.id: choice.name for choice in self.choices}

    def lines(self) -> list[str]:
        """Return all actions in two columns, in one where it is narrow, and what has no side below them."""
        cards = {card["id"]: card for card in self.view.shown("cards")["cards"]}
        columns = {mode: self._column(mode, cards) for mode in MODES}
        if self.style.narrow:
            found = [*columns["over"], "", *columns["with"]]
        else:
            found = beside(columns["over"], columns["with"], COLUMN, " | ")
        if any(choice.mode == "neutral" for choice in self.choices):
            found += ["", *columns["neutral"]]
        return ["", *found]

    def _column(self, mode: str, cards: dict[str, Data]) -> list[str]:
        look = {"over": "red", "with": "green", "neutral": "blue"}[mode]
        title, note = _head(mode)
        lines = [self.style.paint(title, "bold", look) + (f"  {note}" if note else "")]
        width = WIDTH if mode == "neutral" else COLUMN
        for choice in self.choices:
            if choice.mode == mode:
                lines += self.entry(choice.number, cards[choice.id], width)
        return lines

    def entry(self, number: int, card: Data, width: int) -> list[str]:
        """Return the lines for one action; dimmed with the reason when it is not possible anywhere."""
        name = f"{number:>2} {self._names[card['id']]}"
        open_ones = [option for option in card["options"] if not option["obstacle"]]
        if not open_ones:
            anew = bool(card["terms"]) and any(one["possible"] for one in card["terms"]["amounts"])
            reason = card["obstacle"] if anew else _nearest_obstacle(card)
            said = say("menu.not_possible", action=name, reason=f"{reason[:1].lower()}{reason[1:]}".rstrip("."))
            dim = [self.style.paint(line, "dim") for line in wrap(said, width, "", "   ")]
            return [*dim, *self._terms(card["terms"] if anew else None, width)]
        price = self.style.paint(card["price"], "cyan")
        head = [f"{name}  {price}"]
        if seen(head[0]) > width:
            head = [name, f"   {price}"]
        return head + self._details(card, open_ones, width)

    def _details(self, card: Data, open_ones: list[Data], width: int) -> list[str]:
        lines: list[str] = []
        if card["aim"]:
            lines += wrap(_gain(card["aim"], open_ones), width, "   ")
        if card["mode"] == "over":
            marks = [line for mark in self._marks(open_ones) for line in wrap(mark, width, "   ! ", "     ")]
            lines += [self.style.paint(line, "yellow") for line in marks]
        lines += self._terms(card["terms"], width)
        if card["asks"]:
            for one in card["answers"]:
                lines += [self.style.paint(part, _look(one)) for part in wrap(one["text"], width, "   ", "     ")]
        elif len(open_ones) < len(card["options"]):
            names = words.joined([option["label"] for option in open_ones])
            lines += wrap(say("menu.possible", targets=names), width, "   ", "     ")
        return lines

    def _terms(self, terms: Data | None, width: int) -> list[str]:
        """Return what an offer is about, what else it could be about, and who would agree at what."""
        if terms is None:
            return []
        amounts = terms["amounts"]
        now = next((one["text"] for one in amounts if one["chosen"]), "")
        others = ", ".join(one["text"] for one in amounts if not one["chosen"])
        lines = wrap(say("terms.menu", amount=now, others=others), width, "   ", "     ")
        for one in amounts:
            if one["yes"] or one["perhaps"]:
                lines += wrap(one["told"], width, "   ", "     ")
        return [self.style.paint(line, "cyan") for line in lines]

    def meaning(self, choice: Choice) -> list[str]:
        """Return what an action costs and brings now, where it is possible and brings most, as its card shows it."""
        card = next((one for one in self.view.shown("cards")["cards"] if one["id"] == choice.id), None)
        if card is None:
            return []
        open_ones = [option for option in card["options"] if not option["obstacle"]]
        if not open_ones:
            return wrap(say("help.not_now", reason=card["obstacle"].rstrip(".")))
        best = max(open_ones, key=lambda option: option["worth"])
        said = {"price": card["price"], "brings": words.joined([self._brought(one) for one in best["brings"]])}
        if not said["brings"]:
            return wrap(say("help.costs", price=card["price"]))
        where = best["label"] if len(open_ones) > 1 else ""
        return wrap(say("help.brings_at", where=where, **said) if where else say("help.brings", **said))

    def _brought(self, one: Data) -> str:
        """Return one thing that an action changes, as a card shows it: `hay +1.3 t`, `trust ↑`, `less grazing`."""
        if one["text"]:
            return say("word.held", stock=one["name"], amount=one["text"])
        known = {stock["id"]: stock["word"] for stock in self.view.shown("stocks")["stocks"]}
        if known.get(one["of"]) != one["name"]:
            return str(one["name"])  # says itself which way, or when
        return f"{one['name']} {self.style.sign('↑', '+') if one['way'] == 'up' else self.style.sign('↓', '-')}"

    def set_terms(self, choice: Choice, said: str) -> str:
        """Set what an offer is about, as written: in its unit, shares in percent; return what is to be told."""
        card = next(one for one in self.view.shown("cards")["cards"] if one["id"] == choice.id)
        if card["terms"] is None:
            return say("terms.none", action=choice.name)
        amounts = {one["text"]: one["value"] for one in card["terms"]["amounts"]}
        for text, value in amounts.items():
            if said == text.split(" ")[0]:
                decide(self.view.game.session, {"do": "terms", "card": choice.id, "amount": value})
                return say("terms.set", amount=text)
        first = next(iter(amounts)).split(" ")[0]
        return say("terms.which", action=choice.name, amounts=", ".join(amounts), number=choice.number, first=first)

    def _marks(self, open_ones: list[Data]) -> list[str]:
        found = [option["caution"] for option in open_ones if option["caution"] is not None]
        lines = []
        shares = [one["share"] for one in found if one["share"]]
        if shares:
            low, high = words.percent(min(shares)), words.percent(max(shares))
            several = max(shares) - min(shares) > 0.01
            lines.append(say("menu.plots_between", low=low, high=high) if several else say("menu.plots", share=high))
        extra = max(one["extra_days"] for one in found)
        if extra > 0.05:
            lines.append(say("menu.resisted", days=words.days(extra)))
        return lines + self._blocked(found, len(open_ones) > 1)

    def _blocked(self, found: list[Data], several: bool) -> list[str]:
        """Return how likely it is that somebody blocks it, and who, where that is not told by the target."""
        shorts = [(one["id"], one["short"]) for one in self.view.shown("households")["households"]]
        order = {name: number for number, (name, _) in enumerate(shorts)}
        real = [one for one in found if one["blocked"] > 0.005]
        chances = sorted({(one["blocked"], tuple(order[name] for name in one["blockers"])) for one in real})
        if not chances:
            return []
        high, blockers = chances[-1]
        chance = words.percent(high)
        if chances[0][0] < high - 0.01 and several:
            chance = say("menu.range", low=f"{100 * chances[0][0]:.0f}", high=chance)
        if len(blockers) > 1 or not several:
            who = words.joined([shorts[one][1] for one in blockers])
            return [say("menu.blocked_by", who=who, chance=chance)]
        return [say("menu.blocked", chance=chance)]

    def plan(self) -> list[str]:
        """Return the plan with what is left after it, and a warning for each step that cannot be done."""
        lines, plan = [], self.view.shown("plan")["plan"]
        for place, step in enumerate(plan["steps"], 1):
            name = self._names[step["card"]]
            name = f"{name} ({step['label']})" if step["label"] else name
            line = f"  {say('plan.step', place=place, action=name, price=step['price'])}"
            lines += [self.style.paint(line, "dim") if step["obstacle"] else line]
            if step["obstacle"]:
                warning = say("plan.obstacle", reason=step["obstacle"].rstrip("."))
                lines.append(self.style.paint(f"     {warning}", "red"))
            for text in step["said_told"]:
                lines += wrap(text, WIDTH, "     ", "       ")
        left = plan["days_left_told"]
        if left is not None:
            text = say("plan.days_left_to_rest" if left >= 0.05 else "plan.days_left", days=words.days(left))
            lines.append(f"  {text}")
        return [say("plan.title") if plan["steps"] else say("plan.empty"), *lines]

    def is_free(self, choice: Choice) -> bool:
        """Whether an action could be chosen at all, whatever it costs."""
        card = next(one for one in self.view.shown("cards")["cards"] if one["id"] == choice.id)
        return any(not one["obstacle"] or one["lacks"] for one in card["options"])
