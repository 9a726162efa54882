"""Turns the flat incident sheet into tidy tables. Takes cells that passed the checks."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.domain.tables import TABLES
from dashboard.ingest.check import incident_of
from dashboard.ingest.grade import evidence_grade

AMOUNT_COLUMN: Final = {"items": "item_count", "individuals": "individual_count", "kg": "mass_kg"}
PERSONS: Final = ["persons_arrested", "persons_charged", "persons_convicted"]
COURT_OUTCOMES: Final = ("charged", "convicted", "acquitted", "dismissed")
LEG_ROLES: Final = {"transit_origin": "origin", "transit_destination": "destination"}
PUBLISHED: Final = "published"
CITED: Final = ("incident_id", "source_publisher", "source_title", "source_date", "source_url", "language")
PUBLICATION: Final = (
    "incident_id",
    "source_id",
    "title",
    "publisher",
    "publisher_kind",
    "origin",
    "published_on",
    "url",
    "language",
)

Frames = Mapping[str, pd.DataFrame]


def harmonise(cells: pd.DataFrame, reference: Frames, merged: pd.DataFrame | None = None) -> dict[str, pd.DataFrame]:
    """Split checked cells into incidents, specimens, legs, proceedings, sources and citations.

    *merged* holds further tellings of incidents in *cells*: their publications count, nothing else of them does.

    *reference* holds ``taxa_match``, ``province_match``, ``agencies``, ``publishers`` and ``annotations``. An empty
    cell becomes missing, never zero. The columns of each table are those of ``domain.tables``.
    """
    rows = cells.reset_index(drop=True)
    rows["record_id"] = rows["incident_id"]
    rows["incident_id"] = incident_of(rows["record_id"])
    rows["nth"] = pd.to_numeric(rows["record_id"].str.extract(r"-\d+-(\d+)$", expand=False)).fillna(1)
    rows = rows.sort_values(["incident_id", "nth"], kind="stable", ignore_index=True)
    first = rows.drop_duplicates("incident_id", ignore_index=True)
    told = rows if merged is None else pd.concat([rows, merged[merged["incident_id"].isin(first["incident_id"])]])
    publications = _publications(told, reference["publishers"])
    tables = {
        "incidents": _incidents(first, publications, reference),
        "specimens": _specimens(rows, reference["taxa_match"]),
        "legs": _legs(rows),
        "proceedings": _proceedings(first, reference["annotations"]),
        "sources": publications.drop_duplicates("source_id"),
        "citations": publications.drop_duplicates(["incident_id", "source_id"]),
    }
    return {name: typed(table, name) for name, table in tables.items()}


def _incidents(first: pd.DataFrame, publications: pd.DataFrame, reference: Frames) -> pd.DataFrame:
    kind_of = reference["agencies"].set_index("agency")["agency_kind"]
    province_of = reference["province_match"].set_index(["country", "admin1"])["province"]
    named = pd.MultiIndex.from_frame(first[["country", "admin1"]])
    grades = evidence_grade(publications)
    province = province_of.reindex(named).fillna("").to_numpy()
    return first.assign(
        occurred_on=first["date"],
        occurred_on_precision=first["date_precision"],
        date_basis=_annotated(first, reference["annotations"], "date_basis").replace("", "stated"),
        year=first["date"].str[:4],
        province=province,
        coord_precision=_precision(first, province),
        agency_kind=first["agency"].map(kind_of).fillna("not_stated"),
        evidence_grade=first["incident_id"].map(grades),
        record_status=PUBLISHED,
    )


def _precision(first: pd.DataFrame, province: Any) -> pd.Series:
    """How precise a position is; a record without one lies in its province, or only in its country.

    Agencies need not state coordinates. Such a record is counted on no place of the map, and never lost from it: the
    map lists it as "without a place". A position of unknown precision is taken for that of a place.
    """
    has_point = (first["lat"] != "") & (first["lon"] != "")
    without = pd.Series("country", first.index).where(province == "", "admin1")
    return first["coord_precision"].replace("", "place").where(has_point, without)


def _specimens(rows: pd.DataFrame, taxa_match: pd.DataFrame) -> pd.DataFrame:
    taxon_of = taxa_match.set_index(["species_scientific", "species_common"])["taxon"]
    named = pd.MultiIndex.from_frame(rows[["species_scientific", "species_common"]])
    amounts = {column: rows["quantity"].where(rows["unit"] == unit, "") for unit, column in AMOUNT_COLUMN.items()}
    return rows.assign(
        line=(rows.groupby("incident_id", sort=False).cumcount() + 1).astype(str),
        taxon=taxon_of.reindex(named).to_numpy(),
        **amounts,
    )


def _legs(rows: pd.DataFrame) -> pd.DataFrame:
    legs = rows.melt("incident_id", list(LEG_ROLES), var_name="role", value_name="leg_country")
    if "transit_countries" in rows:
        through = rows[["incident_id"]].assign(role="transit", leg_country=rows["transit_countries"].str.split("; "))
        legs = pd.concat([legs, through.explode("leg_country").fillna("")], ignore_index=True)
    legs = legs[legs["leg_country"] != ""].drop_duplicates(ignore_index=True)
    legs = legs.assign(role=legs["role"].replace(LEG_ROLES), country=legs["leg_country"])
    return legs.sort_values(["incident_id", "role", "country"], ignore_index=True)


def _proceedings(first: pd.DataFrame, annotations: pd.DataFrame) -> pd.DataFrame:
    """Keep incidents of which a source states a person, a penalty or a step in court.

    A report of officials alone (an outcome still unknown or under investigation, nobody counted) is no proceeding.
    """
    is_term = first["imprisonment_months"] != ""
    is_suspended = _annotated(first, annotations, "is_suspended").map({"yes": "true", "": "false"}).where(is_term, "")
    stated = first.assign(
        outcome_on="",
        is_suspended=is_suspended,
        sentence_kind=_annotated(first, annotations, "sentence_kind"),
        penalty_basis=first["fine_amount"].where(first["fine_amount"] == "", "reported_penalty"),
    )
    told = (stated[[*PERSONS, "imprisonment_months", "fine_amount", "sentence_kind"]] != "").any(axis=1)
    return stated[told | stated["outcome"].isin(COURT_OUTCOMES)]


def _annotated(first: pd.DataFrame, annotations: pd.DataFrame, column: str) -> pd.Series:
    values = annotations[annotations["column"] == column].set_index("incident_id")["value"]
    return first["incident_id"].map(values).astype(object).fillna("")


def _publications(rows: pd.DataFrame, publishers: pd.DataFrame) -> pd.DataFrame:
    """One row per incident and publication.

    Several publishers stand in one cell, separated by ``;``. Titles are shared out when there are as many of
    them; otherwise the first publisher keeps the whole title. The address belongs to the first publisher.
    """
    cited = rows.drop_duplicates(["incident_id", "source_publisher", "source_title", "source_url"])
    kinds = dict(zip(publishers["publisher"], publishers["publisher_kind"], strict=True))
    origins = dict(zip(publishers["publisher"], publishers["origin"], strict=True))
    cells = (cited[name].tolist() for name in CITED)
    publications = []
    digest = lru_cache(maxsize=1 << 16)(_digest)  # many incidents are told by one publication
    parts = lru_cache(maxsize=1 << 16)(split)
    for incident, publisher, whole_title, published_on, address, language in zip(*cells, strict=True):
        names = parts(publisher)
        titles = parts(whole_title)
        if len(titles) != len(names):
            titles = [whole_title] + [""] * (len(names) - 1)
        for nth, (name, title) in enumerate(zip(names, titles, strict=True)):
            url = address if nth == 0 else ""
            published = published_on if nth == 0 else ""
            told = (title, name, kinds[name], origins[name], published, url, language)
            publications.append((incident, digest(name, title, url), *told))
    columns = list(zip(*publications, strict=True)) or [()] * len(PUBLICATION)
    return pd.DataFrame(dict(zip(PUBLICATION, map(list, columns), strict=True)), dtype=object)


def split(cell: str) -> list[str]:
    """The parts of a cell that are separated by ``;``."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def _digest(*parts: str) -> str:
    return "SRC-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


def typed(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Order the columns of the table *name* and give them its types; an empty cell becomes missing, never zero."""
    fields = TABLES[name].fields
    typed = {f.name: _column(table[f.name], f.kind, is_flag=f.name.startswith("is_")) for f in fields}
    return pd.DataFrame(typed).reset_index(drop=True)


def _column(cells: pd.Series, kind: str, *, is_flag: bool) -> pd.Series:
    places, values = pd.factorize(cells)  # each distinct value is turned once
    turned = _turned(pd.Series(np.asarray(values, dtype=object)).replace({"": None}), kind, is_flag=is_flag)
    return pd.Series(turned.array.take(places, allow_fill=True), index=cells.index)


def _turned(stated: pd.Series, kind: str, *, is_flag: bool) -> pd.Series:
    if is_flag:
        return stated.map({"true": True, "false": False}).astype("boolean")
    if kind in {"integer", "year"}:
        return pd.to_numeric(stated).astype("Int64")
    if kind == "number":
        return pd.to_numeric(stated).astype("Float64")
    return stated.astype("str")
