"""Behind a personal link: the calendar entry, shared files, and telling the office "Bukan saya"."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from icalendar import Calendar

from participants.models import Answer, Enrolment
from programs.models import Program, Wave
from rtportal.lib import clock
from rtportal.messaging.models import Reply
from sessions.models import Material, TrainingSession
from sessions.use_cases.upload_material import upload_material
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.rtportal.lib.uploads import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor():
    """No CSRF token, no cookie."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def enrolment():
    factories.regions(MURUNG_PUDAK, JARO)
    wave = factories.wave(on=clock.local_date(clock.now(), "WITA") + timedelta(days=20))
    factories.session(wave=wave, title="Pencegahan narkoba", speakers=[factories.speaker()])
    return factories.enrolment(wave=factories.publish(wave), answer="confirmed", answered_at=NOW)


@pytest.fixture
def material(enrolment):
    made = upload_material(
        session=TrainingSession.objects.get(),
        name="Paparan.pdf",
        content=BytesIO(PDF),
        size=len(PDF),
        actor=factories.user(),
        now=NOW,
    )
    Material.objects.update(released_at=NOW)
    return made


def path(enrolment: Enrolment, more: str = "") -> str:
    return factories.personal_path(enrolment) + more


def events(answer) -> list:
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_calendar_entry_says_when_where_and_whom_to_ask(enrolment, visitor):
    Program.objects.update(bring="Surat undangan")
    answer = visitor.get(path(enrolment, "jadwal.ics"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    [event] = events(answer)
    wave = Wave.objects.get()
    assert event.start == wave.starts_at
    assert event.end == wave.ends_at
    assert str(event["LOCATION"]).startswith(wave.venue.name)
    assert "Ibu Nor Hayati" in event["DESCRIPTION"]
    assert "Dibawa: Surat undangan" in event["DESCRIPTION"]
    assert event["STATUS"] == "CONFIRMED"


def test_a_change_or_cancellation_replaces_the_entry(enrolment, visitor):
    [before] = events(visitor.get(path(enrolment, "jadwal.ics")))
    Wave.objects.update(cancelled_at=NOW)
    [after] = events(visitor.get(path(enrolment, "jadwal.ics")))
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_who_does_not_come_has_nothing_in_the_calendar(enrolment, visitor):
    Enrolment.objects.update(answer="declined", reason="Sakit")
    assert events(visitor.get(path(enrolment, "jadwal.ics"))) == []


def test_a_shared_file_comes_as_a_file_to_keep(enrolment, material, visitor):
    assert "Paparan.pdf" in visitor.get(path(enrolment)).content.decode()
    answer = visitor.get(path(enrolment, f"materi/{material.pk}/"))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Paparan.pdf"'
    assert answer["Content-Length"] == str(len(PDF))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_what_is_not_shared_or_another_waves_is_not_given(enrolment, material, visitor):
    other = factories.wave(number=2, on=Wave.objects.get().local_day + timedelta(days=7), areas=(JARO,))
    stranger = factories.enrolment(wave=factories.publish(other), head=factories.head(district=JARO))
    refused = [path(stranger, f"materi/{material.pk}/"), path(enrolment, f"materi/{uuid4()}/")]
    Material.objects.filter(pk=material.pk).update(released_at=None)
    refused.append(path(enrolment, f"materi/{material.pk}/"))
    for url in refused:
        answer = visitor.get(url)
        assert answer.status_code == 410
        assert "tidak ada lagi" in answer.content.decode()
    assert "Paparan" not in visitor.get(path(enrolment)).content.decode()


def test_a_file_that_is_lost_is_said_to_be_gone(enrolment, material, visitor):
    Material.objects.update(path="materials/lost.pdf")
    assert visitor.get(path(enrolment, f"materi/{material.pk}/")).status_code == 410


@pytest.mark.parametrize("more", ["jadwal.ics", "bukan-saya/", "materi/11111111-2222-4333-8444-555555555555/"])
@pytest.mark.parametrize("token", ["x", "a" * 26 + "A", "%00", "a" * 5000])
def test_a_wrong_link_opens_none_of_it(enrolment, visitor, more, token):
    assert visitor.get(f"/u/{token}/{more}").status_code == 404


def test_a_revoked_link_opens_none_of_it(enrolment, material, visitor):
    Enrolment.objects.update(link_revoked_at=NOW)
    for more in ("jadwal.ics", "bukan-saya/", f"materi/{material.pk}/"):
        assert visitor.get(path(enrolment, more)).status_code == 410
    assert visitor.post(path(enrolment, "bukan-saya/")).status_code == 410
    assert not Reply.objects.exists()


def test_looking_at_bukan_saya_tells_nobody(enrolment, visitor):
    page = visitor.get(path(enrolment, "bukan-saya/"))
    assert "Ya, ini bukan saya" in page.content.decode()
    assert visitor.head(path(enrolment, "bukan-saya/")).status_code == 200
    assert not Reply.objects.exists()


def test_bukan_saya_reaches_the_office_and_changes_no_answer(enrolment, visitor, client):
    before = Enrolment.objects.values().get()
    page = visitor.post(path(enrolment, "bukan-saya/"), {"pesan": "Nomor ini milik <b>Siti</b>"})
    assert "kantor kami sudah diberi tahu" in page.content.decode()
    assert Enrolment.objects.values().get() == before
    assert not Answer.objects.exists()
    client.force_login(factories.user())
    listed = client.get("/balasan/").content.decode()
    assert "Bukan saya" in listed
    assert "Nomor ini milik &lt;b&gt;Siti" in listed
    shown = client.get(f"/balasan/{Reply.objects.get().pk}/").content.decode()
    assert "lewat tautan pribadi" in shown
    assert "menyatakan bukan orangnya" in shown
