"""What carries each claim of a level: every action, event, flow, influence and number is left out in turn.

A piece carries a claim where the claim does not keep its bound without it; it
would bite as a control where the claim fails there as its control has to.  A
number cannot be left out: it is put to its lowest and to its highest value.
Whatever a claim leaves out or changes itself is not tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from game.language.nodes import NumberName, walk
from game.level.problems import LevelError
from game.level.reader import changed_level
from game.level.schema import Claim, Control, Level
from game.level.vocabulary import BARRED
from game.run.blind_wins import BLIND, blind_requests, fewer
from game.run.claims import ClaimPlan, Verdict, inside
from game.run.finished_blocks import FinishedBlocks, key_of
from game.run.study import Record, Study, merge, plain_variant
from game.run.winning import MOST_CHEAP, Row, policy_requests, policy_rows
from game.sim.model import Model, compile_level

KINDS = ("action", "event", "flow", "influence", "number")
ALIKE = 0.95  # of the games: from here on two policies play the same ones


@dataclass(frozen=True)
class Piece:
    """Something of a level that may carry a claim, and how the level is without it."""

    kind: str  # of KINDS
    name: str
    value: float | None = None  # of a number

    @property
    def change(self) -> dict[str, float]:
        """What is changed in the level where this piece is left out by a change; {} for actions and events."""
        ends = {"flow": ".rate", "influence": ".change", "number": ""}
        return {f"{self.name}{ends[self.kind]}": self.value or 0.0} if self.kind in ends else {}

    def left_out_of(self, claim: Claim) -> Claim:
        """Return the claim about the level without this piece; its control switches nothing else off."""
        control = Control(plain=claim.control.plain, then=claim.control.then)
        changed: dict[str, Any] = {"control": control}
        if self.change:
            changed["change"] = {**claim.change, **self.change}
        else:
            key = f"without_{self.kind}"
            changed[key] = (*getattr(claim, key), self.name)
        return claim.model_copy(update=changed)


@dataclass(frozen=True)
class Without:
    """One claim without one piece."""

    piece: Piece
    verdict: Verdict
    breaks: bool  # the claim does not keep its bound

    @property
    def bites(self) -> bool:
        """Whether leaving this out would do as the control of the claim."""
        return self.breaks and self.verdict.control_fails

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --explain --json` prints for a piece."""
        value = {} if self.piece.value is None else {"value": self.piece.value}
        measured = {"measured": self.verdict.measured, "interval": list(self.verdict.interval)}
        return {"kind": self.piece.kind, "name": self.piece.name, **value, **measured, "carries": self.breaks,
                "bites": self.bites}  # fmt: skip


@dataclass(frozen=True)
class Carried:
    """One claim as it is written, and without each piece, what it needs most first."""

    verdict: Verdict
    keeps: bool  # its bound, as it is written
    without: list[Without]

    @property
    def carriers(self) -> list[Without]:
        """What the claim does not hold without."""
        return [one for one in self.without if one.breaks] if self.keeps else []

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --explain --json` prints for a claim."""
        return {**self.verdict.as_dict(), "keeps": self.keeps, "pieces": [one.as_dict() for one in self.without]}


@dataclass(frozen=True)
class Explanation:
    """What carries the claims of one level, and what is suspicious about it."""

    level: Level
    runs: int
    claims: list[Carried]
    warnings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # a code, and what it speaks of

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --explain --json` prints for a level."""
        warnings = [{"code": code, **told} for code, told in self.warnings]
        return {"id": self.level.id, "runs": self.runs, "claims": [one.as_dict() for one in self.claims],
                "warnings": warnings}  # fmt: skip


def pieces_of(model: Model) -> list[Piece]:
    """Return all that may carry something in a level as it is played."""
    level = model.level
    found = [Piece("action", name) for name in model.actions]
    found += [Piece("event", event.name) for event in model.events]
    found += [Piece("flow", flow.name) for flow in model.flows if not level.flows[flow.name].back_of]
    found += [Piece("influence", one.name) for one in model.influences]
    read = {part.name for node in model.nodes.values() for part in walk(node) if isinstance(part, NumberName)}
    for name, number in level.numbers.items():
        ends = [value for value in (number.low, number.high) if value != number.value]
        found += [Piece("number", name, value) for value in ends if name in read]
    return found


class Explaining:
    """The games that an explanation of a level needs, and the explanation once they are played.

    First `prepare` looks what the level can do without; that takes a while, too,
    and what was found of each piece is kept as finished games are.
    """

    def __init__(self, level: Level, seeds: Sequence[int], finished: FinishedBlocks | None = None) -> None:
        self.level, self.seeds, self.finished = level, seeds, finished
        self._digest = key_of("fits", level.model_dump(mode="json", by_alias=True))
        self.plan = ClaimPlan(level, seeds)
        model = compile_level(level)
        self.actions = tuple(model.actions)
        self.pieces = pieces_of(model) if level.claims else []
        self.trials: list[tuple[Piece, ClaimPlan]] = []
        self.played_by_nobody = level.kind == "model"  # nobody wins it, whatever the policy
        self.requests = self.plan.requests()
        if not self.played_by_nobody:
            self.requests += policy_requests(level, seeds, ())

    def prepare(self, progress: Callable[[int], None] | None = None) -> Explaining:
        """Find out without which pieces the level still stands, and what has to be played for them."""
        # What the claims themselves change is tried with each piece; presets of difficulty are not played here.
        changing = tuple(claim for claim in self.level.claims if _changes(claim))
        bare = self.level.model_copy(update={"claims": changing, "difficulty": type(self.level.difficulty)()})
        for piece in self.pieces:
            if self._fits(bare, piece):
                claims = tuple(piece.left_out_of(claim) for claim in self.level.claims)
                plan = ClaimPlan(self.level.model_copy(update={"claims": claims}), self.seeds)
                self.trials.append((piece, plan))
                self.requests += plan.requests()
            if progress is not None:
                progress(1)
        return self

    @property
    def games(self) -> int:
        """How many games have to be played at most: some only where random wins."""
        return sum(len(request.seeds) for request in merge(self.requests).values()) + self._blind_games

    @property
    def _blind_games(self) -> int:
        return 0 if self.played_by_nobody else len(self.actions) * len(self.seeds)

    def _fits(self, bare: Level, piece: Piece) -> bool:
        """Whether the level still stands without a piece; what was found is kept as well, since it takes a while."""
        if not piece.change:
            return True
        key = key_of(self._digest, piece.change)
        kept = self.finished.get(key) if self.finished else None
        if kept is not None:
            return bool(kept["fits"].all())
        try:
            changed_level(bare, piece.change)
            fits = True
        except LevelError:
            fits = False
        if self.finished:
            self.finished.put(key, {"fits": np.array([fits])})
        return fits

    def played(
        self,
        workers: int = 1,
        backend: str = "auto",
        progress: Callable[[int], None] | None = None,
    ) -> Explanation:
        """Play what has to be played; what is `finished` is not played again."""
        study = Study(self.level, workers, backend, self.finished, progress)
        records = study.run(self.requests)
        verdicts = self.plan.verdicts(records)
        without = [(piece, plan.verdicts(records)) for piece, plan in self.trials]
        claims = [self._carried(index, verdict, without) for index, verdict in enumerate(verdicts)]
        found = Explanation(self.level, len(self.seeds), claims)
        found.warnings.extend(self._of_claims(found))
        if not self.played_by_nobody:
            found.warnings.extend(self._of_policies(records))
            found.warnings.extend(self._blind(study, records))
        return found

    def _blind(self, study: Study, records: dict[str, Record]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Say by which deeds random wins, where it does: one after the other is left out, and all is played again."""
        row = next((row for row in policy_rows(self.level, records) if row.policy == BLIND), None)
        ways = {code for code, _ in _cheap(row)}
        if row is None or not ways:
            study.progress(self._blind_games)
            return
        alone = "wins-alone" in ways
        again = study.run(blind_requests(self.level, self.actions, self.seeds, alone))
        without = {one.action: one.won for one in fewer(self.level, again, self.actions, row, alone)}
        if without:
            yield "wins-by", {"policy": BLIND, "without": without, "runs": len(self.seeds)}
        else:
            yield "wins-by-none", {"policy": BLIND}

    def _carried(self, index: int, verdict: Verdict, without: list[tuple[Piece, list[Verdict]]]) -> Carried:
        claim = self.level.claims[index]
        found = [
            Without(piece, verdicts[index], not _keeps(claim, verdicts[index].measured))
            for piece, verdicts in without
            if not _said_already(claim, piece)
        ]
        found.sort(key=lambda one: (not one.breaks, -abs(one.verdict.measured - verdict.measured)))
        return Carried(verdict, _keeps(claim, verdict.measured), found)

    def _of_claims(self, found: Explanation) -> Iterator[tuple[str, dict[str, Any]]]:
        for carried in found.claims:
            if carried.keeps and carried.without and not carried.carriers:
                yield "nothing-breaks-it", {"claim": carried.verdict.id}
            elif carried.keeps and not carried.verdict.control_fails and not carried.verdict.control_open:
                yield "control-shows-nothing", {"claim": carried.verdict.id}

    def _of_policies(self, records: dict[str, Record]) -> Iterator[tuple[str, dict[str, Any]]]:
        rows = {row.policy: row for row in policy_rows(self.level, records)}
        for policy in BARRED:
            yield from _cheap(rows.get(policy))
        seats = len(self.level.seats)
        ends = [records[plain_variant((policy,) * seats).key].ends[: len(self.seeds)] for policy in ("with", "mixed")]
        same = float(np.mean([one == other for one, other in zip(*ends, strict=True)]))
        if same >= ALIKE:
            yield "with-and-mixed-alike", {"share": same}


def _cheap(row: Row | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give a warning where a policy that does not partner wins: in the first seat, and in all of them."""
    if row is None:
        return
    most = row.bar if row.bar is not None else MOST_CHEAP
    if row.alone_runs and row.alone_share > most:
        yield "wins-alone", {"policy": row.policy, "won": row.alone_won, "runs": row.alone_runs}
    if row.share > most:
        yield "wins-everywhere", {"policy": row.policy, "won": row.won, "runs": row.runs}


def _changes(claim: Claim) -> bool:
    """Whether a claim, its control or what it is compared with changes something in the level."""
    return bool(claim.change or claim.control.change or (claim.compare and claim.compare.change))


def _said_already(claim: Claim, piece: Piece) -> bool:
    """Whether a claim leaves something out, or changes it, itself."""
    changed = {name.partition(".")[0] for name in claim.change} if piece.kind != "number" else set(claim.change)
    return piece.name in (*claim.without_action, *claim.without_event, *changed)


def _keeps(claim: Claim, measured: float) -> bool:
    """Whether what was measured keeps the bound of a claim, whatever its interval."""
    if claim.compare and claim.compare.within is not None:
        return abs(measured) <= claim.compare.within
    assert claim.share_of_seeds is not None
    return inside(claim.share_of_seeds, measured)
