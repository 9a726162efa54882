"""The figures of detection, for the catalogue: each with its numbers, or in its place why there are none."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

import pandas as pd

from dashboard.analysis import detection, known
from dashboard.analysis import lesson as simulation
from dashboard.analysis.delay import Nowcast, nowcast
from dashboard.analysis.example import dated
from dashboard.analysis.index import Index
from dashboard.analysis.occupancy import Fit
from dashboard.domain.fields import N_
from dashboard.figures import detection as figures
from dashboard.figures import known as known_figures
from dashboard.figures import latest, occupancy, refusals, trend
from dashboard.figures import lesson as lesson_figures
from dashboard.figures.context import Context
from dashboard.figures.material import Entry, Material
from dashboard.figures.origin import Origin, made_up, public
from dashboard.figures.refused import refused
from dashboard.figures.spec import FigureSpec, Passport

USUAL: Final = {  # what holds where a link says nothing; ``ui.detection`` starts from it
    "looked": ("target_group",),
    "certainty": ("confirmed",),
    "effort": ("95",),
    "chance": ("44",),
    "assumed": ("38",),
    "months": ("records",),
}
LEAST: Final = 0.1  # the smallest share that can be assumed: the axis is made for it


def _reader(m: Material) -> Context:
    return m.reader(USUAL)


def _histories(m: Material) -> detection.Histories:
    """The records as the estimators need them: many, so they end with the run."""
    context = _reader(m)
    looked = context.chosen("looked")
    given: detection.Histories = m.in_run(
        ("histories", looked), lambda: detection.histories_of(m.records, context.selection, looked)
    )
    return given


def planned(m: Material) -> pd.DataFrame:
    """The designs that the selection may carry, with their guard status."""
    looked, certainty = (_reader(m).chosen(key) for key in ("looked", "certainty"))
    found: pd.DataFrame = m.of_selection(
        ("designs", looked, certainty), lambda: detection.designs(_histories(m), certainty)
    )
    return found


def offered(m: Material) -> Fit | None:
    """The model by period of the finest design that the records carry; ``None`` where they carry none."""
    looked, certainty = (_reader(m).chosen(key) for key in ("looked", "certainty"))
    designs = planned(m)
    if not designs["is_offered"].any():
        return None
    fit: Fit | None = m.of_selection(
        ("model", looked, certainty), lambda: detection.fit_offered(_histories(m), designs, certainty), is_large=True
    )
    return fit


def _months_found(m: Material) -> Nowcast:
    found: Nowcast = m.answers.get("latest months", lambda: detection.latest_months(m.records))
    return found


def _index_found(m: Material) -> Index:
    looked = _reader(m).chosen("looked")
    found: Index = m.of_selection(("index", looked), lambda: detection.relative_index(_histories(m)))
    return found


@lru_cache(maxsize=64)
def simulated(effort: str, chance: str) -> simulation.Lesson:
    """One simulation with its fit."""
    return simulation.lesson(int(effort) / 100, int(chance) / 100)


def _needed(m: Material) -> FigureSpec:
    return figures.needed(planned(m), _reader(m))


def _questions(m: Material) -> FigureSpec:
    return figures.questions(planned(m), _months_found(m), _index_found(m), _reader(m))


def _index(m: Material) -> FigureSpec:
    return trend.index(_index_found(m), _reader(m))


def _looked(m: Material) -> FigureSpec:
    context = _reader(m)
    looked, certainty = context.chosen("looked"), context.chosen("certainty")
    where: pd.DataFrame = m.of_selection(
        ("looked", looked, certainty), lambda: detection.where_somebody_looked(_histories(m), certainty)
    )
    return figures.looked(where, context)


def _designs(m: Material) -> FigureSpec:
    return figures.designs(planned(m), _reader(m))


def _of_fit(name: str, title: str, make: Callable[[Fit, Origin, Context], FigureSpec]) -> Callable[..., FigureSpec]:
    """A figure of the model that the records carry; where they carry none, why."""

    def made(m: Material) -> FigureSpec:
        context = _reader(m)
        t, passport = context.t, figures.passport(name, context)
        fit = offered(m)
        if fit is None:
            best = detection.nearest(planned(m))
            return refused(name, t(title), [figures.answer_of(best, "period", context)[1:]], passport, context)
        if fit.status == "refused":
            return refused(name, t(title), refusals.pairs(fit.reasons, t), passport, context)
        if make is occupancy.silent and not occupancy.told_apart(fit):
            why = t("Nothing but the period tells the districts apart, so all silent ones would be alike.")
            return refused(name, t(title), [(why, "")], passport, context)
        return make(fit, public(context), context)

    return made


def _months(m: Material) -> FigureSpec:
    context = _reader(m)
    is_example = context.chosen("months") == "example"
    found = _example() if is_example else _months_found(m)
    origin = made_up(context) if is_example else public(context)
    if found.status == "refused":
        t = context.t
        passport: Passport = origin.passport("latest-months", t("The public records"), context)
        reasons = refusals.pairs(found.reasons, t)
        return refused("latest-months", t("Records by month, the latest completed"), reasons, passport, context)
    return latest.completed(found, origin, context)


def _example() -> Nowcast:
    table = dated()
    return nowcast(table["came_to_light_on"], table["entered_on"])


def _lines(m: Material) -> FigureSpec:
    context = _reader(m)
    return lesson_figures.lines(simulated(context.chosen("effort"), context.chosen("chance")), context)


def _districts(m: Material) -> FigureSpec:
    context = _reader(m)
    return lesson_figures.districts(simulated(context.chosen("effort"), context.chosen("chance")), context)


def _ranges(m: Material) -> FigureSpec:
    context = _reader(m)
    published = known.published(m.records)
    if published is None:
        return _nothing_published("known-to-likely", context)
    return known_figures.ranges(published, int(context.chosen("assumed")) / 100, LEAST, context)


def _sources(m: Material) -> FigureSpec:
    context = _reader(m)
    published = known.published(m.records)
    return known_figures.sources(published, context) if published else _nothing_published("known-sources", context)


def _nothing_published(name: str, context: Context) -> FigureSpec:
    t = context.t
    why = t("No range of killings with a share detected is among the published figures.")
    title = t("Snow leopards killed a year, in the twelve range countries")
    return refused(
        name, title, [(why, "")], public(context).passport(name, t("Range-wide, published"), context), context
    )


DETECTION: Final[dict[str, Entry]] = {
    "designs": Entry("detection", _needed),
    "questions": Entry("detection", _questions),
    "traffic-index": Entry("detection", _index),
    "looked": Entry("detection", _looked),
    "design-table": Entry("detection", _designs),
    "occurrence-and-detection": Entry(
        "detection",
        _of_fit("occurrence-and-detection", N_("Occurrence and detection, side by side"), occupancy.two_lines),
    ),
    "districts": Entry("detection", _of_fit("districts", N_("District by district"), occupancy.districts)),
    "silent": Entry("detection", _of_fit("silent", N_("Silent districts"), occupancy.silent)),
    "lesson-lines": Entry("detection", _lines, "lesson", is_of_incidents=False, is_made_up=True),
    "lesson-districts": Entry("detection", _districts, "lesson", is_of_incidents=False, is_made_up=True),
    "known-to-likely": Entry("detection", _ranges, "experts", is_of_incidents=False),
    "known-sources": Entry("detection", _sources, "experts", is_of_incidents=False),
    "latest-months": Entry("detection", _months, "months", is_of_incidents=False),
}
