"""Columns that several tables share."""

from typing import Final

from dashboard.domain.fields import N_, Field, Kind

LONGEST_URL: Final = 500

COUNTRY: Final = Field(
    "country",
    N_("Country"),
    Kind.CODE,
    "ISO 3166-1 alpha-3 code of the reporting range country, as recorded; never derived from a position.",
    is_required=True,
    codes="range_country",
)
INCIDENT_ID: Final = Field(
    "incident_id",
    N_("Incident"),
    Kind.IDENTIFIER,
    "Identifier that never changes.",
    is_required=True,
    pattern=r"[A-Z]{2,5}-\d{4,}",
    max_length=20,
)
OUTCOME: Final = Field(
    "outcome",
    N_("Outcome"),
    Kind.CODE,
    "Last known status when the source was written; `unknown` means that the source stops at the event.",
    is_required=True,
    codes="outcome",
)
INCIDENT_TYPE: Final = Field(
    "incident_type", N_("Incident type"), Kind.CODE, "What happened.", is_required=True, codes="incident_type"
)
ADMIN1: Final = Field("admin1", N_("Province"), description="First-level unit as the source names it.", max_length=80)
PLACE: Final = Field("place", N_("Place"), description="Town, port, district or park as recorded.", max_length=120)
LAT: Final = Field(
    "lat", N_("Latitude"), Kind.NUMBER, "Nominal point, see coord_precision.", low=-90, high=90, unit="°"
)
LON: Final = Field(
    "lon", N_("Longitude"), Kind.NUMBER, "Nominal point, see coord_precision.", low=-180, high=180, unit="°"
)
COORD_PRECISION: Final = Field(
    "coord_precision",
    N_("Position precision"),
    Kind.CODE,
    "What the position stands for; `country` is a nominal point that is never drawn.",
    codes="coord_precision",
)
COMMODITY: Final = Field(
    "commodity", N_("Commodity"), Kind.CODE, "What was traded or found.", is_required=True, codes="commodity"
)
AGENCY: Final = Field("agency", N_("Agency"), description="Who acted, as the source names it.", max_length=120)
PERSONS_ARRESTED: Final = Field(
    "persons_arrested", N_("Persons arrested"), Kind.INTEGER, "As stated; empty is not zero.", low=0, high=10_000
)
PERSONS_CHARGED: Final = Field(
    "persons_charged",
    N_("Persons charged"),
    Kind.INTEGER,
    "Includes people booked, summoned or given an administrative protocol.",
    low=0,
    high=10_000,
)
PERSONS_CONVICTED: Final = Field(
    "persons_convicted", N_("Persons convicted"), Kind.INTEGER, "As stated; empty is not zero.", low=0, high=10_000
)
IMPRISONMENT_MONTHS: Final = Field(
    "imprisonment_months",
    N_("Imprisonment"),
    Kind.NUMBER,
    "Longest custodial term given to one defendant; a suspended term where only suspended terms were given.",
    low=0,
    high=1200,
    unit="months",
)
FINE_AMOUNT: Final = Field(
    "fine_amount",
    N_("Financial penalty reported"),
    Kind.NUMBER,
    "As reported: criminal fines and court-ordered or administrative damages are not told apart.",
    low=0,
)
FINE_CURRENCY: Final = Field(
    "fine_currency", N_("Currency"), Kind.CODE, "ISO 4217 code.", pattern=r"[A-Z]{3}", max_length=3
)
LANGUAGE: Final = Field("language", N_("Language of the source"), Kind.CODE, "ISO 639-1 code.", codes="language")


def url(name: str = "source_url", label: str = N_("Link")) -> Field:
    """A column of web addresses; several are separated by `` | ``."""
    return Field(
        name, label, Kind.URL, "Address of the source; several are separated by ` | `.", max_length=LONGEST_URL
    )


def note(name: str, label: str, description: str = "") -> Field:
    """A column of free text."""
    return Field(name, label, description=description, max_length=500)
