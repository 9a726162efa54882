"""Describes the data from the field dictionary: the data package and the data dictionary, never written by hand."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from dashboard.domain.fields import Field, Kind, Table
from dashboard.domain.tables import FILE_TABLES, TIDY_TABLES
from dashboard.domain.tables.record_sheet import RECORD_SHEET
from dashboard.ingest.package import DATA, DESCRIPTOR, code_lists, descriptor
from dashboard.ingest.read import read

DICTIONARY: Final = "data-dictionary.md"
FRICTIONLESS_TYPES: Final = {Kind.INTEGER: "integer", Kind.NUMBER: "number", Kind.YEAR: "integer"}
PARTIAL_DATE: Final = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def package(folder: Path = DATA) -> dict[str, Any]:
    """The Frictionless Data Package of *folder*: what a person wrote of it, and every file with its fields."""
    written = {key: value for key, value in descriptor(folder).items() if key != "resources"}
    codes = code_lists(
        {t.name: read((folder / t.source_file).read_bytes(), t, t.source_file).cells for t in FILE_TABLES}
    )
    return {**written, "resources": [_resource(table, folder, codes) for table in FILE_TABLES]}


def _resource(table: Table, folder: Path, codes: Any) -> dict[str, Any]:
    content = (folder / table.source_file).read_bytes()
    schema: dict[str, Any] = {"fields": [_field(f, codes) for f in table.fields], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {
        "name": table.name.replace("_", "-"),
        "path": table.source_file,
        "title": table.label,
        "description": f"One row is {table.row_is}.",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(field: Field, codes: Any) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.is_required else {}
    if field.codes:
        constraints["enum"] = sorted(codes[field.codes])
    if field.low is not None:
        constraints["minimum"] = field.low
    if field.high is not None:
        constraints["maximum"] = field.high
    if field.kind is Kind.DATE:
        constraints["pattern"] = PARTIAL_DATE
    elif field.pattern:
        constraints["pattern"] = f"^({field.pattern})$"
    described: dict[str, Any] = {
        "name": field.name,
        "type": FRICTIONLESS_TYPES.get(field.kind, "string"),
        "title": field.label,
    }
    if field.description:
        described["description"] = field.description
    if constraints:
        described["constraints"] = constraints
    return described


def dictionary() -> str:
    """The data dictionary: every table and column, as a Markdown page."""
    parts = [
        "# Data dictionary",
        "",
        "Generated from `src/dashboard/domain/tables/` by `make describe`; a test fails when it is out of date.",
        'An empty cell means "not stated": never zero, never "no".',
        "",
        "## The tables that pages are drawn from",
        "",
        *(line for table in TIDY_TABLES for line in _section(table)),
        "## The sheet in which records are imported, stored and exported",
        "",
        *_section(RECORD_SHEET),
        "## The files they are made from",
        "",
        *(line for table in FILE_TABLES for line in _section(table)),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _section(table: Table) -> list[str]:
    place = f" File: `data/{table.source_file}`." if table.source_file else ""
    key = f" Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    return [
        f"### `{table.name}`: {table.label}",
        "",
        f"One row is {table.row_is}.{key}{place}",
        "",
        "| column | label | kind | required | allowed | meaning |",
        "|---|---|---|---|---|---|",
        *(
            f"| `{f.name}` | {f.label} | {f.kind} | {'yes' * f.is_required} | {_allowed(f)} | {f.description} |"
            for f in table.fields
        ),
        "",
    ]


def _allowed(field: Field) -> str:
    if field.codes:
        return f"list `{field.codes}`"
    if field.pattern:
        return "`" + field.pattern.replace("|", "\\|") + "`"
    limits = [f"{sign} {limit:g}" for sign, limit in (("≥", field.low), ("≤", field.high)) if limit is not None]
    return " ".join([*limits, *([field.unit] if field.unit else [])])


def write(folder: Path = DATA) -> None:
    """Write both descriptions where they belong."""
    text = json.dumps(package(folder), ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")
    (folder.parent / "docs" / DICTIONARY).write_text(dictionary(), encoding="utf-8", newline="\n")
