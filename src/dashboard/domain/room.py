"""What a workshop has come to: the state that follows from its events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.domain.workshop import Event, Kind, Scene, Task, scene


@dataclass(frozen=True, slots=True)
class Asked:
    """What the phones ask. *round* counts the assessments: answers of one round replace each other."""

    task: Task = Task.NOTHING
    round: int = 1


@dataclass(frozen=True, slots=True)
class Score:
    """One answer, without the phone it came from."""

    round: int
    country: str
    role: str
    item: str
    value: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """An issue or a proposal as the screen shows it, with all texts that were merged into it, and its dots."""

    id: str
    theme: str
    kind: str
    texts: tuple[str, ...]
    dots: int


@dataclass(frozen=True, slots=True)
class Action:
    """A joint action as it stands; *since* is when it was last changed."""

    id: str
    content: Mapping[str, str]
    revision: int
    since: str


def asked(events: Iterable[Event]) -> Asked:
    """What was asked last."""
    last = Asked()
    for event in events:
        if event.kind == Kind.ASKED:
            last = Asked(Task(event.content["task"]), int(event.content["round"]))
    return last


def scores(events: Iterable[Event]) -> list[Score]:
    """Every answer that counts: of each phone, round and form the last one. In no order that tells who came first."""
    last = {(e.author, e.subject, e.content["task"]): e for e in events if e.kind == Kind.ANSWERED}
    return sorted(
        (
            Score(int(event.subject), event.content["country"], event.content["role"], item, value)
            for event in last.values()
            for item, value in event.content["answers"].items()
        ),
        key=lambda s: (s.round, s.country, s.role, s.item, s.value),
    )


def agreed(events: Iterable[Event]) -> dict[tuple[int, str, str], int]:
    """The values that the room settled on, by round, country and item; one that was taken back is absent."""
    values = {
        (int(e.content["round"]), e.content["country"], e.content["item"]): e.content["value"]
        for e in events
        if e.kind == Kind.AGREED
    }
    return {key: value for key, value in values.items() if value is not None}


def contributions(events: Iterable[Event]) -> list[Contribution]:
    """Issues and proposals, most dots first, then as they were written."""
    events = list(events)
    written = {e.subject: e for e in events if e.kind == Kind.WRITTEN}
    into = {e.subject: e.content["into"] for e in events if e.kind == Kind.MERGED}

    def kept(one: str) -> str:
        seen = {one}
        while (onward := into.get(one)) and onward in written and onward not in seen:
            seen.add(onward)
            one = onward
        return one

    texts: dict[str, list[str]] = {}
    for one, event in written.items():
        texts.setdefault(kept(one), []).append(event.content["text"])
    dots = dict.fromkeys(texts, 0)
    for event in {(e.author, e.subject): e for e in events if e.kind == Kind.DOTTED}.values():
        for one, count in event.content["dots"].items():
            if one in written:
                dots[kept(one)] += count
    found = [
        Contribution(one, written[one].content["theme"], written[one].content["kind"], tuple(said), dots[one])
        for one, said in texts.items()
    ]
    return sorted(found, key=lambda c: -c.dots)


def would_loop(events: Iterable[Event], one: str, into: str) -> bool:
    """Whether *into* already stands for, or is merged into, *one*."""
    onward = {e.subject: e.content["into"] for e in events if e.kind == Kind.MERGED}
    seen = set()
    while into not in seen and into != one:
        seen.add(into)
        into = onward.get(into, into)
    return into == one


def actions(events: Iterable[Event]) -> list[Action]:
    """The joint actions as they stand, in the order in which they were first agreed."""
    found: dict[str, Action] = {}
    for event in events:
        if event.kind == Kind.ACTION:
            before = found.get(event.subject)
            found[event.subject] = Action(event.subject, event.content, before.revision + 1 if before else 1, event.at)
    return list(found.values())


def changes(events: Iterable[Event], since: str) -> list[tuple[Event, Mapping[str, Any] | None]]:
    """Every change of an action from the moment *since* on, with what it was before (``None``: it is new)."""
    before: dict[str, Mapping[str, Any]] = {}
    found = []
    for event in events:
        if event.kind == Kind.ACTION:
            if event.at >= since:
                found.append((event, before.get(event.subject)))
            before[event.subject] = event.content
    return found


def own_scenes(events: Iterable[Event]) -> list[Scene]:
    """The storyline that was put together here, as it stands."""
    last: list[Scene] = []
    for event in events:
        if event.kind == Kind.SCENES:
            last = [scene(said) for said in event.content["scenes"]]
    return last
