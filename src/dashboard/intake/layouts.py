"""The layouts that files come in, and how a header is understood."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.domain.fields import N_
from dashboard.domain.tables.record_sheet import RECORD_SHEET
from dashboard.i18n.translator import LANGUAGES, Translator, translator
from dashboard.ingest.normalise import folded

SHEET: Final = "sheet"
CITES: Final = "cites"
STATE_COLUMNS: Final = ("record_status", "merged_into")  # only our own packages have them
DROPPED: Final = "nationality"
# Columns about persons, whatever they are called; none of our own headings matches.
PERSON: Final = r"(offender|suspect|accused|person|defendant|нарушител|подозреваем|обвиняем)"
ABOUT_PERSONS: Final = re.compile(
    r"nationalit|citizenship|гражданств|национальност|\bф ?и ?о\b|фамили|\bимя\b|\bимена\b|паспорт|passport|"
    r"date of birth|дата рождения|"
    rf"(name|names|имена?|имя) (of )?(the )?{PERSON}|"
    rf"^{PERSON}\w*( names?)?$"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of file: its columns with their headings (texts to translate), in order."""

    name: str
    label: str
    headings: Mapping[str, str]
    required: tuple[str, ...]

    def heading(self, column: str, t: Translator) -> str:
        """What a column is called on top of the file."""
        return t(self.headings[column])


SHEET_LAYOUT: Final = Layout(
    SHEET,
    N_("Incident sheet of this dashboard"),
    {field.name: field.label for field in RECORD_SHEET.fields} | {name: name for name in STATE_COLUMNS},
    ("date", "country", "incident_type", "species_common", "commodity", "outcome", "source_title", "source_publisher"),
)
CITES_LAYOUT: Final = Layout(
    CITES,
    N_("CITES annual illegal trade report"),
    {
        "record_id": N_("Record identifier"),
        "date": N_("Date of seizure"),
        "species": N_("Species"),
        "description": N_("Description of specimens"),
        "quantity": N_("Quantity"),
        "unit": N_("Unit"),
        "location": N_("Location of incident"),
        "agency": N_("Detecting agency"),
        "seizure_reason": N_("Reason for seizure"),
        "transport": N_("Means of transport"),
        "concealment": N_("Method of concealment"),
        "origin": N_("Alleged country of origin"),
        "transit": N_("Countries of transit"),
        "destination": N_("Alleged final destination"),
        DROPPED: N_("Nationality of offenders"),
        "law_charged": N_("Law under which charges were brought"),
        "sanction": N_("Sanction"),
        "disposal": N_("Disposal of confiscated specimens"),
        "additional": N_("Additional information"),
    },
    ("date", "species"),
)
LAYOUTS: Final = {layout.name: layout for layout in (SHEET_LAYOUT, CITES_LAYOUT)}
CITES_SYNONYMS: Final = {
    "species": ("scientific name", "taxon", "вид", "виды", "научное название"),
    "description": ("description", "description of specimen", "specimen", "описание", "описание образцов"),
    "quantity": ("quantity and unit", "quantity unit", "количество и единица", "количество"),
    "location": ("location", "location of seizure", "place of seizure", "место", "место изъятия"),
    "agency": ("agency", "ведомство", "орган"),
    "transit": ("transit", "country of transit", "транзит"),
    "date": ("date", "seizure date", "дата"),
    DROPPED: ("nationality", "гражданство"),
}


def names(layout: Layout) -> dict[str, str]:
    """Every way in which a column may be headed, folded: its name, and its heading in each language."""
    known: dict[str, str] = {}
    for column, heading in layout.headings.items():
        for text in (column, *(translator(lang)(heading) for lang in LANGUAGES)):
            known.setdefault(folded(text), column)
    if layout.name == CITES:
        for column, synonyms in CITES_SYNONYMS.items():
            known |= {folded(text): column for text in synonyms if folded(text) not in known}
    return known


def guess(header: Sequence[str], layout: Layout, remembered: Mapping[str, str] | None = None) -> dict[int, str]:
    """Which column each position of *header* holds; a column is taken once, unknown headings are left out."""
    known = names(layout)
    found: dict[int, str] = {}
    for position, heading in enumerate(header):
        column = (remembered or {}).get(heading) or known.get(folded(heading)) or _begun(folded(heading), known)
        if column in layout.headings and column not in found.values():
            found[position] = column
    return found


def _begun(heading: str, known: Mapping[str, str]) -> str:
    """The one column whose name begins with *heading*: "Единица" is "Единица измерения"."""
    found = {column for name, column in known.items() if name.startswith(f"{heading} ")} if heading else set()
    return found.pop() if len(found) == 1 else ""


def likely(header: Sequence[str]) -> Layout:
    """The layout that explains most of a header."""
    return max(LAYOUTS.values(), key=lambda layout: len(guess(header, layout)))


def is_about_persons(heading: str) -> bool:
    """Whether a column is dropped before anything is stored: nationality and names of persons."""
    return bool(ABOUT_PERSONS.search(folded(heading)))
