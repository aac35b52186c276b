"""The personal page of somebody who was moved, continued in a later wave, or wants a seat back."""

from datetime import timedelta

import pytest
from django.test import Client

from participants.models import Answer, Enrolment
from rtportal.lib import clock
from tests import factories
from tests.factories import MURUNG_PUDAK

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict_client():
    """No CSRF token, no cookie: what a first visit from a messenger's browser has."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def enrolment(db):
    factories.regions(MURUNG_PUDAK)
    # The page reads the real clock, so the wave lies ahead of it.
    wave = factories.wave(on=clock.local_date(clock.now(), "WITA") + timedelta(days=20))
    return factories.enrolment(wave=wave)


def path(enrolment: Enrolment) -> str:
    return factories.personal_path(enrolment)


def untouched(enrolment: Enrolment) -> bool:
    return Enrolment.objects.get(pk=enrolment.pk).answer == "" and not Answer.objects.exists()


def test_an_answer_from_a_page_that_showed_another_wave_is_asked_for_again(enrolment, strict_client):
    former = enrolment.wave
    page = strict_client.get(path(enrolment)).content.decode()
    assert f'name="wave" value="{former.pk}"' in page
    other = factories.wave(program=former.program, number=2, on=former.local_day + timedelta(days=7), areas=())
    Enrolment.objects.update(wave=other)
    response = strict_client.post(path(enrolment), {"answer": "confirmed", "wave": former.pk})
    assert response.status_code == 409
    assert "Jadwal Bapak/Ibu berubah sejak halaman ini dibuka" in response.content.decode()
    assert untouched(enrolment)
    assert strict_client.post(path(enrolment), {"answer": "confirmed", "wave": other.pk}).status_code == 302


def test_who_goes_on_in_a_catch_up_wave_reads_so_on_the_former_link(enrolment, strict_client):
    Enrolment.objects.update(superseded_at=clock.now())
    assert "sudah diundang ke gelombang susulan" in strict_client.get(path(enrolment)).content.decode()
    assert strict_client.post(path(enrolment), {"answer": "confirmed"}).status_code == 409
    assert untouched(enrolment)


def test_who_comes_back_to_a_full_wave_reads_that_they_wait(enrolment, strict_client):
    Enrolment.objects.update(answer="declined", answered_at=clock.now(), reason="Sakit")
    enrolment.wave.venue.capacity = 1
    enrolment.wave.venue.save()
    factories.enrolment(wave=enrolment.wave, head=factories.head(number="009"))
    response = strict_client.post(path(enrolment), {"answer": "confirmed"})
    assert response.status_code == 422
    assert "kami masukkan ke daftar tunggu" in response.content.decode()
    assert enrolment.waiting_places.filter(closed_at=None).count() == 1
