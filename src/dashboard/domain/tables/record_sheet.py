"""The sheet as it is stored: the incident sheet, and what the CITES annual illegal trade report asks besides."""

from typing import Final

from dashboard.domain.fields import N_, Field, Kind, Table
from dashboard.domain.tables.incident_sheet import INCIDENT_SHEET

DETAILS: Final = (
    Field("specimen_description", N_("Description of specimens"), description="Where the commodity does not say it all.", max_length=300),
    Field("transit_countries", N_("Countries of transit"), Kind.TEXT, "ISO 3166-1 alpha-3 codes, separated by `; `.", pattern=r"[A-Z]{3}(; [A-Z]{3})*", max_length=100),
    Field("seizure_reason", N_("Reason for seizure"), description="The offence as the agency names it.", max_length=300),
    Field("transport", N_("Means of transport"), max_length=200),
    Field("concealment", N_("Method of concealment"), max_length=300),
    Field("law_charged", N_("Law under which charges were brought"), max_length=300),
    Field("sanction", N_("Sanction"), description="As the report words it.", max_length=300),
    Field("disposal", N_("Disposal of confiscated specimens"), max_length=300),
    Field("additional_information", N_("Additional information"), max_length=1000),
    Field("publisher_kind", N_("Kind of publisher"), Kind.CODE, "Where the publisher is not in the reference list.", codes="publisher_kind"),
)  # fmt: skip
DETAIL_COLUMNS: Final = tuple(field.name for field in DETAILS)

RECORD_SHEET: Final = Table(
    name="record_sheet",
    label=N_("Record sheet"),
    row_is="one species and commodity in an incident, as it is stored and exported",
    key=("incident_id",),
    fields=(*INCIDENT_SHEET.fields, *DETAILS),
)
