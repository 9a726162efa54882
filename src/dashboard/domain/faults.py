"""What can go wrong beneath the dashboard, told so that the screen can say it in every language."""

from enum import StrEnum


class Fault(StrEnum):
    """What happened to a file or a server of records."""

    UNREACHABLE = "unreachable"  # it was there, and is not
    READ_ONLY = "read_only"  # the file or its folder may not be written
    BUSY = "busy"  # somebody else held the writers' lock for longer than anybody should wait
    DAMAGED = "damaged"  # the file is no database any more
    WORKSHOP = "workshop"  # the file of the workshop was there, and is not, or cannot be read
    NOT_THIS_LOGIN = "not_this_login"  # the server lets this login of the database do nothing
    OF_ANOTHER_RELEASE = "of_another_release"  # a later release has written the file
    NOT_SAVED = "not_saved"  # a change was taken back as a whole: the disk is full, or the file cannot be written


class StoreError(RuntimeError):
    """The store could not do what was asked; nothing of it was done."""

    def __init__(self, fault: Fault, detail: str) -> None:
        super().__init__(f"{fault.value}: {detail}")
        self.fault, self.detail = fault, detail

    def __reduce__(self) -> tuple[type, tuple[Fault, str]]:
        """So that another process can hand it over."""
        return type(self), (self.fault, self.detail)


class DecidedError(ValueError):
    """Somebody else has decided this meanwhile."""


class MovedError(ValueError):
    """Records that a file is about were changed since it was held against them; nothing of it was stored."""

    def __init__(self, records: tuple[str, ...]) -> None:
        super().__init__(records)
        self.records = records


class BroughtError(ValueError):
    """The very same file is stored already, as a version that still stands."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version
