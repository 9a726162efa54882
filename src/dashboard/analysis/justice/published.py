"""What official statistics say, each figure with its own base."""

from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.selection import Selection

FLAGSHIP: Final = "snow_leopard"
ILLUSTRATION: Final = "single_case"
ORDER: Final = ("country", "year_from", "scope", "metric")


def statistics(table: Frame, selection: Selection) -> Frame:
    """Published figures of the chosen countries and of groups of countries, whose period touches the chosen years.

    Takes ``justice_statistics`` and adds ``is_proxy``: true where the figure is not about the snow leopard. A figure
    without a year is kept, and one that only says since when goes on to this day. Species are not narrowed: no country
    publishes such figures for one species, and proxies are labelled instead.
    """
    chosen = [*_conditions(selection)]
    kept = table.filter(*chosen) if chosen else table
    return kept.with_columns(is_proxy=nw.col("species_scope") != FLAGSHIP).sort(*ORDER)


def _conditions(selection: Selection) -> list[nw.Expr]:
    conditions = []
    if selection.countries:
        others = [country for country in RANGE_COUNTRIES if country not in selection.countries]
        conditions.append(~nw.col("country").is_in(others))
    if selection.year_to is not None:
        conditions.append(nw.col("year_from").fill_null(selection.year_to) <= selection.year_to)
    if selection.year_from is not None:
        conditions.append(nw.col("year_to").fill_null(selection.year_from) >= selection.year_from)
    return conditions


def shared_base(statistics: Frame) -> Frame:
    """Figures of which numerator and denominator were both published for the same place and period.

    Takes ``statistics``; single cases are left out. The same pair published twice (as a count and as a percentage) is
    one row. Only from these rows may a rate be made.
    """
    whole = statistics.filter(
        nw.col("geo_level") != ILLUSTRATION, ~nw.col("numerator").is_null(), ~nw.col("denominator").is_null()
    )
    pair = ["country", "year_from", "year_to", "numerator", "denominator", "denominator_basis"]
    return whole.unique(pair, keep="first", order_by=[*ORDER]).sort(*ORDER)


def lone_figures(statistics: Frame) -> Frame:
    """Figures that were published without a base to divide them by, single cases left out. Takes ``statistics``."""
    return statistics.filter(
        nw.col("geo_level") != ILLUSTRATION, nw.col("numerator").is_null() | nw.col("denominator").is_null()
    )


def illustrations(statistics: Frame) -> Frame:
    """Single cases: they show how a case may go and are never added to anything. Takes ``statistics``."""
    return statistics.filter(nw.col("geo_level") == ILLUSTRATION)
