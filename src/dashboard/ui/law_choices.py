"""What can be chosen on the law page, and the law that was chosen."""

from dataclasses import dataclass
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.law import matrix, penalties, timing
from dashboard.domain.fields import N_, RANGE_COUNTRIES
from dashboard.domain.records import Records
from dashboard.figures import law_words as words
from dashboard.figures.context import Context
from dashboard.ui import controls, session
from dashboard.ui.controls import Choice

CELL: Final = "cell"
EVENTS: Final = 25  # changes in the table under the timeline
OWN: Final = "own"
STEPS: Final = ("0", "0.5", "1", "2", "3")
PART: Final = Choice(
    "part",
    N_("Part"),
    ("matrix", "penalties", "treaties", "reforms", "loopholes", "corridors", "compare", "practice"),
    ("matrix",),
    names={
        "matrix": N_("Matrix"),
        "penalties": N_("Penalties"),
        "treaties": N_("Treaties"),
        "reforms": N_("Reforms"),
        "loopholes": N_("Loopholes"),
        "corridors": N_("Corridors"),
        "compare": N_("Two countries"),
        "practice": N_("Law and courts"),
    },
)
WEIGHTS: Final = tuple(
    Choice(f"w{pillar}", label, STEPS, ("1",), names={"0.5": N_("0.5")}, look="slider")
    for pillar, label in (
        ("a", N_("Weight: offences and listing")),
        ("b", N_("Weight: severity")),
        ("c", N_("Weight: institutions")),
        ("d", N_("Weight: remedies")),
    )
)
DOUBLED: Final = Choice(
    "double", N_("Topics that count twice"), matrix.TOPICS, (), codes="provision_topic", look="several"
)
OFFENCE: Final = Choice(
    "offence",
    N_("Offence"),
    penalties.OFFENCES,
    penalties.OFFENCES[:1],
    codes="provision_topic",
    names={penalties.OVERALL: N_("Any offence")},
    look="list",
)
TOPIC: Final = Choice("topic", N_("Topics"), matrix.TOPICS, (), codes="provision_topic", look="several")


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """The law of the countries and the date that were chosen, and the records beside it."""

    records: Records
    provisions: Frame
    tiers: Frame
    review: Frame
    treaties: Frame

    def of(self, countries: tuple[str, ...]) -> "Law":
        """The same of some countries; of all where none is named."""
        if not countries:
            return self
        inside = nw.col("country").is_in(countries)
        narrowed = (table.filter(inside) for table in (self.provisions, self.tiers, self.review, self.treaties))
        return Law(self.records, *narrowed)


def choose_date(context: Context) -> Context:
    """Draw the part and the date of the law that is wanted."""
    years = [str(year) for year in reversed(session.derived(timing.years, "provisions"))]
    when = Choice(
        words.AS_OF,
        N_("Law as of"),
        (words.LATEST, *years),
        (words.LATEST,),
        names={words.LATEST: N_("Last read")},
        look="list",
    )
    return controls.choose(context, PART, when)


def shown_countries(context: Context) -> list[str]:
    """The countries of the filter, or all of the range, by name."""
    return words.by_name(context.selection.countries or RANGE_COUNTRIES, context)


def every_country(context: Context) -> list[str]:
    """All countries of the range, by name."""
    return words.by_name(RANGE_COUNTRIES, context)


def arrow(way: tuple[str, ...], context: Context) -> str:
    """A way in words."""
    return " → ".join(context.labels("country", code) for code in way)
