"""A contributor of one country reads nothing unpublished and changes no record of another, whichever way they try."""

import pytest
import sqlalchemy as sa

from dashboard import cli
from dashboard.domain.roles import Actor, NotAllowedError, Role
from dashboard.intake import commands, outgoing, review, roles
from dashboard.store import engine as engines
from dashboard.store import imports, location, people
from dashboard.store.schema import AUDIT, ORIGINALS, PEOPLE
from tests.intake.conftest import BOSS, HEADER, KYRGYZ, LINE, REVIEWER, csv_file

TAJIK_REVIEWER = Actor("tj@example.org", Role.REVIEWER, ("TJK",))
TAJIK = LINE.replace("KGZ", "TJK").replace("State Customs", "Customs Service")
OTHER = "Panthera uncia,Snow leopard,skin,5"


def line(record: str, country: str = "KGZ", status: str = "", into: str = "") -> str:
    return f"{record},{LINE.replace('KGZ', country)},{status},{into}"


def state_file(*lines: str) -> bytes:
    return csv_file(*lines, header=f"incident_id,{HEADER},record_status,merged_into")


@pytest.fixture
def tajik(desk, keep):
    """A database with one Tajik incident (TJK-0001) and one Kyrgyz (KGZ-0001), brought by the administrator."""
    keep(desk, csv_file(TAJIK, header=HEADER), name="tajik.csv")
    keep(desk, csv_file(LINE), name="kyrgyz.csv")
    return desk


def rows(desk) -> str:
    return outgoing.csv(desk.own().sort_values("incident_id")).decode()


@pytest.mark.parametrize(
    "content",
    [
        csv_file(TAJIK.replace(",2,items", ",7,items")),
        state_file(line("TJK-0001", "TJK")),
        state_file(line("TJK-0001")),  # taking it into one's own country
        state_file(line("TJK-0001-2")),  # a further row, said to be of one's own country
        state_file(line("KGZ-0001", status="merged", into="TJK-0001")),  # one's own sources behind it
        state_file(line("KGZ-0001", status="withdrawn")),  # a reviewer's act even in one's own country
    ],
)
def test_a_file_cannot_touch_another_country_nor_do_a_reviewers_work(tajik, keep, content):
    before = rows(tajik)
    with pytest.raises(NotAllowedError):
        keep(tajik, content, KYRGYZ)
    assert rows(tajik) == before
    assert tajik.audit_problems() == []


def test_a_contributor_still_brings_changes_and_takes_back_what_is_theirs(tajik, keep):
    done = keep(tajik, state_file(line("KGZ-0001").replace(",2,items", ",3,items"), line("KGZ-0001-2")), KYRGYZ)
    assert (done.added, done.changed) == (1, 1)
    with engines.reading(tajik.engine, KYRGYZ) as connection:
        seen = [(one["file_name"], one["is_theirs"]) for one in imports.listed(connection, KYRGYZ)]
    assert seen == [("file.csv", True), ("kyrgyz.csv", False)]
    tajik.undo(3, KYRGYZ, "a mistake")


def test_the_file_of_another_country_is_not_given_out_and_its_import_not_taken_back(tajik):
    for actor in (KYRGYZ, Actor("somebody")):
        with engines.reading(tajik.engine, actor) as connection, pytest.raises(NotAllowedError):
            imports.original(connection, actor, 1)
        with pytest.raises(NotAllowedError):
            tajik.undo(1, actor, "a mistake")
    with engines.reading(tajik.engine, TAJIK_REVIEWER) as connection:
        assert b"TJK" in imports.original(connection, TAJIK_REVIEWER, 1)


def test_a_reviewer_of_one_country_merges_nothing_into_another_and_tells_nothing_apart_there(tajik):
    for act in (review.merge, review.tell_apart):
        with pytest.raises(NotAllowedError):
            act(tajik, TAJIK_REVIEWER, "TJK-0001", "KGZ-0001", *[""] * (act is review.merge))
    review.merge(tajik, REVIEWER, "TJK-0001", "KGZ-0001", "one skin")
    with pytest.raises(NotAllowedError):
        review.part(tajik, TAJIK_REVIEWER, "TJK-0001", "two skins")
    assert review.merged(tajik, KYRGYZ) == []


def test_row_level_security_holds_where_a_query_forgets_to_ask(tajik):
    if tajik.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no row-level security: whoever owns the file sees it all")
    for actor, count in ((KYRGYZ, 1), (TAJIK_REVIEWER, 1), (REVIEWER, 2), (Actor("somebody"), 0)):
        with engines.reading(tajik.engine, actor) as connection:
            assert len(connection.execute(sa.select(ORIGINALS.c.import_id)).all()) == count
    with pytest.raises(sa.exc.ProgrammingError, match="row-level security"), engines.writing(tajik.engine, KYRGYZ) as c:
        c.execute(PEOPLE.insert().values(email=KYRGYZ.name, role="administrator", countries="").inline())


def test_a_correction_cannot_move_a_record_to_another_country_or_identifier(local):
    for column, becomes in (("country", "TJK"), ("incident_id", "PUB-0002")):
        with pytest.raises(LookupError):
            review.propose(local, KYRGYZ, "PUB-0001", column, becomes, "I know better")


@pytest.fixture
def command(tajik, empty_address, loaded, monkeypatch, capsys):
    """The command line on that database: exit code and what was printed."""
    monkeypatch.setenv(location.URL, empty_address)
    for module in (commands, roles):
        monkeypatch.setattr(module, "load", lambda: loaded)
    for person in (KYRGYZ, TAJIK_REVIEWER, Actor("boss@example.org", Role.ADMINISTRATOR)):
        with engines.writing(tajik.engine) as connection:
            people.grant(connection, BOSS, person.name, person.role, person.countries)

    def run(*arguments: object) -> tuple[int, str]:
        code = cli.main([str(one) for one in arguments])
        return code, capsys.readouterr().out

    return run


def test_the_command_line_holds_to_the_same_rules(command, tajik, tmp_path):
    file, before = tmp_path / "file.csv", rows(tajik)
    file.write_bytes(state_file(line("TJK-0001-2")))
    who = ("--as", KYRGYZ.name)
    assert command("import", file, *who)[0] == 1
    assert command("import", file, "--as", "stranger@example.org")[0] == 1
    assert command("undo", 1, "--why", "x", *who)[0] == 1
    for arguments in (("list",), ("give", KYRGYZ.name, "administrator"), ("take", "boss@example.org")):
        code, said = command("role", *arguments, *who)
        assert (code, "boss@example.org" in said) == (1, False)
    assert rows(tajik) == before
    file.write_bytes(state_file(line("KGZ-0001-2")))
    assert command("import", file, *who)[0] == 0


def test_roles_are_listed_given_changed_and_taken_with_an_entry_each_and_the_last_administrator_stays(command, tajik):
    boss = ("--as", "boss@example.org")
    assert command("role", "give", "New@Example.org", "contributor", "--country", "TJK", "KGZ", *boss)[0] == 0
    assert command("role", "give", "new@example.org", "reviewer", *boss)[0] == 0
    assert "new@example.org  Reviewer" in command("role", "list", *boss)[1]
    assert command("role", "take", "new@example.org", *boss) == (0, "new@example.org has no role any more.\n")
    refused = {
        ("take", "new@example.org"): "has no role",
        ("take", "boss@example.org"): "last administrator",
        ("give", "boss@example.org", "reviewer"): "last administrator",
        ("give", "a@example.org", "contributor"): "needs a country",
        ("give", "a@example.org", "administrator", "--country", "KGZ"): "cannot be limited",
        ("give", "nobody", "reviewer"): "not an e-mail",
    }
    for arguments, words in refused.items():
        code, said = command("role", *arguments, *boss)
        assert (code, words in said) == (1, True), said
    with engines.reading(tajik.engine) as connection:
        told = connection.execute(sa.select(AUDIT).where(AUDIT.c.subject == "new@example.org")).mappings().all()
    assert [(one["who"], one["before"], one["after"]) for one in told] == [
        ("boss@example.org", "viewer", "contributor KGZ,TJK"),
        ("boss@example.org", "contributor KGZ,TJK", "reviewer"),
        ("boss@example.org", "reviewer", "viewer"),
    ]
    assert tajik.audit_problems() == []


def test_a_login_of_the_database_that_was_given_nothing_gets_nothing_whoever_it_says_it_is(
    tajik, empty_address, loaded, monkeypatch, capsys, tmp_path
):
    """What protects on the command line is the login: `--as` is believed (docs/records.md, "What protects what")."""
    if tajik.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no logins: whoever can read the file reads it all")
    login = f"clerk_{empty_address.split('test_')[1][:8]}"
    with tajik.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {login} LOGIN")
        people.grant(connection, BOSS, "boss@example.org", Role.ADMINISTRATOR, ())
    before, file = rows(tajik), tmp_path / "file.csv"
    file.write_bytes(state_file(line("TJK-0001-2")))
    monkeypatch.setenv(location.URL, empty_address.replace("postgres@", f"{login}@"))
    for module in (commands, roles):
        monkeypatch.setattr(module, "load", lambda: loaded)
    for who in (KYRGYZ.name, "boss@example.org"):
        for asked in (("import", file), ("undo", 1, "--why", "x"), ("audit",), ("role", "list")):
            code = cli.main([str(one) for one in (*asked, "--as", who, "--lang", "en")])
            said = capsys.readouterr().out
            assert (code, "refuses the login" in said, "TJK-0001" in said) == (1, True, False)
    assert rows(tajik) == before
    engines.engine(empty_address.replace("postgres@", f"{login}@")).dispose()
    with tajik.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP ROLE {login}")


def test_who_holds_the_address_of_a_server_names_the_first_administrator_and_no_second(desk, empty_address, loaded, monkeypatch):  # fmt: skip # noqa: E501
    if desk.engine.dialect.name != "postgresql":
        pytest.skip("whoever owns a SQLite file has all rights on the command line")
    monkeypatch.setenv(location.URL, empty_address)
    monkeypatch.setattr(roles, "load", lambda: loaded)
    assert [cli.main(["role", "give", f"{who}@example.org", "administrator"]) for who in ("first", "second")] == [0, 1]
