"""Faults planted in copies of the raw files: each is found once, where it is, and nothing crashes."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from dashboard.domain.issues import Code, Issue, Severity
from dashboard.domain.tables import FILE_TABLES, INCIDENT_SHEET
from dashboard.i18n.problems import sentence
from dashboard.i18n.translator import LANGUAGES, translator
from dashboard.ingest import package
from dashboard.ingest.check import has_errors
from dashboard.ingest.harmonise import harmonise
from dashboard.ingest.package import DATA, load
from dashboard.ingest.read import read

TODAY = date(2026, 11, 22)
SHEET = INCIDENT_SHEET.source_file
WHOLE_FILE = ""

# One incident of one row each, unless said otherwise: a fault in one record must not be able to hide another.
# Record, column, what is planted, what must be found.
CELL_FAULTS = [
    ("PUB-0011", "country", "KYR", Code.UNKNOWN_CODE),  # wrong ISO code
    ("PUB-0025", "date", "2019-02-31", Code.NOT_A_DATE),
    ("PUB-0029", "lon", "200", Code.OUT_OF_RANGE),
    ("PUB-0032", "quantity", "-3", Code.OUT_OF_RANGE),
    ("PUB-0054", "unit", "items; kg", Code.TWO_UNITS),
    ("PUB-0001-3", "incident_id", "PUB-0001-2", Code.DUPLICATE_KEY),
    ("PUB-0001-4", "incident_id", "PUB-9999-2", Code.ORPHAN_SPECIMEN),
    ("PUB-0063", "outcome", "jailed", Code.UNKNOWN_CODE),
    ("PUB-0064", "place", "Кабул".encode("windows-1251").decode("utf-8", "surrogateescape"), Code.NOT_UTF8),
    ("PUB-0073", "evidence", '=HYPERLINK("http://example.org")', Code.FORMULA),
    ("PUB-0082", "evidence", "x" * 100_000, Code.TOO_LONG),
    ("PUB-0094", "agency", "Cust\0oms", Code.NUL_CHARACTER),
    ("PUB-0108", "date_precision", "year", Code.PRECISION_MISMATCH),
    ("PUB-0120", "unit", "", Code.UNIT_WITHOUT_QUANTITY),
    ("PUB-0163", "quantity", "", Code.UNIT_WITHOUT_QUANTITY),
    ("PUB-0242", "date", "2031-01", Code.DATE_IN_FUTURE),
    ("PUB-0154", "lat", "", Code.HALF_A_POSITION),
    ("PUB-0281", "commodity", "ivory", Code.UNKNOWN_CODE),
    ("PUB-0170", "source_title", "", Code.REQUIRED),
    ("PUB-0173", "fine_amount", "a lot", Code.NOT_A_NUMBER),
    ("PUB-0213", "persons_arrested", "1.5", Code.NOT_AN_INTEGER),
    ("PUB-0229", "source_url", "www.example.org", Code.NOT_A_LINK),
    ("PUB-0236", "source_publisher", "The Daily Nowhere", Code.UNKNOWN_NAME),
]
MORE_CELL_FAULTS = [
    ("PUB-0011", "incident_id", "pub 11", Code.BAD_PATTERN),
    ("PUB-0011", "incident_id", "", Code.REQUIRED),
    ("PUB-0011", "date", "31.02.2019", Code.NOT_A_DATE),
    ("PUB-0011", "date", "", Code.REQUIRED),
    ("PUB-0011", "date_precision", "decade", Code.UNKNOWN_CODE),
    ("PUB-0011", "country", "", Code.REQUIRED),
    ("PUB-0011", "country", "DEU", Code.UNKNOWN_CODE),  # a country, but not of the range
    ("PUB-0011", "admin1", "Atlantis", Code.UNKNOWN_NAME),
    ("PUB-0011", "place", "Atlantis", Code.UNKNOWN_NAME),
    ("PUB-0011", "lat", "-90.5", Code.OUT_OF_RANGE),
    ("PUB-0011", "lon", "", Code.HALF_A_POSITION),
    ("PUB-0011", "coord_precision", "village", Code.UNKNOWN_CODE),
    ("PUB-0011", "incident_type", "theft", Code.UNKNOWN_CODE),
    ("PUB-0011", "species_scientific", "Canis familiaris", Code.UNKNOWN_NAME),
    ("PUB-0011", "species_common", "Dog", Code.UNKNOWN_NAME),
    ("PUB-0011", "quantity", "ten", Code.NOT_A_NUMBER),
    ("PUB-0011", "quantity", "1,5", Code.NOT_A_NUMBER),
    ("PUB-0011", "quantity", "1e5", Code.NOT_A_NUMBER),
    ("PUB-0011", "quantity", "nan", Code.NOT_A_NUMBER),
    ("PUB-0011", "quantity", "10000001", Code.OUT_OF_RANGE),
    ("PUB-0011", "unit", "pieces", Code.UNKNOWN_CODE),
    ("PUB-0011", "unit", "items/kg", Code.TWO_UNITS),
    ("PUB-0011", "agency", "Space Police", Code.UNKNOWN_NAME),
    ("PUB-0011", "agency", "@SUM(A1:A9)", Code.FORMULA),
    ("PUB-0011", "transit_origin", "Mars", Code.UNKNOWN_CODE),
    ("PUB-0011", "transit_destination", "XYZ", Code.UNKNOWN_CODE),
    ("PUB-0011", "persons_charged", "-1", Code.OUT_OF_RANGE),
    ("PUB-0011", "persons_convicted", "three", Code.NOT_A_NUMBER),
    ("PUB-0011", "imprisonment_months", "1201", Code.OUT_OF_RANGE),
    ("PUB-0011", "fine_currency", "dollars", Code.TOO_LONG),
    ("PUB-0011", "fine_currency", "usd", Code.BAD_PATTERN),
    ("PUB-0011", "source_publisher", "", Code.REQUIRED),
    ("PUB-0011", "source_date", "2019-13", Code.NOT_A_DATE),
    ("PUB-0011", "source_url", "javascript:alert(1)", Code.NOT_A_LINK),
    ("PUB-0011", "evidence", "a\0b", Code.NUL_CHARACTER),
    ("PUB-0011", "language", "xx", Code.UNKNOWN_CODE),
    ("PUB-0001-2", "country", "CHN", Code.DIFFERS_WITHIN_INCIDENT),
    ("PUB-0001-2", "outcome", "convicted", Code.DIFFERS_WITHIN_INCIDENT),
    ("PUB-0001-2", "date", "1993-08-31", Code.DIFFERS_WITHIN_INCIDENT),
]
# A rule about two cells speaks of one of them, whichever is wrong.
PAIRED = {
    (Code.UNIT_WITHOUT_QUANTITY, "quantity"): "unit",
    (Code.HALF_A_POSITION, "lon"): "lat",
    (Code.UNKNOWN_NAME, "species_scientific"): "species_common",
}
RECORDS_WITH_A_FAULT = [record for record, *_ in CELL_FAULTS]


def places_of(issues):
    """What was found where, without the words."""
    return [(issue.code, issue.file, issue.column, issue.rows) for issue in issues]


def with_line_feed(content: bytes, row: int) -> bytes:
    """End one row (no cell of the raw file holds a line break) with LF instead of CR LF."""
    lines = content.split(b"\r\n")
    return b"\r\n".join(lines[:row]) + b"\n" + b"\r\n".join(lines[row:])


@pytest.fixture
def few_rows(raw_file):
    """The raw file, shortened to the incidents that faults are planted in: quicker to check."""
    kept = {record[:8] for record, *_ in (*CELL_FAULTS, *MORE_CELL_FAULTS)}
    header, *rows = raw_file.rows
    raw_file.rows = [header, *(cells for cells in rows if cells[0][:8] in kept)]
    return raw_file


def test_the_file_is_clean_before_a_fault_is_planted(issues_of, raw_file):
    assert issues_of(raw_file.content()) == ()


def test_thirty_planted_faults_give_thirty_issues_at_the_right_rows(folder, raw_file, open_raw):
    expected = []
    # rows first: their numbers must not move
    short = raw_file.row("PUB-0240")
    del raw_file.rows[short - 1][-1]
    expected.append((Code.WRONG_CELL_COUNT, SHEET, WHOLE_FILE, (short,)))
    rows = {record: raw_file.row(record) for record in RECORDS_WITH_A_FAULT}
    for record, column, value, code in CELL_FAULTS:
        raw_file.put(record, column, value)
        expected.append((code, SHEET, PAIRED.get((code, column), column), (rows[record],)))
    content = with_line_feed(raw_file.content(), row := raw_file.row("PUB-0313"))
    expected.append((Code.MIXED_LINE_ENDS, SHEET, WHOLE_FILE, (row,)))
    (folder / SHEET).write_bytes(b"\xef\xbb\xbf" + content)
    expected.append((Code.BYTE_ORDER_MARK, SHEET, WHOLE_FILE, (1,)))

    treaties = open_raw("raw/treaty_status.csv")
    treaties.without_column("cms_party")
    (folder / "raw" / "treaty_status.csv").write_bytes(treaties.content())
    expected.append((Code.MISSING_COLUMN, "raw/treaty_status.csv", "cms_party", (1,)))
    profiles = open_raw("raw/country_reference.csv")
    profiles.with_column("favourite_animal")
    (folder / "raw" / "country_reference.csv").write_bytes(profiles.content())
    expected.append((Code.EXTRA_COLUMN, "raw/country_reference.csv", "favourite_animal", (1,)))
    flows = open_raw("raw/cites_seized_flows_range_states.csv")
    flows.with_column("group")
    (folder / "raw" / "cites_seized_flows_range_states.csv").write_bytes(flows.content())
    expected.append((Code.REPEATED_COLUMN, "raw/cites_seized_flows_range_states.csv", "group", (1,)))
    (folder / "raw" / "aggregates_public.csv").write_bytes(b"")
    expected.append((Code.EMPTY_FILE, "raw/aggregates_public.csv", WHOLE_FILE, ()))

    found = load(folder, today=TODAY)
    assert len(expected) == 30
    assert sorted(places_of(found.issues)) == sorted(expected)
    assert found.tables == {}


def test_the_records_that_faults_are_planted_in_are_all_different():
    assert len(set(RECORDS_WITH_A_FAULT)) == len(CELL_FAULTS) == 23


@pytest.mark.parametrize(
    ("record", "column", "value", "code"),
    [*CELL_FAULTS, *MORE_CELL_FAULTS],
    ids=lambda value: str(value)[:20].encode("ascii", "replace").decode(),
)
def test_a_fault_in_a_cell_is_one_issue_at_its_row_and_column(issues_of, few_rows, record, column, value, code):
    row = few_rows.put(record, column, value)
    (issue,) = issues_of(few_rows.content())
    assert (issue.code, issue.file, issue.column, issue.rows) == (
        code,
        SHEET,
        PAIRED.get((code, column), column),
        (row,),
    )
    assert issue.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("country", "KYR", Code.UNKNOWN_CODE),
        ("date", "1993-02-31", Code.NOT_A_DATE),
        ("outcome", "jailed", Code.UNKNOWN_CODE),
    ],
)
def test_a_fault_in_the_first_row_of_an_incident_is_not_repeated_for_its_other_rows(
    issues_of, few_rows, column, value, code
):
    row = few_rows.put("PUB-0001", column, value)
    assert places_of(issues_of(few_rows.content())) == [(code, SHEET, column, (row,))]


@pytest.mark.parametrize("column", INCIDENT_SHEET.columns)
def test_a_missing_column_is_one_issue(issues_of, few_rows, column):
    few_rows.without_column(column)
    assert places_of(issues_of(few_rows.content())) == [(Code.MISSING_COLUMN, SHEET, column, (1,))]


def test_a_missing_column_is_not_announced_as_extra_when_it_is_only_misspelt(issues_of, raw_file):
    raw_file.rows[0][raw_file.rows[0].index("agency")] = "Agency"
    assert sorted(places_of(issues_of(raw_file.content()))) == [
        (Code.EXTRA_COLUMN, SHEET, "Agency", (1,)),
        (Code.MISSING_COLUMN, SHEET, "agency", (1,)),
    ]


def test_an_extra_column_is_a_warning_and_lets_the_file_through(issues_of, raw_file):
    raw_file.with_column("favourite_animal")
    issues = issues_of(raw_file.content())
    assert places_of(issues) == [(Code.EXTRA_COLUMN, SHEET, "favourite_animal", (1,))]
    assert not has_errors(issues)


def test_a_repeated_column_is_an_error_because_nobody_knows_which_one_counts(issues_of, raw_file):
    raw_file.with_column("country", "")
    issues = issues_of(raw_file.content())
    assert places_of(issues) == [(Code.REPEATED_COLUMN, SHEET, "country", (1,))]
    assert has_errors(issues)


def test_a_byte_order_mark_is_a_warning_and_lets_the_file_through(issues_of, raw_file):
    issues = issues_of(b"\xef\xbb\xbf" + raw_file.content())
    assert places_of(issues) == [(Code.BYTE_ORDER_MARK, SHEET, WHOLE_FILE, (1,))]
    assert not has_errors(issues)


def test_a_row_that_ends_differently_is_a_warning_at_its_row(issues_of, raw_file):
    issues = issues_of(with_line_feed(raw_file.content(), 200))
    assert places_of(issues) == [(Code.MIXED_LINE_ENDS, SHEET, WHOLE_FILE, (200,))]
    assert not has_errors(issues)


@pytest.mark.parametrize("change", [lambda cells: cells[:-1], lambda cells: [*cells, "x"]], ids=["few", "many"])
def test_a_row_with_too_few_or_too_many_cells_is_one_issue(issues_of, raw_file, change):
    row = raw_file.row("PUB-0240")
    raw_file.rows[row - 1] = change(raw_file.rows[row - 1])
    (issue,) = issues_of(raw_file.content())
    assert (issue.code, issue.rows, issue.expected) == (Code.WRONG_CELL_COUNT, (row,), "31")


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf", b"\r\n", b"  \n \n"], ids=["nothing", "mark", "line", "blank"]
)
def test_an_empty_file_is_said_to_be_empty(issues_of, content):
    issues = [issue for issue in issues_of(content) if issue.severity is Severity.ERROR]
    assert places_of(issues) == [(Code.EMPTY_FILE, SHEET, WHOLE_FILE, ())]


def test_a_file_with_a_header_and_no_rows_is_said_to_be_empty(issues_of, raw_file):
    raw_file.rows = raw_file.rows[:1]
    assert places_of(issues_of(raw_file.content())) == [(Code.EMPTY_FILE, SHEET, WHOLE_FILE, ())]


def test_a_quote_that_is_never_closed_is_one_issue(issues_of, raw_file):
    content = raw_file.content() + b'PUB-0900,"2019'
    assert [issue.code for issue in issues_of(content)] == [Code.NOT_READABLE]


def test_two_rows_without_identifier_are_reported_once_each(issues_of, raw_file):
    rows = (raw_file.put("PUB-0011", "incident_id", ""), raw_file.put("PUB-0029", "incident_id", ""))
    assert places_of(issues_of(raw_file.content())) == [(Code.REQUIRED, SHEET, "incident_id", rows)]


def test_a_value_that_is_wrong_in_many_rows_is_one_issue_with_all_its_rows(issues_of, raw_file):
    rows = tuple(raw_file.put(record, "language", "klingon") for record in ("PUB-0011", "PUB-0029", "PUB-0063"))
    assert places_of(issues_of(raw_file.content())) == [(Code.UNKNOWN_CODE, SHEET, "language", rows)]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("quantity", "١٢", Code.NOT_A_NUMBER),  # Arabic-Indic digits
        ("persons_arrested", "۳", Code.NOT_A_NUMBER),  # Persian digits
        ("date", "۲۰۱۹", Code.NOT_A_DATE),
        ("incident_id", "PUB-٠٠١١", Code.BAD_PATTERN),
    ],
)
def test_digits_of_another_script_are_refused_and_not_let_through_to_crash(issues_of, few_rows, column, value, code):
    row = few_rows.put("PUB-0011", column, value)
    if column == "date":
        few_rows.put("PUB-0011", "date_precision", "year")
    assert places_of(issues_of(few_rows.content())) == [(code, SHEET, column, (row,))]


def test_a_cell_with_only_a_separator_names_no_publisher(issues_of, raw_file):
    row = raw_file.put("PUB-0011", "source_publisher", ";")
    assert [(issue.column, issue.rows) for issue in issues_of(raw_file.content())] == [("source_publisher", (row,))]


def test_persons_on_a_further_row_of_an_incident_are_reported_because_they_would_be_lost(issues_of, raw_file):
    # README_incidents.md: person counts, sentences and fines appear only on the first row.
    row = raw_file.put("PUB-0001-2", "persons_arrested", "7")
    assert [(issue.column, issue.rows) for issue in issues_of(raw_file.content())] == [("persons_arrested", (row,))]


def test_an_unreadable_column_name_is_an_issue_that_can_be_printed(issues_of, raw_file):
    raw_file.with_column("место".encode("windows-1251").decode("utf-8", "surrogateescape"))
    issues = issues_of(raw_file.content())
    assert {issue.rows for issue in issues} == {(1,)}
    assert [sentence(issue, translator("en")).encode("utf-8") for issue in issues]


def test_a_missing_file_is_one_issue_and_no_tables(folder):
    (folder / "reference" / "taxa.csv").unlink()
    found = load(folder, today=TODAY)
    assert places_of(found.issues) == [(Code.FILE_MISSING, "reference/taxa.csv", WHOLE_FILE, ())]
    assert found.tables == {}


@pytest.mark.parametrize("file", [table.source_file for table in FILE_TABLES])
def test_any_file_that_is_empty_is_one_issue_and_no_tables(folder, file):
    (folder / file).write_bytes(b"")
    found = load(folder, today=TODAY)
    assert places_of(found.issues) == [(Code.EMPTY_FILE, file, WHOLE_FILE, ())]
    assert found.tables == {}


@pytest.mark.parametrize("file", ["corrections/incident_sheet.csv", "reference/annotations.csv"])
def test_a_list_of_exceptions_may_hold_nothing_but_its_header(folder, open_raw, file):
    exceptions = open_raw(file)
    exceptions.rows = exceptions.rows[:1]
    (folder / file).write_bytes(exceptions.content())
    found = load(folder, today=TODAY)
    assert found.issues == ()
    assert len(found.tables["incidents"]) == 362


def test_all_rows_of_issues_come_in_the_order_of_the_file(issues_of, raw_file):
    for record, column, value, _ in reversed(CELL_FAULTS):
        raw_file.put(record, column, value)
    firsts = [issue.rows[0] for issue in issues_of(raw_file.content())]
    assert len(firsts) >= len(CELL_FAULTS)
    assert firsts == sorted(firsts)


# Bytes that nobody planned -------------------------------------------------------------------------------------------

SHORT = b"\r\n".join((DATA / SHEET).read_bytes().split(b"\r\n")[:12]) + b"\r\n"
UNPLANNED = settings(
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def survive(issues_of, reference_sheets):
    """Sends bytes along the road: every Issue can be said in both languages, and clean cells become tables."""
    reference = {name: sheet.cells for name, sheet in reference_sheets.items()}

    def send(content: bytes) -> tuple[Issue, ...]:
        issues = issues_of(content)
        lines = content.count(b"\n") + content.count(b"\r") + 1
        for issue in issues:
            assert all(1 <= row <= lines for row in issue.rows)
            assert all(sentence(issue, translator(lang)).encode("utf-8") for lang in LANGUAGES)
        if not has_errors(issues):
            cells = read(content, INCIDENT_SHEET, SHEET).cells
            assert len(harmonise(cells, reference)["specimens"]) == len(cells)
        return issues

    return send


@UNPLANNED
@given(content=st.binary(max_size=400))
@example(content=b"\xff\xfei\0n\0c\0")  # UTF-16, what Excel calls "Unicode text"
def test_any_bytes_give_issues_and_never_a_crash(survive, content):
    assert has_errors(survive(content))


@st.composite
def mutated(draw):
    """The first rows of the raw file with a few pieces cut out, doubled or replaced."""
    content = SHORT
    pieces = st.binary(max_size=8) | st.sampled_from([b'"', b",", b"\r", b"\n", b"\r\n", b";", b"\0", b"\xff"])
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(pieces) + content[at + draw(st.integers(0, 12)) :]
    return content


@UNPLANNED
@given(content=mutated())
def test_real_bytes_with_accidents_give_issues_or_tables_and_never_a_crash(survive, content):
    assert survive(content) is not None


@UNPLANNED
@given(
    record=st.sampled_from([f"PUB-{n:04}" for n in (2, 3, 4, 5, 6, 7)]),
    column=st.sampled_from(INCIDENT_SHEET.columns),
    value=st.text(max_size=12)
    | st.sampled_from(["-0", "00", "+5", "0.0", "2019", "0000", "9999-12-31", "¾", "²", ";"]),
)
@example(record="PUB-0002", column="fine_amount", value="9" * 400)
def test_any_text_in_a_cell_gives_issues_or_tables_and_never_a_crash(survive, open_raw, record, column, value):
    raw = open_raw(SHEET)
    raw.rows = raw.rows[:12]
    raw.put(record, column, value)
    assert survive(raw.content()) is not None


def test_one_unknown_name_is_told_row_by_row_in_order_and_not_where_its_country_is_at_fault(issues_of, raw_file):
    places = {record: (raw_file.row(record),) for record in ("PUB-0011", "PUB-0236", "PUB-0313")}
    for record in ("PUB-0313", "PUB-0011", "PUB-0236"):
        raw_file.put(record, "place", "Atlantis")
        raw_file.put(record, "agency", "Space Police")
    raw_file.put("PUB-0236", "country", "ATL")
    issues = issues_of(raw_file.content())
    assert [i.rows for i in issues if i.column == "agency"] == sorted(places.values())
    assert [i.rows for i in issues if i.column == "place"] == sorted((places["PUB-0011"], places["PUB-0313"]))


def test_the_sheet_is_read_again_as_it_was_and_refused_where_it_was_changed(folder, raw_file):
    loaded = package.load(folder)
    assert package.sheet(loaded)["incident_id"].tolist() == [row[0] for row in raw_file.rows[1:]]
    raw_file.put("PUB-0011", "commodity", "meat")
    (folder / SHEET).write_bytes(raw_file.content())
    with pytest.raises(package.ChangedError, match="Start the dashboard again"):
        package.sheet(loaded)
