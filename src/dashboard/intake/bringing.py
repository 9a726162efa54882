"""What the import page asks of the desk."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Final

from dashboard.domain.fields import Field, Kind
from dashboard.domain.roles import Actor
from dashboard.domain.tables.record_sheet import RECORD_SHEET
from dashboard.i18n.labels import Labels
from dashboard.i18n.translator import Translator
from dashboard.ingest import upload
from dashboard.ingest.check import NUMERIC
from dashboard.ingest.harmonise import split
from dashboard.ingest.upload import Upload
from dashboard.intake import layouts
from dashboard.intake.cites import records
from dashboard.intake.combine import Reference, taxon
from dashboard.intake.commands import spoken
from dashboard.intake.desk import Desk
from dashboard.intake.layouts import Layout
from dashboard.intake.prepare import NEW, Prepared, Source, prepare
from dashboard.store import engine as engines
from dashboard.store import imports
from dashboard.store.schema import MAPPINGS

SHOWN: Final = (
    "incident_id", "date", "country", "admin1", "place", "incident_type", "species_common", "commodity", "quantity",
    "unit", "agency",
)  # fmt: skip


def read(content: BinaryIO, name: str) -> Upload:
    """Read a file of any kind we know."""
    return upload.read(content, name)


def guess(desk: Desk, header: Sequence[str], layout: Layout) -> dict[int, str]:
    """How a header is understood, as it was the last time where there was one."""
    return layouts.guess(header, layout, _remembered(desk, header, layout))


def _key(header: Sequence[str], layout: Layout) -> str:
    return json.dumps([layout.name, *header], ensure_ascii=False)


def _remembered(desk: Desk, header: Sequence[str], layout: Layout) -> dict[str, str]:
    with engines.reading(desk.engine) as connection:
        wanted = MAPPINGS.select().where(MAPPINGS.c.header == _key(header, layout))
        found = connection.execute(wanted).mappings().first()
    remembered: dict[str, str] = json.loads(found["mapping"]) if found else {}
    return remembered


def remember(desk: Desk, header: Sequence[str], layout: Layout, mapping: Mapping[int, str]) -> None:
    """Keep how a header was understood."""
    key, said = _key(header, layout), {header[i]: column for i, column in mapping.items()}
    with engines.writing(desk.engine) as connection:
        connection.execute(MAPPINGS.delete().where(MAPPINGS.c.header == key))
        connection.execute(MAPPINGS.insert().values(header=key, mapping=json.dumps(said, ensure_ascii=False)).inline())


def check(desk: Desk, brought: Upload, layout: Layout, mapping: Mapping[int, str], source: Source | None) -> Prepared:
    """Take a file along the road up to the store."""
    since = desk.state().version
    return prepare(
        brought, layout, mapping, desk.ref, there=desk.there, languages=spoken(desk.loaded), source=source, since=since
    )


def preview(
    ready: Prepared, columns: Sequence[str], count: int, t: Translator, labels: Labels, ref: Reference
) -> list[dict[str, str]]:
    """The first rows as they will be stored, in words, by heading."""
    fields = [RECORD_SHEET.by_name[name] for name in columns]
    return [
        {t(field.label): shown(field, row, t, labels, ref) or "–" for field in fields}
        for row in records(ready.cells.head(count))
    ]


def history(desk: Desk, actor: Actor) -> list[dict[str, Any]]:
    """The imports that the actor may see, the newest first."""
    with engines.reading(desk.engine, actor) as connection:
        return imports.listed(connection, actor)


def original(desk: Desk, actor: Actor, import_id: int) -> bytes:
    """The file of an import as it is kept."""
    with engines.reading(desk.engine, actor) as connection:
        return imports.original(connection, actor, import_id)


def kept_name(one: Mapping[str, Any]) -> str:
    """The name under which it can be saved."""
    name = str(one["file_name"])
    return f"{name.rsplit('.', 1)[0]}-without-persons.csv" if one["is_redacted"] else name


COMPARED: Final = (
    "date",
    "admin1",
    "place",
    "incident_type",
    "species_common",
    "commodity",
    "quantity",
    "agency",
    "source_publisher",
    "evidence",
)
UNTOLD: Final = (
    "incident_id",
    "date_precision",
    "lat",
    "lon",
    "coord_precision",
    "source_title",
    "language",
    "country",
)


def named(field: Field, cell: str, labels: Labels) -> str:
    """A cell with the name of its code, in the reader's language where there is one."""
    if not cell:
        return ""
    codes = "country" if field.codes == "range_country" else field.codes
    if codes:
        return labels.names.get((codes, cell), cell)
    if field.name == "source_publisher":
        return "; ".join(labels.names.get(("publisher", name), name) for name in split(cell))
    if field.name == "agency":
        return labels.names.get(("agency", cell), cell)
    return labels.text(cell)


def told(
    cells: Mapping[str, str], t: Translator, labels: Labels, ref: Reference, columns: Sequence[str] | None = None
) -> list[tuple[str, str]]:
    """What a record states, field by field, in words; empty fields are left out."""
    return [
        (t(field.label), shown(field, cells, t, labels, ref))
        for field in RECORD_SHEET.fields
        if cells.get(field.name) and field.name not in UNTOLD and (columns is None or field.name in columns)
    ]


def shown(field: Field, cells: Mapping[str, str], t: Translator, labels: Labels, ref: Reference) -> str:
    """One cell of a record in words."""
    cell, country = str(cells.get(field.name, "")), cells.get("country", "")
    if not cell:
        return ""
    if field.name == "incident_id":
        return t("new") if cell.startswith(NEW) else cell
    if field.kind is Kind.DATE:
        return t.date(cell)
    if field.kind in NUMERIC:
        return t.number(float(cell))
    if field.name == "admin1":
        return labels.names.get(("admin1", country, cell), cell)
    if field.name == "place":
        return labels.names.get(("place", country, str(cells.get("admin1", "")), cell), cell)
    if field.name == "species_common":
        return labels.names.get(("taxon", taxon((str(cells.get("species_scientific", "")), cell), ref)), cell)
    return named(field, cell, labels)


def codes_of(field: Field, desk: Desk) -> list[str]:
    """The codes that a field may hold, for a list to choose from."""
    return sorted(desk.ref.codes[field.codes]) if field.codes else []
