"""Answers to `why`: whose books are asked for, in the words of a player."""

from __future__ import annotations

from collections.abc import Sequence

from game.telling.say import say
from game.terminal.commands import MOST_SAID, Command, CommandReader, Complaint
from game.terminal.paint import Style, painted_data, wrap
from game.terminal.view import View


class Why:
    """Answers `why` for one game."""

    def __init__(self, view: View, reader: CommandReader) -> None:
        self.view, self.reader = view, reader

    @property
    def style(self) -> Style:
        """What the output can show."""
        return self.view.style

    def lines(self, arguments: Sequence[str]) -> list[str]:
        """Return the answer to `why` followed by `arguments`."""
        said = " ".join(arguments)
        stocks, communities = self._stocks(), self._communities()
        plots = [one["name"] for one in self.view.shown("board")["board"]["plots"]]
        if not said:
            return self._books({"about": "land"})
        if said in ("me", "us", "i", "my barn", "barn"):
            return self._books({"about": "household", "household": self.view.me["id"]})
        if said in communities:
            return self._books({"about": "household", "household": communities[said]})
        if said in plots:
            return self._books({"about": "plot", "plot": said})
        if "," in said or (len(arguments) == 2 and all(word.isdecimal() for word in arguments)):
            numbers = said.replace(",", " ").split()
            if len(numbers) == 2 and all(number.isdecimal() and len(number) < 4 for number in numbers):
                column, row = (int(number) - 1 for number in numbers)
                return self._books({"about": "tile", "row": row, "column": column})
        if said in stocks:
            return self._books({"about": "stock", "stock": stocks[said]})
        command = self.reader.action(list(arguments), self.view.me["id"])
        if isinstance(command, Command):
            return self.action(command.option)
        if isinstance(command, Complaint):
            return wrap(command.text)
        close = self.reader.nearest(said, [*stocks, *communities, *plots, *self.reader.names])
        unknown = {"said": said[:MOST_SAID], "stocks": ", ".join(list(stocks)[:4])}
        if not close:
            return wrap(say("why.unknown", **unknown))
        return wrap(say("why.unknown_near", near=close[0], **unknown))

    def action(self, option: str) -> list[str]:
        """Return everything that speaks for and against a choice."""
        return self._books({"about": "action", "option": option})

    def _books(self, question: dict[str, object]) -> list[str]:
        return painted_data(self.view.game.books(question), self.style)

    def _stocks(self) -> dict[str, str]:
        found = self.view.shown("stocks")["stocks"]
        return {one["word"]: one["id"] for one in found} | {one["id"].replace("_", " "): one["id"] for one in found}

    def _communities(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in self.view.shown("households")["households"]:
            for word in (one["id"], one["short"].lower()):
                found.setdefault(word, one["id"])
        return found
