"""The room of the names beside the axes, against what Plotly finds in Chromium; tests/browser looks at every chart."""

import pytest

from dashboard.figures.margins import margins

PLAIN = {"font": {"size": 14}, "barmode": "stack"}
WIDE = 76  # pixels: "Kyrgyzstan" is 5.36 em in Inter, here of 14, and half a pixel is left at each side of a line


def bars(x, y, **more):
    return {"type": "bar", "x": x, "y": y, **more}


def test_names_down_take_their_width():
    named = {"ticktext": ["China", "Kyrgyzstan"], "tickvals": [0, 1]}
    layout = {**PLAIN, "xaxis": {"visible": False}, "yaxis": named}
    assert margins([bars([1], [0])], layout) == {"l": WIDE, "r": 0, "t": 8, "b": 0}
    assert margins([bars([1], [0])], {**layout, "yaxis": {**named, "tickfont": {"size": 28}}})["l"] == 151
    assert margins([bars([1], [0])], {**layout, "yaxis": {**named, "ticklabelstandoff": 6}})["l"] == WIDE + 6


def test_names_to_the_right_take_room_there_and_none_above():
    layout = {
        **PLAIN,
        "xaxis": {},
        "yaxis": {"visible": False},
        "yaxis2": {"side": "right", "ticktext": ["Kyrgyzstan"]},
    }
    assert margins([bars([1], [0])], layout) == {"l": 0, "r": WIDE, "t": 0, "b": 18}


@pytest.mark.parametrize(
    ("axis", "below"),
    [
        ({}, 18),  # 0.5 + 1.24 * 14
        ({"title": {"text": "Year", "standoff": 10, "font": {"size": 14}}}, 38),  # and 10 + 0.7 * 14
        ({"ticks": "outside"}, 26),  # and 5 + 14 / 5
        ({"ticktext": ["1<br>2"]}, 36),  # and another line, 1.3 * 14
        ({"type": "date", "tickformat": "%b\n%Y"}, 36),
    ],
)
def test_numbers_below_take_their_height(axis, below):
    layout = {**PLAIN, "xaxis": axis, "yaxis": {"visible": False}}
    assert margins([bars([2019], [1])], layout)["b"] == below


def test_names_above():
    named = {"side": "top", "ticktext": ["Kyrgyzstan"]}
    layout = {**PLAIN, "xaxis": named, "yaxis": {"visible": False}}
    assert margins([], layout)["t"] == 17  # 0.5 + 1.2 * 14
    slanted = {**layout, "xaxis": {**named, "tickangle": -90}}
    assert margins([], slanted)["t"] == 82  # 0.5 + 75 + 0.2 * 14 + 4


def test_a_number_is_as_long_as_that_of_the_highest_stack():
    layout = {**PLAIN, "xaxis": {"visible": False}, "yaxis": {}}
    short = margins([bars([2019, 2020], [60, 1]), bars([2019], [30])], layout)["l"]
    long = margins([bars([2019, 2020], [60, 1]), bars([2019], [40])], layout)["l"]
    assert (short, long) == (19, 28)  # two and three figures of 0.65 em
    assert margins([bars([2019], [60]), bars([2019], [40])], {**layout, "barmode": "overlay"})["l"] == short
    assert margins([bars([2019], [90], error_y={"array": [9]})], layout)["l"] == long


def test_categories_are_their_own_names_and_bold_is_wider():
    layout = {**PLAIN, "xaxis": {"visible": False}, "yaxis": {"ticksuffix": " "}}
    plain = margins([bars([1], ["China<br>missing 12"])], layout)["l"]
    assert margins([bars([1], ["China<br><b>missing 12</b>"])], layout)["l"] > plain


def test_what_a_chart_asks_for_stays():
    layout = {**PLAIN, "xaxis": {"visible": False}, "yaxis": {"visible": False}, "margin": {"r": 24, "b": 24}}
    assert margins([], layout) == {"l": 0, "r": 24, "t": 0, "b": 24}
