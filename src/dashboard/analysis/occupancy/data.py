"""Detection histories with their covariates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import pandas as pd

if TYPE_CHECKING:
    from .incidents import Looked

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

RESERVED = ("season", "visit")
LEVELS = ("unit", "season", "visit")


@dataclass(frozen=True, slots=True)
class Covariate:
    """A covariate laid out so that it broadcasts over units x periods x visits.

    ``values`` are numbers, or positions in ``levels`` for a factor; NaN where unknown.
    ``varies_by`` is the finest of unit, season and visit.
    """

    name: str
    values: FloatArray
    levels: tuple[str, ...] | None
    varies_by: str


@dataclass(frozen=True, eq=False)
class OccupancyData:
    """What was found, visit by visit, and what is known about units, periods and visits.

    ``y``           units x periods x visits (or units x visits: one period); 1 detection, 0 none,
                    NaN where nobody looked. Ragged histories are padded with NaN.
    ``site_covs``   name -> array (units,)
    ``season_covs`` name -> array (units, periods); (periods,) where all units have the same
    ``obs_covs``    name -> array (units, periods, visits); (units, visits) when ``y`` has two dimensions;
                    (units, periods x visits), period by period, is read as well
    ``sites``, ``seasons``, ``visits``  labels; numbered from 1 when not given.

    Arrays may be lists, numpy arrays, Series or tables. Text and boolean-free object arrays are factors,
    booleans count as 0 and 1. NaN, None and empty text mean unknown. ``counts`` and ``known_present``
    (units x periods) are filled by :meth:`from_incidents`.

    Raises ``ValueError`` when a shape does not fit or ``y`` holds anything but 0, 1 and NaN.
    """

    y: FloatArray
    site_covs: Mapping[str, Any] = field(default_factory=dict)
    season_covs: Mapping[str, Any] = field(default_factory=dict)
    obs_covs: Mapping[str, Any] = field(default_factory=dict)
    sites: Sequence[Any] | None = None
    seasons: Sequence[Any] | None = None
    visits: Sequence[Any] | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    known_present: BoolArray | None = None

    def __post_init__(self) -> None:
        y = _numbers(self.y)
        if y.ndim == 2:
            y = y[:, None, :]
        if y.ndim != 3:
            raise ValueError(f"y must be units x periods x visits or units x visits, got {y.ndim} dimensions")
        strange = y[~np.isnan(y) & (y != 0) & (y != 1)]
        if strange.size:
            raise ValueError(f"y must hold 0, 1 or NaN, got {float(strange[0])!r}")
        y.flags.writeable = False
        put = object.__setattr__
        put(self, "y", y)
        for name, size in zip(("sites", "seasons", "visits"), y.shape, strict=True):
            put(self, name, _labels(name, getattr(self, name), size))
        for name in ("site_covs", "season_covs", "obs_covs"):
            given = getattr(self, name)
            put(self, name, {} if given is None else {str(key): given[key] for key in given})
        put(self, "_covariates", self._gather())

    @classmethod
    def from_incidents(
        cls,
        records: pd.DataFrame,
        units: pd.DataFrame | Sequence[tuple[str, str]],
        primary: str = "3Y",
        visit: str = "Q",
        looked: Looked | None = None,
        certainty: str = "confirmed",
        date: str = "detected",
    ) -> OccupancyData:
        """Build histories from incident records; see :func:`.incidents.histories`."""
        from .incidents import histories

        return histories(records, units, primary, visit, looked, certainty, date)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Units, periods, visits."""
        units, periods, visits = self.y.shape
        return units, periods, visits

    @property
    def labels(self) -> tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]:
        """Labels of units, periods and visits."""
        return tuple(self.sites or ()), tuple(self.seasons or ()), tuple(self.visits or ())

    def covariate(self, name: str) -> Covariate:
        """The covariate of that name; ``season`` and ``visit`` are always there.

        Raises ``ValueError`` naming what is available.
        """
        known: dict[str, Covariate] = self._covariates  # type: ignore[attr-defined]
        if name not in known:
            raise ValueError(f"covariate {name!r} not found; the data have: {', '.join(sorted(known))}")
        return known[name]

    def _gather(self) -> dict[str, Covariate]:
        units, periods, visits = self.shape
        _, seasons, visit_names = self.labels
        known = {
            "season": Covariate("season", np.arange(float(periods))[None, :, None], tuple(map(str, seasons)), "season"),
            "visit": Covariate("visit", np.arange(float(visits))[None, None, :], tuple(map(str, visit_names)), "visit"),
        }
        shapes: dict[str, list[tuple[int, ...]]] = {
            "unit": [(units,), (units, 1)],
            "season": [(units, periods), (periods,)],
            "visit": [(units, periods, visits), (units, periods * visits)],
        }
        if periods == 1:
            shapes["season"].append((units,))
            shapes["visit"].append((units, visits))
        for varies_by, table in zip(LEVELS, (self.site_covs, self.season_covs, self.obs_covs), strict=True):
            for name, given in table.items():
                if name in known:
                    why = "always there" if name in RESERVED else "given twice"
                    raise ValueError(f"covariate {name!r} is {why}; choose another name")
                values, levels = encode(given)
                if values.shape not in shapes[varies_by]:
                    raise ValueError(f"covariate {name!r} must have shape {shapes[varies_by][0]}, got {values.shape}")
                full = {
                    "unit": (units, 1, 1),
                    "season": (units, periods, 1),
                    "visit": (units, periods, visits),
                }
                if values.shape == (periods,) and varies_by == "season" and periods > 1:
                    values = np.broadcast_to(values, (units, periods))
                known[name] = Covariate(name, values.reshape(full[varies_by]), levels, varies_by)
        return known


def _numbers(given: ArrayLike) -> FloatArray:
    """Any array of 0, 1 and unknown as floats: lists with None, nullable pandas types and masked arrays too."""
    if isinstance(given, np.ma.MaskedArray):
        return np.asarray(np.ma.filled(given.astype(float), np.nan))
    raw = np.asarray(given, dtype=object) if _is_of_pandas(given) else np.asarray(given)
    if raw.dtype.kind == "O":
        import pandas as pd

        raw = np.where(np.asarray(pd.isna(raw)), np.nan, raw)
    return np.array(raw, dtype=float)


def _is_of_pandas(given: object) -> bool:
    """Whether a value is one of pandas'. A fit of plain arrays does not load pandas, which would double its memory."""
    return type(given).__module__.split(".")[0] == "pandas"


def encode(given: ArrayLike | pd.Categorical) -> tuple[FloatArray, tuple[str, ...] | None]:
    """Turn an array into numbers, or into level positions and sorted levels when it holds text."""
    if not _is_of_pandas(given) and (raw := np.asarray(given)).dtype.kind in "biuf":
        return _finite(raw.astype(float)), None
    import pandas as pd

    if isinstance(given, pd.Series):
        given = given.array  # type: ignore[assignment]
    if isinstance(given, pd.Categorical):
        codes = np.asarray(given.codes, dtype=float)
        codes[codes < 0] = np.nan
        return codes, tuple(str(level) for level in given.categories)
    raw = np.asarray(given)
    if raw.dtype.kind in "biuf":
        return _finite(raw.astype(float)), None
    missing = np.asarray(pd.isna(raw.astype(object))) | (raw.astype(str) == "")
    present = raw[~missing]
    if all(isinstance(v, bool | int | float | np.number | np.bool_) for v in present.ravel()):
        numbers = np.full(raw.shape, np.nan)
        numbers[~missing] = present.astype(float)
        return _finite(numbers), None
    levels, positions = np.unique(present.astype(str), return_inverse=True)
    codes = np.full(raw.shape, np.nan)
    codes[~missing] = positions
    return codes, tuple(str(level) for level in levels)


def _finite(numbers: FloatArray) -> FloatArray:
    if np.isinf(numbers).any():
        raise ValueError("a covariate must be finite, or NaN where unknown; got an infinite value")
    return numbers


def _labels(name: str, given: Sequence[Any] | None, size: int) -> tuple[Any, ...]:
    labels = tuple(range(1, size + 1)) if given is None else tuple(given)
    if len(labels) != size:
        raise ValueError(f"{name} must have {size} labels, got {len(labels)}")
    if len(set(map(str, labels))) != size:
        raise ValueError(f"{name} must be different from each other")
    return labels
