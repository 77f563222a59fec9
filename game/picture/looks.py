"""Which stocks on tiles have a picture of their own, by the names that the shared rules give them.

A stock that is not listed here is drawn as before: the first living one
colours the ground, and harmful ones cloud the ponds.  Terrains listed in
`GROUNDS` have a colour of their own, which a layer may change.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.level.schema import Stock


@dataclass(frozen=True)
class Look:
    """How a stock is drawn: as which layer of the picture, and at which value it is drawn at its fullest."""

    layer: str
    measure: str = "top"  # of its range; or "harmful" or "living", the bounds that its level gives
    times: float = 1.0  # of that measure

    def full(self, stock: Stock) -> float:
        """Return the value at which the picture is at its fullest."""
        bounds = {"harmful": stock.harmful, "living": stock.living}
        return float(bounds.get(self.measure) or stock.range[1]) * self.times


LOOKS = {
    "old_forest": Look("old_trees"),  # tall trees, each kind with its own outline
    "young_forest": Look("young_trees"),  # seedlings, then thin light trees
    "rows": Look("rows"),  # how far trees stand in straight lines, each like the other
    "soil": Look("soil"),  # from washed-out ground with rills and stones to deep brown
    "water": Look("moisture"),  # how broad the stream runs in its bed, how wet the furrows are
    "spring": Look("spring", "living", 2.0),  # a basin: brimming, shrinking, dry and cracked
    "terraces": Look("terraces"),  # low walls of stone
    "crops": Look("crops"),  # furrows, sprouts, stalks, ripe grain
    "wildlife": Look("wildlife"),  # deer and birds
    "pollinators": Look("bees"),  # flowers and bees on fields; bees in the air over orchards and meadows
    "flowers": Look("flowers"),  # carpets of daisies and clover
    "blue_grain": Look("blue_grain"),  # ears that bloom blue, on fields and wherever they have seeded themselves
    "fruit": Look("fruit", times=0.85),  # fruit trees that bear much or little
    "pests": Look("pests", "harmful"),  # beetles; lice where there are ladybirds
    "enemies": Look("ladybirds", times=0.8),  # ladybirds
    "weeds": Look("weeds", times=0.9),  # thistles on fields; a hedge that thickens where only a hedge can be
    "frogs": Look("frogs", times=0.9),  # frogs on the rim of a pond
    "harvestable": Look("beds"),  # beds of cabbage and beans
    "plants": Look("plants", "living", 1.6),  # from shoots to a jungle
    "animals": Look("hares", times=0.25),  # hares that hop
    "clay": Look("clay"),  # lumps of clay, and water where it was dug out
    "litter": Look("litter", times=0.25),  # brown leaves
    "deer": Look("deer", "living", 4.0),
    "wolves": Look("wolves", "living", 4.0),
    "aspens": Look("aspens", times=0.85),  # from gnawed stumps to a golden grove
    "bank_soil": Look("banks"),  # river banks, broken or green
    "fish": Look("fish"),
    "toxin": Look("poison", "harmful"),  # violet drops, and a violet pond
    "mould": Look("mould", "harmful"),  # grey fur
}
MARKS = ("pests", "ladybirds", "poison", "mould")  # signs that lie above everything that grows


@dataclass(frozen=True)
class Ground:
    """The colour of a terrain: along which ramp, where on it without anything, and how far a layer carries it."""

    ramp: str  # "grass" or "soil" of the theme, or "moss": from deep soil to moss
    start: float
    layer: str = ""
    gain: float = 0.0


GROUNDS = {
    "orchard": Ground("grass", 0.2, "flowers", 0.85),
    "meadow": Ground("grass", 0.4, "flowers", 0.65),
    "hedge": Ground("grass", 0.24, "weeds", 0.5),
    "garden": Ground("grass", 0.62),
    "green": Ground("grass", 0.78),
    "bed": Ground("moss", 0.1, "plants", 0.95),
    "run": Ground("grass", 0.2, "plants", 0.75),
    "rim": Ground("soil", 0.3),
    "grove": Ground("grass", 0.4, "aspens", 0.32),
    "bank": Ground("grass", 0.08, "banks", 0.76),
    "weir": Ground("grass", 0.6),
    "pit": Ground("soil", 0.2, "clay", 0.5),
    "market": Ground("soil", 0.05),
    "mill": Ground("grass", 0.66),
    "dune": Ground("grass", 0.1),
    "works": Ground("soil", 0.02),
    "yard": Ground("soil", 0.12),
    "rock": Ground("soil", 0.0),
}
BUILT = ("works", "yard", "rock", "pit", "market")  # ground that nothing grazes on or grows from
NO_CATTLE = (*BUILT, "hedge", "garden", "orchard", "rim", "bed", "weir", "mill", "grove", "bank")
TUFTLESS = (*BUILT, "garden", "bed", "rim", "weir", "mill", "hedge")  # terrains without tufts of grass

STATION = {"load": 2.0, "soundness": 1.0, "waste": 16.0, "stored": 16.0}  # stocks of the world, and what is full
DRAW, SIGN = "pull", "hands"  # stocks of households: what draws buyers to their stall, how many trade under their sign
SMOKE, FIGURE = "footprint", "shown"  # stocks of households: what goes up their chimney, whether they write it up
SHELF = 6.0  # how many pots fill the shelf in front of a house
CANAL = 5.0  # how much water in the ditch of a household soaks its fields
STRENGTH = "weir_strength"  # the stock of the world that tells how sound a weir is
HAZE = {"air": (1.15, 3.0)}  # stocks of the world that veil the board: from and up to which times their start
LOFT = {"common_loft": 5.0}  # stocks of the world that lie in one store, and how much of them a household fills it with
