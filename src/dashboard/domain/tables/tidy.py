"""The tidy tables that every page, figure and export is drawn from."""

from dataclasses import replace
from typing import Final

from dashboard.domain.fields import N_, Field, Kind, Table
from dashboard.domain.tables import common
from dashboard.domain.tables.common import INCIDENT_ID

SOURCE_ID: Final = Field(
    "source_id", N_("Source"), Kind.IDENTIFIER, "Digest of publisher, title and link.", is_required=True
)
AMOUNTS: Final = (
    Field("item_count", N_("Items"), Kind.NUMBER, "Skins, horns, pieces. Never added to animals or mass.", low=0),
    Field("individual_count", N_("Individuals"), Kind.NUMBER, "Whole animals. Never added to items or mass.", low=0),
    Field("mass_kg", N_("Mass"), Kind.NUMBER, "Never added to counts.", low=0, unit="kg"),
)

INCIDENTS: Final = Table(
    "incidents",
    N_("Incidents"),
    "something that happened: a place, a time, a suspected offence",
    key=("incident_id",),
    fields=(
        INCIDENT_ID,
        Field("occurred_on", N_("Date"), Kind.DATE, "As precise as the source states it.", is_required=True),
        Field("occurred_on_precision", N_("Date precision"), Kind.CODE, is_required=True, codes="date_precision"),
        Field("date_basis", N_("Date basis"), Kind.CODE, "Stated, inferred, or the date of a verdict or report.", is_required=True, codes="date_basis"),
        Field("year", N_("Year"), Kind.YEAR, "Of occurred_on.", is_required=True),
        common.COUNTRY,
        common.ADMIN1,
        Field("province", N_("Province on the map"), Kind.CODE, "Empty where the source names none, or it lies in a disputed area.", codes="province"),
        common.PLACE,
        common.LAT,
        common.LON,
        common.COORD_PRECISION,
        common.INCIDENT_TYPE,
        common.AGENCY,
        Field("agency_kind", N_("Kind of agency"), Kind.CODE, "Of the first agency named.", is_required=True, codes="agency_kind"),
        common.OUTCOME,
        Field("evidence_grade", N_("Evidence"), Kind.CODE, "Derived from the publishers: official, corroborated, single.", is_required=True, codes="evidence_grade"),
        Field("evidence", N_("What the source says"), description="Paraphrase of the excerpt that was read."),
        Field("record_status", N_("Record status"), Kind.CODE, is_required=True, codes="record_status"),
    ),
)  # fmt: skip

SPECIMENS: Final = Table(
    "specimens",
    N_("Specimens"),
    "one taxon x commodity in an incident",
    key=("incident_id", "line"),
    fields=(
        INCIDENT_ID,
        Field("line", N_("Line"), Kind.INTEGER, "1 for the first row of the incident.", is_required=True, low=1),
        Field("taxon", N_("Species"), Kind.CODE, is_required=True, codes="taxon"),
        common.COMMODITY,
        *AMOUNTS,
    ),
)

LEGS: Final = Table(
    "legs",
    N_("Route"),
    "a country with a role on the trade route, as stated by the source",
    key=("incident_id", "role", "country"),
    fields=(
        INCIDENT_ID,
        Field("role", N_("Role"), Kind.CODE, is_required=True, codes="leg_role"),
        replace(common.COUNTRY, codes="country", description="ISO 3166-1 alpha-3 code."),
    ),
)

PROCEEDINGS: Final = Table(
    "proceedings",
    N_("Proceedings"),
    "what became of an incident in law; absent where the source states nothing",
    key=("incident_id",),
    fields=(
        INCIDENT_ID,
        common.PERSONS_ARRESTED,
        common.PERSONS_CHARGED,
        common.PERSONS_CONVICTED,
        common.OUTCOME,
        Field("outcome_on", N_("Date of the outcome"), Kind.DATE, "Not stated by the shipped sources."),
        common.IMPRISONMENT_MONTHS,
        Field("is_suspended", N_("Suspended"), description="True where only suspended terms were given; empty where no term is recorded."),
        Field("sentence_kind", N_("Kind of sentence"), description="`life_or_death` where no term in months applies."),
        common.FINE_AMOUNT,
        common.FINE_CURRENCY,
        Field("penalty_basis", N_("Basis of the penalty"), description="`reported_penalty`: fine, damages or both, not told apart."),
    ),
)  # fmt: skip

SOURCES: Final = Table(
    "sources",
    N_("Sources"),
    "a publication behind a record",
    key=("source_id",),
    fields=(
        SOURCE_ID,
        Field(
            "title",
            N_("Title"),
            description="Headline, or a description in [brackets]. Empty where only the publisher is known.",
        ),
        Field("publisher", N_("Publisher"), is_required=True),
        Field("publisher_kind", N_("Kind of publisher"), Kind.CODE, is_required=True, codes="publisher_kind"),
        Field("published_on", N_("Published"), Kind.DATE),
        Field("url", N_("Link"), Kind.URL, max_length=common.LONGEST_URL),
        common.LANGUAGE,
    ),
)

CITATIONS: Final = Table(
    "citations",
    N_("Sources of incidents"),
    "an incident and a publication behind it",
    key=("incident_id", "source_id"),
    fields=(INCIDENT_ID, SOURCE_ID),
)

COVERAGE: Final = Table(
    "coverage",
    N_("Coverage"),
    "what is known of a country and year",
    key=("country", "year"),
    fields=(
        common.COUNTRY,
        Field("year", N_("Year"), Kind.YEAR, is_required=True),
        Field("source_kind", N_("Kind of source"), description="`public_sources`, or the agency that reported."),
        Field("state", N_("State"), Kind.CODE, "reported, nil, no_report, not_searched or withheld.", is_required=True, codes="coverage_state"),
    ),
)  # fmt: skip

TIDY_TABLES: Final = (INCIDENTS, SPECIMENS, LEGS, PROCEEDINGS, SOURCES, CITATIONS, COVERAGE)
