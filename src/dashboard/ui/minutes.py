"""The minutes: what was shown, said and agreed, in both languages, with one button."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from dashboard.domain import room
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.selection import Selection
from dashboard.domain.workshop import Event, Kind, Task, scene
from dashboard.figures import scoring as figures
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec
from dashboard.i18n.translator import LANGUAGES
from dashboard.reports import minutes as report
from dashboard.reports.minutes import Minutes, Part
from dashboard.ui import panels, scoreboard, session


def part(context: Context) -> None:
    """The part of the workshop page."""
    t, events = context.t, session.workshop().events()
    said = _minutes(context, events)
    if not any(one.figures or one.lines for one in said.parts):
        panels.headline(
            t("Nothing has happened yet that minutes could tell."),
            t("Scenes shown, scores, priorities and joint actions appear here by themselves."),
        )
        return
    panels.headline(
        t("The minutes are written as the room works."),
        t("Word and PDF, in English and Russian, with all figures. Nobody who answered is named."),
    )
    st.download_button(
        t("Take the minutes along"),
        data=lambda: archive(context, session.workshop().events()),
        file_name=f"minutes-{datetime.now(UTC):%Y%m%d}.zip",
        mime="application/zip",
        on_click="ignore",
        type="primary",
        key="minutes-file",
    )
    for one in said.parts:
        panels.subtitle(one.heading)
        for words in one.lines:
            panels.line(words)
        for spec in one.figures:
            panels.line(spec.title, spec.caption)


def archive(context: Context, events: list[Event]) -> bytes:
    """Four files in one: Word and PDF in each language."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for lang in LANGUAGES:
            reader = in_language(context, lang)
            said = _minutes(reader, events)
            files.writestr(f"minutes-{lang}.docx", report.word(said, reader))
            files.writestr(f"minutes-{lang}.pdf", report.pdf(said, reader))
    return packed.getvalue()


def in_language(context: Context, lang: str) -> Context:
    """The same reader, in a language; minutes are of the whole workshop, whatever is filtered on the screen."""
    link = context.link.split("?")[0]
    return replace(context, t=session.speaker(lang), labels=session.names(lang), selection=Selection(), view={},
                   link=f"{link}?lang={lang}")  # fmt: skip


def _minutes(context: Context, events: list[Event]) -> Minutes:
    t = context.t
    days = sorted({event.at[:10] for event in events})
    opening = [t.list([t.date(day) for day in days])] if days else []
    opening.append(t("Digest of all that happened: {digest}", digest=session.workshop().head() or "–"))
    return Minutes(t("Minutes of the workshop"), opening, _parts(context, events), context.lang)


def _parts(context: Context, events: list[Event]) -> list[Part]:
    t = context.t
    actions = room.actions(events)
    ledger = [figures.ledger(actions, context)] if actions else []
    if actions:
        since = min(event.at for event in events if event.kind == Kind.ACTION)[:10]
        ledger.append(figures.changed(room.changes(events, since), since, context))
    found = room.contributions(events)
    voters = {(e.author, e.subject) for e in events if e.kind == Kind.DOTTED}
    return [
        Part(t("Scenes shown"), _shown(context, events)),
        Part(t("How the room scores the response"), [], _scores(context, events)),
        Part(t("Priorities"), [], [figures.priorities(found, len(voters), context)] if found else []),
        Part(t("Joint actions"), [], ledger),
    ]


def _shown(context: Context, events: list[Event]) -> list[str]:
    """Each scene once, when it was first on the screen, with the link that opens it again."""
    base = context.link.split("?")[0].rstrip("/").rsplit("/", 1)[0]
    first: dict[str, Event] = {}
    for event in events:
        if event.kind == Kind.SHOWN:
            first.setdefault(str(event.content), event)
    lines = []
    for event in first.values():
        shown = scene(event.content)
        link = f"{base}/{shown.page}?lang={context.lang}" + (f"&{shown.query}" if shown.query else "")
        lines.append(f"{event.at[11:16]} UTC · {shown.heading[context.lang]} · {link}")
    return lines


def _scores(context: Context, events: list[Event]) -> list[FigureSpec]:
    """The latest round of each country that answered: outcomes, then the short form."""
    now, scores, agreed = room.asked(events).round, room.scores(events), room.agreed(events)
    answered = {(s.country, s.item[0]) for s in scores if s.round == now}
    return [
        scoreboard.figure(country, now, scores, agreed, context, task)
        for country in sorted(RANGE_COUNTRIES, key=lambda code: context.labels("country", code))
        for task in (Task.OUTCOMES, Task.ITEMS)
        if (country, task[0]) in answered
    ]
