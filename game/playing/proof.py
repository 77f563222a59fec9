"""Two rules of proof side by side, in words and numbers, worked out beside the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.insight.played import Deed, PlayedGame
from game.insight.proof import UNSAFE, Proof, Struck, Timeline, Weighed, proof
from game.playing.branches import Row, outcome, retold, rows
from game.playing.session import Session
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks
from game.telling import words
from game.telling.care import care_word
from game.telling.say import say


@dataclass(frozen=True)
class Side:
    """One rule's timeline: the game retold, what was struck, and the amounts of both errors with their sentences."""

    head: str
    rule: str
    session: Session
    timeline: Timeline
    struck: tuple[str, ...]
    errors: tuple[float, float]  # harm let through and good forgone, full measures
    sentences: tuple[str, str]

    @property
    def came(self) -> str:
        """What came of the game under this rule, in a few words."""
        session = self.session
        return outcome(session) if session.over else say("proof.not_over", season=session.world.season)


@dataclass(frozen=True)
class Verdict:
    """A game under both rules, ready to be shown or printed."""

    found: Proof
    sides: tuple[Side, Side]
    numbers: tuple[Row, ...]  # at the end, side by side


def weigh(session: Session, game: PlayedGame, me: int | None = None, ticks: Ticks = run_ticks) -> Verdict:
    """Return what both rules would have made of a game; `me` is the community that is told "you", -1 for nobody."""
    found = proof(game, ticks)
    you = session.me if me is None else me
    first, second = (_side(session, one, number, you) for number, one in enumerate((found.allowed, found.safe)))
    return Verdict(found, (first, second), tuple(rows(first.session, second.session, game.seasons, you)))


def _side(session: Session, timeline: Timeline, number: int, me: int) -> Side:
    rules = (say("proof.allowed_rule"), say("proof.safe_rule", share=words.percent(UNSAFE)))
    return Side(
        heads()[number],
        rules[number],
        retold(session, timeline.game.plans),
        timeline,
        struck_lines(session.model, timeline, me),
        (timeline.harm, timeline.good),
        (harm_sentence(session.model, timeline, me), good_sentence(session.model, timeline, me)),
    )


# -- words ----------------------------------------------------------------------------------------------


def heads() -> tuple[str, str]:
    """Return what both rules are called."""
    return say("proof.allowed"), say("proof.safe")


def errors() -> tuple[str, str]:
    """Return what both kinds of error are called: harm let through, good forgone."""
    return say("proof.harm_let_through"), say("proof.good_forgone")


def struck_lines(model: Model, timeline: Timeline, me: int) -> tuple[str, ...]:
    """Return what was struck, when and why, in a line for each action."""
    grouped: dict[str, list[Struck]] = {}
    for one in timeline.struck:
        grouped.setdefault(model.candidates[one.deed.candidate].action, []).append(one)
    return tuple(_struck_line(model, each, me) for each in grouped.values())


def _struck_line(model: Model, each: Sequence[Struck], me: int) -> str:
    first = each[0]
    action = model.actions[model.candidates[first.deed.candidate].action].spec
    name = action.name or model.candidates[first.deed.candidate].action.replace("_", " ").capitalize()
    seasons = sorted({one.deed.season + 1 for one in each})
    when = (
        say("proof.in_season", season=seasons[0])
        if len(seasons) == 1
        else say("proof.in_seasons", first=seasons[0], last=seasons[-1])
    )
    times = say("proof.once") if len(each) == 1 else say("proof.often", count=len(each))
    what = {"action": name, "times": times, "when": when}
    if first.proof is not None:
        return say("proof.struck_for_harm", proof=_deed(model, first.proof, me), **what)
    most = max(one.care or 0.0 for one in each)
    return say("proof.struck_for_care", care=care_word(most), share=words.percent(most), **what)


def _deed(model: Model, deed: Deed, me: int) -> str:
    name = words.action_name(model, model.candidates[deed.candidate], True)
    community = model.layout.seats[deed.seat]
    if community == me:
        return say("proof.deed_of_you", action=name, season=deed.season + 1)
    return say("proof.deed_of", action=name, who=words.the_people(model, community), season=deed.season + 1)


def harm_sentence(model: Model, timeline: Timeline, me: int) -> str:
    """Return in a sentence what the rule let happen."""
    if not timeline.harmful:
        return say("proof.no_harm")
    worst, count = _first(model, timeline.harmful, me), len(timeline.harmful)
    return say("proof.harm_by_one", worst=worst) if count == 1 else say("proof.harm", count=count, worst=worst)


def good_sentence(model: Model, timeline: Timeline, me: int) -> str:
    """Return in a sentence what good the rule gave away."""
    if not timeline.struck:
        return say("proof.nothing_struck")
    if not timeline.forgone:
        return say("proof.no_good_struck")
    count = words.count(len(timeline.forgone), "struck deed")
    return say("proof.good_struck", deeds=count, best=_first(model, timeline.forgone, me))


def _first(model: Model, found: Sequence[Weighed], me: int) -> str:
    return say("proof.weighed", deed=_deed(model, found[0].deed, me), amount=measure(found[0].amount))


def measure(amount: float) -> str:
    """Return an amount in full measures: two digits, small ones with their first."""
    return f"{amount:.2f}" if amount >= 0.095 or amount <= 0.0 else f"{amount:.1g}"


def verdict_lines(verdict: Verdict) -> list[str]:
    """Return both rules as lines, one below the other, and the numbers side by side."""
    if not verdict.found.force:
        return [say("proof.nobody")]
    lines = [say("proof.how")]
    for side in verdict.sides:
        lines += ["", say("proof.side", rule=side.head, came=side.came), f"  {side.rule}"]
        lines += [f"  {line}" for line in side.struck] or [f"  {say('proof.nothing_struck')}"]
        for name, amount, sentence in zip(errors(), side.errors, side.sentences, strict=True):
            lines.append(f"  {say('proof.error', error=name, amount=measure(amount), what=sentence)}")
    first, second = say("proof.until_harmful"), say("proof.when_safe")
    lines += ["", f"{say('proof.at_the_end'):<34}{first:>16}{second:>16}"]
    lines += [f"{row.name:<34}{row.first:>16}{row.second:>16}" for row in verdict.numbers]
    return [*lines, "", say("proof.measure")]


def as_data(model: Model, verdict: Verdict) -> dict[str, object]:
    """Return both rules as plain data, every deed by itself."""
    return {
        "level": model.level.id,
        "seasons": verdict.found.game.seasons,
        "force": verdict.found.force,
        "rules": [_side_as_data(model, side) for side in verdict.sides],
        "numbers": [
            {"name": row.name, "allowed": row.first, "safe": row.second, "better": row.better}
            for row in verdict.numbers
        ],
    }


def _side_as_data(model: Model, side: Side) -> dict[str, object]:
    timeline = side.timeline
    return {
        "rule": timeline.rule,
        "outcome": side.came,
        "objective": side.session.history[-1].objective,
        "harm": timeline.harm,
        "good_forgone": timeline.good,
        "struck": [
            _deed_as_data(model, one.deed)
            | ({"care": one.care} if one.proof is None else {"proof": _deed_as_data(model, one.proof)})
            for one in timeline.struck
        ],
        "harmful": [_deed_as_data(model, one.deed) | {"cost": one.amount} for one in timeline.harmful],
        "forgone": [_deed_as_data(model, one.deed) | {"gain": one.amount} for one in timeline.forgone],
    }


def _deed_as_data(model: Model, deed: Deed) -> dict[str, object]:
    candidate = model.candidates[deed.candidate]
    who = model.level.seats[deed.seat]
    return {"season": deed.season + 1, "who": who, "action": candidate.action, "target": candidate.label}
