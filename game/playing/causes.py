"""Why something was lost: two half truths in words, the last hand (blame) and what moved it (web)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from game.insight.causal_web import Hands, Strand, hands_bit_by_bit, web
from game.insight.causes import (
    AGREEMENT,
    ARRIVAL,
    DEED,
    FLOW,
    INFLUENCE,
    Blame,
    Part,
    Where,
    blame,
    worse_way,
)
from game.insight.links import links_now
from game.insight.played import PlayedGame
from game.insight.readings import places_of, size_of, smallest
from game.language.unknown import UnknownKind
from game.playing.background import PRESSED, Work
from game.playing.session import Session
from game.sim.actions import DONE
from game.sim.batches import block_size, selected
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks, step
from game.sim.units_told import in_hundredths, unit_of
from game.telling import words
from game.telling.say import say

PARTS, DEEDS = 6, 6  # rows told
PUSH, WIDE = 0.1, 10.0  # the push that a sentence about a link speaks of: of the range, or one where that is wider


@dataclass(frozen=True)
class Causes:
    """Both views of one loss: a season of a stock, and its whole course until then."""

    where: Where
    season: int  # from 0
    blame: Blame
    web: tuple[Strand, ...]
    hands: Hands


def causes(game: PlayedGame, where: Where, season: int) -> Causes:
    """Return both views of a season (from 0) of a game."""
    *_, found = causes_bit_by_bit(game, where, season)
    assert found is not None
    return found


def causes_bit_by_bit(game: PlayedGame, where: Where, season: int, ticks: Ticks = run_ticks) -> Iterator[Causes | None]:
    """Do as `causes` does, a bit at a time: None until both views are there.

    `ticks` may be another way to the same bits (`game.run.backends`).
    """
    world = selected(game.start, np.zeros(1, np.int64))
    for plan in game.plans[:season]:
        world = step(game.model, world, plan)
        yield None
    last = blame(game.model, world, game.plans[season], where)
    after = step(game.model, world, game.plans[season])
    yield None
    strands = web(links_now(game.model, after, [deed for deed in game.deeds if deed.season <= season]), where.stock)
    for found in hands_bit_by_bit(game, where, season, ticks):
        if found is not None:
            yield Causes(where, season, last, tuple(strands), found)
            return
        yield None


class Inquiry:
    """Answers why, in the background of a game; what was asked once is kept."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._works: dict[tuple[Where, int], Work[Causes]] = {}

    def ask(self, where: Where, season: int) -> Work[Causes]:
        """Return the work on both views of a season (from 0); only the last question is worked on."""
        key = (where, season)
        if key not in self._works or self._works[key].cancelled:
            self.forget()
            game = self.session.game()
            self._works[key] = self.session.background.begin(
                lambda work: causes_bit_by_bit(game, where, season, work.ticks), PRESSED, _steps(game, season)
            )
        return self._works[key]

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        for work in self._works.values():
            work.cancel()


def _steps(game: PlayedGame, season: int) -> int:
    """Return how many steps it takes to answer: seasons lived through, and bits."""
    twins = 2 ** len(game.model.layout.seats) + sum(deed.season <= season for deed in game.deeds)
    blocks = -(-twins // max(8, block_size(game.model)))
    return season + 3 + blocks * (season + 2)


# -- words ----------------------------------------------------------------------------------------------


class Teller:
    """Tells both views; `me` is the community that reads, -1 where nobody in particular does."""

    def __init__(self, model: Model, where: Where, me: int) -> None:
        self.model, self.where, self.me = model, where, me
        plan = model.stocks[where.stock]
        self.tiles = places_of(model, where.stock) if plan.place == "tile" and plan.matter else 1.0

    @property
    def name(self) -> str:
        """What is asked about: `grass`, `your hay`, `trust in you`."""
        word, one, two = words.stock_word(self.model, self.where.stock), self.where.community, self.where.partner
        if one is not None and two is not None:
            return words.between(self.model, self.where.stock, one, two, self.me)
        if two is not None:
            if two == self.me:
                return say("causes.stock_in_you", stock=word)
            return say("causes.stock_in", stock=word, who=words.the_people(self.model, two))
        if one is not None:
            return f"{words.whose(self.model, one, self.me)} {word}"
        own = self.model.stocks[self.where.stock].place in ("community", "player")
        return say("causes.everybodys", stock=word) if own else word

    def text(self, value: float) -> str:
        """Return a reading as it is told everywhere."""
        if self.model.stocks[self.where.stock].place == "tile":
            return words.land_text(self.model, self.where.stock, value / self.tiles)
        return words.amount(value, unit_of(self.model, self.where.stock), True)

    def signed(self, value: float) -> str:
        """Return a change with its sign."""
        return _signed(self.model, self.where.stock, value / self.tiles)

    def question(self, found: Causes) -> str:
        """Return what is asked: `Why did grass fall in season 5?`."""
        rose = found.blame.after > found.blame.before
        return say("causes.why_rise" if rose else "causes.why_fall", number=self.name, season=found.season + 1)

    def headline(self, found: Causes) -> str:
        """Return how much it changed in the season, and since the start."""
        change = found.blame.after - found.blame.before
        return say(
            "causes.rose" if change > 0.0 else "causes.fell",
            number=words.capital(self.name),
            before=self.text(found.blame.before),
            after=self.text(found.blame.after),
            whole=self.signed(found.hands.end - found.hands.start),
        )

    # -- blame ---------------------------------------------------------------------------------------

    def last_hand(self, found: Causes) -> str:
        """Return the blame view in a sentence: the one push that did most of the harm in the season."""
        part = found.blame.last_cause(worse_way(self.model, self.where.stock))
        if part is None or words.is_nothing(self.signed(part.amount)):
            return say("causes.no_blame")
        said = self.part(part)
        if part.kind == DEED:
            who, _, action = said.partition(": ")
            return say("causes.last_deed", who=who, action=action, amount=self.signed(part.amount))
        amount = self.signed(part.amount)
        last = say("causes.last_flow" if part.kind == FLOW else "causes.last", push=said, amount=amount)
        return last + self._by(part)

    def parts(self, found: Causes) -> list[tuple[str, float, str]]:
        """Return (words, change, change in words) of each push of the season, largest first, equal ones added."""
        added: dict[str, float] = {}
        for part in found.blame.parts:
            added[self.part(part)] = added.get(self.part(part), 0.0) + part.amount
        if abs(found.blame.rest) / self.tiles >= smallest(self.model, self.where.stock):
            added[say("causes.rest")] = found.blame.rest
        told = sorted(added.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
        return [(text, amount, self.signed(amount)) for text, amount in told[:PARTS]
                if not words.is_nothing(self.signed(amount))]  # fmt: skip

    def part(self, part: Part) -> str:
        """Return what pushed, in words: `The Birches: Two more cows`, `Grazing`."""
        if part.kind == DEED and part.seat is not None and part.candidate is not None:
            name = words.action_name(self.model, self.model.candidates[part.candidate], True)
            return say("causes.deed", who=self.who(self.model.layout.seats[part.seat]), action=name)
        if part.kind == FLOW:
            return words.capital(words.stock_word(self.model, part.name))
        if part.kind == INFLUENCE:
            plain = self.model.level.influences[part.name].plain.rstrip(".")
            return plain or words.capital(part.name.replace("_", " "))
        name = self.model.actions[part.name].spec.name or part.name.replace("_", " ")
        kinds = {ARRIVAL: say("causes.arrival", action=name), AGREEMENT: say("causes.agreement", action=name)}
        return kinds[part.kind]

    def who(self, community: int) -> str:
        """Return `You` or `The Birches`."""
        return say("causes.you") if community == self.me else words.capital(words.the_people(self.model, community))

    def _by(self, part: Part) -> str:
        shares = [(one, amount) for one, amount in part.by if not words.is_nothing(self.signed(amount))]
        if len(shares) < 2:
            return ""
        names = [say("causes.you_too") if one == self.me else words.people(self.model, one) for one, _ in shares[:4]]
        parts = zip(names, shares, strict=False)
        told = [f"{name} {self.signed(amount).lstrip('+-')}" for name, (_, amount) in parts]
        return " " + say("causes.of_this", shares=", ".join(told))

    # -- web -----------------------------------------------------------------------------------------

    def strand(self, strand: Strand) -> str:
        """Return one link in a sentence, with the size of the push and of its answer: `Herd +1 animal → grass -2 %`."""
        link, model = strand.link, self.model
        push = PUSH * size_of(model, link.source) if size_of(model, link.source) <= WIDE else 1.0
        rate = link.pull / size_of(model, link.source) * size_of(model, link.target)
        while abs(rate * push) > PUSH * size_of(model, link.target):
            push /= 10.0
        while words.is_nothing(_signed(model, link.target, rate * push)) and push < size_of(model, link.source):
            push *= 10.0
        answer = _signed(model, link.target, rate * push)
        source, target = (words.stock_word(model, name) for name in (link.source, link.target))
        said = {
            "pushed": f"{words.capital(source)} {_signed(model, link.source, push)}",
            "answer": f"{target} {answer}",
            "carrier": self.carrier(link.via, link.kind),
        }
        if link.delay >= 1.0:
            return say("causes.strand_later", wait=words.turns(round(link.delay)), **said)
        return say("causes.strand", **said)

    def carrier(self, via: str, kind: str) -> str:
        """Return what carries a link: a flow, an influence, or what people do."""
        if kind == "action":
            return say("causes.by_people", action=self.model.actions[via].spec.name or via.replace("_", " "))
        if kind == "influence":
            return self.model.level.influences[via].plain.rstrip(".").lower() or via.replace("_", " ")
        if kind != "flow":
            raise UnknownKind("kind of link", kind, "Teller.carrier in game/playing/causes.py")
        return words.stock_word(self.model, via)

    def shares(self, found: Causes) -> list[tuple[str, float, str]]:
        """Return (words, change, change in words) of each person's deeds and of what would have come without any."""
        persons = [(say("causes.all_deeds", who=self.who(self.model.layout.seats[seat])), amount)
                   for seat, amount in found.hands.persons]  # fmt: skip
        persons.sort(key=lambda pair: -abs(pair[1]))
        rows = [(say("causes.nobody"), found.hands.system), *persons]
        return [(text, amount, self.signed(amount)) for text, amount in rows]

    def deeds(self, found: Causes) -> list[tuple[str, float, str]]:
        """Return (words, change, change in words) of the deeds without which it would be most different now."""
        grouped: dict[tuple[int, int, int], float] = {}
        for deed, amount in found.hands.deeds:
            if deed.outcome == DONE:
                key = (deed.season, deed.seat, deed.candidate)
                grouped[key] = grouped.get(key, 0.0) + amount
        told = sorted(grouped.items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:DEEDS]
        rows = [(self._deed(*key), amount, self.signed(amount)) for key, amount in told]
        worth = smallest(self.model, self.where.stock)
        return [row for row in rows if abs(row[1]) >= worth and not words.is_nothing(row[2])]

    def _deed(self, season: int, seat: int, candidate: int) -> str:
        name = words.action_name(self.model, self.model.candidates[candidate], True)
        community = self.model.layout.seats[seat]
        if community == self.me:
            return say("causes.deed_of_you", season=season + 1, action=name)
        return say("causes.deed_of", season=season + 1, who=words.the_people(self.model, community), action=name)

    def verdict(self, found: Causes) -> str:
        """Return in a sentence how the whole change is shared between persons and what comes without them."""
        persons = [amount for _, amount in found.hands.persons]
        all_of_it = abs(found.hands.system) + sum(abs(amount) for amount in persons)
        if all_of_it <= 0.0:
            return say("causes.unchanged", number=self.name)
        share = abs(found.hands.system) / all_of_it
        together, alone = self.signed(sum(persons)), self.signed(found.hands.system)
        persons_share = words.percent(1.0 - share)
        return say("causes.verdict", number=self.name, together=together, alone=alone, share=persons_share)


def _signed(model: Model, stock: str, change: float) -> str:
    """Return a change of a stock where it lives, on a tile as a share where that is how it is told."""
    on_tiles = model.stocks[stock].place == "tile" and in_hundredths(model, stock)
    text = words.signed(change, "share" if on_tiles else unit_of(model, stock), True)
    return text.lstrip("+-") if words.is_nothing(text) else text


def cause_lines(model: Model, found: Causes, me: int) -> list[str]:
    """Return both views as lines."""
    teller = Teller(model, found.where, me)
    lines = [teller.question(found), teller.headline(found), ""]
    lines.append(say("causes.blame", what=teller.last_hand(found)))
    lines += [f"  {change:>10}  {text}" for text, _, change in teller.parts(found)]
    lines += ["", say("causes.web", what=teller.verdict(found))]
    lines += [f"  {change:>10}  {text}" for text, _, change in teller.shares(found)]
    deeds = teller.deeds(found)
    lines += [f"  {say('causes.single')}:"] if deeds else []
    lines += [f"  {change:>10}  {text}" for text, _, change in deeds]
    lines.append(f"  {say('causes.pulls' if found.web else 'causes.no_web')}")
    lines += [f"  {'  ' * strand.steps}{teller.strand(strand)}" for strand in found.web]
    return [*lines, "", say("causes.halves")]
