"""What the parts of the long pages are called, on the screen and in the edition; the first is shown at first."""

from typing import Final

from dashboard.domain.fields import N_

EXTENT: Final = {
    "map": N_("Map"),
    "when": N_("When"),
    "what": N_("What"),
    "routes": N_("Routes"),
    "records": N_("Records"),
}
JUSTICE: Final = {
    "steps": N_("Steps"),
    "countries": N_("Countries"),
    "sentences": N_("Sentences"),
    "official": N_("Official figures"),
    "time": N_("Time"),
}
LAW: Final = {
    "matrix": N_("Matrix"),
    "penalties": N_("Penalties"),
    "treaties": N_("Treaties"),
    "reforms": N_("Reforms"),
    "loopholes": N_("Loopholes"),
    "corridors": N_("Corridors"),
    "compare": N_("Two countries"),
    "practice": N_("Law and courts"),
}
