"""Provinces for clicking, hovering and the pattern of silence: coarser than admin1.geojson."""

from __future__ import annotations

import geopandas as gpd
import shapely
from build_outlines import without_islets
from geo import DATA, STATIC, feature, rounded, write

TOLERANCE = 0.12  # degrees: 280 units must be picked in a blink by a browser without a graphics card

SMALLEST = 0.05  # square degrees; smaller parts go, unless a unit has no other


def main() -> None:
    """Simplify the committed units; ``n`` is the unit's place in ``data/geo/admin1.csv``."""
    units = gpd.read_file(DATA / "admin1.geojson")
    shapes = shapely.coverage_simplify([without_islets(s, SMALLEST) for s in units.geometry], TOLERANCE)
    told = units[["province", "country", "name_en", "name_ru"]].assign(n=range(len(units))).to_dict("records")
    write(STATIC / "provinces.geojson", [feature(rounded(shape), row) for shape, row in zip(shapes, told, strict=True)])


if __name__ == "__main__":
    main()
