"""An open SQLite connection outlives its file: it would go on writing into one that nobody will ever open again."""

from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from dashboard.domain.faults import Fault, StoreError

NUMBER: Final = "number of the file"


def hold_to(made: sa.Engine, path: Path) -> None:
    """Let every use of *made* see whether *path* still is the file that was opened.

    A file that was there and is gone is said to be, and is not made again in silence; another file in its place (a
    backup that was put back) is opened anew.
    """
    opened: set[tuple[int, int] | None] = set()

    @sa.event.listens_for(made, "do_connect")
    def _connecting(*_: Any) -> None:
        if opened and _number(path) is None:
            raise _gone(path)

    @sa.event.listens_for(made, "connect")
    def _connected(_connection: Any, record: Any) -> None:
        record.info[NUMBER] = _number(path)
        opened.add(record.info[NUMBER])

    @sa.event.listens_for(made, "checkout")
    def _used(_connection: Any, record: Any, _proxy: Any) -> None:
        now = _number(path)
        if now is None:
            raise _gone(path)
        if now != record.info.get(NUMBER):
            raise sa.exc.DisconnectionError(f"{path.name} is another file than before")


def _gone(path: Path) -> StoreError:
    return StoreError(Fault.UNREACHABLE, f"{path.name} is not there any more")


def _number(path: Path) -> tuple[int, int] | None:
    """What tells a file from another with the same name."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
