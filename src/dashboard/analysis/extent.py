"""Where, what and when: counts of incidents by place, time, species and commodity. Each incident is counted once."""

from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.keys import whole
from dashboard.analysis.lines import incidents_per
from dashboard.domain.records import Records

SEVERAL: Final = "several"  # of an incident that falls under more than one value
NOT_STATED: Final = "not_stated"
ABOUT: Final = {"role": "role", "species_group": "parent", "taxon": "taxon", "commodity": "commodity"}
ENDS: Final = ("origin", "destination")
OTHER: Final = "other"  # a commodity that is none of the list, or not stated
AMOUNTS: Final = ("item_count", "individual_count", "mass_kg")
PLACE: Final = ("country", "province", "admin1", "place", "lat", "lon", "coord_precision")
SILENCES: Final = ("not_searched", "no_report", "withheld", "nil")  # the least known first


def described(records: Records) -> Frame:
    """The incidents with what they are counted by besides their own columns.

    Adds ``role`` (snow_leopard, prey, co_traded), ``species_group`` and ``taxon`` of the specimens, and
    ``commodity``: each is ``several`` where an incident has more than one, so that every count adds up to the
    incidents. An incident without a specimen has missing values. Adds the stated ``origin`` and ``destination``:
    ``not_stated`` where the source names none, the first in alphabetical order where it names several.
    """
    for name in (*ABOUT, *ENDS):
        records = records.with_tables(incidents=with_one(records, name))
    return records["incidents"]


def with_one(records: Records, name: str) -> Frame:
    """The incidents with one of the columns of ``described``: of ten million not all fit one query."""
    incidents = records["incidents"]
    if name in ABOUT:
        specimens = records["specimens"].join(records["taxa"].select("taxon", "parent", "role"), on="taxon", how="left")
        values = specimens.select("incident_id", nw.col(ABOUT[name]).cast(nw.String).alias(name))
        return _with_only(incidents, values.filter(~nw.col(name).is_null()), name)
    named = (
        records["legs"]
        .filter(nw.col("role") == name)
        .select("incident_id", nw.col("country").cast(nw.String).alias(name))
    )
    first = named.unique(["incident_id"], keep="first", order_by=[name])
    known = incidents.join(first, on="incident_id", how="left")
    return known.with_columns(nw.col(name).fill_null(nw.lit(NOT_STATED)))


def _with_only(incidents: Frame, values: Frame, name: str) -> Frame:
    """The incidents with the value of each, or ``several``. Counting is cheap, comparing texts is not."""
    distinct = values.group_by("incident_id", name).agg(line_count=nw.len())
    counts = distinct.group_by("incident_id").agg(value_count=nw.len())
    only = distinct.join(counts.filter(nw.col("value_count") == 1), on="incident_id", how="semi")
    value = nw.when(nw.col("value_count") > 1).then(nw.lit(SEVERAL)).otherwise(nw.col(name))
    return (
        incidents.join(only.select("incident_id", name), on="incident_id", how="left")
        .join(counts, on="incident_id", how="left")
        .with_columns(value.alias(name))
        .drop("value_count")
    )


def marks(incidents: Frame, provinces: Frame, level: str, split: str) -> Frame:
    """The marks of a map at *level* (country, province, place), divided by *split*; see the functions below."""
    if level == "country":
        return marks_of_countries(incidents, split)
    return {"province": marks_of_provinces, "place": marks_of_places}[level](incidents, provinces, split)


def marks_of_countries(incidents: Frame, split: str) -> Frame:
    """Count incidents per country and value of *split*, whatever their position's precision.

    Returns ``code`` (the country), ``country``, *split* and ``incident_count``.
    """
    counts = incidents.group_by("country", split).agg(incident_count=nw.len())
    return counts.with_columns(code=nw.col("country")).select("code", "country", split, "incident_count")


def marks_of_provinces(incidents: Frame, provinces: Frame, split: str) -> Frame:
    """Count incidents per province of the map and value of *split*; where there is none, per recorded place.

    A place in a disputed area lies in no province of any country. Incidents of which only the country is known are
    left out: see ``unplaced``. Returns the columns of ``marks_of_places``.
    """
    placed = incidents.select(*PLACE, split).filter(nw.col("coord_precision") != "country")
    inside = placed.filter(~nw.col("province").is_null())
    outside = placed.filter(nw.col("province").is_null())
    return nw.concat([_by_province(inside, provinces, split), _by_place(outside, split)]).sort("code", split)


def marks_of_places(incidents: Frame, provinces: Frame, split: str) -> Frame:
    """Count incidents per place and value of *split*; those known to a province only are counted at the province.

    Returns ``code`` (a province of the map, or ``country|admin1|place`` as recorded), ``kind`` (``province`` or
    ``place``), ``country``, ``admin1``, ``place``, ``lon``, ``lat``, *split* and ``incident_count``. Positions are
    nominal. Incidents of which only the country is known are left out: see ``unplaced``.
    """
    placed = incidents.select(*PLACE, split).filter(nw.col("coord_precision") != "country")
    is_wide = (nw.col("coord_precision") == "admin1") & ~nw.col("province").is_null()
    parts = [_by_province(placed.filter(is_wide), provinces, split), _by_place(placed.filter(~is_wide), split)]
    return nw.concat(parts).sort("code", split)


def _by_province(incidents: Frame, provinces: Frame, split: str) -> Frame:
    counts = incidents.group_by("province", "country", split).agg(incident_count=nw.len())
    where = provinces.select("province", "lon", "lat")
    return _mark(counts.join(where, on="province", how="left"), "province", nw.col("province"), split)


def _by_place(incidents: Frame, split: str) -> Frame:
    key = ["country", "admin1", "place"]
    counts = (
        incidents.select(*key, "lon", "lat", split)
        .group_by(*key, split)
        .agg(nw.col("lon", "lat").sum(), placed=nw.col("lat").count(), incident_count=nw.len())
        .with_columns(nw.col("admin1", "place").cast(nw.String).fill_null(""))
    )
    # the nominal point of a place is the mean over all its incidents, whichever value they are counted under
    sums = counts.group_by(*key).agg(nw.col("lon", "lat", "placed").sum())
    mean = {name: nw.when(nw.col("placed") > 0).then(nw.col(name) / nw.col("placed")) for name in ("lon", "lat")}
    points = sums.with_columns(**mean).select(*key, "lon", "lat")
    code = nw.concat_str(key, separator="|")
    return _mark(counts.select(*key, split, "incident_count").join(points, on=key, how="left"), "place", code, split)


def _mark(counts: Frame, kind: str, code: nw.Expr, split: str) -> Frame:
    blank = {name: nw.lit("") for name in ("admin1", "place") if kind == "province"}
    # every text of one kind: Arrow has two, pandas has categories, and neither puts them into one column
    texts = nw.col("code", "kind", "country", "admin1", "place").cast(nw.String)
    return counts.with_columns(code=code, kind=nw.lit(kind), **blank).select(
        texts, nw.col("lon", "lat").cast(nw.Float64), nw.col(split).cast(nw.String), "incident_count"
    )


def unplaced(incidents: Frame) -> Frame:
    """Count the incidents of which only the country is known. Returns ``country`` and ``incident_count``."""
    only_country = incidents.select("country", "coord_precision").filter(nw.col("coord_precision") == "country")
    return only_country.group_by("country").agg(incident_count=nw.len()).sort("country")


def only_country(records: Records) -> Records:
    """The records narrowed to the incidents of which only the country is known."""
    is_there = nw.col("coord_precision") == "country"
    return records.with_tables(incidents=whole(lambda: records.part("incidents", where=is_there)))


def province_states(recorded: Frame, coverage: Frame, provinces: Frame) -> Frame:
    """What is known of each province over the years of *coverage*.

    *recorded* holds every incident of those years, whatever its kind: what was looked for does not depend on the
    species. A province with a record is ``reported``. Of one without, the state is the least known of its country's
    years (not_searched, no_report, withheld, nil); ``none`` where its country reported in every year and named other
    provinces. Returns ``province``, ``country`` and ``state``.
    """
    heard = recorded.select("province").unique().filter(~nw.col("province").is_null()).with_columns(is_heard=nw.lit(1))
    ranks = {state: rank for rank, state in enumerate((*SILENCES, "reported"))}
    rank = nw.col("state").replace_strict(list(ranks), list(ranks.values()), default=None, return_dtype=nw.Int64)
    least = coverage.with_columns(rank=rank).group_by("country").agg(nw.col("rank").min())
    silence = nw.col("rank").replace_strict(
        list(ranks.values()), [*SILENCES, "none"], default=None, return_dtype=nw.String
    )
    return (
        provinces.select("province", "country")
        .join(heard, on="province", how="left")
        .join(least.with_columns(silence=silence), on="country", how="inner")
        .with_columns(state=nw.when(nw.col("is_heard") == 1).then(nw.lit("reported")).otherwise(nw.col("silence")))
        .select("province", "country", "state")
        .sort("province")
    )


def count_by_month(incidents: Frame, split: str) -> Frame:
    """Count incidents per calendar month (``01`` to ``12``) and value of *split*, over all years.

    Incidents of which only the year is known have the month ``not_stated``. Months without a record are absent.
    Returns ``month``, *split* and ``incident_count``.
    """
    is_known = nw.col("occurred_on_precision") != "year"
    month = nw.when(is_known).then(nw.col("occurred_on").str.slice(5, 2)).otherwise(nw.lit(NOT_STATED))
    # days are counted before their texts are cut: there are thousands of them, whatever the incidents
    days = incidents.group_by("occurred_on", "occurred_on_precision", split).agg(incident_count=nw.len())
    months = days.with_columns(month=month).group_by("month", split).agg(nw.col("incident_count").sum())
    return months.with_columns(nw.col("incident_count").cast(nw.Int64)).sort("month", split)


def count_by_two(incidents: Frame, down: str, across: str) -> Frame:
    """Count incidents per pair of values; pairs without a record are absent.

    Returns *down*, *across* and ``incident_count``.
    """
    return incidents.group_by(down, across).agg(incident_count=nw.len()).sort(down, across)


def amounts(records: Records) -> Frame:
    """Add up the quantities of each species group and commodity, each unit for itself.

    Returns ``parent`` (the group), ``commodity``, ``item_count``, ``individual_count``, ``mass_kg`` (missing where
    no line states that unit: never zero), ``line_count`` and ``without_amount`` (lines that state no quantity).
    """
    specimens = records.part("specimens", "taxon", "commodity", *AMOUNTS)
    stated = [~nw.col(amount).is_null() for amount in AMOUNTS]
    is_silent = ~(stated[0] | stated[1] | stated[2])
    sums = {amount: nw.col(amount).sum() for amount in AMOUNTS}
    known = {f"{amount}_lines": nw.col(amount).count() for amount in AMOUNTS}
    of_taxa = (
        specimens.with_columns(is_silent=is_silent.cast(nw.Int64))
        .group_by("taxon", "commodity")
        .agg(line_count=nw.len(), without_amount=nw.col("is_silent").sum(), **sums, **known)
    )
    added = (
        of_taxa.join(records["taxa"].select("taxon", "parent"), on="taxon", how="left")
        .group_by("parent", "commodity")
        .agg(nw.col("line_count", "without_amount", *sums, *known).sum())
    )
    missing = {amount: nw.when(nw.col(f"{amount}_lines") > 0).then(nw.col(amount)) for amount in AMOUNTS}
    return (
        added.with_columns(**missing)
        .select("parent", "commodity", *AMOUNTS, "line_count", "without_amount")
        .sort("parent", "commodity")
    )


def taxa(records: Records) -> Frame:
    """The taxa of the selected specimens with the number of incidents that involve each, and what is known of them.

    Returns ``taxon``, ``incident_count`` and the columns of ``taxa``. An incident counts under each of its taxa, so
    that the counts add up to more than the incidents.
    """
    return incidents_per(records, "taxon").join(records["taxa"], on="taxon", how="inner").sort("taxon")


def range_wide(statistics: Frame) -> Frame:
    """The published figures on the snow leopard that cover its whole range."""
    return statistics.filter(nw.col("country") == "RANGE12", nw.col("species_scope") == "snow_leopard").sort(
        "year_from", "metric", "value"
    )
