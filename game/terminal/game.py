"""The loop of the text game: read a line, do what it says, show what changed.

Works the same on a terminal and over a pipe; a pipe gets no prompts, no
colours and no questions, and its end ends the game with the state told.
"""

from __future__ import annotations

import math
import secrets
import sys
from collections.abc import Sequence
from typing import TextIO

from game.level.difficulty import TOLD, difficulties
from game.level.schema import Level
from game.playing.decide import Decided, Decision, decide
from game.playing.session import Session
from game.playing.shown import Shown
from game.sim.model import compile_level
from game.telling import words
from game.telling.say import say, told_in
from game.terminal.choices import Data, Menu
from game.terminal.coming import coming
from game.terminal.commands import COMMANDS, Command, CommandReader, Complaint, meanings
from game.terminal.console import Console
from game.terminal.ending import ending_rows
from game.terminal.model_run import run_model
from game.terminal.others import faring_rows, season_rows
from game.terminal.paint import WIDTH, painted_data, wrap
from game.terminal.view import View
from game.terminal.why import Why


def play(
    level: Level,
    name: str,
    people: int,
    seed: int | None,
    policies: Sequence[str],
    policy_text: str = "",
    reading: TextIO | None = None,
    writing: TextIO | None = None,
    difficulty: str = TOLD,
) -> int:
    """Play a level in a terminal until it is over or the player has had enough; return the exit status."""
    chosen = secrets.randbelow(100_000) if seed is None else seed
    if level.kind == "model":
        run_model(level, chosen, reading or sys.stdin, writing or sys.stdout)
        return 0
    session = Session(compile_level(level), chosen, people, policies)
    again = f"powerdance play {name} --terminal --seed {chosen}"
    again += f" --players {people}" if people > 1 else ""
    again += f" --policy {policy_text}" if policy_text else ""
    again += f" --difficulty {difficulty}" if difficulty != TOLD else ""
    game = Game(session, again, reading or sys.stdin, writing or sys.stdout)
    if difficulty != TOLD:
        title, plain = difficulties(level)[difficulty]
        game.show([say("game.difficulty", title=title, plain=plain), ""])
    game.run()
    return 0


OF_PLANS = ("do", "terms", "undo", "redo", "drop", "move")  # commands for which all must not have planned yet


class Game(Console):
    """One game between a person and a stream of lines."""

    def __init__(self, session: Session, again: str, reading: TextIO, writing: TextIO) -> None:
        self.session, self.same_again = session, [say("game.same_again"), f"  {again}"]
        super().__init__(reading, writing)
        self.game = Shown(session)
        self.view = View(self.game, self.style)
        self.menu = Menu(self.view)
        self.reader = CommandReader(self.menu.choices, self.game["households"])
        self.why = Why(self.view, self.reader)
        self.running = True

    def run(self) -> None:
        """Play until the end."""
        try:
            with told_in(self.game.turns):
                self._play()
        finally:
            self.session.background.close()

    def _play(self) -> None:
        self.show(self.opening())
        self.show_turn()
        while self.running and not self.session.over:
            line = self.read(say("game.season_prompt", season=self.game["seasons_over"] + 1))
            if line is None:
                self.show(["", say("game.input_ended"), *self.farewell()])
                return
            self.obey(line)
        if self.session.over:
            self.show([*ending_rows(self.view), "", *self.same_again])

    def opening(self) -> list[str]:
        """Return the first words of a game: where one is, what to reach, how to begin."""
        level, people = self.game["level"], self.game["turn"]["people"]
        lines = [
            self.style.paint(level["title"], "bold"),
            *(level[part] for part in ("by", "promise") if level[part]),
            "",
            *wrap(level["opening"]),
        ]
        if people == 1:
            return [*lines, "", *wrap(say("game.opening", household=words.within(level["seats"][0])))]
        names = words.joined([words.within(name) for name in level["seats"][:people]])
        return [*lines, "", *wrap(say("game.opening_together", count=people, households=names))]

    def show_turn(self) -> None:
        """Show the season to whoever is next."""
        turn = self.game["turn"]
        if turn["people"] > 1:
            self.show(["", self.style.paint(say("game.now_play", household=words.within(turn["whole_name"])), "bold")])
            if self.asks and self.read(say("game.when_alone")) is None:
                return
        if turn["answering"]:
            self.show([*self.letters(), "", say("letter.how")])
            return
        self.do_look(Command("look"))

    def after_menu(self) -> list[str]:
        """Return the plan, and in the first season a reminder of what to do."""
        lines = self.menu.plan()
        if self.game["seasons_over"] == 0 and not self.game["plan"]["steps"]:
            lines += [
                say("game.how_to_begin"),
                say("game.how_to_begin_on"),
                *([] if self.game["level"]["guided"] else self.first_idea()),
            ]
        return [*lines, *self.letters(), *self.note()]

    def note(self) -> list[str]:
        """Return the present note of a guided level."""
        text = self.game["note"].replace("*", '"')
        lines = wrap(say("game.note", note=text), WIDTH, "", "  ") if text else []
        return ["", *(self.style.paint(line, "yellow") for line in lines)] if lines else []

    def first_idea(self) -> list[str]:
        """Return a first thing to try on either side, for whoever does not know how to begin."""
        free = [choice for choice in self.menu.choices if self.menu.is_free(choice)]
        over = next((choice for choice in free if choice.mode == "over"), None)
        partner = next((choice for choice in free if choice.mode == "with"), None)
        if over is None or partner is None:
            return []
        labels = [label for label in self.reader.targets(partner, self.view.me["id"]) if len(label) > 1]
        said = f"{partner.number} {labels[0]}" if labels else str(partner.number)
        named = {"action": over.name, "other_action": partner.name}
        return wrap(say("game.first_idea", number=over.number, other_number=said, **named))

    def obey(self, line: str) -> None:
        """Do what one line says."""
        command = self.reader.read(line, self.view.me["id"])
        if command is None:
            return
        if isinstance(command, Complaint):
            self.show(wrap(command.text))
            return
        if self.game["turn"]["answering"] and command.name in OF_PLANS:
            self.show([say("decide.only_answers")])
            return
        getattr(self, f"do_{command.name}")(command)

    def do_do(self, command: Command) -> None:
        """Plan an action, or tell why it cannot be planned."""
        card = next(one for one in self.game["cards"] if one["id"] == command.card)
        option = next((one for one in card["options"] if one["choice"] == command.option), None)
        if option is not None and option["obstacle"]:
            name = f"{card['name']} ({option['label']})" if option["label"] else card["name"]
            self.show(wrap(say("game.not_possible", action=name, reason=option["obstacle"].rstrip("."))))
            return
        found = self.decide({"do": "plan", "card": command.card, "option": command.option})
        self.show([*self.menu.plan(), *self.note()] if found.done else wrap(found.error))

    def decide(self, decision: Decision) -> Decided:
        """Do what a decision says."""
        return decide(self.session, decision)

    def do_end(self, command: Command) -> None:
        """Let the season pass, or hand over to the next person."""
        if self.decide({"do": "end"}).passed != "hand_over":
            self.show(painted_data(self.game.story(), self.style))
            self.show(season_rows(self.view))
            # On a screen the next season would push what happened out of sight.
            if self.asks and not self.session.over and self.read(say("game.next_season")) is None:
                return
        if not self.session.over:
            self.show_turn()

    def do_finish(self, command: Command) -> None:
        """End the whole game with its win, where that is offered."""
        found = self.decide({"do": "finish"})
        if not found.done:
            self.show(wrap(found.error))

    def do_plan(self, command: Command) -> None:
        """Show the plan."""
        self.show(self.menu.plan())

    def _planned(self, decision: Decision | None, otherwise: str = "") -> None:
        """Show the plan after a decision about it, or why that could not be done: in other words where there are."""
        found = Decided(otherwise) if decision is None else self.decide(decision)
        self.show(self.menu.plan() if found.done else wrap(otherwise or found.error))

    def do_undo(self, command: Command) -> None:
        """Take the last change back."""
        self._planned({"do": "undo"})

    def do_redo(self, command: Command) -> None:
        """Bring it back."""
        self._planned({"do": "redo"})

    def do_terms(self, command: Command) -> None:
        """Set what the next offer of an action is about."""
        number, amount = (*command.arguments, "", "")[:2]
        choice = next((one for one in self.menu.choices if str(one.number) == number), None)
        if choice is None:
            self.show([say("terms.how")])
            return
        self.show(wrap(self.menu.set_terms(choice, amount.removesuffix("%"))))

    def do_drop(self, command: Command) -> None:
        """Take an action out of the plan."""
        place = self._places(command, 1)
        self._planned({"do": "drop", "place": place[0]} if place else None, say("game.which_to_drop"))

    def do_move(self, command: Command) -> None:
        """Change the order of the plan."""
        places = self._places(command, 2)
        decision = {"do": "move", "place": places[0], "to": places[1]} if places else None
        self._planned(decision, say("game.which_to_move"))

    def _places(self, command: Command, count: int) -> list[int]:
        """Return the places named, counted from 0; nothing where the numbers do not fit."""
        numbers = [word for word in command.arguments if word.isdecimal() and len(word) < 4]
        return [int(number) - 1 for number in numbers] if len(numbers) == count == len(command.arguments) else []

    def do_why(self, command: Command) -> None:
        """Tell why things are as they are."""
        self.show(self.why.lines(command.arguments))

    def do_coming(self, command: Command) -> None:
        """Tell what is on its way, and what would come if everyone stopped now."""
        self.show(coming(self.view))

    def do_faring(self, command: Command) -> None:
        """Tell who is better and who is worse off through the one whose turn it is."""
        self.show(faring_rows(self.view, mine_alone=True))

    def do_who(self, command: Command) -> None:
        """Tell about everybody."""
        self.show(self.view.who())

    def do_goals(self, command: Command) -> None:
        """Tell what is to be reached."""
        self.show([*self.view.goals(WIDTH), *self.view.dials()])

    def do_board(self, command: Command) -> None:
        """Show the map."""
        self.show(self.view.map())

    def do_look(self, command: Command) -> None:
        """Show the whole season again."""
        self.show([*self.view.season(), *self.menu.lines(), "", *self.after_menu()])

    def letters(self) -> list[str]:
        """Return what others offer, numbered, with what it means and the answer so far."""
        lines = []
        for number, letter in enumerate(self.view.shown("letters")["letters"], 1):
            lines += wrap(say("game.letter", number=number, letter=letter["text"]), WIDTH, "  ", "     ")
            for line in (*letter["means"], letter["answered"]):
                lines += wrap(line, WIDTH, "     ", "       ")
        return ["", self.style.paint(say("game.letters"), "bold"), *lines] if lines else []

    def do_letters(self, command: Command) -> None:
        """Tell what others offer."""
        self.show(self.letters() or [say("letter.none")])

    def do_yes(self, command: Command) -> None:
        """Agree to an offer."""
        self._answer(command, True)

    def do_no(self, command: Command) -> None:
        """Decline an offer, or all."""
        self._answer(command, False)

    def _answer(self, command: Command, yes: bool) -> None:
        letters, said = self.game["letters"], command.arguments[0] if command.arguments else ""
        if not letters:
            self.show([say("letter.none")])
            return
        if not said and (len(letters) == 1 or not yes):
            chosen = range(len(letters))
        elif said.isdecimal() and 1 <= int(said) <= len(letters):
            chosen = range(int(said) - 1, int(said))
        else:
            self.show([say("letter.which", number=said or say("game.letter_unnamed"))])
            return
        amount = command.arguments[1].removesuffix("%") if yes and len(command.arguments) > 1 else ""
        for number in chosen:
            decision: dict[str, object] = {"do": "answer", "letter": number, "yes": yes}
            if amount:
                told = zip(letters[number]["amounts"], letters[number]["amounts_told"], strict=True)
                # What nobody would take is refused by the decision, in words.
                decision["amount"] = next((value for value, text in told if text.split(" ")[0] == amount), math.nan)
            found = self.decide(decision)
            if not found.done:
                self.show(wrap(found.error))
                return
        self.show(self.letters())

    def do_help(self, command: Command) -> None:
        """List the commands, or explain an action."""
        if command.arguments:
            meant = self.reader.action(command.arguments, self.view.me["id"])
            if isinstance(meant, Command):
                self.show(self.why.action(meant.option))
                return
            choice = next((one for one in self.menu.choices if str(one.number) == command.arguments[0]), None)
            about = choice.plain if choice else meant.text if meant else say("game.help_unknown")
            self.show([*wrap(about), *(self.menu.meaning(choice) if choice else ())])
            return
        self.show(
            [
                say("game.help_actions"),
                *(f"  {example}" for example in self.examples()),
                say("game.help_besides"),
            ]
        )
        for name, text in meanings().items():
            short = f" ({COMMANDS[name][0]})" if COMMANDS[name] else ""
            self.show(wrap(f"{name + short:<11} {text}", WIDTH, "  ", " " * 14))

    def examples(self) -> list[str]:
        """Return two or three lines one could write now."""
        found: list[str] = []
        for choice in self.menu.choices:
            labels = [one["label"] for one in choice.targets if self._is_example(one)]
            if labels and len(found) < 2:
                said = {"number": choice.number, "target": labels[-1], "action": choice.id}
                found.append(say("game.help_example", **said))
        return found

    def _is_example(self, target: Data) -> bool:
        return bool(target["tiles"]) or target["household"] not in (None, self.view.me["id"])

    def do_quit(self, command: Command) -> None:
        """Leave the game; asks first where somebody could answer."""
        if self.asks:
            answer = self.read(say("game.leave"))
            if answer is not None and answer.strip().lower() not in ("y", "yes"):
                self.show([say("game.goes_on")])
                return
        self.running = False
        self.show(self.farewell())

    def farewell(self) -> list[str]:
        """Return how things stand, and the command line of this very game, on a line of its own to be copied."""
        return [*self.view.banner(), *self.view.goals(WIDTH)[1:], *self.same_again]
