"""Decisions about records: publish, correct, merge, take apart, withdraw. Each is a version with its reason."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd
import sqlalchemy as sa

from dashboard.domain.faults import DecidedError
from dashboard.domain.fields import N_
from dashboard.domain.issues import Code, Issue
from dashboard.domain.roles import JUDGES, Actor
from dashboard.domain.tables.record_sheet import RECORD_SHEET
from dashboard.ingest.check import (
    FIRST_ROW_ONLY,
    SAME_IN_ALL_ROWS,
    check,
    check_incident_sheet,
    has_errors,
    incident_of,
)
from dashboard.ingest.harmonise import PUBLISHED
from dashboard.ingest.normalise import folded, normalise
from dashboard.ingest.read import Sheet
from dashboard.intake.combine import MERGED, WITHDRAWN
from dashboard.intake.desk import Desk
from dashboard.intake.prepare import NEW
from dashboard.store import audit, queue
from dashboard.store import engine as engines
from dashboard.store.changes import Done
from dashboard.store.rows import live
from dashboard.store.schema import CONTENT, DIFFERENT, RECORD_ROWS

FILE: Final = ""  # Issues of a form have no file
SENT_BY: Final = "[First information report]"
FIXED: Final = ("incident_id", "date_precision", "country")  # what a correction cannot be about


class NotSoundError(ValueError):
    """What would be published breaks a rule; ``issues`` says which."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        super().__init__("; ".join(f"{issue.column}: {issue.code}" for issue in issues))
        self.issues = issues


def submitted_row(answers: Mapping[str, str], desk: Desk) -> pd.DataFrame:
    """The row of the record sheet that a first information report stands for."""
    row = {**dict.fromkeys(CONTENT, ""), "outcome": "unknown", "record_status": PUBLISHED, **answers}
    row |= {"incident_id": row["incident_id"] or f"{NEW}0000001"}
    cells = pd.DataFrame([row], columns=list(CONTENT), index=pd.Index([1]), dtype="str")
    ready = normalise(cells[list(RECORD_SHEET.columns)], RECORD_SHEET, desk.ref.words, has_decimal_comma=True)
    return ready.assign(record_status=PUBLISHED, merged_into="")[list(CONTENT)]


def problems(cells: pd.DataFrame, desk: Desk, today: date | None = None) -> tuple[Issue, ...]:
    """All Issues of some rows, by the rules of every file."""
    numbered = cells.set_axis(range(1, len(cells) + 1))
    issues = check(Sheet(numbered, ()), RECORD_SHEET, FILE, desk.ref.codes)
    reported = {(issue.column, row) for issue in issues for row in issue.rows}
    across = check_incident_sheet(numbered, FILE, today or date.today(), reported)
    pairs = numbered[["species_scientific", "species_common"]].itertuples(index=False, name=None)
    unknown = [row for row, pair in enumerate(pairs, 1) if not any(_is_known(name, desk) for name in pair)]
    named = (Issue(Code.UNKNOWN_SPECIES, FILE, "species_common", (row,)) for row in unknown)
    return (*issues, *across, *named)


def _is_known(name: str, desk: Desk) -> bool:
    return bool(name) and folded(name) in desk.ref.words.species


def _sound(cells: pd.DataFrame, desk: Desk) -> pd.DataFrame:
    issues = problems(cells, desk)
    if has_errors(issues):
        raise NotSoundError(issues)
    return cells


def send(desk: Desk, actor: Actor, answers: Mapping[str, str], receipt: str = "") -> str:
    """Put a first information report in the queue; returns its receipt. Raises ``NotSoundError`` with what is wrong.

    With the *receipt* of a draft, that draft is sent.
    """
    cells = _sound(submitted_row(answers, desk), desk)
    kept = {str(name): str(value) for name, value in cells.iloc[0].items() if value and name != "incident_id"}
    return _queued(desk, actor, kept, receipt, queue.RECEIVED)


def save_draft(desk: Desk, actor: Actor, answers: Mapping[str, str], receipt: str = "") -> str:
    """Keep what was written so far, sound or not; the receipt opens it again."""
    return _queued(desk, actor, {name: value for name, value in answers.items() if value}, receipt, queue.DRAFT)


def _queued(desk: Desk, actor: Actor, content: Mapping[str, str], receipt: str, state: str) -> str:
    country = content.get("country", "")
    if receipt:
        with engines.writing(desk.engine) as connection:
            head = queue.continue_draft(connection, receipt, country, content, state)
    else:
        with engines.writing(desk.engine, actor) as connection:
            receipt, head = queue.send(connection, actor, queue.SUBMISSION, country, content, state=state)
    desk.sealed(Done(None, 0, 0, 0, head))
    return receipt


def propose(desk: Desk, actor: Actor, record_id: str, column: str, becomes: str, reason: str) -> str:
    """Put a correction of one cell in the queue; returns its receipt."""
    rows = desk.there([record_id])
    if rows.empty or column not in RECORD_SHEET.by_name or column in FIXED:
        raise LookupError(f"no record {record_id} with a column {column}")
    if not reason.strip():
        raise NotSoundError((Issue(Code.REQUIRED, FILE, "reason"),))
    was = rows.iloc[0]
    content = {"column": column, "was": was[column], "becomes": becomes}
    corrected(desk, record_id, column, becomes)
    with engines.writing(desk.engine, actor) as connection:
        receipt, head = queue.send(
            connection, actor, queue.CORRECTION, was["country"], content, subject=record_id, reason=reason
        )
    desk.sealed(Done(None, 0, 0, 0, head))
    return receipt


def corrected(desk: Desk, record_id: str, column: str, becomes: str) -> pd.DataFrame:
    """The rows of an incident with one cell corrected, checked together. What all rows share changes in all."""
    incident = incident_of(pd.Series([record_id])).iloc[0]
    rows = desk.incident(incident)
    at = rows["incident_id"] == (incident if column in FIRST_ROW_ONLY else record_id)
    if column in {*SAME_IN_ALL_ROWS, "date_precision"}:
        at |= True
    rows.loc[at, column] = becomes
    if column == "date":
        rows.loc[at, "date_precision"] = ""
    state = rows[["record_status", "merged_into"]]
    ready = normalise(rows[list(RECORD_SHEET.columns)], RECORD_SHEET, desk.ref.words, has_decimal_comma=True)
    return _sound(ready.assign(record_status=state["record_status"], merged_into=state["merged_into"]), desk)[
        list(CONTENT)
    ]


def publish(desk: Desk, actor: Actor, item_id: int, decision: str) -> Done:
    """Publish what waits: a submission becomes an incident, a correction changes its record."""
    with engines.reading(desk.engine) as connection:
        one = queue.item(connection, actor, item_id)
    actor.must(*JUDGES, countries=[one.country])
    if one.kind == queue.SUBMISSION:
        cells = _sound(submitted_row(one.content, desk), desk)
        told: dict[str, object] = {}
    else:
        change = one.content
        told = {"subject": one.subject, "before": change["was"], "after": change["becomes"]}
    why = "; ".join(part for part in (one.reason, decision) if part)
    with engines.writing(desk.engine, actor) as connection:
        if queue.item(connection, actor, item_id).state not in queue.OPEN:
            raise DecidedError(f"item {item_id} was decided before")
        if one.kind != queue.SUBMISSION:  # looked at while nobody else can write: two reviewers never undo each other
            there = desk.there([one.subject])
            if there.empty or there.iloc[0][change["column"]] != change["was"]:
                raise NotSoundError((Issue(Code.STALE_CORRECTION, FILE, change["column"], found=change["was"]),))
            cells = corrected(desk, one.subject, change["column"], change["becomes"])
        done = desk.change_in(connection, cells, actor, one.kind, why, **told)
        head = queue.decide(connection, actor, item_id, queue.PUBLISHED, decision, done.version)
    desk.sealed(done)
    desk.sealed(Done(None, 0, 0, 0, head))
    return done


def decide(desk: Desk, actor: Actor, item_id: int, state: str, decision: str) -> None:
    """Say that something was checked, or is not used and why."""
    with engines.writing(desk.engine, actor) as connection:
        head = queue.decide(connection, actor, item_id, state, decision)
    desk.sealed(Done(None, 0, 0, 0, head))


def merge(desk: Desk, actor: Actor, incident: str, into: str, why: str) -> Done:
    """Say that two records tell of one incident: the sources of both stand behind *into*. ``part`` takes it back.

    Who decides must be a reviewer of the countries of both (the store sees to that).
    """
    return _restate(desk, actor, incident, "merge", why, record_status=MERGED, merged_into=into)


def part(desk: Desk, actor: Actor, incident: str, why: str) -> Done:
    """Take a merge back: the incident stands for itself again."""
    return _restate(desk, actor, incident, "part", why, record_status=PUBLISHED, merged_into="")


def withdraw(desk: Desk, actor: Actor, incident: str, why: str) -> Done:
    """Take an incident out of every figure, keeping it in the older versions."""
    return _restate(desk, actor, incident, "withdraw", why, record_status=WITHDRAWN, merged_into="")


def _restate(desk: Desk, actor: Actor, incident: str, kind: str, why: str, **state: str) -> Done:
    actor.must(*JUDGES)
    with engines.writing(desk.engine, actor) as connection:  # nobody corrects the rows while they are carried over
        rows = desk.incident(incident)
        if rows.empty or state["merged_into"] == incident:
            raise LookupError(f"no incident {incident} to {kind}")
        if into := state["merged_into"]:
            target = desk.incident(into)
            if target.empty:
                raise LookupError(f"there is no incident {into}")
            if set(target["record_status"]) != {PUBLISHED}:
                raise DecidedError(f"{into} is not a published incident any more")
        before = {name: str(rows[name].iloc[0]) for name in ("record_status", "merged_into")}
        told = {"subject": incident, "before": before, "after": state}
        done = desk.change_in(connection, rows.assign(**state), actor, kind, why, **told)
    return desk.sealed(done)


def tell_apart(desk: Desk, actor: Actor, first: str, second: str) -> None:
    """Remember that two records that look alike are two incidents."""
    countries = {str(c) for one in (first, second) for c in desk.incident(one)["country"].unique()}
    actor.must(*JUDGES, countries=countries)
    pair = {"first": min(first, second), "second": max(first, second)}
    with engines.writing(desk.engine, actor) as connection:
        there = sa.select(DIFFERENT.c.first).where(*(DIFFERENT.c[name] == one for name, one in pair.items()))
        if connection.execute(there).first():
            raise DecidedError(f"{first} and {second} were told apart before")
        connection.execute(DIFFERENT.insert().values(**pair, decided_by=actor.name).inline())
        head = audit.append(connection, actor.name, "tell apart", f"{first} {second}", why="")
    desk.sealed(Done(None, 0, 0, 0, head))


def different(desk: Desk) -> set[tuple[str, str]]:
    """The pairs that a person found to be two incidents."""
    with engines.reading(desk.engine) as connection:
        wanted = sa.select(DIFFERENT.c.first, DIFFERENT.c.second)
        return {(str(one), str(other)) for one, other in connection.execute(wanted)}


def merged(desk: Desk, actor: Actor) -> list[tuple[str, str]]:
    """Merged incidents and what each became part of, as far as the actor may take them apart."""
    rows = RECORD_ROWS.c
    with engines.reading(desk.engine) as connection:
        wanted = sa.select(rows.incident_id, rows.merged_into, rows.country).where(live(), rows.record_status == MERGED)
        found = [one for one in connection.execute(wanted.order_by(rows.incident_id)) if actor.may_see(one.country)]
    ids = incident_of(pd.Series([row.incident_id for row in found], dtype="str"))
    return list(dict.fromkeys((str(one), str(row.merged_into)) for one, row in zip(ids, found, strict=True)))


def in_words(issue: Issue, t: Callable[[str], str]) -> Issue:
    """An Issue of a form, with the label of its field for the column."""
    field = RECORD_SHEET.by_name.get(issue.column)
    return replace(
        issue,
        column=t(field.label) if field else t(N_("Reason")),
        expected="" if field and field.codes else issue.expected,
    )
