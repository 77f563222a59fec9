"""Which stocks on tiles have a picture of their own, by the names that the shared rules give them.

A stock that is not listed here is drawn as before: the first living one
colours the ground, and harmful ones cloud the ponds.
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
    "water": Look("moisture"),  # how broad the stream runs in its bed
    "spring": Look("spring", "living", 2.0),  # a basin: brimming, shrinking, dry and cracked
    "terraces": Look("terraces"),  # low walls of stone
    "crops": Look("crops"),  # furrows, sprouts, stalks, ripe grain
    "wildlife": Look("wildlife"),  # deer and birds
    "pollinators": Look("bees"),  # flowers and bees, on fields
    "pests": Look("pests", "harmful"),  # beetles
    "toxin": Look("poison", "harmful"),  # violet drops
    "mould": Look("mould", "harmful"),  # grey fur
}
MARKS = ("pests", "poison", "mould")  # signs that lie above everything that grows
