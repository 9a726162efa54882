"""Scenes that were shown come into the minutes with their figures, made outside a run of any page."""

import io
import zipfile
from dataclasses import replace

import pypdf
import pytest
from docx import Document

from dashboard.domain.workshop import Kind, Scene, Task
from dashboard.figures.scenes import figure_of, first
from dashboard.store import room
from dashboard.store.workshop import Workshop
from dashboard.ui import minutes

HEADING = {"en": "The snow leopard", "ru": "Снежный барс"}


def a_scene(page: str, query: str = "") -> Scene:
    return Scene(page, query, HEADING, {}, 0)


@pytest.mark.parametrize(
    ("page", "part", "name"),
    [("overview", "", "coverage"), ("extent", "map", "map"), ("extent", "routes", "routes-map"),
     ("about", "", "edition"), ("workshop", "ledger", ""), ("extent", "no part of ours", ""), ("no page", "", "")],
)  # fmt: skip
def test_the_first_figure_of_the_part_stands_for_a_scene(page, part, name):
    assert first(page, part) == name


def test_a_scene_has_the_figure_of_its_filters_in_the_language_of_the_reader(material_for):
    m = material_for("ru")
    context = replace(m.context, link="http://localhost:8501/workshop?lang=ru")
    spec = figure_of(a_scene("overview", "taxon=snow_leopard&from=2015"), m.records, m.package, context)
    assert spec.n == 26  # counted in the raw file: incidents of 2015 and later with a snow leopard in a row
    assert spec.passport.link == "http://localhost:8501/?lang=ru&taxon=snow_leopard&from=2015#coverage"
    assert "Снежный барс" in spec.passport.filters


@pytest.mark.parametrize("query", ["country=ATL", "from=now", "colour=no+such", "part=records", "taxon=unicorn"])
def test_what_nobody_knows_has_no_figure_and_breaks_nothing(material_for, query):
    m = material_for()
    assert figure_of(a_scene("extent", query), m.records, m.package, m.context) is None


def test_with_the_lock_on_the_figure_of_a_scene_tells_no_small_count(material_for):
    m = material_for()
    locked = replace(m.context, is_locked=True)
    whole, shown = (figure_of(a_scene("overview"), m.records, m.package, one) for one in (m.context, locked))
    assert whole.table["incident_count"].between(1, 2).any()
    assert not shown.table["incident_count"].between(1, 2).any()


def test_the_minutes_are_made_without_a_session_and_show_each_scene_once(material_for, tmp_path):
    file = Workshop(tmp_path / "workshop.sqlite")
    for _ in range(2):
        file.add(Kind.SHOWN, "regional-2", a_scene("overview", "taxon=snow_leopard").as_dict())
    asked = room.ask(file, Task.OUTCOMES)
    for n in range(3):
        room.submit_scores(file, asked, f"phone {n}", "KGZ", "customs", {"o1": n}, {"o1"})
    readers = [material_for(lang).context for lang in ("en", "ru")]
    packed = zipfile.ZipFile(io.BytesIO(minutes.archive(readers, file.events(), material_for().records)))
    for reader in readers:
        word = Document(io.BytesIO(packed.read(f"minutes-{reader.lang}.docx")))
        assert [p.text for p in word.paragraphs].count(HEADING[reader.lang]) == 1
        told = pypdf.PdfReader(io.BytesIO(packed.read(f"minutes-{reader.lang}.pdf")))
        said = " ".join("".join(page.extract_text() for page in told.pages).split())
        assert HEADING[reader.lang] in said
        assert reader.labels("country", "AFG") in said  # drawn: the first row of the coverage
