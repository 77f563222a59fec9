"""How long it is from the start to the menu, and what an idle window costs: `python tools/measure_start.py [--idle]`.

Times are of the processor, so that a busy machine gives the same; each is of a process of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

START = """
import time
from game import cli
from game.screen import opening
window = opening.window()
print(f"{time.thread_time():.2f} s until the window shows its name")
from game.screen import program
from game.screen.kit.ui import Input
def first(window, draw):
    window.ui.begin(Input())
    draw(window.ui, 0.02)
    window.ui.end()
    print(f"{time.thread_time():.2f} s until the menu")
program.run = first
program.play_window(window=window)
"""


def idle_share(still: bool, wait: float = 14.0, measured: float = 12.0) -> float:
    """Return which share of a core a game takes in which nobody does anything, after a while."""
    from game.screen import app, program
    from game.screen.app import Window

    begun, marks, show = time.monotonic(), list[tuple[float, float]](), app.run

    def watch(window: Window, draw: app.Draw) -> None:
        def watched(ui: app.Ui, seconds: float) -> bool:
            now = time.monotonic()
            if now - begun > wait + len(marks) * measured:
                marks.append((now, time.process_time()))
            return len(marks) < 2 and draw(ui, seconds)

        show(window, watched)

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "settings.toml").write_text(f"reduced_motion = {str(still).lower()}\n", encoding="utf-8")
        program.run = watch
        program.play_window("the_shared_pasture", file=Path(folder) / "games.sqlite3")
    (first, used), (last, used_then) = marks
    return (used_then - used) / (last - first)


def main() -> None:
    """Measure, each in a process of its own, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--idle", action="store_true", help="also what an idle window costs; half a minute each")
    parser.add_argument("--measure-idle", choices=("moving", "still"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure_idle:
        share = idle_share(arguments.measure_idle == "still")
        print(f"{100 * share:.1f} % of a core, {arguments.measure_idle}")
        return
    subprocess.run([sys.executable, "-c", START], check=True)
    for kind in ("moving", "still") if arguments.idle else ():
        subprocess.run([sys.executable, __file__, "--measure-idle", kind], check=True)


if __name__ == "__main__":
    main()
