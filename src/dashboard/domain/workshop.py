"""What happens in a workshop: events that are only ever added, and what may be submitted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from dashboard.domain.fields import RANGE_COUNTRIES

ROLES: Final = (
    "border_guard", "court", "customs", "ngo", "police", "prosecutor", "ranger_forest", "security_service",
    "wildlife_authority", "other",
)  # fmt: skip
THEMES: Final = ("enforcement", "law", "cooperation", "needs")
ISSUE_KINDS: Final = ("issue", "proposal")
STATUSES: Final = ("planned", "under_way", "done", "dropped")
ANSWERS: Final = (0, 1, 2, 3)
DOTS: Final = 5  # each phone has as many for all themes together
LONGEST_TEXT: Final = 280
MOST_TEXTS: Final = 20  # from one phone; more is a machine
SMALLEST_CELL: Final = 3  # nothing is broken down below it
SLOT_MINUTES: Final = 20


class Kind(StrEnum):
    """What an event says."""

    SCENES = "scenes"  # the own storyline, whole, as it is from now on
    SHOWN = "shown"  # a scene was on the screen
    TIMER = "timer"  # a countdown was started, or stopped (0 minutes)
    ASKED = "asked"  # what the phones ask from now on
    ANSWERED = "answered"  # one phone's scores
    AGREED = "agreed"  # what the room settled on
    WRITTEN = "written"  # an issue or a proposal
    MERGED = "merged"  # one text stands for another from now on
    DOTTED = "dotted"  # one phone's dots
    ACTION = "action"  # a joint action as it is from now on
    PIN = "pin"  # a facilitator's PIN, hashed
    LOCK = "lock"  # the projector-safe lock, on or off
    REFUSED = "refused"  # a wrong PIN


class Task(StrEnum):
    """What phones can be asked."""

    NOTHING = "nothing"
    OUTCOMES = "outcomes"
    ITEMS = "items"
    TEXTS = "texts"
    DOTS = "dots"


class Reason(StrEnum):
    """Why a submission was not counted; the screen has a sentence for each."""

    STALE = "stale"
    EMPTY = "empty"
    MALFORMED = "malformed"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NO_DEVICE = "no_device"
    NO_DATE = "no_date"
    NOT_SAVED = "not_saved"


class RefusedError(Exception):
    """A submission that is not counted."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. *author* is a digest of a phone, never a person; *at* is UTC."""

    seq: int
    at: str
    kind: str
    subject: str
    author: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """A view worth showing: a page with its parameters, and what to say about it in both languages."""

    page: str
    query: str
    heading: Mapping[str, str]
    note: Mapping[str, str] = field(default_factory=dict)
    minutes: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For a file."""
        return {
            "page": self.page,
            "query": self.query,
            "heading": dict(self.heading),
            "note": dict(self.note),
            "minutes": self.minutes,
        }


def scene(said: Any) -> Scene:
    """A scene from a file that somebody may have written by hand."""
    match said:
        case {"page": str(page), "query": str(query), "heading": {"en": str(), "ru": str()} as heading}:
            note, minutes = said.get("note") or {}, said.get("minutes", 0)
        case _:
            raise RefusedError(Reason.MALFORMED)
    texts = [page, query, *heading.values(), *(note.values() if isinstance(note, dict) else [None])]
    if not all(isinstance(text, str) for text in texts) or not isinstance(minutes, int) or not 0 <= minutes <= 240:
        raise RefusedError(Reason.MALFORMED)
    if max(map(len, texts)) > 2000:
        raise RefusedError(Reason.TOO_LONG)
    return Scene(page, query, {k: str(v) for k, v in heading.items()}, {k: str(v) for k, v in note.items()}, minutes)


def scores(country: Any, role: Any, answers: Mapping[Any, Any], items: set[str]) -> dict[str, Any]:
    """One phone's scores, checked. An item without an answer is absent: not known is not zero."""
    given = {item: value for item, value in answers.items() if value is not None}
    if country not in RANGE_COUNTRIES or role not in ROLES or not set(given) <= items:
        raise RefusedError(Reason.MALFORMED)
    if any(type(value) is not int or value not in ANSWERS for value in given.values()):
        raise RefusedError(Reason.MALFORMED)
    if not given:
        raise RefusedError(Reason.EMPTY)
    return {"country": country, "role": role, "answers": given}


def text(words: Any) -> str:
    """What somebody wrote, as one paragraph."""
    if not isinstance(words, str):
        raise RefusedError(Reason.MALFORMED)
    tidy = " ".join("".join(c if c.isprintable() else " " for c in words[: 4 * LONGEST_TEXT]).split())
    if len(words) > LONGEST_TEXT:
        raise RefusedError(Reason.TOO_LONG)
    if not tidy:
        raise RefusedError(Reason.EMPTY)
    return tidy


def dots(given: Mapping[Any, Any], texts: set[str]) -> dict[str, int]:
    """One phone's dots, checked: whole numbers on texts that are there, no more than it has."""
    placed = {one: count for one, count in given.items() if count}
    if not set(placed) <= texts or any(type(count) is not int or count < 0 for count in placed.values()):
        raise RefusedError(Reason.MALFORMED)
    if not placed:
        raise RefusedError(Reason.EMPTY)
    if sum(placed.values()) > DOTS:
        raise RefusedError(Reason.TOO_MANY)
    return placed
