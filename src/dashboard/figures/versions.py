"""Tables of the versions of the records."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from dashboard.analysis.changes import KINDS
from dashboard.analysis.overview import Headline
from dashboard.domain.fields import N_
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec, Kind, columns

CHANGE_KINDS: Final = {
    "import": N_("Import"),
    "undo": N_("Import taken back"),
    "submission": N_("Reported incident published"),
    "correction": N_("Correction"),
    "merge": N_("Merge"),
    "part": N_("Merge taken back"),
    "withdraw": N_("Withdrawal"),
}
KIND_NAMES: Final = dict(
    zip(KINDS, (N_("Added"), N_("Corrected"), N_("Merged"), N_("Withdrawn"), N_("Removed")), strict=True)
)


def changed(counts: pd.DataFrame, older: int, newer: int, context: Context) -> FigureSpec:
    """What changed by country. Takes the table of ``analysis.changes.count_by_country``."""
    t = context.t
    rows = counts.assign(country=[context.labels("country", code) for code in counts["country"]])
    rows = rows.sort_values("country", ignore_index=True)
    for kind in KINDS:
        rows[kind] = [t.number(count) for count in rows[kind]]
    total = int(counts[list(KINDS)].to_numpy().sum())
    return FigureSpec(
        id="changes",
        kind=Kind.TABLE,
        table=rows,
        columns=columns(("country", t("Country")), *((kind, t(KIND_NAMES[kind])) for kind in KINDS)),
        title=t("What changed from version {older} to version {newer}", older=older, newer=newer),
        caption=t("Incidents by what happened to them. Nothing is deleted: every older version can be opened."),
        n=total,
        unknown=t("what has not been reported"),
        alt=t("Table of added, corrected, merged, withdrawn and removed incidents by country."),
        passport=context.passport("changes", t("The records of this dashboard")),
    )


def moved(then: Headline, now: Headline, older: int, newer: int, context: Context) -> FigureSpec:
    """The headline figures of two versions side by side."""
    t = context.t
    pairs = [
        (t("Incidents"), then.incident_count, now.incident_count),
        (t("Countries"), then.country_count, now.country_count),
        (t("Incidents without a known final outcome"), then.without_outcome_count, now.without_outcome_count),
        (t("Convictions"), then.conviction_count, now.conviction_count),
    ]
    rows = [
        {
            "what": what,
            "then": t.number(a),
            "now": t.number(b),
            "moved": f"+{t.number(b - a)}" if b > a else t.number(b - a),
        }
        for what, a, b in pairs
    ]
    return FigureSpec(
        id="moved",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(
            ("what", t("Headline figure")),
            ("then", t("Version {number}", number=older)),
            ("now", t("Version {number}", number=newer)),
            ("moved", t("Difference")),
        ),
        title=t("Which headline figures moved"),
        caption=t("More records are not more crime: a difference says what was reported, not what happened."),
        n=now.incident_count,
        unknown=t("what has not been reported"),
        alt=t("Table of the headline figures in both versions."),
        passport=context.passport("moved", t("The records of this dashboard")),
    )


def _kind(version: Mapping[str, Any], context: Context) -> str:
    kind = CHANGE_KINDS[version["kind"]]
    return context.t(kind)


def listed(versions: Sequence[Mapping[str, Any]], shipped: str, created: str, context: Context) -> FigureSpec:
    """All versions, the newest first, each with a link that opens it. The shipped edition is version 0."""
    t = context.t
    rows = [
        {
            "number": str(one["version"]),
            "made": t.date(str(one["made_at"])[:10]),
            "kind": _kind(one, context),
            "note": str(one["note"]) or "–",
            "data": str(one["data_version"]),
            "url": f"?lang={context.lang}&version={one['version']}",
        }
        for one in versions
    ]
    rows.append(
        {
            "number": "0",
            "made": t.date(created[:10]),
            "kind": t("Shipped edition"),
            "note": "–",
            "data": shipped,
            "url": f"?lang={context.lang}&version=0" if versions else "",
        }
    )
    named = columns(
        ("number", t("Version")), ("made", t("Date")), ("kind", t("Change")), ("note", t("Reason")),
        ("data", t("Data version")),
    )  # fmt: skip
    linked = tuple(replace(column, link="url") if column.name == "number" else column for column in named)
    return FigureSpec(
        id="versions",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=linked,
        title=t("All versions"),
        caption=t("The number opens that version on every page; from there it can be downloaded."),
        n=len(rows),
        unknown=t("what has not been reported"),
        alt=t("Table of all versions of the records."),
        passport=context.passport("versions", t("The records of this dashboard")),
    )
