"""What `balance` prints: claims, policies side by side, what claims rest on, decisions; as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from game.run.answers_told import LEAST_MORE, LEAST_VISIBLE, MOST_ROBBED, PeopleAnswer, PersonAnswer
from game.run.claims import Verdict
from game.run.decisions import MONOTONOUS, OFTEN, Decisions
from game.run.exploits import Exploit, Search
from game.run.mutual import MutualVerdict
from game.run.robustness import AIM, Robustness
from game.run.statistics import wilson
from game.run.tension import CONTINUATIONS, LEAST_ASKING, Tension
from game.run.winning import Row

DEGENERATE_WORDS = {True: "DEGENERATE", False: "fine"}


def verdict_lines(verdict: Verdict) -> list[str]:
    """Return what is told of a claim."""
    low, high = verdict.interval
    return [
        f"  {verdict_word(verdict):5}  {verdict.plain}",
        f"         {verdict.id}: measured {verdict.measured:.3f} (95 %: {low:.3f} to {high:.3f}), "
        f"wanted {verdict.bound}; {verdict.distinct} different outcomes",
        f"         control: {verdict.control_measured:.3f}, wanted {verdict.control_bound}: {control_words(verdict)}",
    ]


def verdict_word(verdict: Verdict) -> str:
    """Return `holds`, `open` or `FAILS`; SHOWS NOTHING where a claim holds without what it is said to rest on.

    More seeds help an open claim; where its control clearly holds they would not.
    """
    if (verdict.holds or verdict.open) and not verdict.control_fails and not verdict.control_open:
        return "SHOWS NOTHING"
    return "holds" if verdict.holds else "open" if verdict.open else "FAILS"


def control_words(verdict: Verdict) -> str:
    """Return what the control shows."""
    undecided = "TOO FEW SEEDS TO TELL" if verdict.control_open else "DOES NOT FAIL THERE"
    return "fails there, as it must" if verdict.control_fails else undecided


MOST_LOSSES = 3


def mutual_lines(found: MutualVerdict) -> list[str]:
    """Return what is told of the contract that where partners win everybody fares at least as well as otherwise."""
    low, high = found.interval
    ways = ", ".join(f"{way.policy} {way.kept / max(found.won, 1):.1%}" for way in found.ways)
    lines = [
        f"  {mutual_word(found):5}  Where {found.partner} wins in the first seat, "
        "every household fares at least as well.",
        f"         mutual: {found.kept} of {found.won} games won, {found.share:.3f} (95 %: {low:.3f} to {high:.3f}), "
        f"wanted {found.bound}; than under {ways}",
        f"         control: {mutual_control(found)}",
    ]
    lines += [f"         gives up: {name}: {plain}" for name, plain in found.gives_up.items()]
    for where, losses in (("won", found.losses), ("not won", found.lost_losses)):
        told = [
            f"{one.household} {one.kind} ({one.of}) than under {one.against}: {one.games}"
            for one in losses[:MOST_LOSSES]
        ]
        if told:
            lines.append(f"         worse in games {where}: {'; '.join(told)}")
    return lines


def mutual_word(found: MutualVerdict) -> str:
    """Return `holds`, `open` or `FAILS`."""
    return "holds" if found.holds else "open" if found.open else "FAILS"


def mutual_control(found: MutualVerdict) -> str:
    """Return what becomes of the contract where nobody can agree on anything, or as the control of the level says."""
    if found.control_kept is None:
        return "none applies, since nothing can be agreed here"
    where = found.control_plain or "without agreements"
    said = f"{where} {found.control_kept} such games of {found.runs} instead of {found.kept}"
    return f"{said}: {'rarer, as it must' if found.control_fails else 'NOT CLEARLY RARER'}"


def tension_lines(found: Tension) -> list[str]:
    """Return when games are decided, and how many seasons ask something of the player."""
    seasons = " ".join("–" if share is None else f"{share:.0%}" for share in found.by_season)
    return [
        f"  when it is decided, {found.runs} games of {found.partner} in the first seat (told, not judged):",
        f"    {_word(found.stays_open)}  decided are {found.decided:.0%} of the seasons "
        f"({CONTINUATIONS} continuations with fresh luck end alike); wanted at most {found.most_decided:.0%}",
        *([f"                   decided: {found.why}"] if found.why else []),
        f"                   season by season: {seasons}",
        f"    {_word(found.asks)}  something is asked in {found.asking} of {found.seasons} seasons, "
        f"{found.asking_share:.0%} ({asked_by(found)}); wanted at least {LEAST_ASKING:.0%}",
    ]


def asked_by(found: Tension) -> str:
    """Return in what share of the seasons each kind of thing asks: `offer 71 %, threat 28 %`."""
    return ", ".join(f"{name} {share:.0%}" for name, share in found.asked_by.items())


def people_lines(found: PeopleAnswer) -> list[str]:
    """Return how people answer to partnering and to force."""
    lines = [f"  how people answer, {found.runs} seeds (told, not judged):"]
    for one in found.people:
        lines += [
            f"    {_word(one.answers)}  {one.person}: {takings_words(one)}; wanted at least {LEAST_MORE:.0%}",
            f"                   control: {frozen_words(one)}",
            f"    {_word(one.acts)}  {one.person}: does something visible in {one.visible_share:.0%} of the "
            f"{one.open_seasons} seasons in which it could; wanted at least {LEAST_VISIBLE:.0%}; "
            f"two tempers differ in {one.tempers_differ} of {one.temper_games} games",
        ]
    kept = found.friends
    return [
        *lines,
        f"    {_word(kept.kept)}  friends who have enough: {kept.takings} of {kept.seasons} seasons with a taking, "
        f"{kept.for_need} of these out of need; wanted at most {MOST_ROBBED:.0%}, each out of need",
    ]


def takings_words(one: PersonAnswer) -> str:
    """Return how much a person takes after partnering and after force."""
    if not one.games:
        return "could take in no game"
    low, high = one.interval
    return (
        f"takes in {one.partnered:.0%} of its deeds after partnering, {one.forced:.0%} after force; "
        f"more after force in {one.more} of {one.games} games, {one.share:.0%} (95 %: {low:.0%} to {high:.0%})"
    )


def frozen_words(one: PersonAnswer) -> str:
    """Return what is left of it where nobody remembers."""
    if not one.games:
        return "none applies"
    said = f"without memory in {one.frozen_more} of {one.frozen_games} games, {one.frozen_share:.0%}"
    return f"{said}: {'fewer, as it must be' if one.control_fails else 'NOT CLEARLY FEWER'}"


def policy_lines(rows: Sequence[Row]) -> list[str]:
    """Return the table of policies: each in all seats, and in the first seat among the level's own neighbours."""
    alone = any(row.alone_runs for row in rows)
    right = "; on the right in the first seat alone, among the level's neighbours" if alone else ""
    lines = [
        f"  every seat played by one policy{right}:",
        "    policy        won   95 %             objective, mean and 95 %  games"
        + ("     won   95 %" if alone else ""),
    ]
    for row in rows:
        low, high = row.interval
        mean, least, most = row.objective
        between = f"{low:.1%} to {high:.1%}"
        lines.append(
            f"    {row.policy:10} {row.share:6.1%}   {between:16} {mean:6.3f} ({least:.3f} to {most:.3f})  {row.runs:5}"
            + _alone_words(row)
        )
    return lines + bar_lines(rows)


def bar_lines(rows: Sequence[Row]) -> list[str]:
    """Return who wins too cheaply in the first seat, and which bars the level sets itself."""
    barred = [row for row in rows if row.bar is not None and row.alone_runs]
    if not barred:
        return []
    names = ", ".join(f"{row.policy} {row.bar:.0%}" for row in barred)
    over = ", ".join(f"{row.policy} {row.alone_share:.1%}" for row in barred if not row.keeps_bar)
    lines = [
        f"    {_word(not over)}  wanted in the first seat at most: {names}{f'; wins more: {over}' if over else ''}"
    ]
    return lines + [f"                   {row.policy}: {row.why}" for row in barred if row.why]


def _alone_words(row: Row) -> str:
    low, high = row.alone_interval
    return f"  {row.alone_share:6.1%}   {low:.1%} to {high:.1%}" if row.alone_runs else ""


def robustness_lines(found: Sequence[Robustness]) -> list[str]:
    """Return how many numbers of play origin claims rest on, and in what part of their ranges they hold."""
    counts = sorted({len(one.numbers) for one in found})
    if not counts:
        return []
    said = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    plural = "" if counts == [1] else "s"
    lines = [f"  each claim rests on {said} number{plural} chosen for play (`from: play`)"]
    if found[0].points:
        lines[0] += f"; over {found[0].points} points of their whole ranges (told, not judged; aim {AIM:.0%}):"
    for one in found:
        if one.points:
            low, high = wilson(one.held, one.points)
            lines.append(
                f"    {one.share:6.1%} (95 %: {low:.0%} to {high:.0%})  {one.claim}, {len(one.numbers)} numbers"
            )
    return lines


def decision_lines(found: Decisions) -> list[str]:
    """Return whether the seasons of a level are decisions."""

    def counted(count: int) -> str:
        low, high = wilson(count, found.seasons)
        share = count / max(found.seasons, 1)
        return f"{count} of {found.seasons} seasons, {share:.0%} (95 %: {low:.0%} to {high:.0%})"

    often = found.taken.get(found.most_taken, 0)
    return [
        f"  decisions in {found.runs} planned games (told, not judged):",
        f"    {_word(found.often_close)}  force and partnership are close in {counted(found.close)}; "
        f"wanted at least {OFTEN:.0%}",
        f"    {_word(found.varied)}  {found.most_taken or 'nothing'} is taken in {counted(often)}; "
        f"wanted at most {MONOTONOUS:.0%} for any action",
    ]


def exploit_lines(found: Search) -> list[str]:
    """Return the wins that a search for cheap ones found."""
    lines = [
        f"  cheap wins: {found.tried} plans tried on {found.screened} seeds, the best again on {found.fresh} others"
    ]
    return lines + [_exploit_line(one) for one in found.exploits]


def _exploit_line(one: Exploit) -> str:
    low, high = one.interval
    why = f" ({one.why})" if one.why else ""
    return (
        f"    {DEGENERATE_WORDS[one.degenerate]:10} {one.share:6.1%} (95 %: {low:.1%} to {high:.1%})  "
        f"{one.kind}: {one.what}{why}"
    )


def _word(holds: bool) -> str:
    return "holds        " if holds else "does not hold"
