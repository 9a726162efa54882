"""Makes lines/: what a map draws as lines, each a list of pieces, every piece once.

deck.gl's layer for paths works out how each piece joins the next one; on a machine without a graphics card that costs
twice as much as single pieces do, and lines as thin as these show no difference.
"""

import json

import geopandas as gpd
import numpy as np
import shapely
from geo import DATA, DECIMALS, STATIC, only, rounded

GRID = 0.001  # degrees, as the units are rounded
ALONG = 0.004  # degrees: what runs as near to the outline of its country is that outline
LONGEST = "RUS"  # more than half of all points lie along its coast, and nobody sees it from near
COARSER = 0.1  # degrees, for that coast


def between(units: gpd.GeoSeries) -> shapely.Geometry:
    """Return the lines that two units share; polygons would bring them twice, and the outline of the country again."""
    lines = shapely.union_all(units.boundary.to_numpy(), grid_size=GRID)
    outline = shapely.union_all(units.to_numpy(), grid_size=GRID).boundary
    return shapely.difference(lines, outline.buffer(ALONG))


def around(outlines: gpd.GeoSeries) -> shapely.Geometry:
    """Return the outlines, a border between two countries once, the longest coast with fewer points."""
    others = outlines.drop(LONGEST).boundary
    coast = shapely.difference(outlines[LONGEST].boundary, shapely.union_all(others.to_numpy()).buffer(ALONG))
    return shapely.union_all([shapely.simplify(shapely.line_merge(coast), COARSER), *others], grid_size=GRID)


def write(name: str, shape: shapely.Geometry) -> None:
    """Write the pieces: longitude and latitude of the one end and of the other."""
    pieces = []
    for line in shapely.get_parts(rounded(shapely.line_merge(only(shape, "LineString")), "LineString")):
        points = shapely.get_coordinates(line).round(DECIMALS)
        pieces += np.hstack([points[:-1], points[1:]]).tolist()
    (STATIC / "lines" / f"{name}.json").write_text(json.dumps(pieces, separators=(",", ":")) + "\n", encoding="utf-8")
    print(name, len(pieces))


def main() -> None:
    """Write the outlines, the rivers, and the inner borders of each country: a map of one loads no other."""
    (STATIC / "lines").mkdir(exist_ok=True)
    write("countries", around(gpd.read_file(DATA / "outline.geojson").set_index("ISO_A3").geometry))
    write("rivers", shapely.union_all(gpd.read_file(STATIC / "rivers.geojson").geometry.to_numpy()))
    for country, units in gpd.read_file(DATA / "admin1.geojson").groupby("country"):
        write(str(country), between(units.geometry))


if __name__ == "__main__":
    main()
