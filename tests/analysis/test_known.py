"""From known to likely: published figures, and arithmetic on them."""

import pytest

from dashboard.analysis.known import implied, published
from dashboard.store.records import records as wrap


@pytest.fixture
def known(loaded):
    return published(wrap(loaded.tables, loaded.data_version))


def test_the_published_figures_are_those_of_the_sources(known):  # TRAFFIC 2016, An Ounce of Prevention
    assert (known.low, known.high) == (221, 450)
    assert known.detection_below == 0.38
    assert (known.first_year, known.last_year) == (2008, 2016)
    assert known.url.startswith("https://")
    assert known.detection_url.startswith("https://")


@pytest.mark.parametrize(("share", "low", "high"), [(0.38, 581.6, 1184.2), (0.10, 2210, 4500), (1, 221, 450)])
def test_the_implied_range_is_the_known_one_over_the_assumed_share(known, share, low, high):
    assert implied(known, share) == pytest.approx((low, high), abs=0.05)


@pytest.mark.parametrize("share", [0, -0.1, 1.01])
def test_a_share_that_is_none_is_an_error(known, share):
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        implied(known, share)


def test_without_the_figures_there_is_nothing_to_imply(loaded):
    tables = dict(loaded.tables)
    tables["justice_statistics"] = tables["justice_statistics"].iloc[:0]
    assert published(wrap(tables, "none")) is None
