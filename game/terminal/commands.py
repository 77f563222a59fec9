"""One line of input becomes one command, or one plain sentence about what was not understood."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from game.telling.say import say
from game.terminal.choices import Choice, Data

# word -> short forms
COMMANDS: dict[str, tuple[str, ...]] = {
    "end": ("e", "done", "next"),
    "finish": (),
    "plan": ("p",),
    "undo": ("u",),
    "redo": ("r",),
    "terms": (),
    "drop": ("d", "remove"),
    "move": ("m",),
    "why": ("w",),
    "coming": ("c",),
    "who": (),
    "faring": ("f",),
    "goals": ("g",),
    "board": ("b", "map"),
    "look": ("l", "actions", "a"),
    "letters": (),
    "yes": (),
    "no": ("refuse",),
    "help": ("h", "?"),
    "quit": ("q", "exit"),
}
MOST_SAID = 40  # characters of a line that are repeated to whoever wrote it
_SHORT = {short: name for name, shorts in COMMANDS.items() for short in shorts} | {name: name for name in COMMANDS}


def meanings() -> dict[str, str]:
    """Return what each command does."""
    return {
        "end": say("command.end"),
        "finish": say("command.finish"),
        "plan": say("command.plan"),
        "undo": say("command.undo"),
        "redo": say("command.redo"),
        "terms": say("command.terms"),
        "drop": say("command.drop"),
        "move": say("command.move"),
        "why": say("command.why"),
        "coming": say("command.coming"),
        "who": say("command.who"),
        "faring": say("command.faring"),
        "goals": say("command.goals"),
        "board": say("command.board"),
        "look": say("command.look"),
        "letters": say("command.letters"),
        "yes": say("command.yes"),
        "no": say("command.no"),
        "help": say("command.help"),
        "quit": say("command.quit"),
    }


@dataclass(frozen=True)
class Command:
    """What the player wants: a command word with its arguments, or `do` with a card and the choice of its target."""

    name: str
    arguments: tuple[str, ...] = ()
    card: str = ""
    option: str = ""


@dataclass(frozen=True)
class Complaint:
    """Why a line was not understood, with a suggestion."""

    text: str


class CommandReader:
    """Understands the lines of one game."""

    def __init__(self, choices: Sequence[Choice], households: Sequence[Data]) -> None:
        """Take what there is to do, and the households of a view, by whose names targets may be called."""
        self.choices = choices
        self.called = {one["id"]: (one["id"], one["short"], one["letter"]) for one in households}
        self.names: dict[str, Choice] = {}
        for choice in choices:
            for name in (choice.id.replace("_", " "), choice.name.lower()):
                if name:
                    self.names.setdefault(name, choice)

    def read(self, line: str, me: str) -> Command | Complaint | None:
        """Return what a line means; None for an empty one."""
        line_words = re.findall(r"[^\s]+", line.lower().replace("_", " "))[:20]
        if not line_words:
            return None
        first = line_words[0]
        if first in _SHORT and not (len(first) == 1 and len(line_words) > 1 and self._action(line_words)):
            return Command(_SHORT[first], tuple(line_words[1:]))
        return self.action(line_words, me) or self._not_understood(line_words)

    def action(self, line_words: Sequence[str], me: str) -> Command | Complaint | None:
        """Return the action that these words plan; None when they name no action."""
        found = self._action(line_words)
        if found is None:
            return None
        choice, rest = found
        if isinstance(choice, Complaint):
            return choice
        return self._with_target(
            choice, [word for word in rest if word not in ("the", "with", "to", "on", "for", "at")], me
        )

    def _action(self, line_words: Sequence[str]) -> tuple[Choice | Complaint, Sequence[str]] | None:
        first = line_words[0].rstrip(".):")
        if first.isdecimal():
            number = int(first) if len(first) < 6 else 0
            if 1 <= number <= len(self.choices):
                return self.choices[number - 1], line_words[1:]
            return Complaint(say("command.no_such_number", number=first[:20], most=len(self.choices))), ()
        for length in range(min(6, len(line_words)), 0, -1):
            said = " ".join(line_words[:length])
            if said in self.names:
                return self.names[said], line_words[length:]
            beginning = {
                id(choice): choice
                for name, choice in self.names.items()
                if len(said) >= 3 and (name.startswith(said) or said == name.split()[0])
            }
            if len(beginning) == 1:
                return next(iter(beginning.values())), line_words[length:]
        return None

    def targets(self, choice: Choice, me: str) -> dict[str, Data]:
        """Return how the targets of an action may be called: plots, and households by id, name or letter."""
        found: dict[str, Data] = {}
        for target in choice.targets:
            if target["household"] is None:
                found[target["label"].lower()] = target
            elif target["household"] != me:
                for name in self.called[target["household"]]:
                    found.setdefault(name.lower(), target)
        return found

    def _with_target(self, choice: Choice, rest: Sequence[str], me: str) -> Command | Complaint:
        targets = self.targets(choice, me)
        known = list({target["option"]: target for target in targets.values()}.values())
        default = [target for target in known if target["everywhere"]]
        labels = [target["label"] for target in known if not target["everywhere"]]
        if not rest:
            if default or len(known) == 1:
                return Command("do", (), choice.id, (default or known)[0]["option"])
            asked = {"number": choice.number, "target": labels[0], "targets": ", ".join(labels)}
            return Complaint(say("command.where" if known[0]["tiles"] else "command.with_whom", **asked))
        said = " ".join(rest)[:MOST_SAID]
        if said in targets:
            return Command("do", (), choice.id, targets[said]["option"])
        close = self.nearest(said, targets)
        if close and close[0].startswith(said) and len({targets[name]["option"] for name in close}) == 1:
            return Command("do", (), choice.id, targets[close[0]]["option"])
        if not labels:
            return Complaint(say("command.no_target_needed", action=choice.name, number=choice.number))
        meant = {"said": said, "action": choice.name, "targets": ", ".join(labels)}
        if not close:
            return Complaint(say("command.no_target", **meant))
        return Complaint(say("command.no_target_near", number=choice.number, near=close[0], **meant))

    @staticmethod
    def nearest(word: str, allowed: Sequence[str] | dict[str, Data]) -> list[str]:
        """Return the allowed words that begin like `word`, else the one that looks most like it."""
        beginning = [name for name in allowed if name.startswith(word)]
        return beginning or difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)

    def _not_understood(self, line_words: Sequence[str]) -> Complaint:
        said = " ".join(line_words)[:MOST_SAID]
        close = self.nearest(line_words[0], [*COMMANDS, *self.names]) or self.nearest(said, [*COMMANDS, *self.names])
        if not close:
            return Complaint(say("command.not_understood", said=said))
        return Complaint(say("command.not_understood_near", said=said, near=close[0]))
