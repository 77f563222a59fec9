"""Play, test and check Powerdance on a machine that has nothing but Python.

    python3 tools/dev.py play [arguments for `powerdance play`]
    python3 tools/dev.py test [arguments for pytest]
    python3 tools/dev.py lint

Everything is installed into `.venv` beside this project, nothing into the system. Only the standard
library is used, and the syntax is that of Python 3.6: an old Python has to understand this file to be
able to say that it is too old. That is also why types stand as `typing.List` and not as `list`.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import List, Optional, Sequence, Tuple

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
OLDEST_PYTHON = (3, 10)
WINDOW_TOOLS = ("Xvfb", "xdotool")

_NETWORK_WORDS = re.compile(
    "NewConnectionError|ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|Connection refused"
    "|Max retries|Network is unreachable|[Nn]ame or service|[Nn]ame resolution|NameResolution|getaddrinfo"
    "|from versions: none"
)
_NOT_FOUND = re.compile(r"(?:satisfies the requirement|No matching distribution found for) ([^\s(]+)")


class Fault(Exception):
    """Something the person at the keyboard can mend; its text is the one line they see."""


# -- the environment -----------------------------------------------------------------


def check_python(version: Sequence[int]) -> None:
    """Refuse a Python that the game cannot run on."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        needed, found = (".".join(str(part) for part in each[:2]) for each in (OLDEST_PYTHON, version))
        raise Fault(
            f"Powerdance needs Python {needed} or newer, and this is Python {found}: "
            f"install a newer one and run this file with it."
        )


def check_venv() -> None:
    """Refuse a Python without venv; Debian and Ubuntu ship it as a package of its own."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Fault(
            "This Python cannot make virtual environments: on Debian or Ubuntu run "
            "`apt install python3-venv`, then try again."
        ) from None


def environment_python() -> Path:
    """Give the path of the environment's interpreter, whether it exists or not."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment_version() -> Optional[Tuple[int, ...]]:
    """Ask the environment for its version; None when it is missing or does not start."""
    script = "import sys, pip; print(*sys.version_info[:3])"
    try:
        answer = subprocess.run(
            [str(environment_python()), "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None
    return tuple(int(part) for part in answer.stdout.split()) if answer.returncode == 0 else None


def make_environment() -> Tuple[int, ...]:
    """Make sure that a working environment is there and give its version."""
    version = environment_version()
    if version is None or version[:2] < OLDEST_PYTHON:
        check_venv()
        command = [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]
        made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        version = environment_version()
        if made.returncode != 0 or version is None:
            reason = last_line(made.stdout.decode(errors="replace"))
            raise Fault(f"The virtual environment .venv could not be made: {reason}")
    return version


def fingerprint(version: Sequence[int]) -> str:
    """Name what an installation depends on; the folder counts, because the project is linked, not copied."""
    content = (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content + repr((tuple(version), str(ROOT))).encode()).hexdigest()


def installed_extras(stamp: Path, wanted: str) -> List[str]:
    """Give the extras that were installed from exactly this state of the project."""
    try:
        noted = json.loads(stamp.read_text(encoding="utf-8"))
        return list(noted["extras"]) if noted["fingerprint"] == wanted else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def prepare(extra: str = "") -> None:
    """Install the project with one extra into `.venv`, unless nothing changed since the last time."""
    stamp = ENVIRONMENT / "powerdance-installed.json"
    first_time = not stamp.exists()
    if first_time:
        say("Setting up (first time only, about a minute) …")
    version = make_environment()
    mark = fingerprint(version)
    there = installed_extras(stamp, mark)
    # Every installation holds the plain game, so playing after testing needs nothing new.
    if extra in there or (there and not extra):
        return
    if not first_time:
        say("Updating the environment, because the project changed …")
    install(extra)
    stamp.write_text(json.dumps({"fingerprint": mark, "extras": sorted({*there, extra})}), encoding="utf-8")


def install(extra: str, pip: Optional[List[str]] = None) -> None:
    """Run pip quietly; on failure say what could not be had, and where the whole log is."""
    log = ENVIRONMENT / "install.log"
    if log.exists():
        log.unlink()
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    command = pip or [str(environment_python()), "-m", "pip"]
    options = ["install", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    done = subprocess.run(
        [*command, *options, "--log", str(log), "--editable", target],
        cwd=str(ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode != 0:
        said = done.stdout.decode(errors="replace")
        with log.open("a", encoding="utf-8") as stream:
            stream.write("\n" + said)
        # What a build said in a process of its own stands only in the log.
        whole = log.read_text(encoding="utf-8", errors="replace")
        raise Fault(f"{pip_fault(whole)} The full log is in {log.relative_to(ROOT)}.")


def pip_fault(said: str) -> str:
    """Turn pip's output into one sentence."""
    missing = _NOT_FOUND.search(said)
    if _NETWORK_WORDS.search(said):
        what = missing.group(1) if missing else "a package"
        return f"Could not fetch {what}: is this machine connected to the internet?"
    if missing:
        return f"Could not fetch {missing.group(1)}: no version of it fits this Python and system."
    told = [line.strip() for line in said.splitlines() if line.strip().lower().startswith(("error", "×"))]
    return f"The installation failed: {last_line(chr(10).join(told) or said)}"


def last_line(text: str) -> str:
    """Give the last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].rstrip(".") + "." if lines else "no reason was given."


# -- the three commands --------------------------------------------------------------


def play(arguments: List[str]) -> int:
    """Start the game."""
    prepare()
    return run([str(environment_python()), "-m", "game", *game_arguments(arguments)])


def game_arguments(arguments: List[str]) -> List[str]:
    """Choose between window and terminal: a window needs a screen."""
    if "--terminal" in arguments or has_display():
        return ["play", *arguments]
    say("There is no display here, so this is the game in the terminal.")
    return ["play", *arguments, "--terminal"]


def has_display() -> bool:
    """Say whether a window could open; Windows and macOS always have a screen."""
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def test(arguments: List[str]) -> int:
    """Run the tests on all cores."""
    prepare("dev")
    prepare_window_tools()
    return run([str(environment_python()), "-m", "pytest", *spread(arguments), *arguments])


def spread(arguments: List[str]) -> List[str]:
    """Give the options that use every core, unless the person chose otherwise or wants a debugger."""
    if any(re.match(r"-n|--numprocesses|--dist|--pdb|--trace|-s$|--benchmark-(?!skip)", each) for each in arguments):
        return []
    count = core_count()
    return ["-n", str(count), "--dist", "worksteal"] if count > 1 else []


def core_count() -> int:
    """Count the cores this process may use; a container may be given fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def prepare_window_tools() -> None:
    """Have a virtual screen for the window tests, where that is possible without asking anybody."""
    if all(shutil.which(tool) for tool in WINDOW_TOOLS):
        return
    log = ENVIRONMENT / "window-tools.log"
    # Only once: on a machine without network every further try would cost half a minute.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get") and not log.exists():
        say("Installing a virtual screen for the window tests (xvfb, xdotool) …")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        with log.open("wb") as stream:
            for command in (["apt-get", "update"], ["apt-get", "install", "-y", "xvfb", "xdotool"]):
                subprocess.run(command, stdout=stream, stderr=subprocess.STDOUT, env=environment)
    if not all(shutil.which(tool) for tool in WINDOW_TOOLS):
        say("Xvfb and xdotool are missing, so the window tests will be skipped.")


def lint(arguments: List[str]) -> int:
    """Check style and types; all three checks run, so that one look shows everything."""
    if arguments:
        raise Fault("`lint` takes no arguments.")
    prepare("dev")
    python = str(environment_python())
    commands = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy", "game", "tools"])
    results = [run([python, "-m", *command]) for command in commands]
    return int(any(results))


COMMANDS = {"play": play, "test": test, "lint": lint}


def run(command: List[str]) -> int:
    """Run a program in the foreground; Ctrl-C is its to answer, as it reaches it too."""
    process = subprocess.Popen(command, cwd=str(ROOT))
    while True:
        try:
            status = process.wait()
            return status if status >= 0 else 1
        except KeyboardInterrupt:
            continue


def say(line: str) -> None:
    """Tell the person one line, at once, and apart from what the game or the tests print."""
    encoding = sys.stderr.encoding or "ascii"
    print(line.encode(encoding, "replace").decode(encoding), file=sys.stderr, flush=True)


def main(arguments: Optional[List[str]] = None) -> int:
    """Run one command and give its exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        check_python(tuple(sys.version_info[:3]))
        if not words or words[0] not in COMMANDS:
            say("Usage: python3 tools/dev.py play|test|lint [arguments]")
            return 0 if words and words[0] in ("-h", "--help") else 2
        return COMMANDS[words[0]](words[1:])
    except Fault as fault:
        say(str(fault))
    except OSError as error:
        say(f"{error.filename or 'The system'}: {error.strerror or error}.")
    except KeyboardInterrupt:
        say("Stopped.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
