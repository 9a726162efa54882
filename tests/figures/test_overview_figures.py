"""The figures of the overview draw the numbers they are given, in the reader's language, with their passport."""

import re
from dataclasses import replace

import pytest

from dashboard.analysis import overview
from dashboard.analysis.select import select
from dashboard.figures import html, plotly, sentences
from dashboard.figures import overview as figures
from dashboard.figures.style import style
from dashboard.i18n.translator import LANGUAGES


def specs(records, context):
    selected = select(records, context.selection)
    incidents = selected["incidents"]
    return [
        figures.coverage(overview.coverage_grid(selected["coverage"], incidents), context),
        figures.by_year(overview.count_by_year(incidents, "evidence_grade"), context),
        figures.outcomes(overview.count_by(incidents, "outcome"), context),
        figures.evidence(overview.count_by(incidents, "evidence_grade"), context),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_counts_all_incidents_and_carries_its_passport(records, context_for, lang):
    for spec in specs(records, context_for(lang)):
        assert spec.n == 362
        assert spec.title
        assert spec.caption
        assert spec.unknown
        assert spec.alt
        assert spec.passport.source
        assert spec.passport.data_version == "1+test"
        assert spec.passport.link == f"http://localhost/?lang={lang}#{spec.id}"
        assert spec.passport.lang == lang


def test_bars_by_year_add_up_to_the_incidents(records, context_for):
    _, by_year, _, _ = specs(records, context_for())
    drawn = plotly.draw(by_year, style(is_dark=False, is_presenting=False))
    assert sum(int(y) for trace in drawn.data for y in trace.y) == 362
    assert [trace.name for trace in drawn.data] == ["Official", "Corroborated", "Single source"]


@pytest.mark.parametrize("is_dark", [False, True])
def test_plotly_finds_every_drawing_valid(records, context_for, is_dark):
    import plotly.graph_objects as go

    for spec in specs(records, context_for())[:2]:  # the others are text
        drawn = plotly.draw(spec, style(is_dark=is_dark, is_presenting=True)).to_dict()
        assert len(go.Figure(drawn).data) == len(drawn["data"]) > 0


def test_the_year_2024_has_25_incidents(records, context_for):  # README_incidents.md, coverage table
    _, by_year, _, _ = specs(records, context_for())
    drawn = plotly.draw(by_year, style(is_dark=False, is_presenting=False))
    assert sum(int(y) for trace in drawn.data for x, y in zip(trace.x, trace.y, strict=True) if x == 2024) == 25


def test_outcomes_show_the_unknown_ones(records, context_for):  # README_incidents.md, outcome table
    context, look = context_for(), style(is_dark=False, is_presenting=False)
    outcomes = specs(records, context)[2]
    key = re.findall(r"</i>([^<]+)<", html.legend(outcomes, look, context))
    assert key == [
        "Convicted · 54", "Case dismissed · 1", "Charged or fined · 38", "Under investigation · 147", "Unknown · 122",
    ]  # fmt: skip
    bar = html.share(outcomes, look)
    parts = re.findall(r'flex-grow:(\d+);[^"]*" title="([^"]+)">(?:<b[^>]+>)?(\d*)<', bar)
    assert parts == [
        ("54", "Convicted: 54", "54"), ("1", "Case dismissed: 1", ""), ("38", "Charged or fined: 38", "38"),
        ("147", "Under investigation: 147", "147"), ("122", "Unknown: 122", "122"),
    ]  # fmt: skip
    assert bar.rindex("repeating-linear-gradient") > bar.index("Under investigation")  # the unknown one is hatched
    assert f'aria-label="{outcomes.alt}"' in bar


def test_a_bar_of_text_is_as_large_as_charts_are_and_keeps_hostile_names_inert(records, context_for):
    outcomes = specs(records, context_for())[2]
    named = replace(outcomes, series=(replace(outcomes.series[0], label='"><script>'), *outcomes.series[1:]))
    bar = html.share(named, style(is_dark=False, is_presenting=True))
    assert "<script" not in bar
    assert bar.startswith('<div class="share" role="img"')
    assert "height:205px;font-size:32px" in bar  # 134 and 21, times 1.53


def test_four_kinds_of_silence_are_drawn_in_four_ways(context_for):
    import narwhals as nw
    import pandas as pd

    states = ["reported", "nil", "no_report", "not_searched", "withheld"]
    grid = pd.DataFrame(
        {"country": ["KGZ"] * 5, "year": range(2001, 2006), "state": states, "incident_count": [3, 0, 0, 0, 0]}
    )
    for is_dark in (False, True):
        spec = figures.coverage(nw.from_native(grid).lazy(), context_for())
        drawn = plotly.draw(spec, style(is_dark=is_dark, is_presenting=False))
        looks = [(str(t.marker.color), str(t.marker.line.color), t.marker.pattern.shape) for t in drawn.data]
        assert len(set(looks)) == 5
        assert len({shape for *_, shape in looks[2:]}) == 3


def test_presenting_makes_the_text_of_a_chart_larger(records, context_for):
    spec = specs(records, context_for())[1]
    small = plotly.draw(spec, style(is_dark=False, is_presenting=False)).layout.font.size
    large = plotly.draw(spec, style(is_dark=False, is_presenting=True)).layout.font.size
    assert large >= 1.4 * small


def test_filters_are_said_in_words(context_for):
    context = context_for("en", countries=("KGZ", "TJK"), year_from=2010, evidence_grades=("official",))
    assert context.filters_in_words() == "Years: from 2010; Countries: Kyrgyzstan, Tajikistan; Evidence: Official"


def first_of(records, context):
    return sentences.headline(overview.headline(select(records, context.selection)), context)


@pytest.mark.parametrize(("country", "expected"), [("KGZ", "21 инцидент"), ("TJK", "8 инцидентов")])
def test_the_headline_is_good_russian(records, context_for, country, expected):
    sentence, remark = first_of(records, context_for("ru", countries=(country,)))
    assert expected in sentence
    assert remark.endswith(".")


@pytest.mark.parametrize(
    ("lang", "country", "expected"),
    [
        ("en", "KGZ", "21 incidents are on record; no final outcome is known."),
        ("ru", "KGZ", "Зафиксирован 21 инцидент; ни один окончательный исход не известен."),
        ("en", "BTN", "10 incidents are on record; of 7 no final outcome is known."),
    ],
)
def test_where_no_outcome_is_known_none_is_said_instead_of_the_number_of_all(
    records, context_for, lang, country, expected
):
    assert first_of(records, context_for(lang, countries=(country,)))[0] == expected


def test_a_country_by_itself_is_not_counted_as_one_of_one(records, context_for):
    def values(*countries):
        context = context_for(countries=countries)
        known = overview.headline(select(records, context.selection))
        return {label: value for value, label, _ in sentences.numbers(known, context)}

    assert values()["countries with a record"] == "12 of 12"
    assert values("KGZ", "TJK")["countries with a record"] == "2 of 2"
    assert "countries with a record" not in values("KGZ")
    assert "1 of 1" not in values("KGZ").values()


def test_hostile_text_in_a_record_stays_text(context_for):
    import pandas as pd

    from dashboard.figures.spec import FigureSpec, Kind, columns

    spec = FigureSpec(
        id="x", kind=Kind.TABLE, table=pd.DataFrame([{"a": "<img src=x onerror=alert(1)>", "u": 'https://x"y'}]),
        columns=columns(("a", "A"), link={"a": "u"}), title="<b>", caption="", n=1, unknown="", alt="",
        passport=context_for().passport("x", "s"),
    )  # fmt: skip
    drawn = html.table(spec)
    assert "<img" not in drawn
    assert "&lt;b&gt;" in drawn
    assert 'href="https://x&quot;y"' in drawn
