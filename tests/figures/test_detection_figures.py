"""The detection page's figures: what is drawn, that a refused number is never drawn, and both languages."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboard.analysis import detection, known, lesson
from dashboard.analysis.delay import nowcast
from dashboard.analysis.example import dated, example
from dashboard.analysis.occupancy import OccupancyData, Reason, colext, occu
from dashboard.analysis.occupancy.reasons import SENTENCES
from dashboard.domain.selection import Selection
from dashboard.figures import detection as figures
from dashboard.figures import known as known_figures
from dashboard.figures import latest, occupancy, plotly, refusals
from dashboard.figures import lesson as lesson_figures
from dashboard.figures.origin import made_up, uploaded
from dashboard.figures.palette import DARK, LIGHT
from dashboard.figures.plotly_districts import tile_ink
from dashboard.figures.style import style
from dashboard.i18n.translator import translator
from dashboard.ingest.histories import histories

VIEW = {"looked": ("target_group",), "certainty": ("confirmed",)}
STYLES = [style(is_dark=dark, is_presenting=present) for dark in (False, True) for present in (False, True)]


def viewing(context_for, lang="en"):
    return replace(context_for(lang), view=VIEW)


def data(amount):
    return OccupancyData(**histories(example(amount).to_csv(index=False).encode(), "x.csv").data)


@pytest.fixture(scope="module")
def accepted():
    return colext(data("plenty"), "~ border_km", p="~ season + patrol_days")


@pytest.fixture
def planned(records):
    given = detection.histories_of(records, Selection(), "target_group")
    return detection.designs(given, "confirmed"), detection.where_somebody_looked(given, "confirmed"), given


def all_specs(records, planned, accepted, context):
    designs, grid, given = planned
    shown, published = lesson.lesson(0.95, 0.44), known.published(records)
    origin = made_up(context)
    dates = dated()
    return [
        figures.needed(designs, context),
        figures.designs(designs, context),
        figures.looked(grid, context),
        figures.questions(designs, detection.latest_months(records), detection.relative_index(given), context),
        lesson_figures.lines(shown, context),
        lesson_figures.districts(shown, context),
        known_figures.ranges(published, 0.38, 0.1, context),
        known_figures.sources(published, context),
        occupancy.two_lines(accepted, origin, context),
        occupancy.districts(accepted, origin, context),
        occupancy.silent(accepted, origin, context),
        occupancy.models([accepted, occu(data("plenty"))], origin, context),
        latest.completed(nowcast(dates["came_to_light_on"], dates["entered_on"]), origin, context),
    ]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_figure_says_what_must_travel_with_it_and_can_be_drawn(records, planned, accepted, context_for, lang):
    specs = all_specs(records, planned, accepted, viewing(context_for, lang))
    assert len({spec.id for spec in specs}) == len(specs)
    for spec in specs:
        for text in (spec.title, spec.caption, spec.unknown, spec.alt, spec.passport.source, spec.passport.filters):
            assert text.strip()
        if spec.kind is plotly.Kind.TABLE:
            continue
        for look in STYLES:
            drawn = plotly.draw(spec, look).to_dict()
            assert len(go.Figure(drawn).data) == len(drawn["data"]) > 0


def test_the_designs_are_drawn_against_what_is_needed(planned, context_for):
    drawn = plotly.draw(figures.needed(planned[0], viewing(context_for)), STYLES[0])
    marks = drawn.data[-1]
    assert list(marks.x) == [0] * 5
    assert marks.y[0] == "5 years, by year<br><b>5 more are needed</b>"
    assert [(shape.x0, shape.x1) for shape in drawn.layout.shapes] == [(0, 5), (5, 10), (10, 15)]
    assert [trace.name for trace in drawn.data[:3]] == ["refused", "with caution", "accepted"]
    projected = plotly.draw(figures.needed(planned[0], viewing(context_for)), STYLES[1])
    assert (drawn.layout.height, projected.layout.height) == (390, 390)  # of 1080; a Russian scene has 400 left for it


def test_the_headline_says_that_the_records_cannot_tell_and_what_is_missing(planned, context_for):
    sentence, remark = figures.headline(planned[0], viewing(context_for))
    assert sentence == "Is there more crime, or do we see more of it? These records cannot tell."
    assert remark.startswith("Snow leopard: all 5 designs are refused. The best has 0 repeats;")
    assert "(5 more)" in remark
    assert "(10 more)" in remark
    russian, _ = figures.headline(planned[0], viewing(context_for, "ru"))
    assert russian.endswith("Эти записи ответить не могут.")


def test_every_question_has_an_answer_a_reason_and_what_would_lift_it(records, planned, context_for):
    designs, _, given = planned
    spec = figures.questions(
        designs, detection.latest_months(records), detection.relative_index(given), viewing(context_for)
    )
    assert spec.table["answer"].tolist() == ["refused"] * 4
    assert (spec.table[["why", "lifts"]] != "").all(axis=None)
    assert "4" in spec.unknown


def test_a_blank_year_has_no_number(planned, context_for):
    drawn = plotly.draw(figures.looked(planned[1], viewing(context_for)), STYLES[0])
    present, *others = drawn.data
    assert all(int(text) > 0 for text in present.text)
    assert [trace.text for trace in others] == [None] * 3
    assert len({(str(t.marker.color), t.marker.pattern.shape) for t in others}) == 3


@pytest.mark.parametrize(
    ("effort", "chance", "english", "russian"),
    [
        (0.95, 0.44, "Records doubled. Crime stayed the same.", "Записей стало вдвое больше."),
        (0.60, 0.44, "Records grew 1.4 times. Crime stayed the same.", "Записей стало в 1,4 раза больше."),
        (0.30, 0.60, "Records stayed much the same, and so did crime.", "Записей почти столько же"),
        (0.30, 0.30, "Records fell to 70% of what they were.", "Записей осталось 70"),
    ],
)
def test_the_sentence_of_the_lesson_rewrites_itself(context_for, effort, chance, english, russian):
    shown = lesson.lesson(effort, chance)
    first, last = shown.by_year["recorded"].iloc[[0, -1]]
    assert lesson_figures.headline(shown, context_for())[0].startswith(english), last / first
    assert lesson_figures.headline(shown, context_for("ru"))[0].startswith(russian)


def test_the_lesson_says_that_it_is_not_data(context_for):
    for spec in (lesson_figures.lines, lesson_figures.districts):
        passport = spec(lesson.lesson(0.95, 0.44), context_for()).passport
        assert passport.source == "Simulation with made-up numbers: this is not data"
        assert passport.data_version == "made up"


def test_the_squares_of_the_lesson_count_what_the_sentence_counts(context_for):
    drawn = plotly.draw(lesson_figures.districts(lesson.lesson(0.95, 0.44), context_for()), STYLES[0])
    counts = [sum(x is not None for x in trace.x) for trace in drawn.data]
    assert [sum(counts[:3]), sum(counts[3:])] == [200, 200]
    assert counts[0] + counts[1] == counts[3] + counts[4] == 60
    assert drawn.layout.annotations[0].text == f"<b>First year: {counts[0]}</b>"


def test_the_implied_range_redraws_and_the_assumption_stays_in_sight(records, context_for):
    published, context = known.published(records), context_for()
    for share, said in ((0.38, "582–1,184"), (0.1, "2,210–4,500")):
        sentence, remark = known_figures.headline(published, share, context)
        assert said in sentence.replace("\u2060", "")
        assert f"{share:.0%}" in sentence
        assert "assumption" in remark
        spec = known_figures.ranges(published, share, 0.1, context)
        assert f"{share:.0%}" in spec.caption
        drawn = plotly.draw(spec, STYLES[0])
        assert drawn.data[0].base[0] == 221
        assert drawn.data[1].base[0] == pytest.approx(221 / share)
        assert drawn.layout.xaxis.range[1] == 5400


def test_occurrence_and_detection_share_one_axis_with_intervals_and_the_naive_share(accepted, context_for):
    drawn = plotly.draw(occupancy.two_lines(accepted, made_up(context_for()), context_for()), STYLES[0])
    traces = {trace.name: trace for trace in drawn.data}
    assert set(traces) == {"Occurrence", "On record", "Detection"}
    assert traces["Occurrence"].yaxis == traces["On record"].yaxis == "y"
    assert traces["Detection"].yaxis == "y2"
    assert list(traces["On record"].y) == pytest.approx(accepted.naive)
    psi = accepted.psi_by_season()
    assert np.array(traces["Occurrence"].error_y.array) == pytest.approx(psi["high"] - psi["estimate"])
    assert traces["On record"].marker.symbol != traces["Occurrence"].marker.symbol


def test_a_probability_fades_as_its_interval_widens():
    for palette in (LIGHT, DARK):
        style = plotly.Style(palette)
        sure, less, hardly = (tile_ink(style, 0.9, *limits).fill for limits in ((0.8, 1), (0.6, 0.97), (0.2, 1)))
        assert len({sure, less, hardly}) == 3
        assert tile_ink(style, 0.1, 0.0, 0.9).fill == hardly == tile_ink(style, float("nan"), 0, 1).fill
        assert tile_ink(style, 1.0, 1.0, 1.0).fill == sure


def test_records_are_marked_apart_from_inference(accepted, context_for):
    drawn = plotly.draw(occupancy.districts(accepted, made_up(context_for()), context_for()), STYLES[0])
    tiles, marks = drawn.data[:2]
    found = occupancy.of_last_season(accepted)
    assert len(tiles.x) == len(found) == 120
    assert len(marks.x) == found["is_detected"].sum()
    assert [name for name, _ in tiles.customdata] == sorted(name for name, _ in tiles.customdata)


def test_silent_districts_have_no_record_and_a_chance_of_forty_percent_or_more(accepted):
    silent = occupancy.silent_of(accepted)
    assert len(silent) > 0
    assert not silent["is_detected"].any()
    assert (silent["estimate"] >= 0.4).all()


def test_the_models_are_ranked_and_refused_ones_listed_with_their_reason(context_for):
    few = data("little")
    fits = [occu(few), occu(few, "~ border_km"), colext(few, p="~ season")]
    spec = occupancy.models(fits, uploaded("mine.csv", context_for()), context_for())
    assert spec.table["answer"].tolist() == ["refused"] * 3
    assert (spec.table["why"] != "").all()
    assert spec.passport.source == "mine.csv"
    assert spec.passport.data_version == "your file"


def test_models_are_told_apart_by_names_that_a_phone_has_room_for(accepted):
    given = data("plenty")
    longest = occu(given, "~ season + border_km", "~ season + patrol_days")
    names = [occupancy.short(fit) for fit in (occu(given), longest, accepted)]
    assert names == [
        "occu ~1", "occu psi~season+border_km p~season+patrol_days", "colext psi~border_km p~season+patrol_days",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("code", SENTENCES)
def test_every_reason_can_be_said_in_every_language(code, lang):
    numbers = {
        "visits": 3, "units": 4, "product": 0.3, "parameter": "psi", "columns": ["hub"], "found": 2, "refuse_below": 5,
        "ok_from": 10, "terms": ["psi:1"], "agreeing": 1, "starts": 6, "c_hat": 2.34, "most": 450, "needed": 5,
        "delay": 1, "completeness": 0.25, "share": 0.4, "proxy": "reporting", "correlation": -0.92, "limit": 0.8,
    }  # fmt: skip
    said = refusals.why(Reason(code, "", numbers), translator(lang))
    assert said.endswith(".")
    assert "{" not in said
    if lang == "ru":
        assert any("а" <= letter <= "я" for letter in said.lower())


def test_hatched_bars_are_what_is_still_expected(context_for):
    dates = dated()
    found = nowcast(dates["came_to_light_on"], dates["entered_on"])
    drawn = plotly.draw(latest.completed(found, made_up(context_for()), context_for()), STYLES[0])
    observed, expected = drawn.data
    assert expected.marker.pattern.shape == "/"
    last = found.table.iloc[-1]
    assert expected.y[-1] == pytest.approx(last["completed"] - last["observed"])
    assert [y is None for y in expected.y] == (~found.table["is_provisional"].tail(24)).tolist()
    assert list(observed.y) == found.table["observed"].tail(24).tolist()
