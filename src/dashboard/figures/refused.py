"""What stands in the place of a figure that is refused: why, and what would lift it."""

from collections.abc import Sequence

import pandas as pd

from dashboard.figures import refusals
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec, Kind, Passport, columns


def refused(
    figure_id: str, title: str, reasons: Sequence[tuple[str, str]], passport: Passport, context: Context
) -> FigureSpec:
    """The *reasons*, each with what would lift it, under the identifier and the title of the figure."""
    t = context.t
    said = " ".join(why for why, _ in reasons)
    rows = [{"answer": refusals.verdict("refused", t), "why": why, "lifts": lifts} for why, lifts in reasons]
    return FigureSpec(
        id=figure_id,
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=["answer", "why", "lifts"]),
        columns=columns(("answer", t("Answer")), ("why", t("Why")), ("lifts", t("What would lift it"))),
        title=title,
        caption=t("A refusal is a result: it says which data to collect next."),
        n=0,
        unknown=t("all that the figure would show"),
        alt=said,
        passport=passport,
    )
