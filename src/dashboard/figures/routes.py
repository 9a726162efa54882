"""The figures of the routes: what the sources state of origin and destination, and how often they state nothing."""

from typing import Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.analysis.extent import NOT_STATED
from dashboard.domain.fields import N_
from dashboard.figures import geo
from dashboard.figures.context import Context
from dashboard.figures.extent import name
from dashboard.figures.incident_map import NOTES
from dashboard.figures.meanings import series
from dashboard.figures.overview import source
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Ground, Kind, Series, collected, columns

ENDS: Final = ("origin", "country", "destination")
ROUTES_BOX: Final[geo.Box] = (36.0, 14.0, 132.0, 67.0)
CITES: Final = N_("CITES trade database, shipments recorded with source code I (seized)")


def flow(corridors: Frame, context: Context) -> FigureSpec:
    """From origin through the country of record to destination. Takes ``analysis.routes.corridors``."""
    t = context.t
    table = collected(corridors)
    n = int(table["incident_count"].sum())
    silent = _silent(table)
    return FigureSpec(
        id="routes",
        kind=Kind.FLOW,
        table=table,
        columns=columns(
            ("origin", t("Origin")),
            ("country", t("Country of record")),
            ("destination", t("Destination")),
            ("incident_count", t("Incidents")),
        ),
        title=t("From origin through the country of record to destination"),
        caption=t(
            "Grey bands are routes the source does not state. That a country is not named does not mean that the goods "
            "stayed at home."
        ),
        n=n,
        unknown=t.n("the route of {n} incident", "the route of {n} incidents", silent),
        alt=_ways(table, context),
        passport=context.passport("routes", source(context)),
        labels=_countries(table, context),
    )


def ways(corridors: Frame, context: Context) -> FigureSpec:
    """Lines on the map from country to country. Takes ``analysis.routes.corridors``."""
    t = context.t
    table = collected(corridors)
    stretches = pd.concat(
        [
            table.rename(columns={"origin": "start", "country": "end"})[["start", "end", "incident_count"]],
            table.rename(columns={"country": "start", "destination": "end"})[["start", "end", "incident_count"]],
        ]
    )
    stated = stretches[(stretches["start"] != NOT_STATED) & (stretches["end"] != NOT_STATED)]
    drawn = stated.groupby(["start", "end"])["incident_count"].sum().reset_index()
    names = {code: context.labels("country", code) for code in {*drawn["start"], *drawn["end"]}}
    beyond = sorted(names[code] for code in names if code not in geo.points())
    n = int(table.loc[(table["origin"] != NOT_STATED) | (table["destination"] != NOT_STATED), "incident_count"].sum())
    caption = t(
        "Each line is a stretch that sources name, wider where more incidents name it; it is not the road taken."
    )
    return FigureSpec(
        id="routes-map",
        kind=Kind.ARCS,
        table=drawn,
        columns=columns(
            ("start", t("From the country")), ("end", t("To the country")), ("incident_count", t("Incidents"))
        ),
        title=t("Stated routes"),
        caption=caption
        + (" " + t("Beyond the edge of the map: {countries}.", countries=t.list(beyond)) if beyond else ""),
        n=n,
        unknown=t.n("the route of {n} incident", "the route of {n} incidents", _silent(table)),
        alt="; ".join(
            f"{names[start]} → {names[end]}: {t.number(int(count))}"
            for start, end, count in zip(drawn["start"], drawn["end"], drawn["incident_count"], strict=True)
        )
        or t("No route is stated."),
        passport=context.passport("routes-map", source(context), t(NOTES[_profile(context)])),
        series=(
            Series("start", t("From the country"), Meaning.PREY),
            Series("end", t("To the country"), Meaning.OFFICIAL),
        ),
        labels=names,
        ground=Ground(boundaries=_profile(context), states={}, box=ROUTES_BOX),
    )


def _profile(context: Context) -> str:
    """The boundaries in force; tiles have no map of lines, so that the map without borders takes their place."""
    chosen = context.chosen("boundaries")
    return "none" if chosen == "tiles" else chosen


def corridors(table: Frame, context: Context) -> FigureSpec:
    """The corridors that sources state, with their evidence. Takes ``analysis.routes.corridors``."""
    t = context.t
    found = collected(table)
    stated = found[(found["origin"] != NOT_STATED) | (found["destination"] != NOT_STATED)]
    rows = [
        {
            **{end: name("country", row[end], context) for end in ENDS},
            **{column: t.number(row[column]) for column in ("incident_count", "official", "corroborated", "single")},
        }
        for row in stated.to_dict("records")
    ]
    n = int(stated["incident_count"].sum())
    return FigureSpec(
        id="corridors",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=[*ENDS, "incident_count", "official", "corroborated", "single"]),
        columns=columns(
            ("origin", t("Origin")),
            ("country", t("Country of record")),
            ("destination", t("Destination")),
            ("incident_count", t("Incidents")),
            ("official", context.labels("evidence_grade", "official")),
            ("corroborated", context.labels("evidence_grade", "corroborated")),
            ("single", context.labels("evidence_grade", "single")),
        ),
        title=t("Corridors that sources name"),
        caption=t("The most recorded first. The order is that of the records, not of the trade."),
        n=n,
        unknown=t.n("the route of {n} incident", "the route of {n} incidents", _silent(found)),
        alt=t.n("Table of {n} corridor.", "Table of {n} corridors.", len(rows)),
        passport=context.passport("corridors", source(context)),
    )


def crossing(counts: Frame, context: Context) -> FigureSpec:
    """How often another country is named, by country. Takes ``analysis.routes.count_by_crossing``."""
    t = context.t
    table = collected(counts)
    n = int(table["incident_count"].sum())
    crosses = table[table["crossing"] == "crosses"]
    return FigureSpec(
        id="crossing",
        kind=Kind.ROWS,
        table=table,
        columns=columns(("country", t("Country")), ("crossing", t("Route")), ("incident_count", t("Incidents"))),
        title=t("How often another country is named"),
        caption=t(
            "Incidents by country of record. The hatched part names no other country: it may have crossed a border all "
            "the same, so that no share is given."
        ),
        n=n,
        unknown=t.n(
            "the route of {n} incident", "the route of {n} incidents", n - int(crosses["incident_count"].sum())
        ),
        alt="; ".join(
            f"{context.labels('country', code)}: {t.number(int(count))}"
            for code, count in zip(crosses["country"], crosses["incident_count"], strict=True)
        ),
        passport=context.passport("crossing", source(context)),
        series=tuple(one for one in series("crossing", context) if one.code in set(table["crossing"])),
        series_column="crossing",
        labels={code: context.labels("country", code) for code in table["country"].unique()},
    )


def seized_flows(flows: Frame, context: Context) -> FigureSpec:
    """Seized shipments that other countries reported. Takes ``analysis.routes.seized_flows``."""
    t = context.t
    found = collected(flows)
    chosen = set(context.selection.countries)
    if chosen:
        found = found[found[["origin", "exporter", "importer"]].isin(chosen).any(axis=1)]
    rows = [
        {
            "group": context.labels("cites_group", row["group"]),
            **{end: name("country", row[end], context) for end in ("origin", "exporter", "importer")},
            "shipment_count": t.number(row["shipment_count"]),
        }
        for row in found.to_dict("records")
    ]
    total = int(found["shipment_count"].sum())
    return FigureSpec(
        id="seized-flows",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=["group", "origin", "exporter", "importer", "shipment_count"]),
        columns=columns(
            ("group", t("Species group")),
            ("origin", t("Origin")),
            ("exporter", t("Exporter")),
            ("importer", t("Importer")),
            ("shipment_count", t("Shipment records")),
        ),
        title=t("Another source: seized shipments in the CITES trade database"),
        caption=t(
            "Reported by the countries that seized, most of them importers outside the region. Shipment records are "
            "not incidents: they are counted apart and never added to them. Only the filter by country applies."
        ),
        n=total,
        unknown=t("shipments that were not seized, or not reported"),
        alt=t.n("Table of {n} route.", "Table of {n} routes.", len(rows)),
        passport=context.passport("seized-flows", t(CITES)),
    )


def _silent(table: pd.DataFrame) -> int:
    """Incidents of which neither origin nor destination is stated."""
    is_silent = (table["origin"] == NOT_STATED) & (table["destination"] == NOT_STATED)
    return int(table.loc[is_silent, "incident_count"].sum())


def _countries(table: pd.DataFrame, context: Context) -> dict[str, str]:
    codes = {code for end in ENDS for code in table[end].unique()}
    return {code: name("country", code, context) for code in codes}


def _ways(table: pd.DataFrame, context: Context) -> str:
    names, t = _countries(table, context), context.t
    return "; ".join(
        f"{names[origin]} → {names[country]} → {names[destination]}: {t.number(int(count))}"
        for origin, country, destination, count in zip(
            *(table[end] for end in ENDS), table["incident_count"], strict=True
        )
        if (origin, destination) != (NOT_STATED, NOT_STATED)
    ) or t("No route is stated.")
