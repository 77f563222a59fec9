"""A season as short scenes, each at its place with its reason, in the order of what mattered; then a headline."""

from __future__ import annotations

from typing import Any

from game.insight.played import TRIED
from game.playing.agreeing import who_said_yes
from game.playing.cards import FAMILY_ICONS
from game.playing.late import is_late, why_late
from game.playing.motives import named
from game.playing.reasons import why_of
from game.playing.season import Attempt, SeasonReport
from game.playing.session import Session
from game.playing.story import Story
from game.playing.view_of_one import tiles_of
from game.playing.view_past import SEEN
from game.playing.view_report import changes
from game.sim.actions import BLOCKED, DECLINED, DONE
from game.telling import words
from game.telling.say import say

Data = dict[str, Any]  # JSON types only
MOST_AGREEING = 2  # sentences about why others said yes
MOST = 5  # scenes of a season: what mattered less is in the report
# What happened, in the order of what matters: force, force met, a refusal, what came to nothing, what was agreed, a
# kindness, the rest, and at last weather that is over or stayed away.
ORDER = ("event", "force", "blocked", "declined", "late", "agreed", "kindness", "own", "past", "goal")


def scenes(session: Session) -> Data:
    """Return the last season as those at the keyboard see it told; empty before the first is over.

    `scenes` are in the order of what mattered: each has a `kind`, whose deed
    it is (`household` by number, None for weather), a `title`, the reason in
    `why` (maybe ""), its `icon`, `mode`, `outcome`, and where it happened
    (`tiles`, `towards` as numbers of households; `beside`
    are those who did the same for the same reason).  `headline` is the season
    in a sentence.
    """
    found = session.last
    if found is None:
        return {"scenes": [], "headline": ""}
    told = [*_events(session, found), *_deeds(session, found)]
    told.sort(key=lambda one: (ORDER.index(one["kind"]), not one["mine"] and not one["at_you"]))
    shown = [*told[:MOST], *_goals(session)]
    return {"scenes": shown, "headline": _headline(session, found, shown)}


def _events(session: Session, found: SeasonReport) -> list[Data]:
    blocked = [Story(session, True).stopped(deed) for deed in found.deeds if deed.outcome == BLOCKED]
    return [
        _scene("past" if line.tone == "plain" else "event", None, line.text, _event_icon(session, line.text))
        for line in Story(session, True, session.seats).events(found)
        if line.text not in blocked
    ]


def _goals(session: Session) -> list[Data]:
    """Return a scene for each goal that stands for the first time in a while, and for each that fell."""
    before, now = session.history[-2:]
    found = []
    for goal, old, new in zip(session.model.level.goals, before.streaks, now.streaks, strict=True):
        stood, stands = old >= goal.in_a_row, new >= goal.in_a_row
        if stands != stood and (stands or before.season > 0):
            scene = _scene("goal", None, goal.plain, "star" if stands else "star_out")
            found.append(scene | {"who": say("scene.goal_stands" if stands else "scene.goal_fell")})
    return found


def _event_icon(session: Session, text: str) -> str:
    """Return the picture of the event that a sentence names."""
    named = (event.spec.icon for event in session.model.events if words.event_name(event) in text)
    return next((icon for icon in named if icon), "season")


def _scene(kind: str, household: int | None, title: str, icon: str) -> Data:
    return {
        "kind": kind, "household": household, "who": "", "title": title, "why": "", "icon": icon, "mode": "neutral",
        "outcome": "done", "tiles": None, "towards": [], "beside": [], "mine": False, "at_you": False,
    }  # fmt: skip


def _deeds(session: Session, found: SeasonReport) -> list[Data]:
    """Return a scene for each deed; the same done several times by one household is one scene."""
    groups: dict[tuple[int, str, int], list[Attempt]] = {}
    for deed in (one for one in found.deeds if one.outcome in TRIED or one.seat in session.seats):
        groups.setdefault((deed.seat, session.model.candidates[deed.candidate].action, deed.outcome), []).append(deed)
    return _told_once([_deed(session, found, same) for same in groups.values()])


def _told_once(told: list[Data]) -> list[Data]:
    """Return the scenes with those that several households did alike, for the same reason, as one."""
    alike: dict[tuple[object, ...], list[Data]] = {}
    for one in told:
        alone = one["household"] if one["mine"] or one["kind"] == "force" else None
        alike.setdefault((one["title"], one["outcome"], one["why"], alone), []).append(one)
    return [
        same[0]
        | {
            "who": words.joined([one["who"] for one in same]),
            "beside": [one["household"] for one in same[1:]],
            "tiles": same[0]["tiles"] if len(same) == 1 else None,
            "towards": [one for one in same[0]["towards"] if one not in [other["household"] for other in same]],
            "at_you": any(one["at_you"] for one in same),
        }
        for same in alike.values()
    ]


def _deed(session: Session, found: SeasonReport, same: list[Attempt]) -> Data:
    """Return what a household did, as one scene."""
    model, first = session.model, same[0]
    plan, whose = model.actions[model.candidates[first.candidate].action], model.layout.seats[first.seat]
    mine, people = first.seat in session.seats, [model.layout.seats[seat] for seat in session.seats]
    chosen = [model.candidates[one.candidate] for one in same]
    towards = [one.target for one in chosen if one.target >= 0 and one.tiles is None]
    agreed = [int(one) for deed in same for one, yes in deed.said.items() if yes]
    towards += [one for one in agreed if one not in towards]
    tiles = [tile for one in same for tile in tiles_of(model.candidates[one.candidate]) or ()]
    if is_late(first):  # it never reached anybody
        towards, tiles = [], []
    touches = bool(towards) or tiles != []
    icon = plan.spec.icon or FAMILY_ICONS.get(plan.spec.family, "person")
    scene = _scene(_kind(plan.spec.mode, first, bool(agreed), touches), whose, "", icon)
    name = _name(session, first.candidate) if len(same) == 1 else plan.spec.name
    scene |= {
        "who": Story(session, True, session.seats).actor(first.seat),
        "title": name or plan.name.replace("_", " "),
        "why": _why(session, found, first, mine),
        "mode": plan.spec.mode,
        "outcome": SEEN.get(first.outcome, "late"),
        "tiles": tiles or None,
        "towards": [int(one) for one in dict.fromkeys(towards) if one != whose],
        "mine": mine,
        "at_you": any(one in people for one in towards),
    }
    return scene


def _name(session: Session, candidate: int) -> str:
    """Return what an action is called and whom it is about: `Take their hay (from you)`."""
    model, one = session.model, session.model.candidates[candidate]
    if one.tiles is None and one.target == session.me and len(session.seats) == 1 and one.amount is None:
        return f"{words.kind_name(model, one.action)} ({words.about_you(model, one)})"
    return words.action_name(model, one, True)


def _kind(mode: str, deed: Attempt, agreed: bool, touches: bool) -> str:
    """Return what kind of scene a deed is; `touches` is whether it is about other people or about ground."""
    if is_late(deed):
        return "late"
    if deed.outcome == BLOCKED:
        return "blocked"
    if deed.outcome == DECLINED:
        return "declined"
    assert deed.outcome == DONE
    if mode == "over" and touches:
        return "force"
    if agreed:
        return "agreed"
    return "kindness" if mode == "with" and touches else "own"


def _why(session: Session, found: SeasonReport, deed: Attempt, mine: bool) -> str:
    """Return why it was done, or why it came to nothing, as a sentence; nothing where none is known."""
    story = Story(session, True, session.seats)
    if is_late(deed):
        return why_late(session.model, found, deed)
    if deed.outcome == DECLINED:
        return story.reasons(deed, found).strip() or say("scene.nobody_agreed")
    if deed.outcome == BLOCKED:
        return story.stopped(deed)
    if mine:
        players = [session.model.layout.seats[seat] for seat in session.seats]
        told = who_said_yes(session.model, found, deed, players, lambda one: named(session, one))
        return " ".join(told[:MOST_AGREEING])
    why = why_of(session, found, deed, lambda one: named(session, one))
    return say("scene.because", why=why) if why else ""


def _whole_actors(session: Session, one: Data) -> str:
    """Return who did what a scene tells, as a sentence begins with them: `You`, or `The Birches and the Cedars`."""
    if one["mine"]:
        return words.capital(one["who"])
    actors = (one["household"], *one["beside"])
    if len(actors) > 2 and len(actors) == len(session.model.layout.communities) - 1:
        return say("headline.everybody")
    return words.capital(words.joined([words.the_people(session.model, who) for who in actors]))


def _headline(session: Session, found: SeasonReport, shown: list[Data]) -> str:
    """Return the season in a sentence: what mattered most, or how the land went."""
    for one in shown:
        match one["kind"]:
            case "event":
                return str(one["title"]).split(". ")[0].rstrip(".") + "."
            case "force" | "kindness" | "declined":
                return say(f"headline.{one['kind']}", who=_whole_actors(session, one), action=one["title"])
            case "blocked" | "late" | "agreed":
                return say(f"headline.{one['kind']}", action=one["title"])
    moved = next((one for one in changes(session, found) if one["way"] != "level"), None)
    if moved is None:
        return say("headline.quiet")
    return say("headline.grew" if moved["way"] == "up" else "headline.fell", number=moved["name"])
