"""tools/dev.py tells people in one line what went wrong, and installs only when something changed."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "tools" / "dev.py"


@pytest.fixture
def dev(tmp_path, monkeypatch):
    specification = importlib.util.spec_from_file_location("dev_tool_under_test", SCRIPT)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path / ".venv")
    return module


def one_line(capsys):
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    return said.err


@pytest.fixture
def pip_that(dev, tmp_path):
    """Make a pip that prints something and fails."""

    def make(words):
        fake = tmp_path / "pip.py"
        fake.write_text(f"import sys\nprint({words!r})\nsys.exit(1)\n")
        return [sys.executable, str(fake)]

    return make


def test_an_old_python_is_named_with_the_version_that_is_needed(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 18, "final", 0))
    assert dev.main(["play"]) == 1
    line = one_line(capsys)
    assert "3.10" in line and "3.9" in line


def test_the_oldest_python_that_runs_the_game_is_taken(dev):
    dev.check_python((3, 10, 0))


def test_an_old_python_can_at_least_read_the_file():
    # Python 3.6 cannot be asked here; its grammar can.
    compile(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT), "exec", dont_inherit=True)
    import ast

    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))
    assert "from __future__" not in SCRIPT.read_text(encoding="utf-8")


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(dev, monkeypatch, capsys, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.setattr(dev, "environment_version", lambda: None)
    (dev.ENVIRONMENT / "powerdance-installed.json").write_text("{}")
    assert dev.main(["play"]) == 1
    assert "apt install python3-venv" in one_line(capsys)


def test_an_environment_that_cannot_be_made_says_why(dev, monkeypatch):
    monkeypatch.setattr(dev.sys, "executable", sys.executable)
    monkeypatch.setattr(dev, "environment_version", lambda: None)
    monkeypatch.setattr(
        dev.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, b"Error: disk is full\n")
    )
    with pytest.raises(dev.Fault, match=r"could not be made: Error: disk is full\."):
        dev.make_environment()


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            "WARNING: Retrying ... NewConnectionError('...')\n"
            "ERROR: Could not find a version that satisfies the requirement hatchling>=1.27 (from none)",
            "Could not fetch hatchling>=1.27: is this machine connected to the internet?",
        ),
        ("socket: Temporary failure in name resolution", "Could not fetch a package: is this machine"),
        ("ERROR: No matching distribution found for numpy>=99", "Could not fetch numpy>=99: no version"),
        ("note: hello\nerror: subprocess-exited-with-error", "failed: error: subprocess-exited-with-error."),
        ("", "failed: no reason was given."),
    ],
)
def test_a_failing_pip_is_one_line_and_a_log(dev, pip_that, said, line):
    with pytest.raises(dev.Fault) as caught:
        dev.install("dev", pip=pip_that(said))
    message = str(caught.value)
    assert line in message and "\n" not in message
    assert message.endswith(f"The full log is in {Path('.venv') / 'install.log'}.")
    assert said in (dev.ENVIRONMENT / "install.log").read_text()


def test_installing_is_skipped_when_nothing_changed(dev, monkeypatch, capsys):
    installed = []
    monkeypatch.setattr(dev, "environment_version", lambda: (3, 12, 1))
    monkeypatch.setattr(dev, "install", installed.append)
    dev.prepare()
    dev.prepare()
    assert installed == [""]
    dev.prepare("dev")
    dev.prepare("dev")
    dev.prepare()  # whoever has the tests has the game
    assert installed == ["", "dev"]
    assert capsys.readouterr().err.startswith("Setting up (first time only")
    (dev.ROOT / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    dev.prepare("dev")
    monkeypatch.setattr(dev, "environment_version", lambda: (3, 13, 0))
    dev.prepare("dev")
    assert installed == ["", "dev", "dev", "dev"]


def test_a_failed_installation_is_tried_again(dev, monkeypatch, pip_that):
    monkeypatch.setattr(dev, "environment_version", lambda: (3, 12, 1))
    install = dev.install
    monkeypatch.setattr(dev, "install", lambda extra: install(extra, pip=pip_that("error: no")))
    for _ in range(2):
        with pytest.raises(dev.Fault):
            dev.prepare()


@pytest.mark.parametrize("content", ["", "[]", '{"extras": 3}', "\ufeff{"])
def test_a_damaged_stamp_only_means_installing_again(dev, monkeypatch, content):
    installed = []
    monkeypatch.setattr(dev, "environment_version", lambda: (3, 12, 1))
    monkeypatch.setattr(dev, "install", installed.append)
    stamp = dev.ENVIRONMENT / "powerdance-installed.json"
    stamp.write_text(content, encoding="utf-8")
    dev.prepare()
    assert installed == [""]
    assert json.loads(stamp.read_text())["extras"] == [""]


def test_ctrl_c_is_one_line(dev, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(dev, "prepare", interrupted)
    assert dev.main(["play"]) == 1
    assert one_line(capsys) == "Stopped.\n"


def test_a_folder_that_cannot_be_written_is_one_line(dev, monkeypatch, capsys):
    def refused(*_):
        raise PermissionError(13, "Permission denied", ".venv")

    monkeypatch.setattr(dev, "prepare", refused)
    assert dev.main(["test"]) == 1
    assert one_line(capsys) == ".venv: Permission denied.\n"


@pytest.mark.parametrize("words", [[], ["dance"]])
def test_wrong_usage_names_the_commands(dev, capsys, words):
    assert dev.main(words) == 2
    assert "play|test|lint" in one_line(capsys)


@pytest.mark.parametrize(
    ("given", "display", "expected"),
    [
        ([], True, ["play"]),
        ([], False, ["play", "--terminal"]),
        (["one_nail"], False, ["play", "one_nail", "--terminal"]),
        (["--terminal"], True, ["play", "--terminal"]),
        (["--terminal"], False, ["play", "--terminal"]),
    ],
)
def test_play_opens_a_window_where_there_is_a_screen(dev, monkeypatch, given, display, expected):
    monkeypatch.setattr(dev, "has_display", lambda: display)
    assert dev.game_arguments(given) == expected


def test_a_terminal_instead_of_a_window_is_said(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev, "has_display", lambda: False)
    dev.game_arguments([])
    assert "no display" in "".join(capsys.readouterr())


def test_tests_use_every_core_unless_told_otherwise(dev, monkeypatch):
    monkeypatch.setattr(dev, "core_count", lambda: 4)
    assert dev.spread(["-k", "x"]) == ["-n", "4", "--dist", "worksteal"]
    for own in (["-n", "2"], ["-n2"], ["--pdb"], ["-s"], ["--benchmark-only"]):
        assert dev.spread(own) == []
    monkeypatch.setattr(dev, "core_count", lambda: 1)
    assert dev.spread([]) == []


def test_window_tools_are_tried_once_and_their_lack_is_one_line(dev, monkeypatch, capsys):
    tried = []
    monkeypatch.setattr(dev.shutil, "which", lambda tool: "/bin/x" if tool == "apt-get" else None)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(dev.subprocess, "run", lambda command, **_: tried.append(command[1]))
    dev.prepare_window_tools()
    assert tried == ["update", "install"]
    assert capsys.readouterr().err.count("\n") == 2
    dev.prepare_window_tools()
    assert tried == ["update", "install"]
    assert "will be skipped" in one_line(capsys)


def test_without_rights_nothing_is_installed_into_the_system(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev.shutil, "which", lambda tool: "/bin/x" if tool == "apt-get" else None)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev.subprocess, "run", lambda *_, **__: pytest.fail("ran something"))
    dev.prepare_window_tools()
    assert "will be skipped" in one_line(capsys)


def test_the_exit_status_of_a_program_is_passed_on(dev):
    assert dev.run([sys.executable, "-c", "raise SystemExit(3)"]) == 3
    if os.name == "posix":
        assert dev.run([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == 1


def test_lint_runs_every_check_even_when_one_fails(dev, monkeypatch):
    ran = []
    monkeypatch.setattr(dev, "prepare", lambda extra: None)
    monkeypatch.setattr(dev, "run", lambda command: ran.append(command[2]) or len(ran) == 1)
    assert dev.lint([]) == 1
    assert ran == ["ruff", "ruff", "mypy"]


def test_the_two_lists_of_developer_tools_are_one():
    if sys.version_info < (3, 11):
        tomllib = pytest.importorskip("tomli")
    else:
        import tomllib
    project = tomllib.loads((SCRIPT.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["dependency-groups"]["dev"] == project["project"]["optional-dependencies"]["dev"]
