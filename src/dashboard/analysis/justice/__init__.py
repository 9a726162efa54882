"""What became of the cases: steps, rates, sentences, time, and what official statistics say."""

from dashboard.analysis.justice.cases import (
    STEPS,
    Status,
    Tally,
    cases,
    fined,
    followed,
    funnel,
    open_cases,
    persons,
    tallies,
    total,
)
from dashboard.analysis.justice.duration import TimeToDecision, time_of, time_to_decision
from dashboard.analysis.justice.intervals import Method, proportion
from dashboard.analysis.justice.logit_normal import LogitNormal, logit_normal
from dashboard.analysis.justice.penalties import fines, provision_rows, statutes, terms
from dashboard.analysis.justice.published import illustrations, lone_figures, shared_base, statistics
from dashboard.analysis.justice.rates import (
    Comparison,
    Denominator,
    Difference,
    Rate,
    compare,
    differences,
    rate,
    rates,
)
from dashboard.analysis.justice.shrinkage import Refusal, Shrinkage, shrink

__all__ = [
    "STEPS",
    "Comparison",
    "Denominator",
    "Difference",
    "LogitNormal",
    "Method",
    "Rate",
    "Refusal",
    "Shrinkage",
    "Status",
    "Tally",
    "TimeToDecision",
    "cases",
    "compare",
    "differences",
    "fined",
    "fines",
    "followed",
    "funnel",
    "illustrations",
    "logit_normal",
    "lone_figures",
    "open_cases",
    "persons",
    "proportion",
    "provision_rows",
    "rate",
    "rates",
    "shared_base",
    "shrink",
    "statistics",
    "statutes",
    "tallies",
    "terms",
    "time_of",
    "time_to_decision",
    "total",
]  # fmt: skip
