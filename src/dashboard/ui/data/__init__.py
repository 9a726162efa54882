"""The page of the records themselves, in parts that a link can name."""

from typing import Final

from dashboard.domain.fields import N_
from dashboard.figures.context import Context
from dashboard.ui import controls, panels
from dashboard.ui.data import bring, correct, download, people, review, submit, versions, who

PARTS: Final = {
    "versions": (N_("Versions and sources"), versions.show),
    "download": (N_("Download"), download.show),
    "import": (N_("Import"), bring.show),
    "submit": (N_("Report an incident"), submit.show),
    "correct": (N_("Correct"), correct.show),
    "review": (N_("Review"), review.show),
    "people": (N_("People"), people.show),
}


def show(context: Context) -> None:
    """Draw the chosen part. Whole records, places and all, are none of the projector's business."""
    if context.is_locked:
        panels.headline(
            context.t("The projector-safe lock is on."),
            context.t("Records are added, checked and downloaded again when the facilitator lifts it."),
        )
        return
    chosen = controls.choose(context, _parts())
    PARTS[chosen.chosen("part")][1](chosen)


def _parts() -> controls.Choice:
    """The parts there are for this reader: roles are shown to those who give them."""
    there = tuple(part for part in PARTS if part != "people" or who.gives_roles())
    return controls.Choice("part", N_("What to do"), there, there[:1], names={code: PARTS[code][0] for code in there})
