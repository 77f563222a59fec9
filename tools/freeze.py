"""Make a folder that plays without any Python: `python tools/freeze.py OUT` writes `OUT/powerdance/powerdance`.

It needs PyInstaller (`pip install pyinstaller`) beside the game and what it
needs; what is compiled with numba is left out, so that games run with NumPy.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = ("numba", "llvmlite", "matplotlib", "pyarrow", "jinja2", "pytest", "hypothesis", "tkinter", "IPython")


def command(out: Path) -> list[str]:
    """Return the command that makes the folder below `out`."""
    words = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--name", "powerdance"]
    words += ["--distpath", str(out), "--workpath", str(out / "work"), "--specpath", str(out / "work")]
    words += ["--paths", str(ROOT), "--collect-submodules", "game"]
    for folder in ("levels", "assets"):
        words += ["--add-data", f"{ROOT / folder}:{Path('game', '_data', folder)}"]
    for name in LEFT_OUT:
        words += ["--exclude-module", name]
    return [*words, str(ROOT / "game" / "__main__.py")]


def main() -> int:
    """Make the folder and return the status of PyInstaller."""
    parser = argparse.ArgumentParser(description="Make a folder that plays without any Python.")
    parser.add_argument("out", type=Path, help="where the folder `powerdance` is put")
    return subprocess.run(command(parser.parse_args().out.resolve()), cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
