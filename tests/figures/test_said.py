"""What was said in one language can be said again in the other."""

import json
import pickle

import pandas as pd
import pytest

from dashboard.analysis.overview import Headline
from dashboard.figures import sentences
from dashboard.i18n.said import Said, again


@pytest.fixture
def russian(context_for):
    return context_for("ru")


def test_a_headline_with_plurals_and_numbers_inside_is_said_again(context_for, russian):
    known = Headline(1362, 12, 15, 1993, 2026, 55, 54)
    english, _ = sentences.headline(known, context_for("en"))
    expected, _ = sentences.headline(known, russian)
    assert english == "1,362 incidents are on record; of 1,307 no final outcome is known."
    assert again(english, russian.t, russian.labels) == expected
    assert again(expected, context_for("en").t, context_for("en").labels) == english


def test_names_dates_shares_and_lists_are_said_again(context_for, russian):
    t, labels = context_for("en").t, context_for("en").labels
    said = t(
        "{texts}; {votes}.",
        texts=t.list([labels("country", "KGZ"), labels("country", "MNG"), t.number(1.5)]),
        votes=t("{country}: how people in the room score the response", country=t.date("2027-03")),
    )
    expected = "Кыргызстан, Монголия и 1,5; март 2027: как участники оценивают принимаемые меры."
    assert again(said, russian.t, russian.labels) == expected
    assert again(t.percent(0.5), russian.t, russian.labels) == russian.t.percent(0.5)


@pytest.mark.parametrize("by_hand", ["plain", ""])
def test_what_was_put_together_by_hand_is_not_guessed_at(russian, by_hand):
    assert again(by_hand, russian.t, russian.labels) is None
    assert again(russian.t("All") + by_hand + "!", russian.t, russian.labels) is None


def test_everywhere_else_it_is_an_ordinary_text(context_for):
    said = context_for("en").t("All")
    assert isinstance(said, Said)
    assert (said, hash(said), json.dumps(said)) == ("All", hash("All"), '"All"')
    assert type(pickle.loads(pickle.dumps(said))) is str  # noqa: S301
    assert pd.Series([said]).dtype == pd.Series(["All"]).dtype
