"""A reader's own histories: what is read, and every problem with its row and column."""

import numpy as np
import pytest

from dashboard.analysis.example import dated, example, template
from dashboard.analysis.occupancy import OccupancyData, occu
from dashboard.domain.issues import Code
from dashboard.ingest.entries import entries
from dashboard.ingest.histories import histories

GOOD = """site,season,visit,detected,hub,rain,patrol
A,2001,1,1,0.5,3,2
A,2001,2,0,0.5,3,4
A,2002,1,,0.5,5,1
B,2001,1,0,-1.5,3,7
B,2002,2,1,-1.5,4,
"""


def read(text):
    return histories(text.encode(), "mine.csv")


def problems(text):
    return [(i.code, i.column, i.rows) for i in read(text).issues]


def test_a_visit_that_is_not_in_the_file_or_empty_is_blank_and_never_zero():
    data = read(GOOD).data
    assert (data["sites"], data["seasons"], data["visits"]) == (["A", "B"], ["2001", "2002"], ["1", "2"])
    expected = [[[1, 0], [np.nan, np.nan]], [[0, np.nan], [np.nan, 1]]]
    assert np.array_equal(data["y"], np.array(expected, dtype=float), equal_nan=True)


def test_a_covariate_belongs_to_the_site_the_season_or_the_visit():
    found = read(GOOD)
    assert found.covariates == {"hub": "site", "rain": "season", "patrol": "visit"}
    assert found.issues == ()
    assert found.data["site_covs"]["hub"].tolist() == [0.5, -1.5]
    assert found.data["season_covs"]["rain"].tolist() == [[3, 5], [3, 4]]
    assert np.isnan(found.data["obs_covs"]["patrol"][1, 1, 1])
    assert OccupancyData(**found.data).shape == (2, 2, 2)


def test_text_is_a_factor_and_numbers_order_seasons():
    found = read("site,season,visit,detected,region\nA,10,1,1,hills\nA,9,1,0,hills\nB,9,1,0,plain\nC,9,1,0,\n")
    assert found.data["seasons"] == ["9", "10"]
    assert found.data["site_covs"]["region"].tolist() == ["hills", "plain", ""]
    assert OccupancyData(**found.data).covariate("region").levels == ("hills", "plain")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (Code.EMPTY_FILE, "", ())),
        ("site,season,visit\nA,1,1\n", (Code.MISSING_COLUMN, "detected", (1,))),
        ("site,season,visit,detected\nA,1,1,2\n", (Code.OUT_OF_RANGE, "detected", (2,))),
        ("site,season,visit,detected\nA,1,1,yes\nA,1,2,yes\n", (Code.NOT_A_NUMBER, "detected", (2, 3))),
        ("site,season,visit,detected\n,1,1,0\n", (Code.REQUIRED, "site", (2,))),
        ("site,season,visit,detected\nA,1,1,0\nA,1,1,1\n", (Code.DUPLICATE_KEY, "site, season, visit", (3,))),
        ("site,season,visit,detected,km to border\nA,1,1,0,5\n", (Code.BAD_PATTERN, "km to border", (1,))),
        ("site,season,visit,detected,channel\nA,1,1,0,5\n", (Code.BAD_PATTERN, "channel", (1,))),
        ("site,season,visit,detected,x\nA,1,1,0,=1+1\n", (Code.FORMULA, "x", (2,))),
        ("site,season,visit,detected\nA,1,1\n", (Code.WRONG_CELL_COUNT, "", (2,))),
        ("site;season;visit;detected\nA;1;1;0\n", (Code.NOT_READABLE, "", (1,))),
    ],
)
def test_every_problem_has_its_row_and_column(text, expected):
    assert expected in problems(text)
    assert read(text).data is None


def test_text_that_is_not_utf8_is_one_clear_issue():
    found = histories("site,season,visit,detected\nОш,1,1,0\n".encode("windows-1251"), "mine.csv")
    assert [(i.code, i.rows, i.found) for i in found.issues] == [(Code.NOT_UTF8, (2,), "Ош")]


def test_all_problems_are_reported_at_once():
    found = problems("site,season,visit,detected\n,1,1,0\nA,1,1,7\n")
    assert {code for code, _, _ in found} == {Code.REQUIRED, Code.OUT_OF_RANGE}


def test_the_order_of_rows_does_not_matter():
    head, *rows = GOOD.splitlines()
    again = read("\n".join([head, *reversed(rows)]) + "\n").data
    assert np.array_equal(again["y"], read(GOOD).data["y"], equal_nan=True)


def test_the_template_and_the_examples_can_be_read():
    assert read(template()).issues == ()
    for amount, status in (("plenty", "ok"), ("scarce", "ok"), ("little", "refused")):
        found = read(example(amount).to_csv(index=False))
        assert found.covariates == {"border_km": "site", "patrol_days": "visit"}
        assert occu(OccupancyData(**found.data)).status == status


def test_two_dates_a_record_are_read_and_checked():
    good = entries(dated().to_csv(index=False).encode(), "dates.csv")
    assert good.issues == ()
    assert len(good.dates) > 400
    bad = b"came_to_light_on,entered_on\n2025-03,2025-04-01\n2025-03-02,2025-03-01\n2025-02-30,\n"
    found = [(i.code, i.column, i.rows) for i in entries(bad, "dates.csv").issues]
    assert (Code.BAD_PATTERN, "came_to_light_on", (2,)) in found
    assert (Code.NOT_A_DATE, "came_to_light_on", (4,)) in found
    assert (Code.REQUIRED, "entered_on", (4,)) in found
    early = entries(b"came_to_light_on,entered_on\n2025-03-02,2025-03-01\n", "dates.csv")
    assert [(i.code, i.column, i.rows) for i in early.issues] == [(Code.OUT_OF_RANGE, "entered_on", (2,))]
    assert early.dates is None
