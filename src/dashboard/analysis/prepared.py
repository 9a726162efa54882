"""What is worked out once a version of the records, because it depends on no filter."""

from dashboard.analysis.extent import described
from dashboard.analysis.justice.cases import followed
from dashboard.domain.records import Records


def prepared(records: Records) -> Records:
    """The records whose incidents hold what they are about and what became of them."""
    known = records.with_tables(incidents=described(records))
    return known.with_tables(incidents=followed(known))
