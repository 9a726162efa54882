"""What became of each incident: the steps in law that are known, and those that are not.

What one step says of another, and nothing more than this is concluded:

- a decision (conviction, acquittal, dismissal) implies a charge; a conviction implies a decision;
- a charge or a conviction does not imply an arrest: people are charged without being held;
- an acquittal or a dismissal means that conviction and imprisonment are known not to have been reached;
- "under investigation" and "unknown" say nothing of any later step: both stay unknown.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.keys import has
from dashboard.domain.records import Records


class Status(StrEnum):
    """What is known of a step."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    UNKNOWN = "unknown"


RECORDED: Final = "recorded"
ARREST: Final = "arrest"
CHARGE: Final = "charge"
DECISION: Final = "decision"
CONVICTION: Final = "conviction"
IMPRISONMENT: Final = "imprisonment"
STEPS: Final = (RECORDED, ARREST, CHARGE, DECISION, CONVICTION, IMPRISONMENT)
PERSONS: Final = {ARREST: "persons_arrested", CHARGE: "persons_charged", CONVICTION: "persons_convicted"}
DECIDED: Final = ("convicted", "acquitted", "dismissed")
KNOWN: Final = ("charged", *DECIDED)  # outcomes that are a step in law
KEPT: Final = ("occurred_on", "date_basis", "country", "year", "incident_type", "outcome")
STATED: Final = (
    "persons_arrested", "persons_charged", "persons_convicted", "imprisonment_months", "fine_amount",
    "is_suspended", "sentence_kind", "fine_currency", "outcome_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """Incidents by the last status that a source states. Counts, not estimates."""

    convicted: int = 0
    acquitted: int = 0
    dismissed: int = 0
    charged: int = 0
    under_investigation: int = 0
    unknown: int = 0

    @property
    def decided(self) -> int:
        """Convicted, acquitted or dismissed."""
        return self.convicted + self.acquitted + self.dismissed

    @property
    def charged_or_further(self) -> int:
        """A known step in law: charged, or decided."""
        return self.charged + self.decided

    @property
    def without_step(self) -> int:
        """No known step: the source stops at the event or at an investigation."""
        return self.under_investigation + self.unknown

    @property
    def recorded(self) -> int:
        """All incidents."""
        return self.charged_or_further + self.without_step

    @property
    def fewest_convictions(self) -> int:
        """Incidents convicted if every unknown outcome went against conviction."""
        return self.convicted

    @property
    def most_convictions(self) -> int:
        """Incidents convicted if every unknown outcome were a conviction."""
        return self.recorded - self.acquitted - self.dismissed


def cases(records: Records) -> Frame:
    """One row per incident with the status of each step, ``reached``, ``not_reached`` or ``unknown``.

    Returns ``incident_id``, ``occurred_on``, ``date_basis``, ``country``, ``year``, ``incident_type``, ``outcome``,
    the columns of ``STEPS``, the three counts of persons, ``imprisonment_months``, ``is_suspended``,
    ``sentence_kind``, ``fine_amount``, ``fine_currency`` and ``outcome_on``; missing where the source does not state
    it. A charge follows the outcome only: two incidents under investigation name people booked, and stay under
    investigation. A sentence of life or death counts as imprisonment reached; a term that was only suspended as known
    not reached; a conviction without a stated term as unknown.
    """
    columns = ("incident_id", *KEPT, *STATED, *STEPS)
    if has(records, "incidents", IMPRISONMENT):
        return records.part("incidents", *columns)
    return followed(records.with_tables(incidents=records.part("incidents", "incident_id", *KEPT))).select(*columns)


def followed(records: Records) -> Frame:
    """The incidents with what became of them: the columns that ``cases`` adds to those of an incident.

    That depends on no filter, so it is looked up once a version and not in every figure.
    """
    stated = records["proceedings"].select("incident_id", *STATED)
    joined = records["incidents"].join(stated, on="incident_id", how="left")
    outcome, arrested = nw.col("outcome"), nw.col("persons_arrested").fill_null(-1)
    convicted, freed = outcome == "convicted", outcome.is_in(("acquitted", "dismissed"))
    term = nw.col("imprisonment_months").fill_null(0.0) > 0
    suspended = nw.col("is_suspended").fill_null(value=False)
    gravest = ~nw.col("sentence_kind").is_null()
    return joined.with_columns(
        nw.lit(Status.REACHED.value).alias(RECORDED),
        _status(arrested > 0, arrested == 0).alias(ARREST),
        _status(outcome.is_in(KNOWN)).alias(CHARGE),
        _status(outcome.is_in(DECIDED)).alias(DECISION),
        _status(convicted, freed).alias(CONVICTION),
        _status(convicted & (gravest | (term & ~suspended)), freed | (term & suspended)).alias(IMPRISONMENT),
    )


def _status(reached: nw.Expr, not_reached: nw.Expr | None = None) -> nw.Expr:
    rest = nw.lit(Status.UNKNOWN.value)
    if not_reached is not None:
        rest = nw.when(not_reached).then(nw.lit(Status.NOT_REACHED.value)).otherwise(rest)
    return nw.when(reached).then(nw.lit(Status.REACHED.value)).otherwise(rest)


def funnel(cases: Frame, *by: str) -> Frame:
    """Count incidents per step and status, and per value of *by*. Takes the table of ``cases``.

    Returns *by*, ``step``, ``status`` and ``incident_count``; a status that no incident has is absent. For each step
    the counts add up to the number of incidents.
    """
    # the few combinations of statuses are counted first: of ten million incidents there are no more of them
    return (
        cases.group_by(*by, *STEPS)
        .agg(alike=nw.len())
        .unpivot(on=list(STEPS), index=[*by, "alike"], variable_name="step", value_name="status")
        .group_by(*by, "step", "status")
        .agg(incident_count=nw.col("alike").sum())
        .with_columns(nw.col("incident_count").cast(nw.Int64))
        .sort(*by, "step", "status")
    )


def persons(cases: Frame) -> Frame:
    """Persons per step, where a source states a number. Takes the table of ``cases``.

    Returns one row with ``persons_arrested``, ``persons_charged`` and ``persons_convicted``, and for each the number
    of incidents that state it (``incidents_…``). No number of persons is kept for the other steps. An empty sum is 0
    persons in 0 incidents.
    """
    columns = list(PERSONS.values())
    return cases.select(
        *(nw.col(column).sum().fill_null(0) for column in columns),
        *(nw.col(column).count().alias(f"incidents_{column.removeprefix('persons_')}") for column in columns),
        incident_count=nw.len(),
    )


def tallies(cases: Frame) -> dict[str, Tally]:
    """The tally of each country that has an incident, by country code. Takes the table of ``cases``."""
    counts = cases.group_by("country", "outcome").agg(incident_count=nw.len()).collect()
    found: dict[str, dict[str, int]] = {}
    for row in counts.iter_rows(named=True):
        found.setdefault(row["country"], {})[row["outcome"]] = int(row["incident_count"])
    return {country: Tally(**found[country]) for country in sorted(found)}


def total(tallies: dict[str, Tally]) -> Tally:
    """The tally of all countries together."""
    names = Tally.__dataclass_fields__
    return Tally(**{name: sum(getattr(tally, name) for tally in tallies.values()) for name in names})


def fined(cases: Frame) -> dict[str, int]:
    """Incidents per country that count as charged because of a fine, without a conviction. Takes ``cases``.

    Where they occur, "charged" means something else than where they do not.
    """
    fined = cases.filter(nw.col("outcome") == "charged", ~nw.col("fine_amount").is_null())
    counts = fined.group_by("country").agg(incident_count=nw.len()).sort("country").collect()
    return {row["country"]: int(row["incident_count"]) for row in counts.iter_rows(named=True)}


def open_cases(cases: Frame, cut_year: int) -> Frame:
    """Count incidents under investigation when last heard of, by calendar years from the event to *cut_year*.

    Takes the table of ``cases``. Returns ``age_years``, ``outcome`` and ``incident_count``. An event after *cut_year*
    would be a fault of the data and keeps its negative age.
    """
    pending = cases.filter(nw.col("outcome") == "under_investigation")
    aged = pending.with_columns(age_years=(nw.lit(cut_year) - nw.col("year")).cast(nw.Int64))
    return aged.group_by("age_years", "outcome").agg(incident_count=nw.len()).sort("age_years")
