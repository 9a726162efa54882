"""Storylines: the ready ones lead somewhere, a file brings them whole to another laptop, a phone gets its number."""

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from phones import run

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.workshop import Reason, RefusedError, Scene
from dashboard.ui import presenter, security, storylines
from dashboard.ui.workshop import PART

PAGES = ("overview", "extent", "justice", "law", "detection", "country", "workshop", "data", "about")


def test_there_is_a_storyline_for_a_regional_workshop_and_one_for_every_country():
    found = storylines.all_of_them(PAGES)
    assert set(found) == {"regional", *RANGE_COUNTRIES}
    assert len(found["regional"]) == 10
    for country in RANGE_COUNTRIES:
        assert found[country][0].page == "country"
        assert {tuple(parse_qs(scene.query)["country"]) for scene in found[country]} == {(country,)}


def test_every_page_that_a_ready_scene_opens_is_there():
    pages = {path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py")}
    assert {s.page for story in storylines.all_of_them(PAGES).values() for s in story} <= pages


def test_scenes_of_pages_that_are_not_there_are_passed_over():
    assert {s.page for s in storylines.all_of_them(("overview",))["KGZ"]} == {"overview"}


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_scene_has_a_heading_and_a_note_in_both_languages(lang):
    scenes = [scene for story in storylines.all_of_them(PAGES).values() for scene in story]
    assert all(scene.heading[lang] and scene.note[lang] for scene in scenes)
    assert not any("{" in scene.heading[lang] + scene.query for scene in scenes)


def test_every_part_that_a_scene_opens_is_one_of_the_page():
    scenes = [scene for story in storylines.all_of_them(PAGES).values() for scene in story]
    parts = {part for scene in scenes for part in parse_qs(scene.query).get("part", [])}
    assert parts
    assert parts <= set(PART.options)


def test_a_file_brings_scenes_back_as_they_were():
    scenes = [
        Scene("overview", "country=KGZ", {"en": "a", "ru": "б"}, {"en": "n"}, 20),
        Scene("about", "", {"en": "", "ru": ""}),
    ]
    assert storylines.from_file(storylines.as_file(scenes)) == scenes


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.MALFORMED),
        (b"\xff\xfe", Reason.MALFORMED),
        (b"[]", Reason.MALFORMED),
        (b'{"storyline": 1, "scenes": []}', Reason.MALFORMED),
        (b'{"storyline": 2, "scenes": [{}]}', Reason.MALFORMED),
        (b'{"storyline": 1, "scenes": [{"page": 1}]}', Reason.MALFORMED),
        (json.dumps({"storyline": 1, "scenes": [{}] * 61}).encode(), Reason.TOO_MANY),
        (b" " * 1_000_001, Reason.TOO_LONG),
    ],
)
def test_any_other_file_is_refused_with_a_reason(content, reason):
    with pytest.raises(RefusedError) as refused:
        storylines.from_file(content)
    assert refused.value.reason is reason


def test_the_place_in_a_storyline_survives_the_address():
    assert presenter._where(presenter._key(("KGZ", 0))) == ("KGZ", 0)
    assert presenter._key(("regional", 9)) == "regional-10"


def headers(path: str, cookie: str = "") -> list[tuple[bytes, bytes]]:
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.extend(message["headers"])

    scope = {"type": "http", "path": path, "headers": [(b"cookie", cookie.encode())] if cookie else []}
    run(security.Headers(app)(scope, None, send))
    return sent


def test_a_phone_that_enters_the_room_gets_a_number_and_keeps_it():
    (number,) = [value for name, value in headers("/room") if name == b"set-cookie"]
    assert b"HttpOnly; SameSite=Strict" in number
    assert len(number.split(b";")[0]) > 30
    assert headers("/room") != headers("/room")
    assert not [name for name, _ in headers("/room", "a=b; device=x") if name == b"set-cookie"]


@pytest.mark.parametrize("path", ["/", "/overview", "/workshop", "/_stcore/health", "/app/static/x"])
def test_nobody_else_gets_a_cookie(path):
    assert not [name for name, _ in headers(path) if name == b"set-cookie"]
