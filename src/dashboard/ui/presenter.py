"""The presenter: a bar that leads through a storyline on every page, the second title line, the countdown."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard.domain.workshop import SLOT_MINUTES, Event, Kind, Scene
from dashboard.figures.context import Context
from dashboard.i18n.translator import LANGUAGES
from dashboard.store import room
from dashboard.ui import pin, session, storylines

STYLE: Final = Path(__file__).parent / "presenter.css"
SCENE_LOOK: Final = Path(__file__).parent / "scene.css"
PRESENTER: Final = "presenter"
KEYS: Final = Path(__file__).parent / "presenter.html"
PREVIOUS_KEYS: Final = ("Left", "PageUp")
NEXT_KEYS: Final = ("Right", "PageDown")
STOP: Final = ":material/timer_off:"
Where = tuple[str, int]  # a storyline and a position in it, from 0


class Presenter:
    """Where the reader is in which storyline; made once a run, by the frame."""

    def __init__(self, context: Context, pages: dict[str, Any], titles: Callable[[], Mapping[str, str]]) -> None:
        self.context = context
        self.pages = pages
        self.titles = titles
        self.stories = storylines.all_of_them(pages.keys())
        keys = [_key((story, n)) for story, scenes in self.stories.items() for n in range(len(scenes))]
        chosen = session.bound_codes(session.SCENE, keys)
        self.where: Where | None = _where(chosen[-1]) if chosen else None

    def scene(self) -> Scene | None:
        """The scene that the address names."""
        return self.stories[self.where[0]][self.where[1]] if self.where else None

    def follow(self, page: str) -> None:
        """Turn to the page that a scene asked for; does not return if that is another one than *page*."""
        wanted, scene = session.wanted_page(), self.scene()
        if scene and wanted not in {"", page}:
            st.switch_page(self.pages[wanted], query_params=session.unbound(storylines.parameters(scene)))

    def heading(self) -> None:
        """The line above the page, in both languages where the reader wants that."""
        scene = self.scene()
        if scene is None and not self.context.has_second_language:
            return
        if scene:
            st.html(SCENE_LOOK)
        said = scene.heading if scene else self.titles()
        langs = (self.context.lang, *(other for other in LANGUAGES if other != self.context.lang))
        shown = langs if self.context.has_second_language else langs[:1]
        lines = "".join(f'<span lang="{lang}">{escape(said[lang])}</span>' for lang in shown)
        st.html(f'<p class="scene-heading">{lines}</p>')

    def bar(self, page: str) -> None:
        """Previous, next, where we are, the note, the countdown."""
        scene, t = self.scene(), self.context.t
        if scene is None or self.where is None:
            return
        story, at = self.where
        count = len(self.stories[story])
        is_here = scene.page == page and storylines.parameters(scene) == session.view()
        with st.container(key="presenter", horizontal=True, vertical_alignment="center"):
            for keys, step, icon, label in (
                (PREVIOUS_KEYS, -1, ":material/arrow_back:", t("Previous scene")),
                (NEXT_KEYS, 1, ":material/arrow_forward:", t("Next scene")),
            ):
                self._step(keys, story, at + step, icon, label)
                if step < 0:
                    place = t("{position} of {count}", position=t.number(at + 1), count=t.number(count))
                    st.html(f'<span class="scene-place">{escape(place)}</span>')
            if not is_here:
                st.button(t("Back to the scene"), key="scene-back", shortcut="Home", on_click=self.go, args=(story, at))
            if note := scene.note.get(self.context.lang):
                with st.popover(t("Note"), key="scene-note"):
                    st.text(note)
                    st.caption(t("Arrow keys or a clicker turn the scenes. F11 fills the screen."))
            countdown(self.context, scene.minutes or SLOT_MINUTES)
            st.button(t("End"), key="scene-end", type="tertiary", on_click=session.choose, args=(session.SCENE, []))

    def _step(self, keys: tuple[str, ...], story: str, to: int, icon: str, label: str) -> None:
        """A button, and hidden ones for the other keys of clickers."""
        is_there = 0 <= to < len(self.stories[story])
        for key in keys:
            st.button(
                label,
                icon=icon,
                key=f"scene-{key.lower()}",
                shortcut=key,
                disabled=not is_there,
                on_click=self.go,
                args=(story, to),
            )

    def go(self, story: str, to: int) -> None:
        """Callback: turn to a scene, and write down that it was shown."""
        scene = self.stories[story][to]
        session.show_scene(_key((story, to)), scene.page, storylines.parameters(scene))
        if pin.is_facilitator():
            session.workshop().add(Kind.SHOWN, _key((story, to)), scene.as_dict())


def countdown(context: Context, minutes: int) -> None:
    """A clock that runs in the browser, or the button that starts it. It is in the file, so it survives a reload."""
    t, running = context.t, session.workshop().last(Kind.TIMER)
    if running and running.content["minutes"] and (passed := _seconds_since(running)) < _gone(running):
        total = running.content["minutes"] * 60
        words = t.n("{n} minute", "{n} minutes", running.content["minutes"])
        st.html(
            f'<span class="countdown" role="timer" aria-label="{escape(words)}" '
            f'style="--total:{total};--passed:{min(passed, total)}"></span>'
        )
        st.button(
            t("Stop the clock"),
            icon=STOP,
            key="timer-stop",
            type="tertiary",
            on_click=_time,
            args=(0,),
        )
    else:
        label = t.n("{n} min", "{n} min", minutes)
        st.button(
            label, key="timer-start", icon=":material/hourglass_top:", type="tertiary", on_click=_time, args=(minutes,)
        )


def _time(minutes: int) -> None:
    if pin.is_facilitator():
        session.workshop().add(Kind.TIMER, "slot", {"minutes": minutes})


def _seconds_since(event: Event) -> int:
    return int((datetime.now(UTC) - datetime.fromisoformat(event.at)).total_seconds())


def _gone(event: Event) -> int:
    """When a clock that ran out leaves the screen: it stands at 0:00 for half its time."""
    return int(event.content["minutes"] * 90)


def badge(context: Context) -> None:
    """The sign that what is on the screen may be photographed."""
    if context.is_locked:
        words = context.t("Projector-safe: places are provinces, counts under 3 are not shown")
        st.html(f'<p class="lock-badge" role="status">{escape(words)}</p>')


def keys() -> None:
    """Keep Streamlit's own keys from opening a developer's dialog in front of the room. A constant, never data."""
    st.html(KEYS, unsafe_allow_javascript=True)


def _key(where: Where) -> str:
    return f"{where[0]}-{where[1] + 1}"


def _where(key: str) -> Where:
    story, _, position = key.rpartition("-")
    return story, int(position) - 1


def save_scene(page: str, headings: dict[str, str], notes: dict[str, str]) -> None:
    """Add the view on the screen to the own storyline."""
    new = Scene(page, storylines.query(session.view()), headings, notes)
    room.change_scenes(session.workshop(), lambda scenes: [*scenes, new][: storylines.MOST_SCENES])
