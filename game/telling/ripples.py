"""What a deed did, in sentences; sign, size word and unit all come from the same numbers."""

from __future__ import annotations

from game.insight.ripple_parts import Effect, effects_of, largest_later
from game.insight.ripples import Ripples
from game.insight.who_pays import Payers, worth
from game.sim.actions import OUTCOMES
from game.sim.model import Model
from game.telling import words
from game.telling.say import say

MOST = 4  # effects told beside the intended one
SLIGHT, STRONG = 0.05, 0.3  # of a full measure, or of the range: "a little" below the first, "far" above the second


def size_word(model: Model, effect: Effect) -> str:
    """Return how large a change is beside a full measure of what changed: `a little`, `clearly` or `far`."""
    name = effect.change.name
    if name not in model.stocks:
        return say("ripples.clearly")
    plan = model.stocks[name]
    share = abs(effect.change.amount) * (abs(worth(model, name)) or 1.0 / (plan.high - plan.low))
    return say("ripples.slightly" if share < SLIGHT else "ripples.far" if share >= STRONG else "ripples.clearly")


def sentence(model: Model, effect: Effect, me: int) -> str:
    """Return one effect in words: `the Birches' hay: far less, -4.3 t`."""
    change = effect.change
    word, amount = words.stock_word(model, change.name), words.signed(change.amount, change.unit)
    if change.flow:
        return say("ripples.flow_more" if change.amount > 0 else "ripples.flow_less", flow=word, amount=amount)
    if len(change.who) == 2:
        other = words.whose(model, change.who[1], me)
        other = other.removesuffix("'s").rstrip("'")
        you = change.who[1] == me
        word = say("ripples.towards_you", stock=word) if you else say("ripples.towards", stock=word, who=other)
    owner = f"{words.whose(model, change.who[0], me)} " if change.who else ""
    number, size = f"{owner}{word}", size_word(model, effect)
    if effect.tiles:
        number = say("ripples.on_tiles", number=number, tiles=words.count(effect.tiles, "tile"))
    return say("ripples.more" if change.amount > 0 else "ripples.less", number=number, size=size, amount=amount)


def deed_lines(found: Ripples, number: int, books: Payers) -> list[str]:
    """Return a deed's page of the ledger: what it was, what it was for, what else it did, then and in the end.

    `books` are those of the deed (`game.insight.who_pays.who_pays`).
    """
    model, deed = found.game.model, found.deeds[number]
    me = model.layout.seats[deed.seat]
    name = words.action_name(model, model.candidates[deed.candidate])
    who, outcome = words.people(model, me), OUTCOMES[deed.outcome]
    lines = [say("ripples.deed", season=deed.season + 1, who=who, action=name, outcome=outcome)]
    now = effects_of(found, number)
    lines += [_row(say("ripples.meant"), sentence(model, one, me)) for one in now if one.intended]
    lines += [_row(say("ripples.besides"), sentence(model, one, me)) for one in now if not one.intended][:MOST]
    later = largest_later(found, number)[:MOST]
    lines += [_row(say("ripples.in_the_end"), sentence(model, one, me)) for one in later]
    return lines + needed(found, number) + payers(books) + mode_line(books)


def _row(head: str, text: str) -> str:
    return f"  {head + ':':<9} {text}"


def needed(found: Ripples, number: int) -> list[str]:
    """Return which later deeds of the same player would have failed without this one; the first is named."""
    model, deeds = found.game.model, found.game.deeds
    own = [deeds[other] for other in found.enabled[number] if deeds[other].seat == found.deeds[number].seat]
    if not own:
        return []
    first = words.action_name(model, model.candidates[own[0].candidate])
    said = {"action": first, "season": own[0].season + 1}
    if len(own) == 1:
        return [f"  {say('ripples.needed', **said)}"]
    return [f"  {say('ripples.needed_and_more', more=words.count(len(own) - 1, 'later deed'), **said)}"]


def payers(books: Payers) -> list[str]:
    """Return who bears most of the cost, and who has most of the gain, where these are others."""
    lines = []
    for gained, side in ((True, books.gains), (False, books.costs)):
        whole = sum(side.values())
        named = sorted(side, key=lambda one: (-side[one], one))[:3]
        shares = [f"{one} {100 * side[one] / whole:.0f} %" for one in named if side[one] >= 0.1 * whole]
        if whole > 0.01:
            lines.append(_row(say("ripples.gained" if gained else "ripples.paid"), ", ".join(shares)))
    return lines


def mode_line(books: Payers) -> list[str]:
    """Return how much of the benefit went to others, beside what the deed calls itself."""
    share = books.partner_share
    if share is None:
        return []
    called = {"over": say("ripples.over"), "with": say("ripples.with"), "neutral": say("ripples.neutral")}
    return [f"  {say('ripples.called', kind=called[books.called], share=f'{100 * share:.0f}')}"]
