"""The region as published: country profiles, range-wide aggregates, seizures that other countries reported."""

from typing import Final

from dashboard.domain.fields import N_, Field, Kind, Table
from dashboard.domain.tables.common import note, url


def animals(name: str, label: str) -> Field:
    """A number of snow leopards."""
    return Field(name, label, Kind.NUMBER, "", low=0, high=100_000, unit="animals")


def index_score(name: str, label: str) -> Field:
    """A score of the Global Organized Crime Index 2023, 1 to 10, by expert opinion."""
    return Field(name, label, Kind.NUMBER, "Expert score, 1 to 10; all species.", low=1, high=10)


COUNTRY_REFERENCE: Final = Table(
    name="country_reference",
    label=N_("Country profiles"),
    row_is="one range country",
    source_file="raw/country_reference.csv",
    key=("iso3",),
    fields=(
        Field("iso3", N_("Country"), Kind.CODE, "", is_required=True, codes="range_country"),
        Field("name_en", N_("Name in English"), is_required=True, max_length=80),
        Field("name_ru", N_("Name in Russian"), is_required=True, max_length=80),
        Field("capital", N_("Capital"), max_length=80),
        animals("sl_population_baseline_low", N_("Snow leopards, baseline, low")),
        animals("sl_population_baseline_high", N_("Snow leopards, baseline, high")),
        Field("baseline_source_title", N_("Source of the baseline"), max_length=200),
        url("baseline_source_url", N_("Link to the baseline")),
        animals("sl_population_latest_low", N_("Snow leopards, latest, low")),
        animals("sl_population_latest_high", N_("Snow leopards, latest, high")),
        Field("latest_year", N_("Year of the latest estimate"), max_length=20),
        Field("latest_basis", N_("Basis of the latest estimate"), max_length=200),
        url("latest_source_url", N_("Link to the latest estimate")),
        note("population_note", N_("Note on the population")),
        Field("gslep_landscapes", N_("GSLEP landscapes"), max_length=200),
        Field("gslep_landscape_area_km2", N_("Area of GSLEP landscapes"), Kind.NUMBER, "", low=0, unit="km²"),
        url("gslep_area_source_url", N_("Source of the area")),
        Field("sl_habitat_area_km2", N_("Snow leopard habitat"), Kind.NUMBER, "", low=0, unit="km²"),
        note("sl_habitat_note", N_("Note on the habitat")),
        animals("sl_poached_per_year_low", N_("Poached a year, low")),
        animals("sl_poached_per_year_high", N_("Poached a year, high")),
        note("poached_note", N_("Note on poaching")),
        url("poached_source_url", N_("Source on poaching")),
        index_score("oci2023_fauna_crimes_1to10", N_("Fauna crimes")),
        index_score("oci2023_criminality", N_("Criminality")),
        index_score("oci2023_resilience", N_("Resilience")),
        index_score("oci2023_national_policies_laws", N_("National policies and laws")),
        index_score("oci2023_judicial_system_detention", N_("Judicial system and detention")),
        index_score("oci2023_law_enforcement", N_("Law enforcement")),
        index_score("oci2023_international_cooperation", N_("International cooperation")),
        index_score("oci2023_anti_money_laundering", N_("Anti-money laundering")),
        url("oci_source_url", N_("Source of the index")),
        note("oci_note", N_("Note on the index")),
    ),
)

AGGREGATES: Final = Table(
    name="aggregates",
    label=N_("Published totals"),
    row_is="one total that a publication states",
    source_file="raw/aggregates_public.csv",
    fields=(
        Field("country", N_("Country"), description="Range country, or `range-wide`.", is_required=True, max_length=20),
        Field("period", N_("Period"), is_required=True, max_length=40),
        Field("species_or_group", N_("Species"), is_required=True, max_length=80),
        Field("indicator", N_("Indicator"), is_required=True, max_length=200),
        Field("value", N_("Value"), Kind.NUMBER, "As published.", is_required=True, low=0),
        Field("unit", N_("Unit"), is_required=True, max_length=40),
        Field("source_publisher", N_("Publisher"), max_length=200),
        Field("source_title", N_("Source title"), max_length=300),
        url(),
        note("note", N_("Note")),
    ),
)

SEIZED_FLOWS: Final = Table(
    name="seized_flows",
    label=N_("Seized shipments in the CITES trade database"),
    row_is="one group of species on one trade route, shipments recorded with source code I (seized)",
    source_file="raw/cites_seized_flows_range_states.csv",
    key=("group", "origin_iso2", "exporter_iso2", "importer_iso2"),
    fields=(
        Field("group", N_("Species group"), is_required=True, max_length=40),
        *(
            Field(name, label, Kind.CODE, "ISO 3166-1 alpha-2; XX is unknown.", is_required=True, pattern="[A-Z]{2}", max_length=2)
            for name, label in (
                ("origin_iso2", N_("Origin")),
                ("exporter_iso2", N_("Exporter")),
                ("importer_iso2", N_("Importer")),
            )
        ),
        Field("source_I_shipment_records", N_("Shipment records"), Kind.INTEGER, "", is_required=True, low=1),
    ),
)  # fmt: skip
