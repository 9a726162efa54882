"""The first sentences of the extent of the trade: what is known of where, when, what and which way, and what is not."""

from dashboard.analysis import Frame
from dashboard.analysis.extent import NOT_STATED
from dashboard.analysis.overview import Headline
from dashboard.figures.context import Context
from dashboard.figures.spec import collected


def where(states: Frame, places: Frame, unplaced: Frame, known: Headline, context: Context) -> tuple[str, str]:
    """Takes ``analysis.extent.province_states``, the selected incidents by province, and ``unplaced``.

    The silence is that of all records, since what was looked for does not depend on the species; the provinces with a
    record are those of the selection, as the sentence says how many incidents it holds.
    """
    t = context.t
    table = collected(states)
    heard = int(collected(places)["province"].notna().sum())
    silent = int((table["state"] == "not_searched").sum())
    nowhere = int(collected(unplaced)["incident_count"].sum())
    recorded = t.n("{n} incident is on record", "{n} incidents are on record", known.incident_count)
    spread = t.n(
        "{n} province of {all} has a record", "{n} provinces of {all} have a record", heard, all=t.number(len(table))
    )
    remark = t.n(
        "{n} province was not searched: its silence says nothing about crime.",
        "{n} provinces were not searched: their silence says nothing about crime.",
        silent,
    )
    if nowhere:
        remark += " " + t.n(
            "Of {n} incident only the country is known.", "Of {n} incidents only the country is known.", nowhere
        )
    return t("{recorded}; {spread}.", recorded=recorded, spread=spread), remark


def when(precisions: Frame, context: Context) -> tuple[str, str]:
    """Takes ``analysis.overview.count_by`` of the precision of dates."""
    t = context.t
    counts = _counts(precisions, "occurred_on_precision")
    n = sum(counts.values())
    return (
        t.n(
            "Of {n} incident, {days} is dated to the day.",
            "Of {n} incidents, {days} are dated to the day.",
            n,
            days=t.number(counts.get("day", 0)),
        ),
        t(
            "Of {months} the month is known, of {years} only the year. A rise in records is not a rise in crime: it "
            "follows what was published and searched.",
            months=t.number(counts.get("month", 0)),
            years=t.number(counts.get("year", 0)),
        ),
    )


def what(roles: Frame, context: Context) -> tuple[str, str]:
    """Takes ``analysis.overview.count_by`` of the role of the species."""
    t = context.t
    counts = _counts(roles, "role")
    n = sum(counts.values())
    leopards = counts.get("snow_leopard", 0)
    return (
        t.n(
            "{leopards} of {n} incident concerns the snow leopard alone.",
            "{leopards} of {n} incidents concern the snow leopard alone.",
            n,
            leopards=t.number(leopards),
        ),
        t(
            "Its prey is recorded in {prey}, other species in {others}, several of these together in {several}. What "
            "was not identified is shown as the source names it.",
            prey=t.number(counts.get("prey", 0)),
            others=t.number(counts.get("co_traded", 0)),
            several=t.number(counts.get("several", 0)),
        ),
    )


def routes(corridors: Frame, context: Context) -> tuple[str, str]:
    """Takes ``analysis.routes.corridors``."""
    t = context.t
    table = collected(corridors)
    n = int(table["incident_count"].sum())
    is_silent = (table["origin"] == NOT_STATED) & (table["destination"] == NOT_STATED)
    silent = int(table.loc[is_silent, "incident_count"].sum())
    return (
        t.n(
            "Of {silent} of {n} incident no route is stated.",
            "Of {silent} of {n} incidents no route is stated.",
            n,
            silent=t.number(silent),
        ),
        t("What is drawn are the routes that sources name: where trade was seen, not where most of it goes."),
    )


def records(known: Headline, context: Context) -> tuple[str, str]:
    """How many records can be read one by one."""
    t = context.t
    return (
        t.n("{n} record, with its source.", "{n} records, each with its source.", known.incident_count),
        t("Most rest on one publisher: a lead, not a finding. Nobody accused is named."),
    )


def _counts(table: Frame, column: str) -> dict[str, int]:
    found = collected(table)
    return {str(code): int(n) for code, n in zip(found[column], found["incident_count"], strict=True)}
