"""Conviction rates that say of what, and what may be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import narwhals as nw
import pandas as pd

from dashboard.analysis import Frame
from dashboard.analysis.justice.cases import Tally
from dashboard.analysis.justice.intervals import Method, proportion
from dashboard.analysis.justice.logit_normal import logit_normal
from dashboard.analysis.justice.shrinkage import Refusal, Shrinkage, shrink
from dashboard.domain.estimate import Estimate

FEWEST_DECIDED: Final = 5  # below: counts only
FEWEST_FOR_A_BARE_RATE: Final = 20  # below: never a percentage without its interval
WIDEST_GAP: Final = 0.2  # between countries in the share of incidents without a known step


class Denominator(StrEnum):
    """Of what a rate is a share."""

    DECIDED = "decided"  # convicted, acquitted, dismissed
    CHARGED = "charged"  # charged, or decided
    RECORDED = "recorded"  # all incidents


class Difference(StrEnum):
    """Why countries may not be compared."""

    COVERAGE = "coverage"  # what was looked for differs, or is not known
    UNKNOWN = "unknown"  # the share of unknown outcomes differs
    DEFINITION = "definition"  # "charged" means different things


@dataclass(frozen=True, slots=True)
class Rate:
    """Convictions among a named denominator.

    *estimate* is ``None`` with fewer than 5 decided cases: then only the counts may be shown. The bounds hold
    whatever the unknown outcomes turn out to be: convictions are at least *low_count* and at most *high_count* of
    *recorded* incidents, and so is every one of the three rates.
    """

    of: Denominator
    x: int
    n: int
    estimate: Estimate | None
    low_count: int
    high_count: int
    recorded: int

    @property
    def low_bound(self) -> float:
        """The rate if every unknown outcome went against conviction."""
        return self.low_count / self.recorded if self.recorded else 0.0

    @property
    def high_bound(self) -> float:
        """The rate if every unknown outcome were a conviction."""
        return self.high_count / self.recorded if self.recorded else 1.0


def rate(tally: Tally, of: Denominator, method: Method = "jeffreys") -> Rate:
    """Convictions among the decided, the charged or all recorded incidents of *tally*, which share place and period.

    Whatever happens, a of the unknown outcomes being convictions and b not, each rate lies between x / N and
    (N - known acquittals and dismissals) / N with N all recorded incidents: those are the bounds.
    """
    sizes = {
        Denominator.DECIDED: tally.decided,
        Denominator.CHARGED: tally.charged_or_further,
        Denominator.RECORDED: tally.recorded,
    }
    is_enough = tally.decided >= FEWEST_DECIDED
    estimate = proportion(tally.convicted, sizes[of], method) if is_enough else None
    return Rate(
        of,
        tally.convicted,
        sizes[of],
        estimate,
        tally.fewest_convictions,
        tally.most_convictions,
        tally.recorded,
    )


def rates(tally: Tally, method: Method = "jeffreys") -> tuple[Rate, ...]:
    """The three rates of one tally."""
    return tuple(rate(tally, of, method) for of in Denominator)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """One rate for each country, raw and shrunken, and what forbids comparing them.

    *table*: ``country`` (alphabetical by code), ``x``, ``n``, ``value``, ``low``, ``high`` (missing: counts only),
    ``shrunken``, ``shrunken_low``, ``shrunken_high`` (missing: counts only, or *refusal*), ``p_above`` (chance to lie
    above the pooled rate; missing unless below 0.05 or above 0.95), ``low_bound``, ``high_bound``.
    *apart* is the largest difference between a shrunken rate and that of the other usual model (``logit_normal``);
    0 where *refusal* says why nothing was shrunken.
    """

    of: Denominator
    table: pd.DataFrame
    refusal: Refusal | None
    differences: tuple[Difference, ...]
    apart: float = 0.0

    @property
    def is_comparable(self) -> bool:
        """Whether countries may be set beside each other."""
        return not self.differences


def compare(
    tallies: Mapping[str, Tally], of: Denominator, method: Method, differences: tuple[Difference, ...]
) -> Comparison:
    """The rate of each country beside the one that borrows from the others."""
    found = {country: rate(tallies[country], of, method) for country in tallies}
    shrinkage = shrink([r.x for r in found.values()], [r.n for r in found.values()])
    rows = []
    for nth, (country, raw) in enumerate(found.items()):
        row = {"country": country, "x": raw.x, "n": raw.n, "low_bound": raw.low_bound, "high_bound": raw.high_bound}
        if raw.estimate:
            row |= {"value": raw.estimate.value, "low": raw.estimate.low, "high": raw.estimate.high}
            if not shrinkage.refusal:
                shrunken = shrinkage.table.iloc[nth]
                row |= {f"shrunken{end}": shrunken[name] for end, name in SHRUNKEN.items()}
                row["p_above"] = shrunken["p_above"]
        rows.append(row)
    table = pd.DataFrame(rows, columns=COLUMNS)
    return Comparison(of, table, shrinkage.refusal, differences, 0.0 if shrinkage.refusal else _apart(shrinkage))


def _apart(found: Shrinkage) -> float:
    second = logit_normal(tuple(found.table["x"].tolist()), tuple(found.table["n"].tolist()))
    pairs = zip(found.table["shrunken"], second.means, strict=True)
    return max(abs(float(one) - other) for one, other in pairs)


SHRUNKEN: Final = {"": "shrunken", "_low": "low", "_high": "high"}
COLUMNS: Final = [
    "country", "x", "n", "value", "low", "high", "shrunken", "shrunken_low", "shrunken_high", "p_above",
    "low_bound", "high_bound",
]  # fmt: skip


def differences(tallies: Mapping[str, Tally], coverage: Frame, fined: Mapping[str, int]) -> tuple[Difference, ...]:
    """Why the countries of *tallies* may not be compared. One country alone has nothing to differ from.

    Coverage: a country and year that was not searched, that did not report or withheld its report. Unknown: the share
    of incidents without a known step differs by more than 20 points. Definition: some countries count fines without a
    conviction (*fined*, per country) among the charged, others do not.
    """
    if len(tallies) < 2:
        return ()
    found = []
    complete = coverage.select(nw.col("state").is_in(("reported", "nil")).all()).collect().item()
    if not complete:
        found.append(Difference.COVERAGE)
    shares = [tally.without_step / tally.recorded for tally in tallies.values()]
    if max(shares) - min(shares) > WIDEST_GAP:
        found.append(Difference.UNKNOWN)
    if 0 < len(set(fined) & set(tallies)) < len(tallies):
        found.append(Difference.DEFINITION)
    return tuple(found)
