"""The figures that a reader has put aside for a report of their own: what they are, not what they look like.

A figure is kept as its identifier and the address of its view, so it can be made again in every language.
"""

from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit as st

from dashboard.domain.selection import Selection
from dashboard.figures import catalogue
from dashboard.figures.catalogue import Material
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec
from dashboard.reports.places import root
from dashboard.ui import desking, session

COLLECTION: Final = "collection"
MOST: Final = 40
OF_SELECTION: Final = {"country", "from", "to", "taxon", "type", "evidence", "province"}


@dataclass(frozen=True, slots=True)
class Collected:
    """One figure of the report, and what its author wrote of it, by language."""

    number: int
    figure: str
    page: str
    query: str  # without the language
    heading: dict[str, str] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)

    def said(self, part: str, lang: str) -> str:
        """The heading or the note in a language, or else in the one it was written in."""
        written: dict[str, str] = getattr(self, part)
        return written.get(lang) or next(filter(None, written.values()), "")

    def with_said(self, part: str, lang: str, text: str) -> "Collected":
        """The same with another heading or note in a language."""
        if part == "heading":
            return replace(self, heading={**self.heading, lang: text})
        return replace(self, note={**self.note, lang: text})


def offer(spec: FigureSpec, context: Context) -> None:
    """The button that puts a figure aside. Only what the catalogue knows can be made again in another language."""
    if spec.id not in catalogue.FIGURES:
        return
    t, found = context.t, collected()
    is_in = _view_of(spec) in {(one.figure, one.page, one.query) for one in found}
    is_full = len(found) >= MOST
    offered = t("The report is full") if is_full else t("Add to the report")
    st.button(
        t("In the report") if is_in else offered,
        key=f"collect-{spec.id}",
        icon=":material/check:" if is_in else ":material/playlist_add:",
        type="tertiary",
        disabled=is_in or is_full,
        on_click=add,
        args=(spec,),
    )


def collected() -> list[Collected]:
    """What was put aside, in the order of the report."""
    return list(session.kept(COLLECTION, []))


def add(spec: FigureSpec) -> None:
    """Callback: put a figure aside, once."""
    found = collected()
    figure, page, query = _view_of(spec)
    if len(found) < MOST and (figure, page, query) not in {(one.figure, one.page, one.query) for one in found}:
        taken = {one.number for one in found}
        number = next(number for number in count(1) if number not in taken)
        session.keep(COLLECTION, [*found, Collected(number, figure, page, query)])


def move(number: int, steps: int) -> None:
    """Callback: move a figure up (negative) or down."""
    found = collected()
    at = next(place for place, one in enumerate(found) if one.number == number)
    to = min(max(at + steps, 0), len(found) - 1)
    found.insert(to, found.pop(at))
    session.keep(COLLECTION, found)


def remove(number: int) -> None:
    """Callback: take a figure out, with what was written of it."""
    session.keep(COLLECTION, [one for one in collected() if one.number != number])


def edit(number: int, part: str, lang: str, key: str) -> None:
    """Callback of a field: what was typed is the heading or the note in this language."""
    typed = printable(str(session.typed(key) or ""))
    session.keep(COLLECTION, [one.with_said(part, lang, typed) if one.number == number else one for one in collected()])


def printable(text: str) -> str:
    """A text without the control signs that no document can hold."""
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable()).strip()


def made_from(one: Collected, context: Context) -> Material:
    """What the figure is made from, in the language of *context*: the view it was put aside in."""
    parameters = parse_qs(one.query)
    version = parameters.pop(session.VERSION, [""])[-1]
    records = session.records_of(int(version)) if version else session.records()
    now = desking.current(version or None)
    reader = replace(
        context,
        selection=Selection.of_query(parameters),
        data_version=now.data_version if version else context.data_version,
        view={key: tuple(values) for key, values in parameters.items() if key not in OF_SELECTION},
        link=f"{root(context)}/{one.page}?lang={context.lang}" + (f"&{one.query}" if one.query else ""),
    )
    return catalogue.material(records, session.package(), reader)


def _view_of(spec: FigureSpec) -> tuple[str, str, str]:
    """Identifier, page and query of a figure, the language left out."""
    address = urlsplit(spec.passport.link)
    parameters = parse_qs(address.query)
    parameters.pop(session.LANG, None)
    return spec.id, address.path.rpartition("/")[2], urlencode(parameters, doseq=True)
