"""What was worked out once and is asked for again, of one version of the data: counts, figures, drawings."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final

import narwhals as nw
from cachetools import LRUCache

MOST: Final = 4096  # answers; the one that was not asked for longest goes first
FEW: Final = 16  # of large ones, such as a fitted model: the region's, those of twelve countries, some more


class Answers:
    """Answers by their question, for all readers. They are given out as they are: nobody changes them."""

    def __init__(self, most: int = MOST, few: int = FEW) -> None:
        self._small: LRUCache[Hashable, Any] = LRUCache(most)
        self._large: LRUCache[Hashable, Any] = LRUCache(few)
        self._lock = Lock()

    def get(self, question: Hashable, answer: Callable[[], Any], *, is_large: bool = False) -> Any:
        """The answer that is kept, or else what *answer* returns. Of large ones fewer are kept.

        Two readers who ask at the same moment may both work it out; nobody waits for another.
        """
        kept = self._large if is_large else self._small
        with self._lock:
            if question in kept:
                return kept[question]
        made = answer()
        if isinstance(made, nw.LazyFrame):
            made = made.collect().lazy()
        with self._lock:
            kept[question] = made
        return made
