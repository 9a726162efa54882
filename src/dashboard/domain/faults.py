"""What can go wrong beneath the dashboard, told so that the screen can say it in every language."""

from enum import StrEnum


class Fault(StrEnum):
    """What happened to a file or a server of records."""

    UNREACHABLE = "unreachable"  # it was there, and is not
    NOT_SAVED = "not_saved"  # a change was taken back as a whole: the disk is full, or the file cannot be written


class StoreError(RuntimeError):
    """The store could not do what was asked; nothing of it was done."""

    def __init__(self, fault: Fault, detail: str) -> None:
        super().__init__(f"{fault.value}: {detail}")
        self.fault = fault


class DecidedError(ValueError):
    """Somebody else has decided this meanwhile."""
