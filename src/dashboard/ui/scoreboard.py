"""The self-assessment on the big screen: what is asked, how many have answered, and what the room says."""

from typing import Final

import streamlit as st

from dashboard.analysis import scoring
from dashboard.domain import room
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.records import Records
from dashboard.domain.workshop import ANSWERS, Event, Kind, Task
from dashboard.figures import scoring as figures
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec
from dashboard.store import room as store
from dashboard.ui import lan, panels, pin, session

LOOKS_EVERY: Final = "2s"
TASKS: Final = (Task.OUTCOMES, Task.ITEMS)


def part(context: Context) -> None:
    """The part of the workshop page."""
    _results(context)
    with st.container(key="scores-desk"):
        left, right = st.columns([2, 3], gap="large")
        with left:
            lan.code(context)
        with right:
            panels.subtitle(context.t("What the phones ask"))
            asking(TASKS, context)
            _agree(context)


def asking(tasks: tuple[Task, ...], context: Context) -> None:
    """Buttons that open a question on all phones, and close it."""
    t, now = context.t, room.asked(session.workshop().events(Kind.ASKED))
    names = {
        Task.OUTCOMES: t("Eight outcomes"),
        Task.ITEMS: t("Short form, 20 statements"),
        Task.TEXTS: t("Issues and proposals"),
        Task.DOTS: t("Dots"),
    }
    with st.container(key="asking", horizontal=True):
        for task in tasks:
            st.button(
                names[task],
                key=f"ask-{task}",
                type="primary" if now.task is task else "secondary",
                on_click=_ask,
                args=(task,),
            )
        st.button(t("Close"), key="ask-nothing", on_click=_ask, args=(Task.NOTHING,), disabled=now.task is Task.NOTHING)
        if tasks == TASKS:
            st.button(
                t("Start a new round"),
                key="ask-anew",
                help=t("Earlier answers stay; the new ones are compared with them."),
                on_click=_anew,
            )
    if now.task in names:
        st.caption(t("Open on the phones: {task}. Round {n}.", task=names[now.task], n=t.number(now.round)))
    else:
        st.caption(t("Nothing is open on the phones. Round {n}.", n=t.number(now.round)))


def _ask(task: Task) -> None:
    if pin.is_facilitator():
        store.ask(session.workshop(), task)


def _anew() -> None:
    if pin.is_facilitator():
        store.ask(session.workshop(), Task.NOTHING, anew=True)


def shown_task(context: Context) -> str:
    """Which statements are on the screen: those that are asked, or else the outcomes."""
    del context
    asked = [e for e in session.workshop().events(Kind.ASKED) if e.content["task"] in TASKS]
    return str(asked[-1].content["task"]) if asked else str(Task.OUTCOMES)


@st.fragment(run_every=LOOKS_EVERY)
def _results(context: Context) -> None:
    """What the room says; drawn again by itself."""
    t, file = context.t, session.workshop()
    events = file.events(Kind.ASKED, Kind.ANSWERED, Kind.AGREED)
    now, scores = room.asked(events).round, room.scores(events)
    people = _people(events, now)
    by_country = {c: people.count(c) for c in RANGE_COUNTRIES}
    total = len(people)
    if not total:
        panels.headline(t("Nobody has answered yet."), t("Open a question below; phones show it by themselves."))
        return
    where = t.list([f"{context.labels('country', c)} {t.number(n)}" for c, n in _named(by_country, context) if n])
    shown = _shown(by_country, context)
    if len(shown) == 1:
        name, n = context.labels("country", shown[0]), by_country[shown[0]]
        counted = t.n("{country}: {n} person has answered.", "{country}: {n} people have answered.", n, country=name)
    else:
        counted = t.n("{n} person has answered.", "{n} people have answered.", total)
    panels.headline(counted, t("{countries}. Nobody sees who answered what.", countries=where))
    for country in shown:
        panels.figure(figure(country, now, scores, room.agreed(events), context), context)


def _people(events: list[Event], now: int) -> list[str]:
    """The country of every phone that answered in this round, once."""
    last = {e.author: e.content["country"] for e in events if e.kind == Kind.ANSWERED and e.subject == str(now)}
    return list(last.values())


def _named(by_country: dict[str, int], context: Context) -> list[tuple[str, int]]:
    return sorted(by_country.items(), key=lambda one: context.labels("country", one[0]))


def _shown(by_country: dict[str, int], context: Context) -> list[str]:
    """The chosen countries, or all that have an answer; one figure each."""
    chosen = context.selection.countries
    return [c for c, n in _named(by_country, context) if (c in chosen if chosen else n)]


def figure(
    country: str,
    now: int,
    scores: list[room.Score],
    agreed: dict[tuple[int, str, str], int],
    context: Context,
    task: str = "",
    records: Records | None = None,
) -> FigureSpec:
    """What the room says of one country; outside a run, *records* must be given."""
    kind = (task or shown_task(context))[:-1]
    rows = [row for row in session.reference("assessment") if row["kind"] == kind]
    return figures.scores(
        [scoring.result(row["item"], country, now, scores, agreed) for row in rows],
        {row["item"]: row[f"question_{context.lang}"] for row in rows},
        scoring.law_says((records or session.records())["provisions"], country),
        country,
        context,
        is_official=all(row["wording"] == "official" for row in rows),
    )


def _agree(context: Context) -> None:
    """Write down the value that the room settled on."""
    t, labels = context.t, context.labels
    panels.subtitle(t("Agree on a value"), t("After the room has talked about the spread."))
    rows = {r["item"]: r for r in session.reference("assessment") if r["kind"] == shown_task(context)[:-1]}
    said = {item: row[f"question_{context.lang}"] for item, row in rows.items()}
    countries = sorted(context.selection.countries or RANGE_COUNTRIES, key=lambda c: labels("country", c))
    st.selectbox(t("Country"), countries, format_func=lambda c: labels("country", c), key="agree-country")
    item = st.selectbox(t("Statement"), list(rows), format_func=said.__getitem__, key="agree-item")
    panels.line(said[item])  # whole: a list shows one line of it
    with st.form("agree", border=False):
        st.segmented_control(
            t("Agreed value; none takes it back"),
            ANSWERS,
            format_func=lambda a: f"{a} {labels('assessment_answer', str(a))}",
            key="agree-value",
        )
        st.form_submit_button(t("Write down"), on_click=_write_down)


def _write_down() -> None:
    file = session.workshop()
    if pin.is_facilitator():
        now = room.asked(file.events(Kind.ASKED)).round
        said = {"round": now, "country": session.typed("agree-country"), "item": session.typed("agree-item")}
        file.add(Kind.AGREED, str(now), {**said, "value": session.typed("agree-value")})
