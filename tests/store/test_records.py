"""Records are the tables of one version, and nobody mutates them."""

from dataclasses import FrozenInstanceError

import narwhals as nw
import pytest

from dashboard.store.records import records as wrap


def test_records_hold_every_table_of_the_version(loaded, records):
    assert set(records.tables) == set(loaded.tables)
    assert records.data_version == loaded.data_version
    assert records["incidents"].collect().to_pandas().equals(loaded.tables["incidents"])


def test_an_unknown_table_is_a_mistake_of_ours(records):
    with pytest.raises(KeyError):
        records["elephants"]


def test_narrowed_records_leave_the_original_as_it_was(records):
    narrowed = records.with_tables(incidents=records["incidents"].filter(nw.col("country") == "KGZ"))
    assert len(narrowed["incidents"].collect()) == 21
    assert len(records["incidents"].collect()) == 362
    assert narrowed.data_version == records.data_version
    assert narrowed["specimens"] is records["specimens"]


def test_records_cannot_be_given_another_version(records):
    with pytest.raises(FrozenInstanceError):
        records.data_version = "other"


def test_no_table_is_no_record():
    assert dict(wrap({}, "v").tables) == {}
