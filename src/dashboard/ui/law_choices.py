"""What can be chosen on the law page."""

from typing import Final

from dashboard.analysis.law import matrix, penalties, timing
from dashboard.domain.fields import N_
from dashboard.figures import law_words as words
from dashboard.figures import parts
from dashboard.figures.context import Context
from dashboard.figures.law_material import USUAL
from dashboard.ui import controls, session
from dashboard.ui.controls import Choice

STEPS: Final = ("0", "0.5", "1", "2", "3")
PART: Final = Choice(
    "part",
    N_("Part"),
    tuple(parts.LAW),
    ("matrix",),
    names=parts.LAW,
)
WEIGHTS: Final = tuple(
    Choice(f"w{pillar}", label, STEPS, USUAL[f"w{pillar}"], names={"0.5": N_("0.5")}, look="slider")
    for pillar, label in (
        ("a", N_("Weight: offences and listing")),
        ("b", N_("Weight: severity")),
        ("c", N_("Weight: institutions")),
        ("d", N_("Weight: remedies")),
    )
)
DOUBLED: Final = Choice(
    "double", N_("Topics that count twice"), matrix.TOPICS, USUAL["double"], codes="provision_topic", look="several"
)
OFFENCE: Final = Choice(
    "offence",
    N_("Offence"),
    penalties.OFFENCES,
    USUAL["offence"],
    codes="provision_topic",
    names={penalties.OVERALL: N_("Any offence")},
    look="list",
)
TOPIC: Final = Choice("topic", N_("Topics"), matrix.TOPICS, USUAL["topic"], codes="provision_topic", look="several")


def choose_date(context: Context) -> Context:
    """Draw the part and the date of the law that is wanted."""
    years = [str(year) for year in reversed(session.derived(timing.years, "provisions"))]
    when = Choice(
        words.AS_OF,
        N_("Law as of"),
        (words.LATEST, *years),
        USUAL[words.AS_OF],
        names={words.LATEST: N_("Last read")},
        look="list",
    )
    return controls.choose(context, PART, when)


def arrow(way: tuple[str, ...], context: Context) -> str:
    """A way in words."""
    return " → ".join(context.labels("country", code) for code in way)
