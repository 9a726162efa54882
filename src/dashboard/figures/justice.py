"""The figures of justice: the steps with their unknowns, the rates, the countries."""

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.analysis.justice import STEPS, Comparison, Rate, Status, Tally
from dashboard.figures import justice_words as words
from dashboard.figures.context import Context
from dashboard.figures.justice_parts import (
    STATUSES,
    bounds,
    implications,
    in_order,
    last_steps,
    rate_columns,
    silent,
    silent_sum,
    source,
    statuses,
    x_of_n,
)
from dashboard.figures.palette import Meaning
from dashboard.figures.spans import interval, share
from dashboard.figures.spec import FigureSpec, Kind, Series, collected, columns

LAST: Final = "last"  # the choice of the last known step, instead of one step
PERSON_COLUMNS: Final = {"arrest": "arrested", "charge": "charged", "conviction": "convicted"}


def funnel(counts: Frame, tally: Tally, context: Context) -> FigureSpec:
    """Each step with what is reached, known not to be, and unknown. Takes ``analysis.justice.funnel``."""
    t = context.t
    table = in_order(collected(counts), list(STEPS), [str(status) for status in STATUSES])
    reached = table[table["status"] == Status.REACHED].set_index("step")["incident_count"]
    numbers = {step: t.number(int(reached.get(step, 0))) for step in STEPS}
    said = t(
        "{of_all}, sources state an arrest in {arrest}, a charge or a later step in {charge}, a decision in "
        "{decision}, a "
        "conviction in {conviction} and imprisonment in {imprisonment}; the hatched rest is unknown.",
        of_all=words.of_all(tally.recorded, context),
        **{step: numbers[step] for step in STEPS[1:]},
    )
    return FigureSpec(
        id="justice-funnel",
        kind=Kind.STEPS,
        table=table[["step", "status", "incident_count"]],
        columns=columns(("step", t("Step")), ("status", t("What is known")), ("incident_count", t("Incidents"))),
        title=t("How far the cases are known to have gone"),
        caption=f"{said} {implications(context)}",
        n=tally.recorded,
        unknown=silent(tally, context),
        alt=said,
        passport=context.passport("justice-funnel", source(context)),
        series=statuses(context),
        series_column="status",
        labels={step: context.labels("justice_step", step) for step in STEPS},
    )


def persons(counts: Frame, tally: Tally, context: Context) -> FigureSpec:
    """Persons at each step, and the incidents that state no number. Takes ``analysis.justice.persons``."""
    t = context.t
    found = collected(counts).iloc[0].astype(int)
    rows, labels = [], {}
    for step in STEPS:
        name = context.labels("justice_step", step)
        column = PERSON_COLUMNS.get(step)
        stated = int(found[f"incidents_{column}"]) if column else 0
        number = int(found[f"persons_{column}"]) if column else 0
        labels[step] = (
            t.n("{step}: {n} person", "{step}: {n} persons", number, step=name)
            if column
            else t("{step}: not recorded", step=name)
        )
        rows += [(step, "stated", number, stated), (step, "not_stated", 0, tally.recorded - stated)]
    said = t(
        "Sources state {arrested} arrested ({arrests}), {charged} charged ({charges}) and {convicted} convicted "
        "({convictions}); no other number of persons is kept.",
        **{
            f"{name}": t.n("{n} person", "{n} persons", int(found[f"persons_{name}"]))
            for name in PERSON_COLUMNS.values()
        },
        **{
            noun: t.n("in {n} incident", "in {n} incidents", int(found[f"incidents_{name}"]))
            for noun, name in (("arrests", "arrested"), ("charges", "charged"), ("convictions", "convicted"))
        },
    )
    table = pd.DataFrame(rows, columns=["step", "status", "person_count", "incident_count"])
    return FigureSpec(
        id="justice-persons",
        kind=Kind.STEPS,
        table=table,
        columns=columns(
            ("step", t("Step")),
            ("status", t("What is known")),
            ("person_count", t("Persons")),
            ("incident_count", t("Incidents")),
        ),
        title=t("Persons, where a source states a number"),
        caption=said
        + " "
        + t(
            "Do not divide these numbers by one another: a source that reports an arrest seldom reports the verdict. "
            "Charged includes people booked or fined."
        ),
        n=tally.recorded,
        unknown=t("how many persons were involved where no number is stated"),
        alt=said,
        passport=context.passport("justice-persons", source(context)),
        series=(
            Series("stated", t("Incidents that state a number"), Meaning.REACHED),
            Series("not_stated", t("Not stated"), Meaning.UNKNOWN),
        ),
        series_column="status",
        labels=labels,
    )


def rates(found: tuple[Rate, ...], tally: Tally, context: Context) -> FigureSpec:
    """Three conviction rates, each named after its base, over the bounds. Takes ``analysis.justice.rates``."""
    t = context.t
    table = pd.DataFrame([_rate_row(str(rate.of), rate, context) for rate in found])
    said = words.rates(found, tally, context)
    return FigureSpec(
        id="justice-rates",
        kind=Kind.INTERVAL,
        table=table,
        columns=rate_columns("of", t("Of what"), context),
        title=t("Conviction rates, and of what"),
        caption=said
        + " "
        + t(
            "The line is the {level} interval: how far a small number may stray. The hatched band is what "
            "unknown outcomes "
            "could still make of the rate.",
            level=t.percent(0.95),
        ),
        n=tally.recorded,
        unknown=silent(tally, context),
        alt=said,
        passport=context.passport("justice-rates", source(context)),
        series=(bounds(context), Series("raw", t("Rate with its interval"), Meaning.DECIDED)),
        series_column="series",
        labels={
            code: f"{context.labels('rate_base', code)}<br>{x_of_n(x, n, context)}<br>{text}"
            for code, x, n, text in zip(table["of"], table["x"], table["n"], table["row_text"], strict=True)
        },
    )


def compare(found: Comparison, tallies: Mapping[str, Tally], context: Context) -> FigureSpec:
    """One rate per country, raw and shrunken side by side. Takes ``analysis.justice.compare``."""
    t = context.t
    base = context.labels("rate_base", found.of)
    order = sorted(found.table["country"], key=lambda code: context.labels("country", code))
    entries = found.table.set_index("country").loc[order].reset_index()
    rows: list[dict[str, Any]] = []
    for entry in entries.to_dict("records"):
        common = {name: entry[name] for name in ("country", "x", "n", "low_bound", "high_bound")}
        raw = {name: entry[name] for name in ("value", "low", "high")}
        rows.append(_with_words({**common, "series": "raw", **raw}, context))
        if pd.notna(entry["shrunken"]):
            twin = {"value": entry["shrunken"], "low": entry["shrunken_low"], "high": entry["shrunken_high"]}
            rows.append(_with_words({**common, "series": "shrunken", **twin}, context))
    said = words.comparison(found, context)
    borrowed = (
        []
        if found.refusal
        else [
            t("A shrunken rate borrows what the few cases of a country cannot tell."),
            t.n(
                "Another usual model (logit-normal) moves none by more than {n} percentage point.",
                "Another usual model (logit-normal) moves none by more than {n} percentage points.",
                math.ceil(100 * found.apart),
            ),
        ]
    )
    names = {
        row["country"]: f"{context.labels('country', row['country'])} · {x_of_n(row['x'], row['n'], context)}"
        f"<br>{row['row_text']}"
        for row in rows
        if row["series"] == "raw"
    }
    greyed = bool(found.differences)
    shown = [bounds(context), Series("raw", t("As counted"), Meaning.NOT_COMPARABLE if greyed else Meaning.DECIDED)]
    if not found.refusal:
        shown.append(Series("shrunken", t("Shrunken"), Meaning.NOT_COMPARABLE if greyed else Meaning.SHRUNKEN))
    return FigureSpec(
        id="justice-compare",
        kind=Kind.INTERVAL,
        table=pd.DataFrame(rows),
        columns=rate_columns("country", t("Country"), context),
        title=t("Convictions by country: {base}", base=base.lower()),
        caption=" ".join([said, *borrowed, t("Countries are in alphabetical order, never ranked.")]),
        n=sum(tally.recorded for tally in tallies.values()),
        unknown=silent_sum(tallies, context),
        alt=said,
        passport=context.passport("justice-compare", source(context)),
        series=tuple(shown),
        series_column="series",
        labels=names,
    )


def by_country(counts: Frame, tallies: Mapping[str, Tally], step: str, context: Context) -> FigureSpec:
    """One bar a country: its last known steps, or one step. Takes ``analysis.justice.funnel`` by country."""
    t = context.t
    names = sorted(tallies, key=lambda code: context.labels("country", code))
    if step == LAST:
        series = last_steps(context)
        rows = [(c, s.code, getattr(tallies[c], s.code)) for c in names for s in series]
        table = pd.DataFrame(rows, columns=["country", "status", "incident_count"])
        title = t("The last known step, by country")
    else:
        series = statuses(context)
        whole = collected(counts)
        part = whole[whole["step"] == step]
        table = part.set_index("country").loc[names].reset_index()[["country", "status", "incident_count"]]
        title = t("{step}, by country", step=context.labels("justice_step", step))
    table = table[table["incident_count"] > 0]
    said = words.by_country(tallies, context)
    return FigureSpec(
        id="justice-by-country",
        kind=Kind.STEPS,
        table=table,
        columns=columns(("country", t("Country")), ("status", t("What is known")), ("incident_count", t("Incidents"))),
        title=title,
        caption=said + " " + t("Longer bars mean more records, not more crime."),
        hint=t("Click a bar to see that country alone."),
        n=sum(tally.recorded for tally in tallies.values()),
        unknown=silent_sum(tallies, context),
        alt=said,
        passport=context.passport("justice-by-country", source(context)),
        series=tuple(series),
        series_column="status",
        labels={code: context.labels("country", code) for code in names},
    )


def _rate_row(code: str, rate: Rate, context: Context) -> dict[str, Any]:
    known = rate.estimate
    row = {
        "of": code,
        "series": "raw",
        "x": rate.x,
        "n": rate.n,
        "value": known.value if known else None,
        "low": known.low if known else None,
        "high": known.high if known else None,
        "low_bound": rate.low_bound,
        "high_bound": rate.high_bound,
    }
    return _with_words(row, context)


def _with_words(row: dict[str, Any], context: Context) -> dict[str, Any]:
    """What a row says beside its point: the rate and its interval, or that there are counts only."""
    t = context.t
    if not isinstance(row["value"], float) or math.isnan(row["value"]):
        return row | {"interval_text": "", "row_text": t("counts only")}
    value, ends = share(float(row["value"]), t), interval(float(row["low"]), float(row["high"]), t)
    return row | {"interval_text": f"{value} ({ends})", "row_text": f"<b>{value}</b> ({ends})"}
