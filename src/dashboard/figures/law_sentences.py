"""The first sentence of each part of the law page, and what keeps it honest."""

from collections.abc import Sequence
from typing import Final

from dashboard.analysis import Frame
from dashboard.analysis.law.corridor import Weakest
from dashboard.analysis.law.matrix import Overlap
from dashboard.domain.fields import N_
from dashboard.figures.context import Context
from dashboard.figures.law_words import blank
from dashboard.figures.spec import collected

Headline = tuple[str, str]
RECENT: Final = 2015  # the Bishkek workshop on illegal wildlife trade
NOT_LOW: Final = N_("“Not read” does not mean low.")
A_PROMISE: Final = N_("A treaty joined is a promise; whether it is kept is another question.")


def matrix(cells: Frame, overlap: Overlap, context: Context) -> Headline:
    """How much of the matrix is documented, and why nobody is ranked."""
    t = context.t
    table = collected(cells)
    silent = int((table["status"] == "unknown").sum())
    return (
        t.n("Of {all} legal questions {n} is not answered.", "Of {all} legal questions {n} are not answered.", silent,
            all=t.number(len(table))),
        " ".join([ranking(overlap, context), t("“Not known” is not “no law”.")]),
    )  # fmt: skip


def ranking(overlap: Overlap, context: Context) -> str:
    """Why there is no ranking; or that one could be made."""
    t = context.t
    if not overlap.pair_count:
        return t("One country is not compared with anybody.")
    if overlap.allows_a_ranking:
        return t("No two ranges overlap; the order shown is still that of the alphabet.")
    return t.n(
        "Countries are not ranked: the ranges of {n} of {all} pair overlap.",
        "Countries are not ranked: the ranges of {n} of {all} pairs overlap.",
        overlap.overlapping_count,
        all=t.number(overlap.pair_count),
    )


def penalties(against: Frame, context: Context) -> Headline:
    """How many countries reach the four-year line, basic offence and highest tier apart."""
    t, table = context.t, collected(against)
    lines = table["line"]
    if len(table) == 1:
        country = context.labels("country", table["country"].iloc[0])
        return t("{country}: {sentence}", country=country, sentence=_of_one(lines.iloc[0], context)), t(NOT_LOW)
    basic, top, below, silent = (int((lines == code).sum()) for code in ("basic", "top_only", "below", "not_shown"))
    said = [
        t.n(
            "The basic offence reaches four years in {n} of {all} country",
            "The basic offence reaches four years in {n} of {all} countries",
            basic,
            all=t.number(len(lines)),
        )
    ]
    if top:
        said.append(t.n("in {n} only the highest tier does", "in {n} only the highest tier does", top))
    if below:
        said.append(t.n("in {n} none does", "in {n} none does", below))
    if silent:
        said.append(t.n("in {n} no maximum was read", "in {n} no maximum was read", silent))
    return "; ".join(said) + ".", t(NOT_LOW)


def _of_one(line: str, context: Context) -> str:
    """The same for a country by itself."""
    t = context.t
    return {
        "basic": t("the basic offence reaches four years."),
        "top_only": t("only the highest tier reaches four years."),
        "below": t("no tier reaches four years."),
        "not_shown": t("no maximum was read."),
    }[line]


def treaties(treaties: Frame, context: Context) -> Headline:
    """Who is a CITES Party, and of how many the legislation category is known."""
    t, table = context.t, collected(treaties)
    if len(table) == 1:
        row = table.iloc[0]
        category = blank(row["cites_nlp_category"])
        said = context.labels("cites_nlp_category", category) if category else t("not found")
        country = context.labels("country", row["country"])
        return t("{country} · CITES legislation: {category}.", country=country, category=said), t(A_PROMISE)
    first = int((table["cites_nlp_category"] == "1").sum())
    known = int(table["cites_nlp_category"].isin(["1", "2", "3"]).sum())
    return (
        t("{n} of {all} countries are in category 1 of CITES legislation; the category of {silent} was not found.",
          n=t.number(first), all=t.number(len(table)), silent=t.number(len(table) - known)),
        t("All are Parties to CITES. A treaty joined is a promise; whether it is kept is another question.")
        if (table["cites_party"] == "yes").all()
        else t(A_PROMISE),
    )  # fmt: skip


def reforms(events: Frame, context: Context) -> Headline:
    """How much moved, and since when."""
    t = context.t
    table = collected(events)
    recent = table[table["year"] >= RECENT]
    return (
        t.n("{n} change of law or treaty since {year} is documented.",
            "{n} changes of law or treaty since {year} are documented.", len(recent), year=RECENT),
        t.n("{n} change in all; those that no source names are not here.",
            "{n} changes in all; those that no source names are not here.", len(table)),
    )  # fmt: skip


def loopholes(count: int, all_of_them: int, context: Context) -> Headline:
    """How many loopholes match."""
    t = context.t
    return (
        t.n("{n} loophole of {all} is shown by provisions that were read.",
            "{n} loopholes of {all} are shown by provisions that were read.", count, all=t.number(all_of_them)),
        t("What was not read may hide others."),
    )  # fmt: skip


def corridor(found: Sequence[Weakest], route: Sequence[str], incident_count: int, context: Context) -> Headline:
    """The route, and which leg is the weakest most often."""
    t, name = context.t, context.labels
    names = " → ".join(name("country", leg) for leg in route)
    often = {leg: sum(leg in topic.weakest for topic in found) for leg in route}
    most = max(often.values(), default=0)
    legs = [name("country", leg) for leg in route if often[leg] == most] if most else []
    if legs:
        weak = t.n("weakest on {n} topic of {all}: {legs}", "weakest on {n} topics of {all}: {legs}", most,
                   all=t.number(len(found)), legs=", ".join(legs))  # fmt: skip
    else:
        weak = t("no weakest leg can be named")
    silent = sum(bool(topic.unknown) for topic in found)
    return (
        t("{route}: {weak}.", route=names, weak=weak),
        " ".join([
            t.n("On {n} topic a leg is not known.", "On {n} topics a leg is not known.", silent),
            t.n("{n} incident is on record along this route.", "{n} incidents are on record along this route.",
                incident_count),
        ]),
    )  # fmt: skip


def pair(cells: Frame, countries: Sequence[str], context: Context) -> Headline:
    """On how many topics two countries differ, and on how many nothing can be said."""
    t = context.t
    table = collected(cells)
    one, other = (table[table["country"] == c].set_index("provision_topic")["status"] for c in countries)
    known = (one != "unknown") & (other.reindex(one.index) != "unknown")
    differ = int((one[known] != other.reindex(one.index)[known]).sum())
    return (
        t("{one} and {other}: {differ} of {known} topics known in both differ.",
          one=context.labels("country", countries[0]), other=context.labels("country", countries[-1]),
          differ=t.number(differ), known=t.number(int(known.sum()))),
        t.n("{n} topic is not known in one of them.", "{n} topics are not known in one of them.", int((~known).sum())),
    )  # fmt: skip


def practice(seen: Frame, context: Context) -> Headline:
    """What courts were seen to do, and of how much nothing is known."""
    t = context.t
    table = collected(seen)
    terms, n, silent = (int(table[c].sum()) for c in ("term_count", "incident_count", "without_outcome_count"))
    found = t.n("{n} prison term is on record", "{n} prison terms are on record", terms)
    return (
        t("{recorded}; {unknown}.", recorded=found, unknown=t("no final outcome is known"))
        if silent == n
        else t("{terms}; of {silent} of {all} incidents no final outcome is known.",
               terms=found, silent=t.number(silent), all=t.number(n)),
        t("Law and practice stand side by side and are never added up to one number."),
    )  # fmt: skip


def weights(chosen: dict[str, float], doubled: Sequence[str], context: Context) -> str:
    """The weights in words; empty where all are 1."""
    t, labels = context.t, context.labels
    said = [f"{labels('law_pillar', pillar)} ×{t.number(value)}" for pillar, value in chosen.items() if value != 1]
    said += [f"{labels('provision_topic', topic)} ×2" for topic in doubled]
    return t("Weights: {weights}", weights=", ".join(said)) if said else ""


def nothing_weighed(context: Context) -> str:
    """The refusal when everything has been given no weight."""
    return context.t("All weights are 0, so there is nothing to score. Give one group of topics a weight above 0.")
