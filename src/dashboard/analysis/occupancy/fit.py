"""The result of a fit: estimates, status, reasons, and everything that can be asked of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from . import derived, settings
from .data import FloatArray
from .engine import Engine
from .estimates import Estimates
from .gof import GoodnessOfFit, assess
from .profile import ProfileInterval, limits
from .reasons import Reason, RefusedError, Status
from .search import Optimum

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted occupancy model.

    ``coef``     one row per coefficient on the link scale: parameter, term, estimate, se, at_boundary.
                 At a boundary the estimate is where the search stopped and ``se`` is NaN unless the
                 likelihood has a finite maximum there. The intercept is the term ``1``.
    ``vcov``     covariance of the coefficients, labelled ``parameter:term``; NaN where ``se`` is NaN.
    ``status``   "ok", "caution" or "refused"; ``reasons`` say why, as (code, sentence, numbers).
                 A number of a refused fit must not be drawn. A fit refused for too few repeat detections
                 keeps its estimates, so that its likelihood interval can be shown; a fit refused before
                 anything could be estimated has NaN, and its methods raise ``RefusedError``.
    ``naive``    share of the visited units with a detection, one number per season.
    ``n_left_out``  visits left out because a covariate is missing.
    ``data_key`` two fits have the same key when they used the same visits.
    """

    family: str
    formulas: Mapping[str, str]
    estimates: Estimates
    loglik: float
    n_parameters: int
    n_starts: int
    n_starts_agreeing: int
    status: Status
    reasons: tuple[Reason, ...]
    n_units: int
    n_visits: int
    n_left_out: int
    n_repeats: int
    naive: FloatArray
    data_key: str
    c_hat: float = 1.0
    optimum: Optimum | None = field(default=None, repr=False)
    engine: Engine | None = field(default=None, repr=False)

    @cached_property
    def coef(self) -> pd.DataFrame:
        """One row per coefficient."""
        import pandas as pd

        found = self.estimates
        return pd.DataFrame(
            {
                "parameter": [parameter for parameter, _ in found.names],
                "term": [term for _, term in found.names],
                "estimate": found.estimate,
                "se": found.se,
                "at_boundary": found.at_boundary,
            }
        )

    @cached_property
    def vcov(self) -> pd.DataFrame:
        """The covariance of the coefficients."""
        import pandas as pd

        return pd.DataFrame(self.estimates.covariance, index=self.estimates.labels, columns=self.estimates.labels)

    @property
    def aic(self) -> float:
        """Akaike's criterion; quasi-AIC after :meth:`adjusted` with c-hat above 1."""
        extra = 1 if self.c_hat > 1 else 0
        return -2 * self.loglik / self.c_hat + 2 * (self.n_parameters + extra)

    @property
    def neg2loglik(self) -> float:
        """Minus twice the log-likelihood."""
        return -2 * self.loglik

    @property
    def has_estimates(self) -> bool:
        """Whether anything was estimated."""
        return self.engine is not None

    def predict(self, parameter: str, newdata: Any = None, level: float = 0.95) -> pd.DataFrame:
        """Estimate, standard error and limits of a parameter on its natural scale.

        *newdata* is a table (or a mapping of equally long arrays) of the covariates in the formula, with
        ``season`` and ``visit`` as labels; without it, every unit (season, visit) of the data. Limits are
        symmetric on the link scale; on the edge of the range they are likelihood limits, one-sided, and
        ``se`` is NaN. Rows with an unknown covariate are NaN. psi of a dynamic model is that of the
        first season.
        """
        return derived.predict(self._engine(), parameter, newdata, level)

    def psi_by_season(self, level: float = 0.95) -> pd.DataFrame:
        """Mean occurrence over the units that were looked at, by season.

        Columns season, estimate, se, low, high (delta method, limits on the logit scale) and naive, the
        share of units with a record. Seasons before the first visit are NaN in a dynamic model, later
        ones are projected; in a model without dynamics a season without its own level is NaN.
        """
        return derived.psi_by_season(self._engine(), self.naive, level)

    def growth(self, level: float = 0.95) -> pd.DataFrame:
        """Growth lambda = psi(t+1) / psi(t) of the mean occurrence; rows are named by both seasons."""
        return derived.growth(self._engine(), level)

    def turnover(self, level: float = 0.95) -> pd.DataFrame:
        """Chance that a unit occupied in the next season is newly so: gamma (1 - psi(t)) / psi(t+1)."""
        return derived.turnover(self._engine(), level)

    def equilibrium(self, level: float = 0.95) -> pd.DataFrame:
        """Occurrence gamma / (gamma + epsilon) to which each transition tends, averaged over units."""
        return derived.equilibrium(self._engine(), level)

    def conditional_psi(self, level: float = 0.95) -> pd.DataFrame:
        """P(present | everything found) per site and season, with delta-method se and logit limits.

        1 with certainty where there was a detection (of the confirmed kind). Sites never visited get
        their model-based probability.
        """
        return derived.conditional_psi(self._engine(), level)

    def exceedance(self, threshold: float = 0.5) -> pd.DataFrame:
        """P(psi > threshold) per site and season, from the normal distribution of the estimated logit.

        NaN where psi is on the edge of its range or hardly determined.
        """
        return derived.exceedance(self._engine(), threshold)

    def visits_for_absence(self, level: float = 0.95) -> pd.DataFrame:
        """Visits without a detection needed to be *level* sure of absence, per site and season.

        Uses the geometric mean of 1 - p over the visits of that site and season. 0 where psi is already
        low enough.
        """
        return derived.visits_for_absence(self._engine(), level)

    def profile(self, term: str | tuple[str, str], level: float = 0.95) -> ProfileInterval:
        """Likelihood interval of one coefficient (link scale), one-sided at a boundary.

        *term* is "parameter:term", a (parameter, term) pair, or the term alone when it is unambiguous.
        """
        engine, row = self._engine(), self._row(term)
        direction = engine.back()[row]
        unit = 1.0 / max(np.abs(engine.standardising()[:, row]).max(), 1e-12)
        low, high = limits(engine, direction, level, unit)
        named = self.coef.iloc[row]
        return ProfileInterval(named["parameter"], named["term"], float(direction @ engine.theta), low, high, level)

    def gof(self, n_boot: int = 200, seed: int = 0) -> GoodnessOfFit:
        """MacKenzie-Bailey chi-square with a parametric bootstrap of *n_boot* refits."""
        engine = self._engine()
        return assess(engine.likelihood, engine.theta, n_boot, seed)

    def adjusted(self, test: GoodnessOfFit) -> Fit:
        """The fit as it must be shown after a goodness-of-fit test.

        Above c-hat 3 it is refused; between 1 and 3 standard errors grow by the root of c-hat and AIC
        becomes QAIC (Burnham and Anderson 2002).
        """
        engine = self._engine()
        if not test.reasons:
            return self
        statuses: tuple[Status, ...] = ("ok", "caution", "refused")
        graver = max(self.status, test.status, key=statuses.index)
        reasons = (*self.reasons, *test.reasons)
        if test.c_hat > settings.LACK_OF_FIT_REFUSE:
            return replace(self, status=graver, reasons=reasons)
        wider = self.estimates.wider(test.c_hat)
        engine = replace(engine, covariance=engine.covariance * test.c_hat)
        return replace(
            self, status=graver, reasons=reasons, estimates=wider, c_hat=test.c_hat,
            engine=engine,
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Everything a download needs, in JSON types; unknown and infinite numbers are None."""
        return {
            "family": self.family,
            "formulas": dict(self.formulas),
            "status": self.status,
            "reasons": [
                {"code": r.code, "sentence": r.sentence, "numbers": _plain(dict(r.numbers))} for r in self.reasons
            ],
            "coef": _plain(self.coef.to_dict(orient="records")),
            "vcov": {"names": list(self.vcov.columns), "values": _plain(self.vcov.to_numpy().tolist())},
            "loglik": _plain(self.loglik),
            "aic": _plain(self.aic),
            "c_hat": _plain(self.c_hat),
            "n_parameters": self.n_parameters,
            "n_starts": self.n_starts,
            "n_starts_agreeing": self.n_starts_agreeing,
            "n_units": self.n_units,
            "n_visits": self.n_visits,
            "n_left_out": self.n_left_out,
            "n_repeats": self.n_repeats,
            "naive": _plain(self.naive.tolist()),
        }

    def to_json(self) -> str:
        """:meth:`to_dict` as text."""
        return json.dumps(self.to_dict(), allow_nan=False)

    def _engine(self) -> Engine:
        if self.engine is None:
            raise RefusedError(" ".join(reason.sentence for reason in self.reasons))
        return self.engine

    def _row(self, term: str | tuple[str, str]) -> int:
        names = list(zip(self.coef["parameter"], self.coef["term"], strict=True))
        wanted = ":".join(term) if isinstance(term, tuple) else term
        rows = [k for k, (parameter, name) in enumerate(names) if wanted in (f"{parameter}:{name}", name)]
        exact = [k for k in rows if wanted == ":".join(names[k])]
        if len(exact or rows) != 1:
            what = "stands for several terms" if rows else "not found"
            raise ValueError(f"term {wanted!r} {what}; the fit has: {', '.join(map(':'.join, names))}")
        return (exact or rows)[0]


def not_comparable(fits: list[Fit]) -> bool:
    """Whether fits used different visits."""
    return len({fit.data_key for fit in fits}) > 1


def model_table(fits: list[Fit]) -> pd.DataFrame:
    """Models by AIC, best first: model, n_parameters, loglik, aic, delta, weight, status, reason.

    Fits without estimates come last with NaN. When the fits used different visits, ``delta`` and
    ``weight`` are NaN and ``reason`` is NOT_COMPARABLE: refit on the common set of visits. Unequal c-hat
    counts as different. Raises ``ValueError`` for an empty list.
    """
    import pandas as pd

    if not fits:
        raise ValueError("model_table needs at least one fit, got none")
    names = [f"{f.family}({', '.join(f'{k} {v}' for k, v in f.formulas.items())})" for f in fits]
    table = pd.DataFrame(
        {
            "model": names,
            "n_parameters": [f.n_parameters for f in fits],
            "loglik": [f.loglik for f in fits],
            "aic": [f.aic for f in fits],
            "status": [f.status for f in fits],
            "reason": ["" for _ in fits],
        }
    )
    usable = [f for f in fits if f.has_estimates]
    delta = table["aic"] - table["aic"].min()
    if not_comparable(usable) or len({f.c_hat for f in usable}) > 1:
        delta[:] = np.nan
        table["reason"] = "NOT_COMPARABLE"
    weight = np.exp(-delta / 2)
    table.insert(4, "delta", delta)
    table.insert(5, "weight", weight / weight.sum() if weight.notna().any() else weight)
    return table.sort_values("aic", ignore_index=True)


def _plain(value: Any) -> Any:
    """JSON types all the way down; None for what is unknown or infinite."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value
