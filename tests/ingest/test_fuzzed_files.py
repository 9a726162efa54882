"""Whatever is uploaded, there is an answer: rows or a message, never a traceback, never a gigabyte of memory."""

# ruff: noqa: E501 - a line of a file is a line

import io
import os
import random
import zipfile
import zlib

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.domain.issues import Code, Severity
from dashboard.i18n import problems
from dashboard.ingest import upload
from dashboard.ingest.package import DATA
from dashboard.intake import combine, commands, layouts
from dashboard.intake.prepare import prepare

WANTED = int(os.environ.get("DASHBOARD_FUZZED", "450"))  # python -m benchmarks.fuzzed makes 10,000
EXAMPLES = WANTED // 3  # for each of three kinds of file
ALONG_THE_ROAD = 1 if WANTED > 1000 else 10  # every so many readable files are checked up to the store
SHIPPED = (DATA / "raw/incidents_public.csv").read_bytes()
SNIPPETS = [b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'""', b",", b";", b"\r", b"\n", b"\r\n", "\u202e".encode(), "\u200b".encode(), b"=1+1", b"\xd0", b"PK\x03\x04", b"9" * 400, b"x" * 20_000, "дата".encode("cp1251"), b"1e999", b"NaN", b"-"]  # fmt: skip
XML = "<?xml version='1.0' encoding='UTF-8'?>"


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    table = pd.read_csv(io.BytesIO(SHIPPED), dtype=str, keep_default_na=False).head(20)
    content = io.BytesIO()
    table.to_excel(content, index=False)
    return {"xlsx": content.getvalue(), "ods": ods([list(table.columns), *table.to_numpy().tolist()])}


def ods(rows, body: str = "") -> bytes:
    """A small ODS file."""
    from xml.sax.saxutils import escape

    cells = "".join(
        "<table:table-row>" + "".join(f'<table:table-cell office:value-type="string"><text:p>{escape(c)}</text:p></table:table-cell>' for c in row) + "</table:table-row>"
        for row in rows
    )  # fmt: skip
    spaces = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    text = f"{XML}<office:document-content{spaces}><office:body><office:spreadsheet><table:table>{cells}{body}</table:table></office:spreadsheet></office:body></office:document-content>"  # fmt: skip
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": text.encode()})


def zipped(parts: dict[str, bytes], level: int = 6) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def mutated(content: bytes, rng: random.Random) -> bytes:
    """The bytes with a few things done to them."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data) + 1)
        what = rng.randrange(4)
        if what == 0:
            data[at:at] = rng.choice(SNIPPETS)
        elif what == 1:
            del data[at : at + rng.randint(1, 400)]
        elif what == 2 and at < len(data):
            data[at] = rng.randrange(256)
        else:
            data[at:at] = data[max(0, at - rng.randint(1, 300)) : at]
    return bytes(data)


@pytest.fixture(scope="module")
def road(loaded):
    """Takes what could be read up to the store: there is a sound import, or a message and nothing to store."""
    ref, spoken, seen = combine.reference(loaded), commands.spoken(loaded), []

    def take(found: upload.Upload) -> bool:
        seen.append(found.digest)
        if found.cells.empty or len(seen) % ALONG_THE_ROAD:
            return True
        layout = layouts.likely(found.header)
        mapping = layouts.guess(found.header, layout)
        nothing = ref.shipped.head(0)
        ready = prepare(found, layout, mapping, ref, there=lambda _: nothing, languages=spoken)
        said = [problems.sentence(issue, spoken[0][0]) for issue in ready.issues]
        return all(said) and (ready.is_sound or any(issue.severity is Severity.ERROR for issue in ready.issues))

    return take


def answer(content: bytes, name: str = "file") -> upload.Upload:
    found = upload.read(io.BytesIO(content), name)
    has_errors = any(issue.severity is Severity.ERROR for issue in found.issues)
    assert has_errors or not found.cells.empty, "neither rows nor a message"
    assert len(found.header) <= upload.MOST_COLUMNS
    return found


fuzz = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=EXAMPLES < 1000
)


@fuzz
@given(seed=st.integers(0, 2**32))
def test_a_mutated_table_gets_an_answer(road, seed):
    assert road(answer(mutated(SHIPPED[:20_000], random.Random(seed)), "file.csv"))


@fuzz
@given(seed=st.integers(0, 2**32), kind=st.sampled_from(["xlsx", "ods"]), inside=st.booleans())
def test_a_mutated_workbook_gets_an_answer(workbooks, road, seed, kind, inside):
    rng = random.Random(seed)
    content = workbooks[kind]
    if inside:  # a sound archive with broken parts
        parts = unzipped(content)
        for name in rng.sample(sorted(parts), k=min(2, len(parts))):
            parts[name] = mutated(parts[name], rng) if parts[name] else b""
        content = zipped(parts)
    else:
        content = mutated(content, rng)
    assert road(answer(content, f"file.{kind}"))


@fuzz
@given(st.binary(max_size=2000))
def test_any_bytes_get_an_answer(content):
    assert answer(content)


def code_of(content: bytes) -> Code:
    return next(issue.code for issue in answer(content).issues if issue.severity is Severity.ERROR)


def sheet_xml(body: bytes) -> bytes:
    return XML.encode() + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + body + b"</sheetData></worksheet>"  # fmt: skip


def with_sheet(workbook: bytes, body: bytes) -> bytes:
    parts = unzipped(workbook)
    return zipped({**parts, "xl/worksheets/sheet1.xml": sheet_xml(body)}, level=1)


@pytest.mark.parametrize("part", ["xl/media/image.png", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(workbooks, part):
    bomb = zipped({**unzipped(workbooks["xlsx"]), part: bytes(300 << 20)}, level=1)
    assert len(bomb) < 5 << 20
    assert code_of(bomb) is Code.TOO_LARGE


def test_a_bomb_that_lies_about_its_size_is_refused(workbooks):
    content = bytearray(zipped({**unzipped(workbooks["xlsx"]), "xl/worksheets/sheet1.xml": bytes(8 << 20)}))
    size = (8 << 20).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (1000).to_bytes(4, "little")
    assert code_of(bytes(content)) in {Code.NOT_READABLE, Code.TOO_LARGE}


def test_macros_are_refused(workbooks):
    assert code_of(zipped({**unzipped(workbooks["xlsx"]), "xl/vbaProject.bin": b"x"})) is Code.MACROS
    assert code_of(zipped({**unzipped(workbooks["ods"]), "Basic/Standard/Module1.xml": b"x"})) is Code.MACROS


def test_links_to_other_files_are_not_followed(workbooks):
    parts = unzipped(workbooks["xlsx"]) | {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    assert not answer(zipped(parts)).cells.empty


@pytest.mark.parametrize("entity", [b"<!DOCTYPE x [<!ENTITY a 'ha'>]>", b"<!ENTITY x SYSTEM 'file:///etc/passwd'>"])
def test_entities_are_refused(workbooks, entity):
    parts = unzipped(workbooks["ods"])
    parts["content.xml"] = parts["content.xml"].replace(b"?>", b"?>" + entity, 1)
    assert code_of(zipped(parts)) is Code.NOT_READABLE


def test_a_cell_at_the_far_corner_costs_nothing(workbooks):
    corner = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert code_of(with_sheet(workbooks["xlsx"], corner)) in {Code.WRONG_CELL_COUNT, Code.TOO_LARGE}


def test_a_million_columns_are_refused_in_every_kind_of_file(workbooks):
    wide = b'<row r="1">' + b"".join(b"<c><v>1</v></c>" for _ in range(1_000_000)) + b"</row>"
    body = '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="1000000"><text:p>a</text:p></table:table-cell></table:table-row>'  # fmt: skip
    each = "<table:table-row>" + "<table:table-cell/>" * 1_000_000 + "</table:table-row>"
    for content in (b"a," * 1_000_000 + b"\n1", with_sheet(workbooks["xlsx"], wide), ods([], body), ods([], each)):
        assert code_of(content) is Code.TOO_LARGE


def test_a_row_that_is_repeated_a_million_times_is_refused():
    row = '<table:table-row table:number-rows-repeated="9999999"><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>'  # fmt: skip
    assert code_of(ods([["a"]], row)) is Code.TOO_LARGE


def test_blank_rows_at_the_end_cost_nothing():
    blank = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'  # fmt: skip
    assert answer(ods([["a", "b"], ["1", "2"]], blank)).cells.shape == (1, 2)


def test_an_ods_file_says_what_its_cells_hold(workbooks):
    assert answer(workbooks["ods"]).cells.equals(answer(SHIPPED).cells.head(20))
    body = '<table:table-row><table:table-cell office:value-type="date" office:date-value="2025-03-04"/><table:table-cell office:value-type="float" office:value="12"/></table:table-row>'  # fmt: skip
    assert answer(ods([["a", "b"]], body)).cells.iloc[0].to_list() == ["2025-03-04", "12"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.EMPTY_FILE),
        (b"\n\n ,\n", Code.EMPTY_FILE),
        ("дата,страна\n1,2\n".encode("cp1251"), Code.NOT_UTF8),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), Code.NOT_READABLE),
        (b"PK\x03\x04" + bytes(50), Code.NOT_READABLE),
        (zipped({"readme.txt": b"x"}), Code.NOT_READABLE),
        (b'a,b\n1,"2\n', Code.NOT_READABLE),
        (b"a,b\n1\n", Code.WRONG_CELL_COUNT),
        (b"a\n" + b"x" * 11_000_000, Code.NOT_READABLE),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(content, code):
    assert code_of(content) is code


def test_marks_that_nobody_sees_are_taken_out_and_said():
    found = answer("a,b\n\u202eтекст\u200b,\u00a0x \n".encode())
    assert found.cells.iloc[0].to_list() == ["текст", "x"]
    assert [(i.code, i.column, i.rows) for i in found.issues] == [(Code.INVISIBLE_MARKS, "a", (2,))]


def test_excel_in_a_russian_windows_is_read_with_its_semicolons_and_in_utf_16():
    for encoding in ("utf-8-sig", "utf-16"):
        found = answer("дата;количество\n03.05.2025;1,5\n".encode(encoding))
        assert found.header == ("дата", "количество")
        assert found.has_decimal_comma


def test_a_truncated_deflate_stream_is_the_files_fault(workbooks):
    assert zlib
    assert code_of(workbooks["xlsx"][:-200]) is Code.NOT_READABLE
