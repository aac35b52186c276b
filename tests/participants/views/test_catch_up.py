"""Inviting the absent to a later wave, and parallel groups."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participants.models import Attendance, Enrolment
from programs.models import Wave
from rtportal.lib import clock
from tests import factories
from tests.participants.two_waves import coming_waves, enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def waves(db):
    return coming_waves()


@pytest.fixture
def official(waves, client):
    user = factories.user()
    client.force_login(user)
    return user


def url(name: str, *args) -> str:
    return reverse(f"participants:{name}", args=args)


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def over(waves, official):
    """The first wave is over and one of three was there."""
    first, second = waves
    people = enrol(first, 3)
    session = factories.session(wave=first)
    Attendance.objects.create(enrolment=people[0], session=session, marked_at=clock.now(), marked_by=official)
    ended = clock.now() - timedelta(days=1)
    Wave.objects.filter(pk=first.pk).update(starts_at=ended - timedelta(hours=7), ends_at=ended)
    first.refresh_from_db()
    return first, second, people


def test_after_the_wave_those_who_were_absent_are_invited_in_one_action(over, client):
    first, second, people = over
    sheet = text(client.get(url("attendance_sheet", first.pk)))
    assert "Undang yang tidak hadir ke gelombang susulan (2 orang)" in sheet
    page = text(client.get(url("absent_invite", first.pk)))
    assert "2 orang tidak tercatat hadir di satu sesi pun" in page
    assert f"/gelombang/tambah/?susulan=1&amp;kembali=/gelombang/{first.pk}/kehadiran/susulan/" in page
    response = client.post(url("absent_invite", first.pk), {"tujuan": second.pk}, follow=True)
    assert "2 orang yang tidak hadir menjadi peserta gelombang ini. Undangan sedang dikirim." in text(response)
    assert second.enrolments.count() == 2
    for name in ("enrolment_list", "attendance_sheet"):
        assert "dilanjutkan ke Gelombang 2" in text(client.get(url(name, first.pk)))
    assert "susulan dari Gelombang 1" in text(client.get(url("enrolment_list", second.pk)))
    former = text(client.get(url("enrolment_detail", people[1].pk)))
    assert "dilanjutkan ke Gelombang 2" in former
    assert "Tidak ada yang perlu diundang ulang" in text(client.get(url("absent_invite", first.pk)))


def test_before_the_end_nobody_is_called_absent(waves, official, client):
    first, second = waves
    enrol(first, 1)
    factories.session(wave=first)
    assert "Undang yang tidak hadir" not in text(client.get(url("attendance_sheet", first.pk)))
    assert "belum selesai" in text(client.get(url("absent_invite", first.pk)))
    response = client.post(url("absent_invite", first.pk), {"tujuan": second.pk})
    assert response.status_code == 422


def test_groups_are_made_shown_and_filtered_by(waves, official, client):
    first, _ = waves
    for head in factories.heads(12):
        factories.enrolment(wave=first, head=head)
    response = client.post(url("enrolments_group", first.pk), {"kelompok": "Kelompok A\nKelompok B"}, follow=True)
    assert "Kelompok tersimpan: Kelompok A" in text(response)
    sizes = [Enrolment.objects.filter(group=name).count() for name in ("Kelompok A", "Kelompok B")]
    page = text(client.get(url("enrolment_list", first.pk), {"kelompok": "Kelompok A"}))
    assert f"{sizes[0]} peserta" in page
    assert "Tidak ada peserta yang cocok" in text(client.get(url("enrolment_list", first.pk), {"kelompok": "-"}))
    refused = client.post(url("enrolments_group", first.pk), {"kelompok": "Kelompok A"})
    assert refused.status_code == 422
    assert "paling sedikit dua kelompok" in text(refused)
