"""Records are the tables of one version, and nobody mutates them."""

from dataclasses import FrozenInstanceError

import narwhals as nw
import pytest

from dashboard.figures.spec import collected
from dashboard.store.records import compact
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


def test_compact_tables_hold_the_same_in_less_and_their_results_are_texts_again(loaded):
    incidents, small = loaded.tables["incidents"], compact(loaded.tables)["incidents"]
    kept = {name for name, kind in small.dtypes.items() if kind == "category"}
    assert {"country", "outcome", "agency_kind"} <= kept
    assert not {"incident_id", "evidence"} & kept  # what hardly repeats stays as it is
    assert small.memory_usage(deep=True)[list(kept)].sum() < incidents.memory_usage(deep=True)[list(kept)].sum()
    again = collected(wrap({"incidents": small}, "v")["incidents"])
    assert again.equals(incidents)
