"""The layout of the CITES annual illegal trade report: filled from our records, and read back.

A cell that says what we would have written ourselves changes nothing, so a report that was exported, completed and
imported again changes exactly what its author changed.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from dashboard.i18n.labels import Labels
from dashboard.i18n.translator import Translator
from dashboard.ingest.normalise import Words, folded
from dashboard.intake.layouts import CITES_LAYOUT, DROPPED
from dashboard.store.schema import CONTENT

COLUMNS: Final = tuple(CITES_LAYOUT.headings)
AS_THEY_ARE: Final = ("date", "quantity", "seizure_reason", "transport", "concealment", "law_charged", "disposal")
BETWEEN: Final = " / "
WITH_UNIT: Final = re.compile(r"([\d.,  ]+)\s*([^\d\s].*)")
# What the report asks; empty cells of these are listed as missing. Nationality is not: we never hold it.
ASKED: Final = tuple(column for column in COLUMNS if column not in {"record_id", "additional", DROPPED})


def fill(cells: pd.DataFrame, t: Translator, labels: Labels) -> pd.DataFrame:
    """The report's rows from rows of the record sheet, in one language."""
    rows = [_filled(row, t, labels) for row in records(cells)]
    return pd.DataFrame(rows, columns=list(COLUMNS), index=cells.index, dtype="str")


def records(cells: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a table of text as plain mappings."""
    rows: list[dict[str, str]] = cells.to_dict("records")  # type: ignore[assignment]
    return rows


def _filled(row: Mapping[str, str], t: Translator, labels: Labels) -> dict[str, str]:
    def named(codes: str, *code: str) -> str:
        return labels.names.get((codes, *code), code[-1]) if code[-1] else ""

    where = (row["country"], row["admin1"])
    admin1, place = named("admin1", *where), named("place", *where, row["place"])
    commodity = named("commodity", row["commodity"])
    return {
        **{name: row[name] for name in AS_THEY_ARE},
        "record_id": row["incident_id"],
        "species": BETWEEN.join(part for part in (row["species_scientific"], row["species_common"]) if part),
        "description": f"{commodity}: {row['specimen_description']}" if row["specimen_description"] else commodity,
        "unit": named("unit", row["unit"]),
        "location": "; ".join(part for part in (admin1, place) if part),
        "agency": named("agency", row["agency"]),
        "origin": named("country", row["transit_origin"]),
        "transit": "; ".join(named("country", code) for code in row["transit_countries"].split("; ")),
        "destination": named("country", row["transit_destination"]),
        DROPPED: "",
        "sanction": row["sanction"] or _sanction(row, t),
        "additional": row["additional_information"],
    }


def _sanction(row: Mapping[str, str], t: Translator) -> str:
    parts = []
    if row["imprisonment_months"]:
        parts.append(t("imprisonment, months: {months}", months=row["imprisonment_months"]))
    if row["fine_amount"]:
        parts.append(
            t("financial penalty: {amount} {currency}", amount=row["fine_amount"], currency=row["fine_currency"])
        )
    return "; ".join(parts)


def missing(report: pd.DataFrame) -> pd.DataFrame:
    """The cells that the report asks and that are empty: ``record_id`` and ``column``, in the order of the report."""
    asked = report[["record_id", *ASKED]]
    empty = asked.melt("record_id", var_name="column", value_name="cell", ignore_index=False)
    empty = empty[empty["cell"] == ""]
    order = {column: nth for nth, column in enumerate(COLUMNS)}
    return (
        empty.assign(nth=empty["column"].map(order))
        .rename_axis("row")
        .sort_values(["row", "nth"])[["record_id", "column"]]
        .reset_index(drop=True)
    )


def take(
    report: pd.DataFrame, present: Sequence[str], there: pd.DataFrame, known: Words,
    written: Sequence[pd.DataFrame], country: str, source: Mapping[str, str],
) -> pd.DataFrame:  # fmt: skip
    """Rows of the record sheet from a report of *country*.

    *there* holds the rows that the records already have, and *written* what ``fill`` makes of them in each language.
    A cell that says the same as one of those keeps what is there. *present* names the columns that the file has.
    """
    old = {row["incident_id"]: row for row in records(there)}
    said = [{row["record_id"]: row for row in records(one)} for one in written]
    rows = []
    for cells in records(report):
        record = cells["record_id"]
        if record in old:
            changed = [
                column for column in present if all(_tidy(one[record][column]) != _tidy(cells[column]) for one in said)
            ]
            rows.append({**old[record], **_taken(cells, [c for c in changed if c != "record_id"], old[record], known)})
        else:
            new = {**dict.fromkeys(CONTENT, ""), "incident_id": record, "country": country, "incident_type": "seizure"}
            new |= {"outcome": "unknown", "record_status": "published", **source}
            rows.append({**new, **_taken(cells, [c for c in present if cells[c]], new, known)})
    return pd.DataFrame(rows, columns=list(CONTENT), index=report.index, dtype="str")


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _taken(cells: Mapping[str, str], columns: Sequence[str], row: Mapping[str, str], known: Words) -> dict[str, str]:
    """The cells of the record sheet that the *columns* of a report row stand for."""
    taken: dict[str, str] = {}
    for column in columns:
        text = cells[column]
        if column in AS_THEY_ARE:
            taken[column] = text
            if column == "quantity" and "unit" not in columns and (both := WITH_UNIT.fullmatch(text)):
                taken |= {"quantity": both[1].strip(), "unit": known.code("unit", both[2].strip())}
        elif column == "species":
            taken["species_scientific"], taken["species_common"] = species(text, known)
        elif column == "description":
            taken |= _described(text, known)
        elif column == "location":
            taken |= _located(text, row["country"], known)
        elif column in {"origin", "destination"}:
            taken[f"transit_{column}"] = known.code("country", text)
        elif column == "transit":
            taken["transit_countries"] = text
        elif column == "unit":
            taken["unit"] = known.code("unit", text)
        elif column == "agency":
            taken["agency"] = text
        elif column in {"sanction", "additional"}:
            taken["sanction" if column == "sanction" else "additional_information"] = text
    if taken.get("date"):
        taken["date_precision"] = ""  # follows the date
    return taken


def species(text: str, known: Words) -> tuple[str, str]:
    """The pair of names that a species cell stands for; an unknown one is left for the checks to name."""
    scientific, _, common = text.partition(BETWEEN)
    if (scientific, common) in known.pairs:
        return scientific, common
    if ("", text) in known.pairs:
        return "", text
    for name in (text, scientific, common, re.sub(r"\s*\(.*\)$", "", text)):
        if pair := known.species.get(folded(name)):
            return pair
    return scientific if common else "", common or text


def _described(text: str, known: Words) -> dict[str, str]:
    whole, (head, _, rest) = known.code("commodity", text), text.partition(": ")
    codes = set(known.codes["commodity"].values())
    if whole in codes:
        return {"commodity": whole, "specimen_description": ""}
    if rest and (code := known.code("commodity", head)) in codes:
        return {"commodity": code, "specimen_description": rest}
    words = folded(text).split()
    named = {known.codes["commodity"][word] for word in words if word in known.codes["commodity"]}
    return {"commodity": named.pop() if len(named) == 1 else "other", "specimen_description": text}


def _located(text: str, country: str, known: Words) -> dict[str, str]:
    head, semicolon, rest = (part.strip() for part in text.partition(";"))
    admin1 = known.places.get(("admin1", country, folded(head)))
    if semicolon:
        admin1 = admin1 or head
        return {"admin1": admin1, "place": known.places.get(("place", country, admin1, folded(rest)), rest)}
    if admin1:
        return {"admin1": admin1, "place": ""}
    return {"admin1": "", "place": known.places.get(("place", country, "", folded(text)), text)}
