"""What a desk may know of its wave, and which desks may know anything."""

from datetime import timedelta

import pytest
from django.test import Client

from participants.models import AttendanceEvent, DoorDevice
from participants.presence.devices import token_of
from participants.use_cases.unmark_attendance import unmark_attendance
from rtportal.lib import clock
from tests import factories
from tests.participants.door_client import ask, entry, make_hall, results, send, verdicts


@pytest.fixture
def hall(db):
    return make_hall()


def test_the_list_holds_what_tells_people_apart_and_nothing_to_reach_them_by(hall):
    session, person, desk1, _ = hall
    head = person.head
    head.phone, head.email = "+6281299998888", "rahasia@rt.test"
    head.save()
    factories.enrolment(
        wave=factories.wave(program=session.wave.program, number=2, areas=(factories.JARO,)),
        head=factories.head(number="009"),
    )
    results(desk1, entry(session, code=person.short_code, offline=False))
    response = ask(desk1, "daftar")
    listed = response.json()
    assert listed["people"] == [
        {
            "id": person.pk,
            "code": person.short_code,
            "hash": person.link_hash[:16],
            "name": "H. Ahmad Fauzi",
            "rt": "RT 005/RW 002",
            "village": person.village.full_name,
            "district": "Kecamatan Murung Pudak",
            "answer": "",
            "substitute": "",
            "substitute_state": "",
            "needs_letter": False,
            "group": "",
        }
    ]
    assert listed["present"] == {
        str(session.pk): {str(person.pk): {"at": session.starts_at.isoformat(), "desk": "Meja 1", "left": False}}
    }
    assert [each["wave"] for each in listed["elsewhere"]] == ["Gelombang 2"]
    assert [each["id"] for each in listed["sessions"]] == [session.pk]
    assert (listed["wave"]["zone"], listed["wave"]["zone_label"]) == ("Asia/Makassar", "WITA")
    assert b"9998888" not in response.content
    assert b"rahasia" not in response.content
    assert person.link_hash.encode() not in response.content


def test_the_list_is_sent_again_only_when_it_is_another_one(hall):
    session, person, desk1, _ = hall
    response = ask(desk1, "daftar")
    assert ask(desk1, "daftar", etag=response["ETag"]).status_code == 304
    results(desk1, entry(session, code=person.short_code))
    assert ask(desk1, "daftar", etag=response["ETag"]).status_code == 200


def test_a_desk_hears_what_other_desks_and_the_office_recorded_since(hall):
    session, person, desk1, desk2 = hall
    since = (clock.now() + timedelta(seconds=20)).isoformat()
    assert ask(desk2, "hadir", sejak=since).json()["changes"] == []
    since = clock.now().isoformat()
    results(desk1, entry(session, code=person.short_code))
    [change] = ask(desk2, "hadir", sejak=since).json()["changes"]
    about = {"person": person.pk, "session": session.pk}
    mark = {"at": session.starts_at.isoformat(), "desk": "Meja 1", "left": False, "present": True}
    assert change == about | mark
    unmark_attendance(session=session, enrolments=[person], actor=factories.user(), now=clock.now())
    told = ask(desk2, "hadir", sejak=since).json()
    assert told["changes"] == [about | {"at": None, "desk": "", "left": False, "present": False}]
    assert told["list_changed"] is False
    person.answer, person.answered_at = "confirmed", clock.now()
    person.save()
    assert ask(desk2, "hadir", sejak=since).json()["list_changed"] is True


def test_answers_of_the_api_are_stored_nowhere_and_set_no_cookie(hall):
    _, _, desk1, _ = hall
    for response in (ask(desk1, "daftar"), ask(desk1, "hadir", sejak="2026-01-01T00:00:00Z"), send(desk1)):
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies


def test_the_desk_is_seen(hall):
    _, _, desk1, _ = hall
    ask(desk1, "daftar")
    desk1.refresh_from_db()
    assert desk1.seen_at == desk1.opened_at
    assert clock.now() - desk1.seen_at < timedelta(seconds=20)


@pytest.mark.django_db
def test_a_stranger_is_nobody():
    for token in ("", "x", "A" * 27, "ä" * 27):
        response = send(token, entry_of_nothing())
        assert response.status_code == 401
        assert response.json()["error"] == "unknown_device"
    assert Client().get("/pintu/api/daftar/").status_code == 401
    assert Client().get("/pintu/api/hadir/").status_code == 401


def entry_of_nothing() -> dict:
    return {"uid": "00000000-0000-4000-8000-000000000000", "kind": "in"}


def test_a_personal_link_is_no_desk(hall):
    _, person, _, _ = hall
    assert ask(factories.token_of(person.link_id), "daftar").status_code == 401


def test_a_revoked_desk_records_nothing_and_sees_nothing(hall):
    session, person, desk1, _ = hall
    DoorDevice.objects.filter(pk=desk1.pk).update(revoked_at=clock.now())
    response = send(token_of(desk1.link_id), entry(session, code=person.short_code, offline=False))
    assert (response.status_code, response.json()["error"]) == (403, "revoked")
    assert ask(desk1, "daftar").status_code == 403
    assert not AttendanceEvent.objects.exists()


def test_an_expired_desk_hands_in_what_it_recorded_before_for_a_week(hall):
    session, person, desk1, _ = hall
    now = clock.now()

    def expire(at):
        DoorDevice.objects.filter(pk=desk1.pk).update(expires_at=at, created_at=at - timedelta(days=1))

    expire(now - timedelta(days=6))
    assert ask(desk1, "daftar").status_code == 410
    before = now - timedelta(days=6, minutes=1)
    told = verdicts(
        desk1,
        entry(session, code=person.short_code, at=before),
        entry(session, code=person.short_code, at=now - timedelta(days=1)),
    )
    assert told == ["present", "refused"]
    expire(now - timedelta(days=7))
    assert send(desk1, entry(session, code=person.short_code, at=before)).status_code == 410
