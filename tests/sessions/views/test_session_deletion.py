"""Deleting a session in the browser."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from participants.models import Attendance
from sessions.models import Material, SessionSpeaker, TrainingSession
from tests import factories
from tests.factories import NOW


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


@pytest.fixture
def official(client, wave):
    client.force_login(factories.user())
    return client


def delete_url(session) -> str:
    return reverse("training_sessions:session_delete", args=[session.pk])


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_deleting_asks_first_and_then_does_it(official, wave):
    session = factories.session(wave=wave, speakers=[factories.speaker()])
    page = official.get(delete_url(session)).content.decode()
    assert "1 narasumber dilepas" in page
    assert TrainingSession.objects.exists()
    response = official.post(delete_url(session), {"version": 1})
    assert told(response) == ["Sesi “Pencegahan narkoba” dihapus dari agenda."]
    assert not TrainingSession.objects.exists()
    assert not SessionSpeaker.objects.exists()


def test_a_session_with_attendance_is_not_deleted(official, wave):
    session = factories.session(wave=wave)
    Attendance.objects.create(
        enrolment=factories.enrolment(wave=wave), session=session, marked_at=NOW, marked_by=factories.user()
    )
    assert "Tidak dapat dihapus" in official.get(delete_url(session)).content.decode()
    assert "kehadiran 1 peserta sudah dicatat" in told(official.post(delete_url(session), {"version": 1}))[0]
    assert TrainingSession.objects.exists()


def test_a_session_changed_meanwhile_asks_again_before_it_is_deleted(official, wave):
    session = factories.session(wave=wave)
    TrainingSession.objects.update(version=2)
    page = official.post(delete_url(session), {"version": 1}).content.decode()
    assert "Data ini diubah petugas lain" in page
    assert 'name="version" value="2"' in page
    assert TrainingSession.objects.exists()
    official.post(delete_url(session), {"version": 2})
    assert not TrainingSession.objects.exists()


def test_a_session_with_materials_is_not_deleted(official, wave):
    session = factories.session(wave=wave)
    Material.objects.create(session=session, uploaded_at=NOW, name="paparan.pdf", path="x", size=1)
    assert "1 berkas materi sudah diunggah" in official.get(delete_url(session)).content.decode()
    assert "berkas materi" in told(official.post(delete_url(session), {"version": 1}))[0]
    assert TrainingSession.objects.exists()
