"""Eight worlds at once: a type for compiled kernels whose values are vectors, and what can be done with them.

Importing this module needs numba.  The parts of a kernel say outright that
they work on LANES worlds in one instruction; no compiler has to find out
whether rows overlap.  Every operation is that of one float64, eight times:
nothing is reordered or fused.  Operands may be plain numbers, which then
count for all worlds.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types as numba_types
from numba.extending import intrinsic, lower_builtin, models, register_model, type_callable

from game.sim.compiled.tables import LANES

types: Any = numba_types
DOUBLES = ir.VectorType(ir.DoubleType(), LANES)
BITS = ir.VectorType(ir.IntType(1), LANES)


class Lanes(numba_types.Type):
    """Eight float64, or eight truth values."""

    def __init__(self, name: str, llvm: Any) -> None:
        self.llvm = llvm
        super().__init__(name=name)


class LanesModel(models.PrimitiveModel):
    """How they lie in a register."""

    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, kind.llvm)  # type: ignore[no-untyped-call]


register_model(Lanes)(LanesModel)
NUMBERS, TRUTHS = Lanes("numbers", DOUBLES), Lanes("truths", BITS)


def _spread(builder: Any, value: Any, kind: Any) -> Any:
    """Return a value as a vector: itself, or a plain number or truth value eight times."""
    if isinstance(kind, Lanes):
        return value
    vector = BITS if isinstance(kind, numba_types.Boolean) else DOUBLES
    if isinstance(kind, numba_types.Boolean) and value.type != ir.IntType(1):
        value = builder.trunc(value, ir.IntType(1))
    nothing = ir.Constant(vector, ir.Undefined)
    first = builder.insert_element(nothing, value, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, nothing, ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES))


def _many(kinds: Any) -> bool:
    return any(isinstance(kind, Lanes) for kind in kinds)


def _operate(function: Any, result: Lanes, build: Callable[..., Any]) -> None:
    """Let an operator of Python work on lanes; `build` makes the instruction of two vectors."""

    def typed(context: Any) -> Any:
        return lambda left, right: result if _many((left, right)) else None

    register: Any = type_callable(function)
    register(typed)

    def lower(context: Any, builder: Any, signed: Any, arguments: Any) -> Any:
        left, right = (_spread(builder, one, kind) for one, kind in zip(arguments, signed.args, strict=True))
        return build(builder, left, right)

    for kinds in ((Lanes, Lanes), (Lanes, types.Any), (types.Any, Lanes)):
        at_work: Any = lower_builtin  # numba does not tell its type
        at_work(function, *kinds)(lower)


for _function, _name in ((operator.add, "fadd"), (operator.sub, "fsub"), (operator.mul, "fmul"),
                         (operator.truediv, "fdiv")):  # fmt: skip
    _operate(_function, NUMBERS, lambda builder, left, right, name=_name: getattr(builder, name)(left, right))
for _function, _sign in ((operator.lt, "<"), (operator.le, "<="), (operator.gt, ">"), (operator.ge, ">="),
                         (operator.eq, "==")):  # fmt: skip
    _operate(_function, TRUTHS, lambda builder, left, right, sign=_sign: builder.fcmp_ordered(sign, left, right))
_operate(operator.ne, TRUTHS, lambda builder, left, right: builder.fcmp_unordered("!=", left, right))
_operate(operator.and_, TRUTHS, lambda builder, left, right: builder.and_(left, right))
_operate(operator.or_, TRUTHS, lambda builder, left, right: builder.or_(left, right))


def _word(make: Callable[..., Any], result: Callable[..., Any], arity: int) -> Any:
    """Return a function of lanes or plain numbers; `make` makes its instructions."""

    def typed(context: Any, kinds: Any) -> Any:
        def build(context: Any, builder: Any, signed: Any, arguments: Any) -> Any:
            many = _many(signed.args)
            values = [
                _spread(builder, one, kind) if many else one for one, kind in zip(arguments, signed.args, strict=True)
            ]
            return make(builder, *values)

        return result(kinds)(*kinds), build

    one: Any = intrinsic(lambda context, a: typed(context, (a,)))
    two: Any = intrinsic(lambda context, a, b: typed(context, (a, b)))
    three: Any = intrinsic(lambda context, a, b, c: typed(context, (a, b, c)))
    return (one, two, three)[arity - 1]


def _numbers(kinds: Any) -> Any:
    return NUMBERS if _many(kinds) else types.float64


def _llvm(name: str) -> Callable[..., Any]:
    def call(builder: Any, value: Any) -> Any:
        kind = ir.FunctionType(value.type, [value.type])
        suffix = f"v{LANES}f64" if value.type == DOUBLES else "f64"
        return builder.call(builder.module.declare_intrinsic(f"{name}.{suffix}", (), kind), [value])

    return call


def _chosen_by(sign: str) -> Callable[..., Any]:
    return lambda builder, left, right: builder.select(builder.fcmp_ordered(sign, left, right), left, right)


larger = _word(_chosen_by(">"), _numbers, 2)
smaller = _word(_chosen_by("<"), _numbers, 2)
pick = _word(lambda builder, condition, then, otherwise: builder.select(condition, then, otherwise), _numbers, 3)
sqrt = _word(_llvm("llvm.sqrt"), _numbers, 1)
floor = _word(_llvm("llvm.floor"), _numbers, 1)
absolute = _word(_llvm("llvm.fabs"), _numbers, 1)


def _one_by_one(arity: int) -> Any:
    """Return a word that calls a compiled function of plain numbers for each of the eight worlds."""

    def typed(context: Any, function: Any, kinds: Any) -> Any:
        called = function.get_call_type(context, (types.float64,) * arity, {})

        def build(context: Any, builder: Any, signed: Any, arguments: Any) -> Any:
            call = context.get_function(function, called)
            values, many = arguments[1:], signed.args[1:]
            if not _many(many):
                return call(builder, values)
            spread = [_spread(builder, one, kind) for one, kind in zip(values, many, strict=True)]
            found = ir.Constant(DOUBLES, ir.Undefined)
            for lane in range(LANES):
                at = ir.Constant(ir.IntType(32), lane)
                found = builder.insert_element(
                    found, call(builder, [builder.extract_element(one, at) for one in spread]), at
                )
            return found

        return _numbers(kinds)(function, *kinds), build

    one: Any = intrinsic(lambda context, function, a: typed(context, function, (a,)))
    two: Any = intrinsic(lambda context, function, a, b: typed(context, function, (a, b)))
    return (one, two)[arity - 1]


of_each = _one_by_one(1)
of_both = _one_by_one(2)


def _pointer(builder: Any, values: Any, at: Any) -> Any:
    return builder.bitcast(builder.gep(values, [at], inbounds=True), DOUBLES.as_pointer())


def _lanes(context: Any, values: Any, at: Any) -> Any:
    """Return eight numbers from element `at` on."""

    def make(context: Any, builder: Any, signed: Any, arguments: Any) -> Any:
        return builder.load(_pointer(builder, *arguments), align=8)

    return NUMBERS(values, types.int64), make


def _put(context: Any, values: Any, at: Any, value: Any) -> Any:
    """Set eight numbers from element `at` on."""

    def make(context: Any, builder: Any, signed: Any, arguments: Any) -> Any:
        pointer = _pointer(builder, *arguments[:2])
        builder.store(_spread(builder, arguments[2], signed.args[2]), pointer, align=8)
        return context.get_dummy_value()

    return types.void(values, types.int64, value), make


def _add_eight(context: Any, address: Any, to: Any, left: Any, right: Any) -> Any:
    """Set eight elements of the array of float64 that lies at an address to the sums of eight and eight others."""

    def make(context: Any, builder: Any, signed: Any, arguments: Any) -> Any:
        values = builder.inttoptr(arguments[0], ir.DoubleType().as_pointer())
        out, a, b = (_pointer(builder, values, at) for at in arguments[1:])
        builder.store(builder.fadd(builder.load(a, align=8), builder.load(b, align=8)), out, align=8)
        return context.get_dummy_value()

    whole = types.int64
    return types.void(whole, whole, whole, whole), make


def _carry_eight(context: Any, to_address: Any, to: Any, address: Any, at: Any) -> Any:
    """Copy eight elements of the array of float64 at an address to element `to` of the array at `to_address`."""

    def make(context: Any, builder: Any, signed: Any, arguments: Any) -> Any:
        numbers = ir.DoubleType().as_pointer()
        into, source = (builder.inttoptr(arguments[one], numbers) for one in (0, 2))
        values = builder.load(_pointer(builder, source, arguments[3]), align=8)
        builder.store(values, _pointer(builder, into, arguments[1]), align=8)
        return context.get_dummy_value()

    whole = types.int64
    return types.void(whole, whole, whole, whole), make


lanes: Any = intrinsic(_lanes)
carry_eight: Any = intrinsic(_carry_eight)
add_eight: Any = intrinsic(_add_eight)
put: Any = intrinsic(_put)
