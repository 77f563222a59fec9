"""The bar that shows how far long work is."""

from __future__ import annotations

import sys
from collections.abc import Callable


class Progress:
    """A progress bar on a terminal, nothing in a pipe."""

    def __init__(self, total: int, unit: str) -> None:
        self.total, self.unit = total, unit
        self.update: Callable[[int], object] | None = None
        self.close: Callable[[], object] | None = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from tqdm import tqdm

            bar = tqdm(total=self.total, unit=f" {self.unit}", leave=False)
            self.update, self.close = bar.update, bar.close
        return self

    def __exit__(self, *_: object) -> None:
        if self.close is not None:
            self.close()

    def add(self, count: int) -> None:
        """Count finished work."""
        if self.update is not None:
            self.update(count)
