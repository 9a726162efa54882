"""The one filter bar: widgets in, a Selection out. Bound to the URL, the same on every page."""

from dataclasses import replace
from typing import Any, Final

import narwhals as nw
import streamlit as st

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.selection import Selection
from dashboard.figures.context import Context
from dashboard.ui import session

COUNTRY: Final = "country"
FROM: Final = "from"
TO: Final = "to"
TAXON: Final = "taxon"
TYPE: Final = "type"
EVIDENCE: Final = "evidence"
PROVINCE: Final = "province"
KEYS: Final = (COUNTRY, PROVINCE, FROM, TO, TAXON, TYPE, EVIDENCE)
FLAGSHIP: Final = "snow_leopard"
TYPES: Final = ("seizure", "poaching", "market_observation", "online_offer", "live_rescue")
GRADES: Final = ("official", "corroborated", "single")


def sidebar(context: Context) -> Context:
    """Draw the filters and return the context with what the reader chose."""
    t, labels = context.t, context.labels
    years = _years()
    options = {
        COUNTRY: sorted(RANGE_COUNTRIES, key=lambda code: labels("country", code)),
        FROM: years,
        TO: years,
        TAXON: _taxa(context),
        TYPE: list(TYPES),
        EVIDENCE: list(GRADES),
        PROVINCE: list(country_of_province()),
    }
    _refuse_unknown(options, context)
    with st.sidebar:
        session.bound(options)
        countries = _several(t("Countries"), COUNTRY, options[COUNTRY], "country", context)
        provinces = _provinces(options[PROVINCE], countries, context)
        first, last = st.columns(2)
        with first:
            year_from = _year(t("From year"), FROM, years, context)
        with last:
            year_to = _year(t("To year"), TO, years, context)
        taxa = _several(t("Species or group"), TAXON, options[TAXON], "taxon", context)
        kinds = _several(t("Incident type"), TYPE, options[TYPE], "incident_type", context)
        grades = _several(t("Evidence"), EVIDENCE, options[EVIDENCE], "evidence_grade", context)
        selection = Selection(countries, year_from, year_to, taxa, kinds, grades, provinces)
        st.button(
            t("Clear all filters"), key="clear", on_click=clear, disabled=selection == Selection(), width="stretch"
        )
    return replace(context, selection=selection, link=_link(context, selection))


def clear() -> None:
    """Set every filter back to "all"."""
    session.clear(KEYS)


def _provinces(provinces: list[str], countries: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """Provinces can be chosen once a country is: 280 of them are no list for a person."""
    country_of = country_of_province()
    offered = [one for one in provinces if country_of[one] in countries]
    if offered or session.url_values(PROVINCE):
        return _several(context.t("Provinces"), PROVINCE, provinces, "province", context, offered)
    return ()


def _several(
    label: str, key: str, options: list[str], codes: str, context: Context, offered: list[str] | None = None
) -> tuple[str, ...]:
    chosen = session.codes_of(key)
    st.multiselect(
        label,
        options if offered is None else sorted({*offered, *chosen}, key=options.index),
        key=session.show(key, chosen),
        format_func=lambda code: context.labels(codes, code),
        placeholder=context.t("All"),
        select_all=False,
        on_change=session.take_over,
        args=(key,),
    )
    return tuple(sorted(chosen, key=options.index))


def _year(label: str, key: str, years: list[str], context: Context) -> int | None:
    chosen = session.codes_of(key)
    st.selectbox(
        label,
        years,
        index=None,
        key=session.show(key, chosen[-1] if chosen else None),
        placeholder=context.t("All"),
        on_change=session.take_over,
        args=(key,),
    )
    return int(chosen[-1]) if chosen else None


def _years() -> list[str]:
    """Every year from the first record to the last."""
    year = nw.col("year")

    def span() -> tuple[Any, ...]:
        return session.records()["coverage"].select(first=year.min(), last=year.max()).collect().row(0)

    first, last = session.answers().get("years", span)
    return [str(y) for y in range(int(first), int(last) + 1)]


def country_of_province() -> dict[str, str]:
    """The country of every province of the map, by country and name."""

    def countries() -> dict[str, str]:
        return dict(session.records()["provinces"].select("province", "country").collect().iter_rows())

    found: dict[str, str] = session.answers().get("country-of-province", countries)
    return found


def _taxa(context: Context) -> list[str]:
    """The snow leopard, then the groups, then single taxa. A taxon that is all of its group is not listed twice."""

    def by_name(taxon: str) -> tuple[bool, str]:
        return taxon != FLAGSHIP, context.labels("taxon", taxon)

    def listed() -> list[str]:
        taxa = session.records()["taxa"].collect()
        groups = taxa.filter(nw.col("rank") == "group")["taxon"].to_list()
        members = taxa.filter(nw.col("rank") != "group", nw.len().over("parent") > 1)["taxon"].to_list()
        return sorted(groups, key=by_name) + sorted(members, key=by_name)

    options: list[str] = session.answers().get(("taxa", context.lang), listed)
    return options


def _refuse_unknown(options: dict[str, list[str]], context: Context) -> None:
    """Say which values of a link are not known; the rest of the link is followed."""
    unknown = [
        f"{key}={value}"
        for key, known in options.items()
        for value in session.url_values(key)
        if value and value not in known
    ]
    if kept := session.link_problems(unknown):
        st.info(
            context.t(
                "Some values in this link are not known here and were left out: {values}.",
                values=", ".join(kept),
            )
        )


def _link(context: Context, selection: Selection) -> str:
    query = selection.query()
    version = f"&{session.VERSION}={context.chosen(session.VERSION)}" if session.VERSION in context.view else ""
    return f"{context.link}?lang={context.lang}{version}" + (f"&{query}" if query else "")
