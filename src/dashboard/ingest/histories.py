"""Reads a file of detection histories: one row per visit, with what is known of the place, the period and the visit.

Columns ``site``, ``season`` and ``visit`` name the place, the primary period and the visit in it, as text; seasons and
visits are ordered by number where they are numbers, else as text. ``detected`` is 1 or 0; empty means that nobody
looked, like a row that is not there. Every further column is a covariate: a number, or text for a factor. It belongs to
the place if it is the same in all of its rows, else to the period of the place, else to the visit.
"""

import csv
import io
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.domain.fields import Field, Kind, Table
from dashboard.domain.issues import Code, Issue
from dashboard.ingest.check import NUMBER, check, has_errors
from dashboard.ingest.read import BYTE_ORDER_MARK, read, shorten

KEYS: Final = ("site", "season", "visit")
RESERVED: Final = ("season", "visit", "channel", "confirmed", "unconfirmed", "factor")
NAME: Final = r"[^\W\d][\w.]*"
MOST_CELLS: Final = 2_000_000  # units x periods x visits; more would not be fitted while somebody waits


@dataclass(frozen=True, slots=True, eq=False)
class Uploaded:
    """Histories, or ``None`` with the Issues that say why not.

    *data* holds the arguments of ``analysis.occupancy.OccupancyData``; *covariates* maps a name to what it varies by.
    """

    data: dict[str, Any] | None
    covariates: dict[str, str]
    issues: tuple[Issue, ...]


def histories(content: bytes, file: str) -> Uploaded:
    """Read and check *content*; all Issues at once, with rows as a spreadsheet counts them."""
    extra = _further_columns(content)
    table = Table(
        name="histories",
        label="",
        row_is="one visit",
        source_file=file,
        key=KEYS,
        fields=(
            *(Field(name, "", is_required=True, max_length=80) for name in KEYS),
            Field("detected", "", Kind.INTEGER, "", low=0, high=1),
            *(Field(name, "", max_length=80) for name in extra),
        ),
    )
    sheet = read(content, table, file)
    issues = [issue for issue in check(sheet, table, file, {}) if not _is_a_number(issue, extra)]
    issues += [
        Issue(Code.BAD_PATTERN, file, shorten(name), (1,), shorten(name), NAME)
        for name in extra
        if not _is_a_name(name)
    ]
    if has_errors(tuple(issues)) or not sheet.is_readable:
        return Uploaded(None, {}, tuple(issues))
    cells = sheet.cells
    sites, seasons, visits = (_ordered(cells[name]) for name in KEYS)
    if len(sites) * len(seasons) * len(visits) > MOST_CELLS:
        found = f"{len(sites)} x {len(seasons)} x {len(visits)}"
        issues.append(Issue(Code.OUT_OF_RANGE, file, ", ".join(KEYS), (), found, f"≤ {MOST_CELLS:,}"))
        return Uploaded(None, {}, tuple(issues))
    at = tuple(
        cells[name].map({label: k for k, label in enumerate(labels)}).to_numpy(dtype=int)
        for name, labels in zip(KEYS, (sites, seasons, visits), strict=True)
    )
    shape = (len(sites), len(seasons), len(visits))
    y = np.full(shape, np.nan)
    y[at] = [float(v) if v else np.nan for v in cells["detected"]]
    covariates: dict[str, str] = {}
    parts: dict[str, dict[str, Any]] = {"site": {}, "season": {}, "visit": {}}
    for name in extra:
        level, values = _laid_out(cells, name, at, shape)
        covariates[name] = level
        parts[level][name] = values
    data = {
        "y": y, "site_covs": parts["site"], "season_covs": parts["season"], "obs_covs": parts["visit"],
        "sites": sites, "seasons": seasons, "visits": visits,
    }  # fmt: skip
    return Uploaded(data, covariates, tuple(issues))


def _further_columns(content: bytes) -> list[str]:
    """The covariates: every named column beyond the four that are always there."""
    text = content.decode("utf-8", errors="replace").removeprefix(BYTE_ORDER_MARK)
    try:
        header = next(csv.reader(io.StringIO(text, newline="")), [])
    except csv.Error:
        return []
    return [name for name in dict.fromkeys(header) if name and name not in (*KEYS, "detected")]


def _is_a_number(issue: Issue, extra: list[str]) -> bool:
    """A covariate may be negative: what looks like a formula is a number."""
    return issue.code is Code.FORMULA and issue.column in extra and bool(NUMBER.fullmatch(issue.found))


def _is_a_name(name: str) -> bool:
    return name.replace(".", "_").isidentifier() and name not in RESERVED


def _ordered(cells: pd.Series) -> list[str]:
    labels = cells.unique().tolist()
    if all(NUMBER.fullmatch(label) for label in labels):
        return sorted(labels, key=float)
    return sorted(labels)


def _laid_out(
    cells: pd.DataFrame, name: str, at: tuple[np.ndarray, ...], shape: tuple[int, int, int]
) -> tuple[str, np.ndarray]:
    """What a covariate varies by, and its values on that grid; unknown where no row says it."""
    given = cells[name]
    known = given != ""
    is_number = bool(known.any()) and all(NUMBER.fullmatch(value) for value in given[known].unique())
    values = np.array([float(v) if v else np.nan for v in given]) if is_number else given.to_numpy(dtype=object)
    blank: object = np.nan if is_number else ""
    for level, size in (("site", 1), ("season", 2)):
        keys = list(KEYS[:size])
        if not cells.loc[known, [*keys, name]].drop_duplicates().duplicated(keys).any():
            grid = np.full(shape[:size], blank, dtype=float if is_number else object)
            grid[tuple(index[known] for index in at[:size])] = values[known]
            return level, grid
    grid = np.full(shape, blank, dtype=float if is_number else object)
    grid[at] = values
    return "visit", grid
