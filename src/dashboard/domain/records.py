"""The tidy tables of one data version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import narwhals as nw

    Table = nw.LazyFrame[Any] | Callable[..., nw.LazyFrame[Any]]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Records:
    """Tables by name, as Narwhals frames that nobody mutates, and the version they are.

    A table may be a function that makes it, called when somebody asks for the table: it takes what ``part`` takes.
    The names and columns are those of ``domain.tables.TIDY``.
    """

    tables: Mapping[str, Table]
    data_version: str

    def __getitem__(self, name: str) -> nw.LazyFrame[Any]:
        """The table *name*."""
        table = self.tables[name]
        return table() if callable(table) else table

    def part(self, name: str, *columns: str, where: nw.Expr | None = None) -> nw.LazyFrame[Any]:
        """Some columns of the table *name*, or all, of the rows *where* something holds, or all.

        Where a table is narrowed in memory this costs what is asked for, and not the whole table.
        """
        table = self.tables[name]
        if callable(table):
            return table(*columns, where=where)
        found = table if where is None else table.filter(where)
        return found.select(*columns) if columns else found

    def with_tables(self, **tables: Table) -> Records:
        """The same version with some tables narrowed to a selection."""
        return replace(self, tables={**self.tables, **tables})
