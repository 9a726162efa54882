"""What can be chosen on the pages besides the filters."""

from collections.abc import Sequence
from typing import Final

from dashboard.domain.fields import N_
from dashboard.figures import parts
from dashboard.figures.geo import BOUNDARIES as PROFILES
from dashboard.figures.meanings import SPLITS
from dashboard.figures.records import ORDERS
from dashboard.ui.controls import Choice

EXTENT_PART: Final = Choice(
    "part",
    N_("Show"),
    tuple(parts.EXTENT),
    ("map",),
    names=parts.EXTENT,
    look="tabs",
)
COLOUR: Final = Choice("colour", N_("Divided by"), tuple(SPLITS), ("incident_type",), names=SPLITS)
BOUNDARIES: Final = Choice(
    "boundaries",
    N_("Boundaries"),
    PROFILES,
    ("un",),
    names={"un": N_("United Nations"), "none": N_("None"), "tiles": N_("Tiles")},
    lasts=True,
)
LEVEL: Final = Choice(
    "level",
    N_("Counted by"),
    ("auto", "country", "province", "place"),
    ("auto",),
    names={"auto": N_("What fits"), "country": N_("Country"), "province": N_("Province"), "place": N_("Place")},
    look="list",
)
DRAWING: Final = Choice(
    "drawing",
    N_("Drawing"),
    ("relief", "simple"),
    ("relief",),
    names={"relief": N_("Relief"), "simple": N_("Simple (fast)")},
    look="list",
)
SPECIES_BY: Final = Choice(
    "by",
    N_("Rows"),
    ("species_group", "taxon"),
    ("species_group",),
    names={"species_group": N_("Groups"), "taxon": N_("Species")},
)
SORT: Final = Choice("sort", N_("Order"), tuple(ORDERS), ("date",), names=ORDERS, look="list")
LASTING: Final = (BOUNDARIES,)


def record(numbers: Sequence[str]) -> Choice:
    """One record to be read, of those on the page and the one that the link names."""
    return Choice("record", N_("Open a record"), ("", *numbers), ("",), names={"": N_("none")}, look="list")


def sheet(count: int, per_page: int) -> Choice:
    """The pages of a long table."""
    pages = tuple(str(number) for number in range(1, -(-count // per_page) + 1)) or ("1",)
    return Choice("sheet", N_("Page"), pages, ("1",), look="list")
