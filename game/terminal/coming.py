"""What is on its way, and what would come if everyone stopped now, as lines."""

from __future__ import annotations

from game.telling.say import say
from game.terminal.paint import WIDTH, wrap
from game.terminal.view import View


def coming(view: View) -> list[str]:
    """Return a line for all that is under way, then where the numbers would go as far as there is a time to come."""
    work, style = view.game.stopped(), view.style
    work.again()  # where it went wrong before
    work.wait()
    lines = [style.paint(say("ahead.on_its_way"), "bold")]
    for line in view.shown("coming")["coming"]["sentences"]:
        lines += wrap(line, WIDTH, "  ", "    ")
    if work.trouble:
        return lines + wrap(say("ahead.try_again", trouble=work.trouble), WIDTH)
    found = work.result
    if found is None:
        return lines
    lines += [style.paint(say("ahead.standstill", games=found["games"]), "bold")]
    for number in found["numbers"]:
        lines += wrap(" ".join(number["sentences"]), WIDTH, "  ", "    ")
    for goal in found["goals"]:
        lines += wrap(goal["text"], WIDTH, "  + " if goal["met"] else "  - ", "    ")
    return lines
