"""The desk: one place that knows the shipped records and the database, for the screen and the command line alike."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import pandas as pd
import sqlalchemy as sa

from dashboard.domain.faults import Fault, MovedError, StoreError
from dashboard.domain.roles import WRITERS, Actor
from dashboard.ingest.check import incident_of
from dashboard.ingest.package import Loaded
from dashboard.intake import combine
from dashboard.intake.combine import Reference
from dashboard.intake.prepare import NEW, Prepared
from dashboard.store import audit, changes, imports, location, migrate, rows, versions
from dashboard.store import engine as engines
from dashboard.store.changes import Done, Progress
from dashboard.store.imports import Original
from dashboard.store.schema import CONTENT, RECORD_ROWS
from dashboard.store.versions import State

INSUFFICIENT_PRIVILEGE: Final = "42501"  # of PostgreSQL
NUMBER: Final = re.compile(r"[A-Z]+-(\d+)")


class AuditError(RuntimeError):
    """The audit trail is broken: nothing more is written until somebody has looked."""


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """An open database over the shipped records."""

    engine: sa.Engine
    loaded: Loaded
    ref: Reference
    heads: Path

    def state(self, version: int | None = None) -> State:
        """The newest version, or an older one."""
        with engines.reading(self.engine) as connection:
            return versions.state(connection, version)

    def own(self, version: int | None = None) -> pd.DataFrame:
        """The rows of the database in a version."""
        if version == 0:
            return pd.DataFrame(columns=list(CONTENT), dtype="str")
        with engines.reading(self.engine) as connection:
            return rows.read(connection, version)

    def tables(self, version: int | None = None) -> Mapping[str, pd.DataFrame]:
        """The tables that pages are drawn from."""
        return combine.tables(self.loaded, self.ref, self.own(version))

    def there(self, ids: list[str]) -> pd.DataFrame:
        """The rows that stand for some records, shipped or own."""
        shipped = self.ref.shipped[self.ref.shipped["incident_id"].isin(ids)]
        with engines.reading(self.engine) as connection:
            live = rows.known(connection, ids) if rows.any_live(connection) else {}
            parts = [rows.read(connection, ids=list(live)[i : i + 900]) for i in range(0, len(live), 900)]
        return pd.concat([shipped[~shipped["incident_id"].isin(live)], *parts], ignore_index=True)

    def incident(self, incident_id: str) -> pd.DataFrame:
        """All rows of one incident that stand."""
        shipped = self.ref.shipped
        shipped = shipped[incident_of(shipped["incident_id"]) == incident_id]
        with engines.reading(self.engine) as connection:
            own = rows.of_incidents(connection, [incident_id])
        return pd.concat([shipped[~shipped["incident_id"].isin(own["incident_id"])], own], ignore_index=True)

    def preview(self, prepared: Prepared) -> changes.Plan:
        """What an import would do. Writes nothing."""
        with engines.reading(self.engine) as connection:
            cells = prepared.cells
            return changes.plan(connection, lambda: rows.tuples(cells), cells["incident_id"].tolist(), self.ref.base)

    def imported_in(self, digest: str) -> int | None:
        """The version in which a file came in before."""
        with engines.reading(self.engine) as connection:
            return imports.version_of(connection, digest)

    def keep(
        self, prepared: Prepared, content: BinaryIO, actor: Actor, why: str, progress: Progress | None = None
    ) -> Done:
        """Store a sound file: everything, or nothing at all. *progress* is told how many rows are done.

        Raises ``MovedError`` where somebody has changed records of the file since it was prepared, and
        ``BroughtError`` where the file itself came in meanwhile: in both cases it has to be looked at again.
        """
        if not prepared.is_sound:
            raise ValueError(f"{prepared.upload.file} has errors; nothing of it is stored")
        actor.must(*WRITERS)
        kept = without_persons(prepared, content) if prepared.dropped else content
        upload = prepared.upload
        original = Original(upload.file, prepared.layout.name, upload.digest, upload.size, kept, bool(prepared.dropped))
        with engines.writing(self.engine, actor) as connection:
            _must_stand(connection, prepared)
            cells = self._identified(connection, prepared.cells)
            done = imports.save(connection, actor, cells, original, self.ref.base, why, progress)
        return self.sealed(done)

    def undo(self, import_id: int, actor: Actor, why: str) -> Done:
        """Take an import back."""
        with engines.writing(self.engine, actor) as connection:
            done = imports.undo(connection, actor, import_id, self.ref.base, why)
        return self.sealed(done)

    def change(self, cells: pd.DataFrame, actor: Actor, kind: str, why: str, **told: Any) -> Done:
        """Write rows as a version of their own."""
        with engines.writing(self.engine, actor) as connection:
            done = self.change_in(connection, cells, actor, kind, why, **told)
        return self.sealed(done)

    def change_in(
        self, connection: sa.Connection, cells: pd.DataFrame, actor: Actor, kind: str, why: str, **told: Any
    ) -> Done:
        """The same within a transaction."""
        ready = self._identified(connection, cells)
        planned = changes.plan(connection, lambda: rows.tuples(ready), ready["incident_id"].tolist(), self.ref.base)
        return changes.apply(connection, actor, planned, kind, why, **told)

    def sealed(self, done: Done) -> Done:
        """Write the new head of the audit trail outside the database."""
        if done.head:
            audit.note_head(self.heads, *done.head)
        return done

    def audit_problems(self) -> list[str]:
        """Where the audit trail is broken; empty when all is well."""
        with engines.reading(self.engine) as connection:
            return list(audit.problems(connection, self.heads))

    def _identified(self, connection: sa.Connection, cells: pd.DataFrame) -> pd.DataFrame:
        """Give identifiers, ``KGZ-0001`` and on, to rows without one. In the transaction: none is given twice."""
        is_new = cells["incident_id"].str.startswith(NEW)
        if not is_new.any():
            return cells
        cells = cells.copy()
        for country in cells.loc[is_new, "country"].unique():
            of_country = is_new & (cells["country"] == country)
            first = self._last_number(connection, str(country), cells["incident_id"]) + 1
            numbers = range(first, first + int(of_country.sum()))
            cells.loc[of_country, "incident_id"] = [f"{country}-{number:04d}" for number in numbers]
        return cells

    def _last_number(self, connection: sa.Connection, country: str, also: pd.Series) -> int:
        """The highest number ever given for a country, in any version."""
        prefix = f"{country}-"
        ever = sa.select(RECORD_ROWS.c.incident_id).where(RECORD_ROWS.c.incident_id.startswith(prefix)).distinct()
        taken = [*connection.execute(ever).scalars(), *also[also.str.startswith(prefix)], *self.ref.base.digests]
        return max((int(m[1]) for one in taken if one.startswith(prefix) and (m := NUMBER.match(one))), default=0)


def _must_stand(connection: sa.Connection, prepared: Prepared) -> None:
    """Raise ``MovedError`` unless the records of a file are as they were when it was held against them."""
    if versions.state(connection).version == prepared.since:
        return
    ids = prepared.cells["incident_id"]
    known = ids[~ids.str.startswith(NEW)]
    if moved := rows.moved(connection, sorted({*known, *incident_of(known)}), prepared.since):
        raise MovedError(tuple(moved))


def open_desk(loaded: Loaded, address: str | None = None) -> Desk:
    """Open the database, making it and bringing it to this release where needed."""
    address = address or location.url()
    with engines.told(Fault.UNREACHABLE):
        made = engines.engine(address)
        try:
            migrate.upgrade(made)
        except sa.exc.ProgrammingError as problem:
            if getattr(problem.orig, "sqlstate", "") != INSUFFICIENT_PRIVILEGE:
                raise
            raise StoreError(Fault.NOT_THIS_LOGIN, str(problem.orig)) from problem
    return Desk(made, loaded, combine.reference(loaded), location.audit_head(address))


def without_persons(prepared: Prepared, content: BinaryIO) -> BinaryIO:
    """The file without its columns about persons, as CSV: what was dropped is kept nowhere."""
    content.seek(0)
    header = prepared.upload.header
    keep = [i for i, heading in enumerate(header) if heading not in prepared.dropped]
    cells = prepared.upload.cells[keep]
    cells.columns = pd.Index([header[i] for i in keep])
    return io.BytesIO(cells.to_csv(index=False).encode())
