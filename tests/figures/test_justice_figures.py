"""What the page of justice says and draws, for every country in both languages: never more than the data."""

import re

import plotly.graph_objects as go
import pytest

from dashboard.analysis import justice
from dashboard.analysis.justice import Denominator
from dashboard.analysis.select import select
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.figures import html, plotly
from dashboard.figures import justice as figures
from dashboard.figures import justice_penalties as penalties
from dashboard.figures import justice_published as published
from dashboard.figures import justice_time as time
from dashboard.figures import justice_words as words
from dashboard.figures.spec import Kind
from dashboard.figures.style import style
from dashboard.i18n.translator import LANGUAGES

CHOSEN = [(), *((country,) for country in RANGE_COUNTRIES), ("KGZ", "MNG"), ("BTN", "PAK", "RUS")]
ZERO_RATE = re.compile(r"(?<![\d,.])0[\s\u00a0]?%")
NUMBER = re.compile(r"\d+")


def drawn(records, context, of=Denominator.DECIDED, step=figures.LAST, method="jeffreys"):
    """Every figure of the page, by id, with the tally behind them."""
    chosen = context.selection
    selected = select(records, chosen)
    cases = justice.cases(selected)
    tallies = justice.tallies(cases)
    tally = justice.total(tallies)
    why_not = justice.differences(tallies, selected["coverage"], justice.fined(cases))
    statistics = justice.statistics(selected["justice_statistics"], chosen)
    laws = justice.statutes(selected["provisions"], chosen.countries)
    specs = [
        figures.funnel(justice.funnel(cases), tally, context),
        figures.persons(justice.persons(cases), tally, context),
        figures.rates(justice.rates(tally, method), tally, context),
        figures.by_country(justice.funnel(cases, "country"), tallies, step, context),
        figures.compare(justice.compare(tallies, of, method, why_not), tallies, context),
        penalties.terms(justice.terms(cases), laws, tally.convicted, context),
        penalties.provisions(justice.provision_rows(selected["provisions"], chosen.countries), context),
        penalties.fines(justice.fines(cases), context),
        published.shared_base(justice.shared_base(statistics), context),
        published.lone_figures(justice.lone_figures(statistics), context),
        published.illustrations(justice.illustrations(statistics), context),
        time.decision(justice.time_of(cases, "2026-11-22"), context),
        time.open_cases(justice.open_cases(cases, 2026), context),
    ]
    return {spec.id: spec for spec in specs}, tally


def sentences(specs, tally, context):
    """All that the page says in words."""
    yield from words.headline(tally, context)
    for spec in specs.values():
        yield from (spec.title, spec.caption, spec.unknown, spec.alt)


@pytest.mark.parametrize("countries", CHOSEN, ids="-".join)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_for_every_country_claims_no_more_than_the_data(records, context_for, lang, countries):
    context = context_for(lang, countries=countries)
    specs, tally = drawn(records, context)
    for sentence in sentences(specs, tally, context):
        assert sentence
        assert "{" not in sentence
        assert "nan" not in sentence.lower().split()
        assert "None" not in sentence
        assert not ZERO_RATE.search(sentence), sentence
        assert "  " not in sentence
        assert sentence[-1] != " "
        if lang == "ru":
            assert not re.search(r"[A-Za-z]{4,}", sentence), sentence
    headline, remark = words.headline(tally, context)
    assert numbers(headline) == [
        n for n in (tally.recorded, tally.convicted, tally.without_step % tally.recorded) if n or n is tally.recorded
    ]  # "of 13 of 13" is "none"
    if tally.decided < 5:
        assert "%" not in remark
        assert "%" not in words.rates(justice.rates(tally), tally, context)
        possible = sorted({tally.convicted, tally.recorded - tally.acquitted - tally.dismissed})
        assert numbers(remark) == [*possible, tally.recorded]


def numbers(sentence):
    return [int(n) for n in NUMBER.findall(sentence)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentence_of_the_rates_is_the_one_a_rapporteur_reads_aloud(records, context_for, lang):
    context = context_for(lang)
    specs, _ = drawn(records, context)
    expected = {
        "en": "Of 93 incidents with a known step, 54 ended in a conviction; 269 of 362 have no known step. If every "
        "unknown outcome were an acquittal, the conviction rate would be 15%; if every one were a conviction, more "
        "than 99%.",
        "ru": "Обвинительные приговоры: 54 из 93 инцидентов с известным процессуальным шагом; у 269 из 362 известных "
        "шагов нет. Если бы все неизвестные исходы были оправданиями, доля обвинительных приговоров составила бы "
        "15\u00a0%, а если бы все были осуждениями — более 99\u00a0%.",
    }
    assert specs["justice-rates"].caption.startswith(expected[lang])


@pytest.mark.parametrize(
    ("lang", "country", "parts"),
    [
        ("en", "KGZ", ["Of 21 recorded incidents, none is known to have ended", "of 19 no step in law is known."]),
        ("en", "NPL", ["Of 30 recorded incidents, 1 is known to have ended", "of 28 no step in law is known."]),
        ("ru", "KGZ", ["Из 21 зафиксированного инцидента ни один", "по 19 дальнейшие шаги неизвестны."]),
        ("ru", "NPL", ["Из 30 зафиксированных инцидентов ", " завершился 1; по 28 дальнейшие шаги неизвестны."]),
        ("ru", "BTN", ["Из 10 зафиксированных инцидентов ", " завершились 3; по 7 дальнейшие шаги неизвестны."]),
    ],
)  # fmt: skip
def test_the_headline_has_the_right_plural(records, context_for, lang, country, parts):
    context = context_for(lang, countries=(country,))
    _, tally = drawn(records, context)
    headline = words.headline(tally, context)[0]
    assert headline.startswith(parts[0])
    assert headline.endswith(parts[1])


@pytest.mark.parametrize("country", ["AFG", "KGZ", "MNG"])
def test_a_country_without_a_conviction_shows_counts_and_an_honest_sentence(records, context_for, country):
    context = context_for("en", countries=(country,))
    specs, tally = drawn(records, context)
    n = tally.recorded
    assert words.headline(tally, context)[1] == (
        f"Whatever the unknown outcomes turn out to be, at least 0 and at most {n} of {n} ended in a conviction."
    )
    assert list(specs["justice-rates"].table["row_text"]) == ["counts only"] * 3
    assert specs["justice-rates"].table["value"].isna().all()
    assert f"0 of {n}" in specs["justice-rates"].label("recorded")


@pytest.mark.parametrize(
    ("x", "n", "expected"),
    [(8, 9, "89% (95% interval: 59% to 99%)"), (54, 55, "98% (95% interval: 92% to more than 99%)")],
)
def test_a_rate_in_words_has_its_interval(context_for, x, n, expected):
    assert words.interval(justice.proportion(x, n), context_for("en")) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, "0%"), (0.002, "less than 1%"), (0.998, "more than 99%"), (1.0, "100%"), (0.149, "15%")],
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(context_for, value, expected):
    assert words.share(value, context_for("en")) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_percentage_stands_without_its_interval_below_20_cases(records, context_for, lang):
    context = context_for(lang)
    table = drawn(records, context)[0]["justice-published-rates"].table
    small = table[table["part"].str.contains("15,")]  # Bhutan: 8 and 7 of 15
    assert len(small) == 2
    assert small["rate"].str.contains("95").all()


def test_a_base_that_is_only_a_minimum_gives_an_upper_limit(records, context_for):
    table = drawn(records, context_for("en"))[0]["justice-published-rates"].table
    (row,) = table[table["part"].str.contains("more than 200")].to_dict("records")  # Kazakhstan 2015: 9 of over 200
    assert row["rate"] == "less than 5%"


@pytest.mark.parametrize("of", list(Denominator))
@pytest.mark.parametrize("is_dark", [False, True])
def test_plotly_finds_every_drawing_valid(records, context_for, is_dark, of):
    for step in (figures.LAST, "arrest", "imprisonment"):
        for spec in drawn(records, context_for("ru"), of, step)[0].values():
            if spec.kind is Kind.TABLE:
                assert html.table(spec).count("<tr>") == len(spec.table) + 1
                continue
            found = plotly.draw(spec, style(is_dark=is_dark, is_presenting=True)).to_dict()
            assert len(go.Figure(found).data) == len(found["data"]) > 0


@pytest.mark.parametrize("countries", CHOSEN, ids="-".join)
def test_every_figure_carries_its_passport(records, context_for, countries):
    for spec in drawn(records, context_for("en", countries=countries))[0].values():
        assert spec.passport.source
        assert spec.passport.link.endswith(f"#{spec.id}")
        assert len(spec.columns) == len({column.label for column in spec.columns})


def traces(spec):
    return {trace.name: trace for trace in plotly.draw(spec, style(is_dark=False, is_presenting=False)).data}


def test_the_funnel_draws_the_unknown_hatched_and_all_bars_of_one_length(records, context_for):
    found = traces(drawn(records, context_for())[0]["justice-funnel"])
    assert list(found) == ["Reached", "Known not reached", "Unknown"]
    assert list(found["Reached"].x) == [362, 184, 93, 55, 54, 36]
    assert list(found["Unknown"].x) == [178, 269, 307, 307, 322]
    assert found["Unknown"].marker.pattern.shape == "/"
    assert sum(sum(trace.x) for trace in found.values()) == 6 * 362


def test_a_click_on_a_country_knows_its_code(records, context_for):
    for name in ("justice-by-country", "justice-compare"):
        for trace in traces(drawn(records, context_for())[0][name]).values():
            assert all(point[0] in RANGE_COUNTRIES for point in trace.customdata or ())


def test_countries_that_may_not_be_compared_are_grey(records, context_for):
    grey = traces(drawn(records, context_for("en"))[0]["justice-compare"])["As counted"].marker.color
    alone = traces(drawn(records, context_for("en", countries=("RUS",)))[0]["justice-compare"])[
        "As counted"
    ].marker.color
    assert grey != alone
    assert "Do not compare the countries" in drawn(records, context_for("en"))[0]["justice-compare"].caption


def test_raw_and_shrunken_rates_stand_side_by_side(records, context_for):
    found = traces(drawn(records, context_for(), Denominator.CHARGED)[0]["justice-compare"])
    assert len(found["As counted"].x) == len(found["Shrunken"].x) == 4
    assert "Shrunken" not in traces(drawn(records, context_for(), Denominator.DECIDED)[0]["justice-compare"])


def test_suspended_terms_and_gravest_sentences_look_different(records, context_for):
    found = traces(drawn(records, context_for())[0]["justice-terms"])
    symbols = {name: found[name].marker.symbol for name in ("Prison term", "Suspended term", "Life or death sentence")}
    assert symbols == {"Prison term": "circle", "Suspended term": "circle-open", "Life or death sentence": "star"}
    assert [len(found[name].x) for name in symbols] == [34, 3, 2]


def test_a_single_term_at_the_same_place_hides_no_other(records, context_for):
    for trace in traces(drawn(records, context_for())[0]["justice-terms"]).values():
        if trace.type == "scatter":
            assert len(set(zip(trace.x, trace.y, strict=True))) == len(trace.x)


def test_curves_are_drawn_once_decisions_have_dates(context_for):
    found = justice.time_to_decision(
        [0.0] * 20,
        [*map(float, range(1, 16)), *[None] * 5],
        ["convicted", "dismissed", "acquitted"] * 5 + [""] * 5,
        60.0,
    )
    spec = time.decision(found, context_for("en"))
    assert spec.caption.startswith("Half of the cases are decided within 10 months; 5 are pending.")
    lines = [trace for trace in plotly.draw(spec, style(is_dark=False, is_presenting=False)).data if trace.name]
    assert [line.name for line in lines] == ["Any decision", "Convicted", "Acquitted", "Case dismissed"]
    assert len({line.line.dash for line in lines}) == 4


def test_too_few_dated_decisions_are_said_with_their_counts(records, context_for):
    spec = drawn(records, context_for("en"))[0]["justice-time"]
    assert spec.kind is Kind.TABLE
    assert spec.caption.startswith("Not enough dated decisions: 0 of 55 decided cases carry the date of their decision")
    assert spec.table["count"].tolist() == ["0", "55", "185"]
