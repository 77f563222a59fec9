"""A model without a game in a terminal: its time passes, and its numbers are shown with their course."""

from __future__ import annotations

from typing import TextIO

from game.level.schema import Level
from game.playing.model_run import ModelRun
from game.telling import words
from game.telling.courses import BLOCKS, PLAIN
from game.telling.say import say, told_in
from game.terminal.console import Console
from game.terminal.paint import wrap

ENDS = ("quit", "exit", "q", "leave")
ALL = ("all", "rest")
PASSES = ("", "end", "e")
HELPS = ("help", "h", "?")
WAYS = {0: ("→", "="), 1: ("↑", "+"), -1: ("↓", "-")}


def run_model(level: Level, seed: int, reading: TextIO, writing: TextIO) -> None:
    """Let the seasons of a model run as somebody asks for them, until it is over or they leave."""
    with told_in(level.seasons):
        ModelTold(level, seed, reading, writing).run()


class ModelTold(Console):
    """A run of a model between a person and a stream of lines."""

    def __init__(self, level: Level, seed: int, reading: TextIO, writing: TextIO) -> None:
        super().__init__(reading, writing)
        self.level, self.going = level, ModelRun(level, seed)

    def run(self) -> None:
        """Show how it begins, and go on line by line."""
        begins = self.level.opening or self.level.promise
        by = words.by_whom(self.level.author, self.level.licence)
        self.show(
            [self.style.paint(self.level.title, "bold"), *([by] if by else []), *(wrap(begins) if begins else [])]
        )
        self.show(["", *wrap(say("model.how")), "", *self.state()])
        while self.going.over < self.going.seasons:
            line = self.read(say("model.prompt"))
            if line is None or line.strip().lower() in ENDS:
                return
            self.obey(line.strip().lower())
        self.show(["", say("model.over", seasons=words.turns(self.going.seasons))])

    def obey(self, said: str) -> None:
        """Do what one line says."""
        if said in HELPS:
            self.show(wrap(say("model.how")))
        elif said in (*PASSES, *ALL) or (said.isdecimal() and 0 < int(said[:6])):
            passing = self.going.seasons if said in ALL else int(said[:6]) if said.isdecimal() else 1
            self.going.go_on(passing)
            self.show(["", *self.state()])
        else:
            self.show(wrap(say("model.unknown", said=said[:40])))

    def state(self) -> list[str]:
        """Return the time, and a row for each number: its name, its value, which way it went, its course so far."""
        # A model need not run in seasons of a year.
        name = words.season_name(max(self.going.over, 1)) if self.level.seasons.name else ""
        told = {"season": self.going.over, "seasons": self.going.seasons}
        lines = [say("model.time_named", name=name, **told) if name else say("model.time", **told)]
        rows = self.going.rows(self.style.sign(BLOCKS, PLAIN))
        broad = max((len(row.name) for row in rows), default=0)
        long = max((len(row.amount) for row in rows), default=0)
        for row in rows:
            way = self.style.sign(*WAYS[row.way])
            lines.append(f"  {row.name:<{broad}}  {row.amount:>{long}} {way}  {row.course}")
        return lines
