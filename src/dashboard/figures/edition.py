"""What the data version in force is made of."""

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.domain.records import Records
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec, Kind, columns


def edition(records: Records, package: Mapping[str, Any], context: Context) -> FigureSpec:
    """The tables of this data version with their size and licence. Takes the whole records and the data package."""
    t = context.t
    tidy = {
        t("Incidents"): "incidents",
        t("Specimens"): "specimens",
        t("Sources"): "sources",
        t("Legal provisions"): "provisions",
        t("Justice statistics"): "justice_statistics",
        t("Corrections"): "corrections",
    }
    sizes = {name: records[name].select(nw.len()).collect().item() for name in tidy.values()}
    rows = [{"table": label, "rows": t.number(sizes[name])} for label, name in tidy.items()]
    return FigureSpec(
        id="edition",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(("table", t("Table")), ("rows", t("Rows"))),
        title=t("Data version {version}", version=records.data_version),
        caption=_which(records.data_version, package, context),
        n=sizes["incidents"],
        unknown=t("what has not been published yet"),
        alt=t("Table of the sizes of this data version."),
        passport=context.passport("edition", t("Public sources: news, court and agency notices")),
    )


def _which(data_version: str, package: Mapping[str, Any], context: Context) -> str:
    """Which edition this is, of when, and whether anything was changed here since."""
    t = context.t
    said = t(
        "Edition {edition} of {date}. The letters after the plus sign are a digest of every byte of the data: the same "
        "data always has the same version.",
        edition=str(package["version"]),
        date=t.date(str(package["created"])[:10]),
    )
    if "." not in data_version.partition("+")[2]:
        return said
    since = t("What follows the full stop stands for all that was added or corrected here since.")
    return f"{said} {since}"
