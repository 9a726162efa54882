"""The figures of the extent of the trade besides the map: when, and what."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from dashboard.analysis import Frame, extent
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.records import Records
from dashboard.domain.workshop import SMALLEST_CELL
from dashboard.figures import overview
from dashboard.figures.context import Context
from dashboard.figures.meanings import SPLITS, series
from dashboard.figures.overview import shares, source
from dashboard.figures.spec import FigureSpec, Kind, collected, columns, plain

PERCENT: Final = "percent"  # with which the units of published shares begin
MONTHS: Final = tuple(f"{month:02}" for month in range(1, 13))


def by_year(counts: Frame, context: Context) -> FigureSpec:
    """Incidents per year by what the reader chose. Takes ``analysis.overview.count_by_year``."""
    return overview.by_year(counts, context, context.chosen("colour"), "when-year")


def by_month(counts: Frame, context: Context) -> FigureSpec:
    """Incidents per calendar month, with those whose month is not known. Takes ``analysis.extent.count_by_month``."""
    t, split = context.t, context.chosen("colour")
    table = collected(counts)
    per_month = table.groupby("month")["incident_count"].sum()
    vague = int(per_month.get(extent.NOT_STATED, 0))
    labels = {month: t.month(int(month)) for month in MONTHS} | {
        extent.NOT_STATED: context.labels("part", "not_stated")
    }
    return FigureSpec(
        id="when-month",
        kind=Kind.BAR,
        table=table,
        columns=columns(("month", t("Month")), (split, t(SPLITS[split])), ("incident_count", t("Incidents"))),
        title=t("Recorded incidents by month, all years together"),
        caption=t(
            "The last bar holds the incidents of which only the year is known. Some months are those of the report or "
            "the verdict."
        ),
        n=int(per_month.sum()),
        unknown=t.n("the month of {n} incident", "the month of {n} incidents", vague),
        alt="; ".join(f"{labels[str(month)]}: {t.number(int(count))}" for month, count in per_month.items()),
        passport=context.passport("when-month", source(context)),
        series=series(split, context),
        series_column=split,
        labels=labels,
    )


def precision(counts: Frame, context: Context) -> FigureSpec:
    """How precise the dates are. Takes ``analysis.overview.count_by`` of the precision of dates."""
    t = context.t
    table = collected(counts)
    n = int(table["incident_count"].sum())
    exact = int(table.loc[table["occurred_on_precision"] == "day", "incident_count"].sum())
    return FigureSpec(
        id="date-precision",
        kind=Kind.SHARE,
        table=table,
        columns=columns(("occurred_on_precision", t("Date precision")), ("incident_count", t("Incidents"))),
        title=t("How precise the dates are"),
        caption=t("A date is drawn no more precisely than its source states it."),
        n=n,
        unknown=t.n("the day of {n} incident", "the day of {n} incidents", n - exact),
        alt=shares(table.rename(columns={"occurred_on_precision": "date_precision"}), "date_precision", context),
        passport=context.passport("date-precision", source(context)),
        series=series("date_precision", context),
        series_column="occurred_on_precision",
    )


def species(counts: Frame, by: str, context: Context) -> FigureSpec:
    """Species or groups by country. Takes ``analysis.extent.count_by_two`` of *by* (species_group, taxon), country."""
    t = context.t
    table = collected(counts)
    several = int(table.loc[table[by] == extent.SEVERAL, "incident_count"].sum())
    countries = context.selection.countries or RANGE_COUNTRIES
    return FigureSpec(
        id="species",
        kind=Kind.CROSS,
        table=_complete(table, by, "country", countries),
        columns=columns(("country", t("Country")), (by, t("Species")), ("incident_count", t("Incidents"))),
        title=t("Which species, recorded in which country"),
        caption=t(
            "An incident with more than one of these stands in the row “several”, so that the table adds up. An empty "
            "cell means that nothing was recorded: not that nothing happened."
        ),
        n=int(table["incident_count"].sum()),
        unknown=t.n(
            "how the {n} incident with several of them divides",
            "how the {n} incidents with several of them divide",
            several,
        ),
        alt=_rows_in_words(table, by, _names(table[by], "taxon", context), context),
        passport=context.passport("species", source(context)),
        labels=_names(table[by], "taxon", context) | {code: context.labels("country", code) for code in countries},
    )


def commodities(counts: Frame, by: str, context: Context) -> FigureSpec:
    """Commodities by species. Takes ``analysis.extent.count_by_two`` of *by* and commodity."""
    t = context.t
    table = collected(counts)
    unstated = int(table.loc[table["commodity"] == extent.OTHER, "incident_count"].sum())
    names = _names(table[by], "taxon", context) | _names(table["commodity"], "commodity", context)
    return FigureSpec(
        id="commodities",
        kind=Kind.CROSS,
        table=_complete(table, by, "commodity", sorted(table["commodity"].unique())),
        columns=columns(("commodity", t("Commodity")), (by, t("Species")), ("incident_count", t("Incidents"))),
        title=t("What was traded of each species"),
        caption=t("Incidents by commodity; one with more than one commodity stands under “several”."),
        n=int(table["incident_count"].sum()),
        unknown=t.n(
            "what the commodity of {n} incident was, or it is none of these",
            "what the commodity of {n} incidents was, or it is none of these",
            unstated,
        ),
        alt=_rows_in_words(table, by, names, context),
        passport=context.passport("commodities", source(context)),
        labels=names,
    )


def _complete(table: pd.DataFrame, down: str, across: str, wanted: Iterable[str]) -> pd.DataFrame:
    """All pairs of the rows that occur and the wanted columns; a pair without a record counts 0 and is drawn empty."""
    rows = table[down].unique().tolist()
    pairs = pd.MultiIndex.from_product([rows, list(wanted)], names=[down, across])
    return table.set_index([down, across])["incident_count"].reindex(pairs, fill_value=0).reset_index()


def _names(values: "pd.Series[str]", codes: str, context: Context) -> dict[str, str]:
    return {code: name(codes, code, context) for code in values.unique()}


def name(codes: str, code: str, context: Context) -> str:
    """What a value is called that may also be "several" or "not stated"."""
    return context.labels("part" if code in {extent.SEVERAL, extent.NOT_STATED} else codes, code)


def _rows_in_words(table: pd.DataFrame, down: str, names: Mapping[str, str], context: Context) -> str:
    totals = table.groupby(down)["incident_count"].sum().sort_index()
    return "; ".join(f"{names[str(code)]}: {context.t.number(int(count))}" for code, count in totals.items())


def amounts(table: Frame, context: Context) -> FigureSpec:
    """Quantities, each unit in a column of its own. Takes ``analysis.extent.amounts``."""
    t, labels = context.t, context.labels
    found = collected(table)
    silent, lines = int(found["without_amount"].sum()), int(found["line_count"].sum())
    rows = [
        {
            "species": labels("taxon", row["parent"]),
            "commodity": labels("commodity", row["commodity"]),
            **{amount: _amount(row, amount, context) for amount in extent.AMOUNTS},
            "without_amount": t("{n} of {all}", n=t.number(row["without_amount"]), all=t.number(row["line_count"])),
        }
        for row in found.to_dict("records")
    ]
    rows.sort(key=lambda row: (row["species"], row["commodity"]))
    return FigureSpec(
        id="amounts",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(
            ("species", t("Species")),
            ("commodity", t("Commodity")),
            ("item_count", t("Items")),
            ("individual_count", t("Animals")),
            ("mass_kg", t("Mass, kg")),
            ("without_amount", t("Quantity not stated")),
        ),
        title=t("How much, in the unit that was stated"),
        caption=t(
            "Items, animals and kilograms are never added to one another: a kilogram of musk is not a skin. “About” "
            "and “more than” were taken as the number itself."
        ),
        n=lines,
        unknown=t.n("the quantity of {n} line", "the quantity of {n} lines", silent),
        alt=t.n("Table of quantities in {n} line.", "Table of quantities in {n} lines.", len(rows)),
        passport=context.passport("amounts", source(context)),
    )


def _amount(row: Mapping[Any, Any], amount: str, context: Context) -> str:
    """A quantity; with the lock on, none of fewer than three lines."""
    if pd.isna(row[amount]):
        return "–"
    if context.is_locked and row["line_count"] < SMALLEST_CELL:
        return context.t("withheld")
    return context.t.number(float(row[amount]))


def appendices(records: Records, context: Context) -> FigureSpec:
    """The taxa of the selected records with their role and CITES Appendix. Takes the selected records."""
    t, labels = context.t, context.labels
    found = pd.DataFrame(plain(collected(extent.taxa(records))))
    rows = [
        {
            "taxon": labels("taxon", row["taxon"]),
            "scientific": row["scientific_name"] or "–",
            "role": labels("role", row["role"]),
            "appendix": labels("cites_appendix", row["cites_appendix"]) if row["cites_appendix"] else t("not found"),
            "note": row[f"cites_note_{context.lang}"],
            "as_of": t.date(row["cites_as_of"]) if row["cites_as_of"] else "–",
            "incident_count": t.number(row["incident_count"]),
            "url": row["cites_source_url"],
        }
        for row in found.to_dict("records")
    ]
    rows.sort(key=lambda row: row["taxon"])
    unsettled = sum(row["appendix"] == t("not found") for row in rows)
    return FigureSpec(
        id="appendices",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(
            ("taxon", t("Species")),
            ("scientific", t("Scientific name")),
            ("role", t("Group")),
            ("appendix", t("CITES Appendix")),
            ("note", t("Note")),
            ("as_of", t("As of")),
            ("incident_count", t("Incidents")),
            link={"appendix": "url"},
        ),
        title=t("The species on record, and their protection by CITES"),
        caption=t(
            "The Appendix is that of the list in force on the date given, not of the year of the incident. An incident "
            "with several species is counted under each of them here."
        ),
        n=len(rows),
        unknown=t.n("the Appendix of {n} taxon", "the Appendix of {n} taxa", unsettled),
        alt=t.n("Table of {n} taxon.", "Table of {n} taxa.", len(rows)),
        passport=context.passport(
            "appendices", t("CITES Appendices as published in national law; see the link of each row")
        ),
    )


def _published(value: float, unit: str, context: Context) -> str:
    """A published number with its unit; percent follows the number, whatever else is said of it."""
    t, number, words = context.t, context.t.number(value), context.labels.text(unit)
    if unit.startswith(PERCENT):
        return t("{value} {unit}", value=number, unit=words)
    return t("{value} ({unit})", value=number, unit=words)


def published(statistics: Frame, context: Context) -> FigureSpec:
    """What is published of the whole range, beside the records and never mixed with them.

    Takes ``analysis.extent.range_wide``.
    """
    t, text = context.t, context.labels.text
    rows = [
        {
            "scope": text(row["scope"]),
            "value": _published(float(row["value"]), str(row["unit"]), context),
            "period": "–".join(t.date(str(row[year])) for year in ("year_from", "year_to") if row[year]),
            "note": text(row["note"]),
            "source": row["source_title"],
            "url": row["source_url"],
        }
        for row in plain(collected(statistics))
    ]
    return FigureSpec(
        id="published",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=["scope", "value", "period", "note", "source", "url"]),
        columns=columns(
            ("scope", t("Scope")),
            ("value", t("Value")),
            ("period", t("Period")),
            ("note", t("Note")),
            ("source", t("Source")),
            link={"source": "url"},
        ),
        title=t("For comparison: what others have published on the snow leopard, range-wide"),
        caption=t(
            "Estimates by experts. They are not records of this dashboard, are added to none, and no filter applies to "
            "them."
        ),
        n=len(rows),
        unknown=t("how these figures were counted, beyond what the source says"),
        alt=t.n("Table of {n} published figure.", "Table of {n} published figures.", len(rows)),
        passport=context.passport("published", t("Publications named in each row")),
    )
