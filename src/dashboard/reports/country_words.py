"""What a country report says of the records: plain sentences, each with what is not known."""

from collections.abc import Iterable

import narwhals as nw
import pandas as pd

from dashboard.analysis import Frame, country, overview
from dashboard.domain.workshop import SMALLEST_CELL
from dashboard.figures import country as words
from dashboard.figures import sentences
from dashboard.figures.catalogue import Material
from dashboard.figures.context import Context
from dashboard.figures.suppress import small
from dashboard.reports.report import Reference

FEWEST_FOR_A_RATE = 20  # docs/methods: no rate rests on fewer concluded cases
FLAGSHIP = "panthera_uncia"
ROLES = ("origin", "transit", "destination")
STATES = ("reported", "nil", "no_report", "not_searched", "withheld")


def has_incidents(made_from: Material) -> bool:
    """Whether anything is on record for the selection."""
    return made_from.known.incident_count > 0


def nothing(context: Context) -> list[str]:
    """What a chapter says when there is no incident to speak of."""
    t = context.t
    return [
        t("No incident is on record for this selection."),
        t("That nothing was recorded does not mean that nothing happened."),
    ]


def recorded(made_from: Material) -> list[str]:
    """How many incidents, of when, of what kind, how well evidenced."""
    context, t = made_from.context, made_from.context.t
    if not has_incidents(made_from):
        return nothing(context)
    incidents = made_from.selected["incidents"]
    dates = incidents.select(first=nw.col("occurred_on").min(), last=nw.col("occurred_on").max()).collect().row(0)
    return [
        *sentences.headline(made_from.known, context),
        t("The first event is dated {first}, the latest {last}.", first=t.date(dates[0]), last=t.date(dates[1])),
        t(
            "By what happened: {list}.",
            list=counted(overview.count_by(incidents, "incident_type"), "incident_type", context),
        ),
        t(
            "By evidence: {list}. A single source is a lead, not a finding.",
            list=counted(overview.count_by(incidents, "evidence_grade"), "evidence_grade", context),
        ),
    ]


def where_and_when(made_from: Material) -> list[str]:
    """Provinces and years, and of which years nothing is known."""
    context, t = made_from.context, made_from.context.t
    incidents = made_from.selected["incidents"]
    years = overview.count_by(made_from.selected["coverage"], "state")
    if not len(years.collect()):
        return nothing(context)
    said = [t("Years by what is known of them: {list}.", list=counted(years, "coverage_state", context, "state"))]
    places = country.incidents_by_province(incidents).collect()
    code = context.selection.countries[0]
    if len(places):
        named = [(context.labels("admin1", code, name), count) for name, count in places.iter_rows()]
        said.append(t("By province, as the sources name it: {list}.", list=listed(named, context)))
    if without := len(incidents.collect()) - sum(count for _, count in places.iter_rows()):
        said.append(t.n("For {n} incident no province is stated.", "For {n} incidents no province is stated.", without))
    said.append(t("Places are given no more precisely here than by province."))
    return said


def species(made_from: Material) -> list[str]:
    """What was traded or killed."""
    context, t, selected = made_from.context, made_from.context.t, made_from.selected
    if not has_incidents(made_from):
        return nothing(context)
    leopards = selected["specimens"].filter(nw.col("taxon") == FLAGSHIP).select("incident_id").unique().collect()
    return [
        t("Fewer than {n} incidents involve snow leopards.", n=t.number(SMALLEST_CELL))
        if context.is_locked and 0 < len(leopards) < SMALLEST_CELL
        else t.n("{n} incident involves snow leopards.", "{n} incidents involve snow leopards.", len(leopards))
        if len(leopards)
        else t("No incident on record involves snow leopards."),
        t(
            "Incidents by species group: {list}. An incident with several groups is counted in each.",
            list=counted(country.incidents_by_group(selected), "taxon", context, "group"),
        ),
        t(
            "Incidents by what was traded or found: {list}.",
            list=counted(country.incidents_by_commodity(selected), "commodity", context),
        ),
        t("Numbers of animals, items and kilograms are not added to one another, and many sources state none of them."),
    ]


def routes(made_from: Material) -> list[str]:
    """Other countries on the route, where a source states them."""
    context, t, selected = made_from.context, made_from.context.t, made_from.selected
    if not has_incidents(made_from):
        return nothing(context)
    stated = len(selected["legs"].select("incident_id").unique().collect())
    everything = len(selected["incidents"].collect())
    said = [
        t(
            "The sources state a part of the route for {n} of {all} incidents; for the others it is not known.",
            n=t.number(stated),
            all=t.number(everything),
        )
    ]
    legs = list(country.incidents_by_leg(selected).collect().iter_rows())
    for role in ROLES:
        named = [(context.labels("country", place), count) for leg, place, count in legs if leg == role]
        if named:
            said.append(
                t("{role}: {list}.", role=context.labels("leg_role", role), list=listed(sorted(named), context))
            )
    return said


def outcomes(made_from: Material) -> list[str]:
    """What is known of the end of the cases, and why there is no rate."""
    context, t, selected = made_from.context, made_from.context.t, made_from.selected
    if not has_incidents(made_from):
        return nothing(context)
    known = overview.headline(selected)
    arrested = selected["proceedings"].select("persons_arrested").collect()["persons_arrested"].drop_nulls()
    said = [
        t(
            "Final outcomes known: {n} of {all} incidents. Convictions among them: {convicted}. Not known: {unknown}.",
            n=t.number(known.final_outcome_count),
            all=t.number(known.incident_count),
            convicted=t.number(known.conviction_count),
            unknown=t.number(known.without_outcome_count),
        )
    ]
    if len(arrested):
        said.append(
            t(
                "Persons arrested: {n}, as stated for {some} of {all} incidents; for the others it is not stated.",
                n=t.number(int(arrested.sum())),
                some=t.number(len(arrested)),
                all=t.number(known.incident_count),
            )
        )
    else:
        said.append(t("No source states how many persons were arrested."))
    if known.final_outcome_count < FEWEST_FOR_A_RATE:
        said.append(
            t(
                "No conviction rate is given: final outcomes known are {n}, and a rate needs at least {least}.",
                n=t.number(known.final_outcome_count),
                least=t.number(FEWEST_FOR_A_RATE),
            )
        )
    else:
        said.append(t("No conviction rate is given here: sources report convictions more readily than other endings."))
    return said


def detection(made_from: Material) -> list[str]:
    """Why nothing is estimated, until there is effort on record."""
    t = made_from.context.t
    return [
        t(
            "No estimate is given of how often crime occurs or how much of it is detected. It needs the same places "
            "searched several times with every search on record, and no search is on record for this country."
        ),
        t(
            "More or fewer records may mean a change in crime, in searching or in reporting; these records cannot tell "
            "which."
        ),
    ]


def limits(made_from: Material) -> list[str]:
    """What the numbers cannot say, and what the government said."""
    t = made_from.context.t
    return [
        *government(made_from),
        t("What these records cannot say:"),
        *sentences.about(made_from.context)[1][1],
    ]


def government(made_from: Material) -> list[str]:
    """What the government reported and stated, or that it did neither."""
    context, t = made_from.context, made_from.context.t
    known = country.facts(made_from.records, made_from.selected)[context.selection.countries[0]]
    if not known.agency_year_count and not known.statement(context.lang):
        return [
            t(
                "No report or statement by the government is in this data version; everything here comes from public "
                "sources."
            )
        ]
    return [t("{name}: {value}.", name=name, value=value) for name, value in words.government(known, context)]


def sources(made_from: Material) -> list[str]:
    """How many publications, of which kind."""
    context, t = made_from.context, made_from.context.t
    cited = _cited(made_from)
    found = cited.collect()
    if not len(found):
        return nothing(context)
    kinds = cited.group_by("publisher_kind").agg(incident_count=nw.len()).sort("publisher_kind")
    return [
        t.n("{n} publication is cited.", "{n} publications are cited.", len(found)),
        t("By kind of publisher: {list}.", list=counted(kinds, "publisher_kind", context)),
        t("The address of each stands beside its record in the dashboard."),
    ]


def references(made_from: Material) -> list[Reference]:
    """The publications behind the incidents, by publisher and date."""
    context, t = made_from.context, made_from.context.t
    found = _cited(made_from).collect().sort("publisher", "published_on", "source_id")
    rows = found.select("publisher", "published_on", "url").to_pandas().fillna("")
    return [
        Reference(", ".join(filter(None, [context.labels("publisher", publisher), t.date(when) if when else ""])), url)
        for publisher, when, url in rows.itertuples(index=False, name=None)
    ]


def _cited(made_from: Material) -> Frame:
    chosen = made_from.selected["citations"].select("source_id").unique()
    return made_from.records["sources"].join(chosen, on="source_id", how="semi")


def counted(counts: Frame, codes: str, context: Context, column: str = "") -> str:
    """Names with their counts: "Seizure (15), Poaching (4)"."""
    rows = counts.select(column or codes, "incident_count").collect().iter_rows()
    return listed([(context.labels(codes, code), count) for code, count in rows], context)


def listed(named: Iterable[tuple[str, int]], context: Context) -> str:
    """Names with their counts, in the order given; behind the lock without small ones and what gives them away."""
    t, rows = context.t, list(named)
    hidden = small(pd.Series([count for _, count in rows], dtype=int)) if context.is_locked else [False] * len(rows)
    told = [
        t("not shown") if is_hidden else t.number(int(count))
        for (_, count), is_hidden in zip(rows, hidden, strict=True)
    ]
    return ", ".join(f"{name}\u00a0({count})" for (name, _), count in zip(rows, told, strict=True))
