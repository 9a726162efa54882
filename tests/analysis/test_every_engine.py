"""One contract: every aggregate of ``analysis`` says the same on pandas, Arrow, DuckDB and Spark, and stays lazy there.

A function that takes or returns a frame and is not called here fails the last test.
"""

import importlib
import inspect
import math
import pkgutil
from collections.abc import Callable, Iterable
from typing import Any

import narwhals as nw
import pyarrow as pa
import pytest

from dashboard import analysis
from dashboard.analysis import (
    country,
    detection,
    extent,
    justice,
    keys,
    known,
    lines,
    listing,
    lock,
    overview,
    routes,
    scoring,
)
from dashboard.analysis.extent import described
from dashboard.analysis.justice import published
from dashboard.analysis.law import corridor, gaps, matrix, penalties, practice, reforms, timing
from dashboard.analysis.prepared import prepared, steps
from dashboard.analysis.select import searched, select, with_members
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection
from dashboard.intake.shown import shown
from dashboard.store.records import compact
from dashboard.store.records import records as wrap

NARROW = Selection(countries=("CHN", "IND", "KGZ"), year_from=2010, taxa=("panthera_uncia",))
ROUTE = ("KGZ", "KAZ", "RUS", "CHN")
WEIGHTS = {"a": 1.0, "b": 0.5, "c": 2.0, "d": 1.0}
ORDERS = (
    ("country", {"KGZ": 0, "CHN": 1, "IND": 2}),  # the others have no rank, and come first
    ("taxon", {"panthera_uncia": 0, "saiga_tatarica": 1}),
)
OUT_OF_THE_ENGINE = {  # small tables of the law, or the few rows of one screen: worked on in memory by design
    "listing.page", "corridor.on_the_way", "gaps.of_country", "reforms.events", "reforms.count_by_year",
    "timing.as_of",
}  # fmt: skip

OF_ALL_COLUMNS = {  # they return every column of the incidents, of which prepared ones have more
    "extent.described", "extent.only_country", "justice.followed", "listing.page", "lock.withhold_small",
    "corridor.on_the_way", "prepared.prepared", "select.searched",
}  # fmt: skip

Call = Callable[[Records], Any]


def about(r: Records) -> nw.LazyFrame:
    """The described incidents, once."""
    return r["incidents"] if is_prepared(r) else described(r)


def identifiers(page: nw.LazyFrame) -> list[str]:
    """In the order of the page."""
    return page.collect()["incident_id"].to_list()


def is_prepared(r: Records) -> bool:
    return "origin" in r["incidents"].collect_schema().names()


def per_incident(function: Callable[..., Any], *arguments: Any) -> Call:
    return lambda r: function(about(r), *arguments)


def per_case(function: Callable[..., Any], *arguments: Any) -> Call:
    return lambda r: function(justice.cases(r), *arguments)


def of_law(function: Callable[..., Any], *arguments: Any) -> Call:
    return lambda r: function(r["provisions"], *arguments)


def of_statistics(function: Callable[..., Any]) -> Call:
    return lambda r: function(published.statistics(r["justice_statistics"], Selection()))


CALLS: dict[str, Call] = {
    "country.incidents_by_commodity": country.incidents_by_commodity,
    "country.incidents_by_group": country.incidents_by_group,
    "country.incidents_by_leg": country.incidents_by_leg,
    "country.incidents_by_province": lambda r: country.incidents_by_province(r["incidents"]),
    "detection.histories_of": lambda r: sorted(
        detection.histories_of(r, Selection(), "target_group").incidents["incident_id"]
    ),
    "detection.latest_months": lambda r: detection.latest_months(r).to_dict(),
    "extent.amounts": extent.amounts,
    "extent.count_by_month": per_incident(extent.count_by_month, "role"),
    "extent.count_by_two": per_incident(extent.count_by_two, "species_group", "commodity"),
    "extent.described": described,
    "extent.marks": lambda r: extent.marks(about(r), r["provinces"], "place", "role"),
    "extent.marks_of_countries": per_incident(extent.marks_of_countries, "role"),
    "extent.marks_of_places": lambda r: extent.marks_of_places(about(r), r["provinces"], "incident_type"),
    "extent.marks_of_provinces": lambda r: extent.marks_of_provinces(about(r), r["provinces"], "role"),
    "extent.only_country": lambda r: extent.only_country(r)["incidents"],
    "extent.province_states": lambda r: extent.province_states(*searched(r, NARROW), r["provinces"]),
    "extent.range_wide": lambda r: extent.range_wide(r["justice_statistics"]),
    "extent.taxa": extent.taxa,
    "extent.with_one": lambda r: (
        extent.with_one(r, "origin").select("incident_id", "origin")
        if not is_prepared(r)
        else r["incidents"].select("incident_id", "origin")
    ),
    "extent.unplaced": per_incident(extent.unplaced),
    "justice.cases": justice.cases,
    "justice.fined": per_case(justice.fined),
    "justice.fines": per_case(justice.fines),
    "justice.followed": justice.followed,
    "prepared.steps": lambda r: [name for name, made in steps() if made(r) is not None],
    "prepared.prepared": lambda r: justice.cases(prepared(r)),
    "keys.has": lambda r: keys.has(r, "incidents", "country"),
    "keys.is_keyed": lambda r: keys.is_keyed(keys.keyed(r["legs"], r["incidents"])),
    "keys.is_described": lambda r: keys.is_described(keys.keyed(r["legs"], about(r)), keys.of("taxon")),
    "keys.keyed": lambda r: keys.keyed(r["legs"], about(r)),
    "keys.narrowed": lambda r: keys.narrowed(r["incidents"], {"year": nw.col("year") > 2015})("country", "year"),
    "keys.whole": lambda r: keys.whole(lambda: r["incidents"])("country", where=nw.col("year") > 2015),
    "lines.groups": lambda r: lines.groups(r["taxa"]),
    "lines.incidents_per": lambda r: lines.incidents_per(r, "commodity"),
    "lines.told_apart": lambda r: lines.told_apart(r).select("incident_id", "line", *map(lines.new, lines.TOLD_APART)),
    "justice.funnel": per_case(justice.funnel, "country"),
    "justice.open_cases": per_case(justice.open_cases, 2026),
    "justice.persons": per_case(justice.persons),
    "justice.provision_rows": of_law(justice.provision_rows, ("CHN", "IND")),
    "justice.statutes": of_law(justice.statutes, ()),
    "justice.tallies": per_case(justice.tallies),
    "justice.terms": per_case(justice.terms),
    "justice.time_of": lambda r: repr(justice.time_of(justice.cases(r), "2026-11-22")),
    "justice.differences": lambda r: justice.differences(
        justice.tallies(justice.cases(r)), r["coverage"], justice.fined(justice.cases(r))
    ),
    "known.published": known.published,
    "listing.one": lambda r: listing.one(r, "PUB-0045").part("specimens", "incident_id", "line", "taxon", "item_count"),
    "listing.first_named": lambda r: listing.first_named(r).select("incident_id", "first_taxon"),
    "listing.page": lambda r: listing.page(r, 20, 40),
    "listing.page of an order": lambda r: [identifiers(listing.page(r, 20, 40, by, ranks)) for by, ranks in ORDERS],
    "listing.sources": listing.sources,
    "listing.values": lambda r: sorted(plain(listing.values(r, "place")), key=repr),
    "lock.is_locked": lock.is_locked,
    "lock.generalise": lambda r: overview.count_by(lock.generalise(r)["incidents"], "province"),
    "lock.withhold_small": lambda r: lock.withhold_small(r["incidents"]),
    "matrix.behind": of_law(matrix.behind, "KGZ", "killing_penalty"),
    "matrix.cells": of_law(matrix.cells),
    "matrix.overlap": lambda r: matrix.overlap(matrix.scores(matrix.cells(r["provisions"]), WEIGHTS)),
    "matrix.scores": lambda r: matrix.scores(matrix.cells(r["provisions"]), WEIGHTS),
    "corridor.on_the_way": lambda r: corridor.on_the_way(r, ROUTE),
    "corridor.recorded": corridor.recorded,
    "corridor.ways": corridor.ways,
    "corridor.weakest_legs": lambda r: corridor.weakest_legs(matrix.cells(r["provisions"]), ROUTE),
    "country.facts": lambda r: country.facts(r, select(r, NARROW)),
    "country.noted": lambda r: country.noted(r).select("incident_id", *country.NOTED),
    "gaps.loopholes": lambda r: gaps.loopholes(r["loopholes"], ("CHN",), ()),
    "gaps.of_country": of_law(gaps.of_country, "KGZ"),
    "penalties.against_the_line": lambda r: penalties.against_the_line(
        penalties.standing(r["penalty_tiers"], r["provisions"]), r["law_review"], penalties.OVERALL
    ),
    "penalties.fines": of_law(penalties.fines, "trade_penalty"),
    "penalties.of_offence": lambda r: penalties.of_offence(
        penalties.standing(r["penalty_tiers"], r["provisions"]), "trade_penalty"
    ),
    "penalties.standing": lambda r: penalties.standing(r["penalty_tiers"], r["provisions"]),
    "practice.seen_in_court": lambda r: practice.seen_in_court(r, r["law_review"]),
    "practice.terms": practice.terms,
    "published.illustrations": of_statistics(published.illustrations),
    "published.lone_figures": of_statistics(published.lone_figures),
    "published.shared_base": of_statistics(published.shared_base),
    "published.statistics": lambda r: published.statistics(r["justice_statistics"], NARROW),
    "reforms.count_by_year": lambda r: reforms.count_by_year(reforms.events(r["provisions"], r["treaties"])),
    "reforms.events": lambda r: reforms.events(r["provisions"], r["treaties"]),
    "timing.as_of": of_law(timing.as_of, 2015),
    "timing.years": of_law(timing.years),
    "overview.count_by": lambda r: overview.count_by(r["incidents"], "outcome"),
    "overview.count_by_year": lambda r: overview.count_by_year(r["incidents"], "incident_type"),
    "overview.coverage_grid": lambda r: overview.coverage_grid(r["coverage"], r["incidents"]),
    "overview.headline": overview.headline,
    "routes.corridors": lambda r: routes.corridors(about(r)),
    "routes.count_by_crossing": lambda r: routes.count_by_crossing(about(r)),
    "routes.seized_flows": lambda r: routes.seized_flows(r["seized_flows"], r["countries"]),
    "scoring.law_says": of_law(scoring.law_says, "KGZ"),
    "select.searched": lambda r: searched(r, NARROW)[0],
    "select.select": lambda r: select(r, NARROW).part("specimens", "incident_id", "line", "taxon"),
    "select.with_members": lambda r: sorted(with_members(r["taxa"], ("cats",))),
}


def as_text(table: Any) -> Any:
    """Raw tables hold their text as ``object`` and tidy ones as ``str``: Arrow does not join the two."""
    return table.astype({column: "str" for column in table.columns if table[column].dtype == object})


@pytest.fixture(scope="session")
def arrow(loaded) -> dict[str, pa.Table]:
    return {name: pa.Table.from_pandas(as_text(table), preserve_index=False) for name, table in loaded.tables.items()}


@pytest.fixture(
    scope="session", params=["compact", "prepared", "pyarrow", "duckdb", pytest.param("spark", marks=pytest.mark.spark)]
)
def elsewhere(request, arrow, loaded) -> Records:
    """The shipped records on another engine, or as the dashboard keeps them in memory."""
    if request.param in {"compact", "prepared"}:
        small = wrap(compact(loaded.tables, few=1), "compact")
        if request.param == "compact":
            return small
        return shown(loaded.tables, "prepared")
    tables: dict[str, Any] = dict(arrow)
    if request.param == "duckdb":
        duckdb = pytest.importorskip("duckdb")
        tables = {name: duckdb.from_arrow(table) for name, table in arrow.items()}
    if request.param == "spark":
        sql = pytest.importorskip("pyspark.sql")
        settings = {"spark.sql.shuffle.partitions": "2", "spark.ui.enabled": "false", "spark.sql.ansi.enabled": "true"}
        builder = sql.SparkSession.builder.master("local[2]").appName("contract")
        for key, value in settings.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        request.addfinalizer(session.stop)  # noqa: PT021 - only one of three engines has to be stopped
        tables = {name: session.createDataFrame(table).cache() for name, table in arrow.items()}
    return Records({name: nw.from_native(table).lazy() for name, table in tables.items()}, "engine")


def plain(result: Any) -> Any:
    """A result as values that can be compared; missing is ``None``, and floats are rounded where engines add up."""
    if isinstance(result, nw.LazyFrame):
        collected = result.collect(backend="pyarrow") if result.implementation.is_spark_like() else result.collect()
        rows = collected.to_arrow().select(sorted(collected.columns)).to_pylist()
        return sorted(([plain(value) for value in row.values()] for row in rows), key=repr)
    if isinstance(result, dict):
        return {key: plain(value) for key, value in result.items()}
    if isinstance(result, list):
        return [plain(value) for value in result]
    if isinstance(result, float):
        return None if math.isnan(result) else round(result, 9)
    return result


@pytest.mark.parametrize("name", CALLS)
def test_an_aggregate_says_the_same_on_every_engine(records, elsewhere, name):
    if name in OF_ALL_COLUMNS and is_prepared(elsewhere):
        pytest.skip("prepared incidents have more columns")
    result = CALLS[name](elsewhere)
    if isinstance(result, nw.LazyFrame) and name not in OUT_OF_THE_ENGINE:
        assert result.implementation == elsewhere["incidents"].implementation, "it left the engine"
    assert plain(result) == plain(CALLS[name](records))


def aggregates() -> Iterable[str]:
    """Every public function of ``analysis`` that takes frames or records, or returns a frame."""
    for found in pkgutil.walk_packages(analysis.__path__, "dashboard.analysis."):
        if ".occupancy" in found.name or found.ispkg:
            continue
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            told = {str(kind) for kind in inspect.get_annotations(function).values()}
            is_ours = function.__module__ == module.__name__ and not name.startswith("_")
            if is_ours and any("LazyFrame" in kind or kind.endswith("Records'>") for kind in told):
                yield f"{found.name.rpartition('.')[2]}.{name}"


def test_the_contract_names_every_aggregate():
    told = {name.replace("justice.", "", 1).rpartition(".")[2] for name in CALLS}
    assert sorted(name for name in aggregates() if name.rpartition(".")[2] not in told) == []
