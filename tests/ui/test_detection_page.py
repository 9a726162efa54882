"""The detection page without a browser: every part opens, and refusals are the first thing said."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "app.py")


def open_page(**params: str | list[str]) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"lang": "en", **params})
    app.run()
    app.switch_page("pages/detection.py").run()
    assert not app.exception
    return app


def html_of(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({}, "These records cannot tell."),
        ({"looked": "nil_returns"}, "nothing says where and when somebody looked"),
        ({"looked": "calendar", "certainty": "any"}, "all 5 designs are refused. The best has 4 repeats"),
        ({"country": "KGZ"}, "Countries: Kyrgyzstan"),
        ({"taxon": "panthera_pardus"}, "Leopard: all 5 designs are refused."),
        ({"part": "lesson"}, "Records doubled. Crime stayed the same."),
        ({"part": "experts"}, "If 38% of killings come to be known"),
        ({"part": "months"}, "cannot be said"),
        ({"part": "months", "months": "example"}, "on record so far"),
        ({"part": "own"}, "One row per visit"),
        ({"part": "own", "histories": "plenty"}, "The crime occurred in"),
        ({"part": "own", "histories": "little"}, "The model declines to answer."),
    ],
)
def test_every_part_opens_and_says_what_matters_first(params, said):
    assert said in html_of(open_page(**params))


def test_a_simulation_is_always_labelled():
    for params in ({"part": "lesson"}, {"part": "own", "histories": "scarce"}, {"part": "months", "months": "example"}):
        assert "Simulation: this is not data" in html_of(open_page(**params))
    assert "Simulation" not in html_of(open_page())


def test_a_refused_fit_draws_no_number():
    app = open_page(part="own", histories="little")
    assert "Occurrence and detection, side by side" not in html_of(app)
    assert len(app.get("plotly_chart")) == 0
