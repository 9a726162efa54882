"""Behind the lock no figure holds a count of one or two, nor what would give one away."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis import lock, overview
from dashboard.figures import overview as figures
from dashboard.figures.spec import Kind, columns
from dashboard.figures.suppress import hushed, sentence, small, suppress
from dashboard.i18n.discreet import discreet


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


def test_a_number_that_leaves_one_or_two_of_all_is_not_told():
    assert hushed("what became of 19 of 21 incidents", 21) == "what became of >18 of 21 incidents"
    assert (
        hushed("the day of 18 incidents in 2021; 1,360 kg; 20%", 21) == "the day of 18 incidents in 2021; 1,360 kg; 20%"
    )
    assert sentence("Of 21 incidents none; of 20 nothing is known.") == "Of 21 incidents none; of >18 nothing is known."
    assert sentence("On 2 topics a leg is not known. 4 incidents are on record.").startswith("On 2 topics")


@pytest.mark.parametrize(
    ("lang", "two", "five"), [("en", "final outcome of <3 incidents", "final outcome of 5 incidents"),
                              ("ru", "исход <3 инцидентов", "исход 5 инцидентов")]
)  # fmt: skip
def test_a_sentence_does_not_tell_two_incidents_and_declines_as_it_must(lang, two, five):
    t = discreet(lang)
    said = [t.n("final outcome of {n} incident", "final outcome of {n} incidents", n) for n in (2, 5)]
    assert [words[-len(end) :] for words, end in zip(said, (two, five), strict=True)] == [two, five]
    assert t.n("{n} topic", "{n} topics", 2).startswith("2 ")
    assert t("{n} of {all}", n=t.number(20), all=t.number(22)).startswith(">19 ")


def test_tables_of_text_and_terms_of_few_courts_lose_their_small_numbers(records, context_for):
    table = pd.DataFrame({"taxon": ["a", "b"], "incident_count": [2, 7]})
    spec = figures.evidence(overview.count_by(records["incidents"], "evidence_grade"), context_for())
    as_table = suppress(replace(spec, kind=Kind.TABLE, table=table), context_for())
    assert as_table.table["incident_count"].to_list() == ["<3", 7]
    given_terms = pd.DataFrame({"row": ["KGZ"] * 2 + ["RUS"] * 3, "series": ["custodial"] * 5, "months": range(5)})
    terms = replace(spec, kind=Kind.TERMS, table=given_terms, columns=columns(("row", "r"), ("months", "m")))
    assert set(suppress(terms, context_for()).table["row"]) == {"RUS"}
