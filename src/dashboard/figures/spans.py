"""Ranges in words: from low to high, the unit once."""

from typing import Final

from dashboard.i18n.translator import Translator

TO: Final = "\u2060–\u2060"  # a range is never broken over two lines


def percents(low: float, high: float, t: Translator) -> str:
    """A range of shares, such as 18–25%."""
    return f"{t.number(round(low * 100))}{TO}{t.percent(high)}"


def counts(low: float, high: float, t: Translator) -> str:
    """A range of counts, such as 221–450."""
    return f"{t.number(round(low))}{TO}{t.number(round(high))}"
