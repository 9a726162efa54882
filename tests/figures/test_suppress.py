"""Behind the lock no figure holds a count of one or two, nor what would give one away."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis import lock, overview
from dashboard.figures import overview as figures
from dashboard.figures.suppress import small, suppress


def test_small_counts_go_and_zero_stays():
    assert small(pd.Series([0, 1, 2, 3, 9])).to_list() == [False, True, True, False, False]


def test_a_single_small_count_takes_the_next_smallest_with_it():
    # 12 in all, 4 and 7 shown: the missing one would be 1
    assert small(pd.Series([1, 4, 7])).to_list() == [True, True, False]


@given(st.lists(st.integers(0, 12), max_size=12))
def test_what_is_hidden_cannot_be_worked_out_from_the_total(counts):
    hidden = small(pd.Series(counts, dtype="int64"))
    assert not any(0 < count < 3 for count, gone in zip(counts, hidden, strict=True) if not gone)
    assert hidden.sum() != 1 or sum(count > 0 for count in counts) == 1


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_coverage_draws_small_cells_as_withheld(records, context_for, lang):
    grid = overview.coverage_grid(records["coverage"], records["incidents"])
    shown = suppress(figures.coverage(grid, context_for(lang)), context_for(lang))
    cells = shown.table
    assert not cells["incident_count"].between(1, 2).any()
    # 116 country-years have one or two of the 362 incidents (counted in the raw file)
    assert int((cells["state"] == "withheld").sum()) == 116
    assert "116" in shown.unknown


def test_bars_without_small_counts_and_words_without_them(records, context_for):
    locked = lock.generalise(records)
    counts = overview.count_by_year(locked["incidents"], "evidence_grade")
    whole = figures.by_year(counts, context_for())
    shown = suppress(whole, context_for())
    assert whole.table["incident_count"].between(1, 2).any()
    assert not shown.table["incident_count"].between(1, 2).any()
    assert shown.n == whole.n
    assert "not shown" in shown.unknown


def test_a_figure_without_small_counts_is_the_same(records, context_for):
    spec = figures.evidence(overview.count_by(records["incidents"], "evidence_grade"), context_for())
    assert suppress(spec, context_for()) is spec
