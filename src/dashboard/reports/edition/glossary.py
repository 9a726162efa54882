"""The words of the edition: terms of the method, and the codes of the tables with their meaning."""

from typing import Final

from dashboard.domain.fields import N_
from dashboard.figures.context import Context

TERMS: Final = (
    (N_("Incident"), N_("Something that happened: a place, a time, a suspected offence.")),
    (N_("Seizure"), N_("An incident in which an authority took specimens.")),
    (N_("Specimen"), N_("One species and commodity in an incident.")),
    (N_("Outcome"), N_("The last status that a source states; not known when the source stops at the event.")),
    (N_("Conviction"), N_("A court found somebody guilty; a fine without a court is not one.")),
    (N_("Known step"), N_("A charge, conviction, acquittal or dismissal; an investigation is not one.")),
    (N_("Bounds of a rate"), N_("What it can be at least and at most, whatever the unknown outcomes are.")),
    (N_("Interval"), N_("The range that holds the true value in 95 of 100 such counts.")),
    (N_("Coverage"), N_("What is known of a country and year: reported, nil, no report, not searched, withheld.")),
    (N_("Nil return"), N_("A report that says that nothing was found; not the same as no report.")),
    (N_("Occurrence"), N_("Whether there was crime at a place in a period, seen or not.")),
    (N_("Detection"), N_("The chance that crime which is there comes to be known.")),
    (N_("Repeat"), N_("A place and period with two or more detections; what tells occurrence from detection.")),
    (N_("Refused"), N_("The records do not carry this estimate; the reason is named and no number is shown.")),
    (N_("Four-year line"), N_("48 months, from which the UN convention on organized crime calls an offence serious.")),
    (N_("Data version"), N_("Edition and digest of every byte of the data: the same data have the same version.")),
    (N_("n"), N_("The number of records behind a figure.")),
)  # fmt: skip
LISTS: Final = {
    "evidence_grade": N_("Evidence"),
    "coverage_state": N_("Coverage"),
    "incident_type": N_("Incident type"),
    "outcome": N_("Outcome"),
    "role": N_("Role of the species"),
    "commodity": N_("Commodity"),
    "leg_role": N_("Role of a country on a route"),
    "date_precision": N_("Date precision"),
    "coord_precision": N_("Precision of a place"),
    "provision_status": N_("Status of a provision"),
    "provision_topic": N_("Topics of the law"),
    "publisher_kind": N_("Kinds of publishers"),
}
Chapters = list[tuple[str, tuple[tuple[str, str], ...]]]


def chapters(context: Context) -> Chapters:
    """Headings, each with terms and what they mean. A code whose name says all is there with its name alone."""
    t, labels = context.t, context.labels
    own = tuple(sorted((t(term), t(meaning)) for term, meaning in TERMS))
    found: Chapters = [(t("Terms"), own)]
    for codes, heading in LISTS.items():
        of_list = [code for name, code, *more in labels.names if name == codes and not more]
        found.append((t(heading), tuple((labels(codes, code), labels.description(codes, code)) for code in of_list)))
    return found
