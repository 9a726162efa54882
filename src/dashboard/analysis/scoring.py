"""What the room answered: distribution, spread between agencies, change since last time. Never one person's answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.law import matrix
from dashboard.domain.room import Score
from dashboard.domain.workshop import ANSWERS, SMALLEST_CELL

ALL_OTHER: Final = "all_other"  # roles that are too few to be shown apart
# Which topics of the legal matrix speak to which statement (LAW: sections 1.3 and 1.5 of the legal notes).
TOPICS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "o4": ("special_investigative_techniques", "evidence_forensics", "corruption_money_laundering_link"),
    "o5": (
        "protected_species_listing",
        "killing_penalty",
        "trade_penalty",
        "import_export_penalty",
    ),
    "o6": ("wildlife_crime_as_serious_crime", "agency_mandate"),
    "o7": ("wildlife_crime_as_serious_crime", "compensation_civil_damages"),
    "i02": ("wildlife_crime_as_serious_crime",),
    "i05": ("international_cooperation",),
    "i14": ("agency_mandate",),
    "i24": ("special_investigative_techniques",),
    "i26": ("evidence_forensics",),
    "i27": ("corruption_money_laundering_link",),
    "i33": ("wildlife_crime_as_serious_crime",),
    "i40": ("wildlife_crime_as_serious_crime",),
}

STATES: Final = ("yes", "partial", "no", "unknown")  # from the strongest


@dataclass(frozen=True, slots=True)
class Result:
    """What a room says of one statement. Below three answers only *n* is told: the rest is ``None`` or empty.

    *spread* holds the median of each agency role with three answers or more; smaller ones are put together under
    ``all_other``, and where even those would be fewer than three, the smallest visible role joins them.
    """

    item: str
    n: int
    counts: tuple[int, ...] = ()
    middle: float | None = None
    spread: Mapping[str, tuple[float, int]] | None = None
    agreed: int | None = None
    before: float | None = None

    @property
    def value(self) -> float | None:
        """What stands for the room: the agreed value, or else the median."""
        return self.middle if self.agreed is None else float(self.agreed)

    @property
    def change(self) -> float | None:
        """How far it moved since last time; ``None`` where one of the two is not known."""
        return None if self.value is None or self.before is None else self.value - self.before


def result(
    item: str,
    country: str,
    this_round: int,
    scores: Sequence[Score],
    agreed: Mapping[tuple[int, str, str], int],
) -> Result:
    """The result of one statement for one country in one round."""
    here = [s for s in scores if s.item == item and s.country == country]
    now = [s for s in here if s.round == this_round]
    settled = agreed.get((this_round, country, item))
    before = _last_time(here, item, country, this_round, agreed)
    if len(now) < SMALLEST_CELL:
        return Result(item, len(now), agreed=settled, before=before)
    counts = tuple(sum(s.value == answer for s in now) for answer in ANSWERS)
    middle = float(median(s.value for s in now))
    return Result(item, len(now), counts, middle, spread(now), settled, before)


def _last_time(
    here: Sequence[Score], item: str, country: str, this_round: int, agreed: Mapping[tuple[int, str, str], int]
) -> float | None:
    """The agreed value of the latest earlier round that has one, or else its median (of three answers or more)."""
    earlier = {s.round for s in here} | {r for r, c, i in agreed if (c, i) == (country, item)}
    for past in sorted((r for r in earlier if r < this_round), reverse=True):
        if (past, country, item) in agreed:
            return float(agreed[past, country, item])
        values = [s.value for s in here if s.round == past]
        if len(values) >= SMALLEST_CELL:
            return float(median(values))
    return None


def spread(scores: Iterable[Score]) -> dict[str, tuple[float, int]]:
    """The median and number of answers by role, so put together that none stands for fewer than three people."""
    by_role: dict[str, list[int]] = {}
    for score in scores:
        by_role.setdefault(score.role, []).append(score.value)
    shown = {role: values for role, values in by_role.items() if len(values) >= SMALLEST_CELL}
    rest = [value for role, values in by_role.items() if role not in shown for value in values]
    while rest and len(rest) < SMALLEST_CELL and shown:
        smallest = min(shown, key=lambda role: (len(shown[role]), role))
        rest += shown.pop(smallest)
    if len(rest) >= SMALLEST_CELL:
        shown[ALL_OTHER] = rest
    return {role: (float(median(values)), len(values)) for role, values in sorted(shown.items())}


def law_says(provisions: Frame, country: str) -> dict[str, dict[str, int]]:
    """How the topics of the legal matrix that speak to a statement stand for a country: status by number of topics.

    A topic stands as its cell in ``analysis.law.matrix``; one without a row is ``unknown``. Where the matrix
    has nothing to say on a statement, it is absent.
    """
    read = matrix.cells(provisions.filter(nw.col("country") == country))
    stands = dict(read.select("provision_topic", "status").collect().iter_rows())
    said = {item: [stands.get(topic, "unknown") for topic in topics] for item, topics in TOPICS_OF.items()}
    return {item: {s: states.count(s) for s in STATES if s in states} for item, states in said.items()}
