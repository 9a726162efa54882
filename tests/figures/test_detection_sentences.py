"""The sentences of METHODS, section 4: for accepted, cautioned and refused fits, in both languages."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.analysis.delay import nowcast
from dashboard.analysis.index import trend_index
from dashboard.analysis.occupancy import OccupancyData, colext, occu
from dashboard.figures import detection_sentences as say
from dashboard.figures.occupancy import likely

BY_SEASON = "~ season - 1"


def plain(text):
    """Without the marks that keep a range on one line, and with ordinary spaces."""
    return text.replace("\u2060", "").replace("\u00a0", " ")


def histories(psi, p, units=400, visits=4, seed=1):
    rng = np.random.default_rng(seed)
    z = np.column_stack([rng.permutation(units) < share * units for share in psi])
    hub = z.sum(axis=1) + rng.normal(0, 0.5, units)
    y = (rng.random((units, len(psi), visits)) < np.array(p)[None, :, None] * z[:, :, None]).astype(float)
    return OccupancyData(y, {"hub": hub}, seasons=["2019-2021", "2022-2024"])


@pytest.fixture(scope="module")
def fit():
    return occu(histories((0.4, 0.4), (0.2, 0.6)), BY_SEASON, BY_SEASON)


def test_occurrence_gives_the_interval_first_then_the_estimate_and_the_records(fit, context_for):
    psi = fit.psi_by_season().iloc[-1]
    low, high, value, naive = (round(psi[k] * 100) for k in ("low", "high", "estimate", "naive"))
    assert plain(say.occurrence(fit, context_for())) == (
        f"The crime occurred in {low}–{high}% of districts in 2022-2024 (best estimate {value}%); "
        f"it is on record in {naive}%."
    )
    assert plain(say.occurrence(fit, context_for("ru"))).startswith(f"Преступления были в {low}–{high} % районов")


def test_detection_says_what_the_chance_stands_for(fit, context_for):
    said = say.detection(fit, context_for())
    assert said.startswith(
        "In a district with the crime, one visit of the effort of 2022-2024 brings at least one case"
    )


def test_records_up_occurrence_flat_detection_up_is_named_in_words(fit, context_for):
    said = say.two_lines(fit, context_for())
    assert "the share of districts on record rose by" in said
    assert "Records up, occurrence flat, detection up: detection explains most of it." in said
    assert "Записей больше, наличие прежнее, выявление выше" in say.two_lines(fit, context_for("ru"))


def test_more_crime_is_not_put_down_to_detection(context_for):
    more = occu(histories((0.2, 0.6), (0.5, 0.5)), BY_SEASON, BY_SEASON)
    said = say.two_lines(more, context_for())
    assert "Occurrence changed with it." in said
    assert "Occurrence changed by +38 points (+31 to +45)." in said


def test_fewer_records_are_said_to_have_fallen(context_for):
    fewer = occu(histories((0.4, 0.4), (0.6, 0.2)), BY_SEASON, BY_SEASON)
    said = say.two_lines(fewer, context_for())
    assert "on record fell by" in said
    assert "Detection explains most of it." in said


def test_two_lines_decline_when_detection_may_not_vary(context_for):
    fixed = occu(histories((0.4, 0.4), (0.2, 0.6)), BY_SEASON, "~ 1")
    assert say.two_lines(fixed, context_for()).startswith(
        "Whether occurrence or detection changed cannot be told apart"
    )
    one = occu(OccupancyData(histories((0.4, 0.4), (0.5, 0.5)).y[:, 0]))
    assert say.two_lines(one, context_for()) == "With one period there is no change to speak of."


def test_only_a_dynamic_model_speaks_of_spread(fit, context_for):
    assert say.spread(fit, context_for()) == "Only the dynamic model speaks of spread."
    dynamic = colext(histories((0.3, 0.5), (0.5, 0.5)))
    gained = dynamic.predict("gamma").iloc[0]
    expected = f"{round(gained['low'] * 100)}–{round(gained['high'] * 100)}%"
    assert expected in plain(say.spread(dynamic, context_for()))


def test_silent_districts_are_not_counted_without_a_covariate(fit, context_for):
    assert "occurrence has no covariate" in say.silent(fit, context_for())
    told = occu(histories((0.4, 0.4), (0.2, 0.6)), "~ hub", BY_SEASON)
    assert "40% or more of undetected crime" in say.silent(told, context_for())


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_refused_fit_says_why_and_what_would_lift_it_and_no_number_of_its_own(lang, context_for):
    refused = occu(histories((0.02, 0.02), (0.3, 0.3), units=60), BY_SEASON, BY_SEASON)
    assert refused.status == "refused"
    said = say.spoken(refused, context_for(lang))
    assert "%" not in " ".join(said)
    assert len(said) == 3
    assert say.headline(refused, context_for(lang))[0] in (
        "The model declines to answer.",
        "Модель отказывается отвечать.",
    )
    for sentence in (say.occurrence, say.detection, say.two_lines, say.spread, say.silent):
        assert sentence(refused, context_for(lang)) == said[0]


def test_in_place_of_a_refused_estimate_stand_counts_and_one_sided_limits(context_for):
    single = np.zeros((30, 3))
    single[np.arange(9), np.arange(9) % 3] = 1
    only_once = occu(OccupancyData(single))
    assert only_once.status == "refused"
    counts, limit = say.instead(only_once, context_for())
    assert counts == "In 1, 9 of 30 districts looked at are on record: occurrence is that at least."
    assert limit.startswith("The likelihood sets one limit only: ")
    product = occu(OccupancyData([[1], [0], [0], [1], [0], [0], [0], [1], [0], [0]]))
    assert say.instead(product, context_for()) == ["Only occurrence times detection can be told: 0.3."]
    assert say.instead(occu(OccupancyData(np.zeros((5, 2)))), context_for()) == []


def test_a_cautioned_fit_says_so(fit, context_for):
    few = occu(histories((0.1, 0.1), (0.4, 0.4), units=100), "~ 1", "~ 1")
    cautioned = few if few.status == "caution" else replace(fit, status="caution", reasons=few.reasons or fit.reasons)
    said = say.spoken(cautioned, context_for())
    assert said[-1].startswith("A chance of detection is not the efficiency of an agency")
    assert say.headline(cautioned, context_for()) == (said[0], said[1])
    assert any(line.startswith("To be read with caution.") for line in said) == bool(cautioned.reasons)


def test_the_latest_month_gives_what_is_there_and_what_is_expected(context_for):
    light = pd.date_range("2024-01-01", periods=360, freq="D")
    entered = light + pd.to_timedelta(np.arange(360) % 3 * 14, unit="D")
    seen = entered <= pd.Timestamp("2024-12-25")
    said = plain(say.latest(nowcast(light[seen], entered[seen]), context_for()))
    assert said.startswith("December 2024: ")
    assert said.endswith(" expected.")
    assert say.latest(nowcast([], []), context_for()).startswith("The latest periods cannot be completed: ")


def test_an_index_is_relative_or_refused(context_for):
    counts = pd.DataFrame({"country": ["KGZ"], "year": [2020], "count": [3]})
    assert say.index(trend_index(counts), context_for()).startswith("No index of traffic: ")
    rng = np.random.default_rng(1)
    many = pd.DataFrame(
        [
            {"country": f"c{k}", "year": 2010 + t, "count": int(count), "staff": staff, "reports": reports}
            for k in range(8)
            for t, (count, staff, reports) in enumerate(
                zip(rng.poisson(20, 10), *rng.normal(size=(2, 10)), strict=True)
            )
        ]
    )
    said = plain(say.index(trend_index(many, "staff", "reports"), context_for()))
    assert said.startswith("Traffic index ")
    assert said.endswith(", 2010 = 100.")


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.95, "very likely"), (0.8, "likely"), (0.5, "as likely as not"), (0.2, "unlikely"), (0.05, "very unlikely")],
)
def test_probabilities_in_words(probability, words, context_for):  # METHODS, section 7
    assert likely(probability, context_for()) == words
