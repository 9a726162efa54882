"""Report a correction: one cell of one record, with the reason. Somebody checks it before any figure moves."""

from typing import Final

import streamlit as st

from dashboard.domain.tables.record_sheet import RECORD_SHEET
from dashboard.figures.context import Context
from dashboard.i18n import problems
from dashboard.ingest.check import incident_of
from dashboard.intake import bringing, review
from dashboard.ui import desking, panels, session
from dashboard.ui.data import who

RECORD: Final = "record"  # the URL parameter that names a record: ?part=correct&record=PUB-0045

SENT: Final = "correction-sent"  # the receipt of what was sent a moment ago


def show(context: Context) -> None:
    """Choose a record, look at it, say what is wrong."""
    t = context.t
    panels.headline(
        t("Something is wrong in a record? Say what, and why."),
        t("A reviewer decides; until then nothing changes. Every change is kept with its reason."),
    )
    with st.container(key="narrow"):
        # Alone on the page: below the record, nobody with a telephone would see it.
        if receipt := session.kept(SENT):
            panels.receipt(t("Received. Your receipt code:"), receipt)
            st.caption(
                t("Write it down or take a picture: it shows later what became of your report, without an account.")
            )
            st.button(t("Correct something else"), key="correct-another", on_click=session.forget, args=(SENT,))
            return
        named = session.url_values(RECORD)
        asked = st.text_input(
            t("Identifier of the record"),
            value=named[-1] if named else "",
            key="correct-record",
            max_chars=24,
            placeholder="PUB-0045",
        )
        record = asked.strip().upper()
        if not record:
            return
        sheet = desking.sheet(session.current().version)
        rows = sheet[(sheet["incident_id"] == record) | (incident_of(sheet["incident_id"]) == record)]
        if rows.empty:
            st.warning(t("There is no record {record}.", record=record))
            return
        row = (
            st.selectbox(t("Row"), rows["incident_id"].tolist(), key=f"correct-row-{record}")
            if len(rows) > 1
            else rows["incident_id"].iloc[0]
        )
        cells = rows[rows["incident_id"] == row].iloc[0].to_dict()
        panels.facts(bringing.told(cells, t, context.labels, desking.desk().ref))
        _form(str(row), cells, context)


def _form(record: str, cells: dict[str, str], context: Context) -> None:
    t, labels = context.t, context.labels
    columns = [field.name for field in RECORD_SHEET.fields if field.name not in review.FIXED]
    column = st.selectbox(
        t("What is wrong?"), columns, index=None, key=f"correct-column-{record}", placeholder=t("Choose"),
        format_func=lambda name: t(RECORD_SHEET.by_name[name].label),
    )  # fmt: skip
    if not column:
        return
    field = RECORD_SHEET.by_name[column]
    with st.form(f"correct-{record}-{column}", border=False):
        codes = bringing.codes_of(field, desking.desk())
        if codes:
            becomes = st.selectbox(
                t("It should be"),
                ["", *codes],
                key=f"correct-code-{record}-{column}",
                format_func=lambda code: (
                    labels("country" if field.codes == "range_country" else field.codes, code)
                    if code
                    else t("Not stated")
                ),
            )
        else:
            becomes = st.text_input(
                t("It should be"),
                value=cells[column],
                key=f"correct-text-{record}-{column}",
                max_chars=field.max_length,
            )
        reason = st.text_area(
            t("How do you know? Name the source."), key=f"correct-why-{record}-{column}", max_chars=300
        )
        if st.form_submit_button(t("Send"), key=f"correct-send-{record}", type="primary"):
            _send(record, column, becomes, reason, context)


def _send(record: str, column: str, becomes: str, reason: str, context: Context) -> None:
    t = context.t
    try:
        receipt = review.propose(desking.desk(), who.actor(), record, column, becomes.strip(), reason.strip())
    except review.NotSoundError as refused:
        for issue in refused.issues:
            st.error(problems.short(review.in_words(issue, t), t))
        return
    session.keep(SENT, receipt)
    st.rerun()
