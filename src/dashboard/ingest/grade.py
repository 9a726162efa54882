"""Says how well a record is evidenced, from who published it."""

from typing import Final

import pandas as pd

OFFICIAL_KINDS: Final = frozenset({"government", "customs", "police", "court"})
INDEPENDENT_ORIGINS: Final = 2


def evidence_grade(publications: pd.DataFrame) -> pd.Series:
    """Grade each incident: ``official``, ``corroborated`` or ``single``.

    *publications* has one row per incident and publisher, with the columns ``incident_id``,
    ``publisher_kind`` and ``origin``. One official publisher is enough for ``official``; two publishers of
    different origin make it ``corroborated`` (a reprint of an agency's report has that agency's origin).
    Anything else is a lead, not a finding. Returns grades indexed by ``incident_id``.
    """
    by_incident = publications.groupby("incident_id", sort=False)
    official = publications.loc[publications["publisher_kind"].isin(OFFICIAL_KINDS), "incident_id"]
    origins = by_incident["origin"].nunique()
    grade = pd.Series("single", index=origins.index)
    grade[origins >= INDEPENDENT_ORIGINS] = "corroborated"
    grade[origins.index.isin(official)] = "official"
    return grade
