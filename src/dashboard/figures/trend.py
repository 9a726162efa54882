"""The relative index of traffic by year, once enforcement and reporting are taken out; never how many."""

import pandas as pd

from dashboard.analysis.index import Index
from dashboard.figures import detection_sentences as say
from dashboard.figures import refusals
from dashboard.figures.context import Context
from dashboard.figures.origin import Origin, public
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Kind, Passport, Series, columns

BASE = 100.0
ID = "traffic-index"


def index(found: Index, context: Context, origin: Origin | None = None) -> FigureSpec:
    """The index with its interval, the base year being 100, or else its refusals and what would lift each.

    Takes ``analysis.index.trend_index``. Years without a count keep no place: nothing is known about them.
    """
    t = context.t
    passport = (origin or public(context)).passport(ID, t("Relative to {year}", year=found.base_year), context)
    if found.status == "refused":
        return _refused(found, passport, context)
    table = found.table.assign(what="index")[["year", "what", "low", "high", "estimate"]]
    return FigureSpec(
        id=ID,
        kind=Kind.BANDS,
        table=pd.concat([table, table[["year"]].assign(what="base", estimate=BASE)], ignore_index=True),
        columns=columns(
            ("year", t("Year")), ("what", t("Line")), ("low", t("Low")), ("high", t("High")),
            ("estimate", t("Index, {year} = 100", year=found.base_year)),
        ),
        title=_title(context),
        caption=t(
            "Counts by country and year with enforcement and reporting taken out, after Underwood, Burn and Milliken "
            "(2013). The band holds {level} of what is possible; a year whose band holds 100 may be no different.",
            level=t.percent(found.level),
        ),
        n=int(found.table["count"].sum()),
        unknown=t("how much traffic there is: an index says more or less, never how many"),
        alt=say.index(found, context),
        passport=passport,
        series=(
            Series("index", t("Index"), Meaning.OCCURRENCE),
            Series("base", t("The base year"), Meaning.TRUTH),
        ),
        series_column="what",
        unit=",.0f",
    )  # fmt: skip


def _refused(found: Index, passport: Passport, context: Context) -> FigureSpec:
    t = context.t
    rows = [
        {"answer": refusals.verdict("refused", t), "why": refusals.why(one, t), "lifts": refusals.lifts(one, t)}
        for one in found.reasons
    ]
    return FigureSpec(
        id=ID,
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=["answer", "why", "lifts"]),
        columns=columns(("answer", t("Answer")), ("why", t("Why")), ("lifts", t("What would lift it"))),
        title=_title(context),
        caption=t("A refusal is a result: it says which data to collect next."),
        n=0,
        unknown=t("whether traffic rose, fell or stayed the same"),
        alt=say.index(found, context),
        passport=passport,
    )


def _title(context: Context) -> str:
    return context.t("Is traffic rising once better enforcement is taken out?")
