"""The minutes hold what was said, in both languages and both formats."""

import io

import pandas as pd
import pytest
from docx import Document

from dashboard.analysis.scoring import Result
from dashboard.domain.room import Action, Contribution
from dashboard.figures import scoring as figures
from dashboard.reports import minutes as report
from dashboard.reports.minutes import Minutes, Part

TEXT = 'Нет экспертизы #"][*_`$\\ <script> на границе'


def minutes(context) -> Minutes:
    scores = figures.scores(
        [Result("o1", 5, (1, 2, 0, 2), 1.0, {"customs": (1.0, 3)}, 2, 1.0), Result("o2", 2)],
        {"o1": "First statement", "o2": "Second statement"},
        {"o1": {"yes": 1}},
        "KGZ",
        context,
        is_official=False,
    )
    dots = figures.priorities([Contribution("a", "law", "issue", (TEXT, "same"), 7)], 3, context)
    action = Action(
        "a", {"action": "Train dogs", "status": "done", "deadline": "2027-03"}, 1, "2026-11-24T10:00:00+00:00"
    )
    parts = [Part("Scores", ["A line."], [scores]), Part("Priorities", [], [dots, figures.ledger([action], context)])]
    return Minutes("Minutes", ["opening"], parts, context.lang)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_word_holds_every_number_and_every_text_as_it_was_written(context_for, lang):
    context = context_for(lang)
    document = Document(io.BytesIO(report.word(minutes(context), context)))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"First statement", "Second statement", f"{TEXT} / same", "7", "Train dogs", "5"} <= cells
    assert len(document.inline_shapes) == 2
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert figures.wording(context, is_official=False) in said
    assert "A line." in said


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_pdf_is_made_whatever_people_write(context_for, lang):
    context = context_for(lang)
    made = report.pdf(minutes(context), context)
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made  # tagged, for those who hear it


def test_two_answers_are_not_broken_down_in_the_drawing_or_the_table(context_for):
    data = report._as_data(minutes(context_for()), context_for())
    second = data["figures"][0]["bars"][1]
    assert (second["answers"], second["none"]) == ([0, 0, 0, 0], "n < 3")
    assert isinstance(data["figures"][0]["rows"], list)
    assert pd.Series(data["figures"][0]["rows"][1]).isin(["", "2", "Second statement"]).all()
