"""Turns what people write into what the tables hold: names into codes, dates and numbers into one form.

Only what is certain is turned. What is left as it was, the checks report.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from dashboard.domain import dates
from dashboard.domain.fields import Field, Kind, Table
from dashboard.ingest.check import NUMERIC, distinct

DOTTED: Final = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})(?: г\.?)?")  # 03.05.2019, as the region writes dates
TIMED: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]\d{1,2}:\d{2}(:\d{2})?")
GROUPED: Final = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
COMMA: Final = re.compile(r"[+-]?\d+,\d+")
SPLIT: Final = re.compile(r"\s*[;,]\s*")
Frames = Mapping[str, pd.DataFrame]


def folded(text: str) -> str:
    """A text as names are compared: without case, punctuation and doubled blanks; ё is е."""
    return re.sub(r"[\W_]+", " ", text.casefold().replace("ё", "е")).strip()


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What codes and recorded names are called, in either language, by list."""

    codes: Mapping[str, Mapping[str, str]]
    places: Mapping[tuple[str, ...], str]
    species: Mapping[str, tuple[str, str]]  # any name of a species: as the records write it (scientific, common)
    pairs: frozenset[tuple[str, str]]

    def code(self, codes: str, text: str) -> str:
        """The code that a name or a code stands for; the text itself where it is none."""
        return self.codes.get(codes, {}).get(folded(text), text)


def words(reference: Frames) -> Words:
    """Collect the names of the reference tables."""
    codes: dict[str, dict[str, str]] = {}
    for row in reference["vocabulary"].to_dict("records"):
        known = codes.setdefault(row["list"], {})
        for name in (row["label_ru"], row["label_en"], row["code"]):
            known[folded(name)] = row["code"]
    countries: dict[str, str] = {}
    for row in reference["countries"].to_dict("records"):
        countries |= {folded(row[key]): row["country"] for key in ("name_ru", "name_en", "iso2", "country") if row[key]}
    codes["country"] = codes["range_country"] = countries
    places: dict[tuple[str, ...], str] = {}
    for table, key in (
        ("agencies", ["agency"]),
        ("publishers", ["publisher"]),
        ("admin1", ["country", "admin1"]),
        ("places", ["country", "admin1", "place"]),
    ):
        for row in reference[table].to_dict("records"):
            *within, name = (row[part] for part in key)
            for said in (row["name_ru"], row["name_en"], name):
                places.setdefault((key[-1], *within, folded(said)), name)
    species, pairs = _species(reference)
    return Words(codes, places, species, pairs)


def _species(reference: Frames) -> tuple[dict[str, tuple[str, str]], frozenset[tuple[str, str]]]:
    match = reference["taxa_match"]
    pairs = list(match[["species_scientific", "species_common"]].itertuples(index=False, name=None))
    pair_of = dict(zip(match["taxon"], pairs, strict=True))
    species: dict[str, tuple[str, str]] = {}
    for row in reference["taxa"].to_dict("records"):
        if row["rank"] == "group":
            continue
        pair = pair_of.get(row["taxon"], (row["scientific_name"], row["name_en"]))
        for name in (row["scientific_name"], row["name_en"], row["name_ru"]):
            if name:
                species.setdefault(folded(name), pair)
    for pair in pairs:
        for name in pair:
            if name:
                species.setdefault(folded(name), pair)
    return species, frozenset(pairs)


def normalise(cells: pd.DataFrame, table: Table, known: Words, *, has_decimal_comma: bool) -> pd.DataFrame:
    """The cells of *table* with codes for names, ISO dates and plain numbers; each distinct value is looked at once."""
    turned = cells.copy(deep=False)
    for field in table.fields:
        turned[field.name] = mapped(cells[field.name], _rule(field, known, has_decimal_comma))
    for column, within in (("admin1", ["country"]), ("place", ["country", "admin1"]), ("agency", [])):
        turned[column] = _recorded(turned, column, within, known)
    turned["date_precision"] = turned["date_precision"].where(
        turned["date_precision"] != "", mapped(turned["date"], lambda text: dates.precision(text) or "")
    )
    return turned


def mapped(cells: pd.Series, rule: Callable[[str], str] | None) -> pd.Series:
    """A column with *rule* applied to each distinct value."""
    if rule is None:
        return cells
    changed = {v: new for v in distinct(cells) if v and (new := rule(v)) != v}
    if not changed:
        return cells
    places = cells.isin(list(changed))
    result = cells.astype(object)
    result[places] = [changed[v] for v in cells[places]]
    return result.astype("str")


def _rule(field: Field, known: Words, has_decimal_comma: bool) -> Callable[[str], str] | None:
    if field.name == "transit_countries":
        return lambda text: "; ".join(known.code("country", part) for part in SPLIT.split(text) if part)
    if field.codes:
        return lambda text: known.code(field.codes, text)
    if field.kind is Kind.DATE:
        return iso_date
    if field.kind in NUMERIC:
        return lambda text: plain_number(text, has_decimal_comma=has_decimal_comma)
    return None


def iso_date(text: str) -> str:
    """03.05.2019 and 05.2019 as ISO; 3/5/2019 is left, as it means two days."""
    if timed := TIMED.fullmatch(text):
        return timed[1]
    if dotted := DOTTED.fullmatch(text):
        day, month, year = dotted.groups()
        return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    return text


def plain_number(text: str, *, has_decimal_comma: bool) -> str:
    """A number without groups; the comma is a decimal sign only where the file separates cells otherwise."""
    if GROUPED.fullmatch(text):
        text = text.replace(" ", "")
    return text.replace(",", ".") if has_decimal_comma and COMMA.fullmatch(text) else text


def _recorded(cells: pd.DataFrame, column: str, within: list[str], known: Words) -> pd.Series:
    """Names as the records write them, where either language's name was given."""
    distinct = cells[[*within, column]].drop_duplicates()
    distinct = distinct[distinct[column] != ""]
    changed = {}
    for key in distinct.itertuples(index=False, name=None):
        *place, name = key
        written = known.places.get((column, *place, folded(name)), name)
        if written != name:
            changed[key] = written
    if not changed:
        return cells[column]
    keys: Iterable[tuple[str, ...]] = cells[[*within, column]].itertuples(index=False, name=None)
    return pd.Series([changed.get(key, key[-1]) for key in keys], index=cells.index, dtype="str")
