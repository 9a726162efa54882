"""The map of incidents, as a figure: what is drawn, over which ground, and what it says of itself."""

from typing import Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.domain.fields import N_
from dashboard.figures import geo
from dashboard.figures.context import Context
from dashboard.figures.meanings import SPLITS, series
from dashboard.figures.overview import source
from dashboard.figures.spec import FigureSpec, Ground, Kind, collected, columns

NOTES: Final = {
    "un": N_(
        "Boundaries: United Nations geodata. The boundaries and names shown and the designations used on this map do "
        "not imply official endorsement or acceptance by the United Nations. The final status of Jammu and Kashmir has "
        "not yet been agreed upon by the parties. Disputed areas are dashed and counted for no country. Provinces, "
        "lakes and rivers: Natural Earth. Towns: GeoNames (CC BY 4.0). Relief: shadedrelief.com."
    ),
    "none": N_(
        "No boundary is drawn. Lakes and rivers: Natural Earth. Towns: GeoNames (CC BY 4.0). Relief: shadedrelief.com."
    ),
    "tiles": N_("One tile for each country, roughly where it lies; no boundary is drawn."),
}


def level(context: Context) -> str:
    """At which level incidents are counted: what the reader chose, or what fits what is on the map."""
    chosen, selection = context.chosen("level"), context.selection
    if context.chosen("boundaries") == "tiles":
        return "country"
    if chosen != "auto":
        return chosen
    if selection.provinces:
        return "place"
    return "province" if selection.countries else "country"


def incident_map(marks: Frame, states: Frame, unplaced: Frame, context: Context) -> FigureSpec:
    """Where incidents are recorded, and where nobody looked.

    Takes one of the ``marks_of_…`` tables of ``analysis.extent``, ``province_states`` and ``unplaced``. The colour
    and the boundaries are those the reader chose.
    """
    t, split, boundaries = context.t, context.chosen("colour"), context.chosen("boundaries")
    table = _positioned(collected(marks))
    known = collected(states)
    nowhere = int(collected(unplaced)["incident_count"].sum())
    drawn = int(table["incident_count"].sum())
    is_by_country = "kind" not in table
    silent = int((known["state"] == "not_searched").sum())
    left_out = 0 if is_by_country else nowhere
    return FigureSpec(
        id="map",
        kind=Kind.MAP,
        table=table,
        columns=columns(("code", t("Place")), (split, t(SPLITS[split])), ("incident_count", t("Incidents"))),
        title=t("Where incidents were recorded"),
        caption=_caption(split, boundaries, context, has_places=not is_by_country),
        n=drawn,
        unknown=_unknown_places(nowhere, left_out, silent, len(known), context),
        alt=_most(table, context),
        passport=context.passport("map", source(context), t(NOTES[boundaries])),
        series=series(split, context),
        series_column=split,
        labels=_places(table, context),
        ground=Ground(
            boundaries=boundaries,
            states=dict(zip(known["province"], known["state"], strict=True)),
            box=_box(table, context),
            countries=context.selection.countries,
            silence=_silence(known, context),
        ),
    )


def _caption(split: str, boundaries: str, context: Context, *, has_places: bool) -> str:
    t = context.t
    divided = t(SPLITS[split]).lower()
    if boundaries == "tiles":
        return t("Each tile counts recorded incidents; the bar divides them by {split}.", split=divided)
    rings = t("Each ring counts recorded incidents, divided by {split}.", split=divided)
    if has_places:
        rings += " " + t(
            "One that would hide the number of another stands beside it or, where there is no room, "
            "beneath and without its number."
        )
    if boundaries == "none":
        return rings
    return rings + " " + t("Dotted provinces were not searched: they say nothing about crime.")


def _unknown_places(nowhere: int, left_out: int, silent: int, provinces: int, context: Context) -> str:
    t = context.t
    parts = [
        t.n(
            "what happened in {n} of {all} provinces, which was not searched",
            "what happened in {n} of {all} provinces, which were not searched",
            silent,
            all=t.number(provinces),
        )
    ]
    if left_out:
        parts.append(
            t.n(
                "where {n} incident took place, which names only the country and is not on the map",
                "where {n} incidents took place, which name only the country and are not on the map",
                left_out,
            )
        )
    elif nowhere:
        parts.append(
            t.n(
                "where in the country {n} incident took place",
                "where in their countries {n} incidents took place",
                nowhere,
            )
        )
    return "; ".join(parts)


def _silence(known: pd.DataFrame, context: Context) -> dict[str, str]:
    """How many provinces of each country were not searched, in words."""
    t = context.t
    per_country = known.assign(is_silent=known["state"] == "not_searched").groupby("country")["is_silent"]
    return {
        str(country): t(
            "not searched: {n} of {all} provinces", n=t.number(int(states.sum())), all=t.number(len(states))
        )
        for country, states in per_country
    }


def _positioned(table: pd.DataFrame) -> pd.DataFrame:
    """Give marks of countries their place on the map; other marks have one."""
    if "lon" in table:
        return table
    at = geo.countries()
    return table.assign(lon=[at[code].lon for code in table["code"]], lat=[at[code].lat for code in table["code"]])


def _box(table: pd.DataFrame, context: Context) -> geo.Box:
    """What the map shows at first: the chosen provinces, the chosen countries with their marks, or High Asia.

    A mark can lie outside the outline of its country: Srinagar and Leh do, in a disputed area.
    """
    chosen = context.selection
    if chosen.provinces and len(table):
        return geo.around_points(zip(table["lon"], table["lat"], strict=True), margin=1.5)
    if chosen.countries:
        boxes = [geo.countries()[country].box for country in chosen.countries]
        return geo.around([*boxes, *zip(*[table[at].tolist() for at in ("lon", "lat", "lon", "lat")], strict=True)])
    return geo.REGION


def _places(table: pd.DataFrame, context: Context) -> dict[str, str]:
    labels, t = context.labels, context.t
    if "kind" not in table:
        return {code: labels("country", code) for code in geo.countries()}  # a tile needs its name without a mark, too
    names = {}
    for row in table.drop_duplicates("code").to_dict("records"):
        if row["kind"] == "province":
            name = labels("province", row["code"])
        elif row["place"]:
            name = labels("place", row["country"], row["admin1"], row["place"])
        else:
            name = labels("admin1", row["country"], row["admin1"]) if row["admin1"] else t("place not stated")
        names[str(row["code"])] = t("{place}, {country}", place=name, country=labels("country", row["country"]))
    return names


def _most(table: pd.DataFrame, context: Context) -> str:
    """The map in words, for those who hear it: its places in alphabetical order with their counts."""
    t, names = context.t, _places(table, context)
    totals = table.groupby("code")["incident_count"].sum()
    words = sorted(f"{names[str(code)]}: {t.number(int(count))}" for code, count in totals.items())
    more = t.n(" and {n} more place", " and {n} more places", len(words) - 12) if len(words) > 12 else ""
    return t("Map of recorded incidents. {places}", places="; ".join(words[:12]) + more)
