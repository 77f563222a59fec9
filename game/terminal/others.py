"""How the others fare, what they want and why they act, as rows of a terminal."""

from __future__ import annotations

from game.telling.say import say
from game.terminal.paint import WIDTH, painted_data, wrap
from game.terminal.view import View


def faring_rows(view: View, mine_alone: bool) -> list[str]:
    """Return who is better and who is worse off through whoever plays, and in what; waits until it is counted."""
    if not view.shown("seasons_over")["seasons_over"]:
        return [say("faring.none_yet")]
    view.game.count_farings()
    found = [view.shown("faring")["faring"]] if mine_alone else view.game.farings()
    return [row for one in found for row in painted_data(one["lines"], view.style)]


def season_rows(view: View) -> list[str]:
    """Return what is told of everybody when a season is over."""
    # What one knows of the others is not for everybody at the keyboard.
    others = neighbour_rows(view) if view.shown("turn")["turn"]["people"] == 1 else []
    told = view.shown("finish")["finish"]
    early = ["", *wrap(told["text"], WIDTH), *wrap(say("finish.terminal"), WIDTH)] if told["new"] else []
    return ["", *faring_rows(view, mine_alone=False), *others, *early]


def neighbour_rows(view: View) -> list[str]:
    """Return what each neighbour wants, did last season and why, and what would change its mind."""
    shown, rows = view.shown("neighbours", "households"), []
    names = {one["id"]: one["short"] for one in shown["households"]}
    for one in shown["neighbours"]:
        rows.append(view.style.paint(names[one["household"]], "bold"))
        # The story of the season has told what anybody did.
        for line in (*(() if one["acted"] else one["did"]), *one["wants"], *one["change"]):
            rows += wrap(line, WIDTH, "  ", "    ")
    return ["", view.style.paint(say("motive.title"), "bold"), *rows] if rows else []
