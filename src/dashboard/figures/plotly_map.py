"""Draws maps with Plotly: the simple map for weak machines, and the tiles without borders."""

import math
from collections.abc import Iterable
from typing import Any, Final

from dashboard.figures import geo
from dashboard.figures.marks import Mark, apart, marks, picture_of, readable
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Ground
from dashboard.figures.style import Style
from dashboard.figures.traces import Drawing, Trace, marker

HEIGHT: Final = 640
WIDTH: Final = 1000  # pixels that the box is meant for
EDGE: Final = 40  # pixels around it, for rings that stand near a border
GAP: Final = 0.07  # of a tile, to its neighbours


def light_map(spec: FigureSpec, style: Style) -> Drawing:
    """A flat map in Web Mercator made of lines and rings: no picture of the relief, no WebGL."""
    if spec.ground is None:
        raise ValueError(f"the map {spec.id!r} has no ground to be drawn on")
    if spec.ground.boundaries == "tiles":
        return _tiles(spec, spec.ground, style)
    west, south, east, north = spec.ground.box
    low, high = _north(south), _north(north)
    degrees = max((east - west) / (WIDTH - 2 * EDGE), (high - low) / (HEIGHT - 2 * EDGE)) / style.scale
    edge = EDGE * degrees * style.scale
    zoom = math.log2(360 / 512 / degrees)
    found = apart(marks(spec, style), zoom)
    named = readable(geo.shown_towns(spec.ground.countries), found, zoom, 11 * style.scale, spec.passport.lang)
    return [*_ground(spec.ground, style), *_towns(named, spec.passport.lang, style), _points(found, degrees)], {
        "xaxis": {"visible": False, "range": [west - edge, east + edge], "fixedrange": False},
        "yaxis": {
            "visible": False,
            "range": [low - edge, high + edge],
            "scaleanchor": "x",
            "fixedrange": False,
        },
        "images": [_image(mark, degrees, style) for mark in found],
        "showlegend": False,
        "dragmode": "pan",
        "height": HEIGHT * style.scale,
    }


def _north(lat: float) -> float:
    """Web Mercator, in degrees of longitude at the equator."""
    return 360 * geo.mercator(lat)


def _ground(ground: Ground, style: Style) -> list[Trace]:
    water = {"color": "#4a6e8c" if style.is_dark else "#8db6d3", "width": 0.8}
    rivers = _line(_paths("rivers.geojson"), water)
    if ground.boundaries == "none":
        return [rivers, _line(_paths("lakes.geojson"), water)]
    silent = style.palette.inks[Meaning.NOT_SEARCHED]
    land = "#182733" if style.is_dark else "#ffffff"
    edge = {"color": style.palette.text, "width": 1.1}
    borders = geo.rings("range.geojson", "ISO_A3")
    asked = [(code, path) for code, path in borders if not ground.countries or code in ground.countries]
    heard = [
        (status, path)
        for status, path in geo.rings("provinces.geojson", "province")
        if ground.states.get(status) == "reported"
    ]
    dotted = {
        "fill": "toself",
        "fillcolor": silent.fill,
        "fillpattern": {
            "shape": ".", "fgcolor": silent.pattern_colour, "bgcolor": silent.fill, "size": 7, "solidity": 0.18,
            "fillmode": "replace",
        },
    }  # fmt: skip
    return [
        _line(asked, {"width": 0}) | dotted,
        _line(heard, {"width": 0}) | {"fill": "toself", "fillcolor": land},
        rivers,
        _line(borders, edge),
        _line(_paths("disputed.geojson"), edge | {"dash": "4px,3px"}),
    ]


def _paths(name: str) -> Iterable[tuple[str, tuple[tuple[float, float], ...]]]:
    return geo.rings(name)


def _line(paths: Iterable[tuple[str, tuple[tuple[float, float], ...]]], line: dict[str, Any]) -> Trace:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for _, path in paths:
        xs += [*(round(x, 2) for x, _ in path), None]
        ys += [*(round(_north(y), 2) for _, y in path), None]
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line, "hoverinfo": "skip"}


def _towns(shown: list[geo.Town], lang: str, style: Style) -> list[Trace]:
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [town.lon for town in shown],
            "y": [_north(town.lat) for town in shown],
            "text": [town.names[lang] for town in shown],
            "textposition": "middle right",
            "textfont": {"size": 11 * style.scale, "color": style.palette.text},
            "marker": {"size": 3, "color": style.palette.text},
            "hoverinfo": "skip",
        }
    ]


def _points(found: list[Mark], degrees: float) -> Trace:
    """What is pointed at and clicked: the rings themselves are pictures."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_at(mark, degrees)[0] for mark in found],
        "y": [_at(mark, degrees)[1] for mark in found],
        "marker": {"size": [mark.size for mark in found], "opacity": 0.01},
        "customdata": [[mark.code] for mark in found],
        "hovertext": [mark.words.replace("\n", "<br>") for mark in found],
        "hoverinfo": "text",
    }


def _at(mark: Mark, degrees: float) -> tuple[float, float]:
    right, down = mark.shift
    return mark.lon + right * degrees, _north(mark.lat) - down * degrees


def _image(mark: Mark, degrees: float, style: Style) -> dict[str, Any]:
    size, (x, y) = mark.size * degrees, _at(mark, degrees)
    return {
        "source": picture_of(mark, style),
        "xref": "x",
        "yref": "y",
        "x": x,
        "y": y,
        "sizex": size,
        "sizey": size,
        "xanchor": "center",
        "yanchor": "middle",
        "layer": "above",
    }


def _tiles(spec: FigureSpec, ground: Ground, style: Style) -> Drawing:
    """One tile a country: its name, its incidents, how they divide, and how much of it is silent."""
    tiles = {code: place.tile for code, place in geo.countries().items()}
    if ground.countries:
        tiles = {code: at for code, at in tiles.items() if code in ground.countries}
    counts = {str(code): int(n) for code, n in spec.table.groupby("code")["incident_count"].sum().items()}
    traces = [_parts(spec, series.code, tiles, counts, style) for series in spec.series]
    notes: list[dict[str, Any]] = []
    for code, (column, row) in tiles.items():
        top = -row - GAP
        notes += [
            _note(column + GAP, top - 0.02, spec.label(code), 1.15, style, bold=True),
            _note(column + GAP, top - 0.2, str(counts.get(code, 0)), 2.4, style, bold=True),
            _note(column + GAP, -row - 0.73, ground.silence.get(code, ""), 0.86, style),
        ]
    columns, rows_ = [c for c, _ in tiles.values()], [r for _, r in tiles.values()]
    return traces, {
        "xaxis": {"visible": False, "range": [min(columns), max(columns) + 1]},
        "yaxis": {"visible": False, "range": [-max(rows_) - 1, -min(rows_)]},
        "shapes": [_tile(code, at, counts, style) for code, at in tiles.items()],
        "annotations": notes,
        "barmode": "overlay",
        "height": (148 * (max(rows_) - min(rows_) + 1) + 60) * style.scale,
    }


def _parts(
    spec: FigureSpec, series: str, tiles: dict[str, tuple[int, int]], counts: dict[str, int], style: Style
) -> Trace:
    """The share of one series in every tile, as part of the bar at its foot."""
    order = [one.code for one in spec.series]
    one = spec.series[order.index(series)]
    table = spec.table.set_index(["code", spec.series_column])["incident_count"].to_dict()
    x, y, base, data, words = [], [], [], [], []
    room = 1 - 2 * GAP
    for code, (column, row) in tiles.items():
        count = int(table.get((code, series), 0))
        if not count:
            continue
        before = sum(int(table.get((code, other), 0)) for other in order[: order.index(series)])
        x.append(count / counts[code] * room)
        base.append(column + GAP + before / counts[code] * room)
        y.append(-row - 0.62)
        data.append([code])
        words.append(f"{spec.label(code)} · {one.label}: {count}")
    return {
        "type": "bar",
        "orientation": "h",
        "x": x or [None],
        "y": y or [None],
        "base": base,
        "width": 0.11,
        "name": one.label,
        "marker": marker(style.ink(one)),
        "customdata": data,
        "hovertext": words,
        "hoverinfo": "text",
        "showlegend": True,
    }


def _tile(code: str, at: tuple[int, int], counts: dict[str, int], style: Style) -> dict[str, Any]:
    column, row = at
    ink = style.palette.inks[Meaning.NOT_SEARCHED]
    return {
        "type": "rect",
        "x0": column + GAP / 2,
        "x1": column + 1 - GAP / 2,
        "y0": -row - 1 + GAP / 2,
        "y1": -row - GAP / 2,
        "fillcolor": ink.fill if counts.get(code) else "rgba(0,0,0,0)",
        "line": {"color": style.palette.grid, "width": 1},
        "layer": "below",
    }


def _note(x: float, y: float, text: str, size: float, style: Style, *, bold: bool = False) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": f"<b>{text}</b>" if bold else text,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "top",
        "font": {"size": style.font_size * size, "color": style.palette.text},
    }
