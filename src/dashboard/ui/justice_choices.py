"""What a reader chooses on the page of justice."""

from typing import Final

from dashboard.analysis.justice import STEPS, Denominator
from dashboard.domain.fields import N_
from dashboard.figures import parts
from dashboard.figures.catalogue_justice import USUAL
from dashboard.figures.justice import LAST
from dashboard.ui.controls import Choice

INCIDENTS: Final = "incidents"
PERSONS: Final = "persons"

PART: Final = Choice(
    "part",
    N_("Show"),
    tuple(parts.JUSTICE),
    ("steps",),
    names=parts.JUSTICE,
    look="tabs",
)
COUNTED: Final = Choice(
    "count",
    N_("What is counted"),
    (INCIDENTS, PERSONS),
    (INCIDENTS,),
    names={INCIDENTS: N_("Incidents"), PERSONS: N_("Persons")},
)
INTERVAL: Final = Choice(
    "interval",
    N_("Interval"),
    ("jeffreys", "wilson"),
    USUAL["interval"],
    names={"jeffreys": N_("Jeffreys"), "wilson": N_("Wilson")},
)
STEP: Final = Choice(
    "step",
    N_("Step"),
    (LAST, *STEPS[1:]),
    USUAL["step"],
    codes="justice_step",
    names={LAST: N_("Last known step")},
    look="list",
)
BASE: Final = Choice(
    "of",
    N_("Of what"),
    tuple(str(of) for of in Denominator),
    USUAL["of"],
    codes="rate_base",
    look="list",
)
