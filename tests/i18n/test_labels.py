"""Every code that occurs has a name in both languages."""

import re
from collections import defaultdict

import pytest

from dashboard.domain.tables import FILE_TABLES, INCIDENT_SHEET, TIDY_TABLES
from dashboard.i18n.labels import TABLES, Labels, labels
from dashboard.i18n.translator import LANGUAGES
from dashboard.ingest.package import sheet

CYRILLIC = re.compile("[А-Яа-яЁё]")
CODED = [
    pytest.param(table.name, field.name, field.codes, id=f"{table.name}.{field.name}")
    for table in (*TIDY_TABLES, *FILE_TABLES)
    for field in table.fields
    if field.codes
]


@pytest.fixture(scope="module")
def named(loaded):
    """The labels of both languages, by language."""
    reference = {name: loaded.tables[name].to_dict("records") for name in TABLES}
    return {lang: labels(reference, lang) for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("table", "column", "codes"), CODED)
def test_every_code_that_occurs_has_a_name(loaded, named, lang, table, column, codes):
    cells = (sheet(loaded) if table == INCIDENT_SHEET.name else loaded.tables[table])[column].dropna()
    # the range countries are a part of the countries
    names = "country" if codes == "range_country" else codes
    nameless = {code for code in cells.unique() if code and not named[lang].names.get((names, code), "").strip()}
    assert nameless == set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("table", "codes", "key"),
    [
        ("incidents", "admin1", ("country", "admin1")),
        ("incidents", "place", ("country", "admin1", "place")),
        ("incidents", "agency", ("agency",)),
        ("sources", "publisher", ("publisher",)),
    ],
)
def test_every_name_that_a_record_writes_has_a_name(loaded, named, lang, table, codes, key):
    rows = loaded.tables[table].dropna(subset=key[-1])
    written = set(rows[list(key)].fillna("").itertuples(index=False, name=None))
    assert len(written) > 50
    assert {name for name in written if not named[lang](codes, *name).strip()} == set()


@pytest.mark.parametrize("lists", ["country", "taxon", "commodity", "incident_type", "outcome", "evidence_grade"])
def test_names_of_what_is_filtered_by_are_in_the_letters_of_their_language(named, lists):
    english = {key: name for key, name in named["en"].names.items() if key[0] == lists}
    russian = {key: name for key, name in named["ru"].names.items() if key[0] == lists}
    assert english.keys() == russian.keys()
    assert [name for name in english.values() if CYRILLIC.search(name)] == []
    assert [name for name in russian.values() if not CYRILLIC.search(name)] == []


@pytest.mark.parametrize("lists", ["country", "commodity", "incident_type", "outcome", "evidence_grade"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_codes_of_a_list_never_have_the_same_name(named, lang, lists):
    names = [name for key, name in named[lang].names.items() if key[0] == lists]
    assert len(names) > 1
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_taxa_share_a_name_only_when_one_is_the_group_of_the_other_alone(loaded, named, lang):
    taxa = loaded.tables["taxa"]
    members = taxa[taxa["parent"] != ""].groupby("parent")["taxon"].agg(list)
    alone = {tuple(sorted((group, taxon))) for group, (taxon, *others) in members.items() if not others}
    by_name = defaultdict(list)
    for taxon in taxa["taxon"]:
        by_name[named[lang]("taxon", taxon)].append(taxon)
    shared = {tuple(sorted(taxa)) for taxa in by_name.values() if len(taxa) > 1}
    assert shared <= alone


@pytest.mark.parametrize(
    ("lang", "codes", "code", "expected"),
    [
        ("en", "country", "KGZ", "Kyrgyzstan"),
        ("ru", "country", "KGZ", "Кыргызстан"),
        ("en", "outcome", "convicted", "Convicted"),
        ("ru", "incident_type", "seizure", "Изъятие"),
        ("en", "taxon", "panthera_uncia", "Snow leopard"),
        ("ru", "taxon", "panthera_uncia", "Снежный барс"),
    ],
)
def test_a_code_is_called_as_the_reference_tables_say(named, lang, codes, code, expected):
    assert named[lang](codes, code) == expected


def test_a_code_that_no_table_knows_is_a_mistake_of_ours(named):
    with pytest.raises(KeyError):
        named["en"]("country", "Atlantis")


def test_a_description_is_given_in_both_languages_or_in_neither(named):
    described = {lang: {key for key, text in named[lang].descriptions.items() if text} for lang in LANGUAGES}
    assert described["en"] == described["ru"] != set()


def test_a_code_without_description_has_an_empty_one():
    assert Labels({("unit", "kg"): "Kilograms"}, {}).description("unit", "kg") == ""
