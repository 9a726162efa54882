"""The minutes: what was shown, said and agreed, in both languages, with one button."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard.domain import room
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection
from dashboard.domain.workshop import Event, Kind, Task, scene
from dashboard.figures import scoring as figures
from dashboard.figures.context import Context
from dashboard.figures.scenes import address, figure_of
from dashboard.figures.spec import FigureSpec
from dashboard.i18n.translator import LANGUAGES
from dashboard.reports import minutes as report
from dashboard.reports.minutes import Minutes, Part
from dashboard.ui import lock, panels, scoreboard, session


def part(context: Context) -> None:
    """The part of the workshop page."""
    t, events, records = context.t, session.workshop().events(), session.records()
    said = _minutes(context, events, records, {})
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
        data=partial(_archive, [in_language(context, lang) for lang in LANGUAGES], records),
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


def _archive(readers: list[Context], records: Records) -> bytes:
    """What the button gives when it is pressed: outside a run, so it must not touch the session.

    If the lock was switched on since the page was drawn, the page has to be drawn anew.
    """
    if lock.is_on() and not readers[0].is_locked:
        raise PermissionError("the projector-safe lock was switched on: open the minutes again")
    return archive(readers, session.workshop().events(), records)


def archive(readers: list[Context], events: list[Event], records: Records) -> bytes:
    """Word and PDF for each reader, in one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for reader in readers:
            shown = {
                key: figure_of(scene(one.content), records, session.package(), reader)
                for key, one in _scenes(events).items()
            }
            said = _minutes(reader, events, records, shown)
            files.writestr(f"minutes-{reader.lang}.docx", report.word(said, reader))
            files.writestr(f"minutes-{reader.lang}.pdf", report.pdf(said, reader))
    return packed.getvalue()


def in_language(context: Context, lang: str) -> Context:
    """The same reader, in a language; minutes are of the whole workshop, whatever is filtered on the screen."""
    link = context.link.split("?")[0]
    return replace(context, t=session.speaker(lang), labels=session.names(lang), selection=Selection(), view={},
                   link=f"{link}?lang={lang}")  # fmt: skip


def _minutes(
    context: Context, events: list[Event], records: Records, shown: Mapping[str, FigureSpec | None]
) -> Minutes:
    t = context.t
    days = sorted({event.at[:10] for event in events})
    opening = [t.list([t.date(day) for day in days])] if days else []
    opening.append(t("Digest of all that happened: {digest}", digest=session.workshop().head() or "–"))
    return Minutes(t("Minutes of the workshop"), opening, _parts(context, events, records, shown), context.lang)


def _parts(
    context: Context, events: list[Event], records: Records, shown: Mapping[str, FigureSpec | None]
) -> list[Part]:
    t = context.t
    actions = room.actions(events)
    ledger = [figures.ledger(actions, context)] if actions else []
    if actions:
        since = min(event.at for event in events if event.kind == Kind.ACTION)[:10]
        ledger.append(figures.changed(room.changes(events, since), since, context))
    found = room.contributions(events)
    voters = {(e.author, e.subject) for e in events if e.kind == Kind.DOTTED}
    return [
        *_shown(context, events, shown),
        Part(t("How the room scores the response"), [], _scores(context, events, records)),
        Part(t("Priorities"), [], [figures.priorities(found, len(voters), context)] if found else []),
        Part(t("Joint actions"), [], ledger),
    ]


def _scenes(events: list[Event]) -> dict[str, Event]:
    """Each scene once, when it was first on the screen."""
    first: dict[str, Event] = {}
    for event in events:
        if event.kind == Kind.SHOWN:
            first.setdefault(str(event.content), event)
    return first


def _shown(context: Context, events: list[Event], shown: Mapping[str, FigureSpec | None]) -> list[Part]:
    """Each scene with the link that opens it again and its figure; a figure that was there before is not repeated."""
    parts, seen = [Part(context.t("Scenes shown"), [])], set()
    for key, event in _scenes(events).items():
        one, spec = scene(event.content), shown.get(key)
        is_new = spec is not None and (spec.id, spec.passport.filters) not in seen
        if spec is not None:
            seen.add((spec.id, spec.passport.filters))
        line = f"{event.at[11:16]} UTC · {address(one, context)}"
        parts.append(Part(one.heading[context.lang], [line], [spec] if spec is not None and is_new else [], level=2))
    return parts if len(parts) > 1 else []


def _scores(context: Context, events: list[Event], records: Records) -> list[FigureSpec]:
    """The latest round of each country that answered: outcomes, then the short form."""
    now, scores, agreed = room.asked(events).round, room.scores(events), room.agreed(events)
    answered = {(s.country, s.item[0]) for s in scores if s.round == now}
    return [
        scoreboard.figure(country, now, scores, agreed, context, task, records)
        for country in sorted(RANGE_COUNTRIES, key=lambda code: context.labels("country", code))
        for task in (Task.OUTCOMES, Task.ITEMS)
        if (country, task[0]) in answered
    ]
