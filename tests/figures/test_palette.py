"""Colours stay apart for everybody: what stands side by side, under each common colour-vision deficiency."""

import warnings
from itertools import combinations

import numpy as np
import pytest

from dashboard.figures import detection, justice_parts, law_words, plotly_detection, plotly_justice
from dashboard.figures.meanings import MEANINGS
from dashboard.figures.palette import DARK, LIGHT, Meaning

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # written before numpy 2
    from colorspacious import cspace_convert, deltaE

# CAM02-UCS: 1 is just noticeable to one who looks for it (Luo, Cui & Li 2006); patches apart on a projector need more.
APART = 12
READABLE = 3.0  # WCAG 2.1, 1.4.11 and 1.4.3 for large text: the numbers on a fill are set large
DEFICIENCIES = {"none": None, "deuteranopia": "deuteranomaly", "protanopia": "protanomaly", "tritanopia": "tritanomaly"}
BESIDE = {
    **{codes: tuple(dict.fromkeys(found.values())) for codes, found in MEANINGS.items()},
    "steps": tuple(justice_parts.STATUSES.values()),
    "last step": (*justice_parts.OUTCOMES.values(), Meaning.UNKNOWN),
    "law": tuple(law_words.STATUSES.values()),
    "zones": tuple(detection.ZONES.values()),
    "somebody looked": tuple(meaning for _, meaning in detection.STATES.values()),
    "terms and tiers": (Meaning.LAW, Meaning.RECORD, Meaning.CORROBORATED, Meaning.COURT, Meaning.OPEN),
    "from and to": (Meaning.PREY, Meaning.OFFICIAL),
    "districts of the lesson": (Meaning.RECORD, Meaning.UNKNOWN, Meaning.ABSENT),
}
LINES = (Meaning.RECORD, Meaning.OCCURRENCE, Meaning.DETECTION, Meaning.TRUTH)


def rgb(colour):
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255


def seen(colour, deficiency):
    if deficiency is None:
        return rgb(colour)
    space = {"name": "sRGB1+CVD", "cvd_type": deficiency, "severity": 100}
    return np.clip(cspace_convert(rgb(colour), space, "sRGB1"), 0, 1)


def distance(one, other, deficiency):
    return float(deltaE(seen(one, deficiency), seen(other, deficiency), input_space="sRGB1"))


def contrast(one, other):
    linear = [np.where(c <= 0.03928, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) for c in (rgb(one), rgb(other))]
    low, high = sorted(float(c @ [0.2126, 0.7152, 0.0722]) for c in linear)
    return (high + 0.05) / (low + 0.05)


def test_red_and_green_of_equal_lightness_are_not_apart_for_a_deuteranope():
    assert distance("#c8463c", "#7d7d28", None) > 30
    assert distance("#c8463c", "#7d7d28", "deuteranomaly") < APART


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("beside", BESIDE)
def test_fills_side_by_side_stay_apart_or_differ_by_pattern(beside, palette):
    near = [
        (one.value, other.value, name, round(found, 1))
        for one, other in combinations(BESIDE[beside], 2)
        if palette.inks[one].pattern == palette.inks[other].pattern
        for name, deficiency in DEFICIENCIES.items()
        if (found := distance(palette.inks[one].fill, palette.inks[other].fill, deficiency)) < APART
    ]
    assert near == []


def test_lines_differ_by_mark_or_dash_whatever_their_colour():
    assert len({plotly_detection.SYMBOLS[meaning] for meaning in LINES}) == len(LINES)
    assert len(set(plotly_justice.DASHES.values())) == len(plotly_justice.DASHES)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_number_on_a_fill_can_be_read(palette):
    inks = {meaning.value: ink for meaning, ink in palette.inks.items()}
    assert {
        name: round(contrast(i.fill, i.text), 1) for name, i in inks.items() if contrast(i.fill, i.text) < READABLE
    } == {}
