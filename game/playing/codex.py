"""The codex: what is met in play, and the words for it, which stand in a language file.

Kinds of entries are `action`, `path` (a family of power-with), `circumstance`
(a reason for vigilance), `loop` and `ally`.  `met` says what a season brought;
which of it is new is known to whoever keeps the codex.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from game.insight.loops import Loop
from game.insight.loops import title as loop_title
from game.insight.vigilance import calls_for_vigilance
from game.level.library import data_root
from game.level.schema import Action
from game.level.yaml_text import read_file
from game.playing.season import Attempt, SeasonReport
from game.playing.session import Session
from game.sim.actions import DONE
from game.sim.model import Model
from game.sim.possible import has_found
from game.telling.loops import shown

KINDS = ("path", "circumstance", "loop", "ally", "action")


@dataclass(frozen=True)
class Met:
    """Something met in play: of which kind, its name in the codex, and what is known of it (title, plain, icon ...)."""

    kind: str
    name: str
    details: dict[str, str] = field(default_factory=dict, compare=False)


@lru_cache(maxsize=1)
def texts() -> dict[str, Any]:
    """Return what the codex says, from `assets/strings/codex.yaml`."""
    data = read_file(data_root() / "assets" / "strings" / "codex.yaml").data
    assert isinstance(data, dict)
    return data


def paths() -> list[str]:
    """Return the ten paths of power-with, by the family of their actions."""
    return list(texts()["paths"])


def path_name(family: str) -> str:
    """Return what a path is called."""
    known = texts()["paths"].get(family)
    return str(known["name"]) if known else family.replace("_", " ")


def met(session: Session, report: SeasonReport) -> list[Met]:
    """Return what a season showed: paths first walked, circumstances, actions seen, loops that ruled."""
    model = session.model
    found: list[Met] = []
    for deed in report.deeds:
        candidate = model.candidates[deed.candidate]
        spec = model.actions[candidate.action].spec
        if deed.outcome != DONE:
            continue
        if deed.seat in session.seats and spec.mode == "with" and spec.family in texts()["paths"]:
            found.append(Met("path", spec.family, {"by": spec.name or candidate.action}))
        if spec.mode == "over":
            found += [Met("circumstance", name) for name in calls_for_vigilance(model, candidate)]
        found.append(Met("action", candidate.action, words_for(candidate.action, spec)))
        if spec.finds and deed.seat in session.seats and _finds_now(session, report, deed):
            details = {
                "title": spec.finds.name or spec.name,
                "plain": spec.finds.plain,
                "icon": spec.finds.icon or spec.icon,
            }
            found.append(Met("ally", candidate.action, details))
    found += [loop_met(model, loop) for loop in session.rulers(0) if loop is not None]
    order = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(dict.fromkeys(found), key=lambda one: order[one.kind])


def _finds_now(session: Session, report: SeasonReport, deed: Attempt) -> bool:
    """Whether a deed has found the ally that it looks for."""
    model = session.model
    plan, me = model.actions[model.candidates[deed.candidate].action], model.layout.seats[deed.seat]
    return bool(has_found(model, report.after, plan, me)[0] and not has_found(model, report.before, plan, me)[0])


def words_for(name: str, spec: Action) -> dict[str, str]:
    """Return the words for an action."""
    title = spec.name or name.replace("_", " ").capitalize()
    return {"title": title, "plain": spec.plain, "mode": spec.mode, "family": spec.family, "icon": spec.icon}


def loop_met(model: Model, loop: Loop) -> Met:
    """Return the entry of a loop: one that the author named by its name, others by what they run through."""
    name = loop.id or "-".join(sorted(loop.members))
    title = loop.plain.rstrip(".") or loop_title(model, loop)
    return Met("loop", f"{model.level.id}:{name}", {"title": title, "kind": loop.kind, "level": model.level.title})


def loops_met(session: Session) -> list[Met]:
    """Return the entries of the loops that are worth a picture now."""
    return [loop_met(session.model, one.loop) for one in shown(session.model, session.loops())]


def news_line(new: Sequence[Met]) -> str:
    """Return in one line what is new in the codex; nothing where nothing is."""
    words, parts = texts()["news"], []
    for kind in KINDS:
        names = [name_of(one) for one in new if one.kind == kind]
        if kind == "action" and len(names) > 1:
            parts.append(words["actions"].format(count=len(names)))
        elif names:
            parts.append(words[kind].format(names=", ".join(names)))
    return " ".join([words["lead"], *parts]) if parts else ""


def name_of(one: Met) -> str:
    """Return what players read as the name of an entry."""
    listed = texts().get(f"{one.kind}s")
    known = listed.get(one.name) if isinstance(listed, dict) else None
    return str(known["name"]) if known else one.details.get("title", one.name.replace("_", " "))
