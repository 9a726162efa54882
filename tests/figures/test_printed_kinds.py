"""What a printed chart draws: marks where their numbers say, parts as long as their counts, cells as on the screen."""

import re
from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from dashboard.figures import plotly
from dashboard.figures.exhibit import exhibits
from dashboard.figures.export import export
from dashboard.figures.numbers import rows
from dashboard.figures.palette import LIGHT
from dashboard.figures.printing import page as pages
from dashboard.figures.printing.charts import CHARTS, chart
from dashboard.figures.spec import FigureSpec, Kind

WIDTH = 680.0
HOSTILE = '=HYPERLINK("x") <script>$x^2$ & <w:t/> #let очень длинное официальное наименование уполномоченного органа'
NEW = [
    Kind.STEPS, Kind.INTERVAL, Kind.TERMS, Kind.RANGE, Kind.MATRIX, Kind.NEEDED, Kind.BANDS, Kind.PANELS, Kind.CURVES,
    Kind.WAFFLE, Kind.RANGES, Kind.TILES, Kind.PROVISIONAL, Kind.CARDS, Kind.ANSWERS, Kind.DOTS,
]  # fmt: skip


class Drawn(pages.Page):
    """A page that remembers what was put on it."""

    def __init__(self) -> None:
        super().__init__(Figure(), 2000.0, WIDTH)
        self.boxes, self.texts, self.marks = [], [], []

    def text(self, x, y, words, _size, **_how):
        self.texts.append((x, y, words))

    def box(self, left, top, width, height, ink):
        self.boxes.append((left, top, width, height, ink))

    def mark(self, x, y, symbol, _size, ink):
        self.marks.append((x, y, symbol, ink))

    def at(self, words):
        """Where words stand, across."""
        return next(x for x, _, said in self.texts if said == words)


def drawn(spec: FigureSpec) -> Drawn:
    page, top = Drawn(), 0.0
    *_, body = chart(spec, WIDTH)  # without the legend
    body.draw(page, 0.0, top, WIDTH)
    return page


def test_every_kind_of_figure_has_a_drawing_of_its_own():
    assert {kind for kind in Kind if kind not in CHARTS} == {Kind.TABLE}


def test_the_parts_of_a_step_are_as_long_as_their_counts(of_kind):
    spec = of_kind(Kind.STEPS)
    page = drawn(spec)
    inks = {LIGHT.inks[series.meaning]: series.code for series in spec.series}
    wide = {}
    for _, top, width, _, ink in page.boxes:
        if ink in inks:
            wide.setdefault(round(top), []).append((inks[ink], width))
    counts = spec.table[spec.table["incident_count"] > 0]
    lines = [[(s, n) for s, n in zip(g["status"], g["incident_count"], strict=True)] for _, g in
             counts.groupby("step", sort=False)]  # fmt: skip
    per_case = sum(width for _, width in next(iter(wide.values()))) / 362
    found = [[(code, round(width / per_case)) for code, width in wide[top]] for top in sorted(wide)]
    assert found == lines
    assert "Unknown · 307" in [words for _, _, words in page.texts]


@pytest.mark.parametrize(
    ("kind", "zero", "full", "value"),
    [(Kind.INTERVAL, "0%", "100%", "value"), (Kind.TERMS, "0", "192", "months"), (Kind.RANGE, "0", "240", "low")],
)
def test_a_mark_stands_where_its_number_says(of_kind, kind, zero, full, value):
    spec = of_kind(kind)
    page = drawn(spec)
    left, right = page.at(zero), page.at(full)
    top = 1.0 if full == "100%" else float(full)
    marked = spec.table if kind is not Kind.RANGE else spec.table[spec.table["low"] == spec.table["high"]]
    expected = sorted(float(number) for number in marked[value].dropna())
    assert sorted((x - left) / (right - left) * top for x, *_ in page.marks) == pytest.approx(expected, abs=1e-6)
    assert len(expected) > 2


def test_the_cells_of_a_matrix_are_filled_as_the_law_says(of_kind):
    spec = of_kind(Kind.MATRIX)
    cells = [ink for *_, width, height, ink in drawn(spec).boxes if height > 15 and width > 20]
    meanings = {series.code: LIGHT.inks[series.meaning] for series in spec.series}
    status = {(c, t): s for c, t, s in zip(spec.table["country"], spec.table["provision_topic"], spec.table["status"],
                                           strict=True)}  # fmt: skip
    order = [(c, topic) for group in spec.groups for topic in group.codes for c in dict.fromkeys(spec.table["country"])]
    filled = [ink for ink in cells if ink in meanings.values()]
    assert filled == [meanings[status[one]] for one in order]
    assert {"Kyrgyzstan", *(group.label for group in spec.groups)} <= {words for *_, words in drawn(spec).texts}


def test_a_waffle_has_a_square_for_each_district_in_each_state(of_kind):
    spec = of_kind(Kind.WAFFLE)
    page = drawn(spec)
    for series in spec.series:
        squares = [box for box in page.boxes if box[4] == LIGHT.inks[series.meaning]]
        assert len(squares) == int((spec.table["state"] == series.code).sum())


def test_a_pattern_marks_the_unknown_on_paper_as_on_the_screen(of_kind):
    for kind in (Kind.STEPS, Kind.INTERVAL, Kind.MATRIX, Kind.RANGES):
        assert any(ink.pattern == "/" for *_, ink in drawn(of_kind(kind)).boxes), kind


@pytest.mark.parametrize("kind", NEW)
def test_a_drawing_names_what_the_screen_names(of_kind, kind):
    spec = of_kind(kind, "ru")
    words = re.sub(r"\s", "", " ".join(export(spec, "svg").decode().split(">")))
    names = [series.label for series in spec.series] if kind is not Kind.RANGES else []  # its rows say it
    if kind not in {Kind.CURVES, Kind.PROVISIONAL}:  # a scale of months
        names += {spec.label(code) for code in spec.table[spec.columns[0].name]}
    for name in names:
        for part in re.split(r"<br>|</?b>|\u2060", name.replace("&", "&amp;")):
            for word in part.split():
                assert word.replace("<", "&lt;").replace(">", "&gt;") in words, word
    assert kind in plotly.DRAWERS or kind in {Kind.CARDS, Kind.ANSWERS, Kind.DOTS}


@pytest.mark.parametrize("kind", NEW)
def test_one_row_hostile_names_and_none_at_all_break_no_drawing(of_kind, kind):
    spec = of_kind(kind)
    one = replace(spec, table=spec.table.head(1))
    labels = {code: f"{name} {HOSTILE}" for code, name in (spec.labels or {}).items()}
    series = tuple(replace(series, label=f"{series.label} {HOSTILE}") for series in spec.series)
    hostile = replace(spec, labels=labels or None, series=series, title=HOSTILE, alt=HOSTILE)
    for fmt in ("svg", "pptx", "docx", "xlsx"):
        for odd in (one, hostile, replace(spec, table=spec.table.head(0))):
            assert len(export(odd, fmt)) > 300


def test_a_number_on_a_hatched_part_stands_on_plain_ground(of_kind):
    page = drawn(of_kind(Kind.STEPS))
    x, y, _ = next(text for text in page.texts if text[2] == "Unknown · 307")
    behind = [
        ink for left, top, width, height, ink in page.boxes if left <= x <= left + width and top <= y <= top + height
    ]
    assert behind[0].pattern == "/"
    assert behind[-1].pattern == ""


def test_a_drawing_in_two_languages_has_both_names(of_kind):
    (shown,) = exhibits([of_kind(Kind.STEPS, "en"), of_kind(Kind.STEPS, "ru")])
    assert "Unknown / Неизвестно" in [series.label for series in shown.spec.series]
    assert rows(shown.spec).cells[0][0] == "Recorded / Зафиксировано"


def test_a_sign_that_cannot_be_seen_leaves_no_box(of_kind):
    svg = export(of_kind(Kind.RANGES), "svg").decode()
    assert "221–450" in svg
    assert "[…]" not in svg
