"""A file is stored whole or not at all, kept as it came without what is about persons, and can be taken back."""

# ruff: noqa: E501 - a line of a file is a line

import io

import pandas as pd
import pytest

from dashboard.domain.issues import Code, Severity
from dashboard.domain.roles import NotAllowedError
from dashboard.ingest.package import DATA
from dashboard.intake import layouts, outgoing, templates
from dashboard.intake.prepare import Source
from dashboard.store import engine as engines
from dashboard.store import imports
from tests.intake.conftest import BOSS, HEADER, KYRGYZ, LINE, REVIEWER, csv_file

SHIPPED = "raw/incidents_public.csv"


def errors(prepared) -> list[tuple[Code, tuple[int, ...], str]]:
    return [(i.code, i.rows, i.column) for i in prepared.issues if i.severity is Severity.ERROR]


def originals(desk) -> list[bytes]:
    with engines.reading(desk.engine) as connection:
        return [imports.original(connection, BOSS, one["import_id"]) for one in imports.listed(connection, BOSS)]


def test_an_empty_database_gives_the_shipped_tables_themselves(desk, loaded):
    assert desk.tables() is loaded.tables
    assert desk.state().data_version(loaded.data_version) == loaded.data_version


def test_the_shipped_file_changes_nothing(desk, ready):
    plan = desk.preview(ready(desk, (DATA / SHIPPED).read_bytes()))
    assert (plan.added, plan.changed, plan.unchanged) == (0, 0, 424)


def test_new_rows_get_identifiers_of_their_country_that_are_never_given_twice(desk, keep):
    keep(desk, csv_file(LINE, LINE.replace("KGZ", "TJK"), LINE.replace(",2,items", ",3,items")))
    assert sorted(desk.own()["incident_id"]) == ["KGZ-0001", "KGZ-0002", "TJK-0001"]
    desk.undo(1, BOSS, "a mistake")
    keep(desk, csv_file(LINE))
    assert desk.own()["incident_id"].to_list() == ["KGZ-0003"]


def test_an_imported_incident_is_in_the_tables_with_its_names(desk, keep):
    keep(desk, csv_file(LINE))
    tables = desk.tables()
    incidents = tables["incidents"].set_index("incident_id")
    assert len(incidents) == 363
    assert incidents.at["KGZ-0001", "evidence_grade"] == "single"  # the publisher is not known as an authority
    specimens = tables["specimens"].set_index("incident_id")
    assert (specimens.at["KGZ-0001", "taxon"], specimens.at["KGZ-0001", "item_count"]) == ("panthera_uncia", 2.0)
    assert "State Customs" in set(tables["publishers"]["publisher"])


def test_an_error_anywhere_stores_nothing_and_all_are_said_at_once_with_row_and_column(desk, ready):
    bad = csv_file(LINE, LINE.replace("2025-03-04", "2025-02-31"), LINE.replace("skin", "fur coat"), LINE.replace("Panthera uncia,Snow leopard", ",Yeti"))  # fmt: skip
    prepared = ready(desk, bad)
    assert sorted(errors(prepared), key=lambda e: e[1]) == [
        (Code.NOT_A_DATE, (3,), "date"), (Code.UNKNOWN_CODE, (4,), "commodity"), (Code.UNKNOWN_SPECIES, (5,), "species_common"),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="has errors"):
        desk.keep(prepared, io.BytesIO(bad), BOSS, "")
    assert desk.state().version == 0


def test_the_file_to_mend_holds_every_row_with_what_is_wrong_and_comes_back_sound(local, ready, keep, spoken):
    bad = csv_file(LINE, LINE.replace("2025-03-04", "2025-02-31"))
    marked = pd.read_excel(io.BytesIO(templates.to_mend(ready(local, bad), spoken[0][0])), dtype=str, engine="openpyxl")
    assert marked["Problems"].isna().to_list() == [True, False]
    assert "2025-02-31" in marked["Problems"][1]
    marked.loc[1, "date"] = "2025-02-28"
    mended = io.BytesIO()
    marked.to_excel(mended, index=False)
    assert keep(local, mended.getvalue(), name="mended.xlsx").added == 2


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_says_the_same_as_the_csv_it_was_made_from(local, ready, kind):
    pytest.importorskip("odf" if kind == "ods" else "openpyxl")
    table = pd.read_csv(io.BytesIO((DATA / SHIPPED).read_bytes()), dtype=str, keep_default_na=False)
    content = io.BytesIO()
    table.to_excel(content, index=False, engine="odf" if kind == "ods" else None)
    plan = local.preview(ready(local, content.getvalue(), f"file.{kind}"))
    assert (plan.added, plan.changed, plan.unchanged) == (0, 0, 424)


def test_russian_headings_and_names_are_understood(local, ready, spoken):
    t, labels = spoken[1]
    headings = {column: layouts.SHEET_LAYOUT.heading(column, t) for column in HEADER.split(",")}
    line = f"04.03.2025;{labels('country', 'KGZ')};{labels('incident_type', 'seizure')};;Снежный барс;{labels('commodity', 'skin')};2,5;кг;Неизвестно;Отчёт;24.kg"  # fmt: skip
    line = line.replace("кг", labels("unit", "kg")).replace("Неизвестно", labels("outcome", "unknown"))
    prepared = ready(local, (";".join(headings.values()) + "\n" + line).encode())
    assert errors(prepared) == [(Code.UNKNOWN_SPECIES, (2,), headings["species_common"])] or errors(prepared) == []
    row = prepared.cells.iloc[0]
    assert (row["date"], row["date_precision"], row["country"], row["commodity"]) == (
        "2025-03-04",
        "day",
        "KGZ",
        "skin",
    )
    assert (row["quantity"], row["unit"], row["outcome"]) == ("2.5", "kg", "unknown")


def test_columns_about_persons_are_dropped_before_storage_and_said(desk, keep, ready):
    content = csv_file(f"{LINE},Ivanov Ivan,Kyrgyz", header=f"{HEADER},Name of offender,Nationality")
    prepared = ready(desk, content)
    assert prepared.dropped == ("Name of offender", "Nationality")
    assert [i.column for i in prepared.issues if i.code is Code.PERSONAL_DATA] == ["Name of offender", "Nationality"]
    keep(desk, content)
    kept = originals(desk)[0]
    assert b"Ivanov" not in kept
    assert b"Kyrgyz" not in kept
    assert b"State Customs" in kept
    assert not desk.own().map(lambda cell: "Ivanov" in cell).to_numpy().any()


def test_none_of_our_own_headings_is_taken_for_one_about_persons(spoken):
    own = [
        layout.heading(column, t)
        for layout in layouts.LAYOUTS.values()
        for column in layout.headings
        for t, _ in spoken
        if column != layouts.DROPPED
    ]
    assert [heading for heading in own if layouts.is_about_persons(heading)] == []


@pytest.mark.parametrize(
    "heading", ["Nationality of offenders", "Гражданство", "ФИО", "Ф.И.О. нарушителя", "Имя подозреваемого", "Passport No", "Suspect name", "Фамилия"],
)  # fmt: skip
def test_a_column_about_persons_is_recognised_whatever_it_is_called(heading):
    assert layouts.is_about_persons(heading)


def test_the_original_file_is_kept_to_the_byte(desk, keep):
    content = csv_file(LINE) + b"\r\n"
    keep(desk, content)
    assert originals(desk) == [content]


def test_the_same_file_again_is_known_and_stores_nothing(desk, keep, ready):
    content = (DATA / SHIPPED).read_bytes().replace(b"PUB-0203,", b"KGZ-9203,")
    first = keep(desk, content)
    assert (first.added, first.changed) == (1, 0)
    assert desk.imported_in(ready(desk, content).upload.digest) == 1
    assert keep(desk, content).version is None


def test_an_import_that_is_taken_back_leaves_every_record_as_it_was(desk, keep, loaded):
    keep(desk, csv_file(f"KGZ-0007,{LINE}", header=f"incident_id,{HEADER}"))
    before = desk.own()
    changed = csv_file(f"KGZ-0007,{LINE.replace('skin', 'bones')}", f"KGZ-0008,{LINE}", header=f"incident_id,{HEADER}")
    keep(desk, changed)
    desk.undo(2, REVIEWER, "the wrong file")
    pd.testing.assert_frame_equal(desk.own(), before)
    assert desk.state().content_sum == desk.state(1).content_sum
    assert len(desk.own(2)) == 2  # nothing is deleted: version 2 can still be read
    desk.undo(1, REVIEWER, "that one too")
    assert desk.state().data_version(loaded.data_version) == loaded.data_version
    assert desk.audit_problems() == []


def test_an_import_cannot_be_taken_back_twice(desk, keep):
    keep(desk, csv_file(LINE))
    desk.undo(1, BOSS, "once")
    with pytest.raises(ValueError, match="undone in version 2"):
        desk.undo(1, BOSS, "twice")


def test_a_contributor_may_import_their_own_country_and_no_other(desk, keep):
    assert keep(desk, csv_file(LINE), KYRGYZ).added == 1
    with pytest.raises(NotAllowedError, match="TJK"):
        keep(desk, csv_file(LINE, LINE.replace("KGZ", "TJK")), KYRGYZ)
    shipped = (DATA / SHIPPED).read_bytes()
    stolen = shipped.replace(b",TJK,", b",KGZ,")  # records of another country, said to be one's own
    with pytest.raises(NotAllowedError, match="TJK"):
        keep(desk, stolen, KYRGYZ)
    assert desk.state().version == 1


def test_a_contributor_may_not_take_back_what_somebody_else_brought(desk, keep):
    keep(desk, csv_file(LINE), BOSS)
    with pytest.raises(NotAllowedError, match="reviewer"):
        desk.undo(1, KYRGYZ, "")


def test_a_package_imported_into_an_empty_store_is_the_same_version(desk, keep, loaded, tmp_path, monkeypatch):
    from dashboard.intake.combine import sheet
    from dashboard.intake.desk import open_desk

    keep(desk, csv_file(LINE, LINE.replace("KGZ", "TJK")))
    keep(desk, (DATA / SHIPPED).read_bytes().replace(b"Majnu-ka-Tila, Delhi", b"Majnu-ka-Tila"))
    version = desk.state().data_version(loaded.data_version)
    package = outgoing.package(sheet(desk.ref, desk.own()), {"title": "t", "licenses": [{"name": "CC-BY-4.0"}]}, version, "All", "link")  # fmt: skip
    other = open_desk(loaded, f"sqlite:///{tmp_path}/other.sqlite")
    keep(other, package, name="package.zip")
    assert other.state().data_version(loaded.data_version) == version
    other.engine.dispose()


def test_a_package_is_valid_by_the_reference_implementation(local, tmp_path):
    import zipfile

    from frictionless import Package

    package = outgoing.package(
        local.ref.shipped, {"title": "t", "licenses": [{"name": "CC-BY-4.0"}]}, "v", "All", "link"
    )
    zipfile.ZipFile(io.BytesIO(package)).extractall(tmp_path)
    assert Package(str(tmp_path / "datapackage.json")).validate().flatten(["note"]) == []


def test_nothing_that_leaves_runs_as_a_formula(local):
    rows = local.ref.shipped.head(1).assign(evidence="=cmd|' /C calc'!A0", lat="-12.5")
    text = outgoing.csv(rows).decode("utf-8-sig")
    assert "'=cmd|" in text
    assert ",-12.5," in text


def test_a_template_comes_back_as_it_went_out(local, ready, spoken, loaded):
    for t, labels in spoken:
        for layout in layouts.LAYOUTS.values():
            content = templates.workbook(layout, t, labels, templates.lists(loaded.tables))
            header = list(pd.read_excel(io.BytesIO(content), engine="openpyxl").columns)
            found = layouts.guess(header, layout)
            assert len(found) == len([c for c in layout.headings if c not in layouts.STATE_COLUMNS])
            assert layouts.likely(header) is layout


def test_a_mapping_is_remembered(local):
    from dashboard.intake import bringing

    header = ["Когда", "Где"]
    assert bringing.guess(local, header, layouts.SHEET_LAYOUT) == {}
    bringing.remember(local, header, layouts.SHEET_LAYOUT, {0: "date", 1: "place"})
    assert bringing.guess(local, header, layouts.SHEET_LAYOUT) == {0: "date", 1: "place"}


def test_a_cites_report_needs_a_country_and_gives_seizures_of_it(local, keep):
    content = b"Date of seizure,Species,Description of specimens,Quantity and unit,Countries of transit,Sanction\n2024-05,Panthera uncia,skin,3 items,Kazakhstan; Russia,fine\n"  # fmt: skip
    source = Source("KGZ", "State Agency", "government", "[CITES report]", "en")
    keep(local, content, source=source)
    row = local.own().iloc[0]
    assert (row["incident_type"], row["country"], row["date_precision"]) == ("seizure", "KGZ", "month")
    assert (row["quantity"], row["unit"], row["commodity"], row["sanction"]) == ("3", "items", "skin", "fine")
    tables = local.tables()
    legs = tables["legs"][tables["legs"]["incident_id"] == "KGZ-0001"]
    assert sorted(zip(legs["role"], legs["country"], strict=True)) == [("transit", "KAZ"), ("transit", "RUS")]
    grade = tables["incidents"].set_index("incident_id").at["KGZ-0001", "evidence_grade"]
    assert grade == "official"  # the one who imported said that a government reports
