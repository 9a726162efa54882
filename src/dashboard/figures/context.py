"""What a figure needs to know about its reader: language, selection, data version."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace

from dashboard.domain.selection import Selection
from dashboard.domain.workshop import SMALLEST_CELL
from dashboard.figures.spec import Passport
from dashboard.i18n.labels import Labels
from dashboard.i18n.translator import Translator


@dataclass(frozen=True, slots=True)
class Context:
    """One reader's view of one data version.

    *link* is the address that reopens exactly this view; *view* holds what was chosen on the page beyond the filters
    (how something is coloured, which borders are drawn), by URL parameter. *is_presenting* and *is_dark* change how
    things are drawn, never what they say. *as_of* is the day of the data edition.
    """

    t: Translator
    labels: Labels
    selection: Selection
    data_version: str
    link: str
    is_presenting: bool = False
    is_dark: bool = False
    has_second_language: bool = False
    is_locked: bool = False  # the projector-safe lock: places and small counts are withheld
    view: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    as_of: str = ""

    @property
    def lang(self) -> str:
        """The language code."""
        return self.t.lang

    def key(self) -> Hashable:
        """Everything that decides what this reader is shown of one version of the data."""
        flags = (self.is_presenting, self.is_dark, self.has_second_language, self.is_locked)
        return (self.lang, self.selection, self.link, self.as_of, flags, tuple(sorted(self.view.items())))

    def spoken(self, t: Translator, labels: Labels) -> "Context":
        """The same view in another language, its link too."""
        return replace(self, t=t, labels=labels, link=re.sub(r"(?<=[?&]lang=)\w+", t.lang, self.link))

    def of_countries(self, countries: tuple[str, ...]) -> "Context":
        """The same view of other countries, its link too; as if the reader had chosen them in the filter."""
        selection = replace(self.selection, countries=countries)
        before, after = (
            "&".join(filter(None, (f"lang={self.lang}", chosen.query()))) for chosen in (self.selection, selection)
        )
        return replace(self, selection=selection, link=self.link.replace(before, after, 1))

    def chosen(self, key: str) -> str:
        """The one value of a choice of the page."""
        return self.view[key][0]

    def count(self, n: int) -> str:
        """A number of incidents as it may be shown: with the lock on, none under three."""
        return f"<{SMALLEST_CELL}" if self.is_locked and 0 < n < SMALLEST_CELL else self.t.number(n)

    def passport(self, figure_id: str, source: str, boundary_note: str = "") -> Passport:
        """What travels with the figure *figure_id*."""
        return Passport(
            source=source,
            data_version=self.data_version,
            filters=self.filters_in_words(),
            link=f"{self.link}#{figure_id}",
            lang=self.lang,
            boundary_note=boundary_note,
            as_of=self.as_of,
        )

    def filters_in_words(self) -> str:
        """The filters in force as a reader would say them."""
        t, chosen = self.t, self.selection
        clauses = [self._years()] if chosen.year_from is not None or chosen.year_to is not None else []
        clauses += [
            t("{filter}: {values}", filter=self._name(codes), values=", ".join(self.labels(codes, v) for v in values))
            for codes, values in chosen.clauses()
        ]
        return "; ".join(clauses) if clauses else t("All records")

    def _years(self) -> str:
        t, first, last = self.t, self.selection.year_from, self.selection.year_to
        if first is not None and last is not None:
            return t("Years: {first}–{last}", first=first, last=last)
        return t("Years: from {first}", first=first) if last is None else t("Years: up to {last}", last=last)

    def _name(self, codes: str) -> str:
        t = self.t
        return {
            "country": t("Countries"),
            "province": t("Provinces"),
            "taxon": t("Species"),
            "incident_type": t("Incident type"),
            "evidence_grade": t("Evidence"),
        }[codes]
