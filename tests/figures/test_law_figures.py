"""The figures of the law draw what they are given, in both languages, with the right of reply in their passport."""

import csv
import io
from dataclasses import replace

import narwhals as nw
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.law import corridor, gaps, matrix, penalties, practice, reforms
from dashboard.domain.selection import Selection
from dashboard.figures import (
    html,
    law,
    law_cards,
    law_corridor,
    law_loopholes,
    law_penalties,
    law_practice,
    law_scores,
    law_sentences,
    law_treaties,
    law_words,
    plotly,
)
from dashboard.figures.export import export
from dashboard.figures.numbers import harmless, unmarked
from dashboard.figures.spec import Kind
from dashboard.figures.style import style
from dashboard.i18n.translator import LANGUAGES

ROUTE = ("TJK", "KGZ", "CHN")


def specs(records, context):
    provisions, review, treaties = records["provisions"], records["law_review"], records["treaties"]
    cells = matrix.cells(provisions)
    scored = matrix.scores(cells, {})
    tiers = penalties.standing(records["penalty_tiers"], provisions)
    overall = penalties.against_the_line(tiers, review, penalties.OVERALL)
    events = reforms.events(provisions, treaties)
    made = [
        law.matrix(cells, provisions, review, "KGZ.possession_penalty", context),
        law.one(cells, provisions, review, "KGZ", "", context),
        law.pair(cells, provisions, review, ("KGZ", "TJK"), context),
        law.legs(cells, provisions, review, ROUTE, corridor.TOPICS, context),
        law_scores.ranges(scored, scored, "", review, context),
        law_scores.ranges(matrix.scores(cells, {"online_trade": 2.0}), scored, "×2", review, context),
        law_cards.behind(
            matrix.behind(provisions, "KGZ", "killing_penalty"), "KGZ", "killing_penalty", review, context
        ),
        law_cards.behind(matrix.behind(provisions, "AFG", "online_trade"), "AFG", "online_trade", review, context),
        law_cards.reply(review, context),
        law_treaties.commitments(treaties, review, context),
        law_treaties.timeline(reforms.count_by_year(events), review, context),
        law_treaties.events(events, 25, review, context),
        law_loopholes.cards(gaps.loopholes(records["loopholes"], (), ()), provisions, review, context),
        law_loopholes.gap_list(gaps.of_country(provisions, "KGZ"), "KGZ", review, context),
        law_corridor.weakest(corridor.weakest_legs(cells, ROUTE), overall, review, context),
        law_practice.beside(overall, practice.terms(records), review, context),
        law_practice.table(practice.seen_in_court(records, review), overall, review, context),
    ]
    for offence in penalties.OFFENCES:
        against = penalties.against_the_line(tiers, review, offence)
        made.append(law_penalties.line(against, offence, review, context))
        made.append(
            law_penalties.table(
                penalties.of_offence(tiers, offence),
                penalties.fines(provisions, offence),
                provisions,
                offence,
                review,
                context,
            )
        )
    return made


@pytest.fixture(scope="module")
def drawn_specs(records, context_for):
    return {lang: specs(records, context_for(lang)) for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_of_the_law_says_what_it_is_and_that_no_authority_has_confirmed_it(drawn_specs, lang):
    draft = {"en": "confirmed by no authority yet", "ru": "ведомства ещё не подтвердили"}[lang]
    for spec in drawn_specs[lang]:
        assert all([spec.title, spec.caption, spec.unknown, spec.alt, spec.passport.filters]), spec.id
        assert draft in spec.passport.source, spec.id
        assert spec.passport.link.endswith(f"#{spec.id}")


@pytest.mark.parametrize("is_dark", [False, True])
def test_plotly_finds_every_drawing_valid(drawn_specs, is_dark):
    for spec in drawn_specs["ru"]:
        if spec.kind in {Kind.TABLE, Kind.CARDS}:
            continue
        drawn = plotly.draw(spec, style(is_dark=is_dark, is_presenting=True)).to_dict()
        assert len(go.Figure(drawn).data) == len(drawn["data"]) > 0


def test_the_matrix_draws_192_cells_in_four_patterns_and_a_click_names_the_cell(drawn_specs):
    drawn = plotly.draw(drawn_specs["en"][0], style(is_dark=False, is_presenting=False))
    counts = {trace.name: len([x for x in trace.x if x is not None]) for trace in drawn.data}
    assert counts == {"Yes": 74, "In part": 59, "No": 4, "Not known": 55}  # the table of the legal notes, section 2.1
    looks = {(trace.marker.color, trace.marker.pattern.shape) for trace in drawn.data}
    assert len({pattern for _, pattern in looks}) == len(looks) == 4
    codes = {code for trace in drawn.data for (code,) in trace.customdata}
    assert len(codes) == 192
    assert "KGZ.possession_penalty" in codes
    (frame,) = drawn.layout.shapes
    countries = list(drawn.layout.xaxis.ticktext)
    assert countries == sorted(countries)
    assert (frame.x0 + frame.x1) / 2 == countries.index("Kyrgyzstan")


def test_confidence_is_written_into_the_cells(drawn_specs):
    table = drawn_specs["en"][0].table.set_index("code")
    assert table.at["RUS.online_trade", "text"] == "•••"
    assert table.at["CHN.online_trade", "text"] == "•"
    assert table.at["AFG.online_trade", "text"] == ""


def test_the_countries_of_a_route_stand_in_its_order(drawn_specs):
    legs = drawn_specs["en"][3]
    drawn = plotly.draw(legs, style(is_dark=False, is_presenting=False))
    assert list(drawn.layout.xaxis.ticktext) == ["Tajikistan", "Kyrgyzstan", "China"]
    assert "Tajikistan → Kyrgyzstan → China" in legs.passport.filters


def test_words_too_small_to_read_leave_their_cells_and_are_in_the_key(drawn_specs):
    _, one, pair, legs, *_ = drawn_specs["ru"]
    for spec, has_key in ((one, False), (pair, False), (legs, True)):
        drawn = plotly.draw(spec, style(is_dark=False, is_presenting=False))
        assert (drawn.layout.uniformtext.minsize, drawn.layout.uniformtext.mode) == (11.5, "hide")
        assert drawn.layout.showlegend is has_key
        assert plotly.draw(spec, style(is_dark=False, is_presenting=True)).layout.showlegend  # no word has room


def test_names_over_the_whole_matrix_are_steeper_on_a_laptop_than_on_a_projector(drawn_specs):
    angles = [
        plotly.draw(drawn_specs["en"][0], style(is_dark=False, is_presenting=p)).layout.xaxis.tickangle
        for p in (False, True)
    ]
    assert angles == [-55, -40]


def test_weights_that_were_moved_are_in_the_passport_and_the_equal_ones_stay_in_sight(records, context_for):
    context = context_for()
    said = law_sentences.weights({"a": 2.0, "b": 1.0}, ("online_trade",), context)
    assert said == "Weights: Offences and listing ×2, Online trade ×2"
    assert law_sentences.weights({"a": 1.0, "b": 1.0}, (), context) == ""
    plain = matrix.scores(matrix.cells(records["provisions"]), {})
    moved = law_scores.ranges(plain, plain, said, records["law_review"], context)
    assert said in moved.passport.filters
    assert set(moved.table["series"]) == {"plain", "range", "score"}


def test_a_range_is_drawn_from_low_to_high(drawn_specs):
    table = drawn_specs["en"][4].table
    afghanistan = table[(table["country"] == "AFG") & (table["series"] == "range")].iloc[0]
    assert (afghanistan["low"], afghanistan["high"]) == (3.5 / 16, 12.5 / 16)
    assert unmarked(afghanistan["text"]) == "22–78%; 50% on 7 of 16"
    russian = drawn_specs["ru"][4].table.set_index("country")["text"]["AFG"].iloc[0]
    assert unmarked(russian) == "22–78\u00a0%; 50\u00a0% по 7 из 16"


def test_what_was_not_read_is_a_band_and_not_a_zero(drawn_specs):
    line = next(spec for spec in drawn_specs["en"] if spec.id == "law-line")
    silent = line.table[line.table["series"] == "unknown"]
    assert set(silent["country"]) == {"AFG", "KGZ", "PAK"}
    assert set(silent["text"]) == {"?"}
    assert silent["hover"].str.endswith("Not shown").all()
    assert line.line == (48.0, "48 months")


def test_no_row_of_the_penalty_tables_stands_without_its_instrument(drawn_specs):
    tables = [spec.table for spec in drawn_specs["en"] if spec.id == "law-penalties"]
    assert len(tables) == len(penalties.OFFENCES)
    for table in tables:
        assert (table["instrument"].str.len() > 0).all()
        assert table["source_url"].str.startswith("http").all()


def test_the_treaty_table_says_not_found(drawn_specs):
    table = next(spec for spec in drawn_specs["en"] if spec.id == "law-treaties").table.set_index("country")
    assert table.at["Pakistan", "uncac"] == "not found"
    assert table.at["Kazakhstan", "untoc"] == "Yes, year not found"
    assert table.at["Tajikistan", "untoc"] == "Yes, known by July 2003"
    assert table.at["Russia", "cms"] == "No"
    assert table.at["Uzbekistan", "category"] == "Category 2 (February 2024)"


def test_a_decided_review_is_named_with_its_date_and_its_statement(records, context_for):
    review = records["law_review"].with_columns(
        status=nw.when(nw.col("country") == "KGZ").then(nw.lit("disputed")).otherwise(nw.col("status")),
        decided_on=nw.when(nw.col("country") == "KGZ").then(nw.lit("2026-05-03")),
        statement_en=nw.when(nw.col("country") == "KGZ").then(nw.lit("The article was misread.")),
    )
    context = context_for()
    said = law_words.review_in_words(review, context)
    assert "Disputed: Kyrgyzstan (3 May 2026)" in said
    assert "11 countries" in said
    reply = law_cards.reply(review, context).table.set_index("country")
    assert reply.at["Kyrgyzstan", "statement"] == "The article was misread."
    assert reply.at["Nepal", "statement"] == "no statement received"


def test_the_passport_names_the_countries_and_the_date_but_no_filter_on_incidents(records, context_for):
    context = replace(context_for(countries=("KGZ",), year_from=2010), view={"asof": ("2015",)})
    made = law_words.passport("x", records["law_review"], context)
    assert made.filters == "Countries: Kyrgyzstan; Law as documented at the end of 2015"
    assert "Draft: 1 country" in made.source
    assert context.selection == Selection(("KGZ",), 2010)


def test_cards_hold_every_provision_behind_a_cell_with_all_its_sources(drawn_specs):
    card = html.cards(drawn_specs["en"][6])
    assert card.count("<article>") == 2
    assert card.count("<a href=") == 2
    empty = html.cards(drawn_specs["en"][7])
    assert "No readable source was found" in empty
    assert "does not mean that there is no law" in empty


# the file a ministry gets ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_gap_list_leaves_as_a_table_with_its_passport_above(records, context_for, lang):
    context = context_for(lang)
    spec = law_loopholes.gap_list(gaps.of_country(records["provisions"], "KGZ"), "KGZ", records["law_review"], context)
    lines = list(csv.reader(io.StringIO(export(spec, "csv").decode("utf-8-sig"))))
    notes = [line for line in lines if line[0].startswith("# ")]
    assert lines[: len(notes)] == notes
    assert any(context.data_version in line for line in notes)
    assert any({"en": "Draft", "ru": "Черновик"}[lang] in cell for line in notes for cell in line)
    head, *rows = lines[len(notes) :]
    assert {c.label for c in spec.columns} <= set(head)
    assert len(rows) == len(spec.table) == 17
    assert {len(line) for line in rows} == {9}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_be_a_formula_gets_an_apostrophe(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@given(st.text(max_size=20))
def test_no_cell_leaves_as_a_formula_and_none_loses_a_letter(text):
    assert harmless(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert harmless(text).endswith(text)
