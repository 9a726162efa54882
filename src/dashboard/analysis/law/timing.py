"""The law as it is documented to have stood at the end of a year."""

import re
from typing import Final

import narwhals as nw
import pandas as pd

from dashboard.analysis import Frame

YEAR: Final = re.compile(r"\b(?:19|20)\d{2}\b")
SEVERAL: Final = " | "
ABOUT_THE_ROW: Final = ("country", "provision_topic", "status")


def as_of(provisions: Frame, year: int | None) -> Frame:
    """Keep what is documented to have stood at the end of *year*; the rest becomes unknown, never "no".

    A provision stands from the last year it states (amended, or else adopted): the text before an amendment was not
    read. Where it states none, from the year of its earliest dated source. Where nothing is dated it is shown only
    without a limit (``year`` is ``None``). A row that does not stand keeps its country and topic and loses the rest.
    """
    if year is None:
        return provisions
    rows = provisions.collect().to_pandas()
    stands = stands_from(rows).le(year).fillna(value=False).astype(bool)
    silenced = rows.where(stands, None).assign(
        country=rows["country"],
        provision_topic=rows["provision_topic"],
        status=rows["status"].where(stands, "unknown"),
    )
    return nw.from_native(silenced.astype(rows.dtypes)).lazy()


def stands_from(rows: pd.DataFrame) -> pd.Series:
    """The first year at whose end a row is documented to stand; missing where nothing is dated."""
    stated = rows[["year_adopted", "year_amended"]].max(axis=1).astype("Int64")
    return stated.fillna(rows["source_date"].map(_earliest).astype("Int64"))


def years(provisions: Frame) -> list[int]:
    """The years in which the documented law changed, oldest first."""
    return sorted({int(year) for year in stands_from(provisions.collect().to_pandas()).dropna()})


def _earliest(text: object) -> object:
    """The earliest source of a cell such as ``2013-11 | c. 2022-2024 | undated``; of a span its last year."""
    if not isinstance(text, str):
        return pd.NA
    dated = [max(map(int, found)) for part in text.split(SEVERAL) if (found := YEAR.findall(part))]
    return min(dated) if dated else pd.NA
