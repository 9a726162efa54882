"""What phones and the facilitator do in a workshop, each in one transaction with the check that allows it."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from dashboard.domain import room, workshop
from dashboard.domain.dates import precision
from dashboard.domain.room import Asked
from dashboard.domain.workshop import Event, Kind, Reason, RefusedError, Scene, Task
from dashboard.store.workshop import Workshop

if TYPE_CHECKING:
    from dashboard.store.events import Writing

SCRYPT: Final = {"n": 2**14, "r": 8, "p": 1, "maxmem": 64 * 2**20, "dklen": 32}
SHORTEST_PIN: Final = 6
LONGEST_PIN: Final = 32
LONGEST_TYPED: Final = 128  # of a PIN that was set when there was no limit; more is not looked at
MOST_WRONG: Final = 5  # within REST; then nobody may try
REST: Final = timedelta(minutes=1)


def ask(file: Workshop, task: Task, *, anew: bool = False) -> Asked:
    """Let the phones ask *task*; *anew* starts another round, whose answers are compared with the one before."""
    with file.writing() as writing:
        last = room.asked(writing.events(Kind.ASKED))
        now = Asked(task, last.round + 1 if anew else last.round)
        writing.add(Kind.ASKED, str(now.round), {"task": now.task, "round": now.round})
    return now


def submit_scores(
    file: Workshop, shown: Asked, author: str, country: Any, role: Any, answers: Mapping[Any, Any], items: set[str]
) -> bool:
    """Count one phone's scores; return whether they replace earlier ones of the same phone."""
    content = workshop.scores(country, role, answers, items)
    with file.writing() as writing:
        _is_open(writing, shown, author, (Task.OUTCOMES, Task.ITEMS))
        before = [
            e for e in writing.events(Kind.ANSWERED, subject=str(shown.round))
            if e.author == author and e.content["task"] == shown.task
        ]  # fmt: skip
        writing.add(Kind.ANSWERED, str(shown.round), {**content, "task": shown.task}, author)
    return bool(before)


def submit_text(file: Workshop, shown: Asked, author: str, theme: Any, kind: Any, words: Any) -> bool:
    """Count one issue or proposal; return whether this phone had already sent the same."""
    said = workshop.text(words)
    if theme not in workshop.THEMES or kind not in workshop.ISSUE_KINDS:
        raise RefusedError(Reason.MALFORMED)
    with file.writing() as writing:
        _is_open(writing, shown, author, (Task.TEXTS,))
        own = [e.content for e in writing.events(Kind.WRITTEN) if e.author == author]
        content = {"theme": theme, "kind": kind, "text": said}
        if content in own:
            return True
        if len(own) >= workshop.MOST_TEXTS:
            raise RefusedError(Reason.TOO_MANY)
        writing.add(Kind.WRITTEN, secrets.token_hex(4), content, author)
    return False


def submit_dots(file: Workshop, shown: Asked, author: str, given: Mapping[Any, Any]) -> bool:
    """Count one phone's dots; return whether they replace earlier ones of the same phone."""
    with file.writing() as writing:
        _is_open(writing, shown, author, (Task.DOTS,))
        texts = {e.subject for e in writing.events(Kind.WRITTEN)}
        placed = workshop.dots(given, texts)
        before = [e for e in writing.events(Kind.DOTTED, subject=str(shown.round)) if e.author == author]
        writing.add(Kind.DOTTED, str(shown.round), {"dots": placed}, author)
    return bool(before)


def _is_open(writing: "Writing", shown: Asked, author: str, tasks: tuple[Task, ...]) -> None:
    if not author:
        raise RefusedError(Reason.NO_DEVICE)
    if shown.task not in tasks or room.asked(writing.events(Kind.ASKED)) != shown:
        raise RefusedError(Reason.STALE)


def own_answers(file: Workshop, shown: Asked, author: str) -> Mapping[str, Any]:
    """What this phone has answered to the same form, or at least its country and role from another one."""
    own = [e.content for e in file.events(Kind.ANSWERED) if author and e.author == author]
    same = [e for e in own if e["task"] == shown.task]
    known = {key: own[-1][key] for key in ("country", "role")} if own else {}
    latest = file.events(Kind.ANSWERED, subject=str(shown.round))
    counted = [e.content for e in latest if author and e.author == author and e.content in same]
    return counted[-1] if counted else known


def own_dots(file: Workshop, shown: Asked, author: str) -> Mapping[str, int]:
    """Where this phone has put its dots."""
    own = [e.content["dots"] for e in file.events(Kind.DOTTED, subject=str(shown.round)) if author == e.author]
    return own[-1] if own and author else {}


def merge(file: Workshop, one: str, into: str) -> None:
    """Let *into* stand for *one* as well; both texts are kept."""
    with file.writing() as writing:
        events = writing.events(Kind.WRITTEN, Kind.MERGED)
        if not {one, into} <= {e.subject for e in events if e.kind == Kind.WRITTEN} or room.would_loop(
            events, one, into
        ):
            raise RefusedError(Reason.MALFORMED)
        writing.add(Kind.MERGED, one, {"into": into})


def save_action(file: Workshop, action: str, content: Mapping[str, str], revision: int) -> None:
    """Write a joint action as it is from now on; *revision* is what was on the screen when it was changed."""
    checked = {key: workshop.text(value) if value else "" for key, value in content.items()}
    if not checked.get("action") or checked.get("status") not in workshop.STATUSES:
        raise RefusedError(Reason.EMPTY)
    if checked.get("deadline") and precision(checked["deadline"]) is None:
        raise RefusedError(Reason.NO_DATE)
    with file.writing() as writing:
        if len(writing.events(Kind.ACTION, subject=action)) != revision:
            raise RefusedError(Reason.STALE)
        writing.add(Kind.ACTION, action, checked)


def change_scenes(file: Workshop, change: Callable[[list[Scene]], list[Scene]]) -> None:
    """Change the own storyline; what another window saved meanwhile is not lost."""
    with file.writing() as writing:
        scenes = change(room.own_scenes(writing.events(Kind.SCENES)))
        writing.add(Kind.SCENES, "own", {"scenes": [one.as_dict() for one in scenes]})


def is_locked(file: Workshop) -> bool:
    """Whether the projector-safe lock is on."""
    last = file.last(Kind.LOCK)
    return bool(last and last.content["on"])


def has_pin(file: Workshop) -> bool:
    """Whether a facilitator has chosen a PIN."""
    return file.last(Kind.PIN) is not None


def pin_mark(file: Workshop) -> str:
    """What tells the PIN that was chosen last from those before it; empty where there is none. It opens nothing."""
    pins = _pins(file)
    return str(pins[0].content["hash"]) if pins else ""


def set_pin(file: Workshop, pin: str) -> None:
    """Keep a new PIN as a salted scrypt digest. Only the first one needs no other: the screen asks for the old."""
    if not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
        raise RefusedError(Reason.MALFORMED)
    salt = secrets.token_bytes(16)
    file.add(Kind.PIN, "facilitator", {"salt": salt.hex(), "hash": _hash(pin, salt)})


def adopt_pin(file: Workshop, salt: str, digest: str, rounds: int) -> None:
    """Keep a PIN that was set elsewhere, of which there is a PBKDF2 digest. It opens until a new one is chosen."""
    if digest not in {pin.content["hash"] for pin in _pins(file)}:
        file.add(Kind.PIN, "facilitator", {"salt": salt, "hash": digest, "rounds": rounds})


def go_on_from(file: Workshop, content: bytes) -> None:
    """Continue from a copy of another file. The PIN of this machine stays: a file that arrives lets nobody in."""
    kept = [pin.content for pin in _pins(file)]
    file.take_over(content)
    for pin in kept:
        file.add(Kind.PIN, "facilitator", pin)


def is_pin(file: Workshop, pin: str) -> bool:
    """Whether *pin* is the facilitator's. After five wrong ones within a minute nobody may try for a while."""
    kept = _pins(file)
    if not kept:
        return False
    now = datetime.now(UTC)
    since, until = ((now - age).isoformat(timespec="seconds") for age in (REST, timedelta()))
    # of a clock that was put back, what is still to come does not count: nobody is shut out for a day
    if sum(since <= e.at <= until for e in file.events(Kind.REFUSED)) >= MOST_WRONG:
        raise RefusedError(Reason.TOO_MANY)
    started = time.monotonic()
    typed = pin[:LONGEST_TYPED]
    if any(hmac.compare_digest(_digest(typed, one.content), one.content["hash"]) for one in kept):
        return True
    file.add(Kind.REFUSED, "facilitator", {"ms": round((time.monotonic() - started) * 1000)})
    return False


def _pins(file: Workshop) -> list[Event]:
    """What opens: the PIN that was chosen last, and any that were adopted since."""
    pins = file.events(Kind.PIN)
    chosen = [at for at, pin in enumerate(pins) if "rounds" not in pin.content]
    return pins[chosen[-1] :] if chosen else pins


def _digest(pin: str, content: Mapping[str, Any]) -> str:
    salt = bytes.fromhex(content["salt"])
    if "rounds" in content:
        return hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, content["rounds"]).hex()
    return _hash(pin, salt)


def lock(file: Workshop, *, on: bool) -> None:
    """Switch the projector-safe lock; whoever calls this has asked for the PIN."""
    file.add(Kind.LOCK, "projector", {"on": on})


def _hash(pin: str, salt: bytes) -> str:
    return hashlib.scrypt(pin.encode(), salt=salt, **SCRYPT).hex()
