from datetime import timedelta

import pytest
from django.urls import reverse

from participants.queries.home import today
from participants.use_cases.invite_participants import invite_participants
from programs.models import Wave
from rtportal.lib import clock
from rtportal.messaging.models import Message
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def home(client, **who) -> str:
    client.force_login(factories.user(**who))
    return client.get(reverse("participants:home")).content.decode()


def coming_wave(**fields):
    return factories.wave(on=(clock.now() + timedelta(days=20)).date(), **fields)


def test_an_empty_office_is_told_to_start_with_the_roster(client):
    assert "Mulai dari daftar ketua RT" in home(client)


def test_a_viewer_is_offered_nothing_that_would_be_refused(client):
    text = home(client, role="viewer")
    assert "Unggah daftar" not in text
    assert "Gelombang yang dijadwalkan petugas akan tampil di sini" in text


def test_with_heads_but_no_programme_the_next_step_is_a_programme(client):
    factories.head()
    assert "Buat program" in home(client)


def test_the_next_wave_shows_who_has_not_answered(client):
    factories.heads(3, district=factories.JARO)
    wave = coming_wave(areas=(factories.JARO,))
    later = coming_wave(program=wave.program, number=2, areas=())
    invite_participants(wave_id=wave.pk, by=factories.user(), now=clock.now())
    text = home(client)
    assert "Gelombang berikutnya" in text
    assert "Belum menjawab per kecamatan" in text
    assert reverse("participants:wave_detail", args=[later.pk]) in text


def test_a_cancelled_wave_is_no_work_any_more(client):
    wave = coming_wave()
    page = reverse("participants:wave_detail", args=[wave.pk])
    assert page in home(client)
    Wave.objects.update(cancelled_at=clock.now())
    assert page not in home(client)


def test_an_operator_reads_numbers_of_the_own_kecamatan_only(client):
    factories.heads(3, district=factories.JARO)
    factories.heads(5)
    wave = coming_wave(areas=(factories.JARO, factories.MURUNG_PUDAK))
    later = coming_wave(areas=(factories.JARO, factories.MURUNG_PUDAK), number=2)
    for each in (wave, later):
        invite_participants(wave_id=each.pk, by=factories.user(), now=clock.now())
    operator = factories.user(role="district_operator", region=factories.JARO)
    shown = today(operator, clock.now())
    assert shown.total.invited == 3
    assert [(one.people, one.answered) for one in shown.later] == [(3, 0)]


def test_messages_and_speakers_that_need_a_human_stand_on_top(client):
    wave = coming_wave(areas=(factories.MURUNG_PUDAK,))
    factories.heads(2)
    invite_participants(wave_id=wave.pk, by=factories.user(), now=clock.now())
    session = factories.session(wave=wave, speakers=[factories.speaker(position="Wakil Menteri Dalam Negeri")])
    session.session_speakers.update(status="tentative")
    Message.objects.update(state="unknown")
    text = home(client)
    assert "2 pesan tidak pasti terkirim" in text
    assert "Wakil Menteri Dalam Negeri belum pasti" in text


def test_a_failed_message_that_has_another_channel_left_waits_for_nobody(client):
    wave = coming_wave(areas=(factories.MURUNG_PUDAK,))
    factories.heads(2)
    invite_participants(wave_id=wave.pk, by=factories.user(), now=clock.now())
    going_on, given_up = Message.objects.values_list("pk", flat=True)
    Message.objects.filter(pk=going_on).update(state="failed", route=["manual"])
    Message.objects.filter(pk=given_up).update(state="failed", route=[])
    assert "1 pesan gagal</a> dan tidak ada saluran lain yang tersisa" in home(client)


def test_another_region_sees_none_of_it(client):
    coming_wave(areas=(factories.MURUNG_PUDAK,))
    text = home(client, region=factories.JAMBI)
    assert "Gelombang berikutnya" not in text
