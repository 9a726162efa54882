"""What one reader's question cost is not paid again by the next, and never answers another question."""

import gc
from dataclasses import replace
from weakref import ref

import pytest

from dashboard.figures import catalogue
from dashboard.figures.answers import Answers
from dashboard.figures.catalogue_detection import DETECTION
from dashboard.figures.material import material
from dashboard.figures.plotly import draw
from dashboard.figures.style import style


def test_the_least_asked_answer_goes_first():
    answers, asked = Answers(2), []

    def ask(question: str) -> str:
        return answers.get(question, lambda: asked.append(question) or question.upper())

    assert [ask(q) for q in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert asked == ["a", "b", "c", "b"]


def test_readers_of_the_same_view_share_its_figures_and_others_do_not(material_for):
    first = material_for("en", countries=("KGZ",))

    def seen_by(**differs):
        context = replace(first.context, **differs)
        return catalogue.figure("outcomes", material(first.records, first.package, context, first.answers))

    spec = catalogue.figure("outcomes", first)
    assert seen_by() is spec
    assert (spec.n, spec.passport.filters) == (21, "Countries: Kyrgyzstan")
    for differs in (
        {"link": "http://elsewhere/?lang=en"},
        {"is_presenting": True},
        {"is_dark": True},
        {"is_locked": True},
        {"as_of": "2020-01-01"},
        {"view": {"colour": ("outcome",)}},
    ):
        assert seen_by(**differs) is not spec
    everywhere = seen_by(selection=replace(first.context.selection, countries=()))
    assert (everywhere.n, everywhere.passport.filters) == (362, "All records")


@pytest.mark.parametrize("name", ["coverage", "justice-by-country", "law-matrix"])
def test_a_chart_that_is_handed_over_twice_is_drawn_once(material_for, name):
    # plotly.js compares two equal copies by identity: a template counts as changed, data without a revision too
    layout = draw(catalogue.figure(name, material_for("en")), style(is_dark=False, is_presenting=False)).layout
    assert (layout.template.to_plotly_json(), layout.datarevision) == ({}, 1)


def test_of_large_answers_fewer_are_kept():
    answers, asked = Answers(most=9, few=1), []

    def ask(question: str) -> str:
        return answers.get(question, lambda: asked.append(question) or question.upper(), is_large=True)

    assert [ask(q) for q in ("a", "a", "b", "a")] == ["A", "A", "B", "A"]
    assert asked == ["a", "b", "a"]


def test_detection_keeps_no_records_for_the_next_reader(material_for):
    first = material_for("en", countries=("KGZ",))
    for name in DETECTION:
        catalogue.figure(name, first)
    (given,) = [one for (question, *_), one in first.here.items() if question == "histories"]
    assert len(given.incidents) == 27  # what a selection holds may be a million rows
    alive = ref(given.incidents)
    del given
    first.here.clear()
    gc.collect()
    assert alive() is None
