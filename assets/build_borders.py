"""Makes borders/ISO3.geojson: the borders between the units of each range country, every one once."""

import geopandas as gpd
import shapely
from geo import STATIC, feature, only, rounded, write

GRID = 0.001  # degrees, as the units are rounded
ALONG = 0.004  # degrees: what runs as near to the outline of its country is that outline


def between(units: gpd.GeoSeries) -> shapely.Geometry:
    """Return the lines that two units share; polygons would bring them twice, and the outline of the country again."""
    lines = shapely.union_all(units.boundary.to_numpy(), grid_size=GRID)
    outline = shapely.union_all(units.to_numpy(), grid_size=GRID).boundary
    return shapely.line_merge(only(shapely.difference(lines, outline.buffer(ALONG)), "LineString"))


def main() -> None:
    """Write a file for each country, so that a map of one loads no other."""
    (STATIC / "borders").mkdir(exist_ok=True)
    for country, units in gpd.read_file(STATIC / "admin1.geojson").groupby("country"):
        write(f"borders/{country}.geojson", [feature(rounded(between(units.geometry), "LineString"), {})])


if __name__ == "__main__":
    main()
