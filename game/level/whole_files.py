"""The one way in which the program writes files: whole, or as they were before."""

from __future__ import annotations

import errno
import os
import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from platform import node

NEW = ".new"  # how a file ends while it is being written
_LEFT = re.compile(r"\..*\.([0-9a-f]{8})-([0-9]+)-[^.]*\.new", re.DOTALL)  # machine and process that write it


@contextmanager
def written_whole(file: Path, over: bool = True) -> Iterator[Path]:
    """Give the path of a file to be written in place of `file`, which it becomes when all went well.

    It lies beside `file`, is flushed to the disk, and then takes its name in
    one step; whatever goes wrong before leaves `file` as it was and nothing
    beside it.  What a program left there that was ended meanwhile goes too.
    Links are followed.

    Raises
    ------
    FileExistsError
        Without `over`, where there is such a file already.
    OSError
        Where it cannot be written, and where `file` is a pipe, a device or a folder.
    """
    target = _target(file)
    if target.exists() and not over:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(file))
    temporary = _beside(target, file)
    try:
        yield temporary
        _flush(temporary)
        os.chmod(temporary, _mode(target))
        if over:
            os.replace(temporary, target)
        else:
            _take_free_name(temporary, target)
    except OSError as error:
        if error.errno is None or error.filename not in (None, os.fspath(temporary)):
            raise
        # A full disk names no file, and nobody knows the one that lay beside theirs.
        raise OSError(error.errno, os.strerror(error.errno), os.fspath(file)) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(file: Path, text: str, over: bool = True) -> None:
    """Write a text as UTF-8 with plain line ends; the file is whole or as it was before.  Raises OSError."""
    with written_whole(file, over) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def check_place(file: Path) -> None:
    """Raise the OSError with which writing a file would begin, so that it is told before all the work."""
    _beside(_target(file), file).unlink(missing_ok=True)


def _target(file: Path) -> Path:
    """Return the file that links lead to.  Raises OSError for a pipe, a device and a folder."""
    target = Path(os.path.realpath(file))
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "this is no ordinary file", os.fspath(file))
    return target


def _beside(target: Path, file: Path) -> Path:
    """Make an empty file beside another one.  What goes wrong is told of the one that was asked for."""
    _tidy(target.parent)
    prefix = f".{target.name[:80]}.{_machine()}-{os.getpid()}-"
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=prefix, suffix=NEW)
    except OSError as error:
        raise OSError(error.errno, error.strerror, os.fspath(file)) from None
    os.close(handle)
    return Path(name)


def _tidy(folder: Path) -> None:
    """Remove half-written files of processes of this machine that are there no more."""
    if os.name != "posix":  # elsewhere nobody can ask whether a process is there without ending it
        return
    with suppress(OSError):
        for name in os.listdir(folder):
            left = _LEFT.fullmatch(name)
            if left is not None and left[1] == _machine() and not _runs(int(left[2])):
                (folder / name).unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # somebody else's
        return True
    return True


@cache
def _machine() -> str:
    """Return a sign of this machine, since disks may be shared."""
    return f"{zlib.crc32(node().encode()):08x}"


def _flush(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _mode(target: Path) -> int:
    """Return the permissions of a file: those it has, else those that new files get here."""
    if target.exists():
        return target.stat().st_mode & 0o777
    return 0o666 & ~_mask()


@cache
def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _take_free_name(temporary: Path, target: Path) -> None:
    """Give a file its name unless somebody has taken it meanwhile."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except (AttributeError, NotImplementedError, OSError):  # a disk without links, each says so in its own way
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(target)) from None
        os.replace(temporary, target)
