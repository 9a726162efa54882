"""The limits of the server, asked from outside; and that what readers do leaves no trace in its log."""

import tomllib
import urllib.error
import urllib.request

import pytest
import websockets
from phones import run

from benchmarks.wire import ROOT, Server, Visitor

EMAIL, PHONE = "aigul@customs.example.kg", "secret-of-this-phone"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    place = tmp_path_factory.mktemp("security")
    made = Server({"DASHBOARD_DATABASE_URL": f"sqlite:///{place}/nobody.sqlite"})
    made.log = place / "log"
    with made:
        yield made


def answer(address: str, **more):
    try:
        return urllib.request.urlopen(urllib.request.Request(address, **more), timeout=30)  # noqa: S310
    except urllib.error.HTTPError as refused:
        return refused


@pytest.mark.parametrize("path", ["/", "/law", "/_stcore/health", "/app/static/fonts/Inter.woff2", "/no/such/thing.js"])
def test_every_answer_has_the_headers(server, path):
    headers = answer(server.address + path).headers
    policy = headers["Content-Security-Policy"]
    for part in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'self'", "form-action 'self'"):
        assert part in policy
    assert "http:" not in policy
    assert "*" not in policy
    wanted = {"X-Frame-Options": "SAMEORIGIN", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
    assert {name: headers[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("path", "accept", "expected"),
    [
        ("/country/KGZ?lang=ru", "text/html", "/lost?lang=ru"),
        ("//evil.example/a", "text/html", "/lost"),
        ("/country?lang=ru", "text/html", "/country?lang=ru"),
        ("/law/_stcore/health", "*/*", "/law/_stcore/health"),  # as Streamlit's own page asks
        ("/app/static/fonts/Inter.woff2", "text/html", "/app/static/fonts/Inter.woff2"),
    ],
)
def test_an_address_of_several_parts_leads_to_the_page_that_says_there_is_none(server, path, accept, expected):
    assert answer(server.address + path, headers={"Accept": accept}).url == server.address + expected


def test_a_page_of_somebody_else_cannot_speak_to_the_server(server):
    async def speak() -> None:
        address = f"{server.address.replace('http', 'ws')}/_stcore/stream"
        await websockets.connect(address, subprotocols=["streamlit"], origin="https://evil.example")

    with pytest.raises(websockets.InvalidStatus, match="403"):
        run(speak())


def test_a_file_without_a_token_and_a_path_out_of_the_folder_are_refused(server):
    upload = answer(f"{server.address}/_stcore/upload_file/nobody/nothing", data=b"x", method="PUT")
    assert upload.status in {400, 403}
    for path in ("/app/static/../app.py", "/app/static/%2e%2e/app.py", "/app/static/..%2f.streamlit/config.toml"):
        assert b"import" not in answer(server.address + path).read()[:200].splitlines()[0]


def test_what_readers_do_is_in_no_log(server):
    async def read() -> None:
        visitor = Visitor(server.address, f"device={PHONE}")
        await visitor.connect()
        await visitor.run("data", f"lang=en&part=correct&record=PUB-0045&mail={EMAIL}")
        await visitor.run("overview", "lang=en&country=%3Cscript%3E")
        await visitor.close()

    answer(f"{server.address}/?mail={EMAIL}", headers={"Cookie": f"device={PHONE}"})
    run(read())
    said = server.log.read_text()
    assert [word for word in (EMAIL, PHONE, "PUB-0045", "script") if word in said] == []


def test_the_settings_keep_their_promises():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["maxUploadSize"] == 300  # a million records are 250 MB; every other field takes 20
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["disableDataExport"] is True
    assert not {"enableAgentApi", "enableCORS", "enableXsrfProtection"} & set(settings["server"])
