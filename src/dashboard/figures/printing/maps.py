"""Maps on a printed page: the ground with its silence, rings with their counts, stated routes, tiles."""

import math
from collections.abc import Iterable
from typing import Any, Final

from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, FancyArrowPatch, PathPatch, Wedge
from matplotlib.path import Path

from dashboard.figures import geo, ruler
from dashboard.figures.marks import HOLE, Mark, apart, marks, readable
from dashboard.figures.palette import LIGHT, Ink, Meaning
from dashboard.figures.printing.page import ANY, QUIET, TEXT, Block, Page, Space, look
from dashboard.figures.spec import FigureSpec, Ground
from dashboard.figures.style import Style

TALLEST: Final = 460.0
MAP_FOOT: Final = 12.0
WATER: Final = "#8db6d3"
SMALL: Final = 9.0
STYLE: Final = Style(LIGHT, 0.75)
TILE: Final = 82.0
WIDE_TILE: Final = 120.0
Rings = Iterable[tuple[tuple[float, float], ...]]


def incidents(spec: FigureSpec, width: float) -> list[Block]:
    """Rings of incidents over the ground, or a tile for each country."""
    ground = _ground(spec)
    if ground.boundaries == "tiles":
        return [_tiles(spec, ground)]
    found = marks(spec, STYLE)
    box = _grown(ground.box, found)

    def draw(axes: Any, per_point: float) -> None:
        zoom = math.log2(360 / 512 / per_point)
        placed = apart(found, zoom)
        for town in readable(geo.shown_towns(ground.countries), placed, zoom, SMALL, spec.passport.lang):
            x, y = _at(town.lon, town.lat)
            name = town.names[spec.passport.lang]
            if x + (ruler.width(name, SMALL) + 6) * per_point > axes.get_xlim()[1]:
                continue  # its name would be cut
            axes.plot([x], [y], "o", markersize=1.8, color=TEXT, zorder=3)
            axes.annotate(
                name, (x, y), (3, 0), textcoords="offset points", va="center", fontsize=SMALL, zorder=3, clip_on=True
            )
        for mark in placed:
            _ring(axes, mark, per_point)

    return [_map(ground, box, width, draw)]


def routes(spec: FigureSpec, width: float, space: Space = ANY) -> list[Block]:
    """Bows from country to country, wider where more incidents name them; the head shows the direction."""
    ground, points = _ground(spec), geo.points()
    start, end, value = (column.name for column in spec.columns)
    ways = [
        (_at(*points[a]), _at(*points[b]), int(n), a, b)
        for a, b, n in zip(spec.table[start], spec.table[end], spec.table[value], strict=True)
        if a in points and b in points and a != b
    ]
    most = max((n for *_, n, _, _ in ways), default=1)

    def draw(axes: Any, per_point: float) -> None:
        for (x, y), (u, v), n, _, _ in sorted(ways, key=lambda way: -way[2]):
            bow = FancyArrowPatch(
                (x, y),
                (u, v),
                connectionstyle="arc3,rad=0.22",
                arrowstyle=f"-|>,head_width={1.6 + n / most:.1f},head_length=4",
                linewidth=0.8 + 3.4 * n / most,
                color=LIGHT.inks[Meaning.OFFICIAL].fill,
                alpha=0.6,
                shrinkA=2,
                shrinkB=2,
                zorder=4,
            )
            axes.add_patch(bow)
        named = {code: _at(*points[code]) for code in sorted({code for *_, a, b in ways for code in (a, b)})}
        for code, (x, y) in _apart(named, spec, axes, per_point).items():
            how = {"ha": "center", "va": "center", "fontsize": SMALL, "weight": "bold", "zorder": 5, "clip_on": True}
            ground_of_text = {"facecolor": "#ffffff", "alpha": 0.75, "edgecolor": "none", "pad": 0.6}
            axes.annotate(spec.label(code), (x, y), bbox=ground_of_text, **how)

    return [_map(ground, ground.box, width, draw, space.deep)]


def _apart(
    named: dict[str, tuple[float, float]], spec: FigureSpec, axes: Any, per_point: float
) -> dict[str, tuple[float, float]]:
    """Where the names of countries stand: at their places, or a line or more above or below; none is cut at an edge."""
    placed: dict[str, tuple[float, float]] = {}
    boxes: list[tuple[float, float, float, float]] = []
    (west, east), line = axes.get_xlim(), SMALL * 1.45 * per_point
    for code, (x, y) in named.items():
        half = (ruler.width(spec.label(code), SMALL, bold=True) / 2 + 3) * per_point
        middle = min(max(x, west + half), east - half)
        for step in (0, 1, -1, 2, -2, 3, -3):
            box = (middle - half, y + (step - 0.5) * line, middle + half, y + (step + 0.5) * line)
            if all(box[2] < b[0] or b[2] < box[0] or box[3] <= b[1] or b[3] <= box[1] for b in boxes):
                break
        boxes.append(box)
        placed[code] = (middle, y + step * line)
    return placed


def _ground(spec: FigureSpec) -> Ground:
    if spec.ground is None:
        raise ValueError(f"the map {spec.id!r} has no ground to be drawn on")
    return spec.ground


def _map(ground: Ground, box: geo.Box, width: float, draw: Any, deep: float = math.inf) -> Block:
    west, south, east, north = box
    (left, low), (right, high) = _at(west, south), _at(east, north)
    height = min(width * (high - low) / (right - left), TALLEST, deep - MAP_FOOT)
    per_point = max((right - left) / width, (high - low) / height)
    middle = (left + right) / 2
    left, right = middle - per_point * width / 2, middle + per_point * width / 2

    def paint(page: Page, x: float, top: float, room: float) -> None:
        axes = page.axes(x, top, room, height)
        axes.set(xlim=(left, right), ylim=(low, high), xticks=[], yticks=[])
        for side in axes.spines.values():
            side.set_color("#c9d1d8")
        _paint_ground(axes, ground)
        draw(axes, per_point)

    return Block(height + MAP_FOOT, paint)


def _paint_ground(axes: Any, ground: Ground) -> None:
    axes.add_collection(LineCollection(_lines(geo.rings("rivers.geojson")), colors=WATER, linewidths=0.5, zorder=2))
    axes.add_collection(LineCollection(_lines(geo.rings("lakes.geojson")), colors=WATER, linewidths=0.5, zorder=2))
    if ground.boundaries == "none":
        return
    borders = geo.rings("range.geojson", "ISO_A3")
    if ground.states:
        asked = [path for code, path in borders if not ground.countries or code in ground.countries]
        heard = [
            path for name, path in geo.rings("provinces.geojson", "province") if ground.states.get(name) == "reported"
        ]
        silent = PathPatch(_area(asked), zorder=1, **(look(LIGHT.inks[Meaning.NOT_SEARCHED]) | {"hatch": "..."}))
        silent.set_hatch_linewidth(0.5)
        axes.add_patch(silent)
        axes.add_patch(PathPatch(_area(heard), facecolor="#ffffff", edgecolor="none", zorder=1.1))
    axes.add_collection(LineCollection(_lines(borders), colors=TEXT, linewidths=0.8, zorder=2.5))
    disputed = LineCollection(_lines(geo.rings("disputed.geojson")), colors=TEXT, linewidths=0.8, zorder=2.5)
    disputed.set_linestyle((0, (3, 2)))
    axes.add_collection(disputed)


def _ring(axes: Any, mark: Mark, per_point: float) -> None:
    (x, y), (right, down), radius = _at(mark.lon, mark.lat), mark.shift, mark.size / 2 * per_point
    at = x + right * per_point, y - down * per_point
    axes.add_patch(Circle(at, radius, facecolor=LIGHT.paper, edgecolor="none", zorder=4))
    start = 0.0
    for count, ink in mark.parts:
        end = start + count / mark.count
        wedge = Wedge(at, radius, 90 - 360 * end, 90 - 360 * start, width=radius * (1 - HOLE), zorder=4.1)
        wedge.update({**look(ink), "edgecolor": LIGHT.paper, "linewidth": 0.6})
        axes.add_patch(wedge)
        start = end
    if not mark.is_told:
        return
    size = min(mark.size * 0.33, mark.size * HOLE / 2 * 3.1 / max(len(str(mark.count)), 2))
    axes.annotate(str(mark.count), at, ha="center", va="center", fontsize=size, weight="bold", zorder=4.2, clip_on=True)


def _tiles(spec: FigureSpec, ground: Ground) -> Block:
    """One tile a country: its name, its incidents, how they divide, and how much of it is silent."""
    tiles = {
        code: place.tile for code, place in geo.countries().items() if not ground.countries or code in ground.countries
    }
    counts = spec.table.set_index(["code", spec.series_column])["incident_count"].to_dict()
    first_column, first_row = min(c for c, _ in tiles.values()), min(r for _, r in tiles.values())
    last_row = max(r for _, r in tiles.values())

    def draw(page: Page, left: float, top: float, width: float) -> None:
        across = min(width / (max(c for c, _ in tiles.values()) - first_column + 1), 200.0)
        for code, (column, row) in tiles.items():
            x, y, room = left + (column - first_column) * across, top + (row - first_row) * TILE, across - 10
            parts = [(int(counts.get((code, one.code), 0)), LIGHT.inks[one.meaning]) for one in spec.series]
            total = sum(n for n, _ in parts)
            page.box(x, y, room, TILE - 8, Ink("#ffffff", "#c9d1d8"))
            page.text(x + 6, y + 5, spec.label(code), 9, weight="bold")
            page.text(x + 6, y + 19, str(total), 18, weight="bold")
            small = SMALL if across > WIDE_TILE else 6.5
            for number, line in enumerate(ruler.wrap(ground.silence.get(code, ""), room - 12, small)[:2]):
                page.text(x + 6, y + 41 + number * small * 1.2, line, small, color=QUIET)
            along = x + 6
            for n, ink in parts if total else ():
                page.box(along, y + TILE - 17, (room - 12) * n / total, 6, ink)
                along += (room - 12) * n / total

    return Block((last_row - first_row + 1) * TILE + 6, draw)


def _at(lon: float, lat: float) -> tuple[float, float]:
    """Web Mercator, in degrees of longitude at the equator: as on the screen."""
    return lon, 360 * geo.mercator(lat)


def _grown(box: geo.Box, found: list[Mark]) -> geo.Box:
    """The box with room for every mark: a picture cannot be panned."""
    room = max(box[2] - box[0], box[3] - box[1]) * 0.07
    return geo.around([box, *((mark.lon - room, mark.lat - room, mark.lon + room, mark.lat + room) for mark in found)])


def _lines(rings: Iterable[tuple[str, tuple[tuple[float, float], ...]]]) -> list[list[tuple[float, float]]]:
    return [[_at(*point) for point in path] for _, path in rings]


def _area(rings: Rings) -> Path:
    return Path.make_compound_path(
        *(Path([_at(*point) for point in ring], closed=True) for ring in rings if len(ring) > 3)
    )
