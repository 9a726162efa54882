"""Law and justice as published: provisions, treaties, official statistics."""

from typing import Final

from dashboard.domain.fields import N_, Field, Kind, Table
from dashboard.domain.tables import common
from dashboard.domain.tables.common import note, url

SOURCE_TITLE: Final = Field("source_title", N_("Source title"), max_length=400)
SOURCE_DATE: Final = Field("source_date", N_("Published"), description="As printed; may say `undated`.", max_length=80)


def months(name: str, label: str) -> Field:
    """A term of imprisonment."""
    return Field(name, label, Kind.NUMBER, "", low=0, high=1200, unit="months")


def yes_no(name: str, label: str) -> Field:
    """A finding: yes, no or unknown, sometimes with a remark."""
    return Field(name, label, max_length=40)


PROVISIONS: Final = Table(
    name="provisions",
    label=N_("Legal provisions"),
    row_is="one legal provision of one country on one topic, or the statement that none was found",
    source_file="raw/legal_provisions.csv",
    fields=(
        common.COUNTRY,
        Field("provision_topic", N_("Topic"), Kind.CODE, "", is_required=True, codes="provision_topic"),
        Field("status", N_("Status"), Kind.CODE, "`unknown`: nothing readable was found; never \"no law\".", is_required=True, codes="provision_status"),
        Field("instrument", N_("Instrument"), description="Act and article.", max_length=200),
        Field("year_adopted", N_("Adopted"), Kind.YEAR, "", low=1800, high=2100),
        Field("year_amended", N_("Amended"), Kind.YEAR, "", low=1800, high=2100),
        months("max_imprisonment_months", N_("Maximum imprisonment")),
        months("min_imprisonment_months", N_("Minimum imprisonment")),
        Field("max_fine_amount", N_("Maximum fine"), Kind.NUMBER, "In the currency beside it.", low=0),
        common.FINE_CURRENCY,
        note("summary", N_("Summary")),
        note("gap_note", N_("Gap")),
        SOURCE_TITLE,
        url(),
        SOURCE_DATE,
        Field("confidence", N_("Confidence"), Kind.CODE, "How sure the reading is.", codes="confidence"),
    ),
)  # fmt: skip

TREATIES: Final = Table(
    name="treaties",
    label=N_("Treaties and commitments"),
    row_is="one range country",
    source_file="raw/treaty_status.csv",
    key=("country",),
    fields=(
        common.COUNTRY,
        yes_no("cites_party", N_("CITES Party")),
        Field("cites_joining_type", N_("How it joined CITES"), max_length=40),
        Field("cites_accession_date", N_("CITES accession"), Kind.DATE),
        Field("cites_entry_into_force_date", N_("CITES in force from"), Kind.DATE),
        Field("cites_entry_into_force_year", N_("CITES in force since"), Kind.YEAR, low=1973, high=2100),
        url("cites_source_url", N_("CITES source")),
        Field("cites_nlp_category", N_("CITES legislation category"), description="National Legislation Project.", max_length=40),
        Field("cites_nlp_as_of", N_("Category as of"), Kind.DATE),
        note("cites_nlp_note", N_("Note on the category")),
        url("cites_nlp_source_url", N_("Source of the category")),
        yes_no("cms_party", N_("CMS Party")),
        Field("cms_year", N_("CMS since"), Kind.YEAR, low=1979, high=2100),
        note("cms_note", N_("Note on CMS")),
        url("cms_source_url", N_("CMS source")),
        yes_no("untoc_party", N_("UNTOC Party")),
        Field("untoc_year", N_("UNTOC since"), description="A year, or `by 2005` where only that is known.", max_length=20),
        note("untoc_note", N_("Note on UNTOC")),
        url("untoc_source_url", N_("UNTOC source")),
        yes_no("uncac_party", N_("UNCAC Party")),
        Field("uncac_year", N_("UNCAC since"), description="A year, or `by 2014` where only that is known.", max_length=20),
        note("uncac_note", N_("Note on UNCAC")),
        url("uncac_source_url", N_("UNCAC source")),
        months("max_penalty_months_found", N_("Highest term found")),
        yes_no("meets_untoc_4yr_threshold", N_("Meets the four-year line of UNTOC")),
        note("threshold_note", N_("Note on the four-year line")),
        yes_no("sawen_member", N_("SAWEN member")),
        yes_no("sawen_statute_endorsed_by_2016", N_("SAWEN statute endorsed by 2016")),
        url("sawen_source_url", N_("SAWEN source")),
        note("other_networks", N_("Other networks")),
        url("other_networks_source_url", N_("Source on networks")),
        Field("iccwc_toolkit_year", N_("ICCWC Toolkit"), Kind.YEAR, low=2010, high=2100),
        Field("iccwc_indicator_framework_year", N_("ICCWC Indicator Framework"), Kind.YEAR, low=2014, high=2100),
        note("iccwc_note", N_("Note on ICCWC")),
        yes_no("bishkek_declaration_2013", N_("Bishkek Declaration 2013")),
        yes_no("bishkek_declaration_2017", N_("Bishkek Declaration 2017")),
        url("gslep_source_url", N_("GSLEP source")),
        yes_no("nslep_exists", N_("National snow leopard programme (NSLEP)")),
        note("nslep_note", N_("Note on the NSLEP")),
        url("nslep_source_url", N_("NSLEP source")),
        Field("snow_leopard_national_status", N_("National status of the snow leopard"), max_length=120),
        url("snow_leopard_status_source_url", N_("Source of the national status")),
        note("to_verify", N_("To verify")),
    ),
)  # fmt: skip

JUSTICE_STATISTICS: Final = Table(
    name="justice_statistics",
    label=N_("Justice statistics"),
    row_is="one published figure",
    source_file="raw/justice_statistics.csv",
    fields=(
        Field("country", N_("Country"), Kind.CODE, "Range country, or a group such as RANGE12.", is_required=True, codes="country"),
        Field("year_from", N_("From"), Kind.YEAR, "", low=1900, high=2100),
        Field("year_to", N_("To"), Kind.YEAR, "", low=1900, high=2100),
        Field("scope", N_("Scope"), is_required=True, max_length=200),
        Field("metric", N_("Metric"), Kind.CODE, "What was counted.", is_required=True, codes="metric"),
        Field("value", N_("Value"), Kind.NUMBER, "As published.", is_required=True, low=0),
        Field("unit", N_("Unit"), is_required=True, max_length=120),
        SOURCE_TITLE,
        url(),
        SOURCE_DATE,
        note("note", N_("Note")),
        Field("geo_level", N_("Level"), Kind.CODE, "`single_case` rows are illustrations and stay out of totals.", is_required=True, codes="geo_level"),
        Field("species_scope", N_("Species covered"), Kind.CODE, "Anything but `snow_leopard` is a proxy.", is_required=True, codes="species_scope"),
        Field("numerator", N_("Numerator"), Kind.NUMBER, "Only where published with its denominator.", low=0),
        Field("denominator", N_("Denominator"), Kind.NUMBER, "", low=0),
        Field("denominator_basis", N_("Denominator basis"), max_length=120),
    ),
)  # fmt: skip
