"""Two people at once: the second sees what the first wrote, or is told to look again; nothing is stored twice."""

# ruff: noqa: E501 - a line of a file is a line

import io
import threading

import pytest

from dashboard.domain.faults import BroughtError, DecidedError, MovedError
from dashboard.intake import outgoing, review
from tests.intake.conftest import BOSS, LINE, REVIEWER, csv_file

HEADER = "incident_id,date,country,incident_type,species_scientific,species_common,commodity,quantity,unit,outcome,source_title,source_publisher"


def at_once(*acts) -> list[object]:
    """What each act gave, or the error it raised; all of them begin together, each in a thread of its own."""
    starts, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(nth: int) -> None:
        starts.wait()
        try:
            found[nth] = acts[nth]()
        except Exception as problem:  # noqa: BLE001 - it is what the test looks at
            found[nth] = problem

    people = [threading.Thread(target=run, args=(nth,)) for nth in range(len(acts))]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    return found


def line(record: str, quantity: str) -> bytes:
    return csv_file(f"{record},{LINE}".replace(",2,items", f",{quantity},items"), header=HEADER)


def quantities(desk) -> dict[str, str]:
    own = desk.own()
    return dict(zip(own["incident_id"], own["quantity"], strict=True))


def test_the_same_file_brought_by_two_people_at_once_is_stored_once(desk, ready):
    content = csv_file(LINE, LINE.replace("KGZ", "TJK"))
    looked_at = [ready(desk, content) for _ in range(2)]
    found = at_once(*(lambda one=one: desk.keep(one, io.BytesIO(content), BOSS, "") for one in looked_at))
    assert sorted(type(one).__name__ for one in found) == ["BroughtError", "Done"]
    assert next(one.version for one in found if isinstance(one, BroughtError)) == 1
    assert (sorted(quantities(desk)), desk.state().version) == (["KGZ-0001", "TJK-0001"], 1)
    assert desk.audit_problems() == []


def test_of_two_files_about_one_record_the_second_is_told_to_look_again_and_then_sees_the_first(desk, ready):
    files = {quantity: line("KGZ-0001", quantity) for quantity in ("3", "4")}
    looked_at = {quantity: ready(desk, content) for quantity, content in files.items()}
    found = at_once(*(lambda q=q: desk.keep(looked_at[q], io.BytesIO(files[q]), BOSS, q) for q in files))
    refused = next(one for one in found if isinstance(one, MovedError))
    assert refused.records == ("KGZ-0001",)
    lost = list(files)[found.index(refused)]
    assert quantities(desk) == {"KGZ-0001": next(q for q in files if q != lost)}
    again = ready(desk, files[lost])
    assert desk.preview(again).changed == 1  # and no longer a new row, as both had seen at first
    desk.keep(again, io.BytesIO(files[lost]), BOSS, "")
    assert (quantities(desk), desk.audit_problems()) == ({"KGZ-0001": lost}, [])


def test_files_about_different_records_go_in_both(desk, ready):
    files = [line("KGZ-0001", "3"), line("KGZ-0002", "4"), csv_file(LINE.replace("KGZ", "TJK"))]
    looked_at = [ready(desk, content) for content in files]
    found = at_once(*(lambda n=n: desk.keep(looked_at[n], io.BytesIO(files[n]), BOSS, "") for n in range(3)))
    assert sorted(one.version for one in found) == [1, 2, 3]
    assert sorted(quantities(desk).values()) == ["2", "3", "4"]


def test_a_completed_report_does_not_put_back_what_was_corrected_while_it_was_looked_at(desk, ready, keep, spoken):
    """A row of a CITES report is made of what the records held when it was read."""
    keep(desk, line("KGZ-0001", "3"))
    t, labels = spoken[0]
    report, _ = outgoing.cites_report(desk.own(), t, labels, [])
    prepared = ready(desk, report, "report.xlsx")
    receipt = review.propose(desk, BOSS, "KGZ-0001", "place", "Osh", "I was there")
    assert receipt
    review.publish(desk, REVIEWER, 1, "")
    with pytest.raises(MovedError):
        desk.keep(prepared, io.BytesIO(report), BOSS, "")
    assert desk.own()["place"].to_list() == ["Osh"]


def test_what_two_people_decide_at_once_is_decided_once_and_the_other_is_told(desk, keep):
    keep(desk, csv_file(LINE))
    found = at_once(*[lambda: desk.undo(1, BOSS, "a mistake")] * 2)
    assert sorted(type(one) is DecidedError for one in found) == [False, True]
    found = at_once(*[lambda: review.tell_apart(desk, REVIEWER, "PUB-0001", "PUB-0002")] * 2)
    assert sorted(type(one) is DecidedError for one in found) == [False, True]
    assert (desk.state().version, desk.audit_problems()) == (2, [])
