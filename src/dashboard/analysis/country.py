"""What is counted for the report of one country; every function takes a selection and works for any other."""

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.keys import has
from dashboard.analysis.lines import GROUP, groups, incidents_per
from dashboard.analysis.overview import FINAL_OUTCOMES, PUBLIC
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.records import Records

FLAGSHIP: Final = "panthera_uncia"
NOTED: Final = ("is_routed", "is_flagship")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one country, and beside it what is not. Counts of what is selected, no estimates.

    *agency_year_count*: years of which an agency of the country reported; public sources are none.
    *review* is what the authority says of the reading of its law (``draft``: nothing yet), with its *statement* in
    English and in Russian, empty where there is none.
    """

    country: str
    incident_count: int = 0
    final_outcome_count: int = 0
    conviction_count: int = 0
    single_source_count: int = 0
    without_province_count: int = 0
    without_route_count: int = 0
    flagship_count: int = 0
    year_count: int = 0
    reported_year_count: int = 0
    not_searched_year_count: int = 0
    agency_year_count: int = 0
    topic_count: int = 0
    unknown_topic_count: int = 0
    review: str = ""
    decided_on: str = ""
    statement_en: str = ""
    statement_ru: str = ""

    @property
    def without_outcome_count(self) -> int:
        """Incidents of which no final outcome is known."""
        return self.incident_count - self.final_outcome_count

    def statement(self, lang: str) -> str:
        """The statement of the government in a language, or else in the one it was made in."""
        said = {"en": self.statement_en, "ru": self.statement_ru}
        return said.get(lang, "") or self.statement_en or self.statement_ru


def facts(records: Records, selected: Records) -> dict[str, Facts]:
    """What is known of every range country, whether or not anything of it is selected.

    A country without a row in a table
    counts 0 of it and has no review.
    """
    found: dict[str, dict[str, Any]] = {country: {} for country in sorted(RANGE_COUNTRIES)}
    for table in (
        _of_incidents(selected), _of_years(selected["coverage"]), _of_law(records["provisions"]),
        records["law_review"].with_columns(review=nw.col("status"))
        .select("country", "review", "decided_on", "statement_en", "statement_ru"),
    ):  # fmt: skip
        rows = table.collect().to_pandas()
        for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
            said = {str(k): v if isinstance(v, str) else int(v) for k, v in row.items() if v is not None}
            if row["country"] in found:
                found[str(row["country"])] |= said
    return {country: Facts(**{"country": country, **known}) for country, known in found.items()}


def noted(records: Records) -> Frame:
    """The incidents with ``is_routed`` (a source states some of the route) and ``is_flagship`` (a snow leopard)."""
    flagship = records.part("specimens", "incident_id", "taxon").filter(nw.col("taxon") == FLAGSHIP)
    incidents = records["incidents"]
    for name, rows in zip(NOTED, (records.part("legs", "incident_id"), flagship), strict=True):
        there = rows.group_by("incident_id").agg(row_count=nw.len())
        joined = incidents.join(there, on="incident_id", how="left")
        incidents = joined.with_columns((~nw.col("row_count").is_null()).alias(name)).drop("row_count")
    return incidents


def _of_incidents(selected: Records) -> Frame:
    stated = ("country", "outcome", "evidence_grade", "admin1")
    if has(selected, "incidents", *NOTED):
        rows = selected.part("incidents", *stated, *NOTED)
    else:
        narrow = selected.part("incidents", "incident_id", *stated)
        rows = noted(selected.with_tables(incidents=narrow)).drop("incident_id")
    province = nw.col("admin1")
    # the few combinations are counted first, and then what holds of them
    alike = rows.group_by(*stated, *NOTED).agg(alike=nw.len())
    return _sums(
        alike,
        incident_count=nw.lit(value=True),
        final_outcome_count=nw.col("outcome").is_in(FINAL_OUTCOMES),
        conviction_count=nw.col("outcome") == "convicted",
        single_source_count=nw.col("evidence_grade") == "single",
        without_province_count=province.is_null() | (province == ""),
        without_route_count=~nw.col("is_routed"),
        flagship_count=nw.col("is_flagship"),
    )


def _of_years(coverage: Frame) -> Frame:
    state = nw.col("state")
    return _sums(
        coverage,
        year_count=nw.lit(value=True),
        reported_year_count=state == "reported",
        not_searched_year_count=state == "not_searched",
        agency_year_count=nw.col("source_kind") != PUBLIC,
    )


def _of_law(provisions: Frame) -> Frame:
    """Of several rows on a topic the strongest counts, as in the matrix."""
    statuses = provisions.select("country", "provision_topic", "status").unique()
    known = statuses.filter(nw.col("status") != "unknown").select("country", "provision_topic").unique()
    topics = statuses.select("country", "provision_topic").unique()
    found = topics.join(known.with_columns(is_known=nw.lit(1, nw.Int64)), on=["country", "provision_topic"], how="left")
    return _sums(found, topic_count=nw.lit(value=True), unknown_topic_count=nw.col("is_known").is_null())


def _sums(rows: Frame, **conditions: nw.Expr) -> Frame:
    """Per country, of how many rows each condition holds; *rows* may say how many are ``alike``."""
    times = nw.col("alike") if "alike" in rows.collect_schema().names() else nw.lit(1)
    flags = rows.select("country", **{name: holds.cast(nw.Int64) * times for name, holds in conditions.items()})
    return flags.group_by("country").agg(**{name: nw.col(name).sum() for name in conditions})


def incidents_by_group(records: Records) -> Frame:
    """Count incidents per species group.

    An incident with several groups is counted in each. Returns ``group`` and ``incident_count``, largest first.
    """
    return _largest_first(incidents_per(records, GROUP, groups(records["taxa"])))


def incidents_by_commodity(records: Records) -> Frame:
    """Count incidents per commodity; an incident with several is counted in each. Columns as above."""
    return _largest_first(incidents_per(records, "commodity"))


def incidents_by_province(incidents: Frame) -> Frame:
    """Count incidents per province as the sources name it; those without one are absent. Columns as above."""
    named = incidents.filter(~nw.col("admin1").is_null(), nw.col("admin1") != "")
    return _largest_first(named.group_by("admin1").agg(incident_count=nw.len()))


def incidents_by_leg(records: Records) -> Frame:
    """Count incidents per role and country on the route. Returns ``role``, ``country``, ``incident_count``."""
    return (
        records.part("legs", "role", "country")
        .group_by("role", "country")
        .agg(incident_count=nw.len())
        .sort("role", "country")
    )


def _largest_first(counted: Frame) -> Frame:
    """Counts of a column with that column first: the largest first, then by name."""
    return counted.sort("incident_count", counted.collect_schema().names()[0], descending=[True, False])
