"""The steps by which numba compiles the functions of a level: those that such texts need, and no others.

Importing this module needs numba.  Five sixths of the time to compile a level
are numba's own steps in Python, which go over every expression again and
again.  What is left out rewrites what no text of ours holds: closures, arrays
as a whole, context managers, exceptions, branches on constants.
"""

from __future__ import annotations

from typing import Any

from numba.core import typed_passes, untyped_passes
from numba.core.compiler import CompilerBase
from numba.core.compiler_machinery import PassManager

STEPS: tuple[Any, ...] = (
    untyped_passes.TranslateByteCode,
    untyped_passes.FixupArgs,
    untyped_passes.IRProcessing,
    untyped_passes.ReconstructSSA,
    typed_passes.NopythonTypeInference,
    typed_passes.PreLowerStripPhis,
    typed_passes.IRLegalization,
    typed_passes.AnnotateTypes,
    typed_passes.NativeLowering,
    typed_passes.NoPythonBackend,
)


class PlainSteps(CompilerBase):
    """Compiles a function by STEPS."""

    def define_pipelines(self) -> list[Any]:
        """Return the steps, in their order."""
        manager: Any = PassManager  # numba does not tell its type
        steps = manager("powerdance")
        for step in STEPS:
            steps.add_pass(step, step.__name__)
        steps.finalize()
        return [steps]
