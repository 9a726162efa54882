"""Readers for whom figures are drawn, and a figure of every kind that has limits, cells or cards."""

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.analysis import justice
from dashboard.analysis.example import example
from dashboard.analysis.occupancy import OccupancyData, occu
from dashboard.domain.selection import Selection
from dashboard.figures import catalogue, justice_time, occupancy, scoring
from dashboard.figures.context import Context
from dashboard.figures.origin import made_up
from dashboard.figures.printing import page
from dashboard.figures.spec import FigureSpec, Kind
from dashboard.i18n.labels import TABLES, labels
from dashboard.i18n.translator import translator
from dashboard.ingest.histories import histories


@pytest.fixture(scope="session", autouse=True)
def coarse():
    """Pictures are small: what they hold does not depend on how sharp they are. A test of its own looks at that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "DPI", 40)
        yield


@pytest.fixture(scope="session")
def context_for(loaded):
    reference = {name: loaded.tables[name].to_dict("records") for name in TABLES}

    def make(lang: str = "en", view: dict[str, tuple[str, ...]] | None = None, **chosen) -> Context:
        return Context(
            translator(lang),
            labels(reference, lang),
            Selection(**chosen),
            "1+test",
            f"http://localhost/?lang={lang}",
            view=view or {},
        )

    return make


@pytest.fixture(scope="session")
def fitted():
    found = histories(example("plenty").to_csv(index=False).encode(), "x.csv").data
    return occu(OccupancyData(**found), "~ season - 1", "~ season - 1")


@pytest.fixture(scope="session")
def of_kind(material_for, fitted):
    """A figure of each kind, made once a language."""
    made = {}

    def make(kind: Kind, lang: str = "en") -> FigureSpec:
        if lang not in made:
            made[lang] = {spec.kind: spec for spec in _figures(material_for(lang), fitted)}
        return made[lang][kind]

    return make


def _figures(m, fitted):
    names = ("justice-funnel", "justice-rates", "justice-terms", "law-matrix", "law-line", "law-loopholes", "designs",
             "lesson-lines", "lesson-districts", "known-to-likely")  # fmt: skip
    yield from (catalogue.figure(name, m) for name in names)
    context = replace(m.context, view={"months": ("example",)})
    yield catalogue.figure("latest-months", m.seen_by(context))
    origin = made_up(context)
    yield occupancy.two_lines(fitted, origin, context)
    yield occupancy.districts(fitted, origin, context)
    ends = [*map(float, range(1, 16)), *[None] * 5]
    outcomes = ["convicted", "dismissed", "acquitted"] * 5 + [""] * 5
    yield justice_time.decision(justice.time_to_decision([0.0] * 20, ends, outcomes, 60.0), context)
    rows = [
        {"statement": "Laws are enforced", "answer_0": 1, "answer_1": 2, "answer_2": 3, "answer_3": 4, "n": 10,
         "middle": "2", "spread": "", "range": "", "agreed": "2", "change": "", "law": ""},
        {"statement": "Cases are shared", "answer_0": 0, "answer_1": 0, "answer_2": 0, "answer_3": 0, "n": 2,
         "middle": "", "spread": "", "range": "", "agreed": "", "change": "", "law": ""},
    ]  # fmt: skip
    scored = scoring.scores([], {}, {}, "KGZ", context, is_official=False)
    yield replace(scored, table=pd.DataFrame(rows))
    dots = scoring.priorities([], 7, context)
    text = {"text": "Train the border posts", "theme": "Law", "kind": "Proposal", "dots": 5}
    yield replace(dots, table=pd.DataFrame([text, {**text, "text": "Share the cases", "dots": 0}]))
