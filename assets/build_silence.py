"""The dots with which the map draws silence: a regular lattice, each dot with the province it lies in.

deck.gl's own pattern fill does not work on every machine (its uniform block is refused by some drivers), and dots by
the thousand are cheap.
"""

from __future__ import annotations

import json
import math

import geopandas as gpd
import numpy as np
import shapely
from geo import DECIMALS, STATIC

REGION_STEP = 1.4  # degrees of longitude between dots when the whole region is shown
ACROSS_A_COUNTRY = 40  # dots from west to east of a country when it is shown alone
NORTHERNMOST = 74.0


def mercator(lat: float) -> float:
    """Web Mercator in degrees, so that the lattice is regular on the screen."""
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def unmercator(y: np.ndarray) -> np.ndarray:
    """The latitude of a height in Web Mercator."""
    return np.degrees(np.arctan(np.sinh(np.radians(y))))


def dots(provinces: gpd.GeoDataFrame, step: float) -> list[dict[str, float]]:
    """A lattice over *provinces*: x, y in degrees, and n, the province's place in data/geo/admin1.csv."""
    west, south, east, north = provinces.total_bounds
    low, high = mercator(south), mercator(min(north, NORTHERNMOST))
    ys = np.arange(low, high, step * math.sqrt(3) / 2)
    rows = [np.arange(west + (row % 2) * step / 2, east, step) for row in range(len(ys))]
    lons = np.concatenate(rows)
    lats = np.concatenate([np.full(len(xs), unmercator(y)) for xs, y in zip(rows, ys, strict=True)])
    points = gpd.GeoDataFrame(geometry=shapely.points(lons, lats), crs=provinces.crs)
    inside = points.sjoin(provinces[["n", "geometry"]], predicate="within")
    return [
        {"x": round(point.x, DECIMALS - 1), "y": round(point.y, DECIMALS - 1), "n": int(n)}
        for point, n in zip(inside.geometry, inside["n"], strict=True)
    ]


def main() -> None:
    """Write one lattice for the region, and one for each country by itself."""
    provinces = gpd.read_file(STATIC / "provinces.geojson")
    found = {"region": dots(provinces, REGION_STEP)}
    for code, country in provinces.groupby("country"):
        west, _, east, _ = country.total_bounds
        found[str(code)] = dots(country, (east - west) / ACROSS_A_COUNTRY)
    (STATIC / "silence").mkdir(exist_ok=True)
    for name, lattice in found.items():
        text = json.dumps(lattice, separators=(",", ":")) + "\n"
        (STATIC / "silence" / f"{name}.json").write_text(text, encoding="utf-8")
        print(name, len(lattice))


if __name__ == "__main__":
    main()
