"""The legal-gap matrix equals the published table, and what is not known is never scored."""

import narwhals as nw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.analysis.law import matrix, timing
from dashboard.domain.fields import RANGE_COUNTRIES

LETTERS = {"yes": "Y", "partial": "P", "no": "N", "unknown": "?"}
# The legal notes, section 2.1: cells in the order of the topics, known topics, score, interval in whole percent.
# In the last two columns N means that the exemption exists.
PUBLISHED = {
    "AFG": ("Y P P ? N ? P ? ? ? P ? P ? ? ?", 7, 50, 22, 78),
    "BTN": ("Y Y Y P P ? ? Y ? ? Y ? Y P ? ?", 9, 83, 47, 91),
    "CHN": ("Y Y Y P Y P P Y Y ? Y ? P P N P", 14, 71, 62, 75),
    "IND": ("Y Y Y P Y P P Y Y ? Y P Y ? P P", 14, 79, 69, 81),
    "KAZ": ("Y Y Y Y P ? P Y ? P Y ? Y Y ? ?", 11, 86, 59, 91),
    "KGZ": ("Y P P P P P P ? ? ? Y ? Y Y P ?", 11, 68, 47, 78),
    "MNG": ("Y Y Y Y Y ? P Y P ? Y ? P Y P ?", 12, 83, 62, 88),
    "NPL": ("Y Y Y Y Y ? P Y P ? P P Y P ? N", 13, 73, 59, 78),
    "PAK": ("P P P P Y ? Y ? ? ? P P Y P N ?", 11, 59, 41, 72),
    "RUS": ("Y Y Y Y Y Y P Y ? P Y P Y Y ? ?", 13, 88, 72, 91),
    "TJK": ("Y Y Y Y ? P P P ? ? P ? Y P ? ?", 10, 75, 47, 84),
    "UZB": ("Y Y P P P ? Y Y ? ? Y P Y Y P ?", 12, 79, 59, 84),
}


@pytest.fixture
def provisions_of(typed_table):
    """Makes a table of provisions of rows."""

    def make(*rows):
        return nw.from_native(typed_table("provisions", rows)).lazy()

    return make


def a_provision(status, topic="killing_penalty", country="KGZ", **more):
    return {"country": country, "provision_topic": topic, "status": status, **more}


def rows(table):
    return list(table.collect().iter_rows(named=True))


def one_cell(provisions):
    (cell,) = rows(matrix.cells(provisions))
    return cell


@pytest.mark.parametrize("country", RANGE_COUNTRIES)
def test_the_matrix_equals_the_published_table(records, country):
    cells = {row["provision_topic"]: row["status"] for row in rows(matrix.cells(records["provisions"]))
             if row["country"] == country}  # fmt: skip
    assert " ".join(LETTERS[cells[topic]] for topic in matrix.TOPICS) == PUBLISHED[country][0]


@pytest.mark.parametrize("country", RANGE_COUNTRIES)
def test_score_coverage_and_interval_equal_the_published_table(records, country):
    scored = {row["country"]: row for row in rows(matrix.scores(matrix.cells(records["provisions"]), {}))}
    row, (_, known, score, low, high) = scored[country], PUBLISHED[country]
    assert (row["known_count"], row["topic_count"]) == (known, 16)
    # The table writes whole percent, a half either way: 62.5 stands there as 62, and 87.5 as 88.
    assert [100 * row[name] for name in ("score", "low", "high")] == pytest.approx([score, low, high], abs=0.5)


def test_the_mean_of_the_known_topics_is_the_score(provisions_of):
    cells = matrix.cells(
        provisions_of(
            a_provision("yes", "killing_penalty"),
            a_provision("partial", "trade_penalty"),
            a_provision("no", "online_trade"),
            a_provision("unknown", "agency_mandate"),
        )
    )
    (score,) = rows(matrix.scores(cells, {}))
    assert (score["score"], score["low"], score["high"]) == (0.5, 1.5 / 4, 2.5 / 4)


def test_a_weight_counts_a_topic_more_in_the_score_and_in_the_interval(provisions_of):
    cells = matrix.cells(provisions_of(a_provision("yes"), a_provision("unknown", "trade_penalty")))
    (score,) = rows(matrix.scores(cells, {"trade_penalty": 3.0}))
    assert (score["score"], score["low"], score["high"]) == (1.0, 0.25, 1.0)


def test_nothing_known_means_no_score_and_an_interval_from_nothing_to_all(provisions_of):
    (score,) = rows(matrix.scores(matrix.cells(provisions_of(a_provision("unknown"))), {}))
    assert score["score"] is None or score["score"] != score["score"]
    assert (score["low"], score["high"]) == (0.0, 1.0)


def test_of_several_rows_the_strongest_counts_and_its_best_confidence(provisions_of):
    cell = one_cell(
        provisions_of(
            a_provision("partial", confidence="high"),
            a_provision("yes", confidence="low"),
            a_provision("yes", confidence="medium"),
            a_provision("unknown"),
        )
    )
    assert (cell["status"], cell["confidence"], cell["provision_count"]) == ("yes", "medium", 3)


def test_an_exemption_that_exists_earns_nothing_and_its_weakest_row_counts(provisions_of):
    exists = one_cell(provisions_of(a_provision("yes", "retaliation_exemption")))
    weaker = one_cell(
        provisions_of(a_provision("yes", "retaliation_exemption"), a_provision("partial", "retaliation_exemption"))
    )
    assert (exists["status"], exists["points"]) == ("no", 0.0)
    assert (weaker["status"], weaker["points"]) == ("partial", 0.5)


def test_unknown_is_no_points_rather_than_zero(provisions_of):
    cell = one_cell(provisions_of(a_provision("unknown")))
    assert cell["status"] == "unknown"
    assert cell["points"] is None or cell["points"] != cell["points"]


@pytest.mark.parametrize("weights", [dict.fromkeys(matrix.TOPICS, 0.0), {"online_trade": -1.0}])
def test_weights_that_weigh_nothing_are_refused(records, weights):
    with pytest.raises(ValueError, match="weight"):
        matrix.scores(matrix.cells(records["provisions"]), weights)


def test_no_ranking_while_ranges_overlap(records):
    found = matrix.overlap(matrix.scores(matrix.cells(records["provisions"]), {}))
    assert (found.pair_count, found.overlapping_count, found.allows_a_ranking) == (66, 66, False)
    assert matrix.Overlap(66, 0).allows_a_ranking
    assert not matrix.Overlap(0, 0).allows_a_ranking


def test_two_ranges_that_do_not_touch_can_be_told_apart(provisions_of):
    cells = matrix.cells(provisions_of(a_provision("yes"), a_provision("no", country="TJK")))
    assert matrix.overlap(matrix.scores(cells, {})) == matrix.Overlap(1, 0)


STATUSES = st.lists(st.sampled_from(["yes", "partial", "no", "unknown"]), min_size=16, max_size=16)
WEIGHTS = st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0]), min_size=16, max_size=16).filter(any)
QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@QUICK
@given(STATUSES, WEIGHTS)
def test_the_score_lies_in_its_interval_whatever_the_weights(provisions_of, statuses, weights):
    table = provisions_of(*(a_provision(s, t) for s, t in zip(statuses, matrix.TOPICS, strict=True)))
    (row,) = rows(matrix.scores(matrix.cells(table), dict(zip(matrix.TOPICS, weights, strict=True))))
    assert -1e-12 <= row["low"] <= row["high"] <= 1 + 1e-12
    if row["score"] is not None and row["score"] == row["score"]:
        assert row["low"] - 1e-12 <= row["score"] <= row["high"] + 1e-12


@QUICK
@given(STATUSES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(provisions_of, statuses, random):
    made = [a_provision(s, t) for s, t in zip(statuses, matrix.TOPICS, strict=True)]
    other = random.sample(made, len(made))
    assert str(rows(matrix.cells(provisions_of(*made)))) == str(rows(matrix.cells(provisions_of(*other))))


@QUICK
@given(STATUSES, st.sampled_from(["yes", "partial", "no"]))
def test_learning_an_unknown_never_widens_the_interval(provisions_of, statuses, learned):
    statuses[0] = "unknown"
    before, after = (
        rows(matrix.scores(matrix.cells(provisions_of(*(a_provision(s, t) for s, t in zip(known, matrix.TOPICS,
             strict=True)))), {}))[0] for known in (statuses, [learned, *statuses[1:]])
    )  # fmt: skip
    assert before["low"] - 1e-12 <= after["low"] <= after["high"] <= before["high"] + 1e-12


def test_other_engines_read_the_same_cells_and_scores(records, other_records, rows_of):
    ours, theirs = (matrix.cells(r["provisions"]) for r in (records, other_records))
    assert [list(map(str, r.values())) for r in rows_of(theirs)] == [list(map(str, r.values())) for r in rows_of(ours)]
    for one, other in zip(rows_of(matrix.scores(ours, {})), rows_of(matrix.scores(theirs, {})), strict=True):
        assert other == pytest.approx(one)


# the date -------------------------------------------------------------------------------------------------------------


def test_the_law_as_of_a_year_keeps_what_is_documented_to_have_stood_then(provisions_of):
    table = provisions_of(
        a_provision("yes", "killing_penalty", year_adopted=2005),
        a_provision("yes", "trade_penalty", year_adopted=2005, year_amended=2018),
        a_provision("yes", "online_trade", source_date="undated | c. 2012-2014 | 2020"),
        a_provision("yes", "agency_mandate", source_date="undated"),
    )

    def known(year):
        return {r["provision_topic"] for r in rows(timing.as_of(table, year)) if r["status"] != "unknown"}

    assert known(2004) == set()
    assert known(2005) == {"killing_penalty"}
    assert known(2014) == {"killing_penalty", "online_trade"}
    assert known(2018) == {"killing_penalty", "online_trade", "trade_penalty"}
    assert known(None) == known(2018) | {"agency_mandate"}


def test_what_did_not_stand_then_is_unknown_with_nothing_else_said(records):
    table = timing.as_of(records["provisions"], 2000).collect().to_pandas()
    silent = table[table["status"] == "unknown"]
    assert len(table) == 201
    assert silent.drop(columns=["country", "provision_topic", "status"]).isna().all(axis=None)
    assert (table.dtypes == records["provisions"].collect().to_pandas().dtypes).all()


def test_an_earlier_date_never_knows_more(records):
    known = [int((timing.as_of(records["provisions"], year).collect()["status"] != "unknown").sum())
             for year in timing.years(records["provisions"])]  # fmt: skip
    assert known == sorted(known)
    assert known[-1] <= 146
