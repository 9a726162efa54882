"""Lays the records of the database over the shipped ones, and makes of both the tables that pages are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import pandas as pd

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.tables import CORRECTIONS, REFERENCE_TABLES
from dashboard.domain.tables.record_sheet import DETAIL_COLUMNS
from dashboard.ingest import coverage, package
from dashboard.ingest.check import Codes, incident_of
from dashboard.ingest.correct import correct
from dashboard.ingest.harmonise import PUBLISHED, harmonise, split
from dashboard.ingest.normalise import Words, folded, words
from dashboard.ingest.package import Loaded, code_lists
from dashboard.intake.merging import told_together
from dashboard.store import rows
from dashboard.store.changes import Base
from dashboard.store.schema import CONTENT

MERGED: Final = "merged"
WITHDRAWN: Final = "withdrawn"


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What the shipped data gives to the desk: lists, names, and the shipped records as they are stored."""

    tables: Mapping[str, pd.DataFrame]
    codes: Codes
    words: Words
    shipped: pd.DataFrame
    base: Base


def reference(loaded: Loaded) -> Reference:
    """Collect them from the shipped data. The records are the corrected ones: the raw text may name persons."""
    tables = loaded.tables
    shipped = correct(package.sheet(loaded), tables[CORRECTIONS.name])
    shipped = shipped.assign(**dict.fromkeys(DETAIL_COLUMNS, ""), record_status=PUBLISHED, merged_into="")
    shipped = shipped[list(CONTENT)].astype("str").reset_index(drop=True)
    cells = {table.name: tables[table.name] for table in REFERENCE_TABLES}
    digests = {row[0]: rows.digest(row) for row in rows.tuples(shipped)}
    base = Base(digests, dict(zip(shipped["incident_id"], shipped["country"], strict=True)))
    return Reference(tables, code_lists(cells), words(cells), shipped, base)


def sheet(ref: Reference, own: pd.DataFrame) -> pd.DataFrame:
    """All rows that stand: the shipped ones, and over them those of the database."""
    if own.empty:
        return ref.shipped
    over = own["incident_id"][own["incident_id"].isin(ref.shipped["incident_id"])]
    below = ref.shipped[~ref.shipped["incident_id"].isin(over)]
    return pd.concat([below, own], ignore_index=True)


def tables(loaded: Loaded, ref: Reference, own: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """The tables of a version; those of the shipped data themselves when the database holds nothing."""
    if own.empty:
        return loaded.tables
    standing = sheet(ref, own)
    live = standing[standing["record_status"] == PUBLISHED]
    merged = standing[standing["record_status"] == MERGED]
    merged = merged.assign(incident_id=_targets(merged))
    extended = {**loaded.tables, **_named(pd.concat([live, merged]), ref)}
    live = told_together(live, merged, partial(taxon, ref=ref))
    made = harmonise(live, extended, merged)
    made["coverage"] = coverage.from_incidents(made["incidents"], RANGE_COUNTRIES)
    return {**extended, **made}


def _targets(merged: pd.DataFrame) -> list[str]:
    """The incident that each merged one became part of, through any number of merges."""
    into = dict(zip(incident_of(merged["incident_id"]), merged["merged_into"], strict=True))
    found = []
    for start in merged["merged_into"]:
        target, seen = start, {start}
        while target in into and into[target] not in seen:
            target = into[target]
            seen.add(target)
        found.append(target)
    return found


def _named(cells: pd.DataFrame, ref: Reference) -> dict[str, pd.DataFrame]:
    """The reference tables with the names that only the database knows: shown as written, in both languages."""
    kinds = cells.loc[cells["publisher_kind"] != ""].drop_duplicates("source_publisher")
    kind_of = dict(zip(kinds["source_publisher"], kinds["publisher_kind"], strict=True))
    publishers = {name for cell in cells["source_publisher"].unique() for name in split(cell)}
    new: dict[str, list[tuple[str, ...]]] = {
        "agencies": [(name, "other") for name in cells["agency"].unique() if name],
        "publishers": [(name, kind_of.get(name, "unknown"), name) for name in sorted(publishers)],
        "admin1": _distinct(cells, ["country", "admin1"]),
        "places": _distinct(cells, ["country", "admin1", "place"]),
    }
    columns = {
        "agencies": ["agency", "agency_kind"],
        "publishers": ["publisher", "publisher_kind", "origin"],
        "admin1": ["country", "admin1"],
        "places": ["country", "admin1", "place"],
    }
    keys = {
        "agencies": ["agency"],
        "publishers": ["publisher"],
        "admin1": columns["admin1"],
        "places": columns["places"],
    }
    extended = {}
    for name, found in new.items():
        known = ref.tables[name]
        rows_ = pd.DataFrame(found, columns=columns[name], dtype="str")
        rows_ = rows_.assign(name_en=rows_[keys[name][-1]], name_ru=rows_[keys[name][-1]])
        both = pd.concat([known, rows_.reindex(columns=known.columns, fill_value="")], ignore_index=True)
        extended[name] = both.drop_duplicates(keys[name], ignore_index=True)
    extended["taxa_match"] = _species(cells, ref)
    return extended


def _distinct(cells: pd.DataFrame, key: list[str]) -> list[tuple[str, ...]]:
    distinct = cells[key].drop_duplicates()
    return list(distinct[distinct[key[-1]] != ""].itertuples(index=False, name=None))


def _species(cells: pd.DataFrame, ref: Reference) -> pd.DataFrame:
    match = ref.tables["taxa_match"]
    pairs = ["species_scientific", "species_common"]
    taxon_of = dict(zip(match[pairs].itertuples(index=False, name=None), match["taxon"], strict=True))
    found = cells[pairs].drop_duplicates().itertuples(index=False, name=None)
    new = [(*pair, taxon(pair, ref)) for pair in found if pair not in taxon_of]
    rows_ = pd.DataFrame(new, columns=[*pairs, "taxon"], dtype="str").reindex(columns=match.columns, fill_value="")
    return pd.concat([match, rows_], ignore_index=True)


def taxon(pair: tuple[str, str], ref: Reference) -> str:
    """The taxon of a species that is named otherwise than any record before; empty for none."""
    match = ref.tables["taxa_match"]
    taxon_of = dict(
        zip(
            match[["species_scientific", "species_common"]].itertuples(index=False, name=None),
            match["taxon"],
            strict=True,
        )
    )
    scientific = dict(zip(ref.tables["taxa"]["scientific_name"], ref.tables["taxa"]["taxon"], strict=True))
    for name in pair:
        known = ref.words.species.get(folded(name)) if name else None
        if known is not None:
            return str(taxon_of.get(known) or scientific.get(known[0], ""))
    return ""
