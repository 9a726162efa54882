"""What a country report says of the law: gaps, exemptions, what could not be found, reforms, treaties."""

from typing import Final

import narwhals as nw

from dashboard.domain.fields import N_
from dashboard.figures.catalogue import Material

EXEMPTIONS: Final = ("captive_breeding_exemption", "retaliation_exemption")  # here "yes" weakens protection
STATUSES: Final = ("yes", "partial", "no", "unknown")
TREATIES: Final = {"cites": N_("CITES"), "cms": N_("CMS"), "untoc": N_("UNTOC"), "uncac": N_("UNCAC")}


def law(made_from: Material) -> list[str]:
    """The provisions on record by topic, and the treaties."""
    context, t = made_from.context, made_from.context.t
    here = nw.col("country").is_in(context.selection.countries)
    provisions = made_from.records["provisions"].filter(here).collect().to_pandas()
    if not len(provisions):
        return [t("No legal provision of this country is on record; that does not mean that there is none.")]
    weakest_first = provisions.sort_values("status", key=lambda found: -found.map(STATUSES.index), kind="stable")
    status = dict(zip(weakest_first["provision_topic"], weakest_first["status"], strict=True))  # the strongest counts

    def topics(*wanted: str, are_exemptions: tuple[bool, ...] = (False,)) -> str:
        found = [
            topic for topic, known in status.items() if known in wanted and (topic in EXEMPTIONS) in are_exemptions
        ]
        return t.list(sorted(context.labels("provision_topic", topic).lower() for topic in found))

    years = provisions[["year_adopted", "year_amended"]].max().dropna()
    said = [
        t(
            "Topics examined: {all}. A provision was found for {yes}, in part for {partial}, none for {no}; "
            "of {unknown} nothing readable was found.",
            all=len(status),
            **{name: sum(known == name for known in status.values()) for name in STATUSES},
        )
    ]
    if none := topics("no"):
        said.append(t("No provision: {topics}.", topics=none))
    if partial := topics("partial"):
        said.append(t("In part only: {topics}.", topics=partial))
    if exempt := topics("yes", "partial", are_exemptions=(True,)):
        said.append(t("Exemptions that exist, at least in part: {topics}.", topics=exempt))
    if unknown := topics("unknown", are_exemptions=(True, False)):
        said.append(t("Not known: {topics}. This does not mean that there is no law.", topics=unknown))
    if len(years):
        said.append(t("The latest adoption or amendment on record is of {year}.", year=int(years.max())))
    return [*said, *_treaties(made_from)]


def _treaties(made_from: Material) -> list[str]:
    context, t = made_from.context, made_from.context.t
    here = nw.col("country").is_in(context.selection.countries)
    found = made_from.records["treaties"].filter(here).collect().to_pandas().to_dict("records")
    if not found:
        return [t("The treaties of this country are not on record.")]
    row = found[0]
    answers = {name: str(row[f"{name}_party"]) for name in TREATIES}
    said = []
    for answer, sentence in (
        ("yes", t("Party to {names}.")),
        ("no", t("Not a Party to {names}.")),
        ("unknown", t("Whether it is a Party to {names} was not found.")),
    ):
        if names := [t(TREATIES[name]) for name, known in answers.items() if known == answer]:
            said.append(sentence.format(names=t.list(names)))
    category = row["cites_nlp_category"]
    if isinstance(category, str) and category:
        as_of = row["cites_nlp_as_of"]
        when = t.date(as_of) if isinstance(as_of, str) and as_of else t("date not stated")
        name = context.labels("cites_nlp_category", category)
        said.append(t("National law for CITES: {category} ({date}).", category=name, date=when))
    return said
