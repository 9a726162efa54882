"""The law that a reader chose: of which countries, on which date, and what is chosen where the link says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.law import corridor, matrix, penalties, timing
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.records import Records
from dashboard.figures import law_words as words
from dashboard.figures.context import Context
from dashboard.figures.material import Material

CELL: Final = "cell"
OWN: Final = "own"
PILLARS: Final = ("wa", "wb", "wc", "wd")  # the weight of each pillar, by its parameter
USUAL: Final[dict[str, tuple[str, ...]]] = {  # what holds where a link says nothing; ``ui.law_choices`` starts from it
    words.AS_OF: (words.LATEST,),
    **dict.fromkeys(PILLARS, ("1",)),
    "double": (),
    "offence": penalties.OFFENCES[:1],
    "topic": (),
    "route": ("TJK", "KGZ", "CHN"),
    "corridor": (OWN,),
}


@dataclass(frozen=True, eq=False)
class Law:
    """The law of the countries and the date that were chosen."""

    provisions: Frame
    tiers: Frame
    review: Frame
    treaties: Frame

    @cached_property
    def cells(self) -> Frame:
        """The provisions as the cells of the matrix."""
        return matrix.cells(self.provisions)

    def of(self, countries: tuple[str, ...]) -> "Law":
        """The same of some countries; of all where none is named."""
        if not countries:
            return self
        inside = nw.col("country").is_in(countries)
        narrowed = (table.filter(inside) for table in (self.provisions, self.tiers, self.review, self.treaties))
        return Law(*narrowed)


def law_of(m: Material, context: Context, countries: tuple[str, ...] = ()) -> Law:
    """The law as it stood on the date that was chosen, of some countries or of all; once for all who ask for it."""
    when = context.view.get(words.AS_OF, (words.LATEST,))[-1]
    everything: Law = m.answers.get(("law", when), lambda: _on(m.records, when))
    of: Law = m.answers.get(("law", when, countries), lambda: everything.of(countries))
    return of


def _on(records: Records, when: str) -> Law:
    provisions = timing.as_of(records["provisions"], None if when == words.LATEST else int(when))
    tiers = penalties.standing(records["penalty_tiers"], provisions)
    return Law(provisions, tiers, records["law_review"], records["treaties"])


def shown_countries(context: Context) -> list[str]:
    """The countries of the filter, or all of the range, by name."""
    return words.by_name(context.selection.countries or RANGE_COUNTRIES, context)


def every_country(context: Context) -> list[str]:
    """All countries of the range, by name."""
    return words.by_name(RANGE_COUNTRIES, context)


def cell(context: Context) -> tuple[str, str]:
    """The cell in the link, or the first country and topic where it names none of those shown."""
    country, topic = (*context.view.get(CELL, ("",))[-1].split("."), "")[:2]
    shown = shown_countries(context)
    return (country if country in shown else shown[0]), (topic if topic in matrix.TOPICS else matrix.TOPICS[0])


def gap_country(context: Context) -> str:
    """The country whose gap list is shown."""
    chosen, shown = context.view.get("gaps", ("",))[-1], shown_countries(context)
    return chosen if chosen in shown else shown[0]


def pair(context: Context) -> tuple[str, str]:
    """The two countries that are compared."""
    every = every_country(context)
    one, *others = (*shown_countries(context), *every)
    both = (context.view.get("one", (one,))[-1], context.view.get("other", ("",))[-1])
    return both[0], both[1] or next(code for code in others if code != one)


def legs(records: Records, context: Context) -> tuple[str, ...]:
    """The countries of the route, in order: as the reader chose them, or those of a recorded corridor."""
    found = {".".join(way): way for way, _ in corridor.recorded(records)}
    return found.get(context.chosen("corridor"), context.view["route"])


def weights(context: Context) -> tuple[dict[str, float], tuple[str, ...], dict[str, float]]:
    """What each pillar weighs, which topics count twice, and what each topic weighs by that."""
    pillars = {key[1:]: float(context.chosen(key)) for key in PILLARS}
    doubled = context.view["double"]
    topics = {topic: pillars[p] * (1 + (topic in doubled)) for p, named in matrix.PILLARS.items() for topic in named}
    return pillars, doubled, topics


def moved(topics: Mapping[str, float]) -> dict[str, float]:
    """The weights that are not the usual one."""
    return {topic: weight for topic, weight in topics.items() if weight != 1}
