"""Report an incident: the first information report, short enough for a telephone."""

from dataclasses import replace
from typing import Any, Final

import streamlit as st

from dashboard.domain.fields import N_, RANGE_COUNTRIES
from dashboard.domain.issues import Issue
from dashboard.figures.context import Context
from dashboard.i18n import problems
from dashboard.intake import review
from dashboard.store import engine as engines
from dashboard.store import queue
from dashboard.ui import desking, panels, session
from dashboard.ui.data import who
from dashboard.ui.filters import TYPES

DRAFT: Final = "draft"  # the receipt of what is being written
BEGUN: Final = "draft-answers"
SENT: Final = "sent"  # the receipt of what was sent a moment ago
FORM: Final = "fir-"
ROUND: Final = "fir-round"
UNITS: Final = ("items", "individuals", "kg")
COMMODITIES: Final = (
    "skin",
    "bones",
    "horns",
    "teeth_claws",
    "skull",
    "meat",
    "musk",
    "taxidermy",
    "trophy",
    "live",
    "other",
)
STATES: Final = {
    queue.DRAFT: N_("Not sent yet"),
    queue.RECEIVED: N_("Received"),
    queue.CHECKED: N_("Checked"),
    queue.MERGED: N_("Merged with another record"),
    queue.PUBLISHED: N_("Accepted and published"),
    queue.NOT_USED: N_("Not used"),
}
QUESTIONS: Final = {
    "date": N_("When? Day, month or year"),
    "country": N_("In which country?"),
    "place": N_("Where? Nearest town, road or park"),
    "incident_type": N_("What happened?"),
    "species_scientific": N_("Which animal?"),
    "commodity": N_("What was it?"),
    "quantity": N_("How many or how much?"),
    "unit": N_("Counted in pieces, animals or kilograms?"),
    "agency": N_("Which agency acted?"),
    "source_publisher": N_("Who reports? Agency or organisation"),
    "evidence": N_("What is known, in a sentence or two. No names."),
}
ASKED_AS: Final = {"species_common": "species_scientific", "date_precision": "date"}  # no questions of their own
Answers = dict[str, str]


def show(context: Context) -> None:
    """The form, and what became of an earlier one."""
    t = context.t
    panels.headline(
        t("Report an incident in two minutes."),
        t("It waits until somebody has checked it; nothing unchecked is in any figure. Please write no names."),
    )
    with st.container(key="narrow"):
        # Alone on the page: below a long form on a telephone, nobody would see it.
        if receipt := session.kept(SENT):
            panels.receipt(t("Received. Your receipt code:"), receipt)
            st.caption(
                t("Write it down or take a picture: it shows later what became of your report, without an account.")
            )
            st.button(t("Report another incident"), key="fir-another", on_click=session.forget, args=(SENT,))
        else:
            _form(context)
        _status(context)


def _form(context: Context) -> None:
    t, labels = context.t, context.labels
    begun: Answers = session.kept(BEGUN, {})
    nth = session.kept(ROUND, 0)  # the browser would show the old answers in widgets of the old names

    def listed(key: str, options: list[str], codes: str, *, required: bool = True) -> str:
        offered = options if required else ["", *options]
        index = offered.index(begun[key]) if begun.get(key) in offered else None if required else 0
        chosen: Any = st.selectbox(
            t(QUESTIONS[key]), offered, index=index, key=f"{FORM}{key}-{nth}", placeholder=t("Choose"),
            format_func=lambda code: labels(codes, code) if code else t("Not stated"),
        )  # fmt: skip
        return chosen or ""

    def written(key: str, longest: int, **more: Any) -> str:
        text: str = st.text_input(
            t(QUESTIONS[key]), value=begun.get(key, ""), key=f"{FORM}{key}-{nth}", max_chars=longest, **more
        )
        return text.strip()

    with st.form("fir", border=False):
        answers = {
            "date": written("date", 20, placeholder="03.05.2026"),
            "country": listed("country", _by_name(RANGE_COUNTRIES, "country", context), "country"),
            "place": written("place", 120),
            "incident_type": listed("incident_type", list(TYPES), "incident_type"),
            "species_scientific": listed("species_scientific", _taxa(context), "taxon"),
            "commodity": listed("commodity", list(COMMODITIES), "commodity"),
        }
        left, right = st.columns(2)
        with left:
            answers["quantity"] = written("quantity", 12)
        with right:
            answers["unit"] = listed("unit", list(UNITS), "unit", required=False)
        answers["agency"] = written("agency", 120)
        answers["source_publisher"] = written("source_publisher", 200)
        key = "evidence"
        text = st.text_area(t(QUESTIONS[key]), value=begun.get(key, ""), key=f"{FORM}{key}-{nth}", max_chars=400)
        answers[key] = text.strip()
        sent = st.form_submit_button(t("Send"), key="fir-send", type="primary", width="stretch")
        saved = st.form_submit_button(t("Save and continue later"), key="fir-save", width="stretch")
    if sent:
        _send(answers, context)
    elif saved:
        _save(answers, context)


def _by_name(codes: tuple[str, ...], of: str, context: Context) -> list[str]:
    return sorted(codes, key=lambda code: context.labels(of, code))


def _taxa(context: Context) -> list[str]:
    taxa = session.loaded().tables["taxa"]
    species = taxa.loc[taxa["rank"] != "group", "taxon"]
    return sorted(species, key=lambda taxon: (taxon != "panthera_uncia", context.labels("taxon", taxon)))


def _as_row(answers: Answers, context: Context) -> Answers:
    """The cells of the record sheet: the species by its names, the source by what it is."""
    taxa = session.loaded().tables["taxa"].set_index("taxon")
    row = dict(answers)
    if taxon := answers["species_scientific"]:
        row["species_scientific"] = str(taxa.at[taxon, "scientific_name"])
        row["species_common"] = str(taxa.at[taxon, "name_en"])
    return row | {"source_title": review.SENT_BY, "language": context.lang}


def _send(answers: Answers, context: Context) -> None:
    try:
        receipt = review.send(desking.desk(), who.actor(), _as_row(answers, context), session.kept(DRAFT, ""))
    except review.NotSoundError as refused:
        for words in _refused(refused.issues, answers, context):
            st.error(words)
        return
    session.forget(DRAFT, BEGUN)
    session.keep(ROUND, session.kept(ROUND, 0) + 1)
    session.keep(SENT, receipt)
    st.rerun()


def _refused(issues: tuple[Issue, ...], answers: Answers, context: Context) -> list[str]:
    """What is to be answered, in one sentence, and what is wrong with an answer, in the words of the form."""
    t = context.t
    asked = {issue: ASKED_AS.get(issue.column, issue.column) for issue in issues}
    empty = [key for key in QUESTIONS if key in asked.values() and not answers.get(key)]
    wrong = [replace(review.in_words(issue, t), column=t(QUESTIONS[key])) for issue, key in asked.items()
             if key in QUESTIONS and key not in empty and issue.column not in ASKED_AS]  # fmt: skip
    missing = [t("Please answer: {questions}", questions=" · ".join(t(QUESTIONS[key]) for key in empty))]
    return [*(missing if empty else []), *(problems.short(issue, t) for issue in wrong)]


def _save(answers: Answers, context: Context) -> None:
    t = context.t
    receipt = review.save_draft(desking.desk(), who.actor(), answers, session.kept(DRAFT, ""))
    session.keep(DRAFT, receipt)
    panels.receipt(t("Saved. Your receipt code:"), receipt)
    st.caption(t("Enter the code below, on any device, to write on."))


def _status(context: Context) -> None:
    """What became of a report: for whoever holds its receipt, without an account."""
    t = context.t
    panels.subheading(t("What became of my report?"), t("Enter the receipt code."))
    with st.form("status", border=False):
        code = st.text_input(t("Receipt code"), key="receipt", max_chars=20, placeholder="ABCD-EFGH-JKLM")
        asked = st.form_submit_button(t("Show"), key="receipt-show")
    if not (asked and code.strip()):
        return
    found = None
    if desking.is_there():
        with engines.reading(desking.desk().engine) as connection:
            found = queue.status(connection, code)
            begun = queue.draft(connection, code)
    if found is None:
        st.warning(t("There is no report with this code. Look for letters that resemble each other."))
        return
    state, at, said = found
    st.info(
        t("{state} on {date}", state=t(STATES[state]), date=t.date(at[:10]))
        + (f". {panels.plain(said)}" if said else "")
    )
    if state == queue.DRAFT and begun is not None:
        session.keep(ROUND, session.kept(ROUND, 0) + 1)
        session.keep(DRAFT, queue.tidy(code))
        session.keep(BEGUN, begun)
        st.rerun()
