"""Small counts are taken out of a figure before anything draws or exports it."""

from dataclasses import replace
from typing import Final

import pandas as pd

from dashboard.domain.workshop import SMALLEST_CELL
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec, Kind

AS_WRITTEN: Final = frozenset({Kind.TABLE, Kind.ANSWERS, Kind.DOTS})  # rows of text; scores suppress on their own
WITHHELD: Final = "withheld"


def suppress(spec: FigureSpec, context: Context) -> FigureSpec:
    """The same figure without counts of one or two; zero stays: it says that there is nothing.

    Where only one count would go, the next smallest goes with it, or else the total would give it away. In a grid
    the cell is drawn as withheld; elsewhere it is absent. The alternative text, which spells out counts, is replaced.
    """
    value = spec.columns[-1].name
    if spec.kind in AS_WRITTEN or not value.endswith("count"):
        return spec
    table = spec.table
    hidden = small(table[value])
    if not hidden.any():
        return spec
    if spec.kind is Kind.GRID and spec.series_column and any(one.code == WITHHELD for one in spec.series):
        kept = table.copy()
        kept.loc[hidden, spec.series_column] = WITHHELD
        kept.loc[hidden, value] = 0
    else:
        kept = table[~hidden]
    t = context.t
    cells = t.n("{n} count under 3, or that would give one away", "{n} counts under 3, or that would give one away",
                int(hidden.sum()))  # fmt: skip
    return replace(
        spec,
        table=kept.reset_index(drop=True),
        unknown=t("{unknown}; not shown: {cells}", unknown=spec.unknown, cells=cells),
        alt=f"{spec.title}. {spec.caption}",
    )


def small(counts: pd.Series) -> pd.Series:
    """Which counts are not shown."""
    hidden = (counts > 0) & (counts < SMALLEST_CELL)
    if int(hidden.sum()) == 1 and (others := counts[(counts > 0) & ~hidden]).size:
        hidden = hidden | (counts.index == others.idxmin())
    return hidden
