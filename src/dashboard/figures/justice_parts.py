"""What the figures of justice have in common: their series, columns, and words for what is not known."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from dashboard.analysis.justice import Status, Tally
from dashboard.figures.context import Context
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import Column, Series, columns

STATUSES: Final = {
    Status.REACHED: Meaning.REACHED,
    Status.NOT_REACHED: Meaning.NOT_REACHED,
    Status.UNKNOWN: Meaning.UNKNOWN,
}
OUTCOMES: Final = {
    "convicted": Meaning.DECIDED,
    "acquitted": Meaning.ACQUITTED,
    "dismissed": Meaning.NOT_REACHED,
    "charged": Meaning.STEP,
}
SILENT: Final = "without_step"


def source(context: Context) -> str:
    """Where the incidents come from."""
    return context.t("Public sources: news, court and agency notices")


def x_of_n(x: int, n: int, context: Context) -> str:
    """A count with its base, always shown."""
    return context.t("{n} of {all}", n=context.t.number(x), all=context.t.number(n))


def statuses(context: Context) -> tuple[Series, ...]:
    """Reached, known not to be, unknown."""
    return tuple(Series(code, context.labels("step_status", code), meaning) for code, meaning in STATUSES.items())


def last_steps(context: Context) -> tuple[Series, ...]:
    """The outcomes that are a step in law, and the incidents without one."""
    known = [Series(code, context.labels("outcome", code), meaning) for code, meaning in OUTCOMES.items()]
    return (*known, Series(SILENT, context.t("No known step"), Meaning.UNKNOWN))


def bounds(context: Context) -> Series:
    """The hatched band behind a rate."""
    return Series("bounds", context.t("Possible range"), Meaning.UNKNOWN)


def implications(context: Context) -> str:
    """What one step says of another."""
    return context.t(
        "A conviction implies a decision and a charge, not an arrest; a suspended term is not imprisonment; a fine "
        "without a court counts as a charge."
    )


def rate_columns(row: str, label: str, context: Context) -> tuple[Column, ...]:
    """The columns of a table of rates for the reader."""
    t = context.t
    return columns(
        (row, label),
        ("series", t("Kind of rate")),
        ("x", t("Convictions")),
        ("n", t("Of")),
        ("low", t("Interval from")),
        ("high", t("Interval to")),
        ("low_bound", t("At least")),
        ("high_bound", t("At most")),
        ("value", t("Rate")),
        shares=("low", "high", "low_bound", "high_bound", "value"),
    )


def silent(tally: Tally, context: Context) -> str:
    """In words, how many incidents have no known step."""
    if tally.without_step == 0:
        return context.t("what the sources left out")
    return context.t.n(
        "what became of {n} of {all} incidents",
        "what became of {n} of {all} incidents",
        tally.without_step,
        all=context.t.number(tally.recorded),
    )


def silent_sum(tallies: Mapping[str, Tally], context: Context) -> str:
    """The same for several countries together."""
    names = Tally.__dataclass_fields__
    return silent(Tally(**{name: sum(getattr(t, name) for t in tallies.values()) for name in names}), context)


def in_order(table: pd.DataFrame, steps: Sequence[str], kinds: Sequence[str]) -> pd.DataFrame:
    """Rows by step and status in the order given."""
    place = {code: nth for nth, code in enumerate([*steps, *kinds])}
    return table.sort_values(["step", "status"], key=lambda codes: codes.map(place), ignore_index=True)
