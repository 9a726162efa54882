"""Draws a map on the screen with deck.gl, from our own files: nothing is fetched from anywhere else."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from dashboard.figures import geo
from dashboard.figures.marks import Mark, apart, marks, picture_of, readable
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Ground, Kind
from dashboard.figures.style import Style

FILES: Final = "/app/static/geo"
SILENCES: Final = ("not_searched", "no_report", "withheld", "nil")
HOLLOW: Final = ("withheld", "nil")  # drawn as rings
DOT: Final = 235  # opacity of a dot, of 255
SHARP: Final = 4.6  # the zoom up to which the relief has enough pixels
BITS: Final = 31  # that a number of the browser shifts without a sign
SCREEN: Final = (1000, 620)  # pixels the box must fit into
EDGE: Final = 40  # pixels around it, for rings that stand near a border or were shifted over it
FAR_NORTH: Final = 73.0  # beyond it this projection shows more ice than anything else
CLICKABLE: Final = {"countries": "ISO_A3", "provinces": "province", "marks": "code"}  # layer: property with its code
Colour = list[int]


class CompactDeck(pdk.Deck):  # type: ignore[misc]
    """pydeck writes JSON with indents, seven times the size."""

    def to_json(self) -> str:
        """The deck as compact JSON."""
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))


def draw(spec: FigureSpec, style: Style, height: int = SCREEN[1], width: int = SCREEN[0]) -> CompactDeck:
    """Draw the map of *spec*: relief, borders as its profile wants them, silence, marks and names.

    What it shows at first fits a map of *width* by *height* pixels.

    A click returns an object of a layer in ``CLICKABLE``. Hovering shows the property ``name_<lang>`` of what is
    under the pointer; for marks that is their count in words.
    """
    ground, lang = _ground(spec), spec.passport.lang
    lon, lat, zoom = view(ground.box, height, width)
    paint = _Paint(style, zoom)
    found = [] if spec.kind is Kind.ARCS else apart(marks(spec, style), zoom)
    layers = [
        paint.relief(),
        *([] if ground.boundaries == "none" else paint.borders(ground)),
        *paint.water(),
        *([] if ground.boundaries == "none" else paint.outlines(ground)),
        *paint.names(ground, lang, found),
        *(paint.arcs(spec) if spec.kind is Kind.ARCS else [paint.marks(found, lang)]),
    ]
    return CompactDeck(
        layers=layers,
        initial_view_state=pdk.ViewState(longitude=lon, latitude=lat, zoom=zoom, min_zoom=min(1.8, zoom), max_zoom=9),
        map_provider=None,
        tooltip={"text": f"{{name_{lang}}}"},
    )


def picked(objects: Mapping[str, list[dict[str, Any]]]) -> str:
    """The code behind what was clicked; empty when the click met nothing."""
    for layer, key in CLICKABLE.items():
        for found in objects.get(layer, []):
            code = found.get("properties", found).get(key)
            if code:
                return str(code)
    return ""


def view(box: geo.Box, height: int = SCREEN[1], width: int = SCREEN[0]) -> tuple[float, float, float]:
    """Longitude and latitude of the middle of *box*, and the zoom at which it fits the screen."""
    west, south, east, north = box
    top, bottom = geo.mercator(min(north, FAR_NORTH)), geo.mercator(south)
    across = (width - 2 * EDGE) / (512 * max(east - west, 0.5) / 360)
    down = (height - 2 * EDGE) / (512 * max(top - bottom, 0.003))
    middle = math.degrees(math.atan(math.sinh(math.pi * (top + bottom))))
    return (west + east) / 2, middle, min(math.log2(across), math.log2(down), 7.5)


def _ground(spec: FigureSpec) -> Ground:
    if spec.ground is None:
        raise ValueError(f"the map {spec.id!r} has no ground to be drawn on")
    return spec.ground


class _Paint:
    """The layers, in one theme and at one zoom."""

    def __init__(self, style: Style, zoom: float) -> None:
        self.style, self.zoom = style, zoom
        self.is_dark = style.is_dark
        self.line: Colour = [214, 224, 232, 230] if self.is_dark else [42, 56, 68, 235]
        self.thin: Colour = [214, 224, 232, 135] if self.is_dark else [42, 56, 68, 130]
        self.ink: Colour = [238, 243, 246, 255] if self.is_dark else [22, 35, 46, 255]
        self.paper: Colour = [15, 26, 35, 255] if self.is_dark else [255, 255, 255, 255]

    def relief(self) -> pdk.Layer:
        layer = pdk.Layer("BitmapLayer", id="relief", bounds=geo.relief_bounds(), image=None)
        layer.image = f"{FILES}/relief.webp"  # given at once, pydeck would look for it on this machine
        if self.is_dark:
            layer.tint_color = [88, 104, 120]
        layer.opacity = 1 if self.zoom < SHARP else 0.55  # seen from near, the picture is coarse
        return layer

    def borders(self, ground: Ground) -> list[pdk.Layer]:
        """What can be clicked, and what is silent."""
        veil = [15, 26, 35, 150] if self.is_dark else [255, 255, 255, 165]
        layers = [
            _shapes("neighbours", filled=True, stroked=False, get_fill_color=veil),
            *self.silence(ground),
        ]
        pick = "provinces" if ground.countries else "range"
        # stroked shapes, and highlighting, make a click take seconds without a graphics card
        layers.append(
            _shapes(
                pick,
                id="provinces" if ground.countries else "countries",
                filled=True,
                stroked=False,
                pickable=True,
                get_fill_color=[255, 255, 255, 1],
            )
        )
        return layers

    def silence(self, ground: Ground) -> list[pdk.Layer]:
        """Dots in the provinces without a record, a layer for each state that occurs, of the region or of each country.

        The dots come from files; which of them are seen is a mask of provinces, so that a rerun sends a few numbers.
        States that an agency reported are larger, and hollow or not: four states do not rest on colour alone.
        """
        states = [state for state in SILENCES if state in ground.states.values()]
        return [self._dots(state, file, ground) for state in states for file in ground.countries or ("region",)]

    def _dots(self, state: str, file: str, ground: Ground) -> pdk.Layer:
        opacity = _mask([ground.states.get(province) == state for province in geo.provinces()])
        ink = self.style.palette.inks[Meaning(state)]
        red, green, blue = _rgb(ink.text if state == "not_searched" else ink.pattern_colour or ink.line)
        painted, is_hollow = f"[{red}, {green}, {blue}, {opacity}]", state in HOLLOW
        return pdk.Layer(
            "ScatterplotLayer",
            f"{FILES}/silence/{file}.json",
            id=f"silence-{state}-{file}",
            get_position="[x, y]",
            get_radius=(1.5 if state == "not_searched" else 3.2) * self.style.scale,
            radius_units=pdk.types.String("pixels"),
            filled=not is_hollow,
            stroked=is_hollow,
            get_line_width=1.4,
            line_width_units=pdk.types.String("pixels"),
            **{f"get_{'line' if is_hollow else 'fill'}_color": painted},
            update_triggers={"getFillColor": [opacity], "getLineColor": [opacity]},
        )

    def water(self) -> list[pdk.Layer]:
        blue = [74, 110, 140, 200] if self.is_dark else [120, 168, 204, 230]
        return [
            _shapes("lakes", filled=True, stroked=False, get_fill_color=blue),
            _lines("rivers", blue, 0.8),
        ]

    def outlines(self, ground: Ground) -> list[pdk.Layer]:
        area = [150, 120, 60, 60] if self.is_dark else [120, 96, 40, 45]
        return [
            *(_lines(country, self.thin, 0.6) for country in ground.countries),
            _lines("countries", self.line, 1.3),
            _shapes(
                "disputed",
                filled=True,
                get_fill_color=area,
                get_line_color=self.line,
                line_width_min_pixels=1.3,
                extensions=[{"@@type": "PathStyleExtension", "dash": True}],
                get_dash_array=[4, 3],
                dash_justified=True,
            ),
        ]

    def names(self, ground: Ground, lang: str, found: list[Mark]) -> list[pdk.Layer]:
        size = 12 * self.style.scale
        towns = [
            {"at": [town.lon, town.lat], "text": town.names[lang]}
            for town in readable(geo.shown_towns(ground.countries), found, self.zoom, size, lang)
        ]
        return [
            pdk.Layer(
                "ScatterplotLayer", towns, id="town-dots", get_position="at", get_fill_color=[*self.ink[:3], 170],
                get_radius=1, radius_min_pixels=1.6, radius_max_pixels=1.6,
            ),
            pdk.Layer(
                "TextLayer", towns, id="towns", get_position="at", get_text="text", get_size=size,
                get_color=[*self.ink[:3], 215], get_text_anchor=pdk.types.String("start"), get_pixel_offset=[5, 0],
                **self._letters(),
            ),
        ]  # fmt: skip

    def _letters(self) -> dict[str, Any]:
        return {
            "character_set": pdk.types.String("auto"),
            "font_family": pdk.types.String("Inter, DejaVu Sans, sans-serif"),
            "font_settings": {"sdf": True, "fontSize": 48, "buffer": 8, "radius": 14, "smoothing": 0.18},
            "font_weight": 600,
            "outline_width": 3,
            "outline_color": self.paper,
        }

    def marks(self, found: list[Mark], lang: str) -> pdk.Layer:
        rows = [
            {
                "code": mark.code,
                "at": [mark.lon, mark.lat],
                "size": mark.size,
                "shift": [round(pixels, 1) for pixels in mark.shift],
                "icon": {"url": picture_of(mark, self.style), "width": 2 * mark.size, "height": 2 * mark.size},
                f"name_{lang}": mark.words,
            }
            for mark in found
        ]
        return pdk.Layer(
            "IconLayer", rows, id="marks", pickable=True, get_position="at", get_icon="icon", get_size="size",
            size_units=pdk.types.String("pixels"), get_pixel_offset="shift",
        )  # fmt: skip

    def arcs(self, spec: FigureSpec) -> list[pdk.Layer]:
        """Lines from where goods came to where they were bound, wider where more incidents name the way."""
        at, value = geo.points(), spec.columns[-1].name
        largest = max(spec.table[value], default=1)
        rows = [
            {
                "from": list(at[start]),
                "to": list(at[end]),
                "width": round((1.5 + 8.5 * (count / largest) ** 0.5) * self.style.scale, 1),
                f"name_{spec.passport.lang}": f"{spec.label(start)} → {spec.label(end)}: {count}",
            }
            for start, end, count in zip(spec.table["start"], spec.table["end"], spec.table[value], strict=True)
            if start in at and end in at
        ]
        ends = [_rgb(self.style.ink(series).fill) for series in spec.series]
        return [
            pdk.Layer(
                "ArcLayer", rows, id="arcs", pickable=True, get_source_position="from", get_target_position="to",
                get_width="width", get_source_color=[*ends[0], 235], get_target_color=[*ends[1], 235], get_height=0.2,
                get_tilt=82,
            ),
        ]  # fmt: skip


def _mask(is_seen: Sequence[bool]) -> str:
    """An expression in ``n`` that is the opacity of a seen province and 0 for others.

    deck.gl's expressions know numbers and conditions, but no lookup in a text or list: so bits of numbers it is.
    """
    blocks = [is_seen[start : start + BITS] for start in range(0, len(is_seen), BITS)]
    numbers = [sum(1 << place for place, seen in enumerate(block) if seen) for block in blocks]
    terms = [
        f"n < {BITS * (block + 1)} ? ({number} >> n - {BITS * block} & 1) * {DOT} : "
        for block, number in enumerate(numbers)
    ]
    return "".join(terms) + "0"


def _rgb(code: str) -> Colour:
    return [int(code[at : at + 2], 16) for at in (1, 3, 5)]


def _shapes(file: str, **how: Any) -> pdk.Layer:
    return pdk.Layer("GeoJsonLayer", f"{FILES}/{file}.geojson", **{"id": file, **how})


def _lines(file: str, colour: Colour, width: float) -> pdk.Layer:
    """Lines as single pieces, *width* pixels wide."""
    return pdk.Layer(
        "LineLayer", f"{FILES}/lines/{file}.json", id=f"lines-{file}", get_source_position="[this[0], this[1]]",
        get_target_position="[this[2], this[3]]", get_color=colour, get_width=width,
        width_units=pdk.types.String("pixels"),
    )  # fmt: skip
