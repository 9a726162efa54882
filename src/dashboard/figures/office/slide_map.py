"""Maps on slides: countries, silence and rings as shapes that can be moved, coloured and deleted one by one."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Inches, Pt
from shapely import Polygon, clip_by_rect

from dashboard.figures import geo
from dashboard.figures.exhibit import Exhibit
from dashboard.figures.marks import HOLE, Mark, apart, marks
from dashboard.figures.office.native import colour, fill, outline
from dashboard.figures.office.slide import INCH, LEAST_TEXT, MARGIN, ROOM, TEXT, describe, framed
from dashboard.figures.office.slide_tables import legend
from dashboard.figures.palette import LIGHT, Ink, Meaning
from dashboard.figures.spec import FigureSpec, Ground
from dashboard.figures.style import Style

LAND: Final = Ink("#ffffff", "#16232e")
COARSE: Final = 0.012  # inches: no finer corners than a slide shows; fewer to drag, and python-pptx is slow with many
STEP: Final = math.radians(6)  # of the corners of a ring
UNITS: Final = 914400  # English Metric Units of an inch
Corners = Sequence[tuple[float, float]]


class _Sheet:
    """Where degrees lie on the slide."""

    def __init__(self, slide: Slide, box: geo.Box, top: float, bottom: float) -> None:
        self.slide = slide
        self.made: list[Any] = []
        west, south, east, north = box
        self.low, high = _north(south), _north(north)
        height = bottom - top
        self.per_inch = max((east - west) / ROOM, (high - self.low) / height)
        more = (self.per_inch * ROOM - (east - west)) / 2  # on either side: the map is as wide as the slide
        self.left, self.top = MARGIN, top + (height - (high - self.low) / self.per_inch) / 2
        self.west, self.high = west - more, high
        self.frame = (west - more, south, east + more, north)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Inches on the slide."""
        return self.left + (lon - self.west) / self.per_inch, self.top + (self.high - _north(lat)) / self.per_inch

    def clipped(self, rings: Iterable[Corners]) -> list[list[tuple[float, float]]]:
        """The rings inside the map, in inches, with no more corners than a slide can show."""
        found = []
        for ring in (ring for ring in rings if len(ring) > 3):
            shape = clip_by_rect(Polygon(ring).buffer(0).simplify(COARSE * self.per_inch), *self.frame)
            parts = getattr(shape, "geoms", [shape])
            found += [[self.at(*point) for point in part.exterior.coords] for part in parts if not part.is_empty]
        return found

    def shape(self, rings: list[list[tuple[float, float]]], name: str, ink: Ink) -> None:
        """One shape of several rings."""
        if not rings:
            return
        first, *others = rings
        builder = self.slide.shapes.build_freeform(first[0][0] * UNITS, first[0][1] * UNITS, scale=1.0)
        builder.add_line_segments([(x * UNITS, y * UNITS) for x, y in first[1:]])
        for ring in others:
            builder.move_to(ring[0][0] * UNITS, ring[0][1] * UNITS)
            builder.add_line_segments([(x * UNITS, y * UNITS) for x, y in ring[1:]])
        made: Any = builder.convert_to_shape()
        self.made.append(made)
        made.name = name
        describe(made, name)
        made.shadow.inherit = False
        fill(made.fill, ink)
        outline(made.line, ink)


def map_slide(deck: Deck, exhibit: Exhibit, remark: str) -> None:
    """The map of incidents: a shape a country, its silent provinces, and a ring with its count a place."""
    spec = exhibit.spec
    slide, top, bottom = framed(deck, exhibit, remark)
    top = legend(slide, spec.series, top)
    ground = spec.ground
    if ground is None:
        raise ValueError(f"the map {spec.id!r} has no ground to be drawn on")
    found = marks(spec, Style(LIGHT, 0.75))
    room = max(ground.box[2] - ground.box[0], ground.box[3] - ground.box[1]) * 0.05
    box = geo.around([ground.box, *((m.lon - room, m.lat - room, m.lon + room, m.lat + room) for m in found)])
    sheet = _Sheet(slide, box, top, bottom)
    if ground.boundaries == "un":
        _ground(sheet, ground, spec)
    for mark in apart(found, math.log2(360 / 512 * INCH / sheet.per_inch)):
        _ring(sheet, mark, spec)
    group = slide.shapes.add_group_shape(sheet.made)
    group.name = spec.id
    describe(group, exhibit.alt)


def _ground(sheet: _Sheet, ground: Ground, spec: FigureSpec) -> None:
    lang = spec.passport.lang
    names = geo.names("range.geojson", "ISO_A3", lang)
    for code, rings in _grouped("range.geojson", "ISO_A3").items():
        if code in names:
            sheet.shape(sheet.clipped(rings), names[code], LAND)
    silent = Ink(LIGHT.inks[Meaning.NOT_SEARCHED].fill, "", ".", LIGHT.inks[Meaning.NOT_SEARCHED].pattern_colour)
    provinces = geo.names("provinces.geojson", "province", lang)
    for code, rings in _grouped("provinces.geojson", "province").items():
        is_asked = not ground.countries or code.split("-")[0] in ground.countries
        if is_asked and ground.states.get(code) == "not_searched":
            sheet.shape(sheet.clipped(rings), provinces[code], silent)


def _grouped(name: str, key: str) -> dict[str, list[Corners]]:
    found: dict[str, list[Corners]] = {}
    for code, ring in geo.rings(name, key):
        found.setdefault(code, []).append(ring)
    return found


def _ring(sheet: _Sheet, mark: Mark, spec: FigureSpec) -> None:
    x, y = (at + shift / INCH for at, shift in zip(sheet.at(mark.lon, mark.lat), mark.shift, strict=True))
    radius, label = mark.size / 2 / INCH, spec.label(mark.code)
    start = 0.0
    for number, (count, ink) in enumerate(mark.parts):
        end = start + count / mark.count
        ring = _sector(x, y, radius, radius * HOLE, start, end)
        sheet.shape(
            [ring], f"{label}: {count} ({number + 1})", Ink(ink.fill, LIGHT.paper, ink.pattern, ink.pattern_colour)
        )
        start = end
    side = radius * HOLE * 2
    disc = sheet.slide.shapes.add_shape(
        MSO_SHAPE.OVAL, Inches(x - side / 2), Inches(y - side / 2), Inches(side), Inches(side)
    )
    sheet.made.append(disc)
    disc.name = f"{label}: {mark.count}"
    describe(disc, mark.words)
    disc.shadow.inherit = False
    fill(disc.fill, Ink(LIGHT.paper))
    disc.line.fill.background()
    frame = disc.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
    frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    run = frame.paragraphs[0].add_run()
    run.text = str(mark.count) if mark.is_told else ""
    run.font.size, run.font.bold = Pt(max(mark.size * 0.3, LEAST_TEXT)), True
    run.font.color.rgb = colour(TEXT)


def _sector(x: float, y: float, outer: float, inner: float, start: float, end: float) -> list[tuple[float, float]]:
    """A part of a ring, from the top clockwise; shares of the whole in, corners out."""
    first, last = (2 * math.pi * share - math.pi / 2 for share in (start, end))
    steps = max(2, math.ceil((last - first) / STEP))
    angles = [first + (last - first) * n / steps for n in range(steps + 1)]
    there = [(x + outer * math.cos(a), y + outer * math.sin(a)) for a in angles]
    back = [(x + inner * math.cos(a), y + inner * math.sin(a)) for a in reversed(angles)]
    return [*there, *back, there[0]]


def _north(lat: float) -> float:
    """Web Mercator, in degrees of longitude at the equator."""
    return 360 * geo.mercator(lat)
