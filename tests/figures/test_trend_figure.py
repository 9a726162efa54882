"""The relative index is drawn against its base year, and a refusal says what would lift it."""

import numpy as np
import pandas as pd
import pytest

from dashboard.analysis.index import trend_index
from dashboard.figures import trend
from dashboard.figures.plotly import draw
from dashboard.figures.spec import Kind
from dashboard.figures.style import style


@pytest.fixture(scope="module")
def counts() -> pd.DataFrame:
    """Eight countries and ten years of made-up counts, with what each country did about enforcement and reporting."""
    rng = np.random.default_rng(4)
    rows = [(f"c{k}", 2010 + t, rng.poisson(30), rng.normal(), rng.normal()) for k in range(8) for t in range(10)]
    return pd.DataFrame(rows, columns=["country", "year", "count", "seized", "reporting"])


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_index_is_a_band_around_the_base_of_a_hundred_and_never_a_percentage(context_for, counts, lang):
    found = trend_index(counts, "seized", "reporting")
    spec = trend.index(found, context_for(lang))
    assert (spec.kind, spec.n) == (Kind.BANDS, int(counts["count"].sum()))
    drawn = draw(spec, style(is_dark=False, is_presenting=False))
    band, line, base = drawn.data
    assert list(line.y) == pytest.approx(found.table["estimate"].to_list())
    assert line.y[0] == 100
    assert set(base.y) == {100}
    assert len(band.y) == 2 * len(line.y)
    assert ".0%" not in line.hovertemplate
    assert drawn.layout.yaxis.ticktext is None
    assert "2010" in drawn.layout.yaxis.title.text


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_without_measures_of_enforcement_the_refusal_stands_in_the_place_of_the_chart(context_for, counts, lang):
    found = trend_index(counts)
    spec = trend.index(found, context_for(lang))
    assert spec.kind is Kind.TABLE
    assert len(spec.table) == len(found.reasons) == 2  # neither enforcement nor reporting was measured
    assert (spec.table["lifts"].str.len() > 10).all()
    assert spec.n == 0
