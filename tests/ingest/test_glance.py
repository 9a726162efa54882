"""What passes at a glance in a column of many values would pass one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.tables.record_sheet import RECORD_SHEET
from dashboard.ingest import check

LETTERS = "AZ09-+.,;=@ \t\r\n\0éЖ٣/:h"  # with a digit that is no ASCII one, and the end of a line
FIELDS = [field for field in RECORD_SHEET.fields if not field.codes]
TYPICAL = [
    "", "12", "-3.5", "1e5", "12.", "PUB-0001", "PUB-0001-2", "PUB-1\n", "KGZ; TJK", "KGZ;TJK", "95", "-95", "9" * 40,
    "x" * 600,
]  # fmt: skip


@given(values=st.lists(st.text(LETTERS, max_size=12) | st.sampled_from(TYPICAL), max_size=30))
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_nothing_wrong_passes_at_a_glance(field, values):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "MANY", 0)
        doubtful = set(check._doubtful(values, field))
    wrong = {value for value in values if value and check.value_problem(value, field, {})}
    assert wrong <= doubtful


def test_most_sound_values_do_pass_at_a_glance(monkeypatch):
    monkeypatch.setattr(check, "MANY", 0)
    fields = RECORD_SHEET.by_name
    for name, value in (
        ("lat", "41.43"),
        ("quantity", "12"),
        ("incident_id", "PUB-0045-2"),
        ("place", "Нарын (город)"),
    ):
        assert check._doubtful([value], fields[name]) == []
