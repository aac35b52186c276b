"""Whatever a desk, a stranger or a broken phone sends: a sentence, and nothing changed."""

import json
from datetime import time, timedelta

import pytest
from django.test import Client

from participants.models import Attendance, AttendanceEvent
from participants.presence.devices import token_of
from rtportal.lib import clock
from sessions.models import TrainingSession
from tests import factories
from tests.participants.door_client import ask, entry, results, send, verdicts
from tests.participants.door_world import desk


@pytest.fixture
def hall(db):
    factories.regions()
    wave = factories.wave(on=clock.now().date())
    person = factories.enrolment(wave=wave)
    return factories.session(wave=wave), person, desk(wave, expires_at=clock.now() + timedelta(days=1))


def refused(response, status: int, word: str) -> str:
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    told = response.json()
    assert told["error"] == word
    assert not AttendanceEvent.objects.exists()
    assert not Attendance.objects.exists()
    return told["sentence"]


def test_ten_megabytes_are_refused_in_words(hall):
    _, _, device = hall
    sentence = refused(send(device, body="x" * 10_000_000), 413, "too_large")
    assert sentence == "Kiriman ini terlalu besar: paling besar 1 MB. Kirim dalam bagian yang lebih kecil."


@pytest.mark.parametrize(
    "body",
    [
        "",
        "bukan JSON",
        "[" * 100_000,
        '{"events": ',
        b"\xff\xfe\x00",
        "null",
        "[]",
        "{}",
        '{"events": {}}',
        '{"events": ["x"]}',
        '{"events": [{}]}',
        '{"events": [{"uid": 5}]}',
        '{"events": [{"uid": "bukan-uid"}]}',
        '{"events": [{"uid": "' + "1" * 5_000 + '"}]}',
        '{"events": [' + "9" * 5_000 + "]}",
    ],
)
def test_what_is_no_upload_is_refused_in_words(hall, body):
    _, _, device = hall
    assert "Muat ulang halaman pintu" in refused(send(device, body=body), 422, "malformed")


def test_more_than_five_hundred_entries_are_refused_and_five_hundred_taken(hall):
    session, person, device = hall
    many = [entry(session, code=person.short_code, seq=number) for number in range(501)]
    assert "paling banyak 500" in refused(send(device, *many), 422, "malformed")
    assert set(verdicts(device, *many[:500])) == {"present", "already"}


def test_a_small_upload_of_a_stranger_is_refused_before_it_is_believed(hall):
    session, person, _ = hall
    for size in (1, 30):
        scans = [entry(session, code=person.short_code) for _ in range(size)]
        refused(send("A" * 27, *scans), 401, "unknown_device")
        refused(send("", *scans), 401, "unknown_device")


WRONG = {
    "kind": ["", None, 5, "clear", "masuk", ["in"]],
    "device_at": [
        "",
        None,
        5,
        "kemarin",
        "2026-04-08",
        "2026-04-08T08:00:00",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00Z",
    ],
    "skew_ms": ["1", 1.5, None, True, 10**18, -(10**18), 10**40],
    "seq": [-1, "1", 2.5, 10**12, True],
    "companions": [-1, 21, "dua", 10**9],
    "person": [-5, "1", 10**30],
    "session": ["1", -1, 10**30, [1]],
}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in WRONG.items() for value in values])
def test_one_entry_that_makes_no_sense_is_refused_and_the_others_count(hall, field, value):
    session, person, device = hall
    odd, good = entry(session, code=person.short_code) | {field: value}, entry(session, code=person.short_code)
    told = results(device, odd, good)
    assert [one["verdict"] for one in told] == ["refused", "present"]
    assert told[0]["sentence"]
    assert AttendanceEvent.objects.count() == 1


def test_an_undo_of_nothing_and_a_guest_without_a_name_are_refused(hall):
    session, _, device = hall
    undo, nameless = entry(session, kind="undo"), entry(session, kind="walk_in", name=" \0 ")
    told = results(device, undo, nameless)
    assert [one["sentence"] for one in told] == [
        "Catatan yang dibatalkan tidak disebutkan.",
        "Nama tamu belum diisi.",
    ]


def test_signs_that_no_database_keeps_are_kept_without_them(hall):
    session, person, device = hall
    broken = json.dumps({"events": [entry(session, kind="walk_in", name="Budi\0\ud800", unit="RT\0 5")]})
    assert send(device, body=broken).status_code == 200
    assert verdicts(device, entry(session, code="KQ7\0\ud800" * 90), entry(session, code=person.short_code)) == [
        "unknown",
        "present",
    ]


@pytest.mark.parametrize(
    "link", ["https://x.id/u/{}/?utm=wa", "https://x.id/u/{}/data/", "x.id/u/{}#", "https://x.id/pintu/#{}"]
)
def test_no_link_that_was_scanned_lies_in_the_log_with_its_token(hall, link):
    session, person, device = hall
    is_desk = "pintu" in link
    token = token_of(device.link_id) if is_desk else factories.token_of(person.link_id)
    assert verdicts(device, entry(session, code=link.format(token))) == ["unknown" if is_desk else "present"]
    assert token not in AttendanceEvent.objects.get().code


def test_nobody_is_recorded_in_a_session_that_is_not_of_this_wave_or_takes_no_attendance(hall):
    session, person, device = hall
    other = factories.session(wave=factories.wave(number=2, areas=(factories.JARO,)))
    pause = factories.session(wave=session.wave, kind=TrainingSession.Kind.BREAK, starts=time(12))
    for one in (other, pause):
        for offline in (True, False):
            [told] = results(device, entry(one, code=person.short_code, offline=offline))
            assert (told["verdict"], "tidak ada lagi dalam agenda" in told["sentence"]) == ("refused", True)
    [told] = results(device, entry(session, code=person.short_code) | {"session": 999_999})
    assert told["verdict"] == "refused"
    assert not AttendanceEvent.objects.exists()


def test_nobody_is_recorded_in_a_cancelled_wave(hall):
    session, person, device = hall
    session.wave.cancelled_at = clock.now()
    session.wave.save()
    for offline in (True, False):
        assert verdicts(device, entry(session, code=person.short_code, offline=offline)) == ["wave_closed"]
    assert not AttendanceEvent.objects.exists()


def test_the_pass_of_somebody_who_was_moved_leads_to_the_other_wave(hall):
    session, person, device = hall
    person.wave = factories.wave(program=session.wave.program, number=2, areas=(factories.JARO,))
    person.save()
    for offline in (True, False):
        [told] = results(device, entry(session, code=person.short_code, offline=offline))
        assert (told["verdict"], told["sentence"]) == ("wrong_wave", "Terdaftar pada Gelombang 2.")
    assert not Attendance.objects.exists()


def test_a_person_or_pass_of_another_programme_is_unknown(hall):
    session, _, device = hall
    stranger = factories.enrolment(wave=factories.wave(), head=factories.head(number="077"))
    ways = [{"person": stranger.pk}, {"code": stranger.short_code}, {"hash": stranger.link_hash[:16]}]
    assert verdicts(device, *(entry(session, **way) for way in ways)) == ["unknown"] * 3
    assert not Attendance.objects.exists()


def test_an_upload_replayed_by_another_desk_stays_the_first_ones(hall):
    session, person, device = hall
    other = desk(session.wave, "Meja 2", expires_at=clock.now() + timedelta(days=1))
    scan = entry(session, code=person.short_code)
    assert verdicts(device, scan) == verdicts(device, scan) == ["present"]
    assert results(other, scan)[0]["desk"] == "Meja 1"
    assert Attendance.objects.get().device == device
    assert AttendanceEvent.objects.count() == 1


@pytest.mark.parametrize("since", ["", "kemarin", "2026-04-08", "2026-04-08T08:00:00", "9999-99-99T00:00Z", "\0"])
def test_an_instant_that_is_none_is_refused(hall, since):
    _, _, device = hall
    refused(ask(device, "hadir", sejak=since), 422, "malformed")


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-04-08T08:00:00 08:00"])
def test_an_instant_long_ago_or_far_ahead_is_an_instant(hall, since):
    _, _, device = hall
    assert ask(device, "hadir", sejak=since).status_code == 200


def test_other_methods_and_headers_do_no_harm(hall):
    _, _, device = hall
    token = token_of(device.link_id)
    assert Client().get("/pintu/api/catat/", headers={"Authorization": f"Bearer {token}"}).status_code == 405
    assert Client().post("/pintu/api/daftar/", headers={"Authorization": f"Bearer {token}"}).status_code == 405
    assert Client().get("/pintu/api/daftar/", headers={"Authorization": "Basic !!"}).status_code == 401
    assert Client().get("/pintu/api/daftar/", headers={"Authorization": token}).status_code == 200
