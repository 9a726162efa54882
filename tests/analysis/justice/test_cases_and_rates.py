"""Steps, tallies and rates: what is known, what is known not to be, and what is unknown always add up."""

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis import justice
from dashboard.analysis.justice import Denominator, Difference, Refusal, Tally
from dashboard.domain.fields import RANGE_COUNTRIES


def an_incident(nth, outcome="unknown", country="KGZ", year=2020, **more):
    return {"incident_id": f"TST-{nth:04}", "country": country, "year": year, "occurred_on": str(year),
            "date_basis": "stated", "incident_type": "seizure", "outcome": outcome, **more}  # fmt: skip


def a_proceeding(nth, **stated):
    return {"incident_id": f"TST-{nth:04}", **stated}


def steps_of(records_of, rows_of, outcome, **stated):
    records = records_of(incidents=[an_incident(1, outcome)], proceedings=[a_proceeding(1, **stated)] if stated else [])
    (row,) = rows_of(justice.cases(records))
    return [row[step] for step in justice.STEPS[1:]]


YES, NO, UNKNOWN = "reached", "not_reached", "unknown"


@pytest.mark.parametrize(
    ("outcome", "stated", "expected"),  # arrest, charge, decision, conviction, imprisonment
    [
        ("unknown", {}, [UNKNOWN] * 5),
        ("under_investigation", {}, [UNKNOWN] * 5),
        ("under_investigation", {"persons_arrested": 2, "persons_charged": 2}, [YES, *[UNKNOWN] * 4]),
        ("unknown", {"persons_arrested": 0}, [NO, *[UNKNOWN] * 4]),
        ("charged", {}, [UNKNOWN, YES, UNKNOWN, UNKNOWN, UNKNOWN]),
        ("acquitted", {}, [UNKNOWN, YES, YES, NO, NO]),
        ("dismissed", {"persons_arrested": 3}, [YES, YES, YES, NO, NO]),
        ("convicted", {}, [UNKNOWN, YES, YES, YES, UNKNOWN]),
        ("convicted", {"imprisonment_months": 24.0, "is_suspended": False}, [UNKNOWN, YES, YES, YES, YES]),
        ("convicted", {"imprisonment_months": 24.0, "is_suspended": True}, [UNKNOWN, YES, YES, YES, NO]),
        ("convicted", {"sentence_kind": "life_or_death"}, [UNKNOWN, YES, YES, YES, YES]),
        ("convicted", {"fine_amount": 100.0, "fine_currency": "KGS"}, [UNKNOWN, YES, YES, YES, UNKNOWN]),
    ],
)
def test_a_step_implies_what_it_implies_and_no_more(records_of, rows_of, outcome, stated, expected):
    assert steps_of(records_of, rows_of, outcome, **stated) == expected


def test_every_step_adds_up_to_the_incidents_in_every_country(records):
    cases = justice.cases(records)
    counts = justice.funnel(cases, "country").collect().to_pandas()
    tallies = justice.tallies(cases)
    sums = counts.groupby(["country", "step"])["incident_count"].sum()
    assert set(counts["step"]) == set(justice.STEPS)
    assert all(sums[country, step] == tallies[country].recorded for country, step in sums.index)


def test_the_shipped_records_have_the_numbers_of_the_notes(records):
    # docs/incidents.md: 38 charged, 54 convicted, 0 acquitted, 1 dismissed; 122 unknown, 147 under investigation; 93
    # with a step; 463 arrests and 144 convictions of persons; 37 terms, 3 of them suspended, and 2 of life or death
    cases = justice.cases(records)
    tally = justice.total(justice.tallies(cases))
    assert tally == Tally(54, 0, 1, 38, 147, 122)
    assert (tally.recorded, tally.charged_or_further, tally.decided, tally.without_step) == (362, 93, 55, 269)
    counts = justice.funnel(cases).collect().to_pandas().set_index(["step", "status"])["incident_count"]
    assert counts["imprisonment", "reached"] == 37 - 3 + 2
    assert counts["imprisonment", "not_reached"] == 3 + 1
    people = justice.persons(cases).collect().to_pandas().iloc[0]
    assert (people["persons_arrested"], people["persons_convicted"], people["incidents_convicted"]) == (463, 144, 54)


@pytest.mark.parametrize("country", RANGE_COUNTRIES)
def test_the_three_bases_and_the_unknown_add_up_in_every_country(records, country):
    tally = justice.tallies(justice.cases(records))[country]
    decided, charged, recorded = (rate.n for rate in justice.rates(tally))
    assert decided + tally.charged == charged
    assert charged + tally.without_step == recorded == tally.recorded
    assert tally.without_step == tally.under_investigation + tally.unknown


def test_no_incident_and_no_proceeding_are_no_cases(records_of, rows_of):
    nothing = justice.cases(records_of())
    assert rows_of(justice.funnel(nothing)) == []
    assert justice.tallies(nothing) == {}
    assert justice.total({}) == Tally()
    assert rows_of(justice.persons(nothing))[0]["persons_arrested"] == 0
    assert rows_of(justice.open_cases(nothing, 2026)) == []


def test_the_input_is_not_touched(records):
    before = records["proceedings"].collect().to_pandas()
    justice.funnel(justice.cases(records)).collect()
    pd.testing.assert_frame_equal(records["proceedings"].collect().to_pandas(), before)


def test_open_cases_are_as_old_as_the_edition_and_not_the_clock_says(records_of, rows_of):
    incidents = [an_incident(1, "under_investigation", year=2020), an_incident(2, "unknown"), an_incident(3, "charged")]
    found = rows_of(justice.open_cases(justice.cases(records_of(incidents=incidents)), 2026))
    assert found == [{"age_years": 6, "outcome": "under_investigation", "incident_count": 1}]


def test_the_shipped_records_date_no_decision(records):
    found = justice.time_of(justice.cases(records), "2026-11-22")
    assert (found.decided, found.undated, found.pending) == (0, 55, 38 + 147)
    assert found.refusal == "few_dated_decisions"


def test_dated_decisions_are_timed_from_the_event_in_months(records_of):
    many = range(1, 13)
    records = records_of(
        incidents=[an_incident(n, "convicted", year=2019) | {"occurred_on": "2019-01"} for n in many],
        proceedings=[a_proceeding(n, outcome_on=f"2020-{n:02}") for n in many],
    )
    found = justice.time_of(justice.cases(records), "2026-11-22")
    assert found.decided == 12
    assert found.curves["time"].iloc[0] == pytest.approx(12)
    assert found.median == pytest.approx(17)


def test_a_record_dated_by_its_verdict_has_no_start(records_of):
    records = records_of(
        incidents=[an_incident(1, "convicted", date_basis="report_or_verdict")],
        proceedings=[a_proceeding(1, outcome_on="2020-05")],
    )
    assert justice.time_of(justice.cases(records), "2026-11-22").undated == 1


def test_all_engines_count_the_same(records, other_records):
    for count in (lambda c: justice.funnel(c, "country"), justice.persons, lambda c: justice.open_cases(c, 2026)):
        expected, found = (
            count(justice.cases(r)).collect().to_pandas().reset_index(drop=True) for r in (records, other_records)
        )
        pd.testing.assert_frame_equal(found.astype(expected.dtypes), expected, check_dtype=False)


# rates ---------------------------------------------------------------------------------------------------------------

tallies = st.builds(Tally, *[st.integers(0, 60)] * 6)


@given(tallies, st.sampled_from(["jeffreys", "wilson"]))
def test_the_bounds_always_hold_the_point(tally, method):
    for rate in justice.rates(tally, method):
        if rate.estimate is not None:
            assert rate.low_bound - 1e-12 <= rate.estimate.value <= rate.high_bound + 1e-12
            assert rate.estimate.low <= rate.estimate.value <= rate.estimate.high


@given(tallies, st.data())
def test_the_bounds_hold_whatever_the_unknown_outcomes_turn_out_to_be(tally, data):
    """Let any of the unsettled cases be settled one way or the other: all three rates stay within the bounds."""
    low, high = (
        justice.rate(tally, Denominator.RECORDED).low_bound,
        justice.rate(tally, Denominator.RECORDED).high_bound,
    )
    left = [tally.charged, tally.under_investigation, tally.unknown]
    convicted = [data.draw(st.integers(0, n)) for n in left]
    freed = [data.draw(st.integers(0, n - c)) for n, c in zip(left, convicted, strict=True)]
    rest = [n - c - f for n, c, f in zip(left, convicted, freed, strict=True)]
    later = Tally(tally.convicted + sum(convicted), tally.acquitted + sum(freed), tally.dismissed, *rest)
    for rate in justice.rates(later):
        if rate.estimate is not None:
            assert low - 1e-12 <= rate.estimate.value <= high + 1e-12


def test_four_decided_cases_give_counts_only_and_five_a_rate():
    assert [r.estimate for r in justice.rates(Tally(convicted=4, charged=30, unknown=90))] == [None, None, None]
    assert all(r.estimate for r in justice.rates(Tally(convicted=4, acquitted=1, charged=30)))


def test_all_against_and_all_for_by_hand():
    # 10 incidents: 5 convicted, 1 acquitted, 4 unknown: at least 5, at most 9 of 10
    rate = justice.rate(Tally(convicted=5, acquitted=1, unknown=4), Denominator.DECIDED)
    assert (rate.x, rate.n, rate.low_bound, rate.high_bound) == (5, 6, 0.5, 0.9)


@pytest.mark.parametrize("country", ["AFG", "KGZ", "MNG"])
def test_countries_without_a_conviction_have_counts_and_no_zero_rate(records, country):
    found = justice.rates(justice.tallies(justice.cases(records))[country])
    assert [(rate.x, rate.estimate) for rate in found] == [(0, None)] * 3
    assert found[2].n > 0


def test_decided_cases_of_the_shipped_records_are_not_shrunken(records):
    # 54 of 55 decided cases are convictions: Tarone's sum of squares is 49.7, below the 55 of mere chance
    known = justice.tallies(justice.cases(records))
    assert justice.compare(known, Denominator.DECIDED, "jeffreys", ()).refusal is Refusal.NO_OVERDISPERSION
    charged = justice.compare(known, Denominator.CHARGED, "jeffreys", ())
    assert charged.refusal is None
    shown = charged.table.set_index("country")["shrunken"].dropna()
    assert set(shown.index) == {"CHN", "KAZ", "PAK", "RUS"}  # the others have fewer than 5 decided cases


def coverage_of(*states):
    return nw.from_native(pd.DataFrame({"state": states})).lazy()


def test_comparing_is_refused_where_coverage_unknowns_or_definitions_differ():
    alike = {"KGZ": Tally(convicted=8, unknown=2), "TJK": Tally(convicted=6, acquitted=1, unknown=2)}
    silent = {**alike, "UZB": Tally(convicted=5, unknown=20)}
    everything = coverage_of("reported", "nil")
    assert justice.differences(alike, everything, {}) == ()
    assert justice.differences(alike, coverage_of("reported", "not_searched"), {}) == (Difference.COVERAGE,)
    assert justice.differences(silent, everything, {}) == (Difference.UNKNOWN,)
    assert justice.differences(alike, everything, {"KGZ": 1}) == (Difference.DEFINITION,)
    assert justice.differences(alike, everything, {"KGZ": 1, "TJK": 2}) == ()
    assert justice.differences({"KGZ": Tally(unknown=3)}, coverage_of("not_searched"), {"KGZ": 1}) == ()


def test_the_shipped_records_may_not_be_compared_for_three_reasons(records):
    cases = justice.cases(records)
    assert justice.fined(cases) == {"KAZ": 1, "KGZ": 1, "MNG": 1, "PAK": 5}
    assert justice.differences(justice.tallies(cases), records["coverage"], justice.fined(cases)) == tuple(Difference)
