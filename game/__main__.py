"""`python -m game` is the same as `powerdance`."""

import sys

from game.commands.stopping import PROGRAM, STOPPED


def run() -> int:
    """Run the command that this process was begun for, and return its exit status."""
    PROGRAM.begin()  # before everything else: to import the rest takes a moment too
    try:
        if getattr(sys, "frozen", False):  # a folder of PyInstaller's, whose program is also that of its workers
            from multiprocessing import freeze_support

            freeze_support()
        from game.cli import main

        return main()
    except KeyboardInterrupt:
        PROGRAM.tell()
        return STOPPED


if __name__ == "__main__":
    raise SystemExit(run())
