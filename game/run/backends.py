"""Which way the ticks of a season are computed: with NumPy, or by a compiled kernel; both give the same bits.

Compiled code is kept in the user's cache folder, by a digest of its text and
of the engine.  A folder that cannot be written, or files that were damaged,
cost only the time to compile again.
"""

from __future__ import annotations

import gc
import hashlib
import importlib.util
import json
import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from platformdirs import user_cache_path

from game.language.errors import ArgumentError, PowerdanceError
from game.language.suggest import did_you_mean
from game.level.whole_files import write_whole
from game.sim import RULE_NUMBER, compiled
from game.sim.compiled.loop import Unsupported
from game.sim.compiled.shared_texts import ACTING, LOOKING_TEXT, MINDING, SEASON, TURNING
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks

if TYPE_CHECKING:
    from game.sim.compiled.acting_text import ActingText
    from game.sim.compiled.kernel import Span
    from game.sim.compiled.sight import Eyes
    from game.sim.compiled.text import KernelText

NAMES = ("auto", "numpy", "compiled")
MISSING = "compiled code needs numba: pip install 'powerdance[fast]'; or choose another backend: auto or numpy"
NANOSECONDS_PER_RULE = 5.0  # that NumPy takes for one flow or influence on one tile in one tick
WORTH_LOADING = 1.0  # seconds of NumPy that make it worth while to load numba
WORTH_COMPILING = 40.0  # and to compile a level that was not compiled before

T = TypeVar("T")
_CALLED = re.compile(r"^from game\.sim\.(compiled\.\w+|mind_tables) import", re.MULTILINE)
_compiled: dict[str, tuple[Any, ...]] = {}  # by digest: what was compiled in this process, which must stay alive
_compiling = Lock()  # what several threads want is compiled by the first of them


class BackendError(PowerdanceError):
    """A backend that was asked for by name and cannot be had; the text says why and what to do."""


def kernel(name: str, model: Model, count: int, threads: int = 1, seasons: int | None = None) -> Ticks:
    """Return what runs the ticks of this model, for `step(..., ticks=...)`.

    `name` is one of NAMES; `auto` compiles only what is compiled already or
    what `count` games of so many `seasons` (whole ones by default) are worth,
    and falls back to NumPy in silence.
    `threads` work on parts of a batch.  Raises BackendError where `compiled`
    is not possible, ArgumentError for another name.
    """
    if name not in NAMES:
        raise ArgumentError(f'there is no backend "{name}"{did_you_mean(name, NAMES)}; backends: {", ".join(NAMES)}')
    if name == "compiled":
        return compiled_kernel(model, threads)
    slowly = numpy_seconds(model, count, seasons)
    if name == "numpy" or not has_numba() or slowly < WORTH_LOADING:
        return run_ticks
    try:
        if slowly < WORTH_COMPILING and not is_compiled(model):
            return run_ticks
        return compiled_kernel(model, threads)
    except Exception:  # a broken numba, a full disk: the slow way is there for all of that
        return run_ticks


def has_numba() -> bool:
    """Whether numba is installed; it is not loaded."""
    try:
        return importlib.util.find_spec("numba") is not None
    except ValueError:  # it is marked as missing
        return False


def numpy_seconds(model: Model, count: int, seasons: int | None = None) -> float:
    """Return about how long NumPy takes for games of `count` worlds, whole ones or of at most so many seasons."""
    rules = len(model.flows) + len(model.influences)
    length = model.seasons if seasons is None else min(seasons, model.seasons)
    ticks = model.layout.rows * model.layout.columns * model.level.seasons.ticks * length * count
    return ticks * rules * NANOSECONDS_PER_RULE * 1e-9


def is_compiled(model: Model) -> bool:
    """Whether the kernel of a model was compiled before, in this process or on this machine."""
    from game.sim.compiled.text import write_kernel

    try:
        names = [_name("level", write_kernel(model).text), _name("season", SEASON)]
    except Unsupported:
        return False
    acting = _acting_text(model)
    if acting is not None:
        shared = {"acting": ACTING + LOOKING_TEXT, "minding": MINDING, "turning": TURNING}
        names += [_name("actions", acting.text), *(_name(kind, text) for kind, text in shared.items())]
    return all(name in _compiled or _sums_path(cache_folder(), name).is_file() for name in names)


def cache_folder() -> Path:
    """Return where compiled code is kept."""
    return user_cache_path("powerdance", appauthor=False) / "kernels"


def compiled_kernel(model: Model, threads: int = 1) -> Ticks:
    """Return what runs the ticks of a model compiled.  Raises BackendError."""
    if not has_numba():
        raise BackendError(MISSING)
    from game.sim.compiled.kernel import kernel_of, one_by_one
    from game.sim.compiled.sight import Eyes
    from game.sim.compiled.text import write_kernel

    try:
        text = write_kernel(model)
    except Unsupported as error:
        raise BackendError(f"this level cannot be compiled: {error}; choose --backend numpy") from None
    season, parts, acting = _season(), _parts(text), _acting_text(model)
    eyes = Eyes({} if acting is None else acting.memory.arrays)
    addresses = np.array([part.address for part in parts], dtype=np.int64)
    known: list[tuple[Model, Ticks]] = []

    def coarser(other: Model) -> Ticks:
        """Return what runs the ticks of a model whose text is the same, and only the length of a tick another."""
        for one, ticks in known:
            if one is other:
                return ticks
        its_text = write_kernel(other)
        same = its_text.text == text.text
        found = kernel_of(other, its_text, season, addresses, eyes=eyes) if same else run_ticks
        known.append((other, found))
        return found

    if threads < 2:
        ticks = kernel_of(model, text, season, addresses, 1, one_by_one, eyes)
        return _with_actions(model, acting, ticks, coarser, eyes)

    def in_threads(work: Callable[[Span], None], spans: list[Span]) -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, spans))

    ticks = kernel_of(model, text, season, addresses, threads, in_threads, eyes)
    return _with_actions(model, acting, ticks, coarser, eyes)


def _with_actions(
    model: Model, text: ActingText | None, ticks: Ticks, coarser: Callable[[Model], Ticks], eyes: Eyes
) -> Ticks:
    """Return ticks together with compiled actions; alone where only NumPy can carry these out."""
    from game.sim.compiled.acting import Acting
    from game.sim.compiled.turns import fast_season

    if text is None:
        return ticks
    parts = _actions(text)
    addresses = np.array([part.address for part in parts], dtype=np.int64)
    acting = Acting(model, text, _acting_season(), addresses, eyes)
    return fast_season(model, acting, ticks, coarser)


def _acting_text(model: Model) -> ActingText | None:
    """Return the actions of a model as text; None where there are none, or where only NumPy can carry them out."""
    from game.sim.compiled.acting_text import write_acting

    try:
        return write_acting(model) if model.candidates else None
    except Unsupported:
        return None


def _acting_season() -> dict[str, Any]:
    """Return the compiled functions that all levels share, by their names: what carries out plans, and what plans."""
    from game.sim.compiled.acting_season import acting_signature
    from game.sim.compiled.looking import looking_signatures
    from game.sim.compiled.turning import turning_signatures
    from game.sim.compiled.wishes import minding_signatures

    acting = _functions("acting", ACTING + LOOKING_TEXT, {"act": acting_signature(), **looking_signatures()})
    turning = _functions("turning", TURNING, turning_signatures())
    return {**acting, **turning, **_functions("minding", MINDING, minding_signatures())}


def _functions(kind: str, text: str, signatures: dict[str, Any]) -> dict[str, Any]:
    """Return compiled functions of a text that all levels share, by their names."""
    import numba

    from game.sim.compiled.operations import OPTIONS

    def compile_in(module: ModuleType, cache: bool) -> tuple[Any, ...]:
        functions = [numba.njit(cache=cache, **OPTIONS)(getattr(module, name)) for name in signatures]
        for function, signature in zip(functions, signatures.values(), strict=True):
            function.compile(signature)
        return tuple(functions)

    return dict(zip(signatures, _kept(_name(kind, text), text, compile_in), strict=True))


def _actions(acting: ActingText) -> tuple[Any, ...]:
    """Return the compiled actions of a level."""
    import numba

    from game.sim.compiled.acting_words import PART_OF_ACTING
    from game.sim.compiled.operations import PART_OPTIONS

    def compile_in(module: ModuleType, cache: bool) -> tuple[Any, ...]:
        made = numba.cfunc(PART_OF_ACTING, cache=cache, **PART_OPTIONS)
        return tuple(made(getattr(module, name)) for name in acting.parts)

    return _kept(_name("actions", acting.text), acting.text, compile_in)


def _season() -> Any:
    """Return the compiled function that all levels share."""
    import numba

    from game.sim.compiled.operations import OPTIONS
    from game.sim.compiled.season import season_signature

    def compile_in(module: ModuleType, cache: bool) -> tuple[Any, ...]:
        function = numba.njit(cache=cache, **OPTIONS)(module.season)
        function.compile(season_signature())
        return (function,)

    return _kept(_name("season", SEASON), SEASON, compile_in)[0]


def _parts(kernel: KernelText) -> tuple[Any, ...]:
    """Return the compiled parts of a level."""
    import numba

    from game.sim.compiled.operations import PART, PART_OPTIONS

    def compile_in(module: ModuleType, cache: bool) -> tuple[Any, ...]:
        return tuple(numba.cfunc(PART, cache=cache, **PART_OPTIONS)(getattr(module, name)) for name in kernel.parts)

    return _kept(_name("level", kernel.text), kernel.text, compile_in)


def _name(kind: str, text: str) -> str:
    """Return the name of a module: by its text, the code it calls, and the rules of the engine."""
    hasher = hashlib.sha256(f"{RULE_NUMBER}\n{text}".encode())
    for module in sorted(_called_by(text)):
        hasher.update(_source(module).encode())
    return f"powerdance_{kind}_{hasher.hexdigest()[:24]}"


def _called_by(text: str) -> set[str]:
    """Return the modules of kernel sources that a text calls, and those that these call."""
    found: set[str] = set()
    waiting = _CALLED.findall(text)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += _CALLED.findall(_source(module))
    return found


@cache
def _source(module: str) -> str:
    return (Path(compiled.__path__[0]).parent / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")


def _kept(name: str, text: str, compile_in: Callable[[ModuleType, bool], tuple[Any, ...]]) -> tuple[Any, ...]:
    """Return what `compile_in` makes of a module of that text: from memory, from disk, or compiled now."""
    with _compiling:
        if name not in _compiled:
            try:
                _compiled[name] = _from_disk(name, text, compile_in)
            except Exception:  # whatever is wrong with the cache, the text is at hand
                _compiled[name] = compile_in(_module(name, text, f"<{name}>"), False)
        return _compiled[name]


def _from_disk(name: str, text: str, compile_in: Callable[[ModuleType, bool], tuple[Any, ...]]) -> tuple[Any, ...]:
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    if not _is_whole(folder, name) or not path.is_file() or path.read_bytes() != text.encode():
        for file in (*_machine_code(folder, name), _sums_path(folder, name)):
            file.unlink(missing_ok=True)
        write_whole(path, text)
    with _without_collecting():
        found = compile_in(_module(name, text, str(path)), True)
    if not _is_whole(folder, name):
        write_whole(_sums_path(folder, name), json.dumps(_sums(folder, name), indent=1))
    return found


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let Python look for no cycles meanwhile: of all that a compiler makes little is garbage, a tenth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _module(name: str, text: str, path: str) -> ModuleType:
    """Return a module of that text; numba finds it by its name when it loads compiled code."""
    module = ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module
    exec(compile(text, path, "exec"), module.__dict__)  # our own text, made from checked expressions
    return module


def _machine_code(folder: Path, name: str) -> list[Path]:
    """Return the files in which numba keeps what it compiled of a module."""
    return sorted((folder / "__pycache__").glob(f"{name}.*.nb?"))


def _sums_path(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"


def _sums(folder: Path, name: str) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in _machine_code(folder, name)}


def _is_whole(folder: Path, name: str) -> bool:
    """Whether the compiled code is as it was written: damaged machine code must never run."""
    try:
        return bool(json.loads(_sums_path(folder, name).read_text(encoding="utf-8")) == _sums(folder, name))
    except (OSError, ValueError):
        return False
