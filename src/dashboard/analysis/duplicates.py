"""Pairs of incidents that may be one, with the reasons. A person decides."""

from typing import Final

import pandas as pd

DAYS_APART: Final = 3
MOST: Final = 200
MOST_ALIKE: Final = 100
WEIGHTS: Final = {
    "same_day": 3,
    "near_day": 2,
    "same_month": 1,
    "same_place": 3,
    "same_province": 2,
    "same_species": 2,
    "same_amount": 2,
    "near_amount": 1,
    "same_agency": 1,
    "same_source": 3,
}
ENOUGH: Final = 7
NEAR: Final = 0.1  # amounts within a tenth of each other
COLUMNS: Final = ("first", "second", "score", "reasons")


def proposals(incidents: pd.DataFrame, specimens: pd.DataFrame, citations: pd.DataFrame) -> pd.DataFrame:
    """Pairs of incidents of one country and month that look alike.

    *incidents*, *specimens* and *citations* have the columns of ``domain.tables``. Only pairs that share a species and
    whose dates do not contradict each other are looked at; a date known to the month agrees with every day of it.
    Returns ``first``, ``second`` (identifiers, the smaller first), ``score`` and ``reasons`` (a tuple of codes), the
    likeliest first, at most 200. Where more than 100 incidents share country, month and species, they are not compared:
    every pair would look alike. A missing place or amount is no reason, neither for nor against.
    """
    whole = incidents[["incident_id", "occurred_on", "country", "admin1", "place", "agency"]]
    taxa = specimens[["incident_id", "taxon"]].drop_duplicates()
    keyed = whole.merge(taxa, on="incident_id")
    keyed = keyed[keyed["occurred_on"].str.len() >= len("2024-05")].assign(month=keyed["occurred_on"].str[:7])
    alike = ["country", "month", "taxon"]
    keyed = keyed[keyed.groupby(alike)["incident_id"].transform("size") <= MOST_ALIKE]
    pairs = keyed.merge(keyed, on=alike, suffixes=("_1", "_2"))
    pairs = pairs[pairs["incident_id_1"] < pairs["incident_id_2"]].drop_duplicates(["incident_id_1", "incident_id_2"])
    if pairs.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    closeness = [_when(a, b) for a, b in zip(pairs["occurred_on_1"], pairs["occurred_on_2"], strict=True)]
    pairs = pairs.assign(when=closeness)
    pairs = pairs[pairs["when"] != ""]
    amounts = _amounts(specimens)
    cited = citations.groupby("incident_id")["source_id"].agg(frozenset).to_dict()
    found = []
    for row in pairs.to_dict("records"):
        reasons = [row["when"], "same_species"]
        for column, reason in (("place", "same_place"), ("admin1", "same_province"), ("agency", "same_agency")):
            one, other = row[f"{column}_1"], row[f"{column}_2"]
            if isinstance(one, str) and one == other and not (reason == "same_province" and "same_place" in reasons):
                reasons.append(reason)
        first, second = row["incident_id_1"], row["incident_id_2"]
        reasons += _compared(amounts.get((first, row["taxon"])), amounts.get((second, row["taxon"])))
        if cited.get(first, frozenset()) & cited.get(second, frozenset()):
            reasons.append("same_source")
        score = sum(WEIGHTS[reason] for reason in reasons)
        if score >= ENOUGH:
            found.append((first, second, score, tuple(reasons)))
    table = pd.DataFrame(found, columns=list(COLUMNS))
    return table.sort_values(["score", "first", "second"], ascending=[False, True, True], ignore_index=True).head(MOST)


def _when(one: str, other: str) -> str:
    """How close two partial dates are; empty where they contradict each other or only the year is known of both."""
    if len(one) == len(other) == 10:
        days = abs((pd.Timestamp(one) - pd.Timestamp(other)).days)
        return "same_day" if days == 0 else "near_day" if days <= DAYS_APART else ""
    shorter = min(len(one), len(other))
    return "same_month" if shorter == 7 and one[:7] == other[:7] else ""


def _amounts(specimens: pd.DataFrame) -> dict[tuple[str, str], tuple[str, float]]:
    """The unit and amount of each incident and species; the first line counts."""
    found: dict[tuple[str, str], tuple[str, float]] = {}
    for column in ("item_count", "individual_count", "mass_kg"):
        stated = specimens[specimens[column].notna()]
        for incident, taxon, amount in zip(stated["incident_id"], stated["taxon"], stated[column], strict=True):
            found.setdefault((incident, taxon), (column, float(amount)))
    return found


def _compared(one: tuple[str, float] | None, other: tuple[str, float] | None) -> list[str]:
    if one is None or other is None or one[0] != other[0]:
        return []
    if one[1] == other[1]:
        return ["same_amount"]
    return ["near_amount"] if abs(one[1] - other[1]) <= NEAR * max(one[1], other[1]) else []
