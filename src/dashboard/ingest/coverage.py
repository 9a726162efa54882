"""Says what is known of each country and year."""

from collections.abc import Sequence

import pandas as pd


def from_incidents(incidents: pd.DataFrame, countries: Sequence[str]) -> pd.DataFrame:
    """Derive coverage from the records alone.

    A country-year with a record is ``reported``. One without is ``not_searched``: the shipped records come from
    a keyword search of public pages, not from a search of each country and year, so its silence says nothing.
    ``nil``, ``no_report`` and ``withheld`` can only be stated by an agency. Years run without gaps from the first
    record to the last.
    """
    if incidents.empty:
        return pd.DataFrame({"country": [], "year": [], "source_kind": [], "state": []}).astype({"year": "Int64"})
    years = range(int(incidents["year"].min()), int(incidents["year"].max()) + 1)
    grid = pd.MultiIndex.from_product([countries, years], names=["country", "year"]).to_frame(index=False)
    reported = set(zip(incidents["country"], incidents["year"], strict=True))
    is_reported = [pair in reported for pair in zip(grid["country"], grid["year"], strict=True)]
    return grid.assign(
        year=grid["year"].astype("Int64"),
        source_kind="public_sources",
        state=pd.Series(is_reported).map({True: "reported", False: "not_searched"}),
    )
