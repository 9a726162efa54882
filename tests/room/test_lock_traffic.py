"""With the lock on, what goes over the wire holds no place, no identifier and no small count; read byte by byte."""

import json
import urllib.request

import pytest
from phones import Phone, Server, run
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.store import room
from dashboard.store.workshop import Workshop

VIEWS = [
    ("overview", "lang=en"), ("overview", "lang=ru&country=KGZ"), ("overview", "lang=en&taxon=snow_leopard&present=1"),
    ("about", "lang=ru"), ("workshop", "lang=en&part=scores&country=KGZ"), ("workshop", "lang=en&part=minutes"),
    ("country", "lang=en&country=KGZ&part=species"), ("country", "lang=ru&country=NPL&part=sources"),
]  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("room")
    server = Server(folder / "workshop.sqlite", folder / "log")
    server.start()
    yield server
    server.stop()


def traffic(server: Server) -> list[bytes]:
    async def visit() -> list[bytes]:
        seen = []
        for number, (page, query) in enumerate(VIEWS):
            phone = Phone(server, number)
            await phone.open(page, query)
            await phone.close()
            seen += phone.traffic
        return seen

    served = []
    for path in ("/", "/room", "/_stcore/health", "/_stcore/host-config"):
        with urllib.request.urlopen(server.address + path, timeout=10) as response:  # noqa: S310
            served.append(response.read() + str(response.headers).encode())
    return run(visit()) + served


def counts(messages: list[bytes]) -> list[int]:
    """Every number that a chart draws as a count."""
    found = []
    for data in messages:
        try:
            message = ForwardMsg.FromString(data)
        except Exception:  # noqa: BLE001, S112 - a response of the web server is no message of Streamlit's
            continue
        if message.WhichOneof("type") != "delta" or message.delta.new_element.WhichOneof("type") != "plotly_chart":
            continue
        for trace in json.loads(message.delta.new_element.plotly_chart.spec)["data"]:
            is_grid = "base" in trace
            values = trace.get("text") or [] if is_grid else trace["x" if trace.get("orientation") == "h" else "y"]
            found += [int(value) for value in values if value not in {None, ""}]
    return found


def told(loaded) -> set[str]:
    """What a source says that leads to a place, as long as it is not also the name of a province or a country."""
    incidents, sources = loaded.tables["incidents"], loaded.tables["sources"]
    places = loaded.tables["places"]
    words = {*incidents["incident_id"], *incidents["evidence"].dropna(), *sources["title"].dropna()}
    publishers = loaded.tables["publishers"]
    publishers = publishers[~publishers["publisher"].str.contains("withheld")]
    words |= {*publishers["name_en"], *publishers["name_ru"]}
    words |= {*sources["url"].dropna(), *places["name_en"], *places["name_ru"]}
    known = " ".join(
        str(name)
        for table in ("provinces", "admin1", "countries", "taxa", "storylines")
        for column in loaded.tables[table].columns
        if column.startswith(("name", "heading", "note"))
        for name in loaded.tables[table][column]
    ).lower()
    return {word for word in words if len(str(word)) > 5 and str(word).lower() not in known}


def near(data: bytes, lat: float, lon: float) -> bool:
    """Whether a message spells out this very point."""
    first, second = str(lat).encode(), str(lon).encode()
    at = data.find(first)
    while at >= 0:
        if second in data[max(0, at - 60) : at + 60]:
            return True
        at = data.find(first, at + 1)
    return False


def test_without_the_lock_the_wire_tells_places_and_small_counts(server, loaded):
    seen = traffic(server)
    text = b"\n".join(seen)
    assert [word for word in told(loaded) if word.encode() in text]
    assert {1, 2} & set(counts(seen))


def test_with_the_lock_it_tells_none_in_any_page_message_or_response(server, loaded):
    room.lock(Workshop(server.file), on=True)
    seen = traffic(server)
    text = b"\n".join(seen)
    assert "Projector-safe" in text.decode(errors="ignore")
    assert "Защита включена" in text.decode(errors="ignore")
    assert [word for word in told(loaded) if word.encode() in text] == []
    points = set(zip(loaded.tables["incidents"]["lat"], loaded.tables["incidents"]["lon"], strict=True))
    assert [point for point in points if any(near(data, *point) for data in seen)] == []
    drawn = counts(seen)
    assert len(drawn) > 100
    assert not {1, 2} & set(drawn)
