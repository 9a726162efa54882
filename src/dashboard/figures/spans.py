"""Shares and ranges where room is short: percent, and from low to high with the unit once."""

from typing import Final

from dashboard.i18n.translator import Translator

NEARLY: Final = 0.005  # a share that rounds to 0% or 100% without being so
TO: Final = "\u2060–\u2060"  # a range is never broken over two lines


def share(value: float, t: Translator) -> str:
    """A share (0-1) as whole percent; ">99%" for what is nearly all, "<1%" for what is nearly nothing."""
    if 0 < value < NEARLY:
        return f"<{t.percent(0.01)}"
    if 1 - NEARLY < value < 1:
        return f">{t.percent(0.99)}"
    return t.percent(value)


def interval(low: float, high: float, t: Translator) -> str:
    """The ends of an interval: 48–68%, or with spaces where a sign stands before a number: 90% – >99%."""
    ends = share(low, t), share(high, t)
    plain = (t.percent(low), t.percent(high))
    return percents(low, high, t) if ends == plain else " – ".join(ends)


def percents(low: float, high: float, t: Translator) -> str:
    """A range of shares, such as 18–25%."""
    return f"{t.number(round(low * 100))}{TO}{t.percent(high)}"


def counts(low: float, high: float, t: Translator) -> str:
    """A range of counts, such as 221–450."""
    return f"{t.number(round(low))}{TO}{t.number(round(high))}"
