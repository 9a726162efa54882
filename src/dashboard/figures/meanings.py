"""What the codes of each list mean when they are drawn, in reading order."""

from typing import Final

from dashboard.domain.fields import N_
from dashboard.figures.context import Context
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import Series

MEANINGS: Final[dict[str, dict[str, Meaning]]] = {
    "coverage_state": {
        "reported": Meaning.RECORD,
        "nil": Meaning.NIL,
        "no_report": Meaning.NO_REPORT,
        "not_searched": Meaning.NOT_SEARCHED,
        "withheld": Meaning.WITHHELD,
    },
    "evidence_grade": {
        "official": Meaning.OFFICIAL,
        "corroborated": Meaning.CORROBORATED,
        "single": Meaning.SINGLE,
    },
    "outcome": {
        "convicted": Meaning.DECIDED,
        "acquitted": Meaning.DECIDED,
        "dismissed": Meaning.DECIDED,
        "charged": Meaning.STEP,
        "under_investigation": Meaning.OPEN,
        "unknown": Meaning.UNKNOWN,
    },
    "incident_type": {
        "seizure": Meaning.SEIZURE,
        "poaching": Meaning.POACHING,
        "market_observation": Meaning.MARKET,
        "online_offer": Meaning.ONLINE,
        "live_rescue": Meaning.RESCUE,
    },
    "role": {
        "snow_leopard": Meaning.SNOW_LEOPARD,
        "prey": Meaning.PREY,
        "co_traded": Meaning.CO_TRADED,
        "several": Meaning.SEVERAL,
    },
    "date_precision": {
        "day": Meaning.OFFICIAL,
        "month": Meaning.CORROBORATED,
        "year": Meaning.SINGLE,
    },
    "crossing": {
        "crosses": Meaning.OFFICIAL,
        "stays": Meaning.STAYS,
        "not_stated": Meaning.UNKNOWN,
    },
}

SPLITS: Final = {  # what the reader may divide incidents by
    "incident_type": N_("Incident type"),
    "role": N_("Species"),
    "evidence_grade": N_("Evidence"),
    "outcome": N_("Outcome"),
}


def series(codes: str, context: Context) -> tuple[Series, ...]:
    """The values of a list as series of a figure."""
    return tuple(Series(code, context.labels(codes, code), meaning) for code, meaning in MEANINGS[codes].items())
