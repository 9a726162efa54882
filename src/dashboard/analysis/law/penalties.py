"""Prison terms against the four-year line of the UN Convention against Transnational Organized Crime."""

from typing import Final

import narwhals as nw

from dashboard.analysis import Frame

FOUR_YEARS: Final = 48  # months; UNTOC art. 2(b): a maximum of at least four years. Exactly 48 reaches the line
OVERALL: Final = "wildlife_crime_as_serious_crime"
OFFENCES: Final = (
    OVERALL,
    "killing_penalty",
    "trade_penalty",
    "possession_penalty",
    "import_export_penalty",
    "online_trade",
    "prey_species_protection",
)
MAXIMA: Final = ("basic", "top")  # the tiers that are maxima in law; a term of a court or for another species is not


def standing(tiers: Frame, provisions: Frame) -> Frame:
    """Keep the tiers whose instrument stands among the provisions: no figure appears without its instrument."""
    known = provisions.filter(nw.col("status") != "unknown").select("country", "instrument").unique()
    return tiers.join(known, on=["country", "instrument"], how="semi")


def against_the_line(tiers: Frame, countries: Frame, offence: str) -> Frame:
    """The longest term of the basic offence and of all tiers, for one offence.

    *countries* has one row a country. Returns ``country``, ``basic_months``, ``top_months`` (at least the basic term;
    both missing where no maximum was read), ``is_open_ended`` (the top tier is "that many or more") and ``line``:
    ``basic``, ``top_only``, ``below`` (maxima were read, and none reaches it) or ``not_shown``.
    """
    maxima = tiers.filter(nw.col("provision_topic") == offence, nw.col("tier").is_in(MAXIMA)).with_columns(
        open_count=nw.col("is_open_ended").cast(nw.Int64).fill_null(0)
    )
    basic = maxima.filter(nw.col("tier") == "basic").group_by("country").agg(basic_months=nw.col("max_months").max())
    top = maxima.group_by("country").agg(top_months=nw.col("max_months").max(), open_count=nw.col("open_count").max())
    return (
        countries.select("country")
        .join(basic, on="country", how="left")
        .join(top, on="country", how="left")
        .with_columns(line=_line(), is_open_ended=nw.col("open_count").fill_null(0) > 0)
        .select("country", "basic_months", "top_months", "is_open_ended", "line")
        .sort("country")
    )


def _line() -> nw.Expr:
    basic, top = nw.col("basic_months"), nw.col("top_months")
    return (
        nw.when(basic >= FOUR_YEARS)
        .then(nw.lit("basic"))
        .when(top >= FOUR_YEARS)
        .then(nw.lit("top_only"))
        .when(~basic.is_null())
        .then(nw.lit("below"))
        .otherwise(nw.lit("not_shown"))
    )


def of_offence(tiers: Frame, offence: str) -> Frame:
    """The tiers of one offence, with those that are no maxima, by country."""
    return tiers.filter(nw.col("provision_topic") == offence).sort("country", "tier", "instrument")


def fines(provisions: Frame, offence: str) -> Frame:
    """The provisions of an offence that quote a sum of money. Sums of unlike currencies and times are not compared."""
    return provisions.filter(nw.col("provision_topic") == offence, ~nw.col("max_fine_amount").is_null()).sort("country")
