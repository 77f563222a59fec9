"""The command line `powerdance`: thin, and quick to start.

Nothing heavy is imported before a command needs it, so that `--version` and
`--help` answer at once.  Whatever goes wrong ends in plain lines on standard
error: 0 fine, 1 the thing checked does not hold, 2 wrong usage or a file that
cannot be read.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

from game import __version__
from game.commands.stopping import PROGRAM, STOPPED
from game.commands.usage import DOES_NOT_HOLD, FINE, WRONG_USAGE, UsageError
from game.language.errors import PowerdanceError
from game.language.suggest import did_you_mean
from game.sim import RULE_NUMBER

COMMANDS = {  # each is a module of game.commands
    "play": "play a level",
    "levels": "list the levels that come with the game",
    "check": "check level files; all problems at once, one line each",
    "watch": "check a level and try it out again whenever it is saved",
    "picture": "draw the board of a level, as it begins or some seasons later",
    "schema": "print the JSON Schema of level files, for editors",
    "new": "write a small level of your own to start from",
    "import": "make a level of a model in XMILE or Vensim's format",
    "pack": "make one file of a level and its rulesets, to hand on",
    "simulate": "play many games without a screen and sum them up",
    "balance": "check every claim of a level by simulation",
    "replay": "play a kept game again and say how it ended",
    "ripples": "tell what each deed of a kept game did until its end",
    "loops": "find the feedback loops of a level as it stands",
    "causes": "tell why something was lost in a kept game: the last hand, and what moved it",
    "proof": "play a kept game again under two rules: allowed until proven harmful, and only when proven safe",
    "debrief": "write a kept game that is over as one page with pictures, its course and questions",
    "music": "write the music of the game as a file",
    "bench": "measure how fast this machine plays",
    "warm": "compile levels beforehand, so that games of them start at full speed",
}
ALIASES = {"why": "causes"}  # what commands were called before


class Parser(argparse.ArgumentParser):
    """An argument parser that reports mistakes in one plain line."""

    def error(self, message: str) -> NoReturn:
        """Turn every complaint of argparse into a UsageError."""
        raise UsageError(f"{message}; see `{self.prog} --help`")

    def print_help(self, file: Any = None) -> None:
        """Print the help; unlike the usual one it says where it cannot be written."""
        (sys.stdout if file is None else file).write(self.format_help())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    _prepare_streams()
    if not PROGRAM.begun:
        with suppress(ValueError):  # only the main thread may say what a signal does
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # both ends of a program are clean ones
    status = _answered(words)
    return status if _flush() else WRONG_USAGE


def _answered(words: list[str]) -> int:
    """Run one command and return its exit status, whatever goes wrong."""
    debug = "--debug" in words
    try:
        return _run([word for word in words if word != "--debug"])
    except SystemExit as ending:  # argparse has printed its help
        return ending.code if isinstance(ending.code, int) else FINE
    except KeyboardInterrupt:
        PROGRAM.tell()
        return STOPPED
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does; say nothing more, not even at exit.
        _let_go_of_output()
        return FINE
    except Exception as error:
        if debug:
            raise
        status = _explain(error)
        if isinstance(error, OSError):
            _flush(is_told=True)  # what could not be written may still wait, and would fail once more
        return status


def _prepare_streams() -> None:
    """Make every stream one that can be written to: there may be none, or one that lacks letters of ours."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None or stream.closed:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))
        elif name != "stdin" and isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _let_go_of_output() -> None:
    """Write no more to standard output, whatever is still waiting to be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _flush(is_told: bool = False) -> bool:
    """Write out what waits; where it cannot be, say so in a line and not in a traceback at the exit, and return False.

    Whoever read our output and went away has got what they wanted.  Nothing is said of what `is_told` already.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_output()
    except OSError as error:
        if not is_told:
            _explain(error)
        _let_go_of_output()
        return False
    return True


def _explain(error: Exception) -> int:
    """Print what went wrong in plain lines and return the exit status that goes with it."""
    if isinstance(error, PowerdanceError):
        from game.level.problems import LevelError

        if isinstance(error, LevelError):
            print(error, file=sys.stderr)
            return DOES_NOT_HOLD
        print(f"powerdance: {error}", file=sys.stderr)
        return WRONG_USAGE
    if isinstance(error, ModuleNotFoundError):
        print(f"powerdance: this needs a part that is not installed ({error.name})", file=sys.stderr)
        return WRONG_USAGE
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        print(f"powerdance: {where}{(error.strerror or 'cannot be read or written').lower()}", file=sys.stderr)
        return WRONG_USAGE
    what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    print(f"powerdance: this should not have happened ({what})", file=sys.stderr)
    print("powerdance: please report it; the same command with --debug shows where", file=sys.stderr)
    return WRONG_USAGE


def _run(words: list[str]) -> int:
    if not words:
        words = ["play"]
    if words[0] == "--version":
        return _version()
    if words[0] == "--self-test":
        from game.commands import self_test

        return self_test.run(__version__)
    command = next((word for word in words if not word.startswith("-")), None)
    if command in ALIASES:
        words[words.index(command)] = command = ALIASES[command]
    if command is not None and command not in COMMANDS:
        hint = did_you_mean(command, COMMANDS)
        raise UsageError(f'there is no command "{command}"{hint}; commands: {", ".join(COMMANDS)}')
    parser, parsers = _parser(command)
    arguments, unknown = parser.parse_known_args(words)
    if unknown:
        chosen = parsers.get(command or "", parser)
        options = [option for action in chosen._actions for option in action.option_strings]
        word = unknown[0].split("=")[0]
        what = "option" if word.startswith("-") else "argument"
        hint = did_you_mean(word, options) if what == "option" else ""
        raise UsageError(f'"{chosen.prog}" takes no {what} "{word}"{hint}; see `{chosen.prog} --help`')
    if command is None:
        raise UsageError(f"say what to do: {', '.join(COMMANDS)}; see `powerdance --help`")
    status: int = arguments.run(arguments)
    return status


def _version() -> int:
    """Print the version, and whether this machine computes as the rules expect; 1 where it does not."""
    # The core never multiplies matrices; starting threads for that would be half of the time this takes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from game.sim.selftest import self_test

    passed = self_test()
    word = "passed" if passed else "FAILED: games on this machine may differ from games elsewhere"
    print(f"powerdance {__version__}, rules {RULE_NUMBER}, arithmetic self-test {word}")
    return FINE if passed else DOES_NOT_HOLD


def _parser(command: str | None) -> tuple[Parser, dict[str, Parser]]:
    """Return the parser of everything, and that of each command; only `command` is given its own arguments."""
    parser = Parser(
        prog="powerdance",
        description="An ecosystem game about power over others and power with them.",
        epilog="--debug with any command shows where an error came from.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action="store_true",
        help="print the version, the number of the rules, and whether this machine computes as they expect",
    )
    parser.add_argument(
        "--self-test",
        action="store_true",
        help="try every part of the game on this machine, a line for each; 1 where one does not work",
    )
    subparsers = parser.add_subparsers(metavar="COMMAND", parser_class=Parser)
    parsers: dict[str, Parser] = {}
    for name, text in COMMANDS.items():
        description = text[:1].upper() + text[1:] + "."
        parsers[name] = subparsers.add_parser(name, help=text, description=description, allow_abbrev=False)
    if command is not None:
        module = import_module(f"game.commands.{command}")
        module.add_arguments(parsers[command])
        parsers[command].set_defaults(run=module.run)
    return parser, parsers
