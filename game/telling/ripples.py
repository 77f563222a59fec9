"""What a deed did, in sentences; sign, size word and unit all come from the same numbers."""

from __future__ import annotations

from game.insight.ripple_parts import Effect, effects_of, largest_later
from game.insight.ripples import Ripples
from game.insight.who_pays import Payers, worth
from game.sim.actions import OUTCOMES
from game.sim.model import Model
from game.telling import words

MOST = 4  # effects told beside the intended one
SLIGHT, STRONG = 0.05, 0.3  # of a full measure, or of the range: "a little" below the first, "far" above the second


def size_word(model: Model, effect: Effect) -> str:
    """Return how large a change is beside a full measure of what changed: `a little`, `clearly` or `far`."""
    name = effect.change.name
    if name not in model.stocks:
        return "clearly"
    plan = model.stocks[name]
    share = abs(effect.change.amount) * (abs(worth(model, name)) or 1.0 / (plan.high - plan.low))
    return "a little" if share < SLIGHT else "far" if share >= STRONG else "clearly"


def sentence(model: Model, effect: Effect, me: int) -> str:
    """Return one effect in words: `the Birches' hay: far less, -4.3 t`."""
    change = effect.change
    word = words.stock_word(model, change.name)
    if change.flow:
        return f"{word}: {'more' if change.amount > 0 else 'less'}, {words.signed(change.amount, change.unit)} a season"
    if len(change.who) == 2:
        other = words.whose(model, change.who[1], me)
        word = f"{word} towards {'you' if other == 'your' else other.removesuffix(chr(39) + 's').rstrip(chr(39))}"
    owner = f"{words.whose(model, change.who[0], me)} " if change.who else ""
    place = f" on {words.count(effect.tiles, 'tile')}" if effect.tiles else ""
    more = "more" if change.amount > 0 else "less"
    return f"{owner}{word}{place}: {size_word(model, effect)} {more}, {words.signed(change.amount, change.unit)}"


def deed_lines(found: Ripples, number: int, books: Payers) -> list[str]:
    """Return a deed's page of the ledger: what it was, what it was for, what else it did, then and in the end.

    `books` are those of the deed (`game.insight.who_pays.who_pays`).
    """
    model, deed = found.game.model, found.deeds[number]
    me = model.layout.seats[deed.seat]
    name = words.action_name(model, model.candidates[deed.candidate])
    lines = [f"Season {deed.season + 1}, {words.people(model, me)}: {name} - {OUTCOMES[deed.outcome]}"]
    now = effects_of(found, number)
    lines += [f"  meant:    {sentence(model, one, me)}" for one in now if one.intended]
    lines += [f"  besides:  {sentence(model, one, me)}" for one in now if not one.intended][:MOST]
    lines += [f"  in the end: {sentence(model, one, me)}" for one in largest_later(found, number)[:MOST]]
    return lines + needed(found, number) + payers(books) + mode_line(books)


def needed(found: Ripples, number: int) -> list[str]:
    """Return which later deeds of the same player would have failed without this one; the first is named."""
    model, deeds = found.game.model, found.game.deeds
    own = [deeds[other] for other in found.enabled[number] if deeds[other].seat == found.deeds[number].seat]
    if not own:
        return []
    first = words.action_name(model, model.candidates[own[0].candidate])
    more = f" and {words.count(len(own) - 1, 'later deed')}" if len(own) > 1 else ""
    return [f"  without it {first} in season {own[0].season + 1}{more} would have failed"]


def payers(books: Payers) -> list[str]:
    """Return who bears most of the cost, and who has most of the gain, where these are others."""
    lines = []
    for what, side in (("gained", books.gains), ("paid", books.costs)):
        whole = sum(side.values())
        named = sorted(side, key=lambda one: (-side[one], one))[:3]
        shares = [f"{one} {100 * side[one] / whole:.0f} %" for one in named if side[one] >= 0.1 * whole]
        if whole > 0.01:
            lines.append(
                f"  {what}:   {', '.join(shares)}" if what == "gained" else f"  {what}:     {', '.join(shares)}"
            )
    return lines


def mode_line(books: Payers) -> list[str]:
    """Return how much of the benefit went to others, beside what the deed calls itself."""
    share = books.partner_share
    if share is None:
        return []
    called = {"over": "power-over", "with": "power-with", "neutral": "neither kind of power"}[books.called]
    return [f"  called {called}; {100 * share:.0f} % of what it brought went to others"]
