"""What is said, in every language, when the store could not do what was asked: what happened, and what to do."""

from dashboard.domain.faults import Fault
from dashboard.i18n.translator import Translator


def sentence(fault: Fault, t: Translator) -> str:
    """What happened, what it means, what to do."""
    return {
        Fault.UNREACHABLE: t(
            "The database of the records cannot be reached. Nothing was changed. When it is back, reload the page."
        ),
        Fault.NOT_SAVED: t(
            "Nothing was saved: the database cannot be written; the disk may be full. Everything is as it was before. "
            "Make room, then do it again."
        ),
        Fault.READ_ONLY: t(
            "Nothing was saved: the folder or the file of the database is read-only for this program. Allow it to "
            "write there, then do it again."
        ),
        Fault.BUSY: t(
            "Nothing was saved: somebody else is writing, a large import perhaps. Wait a minute, then do it again."
        ),
        Fault.DAMAGED: t(
            "The database of the records cannot be read: its file is damaged, or is no database. Nothing was changed. "
            "Put back a copy, then reload the page."
        ),
        Fault.NOT_THIS_LOGIN: t(
            "The database of the records refuses the login of this program. Nothing was read or changed. Ask whoever "
            "runs the database."
        ),
        Fault.OF_ANOTHER_RELEASE: t(
            "A later release of this dashboard has written the database of the records. Nothing was changed. Use that "
            "release, or a copy of the database from before."
        ),
        Fault.WORKSHOP: t(
            "The file of the workshop is gone, or cannot be read. Nothing is shown, because nobody knows whether the "
            "projector-safe lock is on. Put the file back and reload the page; to begin without it, start the "
            "dashboard again."
        ),
    }[fault]
