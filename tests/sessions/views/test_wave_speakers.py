"""The speakers of a wave: told or not, coming or not, and who steps in."""

from datetime import time, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rtportal.lib import clock
from rtportal.messaging.models import Message
from sessions.models import SessionSpeaker
from tests import factories
from tests.sessions.speaker_world import lecture, page_of, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(client, db):
    factories.regions(factories.TABALONG, factories.JAMBI)
    client.force_login(factories.user(name="Siti Rahmah"))
    return client


@pytest.fixture
def wave(official):
    return factories.wave(on=(clock.now() + timedelta(days=30)).date())


@pytest.fixture
def dandim(wave):
    return factories.speaker(position="Dandim 1008/Tabalong", email="dandim@contoh.test")


def path(wave, tail="") -> str:
    return f"/gelombang/{wave.pk}/narasumber/{tail}"


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_draft_invites_nobody_and_says_why(official, dandim):
    draft = factories.wave(published=False, number=2, on=(clock.now() + timedelta(days=9)).date())
    lecture(draft, dandim)
    page = official.get(path(draft)).content.decode()
    assert "belum terbit" in page
    assert "undang/" not in page
    assert "belum terbit" in said(official.post(path(draft, "undang/")))
    assert not Message.objects.exists()


def test_where_no_message_reaches_anybody_the_button_promises_links_only(official, wave):
    lecture(wave, factories.speaker(), title="Narkoba")
    publish(wave)
    page = official.get(path(wave)).content.decode()
    assert "Kontaknya belum dicatat" in page
    assert "Buat tautan untuk 1 narasumber" in page
    answer = official.post(path(wave, "undang/"))
    assert "Tautan pribadi 1 narasumber sudah dibuat. Belum ada pesan yang dikirim" in said(answer)


def test_speakers_are_invited_and_whoever_cannot_be_reached_has_a_link(official, wave, dandim):
    bnnk = factories.speaker()
    lecture(wave, dandim)
    lecture(wave, bnnk, title="Narkoba", starts=time(13))
    publish(wave)
    assert "Undang 2 narasumber" in official.get(path(wave)).content.decode()
    answer = official.post(path(wave, "undang/"))
    assert "2 narasumber diundang, 1 pesan sedang dikirim. 1 orang belum dapat dihubungi" in said(answer)
    page = official.get(path(wave)).content.decode()
    bnnk.refresh_from_db()
    assert page_of(bnnk) in page
    assert "Belum dapat dihubungi" in page
    assert "Antre" in page
    assert "Semua narasumber dalam jadwal yang terbit sudah diundang." in page


def test_one_click_records_whether_a_speaker_comes(official, wave, dandim):
    session = lecture(wave, dandim)
    publish(wave)
    part = session.session_speakers.get()
    answer = official.post(f"/sesi/narasumber/{part.pk}/kesediaan/", {"status": "tentative"})
    assert answer["Location"] == f"{path(wave)}#sesi-{session.pk}"
    assert said(answer) == "Dandim 1008/Tabalong: tentatif pada sesi “Bela negara”."
    there = official.post(f"/sesi/narasumber/{part.pk}/kesediaan/", {"status": "confirmed", "dari": "narasumber"})
    assert there["Location"] == f"/narasumber/{dandim.pk}/"
    page = official.get(path(wave)).content.decode()
    assert "bersedia</span>" in page
    assert "Siti Rahmah" in page


@pytest.mark.parametrize("typed", [{}, {"status": "x"}, {"status": "declined"}, {"status": "declined", "reason": "\0"}])
def test_nonsense_changes_nothing(official, wave, dandim, typed):
    part = lecture(wave, dandim).session_speakers.get()
    assert said(official.post(f"/sesi/narasumber/{part.pk}/kesediaan/", typed))
    part.refresh_from_db()
    assert part.status == "invited"


def test_when_the_main_speaker_declines_the_page_offers_the_stand_by(official, wave, dandim):
    session = lecture(wave, dandim)
    camat = factories.speaker(position="Camat Jaro")
    part = SessionSpeaker.objects.create(session=session, speaker=camat, role="standby", status="confirmed")
    publish(wave)
    assert "Jadikan narasumber utama" not in official.get(path(wave)).content.decode()
    main = session.session_speakers.get(speaker=dandim)
    official.post(f"/sesi/narasumber/{main.pk}/kesediaan/", {"status": "declined", "reason": "Tugas luar kota"})
    page = official.get(path(wave)).content.decode()
    assert "Narasumber utama menolak" in page
    assert "Camat Jaro siap sebagai cadangan (bersedia)" in page
    assert "Tugas luar kota" in page
    said_now = said(official.post(f"/sesi/narasumber/{part.pk}/utama/"))
    assert said_now == "Camat Jaro menjadi narasumber utama sesi “Bela negara”."
    assert "Jadikan narasumber utama" not in official.get(path(wave)).content.decode()
    assert "bukan (lagi) cadangan" in said(official.post(f"/sesi/narasumber/{part.pk}/utama/"))


def test_a_viewer_sees_but_finds_neither_buttons_nor_links(official, client, wave, dandim):
    lecture(wave, dandim)
    publish(wave)
    official.post(path(wave, "undang/"))
    client.force_login(factories.user(role="viewer"))
    page = client.get(path(wave)).content.decode().split("<main")[1]
    assert "Dandim" in page
    assert "<button" not in page
    assert "/n/" not in page
    assert client.post(path(wave, "undang/")).status_code == 403


def test_many_sessions_cost_as_many_queries_as_one(official, wave, dandim, django_assert_num_queries):
    lecture(wave, dandim)
    publish(wave)
    official.post(path(wave, "undang/"))
    official.get(path(wave))
    with CaptureQueriesContext(connection) as few:
        official.get(path(wave))
    for number in range(20):
        lecture(wave, factories.speaker(position=f"Camat {number}"), title=f"Sesi {number}")
    publish(wave)
    with django_assert_num_queries(len(few)):
        official.get(path(wave))
