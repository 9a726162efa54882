"""The figures of the overview: coverage, incidents by year, evidence, outcomes, latest records."""

import pandas as pd

from dashboard.analysis import Frame, listing, overview
from dashboard.domain.records import Records
from dashboard.figures.context import Context
from dashboard.figures.meanings import SPLITS, series
from dashboard.figures.spec import FigureSpec, Kind, collected, columns, plain


def coverage(grid: Frame, context: Context) -> FigureSpec:
    """Country by year cells. Takes the table of ``analysis.overview.coverage_grid``."""
    t = context.t
    table = collected(grid)
    reported = int((table["state"] == "reported").sum())
    silent = int((table["state"] == "not_searched").sum())
    return FigureSpec(
        id="coverage",
        kind=Kind.GRID,
        table=table,
        columns=columns(("year", t("Year")), ("country", t("Country")), ("incident_count", t("Incidents"))),
        title=t("Where the record speaks, and where it is silent"),
        caption=t(
            "A number is the count of recorded incidents, deeper where there are more. "
            "A dotted cell was not searched: it says nothing about crime."
        ),
        n=int(table["incident_count"].sum()),
        unknown=t.n(
            "what happened in {n} of {all} country-years, which was not searched",
            "what happened in {n} of {all} country-years, which were not searched",
            silent,
            all=t.number(len(table)),
        ),
        alt=t(
            "Grid of countries and years. {reported} of {all} cells hold a record; {silent} were not searched.",
            reported=t.number(reported),
            all=t.number(len(table)),
            silent=t.number(silent),
        ),
        passport=context.passport("coverage", source(context)),
        series=series("coverage_state", context),
        series_column="state",
        labels=_names(table["country"], "country", context),
    )


def by_year(
    counts: Frame, context: Context, split: str = "evidence_grade", name: str = "incidents-by-year"
) -> FigureSpec:
    """Bars of incidents per year, divided by *split*. Takes ``analysis.overview.count_by_year`` of the same."""
    t = context.t
    table = collected(counts)
    per_year = table.groupby("year")["incident_count"].sum()
    return FigureSpec(
        id=name,
        kind=Kind.BAR,
        table=table,
        columns=columns(("year", t("Year")), (split, t(SPLITS[split])), ("incident_count", t("Incidents"))),
        title=t("Recorded incidents by year"),
        caption=t(
            "More records do not mean more crime: the rise after 2014 largely mirrors the growth of online news. "
            "A year without a bar was not searched, or nothing was found in it."
        ),
        n=int(per_year.sum()),
        unknown=t("how many incidents were never recorded"),
        alt=t(
            "Bar chart of recorded incidents, {first} to {last}; the highest year is {peak} with {count}.",
            first=per_year.index.min(),
            last=per_year.index.max(),
            peak=per_year.idxmax(),
            count=t.number(int(per_year.max())),
        )
        if len(per_year)
        else t("No record matches these filters."),
        passport=context.passport(name, source(context)),
        series=series(split, context),
        series_column=split,
    )


def evidence(counts: Frame, context: Context) -> FigureSpec:
    """How well the incidents are evidenced. Takes ``analysis.overview.count_by`` of the evidence grade."""
    t = context.t
    table = collected(counts)
    single = int(table.loc[table["evidence_grade"] == "single", "incident_count"].sum())
    n = int(table["incident_count"].sum())
    return FigureSpec(
        id="evidence",
        kind=Kind.SHARE,
        table=table,
        columns=columns(("evidence_grade", t("Evidence")), ("incident_count", t("Incidents"))),
        title=t("How well it is evidenced"),
        caption=t(
            "Official: published by a government, customs, police or court. Corroborated: two or more independent "
            "publishers. Single: one publisher, a lead and not a finding."
        ),
        n=n,
        unknown=t.n(
            "whether the {n} incident with one publisher is confirmed",
            "whether the {n} incidents with one publisher are confirmed",
            single,
        ),
        alt=shares(table, "evidence_grade", context),
        passport=context.passport("evidence", source(context)),
        series=series("evidence_grade", context),
        series_column="evidence_grade",
    )


def outcomes(counts: Frame, context: Context) -> FigureSpec:
    """What became of the incidents. Takes ``analysis.overview.count_by`` of the outcome."""
    t = context.t
    table = collected(counts)
    unknown = int(table.loc[~table["outcome"].isin(overview.FINAL_OUTCOMES), "incident_count"].sum())
    return FigureSpec(
        id="outcomes",
        kind=Kind.SHARE,
        table=table,
        columns=columns(("outcome", t("Outcome")), ("incident_count", t("Incidents"))),
        title=t("What became of the incidents"),
        caption=t(
            "The last status a source states; most sources stop at the seizure. Do not divide "
            "these numbers by one another: a source that reports an arrest seldom reports the verdict."
        ),
        n=int(table["incident_count"].sum()),
        unknown=t.n("final outcome of {n} incident", "final outcome of {n} incidents", unknown),
        alt=shares(table, "outcome", context),
        passport=context.passport("outcomes", source(context)),
        series=series("outcome", context),
        series_column="outcome",
    )


def latest(records: Records, limit: int, context: Context) -> FigureSpec:
    """The most recent incidents as a table for reading. Takes the selected records."""
    t, labels = context.t, context.labels
    nowhere = t("withheld") if context.is_locked else t("not stated")
    found = plain(collected(listing.page(records, limit)))
    rows = [
        {
            "occurred_on": t.date(row["occurred_on"]),
            "country": labels("country", row["country"]),
            "place": labels("place", row["country"], row["admin1"], row["place"]) if row["place"] else nowhere,
            "what": f"{labels('taxon', row['taxon'])} · {labels('commodity', row['commodity']).lower()}",
            "outcome": labels("outcome", row["outcome"]),
            "evidence_grade": labels("evidence_grade", row["evidence_grade"]),
            "source": labels("publisher", row["publisher"]),
            "source_url": row["url"],
        }
        for row in found
    ]
    return FigureSpec(
        id="latest",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(
            ("occurred_on", t("Date")),
            ("country", t("Country")),
            ("place", t("Place")),
            ("what", t("Species and commodity")),
            ("outcome", t("Outcome")),
            ("evidence_grade", t("Evidence")),
            ("source", t("Source")),
            link={"source": "source_url"},
        ),
        title=t("Most recent incidents"),
        caption=t("By date of the event. A recent date does not mean a recent entry."),
        n=len(rows),
        unknown=t("what has not been published yet"),
        alt=t.n("Table of the {n} most recent incident.", "Table of the {n} most recent incidents.", len(rows)),
        passport=context.passport("latest", source(context)),
    )


def source(context: Context) -> str:
    """Where the records come from, in a word for the passport."""
    return context.t("Public sources: news, court and agency notices")


def _names(values: pd.Series, codes: str, context: Context) -> dict[str, str]:
    return {code: context.labels(codes, code) for code in values.unique()}


def shares(table: pd.DataFrame, codes: str, context: Context) -> str:
    """The figure in words, for those who hear it."""
    t = context.t
    counts = zip(table[codes], table["incident_count"], strict=True)
    return "; ".join(f"{context.labels(codes, code)}: {t.number(int(count))}" for code, count in counts)
