"""The tables of the edition: CSV files that no spreadsheet runs, and the data package that describes them."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from dashboard.domain.fields import Field, Kind
from dashboard.domain.records import Records
from dashboard.domain.tables import TABLES
from dashboard.figures.numbers import harmless
from dashboard.figures.spec import collected

DESCRIPTOR: Final = "datapackage.json"
TYPES: Final = {Kind.INTEGER: "integer", Kind.NUMBER: "number", Kind.YEAR: "integer"}
GIVEN: Final = (  # not `country_reference`: the terms of the index in it allow no copies elsewhere (docs/data-licences)
    "incidents",
    "specimens",
    "legs",
    "proceedings",
    "citations",
    "sources",
    "coverage",
    "provisions",
    "treaties",
    "justice_statistics",
    "seized_flows",
    "countries",
    "taxa",
    "vocabulary",
)
NEAREST: Final = "exact"  # a precision of place that is nobody's business but the agency's


def files(records: Records, package: bytes) -> dict[str, bytes]:
    """The files of the folder of data, by name. *package* is the zipped data package of the record sheet."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    described: dict[str, Any] = json.loads(found[DESCRIPTOR])
    for name in GIVEN:
        found[file_of(name)] = _csv(name, records)
        described["resources"].append(_described(name))
    found[DESCRIPTOR] = (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
    return found


def label(name: str) -> str:
    """What a table is called, to be translated."""
    return TABLES[name].label


def file_of(name: str) -> str:
    """The name of the file of a table."""
    return f"{name.replace('_', '-')}.csv"


def _csv(name: str, records: Records) -> bytes:
    """A table with the columns that its definition names, codes as they are, an empty cell for what is not stated."""
    fields = TABLES[name].fields
    rows = collected(records[name].select(*(field.name for field in fields)))
    if "coord_precision" in rows:
        rows[["lat", "lon"]] = rows[["lat", "lon"]].mask(rows["coord_precision"] == NEAREST)
    text = io.StringIO()
    plain = csv.writer(text, lineterminator="\r\n")
    plain.writerow([field.name for field in fields])
    cells = rows.astype(object).where(rows.notna(), "")
    plain.writerows([_cell(value) for value in row] for row in cells.itertuples(index=False, name=None))
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return harmless(value) if isinstance(value, str) else value


def _described(name: str) -> Mapping[str, Any]:
    table = TABLES[name]
    return {
        "name": name.replace("_", "-"),
        "path": file_of(name),
        "title": table.label,
        "description": f"One row is {table.row_is}.",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": {
            "fields": [_field(field) for field in table.fields],
            "missingValues": [""],
            **({"primaryKey": list(table.key)} if table.key else {}),
        },
    }


def _field(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"name": field.name, "type": TYPES.get(field.kind, "string"), "title": field.label}
    return found | ({"description": field.description} if field.description else {})
