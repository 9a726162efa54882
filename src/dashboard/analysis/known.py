"""From what is known to what is likely: arithmetic on a published range and an assumed share of detection."""

from dataclasses import dataclass
from typing import Final

import narwhals as nw

from dashboard.domain.records import Records

REGION: Final = "RANGE12"
SPECIES: Final = "snow_leopard"


@dataclass(frozen=True, slots=True)
class Published:
    """What experts have published: animals killed a year that they know of, and the share they think is detected.

    ``detection_below`` is an upper bound. The texts are those of the sources; ``None`` where no source says it.
    """

    low: float
    high: float
    first_year: int
    last_year: int
    source: str
    url: str
    detection_below: float
    detection_source: str
    detection_url: str


def published(records: Records) -> Published | None:
    """The published range and the bound on detection, from the justice statistics; ``None`` if either is missing."""
    rows = (
        records["justice_statistics"]
        .filter(nw.col("country") == REGION, nw.col("species_scope") == SPECIES)
        .filter(nw.col("metric").is_in(["incidents", "detection_rate_pct"]))
        .sort("value")
        .collect()
        .to_pandas()
    )
    killed, detected = rows[rows["metric"] == "incidents"], rows[rows["metric"] == "detection_rate_pct"]
    if len(killed) < 2 or detected.empty:
        return None
    low, high, share = killed.iloc[0], killed.iloc[-1], detected.iloc[0]
    return Published(
        float(low["value"]), float(high["value"]), int(low["year_from"]), int(low["year_to"]),
        str(low["source_title"]), str(low["source_url"]),
        float(share["value"]) / 100, str(share["source_title"]), str(share["source_url"]),
    )  # fmt: skip


def implied(known: Published, detection: float) -> tuple[float, float]:
    """Animals a year if the share *detection* (0-1) of them comes to be known: arithmetic, not an estimate.

    Raises ``ValueError`` for a share that is not above 0 and at most 1.
    """
    if not 0 < detection <= 1:
        raise ValueError(f"detection must be above 0 and at most 1, got {detection}")
    return known.low / detection, known.high / detection
