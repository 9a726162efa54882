"""Nothing unreviewed reaches a figure; every decision is a version that can be taken back; countries are kept apart."""

# ruff: noqa: E501 - a line of a file is a line

import pytest
import sqlalchemy as sa

from dashboard.domain.issues import Code
from dashboard.domain.roles import NOBODY, Actor, NotAllowedError, Role
from dashboard.intake import review
from dashboard.store import engine as engines
from dashboard.store import people, queue
from dashboard.store.schema import AUDIT, QUEUE
from tests.intake.conftest import BOSS, HEADER, KYRGYZ, LINE, REVIEWER, csv_file

ANSWERS = {
    "date": "03.05.2026", "country": "KGZ", "place": "Naryn", "incident_type": "seizure",
    "species_scientific": "Panthera uncia", "species_common": "Snow leopard", "commodity": "skin", "quantity": "1", "unit": "items",
    "agency": "Customs", "source_publisher": "24.kg", "source_title": review.SENT_BY, "language": "ru", "evidence": "A skin.",
}  # fmt: skip
TAJIK_REVIEWER = Actor("tj@example.org", Role.REVIEWER, ("TJK",))


def waiting(desk, actor=REVIEWER):
    with engines.reading(desk.engine, actor) as connection:
        return queue.listed(connection, actor)


def status(desk, receipt):
    with engines.reading(desk.engine) as connection:
        found = queue.status(connection, receipt)
    return found and found[0]


def counted(desk):
    return len(desk.tables()["incidents"])


def test_a_report_waits_and_is_in_no_table_until_it_is_published(desk):
    receipt = review.send(desk, NOBODY, ANSWERS)
    assert (counted(desk), desk.state().version, status(desk, receipt)) == (362, 0, "received")
    item = waiting(desk)[0]
    review.decide(desk, REVIEWER, item.item_id, queue.CHECKED, "")
    assert (counted(desk), status(desk, receipt)) == (362, "checked")
    review.publish(desk, REVIEWER, item.item_id, "seen the protocol")
    assert (counted(desk), status(desk, receipt)) == (363, "published")
    row = desk.own().iloc[0]
    assert (row["incident_id"], row["date"], row["date_precision"]) == ("KGZ-0001", "2026-05-03", "day")
    assert waiting(desk) == []
    assert desk.audit_problems() == []


def test_a_report_that_is_not_used_is_in_no_table_and_the_sender_sees_why(desk):
    receipt = review.send(desk, NOBODY, ANSWERS)
    review.decide(desk, REVIEWER, waiting(desk)[0].item_id, queue.NOT_USED, "a hoax")
    with engines.reading(desk.engine) as connection:
        assert queue.status(connection, receipt.lower().replace("-", " "))[::2] == ("not_used", "a hoax")
    assert counted(desk) == 362


def test_a_report_with_faults_is_refused_with_every_fault(local):
    with pytest.raises(review.NotSoundError) as refused:
        review.send(local, NOBODY, {**ANSWERS, "date": "31.02.2026", "commodity": "", "quantity": "many"})
    assert {(i.code, i.column) for i in refused.value.issues} >= {
        (Code.NOT_A_DATE, "date"), (Code.REQUIRED, "commodity"), (Code.NOT_A_NUMBER, "quantity"),
    }  # fmt: skip
    assert waiting(local) == []


def test_a_draft_is_kept_continued_and_sent_under_one_receipt(desk):
    receipt = review.save_draft(desk, NOBODY, {"country": "", "place": "Naryn"})
    assert (status(desk, receipt), waiting(desk)) == ("draft", [])
    assert review.save_draft(desk, NOBODY, {"place": "Osh"}, receipt) == receipt
    with engines.reading(desk.engine) as connection:
        assert queue.draft(connection, receipt) == {"place": "Osh"}
    assert review.send(desk, NOBODY, ANSWERS, receipt) == receipt
    assert status(desk, receipt) == "received"
    with pytest.raises(LookupError):
        review.send(desk, NOBODY, ANSWERS, receipt)  # what was sent is no draft any more


def test_a_correction_changes_the_record_with_its_reason_and_older_versions_stay(desk):
    review.propose(desk, NOBODY, "PUB-0001-2", "date", "1993-09", "the court file says September")
    assert counted(desk) == 362
    review.publish(desk, REVIEWER, waiting(desk)[0].item_id, "")
    own = desk.own().set_index("incident_id")
    assert set(own["date"]) == {"1993-09"}  # all rows of one incident have one date
    assert len(own) == 4
    with engines.reading(desk.engine) as connection:
        entry = connection.execute(sa.select(AUDIT).where(AUDIT.c.what == "correction")).mappings().one()
    assert (entry["subject"], entry["before"], entry["after"]) == ("PUB-0001-2", "1993-08-30", "1993-09")
    assert "court file" in entry["why"]


def test_a_correction_needs_a_reason_and_a_value_that_fits(local):
    with pytest.raises(review.NotSoundError):
        review.propose(local, NOBODY, "PUB-0001", "date", "1993-09", "  ")
    with pytest.raises(review.NotSoundError) as refused:
        review.propose(local, NOBODY, "PUB-0001", "date", "last year", "I know")
    assert Code.NOT_A_DATE in {issue.code for issue in refused.value.issues}


def test_a_correction_of_something_that_has_changed_meanwhile_is_refused(local):
    for becomes in ("Osh", "Naryn"):
        review.propose(local, NOBODY, "PUB-0001", "place", becomes, "I was there")
    first, second = waiting(local)
    review.publish(local, REVIEWER, first.item_id, "")
    with pytest.raises(review.NotSoundError) as refused:
        review.publish(local, REVIEWER, second.item_id, "")
    assert [issue.code for issue in refused.value.issues] == [Code.STALE_CORRECTION]


def test_merged_records_count_once_with_the_sources_of_both_and_the_grade_follows(desk, keep, loaded):
    grades = loaded.tables["incidents"].set_index("incident_id")["evidence_grade"]
    single = grades.index[(grades == "single")]
    incidents = loaded.tables["incidents"].set_index("incident_id")
    kyrgyz = next(i for i in single if incidents.at[i, "country"] == "KGZ")
    publisher = desk.incident(kyrgyz)["source_publisher"].iloc[0]
    other = "State Customs" if publisher != "State Customs" else "24.kg"
    keep(desk, csv_file(LINE.replace("State Customs", other)))
    before = len(desk.tables()["citations"])
    review.merge(desk, REVIEWER, "KGZ-0001", kyrgyz, "the same skin")
    tables = desk.tables()
    assert len(tables["incidents"]) == 362
    assert len(tables["citations"]) == before
    cited = tables["citations"][tables["citations"]["incident_id"] == kyrgyz]
    assert len(cited) == 2
    assert tables["incidents"].set_index("incident_id").at[kyrgyz, "evidence_grade"] == "corroborated"
    assert review.merged(desk, REVIEWER) == [("KGZ-0001", kyrgyz)]
    review.part(desk, REVIEWER, "KGZ-0001", "two skins after all")
    assert counted(desk) == 363
    assert desk.tables()["incidents"].set_index("incident_id").at[kyrgyz, "evidence_grade"] == "single"
    assert review.merged(desk, REVIEWER) == []


def test_a_merge_keeps_what_only_the_second_record_tells_counts_nothing_twice_and_can_be_taken_back(desk, keep):
    sheet = f"incident_id,{HEADER},transit_destination,persons_arrested,imprisonment_months"
    first = "KGZ-0001,2025-03-04,KGZ,seizure,Panthera uncia,Snow leopard,skin,,,unknown,[A],24.kg,,,"
    second = [
        "KGZ-0002,2025-03-05,KGZ,seizure,,Snow leopard,skin,2,items,convicted,[B],State Customs,CHN,3,12",
        "KGZ-0002-2,2025-03-05,KGZ,seizure,Saiga tatarica,Saiga antelope,horns,40,items,convicted,[B],State Customs,,,",
    ]
    keep(desk, csv_file(first, *second, header=sheet))

    def told():
        tables = {
            name: desk.tables()[name].set_index("incident_id")
            for name in ("specimens", "legs", "proceedings", "incidents")
        }
        goods = tables["specimens"].loc[["KGZ-0001"], ["taxon", "commodity", "item_count"]].to_numpy().tolist()
        legs = [leg for leg in tables["legs"].index if leg == "KGZ-0001"]
        court = tables["proceedings"].loc["KGZ-0001"] if "KGZ-0001" in tables["proceedings"].index else {}
        return (
            goods,
            len(legs),
            tables["incidents"].at["KGZ-0001", "evidence_grade"],
            tables["incidents"].at["KGZ-0001", "outcome"],
            court.get("imprisonment_months"),
        )

    before = told()
    assert before[1:] == (0, "single", "unknown", None)
    review.merge(desk, REVIEWER, "KGZ-0002", "KGZ-0001", "one case")
    assert told() == (
        [["panthera_uncia", "skin", 2.0], ["saiga_tatarica", "horns", 40.0]], 1, "corroborated", "convicted", 12,
    )  # fmt: skip
    assert desk.tables()["incidents"].set_index("incident_id").at["KGZ-0001", "occurred_on"] == "2025-03-04"
    review.part(desk, REVIEWER, "KGZ-0002", "two cases")
    assert str(told()) == str(before)


def test_the_sender_sees_that_a_report_became_part_of_another_record(desk):
    receipt = review.send(desk, NOBODY, ANSWERS)
    review.publish(desk, REVIEWER, waiting(desk)[0].item_id, "")
    review.merge(desk, REVIEWER, "KGZ-0001", "PUB-0001", "the same")
    assert status(desk, receipt) == "merged"
    review.part(desk, REVIEWER, "KGZ-0001", "not the same")
    assert status(desk, receipt) == "published"


def test_a_withdrawn_record_leaves_every_figure_and_stays_in_older_versions(desk):
    review.withdraw(desk, REVIEWER, "PUB-0001", "retracted by the newspaper")
    assert counted(desk) == 361
    assert len(desk.tables(0)["incidents"]) == 362


def test_a_record_cannot_be_merged_into_itself_or_into_nothing(local):
    for into in ("PUB-0001", "PUB-9999"):
        with pytest.raises(LookupError):
            review.merge(local, REVIEWER, "PUB-0001", into, "")


def test_a_pair_that_was_told_apart_is_remembered(desk):
    review.tell_apart(desk, REVIEWER, "PUB-0269", "PUB-0268")
    assert review.different(desk) == {("PUB-0268", "PUB-0269")}


def test_unpublished_material_of_another_country_cannot_be_read_or_decided(desk):
    review.send(desk, NOBODY, ANSWERS)
    review.send(desk, NOBODY, {**ANSWERS, "country": "TJK"})
    kyrgyz, tajik = waiting(desk)
    assert [item.country for item in waiting(desk, KYRGYZ)] == ["KGZ"]
    assert waiting(desk, NOBODY) == []
    assert [item.country for item in waiting(desk, TAJIK_REVIEWER)] == ["TJK"]
    with engines.reading(desk.engine, KYRGYZ) as connection, pytest.raises(NotAllowedError):
        queue.item(connection, KYRGYZ, tajik.item_id)
    for actor in (KYRGYZ, NOBODY, TAJIK_REVIEWER):
        with pytest.raises(NotAllowedError):
            review.publish(desk, actor, kyrgyz.item_id, "")
        with pytest.raises(NotAllowedError):
            review.decide(desk, actor, kyrgyz.item_id, queue.NOT_USED, "")
    assert [item.state for item in waiting(desk)] == ["received", "received"]


def test_row_level_security_hides_another_country_even_from_a_query_that_forgot_to_ask(desk):
    if desk.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no row-level security: whoever owns the file sees it all")
    review.send(desk, NOBODY, ANSWERS)
    review.send(desk, NOBODY, {**ANSWERS, "country": "TJK"})
    for actor, seen in ((KYRGYZ, ["KGZ"]), (NOBODY, []), (REVIEWER, ["KGZ", "TJK"]), (TAJIK_REVIEWER, ["TJK"])):
        with engines.reading(desk.engine, actor) as connection:
            assert sorted(connection.execute(sa.select(QUEUE.c.country)).scalars()) == seen
    with engines.writing(desk.engine, KYRGYZ) as connection:
        assert connection.execute(QUEUE.update().values(state="published")).rowcount == 1


def test_a_contributor_reviews_nothing_not_even_of_their_own_country(desk):
    review.send(desk, NOBODY, ANSWERS)
    with pytest.raises(NotAllowedError, match="reviewer"):
        review.publish(desk, KYRGYZ, waiting(desk)[0].item_id, "")
    for act in (review.merge,):
        with pytest.raises(NotAllowedError):
            act(desk, KYRGYZ, "PUB-0001", "PUB-0002", "")
    with pytest.raises(NotAllowedError):
        review.withdraw(desk, KYRGYZ, "PUB-0001", "")


def test_roles_come_from_the_table_by_email_and_only_an_administrator_gives_them(desk):
    with engines.writing(desk.engine) as connection:
        people.grant(connection, BOSS, "KG@Example.org", Role.CONTRIBUTOR, ("KGZ",))
    with engines.reading(desk.engine) as connection:
        assert people.person(connection, "kg@example.org") == KYRGYZ
        assert people.person(connection, "stranger@example.org").role is Role.VIEWER
    with engines.writing(desk.engine) as connection, pytest.raises(NotAllowedError):
        people.grant(connection, REVIEWER, "me@example.org", Role.ADMINISTRATOR, ())
    with engines.writing(desk.engine) as connection, pytest.raises(ValueError, match="needs a country"):
        people.grant(connection, BOSS, "me@example.org", Role.CONTRIBUTOR, ())
