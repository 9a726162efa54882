"""The latest months: what is on record, and hatched on top what is still expected."""

from dashboard.analysis.delay import Nowcast
from dashboard.figures import detection_sentences as say
from dashboard.figures import refusals
from dashboard.figures.context import Context
from dashboard.figures.origin import Origin
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Kind, Series, columns

SHOWN = 24  # periods


def headline(found: Nowcast, context: Context) -> tuple[str, str]:
    """What is still to come in the last period, or why that cannot be said."""
    t = context.t
    if found.status == "refused":
        lifted = " ".join(dict.fromkeys(refusals.lifts(reason, t) for reason in found.reasons))
        return t("How many records of the latest months are still to come cannot be said."), " ".join(
            (refusals.all_of(found.reasons, t), t("What would lift it: {lifts}", lifts=lifted))
        )
    caution = refusals.all_of(found.reasons, t)
    remark = t("A fall in the last months is mostly delay: they are provisional until all records have come in.")
    return say.latest(found, context), f"{remark} {caution}".strip()


def completed(found: Nowcast, origin: Origin, context: Context) -> FigureSpec:
    """Counts by period, the provisional ones completed. Takes ``analysis.delay.nowcast``; never a refused one."""
    t = context.t
    table = found.table.tail(SHOWN)
    open_ = int(table["is_provisional"].sum())
    return FigureSpec(
        id="latest-months",
        kind=Kind.PROVISIONAL,
        table=table[["period", "observed", "is_provisional", "low", "high", "completed"]],
        columns=columns(
            ("period", t("Period")), ("observed", t("On record")), ("is_provisional", t("Provisional")),
            ("low", t("Low")), ("high", t("High")), ("completed", t("Records")),
        ),
        title=t("Records by month, the latest completed"),
        caption=t(
            "Hatched: records of that month that are still expected, going by how late earlier ones came in (chain "
            "ladder). Lines are 95% intervals."
        ),
        n=found.n,
        unknown=t.n(
            "the final count of {n} provisional period", "the final counts of {n} provisional periods", open_
        ),
        alt=t.n("Bars by period; {n} is provisional.", "Bars by period; {n} are provisional.", open_),
        passport=origin.passport(
            "latest-months", t("Longest delay: {n} periods", n=t.number(found.max_delay)), context
        ),
        series=(
            Series("observed", t("On record"), Meaning.RECORD),
            Series("expected", t("Still expected"), Meaning.UNKNOWN),
        ),
    )  # fmt: skip
