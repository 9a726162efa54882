"""Reference tables: a name in English and in Russian for everything that is shown."""

from typing import Final

from dashboard.domain.fields import N_, Field, Kind, Table
from dashboard.domain.tables.workshop import ASSESSMENT, STORYLINES

NAME_EN: Final = Field("name_en", N_("Name in English"), is_required=True, max_length=160)
NAME_RU: Final = Field("name_ru", N_("Name in Russian"), is_required=True, max_length=160)


def code(name: str, label: str, description: str = "", *, codes: str = "", is_required: bool = True) -> Field:
    """A code or a name exactly as the records write it."""
    return Field(name, label, Kind.CODE, description, is_required=is_required, codes=codes, max_length=160)


VOCABULARY: Final = Table(
    "vocabulary",
    N_("Vocabulary"),
    "one code of one list",
    source_file="reference/vocabulary.csv",
    key=("list", "code"),
    fields=(
        code("list", N_("List")),
        code("code", N_("Code")),
        Field("label_en", N_("Label in English"), is_required=True, max_length=80),
        Field("label_ru", N_("Label in Russian"), is_required=True, max_length=80),
        Field("description_en", N_("Description in English")),
        Field("description_ru", N_("Description in Russian")),
    ),
)

COUNTRIES: Final = Table(
    "countries",
    N_("Countries"),
    "one country, area or group of countries that a record or a statistic names",
    source_file="reference/countries.csv",
    key=("country",),
    fields=(
        code("country", N_("Country"), "ISO 3166-1 alpha-3, or a group such as RANGE12."),
        NAME_EN,
        NAME_RU,
        Field("is_range_country", N_("Range country"), Kind.TEXT, "yes or no", is_required=True, pattern="yes|no"),
        Field("iso2", N_("ISO code, two letters"), pattern="[A-Z]{2}", max_length=2),
    ),
)

ADMIN1_NAMES: Final = Table(
    "admin1",
    N_("Provinces"),
    "one first-level unit as the records write it",
    source_file="reference/admin1.csv",
    key=("country", "admin1"),
    fields=(code("country", N_("Country"), codes="range_country"), code("admin1", N_("Province")), NAME_EN, NAME_RU),
)

PROVINCES: Final = Table(
    "provinces",
    N_("Provinces on the map"),
    "one first-level unit as it is drawn",
    source_file="geo/admin1.csv",
    key=("province",),
    fields=(
        Field(
            "province",
            N_("Province"),
            Kind.IDENTIFIER,
            "Of the map; see data/geo/README.md.",
            is_required=True,
            pattern="[A-Z]{3}-[A-Z0-9]+",
            max_length=12,
        ),
        code("country", N_("Country"), codes="range_country"),
        NAME_EN,
        NAME_RU,
        Field(
            "lon",
            N_("Longitude"),
            Kind.NUMBER,
            "Of a point well inside.",
            is_required=True,
            low=-180,
            high=195,
            unit="°",
        ),
        Field(
            "lat", N_("Latitude"), Kind.NUMBER, "Of a point well inside.", is_required=True, low=-90, high=90, unit="°"
        ),
    ),
)

PROVINCE_MATCH: Final = Table(
    "province_match",
    N_("Provinces as recorded, on the map"),
    "one province as the records write it, and the unit of the map it lies in",
    source_file="geo/admin1_match.csv",
    key=("country", "admin1"),
    fields=(
        code("country", N_("Country"), codes="range_country"),
        code("admin1", N_("Province")),
        code(
            "province",
            N_("Province on the map"),
            "Empty in a disputed area, which is no country's on the map.",
            codes="province",
            is_required=False,
        ),
        Field("note", N_("Note")),
    ),
)

PLACES: Final = Table(
    "places",
    N_("Places"),
    "one place as the records write it",
    source_file="reference/places.csv",
    key=("country", "admin1", "place"),
    fields=(
        code("country", N_("Country"), codes="range_country"),
        code("admin1", N_("Province"), is_required=False),
        code("place", N_("Place")),
        NAME_EN,
        NAME_RU,
    ),
)

TAXA: Final = Table(
    "taxa",
    N_("Species"),
    "one taxon, or one group of taxa (rank `group`)",
    source_file="reference/taxa.csv",
    key=("taxon",),
    fields=(
        Field("taxon", N_("Species"), Kind.IDENTIFIER, is_required=True, pattern="[a-z][a-z0-9_]*", max_length=60),
        Field("parent", N_("Species group"), description="The group it belongs to; empty for a group.", max_length=60),
        Field(
            "rank",
            N_("Rank"),
            is_required=True,
            pattern="group|species|subspecies|genus|family|order|mixed|unspecified",
        ),
        Field("scientific_name", N_("Scientific name"), max_length=80),
        NAME_EN,
        NAME_RU,
        code("role", N_("Role"), "Empty for a group.", codes="role", is_required=False),
        code(
            "cites_appendix",
            N_("CITES Appendix"),
            "Empty where no list that was read settles it.",
            codes="cites_appendix",
            is_required=False,
        ),
        Field("cites_note_en", N_("Note on the Appendix"), max_length=200),
        Field("cites_note_ru", N_("Note on the Appendix in Russian"), max_length=200),
        Field("cites_as_of", N_("Appendix as of"), Kind.DATE),
        Field("cites_source_url", N_("Source of the Appendix"), Kind.URL),
        Field("prey_source_url", N_("Source on the diet of the snow leopard"), Kind.URL),
    ),
)

TAXA_MATCH: Final = Table(
    "taxa_match",
    N_("Species as recorded"),
    "one pair of names as records write it, and the taxon it stands for",
    source_file="reference/taxa_match.csv",
    key=("species_scientific", "species_common"),
    fields=(
        Field("species_scientific", N_("Scientific name"), max_length=80),
        Field("species_common", N_("Common name"), is_required=True, max_length=80),
        code("taxon", N_("Species"), codes="taxon"),
    ),
)

AGENCIES: Final = Table(
    "agencies",
    N_("Agencies"),
    "one agency, or several acting together, as the records write it",
    source_file="reference/agencies.csv",
    key=("agency",),
    fields=(
        code("agency", N_("Agency")),
        code("agency_kind", N_("Kind of agency"), "Of the first agency named.", codes="agency_kind"),
        NAME_EN,
        NAME_RU,
    ),
)

PUBLISHERS: Final = Table(
    "publishers",
    N_("Publishers"),
    "one publisher as the records write it",
    source_file="reference/publishers.csv",
    key=("publisher",),
    fields=(
        code("publisher", N_("Publisher")),
        code("publisher_kind", N_("Kind of publisher"), codes="publisher_kind"),
        code("origin", N_("Original publisher"), "Two publishers of the same origin are not independent."),
        NAME_EN,
        NAME_RU,
        Field("note", N_("Note")),
    ),
)

TEXTS: Final = Table(
    "texts",
    N_("Texts"),
    "one free text of the data in English, and how it reads in Russian",
    source_file="reference/texts.csv",
    may_be_empty=True,
    key=("text",),
    fields=(
        Field("text", N_("Text in English"), description="Exactly as a record says it.", is_required=True, max_length=600),
        Field("text_ru", N_("Text in Russian"), is_required=True, max_length=900),
    ),
)  # fmt: skip

ANNOTATIONS: Final = Table(
    "annotations",
    N_("Annotations"),
    "one statement about an incident that the flat sheet cannot hold",
    source_file="reference/annotations.csv",
    may_be_empty=True,
    key=("incident_id", "column"),
    fields=(
        Field("incident_id", N_("Incident"), Kind.IDENTIFIER, is_required=True, pattern=r"[A-Z]{2,5}-\d{4,}"),
        Field("column", N_("Column"), is_required=True, pattern="is_suspended|date_basis|sentence_kind|outcome_note"),
        Field("value", N_("Value"), is_required=True),
        Field("value_ru", N_("Value in Russian")),
        Field("reason", N_("Reason"), is_required=True),
    ),
)

CORRECTIONS: Final = Table(
    "corrections",
    N_("Corrections"),
    "one cell of a raw file that is known to be wrong or must not be shown, and what replaces it",
    source_file="corrections/incident_sheet.csv",
    may_be_empty=True,
    key=("record_id", "column"),
    fields=(
        Field("record_id", N_("Record"), Kind.IDENTIFIER, is_required=True, max_length=24),
        Field("column", N_("Column"), is_required=True, max_length=40),
        Field("was", N_("Was"), description="The cell as it is in the raw file; the load stops when it differs."),
        Field("becomes", N_("Becomes")),
        Field("reason", N_("Reason"), is_required=True),
        Field("source", N_("Source"), is_required=True, max_length=300),
        Field("noted_on", N_("Noted on"), Kind.DATE, is_required=True),
    ),
)

REFERENCE_TABLES: Final = (
    VOCABULARY,
    COUNTRIES,
    ADMIN1_NAMES,
    PROVINCES,
    PROVINCE_MATCH,
    PLACES,
    TAXA,
    TAXA_MATCH,
    AGENCIES,
    PUBLISHERS,
    TEXTS,
    ANNOTATIONS,
    CORRECTIONS,
    ASSESSMENT,
    STORYLINES,
)
