"""All that `balance` finds out about one level, in one record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from game.level.schema import Level
from game.run.answers_told import PeopleAnswer
from game.run.claims import Verdict
from game.run.decisions import Decisions
from game.run.exploits import Search
from game.run.mutual import MutualVerdict
from game.run.robustness import Robustness
from game.run.study import Record
from game.run.tension import Tension
from game.run.winning import Row
from game.sim import RULE_NUMBER


@dataclass(frozen=True)
class LevelBalance:
    """What simulation says about one level."""

    level: Level
    runs: int
    verdicts: list[Verdict]
    rows: list[Row]
    robustness: list[Robustness]
    planned: list[Verdict] | None = None  # the claims with planners in the seats of scripts; None where not asked for
    planned_runs: int = 0
    decisions: Decisions | None = None
    search: Search | None = None
    mutual: MutualVerdict | None = None
    tension: Tension | None = None
    people: PeopleAnswer | None = None
    records: dict[str, Record] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether every claim and the mutual contract hold as written; all else is told, not judged."""
        kept = self.mutual is None or (self.mutual.holds and self.mutual.control_fails)
        return kept and all(verdict.holds and verdict.control_fails for verdict in self.verdicts)

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --json` prints for a level."""
        found: dict[str, Any] = {
            "id": self.level.id,
            "runs": self.runs,
            "rules": RULE_NUMBER,
            "claims": [verdict.as_dict() for verdict in self.verdicts],
            "policies": [row.as_dict() for row in self.rows],
            "origins": [one.as_dict() for one in self.robustness],
        }
        if self.mutual is not None:
            found["mutual"] = self.mutual.as_dict()
        if self.tension is not None:
            found["tension"] = self.tension.as_dict()
        if self.people is not None:
            found["people"] = self.people.as_dict()
        if self.planned is not None:
            found["planner_claims"] = [verdict.as_dict() for verdict in self.planned]
        if self.decisions is not None:
            found["decisions"] = self.decisions.as_dict()
        if self.search is not None:
            found["exploits"] = self.search.as_dict()
        return found
