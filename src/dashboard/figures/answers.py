"""What was worked out once and is asked for again, of one version of the data: counts, figures, drawings."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final

import narwhals as nw
from cachetools import LRUCache

MOST: Final = 2048  # answers; the one that was not asked for longest goes first


class Answers:
    """Answers by their question, for all readers. They are given out as they are: nobody changes them."""

    def __init__(self, most: int = MOST) -> None:
        self._answers: LRUCache[Hashable, Any] = LRUCache(most)
        self._lock = Lock()

    def get(self, question: Hashable, answer: Callable[[], Any]) -> Any:
        """The answer that is kept, or else what *answer* returns.

        Two readers who ask at the same moment may both work it out; nobody waits for another.
        """
        with self._lock:
            if question in self._answers:
                return self._answers[question]
        made = answer()
        if isinstance(made, nw.LazyFrame):
            made = made.collect().lazy()
        with self._lock:
            self._answers[question] = made
        return made
