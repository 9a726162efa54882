"""Versions of the records: what each is called, and what changed between two."""

import hashlib
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from dashboard.store import rows
from dashboard.store.schema import CONTENT, RECORD_ROWS, VERSIONS


@dataclass(frozen=True, slots=True)
class State:
    """What a version holds besides the shipped records."""

    version: int = 0
    row_count: int = 0
    content_sum: str = ""

    def data_version(self, shipped: str) -> str:
        """The shipped version, and a digest of every row beside it; without any, the shipped version alone."""
        if not self.row_count:
            return shipped
        return f"{shipped}.{hashlib.sha256(self.content_sum.encode()).hexdigest()[:8]}"


def state(connection: sa.Connection, version: int | None = None) -> State:
    """The newest version, or an older one; version 0 is the shipped data."""
    v = VERSIONS.c
    wanted = sa.select(v.version, v.row_count, v.content_sum).order_by(v.version.desc()).limit(1)
    found = connection.execute(wanted if version is None else wanted.where(v.version <= version)).first()
    return State(int(found.version), int(found.row_count), str(found.content_sum)) if found else State()


def listed(connection: sa.Connection) -> list[dict[str, Any]]:
    """All versions, the newest first."""
    return [dict(one) for one in connection.execute(sa.select(VERSIONS).order_by(VERSIONS.c.version.desc())).mappings()]


def rows_between(connection: sa.Connection, older: int, newer: int) -> pd.DataFrame:
    """Rows that came or went between two versions: ``side`` is ``old`` or ``new``, with the cells of ``CONTENT``."""
    cells = [RECORD_ROWS.c[name] for name in CONTENT]
    parts = []
    for side, here, there in (("old", older, newer), ("new", newer, older)):
        wanted = sa.select(*cells).where(rows.live(here), sa.not_(rows.live(there)))
        part = pd.DataFrame(connection.execute(wanted).all(), columns=list(CONTENT), dtype="str")
        parts.append(part.assign(side=side))
    return pd.concat(parts, ignore_index=True)
