"""Prison terms against the four-year line, and every penalty with its instrument."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.analysis.law import penalties
from dashboard.figures import law_words as words
from dashboard.figures.context import Context
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Kind, Series, collected, columns

DASH: Final = "–"
COLUMNS: Final = ("country", "tier", "term", "alternative", "sum", "instrument", "reason", "source_url")


def line(against: Frame, offence: str, review: Frame, context: Context) -> FigureSpec:
    """The basic offence and the highest tier of each country. Takes ``penalties.against_the_line``."""
    t = context.t
    table = collected(against)
    order = words.by_name(table["country"], context)
    table = table.set_index("country").loc[order].reset_index()
    most = float(table["top_months"].max()) if table["top_months"].notna().any() else float(penalties.FOUR_YEARS)
    silent = int((table["line"] == "not_shown").sum())
    name = offence_name(offence, context)
    counts = table["line"].value_counts()
    return FigureSpec(
        id="law-line",
        kind=Kind.RANGE,
        table=pd.DataFrame([row for r in table.to_dict("records") for row in marks(r, most, context)]),
        columns=columns(("country", t("Country")), ("low", t("Lower end")), ("high", t("Longest term, months"))),
        title=t("Longest prison term: basic offence and highest tier"),
        caption=t(
            "{offence}. The UN convention on organized crime calls a crime serious from a longest term of 48 months. "
            "Most cases in court are about the basic offence.",
            offence=name,
        ),
        n=len(table) - silent,
        unknown=t.n("the longest term in {n} country", "the longest term in {n} countries", silent),
        alt="; ".join(
            f"{context.labels('four_year_line', str(code))}: {t.number(int(n))}" for code, n in counts.items()
        ),
        passport=words.passport("law-line", review, context, t("Offence: {offence}", offence=name)),
        series=(
            Series("tiers", t("From the basic offence to the highest tier"), Meaning.LAW),
            Series("basic", context.labels("penalty_tier", "basic"), Meaning.RECORD),
            Series("top", context.labels("penalty_tier", "top"), Meaning.CORROBORATED),
            Series("unknown", t("No maximum for the snow leopard was read"), Meaning.UNKNOWN),
        ),
        series_column="series",
        labels=words.country_names(order, context),
        line=(float(penalties.FOUR_YEARS), t("48 months")),
        placed=(("unknown", "low"), ("unknown", "high")),
    )  # fmt: skip


def offence_name(offence: str, context: Context) -> str:
    """What an offence is called; the test of serious crime looks at all of them."""
    return context.t("Any offence") if offence == penalties.OVERALL else context.labels("provision_topic", offence)


def marks(row: Mapping[Any, Any], most: float, context: Context, lane: float = 0.0) -> list[dict[str, Any]]:
    """The marks of one country: a bar between the tiers, a dot for each, or a band where nothing was read."""
    t = context.t
    name = context.labels("country", row["country"])
    verdict = context.labels("four_year_line", row["line"])
    basic, top = (
        None if not words.blank(row[column]) else float(row[column]) for column in ("basic_months", "top_months")
    )
    common = {"country": row["country"], "hover": f"{name}: {verdict}", "lane": lane, "text": ""}
    if top is None:
        return [{**common, "series": "unknown", "low": 0.0, "high": most, "text": "?"}]
    highest = t("{n} or more", n=t.number(top)) if row["is_open_ended"] else t.number(top)
    lowest = t("not read") if basic is None else t.number(basic)
    said = lowest if basic == top else t("{basic} → {top}", basic=lowest, top=highest)
    found = [{**common, "series": "top", "low": top, "high": top, "text": said}] if basic != top else []
    if basic is not None:
        found.append({**common, "series": "basic", "low": basic, "high": basic, "text": "" if found else said})
        if basic != top:
            found.append({**common, "series": "tiers", "low": basic, "high": top})
    return found


def table(tiers: Frame, fines: Frame, provisions: Frame, offence: str, review: Frame, context: Context) -> FigureSpec:
    """Every term and sum quoted for an offence, with its instrument. Takes ``penalties.of_offence`` and ``fines``."""
    t, labels = context.t, context.labels
    sums = {(row["country"], row["instrument"]): row for row in collected(fines).to_dict("records")}
    known = {
        (row["country"], row["instrument"]): row
        for row in collected(provisions).to_dict("records")
        if words.blank(row["instrument"])
    }
    terms = collected(tiers).to_dict("records")
    told = {(row["country"], row["instrument"]) for row in terms}
    rows = [_row(row, known[row["country"], row["instrument"]], sums, context) for row in terms]
    rows += [
        _row({"country": key[0], "instrument": key[1]}, row, sums, context)
        for key, row in sums.items()
        if key not in told
    ]
    rows.sort(key=lambda row: (row["country"], row["tier"]))
    silent = sorted(
        {
            labels("country", code)
            for code in collected(review)["country"]
            if not context.selection.countries or code in context.selection.countries
        }
        - {row["country"] for row in rows}
    )
    shown = [("sum", t("Largest sum in the instrument"))] if any(row["sum"] != DASH for row in rows) else []
    return FigureSpec(
        id="law-penalties",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=list(COLUMNS)),
        columns=columns(
            ("country", t("Country")),
            ("tier", t("Tier")),
            ("term", t("Prison term")),
            ("alternative", t("Instead of prison")),
            *shown,
            ("instrument", t("Instrument")),
            ("reason", t("How it was read")),
            link={"instrument": "source_url"},
        ),
        title=t("Every penalty with its instrument"),
        caption=t(
            "Sums are in local currency as the source quotes them: fines, damages and sums set in one case. They are "
            "not compared across countries: currencies, dates and units of account differ."
        ),
        n=len(rows),
        unknown=t("penalties in {countries}", countries=", ".join(silent)) if silent else t("what was not read"),
        alt=t.n("Table of {n} penalty.", "Table of {n} penalties.", len(rows)),
        passport=words.passport("law-penalties", review, context, offence_name(offence, context)),
    )  # fmt: skip


def _row(
    tier: Mapping[Any, Any], provision: Mapping[Any, Any], sums: Mapping[tuple[str, str], Any], context: Context
) -> dict[str, str]:
    labels = context.labels
    money = sums.get((tier["country"], tier["instrument"]), {})
    code = words.blank(tier.get("alternative"))
    return {
        "country": labels("country", tier["country"]),
        "tier": labels("penalty_tier", tier["tier"]) if "tier" in tier else DASH,
        "term": (words.term(tier, context) if "tier" in tier else "") or DASH,
        "alternative": labels("penalty_alternative", code) if code else DASH,
        "sum": words.money(money.get("max_fine_amount"), money.get("fine_currency"), context) or DASH,
        "instrument": labels.text(tier["instrument"]),
        "reason": words.blank(tier.get(f"reason_{context.lang}")) or labels.text(words.blank(provision["summary"])),
        "source_url": words.blank(provision["source_url"]).split(" | ")[0],
    }
