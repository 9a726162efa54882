"""A relative index of traffic from counts by country and year, with enforcement and reporting taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import digamma, expit, gammaln
from scipy.stats import norm

from dashboard.analysis.occupancy.reasons import Finding, Reason, Status, finding, status_of

FloatArray = NDArray[np.float64]
Proxy = str | Sequence[str] | pd.DataFrame | None

# METHODS, section 3.7
LEAST_COUNTRIES: Final = 5
LEAST_YEARS: Final = 6
LEAST_SEIZURES: Final = 100
CORRELATION: Final = 0.8
SHARED: Final = 0.05  # convention: less of a proxy's change than this is the countries' own
DEGREE: Final = 2  # of the common curve
# Standard deviations of the penalties (log scale; years and proxies standardised); conventions
COUNTRY_LEVEL: Final = 2.0
COUNTRY_SLOPE: Final = 0.3
CURVE: Final = 3.0
PROXY: Final = 2.5
LOG_SIZE: Final = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A relative index: never how many, and only against the base year.

    ``table`` has a row per class and year: class, year, count (as recorded), estimate, low, high; the base year is
    100. ``coef`` has a row per class and coefficient of the curve and the proxies: class, term, estimate, se, and for a
    proxy its ``correlation`` with the trend. A class that is refused has NaN in ``estimate``, ``low`` and ``high``.
    """

    table: pd.DataFrame
    coef: pd.DataFrame
    base_year: int
    level: float
    status: Status
    reasons: tuple[Reason, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything a download needs, in JSON types; unknown numbers are None."""

        def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
            plain = table.astype(object).where(table.notna(), None)
            return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]

        return {
            "status": self.status,
            "reasons": [{"code": r.code, "sentence": r.sentence, "numbers": dict(r.numbers)} for r in self.reasons],
            "table": rows(self.table),
            "coef": rows(self.coef),
            "base_year": self.base_year,
            "level": self.level,
        }


def trend_index(
    counts: pd.DataFrame,
    enforcement: Proxy = None,
    reporting: Proxy = None,
    base_year: int | None = None,
    classes: Sequence[str] | None = None,
    level: float = 0.9,
) -> Index:
    """Is the traffic rising once better enforcement and reporting are taken out? Relative to *base_year* only.

    After Underwood, Burn and Milliken (2013), PLOS ONE 8:e76539. *counts* has country, year and count, and class where
    there are several; a missing row or count is a country-year about which nothing is known, not zero. *enforcement*
    and *reporting* measure how much is seized and how much of it is reported: the names of columns of *counts*, or a
    table with country, year and one or more further columns. *base_year* is the first year when not given; *classes*
    are those to be estimated, each on its own.

    count ~ NegBin(lambda phi theta); log lambda = country level and slope + common curve of the year; logit phi and
    logit theta are the proxies without an intercept. Penalised maximum likelihood; limits from the curvature.
    Refused with fewer than 5 countries, 6 years or 100 seizures in the class, without a proxy, and when a proxy cannot
    be told from time (METHODS, section 3.7).
    """
    for column in ("country", "year", "count"):
        if column not in counts.columns:
            raise ValueError(f"column {column!r} not found; counts has: {', '.join(map(str, counts.columns))}")
    proxies = {"enforcement": _proxy(counts, enforcement), "reporting": _proxy(counts, reporting)}
    several = "class" in counts.columns
    wanted = list(classes or (sorted(counts["class"].dropna().unique()) if several else ["all"]))
    years = sorted(int(year) for year in counts["year"].dropna().unique())
    base = base_year if base_year is not None else (years[0] if years else 0)
    if years and base not in years:
        raise ValueError(f"base_year {base} has no counts; there are: {', '.join(map(str, years))}")
    tables, coefs, findings = [], [], list[Finding]()
    for name in wanted:
        chosen = counts[counts["class"] == name] if several else counts
        table, coef, found = _class(chosen, proxies, base, level, f" of {name}" if several else "")
        tables.append(table.assign(**{"class": name}))
        coefs.append(coef.assign(**{"class": name}))
        findings += found
    first = ["class", "year", "count", "estimate", "low", "high"]
    terms = ["class", "term", "estimate", "se", "correlation"]
    return Index(
        pd.concat(tables, ignore_index=True)[first], pd.concat(coefs, ignore_index=True)[terms], base, level,
        status_of(findings), tuple(f.reason for f in findings),
    )  # fmt: skip


def _proxy(counts: pd.DataFrame, given: Proxy) -> pd.DataFrame | None:
    """A proxy as a table of country, year and its measures."""
    if given is None:
        return None
    if isinstance(given, pd.DataFrame):
        table = given
    else:
        names = [given] if isinstance(given, str) else list(given)
        table = counts[["country", "year", *names]].drop_duplicates(["country", "year"])
    for column in ("country", "year"):
        if column not in table.columns:
            raise ValueError(f"column {column!r} not found; the proxy has: {', '.join(map(str, table.columns))}")
    return table.set_index(["country", "year"]).astype(float)


def _class(
    counts: pd.DataFrame, proxies: dict[str, pd.DataFrame | None], base: int, level: float, where: str
) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Index, coefficients and findings of one class."""
    known = counts.dropna(subset=["country", "year", "count"])
    known = known.groupby(["country", "year"])[["count"]].sum().reset_index()
    measures, names, sources = _measures(known, proxies)
    complete = ~np.isnan(measures).any(axis=1)
    known, measures = known.iloc[np.flatnonzero(complete)], measures[complete]
    findings = _enough(known, where)
    findings += [finding("PROXY_MISSING", "refused", proxy=name) for name, table in proxies.items() if table is None]
    recorded = counts.groupby("year")["count"].sum(min_count=1)
    table = pd.DataFrame({"year": recorded.index.astype(int), "count": recorded.to_numpy()})
    blank = table.assign(estimate=np.nan, low=np.nan, high=np.nan)
    nothing = pd.DataFrame({"term": [], "estimate": [], "se": [], "correlation": []})
    if any(f.reason.code != "PROXY_MISSING" for f in findings) or known["country"].nunique() < 2:
        return blank, nothing, findings
    for name in dict.fromkeys(sources):
        columns = [k for k, source in enumerate(sources) if source == name]
        if all(_is_shared(known, measures[:, k]) for k in columns):
            findings.append(finding("PROXY_SHARED", "refused", proxy=name))
    model = _Model(known, measures)
    theta, covariance = model.fit()
    coef = model.coefficients(theta, covariance, names)
    for k, source in enumerate(sources):
        correlation = float(coef["correlation"].iloc[model.degree + k])
        if abs(correlation) > CORRELATION:
            findings.append(
                finding("PROXY_CONFOUNDED", "refused", proxy=source, correlation=correlation, limit=CORRELATION)
            )
    if any(f.severity == "refused" for f in findings):
        return blank, coef, findings
    return pd.concat([table, model.index(theta, covariance, table["year"], base, level)], axis=1), coef, findings


def _enough(known: pd.DataFrame, where: str) -> list[Finding]:
    found = (
        ("FEW_COUNTRIES", int(known.loc[known["count"] > 0, "country"].nunique()), LEAST_COUNTRIES),
        ("FEW_YEARS", int(known["year"].nunique()), LEAST_YEARS),
        ("FEW_SEIZURES", int(known["count"].sum()), LEAST_SEIZURES),
    )
    return [finding(code, "refused", found=n, needed=least, where=where) for code, n, least in found if n < least]


def _measures(known: pd.DataFrame, proxies: dict[str, pd.DataFrame | None]) -> tuple[FloatArray, list[str], list[str]]:
    """Standardised measures for each row of *known*, their names, and the proxy each belongs to."""
    keys = pd.MultiIndex.from_frame(known[["country", "year"]])
    columns, names, sources = [], list[str](), list[str]()
    for source, table in proxies.items():
        for name in table.columns if table is not None else ():
            values = table[name].reindex(keys).to_numpy(dtype=float)  # type: ignore[index]
            spread = float(np.nanstd(values)) if np.isfinite(values).any() else 0.0
            columns.append((values - np.nanmean(values)) / spread if spread > 0 else np.zeros(len(values)))
            names.append(f"{source}:{name}")
            sources.append(source)
    return np.column_stack(columns) if columns else np.zeros((len(known), 0)), names, sources


def _is_shared(known: pd.DataFrame, measure: FloatArray) -> bool:
    """Whether a measure changes over time, and in the same way in every country."""
    values = pd.Series(measure, index=known.index)
    own = values - values.groupby(known["country"]).transform("mean")
    total = float((own**2).sum())
    if total <= 1e-9:
        return False
    apart = own - own.groupby(known["year"]).transform("mean")
    return float((apart**2).sum()) < SHARED * total


class _Model:
    """The penalised likelihood of one class."""

    def __init__(self, known: pd.DataFrame, measures: FloatArray) -> None:
        self.y = known["count"].to_numpy(dtype=float)
        year = known["year"].to_numpy(dtype=float)
        self.centre, self.spread = float(year.mean()), float(year.std()) or 1.0
        self.degree = min(DEGREE, known["year"].nunique() - 1)
        self.countries, place = np.unique(known["country"].to_numpy(dtype=str), return_inverse=True)
        member = np.eye(self.countries.size)[place]
        self.shift = self._powers(year).mean(axis=0)
        curve = self.curve(year)
        self.x = np.hstack([np.ones((self.y.size, 1)), curve, member, member * curve[:, :1]])
        self.measures = measures
        n = self.countries.size
        self.penalty = np.concatenate(
            [
                [0.0], np.full(self.degree, CURVE**-2), np.full(n, COUNTRY_LEVEL**-2), np.full(n, COUNTRY_SLOPE**-2),
                np.full(measures.shape[1], PROXY**-2), [LOG_SIZE**-2],
            ]
        )  # fmt: skip

    def _powers(self, year: FloatArray) -> FloatArray:
        z = (year - self.centre) / self.spread
        return np.column_stack([z**k for k in range(1, self.degree + 1)])

    def curve(self, year: FloatArray) -> FloatArray:
        """The common curve's columns: powers of the standardised year, centred."""
        return np.asarray(self._powers(year) - self.shift)

    def value_and_gradient(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """Minus the penalised log-likelihood and its gradient."""
        size, k = self.x.shape[1], self.measures.shape[1]
        linear, slopes, log_size = theta[:size], theta[size : size + k], float(theta[-1])
        seen = self.measures * slopes
        log_mean = np.clip(self.x @ linear - np.log1p(np.exp(-np.clip(seen, -30, 30))).sum(axis=1), -30, 30)
        mean, r = np.exp(log_mean), float(np.exp(np.clip(log_size, -8, 12)))
        y = self.y
        value = (
            gammaln(y + r) - gammaln(r) - gammaln(y + 1) + r * np.log(r / (r + mean)) + y * np.log(mean / (r + mean))
        ).sum()
        by_mean = (y - mean) * r / (r + mean)
        by_size = r * (digamma(y + r) - digamma(r) + np.log(r / (r + mean)) + 1 - (y + r) / (r + mean)).sum()
        by_slope = (by_mean[:, None] * self.measures * expit(-seen)).sum(axis=0)
        gradient = np.concatenate([self.x.T @ by_mean, by_slope, [by_size]]) - self.penalty * theta
        return -(float(value) - 0.5 * float((self.penalty * theta**2).sum())), -gradient

    def fit(self) -> tuple[FloatArray, FloatArray]:
        """The best coefficients and their covariance from the curvature."""
        start = np.zeros(self.penalty.size)
        start[0] = np.log(max(self.y.mean(), 1e-3)) + self.measures.shape[1] * np.log(2)
        found = minimize(self.value_and_gradient, start, jac=True, method="BFGS", options={"gtol": 1e-5})
        theta, step = np.asarray(found.x, dtype=float), 1e-4
        rows = [
            (self.value_and_gradient(theta + e)[1] - self.value_and_gradient(theta - e)[1]) / (2 * step)
            for e in np.eye(theta.size) * step
        ]
        hessian = np.array(rows)
        return theta, np.asarray(np.linalg.pinv((hessian + hessian.T) / 2, hermitian=True))

    def coefficients(self, theta: FloatArray, covariance: FloatArray, names: list[str]) -> pd.DataFrame:
        """Curve and proxies, with the correlation of each proxy's coefficient with the trend."""
        size = self.x.shape[1]
        rows = [*range(1, 1 + self.degree), *range(size, size + len(names))]
        se = np.sqrt(np.maximum(np.diag(covariance), 1e-300))
        curve = ["trend", *(f"trend^{k}" for k in range(2, self.degree + 1))]
        correlation = [np.nan] * self.degree + [covariance[1, row] / (se[1] * se[row]) for row in rows[self.degree :]]
        return pd.DataFrame(
            {"term": [*curve, *names], "estimate": theta[rows], "se": se[rows], "correlation": correlation}
        )

    def index(
        self, theta: FloatArray, covariance: FloatArray, years: pd.Series, base: int, level: float
    ) -> pd.DataFrame:
        """The common curve against the base year, 100 there."""
        at = self.curve(years.to_numpy(dtype=float)) - self.curve(np.array([float(base)]))
        part = slice(1, 1 + self.degree)
        centre = at @ theta[part]
        se = np.sqrt(np.maximum(((at @ covariance[part, part]) * at).sum(axis=1), 0.0))
        z = float(norm.ppf((1 + level) / 2))
        return pd.DataFrame(
            {
                "estimate": 100 * np.exp(centre),
                "low": 100 * np.exp(centre - z * se),
                "high": 100 * np.exp(centre + z * se),
            }
        )
