"""Why something was not counted, in a sentence that says what to do."""

from dashboard.domain.workshop import DOTS, LONGEST_TEXT, Reason
from dashboard.figures.context import Context


def sentence(reason: Reason, context: Context) -> str:
    """What the person who sent it needs to know."""
    t = context.t
    return {
        Reason.STALE: t("Not counted: the room has moved on. This page now shows what is asked; please answer again."),
        Reason.EMPTY: t("Not counted: nothing was filled in. Fill in at least one field and send it again."),
        Reason.MALFORMED: t("Not counted: this cannot be read. Reload the page and send it again."),
        Reason.TOO_LONG: t(
            "Not counted: it is too long. A text may have {n} characters; shorten it and send it again.",
            n=t.number(LONGEST_TEXT),
        ),
        Reason.TOO_MANY: t(
            "Not counted: too many. Each phone has {n} dots and 20 texts; after five wrong PINs wait a minute.",
            n=t.number(DOTS),
        ),
        Reason.NO_DATE: t("Not saved: a date is a year, a month or a day, such as 2027, 2027-06 or 2027-06-30."),
        Reason.NOT_SAVED: t(
            "Not saved: the file of the workshop cannot be written; the disk may be full. Nothing was lost: make room "
            "and send it again."
        ),
        Reason.NO_DEVICE: t(
            "Not counted: this browser keeps no cookie, so it cannot be counted only once. Allow cookies for this "
            "address, or use another browser."
        ),
    }[reason]
