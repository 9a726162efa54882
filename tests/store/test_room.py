"""What phones send is counted once, or refused with a reason and nothing written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain import room as state
from dashboard.domain import workshop as domain
from dashboard.domain.room import Asked
from dashboard.domain.workshop import DOTS, LONGEST_TEXT, Kind, Reason, RefusedError, Scene, Task
from dashboard.store import room
from dashboard.store.workshop import Workshop

ITEMS = {"o1", "o2"}


@pytest.fixture
def file(tmp_path) -> Workshop:
    return Workshop(tmp_path / "workshop.sqlite")


def refused(call, *arguments) -> Reason:
    with pytest.raises(RefusedError) as problem:
        call(*arguments)
    return problem.value.reason


def score(file, shown, author="phone", country="KGZ", role="customs", **answers):
    return room.submit_scores(file, shown, author, country, role, answers or {"o1": 2}, ITEMS)


def test_a_phone_that_sends_twice_is_counted_once_with_what_it_sent_last(file):
    shown = room.ask(file, Task.OUTCOMES)
    assert score(file, shown, o1=1, o2=0) is False
    assert score(file, shown, o1=3) is True
    assert [(s.item, s.value) for s in state.scores(file.events())] == [("o1", 3)]


def test_outcomes_and_the_short_form_do_not_replace_each_other(file):
    score(file, room.ask(file, Task.OUTCOMES), o1=1)
    shown = room.ask(file, Task.ITEMS)
    assert room.submit_scores(file, shown, "phone", "KGZ", "customs", {"i01": 2}, {"i01"}) is False
    assert [(s.item, s.value) for s in state.scores(file.events())] == [("i01", 2), ("o1", 1)]


def test_no_score_says_which_phone_it_came_from_or_who_was_first(file):
    shown = room.ask(file, Task.OUTCOMES)
    score(file, shown, "late", "MNG", o1=0)
    score(file, shown, "early", "AFG", o1=3)
    scores = state.scores(file.events())
    assert [s.country for s in scores] == ["AFG", "MNG"]
    assert "early" not in str(scores)


def test_a_page_that_the_room_has_left_is_refused(file):
    shown = room.ask(file, Task.OUTCOMES)
    room.ask(file, Task.NOTHING)
    assert refused(score, file, shown) is Reason.STALE
    assert refused(score, file, Asked(Task.DOTS, 1)) is Reason.STALE
    room.ask(file, Task.OUTCOMES, anew=True)
    assert refused(score, file, shown) is Reason.STALE
    assert state.scores(file.events()) == []


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"o1": 4}, Reason.MALFORMED),
        ({"o1": -1}, Reason.MALFORMED),
        ({"o1": True}, Reason.MALFORMED),
        ({"o1": "3"}, Reason.MALFORMED),
        ({"o1": 2.0}, Reason.MALFORMED),
        ({"x9": 1}, Reason.MALFORMED),
        ({"o1": None}, Reason.EMPTY),
    ],
)
def test_scores_that_are_none_are_refused_and_nothing_is_written(file, sent, reason):
    shown = room.ask(file, Task.OUTCOMES)
    assert refused(lambda: score(file, shown, **sent)) is reason
    assert file.events(Kind.ANSWERED) == []


@pytest.mark.parametrize("who", [{"country": "USA"}, {"country": None}, {"role": "king"}, {"role": ["customs"]}])
def test_an_unknown_country_or_role_is_refused(file, who):
    shown = room.ask(file, Task.OUTCOMES)
    assert refused(lambda: score(file, shown, **who)) is Reason.MALFORMED
    assert file.events(Kind.ANSWERED) == []


def test_a_phone_without_a_cookie_cannot_be_counted_once_and_is_refused(file):
    assert refused(score, file, room.ask(file, Task.OUTCOMES), "") is Reason.NO_DEVICE


def write(file, shown, words, author="phone", theme="law", kind="issue"):
    return room.submit_text(file, shown, author, theme, kind, words)


def test_a_text_is_kept_as_it_is_but_on_one_line(file):
    shown = room.ask(file, Task.TEXTS)
    write(file, shown, " <script>alert(1)</script>\n\tНет\u202e экспертизы ")
    (only,) = state.contributions(file.events())
    assert only.texts == ("<script>alert(1)</script> Нет экспертизы",)


def test_the_same_text_from_the_same_phone_is_on_the_list_once(file):
    shown = room.ask(file, Task.TEXTS)
    assert write(file, shown, "fuel") is False
    assert write(file, shown, "fuel ") is True
    assert write(file, shown, "fuel", "other") is False
    assert len(state.contributions(file.events())) == 2


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("x" * (LONGEST_TEXT + 1), Reason.TOO_LONG),
        ("x" * 5_000_000, Reason.TOO_LONG),
        (" \n", Reason.EMPTY),
        ("", Reason.EMPTY),
        (None, Reason.MALFORMED),
        (b"x", Reason.MALFORMED),
    ],
    ids=["a little too long", "megabytes", "blank", "empty", "nothing", "bytes"],
)
def test_a_text_that_is_none_is_refused_and_nothing_is_written(file, words, reason):
    shown = room.ask(file, Task.TEXTS)
    assert refused(write, file, shown, words) is reason
    assert file.events(Kind.WRITTEN) == []


def test_a_machine_that_writes_without_end_is_stopped(file):
    shown = room.ask(file, Task.TEXTS)
    for n in range(domain.MOST_TEXTS):
        write(file, shown, f"text {n}")
    assert refused(write, file, shown, "one more") is Reason.TOO_MANY


@pytest.fixture
def listed(file):
    shown = room.ask(file, Task.TEXTS)
    for n in range(3):
        write(file, shown, f"text {n}", f"phone {n}")
    return [e.subject for e in file.events(Kind.WRITTEN)]


def dots_of(file) -> dict[str, int]:
    return {c.texts[0]: c.dots for c in state.contributions(file.events())}


def test_dots_are_counted_once_a_phone(file, listed):
    shown = room.ask(file, Task.DOTS)
    assert room.submit_dots(file, shown, "a", {listed[0]: 3, listed[1]: 2}) is False
    assert room.submit_dots(file, shown, "a", {listed[1]: 5}) is True
    room.submit_dots(file, shown, "b", {listed[1]: 1})
    assert dots_of(file) == {"text 1": 6, "text 0": 0, "text 2": 0}


def test_merged_texts_add_their_dots_and_both_stay(file, listed):
    shown = room.ask(file, Task.DOTS)
    room.submit_dots(file, shown, "a", {listed[0]: 2, listed[1]: 3})
    room.merge(file, listed[0], listed[1])
    room.merge(file, listed[1], listed[2])
    (only,) = state.contributions(file.events())
    assert (set(only.texts), only.dots, only.id) == ({"text 0", "text 1", "text 2"}, 5, listed[2])


def test_a_text_cannot_be_merged_into_itself_or_in_a_circle(file, listed):
    assert refused(room.merge, file, listed[0], listed[0]) is Reason.MALFORMED
    room.merge(file, listed[0], listed[1])
    assert refused(room.merge, file, listed[1], listed[0]) is Reason.MALFORMED
    assert refused(room.merge, file, "nothing", listed[0]) is Reason.MALFORMED


@pytest.mark.parametrize(
    ("placed", "reason"),
    [
        ((DOTS + 1, 0), Reason.TOO_MANY),
        ((0, 0), Reason.EMPTY),
        ((-1, 3), Reason.MALFORMED),
        ((1.5, 0), Reason.MALFORMED),
    ],
)
def test_dots_that_a_phone_does_not_have_are_refused(file, listed, placed, reason):
    shown = room.ask(file, Task.DOTS)
    assert refused(room.submit_dots, file, shown, "a", dict(zip(listed, placed, strict=False))) is reason
    assert refused(room.submit_dots, file, shown, "a", {"nothing": 1}) is Reason.MALFORMED
    assert file.events(Kind.DOTTED) == []


@given(sent=st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 3)), max_size=8))
@settings(max_examples=15, deadline=None)
def test_however_often_phones_send_each_is_counted_once_with_its_last(tmp_path_factory, sent):
    file = Workshop(tmp_path_factory.mktemp("room") / "w.sqlite")
    shown = room.ask(file, Task.OUTCOMES)
    for author, value in sent:
        score(file, shown, author, o1=value)
    assert sorted(s.value for s in state.scores(file.events())) == sorted(dict(sent).values())


def act(file, action="a", revision=0, **content):
    room.save_action(file, action, {"action": "Train dogs", "status": "planned", **content}, revision)


def test_an_action_keeps_what_it_said_before(file):
    act(file, deadline="2027-03", owner="Customs")
    act(file, revision=1, deadline="2027-06-30", owner="Customs", status="done")
    (now,) = state.actions(file.events())
    assert (now.content["deadline"], now.content["status"], now.revision) == ("2027-06-30", "done", 2)
    (first, before), (second, was) = state.changes(file.events(), "2000")
    assert before is None
    assert (first.content["deadline"], was["deadline"], second.content["deadline"]) == (
        "2027-03",
        "2027-03",
        "2027-06-30",
    )
    assert state.changes(file.events(), "2999") == []


def test_two_people_who_change_the_same_action_do_not_overwrite_each_other(file):
    act(file)
    act(file, revision=1, owner="Police")
    assert refused(lambda: act(file, revision=1, owner="Customs")) is Reason.STALE
    assert state.actions(file.events())[0].content["owner"] == "Police"


@pytest.mark.parametrize("deadline", ["soon", "2027-02-31", "31.12.2027"])
def test_a_deadline_that_is_no_date_is_refused(file, deadline):
    assert refused(lambda: act(file, deadline=deadline)) is Reason.NO_DATE


def test_two_windows_that_save_scenes_lose_none(file):
    scenes = [Scene("overview", f"n={n}", {"en": "a", "ru": "б"}) for n in range(2)]
    for one in scenes:
        room.change_scenes(file, lambda kept, one=one: [*kept, one])
    assert [s.query for s in state.own_scenes(file.events())] == ["n=0", "n=1"]
    assert state.own_scenes(file.events()) == scenes


@pytest.mark.parametrize(
    "said",
    [None, [], {}, {"page": "overview"}, {"page": "x", "query": "", "heading": {"en": "a"}},
     {"page": "x", "query": "", "heading": {"en": "a", "ru": "б"}, "minutes": "20"},
     {"page": "x", "query": "", "heading": {"en": "a", "ru": "б"}, "note": ["x"]},
     {"page": "x", "query": "y" * 3000, "heading": {"en": "a", "ru": "б"}}],
)  # fmt: skip
def test_a_scene_that_is_none_is_refused(said):
    with pytest.raises(RefusedError):
        domain.scene(said)


def test_the_lock_is_off_until_it_is_switched_on(file):
    assert not room.is_locked(file)
    room.lock(file, on=True)
    assert room.is_locked(file)
    room.lock(file, on=False)
    assert not room.is_locked(file)


def test_the_pin_is_kept_as_a_salted_digest_only(file):
    assert not room.is_pin(file, "")
    room.set_pin(file, "снежный барс")
    assert room.is_pin(file, "снежный барс")
    assert not room.is_pin(file, "снежный барс ")
    assert "снежный" not in str(file.events())


def test_an_adopted_pin_opens_beside_the_chosen_one_until_a_new_one_is_chosen(file):
    # RFC 7914, section 11, second vector: PBKDF2-HMAC-SHA256 of "Password" and "NaCl", 80,000 rounds, first 32 bytes
    salt, digest = b"NaCl".hex(), "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
    room.set_pin(file, "снежный барс")
    for _ in range(2):
        room.adopt_pin(file, salt, digest, 80_000)
    assert [room.is_pin(file, pin) for pin in ("Password", "снежный барс", "password")] == [True, True, False]
    assert len(file.events(Kind.PIN)) == 2
    room.set_pin(file, "471100")
    assert [room.is_pin(file, pin) for pin in ("Password", "снежный барс", "471100")] == [False, False, True]


def test_a_file_that_arrives_does_not_replace_the_pin_of_this_machine(file, tmp_path):
    other = Workshop(tmp_path / "other.sqlite")
    room.set_pin(other, "somebody's")
    room.go_on_from(file, other.export())
    assert room.is_pin(file, "somebody's")  # there was none here
    room.set_pin(file, "471100")
    room.go_on_from(file, other.export())
    assert [room.is_pin(file, pin) for pin in ("471100", "somebody's")] == [True, False]


def test_a_short_pin_is_refused(file):
    assert refused(room.set_pin, file, "12345") is Reason.MALFORMED


def test_after_five_wrong_pins_nobody_may_try_for_a_while(file):
    room.set_pin(file, "123456")
    assert [room.is_pin(file, f"00000{n}") for n in range(5)] == [False] * 5
    assert refused(room.is_pin, file, "123456") is Reason.TOO_MANY


def test_scrypt_agrees_with_rfc_7914():
    import hashlib

    # RFC 7914, section 12, third vector: the function and the order of its parameters
    found = hashlib.scrypt(b"pleaseletmein", salt=b"SodiumChloride", n=16384, r=8, p=1, maxmem=room.SCRYPT["maxmem"])
    assert found.hex().startswith("7023bdcb3afd7348461c06cd81fd38eb")
    assert (room.SCRYPT["n"], room.SCRYPT["r"], room.SCRYPT["p"]) == (16384, 8, 1)
