"""The page of the records themselves, in parts that a link can name."""

from typing import Final

from dashboard.domain.fields import N_
from dashboard.figures.context import Context
from dashboard.ui import controls, panels
from dashboard.ui.data import bring, correct, download, review, submit, versions

PARTS: Final = {
    "versions": (N_("Versions and sources"), versions.show),
    "download": (N_("Download"), download.show),
    "import": (N_("Import"), bring.show),
    "submit": (N_("Report an incident"), submit.show),
    "correct": (N_("Correct"), correct.show),
    "review": (N_("Review"), review.show),
}
PART: Final = controls.Choice(
    "part", N_("What to do"), tuple(PARTS), ("versions",), names={code: name for code, (name, _) in PARTS.items()}
)


def show(context: Context) -> None:
    """Draw the chosen part. Whole records, places and all, are none of the projector's business."""
    if context.is_locked:
        panels.headline(
            context.t("The projector-safe lock is on."),
            context.t("Records are added, checked and downloaded again when the facilitator lifts it."),
        )
        return
    chosen = controls.choose(context, PART)
    PARTS[chosen.chosen(PART.key)][1](chosen)
