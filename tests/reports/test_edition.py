"""The edition as files: every link leads somewhere, no host is asked, the numbers are those of the screen."""

import csv
import hashlib
import io
import json
import re
import warnings
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree
from lxml import html as reader
from streamlit.testing.v1 import AppTest

from dashboard import cli
from dashboard.figures import catalogue
from dashboard.figures.catalogue import FIGURES
from dashboard.i18n.translator import LANGUAGES
from dashboard.intake import outgoing
from dashboard.reports import country
from dashboard.reports.edition import leaves, shown, write
from dashboard.ui.data import download
from tests.ui.test_app import APP, html_of

FEW = ("coverage", "outcomes", "map", "corridors", "edition")  # a chart, a share, a map, a table, words
PIXEL = bytes.fromhex("89504e470d0a1a0a")
RESOURCES = (("link", "href"), ("script", "src"), ("img", "src"), ("source", "src"), ("iframe", "src"), ("use", "href"))


@pytest.fixture(scope="module")
def few():
    """Few countries, few figures and no pictures: all of them take more than a minute."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leaves, "RANGE_COUNTRIES", ("BTN", "KGZ", "TJK"))
        patch.setattr(leaves, "FIGURES", {name: FIGURES[name] for name in FEW})
        chapters = [replace(c, figures=("outcomes",) if c.id == "outcomes" else ()) for c in country.CHAPTERS]
        patch.setattr(country, "CHAPTERS", tuple(chapters))
        make = shown.export
        patch.setattr(shown, "export", lambda spec, fmt: PIXEL if fmt == "png" else make(spec, fmt))
        yield


@pytest.fixture(scope="module")
def readers(material_for):
    return [material_for("en"), material_for("ru")]


@pytest.fixture(scope="module")
def package(loaded, readers):
    return outgoing.package(outgoing.for_everybody(loaded), readers[0].package, loaded.data_version, "All", "")


@pytest.fixture(scope="module")
def folder(few, tmp_path_factory, readers, package) -> Path:
    """An edition, written over an earlier one."""
    out = tmp_path_factory.mktemp("usb") / "edition"
    out.mkdir()
    (out / "old.html").write_text('<a href="nowhere.html">')
    (out / "manifest.json").write_text(json.dumps({"kind": write.KIND, "files": {"old.html": {}}}))
    write.publish(out, readers, package, lambda _: None)
    return out


@pytest.fixture(scope="module")
def pages(folder):
    return {path: reader.fromstring(path.read_bytes()) for path in sorted(folder.rglob("*.html"))}


def addresses(page, *pairs):
    return [value for tag, name in pairs for value in page.xpath(f"//*[local-name()='{tag}']/@{name}")]


def test_there_is_a_page_for_everything_in_both_languages(pages, folder):
    names = [*leaves.NAMES, *(leaves.country_page(code) for code in leaves.RANGE_COUNTRIES)]
    assert {p.relative_to(folder).as_posix() for p in pages} == {
        "index.html", *(f"{lang}/{name}.html" for lang in ("en", "ru") for name in names)
    }  # fmt: skip


def test_no_figure_repeats_the_headline_of_its_page(pages):
    for page in pages.values():
        (headline,) = page.xpath("//h1/text()")
        assert headline not in page.xpath("//h3/text()")
    records = [page.xpath("//h3/text()") for path, page in pages.items() if path.name == "records.html"]
    assert sorted(records) == [["Records"], ["Записи"]]


def test_every_link_leads_to_a_file_or_a_place_on_a_page(pages, folder):
    dead = []
    for path, page in pages.items():
        for link in addresses(page, ("a", "href"), *RESOURCES):
            found = urlsplit(link)
            target = (path.parent / unquote(found.path)).resolve() if found.path else path
            if found.scheme in {"http", "https"}:
                continue
            is_there = target.is_relative_to(folder) and target.is_file() and not found.path.startswith("/")
            if not is_there or (found.fragment and not pages[target].xpath(f"//*[@id='{found.fragment}']")):
                dead.append((path.name, link))
    assert dead == []


def test_every_page_can_be_reached_from_the_first(pages, folder):
    seen, ahead = set(), [folder / "index.html"]
    while ahead:
        path = ahead.pop()
        if path in pages and path not in seen:
            seen.add(path)
            ahead += [(path.parent / link).resolve() for link in addresses(pages[path], ("a", "href"))]
    assert seen == set(pages)


def test_no_file_asks_any_host(pages, folder):
    asked = [link for page in pages.values() for link in addresses(page, *RESOURCES) if ":" in link or "//" in link]
    styled = [v for page in pages.values() for v in page.xpath("//@style | //style/text()") if "url(" in v]
    sheet, script = ((folder / "assets" / name).read_text() for name in ("edition.css", "edition.js"))
    assert asked == []
    assert [v for v in styled if re.search(r"url\((?!#)", v)] == []
    assert {(folder / "assets" / name).is_file() for name in re.findall(r'url\("([^"]+)"\)', sheet)} == {True}
    assert not re.search(r"https?:|@import|fetch\(|import |XMLHttp", sheet + script)


def test_the_first_numbers_are_those_of_the_screen(pages, folder):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    on_screen = re.findall(r'<dd class="tile-value">([^<]+)</dd>', html_of(app))
    in_the_edition = pages[folder / "en" / "overview.html"].xpath("//dd[@class='tile-value']/text()")
    assert in_the_edition == on_screen
    assert len(on_screen) == 4


def test_totals_in_the_manifest_are_those_of_its_own_tables(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    incidents = rows(folder / "data" / "incidents.csv")
    assert manifest["totals"]["incidents"] == len(incidents) == 362
    assert manifest["totals"]["incidents_by_country"] == dict(Counter(row["country"] for row in incidents))
    assert manifest["totals"]["convictions"] == sum(row["outcome"] == "convicted" for row in incidents)


def test_every_record_is_on_the_page_of_records_and_on_that_of_its_country(pages, folder):
    expected = {row["incident_id"]: row["country"] for row in rows(folder / "data" / "incidents.csv")}
    for lang in ("en", "ru"):
        assert set(records_on(pages[folder / lang / "records.html"])) == set(expected)
        for code in leaves.RANGE_COUNTRIES:
            here = records_on(pages[folder / lang / f"country-{code}.html"])
            assert sorted(here) == sorted(one for one, where in expected.items() if where == code)


def test_a_drawing_has_its_words_and_its_table_the_numbers_of_the_file_beside_it(pages, folder):
    page = pages[folder / "ru" / "overview.html"]
    drawings = page.xpath("//section[@id='outcomes']//*[local-name()='svg']")
    assert len(drawings) == 2  # one of them for phones
    for drawing in drawings:
        named = [page.xpath(f"string(//*[@id='{name}'])") for name in drawing.get("aria-labelledby").split()]
        assert all(named)
        assert "Что было дальше" in named[0]
    numbers = page.xpath("//section[@id='outcomes']//details//td[last()]/text()")
    lines = (folder / "ru" / "figures" / "outcomes.csv").read_text(encoding="utf-8-sig").splitlines()
    table = list(csv.reader(line for line in lines if not line.startswith("#")))
    assert [int(n) for n in numbers] == [int(row[-1]) for row in table[1:]]
    assert sum(map(int, numbers)) == 362


def test_no_two_things_on_a_page_have_the_same_name(pages):
    twice = {p.name: [n for n, k in Counter(page.xpath("//@id")).items() if k > 1] for p, page in pages.items()}
    assert [name for name, found in twice.items() if found] == []


def test_checksums_hold_for_every_file(folder):
    told = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines())
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    del found["SHA256SUMS"]
    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}
    manifest = json.loads(found.pop("manifest.json"))
    assert {name: one["sha256"] for name, one in manifest["files"].items()} == {name: told[name] for name in found}


def test_frictionless_finds_the_data_package_valid(folder):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # frictionless's own dependencies
        from frictionless import Package

        report = Package(str(folder / "data" / "datapackage.json")).validate()
    assert report.flatten(["name", "type", "note"]) == []
    assert {task.name: task.stats["rows"] for task in report.tasks}["incidents"] == 362


def test_nothing_that_must_stay_here_leaves(folder, loaded):
    names = {p.name for p in folder.rglob("*.csv")}
    assert not names & {"incidents_public.csv", "corrections.csv", "country-reference.csv", "country_reference.csv"}
    taken_out = loaded.tables["corrections"].query("column == 'source_title'")["was"]
    assert len(taken_out)
    everything = "\n".join(p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.suffix in {".csv", ".html"})
    assert [title for title in taken_out if title and title in everything] == []


def test_the_svg_is_well_formed_and_keeps_the_numbers_of_the_figure(folder):
    page = (folder / "en" / "overview.html").read_text()
    drawing = etree.fromstring(re.search(r'<svg[^>]*aria-labelledby="outcomes.*?</svg>', page, re.S)[0])
    said = " ".join(drawing.itertext())
    assert {"54", "38", "147", "122"} <= set(said.split())


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path, readers, package):
    mine = tmp_path / "photos" / "one.jpg"
    mine.parent.mkdir()
    mine.write_bytes(b"mine")
    with pytest.raises(write.NotAnEditionError, match="not an edition"):
        write.publish(mine.parent, readers, package, print)
    assert [p.read_bytes() for p in mine.parent.iterdir()] == [b"mine"]


def test_an_edition_with_a_file_of_somebody_in_it_is_not_replaced(tmp_path, readers, package):
    (tmp_path / "manifest.json").write_text(json.dumps({"kind": write.KIND, "files": {"index.html": {}}}))
    (tmp_path / "index.html").write_text("")
    (tmp_path / "my notes.txt").write_text("mine")
    with pytest.raises(write.NotAnEditionError, match=r"my notes\.txt"):
        write.publish(tmp_path, readers, package, print)
    assert (tmp_path / "my notes.txt").read_text() == "mine"


def test_what_fails_half_way_leaves_nothing_behind(tmp_path, readers, package, monkeypatch):
    def fail(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(write, "_leaf", fail)
    with pytest.raises(OSError, match="no space"):
        write.publish(tmp_path / "edition", readers, package, lambda _: None)
    assert list(tmp_path.iterdir()) == []


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def records_on(page) -> list[str]:
    return page.xpath("//section[@id='records']//tbody/tr/td[1]/text()")


def test_the_command_that_the_data_page_shows_is_a_real_one():
    program, *arguments = download.PUBLISH.split()
    assert Path(program).name == "dashboard"
    options = cli._parser().parse_args(arguments)
    assert (options.run, options.folder, set(options.lang)) == (cli._publish, Path("edition"), set(LANGUAGES))


def test_a_drawing_for_a_phone_stands_beside_the_wide_one_with_names_of_its_own(readers):
    spec = catalogue.figure("coverage", readers[0])
    body, _ = shown.shown(spec, "")
    wide, narrow = etree.fromstring(f"<div>{body.body}</div>")
    assert [one.get("class") for one in (wide, narrow)] == ["drawing wide", "drawing narrow"]
    assert float(narrow.get("viewBox").split()[2]) == 350
    names = [node.get("id") for node in (*wide.iter(), *narrow.iter()) if node.get("id")]
    assert len(names) == len(set(names)) > 4
