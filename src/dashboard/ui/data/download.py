"""Download: the selection as CSV, XLSX and a data package, and the CITES report of a country and year."""

from typing import Final

import pandas as pd
import streamlit as st

from dashboard.analysis.select import select
from dashboard.domain.fields import N_, RANGE_COUNTRIES
from dashboard.domain.selection import Selection
from dashboard.figures.context import Context
from dashboard.ingest.check import incident_of
from dashboard.ingest.harmonise import PUBLISHED
from dashboard.intake import outgoing
from dashboard.intake.layouts import CITES_LAYOUT
from dashboard.ui import controls, desking, panels, session

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP: Final = "application/zip"
PUBLISH: Final = ".venv/bin/dashboard publish edition"  # takes minutes: a command, not a button


def show(context: Context) -> None:
    """What is selected, in three forms; then the report."""
    t = context.t
    rows = _selected(context)
    count = incident_of(rows["incident_id"]).nunique()
    panels.headline(
        t.n("{n} incident can be downloaded.", "{n} incidents can be downloaded.", count), context.filters_in_words()
    )
    version, package = context.data_version, session.package()
    name = f"records-{version}".replace("+", "-")
    about = _about(context)
    with st.container(key="downloads", horizontal=True):
        st.download_button(
            t("Table for Excel (XLSX)"),
            lambda: outgoing.xlsx(rows, about, t),
            f"{name}.xlsx",
            XLSX,
            key="get-xlsx",
            type="primary",
        )
        st.download_button(t("Plain table (CSV)"), lambda: outgoing.csv(rows), f"{name}.csv", CSV, key="get-csv")
        st.download_button(
            t("Data package (ZIP)"),
            lambda: outgoing.package(_whole(rows, context), package, version, context.filters_in_words(), context.link),
            f"{name}.zip", ZIP, key="get-package",
        )  # fmt: skip
    st.caption(t("The package says what each column means, carries licence and citation, and can be imported again."))
    st.code(outgoing.citation(package, version, t), language=None, wrap_lines=True)
    _report(context)
    panels.subheading(
        t("An edition as files"),
        t(
            "All pages in both languages, with figures, tables and checksums, without a server; it opens from a USB "
            "stick:"
        ),
    )
    st.code(PUBLISH, language=None)


def _selected(context: Context) -> pd.DataFrame:
    """The rows of the record sheet behind the selection."""
    sheet = desking.sheet(session.current().version)
    published = sheet[sheet["record_status"] == PUBLISHED]
    if context.selection == Selection():
        return published
    chosen = select(session.records(), context.selection)["incidents"].select("incident_id").collect()
    return published[incident_of(published["incident_id"]).isin(chosen["incident_id"].to_list())]


def _whole(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A package without a filter holds merged and withdrawn records too: imported elsewhere, it is the same version."""
    return desking.sheet(session.current().version) if context.selection == Selection() else rows


def _about(context: Context) -> list[tuple[str, str]]:
    t = context.t
    package = session.package()
    return [
        (t("Data version"), context.data_version),
        (t("Filters"), context.filters_in_words()),
        (t("Link"), context.link),
        (t("Licence"), ", ".join(one["name"] for one in package["licenses"])),
        (t("How to cite"), outgoing.citation(package, context.data_version, t)),
        (t("Empty cells"), t("An empty cell means “not stated”: never zero, never “no”.")),
    ]


def _report(context: Context) -> None:
    """Report once: what is recorded of a country and year, in the layout that CITES asks for."""
    t, chosen = context.t, context.selection
    sheet = desking.sheet(session.current().version)
    seized = sheet[(sheet["record_status"] == PUBLISHED) & (sheet["incident_type"] == "seizure")]
    years = sorted(seized["date"].str[:4].unique(), reverse=True)
    country = (
        chosen.countries[0]
        if len(chosen.countries) == 1
        else min(RANGE_COUNTRIES, key=lambda code: context.labels("country", code))
    )
    reported = seized.loc[seized["country"] == country, "date"].str[:4]
    year = str(chosen.year_to) if str(chosen.year_to) in years else str(reported.max() if len(reported) else years[0])
    panels.subheading(
        t("Report once: CITES annual illegal trade report"),
        t("Filled from the records. Complete it, send it to the Secretariat, import it here: nothing is typed twice."),
    )
    context = controls.choose(
        context,
        controls.Choice(
            "report-country",
            N_("Country"),
            tuple(sorted(RANGE_COUNTRIES, key=lambda code: context.labels("country", code))),
            (country,),
            codes="country",
            look="list",
        ),
        controls.Choice("report-year", N_("Year"), tuple(years), (year,), look="list"),
    )
    country, year = context.chosen("report-country"), context.chosen("report-year")
    rows = seized[(seized["country"] == country) & (seized["date"].str[:4] == year)]
    if rows.empty:
        st.info(t("No seizure of this country and year is recorded here. That is not a nil report."))
        return
    content, gaps = outgoing.cites_report(rows, t, context.labels, _about(context))
    file = f"CITES-{country}-{year}-{context.lang}.xlsx"
    st.download_button(t("CITES report (XLSX)"), content, file, XLSX, key="get-cites", type="primary")
    asked = t.n("{n} row", "{n} rows", len(rows))
    st.markdown(
        t("{rows}; {gaps} fields that the report asks for are not recorded.", rows=asked, gaps=t.number(len(gaps)))
    )
    counted = gaps["column"].value_counts(sort=False)
    panels.facts(
        [
            (
                CITES_LAYOUT.heading(str(c), t),
                t("missing in {count} of {all}", count=t.number(int(k)), all=t.number(len(rows))),
            )
            for c, k in counted.items()
        ]
    )
