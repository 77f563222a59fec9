"""What `balance` prints: claims, policies side by side, what claims rest on, decisions; as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from game.run.claims import Verdict
from game.run.decisions import MONOTONOUS, OFTEN, Decisions
from game.run.exploits import Exploit, Search
from game.run.mutual import MutualVerdict
from game.run.robustness import AIM, Robustness
from game.run.statistics import wilson
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
    """Return `holds`, `open` or `FAILS`."""
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
    """Return what becomes of the contract where nobody can agree on anything."""
    if found.control_kept is None:
        return "none applies, since nothing can be agreed here"
    said = f"without agreements {found.control_kept} such games of {found.runs} instead of {found.kept}"
    return f"{said}: {'rarer, as it must' if found.control_fails else 'NOT CLEARLY RARER'}"


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
    return lines


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
