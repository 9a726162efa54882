"""Scenes and storylines: save what is on the screen, put scenes in order, start a storyline, exchange it as a file."""

from functools import partial
from typing import Final

import streamlit as st

from dashboard.domain.workshop import RefusedError, Scene
from dashboard.figures.context import Context
from dashboard.i18n.translator import LANGUAGES
from dashboard.store import room
from dashboard.ui import panels, pin, refusals, session, storylines
from dashboard.ui.presenter import PRESENTER, Presenter, save_scene
from dashboard.ui.upload import in_popover

UP: Final = ":material/arrow_upward:"
OUT: Final = ":material/playlist_remove:"


def save_this_view(page: str, context: Context) -> None:
    """The popover that makes a scene of whatever page and filters are on the screen."""
    t = context.t
    for words in session.said("scene"):
        st.toast(words)
    popover = st.popover(t("Save as a scene"), key="save-scene", on_change="rerun")
    if not popover.open:  # it is on every page, and seldom wanted
        return
    with popover, st.form("scene-new", border=False, clear_on_submit=True):
        for lang in LANGUAGES:
            st.text_input(_heading_label(lang, context), key=f"scene-heading-{lang}", max_chars=160)
        for lang in LANGUAGES:
            st.text_area(_note_label(lang, context), key=f"scene-note-{lang}", max_chars=300, height=68)
        st.form_submit_button(t("Save"), on_click=_save, args=(page, context))


def _heading_label(lang: str, context: Context) -> str:
    t = context.t
    return {"en": t("Heading in English"), "ru": t("Heading in Russian")}[lang]


def _note_label(lang: str, context: Context) -> str:
    t = context.t
    return {"en": t("Note in English"), "ru": t("Note in Russian")}[lang]


def _save(page: str, context: Context) -> None:
    said = {lang: str(session.typed(f"scene-heading-{lang}") or "").strip()[:160] for lang in LANGUAGES}
    notes = {lang: str(session.typed(f"scene-note-{lang}") or "").strip()[:300] for lang in LANGUAGES}
    fallback = next((words for words in said.values() if words), "")
    if not fallback:
        session.say("scene", context.t("A scene needs a heading in at least one language."))
        return
    save_scene(page, {lang: words or fallback for lang, words in said.items()}, notes)
    session.say("scene", context.t("The view was saved as a scene of our own storyline."))


def part(context: Context) -> None:
    """The part of the workshop page that leads through storylines."""
    t, presenter = context.t, session.kept(PRESENTER)
    panels.headline(
        t("Choose a storyline and turn its scenes with the arrow keys."),
        t("Leaving a scene to answer a question loses nothing: the bar below leads back to it."),
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        story = st.selectbox(
            t("Storyline"),
            list(presenter.stories),
            format_func=lambda one: storylines.name(one, context),
            key="story",
        )
        scenes = presenter.stories[story]
        st.button(
            t("Start"), key="story-start", type="primary", on_click=_start, args=(presenter, story), disabled=not scenes
        )
        _list(story, scenes, context, presenter)
    with right:
        _files(story, scenes, context)


def _start(presenter: Presenter, story: str) -> None:
    session.choose(session.PRESENT, [session.ON])
    presenter.go(story, 0)


def _list(story: str, scenes: list[Scene], context: Context, presenter: Presenter) -> None:
    """The scenes in their order; those of our own can be moved and taken out."""
    t = context.t
    for n, scene in enumerate(scenes):
        with st.container(key=f"scene-row-{n}", horizontal=True, vertical_alignment="center"):
            panels.line(f"{n + 1}. {scene.heading[context.lang]}", scene.note.get(context.lang, ""))
            st.button(t("Open"), key=f"scene-open-{n}", on_click=presenter.go, args=(story, n))
            if story == storylines.OWN:
                up = partial(_moved, at=n, by=-1)
                out = partial(_without, at=n)
                st.button(
                    t("Earlier"), icon=UP, key=f"scene-up-{n}", on_click=_change, args=(up,),
                    disabled=n == 0,
                )  # fmt: skip
                st.button(
                    t("Take out"), icon=OUT, key=f"scene-out-{n}", on_click=_change, args=(out,)
                )  # fmt: skip


def _change(change: partial[list[Scene]]) -> None:
    if pin.is_facilitator():
        room.change_scenes(session.workshop(), change)


def _moved(scenes: list[Scene], at: int, by: int) -> list[Scene]:
    moved = list(scenes)
    if 0 <= at + by < len(moved) and at < len(moved):
        moved.insert(at + by, moved.pop(at))
    return moved


def _without(scenes: list[Scene], at: int) -> list[Scene]:
    return scenes[:at] + scenes[at + 1 :]


def _files(story: str, scenes: list[Scene], context: Context) -> None:
    t = context.t
    panels.subtitle(t("Exchange"), t("A storyline is one small file that another laptop can take in."))
    st.download_button(
        t("Save this storyline as a file"),
        data=partial(storylines.as_file, scenes),
        file_name=f"storyline-{story}.json",
        mime="application/json",
        on_click="ignore",
        key="story-file",
    )
    if story != storylines.OWN:
        st.button(
            t("Copy it into our own storyline"), key="story-copy", on_click=_change, args=(partial(_added, new=scenes),)
        )
    arrived = in_popover(t("Add the scenes of a file"), "json", "story-upload", context)
    if arrived is not None:
        st.button(t("Add"), key="story-add", on_click=_take_in, args=(arrived, context))
    for words in session.said("story"):
        st.info(words)


def _added(scenes: list[Scene], new: list[Scene]) -> list[Scene]:
    return [*scenes, *new][: storylines.MOST_SCENES]


def _take_in(content: bytes, context: Context) -> None:
    try:
        new = storylines.from_file(content)
    except RefusedError as problem:
        session.say("story", refusals.sentence(problem.reason, context))
        return
    _change(partial(_added, new=new))
    session.say("story", context.t.n("{n} scene was added.", "{n} scenes were added.", len(new)))
