"""Names of codes in one language, from the reference tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.i18n.said import Said, Source

Names = dict[tuple[str, ...], str]
Rows = Iterable[Mapping[Any, str]]


@dataclass(frozen=True, slots=True)
class Labels:
    """Looks up what a code is called. Every code that is shown has a row in ``data/reference``."""

    names: Mapping[tuple[str, ...], str]
    descriptions: Mapping[tuple[str, ...], str]
    texts: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, codes: str, *code: str) -> str:
        """The name of a code in a list; ``KeyError`` for a code that no table knows."""
        return Said(self.names[(codes, *code)], Source("label", (codes, *code), {}))

    def description(self, codes: str, code: str) -> str:
        """What a code means, in a sentence; empty where its name says it."""
        return self.descriptions.get((codes, code), "")

    def text(self, words: str) -> str:
        """A free text of the data in this language; as its record says it where nobody has translated it."""
        return self.texts.get(words, words)


KEYS = {
    "countries": ("country", ("country",)),
    "taxa": ("taxon", ("taxon",)),
    "admin1": ("admin1", ("country", "admin1")),
    "provinces": ("province", ("province",)),
    "places": ("place", ("country", "admin1", "place")),
    "agencies": ("agency", ("agency",)),
    "publishers": ("publisher", ("publisher",)),
}
TABLES = ("vocabulary", "texts", *KEYS)  # what `labels` is made from


def labels(reference: Mapping[str, Rows], lang: str) -> Labels:
    """Collect the names of all reference tables in one language."""
    names: Names = {(row["list"], row["code"]): row[f"label_{lang}"] for row in reference["vocabulary"]}
    descriptions: Names = {(row["list"], row["code"]): row[f"description_{lang}"] for row in reference["vocabulary"]}
    for table, (codes, key) in KEYS.items():
        names.update({(codes, *(row[part] for part in key)): row[f"name_{lang}"] for row in reference[table]})
    texts = {row["text"]: row[f"text_{lang}"] for row in reference["texts"]} if lang != "en" else {}
    return Labels(names, descriptions, texts)
