"""The figures of sentences: prison terms over the statutes, the statutes themselves, fines as reported."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.figures.context import Context
from dashboard.figures.justice_parts import source
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Kind, Series, collected, columns

SENTENCES: Final = {
    "custodial": Meaning.RECORD,
    "suspended": Meaning.SHRUNKEN,
    "life_or_death": Meaning.RECORD,
}
Row = tuple[object, ...]
BEYOND: Final = 24  # months from the longest range to where sentences without a term in months stand


def terms(terms: Frame, statutes: Frame, convicted: int, context: Context) -> FigureSpec:
    """Prison terms by country and offence over the range of the statutes. Takes ``justice.terms, statutes``."""
    t = context.t
    given, allowed = collected(terms), collected(statutes)
    longest = max([0.0, *given["months"].dropna(), *allowed["high_months"].dropna()])
    rows = [*_ranges(allowed, longest + BEYOND, context), *_points(given, longest + BEYOND, context)]
    table = pd.DataFrame(rows, columns=["row", "series", "months", "low", "high", "hover"])
    table = table.sort_values("row", key=lambda codes: codes.map(lambda c: _name(c, context)), kind="stable")
    said = _said(given, convicted, context)
    if not rows:
        return _nothing(said, context)
    shown = [
        Series("statute", t("Range in the provisions read"), Meaning.STATUTE),
        Series("up_to", t("Up to a maximum; no minimum read"), Meaning.STATUTE_TOP),
        Series("not_read", t("Maximum not read"), Meaning.UNKNOWN),
        *(Series(code, context.labels("sentence", code), meaning) for code, meaning in SENTENCES.items()),
    ]
    return FigureSpec(
        id="justice-terms",
        kind=Kind.TERMS,
        table=table.reset_index(drop=True),
        columns=columns(
            ("row", t("Country and offence")),
            ("series", t("Kind")),
            ("low", t("Lower end")),
            ("high", t("Upper end")),
            ("months", t("Months of imprisonment")),
        ),
        title=t("Prison terms, and what the law allows"),
        caption=said
        + " "
        + t(
            "Ranges are those of provisions on the snow leopard and other protected species as last read; terms go "
            "back decades, and many concern saiga, falcons or bears under other articles. A point beside a range is a "
            "question, not a fault of the court."
        ),
        n=len(given),
        unknown=t.n(
            "the sentence in {n} of {all} convictions",
            "the sentence in {n} of {all} convictions",
            convicted - len(given),
            all=t.number(convicted),
        ),
        alt=said,
        passport=context.passport("justice-terms", t("Public sources; legal provisions as read by the compilers")),
        series=tuple(shown),
        series_column="series",
        labels={code: _name(code, context) for code in table["row"].unique()},
        placed=(("up_to", "low"), ("not_read", "low"), ("not_read", "high"), ("life_or_death", "months")),
    )


def _nothing(said: str, context: Context) -> FigureSpec:
    """Where no term was given and no provision with a term was read: a sentence, not an empty chart."""
    t = context.t
    read = {"row": t("Provisions"), "found": t("none with a term of imprisonment was read")}
    return FigureSpec(
        id="justice-terms",
        kind=Kind.TABLE,
        table=pd.DataFrame([{"row": t("Sentences"), "found": said}, read]),
        columns=columns(("row", t("Kind")), ("found", t("What is known"))),
        title=t("Prison terms, and what the law allows"),
        caption=said,
        n=0,
        unknown=t("what the law allows, and what courts decided"),
        alt=said,
        passport=context.passport("justice-terms", t("Public sources; legal provisions as read by the compilers")),
    )


def _said(given: pd.DataFrame, convicted: int, context: Context) -> str:
    t, months = context.t, given["months"].dropna()
    if given.empty:
        if not convicted:
            return t("No conviction is on record here, and so no sentence.")
        return t.n("Of {n} conviction no sentence is stated.", "Of {n} convictions no sentence is stated.", convicted)
    parts = [
        t.n(
            "A prison term is stated for {n} of {all} convictions",
            "A prison term is stated for {n} of {all} convictions",
            len(months),
            all=t.number(convicted),
        )
    ]
    if len(months) > 1:
        parts.append(
            t(
                "the longest per case run from {low} to {high} months",
                low=t.number(months.min()),
                high=t.number(months.max()),
            )
        )
    if suspended := int(given["is_suspended"].sum()):
        parts.append(t.n("{n} was suspended", "{n} were suspended", suspended))
    if gravest := int(given["months"].isna().sum()):
        parts.append(
            t.n(
                "{n} case ended in a sentence of life or death",
                "{n} cases ended in a sentence of life or death",
                gravest,
            )
        )
    return t("{parts}.", parts="; ".join(parts))


def _points(given: pd.DataFrame, beyond: float, context: Context) -> list[Row]:
    t = context.t
    rows: list[Row] = []
    for term in given.to_dict("records"):
        row = f"{term['country']}|{term['offence']}"
        if pd.isna(term["months"]):
            code, at, said = "life_or_death", beyond, context.labels("sentence", "life_or_death")
        else:
            code = "suspended" if term["is_suspended"] else "custodial"
            at = float(term["months"])
            said = t("{months} months", months=t.number(at))
        kind = "" if code == "life_or_death" else f", {context.labels('sentence', code).lower()}"
        rows.append((row, code, at, None, None, f"{_name(row, context)}, {term['year']}: {said}{kind}"))
    return rows


def _ranges(allowed: pd.DataFrame, beyond: float, context: Context) -> list[Row]:
    """The range of each row: hatched down to 0 where no minimum was read, and up where the ceiling is set elsewhere.

    Where the highest term is only one that was seen in court, no maximum was read and all of the row is hatched.
    """
    t = context.t
    rows: list[Row] = []
    for law in allowed.to_dict("records"):
        row, high = f"{law['country']}|{law['offence']}", float(law["high_months"])
        name = _name(row, context)
        if law["top"] == "observed":
            said = t("{row}: the maximum in law was not read", row=name)
            rows.append((row, "not_read", None, 0.0, beyond, said))
            continue
        least = None if pd.isna(law["low_months"]) else float(law["low_months"])
        if least is None:
            rows.append(
                (
                    row,
                    "up_to",
                    None,
                    0.0,
                    high,
                    t("{row}: up to {high} months; no minimum read", row=name, high=t.number(high)),
                )
            )
        else:
            said = t("{row}: {low} to {high} months", row=name, low=t.number(least), high=t.number(high))
            rows.append((row, "statute", None, least, high, said))
        if law["top"] == "open":
            rows.append((row, "not_read", None, high, beyond, t("{row}: or more; the ceiling was not read", row=name)))
    return rows


def _name(row: object, context: Context) -> str:
    country, offence = str(row).split("|")
    return f"{context.labels('country', country)} · {context.labels('offence', offence).lower()}"


def provisions(rows: Frame, context: Context) -> FigureSpec:
    """The provisions behind the ranges, for reading. Takes ``analysis.justice.provision_rows``."""
    t, labels = context.t, context.labels
    found = collected(rows)
    read = found.astype(object).where(found.notna(), "")
    shown = [
        {
            "country": labels("country", law["country"]),
            "offence": labels("provision_topic", law["provision_topic"]),
            "instrument": labels.text(str(law["instrument"])),
            "range": _range(law, context),
            "summary": labels.text(str(law["summary"])),
            "gap": labels.text(str(law["gap_note"])),
            "source": str(law["source_title"]),
            "source_url": str(law["source_url"]).split(" | ")[0],
        }
        for law in read.to_dict("records")
    ]
    return FigureSpec(
        id="justice-statutes",
        kind=Kind.TABLE,
        table=pd.DataFrame(shown),
        columns=columns(
            ("country", t("Country")),
            ("offence", t("Topic")),
            ("instrument", t("Instrument")),
            ("range", t("Months of imprisonment")),
            ("summary", t("Summary")),
            ("gap", t("Gap")),
            ("source", t("Source")),
            link={"source": "source_url"},
        ),
        title=t("The provisions behind the ranges"),
        caption=t(
            "A country that is missing here: no term of imprisonment was read, which does not mean that there is none."
        ),
        n=len(shown),
        unknown=t("provisions that could not be read"),
        alt=t.n("Table of {n} legal provision.", "Table of {n} legal provisions.", len(shown)),
        passport=context.passport("justice-statutes", t("Legal provisions as read by the compilers")),
    )


def _range(law: Mapping[Any, Any], context: Context) -> str:
    t = context.t
    low, high = (law[name] for name in ("min_imprisonment_months", "max_imprisonment_months"))
    if low == "":
        return t("up to {high}", high=t.number(high))
    return t("{low} to {high}", low=t.number(low), high=t.number(high))


def fines(rows: Frame, context: Context) -> FigureSpec:
    """Financial penalties in the currency they were reported in. Takes ``analysis.justice.fines``."""
    t, labels = context.t, context.labels
    found = collected(rows)
    shown = [
        {
            "country": labels("country", fine["country"]),
            "year": str(fine["year"]),
            "outcome": labels("outcome", fine["outcome"]),
            "amount": t(
                "{amount} {currency}", amount=t.number(float(fine["fine_amount"])), currency=fine["fine_currency"]
            ),
        }
        for fine in found.to_dict("records")
    ]
    shown.sort(key=lambda row: (row["country"], row["year"]))
    said = (
        t.n(
            "{n} incident reports a financial penalty, in {currencies}.",
            "{n} incidents report a financial penalty, in {currencies}.",
            len(found),
            currencies=t.list(sorted(found["fine_currency"].unique())),
        )
        if shown
        else t("No financial penalty is reported here.")
    )
    return FigureSpec(
        id="justice-fines",
        kind=Kind.TABLE,
        table=pd.DataFrame(shown, columns=["country", "year", "outcome", "amount"]),
        columns=columns(
            ("country", t("Country")),
            ("year", t("Year")),
            ("outcome", t("Outcome")),
            ("amount", t("Financial penalty reported")),
        ),
        title=t("Financial penalties as reported"),
        caption=said
        + " "
        + t(
            "Court-ordered and administrative damages are included: sources do not tell them apart from fines. "
            "Nothing is "
            "converted or added up, because no rate with a date and a source is on record."
        ),
        n=len(shown),
        unknown=t("what was paid, and penalties that no source mentions"),
        alt=said,
        passport=context.passport("justice-fines", source(context)),
    )
