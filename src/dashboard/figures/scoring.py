"""The figures of a workshop: scores, priorities, the ledger, what changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.analysis.scoring import ALL_OTHER, Result
from dashboard.domain.room import Action, Contribution
from dashboard.domain.workshop import ANSWERS, SMALLEST_CELL, THEMES, Event
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec, Kind, columns

ACTION_FIELDS = ("action", "owner", "country", "deadline", "indicator", "evidence", "status")


def scores(
    results: Sequence[Result],
    statements: Mapping[str, str],
    law: Mapping[str, Mapping[str, int]],
    country: str,
    context: Context,
    *,
    is_official: bool,
) -> FigureSpec:
    """How a country's people score its response. Takes results of ``analysis.scoring`` and what the law matrix says."""
    t = context.t
    rows: list[dict[str, Any]] = [
        {
            "item": r.item,
            "statement": statements[r.item],
            **{f"answer_{a}": r.counts[a] if r.counts else 0 for a in ANSWERS},
            "n": r.n,
            "middle": t.number(r.middle) if r.middle is not None else "",
            "spread": spread(r, context),
            "range": medians(r, context),
            "agreed": str(r.agreed) if r.agreed is not None else "",
            "change": change(r, context),
            "law": law_in_words(law.get(r.item, {}), context),
        }
        for r in results
    ]
    most = max((r.n for r in results), default=0)
    hidden = sum(0 < r.n < SMALLEST_CELL for r in results)
    return FigureSpec(
        id=f"scores-{country.lower()}",
        kind=Kind.ANSWERS,
        table=pd.DataFrame(rows),
        columns=columns(
            ("statement", t("Statement")),
            *((f"answer_{a}", context.labels("assessment_answer", str(a))) for a in ANSWERS),
            ("middle", t("Median")),
            ("spread", t("By agency")),
            ("range", t("Agencies")),
            ("law", t("The law matrix says")),
            ("change", t("Since last time")),
            ("agreed", t("Agreed")),
            ("n", t("Answers")),
        ),
        title=t("{country}: how people in the room score the response", country=context.labels("country", country)),
        caption=t("Opinions of those present, not a measurement.") + " " + wording(context, is_official=is_official),
        n=most,
        unknown=t.n(
            "what those think who did not answer; {n} statement has too few answers to be shown",
            "what those think who did not answer; {n} statements have too few answers to be shown",
            hidden,
        )
        if hidden
        else t("what those think who did not answer"),
        alt="; ".join(_heard(row, context) for row in rows),
        passport=context.passport(
            f"scores-{country.lower()}", t("Self-assessment in this workshop; individual answers are not shown")
        ),
        labels={f"answer_{a}": str(a) for a in ANSWERS},
    )


def _heard(row: Mapping[str, Any], context: Context) -> str:
    """A statement and its median, for those who hear the figure."""
    if not row["middle"]:
        return str(row["statement"])
    return context.t("{statement} Median {value}", statement=row["statement"], value=row["middle"])


def wording(context: Context, *, is_official: bool) -> str:
    """Where the statements come from. As long as the official text is not loaded, that is said with them."""
    if is_official:
        return context.t("Wording of the ICCWC Indicator Framework.")
    return context.t("Based on the ICCWC Indicator Framework in our own words; official wording to be loaded.")


def spread(result: Result, context: Context) -> str:
    """The medians of the agencies, as one line."""
    t = context.t
    if not result.spread or list(result.spread) == [ALL_OTHER]:
        return ""
    return "; ".join(
        t("{agency} {value} (n = {n})", agency=role_name(role, context), value=t.number(middle), n=t.number(n))
        for role, (middle, n) in sorted(
            result.spread.items(), key=lambda one: (one[0] == ALL_OTHER, role_name(one[0], context))
        )
    )


def role_name(role: str, context: Context) -> str:
    """What an agency role is called."""
    return context.t("all other") if role == ALL_OTHER else context.labels("agency_kind", role)


def medians(result: Result, context: Context) -> str:
    """From the lowest median of an agency to the highest: how far they are apart."""
    if not result.spread or len(result.spread) == 1:
        return ""
    values = [middle for middle, _ in result.spread.values()]
    low, high = context.t.number(min(values)), context.t.number(max(values))
    return low if low == high else f"{low}–{high}"


def change(result: Result, context: Context) -> str:
    """How far a value moved since last time, with its sign."""
    t = context.t
    if result.change is None:
        return ""
    if result.change == 0:
        return t.number(0)
    return f"{'+' if result.change > 0 else '−'}{t.number(abs(result.change))}"


def law_in_words(states: Mapping[str, int], context: Context) -> str:
    """How the topics of the law matrix stand, as one line."""
    return ", ".join(
        f"{context.labels('provision_status', status).lower()}: {context.t.number(n)}" for status, n in states.items()
    )


def priorities(found: Iterable[Contribution], voters: int, context: Context, theme: str = "") -> FigureSpec:
    """Issues and proposals with their dots, most first. Takes ``domain.room.contributions``."""
    t = context.t
    chosen = [one for one in found if one.theme == theme or not theme]
    rows: list[dict[str, Any]] = [
        {
            "text": " / ".join(one.texts),
            "theme": context.labels("workshop_theme", one.theme),
            "kind": context.labels("contribution", one.kind),
            "dots": one.dots,
        }
        for one in chosen
    ]
    names = ("text", "theme", "kind", "dots")
    title = t("What matters most to the room")
    if theme:
        title = t("{theme}: what matters most", theme=context.labels("workshop_theme", theme))
    return FigureSpec(
        id="priorities",
        kind=Kind.DOTS,
        table=pd.DataFrame(rows, columns=list(names)),
        columns=columns(("text", t("Text")), ("theme", t("Theme")), ("kind", t("Kind")), ("dots", t("Dots"))),
        title=title,
        caption=t("As written in the room, in the language of the writer. Dots show interest, not agreement."),
        n=voters,
        unknown=t("what those think who did not vote"),
        alt="; ".join(f"{row['text']}: {t.number(row['dots'])}" for row in rows),
        passport=context.passport("priorities", t("Break-out groups of this workshop")),
    )


def ledger(found: Iterable[Action], context: Context) -> FigureSpec:
    """The joint actions as they stand. Takes ``domain.room.actions``."""
    t = context.t
    rows = [action_row(one.content, context) | {"since": t.date(one.since[:10])} for one in found]
    open_ = sum(one["status_code"] not in {"done", "dropped"} for one in rows)
    names = action_labels(context)
    return FigureSpec(
        id="ledger",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=[*names, "status_code", "evidence_url", "since"]),
        columns=columns(*names.items(), ("since", t("As of")), link={"evidence": "evidence_url"}),
        title=t("What we will do together"),
        caption=t("Each change is kept: the history below shows what an action said before."),
        n=len(rows),
        unknown=t.n("the result of {n} open action", "the result of {n} open actions", open_),
        alt=t.n("Table of {n} joint action.", "Table of {n} joint actions.", len(rows)),
        passport=context.passport("ledger", t("Strategy ledger of this workshop")),
    )


def action_labels(context: Context) -> dict[str, str]:
    """The fields of an action as the reader meets them."""
    t = context.t
    return {
        "action": t("Action"),
        "owner": t("Responsible agency"),
        "country": t("Country"),
        "deadline": t("Deadline"),
        "indicator": t("Sign that it happened"),
        "evidence": t("Evidence"),
        "status": t("Status"),
    }


def action_row(content: Mapping[str, Any], context: Context) -> dict[str, str]:
    """An action in words."""
    t, country, address = context.t, content.get("country", ""), content.get("evidence", "")
    is_link = address.startswith(("http://", "https://"))
    return {
        "action": content.get("action", ""),
        "owner": content.get("owner", ""),
        "country": context.labels("country", country) if country else t("all"),
        "deadline": t.date(content["deadline"]) if content.get("deadline") else t("not set"),
        "indicator": content.get("indicator", "") or t("not set"),
        "evidence": (t("link") if is_link else address) or "–",
        "evidence_url": address if is_link else "",
        "status": context.labels("action_status", content["status"]),
        "status_code": content["status"],
    }


def changed(found: Iterable[tuple[Event, Mapping[str, Any] | None]], since: str, context: Context) -> FigureSpec:
    """What happened to the joint actions since a moment. Takes ``domain.room.changes``."""
    t, names = context.t, action_labels(context)
    rows = []
    for event, before in found:
        now = action_row(event.content, context)
        was = action_row(before, context) if before else None
        moved = [f for f in names if was and event.content.get(f, "") != (before or {}).get(f, "")]
        said = "; ".join(f"{names[f]}: {was[f]} → {now[f]}" for f in moved) if was else t("new")
        rows.append({"at": t.date(event.at[:10]), "action": now["action"], "what": said or t("unchanged")})
    return FigureSpec(
        id="changed",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=["at", "action", "what"]),
        columns=columns(("at", t("Date")), ("action", t("Action")), ("what", t("What changed"))),
        title=t("What changed since {date}", date=t.date(since[:10])),
        caption=t("Every change of a joint action, as it was written; nothing is taken out."),
        n=len(rows),
        unknown=t("what was done but not entered here"),
        alt=t.n("Table of {n} change.", "Table of {n} changes.", len(rows)),
        passport=context.passport("changed", t("Strategy ledger of this workshop")),
    )


def by_theme(found: Iterable[Contribution]) -> dict[str, list[Contribution]]:
    """The contributions of each theme; a theme without one has an empty list."""
    found = list(found)
    return {theme: [one for one in found if one.theme == theme] for theme in THEMES}
