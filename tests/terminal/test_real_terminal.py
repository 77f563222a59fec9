"""The game on a real pseudo terminal: colours, a prompt, a question before leaving."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect")
ROOT = Path(__file__).resolve().parents[2]


def _heed_interrupts() -> None:
    """Whoever runs the tests in the background has told its children to ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(**environment: str) -> pexpect.spawn:
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    return pexpect.spawn(
        sys.executable,
        ["-m", "game", "play", "--terminal", "--seed", "1"],
        cwd=str(ROOT),
        encoding="utf-8",
        env={**plain, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **environment},
        timeout=300,
        dimensions=(60, 80),
        preexec_fn=_heed_interrupts,
    )


def test_colours_prompt_and_leaving() -> None:
    game = start()
    game.expect("season 1> ")
    assert "\x1b[48;5;" in game.before and "\x1b[1" in game.before
    widths = [len(re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", line)) for line in game.before.splitlines()]
    assert max(widths) <= 80
    game.sendline("1")
    game.expect("Two more cows")
    game.expect("season 1> ")
    game.sendline("end")
    game.expect("Season 1, spring of year 1, is over")
    game.expect("on to the next season ")
    game.sendline("")
    game.expect("season 2> ")
    game.sendline("quit")
    game.expect("Leave this game?")
    game.sendline("no")
    game.expect("the game goes on")
    game.expect("season 2> ")
    game.sendline("quit")
    game.expect("Leave this game?")
    game.sendline("y")
    game.expect("--seed 1")
    game.expect(pexpect.EOF)
    game.close()
    assert game.exitstatus == 0


def test_no_color_is_respected() -> None:
    game = start(NO_COLOR="1")
    game.expect("season 1> ")
    assert "\x1b[" not in game.before.replace("\x1b[?2004h", "").replace("\x1b[?1034h", "")
    game.sendeof()
    game.expect("The input has ended")
    game.expect(pexpect.EOF)


def test_ctrl_c_leaves_without_a_traceback() -> None:
    game = start()
    game.expect("season 1> ")
    game.sendintr()
    game.expect("stopped")
    game.expect(pexpect.EOF)
    assert "Traceback" not in game.before
    game.close()
    assert game.exitstatus == 130
