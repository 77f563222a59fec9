"""The command line `powerdance`: thin, and quick to start.

Nothing heavy is imported before a command needs it, so that `--version` and
`--help` answer at once.  Whatever goes wrong ends in plain lines on standard
error: 0 fine, 1 the thing checked does not hold, 2 wrong usage or a file that
cannot be read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from game.arguments import FIRST_LEVEL, looking_back_arguments, play_arguments, run_arguments
from game.language.suggest import did_you_mean
from game.sim import RULE_NUMBER

if TYPE_CHECKING:
    from game.level.schema import Level

FINE, DOES_NOT_HOLD, WRONG_USAGE, STOPPED = 0, 1, 2, 130


class UsageError(Exception):
    """Something the person at the keyboard can put right; its text is the line they see."""


class Parser(argparse.ArgumentParser):
    """An argument parser that reports mistakes in one plain line."""

    def error(self, message: str) -> NoReturn:
        """Turn every complaint of argparse into a UsageError."""
        raise UsageError(f"{message}; see `{self.prog} --help`")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in words
    try:
        status = _run([word for word in words if word != "--debug"])
        sys.stdout.flush()
        return status
    except SystemExit as ending:  # argparse has printed its help
        return ending.code if isinstance(ending.code, int) else FINE
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does; say nothing more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return FINE
    except Exception as error:
        if debug:
            raise
        return _explain(error)


def _explain(error: Exception) -> int:
    """Print what went wrong in plain lines and return the exit status that goes with it."""
    from game.level.problems import LevelError, UnreadableFile

    if isinstance(error, LevelError):
        print(error, file=sys.stderr)
        return DOES_NOT_HOLD
    if isinstance(error, (UsageError, UnreadableFile)):
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
    parser, commands = _parsers()
    command = next((word for word in words if not word.startswith("-")), None)
    if command is not None and command not in commands:
        hint = did_you_mean(command, commands)
        raise UsageError(f'there is no command "{command}"{hint}; commands: {", ".join(commands)}')
    arguments, unknown = parser.parse_known_args(words)
    if unknown:
        chosen = commands.get(command or "", parser)
        options = [option for action in chosen._actions for option in action.option_strings]
        word = unknown[0].split("=")[0]
        what = "option" if word.startswith("-") else "argument"
        hint = did_you_mean(word, options) if what == "option" else ""
        raise UsageError(f'"{chosen.prog}" takes no {what} "{word}"{hint}; see `{chosen.prog} --help`')
    if command is None:
        raise UsageError(f"say what to do: {', '.join(commands)}; see `powerdance --help`")
    handler: Callable[[Any], int] = arguments.handler
    return handler(arguments)


def _version() -> int:
    """Print the version, and whether this machine computes as the rules expect; 1 where it does not."""
    from importlib.metadata import version

    # The core never multiplies matrices; starting threads for that would be half of the time this takes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from game.sim.selftest import self_test

    passed = self_test()
    word = "passed" if passed else "FAILED: games on this machine may differ from games elsewhere"
    print(f"powerdance {version('powerdance')}, rules {RULE_NUMBER}, arithmetic self-test {word}")
    return FINE if passed else DOES_NOT_HOLD


def _parsers() -> tuple[Parser, dict[str, Parser]]:
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
    subparsers = parser.add_subparsers(metavar="COMMAND", parser_class=Parser)
    commands: dict[str, Parser] = {}

    def command(name: str, text: str, handler: Callable[[Any], int]) -> Parser:
        made = subparsers.add_parser(name, help=text, description=text[:1].upper() + text[1:] + ".", allow_abbrev=False)
        made.set_defaults(handler=handler)
        commands[name] = made
        return made

    play_arguments(command("play", "play a level", _play))
    levels = command("levels", "list the levels that come with the game", _levels)
    levels.add_argument("--json", action="store_true", help="print as JSON")
    check = command("check", "check level files; all problems at once, one line each", _check)
    check.add_argument("paths", nargs="+", metavar="PATH", help="a level, a ruleset, or a folder of them")
    check.add_argument("--no-run", action="store_true", help="leave out the trial of 40 seasons in which nobody acts")
    check.add_argument("--cost", action="store_true", help="list what a tick of each level costs, not of the dearest")
    check.add_argument("--json", action="store_true", help="print as JSON")
    command("schema", "print the JSON Schema of level files, for editors", _schema)
    new = command("new", "write a small level of your own to start from", _new)
    new.add_argument("path", metavar="PATH", help="the file to write, ending in .yaml")
    new.add_argument("--template", default="small", metavar="T", help="small (the default) or pasture")
    run_arguments(
        command("simulate", "play many games without a screen and sum them up", _simulate),
        command("balance", "check every claim of a level by simulation", _balance),
    )
    looking_back_arguments(
        command("replay", "play a kept game again and say how it ended", _looking_back("replay")),
        command("ripples", "tell what each deed of a kept game did until its end", _looking_back("show_ripples")),
        command("loops", "find the feedback loops of a level as it stands", _looking_back("show_loops")),
        command(
            "why",
            "tell why something was lost in a kept game: the last hand, and what moved it",
            _looking_back("show_why"),
        ),
        command(
            "proof",
            "play a kept game again under two rules: allowed until proven harmful, and only when proven safe",
            _looking_back("show_proof"),
        ),
    )
    bench = command("bench", "measure how fast this machine plays", _bench)
    bench.add_argument("--screen", action="store_true", help="measure the window: start and frames")
    bench.add_argument("--quick", action="store_true", help="measure shortly, and so less exactly")
    bench.add_argument("--json", action="store_true", help="print as JSON")
    return parser, commands


def _looking_back(name: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        from game import looking_back

        command: Callable[[argparse.Namespace], int] = getattr(looking_back, name)
        return _with_backend(command, arguments)

    return run


def seat_policies(text: str, seats: Sequence[str]) -> tuple[str, ...]:
    """Return the policy of each seat for `with` or `alder=over,others=with`.

    Raises UsageError for unknown seats or policies, and for seats left out.
    """
    from game.level.vocabulary import POLICY_NAMES

    said: dict[str, str] = {}
    for part in text.split(","):
        seat, equals, policy = (word.strip() for word in part.rpartition("="))
        seat = seat if equals else "all"
        if policy not in POLICY_NAMES:
            hint = did_you_mean(policy, POLICY_NAMES)
            raise UsageError(f'there is no policy "{policy}"{hint}; policies: {", ".join(POLICY_NAMES)}')
        if seat not in (*seats, "all", "others"):
            hint = did_you_mean(seat, seats)
            raise UsageError(f'there is no seat "{seat}"{hint}; seats: {", ".join(seats)}, and others')
        if seat in said:
            raise UsageError(f'"{seat}" is given two policies')
        said[seat] = policy
    rest = said.get("others", said.get("all"))
    missing = [seat for seat in seats if seat not in said]
    if missing and rest is None:
        raise UsageError(f"say how {', '.join(missing)} play: add others=with")
    return tuple(said.get(seat, rest or "") for seat in seats)


def _play(arguments: argparse.Namespace) -> int:
    if not arguments.terminal:
        return _play_in_window(arguments)
    from game.level.difficulty import at_difficulty
    from game.terminal.game import play

    level = at_difficulty(_level_for(arguments), arguments.difficulty)
    policies = seat_policies(arguments.policy, level.seats) if arguments.policy else level.default_policies()
    return play(
        level, arguments.level or FIRST_LEVEL, arguments.players, arguments.seed, policies, arguments.policy or "",
        difficulty=arguments.difficulty,
    )  # fmt: skip


def _level_for(arguments: argparse.Namespace) -> Level:
    from game.level.reader import load_level

    level = load_level(arguments.level or FIRST_LEVEL)
    if arguments.players > len(level.seats):
        raise UsageError(f"this level has {len(level.seats)} seats, so at most {len(level.seats)} people can play")
    return level


def _play_in_window(arguments: argparse.Namespace) -> int:
    from game.level.difficulty import at_difficulty
    from game.screen.app import NoDisplay
    from game.screen.shell import play_window

    policies = None
    if arguments.difficulty != "as_told" and not arguments.level:
        raise UsageError("say which level, as in `powerdance play the_shared_pasture --difficulty hard`")
    if arguments.level:
        level = at_difficulty(_level_for(arguments), arguments.difficulty)
        policies = seat_policies(arguments.policy, level.seats) if arguments.policy else level.default_policies()
    try:
        play_window(arguments.level, arguments.players, arguments.seed, policies, difficulty=arguments.difficulty)
    except NoDisplay as error:
        raise UsageError(str(error)) from None
    return FINE


def _levels(arguments: argparse.Namespace) -> int:
    from game.authoring import listed_levels

    rows = listed_levels()
    if arguments.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    for row in () if arguments.json else rows:
        print(f"{row['id']:<24} {row['kind']:<10} {row['title']}")
        print(f"    {row['error'] or row['lesson']}")
    return DOES_NOT_HOLD if any(row["error"] for row in rows) else FINE


def _check(arguments: argparse.Namespace) -> int:
    from game.authoring import check_files

    checked = check_files(arguments.paths, run=not arguments.no_run)
    problems = checked.problems
    shown = problems + [note for _, note in checked.costs] if arguments.cost else problems
    if arguments.json:
        print(json.dumps([problem.as_dict() for problem in shown], indent=2, ensure_ascii=False))
    else:
        print("".join(f"{problem}\n" for problem in shown), end="")
    for complaint in checked.unreadable:
        print(f"powerdance: {complaint}", file=sys.stderr)
    if checked.costs and not arguments.cost:
        print(max(checked.costs)[1], file=sys.stderr)
    errors = sum(problem.severity == "error" for problem in problems)
    counts = [
        f"{_counted(count, word)}" for count, word in ((errors, "error"), (len(problems) - errors, "warning")) if count
    ]
    print(f"{_counted(checked.files, 'file')}, {' and '.join(counts) or 'no problems'}", file=sys.stderr)
    if checked.unreadable:
        return WRONG_USAGE
    return DOES_NOT_HOLD if errors else FINE


def _schema(arguments: argparse.Namespace) -> int:
    from game.level.schema_export import level_schema

    print(json.dumps(level_schema(), indent=2, ensure_ascii=False))
    return FINE


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _new(arguments: argparse.Namespace) -> int:
    import shlex
    from pathlib import Path

    from game.authoring import write_template

    write_template(Path(arguments.path), arguments.template)
    path = shlex.quote(arguments.path)
    print(f"wrote {arguments.path}")
    print(f"play it:   powerdance play {path} --terminal")
    print(f"check it:  powerdance check {path}")
    return FINE


def _simulate(arguments: argparse.Namespace) -> int:
    from game.headless import simulate
    from game.record.tables import missing_for

    missing = missing_for(arguments.out or "")
    if missing:
        raise UsageError(missing)
    return _with_backend(simulate, arguments)


def _balance(arguments: argparse.Namespace) -> int:
    from game.balancing import balance

    return _with_backend(balance, arguments)


def _with_backend(run: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    from game.run.backends import BackendError

    try:
        return run(arguments)
    except BackendError as error:
        raise UsageError(str(error)) from None


def _bench(arguments: argparse.Namespace) -> int:
    from game.bench.command import bench

    return bench(arguments)
