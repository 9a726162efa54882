"""What a column may hold: written once, used by checks, forms, templates, exports and the data dictionary."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


def N_(message: str) -> str:  # noqa: N802 - the gettext convention for "translate later"
    """Mark a text for the translators; it is looked up when it is shown."""
    return message


class Kind(StrEnum):
    """What the text in a cell stands for."""

    TEXT = "text"
    IDENTIFIER = "identifier"
    CODE = "code"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"  # partial ISO 8601: 2019, 2019-05 or 2019-05-03
    YEAR = "year"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table. An empty cell means "not stated", never zero and never "no"."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    description: str = ""
    is_required: bool = False
    codes: str = ""  # the list of ``data/reference`` that the cell must come from
    low: float | None = None
    high: float | None = None
    pattern: str = ""
    max_length: int = 500
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row is, its columns in order, and what identifies a row."""

    name: str
    label: str
    row_is: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    may_be_empty: bool = False  # a list of exceptions may hold nothing but its header
    source_file: str = ""  # the file under ``data/`` it is read from; empty for tables that ingest derives
    by_name: dict[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {f.name: f for f in self.fields})

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(f.name for f in self.fields)


RANGE_COUNTRIES: Final = (
    "AFG", "BTN", "CHN", "IND", "KAZ", "KGZ", "MNG", "NPL", "PAK", "RUS", "TJK", "UZB",
)  # fmt: skip
