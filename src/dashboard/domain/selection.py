"""The filters shared by every page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Selection:
    """What the reader chose. An empty tuple means "all"; ``None`` means no limit.

    A taxon may be a group (``big_cats``): it stands for all taxa below it.
    """

    countries: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    taxa: tuple[str, ...] = ()
    incident_types: tuple[str, ...] = ()
    evidence_grades: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()  # as the map draws them

    def clauses(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield (list of codes, values) for each filter in force, in reading order."""
        for codes, values in (
            ("country", self.countries),
            ("province", self.provinces),
            ("taxon", self.taxa),
            ("incident_type", self.incident_types),
            ("evidence_grade", self.evidence_grades),
        ):
            if values:
                yield codes, values

    def query(self) -> str:
        """The URL parameters that reopen this selection, without a language."""
        years = [("from", self.year_from), ("to", self.year_to)]
        return urlencode(
            [("country", c) for c in self.countries]
            + [("province", province) for province in self.provinces]
            + [(key, str(year)) for key, year in years if year is not None]
            + [("taxon", taxon) for taxon in self.taxa]
            + [("type", kind) for kind in self.incident_types]
            + [("evidence", grade) for grade in self.evidence_grades]
        )

    @classmethod
    def of_query(cls, parameters: Mapping[str, Sequence[str]]) -> "Selection":
        """The selection that ``query`` wrote, from the parameters of an address; other parameters are passed over."""

        def year(key: str) -> int | None:
            values = parameters.get(key, ())
            return int(values[-1]) if values and values[-1].isdecimal() else None

        def several(key: str) -> tuple[str, ...]:
            return tuple(parameters.get(key, ()))

        return cls(
            several("country"), year("from"), year("to"), several("taxon"), several("type"), several("evidence"),
            several("province"),
        )  # fmt: skip
