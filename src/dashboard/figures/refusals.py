"""Why an estimate is refused or comes with a caution, and what would lift that, in the reader's language."""

from collections.abc import Mapping
from typing import Final

from dashboard.analysis.occupancy import Reason
from dashboard.domain.fields import N_
from dashboard.i18n.translator import Translator

WHY: Final[Mapping[str, str]] = {
    "UNMONITORED": N_("Nothing says where and when somebody looked."),
    "NO_DETECTIONS": N_("Nothing was found in any visit, so absence cannot be told from blindness."),
    "NO_REPLICATION": N_("No place was looked at twice in one period."),
    "RANK_DEFICIENT": N_("Columns that follow from the others ({parameter}): {columns}."),
    "FEW_REPEATS": N_(
        "Places with two or more records in one period: {found}. Needed: {refuse_below} to say anything, {ok_from} to "
        "say it without a caution."
    ),
    "BOUNDARY": N_("On the edge of the possible, known from one side only: {terms}."),
    "MULTIPLE_OPTIMA": N_("Different answers fit almost equally well: {agreeing} of {starts} searches agree."),
    "NOT_CONVERGED": N_("The search did not settle on a best answer."),
    "LACK_OF_FIT": N_("The model fits poorly: departures are {c_hat} times as large as chance explains."),
    "UNCONFIRMED_ONLY": N_("Without confirmed records, false reports cannot be told from true ones."),
    "ABUNDANCE_UNBOUNDED": N_("The data set no upper limit to the number of groups."),
    "COVARIATE_GAPS": N_("Visits left out because a covariate is missing there: {visits}."),
    "NOT_COMPARABLE": N_("The models were fitted to different visits and cannot be ranked."),
    "FELL_BACK": N_("The dynamic model has no single answer here; the model by period stands in for it."),
    "FEW_PERIODS": N_("Periods old enough to be complete: {found}. Needed: {needed}."),
    "FEW_RECORDS": N_("A step of the delay rests on few records: {found}. Needed: {needed}."),
    "INCOMPLETE": N_("Too little of the latest period has come in: {completeness}. Needed: {needed}."),
    "BULK_ENTRY": N_("Records entered on one and the same day say nothing of delay: {share} of all."),
    "FEW_COUNTRIES": N_("Countries with counts: {found}. Needed: {needed}."),
    "FEW_YEARS": N_("Years with counts: {found}. Needed: {needed}."),
    "FEW_SEIZURES": N_("Incidents counted: {found}. Needed: {needed}."),
    "PROXY_MISSING": N_("Nothing measures this by country and year: {proxy}."),
    "PROXY_SHARED": N_("This follows the same path in all countries and cannot be told from time: {proxy}."),
    "PROXY_CONFOUNDED": N_("The trend cannot be told from this measure: {proxy} (correlation {correlation})."),
}
LIFTS: Final[Mapping[str, str]] = {
    "UNMONITORED": N_("Nil returns of agencies, or a calendar that says who looked where and when."),
    "NO_DETECTIONS": N_("Longer periods, larger areas, or records that are not here yet."),
    "NO_REPLICATION": N_("A second look in the same place and period, by anyone, with or without a finding."),
    "RANK_DEFICIENT": N_("Leave one of the named columns out."),
    "FEW_REPEATS": N_("More places that report twice or more in one period; records of agencies count most."),
    "BOUNDARY": N_("More visits where the named part varies, or a simpler model."),
    "MULTIPLE_OPTIMA": N_("A simpler model, or more visits."),
    "NOT_CONVERGED": N_("A simpler model, or more visits."),
    "LACK_OF_FIT": N_("Covariates that explain why some places are found out more easily."),
    "UNCONFIRMED_ONLY": N_("Records confirmed by a seizure, a court or a laboratory in the same places."),
    "ABUNDANCE_UNBOUNDED": N_("More repeat records, or the ordinary model."),
    "FEW_PERIODS": N_("The date on which each record was entered, kept from now on."),
    "FEW_RECORDS": N_("Longer periods, or more records."),
    "INCOMPLETE": N_("Leave the latest period out."),
    "BULK_ENTRY": N_("Entering records as they come in."),
    "FEW_COUNTRIES": N_("Counts from more countries."),
    "FEW_YEARS": N_("Counts of more years."),
    "FEW_SEIZURES": N_("Counts of more incidents, or a wider class of them."),
    "PROXY_MISSING": N_("Staff, patrol days or inspections by country and year; which reports were submitted."),
    "PROXY_SHARED": N_("A measure that differs between countries."),
    "PROXY_CONFOUNDED": N_("A measure that does not simply grow with time."),
}
PROXIES: Final = {"enforcement": N_("enforcement"), "reporting": N_("reporting")}
SHARES: Final = ("completeness", "share")
STATUS: Final = {"ok": N_("accepted"), "caution": N_("with caution"), "refused": N_("refused")}


def verdict(status: str, t: Translator) -> str:
    """The status of a fit in words."""
    return t(STATUS[status])


def why(reason: Reason, t: Translator) -> str:
    """The reason as a sentence."""
    return t(WHY[reason.code], **{name: _said(name, value, reason, t) for name, value in reason.numbers.items()})


def lifts(reason: Reason, t: Translator) -> str:
    """What would lift a refusal; empty where it only has to be known."""
    return t(LIFTS[reason.code]) if reason.code in LIFTS else ""


def all_of(reasons: tuple[Reason, ...], t: Translator) -> str:
    """All reasons in one text."""
    return " ".join(dict.fromkeys(why(reason, t) for reason in reasons))


def pairs(reasons: tuple[Reason, ...], t: Translator) -> list[tuple[str, str]]:
    """Each reason with what would lift it."""
    return list(dict.fromkeys((why(reason, t), lifts(reason, t)) for reason in reasons))


def _said(name: str, value: object, reason: Reason, t: Translator) -> str:
    if name == "proxy":
        return t(PROXIES[str(value)])
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name in SHARES or (name == "needed" and "completeness" in reason.numbers):
        return t.percent(float(str(value)))
    if isinstance(value, int | float):
        return t.number(round(float(value), 2) if isinstance(value, float) else value)
    return str(value)
