"""Which models are compared for a set of histories, and one of them at a time."""

from dataclasses import dataclass, replace

import numpy as np

from dashboard.analysis.occupancy import Fit, OccupancyData, colext_or_periods, occu, occu_fp, occu_rn

Loose = tuple[str, str]  # a covariate of the visit and its value that marks unconfirmed reports; empty: none


@dataclass(frozen=True, slots=True)
class Asked:
    """One model to be fitted: its family and its formulas; *psi* and *p* stand for lam and r in ``occu_rn``."""

    family: str
    psi: str
    p: str
    loose: Loose = ("", "")


def candidates(
    data: OccupancyData, psi: tuple[str, ...], p: tuple[str, ...], *, with_groups: bool = False, loose: Loose = ("", "")
) -> list[Asked]:
    """The models worth comparing: constant, with the covariates of *psi* and *p*, by period, and dynamic.

    With one visited period there is nothing by period and nothing dynamic. *with_groups* adds the model in which
    detection grows with the number of active groups (Royle and Nichols). Where *loose* marks unconfirmed reports, only
    the model in which those may be false is worth fitting: all others take each of them for a detection.
    """
    if loose[0]:
        how = "~ " + " + ".join([name for name in p if name != loose[0]] or ["1"])
        return [Asked("occu_fp", a, how, loose) for a in dict.fromkeys(("~ 1", "~ " + " + ".join(psi or ("1",))))]
    where, how = "~ " + " + ".join(psi or ("1",)), "~ " + " + ".join(p or ("1",))
    asked = [Asked("occu", a, b) for a in dict.fromkeys(("~ 1", where)) for b in dict.fromkeys(("~ 1", how))]
    if data.shape[1] > 1:
        asked.append(Asked("occu", "~ " + " + ".join(("season", *psi)), "~ " + " + ".join(("season", *p))))
        asked.append(Asked("colext", where, "~ " + " + ".join(("season", *p))))
    if with_groups:
        asked.append(Asked("occu_rn", where, how))
    return asked


def fit(data: OccupancyData, asked: Asked) -> Fit:
    """Fit one of the candidates; the dynamic one falls back to the model by period where it has no single answer."""
    if asked.family == "colext":
        return colext_or_periods(data, asked.psi, p=asked.p)
    if asked.family == "occu_rn":
        return occu_rn(data, asked.psi, asked.p)
    if asked.family == "occu_fp":
        return occu_fp(*by_certainty(data, asked.loose), asked.psi, asked.p)
    return occu(data, asked.psi, asked.p)


def two_valued(data: OccupancyData) -> list[Loose]:
    """Covariates of the visit that take two values, with each: any of them may mark the unconfirmed reports."""
    found = []
    for name, given in data.obs_covs.items():
        values = sorted(set(map(str, _known(given))))
        found += [(name, value) for value in values] if len(values) == 2 else []
    return found


def by_certainty(data: OccupancyData, loose: Loose) -> tuple[OccupancyData, OccupancyData]:
    """The same histories twice: with the confirmed visits alone, and with the unconfirmed alone; others are blank.

    A visit whose mark is missing is in neither.
    """
    name, value = loose
    marks = np.asarray(data.obs_covs[name], dtype=object).reshape(data.shape)
    known, is_loose = _is_known(marks), marks.astype(str) == value
    others = {key: given for key, given in data.obs_covs.items() if key != name}
    confirmed, unconfirmed = (
        replace(data, y=np.where(known & wanted, data.y, np.nan), obs_covs=others) for wanted in (~is_loose, is_loose)
    )
    return confirmed, unconfirmed


def _known(given: object) -> list[object]:
    marks = np.asarray(given, dtype=object)
    return list(marks[_is_known(marks)])


def _is_known(marks: np.ndarray) -> np.ndarray:
    """Neither missing nor empty."""
    return np.array([mark is not None and mark == mark and mark != "" for mark in marks.ravel()]).reshape(marks.shape)


def best(fits: list[Fit]) -> int | None:
    """The place of the fit with the lowest AIC among those that are not refused; ``None`` when all are."""
    usable = [k for k, found in enumerate(fits) if found.status != "refused"]
    return min(usable, key=lambda k: fits[k].aic) if usable else None
