"""How seldom Python looks for unused cycles of objects in a process that serves pages."""

import gc
from typing import Final

YOUNG: Final = 20_000
"""So many new objects are made between two looks; Python's own 700 means 120 looks while one form is drawn."""


def collect_seldom() -> None:
    """Look for garbage seldom, and never again among what is loaded now: it stays until the process ends.

    A quarter of the time that a form of the desk took went by searching its objects, and at times those of all
    modules (benchmarks/README.md). To be called once everything is loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
