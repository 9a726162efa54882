"""How the numbers were made and what they cannot say, for those who have nothing but the edition."""

from dashboard.figures import sentences
from dashboard.figures.context import Context
from dashboard.figures.incident_map import NOTES


def prose(context: Context) -> list[tuple[str, list[str]]]:
    """Headings with their paragraphs: what is here and its limits, then the methods, the map and this copy."""
    t, boundaries = context.t, NOTES["un"]
    return [
        *sentences.about(context),
        (
            t("How the numbers are made"),
            [
                t(
                    "Every count adds up: an incident with several species or commodities is counted once, under "
                    "“several”. Animals, items and kilograms are never added to one another."
                ),
                t(
                    "A rate names its base and carries a 95% interval; with fewer than 5 decided cases there are "
                    "counts only. Bounds say what it can be whatever the unknown outcomes are. An outcome that is not "
                    "known is never counted as “no”."
                ),
                t(
                    "The law was read in part, from public texts. Of several provisions the one kindest to the "
                    "country counts. Nothing unknown is scored, and no country is ranked while ranges overlap."
                ),
                t(
                    "Occurrence and detection are estimated apart from one another, from places that were looked at "
                    "several times. Where the records do not carry an estimate it is refused, with the reason."
                ),
            ],
        ),
        (t("Boundaries on the maps"), [t(boundaries)]),
        (
            t("This copy"),
            [
                t(
                    "This is an edition as files: it needs no server and no network, and asks nobody for anything. "
                    "It shows data version {version} and will not change.",
                    version=context.data_version,
                ),
                t(
                    "The file SHA256SUMS holds a checksum of every file; `sha256sum -c SHA256SUMS` tells whether one "
                    "was changed. The file manifest.json names the version and the totals."
                ),
            ],
        ),
    ]
