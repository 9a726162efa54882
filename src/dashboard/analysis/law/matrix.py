"""The legal-gap matrix: one cell a country and topic, a score a country, and what is not known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame

PILLARS: Final[dict[str, tuple[str, ...]]] = {
    "a": (
        "protected_species_listing",
        "killing_penalty",
        "trade_penalty",
        "possession_penalty",
        "import_export_penalty",
        "online_trade",
        "prey_species_protection",
    ),
    "b": ("wildlife_crime_as_serious_crime", "corruption_money_laundering_link", "special_investigative_techniques"),
    "c": ("agency_mandate", "evidence_forensics", "international_cooperation"),
    "d": ("compensation_civil_damages", "captive_breeding_exemption", "retaliation_exemption"),
}
TOPICS: Final = tuple(topic for topics in PILLARS.values() for topic in topics)
EXEMPTIONS: Final = ("captive_breeding_exemption", "retaliation_exemption")  # a "yes" may be a loophole
CONFIDENCES: Final = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many pairs of countries there are, and of how many the intervals overlap."""

    pair_count: int
    overlapping_count: int

    @property
    def allows_a_ranking(self) -> bool:
        """Whether every pair can be told apart. One pair is needed to rank anything."""
        return self.pair_count > 0 and self.overlapping_count == 0


def cells(provisions: Frame) -> Frame:
    """Read the provisions of each country and topic as one cell.

    Points are yes 1, partial 0.5, no 0 and missing where nothing is known; for the two exemptions 1 minus that. Of
    several rows the strongest counts, for exemptions the weakest; what is known counts before what is not.

    Returns ``country``, ``provision_topic``, ``points``, ``status`` (as the points say it: for an exemption ``no``
    means that it exists), ``confidence`` (the best among the rows that count, missing where unknown) and
    ``provision_count`` (known rows).
    """
    scored = provisions.with_columns(points=points(), certainty=_certainty())
    best = scored.group_by("country", "provision_topic").agg(
        nw.col("points").max(), provision_count=nw.col("points").count()
    )
    deciding = (
        scored.filter(~nw.col("points").is_null())
        .join(best.select("country", "provision_topic", best_points="points"), on=["country", "provision_topic"])
        .filter(nw.col("points") == nw.col("best_points"))
        .group_by("country", "provision_topic")
        .agg(nw.col("certainty").max())
    )
    return (
        best.join(deciding, on=["country", "provision_topic"], how="left")
        .with_columns(status=_status(), confidence=_confidence())
        .select("country", "provision_topic", "points", "status", "confidence", "provision_count")
        .sort("country", "provision_topic")
    )


def points() -> nw.Expr:
    """The points of a row of ``provisions``; missing where nothing is known."""
    status, is_exemption = nw.col("status"), nw.col("provision_topic").is_in(EXEMPTIONS)
    value = nw.when(status == "yes").then(1.0).when(status == "partial").then(0.5).when(status == "no").then(0.0)
    return nw.when(is_exemption).then(1.0 - value).otherwise(value)


def _certainty() -> nw.Expr:
    confidence = nw.col("confidence")
    return nw.when(confidence == "high").then(2).when(confidence == "medium").then(1).when(confidence == "low").then(0)


def _confidence() -> nw.Expr:
    rank = nw.col("certainty")
    low, medium, high = (nw.lit(name) for name in CONFIDENCES)
    return nw.when(rank == 2).then(high).when(rank == 1).then(medium).when(rank == 0).then(low)


def _status() -> nw.Expr:
    """The points in words. Unknown is said, not left empty."""
    found = nw.col("points")
    return (
        nw.when(found > 0.75)
        .then(nw.lit("yes"))
        .when(found > 0.25)
        .then(nw.lit("partial"))
        .when(found >= 0)
        .then(nw.lit("no"))
        .otherwise(nw.lit("unknown"))
    )


def scores(table: Frame, weights: Mapping[str, float]) -> Frame:
    """Score each country on what is known, and say how far the unknown could move it.

    *weights* maps topics to weights of at least 0; a topic that is not named weighs 1. The interval is what the score
    would be if every unknown topic were 0, and if every one were 1. Takes the table of ``cells``. Returns ``country``,
    ``known_count``, ``topic_count``, ``score`` (missing where nothing that counts is known), ``low`` and ``high``,
    by country.
    """
    if any(weight < 0 for weight in weights.values()):
        raise ValueError(f"weights must be at least 0, got {dict(weights)}")
    if not sum(weights.get(topic, 1.0) for topic in TOPICS):
        raise ValueError("all sixteen weights are 0: there is nothing to score; give one topic a weight above 0")
    weight = _weight(weights)
    known = nw.when(~nw.col("points").is_null()).then(weight).otherwise(0.0)
    sums = (
        table.with_columns(weight=weight, known_weight=known, earned=(weight * nw.col("points")).fill_null(0.0))
        .group_by("country")
        .agg(
            nw.col("weight", "known_weight", "earned").sum(),
            known_count=nw.col("points").count(),
            topic_count=nw.len(),
        )
    )
    earned, all_of_it, of_known = nw.col("earned"), nw.col("weight"), nw.col("known_weight")
    return (
        sums.with_columns(
            score=nw.when(of_known > 0).then(earned / of_known),
            low=earned / all_of_it,
            high=(earned + all_of_it - of_known) / all_of_it,
        )
        .select("country", "known_count", "topic_count", "score", "low", "high")
        .sort("country")
    )


def _weight(weights: Mapping[str, float]) -> nw.Expr:
    weight: nw.Expr = nw.lit(1.0)
    for topic, value in weights.items():
        weight = nw.when(nw.col("provision_topic") == topic).then(float(value)).otherwise(weight)
    return weight


def overlap(scored: Frame) -> Overlap:
    """Hold the intervals of all pairs of countries against each other. Intervals that touch overlap."""
    ranges = [(float(row["low"]), float(row["high"])) for row in scored.collect().iter_rows(named=True)]
    pairs = list(combinations(ranges, 2))
    overlapping = sum(low <= other_high and other_low <= high for (low, high), (other_low, other_high) in pairs)
    return Overlap(len(pairs), overlapping)


def behind(provisions: Frame, country: str, topic: str) -> Frame:
    """The rows behind a cell, in the order of the file."""
    return provisions.filter(nw.col("country") == country, nw.col("provision_topic") == topic)
