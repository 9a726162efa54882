"""Every figure of every page leaves in every format that is quick to make, whatever its kind."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.figures.export import FORMATS, export

ROOT = Path(__file__).parents[2]
PAGES = ["overview", "extent", "justice", "law", "detection", "data", "about"]
QUICK = [fmt for fmt in FORMATS if fmt != "png"]


@pytest.mark.parametrize("page", PAGES)
def test_no_figure_of_a_page_stays_behind(monkeypatch, page):
    from dashboard.ui import exports

    specs = {}
    monkeypatch.setattr(exports, "menu", lambda spec, _: specs.setdefault(spec.id, spec))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["lang"] = "ru"
    app.run()
    if page != "overview":
        specs.clear()
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not app.exception
    assert specs
    for spec in specs.values():
        for fmt in QUICK:
            assert len(export(spec, fmt)) > 300, (spec.id, fmt)
