"""Makes borders/: what a map draws as lines, every line once: around the range countries, and within each of them."""

import geopandas as gpd
import shapely
from geo import STATIC, feature, only, rounded, write

GRID = 0.001  # degrees, as the units are rounded
ALONG = 0.004  # degrees: what runs as near to the outline of its country is that outline
LONGEST = "RUS"  # more than half of all points lie along its coast, and nobody sees it from near
COARSER = 0.1  # degrees, for that coast


def between(units: gpd.GeoSeries) -> shapely.Geometry:
    """Return the lines that two units share; polygons would bring them twice, and the outline of the country again."""
    lines = shapely.union_all(units.boundary.to_numpy(), grid_size=GRID)
    outline = shapely.union_all(units.to_numpy(), grid_size=GRID).boundary
    return shapely.line_merge(only(shapely.difference(lines, outline.buffer(ALONG)), "LineString"))


def around(outlines: gpd.GeoSeries) -> shapely.Geometry:
    """Return the outlines, a border between two countries once, the longest coast with fewer points."""
    others = outlines.drop(LONGEST).boundary
    coast = shapely.difference(outlines[LONGEST].boundary, shapely.union_all(others.to_numpy()).buffer(ALONG))
    lines = [shapely.simplify(shapely.line_merge(coast), COARSER), *others]
    return shapely.line_merge(only(shapely.union_all(lines, grid_size=GRID), "LineString"))


def main() -> None:
    """Write a file for each country, so that a map of one loads no other."""
    (STATIC / "borders").mkdir(exist_ok=True)
    outlines = gpd.read_file(STATIC / "outline.geojson").set_index("ISO_A3").geometry
    write("borders/countries.geojson", [feature(rounded(around(outlines), "LineString"), {})])
    for country, units in gpd.read_file(STATIC / "admin1.geojson").groupby("country"):
        write(f"borders/{country}.geojson", [feature(rounded(between(units.geometry), "LineString"), {})])


if __name__ == "__main__":
    main()
