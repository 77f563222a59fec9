"""Noise drawn from the seed: each value by its name, its place, its season and tick, whatever else is drawn.

A normal value is made of one uniform draw by Wichura's AS 241 (Applied
Statistics 37, 1988), with the logarithm of `game.language.mathematics`: the
same bits on every machine.  What noise `keeps` from one time to the next
(an autoregressive process of first order) leaves its mean and its spread as
they are.
"""

from __future__ import annotations

import numpy as np

from game.language.on_arrays import on_arrays
from game.level.noise import AXES, most_counted
from game.level.schema import Noise
from game.sim import chance
from game.sim.chance import Bits, identity
from game.sim.layout import Layout
from game.sim.totals import Floats

LATENT = "~"  # stands behind the name of what noise keeps
CENTRE = (
    (3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3),
    (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3),
)  # fmt: skip
SIDES = (
    (1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4),
    (1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9),
)  # fmt: skip
TAILS = (
    (6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7),
    (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15),
)  # fmt: skip


def first_noise(level_noise: dict[str, Noise], layout: Layout, luck: Bits) -> dict[str, Floats]:
    """Return what noise says before the first season, (C|1, ticks|1, rows|1, columns|1, W) each, and what it keeps."""
    found: dict[str, Floats] = {}
    for name, noise in level_noise.items():
        if noise.keeps:
            found[name + LATENT] = normal(_uniform(name, noise, layout, luck, 0, -1))
    draw_noise(level_noise, layout, luck, 0, found)
    return found


def draw_noise(
    level_noise: dict[str, Noise], layout: Layout, luck: Bits, season: int, noise_of: dict[str, Floats]
) -> None:
    """Draw all noise of a season anew, in place; `noise_of` holds what was kept from the season before."""
    for name, noise in level_noise.items():
        ticks = layout.scope.ticks if noise.each == "tick" else 1
        drawn = []
        for tick in range(ticks):
            uniform = _uniform(name, noise, layout, luck, season, tick)
            if noise.keeps:
                fresh = float(np.sqrt(1.0 - noise.keeps * noise.keeps)) * normal(uniform)
                noise_of[name + LATENT] = noise.keeps * noise_of[name + LATENT] + fresh
                drawn.append(value_of(noise, uniform, noise_of[name + LATENT]))
            else:
                drawn.append(value_of(noise, uniform))
        noise_of[name] = np.concatenate(drawn, axis=1)


def _uniform(name: str, noise: Noise, layout: Layout, luck: Bits, season: int, tick: int) -> Floats:
    """Return numbers between 0 and 1 for all places and worlds, (C|1, 1, rows|1, columns|1, W)."""
    shape = layout.shape(AXES[noise.at])
    keys = np.arange(shape[0] * shape[1] * shape[2] * shape[3], dtype=np.uint64).reshape(*shape, 1) + np.uint64(
        identity(f"{name}:{tick}")
    )
    return chance.uniform(luck, season, chance.NOISE, keys) + 2.0**-54


def value_of(noise: Noise, uniform: Floats, latent: Floats | None = None) -> Floats:
    """Return the values of noise that uniform draws stand for, or the normal ones of `latent` where it is given."""
    if noise.kind == "uniform":
        low, high = noise.range or (0.0, 1.0)
        return low + (high - low) * uniform
    mean, spread = noise.middle, noise.spread or 0.0
    if noise.kind == "poisson":
        found = _counted(mean, uniform)
    else:
        drawn = normal(uniform) if latent is None else latent
        if noise.kind == "normal":
            found = mean + spread * drawn
        else:
            variance = float(on_arrays("ln", np.array(1.0 + (spread / mean) * (spread / mean))))
            middle = float(on_arrays("ln", np.array(mean))) - 0.5 * variance
            found = np.asarray(on_arrays("exp", middle + float(np.sqrt(variance)) * drawn))
    if noise.range is not None:
        found = np.minimum(np.maximum(found, noise.range[0]), noise.range[1])
    result: Floats = found + 0.0
    return result


def _counted(mean: float, uniform: Floats) -> Floats:
    """Return how many of something come whose number is Poisson distributed, by inversion."""
    found = np.zeros_like(uniform)
    likely = float(on_arrays("exp", np.array(-mean)))
    together = likely
    for number in range(most_counted(mean)):
        found = found + np.where(uniform >= together, 1.0, 0.0)
        likely = likely * mean / (number + 1)
        together = together + likely
    return found


def normal(uniform: Floats) -> Floats:
    """Return the value of a standard normal distribution below which that share lies (AS 241, PPND16)."""
    centred = uniform - 0.5
    inner = 0.180625 - centred * centred
    near = centred * _ratio(CENTRE, inner)
    outer = np.sqrt(0.0 - np.asarray(on_arrays("ln", np.minimum(uniform, 1.0 - uniform))))
    far = np.where(outer <= 5.0, _ratio(SIDES, outer - 1.6), _ratio(TAILS, outer - 5.0))
    found: Floats = np.where(np.abs(centred) <= 0.425, near, np.where(centred < 0.0, 0.0 - far, far))
    return found


def _ratio(of: tuple[tuple[float, ...], tuple[float, ...]], x: Floats) -> Floats:
    above, below = (np.zeros_like(x) + row[-1] for row in of)
    for upper, lower in zip(of[0][-2::-1], of[1][-2::-1], strict=True):
        above, below = above * x + upper, below * x + lower
    found: Floats = above / below
    return found
