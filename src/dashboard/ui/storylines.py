"""Storylines: the ready ones, one for every country, and the one that was put together here."""

import json
from collections.abc import Collection
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

import streamlit as st

from dashboard.domain import workshop
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.room import own_scenes
from dashboard.domain.workshop import Kind, Reason, RefusedError, Scene
from dashboard.figures.context import Context
from dashboard.i18n.translator import LANGUAGES
from dashboard.ui import session

OWN: Final = "own"
REGIONAL: Final = "regional"
MOST_SCENES: Final = 60
LARGEST_FILE: Final = 1_000_000


def all_of_them(pages: Collection[str]) -> dict[str, list[Scene]]:
    """Every storyline by its code. Ready scenes of pages that are not there are passed over."""
    own = [one for one in own_scenes(session.workshop().events(Kind.SCENES)) if one.page in pages]
    ready = _ready_ones(tuple(pages))
    return {OWN: own, **ready} if own else ready


@st.cache_resource(show_spinner=False)
def _ready_ones(pages: tuple[str, ...]) -> dict[str, list[Scene]]:
    """The storylines that ship with the project; nobody changes them."""
    ready = [row for row in session.reference("storylines") if row["page"] in pages]
    found = {REGIONAL: [_ready(row) for row in ready if row["story"] == REGIONAL]}
    for country in RANGE_COUNTRIES:
        found[country] = [_ready(row, country) for row in ready if row["story"] == "country"]
    return found


def _ready(row: dict[str, str], country: str = "") -> Scene:
    def said(column: str, lang: str) -> str:
        name = session.names(lang)("country", country) if country else ""
        return row[f"{column}_{lang}"].replace("{country}", name)

    return Scene(
        row["page"],
        row["query"].replace("{country}", country),
        {lang: said("heading", lang) for lang in LANGUAGES},
        {lang: said("note", lang) for lang in LANGUAGES},
        int(row["minutes"]),
    )


def name(story: str, context: Context) -> str:
    """What a storyline is called."""
    t = context.t
    if story in RANGE_COUNTRIES:
        return t("Country report: {country}", country=context.labels("country", story))
    return {OWN: t("Our own storyline"), REGIONAL: t("Regional workshop")}[story]


def parameters(scene: Scene) -> dict[str, list[str]]:
    """The parameters of a scene's address."""
    return parse_qs(scene.query)


def query(view: dict[str, list[str]]) -> str:
    """The same, back as text."""
    return urlencode(view, doseq=True)


def as_file(scenes: list[Scene]) -> bytes:
    """A storyline as a file that another laptop can take in."""
    said = {"storyline": 1, "scenes": [scene.as_dict() for scene in scenes]}
    return json.dumps(said, ensure_ascii=False, indent=2).encode()


def from_file(content: bytes) -> list[Scene]:
    """The scenes of such a file; ``RefusedError`` when it is something else."""
    if len(content) > LARGEST_FILE:
        raise RefusedError(Reason.TOO_LONG)
    try:
        said: Any = json.loads(content)
    except ValueError as problem:
        raise RefusedError(Reason.MALFORMED) from problem
    match said:
        case {"storyline": 1, "scenes": [_, *_] as scenes}:
            if len(scenes) > MOST_SCENES:
                raise RefusedError(Reason.TOO_MANY)
            return [workshop.scene(one) for one in scenes]
    raise RefusedError(Reason.MALFORMED)
