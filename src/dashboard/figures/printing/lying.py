"""Lying bars on a printed page: rows, steps, ranges, what is needed, answers, dots."""

from typing import Final

from dashboard.domain.workshop import ANSWERS
from dashboard.figures import ruler, stacked
from dashboard.figures.numbers import matrix, printed
from dashboard.figures.palette import LIGHT, Ink, Meaning
from dashboard.figures.printing.keys import SIZE, legend
from dashboard.figures.printing.lanes import FOOT, Tick, lanes
from dashboard.figures.printing.page import QUIET, Block, Page
from dashboard.figures.spec import FigureSpec, Kind
from dashboard.i18n.translator import translator

ROW: Final = 21.0
TALL: Final = 26.0
ROOM_FOR_WORDS: Final = 0.6  # of a chart of few rows: there the hatched part says its name
FEW_ROWS: Final = 6


def rows(spec: FigureSpec, width: float) -> list[Block]:
    """One bar a row, divided by series: rows by name, steps in their own order."""
    found, lang = matrix(spec), spec.passport.lang
    ground = lanes(found.categories, width, 0, found.peak or 1, height=TALL if spec.kind is Kind.STEPS else ROW)
    is_named = spec.kind is Kind.STEPS and len(found.categories) <= FEW_ROWS

    def draw(page: Page, left: float, top: float, _: float) -> None:
        ground.name(page, left, top)
        for place in range(len(found.categories)):
            start = 0.0
            for series, values in found.rows:
                value, ink = values[place], LIGHT.inks[series.meaning]
                if not value:
                    continue
                ground.bar(page, (left, top), place, (start, start + value), ink, 0.86)
                said, wide = printed(int(value), lang), value / (found.peak or 1) * ground.room
                if is_named and ink.pattern and value >= ROOM_FOR_WORDS * found.peak:
                    said = f"{series.label} · {said}"
                ground.number(page, ground.x(left, start + value / 2), ground.y(top, place), said, ink, wide)
                start += value
        page.text(left + ground.gutter, top + ground.deep + 3, found.value_label, SIZE, color=QUIET)

    return [*legend([s for s, _ in found.rows], width), Block(ground.deep + 22, draw)]


def ranges(spec: FigureSpec, width: float) -> list[Block]:
    """Bars from low to high with both ends written out; what is implied has a pattern."""
    table, lang = spec.table, spec.passport.lang
    inks = {series.code: LIGHT.inks[series.meaning] for series in spec.series}
    names = [spec.label(code) for code in table[spec.columns[0].name]]
    ground = lanes(names, width, 0, float(table["axis_to"].max()), height=58.0)
    ticks = _round_ticks(ground.high, lang)

    def draw(page: Page, left: float, top: float, _: float) -> None:
        ground.scale(page, left, top, ticks, spec.columns[-1].label)
        ground.name(page, left, top)
        for place, row in enumerate(table.to_dict("records")):
            low, high = float(row["low"]), float(row["high"])
            ground.bar(page, (left, top), place, (low, high), inks[row[spec.series_column]], 0.5)
            words, size = str(row["text"]), SIZE * 1.4
            x = ground.x(left, high) + 6
            if x + ruler.width(words, size, bold=True) > left + width:
                x = ground.x(left, low) - 6 - ruler.width(words, size, bold=True)
            page.text(x, ground.y(top, place), words, size, va="center", weight="bold")

    return [Block(ground.deep + FOOT + SIZE * ruler.LINE + 8, draw)]


def needed(spec: FigureSpec, width: float) -> list[Block]:
    """How many there are, over the zones "refused", "caution" and "accepted"; the gap is written beside the name."""
    table, lang = spec.table, spec.passport.lang
    found = table[spec.columns[-1].name].astype(int).to_list()
    refuse, enough = int(table["refuse_below"].max()), int(table["ok_from"].max())
    right = max(enough * 1.5, max(found) + enough * 0.3)
    edges = {"refused": (0, refuse), "caution": (refuse, enough), "accepted": (enough, right)}
    gaps = [(code, refuse - n) for code, n in zip(table[spec.columns[0].name], found, strict=True)]
    names = [spec.label(code) + (f"<br><b>{spec.label(f'missing-{gap}')}</b>" if gap > 0 else "") for code, gap in gaps]
    ground = lanes(names, width, -0.035 * right, right, height=44.0)
    strong, radius = LIGHT.inks[Meaning.RECORD], 11.0
    ticks = [(value, printed(value, lang)) for value in (0, refuse, enough)]

    def draw(page: Page, left: float, top: float, _: float) -> None:
        for series in spec.series:
            x0, x1 = (ground.x(left, value) for value in edges[series.code])
            page.box(x0, top, x1 - x0, ground.deep, LIGHT.inks[series.meaning])
        ground.scale(page, left, top, ticks, spec.columns[-1].label)
        ground.name(page, left, top)
        for place, n in enumerate(found):
            x, y = ground.x(left, n), ground.y(top, place)
            page.stroke((ground.x(left, 0), y), (x, y), strong.fill, 4)
            page.mark(x, y, "o", 2 * radius, Ink(strong.fill, strong.text))
            page.text(x, y, printed(n, lang), SIZE * 1.1, ha="center", va="center", color=strong.text, weight="bold")

    return [*legend(spec.series, width), Block(ground.deep + FOOT + SIZE * ruler.LINE + 8, draw)]


def answers(spec: FigureSpec, width: float) -> list[Block]:
    """A statement a row, its answers as a bar of shares, the median beside it."""
    names = {column.name: column.label for column in spec.columns}
    table, said_by = spec.table.to_dict("records"), stacked.answers(spec)
    ground = lanes([str(row["statement"]) for row in table], width, 0, 1, height=TALL, right=110.0, widest=0.45)

    def draw(page: Page, left: float, top: float, _: float) -> None:
        ground.name(page, left, top)
        for place, row in enumerate(table):
            y, counts = ground.y(top, place), [int(row[f"answer_{a}"]) for a in ANSWERS]
            total, start = sum(counts), 0.0
            if not total:
                few = "n < 3" if row["n"] else "n = 0"
                page.text(ground.x(left, 0), y, few, SIZE, va="center", color=QUIET)
            for count, series in zip(counts, said_by, strict=True):
                if count:
                    ink = LIGHT.inks[series.meaning]
                    share = count / total
                    ground.bar(page, (left, top), place, (start, start + share), ink, 0.66)
                    ground.number(page, ground.x(left, start + share / 2), y, str(count), ink, share * ground.room)
                    start += share
            said = [f"{names[name]} {row[name]}" for name in ("middle", "agreed") if row[name]]
            for number, words in enumerate(said):
                below = (number - (len(said) - 1) / 2) * SIZE * 1.2
                page.text(left + width - 100, y + below, words, SIZE, va="center")

    return [*legend(said_by, width), Block(ground.deep + 10, draw)]


def dots(spec: FigureSpec, width: float) -> list[Block]:
    """A text a row, its votes as a bar and a number."""
    table = spec.table.to_dict("records")
    most = max([1, *(int(row["dots"]) for row in table)])
    names = [f"{row['text']}<br>{row['kind']} · {row['theme']}" for row in table]
    ground = lanes(names, width, 0, most, height=TALL, right=40.0, widest=0.6)
    ink = LIGHT.inks[Meaning.RECORD]

    def draw(page: Page, left: float, top: float, _: float) -> None:
        ground.name(page, left, top)
        for place, row in enumerate(table):
            votes = int(row["dots"])
            ground.bar(page, (left, top), place, (0, votes), ink, 0.4)
            x = ground.x(left, votes) + 6
            page.text(x, ground.y(top, place), str(votes), SIZE * 1.3, va="center", weight="bold")

    return [Block(ground.deep + 10, draw)]


def _round_ticks(high: float, lang: str) -> list[Tick]:
    """About six round numbers from 0 to *high*."""
    t = translator(lang)
    step = next((k * 10**e for e in range(9) for k in (1, 2, 5) if high / (k * 10**e) <= FEW_ROWS), high)
    return [(value, t.number(value)) for value in range(0, int(high) + 1, int(step))]
