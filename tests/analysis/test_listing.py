"""A page of records is the same stretch of one order, wherever it begins and whatever is prepared."""

import pytest

from dashboard.analysis import listing
from dashboard.analysis.prepared import prepared
from dashboard.analysis.select import select
from dashboard.domain.selection import Selection
from dashboard.intake.shown import shown

RANKS = {
    "occurred_on": None,
    "country": {"KGZ": 1, "TJK": 0},  # of KAZ no rank is known: it comes first
    "taxon": {"capra_sibirica": 0, "lynx_lynx": 1, "panthera_uncia": 1},
}


def made_up(records_of):
    """Thirteen incidents on five dates in three countries; of every fourth no specimen is known."""
    dates = ("2024-03-09", "2024", "2024-03", "2023-12-31", "2023")
    taxa = ("panthera_uncia", "capra_sibirica", "lynx_lynx")
    incidents = [
        {
            "incident_id": f"TST-{nth:02}",
            "occurred_on": dates[nth * 7 % 5],
            "year": int(dates[nth * 7 % 5][:4]),
            "country": ("KGZ", "TJK", "KAZ", "KGZ")[nth % 4],
        }
        for nth in range(13)
    ]
    specimens = [
        {"incident_id": f"TST-{nth:02}", "line": line, "taxon": taxa[(nth + line) % 3], "commodity": "skin"}
        for nth in range(13)
        if nth % 4
        for line in (2, 1)
    ]
    return records_of(incidents=incidents, specimens=specimens)


def expected(rows, by):
    """The identifiers in order, found by sorting whole rows: equals by date, the latest first, then by identifier."""
    latest = sorted(sorted(rows, key=lambda row: row["incident_id"]), key=lambda row: row["occurred_on"], reverse=True)
    if by == "occurred_on":
        return [row["incident_id"] for row in latest]
    return [row["incident_id"] for row in sorted(latest, key=lambda row: RANKS[by].get(row[by], -1))]


@pytest.mark.parametrize("is_prepared", [False, True])
@pytest.mark.parametrize("by", RANKS)
@pytest.mark.parametrize("limit", [1, 3, 4, 13])
def test_pages_of_any_length_and_order_are_the_whole_table_cut_up(records_of, rows_of, by, limit, is_prepared):
    records = prepared(made_up(records_of)) if is_prepared else made_up(records_of)
    whole = expected(rows_of(listing.page(records, 99, by=by, ranks=RANKS[by])), by)
    assert sorted(whole) == [f"TST-{nth:02}" for nth in range(13)]
    pages = [rows_of(listing.page(records, limit, start, by, RANKS[by])) for start in range(0, 14, limit)]
    assert [row["incident_id"] for page in pages for row in page] == whole


@pytest.mark.parametrize("by", ["occurred_on", "country"])
@pytest.mark.parametrize("start", [0, 10, 17])
def test_no_more_incidents_are_read_than_the_dates_of_the_page_have(records_of, by, start):
    records = records_of(
        incidents=[
            {"incident_id": f"TST-{nth:02}", "occurred_on": f"2024-01-{nth + 1:02}", "country": ("KGZ", "TJK")[nth % 2]}
            for nth in range(20)
        ]
    )
    read = []

    def incidents(*columns, where=None):
        found = records.part("incidents", *columns, where=where)
        if where is not None:
            read.append(len(found.collect()))
        return found

    listing.page(records.with_tables(incidents=incidents), 3, start, by, RANKS[by])
    assert read == [3]


def test_without_ranks_there_is_no_order_but_that_of_dates(records_of, rows_of):
    by_date, by_country = (rows_of(listing.page(made_up(records_of), 5, 3, by)) for by in ("occurred_on", "country"))
    assert by_country == by_date


@pytest.mark.parametrize("by", RANKS)
def test_after_the_last_record_there_is_none(records_of, rows_of, by):
    records = made_up(records_of)
    assert rows_of(listing.page(records, 5, 13, by, RANKS[by])) == []
    assert [row["incident_id"] for row in rows_of(listing.page(records, 5, 12, by, RANKS[by]))] != []
    assert rows_of(listing.page(records_of(), 5, 0, by, RANKS[by])) == []


def test_the_first_specimen_is_named_and_of_an_incident_without_one_nothing(records_of, rows_of):
    named = {row["incident_id"]: row["first_taxon"] for row in rows_of(listing.first_named(made_up(records_of)))}
    assert len(named) == 13
    assert (named["TST-01"], named["TST-02"], named["TST-04"]) == ("lynx_lynx", "panthera_uncia", None)


@pytest.mark.parametrize("is_prepared", [False, True])
def test_the_species_of_an_order_are_those_of_the_first_specimens(records_of, is_prepared):
    records = prepared(made_up(records_of)) if is_prepared else made_up(records_of)
    assert sorted(listing.values(records, "taxon")) == ["capra_sibirica", "lynx_lynx", "panthera_uncia"]
    chosen = select(records, Selection(countries=("TJK",), year_from=2024))  # 1 and 5; a second specimen is an ibex
    assert sorted(listing.values(chosen, "taxon")) == ["lynx_lynx", "panthera_uncia"]


def test_by_species_a_selection_of_prepared_records_reads_no_other_incident(loaded, records, rows_of):
    chosen = Selection(countries=("CHN", "KGZ"), year_from=2012)
    ranks = {"panthera_uncia": 0, "saiga_tatarica": 1}
    looked, joined = (
        rows_of(listing.page(select(known, chosen), 15, 30, "taxon", ranks))
        for known in (shown(loaded.tables, "test"), records)
    )
    columns = ("incident_id", "taxon", "commodity", "specimen_count", "publisher")
    assert len(joined) == 15
    assert [[row[c] for c in columns] for row in looked] == [[row[c] for c in columns] for row in joined]
    assert "first_taxon" not in looked[0]
