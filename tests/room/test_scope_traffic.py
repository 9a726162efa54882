"""Signed in: nothing unpublished of another country is on the wire, and no forged message changes a record."""

import json

import pytest
import sqlalchemy as sa
from phones import Phone, Server, run
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string

from dashboard.domain.roles import NOBODY, Role
from dashboard.intake import review
from dashboard.intake.desk import open_desk
from dashboard.store import engine as engines
from dashboard.store import location, people
from dashboard.store.schema import IMPORTS, PEOPLE, QUEUE, VERSIONS
from tests.intake.conftest import BOSS, HEADER, LINE, csv_file, keep, ready, spoken  # noqa: F401 - fixtures
from tests.intake.test_review import ANSWERS

WORD = "tajikeyesonly"  # without a mark that Markdown would escape
COOKIE_KEY = "c" * 40
PARTS = ("versions", "download", "import", "submit", "correct&record=TJK-0001", "review", "people", "review&version=0")
REVIEWER, KYRGYZ, KYRGYZ_REVIEWER = "boss@example.org", "kg@example.org", "kg-reviewer@example.org"
ACTS = ("publish-", "checked-", "refuse-", "undo-do-", "keep-", "two-", "take-do-", "part-", "original-")


@pytest.fixture
def server(empty_address, loaded, keep, tmp_path, monkeypatch):  # noqa: F811
    """A server with an identity provider and records, drafts, reports, files and people of two countries."""
    monkeypatch.setenv(location.URL, empty_address)
    monkeypatch.setenv(location.AUDIT_HEAD, str(tmp_path / "heads"))
    desk = open_desk(loaded, empty_address)
    keep(desk, csv_file(f"{LINE.replace('KGZ', 'TJK')},{WORD}", header=f"{HEADER},Note"), name=f"{WORD}.csv")
    keep(desk, csv_file(LINE), name="kyrgyz.csv")
    for country, said in (("TJK", WORD), ("KGZ", "of Kyrgyz eyes")):
        review.send(desk, NOBODY, {**ANSWERS, "country": country, "evidence": said})
    review.save_draft(desk, NOBODY, {"country": "TJK", "place": WORD})
    review.propose(desk, NOBODY, "TJK-0001", "place", "Khorog", WORD)
    with engines.writing(desk.engine) as connection:
        people.grant(connection, BOSS, REVIEWER, Role.ADMINISTRATOR, ())
        people.grant(connection, BOSS, KYRGYZ, Role.CONTRIBUTOR, ("KGZ",))
        people.grant(connection, BOSS, KYRGYZ_REVIEWER, Role.REVIEWER, ("KGZ",))
        people.grant(connection, BOSS, f"{WORD}@example.org", Role.REVIEWER, ("TJK",))
    made = Server(tmp_path / "workshop.sqlite", tmp_path / "log")
    secrets = tmp_path / "secrets.toml"
    provider = 'client_id = "x"\nclient_secret = "x"\nserver_metadata_url = "http://localhost:1/none"\n'
    redirect = f'redirect_uri = "{made.address}/oauth2callback"\n'
    secrets.write_text(f'[auth]\n{redirect}cookie_secret = "{COOKIE_KEY}"\n{provider}')
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(secrets))
    made.start()
    yield made, desk
    made.stop()
    desk.engine.dispose()


def signed_in(server: Server, number: int, email: str, is_verified: object = True) -> Phone:
    """A reader with the cookie that Streamlit sets after the identity provider has named them."""
    said = {"origin": server.address, "is_logged_in": True, "email": email, "email_verified": is_verified}
    signed = create_signed_value(COOKIE_KEY, "_streamlit_user", json.dumps(said)).decode()
    token = generate_xsrf_token_string()
    one = Phone(server, number)
    one.visitor.cookie += f"; _streamlit_user={signed}; _streamlit_xsrf={token}"
    one.visitor.token = token
    return one


def state(desk) -> tuple[object, ...]:
    """Everything that somebody could have changed."""
    with engines.reading(desk.engine) as connection:
        asked = (VERSIONS.c.content_sum, QUEUE.c.state, IMPORTS.c.undone_in, PEOPLE.c.role)
        return tuple(connection.execute(sa.select(column).order_by(column)).scalars().all() for column in asked)


def test_a_contributor_of_one_country_reads_and_changes_nothing_of_another(server):
    made, desk = server
    before = state(desk)

    people_ = {"boss": REVIEWER, "kg": KYRGYZ, "kg reviewer": KYRGYZ_REVIEWER, "stranger": "stranger@example.org"}

    async def visit() -> dict[str, str]:
        seen: dict[str, str] = {}
        acts: dict[str, str] = {}
        for number, (name, email) in enumerate([*people_.items(), ("unverified", REVIEWER)]):
            one = signed_in(made, number, email, "false" if name == "unverified" else True)
            for part in PARTS:
                screen = await one.open("data", f"lang=en&part={part}")
                if name == "boss":
                    acts |= {act: found for act in ACTS for found in screen.fields if f"-{act}" in found}
                elif part in {"review", "import", "people"}:
                    for found in acts.values():  # the buttons of somebody who may, pressed by somebody who may not
                        await one._run({}, found)
                await one.close()
            seen[name] = b"\n".join(one.traffic).decode(errors="ignore")
        assert {"publish-", "refuse-", "undo-do-", "keep-"} <= {*acts}
        assert state(desk) == before
        boss = signed_in(made, 9, REVIEWER)
        await boss.open("data", "lang=en&part=review")
        await boss._run({}, acts["publish-"])  # the same message does what it says where it may
        await boss.close()
        return seen

    seen = run(visit())
    assert state(desk) != before
    assert {name: WORD in text for name, text in seen.items()} == {**dict.fromkeys(seen, False), "boss": True}
    assert {name for name, text in seen.items() if "of Kyrgyz eyes" in text} == {"boss", "kg reviewer"}
    assert {name for name, text in seen.items() if "Sign out" in text} == {*seen}
