"""Signing in with an OpenID Connect provider that runs on this machine, as an official of an agency would."""

import importlib.util
import json
import os
import socket
import subprocess
import sys
import urllib.request

import pytest
from phones import Server
from playwright.sync_api import Page, expect

from dashboard.domain.roles import Actor, Role
from dashboard.store import engine, location, migrate, people

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("signing-in")]

BOSS = Actor("a test", Role.ADMINISTRATOR)
PEOPLE = {
    "kg": {"email": "KG@example.org", "email_verified": True},
    "pretender": {"email": "kg@example.org", "email_verified": False},
    "newcomer": {"email": "new@example.org", "email_verified": True},
    "boss": {"email": "boss@example.org", "email_verified": True},
}


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """The address of the identity provider."""
    if not importlib.util.find_spec("oidc_provider_mock"):
        pytest.skip("NOT RUN: no identity provider (pip install oidc-provider-mock)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    users = [f"--user-claims={json.dumps({'sub': name, **claims})}" for name, claims in PEOPLE.items()]
    log = tmp_path_factory.mktemp("provider") / "log"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *users]
    environment = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}  # http, because nothing leaves this machine
    with log.open("wb") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
    address = f"http://localhost:{port}"
    if not _answers(f"{address}/.well-known/openid-configuration", process):
        pytest.skip(f"NOT RUN: the identity provider did not start: {log.read_text()[-300:]}")
    yield address
    process.terminate()
    process.wait(10)


def _answers(address: str, process: subprocess.Popen[bytes]) -> bool:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310
                return True
        except OSError:
            if process.poll() is not None:
                return False
            try:
                process.wait(0.25)
            except subprocess.TimeoutExpired:
                continue
    return False


@pytest.fixture(scope="module")
def server(provider, tmp_path_factory):
    """The dashboard as a server serves it: a database, the provider in secrets.toml, roles in the table."""
    folder = tmp_path_factory.mktemp("server")
    database = f"sqlite:///{folder}/server.sqlite"
    migrate.upgrade(engine.engine(database))
    with engine.writing(engine.engine(database)) as connection:
        people.grant(connection, BOSS, "kg@example.org", Role.CONTRIBUTOR, ("KGZ",))
        people.grant(connection, BOSS, "boss@example.org", Role.ADMINISTRATOR, ())
    made = Server(folder / "workshop.sqlite", folder / "log")
    made.host = "localhost"
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f'[auth]\nredirect_uri = "{made.address}/oauth2callback"\ncookie_secret = "{os.urandom(32).hex()}"\n'
        f'client_id = "dashboard"\nclient_secret = "a secret"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n'
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(location.URL, database)
        patch.setenv("STREAMLIT_SECRETS_FILES", str(secrets))
        made.start()
    yield made
    made.stop()
    engine.engine(database).dispose()


@pytest.fixture
def page(screen):
    return screen(390, 844)


def sign_in(page: Page, server: Server, person: str, part: str = "import") -> None:
    page.goto(f"{server.address}/data?lang=en&part=import")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=person, exact=True).click()
    page.wait_for_url(f"{server.address}/**")
    page.goto(f"{server.address}/data?lang=en&part={part}")


def test_who_signs_in_has_the_role_of_the_table_until_they_sign_out(page, server):
    sign_in(page, server, "kg")
    expect(page.get_by_text("Contributor · Kyrgyzstan · kg@example.org")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(1)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: url.startswith(server.address) is False or "part" not in url)
    page.goto(f"{server.address}/data?lang=en&part=import")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert page.locator("input[type=file]").count() == 0


@pytest.mark.parametrize(
    ("person", "said"),
    [("pretender", "does not vouch for your e-mail address"), ("newcomer", "You are signed in as new@example.org")],
)
def test_an_email_that_is_not_verified_or_not_in_the_table_gives_no_role(page, server, person, said):
    sign_in(page, server, person)
    expect(page.get_by_text(said)).to_be_visible()
    assert page.locator("input[type=file]").count() == 0


def test_an_administrator_gives_a_role_that_holds_from_the_next_click_and_takes_it(page, server):
    sign_in(page, server, "boss", "people")
    expect(page.locator("h1.headline")).to_have_text("2 people have a role.")
    page.locator(".st-key-role-email input").fill("new@example.org")
    page.locator(".st-key-role-countries input").click()
    page.keyboard.type("Taj")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_text("new@example.org · Contributor · Tajikistan")).to_be_visible()
    page.locator(".st-key-take-boss-example-org button").first.click()
    page.get_by_role("button", name="Take away the role of boss@example.org").click()
    expect(page.get_by_text("This is the last administrator.")).to_be_visible()
    page.locator(".st-key-take-new-example-org button").first.click()
    page.get_by_role("button", name="Take away the role of new@example.org").click()
    expect(page.locator("h1.headline")).to_have_text("2 people have a role.")
    assert page.get_by_text("new@example.org").count() == 0
