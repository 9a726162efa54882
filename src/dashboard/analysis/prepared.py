"""What is worked out once a version of the records, because it depends on no filter."""

from collections.abc import Callable, Iterator
from functools import partial

from dashboard.analysis import Frame
from dashboard.analysis.country import noted
from dashboard.analysis.extent import ABOUT, ENDS, with_one
from dashboard.analysis.justice.cases import followed
from dashboard.analysis.keys import BELONGING, keyed
from dashboard.analysis.lines import told_apart
from dashboard.analysis.listing import first_named
from dashboard.domain.records import Records


def steps() -> Iterator[tuple[str, Callable[[Records], Frame]]]:
    """The tables that are prepared, and how, one after the other.

    A step looks at no incident but its own: of millions a part is prepared at a time, and each step of it kept.
    """
    for column in (*ABOUT, *ENDS):
        yield "incidents", partial(with_one, name=column)
    yield "incidents", followed
    yield "incidents", noted
    yield "incidents", first_named
    yield "specimens", told_apart
    for name in BELONGING:
        yield name, partial(_keyed, name)


def _keyed(name: str, records: Records) -> Frame:
    return keyed(records[name], records["incidents"])


def prepared(records: Records) -> Records:
    """The records whose incidents hold what they are about and what became of them.

    The lines say which of them repeat a value of their incident, and all rows what a selection looks at.
    """
    for name, made in steps():
        records = records.with_tables(**{name: made(records)})
    return records
