"""The key of a chart: every series that is drawn is named in it, as it is drawn."""

import plotly.graph_objects as go

from dashboard.figures.keys import keys
from dashboard.figures.palette import LIGHT


def key_of(*traces: dict, **layout: object) -> str:
    return keys(go.Figure({"data": list(traces), "layout": layout}, _validate=False), LIGHT)


def bar(name: str, **more: object) -> dict:
    return {"type": "bar", "name": name, "marker": {"color": "#0b5c8a", "line": {"color": "#0b4f78"}}} | more


def test_every_series_is_named_in_the_order_it_is_drawn():
    said = key_of(bar("Seized & sold"), bar("Unknown"))
    assert said.index("Seized &amp; sold") < said.index("Unknown")
    assert said.count("<li>") == 2


def test_one_series_needs_no_key_unless_the_drawer_asks_for_it():
    assert key_of(bar("Incidents")) == ""
    assert key_of(bar("Incidents", showlegend=True)).count("<li>") == 1


def test_what_a_drawer_keeps_out_of_the_key_stays_out():
    assert key_of(bar("One"), bar("Two"), bar("Band", showlegend=False)).count("<li>") == 2
    assert key_of(bar("One"), bar("Two"), showlegend=False) == ""


def test_a_pattern_and_a_shape_are_seen_in_the_key_too():
    hatched = bar("Unknown") | {"marker": {"color": "#ffffff", "pattern": {"shape": "/", "fgcolor": "#6a7985"}}}
    open_square = {"type": "scatter", "mode": "markers", "name": "Recorded", "marker": {"symbol": "square-open"}}
    said = key_of(hatched, open_square)
    assert "repeating-linear-gradient(135deg, #6a7985" in said
    assert "background:transparent" in said


def test_cells_that_deepen_with_their_counts_show_their_shades_from_few_to_many():
    shades = [ink.fill for _, ink in LIGHT.depths]
    cells = bar("Reported") | {"marker": {"color": [shades[4], shades[1], shades[1]], "line": {"color": ["a"] * 3}}}
    said = key_of(cells, bar("Nil"))
    assert f"{shades[1]} 0% 50%, {shades[4]} 50% 100%" in said
    assert "Reported: 1, ≥\u00a06</li>" in said


def test_shades_say_from_how_many_records_on_they_are_drawn():
    shades = [ink.fill for _, ink in LIGHT.depths]  # from 0, 1, 2, 3 and 6 on
    cells = bar("Reported") | {"marker": {"color": shades[1:], "line": {"color": ["a"] * 4}}}
    assert "Reported: 1, 2, 3–5, ≥\u00a06</li>" in key_of(cells, bar("Nil"))


def test_a_series_of_cells_that_is_empty_keeps_its_place():
    assert key_of(bar("Reported") | {"marker": {"color": [], "line": {"color": []}}}, bar("Nil")).count("<li>") == 2
