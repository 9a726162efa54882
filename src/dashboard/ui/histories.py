"""A reader's own histories: upload, choose, fit with progress, compare, download."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from hashlib import sha256
from threading import Thread
from typing import Any, Final

import streamlit as st

from dashboard.analysis import compare
from dashboard.analysis.example import example, template
from dashboard.analysis.occupancy import Fit, OccupancyData
from dashboard.figures import occupancy as figures
from dashboard.figures.context import Context
from dashboard.figures.origin import made_up, uploaded
from dashboard.i18n import problems
from dashboard.ingest.histories import Uploaded, histories
from dashboard.ui import detection, panels, session
from dashboard.ui.upload import kept_file

FILE: Final = "own-file"
STOPPED: Final = "own-stopped"
FITS: Final = "own-fits"
BOOTSTRAP: Final = 100
MOST_ISSUES: Final = 30
NO_MARK: Final = ("", "")
Source = tuple[str, str]  # name and digest of a file
Request = tuple[str, str, tuple[compare.Asked, ...]]


@st.cache_data(show_spinner=False, scope="session", max_entries=8)
def _read(content: bytes, file: str) -> Uploaded:
    """Uploads are confidential: never shared between readers."""
    return histories(content, file)


@st.cache_data(show_spinner=False)
def _example(amount: str) -> bytes:
    return example(amount).to_csv(index=False).encode()


@st.cache_resource(show_spinner=False, scope="session", max_entries=16)
def _tested(content: bytes, file: str, asked: compare.Asked) -> Fit:
    fit = compare.fit(OccupancyData(**(_read(content, file).data or {})), asked)
    return fit.adjusted(fit.gof(BOOTSTRAP, seed=1)) if fit.has_estimates else fit


def own(context: Context) -> None:
    """The part of the page where a reader's own file is fitted; the examples go the same way."""
    t, chosen = context.t, context.chosen("histories")
    is_example = chosen != "file"
    if is_example:
        panels.notice(t("Simulation: this is not data"))
        file, content = f"{chosen}.csv", _example(chosen)
    else:
        file, content = _upload(context)
    if not content:
        return
    found = _read(content, file)
    if found.data is None:
        panels.headline(
            t("The file cannot be used yet."),
            t.n("{n} problem was found. Mend it and upload the file again.",
              "{n} problems were found. Mend them and upload the file again.", len(found.issues)),
        )  # fmt: skip
    for issue in found.issues[:MOST_ISSUES]:
        st.text(problems.sentence(issue, t))
    if found.data is None:
        return
    _compare(found, content, file, is_example, context)


def _upload(context: Context) -> tuple[str, bytes]:
    t = context.t
    welcome = (
        t("Your own detection histories, fitted on this machine."),
        t(
            "One row per visit: site, season, visit, detected (1 or 0). A visit nobody made has no row, or an "
            "empty cell: never a 0. Every further column is a covariate of the site, the season or the visit."
        ),
    )
    label = t("A file of histories (CSV, UTF-8)")
    return kept_file(FILE, label, ("histories-template.csv", template), welcome, context)


def _compare(found: Uploaded, content: bytes, file: str, is_example: bool, context: Context) -> None:
    t = context.t
    origin = made_up(context) if is_example else uploaded(file, context)
    above = st.container()
    shown = st.container(key="fitted") if context.is_presenting else nullcontext()  # a room sees the chart first
    wide = [name for name, level in found.covariates.items() if level != "visit"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        psi = st.multiselect(
            t("Covariates of occurrence"), wide, default=wide[:1], key="own-psi", select_all=False,
            placeholder=t("None"),
        )  # fmt: skip
        p = st.multiselect(
            t("Covariates of detection"), list(found.covariates), key="own-p", select_all=False, placeholder=t("None"),
            default=[name for name, level in found.covariates.items() if level == "visit"][:1],
        )  # fmt: skip
    data = OccupancyData(**(found.data or {}))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        loose = st.selectbox(
            t("Unconfirmed reports are the visits with"), [NO_MARK, *compare.two_valued(data)], key="own-loose",
            format_func=lambda mark: " = ".join(mark) if mark[0] else t("None: every detection is confirmed"),
        )  # fmt: skip
        with_groups = st.toggle(t("Also: detection grows with the number of active groups"), key="own-groups")
    asked = compare.candidates(data, tuple(psi), tuple(p), with_groups=with_groups, loose=loose)
    fits = _fit_all(data, asked, (file, sha256(content).hexdigest(), tuple(asked)), context)
    if not fits:
        return
    best = compare.best(fits)
    place = st.selectbox(
        t("Model shown"), range(len(fits)), index=best or 0, format_func=lambda k: figures.short(fits[k]),
        key=f"own-model-{len(fits)}-{best}",
    )  # fmt: skip
    fit = fits[place]
    if st.toggle(t("Test how well it fits (simulates 100 times)"), key="own-test"):
        fit = _tested(content, file, asked[place])
    with shown:
        detection.show(fit, origin, context, above)
    panels.figure(figures.models(fits, origin, context), context)
    _downloads(fit, context)


def _fit_all(data: OccupancyData, asked: list[compare.Asked], request: Request, context: Context) -> list[Fit]:
    """Fit one after another; a click on "Stop" ends it at once, and what has been fitted is not fitted again."""
    t = context.t
    if session.kept(STOPPED) == request:
        st.button(t("Go on fitting"), on_click=session.keep, args=(STOPPED, None), key="own-go-on")
        st.info(t("Stopped. Choose other covariates, or go on."))
        return []
    source = request[:2]
    kept: dict[tuple[Source, compare.Asked], Fit] = session.kept(FITS) or {}
    fits = {key: fit for key, fit in kept.items() if key[0] == source}  # of this file only
    session.keep(FITS, fits)
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0)
        st.button(t("Stop"), on_click=session.keep, args=(STOPPED, request), key="own-stop")
    for number, one in enumerate(asked):
        said = t("Fitting model {n} of {all}", n=t.number(number + 1), all=t.number(len(asked)))
        key = (source, one)
        if key not in fits:
            fits[key] = _in_a_thread(data, one, partial(bar.progress, number / len(asked), said))
    place.empty()
    return [fits[source, one] for one in asked]


def _in_a_thread(data: OccupancyData, asked: compare.Asked, tell: Callable[[], object]) -> Fit:
    """Fit while telling how far it is: a click stops this run when it next tells. An abandoned fit ends unseen."""
    found: list[Fit | Exception] = []

    def fit() -> None:
        try:
            found.append(compare.fit(data, asked))
        except Exception as problem:  # noqa: BLE001  # raised again where the reader's run can show it
            found.append(problem)

    thread = Thread(target=fit, daemon=True)
    thread.start()
    while thread.is_alive():
        tell()
        thread.join(0.2)
    (fitted,) = found
    if isinstance(fitted, Exception):
        raise fitted
    return fitted


def _downloads(fit: Fit, context: Context) -> None:
    """Estimates with their covariance, the reasons and the exact call, as JSON; the coefficients as CSV."""
    t = context.t

    def everything() -> str:
        said: dict[str, Any] = {"call": figures.call(fit), **fit.to_dict()}
        return json.dumps(said, allow_nan=False, ensure_ascii=False, indent=1)

    with st.container(horizontal=True):
        st.download_button(
            t("Estimates, covariance, reasons, call (JSON)"), everything, file_name="fit.json",
            mime="application/json", on_click="ignore", key="own-json",
        )  # fmt: skip
        st.download_button(
            t("Coefficients (CSV)"), lambda: fit.coef.to_csv(index=False), file_name="coefficients.csv",
            mime="text/csv", on_click="ignore", key="own-csv",
        )  # fmt: skip
