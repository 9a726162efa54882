"""Dates as sources state them: a year, a month or a day."""

import re
from datetime import date
from typing import Final

PATTERN: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
PRECISIONS: Final = ("year", "month", "day")


def precision(text: str) -> str | None:
    """Say how precise an ISO 8601 date is: ``year``, ``month`` or ``day``.

    Returns ``None`` when *text* is not a date that exists (31 February, month 13, "undated").
    """
    if not PATTERN.fullmatch(text):
        return None
    parts = [int(part) for part in text.split("-")]
    try:
        date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        return None
    return PRECISIONS[len(parts) - 1]
