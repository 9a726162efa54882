"""The marks of a map: rings divided by series, with the count inside. Pictures that every renderer can place."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from dashboard.figures.geo import Town, mercator
from dashboard.figures.palette import Ink
from dashboard.figures.spec import FigureSpec
from dashboard.figures.style import Style

HOLE: Final = 0.58  # of the radius; the count stands in it
SMALLEST: Final = 20  # pixels: a count must fit
WIDEST: Final = 58  # pixels, of the largest mark on the map
LETTER: Final = 0.62  # width of a letter, of its size
SAFE: Final = " =:/'(),.;-"  # what may stand unescaped in a data address
CROWD: Final = 80  # marks; more have no room to be moved apart on one screen
SHIFTS: Final = (  # pixels to the right and down, the nearest first
    (0.0, 0.0),
    *(
        (far * math.cos(turn * math.pi / 6), far * math.sin(turn * math.pi / 6))
        for far in range(4, 61, 4)
        for turn in range(12)
    ),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: where it stands, how wide it is in pixels, its picture, and what it says when pointed at."""

    code: str
    lon: float
    lat: float
    count: int
    size: float
    picture: str
    words: str
    parts: tuple[tuple[int, Ink], ...] = ()  # counts with their inks, in drawing order
    shift: tuple[float, float] = SHIFTS[0]  # pixels to the right and down from its place
    is_told: bool = True  # its count stands in it


def apart(found: Sequence[Mark], zoom: float) -> list[Mark]:
    """The same marks; at *zoom*, one that would lie on the count of a larger one is shifted beside it.

    One for which there is no room lies beneath all others, at its place and without its count, which they would cut.
    """
    if len(found) > CROWD:
        return list(found)
    world = 512 * 2**zoom
    taken: list[tuple[float, float, float]] = []
    placed, beneath = [], []
    for mark in found:
        x, y, radius = mark.lon / 360 * world, -mercator(mark.lat) * world, mark.size / 2
        free = (
            (right, down)
            for right, down in SHIFTS
            if all(math.hypot(x + right - u, y + down - v) >= HOLE * r + radius for u, v, r in taken)
        )
        shift = next(free, None)
        if shift is None:
            beneath.append(replace(mark, is_told=False))
            continue
        taken.append((x + shift[0], y + shift[1], radius))
        placed.append(replace(mark, shift=shift))
    return beneath + placed


def marks(spec: FigureSpec, style: Style) -> list[Mark]:
    """The marks of a map, the largest first, so that small ones lie on top."""
    paper, text = style.palette.paper, style.palette.text
    parts: dict[str, list[tuple[int, str, Ink]]] = {}
    at: dict[str, tuple[float, float]] = {}
    order = {series.code: (place, series) for place, series in enumerate(spec.series)}
    table = spec.table
    rows = zip(
        table["code"], table["lon"], table["lat"], table[spec.series_column], table["incident_count"], strict=True
    )
    for code, lon, lat, value, count in sorted(rows, key=lambda row: order[row[3]][0]):
        at[code] = (lon, lat)
        series = order[value][1]
        parts.setdefault(code, []).append((int(count), series.label, style.ink(series)))
    totals = {code: sum(count for count, _, _ in found) for code, found in parts.items()}
    largest = max(totals.values(), default=1)
    drawn = []
    for code, total in sorted(totals.items(), key=lambda item: -item[1]):
        size = round(diameter(total, largest, WIDEST * style.scale), 1)
        rings = tuple((count, ink) for count, _, ink in parts[code])
        image = picture(rings, size, paper=paper, text=text)
        words = "\n".join([f"{spec.label(code)}: {total}", *(f"{label}: {count}" for count, label, _ in parts[code])])
        drawn.append(Mark(code, *at[code], total, size, image, words, rings))
    return drawn


def picture_of(mark: Mark, style: Style) -> str:
    """The picture of a mark that has been placed: without its count where there is no room for it."""
    return mark.picture if mark.is_told else picture(mark.parts, mark.size, paper=style.palette.paper, text="")


def readable(towns: Sequence[Town], found: Sequence[Mark], zoom: float, size: float, lang: str) -> list[Town]:
    """The towns whose names, at *zoom* and in letters of *size* pixels, meet no ring and no earlier name."""
    world = 512 * 2**zoom
    taken = []
    for mark in found:
        x, y, radius = (
            mark.lon / 360 * world + mark.shift[0],
            -mercator(mark.lat) * world + mark.shift[1],
            mark.size / 2,
        )
        taken.append((x - radius, y - radius, x + radius, y + radius))
    kept = []
    for town in towns:
        x, y = town.lon / 360 * world, -mercator(town.lat) * world
        box = (x - 3, y - size * 0.7, x + 8 + LETTER * size * len(town.names[lang]), y + size * 0.7)
        if all(box[2] < west or east < box[0] or box[3] < top or foot < box[1] for west, top, east, foot in taken):
            taken.append(box)
            kept.append(town)
    return kept


def diameter(count: int, largest: int, widest: float) -> float:
    """The size of a mark: its area grows with the count, from a size that can hold a number."""
    return SMALLEST + (widest - SMALLEST) * math.sqrt(count / largest) if largest > 1 else SMALLEST


def picture(parts: Sequence[tuple[int, Ink]], size: float, *, paper: str, text: str) -> str:
    """An SVG of the ring as a ``data:`` address; *parts* are counts with their inks, in drawing order.

    Without a colour for *text* it has no count.
    """
    total = sum(count for count, _ in parts)
    middle = radius = size / 2
    inner = radius * HOLE
    start, arcs = 0.0, []
    for count, ink in parts:
        end = start + count / total
        arcs.append(_arc(start, end, middle, radius - 1, inner, ink, paper))
        start = end
    hatch = _hatch(parts)
    label = (
        f"<text x='{middle:g}' y='{middle:g}' dy='.35em' text-anchor='middle' font-family='Inter,sans-serif' "
        f"font-weight='700' font-size='{_letters(total, inner):.1f}' fill='{text}'>{total}</text>"
    )
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{2 * size:g}' height='{2 * size:g}' "
        f"viewBox='0 0 {size:g} {size:g}'>{hatch}<circle cx='{middle:g}' cy='{middle:g}' r='{radius - 0.5:.1f}' "
        f"fill='{paper}'/>{''.join(arcs)}{label if text else ''}</svg>"
    )
    return f"data:image/svg+xml,{quote(svg, safe=SAFE)}"


def _letters(total: int, inner: float) -> float:
    return min(inner * 1.15, inner * 3.1 / max(len(str(total)), 2))


def _hatch(parts: Sequence[tuple[int, Ink]]) -> str:
    patterned = next((ink for _, ink in parts if ink.pattern), None)
    if patterned is None:
        return ""
    return (
        "<pattern id='h' width='5' height='5' patternUnits='userSpaceOnUse' patternTransform='rotate(45)'>"
        f"<rect width='5' height='5' fill='{patterned.fill}'/>"
        f"<path d='M0 0V5' stroke='{patterned.pattern_colour}' stroke-width='2.4'/></pattern>"
    )


def _arc(start: float, end: float, middle: float, outer: float, inner: float, ink: Ink, paper: str) -> str:
    fill = "url(#h)" if ink.pattern else ink.fill
    width = outer - inner
    if end - start > 0.999:
        ring = f"<circle cx='{middle:g}' cy='{middle:g}' r='{(outer + inner) / 2:.1f}' fill='none' "
        return f"{ring}stroke='{fill}' stroke-width='{width:.1f}'/>"
    points = [
        _point(share, radius, middle) for share, radius in ((start, outer), (end, outer), (end, inner), (start, inner))
    ]
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points
    large = int(end - start > 0.5)
    return (
        f"<path d='M{x0:.1f} {y0:.1f}A{outer:.1f} {outer:.1f} 0 {large} 1 {x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
        f"A{inner:.1f} {inner:.1f} 0 {large} 0 {x3:.1f} {y3:.1f}Z' fill='{fill}' stroke='{paper}' stroke-width='1'/>"
    )


def _point(share: float, radius: float, middle: float) -> tuple[float, float]:
    angle = 2 * math.pi * share - math.pi / 2
    return middle + radius * math.cos(angle), middle + radius * math.sin(angle)
