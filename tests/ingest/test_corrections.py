"""Known errors are a list, and a correction that no longer fits stops the load."""

from datetime import date

import pandas as pd
import pytest

from dashboard.domain.issues import Code
from dashboard.ingest.correct import StaleCorrectionError, correct, stale
from dashboard.ingest.package import load

TODAY = date(2026, 11, 22)
FILE = "corrections/incident_sheet.csv"


def sheet():
    return pd.DataFrame(
        {"incident_id": ["PUB-0001", "PUB-0002"], "place": ["Osh", "Naryn"], "evidence": ["Two skins.", ""]},
        index=pd.Index([2, 3]),
        dtype=object,
    )


def corrections(*rows):
    table = pd.DataFrame(rows, columns=["record_id", "column", "was", "becomes"], dtype=object)
    return table.set_axis(range(2, 2 + len(rows)))


def test_a_correction_replaces_its_cell_and_no_other():
    corrected = correct(sheet(), corrections(("PUB-0002", "place", "Naryn", "Naryn town")))
    assert corrected["place"].to_list() == ["Osh", "Naryn town"]
    assert corrected["evidence"].to_list() == ["Two skins.", ""]
    assert corrected.index.to_list() == [2, 3]


def test_the_cells_that_are_corrected_stay_as_they_were_read():
    cells = sheet()
    correct(cells, corrections(("PUB-0002", "place", "Naryn", "")))
    pd.testing.assert_frame_equal(cells, sheet())


def test_an_empty_cell_can_be_filled_and_a_filled_one_emptied():
    corrected = correct(
        sheet(), corrections(("PUB-0002", "evidence", "", "One skin."), ("PUB-0001", "place", "Osh", ""))
    )
    assert corrected["evidence"].to_list() == ["Two skins.", "One skin."]
    assert corrected["place"].to_list() == ["", "Naryn"]


def test_two_corrections_of_one_record_are_both_applied():
    corrected = correct(
        sheet(), corrections(("PUB-0001", "place", "Osh", "Osh city"), ("PUB-0001", "evidence", "Two skins.", "2"))
    )
    assert corrected.loc[2].to_list() == ["PUB-0001", "Osh city", "2"]


def test_no_correction_changes_nothing():
    pd.testing.assert_frame_equal(correct(sheet(), corrections()), sheet())


def test_a_correction_that_no_longer_fits_stops_the_load_and_says_what_was_found():
    with pytest.raises(StaleCorrectionError) as stopped:
        correct(sheet(), corrections(("PUB-0002", "place", "Narin", "Naryn town")))
    assert str(stopped.value) == "PUB-0002: place is 'Naryn', the correction expected 'Narin'"


def test_a_correction_of_a_record_that_is_gone_stops_the_load():
    with pytest.raises(StaleCorrectionError, match=r"^PUB-0009: "):
        correct(sheet(), corrections(("PUB-0009", "place", "Osh", "Osh city")))


def test_a_correction_of_a_column_that_does_not_exist_stops_the_load():
    with pytest.raises(StaleCorrectionError, match=r"^PUB-0001: planet "):
        correct(sheet(), corrections(("PUB-0001", "planet", "Earth", "Mars")))


def test_stale_corrections_are_named_by_their_row_without_repeating_what_must_not_be_shown():
    wrong = corrections(
        ("PUB-0001", "place", "Osh", "Osh city"),
        ("PUB-0002", "place", "Secret Name", "[a person]"),
        ("PUB-0009", "place", "Osh", "Osh city"),
    )
    issues = list(stale(sheet(), wrong, FILE))
    assert [(i.code, i.file, i.column, i.rows, i.found) for i in issues] == [
        (Code.STALE_CORRECTION, FILE, "place", (3,), "PUB-0002"),
        (Code.STALE_CORRECTION, FILE, "place", (4,), "PUB-0009"),
    ]
    assert "Secret Name" not in repr(issues)


def test_a_changed_raw_cell_under_a_correction_stops_the_shipped_load(folder, raw_file):
    raw_file.put("PUB-0203", "source_title", "Another headline")
    (folder / "raw" / "incidents_public.csv").write_bytes(raw_file.content())
    found = load(folder, today=TODAY)
    assert [(i.code, i.file, i.column, i.found) for i in found.issues] == [
        (Code.STALE_CORRECTION, FILE, "source_title", "PUB-0203")
    ]
    assert found.tables == {}


def test_every_shipped_correction_is_in_the_tables(loaded):
    # data/corrections/incident_sheet.csv: the title and the address of PUB-0203 name a person who was not convicted
    cited = loaded.tables["citations"].merge(loaded.tables["sources"], on="source_id")
    source = cited[cited["incident_id"] == "PUB-0203"]
    assert source["title"].to_list() == ["[NGO blog post on a wildlife-crime case in Nepal]"]
    assert source["url"].isna().all()


def test_what_was_corrected_is_nowhere_in_the_tidy_tables(loaded):
    wrong = loaded.tables["corrections"]
    titles = wrong.loc[wrong["column"] == "source_title"]
    hidden = set(titles["was"]) - set(titles["becomes"])
    shown = set(loaded.tables["sources"]["title"].dropna())
    assert len(hidden) >= 5
    assert hidden & shown == set()


@pytest.mark.parametrize(
    ("column", "value"), [("record_id", ""), ("reason", ""), ("source", ""), ("noted_on", "yesterday")]
)
def test_a_correction_without_record_reason_source_or_date_is_an_issue(folder, open_raw, column, value):
    raw = open_raw(FILE)
    raw.rows[1][raw.rows[0].index(column)] = value
    (folder / FILE).write_bytes(raw.content())
    found = load(folder, today=TODAY)
    assert [(i.file, i.column, i.rows) for i in found.issues] == [(FILE, column, (2,))]


def test_an_annotation_of_an_incident_that_is_not_in_the_file_is_an_issue(folder, open_raw):
    file = "reference/annotations.csv"
    raw = open_raw(file)
    raw.rows[1][0] = "PUB-9999"
    (folder / file).write_bytes(raw.content())
    found = load(folder, today=TODAY)
    assert [(i.file, i.column, i.rows) for i in found.issues] == [(file, "incident_id", (2,))]


@pytest.mark.parametrize(
    ("column", "becomes"),
    [("source_title", ""), ("source_url", "not a link"), ("place", "Atlantis"), ("admin1", "Atlantis")],
)
def test_a_correction_is_checked_like_any_other_value(folder, open_raw, raw_file, column, becomes):
    corrections = open_raw(FILE)
    header = corrections.rows[0]
    row = {**dict.fromkeys(header, "x"), "record_id": "PUB-0011", "column": column, "noted_on": "2026-11-23"}
    row |= {"was": raw_file.cell("PUB-0011", column), "becomes": becomes}
    corrections.rows.append([row[name] for name in header])
    (folder / FILE).write_bytes(corrections.content())
    found = load(folder, today=TODAY)
    assert {issue.column for issue in found.issues} == {column}
    assert found.tables == {}
