"""`python -m game` is the same as `powerdance`."""

from game.commands.stopping import PROGRAM, STOPPED


def run() -> int:
    """Run the command that this process was begun for, and return its exit status."""
    PROGRAM.begin()  # before everything else: to import the rest takes a moment too
    try:
        from game.cli import main

        return main()
    except KeyboardInterrupt:
        PROGRAM.tell()
        return STOPPED


if __name__ == "__main__":
    raise SystemExit(run())
