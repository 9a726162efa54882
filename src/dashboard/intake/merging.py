"""What merged records say beside the one that is kept: nothing told by either is lost, nothing is counted twice."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from dashboard.ingest.check import FIRST_ROW_ONLY, SAME_IN_ALL_ROWS, incident_of

Key = tuple[str, str]
Kind = Callable[[tuple[str, str]], str]
ROUTE: Final = ("transit_origin", "transit_destination", "transit_countries")
PERSONS: Final = ("persons_arrested", "persons_charged", "persons_convicted")
PENALTY: Final = tuple(column for column in FIRST_ROW_ONLY if column not in PERSONS)
UNKNOWN: Final = ("", "unknown")


def told_together(live: pd.DataFrame, merged: pd.DataFrame, kind_of: Kind) -> pd.DataFrame:
    """The rows of *live* with what the records *merged* into them add. Both have the columns of the record sheet.

    The ``incident_id`` of a merged row is that of the incident it became part of. The kept record wins where both say
    something: goods of the same species and commodity are the same goods told twice, and count once. Goods that
    only the merged record names become further rows; an amount, a country of the route, a person or a step in court
    that only it states is filled in. *kind_of* gives the taxon of a pair of names. Nothing of this is stored, so taking
    the records apart takes it back.
    """
    targets = set(merged["incident_id"])
    if not targets:
        return live
    near = live[live["incident_id"].str.startswith(tuple(targets))]
    near = near[incident_of(near["incident_id"]).isin(targets)]
    others = {str(target): rows.to_dict("records") for target, rows in merged.groupby("incident_id", sort=False)}
    made: list[dict[str, str]] = []
    for target, rows in near.groupby(incident_of(near["incident_id"]), sort=False):
        made += _together(str(target), _records(rows), others[str(target)], kind_of)  # type: ignore[arg-type]
    return pd.concat(
        [live.drop(near.index), pd.DataFrame(made, columns=list(live.columns), dtype="str")], ignore_index=True
    )


def _records(rows: pd.DataFrame) -> list[dict[str, str]]:
    found: list[dict[str, str]] = rows.to_dict("records")  # type: ignore[assignment]
    return found


def _together(
    target: str, kept: list[dict[str, str]], others: list[dict[str, str]], kind_of: Kind
) -> list[dict[str, str]]:
    head = next((row for row in kept if row["incident_id"] == target), kept[0])
    there = {_goods(row, kind_of): row for row in reversed(kept)}
    number = max(int(row["incident_id"].removeprefix(target).strip("-") or 1) for row in kept)
    routes = {column for column in ROUTE if any(row[column] for row in kept)}
    for other in others:
        goods = _goods(other, kind_of)
        if goods not in there:
            number += 1
            same = {column: head[column] for column in (*SAME_IN_ALL_ROWS, "date_precision")}
            blank = dict.fromkeys((*FIRST_ROW_ONLY, *ROUTE, "merged_into"), "")
            row = {
                **other,
                **blank,
                **same,
                "incident_id": f"{target}-{number}",
                "record_status": head["record_status"],
            }
            kept.append(row)
            there[goods] = row
        elif not there[goods]["quantity"]:
            there[goods] |= {"quantity": other["quantity"], "unit": other["unit"]}
        head |= {column: head[column] or other[column] for column in (*PERSONS, *set(ROUTE) - routes)}
        if head["outcome"] in UNKNOWN and other["outcome"] not in UNKNOWN:
            for row in kept:
                row["outcome"] = other["outcome"]
        if head["outcome"] == other["outcome"] and not any(head[column] for column in PENALTY):
            head |= {column: other[column] for column in PENALTY}
    return kept


def _goods(row: dict[str, str], kind_of: Kind) -> Key:
    pair = (row["species_scientific"], row["species_common"])
    return kind_of(pair) or " / ".join(pair), row["commodity"]
