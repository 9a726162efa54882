"""The reports as files: of one country, of several, and of all of them in one archive. Made when asked for."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final

import streamlit as st

from dashboard.domain.selection import Selection
from dashboard.figures.catalogue import Material
from dashboard.figures.context import Context
from dashboard.figures.export import FORMATS
from dashboard.i18n.translator import LANGUAGES
from dashboard.reports import archive, country, export, places, region
from dashboard.reports.report import Report
from dashboard.ui import panels, session
from dashboard.ui.exports import ICONS, NAMES

NAMED: Final = {"docx": "Word", "pptx": "PowerPoint", "pdf": "PDF"}  # the same in every language
ARCHIVE: Final = "all-reports"
ZIP: Final = "application/zip"
BUSY: Final = Lock()  # one archive at a time: it takes both cores


def show(context: Context) -> None:
    """Three columns: this country, several side by side, all twelve in one archive."""
    t, countries = context.t, context.selection.countries
    panels.headline(
        t("The report leaves as Word, PowerPoint or PDF."),
        t("Each is made when you ask for it, from the data version on the screen; that takes some seconds."),
    )
    first, second, third = st.columns(3, gap="large")
    if len(countries) == 1:
        with first:
            name = context.labels("country", countries[0])
            panels.subheading(name, t("Twenty minutes on ten slides, or two pages and the sources."))
            for lang in LANGUAGES:
                made_from = session.material(_reader(context, lang, places.COUNTRY, context.selection))
                _language(partial(_file, country.report, made_from), countries[0], lang, context)
        chosen = replace(context.selection, countries=())
    else:
        chosen = context.selection
    with second if len(countries) == 1 else first:
        compared = region.countries(replace(context, selection=chosen))
        names = t.list([context.labels("country", code) for code in compared])
        panels.subheading(t("Regional report"), t("Side by side, never ranked: {countries}.", countries=names))
        for lang in LANGUAGES:
            made_from = session.material(_reader(context, lang, "", chosen))
            _language(partial(_file, region.report, made_from), "region", lang, context)
    with third if len(countries) == 1 else second:
        _everything(context)


def buttons(make: Callable[[str], bytes], name: str, lang: str, context: Context) -> None:
    """A button a format. The button itself turns while the file is being made."""
    for kind in export.FORMATS:
        st.download_button(
            NAMED[kind],
            data=partial(make, kind),
            file_name="_".join(filter(None, [name, *lang.split("+"), context.as_of])) + f".{kind}",
            mime=FORMATS[kind].mime,
            key=f"report-{name}-{lang}-{kind}",
            icon=ICONS[kind],
            on_click="ignore",
        )


def _language(make: Callable[[str], bytes], name: str, lang: str, context: Context) -> None:
    with st.container(key=f"reports-{name}-{lang}", gap="small"):
        panels.line(NAMES[lang])
        with st.container(horizontal=True):
            buttons(make, name, lang, context)


def _reader(context: Context, lang: str, page: str, selection: Selection) -> Context:
    """The reader of a report: its links lead to the page where it stands, in its own language."""
    reader = session.in_language(replace(context, selection=selection), lang)
    return replace(reader, link=places.address(reader, page, selection))


def _file(compose: Callable[[Material], Report], made_from: Material, kind: str) -> bytes:
    """Make the file. Called when it is asked for, outside a run: it must not touch the session."""
    return export.export(compose(made_from), kind)


@st.fragment
def _everything(context: Context) -> None:
    """The archive: made by processes of its own, so that nobody else waits; the bar tells how far they are."""
    t, count = context.t, archive.count()
    panels.subheading(
        t("All twelve countries"),
        t.n(
            "{n} file in one archive: English and Russian, Word, PowerPoint and PDF, with a list and checksums. All "
            "records of the newest data version, whatever is filtered.",
            "{n} files in one archive: English and Russian, Word, PowerPoint and PDF, with a list and checksums. All "
            "records of the newest data version, whatever is filtered.",
            count,
        ),
    )
    if st.button(t("Make all of them"), key="make-all", icon=":material/folder_zip:"):
        _ask(context, count)
    if made := session.kept(ARCHIVE):
        st.download_button(
            t("Take the archive along"),
            made,
            f"reports_{context.as_of}.zip",
            ZIP,
            key="all-reports-file",
            icon=":material/download:",
            type="primary",
            on_click="ignore",
        )


def _ask(context: Context, count: int) -> None:
    t = context.t
    if not BUSY.acquire(blocking=False):
        st.info(t("Somebody else is having them made just now. Try again in a minute."))
        return
    try:
        bar = st.progress(0.0, t("Starting"))
        with st.spinner(t("Making the reports"), show_time=True):
            made, problem = _made(
                places.root(context),
                lambda done: bar.progress(
                    min(done / count, 1.0), t("{n} of {all}", n=t.number(done), all=t.number(count))
                ),
            )
        bar.empty()
    finally:
        BUSY.release()
    if made:
        session.keep(ARCHIVE, made)
    else:
        st.error(t("The reports could not be made: {problem}", problem=panels.plain(problem)))


def _made(address: str, tell: Callable[[int], object]) -> tuple[bytes, str]:
    """The archive, or what went wrong. Leaving the page ends the processes."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+", encoding="utf-8") as problems:
        file = Path(folder) / "reports.zip"
        command = [sys.executable, "-m", "dashboard.cli", "report", "--all", "-o", str(file), "--address", address]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=problems, text=True, encoding="utf-8", start_new_session=True
        )
        said = ""
        try:
            for done, line in enumerate(process.stdout or (), start=1):
                said = line.strip()
                tell(done)
            process.wait()
        finally:
            _end(process)
        if file.is_file():
            return file.read_bytes(), ""
        problems.seek(0)
        return b"", (problems.read().strip().splitlines() or [said])[-1]


def _end(process: "subprocess.Popen[str]") -> None:
    """End the process and those that it started."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGTERM)
        else:
            process.terminate()
        process.wait(10)
    if process.stdout:
        process.stdout.close()
