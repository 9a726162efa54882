"""Sentences about what became of the cases; a rapporteur can read them aloud, and none says more than is known."""

from collections.abc import Mapping
from typing import Final

from dashboard.analysis.justice import Comparison, Denominator, Difference, Rate, Refusal, Tally, rate
from dashboard.domain.estimate import Estimate
from dashboard.domain.fields import N_
from dashboard.figures.context import Context
from dashboard.figures.spans import NEARLY

HALF: Final = 0.5

REFUSALS: Final = {
    Refusal.FEW_GROUPS: N_("Nothing is shrunken: that takes at least 5 countries with such cases."),
    Refusal.SMALL_GROUPS: N_("Nothing is shrunken: no country has 5 such cases."),
    Refusal.NO_OVERDISPERSION: N_(
        "Nothing is shrunken: by these counts the countries differ no more than chance would make them."
    ),
}
DIFFERENCES: Final = {
    Difference.COVERAGE: N_("not every country and year was searched"),
    Difference.UNKNOWN: N_("the share of incidents without a known step differs by more than 20 points"),
    Difference.DEFINITION: N_("in some countries only, fines without a court count as charges"),
}


def share(value: float, context: Context) -> str:
    """A share as whole percent; what is nearly nothing or nearly all is never rounded to it."""
    t = context.t
    if 0 < value < NEARLY:
        return t("less than {share}", share=t.percent(0.01))
    if 1 - NEARLY < value < 1:
        return t("more than {share}", share=t.percent(0.99))
    return t.percent(value)


def interval(estimate: Estimate, context: Context) -> str:
    """A share with its interval: "58% (95% interval: 48% to 68%)"."""
    return context.t(
        "{share} ({level} interval: {low} to {high})",
        share=share(estimate.value, context),
        level=context.t.percent(estimate.level),
        low=share(estimate.low, context),
        high=share(estimate.high, context),
    )


def of_all(n: int, context: Context) -> str:
    """The beginning of a sentence about *n* incidents."""
    return context.t.n("Of {n} recorded incident", "Of {n} recorded incidents", n)


def headline(tally: Tally, context: Context) -> tuple[str, str]:
    """The first sentence of the page, and what keeps it honest."""
    t = context.t
    if tally.convicted:
        ended = t.n(
            "{of_all}, {n} is known to have ended in a conviction",
            "{of_all}, {n} are known to have ended in a conviction",
            tally.convicted,
            of_all=of_all(tally.recorded, context),
        )
    else:
        ended = t("{of_all}, none is known to have ended in a conviction", of_all=of_all(tally.recorded, context))
    if tally.without_step == tally.recorded:
        silent = t("no step in law is known")
    elif tally.without_step:
        silent = t.n("of {n} no step in law is known", "of {n} no step in law is known", tally.without_step)
    else:
        silent = t("a step in law is known of each")
    return t("{first}; {second}.", first=ended, second=silent), bounds(tally, context)


def bounds(tally: Tally, context: Context) -> str:
    """What holds whatever the unknown outcomes turn out to be: as percentages only where enough cases are decided."""
    t, found = context.t, rate(tally, Denominator.RECORDED)
    if found.low_count == found.high_count:
        return t("Every outcome is known.")
    if found.estimate:
        return t(
            "If every unknown outcome were an acquittal, the conviction rate would be {low}; if every one were a "
            "conviction, {high}.",
            low=share(found.low_bound, context),
            high=share(found.high_bound, context),
        )
    return t(
        "Whatever the unknown outcomes turn out to be, at least {low} and at most {high} of {all} ended in a "
        "conviction.",
        low=t.number(found.low_count),
        high=t.number(found.high_count),
        all=t.number(found.recorded),
    )


def known_steps(tally: Tally, context: Context) -> str:
    """Convictions among the incidents with a known step, and how many have none."""
    t, n = context.t, tally.charged_or_further
    numbers = {"silent": t.number(tally.without_step), "all": t.number(tally.recorded)}
    if n == 0:
        return t.n(
            "No step in law is known of the {n} recorded incident.",
            "No step in law is known of any of the {n} recorded incidents.",
            tally.recorded,
        )
    if tally.convicted == 0:
        return t.n(
            "Of {n} incident with a known step, none ended in a conviction; {silent} of {all} have no known step.",
            "Of {n} incidents with a known step, none ended in a conviction; {silent} of {all} have no known step.",
            n,
            **numbers,
        )
    return t.n(
        "Of {n} incident with a known step, {convicted} ended in a conviction; {silent} of {all} have no known step.",
        "Of {n} incidents with a known step, {convicted} ended in a conviction; {silent} of {all} have no known step.",
        n,
        convicted=t.number(tally.convicted),
        **numbers,
    )


def rates(found: tuple[Rate, ...], tally: Tally, context: Context) -> str:
    """The sentence of the three rates."""
    t = context.t
    said = [known_steps(tally, context)]
    if found[0].estimate is None:
        said.append(
            t.n(
                "With {n} decided case there are counts only, no percentage: that takes at least 5.",
                "With {n} decided cases there are counts only, no percentage: that takes at least 5.",
                tally.decided,
            )
        )
    said.append(bounds(tally, context))
    return " ".join(said)


def comparison(found: Comparison, context: Context) -> str:
    """The sentence of the comparison: which countries have counts only, why it is greyed, why nothing is shrunken."""
    t = context.t
    without = found.table.loc[found.table["value"].isna(), "country"].to_list()
    said = []
    if without:
        said.append(
            t.n(
                "{n} country has fewer than 5 decided cases and is shown with counts only: {names}.",
                "{n} countries have fewer than 5 decided cases and are shown with counts only: {names}.",
                len(without),
                names=countries(without, context),
            )
        )
    else:
        said.append(t("Every country shown has at least 5 decided cases."))
    if found.differences:
        reasons = "; ".join(t(DIFFERENCES[difference]) for difference in found.differences)
        said.append(t("Do not compare the countries, they are drawn in grey: {reasons}.", reasons=reasons))
    if found.refusal and len(found.table) > 1:
        said.append(t(REFUSALS[found.refusal]))
    if found.is_comparable:
        said += _apart(found, context)
    return " ".join(said)


def _apart(found: Comparison, context: Context) -> list[str]:
    """Countries that very likely lie above or below the common rate. Said only where comparing is allowed."""
    t, chance = context.t, found.table.set_index("country")["p_above"].astype(float).dropna()
    above, below = chance[chance > HALF].index.to_list(), chance[chance < HALF].index.to_list()
    return [
        *([t("Very likely above the common rate: {names}.", names=countries(above, context))] if above else []),
        *([t("Very likely below the common rate: {names}.", names=countries(below, context))] if below else []),
    ]


def by_country(tallies: Mapping[str, Tally], context: Context) -> str:
    """Which countries have no conviction on record, and that this is no finding."""
    t = context.t
    without = [country for country, tally in tallies.items() if tally.convicted == 0]
    if not without:
        return t("Every country shown has at least one conviction on record.")
    return t.n(
        "No conviction is on record for {n} country: {names}. That is what the sources left out as much as "
        "what courts did.",
        "No conviction is on record for {n} countries: {names}. That is what the sources left out as much as "
        "what courts "
        "did.",
        len(without),
        names=countries(without, context),
    )


def countries(codes: list[str], context: Context) -> str:
    """Countries by name, in alphabetical order of this language."""
    return context.t.list(sorted(context.labels("country", code) for code in codes))
