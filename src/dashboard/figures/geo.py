"""What maps are drawn from: label points, boxes, tiles and towns; ``data/geo/README.md`` says why they are so."""

import csv
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[3]
DATA: Final = ROOT / "data" / "geo"
STATIC: Final = ROOT / "static" / "geo"
Box = tuple[float, float, float, float]  # west, south, east, north in degrees

REGION: Final[Box] = (
    52.0,
    16.0,
    118.0,
    58.0,
)  # High Asia in the middle; the far ends of Russia and India can be panned to
MARKED_AT: Final = {"RUS": (92.0, 54.0)}  # in the middle of all of Russia the mark would lie outside the region
BOUNDARIES: Final = ("un", "none", "tiles")
FARTHEST_EAST: Final = 150.0  # a country's box is cut here: all of Russia would leave nothing to see of it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a country's label and mark stand, its box, and its tile (column, row)."""

    lon: float
    lat: float
    box: Box
    tile: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Town:
    """A town with its names; *rank* 1 is shown on every map, 2 when a few countries fill it, 3 when one does."""

    lon: float
    lat: float
    names: dict[str, str]
    country: str
    rank: int


@cache
def countries() -> dict[str, Place]:
    """The twelve range countries."""
    tiles = {row["country"]: (int(row["column"]), int(row["row"])) for row in _rows("tiles.csv")}
    return {
        row["country"]: Place(
            *MARKED_AT.get(row["country"], (float(row["lon"]), float(row["lat"]))),
            (float(row["west"]), float(row["south"]), min(float(row["east"]), FARTHEST_EAST), float(row["north"])),
            tiles[row["country"]],
        )
        for row in _rows("countries.csv")
    }


@cache
def points() -> dict[str, tuple[float, float]]:
    """Where a route starts or ends, by country: the label of a range country, the middle of another on the map."""
    found = {}
    for feature in json.loads((STATIC / "neighbours.geojson").read_text(encoding="utf-8"))["features"]:
        lons, lats = zip(*max(_lines(feature["geometry"]), key=len), strict=True)
        found[feature["properties"]["ISO_A3"]] = ((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)
    return found | {code: (place.lon, place.lat) for code, place in countries().items()}


@cache
def provinces() -> tuple[str, ...]:
    """The provinces in the order of their table, by which the files of ``static/geo`` count them (``n``)."""
    return tuple(row["province"] for row in _rows("admin1.csv"))


@cache
def towns() -> tuple[Town, ...]:
    """The towns, the most important first."""
    found: list[dict[str, Any]] = json.loads((STATIC / "towns.json").read_text(encoding="utf-8"))
    return tuple(
        Town(town["lon"], town["lat"], {"en": town["name_en"], "ru": town["name_ru"]}, town["country"], town["rank"])
        for town in found
    )


@cache
def relief_bounds() -> list[float]:
    """West, south, east and north of the relief picture."""
    bounds: list[float] = json.loads((STATIC / "relief.json").read_text(encoding="utf-8"))["bounds"]
    return bounds


@cache
def rings(name: str, key: str = "status") -> tuple[tuple[str, tuple[tuple[float, float], ...]], ...]:
    """The rings and lines of a file of ``static/geo`` with their property *key*, for drawing without a map library."""
    collection = json.loads((STATIC / name).read_text(encoding="utf-8"))
    return tuple(
        (feature["properties"].get(key, ""), tuple((x, y) for x, y in ring))
        for feature in collection["features"]
        for ring in _lines(feature["geometry"])
    )


@cache
def names(name: str, key: str, lang: str) -> dict[str, str]:
    """What the features of a file of ``static/geo`` are called, by their property *key*; the nameless are absent."""
    collection = json.loads((STATIC / name).read_text(encoding="utf-8"))
    found = (feature["properties"] for feature in collection["features"])
    return {feature[key]: feature[f"name_{lang}"] for feature in found if feature.get(f"name_{lang}")}


def _lines(geometry: dict[str, Any]) -> Iterable[list[list[float]]]:
    coordinates = geometry["coordinates"]
    nested = {"LineString": [[coordinates]], "MultiLineString": [coordinates], "Polygon": [coordinates]}
    for part in nested.get(geometry["type"], coordinates):
        yield from part


def shown_towns(focus: tuple[str, ...]) -> list[Town]:
    """The towns that a map of the countries *focus* has room for, the most important first; none mean the region."""
    rank = 3 if len(focus) == 1 else 2
    return [town for town in towns() if town.rank == 1 or (town.country in focus and town.rank <= rank)]


def mercator(lat: float) -> float:
    """Height in Web Mercator, from -0.5 in the south to 0.5."""
    return math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around several."""
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def around_points(points: Iterable[tuple[float, float]], margin: float) -> Box:
    """The box around points, with a margin in degrees."""
    lons, lats = zip(*points, strict=True)
    return min(lons) - margin, min(lats) - margin, max(lons) + margin, max(lats) + margin


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
