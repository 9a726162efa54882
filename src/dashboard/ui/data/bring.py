"""Import: a file is read, mapped, checked and shown before it is stored, whole or not at all."""

import io
import time
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.domain.faults import BroughtError, DecidedError, MovedError
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.issues import Severity
from dashboard.domain.roles import WRITERS, Actor
from dashboard.figures.context import Context
from dashboard.i18n import problems
from dashboard.ingest.upload import Upload
from dashboard.intake import bringing, layouts, templates
from dashboard.intake.commands import came_before, overtaken
from dashboard.intake.layouts import CITES, LAYOUTS, Layout
from dashboard.intake.prepare import Prepared, Source
from dashboard.ui import desking, faults, panels, session
from dashboard.ui.data import who
from dashboard.ui.data.download import CSV, XLSX
from dashboard.ui.upload import chosen_file

LARGEST_MB: Final = 300  # as server.maxUploadSize in .streamlit/config.toml
KEPT_SECONDS: Final = 900  # a file that nobody stores does not stay in memory
SHOWN_ISSUES: Final = 200
SHOWN_ROWS: Final = 5


def show(context: Context) -> None:
    """Choose, check, look, store."""
    t = context.t
    panels.headline(
        t("Bring your own records: a file is stored whole, or not at all."),
        t("Nationality and names of persons are dropped before anything is stored. Please write no names into texts."),
    )
    _templates(context)
    actor = who.door(context, *WRITERS)
    if actor is None:
        return
    said = t("CSV, XLSX or ODS, up to {size} MB", size=LARGEST_MB)
    brought = chosen_file(said, "import-file", context, largest_mb=LARGEST_MB)
    if brought is None:
        _history(actor, context)
        return
    content = io.BytesIO(brought.getbuffer())
    read = _read(brought.file_id, content, brought.name)
    layout = LAYOUTS[_layout(read.header, context)]
    mapping = _mapping(read.header, layout, context)
    source = _source(actor, layout, context)
    with st.spinner(t("Checking …")):
        ready = _checked(brought.file_id, layout.name, tuple(sorted(mapping.items())), source, read)
    _found(ready, context)
    if ready.is_sound:
        _preview(ready, context)
        _store(ready, content, actor, mapping, context)


@st.cache_resource(show_spinner=False, max_entries=2, ttl=KEPT_SECONDS)
def _read(file_id: str, _content: io.BytesIO, name: str) -> Upload:  # noqa: ARG001 - the server names each upload anew
    """Read once, and not again with each word of the remark. Nobody else's session knows the name of the upload."""
    return bringing.read(_content, name)


@st.cache_resource(show_spinner=False, max_entries=2, ttl=KEPT_SECONDS)
def _checked(
    file_id: str,  # noqa: ARG001 - the key of the cache
    layout: str,
    mapping: tuple[tuple[int, str], ...],
    source: Source | None,
    _brought: Upload,
) -> Prepared:
    """Checked once: what is stored is what was shown. Where the records were changed since, the store refuses it."""
    return bringing.check(desking.desk(), _brought, LAYOUTS[layout], dict(mapping), source)


def _forget_files() -> None:
    _read.clear()
    _checked.clear()


def _templates(context: Context) -> None:
    t = context.t

    def empty(layout: Layout) -> bytes:
        return templates.workbook(layout, t, context.labels, templates.lists(session.loaded().tables))

    with st.container(key="templates", horizontal=True):
        for layout in LAYOUTS.values():
            said, file = t("Empty sheet: {layout}", layout=t(layout.label)), f"{layout.name}-{context.lang}.xlsx"
            st.download_button(said, partial(empty, layout), file, XLSX, key=f"template-{layout.name}")


def _layout(header: tuple[str, ...], context: Context) -> str:
    t = context.t
    names = list(LAYOUTS)
    return st.segmented_control(
        t("Layout of the file"),
        names,
        default=layouts.likely(header).name,
        required=True,
        key=f"layout-{hash(header)}",
        format_func=lambda name: t(LAYOUTS[name].label),
    )


def _mapping(header: tuple[str, ...], layout: Layout, context: Context) -> Mapping[int, str]:
    """Show how the header was understood, and let it be changed; it is remembered for the next file like this."""
    t = context.t
    guessed = bringing.guess(desking.desk(), header, layout)
    asked = [i for i, heading in enumerate(header) if heading and not layouts.is_about_persons(heading)]
    unknown = [i for i in asked if i not in guessed]
    understood = [i for i in asked if i in guessed]
    mapping: dict[int, str] = {}
    for positions, title in (
        (unknown, t.n("{n} column is not understood", "{n} columns are not understood", len(unknown))),
        (understood, t.n("{n} column is understood", "{n} columns are understood", len(understood))),
    ):
        if not positions:
            continue
        with st.expander(title, expanded=positions is unknown):
            for i in positions:
                if chosen := _meaning(i, header, guessed, layout, context):
                    mapping[i] = chosen
    twice = [layout.heading(column, t) for column in set(mapping.values()) if list(mapping.values()).count(column) > 1]
    if twice:
        st.error(t("Two columns were given the same meaning: {columns}.", columns=", ".join(twice)))
        st.stop()
    return mapping


def _meaning(i: int, header: tuple[str, ...], guessed: Mapping[int, str], layout: Layout, context: Context) -> str:
    t = context.t
    options = ["", *layout.headings]
    chosen: str = st.selectbox(
        header[i],
        options,
        index=options.index(guessed.get(i, "")),
        key=f"map-{layout.name}-{i}-{hash(header)}",
        format_func=lambda column: layout.heading(column, t) if column else t("Leave out"),
    )
    return chosen


def _source(actor: Actor, layout: Layout, context: Context) -> Source | None:
    """Who reports: the CITES layout has no column for it."""
    if layout.name != CITES:
        return None
    t, labels = context.t, context.labels
    countries = [code for code in RANGE_COUNTRIES if not actor.countries or code in actor.countries]
    one, two, three = st.columns(3)
    with one:
        country = st.selectbox(
            t("Country that reports"), countries, key="source-country", format_func=lambda code: labels("country", code)
        )
    with two:
        publisher = st.text_input(t("Authority that reports"), key="source-publisher", max_chars=200)
    with three:
        kinds = ["government", "customs", "police", "court", "ngo", "unknown"]
        kind = st.selectbox(
            t("Kind of publisher"), kinds, key="source-kind", format_func=lambda code: labels("publisher_kind", code)
        )
    title = f"[{t(layout.label)}, {labels('country', country)}]"
    return Source(country, publisher, kind, title, context.lang)


def _found(ready: Prepared, context: Context) -> None:
    """All Issues at once, with the file to mend."""
    t = context.t
    errors = [issue for issue in ready.issues if issue.severity is Severity.ERROR]
    if ready.dropped:
        st.info(t("Dropped, not stored: {columns}.", columns=", ".join(ready.dropped)))
    if errors:
        st.error(
            t.n(
                "{n} problem stands in the way; nothing is stored.",
                "{n} problems stand in the way; nothing is stored.",
                len(errors),
            )
        )
        if not ready.upload.cells.empty:
            st.download_button(
                t("The file with its problems marked (XLSX)"), lambda: templates.to_mend(ready, t),
                f"{ready.upload.file.rsplit('.', 1)[0]}-mend.xlsx", XLSX, key="get-problems",
            )  # fmt: skip
    if ready.issues:
        shown = sorted(ready.issues, key=lambda issue: (issue.severity is not Severity.ERROR, issue.rows[:1]))
        with st.expander(t.n("{n} remark", "{n} remarks", len(ready.issues)), expanded=bool(errors)):
            panels.lines([problems.sentence(issue, t) for issue in shown[:SHOWN_ISSUES]])


def _preview(ready: Prepared, context: Context) -> None:
    t = context.t
    plan = desking.desk().preview(ready)
    panels.numbers([
        (t.number(plan.added), t("new rows"), ""),
        (t.number(plan.changed), t("changed rows"), t("the old ones stay in the older versions")),
        (t.number(plan.unchanged), t("rows as before"), ""),
    ])  # fmt: skip
    columns = [c for c in bringing.SHOWN if (ready.cells[c].head(SHOWN_ROWS) != "").any()]
    panels.rows(bringing.preview(ready, columns, SHOWN_ROWS, context.t, context.labels, desking.desk().ref))


def _store(ready: Prepared, content: io.BytesIO, actor: Actor, mapping: Mapping[int, str], context: Context) -> None:
    t = context.t
    desk = desking.desk()
    if (version := desk.imported_in(ready.upload.digest)) is not None:
        st.warning(came_before(version, t))
        return
    why = st.text_input(t("Remark for the record of changes"), key="import-why", max_chars=200)
    count = len(ready.cells)
    if not st.button(t.n("Store {n} row", "Store {n} rows", count), key="import-store", type="primary"):
        return
    bar, begun = st.progress(0.0), time.monotonic()

    def progress(done: int) -> None:
        speed = round(done / max(time.monotonic() - begun, 0.001))
        said = t(
            "{done} of {all} rows, {speed} rows a second",
            done=t.number(done),
            all=t.number(count),
            speed=t.number(speed),
        )
        bar.progress(min(done / count, 1.0), said)

    try:
        done = desk.keep(ready, content, actor, why, progress=progress)
    except (BroughtError, MovedError) as meanwhile:
        bar.empty()
        _forget_files()
        st.warning(
            came_before(meanwhile.version, t)
            if isinstance(meanwhile, BroughtError)
            else overtaken(meanwhile.records, t)
        )
        return
    except PermissionError:
        st.error(t("The file holds records of a country that is not yours; nothing is stored."))
        return
    bringing.remember(desk, ready.upload.header, ready.layout, mapping)
    _forget_files()
    bar.progress(1.0, t("The figures are made anew …"))
    desking.catch_up()
    bar.empty()
    if done.version is None:
        st.info(t("All rows are here already; nothing had to be stored."))
        return
    st.success(t("Stored as version {number}. Every figure shows it from now on.", number=done.version))


def _history(actor: Actor, context: Context) -> None:
    """Earlier imports: the file as it is kept, and the way back."""
    if not desking.is_there():
        return
    t = context.t
    found = bringing.history(desking.desk(), actor)
    if not found:
        return
    panels.subheading(t("Imports so far"), t("An import that is taken back leaves every record as it was before."))
    for one in found:
        with st.container(key=f"import-{one['import_id']}", horizontal=True, vertical_alignment="center"):
            _past(one, actor, context)


def _past(one: Mapping[str, Any], actor: Actor, context: Context) -> None:
    t, number = context.t, one["import_id"]
    counts = t("{added} new, {changed} changed", added=t.number(one["added"]), changed=t.number(one["changed"]))
    parts = [f"**{panels.plain(one['file_name'])}**", t("Version {number}", number=one["version"]), counts]
    if one["undone_in"]:
        parts.append(t("taken back in version {number}", number=one["undone_in"]))
    st.markdown(" · ".join(parts))
    st.download_button(
        t("File"),
        lambda: bringing.original(desking.desk(), actor, number),
        bringing.kept_name(one),
        CSV,
        key=f"original-{number}",
    )
    if not one["undone_in"] and one["is_theirs"]:
        with st.popover(t("Take back"), key=f"undo-{number}"):
            why = st.text_input(t("Reason"), key=f"undo-why-{number}", max_chars=200)
            if st.button(t("Take this import back"), key=f"undo-do-{number}", disabled=not why.strip()):
                try:
                    desking.desk().undo(number, actor, why)
                    desking.catch_up()
                except PermissionError:
                    st.error(t("A reviewer has decided about these records since; only a reviewer can take them back."))
                    return
                except DecidedError:
                    session.say(faults.PLACE, faults.DECIDED)
                st.rerun()
