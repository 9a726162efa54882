"""What a selection looks at, kept in every table of an incident: narrowing it then takes a look and no join."""

from collections.abc import Callable
from functools import cache
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.domain.records import Records

KEYS: Final = ("country", "province", "year", "incident_type", "evidence_grade")
TAXON: Final = "taxon"  # of a described incident: one, or several
BELONGING: Final = ("specimens", "legs", "proceedings", "citations")  # the tables that hold rows of incidents


def of(column: str) -> str:
    """What the column of the incident is called in a table of its rows; a leg has a country of its own."""
    return f"of_{column}"


LOOKED_AT: Final = tuple(map(of, (*KEYS, TAXON)))


def is_keyed(table: Frame) -> bool:
    """Whether the table says of each row what a selection looks at."""
    return of("country") in table.collect_schema().names()


def is_described(table: Frame, column: str = TAXON) -> bool:
    """Whether the incidents, or by another *column* the rows of them, say what their incident is about."""
    return column in table.collect_schema().names()


def has(records: Records, name: str, *columns: str) -> bool:
    """Whether a table has these columns; a table that is still to be narrowed is not narrowed for that."""
    nothing = records.part(name, where=nw.col("incident_id").is_null())
    return set(columns) <= set(nothing.collect_schema().names())


def keyed(table: Frame, incidents: Frame) -> Frame:
    """The rows with the ``KEYS`` of their incident, and its taxon where it is described; missing where it has none."""
    year = nw.col("year").cast(nw.Int16)  # there are millions of them
    described = [TAXON] if is_described(incidents) else []
    keys = incidents.select("incident_id", *KEYS, *described).with_columns(year)
    named = keys.rename({column: of(column) for column in (*KEYS, *described)})
    return table.drop(*LOOKED_AT, strict=False).join(named, on="incident_id", how="left")


def whole(make: Callable[[], Frame]) -> Callable[..., Frame]:
    """A table that is made as a whole when it is first asked for."""
    made = cache(make)

    def part(*columns: str, where: nw.Expr | None = None) -> Frame:
        found = made() if where is None else made().filter(where)
        return found.select(*columns) if columns else found

    return part


def narrowed(table: Frame, conditions: dict[str, nw.Expr]) -> Callable[..., Frame]:
    """A table of which no more is narrowed than is asked for: *conditions* by the column that each looks at.

    What a selection looked at is not in it: behind the lock a province of few is withheld after that.
    """
    kept = whole(lambda: table.filter(*conditions.values()).drop(*LOOKED_AT, strict=False))

    def part(*columns: str, where: nw.Expr | None = None) -> Frame:
        if where is not None:
            found = table.filter(where).filter(*conditions.values())
            return found.select(*columns) if columns else found.drop(*LOOKED_AT, strict=False)
        if not columns:
            return kept()
        needed = table.select(*dict.fromkeys((*columns, *conditions)))
        return needed.filter(*conditions.values()).select(*columns)

    return part if conditions else whole(lambda: table)
