"""The tidy tables of one data version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import narwhals as nw


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """Tables by name, as Narwhals frames that nobody mutates, and the version they are.

    The names and columns are those of ``domain.tables.TIDY``.
    """

    tables: Mapping[str, nw.LazyFrame[Any]]
    data_version: str

    def __getitem__(self, name: str) -> nw.LazyFrame[Any]:
        """The table *name*."""
        return self.tables[name]

    def with_tables(self, **tables: nw.LazyFrame[Any]) -> Records:
        """The same version with some tables narrowed to a selection."""
        return replace(self, tables={**self.tables, **tables})
