"""What official statistics say: published rates with their base, other figures, single cases as illustrations."""

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.analysis.justice import proportion
from dashboard.analysis.justice.rates import FEWEST_DECIDED, FEWEST_FOR_A_BARE_RATE
from dashboard.figures import justice_words as words
from dashboard.figures.context import Context
from dashboard.figures.justice_parts import x_of_n
from dashboard.figures.spec import FigureSpec, Kind, collected, columns

MONEY: Final = ("damages_recovered_pct",)
LARGER: Final = "more than"  # a base that the source gives as a minimum: the rate is below the quotient


def shared_base(rows: Frame, context: Context) -> FigureSpec:
    """Published parts with their published base. Takes ``analysis.justice.shared_base``."""
    t = context.t
    found = collected(rows)
    proxies = int(found["is_proxy"].sum())
    shown = [
        _common(figure, context)
        | {
            "part": f"{x_of_n(figure['numerator'], figure['denominator'], context)}, "
            f"{context.labels.text(str(figure['denominator_basis']))}",
            "rate": _rate(figure, context),
        }
        for figure in _read(found, context)
    ]
    if not shown:
        said = t("No part was published here together with its base, and so there is no rate.")
    elif proxies == len(shown):
        said = t.n(
            "{n} figure was published with its base; it is about other species than the snow leopard.",
            "{n} figures were published with their base; all of them are about other species than the snow leopard.",
            len(shown),
        )
    else:
        said = t.n(
            "{n} figure was published with its base; {proxies} about other species than the snow leopard.",
            "{n} figures were published with their base; {proxies} of them about other species than the snow leopard.",
            len(shown),
            proxies=t.number(proxies),
        )
    return FigureSpec(
        id="justice-published-rates",
        kind=Kind.TABLE,
        table=pd.DataFrame(shown),
        columns=columns(
            *_first(context),
            ("part", t("As published, and of what")),
            ("rate", t("Rate")),
            ("covers", t("Species covered")),
            ("source", t("Source")),
            link={"source": "source_url"},
        ),
        title=t("What official statistics say: parts of a published whole"),
        caption=said
        + " "
        + t(
            "Each has its own place, period and base: no two may be added or compared. Persons held are not "
            "persons tried."
        ),
        n=len(shown),
        unknown=t("a conviction rate for the snow leopard in any single country: none was published"),
        alt=said,
        passport=context.passport("justice-published-rates", _source(context)),
    )


def lone_figures(rows: Frame, context: Context) -> FigureSpec:
    """Figures published without a base. Takes ``analysis.justice.lone_figures``."""
    t = context.t
    said = _counted(rows, context)
    return _list(
        rows,
        "justice-published-figures",
        t("What official statistics say: figures without a common base"),
        said + " " + t("No rate may be made of them."),
        said,
        context,
    )


def illustrations(rows: Frame, context: Context) -> FigureSpec:
    """Single cases. Takes ``analysis.justice.illustrations``."""
    t = context.t
    n = len(collected(rows))
    said = t.n(
        "{n} single case, an illustration that is in no total.",
        "{n} single cases, illustrations that are in no total.",
        n,
    )
    return _list(rows, "justice-illustrations", t("Single cases as illustrations"), said, said, context)


def _list(rows: Frame, name: str, title: str, caption: str, alt: str, context: Context) -> FigureSpec:
    t = context.t
    shown = [
        _common(figure, context)
        | {
            "value": t.number(float(figure["value"])),
            "unit": context.labels.text(str(figure["unit"])),
        }
        for figure in _read(collected(rows), context)
    ]
    return FigureSpec(
        id=name,
        kind=Kind.TABLE,
        table=pd.DataFrame(shown),
        columns=columns(
            *_first(context),
            ("value", t("Value")),
            ("unit", t("Unit")),
            ("covers", t("Species covered")),
            ("source", t("Source")),
            link={"source": "source_url"},
        ),
        title=title,
        caption=caption,
        n=len(shown),
        unknown=t("what agencies counted and did not publish"),
        alt=alt,
        passport=context.passport(name, _source(context)),
    )


def _counted(rows: Frame, context: Context) -> str:
    t = context.t
    found = collected(rows)
    return t.n(
        "{n} figure was published without a base to divide it by; {proxies} not about the snow leopard.",
        "{n} figures were published without a base to divide them by; {proxies} of them are not about the snow "
        "leopard.",
        len(found),
        proxies=t.number(int(found["is_proxy"].sum())),
    )


def _first(context: Context) -> list[tuple[str, str]]:
    t = context.t
    return [
        ("country", t("Country")),
        ("period", t("Period")),
        ("scope", t("What was counted")),
    ]


def _common(figure: Mapping[Any, Any], context: Context) -> dict[str, str]:
    t, labels = context.t, context.labels
    covers = labels("species_scope", str(figure["species_scope"]))
    return {
        "country": labels("country", str(figure["country"])),
        "period": _period(figure, context),
        "scope": t(
            "{metric}: {scope} ({level})",
            metric=labels("metric", str(figure["metric"])),
            scope=labels.text(str(figure["scope"])),
            level=labels("geo_level", str(figure["geo_level"])).lower(),
        ),
        "covers": t("proxy: {species}", species=covers.lower()) if figure["is_proxy"] else covers,
        "source": str(figure["source_title"]),
        "source_url": str(figure["source_url"]).split(" | ")[0],
    }


def _period(figure: Mapping[Any, Any], context: Context) -> str:
    first, last = figure["year_from"], figure["year_to"]
    if first == "":
        return context.t("not stated")
    if last == "":
        return context.t("since {year}", year=first)
    return str(first) if first == last else f"{first}–{last}"


def _rate(figure: Mapping[Any, Any], context: Context) -> str:
    """A share of a published whole: with fewer than 5 none, with fewer than 20 only with its interval."""
    part, whole = float(figure["numerator"]), float(figure["denominator"])
    if LARGER in str(figure["denominator_basis"]):
        return context.t("less than {share}", share=context.t.percent(math.ceil(part / whole * 100) / 100))
    if figure["metric"] in MONEY or whole >= FEWEST_FOR_A_BARE_RATE:
        return words.share(part / whole, context)
    known = proportion(round(part), round(whole))
    if known is None or whole < FEWEST_DECIDED:
        return context.t("counts only")
    return words.interval(known, context)


def _read(found: pd.DataFrame, context: Context) -> list[dict[Any, Any]]:
    """Rows in the order of the countries' names; missing cells are empty."""
    read = [{name: "" if pd.isna(cell) else cell for name, cell in row.items()} for row in found.to_dict("records")]
    return sorted(read, key=lambda row: context.labels("country", str(row["country"])))


def _source(context: Context) -> str:
    return context.t("Official statistics and reports, each linked in its row")
