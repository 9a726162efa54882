"""With the lock on, what goes over the wire holds no place, no identifier and no small count; read byte by byte."""

import contextlib
import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.message import DecodeError
from phones import Phone, Server, run
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.figures import geo
from dashboard.store import room
from dashboard.store.workshop import Workshop

VIEWS = [
    ("overview", "lang=en"), ("overview", "lang=ru&country=KGZ"), ("overview", "lang=en&taxon=snow_leopard&present=1"),
    ("about", "lang=ru"), ("workshop", "lang=en&part=scores&country=KGZ"), ("workshop", "lang=en&part=minutes"),
    ("extent", "lang=ru"), ("extent", "lang=en&level=place&colour=outcome"),
    ("extent", "lang=en&country=KGZ&drawing=simple"),
    ("extent", "lang=en&part=when&country=TJK"), ("extent", "lang=ru&part=what&by=taxon"),
    ("extent", "lang=en&part=routes"), ("extent", "lang=ru&part=records&country=KGZ"),
    ("justice", "lang=en&country=KGZ&second=1"), ("justice", "lang=ru&count=persons"),
    ("justice", "lang=ru&country=TJK&part=countries"), ("justice", "lang=en&part=countries"),
    ("justice", "lang=ru&part=sentences"), ("justice", "lang=en&part=official"), ("justice", "lang=ru&part=time"),
    ("country", "lang=en&country=KGZ&part=species"), ("country", "lang=ru&country=NPL&part=sources"),
    ("law", "lang=en"), ("law", "lang=ru&part=practice"), ("law", "lang=en&part=corridors"),
    ("law", "lang=en&part=reforms"), ("law", "lang=ru&part=penalties"), ("law", "lang=en&part=treaties"),
    ("law", "lang=ru&part=loopholes"), ("law", "lang=en&part=compare"),
    ("detection", "lang=en&part=own&histories=plenty"),
    ("detection", "lang=en&country=KGZ"), ("detection", "lang=ru&part=months"), ("detection", "lang=en&part=experts"),
    ("detection", "lang=ru&part=lesson"), ("data", "lang=en&part=versions"), ("data", "lang=ru&part=download"),
]  # fmt: skip
UNLOCKED = [("overview", "lang=en&country=KGZ"), ("extent", "lang=en&level=place"), ("justice", "lang=ru&country=KGZ")]
SMALL = re.compile(  # one or two incidents, in either language, in a sentence, a tooltip or a text for those who hear
    rb"(?<![\d.,])(?<!\xe2\x80\x93)(?<!<)(?<!&lt;)[12](?:\xc2\xa0| )(?:recorded |dated |decided |of \d+ )?"
    rb"(?:incident|conviction|person|case(?! in)|"
    + "|".join(["инцидент", "приговор", "человек", "осуж"]).encode()
    + rb")"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("room")
    server = Server(folder / "workshop.sqlite", folder / "log")
    server.start()
    yield server
    server.stop()


def traffic(server: Server, views: list[tuple[str, str]]) -> list[bytes]:
    async def visit() -> list[bytes]:
        seen = []
        for number, (page, query) in enumerate(views):
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


def elements(messages: list[bytes]) -> Iterator[tuple[str, Any]]:
    """Every element of a page, with its kind; a response of the web server is no message of Streamlit's."""
    for data in messages:
        with contextlib.suppress(DecodeError):
            message = ForwardMsg.FromString(data)
            if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
                kind = str(message.delta.new_element.WhichOneof("type"))
                yield kind, getattr(message.delta.new_element, kind)


def counts(messages: list[bytes]) -> list[int]:
    """Every number that a chart or a ring on a map shows as a count of incidents."""
    found: list[object] = []
    for kind, element in elements(messages):
        if kind == "plotly_chart" and "law-timeline" not in element.id:  # what laws changed is no secret
            for trace in json.loads(element.spec)["data"]:
                if trace["type"] == "sankey":
                    found += trace["link"]["value"]
                elif trace["type"] == "bar":
                    is_grid = "base" in trace
                    across = trace["x" if trace.get("orientation") == "h" else "y"]
                    found += (trace.get("text") or []) if is_grid else across
    for mark in rings(messages):
        found += re.findall(r"%3E(\d+)%3C/text", mark["icon"]["url"])
        found += re.findall(r": (\d+)", mark.get("name_en") or mark["name_ru"])
    return [int(float(str(value))) for value in found if str(value).replace(".0", "").isdigit()]


def rings(messages: list[bytes]) -> list[dict[str, Any]]:
    """Every mark on a map, with where it stands and what it says."""
    layers = [
        layer
        for kind, element in elements(messages)
        if kind == "deck_gl_json_chart"
        for layer in json.loads(element.json)["layers"]
    ]
    return [mark for layer in layers if layer["@@type"] == "IconLayer" for mark in layer["data"]]


def told(loaded) -> set[str]:
    """What a source says that leads to a place, unless a law, a national statistic or every map says it too."""
    incidents, sources = loaded.tables["incidents"], loaded.tables["sources"]
    places = loaded.tables["places"]
    words = {*incidents["incident_id"], *incidents["evidence"].dropna(), *sources["title"].dropna()}
    publishers = loaded.tables["publishers"]
    publishers = publishers[~publishers["publisher"].str.contains("withheld")]
    words |= {*publishers["name_en"], *publishers["name_ru"]}
    words |= {*sources["url"].dropna(), *places["name_en"], *places["name_ru"]}
    towns = [name for town in geo.towns() for name in town.names.values()]
    statistics = loaded.tables["justice_statistics"]
    public = [statistics[statistics["geo_level"].isin(["national", "multi_country"])], loaded.tables["provisions"]]
    known = " ".join([*towns, *(" ".join(map(str, table.to_numpy().ravel())) for table in public)]).lower()
    known += " ".join(
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


def small_words(messages: list[bytes]) -> list[str]:
    return [found[0].decode(errors="replace") for data in messages for found in SMALL.finditer(data)]


def test_without_the_lock_the_wire_tells_places_and_small_counts(server, loaded):
    seen = traffic(server, UNLOCKED)
    text = b"\n".join(set(seen))
    assert [word for word in told(loaded) if word.encode() in text]
    assert {1, 2} & set(counts(seen))
    assert small_words(seen)
    assert b"export-incidents-by-year" in text
    points = set(zip(loaded.tables["incidents"]["lon"], loaded.tables["incidents"]["lat"], strict=True))
    assert {tuple(mark["at"]) for mark in rings(seen)} & points


def test_with_the_lock_it_tells_none_in_any_page_message_or_response(server, loaded):
    room.lock(Workshop(server.file), on=True)
    seen = traffic(server, VIEWS)
    text = b"\n".join(set(seen))
    assert "Projector-safe" in text.decode(errors="ignore")
    assert "Защита включена" in text.decode(errors="ignore")
    assert [word for word in told(loaded) if word.encode() in text] == []
    points = set(zip(loaded.tables["incidents"]["lat"], loaded.tables["incidents"]["lon"], strict=True))
    fine = {point for point in points if len(f"{point[0]}{point[1]}".replace(".", "")) > len("511503")}
    towns = {(round(town.lat, 1), round(town.lon, 1)) for town in geo.towns()}  # they are on every map
    fine = {point for point in fine if (round(point[0], 1), round(point[1], 1)) not in towns}
    assert len(fine) > 100  # two numbers of three digits may meet by chance
    assert [point for point in fine if near(text, *point)] == []
    provinces = loaded.tables["provinces"]
    general = {(float(lon), float(lat)) for lon, lat in zip(provinces["lon"], provinces["lat"], strict=True)}
    general |= {(place.lon, place.lat) for place in geo.countries().values()}
    assert len(rings(seen)) > 10
    assert {tuple(mark["at"]) for mark in rings(seen)} - general == set()
    drawn = counts(seen)
    assert len(drawn) > 300
    assert not {1, 2} & set(drawn)
    assert small_words(seen) == []
    assert b"export-incidents-by-year" not in text
