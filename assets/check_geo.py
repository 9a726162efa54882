"""Checks the map files: valid shapes, free disputed areas, units that fill their country, real matches."""

import sys
from itertools import chain

import geopandas as gpd
import pandas as pd
from geo import COUNTRIES, DATA, STATIC

CRUMB = 0.001  # square degrees, about 10 square kilometres: what rounding may leave
UNFITTED = 0.15  # square degrees by which the units may differ from the outline; Russia's coast is the longest
LAYERS = {
    "admin1": DATA,
    "disputed": STATIC,
    "lakes": STATIC,
    "neighbours": STATIC,
    "outline": DATA,
    "range": STATIC,
    "rivers": STATIC,
}


def problems_of_shapes(layers: dict[str, gpd.GeoDataFrame]) -> list[str]:
    """Name the layers with a broken shape, and the shapes that cover a disputed area."""
    found = [f"{name}: broken shape" for name, layer in layers.items() if not layer.is_valid.all()]
    kinds = layers["disputed"].geom_type.isin(["Polygon", "MultiPolygon"])
    areas = layers["disputed"].geometry[kinds].union_all()
    for name in ("admin1", "neighbours", "outline", "range"):
        covered = layers[name].set_index("name_en").geometry.intersection(areas).area
        found += [f"{name}: {unit} covers a disputed area" for unit in covered.index[covered > CRUMB]]
    return found


def problems_of_tiling(layers: dict[str, gpd.GeoDataFrame]) -> list[str]:
    """Name the countries whose units leave a hole or overlap."""
    outlines = layers["outline"].set_index("ISO_A3").geometry
    found = [] if set(outlines.index) == set(COUNTRIES) else ["outline: not the twelve countries"]
    for country, units in layers["admin1"].groupby("country"):
        whole = units.union_all()
        if whole.symmetric_difference(outlines[country]).area > UNFITTED:
            found.append(f"admin1: the units of {country} do not fill its outline")
        if units.area.sum() - whole.area > CRUMB:
            found.append(f"admin1: units of {country} overlap")
    return found


def problems_of_tables(layers: dict[str, gpd.GeoDataFrame]) -> list[str]:
    """Name the identifiers that are doubled, and the matches that lead nowhere or into another country."""
    units = layers["admin1"].set_index("province")["country"]
    matches = pd.read_csv(DATA / "admin1_match.csv", dtype=str, keep_default_na=False)
    found = [] if units.index.is_unique else ["admin1: an identifier is used twice"]
    for match in matches.itertuples():
        if match.province and units.get(match.province) != match.country:
            found.append(f"admin1_match: {match.country} {match.admin1} leads to {match.province}")
        if not match.province and not match.note:
            found.append(f"admin1_match: {match.country} {match.admin1} has neither unit nor note")
    return found


def main() -> None:
    """Print a line for each layer and each problem; leave with 1 if there is any."""
    layers = {name: gpd.read_file(folder / f"{name}.geojson") for name, folder in LAYERS.items()}
    for name, layer in layers.items():
        size = (LAYERS[name] / f"{name}.geojson").stat().st_size // 1000
        print(f"{name:12}{len(layer):5} features{layer.count_coordinates().sum():7} vertices{size:5} kB")
    checks = (problems_of_shapes, problems_of_tiling, problems_of_tables)
    problems = list(chain.from_iterable(check(layers) for check in checks))
    print("\n".join(problems) or "no problems")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
