"""Prison terms and fines that were imposed, and what the statutes allow."""

from enum import StrEnum
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame

KILLING: Final = "killing"
TRADE: Final = "trade"
OFFENCE_OF_TYPE: Final = {"poaching": KILLING}  # every other type of incident is about trade or possession
OFFENCE_OF_TOPIC: Final = {"killing_penalty": KILLING, "trade_penalty": TRADE, "possession_penalty": TRADE}


class Top(StrEnum):
    """What the highest term of a country's provisions is."""

    STATED = "stated"
    OPEN = "open"  # "or more": the ceiling is set elsewhere
    OBSERVED = "observed"  # the longest term seen in court; the statutory maximum was not read


# Notes of the legal review, column threshold_note of `treaties`: "upper tiers 10 years or more" and "the longest term
# observed ...; statutory maximum not read". A test holds these notes against this table.
TOPS: Final = {"CHN": Top.OPEN, "PAK": Top.OBSERVED}


def terms(cases: Frame) -> Frame:
    """Incidents of which a prison term is stated, or a sentence of life or death. Takes the table of ``cases``.

    Returns ``incident_id``, ``country``, ``year``, ``offence`` (``killing`` for poaching, else ``trade``), ``months``
    (missing for life or death), ``is_suspended``, ``sentence_kind``. The term is the longest given to any one person.
    """
    sentenced = cases.filter(~nw.col("imprisonment_months").is_null() | ~nw.col("sentence_kind").is_null())
    is_killing = nw.col("incident_type").is_in(tuple(OFFENCE_OF_TYPE))
    return sentenced.select(
        "incident_id",
        "country",
        "year",
        nw.when(is_killing).then(nw.lit(KILLING)).otherwise(nw.lit(TRADE)).alias("offence"),
        nw.col("imprisonment_months").alias("months"),
        nw.col("is_suspended").fill_null(value=False),
        "sentence_kind",
    ).sort("country", "offence", "year", "incident_id")


def statutes(provisions: Frame, countries: tuple[str, ...]) -> Frame:
    """The range of prison terms of the provisions on killing, trade and possession. *countries*: empty means all.

    Returns per ``country`` and ``offence``: ``low_months`` (the lowest minimum stated, missing where one of the
    provisions states none), ``high_months`` (the highest maximum), ``provision_count`` and ``top``. Countries of
    which no term was read are absent: that is not "no law".
    """
    relevant = provision_rows(provisions, countries)
    return (
        relevant.group_by("country", "offence")
        .agg(
            nw.col("min_imprisonment_months").min().alias("lowest"),
            nw.col("min_imprisonment_months").count().alias("stating"),
            nw.col("max_imprisonment_months").max().alias("high_months"),
            provision_count=nw.len(),
        )
        .with_columns(
            nw.when(nw.col("stating") == nw.col("provision_count"))
            .then(nw.col("lowest"))
            .otherwise(nw.lit(None, dtype=nw.Float64))
            .alias("low_months"),
            _top().alias("top"),
        )
        .select("country", "offence", "low_months", "high_months", "provision_count", "top")
        .sort("country", "offence")
    )


def provision_rows(provisions: Frame, countries: tuple[str, ...]) -> Frame:
    """The provisions behind ``statutes``, with their ``offence``."""
    topics = tuple(OFFENCE_OF_TOPIC)
    rows = provisions.filter(nw.col("provision_topic").is_in(topics), ~nw.col("max_imprisonment_months").is_null())
    if countries:
        rows = rows.filter(nw.col("country").is_in(countries))
    is_killing = nw.col("provision_topic") == "killing_penalty"
    offence = nw.when(is_killing).then(nw.lit(KILLING)).otherwise(nw.lit(TRADE))
    return rows.with_columns(offence.alias("offence")).sort("country", "offence", "instrument")


def _top() -> nw.Expr:
    chosen = nw.lit(Top.STATED.value)
    for country, top in TOPS.items():
        chosen = nw.when(nw.col("country") == country).then(nw.lit(top.value)).otherwise(chosen)
    return chosen


def fines(cases: Frame) -> Frame:
    """Incidents of which a financial penalty is reported, in the currency it was reported in. Takes ``cases``.

    Returns ``incident_id``, ``country``, ``year``, ``outcome``, ``fine_amount``, ``fine_currency``. Fines and damages
    are not told apart by the sources, and nothing is converted: amounts in two currencies are never added.
    """
    fined = cases.filter(~nw.col("fine_amount").is_null())
    return fined.select("incident_id", "country", "year", "outcome", "fine_amount", "fine_currency").sort(
        "country", "year", "incident_id"
    )
