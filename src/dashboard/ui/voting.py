"""What a phone in the room shows: the statements to score, the field to write in, the texts to vote on."""

from typing import Final

import streamlit as st

from dashboard.domain import room
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.room import Asked
from dashboard.domain.workshop import ANSWERS, DOTS, ISSUE_KINDS, LONGEST_TEXT, ROLES, THEMES, Kind, RefusedError, Task
from dashboard.figures.context import Context
from dashboard.figures.scoring import wording
from dashboard.store import room as store
from dashboard.ui import panels, phones, pin, refusals, session

PLACE: Final = "room"
COUNTED: Final = "counted"
CUT: Final = 1  # Streamlit cuts a text at its limit without a word; one more than we allow, and it is refused instead
LOOKS_EVERY: Final = "5s"
COUNTRY, ROLE, THEME, KIND, TEXT = "room-country", "room-role", "room-theme", "room-kind", "room-text"


def phone(context: Context) -> None:
    """The whole page."""
    t, asked = context.t, room.asked(session.workshop().events(Kind.ASKED))
    draw, heading, remark = {
        Task.NOTHING: (_wait, t("Nothing is asked at the moment."), t("This page changes by itself.")),
        Task.OUTCOMES: (_scores, t("How good is the response in your country?"), _discretion(context)),
        Task.ITEMS: (_scores, t("A closer look at the response in your country"), _discretion(context)),
        Task.TEXTS: (_texts, t("Write down issues and proposals."), t("In English or Russian; one thought a text.")),
        Task.DOTS: (
            _dots,
            t.n("You have {n} dot: put it where it matters.", "You have {n} dots: put them where they matter.", DOTS),
            t("Several dots may go to one text. The last thing you send counts."),
        ),
    }[asked.task]
    panels.headline(heading, remark)
    draw(asked, context)
    _next_person(context)
    watch(asked, context, has_form=asked.task is not Task.NOTHING)


def _discretion(context: Context) -> str:
    return context.t("Nobody sees who answered what. Leave out what you do not know: it is not counted as 0.")


@st.fragment(run_every=LOOKS_EVERY)
def watch(shown: Asked, context: Context, *, has_form: bool) -> None:
    """See whether the room has moved on. What somebody is typing is never taken away without a word."""
    if room.asked(session.workshop().events(Kind.ASKED)) == shown:
        return
    if not has_form:
        st.rerun()
    st.warning(context.t("The room has moved on. What is on this page can no longer be counted."))
    if st.button(context.t("Show what is asked now"), key="room-on", width="stretch"):
        st.rerun()


def _wait(_: Asked, __: Context) -> None:
    """Nothing to fill in; but what was just sent is answered."""
    _answer()


def _answer() -> None:
    """What became of the thing that was just sent, where the thumb is."""
    for kind, words in [session.said(PLACE)] if session.is_said(PLACE) else []:
        if kind == COUNTED:
            panels.counted(words)
        else:
            st.warning(words)


def _scores(asked: Asked, context: Context) -> None:
    t, labels = context.t, context.labels
    statements = [row for row in session.reference("assessment") if row["kind"] == asked.task[:-1]]
    before = store.own_answers(session.workshop(), asked, phones.device())
    with st.form(f"scores-{asked.round}-{asked.task}", border=False):
        countries = sorted(RANGE_COUNTRIES, key=lambda code: labels("country", code))
        roles = sorted(ROLES, key=lambda code: labels("agency_kind", code))
        for key, options, codes, label, held in (
            (COUNTRY, countries, "country", t("Country"), before.get("country")),
            (ROLE, roles, "agency_kind", t("Your agency"), before.get("role")),
        ):
            st.selectbox(
                label,
                options,
                index=options.index(held) if held in options else None,
                format_func=lambda code, codes=codes: labels(codes, code),
                placeholder=t("Choose"),
                key=key,
            )
        anchors = {str(a): labels.description("assessment_answer", str(a)) for a in ANSWERS}
        panels.anchors(anchors)
        for row in statements:
            st.segmented_control(
                row[f"question_{context.lang}"],
                ANSWERS,
                default=before.get("answers", {}).get(row["item"]),
                key=_key(asked, row["item"]),
            )
        st.form_submit_button(t("Send"), type="primary", width="stretch", on_click=_send_scores, args=(asked, context))
    _answer()
    st.caption(wording(context, is_official=all(row["wording"] == "official" for row in statements)))


def _key(asked: Asked, item: str) -> str:
    return f"score-{asked.round}-{item}"


def _send_scores(asked: Asked, context: Context) -> None:
    t = context.t
    items = {row["item"] for row in session.reference("assessment") if row["kind"] == asked.task[:-1]}
    answers = {item: session.typed(_key(asked, item)) for item in items}
    country, role = session.typed(COUNTRY), session.typed(ROLE)
    if country is None or role is None:
        session.say(PLACE, "", t("Not counted: choose your country and your agency, then send it again."))
        return
    try:
        again = store.submit_scores(session.workshop(), asked, phones.device(), country, role, answers, items)
    except RefusedError as problem:
        session.say(PLACE, "", refusals.sentence(problem.reason, context))
        return
    given = t.n("{n} answer", "{n} answers", sum(value is not None for value in answers.values()))
    if again:
        words = t("Counted once: {answers}. They replace what this phone sent before.", answers=given)
    else:
        words = t("Counted: {answers}. You may change them and send them again.", answers=given)
    session.say(PLACE, COUNTED, words)


def _texts(asked: Asked, context: Context) -> None:
    t, labels = context.t, context.labels
    with st.form(f"texts-{asked.round}", border=False):
        st.selectbox(
            t("Your group"),
            THEMES,
            index=None,
            format_func=lambda code: labels("workshop_theme", code),
            placeholder=t("Choose"),
            key=THEME,
        )
        st.segmented_control(
            t("This is"),
            ISSUE_KINDS,
            required=True,
            default=ISSUE_KINDS[0],
            format_func=lambda c: labels("contribution", c),
            key=KIND,
        )
        st.text_area(t("Text"), key=TEXT, max_chars=LONGEST_TEXT + CUT, height=120)
        st.form_submit_button(t("Send"), type="primary", width="stretch", on_click=_send_text, args=(asked, context))
    _answer()
    st.caption(t("Name nobody who is accused, and no place where animals live."))
    theme = session.typed(THEME)
    for one in room.contributions(session.workshop().events(Kind.WRITTEN, Kind.MERGED)) if theme else ():
        if one.theme == theme:
            panels.line(" / ".join(one.texts), labels("contribution", one.kind))


def _send_text(asked: Asked, context: Context) -> None:
    t, theme = context.t, session.typed(THEME)
    if theme is None:
        session.say(PLACE, "", t("Not counted: choose your group, then send it again."))
        return
    try:
        again = store.submit_text(
            session.workshop(), asked, phones.device(), theme, session.typed(KIND), session.typed(TEXT)
        )
    except RefusedError as problem:
        session.say(PLACE, "", refusals.sentence(problem.reason, context))
        return
    session.empty(TEXT)
    known = t("This phone has already sent that text; it is on the list once.")
    session.say(PLACE, COUNTED, known if again else t("It is on the list. Write the next one."))


def _dots(asked: Asked, context: Context) -> None:
    t, labels = context.t, context.labels
    found = room.contributions(session.workshop().events(Kind.WRITTEN, Kind.MERGED))
    before = store.own_dots(session.workshop(), asked, phones.device())
    if not found:
        st.info(t("No text has been written yet."))
        _answer()
        return
    with st.form(f"dots-{asked.round}", border=False):
        for theme in THEMES:
            own = [one for one in found if one.theme == theme]
            if own:
                panels.subtitle(labels("workshop_theme", theme))
            for one in own:
                st.number_input(
                    panels.plain(" / ".join(one.texts)),
                    0,
                    DOTS,
                    before.get(one.id, 0),
                    key=f"dots-{asked.round}-{one.id}",
                )
        ids = tuple(one.id for one in found)
        st.form_submit_button(
            t("Send"), type="primary", width="stretch", on_click=_send_dots, args=(asked, ids, context)
        )
    _answer()


def _send_dots(asked: Asked, ids: tuple[str, ...], context: Context) -> None:
    t = context.t
    given = {one: session.typed(f"dots-{asked.round}-{one}") for one in ids}
    try:
        again = store.submit_dots(session.workshop(), asked, phones.device(), given)
    except RefusedError as problem:
        session.say(PLACE, "", refusals.sentence(problem.reason, context))
        return
    placed = t.n("{n} dot", "{n} dots", sum(count or 0 for count in given.values()))
    if again:
        words = t("Counted once: {dots}. They replace what this phone sent before.", dots=placed)
    else:
        words = t("Counted: {dots}. You may move them and send them again.", dots=placed)
    session.say(PLACE, COUNTED, words)


def _next_person(context: Context) -> None:
    """On the machine that serves, several people may answer one after another."""
    if pin.is_local() and phones.device():
        st.button(
            context.t("The next person answers on this device"), key="next-seat", type="tertiary",
            on_click=phones.next_seat,
        )  # fmt: skip
