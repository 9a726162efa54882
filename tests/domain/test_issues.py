"""Problems in a file are values."""

import itertools
from dataclasses import FrozenInstanceError

import pytest

from dashboard.domain.fields import Field, Table
from dashboard.domain.issues import Code, Issue, Severity
from dashboard.ingest.check import check, has_errors
from dashboard.ingest.read import read


def test_an_issue_is_an_error_unless_it_says_otherwise():
    assert Issue(Code.REQUIRED, "f.csv").severity is Severity.ERROR


def test_equal_issues_are_one_issue_in_a_set():
    issue = Issue(Code.REQUIRED, "f.csv", "place", (2, 3))
    assert (
        len({issue, Issue(Code.REQUIRED, "f.csv", "place", (2, 3)), Issue(Code.REQUIRED, "f.csv", "place", (2,))}) == 2
    )


def test_an_issue_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Issue(Code.REQUIRED, "f.csv").rows = (2,)


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ((), False),
        ((Severity.WARNING,), False),
        ((Severity.WARNING, Severity.ERROR), True),
        ((Severity.ERROR,), True),
    ],
)
def test_only_an_error_stops_an_import(severities, expected):
    assert has_errors(tuple(Issue(Code.REQUIRED, "f.csv", severity=s) for s in severities)) is expected


def test_issues_come_by_row_and_then_by_column_with_the_whole_file_first():
    names = ("b", "a")
    table = Table("t", "T", "row", tuple(Field(name, name, is_required=True, max_length=2) for name in names))
    sheet = read(b"\xef\xbb\xbfb,a,c\nx,xxx,\n,,\nxxxx,x,\n", table, "f.csv")
    assert [(i.code, i.column, i.rows) for i in check(sheet, table, "f.csv", {})] == [
        (Code.BYTE_ORDER_MARK, "", (1,)),
        (Code.EXTRA_COLUMN, "c", (1,)),
        (Code.TOO_LONG, "a", (2,)),
        (Code.REQUIRED, "a", (3,)),
        (Code.REQUIRED, "b", (3,)),
        (Code.TOO_LONG, "b", (4,)),
    ]


def test_the_order_of_issues_does_not_depend_on_the_order_of_columns():
    fields = [Field(name, name, is_required=True) for name in "abc"]
    orders = set()
    for order in itertools.permutations(fields):
        table = Table("t", "T", "row", order)
        issues = check(read(b"a,b,c\n,,\nx,,\n", table, "f.csv"), table, "f.csv", {})
        orders.add(tuple((issue.column, issue.rows) for issue in issues))
    assert orders == {(("a", (2,)), ("b", (2, 3)), ("c", (2, 3)))}


def test_codes_are_their_own_names():
    assert {code.name.lower() for code in Code} == {code.value for code in Code}
