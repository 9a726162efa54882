"""When laws were adopted and amended, and treaties joined, as the rows state it."""

from typing import Final

import narwhals as nw
import pandas as pd

from dashboard.analysis import Frame

TREATY_YEARS: Final = {  # only whole years: "by 2005" says when it was known, not when it happened
    "CITES": "cites_entry_into_force_year",
    "CMS": "cms_year",
    "UNTOC": "untoc_year",
    "UNCAC": "uncac_year",
}
SOURCES: Final = {name: f"{name.lower()}_source_url" for name in TREATY_YEARS}


def events(provisions: Frame, treaties: Frame) -> Frame:
    """One row an instrument and year in which it was adopted or amended, or a treaty joined.

    A law behind several topics is one event. An amendment counts where the year of adoption is
    stated too. Years that no row states are absent: nothing is known of them. Returns
    ``year``, ``country``, ``kind`` (adopted, amended, treaty), ``instrument``, ``topics`` (separated by spaces, empty
    for a treaty) and ``source_url``; newest first, then by country.
    """
    rows = provisions.filter(~nw.col("instrument").is_null()).collect().to_pandas()
    stated = [
        rows.assign(kind=kind, year=rows[column]).dropna(subset="year")
        for kind, column in (("adopted", "year_adopted"), ("amended", "year_amended"))
    ]
    # of an instrument whose own year nobody states, the year of an amendment is none yet: docs/decisions.md, "Reforms"
    known = stated[1]["year_adopted"].notna()
    is_later = known & stated[1]["year_amended"].ne(stated[1]["year_adopted"]).fillna(value=False).astype(bool)
    law = pd.concat([stated[0], stated[1][is_later]]).astype({"year": "Int64"})
    laws = law.groupby(["year", "country", "kind", "instrument"], as_index=False).agg(
        topics=("provision_topic", lambda topics: " ".join(dict.fromkeys(topics))), source_url=("source_url", "first")
    )
    joined = treaties.collect().to_pandas()
    treaty = [
        pd.DataFrame(
            {
                "year": pd.to_numeric(joined[column].astype("str"), errors="coerce").astype("Int64"),
                "country": joined["country"],
                "kind": "treaty",
                "instrument": name,
                "topics": "",
                "source_url": joined[SOURCES[name]],
            }
        ).dropna(subset="year")
        for name, column in TREATY_YEARS.items()
    ]
    together = pd.concat([laws, *treaty], ignore_index=True)
    ordered = together.sort_values(["year", "country", "instrument"], ascending=[False, True, True], ignore_index=True)
    return nw.from_native(ordered.astype({"year": "Int64"})).lazy()


def count_by_year(found: Frame) -> Frame:
    """Count events per country and year. Takes ``events``; adds ``kind`` "law" where any law moved, else "treaty"."""
    is_law = (nw.col("kind") != "treaty").cast(nw.Int64)
    counted = (
        found.with_columns(is_law=is_law)
        .group_by("country", "year")
        .agg(event_count=nw.len(), law_count=nw.col("is_law").sum())
    )
    kind = nw.when(nw.col("law_count") > 0).then(nw.lit("law")).otherwise(nw.lit("treaty"))
    return counted.with_columns(kind=kind).select("year", "country", "kind", "event_count").sort("country", "year")
