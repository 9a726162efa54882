"""Records one by one: the table of the selected ones, and all that is stated of one."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from dashboard.analysis import listing
from dashboard.domain.fields import N_
from dashboard.domain.records import Records
from dashboard.figures.context import Context
from dashboard.figures.overview import source
from dashboard.figures.spec import FigureSpec, Kind, collected, columns, plain

PER_PAGE: Final = 25
MOST_UNPLACED: Final = 50
ORDERS: Final = {
    "date": N_("Date, latest first"),
    "country": N_("Country"),
    "taxon": N_("Species"),
    "incident_type": N_("Incident type"),
    "outcome": N_("Outcome"),
    "evidence_grade": N_("Evidence, best first"),
}
GRADES: Final = ("official", "corroborated", "single")
UNITS: Final = ("item_count", "individual_count", "mass_kg")


def table(records: Records, total: int, context: Context, per_page: int = PER_PAGE) -> FigureSpec:
    """A page of the selected records, in the order the reader chose. *total* is the number of selected incidents."""
    t = context.t
    order, number = context.chosen("sort"), int(context.chosen("sheet"))
    start = per_page * (number - 1)
    ranks = None if order == "date" else _ranks(records, order, context)
    by = listing.BY_DATE if order == "date" else order
    rows = [_row(row, context) for row in plain(collected(listing.page(records, per_page, start, by, ranks)))]
    names = ("incident_id", "date", "country", "place", "what", "outcome", "evidence", "language", "source")
    return FigureSpec(
        id="records",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=[*names, "record_url", "source_url"]),
        columns=columns(
            ("incident_id", t("Record")),
            ("date", t("Date")),
            ("country", t("Country")),
            ("place", t("Place")),
            ("what", t("Species and commodity")),
            ("outcome", t("Outcome")),
            ("evidence", t("Evidence")),
            ("language", t("Language of the source")),
            ("source", t("Source")),
            link={"source": "source_url", "incident_id": "record_url"},
        ),
        title=t(
            "Records {first} to {last} of {all}",
            first=t.number(start + 1),
            last=t.number(start + len(rows)),
            all=t.number(total),
        ),
        caption=t("The number of a record opens it. A date or place is as precise as its source."),
        n=total,
        unknown=t("what has not been published yet"),
        alt=t.n("Table of {n} record.", "Table of {n} records.", len(rows)),
        passport=context.passport("records", source(context)),
    )


def _ranks(records: Records, column: str, context: Context) -> Mapping[str, int]:
    """The order of the values of a column: by name in the reader's language; evidence by its strength."""
    if column == "evidence_grade":
        return {grade: place for place, grade in enumerate(GRADES)}
    codes = listing.values(records, column)
    named = sorted(codes, key=lambda code: context.labels(column, code))
    return {code: place for place, code in enumerate(named)}


def _row(row: Mapping[str, Any], context: Context) -> dict[str, str]:
    t, labels = context.t, context.labels
    more = int(row["specimen_count"]) - 1
    what = f"{labels('taxon', row['taxon'])} · {labels('commodity', row['commodity']).lower()}"
    return {
        "incident_id": row["incident_id"],
        "record_url": f"?{context.link.split('?')[-1]}&record={row['incident_id']}",
        "date": t.date(row["occurred_on"]),
        "country": labels("country", row["country"]),
        "place": place(row, context),
        "what": what + (t.n(" and {n} more", " and {n} more", more) if more else ""),
        "outcome": labels("outcome", row["outcome"]),
        "evidence": labels("evidence_grade", row["evidence_grade"]),
        "language": labels("language", row["language"]) if row["language"] else t("not stated"),
        "source": labels("publisher", row["publisher"]),
        "source_url": row["url"],
    }


def place(row: Mapping[str, Any], context: Context) -> str:
    """Where it happened, as precisely as the record says."""
    labels, t = context.labels, context.t
    province = labels("admin1", row["country"], row["admin1"]) if row["admin1"] else ""
    town = labels("place", row["country"], row["admin1"], row["place"]) if row["place"] else ""
    return ", ".join(dict.fromkeys(part for part in (town, province) if part)) or t("not stated")


def unplaced(records: Records, context: Context) -> FigureSpec:
    """The incidents of which only the country is known: they are on no map. Takes the records narrowed to them."""
    t = context.t
    count = len(collected(records.part("incidents", "incident_id")))
    found = plain(collected(listing.page(records, limit=MOST_UNPLACED)))
    rows = [
        {key: row[key] for key in ("date", "country", "what", "source", "source_url")}
        for row in (_row(row, context) for row in found)
    ]
    said = [t("Only the country is known: counted for it, never drawn as a place.")]
    if count > len(rows):
        said.append(t("Listed are the latest {n}.", n=t.number(len(rows))))
    return FigureSpec(
        id="unplaced",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=["date", "country", "what", "source", "source_url"]),
        columns=columns(
            ("date", t("Date")),
            ("country", t("Country")),
            ("what", t("Species and commodity")),
            ("source", t("Source")),
            link={"source": "source_url"},
        ),
        title=t.n("{n} incident without a place", "{n} incidents without a place", count),
        caption=" ".join(said),
        n=count,
        unknown=t("where in the country"),
        alt=t.n("Table of {n} record.", "Table of {n} records.", len(rows)),
        passport=context.passport("unplaced", source(context)),
    )


def facts(record: Records, context: Context) -> FigureSpec:
    """All that is stated of one record. Takes ``analysis.listing.one``."""
    t, labels = context.t, context.labels
    (incident,) = plain(collected(record["incidents"]))
    specimens = plain(collected(record["specimens"].sort("line")))
    legs = plain(collected(record["legs"]))
    proceedings = plain(collected(record["proceedings"]))
    stated = [
        (t("Date"), _dated(incident, context)),
        (t("Country"), labels("country", incident["country"])),
        (t("Place"), f"{place(incident, context)} ({labels('coord_precision', incident['coord_precision']).lower()})"),
        (t("Incident type"), labels("incident_type", incident["incident_type"])),
        *((t("Specimens"), _specimen(one, context)) for one in specimens),
        (t("Agency"), labels("agency", incident["agency"]) if incident["agency"] else ""),
        *((labels("leg_role", leg["role"]), labels("country", leg["country"])) for leg in legs),
        (t("Outcome"), labels("outcome", incident["outcome"])),
        *(pair for row in proceedings for pair in _proceedings(row, context)),
        (t("What the source says"), labels.text(incident["evidence"])),
        (t("Evidence"), labels("evidence_grade", incident["evidence_grade"])),
    ]
    sources = plain(collected(listing.sources(record)))
    nothing = t("not stated")
    rows = [{"fact": fact, "value": value or nothing, "url": ""} for fact, value in stated]
    rows += [{"fact": t("Source"), "value": _published(one, context), "url": one["url"]} for one in sources]
    return FigureSpec(
        id="record",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(("fact", t("Field")), ("value", t("As recorded")), link={"value": "url"}),
        title=t("Record {record}", record=incident["incident_id"]),
        caption=" ".join(limits(incident, specimens, legs, context)),
        n=1,
        unknown=t("what the source does not say"),
        alt="; ".join(f"{fact}: {value or nothing}" for fact, value in stated),
        passport=context.passport("record", source(context)),
    )


def _dated(incident: Mapping[str, Any], context: Context) -> str:
    labels = context.labels
    precision = labels("date_precision", incident["occurred_on_precision"]).lower()
    basis = labels("date_basis", incident["date_basis"]).lower()
    return f"{context.t.date(incident['occurred_on'])} ({precision}; {basis})"


def _specimen(specimen: Mapping[str, Any], context: Context) -> str:
    t, labels = context.t, context.labels
    amount = next(
        (_amount(float(specimen[unit]), unit, context) for unit in UNITS if specimen[unit] != ""),
        t("quantity not stated"),
    )
    return f"{labels('taxon', specimen['taxon'])} · {labels('commodity', specimen['commodity']).lower()} · {amount}"


def _amount(quantity: float, unit: str, context: Context) -> str:
    t = context.t
    if unit == "mass_kg":
        return t("{n} kg", n=t.number(quantity))
    if unit == "item_count":
        return t.n("{n} item", "{n} items", int(quantity))
    return t.n("{n} animal", "{n} animals", int(quantity))


def _proceedings(row: Mapping[str, Any], context: Context) -> list[tuple[str, str]]:
    t = context.t
    stated = [
        (t(label), t.number(int(row[column])))
        for column, label in (
            ("persons_arrested", N_("Persons arrested")),
            ("persons_charged", N_("Persons charged")),
            ("persons_convicted", N_("Persons convicted")),
        )
        if row[column] != ""
    ]
    if row["imprisonment_months"] != "":
        months = float(row["imprisonment_months"])
        term = t.months(months)
        stated.append((t("Imprisonment"), t("{term}, suspended", term=term) if row["is_suspended"] is True else term))
    if row["fine_amount"] != "":
        amount = f"{t.number(float(row['fine_amount']))} {row['fine_currency']}"
        stated.append(
            (t("Financial penalty reported"), t("{amount}; fine and damages are not told apart", amount=amount))
        )
    return stated


def _published(one: Mapping[str, Any], context: Context) -> str:
    labels = context.labels
    parts = [
        labels("publisher", one["publisher"]),
        one["title"],
        context.t.date(one["published_on"]) if one["published_on"] else "",
        labels("language", one["language"]) if one["language"] else "",
    ]
    return " · ".join(part for part in parts if part)


def limits(
    incident: Mapping[str, Any], specimens: list[dict[Any, Any]], legs: list[dict[Any, Any]], context: Context
) -> list[str]:
    """What this record cannot be used for, in sentences."""
    t = context.t
    found = []
    if incident["evidence_grade"] == "single":
        found.append(t("One publisher: a lead, not a finding."))
    if incident["occurred_on_precision"] != "day":
        found.append(t("The day is not known."))
    if incident["date_basis"] == "report_or_verdict":
        found.append(t("The date is that of the report or the verdict."))
    found.append(t("The position on the map is nominal, not that of the event."))
    if any(one["item_count"] == one["individual_count"] == one["mass_kg"] == "" for one in specimens):
        found.append(t("A quantity is not stated."))
    if not legs:
        found.append(t("No origin or destination is stated."))
    if incident["outcome"] in {"unknown", "under_investigation", "charged"}:
        found.append(t("The final outcome is not known."))
    return found


def correction_form(incident_id: str, context: Context) -> str:
    """Where on the data page a correction of this record is reported; relative to any page of ours."""
    said = [f"lang={context.lang}", context.selection.query(), f"part=correct&record={incident_id}"]
    return f"data?{'&'.join(filter(None, said))}"


def correction(incident_id: str, context: Context) -> str:
    """A text to copy into a message that reports a correction. Nothing is sent from here."""
    t = context.t
    return "\n".join(
        [
            t(
                "Correction of record {record}, data version {version}",
                record=incident_id,
                version=context.data_version,
            ),
            f"{context.link}&record={incident_id}",
            "",
            t("What is wrong (field and what stands there):"),
            "",
            t("What it should say:"),
            "",
            t("Source (title, date, address):"),
            "",
            t("Reported by (agency):"),
        ]
    )
