"""One way to make a figure: the pages, the command line and the reports get the same from the catalogue."""

from dataclasses import replace

from dashboard.figures import catalogue, catalogue_detection, catalogue_extent, catalogue_justice
from dashboard.figures.spec import Kind
from dashboard.ui import choices, controls, detection, justice_choices


def test_the_catalogue_knows_every_figure_by_its_own_identifier(material_for):
    made_from = material_for("en")
    assert [catalogue.figure(name, made_from).id for name in catalogue.FIGURES] == list(catalogue.FIGURES)


def test_what_the_catalogue_takes_for_usual_is_what_a_page_shows_without_a_choice():
    for usual, module in (
        (catalogue_extent.USUAL, choices),
        (catalogue_justice.USUAL, justice_choices),
        (catalogue_detection.USUAL, detection),
    ):
        offered = {c.key: c.default for c in vars(module).values() if isinstance(c, controls.Choice)}
        assert {key: offered[key] for key in usual} == usual


def test_a_figure_of_the_law_follows_what_was_chosen_on_its_page(material_for):
    def made(name, **view):
        m = material_for("en", countries=("KGZ", "TJK"))
        return catalogue.figure(name, m.seen_by(replace(m.context, view=view)))

    assert made("law-cell").title == "Kyrgyzstan: Protected species list"
    assert made("law-cell", cell=("TJK.trade_penalty",)).title == "Tajikistan: Penalty for trade"
    assert made("law-cell", cell=("RUS.trade_penalty",)).title == "Kyrgyzstan: Penalty for trade"  # not shown
    assert made("law-gaps", gaps=("TJK",)).title == "Gap list: Tajikistan"
    assert "Law as documented at the end of 2010" in made("law-matrix", asof=("2010",)).passport.filters
    assert list(dict.fromkeys(made("law-legs", route=("CHN", "KAZ")).table["country"])) == ["CHN", "KAZ"]
    assert set(made("law-pair", one=("MNG",), other=("BTN",)).table["country"]) == {"MNG", "BTN"}
    assert set(made("law-pair").table["country"]) == {"KGZ", "TJK"}


def test_a_figure_of_ones_own_file_is_never_made_again_from_the_public_records(material_for):
    made_from = material_for("en")
    lesson = catalogue.figure("lesson-lines", made_from)
    assert catalogue.is_made_again(lesson, made_from.context)
    assert catalogue.is_made_again(catalogue.figure("latest-months", made_from), made_from.context)
    own = replace(lesson.passport, data_version="your file")
    assert not catalogue.is_made_again(replace(lesson, id="districts", passport=own), made_from.context)
    assert not catalogue.is_made_again(replace(lesson, id="models"), made_from.context)


def test_an_estimate_that_is_refused_leaves_as_its_reasons(material_for):
    for name in ("occurrence-and-detection", "districts", "silent", "latest-months"):
        spec = catalogue.figure(name, material_for("en"))
        assert spec.kind is Kind.TABLE
        assert list(spec.table["answer"].unique()) == ["refused"]
        assert all(spec.table["why"])
        assert all(spec.table["lifts"])
