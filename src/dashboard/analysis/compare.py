"""Which models are compared for a set of histories, and one of them at a time."""

from dataclasses import dataclass

from dashboard.analysis.occupancy import Fit, OccupancyData, colext_or_periods, occu


@dataclass(frozen=True, slots=True)
class Asked:
    """One model to be fitted: its family and its formulas."""

    family: str
    psi: str
    p: str


def candidates(data: OccupancyData, psi: tuple[str, ...], p: tuple[str, ...]) -> list[Asked]:
    """The models worth comparing: constant, with the covariates of *psi* and *p*, by period, and dynamic.

    With one visited period there is nothing by period and nothing dynamic.
    """
    where, how = "~ " + " + ".join(psi or ("1",)), "~ " + " + ".join(p or ("1",))
    asked = [Asked("occu", a, b) for a in dict.fromkeys(("~ 1", where)) for b in dict.fromkeys(("~ 1", how))]
    if data.shape[1] > 1:
        asked.append(Asked("occu", "~ " + " + ".join(("season", *psi)), "~ " + " + ".join(("season", *p))))
        asked.append(Asked("colext", where, "~ " + " + ".join(("season", *p))))
    return asked


def fit(data: OccupancyData, asked: Asked) -> Fit:
    """Fit one of the candidates; the dynamic one falls back to the model by period where it has no single answer."""
    if asked.family == "colext":
        return colext_or_periods(data, asked.psi, p=asked.p)
    return occu(data, asked.psi, asked.p)


def best(fits: list[Fit]) -> int | None:
    """The place of the fit with the lowest AIC among those that are not refused; ``None`` when all are."""
    usable = [k for k, found in enumerate(fits) if found.status != "refused"]
    return min(usable, key=lambda k: fits[k].aic) if usable else None
