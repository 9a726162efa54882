"""The choices of the detection page, what it computes ahead, and how a fit is shown."""

from functools import partial
from itertools import product
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.analysis import detection
from dashboard.analysis.occupancy import Fit
from dashboard.domain.fields import N_
from dashboard.figures import detection as words
from dashboard.figures import detection_sentences as say
from dashboard.figures import lesson as lesson_figures
from dashboard.figures import occupancy as figures
from dashboard.figures import refusals
from dashboard.figures.catalogue import Material, figure
from dashboard.figures.catalogue_detection import USUAL, offered, simulated
from dashboard.figures.context import Context
from dashboard.figures.origin import Origin
from dashboard.ui import panels, session
from dashboard.ui.controls import Choice, choose

PART: Final = Choice(
    "part",
    N_("Part"),
    ("records", "lesson", "experts", "months", "own"),
    ("records",),
    names={
        "records": N_("What the records can tell"),
        "lesson": N_("The one-minute lesson"),
        "experts": N_("From known to likely"),
        "months": N_("The latest months"),
        "own": N_("Your own histories"),
    },
)
LOOKED: Final = Choice(
    "looked", N_("Somebody looked"), detection.LOOKED, USUAL["looked"], names=words.LOOKED, look="list"
)
CERTAINTY: Final = Choice("certainty", N_("Records"), ("confirmed", "any"), USUAL["certainty"], names=words.CERTAINTY)
EFFORT: Final = Choice(
    "effort",
    N_("Looked at in the last year, % of district-quarters"),
    ("30", "45", "60", "80", "95"),
    USUAL["effort"],
    look="slider",
)
CHANCE: Final = Choice(
    "chance", N_("Chance that one quarter finds it, %"), ("10", "20", "30", "44", "60"), USUAL["chance"], look="slider"
)
ASSUMED: Final = Choice(
    "assumed",
    N_("Assumed: % of killings that come to be known"),
    ("10", "15", "20", "25", "30", "38"),
    USUAL["assumed"],
    look="slider",
)


MONTHS: Final = Choice(
    "months",
    N_("Dates"),
    ("records", "example", "file"),
    USUAL["months"],
    names={"records": N_("The public records"), "example": N_("Example"), "file": N_("Your file")},
)
OF_FIT: Final = {
    "occurrence-and-detection": figures.two_lines,
    "districts": figures.districts,
    "silent": figures.silent,
}
LESSON_PRESENTING: Final = 375  # pixels: sentence, sliders, keys and passports leave so many of a projected screen
EXAMPLES: Final = ("plenty", "scarce", "little")
HISTORIES: Final = Choice(
    "histories",
    N_("Histories"),
    ("file", *EXAMPLES),
    ("file",),
    names={
        "file": N_("Your file"),
        "plenty": N_("Example: plenty"),
        "scarce": N_("Example: hardly enough"),
        "little": N_("Example: too little"),
    },
)


@st.cache_resource(show_spinner=False)
def _fit_all_later() -> None:
    """Fits every position of the sliders, once per server, while the first one is being explained."""
    positions = product(reversed(EFFORT.options), CHANCE.options)
    session.later([partial(simulated, effort, chance) for effort, chance in positions])


@st.fragment
def lesson(material: Material) -> None:
    """One simulation with its fit. A slider reruns nothing else of the page, and finds its fit made."""
    first = st.container()
    context = choose(material.context, EFFORT, CHANCE)
    shown = simulated(context.chosen(EFFORT.key), context.chosen(CHANCE.key))
    _fit_all_later()
    with first:
        panels.headline(*lesson_figures.headline(shown, context))
    for place, name in zip(st.columns(2, gap="large"), ("lesson-districts", "lesson-lines"), strict=True):
        with place:
            tallest = LESSON_PRESENTING if context.is_presenting else None
            panels.figure(figure(name, material.seen_by(context)), context, tallest=tallest)


def show_offered(material: Material) -> None:
    """The model by period of the finest design that the records carry; nothing where they carry none."""
    fit = offered(material)
    if fit is None:
        return
    _prose(fit, material.as_seen("said of the model", lambda: say.spoken(fit, material.context)), material.context)
    for name in _names(fit):
        panels.figure(figure(name, material), material.context)


def show(fit: Fit, origin: Origin, context: Context, headline_in: DeltaGenerator) -> None:
    """What a fit says, in sentences and figures; a refused one shows its reason and no number.

    The fit is what the page is about: its first sentences are the headline, in the container *headline_in*.
    """
    with headline_in:
        panels.headline(*say.headline(fit, context))
    _prose(fit, say.spoken(fit, context)[2:], context)
    for name in _names(fit):
        panels.figure(OF_FIT[name](fit, origin, context), context)


def _prose(fit: Fit, said: list[str], context: Context) -> None:
    panels.prose([(refusals.verdict(fit.status, context.t).capitalize(), said)] if said else [])


def _names(fit: Fit) -> list[str]:
    """The figures that a fit carries."""
    if fit.status == "refused":
        return []
    carries_silent = figures.told_apart(fit) and len(figures.silent_of(fit))
    return [name for name in OF_FIT if carries_silent or name != "silent"]
