"""What the room says, and never what one person says. Expected values are counted by hand."""

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis import scoring
from dashboard.analysis.scoring import ALL_OTHER
from dashboard.domain.room import Score
from dashboard.domain.workshop import ROLES, SMALLEST_CELL


def scores(*values: int, role: str = "customs", round: int = 1, country: str = "KGZ", item: str = "o1") -> list[Score]:  # noqa: A002
    return [Score(round, country, role, item, value) for value in values]


def test_distribution_and_median():
    found = scoring.result("o1", "KGZ", 1, scores(0, 1, 1, 3), {})
    assert (found.n, found.counts, found.middle) == (4, (1, 2, 0, 1), 1.0)


def test_an_even_number_of_answers_may_have_a_median_between_two_steps():
    assert scoring.result("o1", "KGZ", 1, scores(0, 1, 2, 3), {}).middle == 1.5


@pytest.mark.parametrize("values", [(), (2,), (2, 3)])
def test_below_three_answers_only_their_number_is_told(values):
    found = scoring.result("o1", "KGZ", 1, scores(*values), {})
    assert (found.n, found.counts, found.middle, found.spread, found.value) == (len(values), (), None, None, None)


def test_other_countries_items_and_rounds_do_not_count():
    other = scores(3, 3, 3, country="MNG") + scores(3, 3, 3, item="o2") + scores(3, 3, 3, round=2)
    assert scoring.result("o1", "KGZ", 1, scores(0, 0, 0) + other, {}).counts == (3, 0, 0, 0)


def test_the_change_is_measured_from_what_was_agreed_last_time_else_from_the_median():
    both = scores(0, 1, 2) + scores(2, 2, 3, round=2)
    assert scoring.result("o1", "KGZ", 2, both, {}).change == 1.0  # 2 - 1
    assert scoring.result("o1", "KGZ", 2, both, {(1, "KGZ", "o1"): 0}).change == 2.0
    assert scoring.result("o1", "KGZ", 2, both, {(1, "KGZ", "o1"): 0, (2, "KGZ", "o1"): 3}).change == 3.0
    assert scoring.result("o1", "KGZ", 1, both, {}).change is None


def test_a_round_with_two_answers_is_no_last_time():
    rounds = scores(0, 0, 0) + scores(3, 3, round=2) + scores(1, 1, 1, round=3)
    assert scoring.result("o1", "KGZ", 3, rounds, {}).change == 1.0


def test_agencies_with_three_answers_are_shown_and_the_rest_together():
    answers = scores(0, 1, 2) + scores(3, 3, 3, role="police") + scores(1, role="court") + scores(2, 2, role="ngo")
    assert scoring.spread(answers) == {"customs": (1.0, 3), "police": (3.0, 3), ALL_OTHER: (2.0, 3)}


def test_one_judge_beside_customs_cannot_be_worked_out_from_the_total():
    # all other would be the judge alone: the customs join, and nothing is broken down
    assert scoring.spread(scores(0, 1, 2) + scores(3, role="court")) == {ALL_OTHER: (1.5, 4)}


@given(st.lists(st.tuples(st.sampled_from(ROLES), st.integers(0, 3)), max_size=40))
def test_no_part_of_the_spread_stands_for_fewer_than_three_people(answers):
    given_ = [Score(1, "KGZ", role, "o1", value) for role, value in answers]
    shown = scoring.spread(given_)
    assert all(n >= SMALLEST_CELL for _, n in shown.values())
    told = sum(n for _, n in shown.values())
    assert told == len(given_) or (told == 0 and len(given_) < SMALLEST_CELL)


def provisions(*rows: tuple[str, str, str]):
    table = pd.DataFrame(rows, columns=["country", "provision_topic", "status"]).assign(confidence="high")
    return nw.from_native(table).lazy()


def test_the_law_says_how_many_topics_stand_how_with_the_strongest_provision_of_each():
    table = provisions(
        ("KGZ", "killing_penalty", "partial"), ("KGZ", "killing_penalty", "yes"), ("KGZ", "trade_penalty", "no"),
        ("KGZ", "protected_species_listing", "partial"), ("MNG", "import_export_penalty", "yes"),
    )  # fmt: skip
    said = scoring.law_says(table, "KGZ")
    assert said["o5"] == {"yes": 1, "partial": 1, "no": 1, "unknown": 1}
    assert said["i24"] == {"unknown": 1}  # no row is not "no law"
    assert "o1" not in said


def test_every_topic_of_the_law_is_one_of_the_matrix(loaded):
    vocabulary = loaded.tables["vocabulary"]
    topics = set(vocabulary.loc[vocabulary["list"] == "provision_topic", "code"])
    assert {topic for topics_ in scoring.TOPICS_OF.values() for topic in topics_} <= topics
    assert set(scoring.TOPICS_OF) <= set(loaded.tables["assessment"]["item"])


def test_the_shipped_form_has_eight_outcomes_and_the_twenty_items_of_the_short_form(loaded):
    form = loaded.tables["assessment"]
    short = form[form["kind"] == "item"]
    numbers = [1, 2, 3, 4, 5, 9, 14, 18, 20, 22, 24, 26, 27, 33, 34, 37, 40, 42, 43, 48]  # legal notes, section 2.2
    assert form[form["kind"] == "outcome"]["outcome"].astype(int).to_list() == list(range(1, 9))
    assert short["indicator"].astype(int).to_list() == numbers
    assert set(form["wording"]) == {"ours"}
