"""Where the figures of a report stand in the dashboard: every link reopens the view with that figure."""

import re
from dataclasses import replace
from typing import Final

from dashboard.domain.selection import Selection
from dashboard.figures.catalogue import FIGURES, Material
from dashboard.figures.context import Context
from dashboard.figures.material import material
from dashboard.figures.spec import FigureSpec

VERSION: Final = re.compile(r"[?&](version=\d+)")
COUNTRY: Final = "country"  # the path of the page of one country


def root(context: Context) -> str:
    """The address of the dashboard itself."""
    return context.link.split("?")[0].rpartition("/")[0]


def address(context: Context, page: str, selection: Selection, part: str = "") -> str:
    """The address of a page with a selection, in the language of the reader."""
    version = VERSION.search(context.link)
    told = [f"lang={context.lang}", version[1] if version else "", selection.query(), f"part={part}" if part else ""]
    return f"{root(context)}/{page}?{'&'.join(filter(None, told))}"


def of_country(made_from: Material, country: str) -> Material:
    """What figures of one country are made from, for the same reader."""
    context = made_from.context
    selection = replace(context.selection, countries=(country,))
    link = address(context, COUNTRY, selection)
    return material(made_from.records, made_from.package, replace(context, selection=selection, link=link))


def figure(figure_id: str, made_from: Material) -> FigureSpec:
    """A figure of the catalogue, whose link leads to the page where it stands."""
    entry, context = FIGURES[figure_id], made_from.context
    link = address(context, entry.page, context.selection, entry.part)
    return entry.make(made_from.seen_by(replace(context, link=link)))
