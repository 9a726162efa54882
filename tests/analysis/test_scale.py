"""A database of many incidents is made part by part, and says of each what is said of the shipped one it repeats."""

import pytest

pytest.importorskip("duckdb")

from benchmarks import scale
from benchmarks.scale import REPEATED
from dashboard.analysis.prepared import prepared

COPIES = 6  # of 362 shipped incidents: the fewest that make 2,000
AT_ONCE = 1400  # incidents: four copies, and then the two that are left


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The tables of incidents, each row with the ``shipped`` incident and the ``copy`` of it that it belongs to."""
    file = tmp_path_factory.mktemp("scale") / "synthetic-2000.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scale, "AT_ONCE", AT_ONCE)
        scale.build(file, 2000, "500MB")
    with scale.opened(file, "500MB") as connection:
        tables = {name: connection.table(name).df() for name in REPEATED}
    for table in tables.values():
        table[["copy", "shipped"]] = table["incident_id"].str.extract(r"^SYN-(\d+)-(.+)$")
    return tables


@pytest.mark.parametrize("name", REPEATED)
def test_every_copy_has_the_rows_that_are_shipped_each_once(made, loaded, name):
    shipped = loaded.tables[name]["incident_id"].value_counts()
    found = made[name].groupby("copy")["shipped"].value_counts()
    assert sorted(found.index.unique("copy"), key=int) == [str(number) for number in range(COPIES)]
    for number in found.index.unique("copy"):
        assert found[number].to_dict() == shipped.to_dict()


def test_each_copy_says_of_itself_what_the_shipped_record_says(made, records):
    told = ["role", "species_group", "taxon", "commodity", "origin", "first_taxon", "conviction", "is_routed"]
    shipped = prepared(records)["incidents"].collect().to_pandas().set_index("incident_id")[told].astype(object)
    found = made["incidents"].set_index("shipped")[told].astype(object)
    assert len(found) == COPIES * 362
    assert found.fillna("").equals(shipped.loc[found.index].fillna(""))


@pytest.mark.parametrize("name", REPEATED[1:])
def test_rows_hold_what_a_selection_looks_at_of_their_own_incident(made, name):
    own = made["incidents"].set_index("incident_id").loc[made[name]["incident_id"]]
    for column in ("year", "country"):
        assert made[name][f"of_{column}"].to_list() == own[column].to_list()
    assert own["year"].nunique() > 20, "each copy is at a date of its own"
