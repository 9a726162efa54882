"""Where records are kept. Knows no database: a dashboard without records of its own never loads one."""

import os
from pathlib import Path
from typing import Final

URL: Final = "DASHBOARD_DATABASE_URL"
AUDIT_HEAD: Final = "DASHBOARD_AUDIT_HEAD"
FILE: Final = Path(__file__).parents[3] / "local" / "dashboard.sqlite"


def url() -> str:
    """The address of the database: ``DASHBOARD_DATABASE_URL``, else one SQLite file under ``local/``."""
    return os.environ.get(URL) or f"sqlite:///{FILE}"


def file(address: str) -> Path | None:
    """The file of a SQLite database; ``None`` for a server."""
    return Path(address.removeprefix("sqlite:///")) if address.startswith("sqlite:///") else None


def exists(address: str) -> bool:
    """Whether there may be records. A server is asked; a file that is not there is not made."""
    path = file(address)
    return path is None or path.exists()


def audit_head(address: str) -> Path:
    """The file beside the database that also keeps the heads of the audit trail."""
    if named := os.environ.get(AUDIT_HEAD):
        return Path(named)
    path = file(address) or FILE
    return path.with_name(f"{path.stem}.audit-heads")
