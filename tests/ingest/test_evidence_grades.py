"""How well a record is evidenced follows from who published it."""

import pandas as pd
import pytest

from dashboard.ingest.grade import evidence_grade


def grade_of(*publications):
    table = pd.DataFrame(
        [("PUB-0001", kind, origin) for kind, origin in publications],
        columns=["incident_id", "publisher_kind", "origin"],
    )
    return evidence_grade(table).to_dict()


@pytest.mark.parametrize(
    ("publications", "expected"),
    [
        ([("newspaper", "Dawn")], "single"),
        ([("newspaper", "Dawn"), ("news_agency", "AFP")], "corroborated"),
        # a reprint has the origin of the agency: two printings of one report are not independent
        ([("newspaper", "AFP"), ("news_agency", "AFP")], "single"),
        ([("newspaper", "AFP"), ("news_agency", "AFP"), ("ngo", "WWF")], "corroborated"),
        ([("ngo", "WWF"), ("ngo", "TRAFFIC")], "corroborated"),
        ([("government", "Ministry")], "official"),
        ([("customs", "Customs")], "official"),
        ([("police", "Police")], "official"),
        ([("court", "Court")], "official"),
        ([("newspaper", "Dawn"), ("court", "Court")], "official"),
        ([("intergovernmental", "INTERPOL")], "single"),  # DESIGN.md section 3: government, customs, police or court
        ([("unknown", "somewhere")], "single"),
    ],
)
def test_grade_follows_from_the_publishers(publications, expected):
    assert grade_of(*publications) == {"PUB-0001": expected}


def test_each_incident_has_its_own_grade_whatever_the_order():
    table = pd.DataFrame(
        [("B", "newspaper", "x"), ("A", "court", "y"), ("B", "newspaper", "z"), ("C", "ngo", "w")],
        columns=["incident_id", "publisher_kind", "origin"],
    )
    expected = {"A": "official", "B": "corroborated", "C": "single"}
    assert evidence_grade(table).to_dict() == expected
    assert evidence_grade(table[::-1]).to_dict() == expected


def test_no_publication_gives_no_grade():
    assert grade_of() == {}


def test_shipped_grades_follow_from_the_publishers_of_the_raw_file(loaded, raw_rows, open_raw):
    header, *rows = open_raw("reference/publishers.csv").rows
    known = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    kinds, origins = {}, {}
    for row in raw_rows:
        incident = row["incident_id"][:8]
        for name in row["source_publisher"].split(";"):
            kinds.setdefault(incident, set()).add(known[name.strip()]["publisher_kind"])
            origins.setdefault(incident, set()).add(known[name.strip()]["origin"])
    expected = {
        incident: "official"
        if kinds[incident] & {"government", "customs", "police", "court"}
        else "corroborated"
        if len(origins[incident]) > 1
        else "single"
        for incident in kinds
    }
    incidents = loaded.tables["incidents"]
    assert dict(zip(incidents["incident_id"], incidents["evidence_grade"], strict=True)) == expected
    assert set(expected.values()) == {"official", "corroborated", "single"}
