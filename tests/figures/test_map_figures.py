"""The map: what it draws, what it leaves out, what a click means, in every profile and without any foreign address."""

import io
import json
import math
import re
from dataclasses import replace
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from pptx import Presentation
from shapely import LineString, MultiLineString, count_coordinates, get_parts
from shapely.geometry import shape
from shapely.ops import unary_union

from dashboard.analysis import extent
from dashboard.analysis.select import searched, select
from dashboard.figures import deck, geo, html, plotly
from dashboard.figures.export import export
from dashboard.figures.incident_map import incident_map
from dashboard.figures.marks import CROWD, HOLE, apart, marks, picture, readable
from dashboard.figures.office import slide_map
from dashboard.figures.palette import LIGHT, Meaning
from dashboard.figures.printing import maps
from dashboard.figures.style import style
from dashboard.i18n.translator import LANGUAGES

LOOK = style(is_dark=False, is_presenting=False)


@pytest.fixture(scope="session")
def map_of(records, context_for):
    """The map of a selection in a view."""

    def make(lang="en", level="country", colour="incident_type", boundaries="un", **chosen):
        context = context_for(lang, view={"colour": (colour,), "boundaries": (boundaries,)}, **chosen)
        selected = select(records, context.selection)
        incidents, provinces = extent.described(selected), selected["provinces"]
        return incident_map(
            extent.marks(incidents, provinces, level, colour),
            extent.province_states(*searched(records, context.selection), provinces),
            extent.unplaced(incidents),
            context,
        )

    return make


def layers(spec, look=LOOK) -> dict[str, dict]:
    return {layer["id"]: layer for layer in json.loads(deck.draw(spec, look).to_json())["layers"]}


def test_the_rings_of_the_region_add_up_to_all_incidents(map_of):
    drawn = {mark.code: mark.count for mark in marks(map_of(), LOOK)}
    # README_incidents.md, coverage table, last row
    assert drawn == {
        "AFG": 13, "BTN": 10, "CHN": 53, "IND": 65, "KAZ": 44, "KGZ": 21, "MNG": 15, "NPL": 30, "PAK": 30, "RUS": 60,
        "TJK": 8, "UZB": 13,
    }  # fmt: skip


def test_a_ring_is_divided_and_says_so_in_words(map_of):
    words = {mark.code: mark.words for mark in marks(map_of(), LOOK)}
    assert words["KGZ"].split("\n") == ["Kyrgyzstan: 21", "Seizure: 13", "Poaching: 7", "Live rescue: 1"]
    russian = {mark.code: mark.words for mark in marks(map_of("ru"), LOOK)}
    assert russian["KGZ"].split("\n")[0] == "Кыргызстан: 21"


def test_records_that_name_only_a_country_are_counted_beside_the_provinces(map_of):
    spec = map_of(level="province")
    assert spec.n == 352
    assert "10 incidents took place, which name only the country and are not on the map" in spec.unknown


def test_the_map_of_a_country_shows_its_provinces_and_no_other_silence(map_of):
    spec = map_of(level="province", countries=("KGZ",))
    assert set(spec.ground.states) == {code for code in geo.provinces() if code.startswith("KGZ")}
    assert sum(state == "not_searched" for state in spec.ground.states.values()) == 2


def whole(name, key):
    """The shapes at full quality that lines are made from, with their property *key*."""
    features = json.loads((geo.DATA / name).read_text(encoding="utf-8"))["features"]
    return [(one["properties"][key], shape(one["geometry"])) for one in features]


def pieces(name):
    """The lines of a file, as they are drawn."""
    found = json.loads((geo.STATIC / "lines" / f"{name}.json").read_text(encoding="utf-8"))
    return MultiLineString([((a, b), (c, d)) for a, b, c, d in found])


def test_the_map_of_a_country_draws_its_own_inner_borders_once_and_nobody_elses(map_of):
    drawn = layers(map_of(level="province", countries=("KGZ", "TJK")))
    assert [name for name in drawn if name.startswith("lines")] == [
        "lines-rivers",
        "lines-KGZ",
        "lines-TJK",
        "lines-countries",
    ]
    silent = [layer["data"] for name, layer in drawn.items() if name.startswith("silence")]
    assert silent == [f"/app/static/geo/silence/{country}.json" for country in ("KGZ", "TJK")]
    assert [name for name in layers(map_of()) if name.startswith("lines")] == ["lines-rivers", "lines-countries"]
    # the units of Kyrgyzstan: their outlines have 476 points, most of them twice or on the outline of the country
    units = [unit for name, unit in whole("admin1.geojson", "province") if name.startswith("KGZ")]
    inside = pieces("KGZ")
    assert (sum(map(count_coordinates, units)), len(inside.geoms)) == (476, 160)
    shared = unary_union([unit.boundary for unit in units]).difference(unary_union(units).boundary.buffer(0.004))
    assert inside.hausdorff_distance(shared) < 0.005  # degrees
    assert inside.length == pytest.approx(shared.length, rel=0.01)  # and no line twice


def test_a_border_between_two_countries_is_drawn_once_and_where_it_is():
    drawn = pieces("countries")
    rings = {
        country: LineString(max((part.exterior for part in get_parts(land)), key=count_coordinates))
        for country, land in whole("outline.geojson", "ISO_A3")
    }
    for country in set(rings) - {"RUS"}:  # the longest ring of each
        assert rings[country].hausdorff_distance(drawn.intersection(rings[country].buffer(0.01))) < 0.02
    along = rings["KGZ"].buffer(0.01).intersection(rings["TJK"].buffer(0.01))
    # both countries have this border; twice as long would be twice drawn
    length = sum(line.intersection(along).length for line in drawn.geoms)  # of all together they would be merged
    assert length == pytest.approx(rings["KGZ"].intersection(along).length, rel=0.05)


def test_no_map_is_served_that_nothing_draws():
    named = set(re.findall(r'"(\w+)"', (geo.ROOT / "src/dashboard/figures/deck.py").read_text(encoding="utf-8")))
    for path in (geo.ROOT / "src").rglob("*.py"):
        named |= set(re.findall(r'"(\w+)\.geojson"', path.read_text(encoding="utf-8")))
    served = {path.stem for path in geo.STATIC.glob("*.geojson")}
    assert served - named == set()
    assert {"disputed", "lakes", "neighbours", "provinces", "range"} <= served


@pytest.mark.parametrize("level", ["country", "province", "place"])
def test_without_boundaries_no_border_is_drawn(map_of, level):
    drawn = layers(map_of(level=level, boundaries="none"))
    assert set(drawn) == {"relief", "lakes", "lines-rivers", "town-dots", "towns", "marks"}
    light = plotly.draw(map_of(level=level, boundaries="none"), LOOK)
    # rivers, lakes, towns and the points that are pointed at; nothing with a fill
    assert len(light.data) == 4
    assert not any(trace.fill for trace in light.data)


def test_with_boundaries_disputed_areas_are_dashed_and_nothing_to_click(map_of):
    drawn = layers(map_of())
    assert drawn["disputed"]["getDashArray"] == [4, 3]
    assert "pickable" not in drawn["disputed"]
    assert [name for name, layer in drawn.items() if layer.get("pickable")] == ["countries", "marks"]
    assert not drawn["countries"].get("stroked")  # a stroked layer swallows clicks without a graphics card


def test_disputed_areas_are_in_no_countrys_total(map_of):
    spec = map_of(level="province")
    placed = spec.table[spec.table["kind"] == "place"]
    # by data/geo/README.md: what lies in XJK and XAC has no province; it stays with the country its source recorded
    assert int(placed["incident_count"].sum()) == 16
    assert not any(state.startswith("X") for state in spec.ground.states)
    assert {"XJK", "XAC", "XAP"}.isdisjoint(geo.countries())


@pytest.mark.parametrize("boundaries", ["un", "none", "tiles"])
def test_the_profile_is_stamped_on_the_figure(map_of, boundaries):
    note = map_of(boundaries=boundaries).passport.boundary_note
    assert {"un": "United Nations geodata", "none": "No boundary is drawn", "tiles": "One tile"}[boundaries] in note


def test_the_tiles_hold_twelve_countries_with_their_counts(map_of):
    drawn = plotly.draw(map_of(boundaries="tiles"), LOOK)
    texts = [note.text for note in drawn.layout.annotations]
    assert len(drawn.layout.shapes) == 12
    assert texts[texts.index("<b>Kyrgyzstan</b>") + 1] == "<b>21</b>"
    assert texts[texts.index("<b>Kyrgyzstan</b>") + 2] == "not searched: 2 of 8 provinces"
    assert len({place.tile for place in geo.countries().values()}) == 12


def test_a_country_without_a_record_keeps_its_tile(map_of):
    drawn = plotly.draw(map_of(boundaries="tiles", taxa=("snow_leopard",)), LOOK)
    texts = [note.text for note in drawn.layout.annotations]
    assert texts[texts.index("<b>Kazakhstan</b>") + 1] == "<b>0</b>"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("is_dark", [False, True])
def test_no_address_of_anybody_else_is_in_what_the_browser_gets(map_of, lang, is_dark):
    look = style(is_dark=is_dark, is_presenting=True)
    text = deck.draw(map_of(lang), look).to_json()
    foreign = set(re.findall(r"https?://[^'\"\s]+", text)) - {"http://www.w3.org/2000/svg"}  # the name of SVG itself
    assert foreign == set()
    assert '"mapProvider"' not in text
    files = [layer["data"] for layer in json.loads(text)["layers"] if isinstance(layer.get("data"), str)]
    assert [file for file in files if not (geo.ROOT / file.removeprefix("/app/")).exists()] == []


def test_silence_is_a_mask_of_provinces(map_of):
    spec = map_of()
    colour = layers(spec)["silence-not_searched-region"]["getFillColor"]
    opacity = colour.removeprefix("@@=[").removesuffix("]").split(", ", 3)[3]
    for n, province in enumerate(geo.provinces()):
        # JavaScript's condition in Python's words
        terms = re.findall(r"n < (\d+) \? \((\d+) >> n - (\d+) & 1\) \* (\d+)", opacity)
        seen = next((int(bits) >> (n - int(start)) & 1) * int(dot) for end, bits, start, dot in terms if n < int(end))
        assert bool(seen) == (spec.ground.states[province] == "not_searched")


def test_the_provinces_of_the_dots_are_those_of_the_table():
    dots = json.loads((geo.STATIC / "silence" / "region.json").read_text(encoding="utf-8"))
    assert max(dot["n"] for dot in dots) < len(geo.provinces()) == 280
    shapes = json.loads((geo.STATIC / "provinces.geojson").read_text(encoding="utf-8"))["features"]
    assert [shape["properties"]["province"] for shape in shapes] == list(geo.provinces())


@pytest.mark.parametrize(
    ("objects", "code"),
    [
        ({"countries": [{"properties": {"ISO_A3": "KGZ"}}]}, "KGZ"),
        ({"provinces": [{"properties": {"province": "KGZ-4881"}}]}, "KGZ-4881"),
        ({"marks": [{"code": "KGZ", "size": 20}]}, "KGZ"),
        ({}, ""),
        ({"marks": []}, ""),
        ({"disputed": [{"properties": {"ISO_A3": "XJK"}}]}, ""),
    ],
)
def test_a_click_names_what_it_met(objects, code):
    assert deck.picked(objects) == code


def test_names_of_towns_meet_no_ring_and_no_other_name(map_of):
    zoom = deck.view(geo.REGION)[2]
    found = marks(map_of(), LOOK)
    kept = readable(geo.shown_towns(()), found, zoom, 12, "ru")
    world = 512 * 2**zoom
    boxes = [
        (town.lon / 360 * world, -geo.mercator(town.lat) * world, 0.62 * 12 * len(town.names["ru"]) + 8)
        for town in kept
    ]
    assert len(kept) >= 8
    for nth, (x, y, width) in enumerate(boxes):
        for other_x, other_y, other_width in boxes[nth + 1 :]:
            assert abs(y - other_y) >= 16 or x > other_x + other_width or other_x > x + width
        for mark in found:
            dx = max(x - mark.lon / 360 * world, mark.lon / 360 * world - (x + width), 0)
            assert (dx**2 + (y + geo.mercator(mark.lat) * world) ** 2) ** 0.5 >= mark.size / 2


def hidden(found, zoom):
    """Pairs of marks of which the smaller, which lies on top, covers the hole of the larger with its count."""
    world = 512 * 2**zoom
    at = [(m.lon / 360 * world + m.shift[0], -geo.mercator(m.lat) * world + m.shift[1]) for m in found]
    return [
        (large.code, small.code)
        for i, large in enumerate(found)
        for j, small in enumerate(found[i + 1 :], i + 1)
        if math.dist(at[i], at[j]) < (HOLE * large.size + small.size) / 2 - 1e-6
    ]


def test_no_ring_hides_the_count_of_another_and_none_stands_far_from_its_place(map_of):
    spec = map_of(level="place", countries=("KGZ",))
    _, _, zoom = deck.view(spec.ground.box)
    found = marks(spec, LOOK)
    assert len(hidden(found, zoom)) >= 3  # around Bishkek, and at Naryn
    moved = apart(found, zoom)
    assert hidden(moved, zoom) == []
    assert max(math.hypot(*mark.shift) for mark in moved) < 49  # of the 60 pixels that are allowed
    assert [(mark.code, mark.lon, mark.lat, mark.count) for mark in moved] == [
        (mark.code, mark.lon, mark.lat, mark.count) for mark in found
    ]
    shifts = [row["shift"] for row in layers(spec)["marks"]["data"]]
    assert shifts == [[round(pixels, 1) for pixels in mark.shift] for mark in moved]
    assert "stands beside it" in spec.caption


@pytest.mark.parametrize("country", geo.countries())
@pytest.mark.parametrize(("height", "width", "scale"), [(620, 1000, 1), (400, 330, 0.7)])
def test_every_count_that_is_told_at_a_place_can_be_read(map_of, country, height, width, scale):
    spec = map_of(level="place", countries=(country,))
    _, _, zoom = deck.view(spec.ground.box, height, width)
    moved = apart(marks(spec, replace(LOOK, scale=scale)), zoom)
    assert hidden([mark for mark in moved if mark.is_told], zoom) == []
    assert sum(mark.count for mark in moved) == spec.n


@pytest.mark.parametrize("country", geo.countries())
def test_no_ring_is_cut_at_the_edge_of_the_map_of_a_country(map_of, country):
    spec = map_of(level="province", countries=(country,))
    lon, lat, zoom = deck.view(spec.ground.box)
    world, (width, height) = 512 * 2**zoom, deck.SCREEN
    for mark in apart(marks(spec, LOOK), zoom):
        right, down = mark.shift
        assert abs((mark.lon - lon) / 360 * world + right) + mark.size / 2 < width / 2, mark.code
        assert abs((geo.mercator(lat) - geo.mercator(mark.lat)) * world + down) + mark.size / 2 < height / 2, mark.code


def test_a_ring_without_room_lies_beneath_at_its_place_and_its_count_is_not_drawn(map_of):
    spec = map_of(level="place", countries=("IND",))
    _, _, zoom = deck.view(spec.ground.box)
    moved = apart(marks(spec, LOOK), zoom)
    assert [mark.is_told for mark in moved] == [False] * 12 + [True] * 47
    assert {(mark.count, mark.shift) for mark in moved[:12]} == {(1, (0, 0))}
    drawn = [row["icon"]["url"] for row in layers(spec)["marks"]["data"]]
    assert ["%3Ctext" in url for url in drawn] == [mark.is_told for mark in moved]
    simple = [ring.source for ring in plotly.draw(spec, LOOK).layout.images]
    assert simple.count(picture(moved[0].parts, moved[0].size, paper=LIGHT.paper, text="")) > 0
    assert "beneath and without its number" in spec.caption


def test_printed_and_on_a_slide_such_a_ring_has_no_count_either(map_of, monkeypatch):
    spec = map_of(level="place", countries=("IND",))
    untold = [replace(mark, is_told=mark.count > 1) for mark in marks(spec, LOOK)]
    for module in (slide_map, maps):
        monkeypatch.setattr(module, "apart", lambda *_: untold)
    (group,) = [
        shape for shape in Presentation(io.BytesIO(export(spec, "pptx"))).slides[0].shapes if hasattr(shape, "shapes")
    ]
    written = [shape.text_frame.text for shape in group.shapes if shape.text_frame.text]
    drawn = re.findall(r">(\d+)</text>", export(spec, "svg").decode())
    assert sorted(written) == sorted(n for n in drawn if len(n) < 3) == ["2", "3", "4"]


@pytest.mark.parametrize("country", geo.countries())
def test_the_counts_of_all_provinces_can_be_read(map_of, country):
    spec = map_of(level="province", countries=(country,))
    _, _, zoom = deck.view(spec.ground.box)
    assert hidden(apart(marks(spec, LOOK), zoom), zoom) == []


def test_no_ring_of_the_simple_map_is_cut_at_its_edge(map_of):
    drawn = plotly.draw(map_of(level="place", countries=("KGZ",)), LOOK)
    (west, east), (south, north) = drawn.layout.xaxis.range, drawn.layout.yaxis.range
    for ring in drawn.layout.images:
        assert west < ring.x - ring.sizex / 2 < ring.x + ring.sizex / 2 < east
        assert south < ring.y - ring.sizey / 2 < ring.y + ring.sizey / 2 < north


def test_rings_that_hide_no_count_and_rings_in_a_crowd_stay_at_their_places(map_of):
    spec = map_of()
    _, _, zoom = deck.view(spec.ground.box)
    assert {mark.shift for mark in apart(marks(spec, LOOK), zoom)} == {(0, 0)}
    assert "beside" not in spec.caption
    crowd = marks(map_of(level="place"), LOOK)
    assert len(crowd) > CROWD
    assert apart(crowd, zoom) == crowd


def test_a_box_fits_the_screen_at_its_zoom():
    lon, lat, zoom = deck.view((69.3, 39.3, 80.2, 43.2))  # Kyrgyzstan
    assert (lon, round(lat, 2)) == (74.75, 41.28)  # the middle in Web Mercator, a little north of the mean
    assert 512 * 2**zoom * (80.2 - 69.3) / 360 <= 1000.001
    assert 512 * 2**zoom * (geo.mercator(43.2) - geo.mercator(39.3)) <= 620.001


@pytest.mark.parametrize("boundaries", ["un", "none", "tiles"])
@pytest.mark.parametrize("is_dark", [False, True])
def test_plotly_itself_finds_nothing_wrong_with_the_drawing(map_of, boundaries, is_dark):
    drawn = plotly.draw(map_of(boundaries=boundaries), style(is_dark=is_dark, is_presenting=True)).to_dict()
    assert len(go.Figure(drawn).data) == len(drawn["data"]) > 0


def test_the_legend_says_what_is_drawn_with_its_counts(map_of, context_for):
    legend = html.legend(map_of(), LOOK, context_for())
    assert "Seizure · 255" in legend
    assert "Not searched" in legend
    assert "Withheld" not in legend  # nothing is withheld today


@pytest.mark.parametrize("kind", ["incident_type", "role", "outcome", "evidence_grade"])
def test_colours_can_be_told_apart_in_grey(kind):
    """Relative luminance (WCAG) of neighbours in a ring; a pattern tells apart what the lightness does not."""
    from dashboard.figures.meanings import MEANINGS

    def luminance(code: str) -> float:
        parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    meanings = list(dict.fromkeys(MEANINGS[kind].values()))
    for first, second in pairwise(meanings):
        a, b = LIGHT.inks[first], LIGHT.inks[second]
        light, dark = sorted((luminance(a.fill), luminance(b.fill)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 1.35 or a.pattern != b.pattern, (first, second)
    assert Meaning.SEIZURE in LIGHT.inks


def test_the_first_view_of_the_region_shows_the_mark_of_every_country():
    west, south, east, north = geo.REGION
    outside = [code for code, at in geo.countries().items() if not (west < at.lon < east and south < at.lat < north)]
    assert outside == []
