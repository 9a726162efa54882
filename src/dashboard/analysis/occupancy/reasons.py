"""Why an estimate is refused or comes with a caution: codes, English sentences, numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Status = Literal["ok", "caution", "refused"]
Severity = Literal["note", "caution", "refused"]
Number = float | int | str | list[str] | list[float]

SENTENCES: Mapping[str, str] = {
    "UNMONITORED": "No visit is defined: nothing says where and when somebody looked.",
    "NO_DETECTIONS": "There is no detection in {visits} visits to {units} units, so occurrence cannot be "
    "told apart from detection.",
    "NO_REPLICATION": "No unit was visited twice in one period: only the product of occurrence and "
    "detection, {product:.3f}, can be estimated.",
    "RANK_DEFICIENT": "The design of {parameter} repeats itself; these columns follow from the others: {columns}.",
    "FEW_REPEATS": "{found} unit-periods have two or more detections{where}; fewer than {refuse_below} is "
    "too few and {ok_from} would be enough. {missing} more are needed.",
    "BOUNDARY": "These estimates lie on the edge of their range or are hardly determined by the data, "
    "and have one-sided limits only: {terms}.",
    "MULTIPLE_OPTIMA": "The search found different answers that fit almost equally well, or the best only "
    "once ({agreeing} of {starts} starts agree).",
    "NOT_CONVERGED": "The search did not settle on a best answer (remaining gradient {gradient:.2g}).",
    "LACK_OF_FIT": "The model fits poorly: observed histories depart {c_hat:.2f} times as much from the "
    "expected ones as chance explains.",
    "UNCONFIRMED_ONLY": "False reports cannot be told from true ones without detections in the confirmed channel.",
    "ABUNDANCE_UNBOUNDED": "The data do not bound the number of groups: it runs beyond {most}, where only "
    "the product of number and detection can be told.",
    "COVARIATE_GAPS": "{visits} visits were left out because a covariate is missing there.",
    "NOT_COMPARABLE": "These models were fitted to different sets of visits and cannot be ranked by AIC.",
    "FELL_BACK": "The dynamic model has no single answer here; this is the period-by-period model instead.",
    "FEW_PERIODS": "{found} periods are old enough to be complete; {needed} are needed.",
    "FEW_RECORDS": "The step to delay {delay} rests on {found} records; {needed} are needed.",
    "INCOMPLETE": "The latest period is {completeness:.0%} complete; below {needed:.0%} nothing can be said of it.",
    "BULK_ENTRY": "{share:.0%} of the records share one entry date: entered in bulk, they say nothing about delay.",
    "FEW_COUNTRIES": "{found} countries have counts{where}; {needed} are needed.",
    "FEW_YEARS": "{found} years have counts{where}; {needed} are needed.",
    "FEW_SEIZURES": "There are {found} seizures{where}; {needed} are needed.",
    "PROXY_MISSING": "Nothing says how {proxy} changed, so a trend of counts cannot be told from a trend of it.",
    "PROXY_SHARED": "The measure of {proxy} follows the same path in all countries and cannot be told from time.",
    "PROXY_CONFOUNDED": "The trend and the measure of {proxy} cannot be told apart (correlation {correlation:.2f}, "
    "limit {limit}).",
}


class Reason(NamedTuple):
    """One reason: a code for the translator, the English sentence, and the numbers in it."""

    code: str
    sentence: str
    numbers: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason together with what it does to the status of a fit."""

    reason: Reason
    severity: Severity


class RefusedError(ValueError):
    """A number was asked of a fit that was refused before anything could be estimated."""


def finding(code: str, severity: Severity, **numbers: Number) -> Finding:
    """Make a finding; the sentence comes from ``SENTENCES`` filled with *numbers*."""
    shown = {name: ", ".join(map(str, v)) if isinstance(v, list) else v for name, v in numbers.items()}
    return Finding(Reason(code, SENTENCES[code].format(**shown), numbers), severity)


def status_of(findings: Iterable[Finding]) -> Status:
    """The gravest severity decides; notes do not count."""
    severities = {f.severity for f in findings}
    if "refused" in severities:
        return "refused"
    return "caution" if "caution" in severities else "ok"
