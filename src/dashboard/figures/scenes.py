"""The figure that stands for a scene: the first of its page and part, with the scene's filters and choices."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qs

from dashboard.domain.records import Records
from dashboard.domain.selection import Selection
from dashboard.domain.workshop import Scene
from dashboard.figures.catalogue import FIGURES, figure, material
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec
from dashboard.figures.suppress import suppress

FIRST: Final = "overview"  # in the catalogue its path is empty: it is the page of the bare address
USUAL_PART: Final = {"extent": "map", "law": "matrix", "detection": "records"}  # where a link says nothing
OF_THE_FILTERS: Final = ("country", "province", "from", "to", "taxon", "type", "evidence")


def figure_of(scene: Scene, records: Records, package: Mapping[str, Any], context: Context) -> FigureSpec | None:
    """The figure of a scene as it may be shown; ``None`` for a page that has none, such as that of the ledger.

    A scene may come from a file that somebody wrote by hand: what it asks for and nobody knows has no figure either.
    """
    chosen = parse_qs(scene.query)
    name = first(scene.page, chosen.get("part", [""])[-1])
    if not name:
        return None
    try:
        reader = _reader(chosen, scene, context)
        made_from = material(records, package, reader)
        if FIGURES[name].is_of_incidents and not made_from.known.incident_count:
            return None
        spec = figure(name, made_from)
    except (KeyError, ValueError):
        return None
    return suppress(spec, reader) if context.is_locked else spec


def first(page: str, part: str) -> str:
    """The identifier of the first figure of a part of a page; nothing where the catalogue has none."""
    path, wanted = ("" if page == FIRST else page), ("" if part == USUAL_PART.get(page) else part)
    return next((name for name, one in FIGURES.items() if (one.page, one.part) == (path, wanted)), "")


def _reader(chosen: Mapping[str, list[str]], scene: Scene, context: Context) -> Context:
    """The reader of the minutes, with what the scene chose. The link reopens the scene."""

    def year(key: str) -> int | None:
        return int(chosen[key][-1]) if key in chosen else None

    def codes(key: str) -> tuple[str, ...]:
        return tuple(chosen.get(key, ()))

    selection = Selection(
        codes("country"), year("from"), year("to"), codes("taxon"), codes("type"), codes("evidence"), codes("province")
    )
    view = {key: tuple(values) for key, values in chosen.items() if key not in OF_THE_FILTERS}
    return replace(context, selection=selection, view=view, link=address(scene, context))


def address(scene: Scene, context: Context) -> str:
    """The address that reopens a scene, beside that of the page the minutes were taken from."""
    base = context.link.split("?")[0].rstrip("/").rsplit("/", 1)[0]
    path = "" if scene.page == FIRST else scene.page
    return f"{base}/{path}?lang={context.lang}" + (f"&{scene.query}" if scene.query else "")
