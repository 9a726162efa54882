"""The flat sheet in which incidents are submitted: one row per species and commodity of an incident."""

from typing import Final

from dashboard.domain.fields import N_, Field, Kind, Table
from dashboard.domain.tables import common

INCIDENT_SHEET: Final = Table(
    name="incident_sheet",
    label=N_("Incident sheet"),
    row_is="one species and commodity in an incident; rows of one incident share its identifier",
    source_file="raw/incidents_public.csv",
    key=("incident_id",),
    fields=(
        Field(
            "incident_id",
            N_("Incident"),
            Kind.IDENTIFIER,
            "`PUB-0045` is the incident; `PUB-0045-2`, `-3` are further species or commodities of the same event.",
            is_required=True,
            pattern=r"[A-Z]{2,5}-\d{4,}(-\d{1,3})?",
            max_length=24,
        ),
        Field("date", N_("Date"), Kind.DATE, "Date of the event, as precise as the source states it.", is_required=True),
        Field("date_precision", N_("Date precision"), Kind.CODE, "", is_required=True, codes="date_precision"),
        common.COUNTRY,
        common.ADMIN1,
        common.PLACE,
        common.LAT,
        common.LON,
        common.COORD_PRECISION,
        common.INCIDENT_TYPE,
        Field("species_scientific", N_("Scientific name"), description="As recorded; empty where not identified.", max_length=80),
        Field("species_common", N_("Common name"), description="English name as recorded.", is_required=True, max_length=80),
        common.COMMODITY,
        Field("quantity", N_("Quantity"), Kind.NUMBER, "As reported, in the unit beside it.", low=0, high=10_000_000),
        Field("unit", N_("Unit"), Kind.CODE, "One unit a row: items, individuals or kg.", codes="unit"),
        common.AGENCY,
        Field("transit_origin", N_("Origin"), Kind.CODE, "Country the goods came from, as stated.", codes="country"),
        Field("transit_destination", N_("Destination"), Kind.CODE, "Stated or intended destination.", codes="country"),
        common.PERSONS_ARRESTED,
        common.PERSONS_CHARGED,
        common.PERSONS_CONVICTED,
        common.OUTCOME,
        common.IMPRISONMENT_MONTHS,
        common.FINE_AMOUNT,
        common.FINE_CURRENCY,
        Field("source_title", N_("Source title"), description="Headline, or a description in [brackets].", is_required=True, max_length=300),
        Field("source_publisher", N_("Publisher"), description="Publishers, separated by `;`.", is_required=True, max_length=200),
        Field("source_date", N_("Published"), Kind.DATE, "Date of publication."),
        common.url(),
        Field("evidence", N_("What the source says"), description="What the source says, in at most 25 words.", max_length=500),
        common.LANGUAGE,
    ),
)  # fmt: skip
