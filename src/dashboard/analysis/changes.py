"""What changed between two versions of the records."""

from collections.abc import Collection

import pandas as pd

KINDS = ("added", "corrected", "merged", "withdrawn", "removed")


def by_incident(moved: pd.DataFrame, shipped: Collection[str]) -> pd.DataFrame:
    """Say of each incident that moved what happened to it.

    *moved* has a row for each record row that came (``side`` is ``new``) or went (``old``), with ``incident_id``,
    ``country`` and ``record_status``. *shipped* holds the incidents of the shipped data: a row over one of those is
    a correction, not an addition. ``removed`` is what an undone import had added. Returns ``incident_id``, ``country``
    and ``kind``, one row an incident.
    """
    if moved.empty:
        return pd.DataFrame({"incident_id": [], "country": [], "kind": []}, dtype="str")
    rows = moved.assign(incident_id=moved["incident_id"].str.extract(r"^([A-Z]+-\d+)", expand=False))
    rows = rows.sort_values(["incident_id", "side"], kind="stable")  # "new" before "old"
    sides = rows.groupby("incident_id")["side"].agg(frozenset)
    newest = rows.drop_duplicates("incident_id").set_index("incident_id")
    kinds = []
    for incident, row in zip(newest.index.astype(str), newest.to_dict("records"), strict=True):
        was_there = "old" in sides[incident] or incident in shipped
        if row["side"] == "old":
            kinds.append("corrected" if incident in shipped else "removed")
        elif row["record_status"] in {"merged", "withdrawn"}:
            kinds.append(str(row["record_status"]))
        else:
            kinds.append("corrected" if was_there else "added")
    return pd.DataFrame({"incident_id": newest.index, "country": newest["country"].to_list(), "kind": kinds})


def count_by_country(changes: pd.DataFrame) -> pd.DataFrame:
    """Count incidents per country and kind of change: ``country`` and a column for each of ``KINDS``."""
    if changes.empty:
        return pd.DataFrame(columns=["country", *KINDS])
    counts = changes.assign(n=1).pivot_table("n", "country", "kind", aggfunc="sum", fill_value=0)
    return counts.reindex(columns=list(KINDS), fill_value=0).reset_index().sort_values("country", ignore_index=True)
