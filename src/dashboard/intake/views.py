"""The newest records as a reader sees them, without a screen: for figures and reports that a command makes."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from dashboard.domain.records import Records
from dashboard.domain.selection import Selection
from dashboard.figures import catalogue
from dashboard.figures.catalogue import Material
from dashboard.figures.context import Context
from dashboard.i18n.labels import TABLES, labels
from dashboard.i18n.translator import translator
from dashboard.ingest.check import has_errors
from dashboard.ingest.package import descriptor, load
from dashboard.intake.shown import shown
from dashboard.store import location

ADDRESS: Final = "http://localhost:8501"  # where `make run` serves


class RefusedError(ValueError):
    """What was asked cannot be done; the text says why and what can be."""


@cache
def current() -> tuple[Records, dict[str, Any]]:
    """The newest records as pages show them, and the tables that names are taken from; read once a process."""
    loaded = load()
    if has_errors(loaded.issues):
        raise RefusedError("the files under data/ have errors; run `dashboard check` to see all of them")
    tables, version = loaded.tables, loaded.data_version
    if location.exists(location.url()):
        from dashboard.intake.desk import open_desk

        desk = open_desk(loaded)
        tables, version = desk.tables(), desk.state().data_version(version)
    reference = {name: tables[name].to_dict("records") for name in TABLES}
    return shown(tables, version), reference


def views(
    countries: Sequence[str], languages: Sequence[str], address: str = ADDRESS, page: str = "", part: str = ""
) -> list[Material]:
    """What figures are made from, as readers of each language see it who chose these countries."""
    found, reference = current()
    package = descriptor()
    selection = Selection(countries=tuple(dict.fromkeys(countries)))

    def context(lang: str) -> Context:
        link = [f"{address.rstrip('/')}/{page}?lang={lang}", selection.query(), f"part={part}" if part else ""]
        return Context(
            t=translator(lang),
            labels=labels(reference, lang),
            selection=selection,
            data_version=found.data_version,
            link="&".join(filter(None, link)),
            as_of=str(package["created"])[:10],
        )

    return [catalogue.material(found, package, context(lang)) for lang in languages]
