"""The law along a route: leg by leg, the weakest leg of each topic, and the incidents recorded on the way."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.law.penalties import OVERALL
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.records import Records

TOPICS: Final = ("possession_penalty", "trade_penalty", "import_export_penalty", "online_trade", OVERALL)
FEWEST_TO_COMPARE: Final = 2


@dataclass(frozen=True, slots=True)
class Weakest:
    """What can be said of the weakest leg for a topic.

    *weakest* are the legs with the fewest points, in the order of the route; empty where the known legs are level or
    fewer than two are known. *unknown* are the legs of which nothing is known: they are never weak.
    """

    topic: str
    weakest: tuple[str, ...]
    known: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def is_level(self) -> bool:
        """Whether all known legs have the same points."""
        return not self.weakest and len(self.known) >= FEWEST_TO_COMPARE


def weakest_legs(cells: Frame, route: Sequence[str]) -> list[Weakest]:
    """Name the weakest leg of a route for each topic of ``TOPICS``. Takes the table of ``matrix.cells``."""
    points = {
        (row["country"], row["provision_topic"]): row["points"]
        for row in cells.filter(nw.col("provision_topic").is_in(TOPICS)).collect().iter_rows(named=True)
        if row["status"] != "unknown"
    }
    found = []
    for topic in TOPICS:
        known = {leg: float(points[leg, topic]) for leg in route if (leg, topic) in points}
        least = min(known.values(), default=0.0)
        differ = len(known) >= FEWEST_TO_COMPARE and max(known.values()) > least
        weakest = tuple(leg for leg, value in known.items() if differ and value == least)
        found.append(Weakest(topic, weakest, tuple(known), tuple(leg for leg in route if leg not in known)))
    return found


def ways(records: Records) -> dict[str, tuple[str, ...]]:
    """The countries on the way of each incident: origin, transit, where it was recorded, destination.

    Only incidents with a leg in another country have a way. A country named twice in a row counts once.
    """
    legs = records["legs"].collect()
    happened = dict(records["incidents"].select("incident_id", "country").collect().iter_rows())
    parts: dict[str, dict[str, list[str]]] = {}
    for incident, role, country in legs.select("incident_id", "role", "country").sort("country").iter_rows():
        parts.setdefault(str(incident), {}).setdefault(str(role), []).append(str(country))
    found = {}
    for incident in sorted(parts.keys() & happened.keys()):
        roles = parts[incident]
        ordered = [
            *roles.get("origin", []),
            *roles.get("transit", []),
            happened[incident],
            *roles.get("destination", []),
        ]
        way = tuple(c for n, c in enumerate(ordered) if n == 0 or c != ordered[n - 1])
        if len(way) >= FEWEST_TO_COMPARE:
            found[incident] = way
    return found


def recorded(records: Records) -> list[tuple[tuple[str, ...], int]]:
    """The recorded ways that touch two range countries, most often recorded first, then alphabetically.

    Countries outside the range are left out of a way: their law was not read.
    """
    inside = Counter(tuple(c for c in way if c in RANGE_COUNTRIES) for way in ways(records).values())
    several = [(way, n) for way, n in inside.items() if len(set(way)) == len(way) >= FEWEST_TO_COMPARE]
    return sorted(several, key=lambda item: (-item[1], item[0]))


def on_the_way(records: Records, route: Sequence[str]) -> Frame:
    """The incidents that moved along a route: two of its countries are on their way, in the same order.

    Returns the rows of ``incidents`` with ``way`` (codes joined by ``>``), newest first.
    """
    steps = {(a, b) for n, a in enumerate(route) for b in route[n + 1 :]}
    along = {
        incident: ">".join(way)
        for incident, way in ways(records).items()
        if any((a, b) in steps for n, a in enumerate(way) for b in way[n + 1 :])
    }
    incidents = records["incidents"].filter(nw.col("incident_id").is_in(list(along))).collect()
    named = incidents.with_columns(
        nw.new_series(
            "way", [along[i] for i in incidents["incident_id"].to_list()], nw.String, backend=incidents.implementation
        )
    )
    return named.sort("occurred_on", "incident_id", descending=[True, False]).lazy()
