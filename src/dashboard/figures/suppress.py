"""Small counts are taken out of a figure before anything draws or exports it."""

import re
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from dashboard.domain.workshop import SMALLEST_CELL
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec, Kind

AS_WRITTEN: Final = frozenset({Kind.CARDS, Kind.ANSWERS, Kind.DOTS})  # rows of text; scores suppress on their own
WITHHELD: Final = "withheld"
GIVEN: Final = ("given", "suspended", "custodial", "life_or_death")  # series whose every mark is one sentence
UNDER: Final = f"<{SMALLEST_CELL}"
COUNTS: Final = ("incident_count", "person_count", "official", "corroborated", "single")  # of incidents; not of laws
NUMBER: Final = re.compile(r"(?<![\w.,–−<>])\d{1,3}(?:[,\u00a0]\d{3})*(?![\d%]|[.,]\d|\s?%|–)")
INCIDENTS: Final = re.compile(r"incident|инцидент", re.IGNORECASE)


def suppress(spec: FigureSpec, context: Context) -> FigureSpec:
    """The same figure without counts of one or two; zero stays: it says that there is nothing.

    Where only one count would go, the next smallest goes with it, or else the total would give it away. In a grid
    the cell is drawn as withheld, in a table the number gives way to ``<3``; elsewhere it is absent. The words of the
    figure lose what would give a count away, and the alternative text, which spells out counts, is replaced.
    """
    if spec.kind in AS_WRITTEN:
        return spec
    if spec.kind is Kind.TABLE:
        return replace(spec, table=_written(spec.table))
    value = spec.columns[-1].name
    table = spec.table
    if spec.kind in (Kind.RANGE, Kind.TERMS):
        hidden = _few_terms(table, spec.columns[0].name)
    elif spec.kind is Kind.INTERVAL:
        hidden = _small_shares(table)
    elif value in COUNTS:
        hidden = small(table[value])
    else:
        return spec
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
    title, caption = hushed(spec.title, spec.n), hushed(spec.caption, spec.n)
    return replace(
        spec,
        table=kept.reset_index(drop=True),
        title=title,
        caption=caption,
        unknown=t("{unknown}; not shown: {cells}", unknown=hushed(spec.unknown, spec.n), cells=cells),
        labels={code: hushed(name, spec.n) for code, name in spec.labels.items()} if spec.labels else spec.labels,
        alt=f"{title}. {caption}",
    )


def small(counts: pd.Series) -> pd.Series:
    """Which counts are not shown."""
    hidden = (counts > 0) & (counts < SMALLEST_CELL)
    if int(hidden.sum()) == 1 and (others := counts[(counts > 0) & ~hidden]).size:
        hidden = hidden | (counts.index == others.idxmin())
    return hidden


def hushed(text: str, total: int) -> str:
    """A text without the numbers that, taken from *total*, leave one or two: ``>19`` stands for 20 of 22."""

    def told(found: re.Match[str]) -> str:
        rest = total - int(re.sub(r"\D", "", found[0]))
        return f">{total - SMALLEST_CELL}" if 0 < rest < SMALLEST_CELL < total else found[0]

    return NUMBER.sub(told, text)


def sentence(text: str) -> str:
    """Words about incidents as they may be projected: no number leaves one or two of the largest in its sentence."""
    return " ".join(_hushed(one) for one in re.split(r"(?<=\.) ", text))


def _hushed(text: str) -> str:
    numbers = [int(re.sub(r"\D", "", one)) for one in NUMBER.findall(text)]
    return hushed(text, max(numbers)) if numbers and INCIDENTS.search(text) else text


def _written(table: pd.DataFrame) -> pd.DataFrame:
    """A table of text: numbers of incidents in it become words."""
    found = [name for name in COUNTS if name in table and pd.api.types.is_numeric_dtype(table[name])]
    return table.assign(**{name: [_told(n) for n in table[name]] for name in found}) if found else table


def _told(count: Any) -> Any:
    return UNDER if 0 < count < SMALLEST_CELL else count


def _few_terms(table: pd.DataFrame, row: str) -> pd.Series:
    """The terms that courts gave, in rows that hold fewer than three of them; what the law allows stays."""
    is_given = table["series"].isin(GIVEN)
    return is_given & (is_given.groupby(table[row]).transform("sum") < SMALLEST_CELL)


def _small_shares(table: pd.DataFrame) -> pd.Series:
    """Shares of which the count, or what is left of its base, is one or two."""
    rest = table["n"] - table["x"]
    return ((table["x"] > 0) & (table["x"] < SMALLEST_CELL)) | ((rest > 0) & (rest < SMALLEST_CELL))
