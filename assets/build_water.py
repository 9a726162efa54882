"""Makes lakes.geojson and rivers.geojson."""

import geopandas as gpd
import shapely
from geo import STATIC, WINDOW, feature, only, rounded, water, write

TOLERANCE = 0.04  # degrees
SMALLEST_LAKE = 0.02  # square degrees, about 200 square kilometres
REGION = (44, 5, 142, 62)  # rivers further off would only fill the map


def lakes() -> gpd.GeoSeries:
    """Return the lakes worth drawing."""
    shapes = water("lakes").intersection(WINDOW).apply(only, kind="Polygon")
    return shapes[shapes.apply(shapely.area) >= SMALLEST_LAKE].simplify(TOLERANCE / 2)


def rivers() -> gpd.GeoSeries:
    """Return the rivers of the region, whole."""
    lines = water("rivers").intersection(WINDOW).apply(only, kind="LineString")
    west, south, east, north = REGION
    return lines[~lines.is_empty].cx[west:east, south:north].simplify(TOLERANCE)


def main() -> None:
    """Write both files; the source has no names for them."""
    write(STATIC / "lakes.geojson", [feature(rounded(shape), {}) for shape in lakes()])
    write(STATIC / "rivers.geojson", [feature(rounded(line, "LineString"), {}) for line in rivers()])


if __name__ == "__main__":
    main()
