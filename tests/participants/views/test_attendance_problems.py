"""What has to be decided about the door's records, in the browser."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.models import Attendance, RetiredPass
from rtportal.lib import clock
from tests import factories
from tests.factories import MURUNG_PUDAK
from tests.participants.door_world import desk, doubtful, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    factories.regions()
    return factories.session(wave=factories.wave(on=clock.now().date(), areas=(MURUNG_PUDAK,)))


@pytest.fixture
def desks(session):
    by = factories.user()
    return desk(session.wave, "Meja 1", by=by), desk(session.wave, "Meja 2", by=by)


@pytest.fixture
def official(client, session):
    client.force_login(factories.user())
    return client


@pytest.fixture
def double(session, desks):
    person = factories.enrolment(wave=session.wave)
    scan(session, desks[0], person)
    return scan(session, desks[1], person, at=session.starts_at + timedelta(minutes=1))


def listing(session) -> str:
    return reverse("participants:problem_list", args=[session.wave_id])


def deciding(event) -> str:
    return reverse("participants:problem_settle", args=[event.pk])


def test_each_question_is_asked_once_with_what_happened(official, session, double):
    page = official.get(listing(session)).content.decode()
    assert "dicatat masuk di dua meja" in page
    assert "Meja 2" in page
    assert ">hadir<" in page
    assert page.count('class="settle"') == 1


def test_a_decision_takes_effect_and_the_question_is_gone(official, session, double):
    answer = {"keputusan": "tidak-hadir", "catatan": "Pasnya dipinjam"}
    page = official.post(deciding(double), answer, follow=True).content.decode()
    assert "Keputusan disimpan." in page
    assert "Tidak ada yang perlu diperiksa" in page
    assert "Dinyatakan tidak hadir. Pasnya dipinjam" in page
    assert not Attendance.objects.exists()
    assert "sudah diputuskan atau" in official.post(deciding(double), answer, follow=True).content.decode()


def test_an_unknown_code_can_only_be_left_and_leads_to_the_list(official, session, desks):
    doubtful(session, desks[0])
    page = official.get(listing(session)).content.decode()
    assert "kode KQ73MT" in page
    assert 'value="biarkan"' in page
    assert 'value="hadir"' not in page
    assert f'href="{reverse("participants:attendance_sheet", args=[session.wave_id])}?sesi={session.pk}"' in page


def test_who_is_in_another_wave_is_named_with_the_way_to_move_them(official, session, desks):
    other = factories.wave(program=session.wave.program, number=2, areas=())
    person = factories.enrolment(wave=other, head=factories.head())
    doubtful(session, desks[0], problem="wrong_wave", code=person.short_code)
    page = official.get(listing(session)).content.decode()
    assert person.head.full_name in page
    assert "sekarang di Gelombang 2" in page
    assert f'href="{reverse("participants:enrolment_list", args=[other.pk])}"' in page


def test_a_code_that_was_replaced_still_says_whose_it_was(official, session, desks):
    person = factories.enrolment(wave=session.wave)
    RetiredPass.objects.create(
        enrolment=person, link_hash="0" * 64, short_code="ABC234", cause="reissued", at=factories.NOW
    )
    event = doubtful(session, desks[0], problem="revoked", code="abc-234")
    assert person.head.full_name in official.get(listing(session)).content.decode()
    official.post(deciding(event), {"keputusan": "hadir"})
    assert Attendance.objects.get().enrolment == person


@pytest.mark.parametrize("typed", [{}, {"keputusan": ""}, {"keputusan": "\0"}, {"keputusan": "hapus"}])
def test_no_decision_is_said_in_words_and_changes_nothing(official, session, double, typed):
    page = official.post(deciding(double), typed, follow=True).content.decode()
    assert "Pilih salah satu" in page
    assert 'class="settle"' in page


def test_a_long_reason_with_strange_signs_is_kept_short(official, session, double):
    official.post(deciding(double), {"keputusan": "biarkan", "catatan": "a\0" + "x" * 5000})
    double.refresh_from_db()
    assert len(double.settled_note) <= 200
    assert "\0" not in double.settled_note


def test_many_questions_cost_as_many_queries_as_one(official, session, desks, double):
    doubtful(session, desks[0])
    official.get(listing(session))
    with CaptureQueriesContext(connection) as one:
        official.get(listing(session))
    for number, head in enumerate(factories.heads(20, district=factories.JARO)):
        person = factories.enrolment(wave=session.wave, head=head)
        scan(session, desks[0], person, seq=number)
        scan(session, desks[1], person, seq=number, at=session.starts_at + timedelta(minutes=1))
    with CaptureQueriesContext(connection) as many:
        official.get(listing(session))
    assert len(many) == len(one)
