from datetime import timedelta

import pytest
from django.urls import reverse

from programs.models import Wave
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, TANJUNG
from tests.participants import announcements

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(client):
    """A published wave in a month, two of its heads told, one of each kecamatan whom no channel reaches."""
    factories.regions(factories.TABALONG)
    client.force_login(factories.user())
    for district in (MURUNG_PUDAK, JARO):
        factories.head(district=district, number="009", name="Tanpa Alamat")
    made = factories.wave(
        program=factories.program(reach_chain=["inbox"]), on=a_month_from_now(), areas=(MURUNG_PUDAK, JARO)
    )
    announcements.invited(made, 2, now=clock.now())
    announcements.deliver(clock.now())
    return made


def a_month_from_now():
    return clock.local_date(clock.now(), "WITA") + timedelta(days=30)


def other(wave, **fields):
    return factories.wave(
        program=wave.program, number=2, on=a_month_from_now() + timedelta(days=7), areas=(TANJUNG,), **fields
    )


def page(client, wave):
    return client.get(reverse("participants:wave_cancel", args=[wave.pk]))


def send(client, wave, **typed):
    return client.post(
        reverse("participants:wave_cancel", args=[wave.pk]), {"version": "1", "reason": "Banjir"} | typed
    )


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_page_says_in_numbers_what_will_happen(client, wave):
    text = text_of(page(client, wave))
    assert "<strong>2 orang</strong> yang sudah diberi tahu menerima tepat satu pesan" in text
    assert "<strong>2 orang</strong> belum diberi tahu portal" in text
    assert "3 pengingat tidak dikirim lagi" in text
    assert "Pembatalan tidak dapat diurungkan." in text
    assert "Batalkan dan beri tahu 2 orang" in text
    assert "belum mempunyai gelombang lain" in text


def test_it_is_cancelled_and_stays_readable(client, wave):
    response = send(client, wave)
    assert response.headers["Location"] == reverse("participants:wave_detail", args=[wave.pk])
    assert "Gelombang 1 dibatalkan. 2 orang dikabari, 0 orang dialihkan" in text_of(
        client.get(response.headers["Location"])
    )
    for tab in ("wave_detail", "enrolment_list", "invitations", "attendance_sheet", "wave_files", "wave_history"):
        assert client.get(reverse(f"participants:{tab}", args=[wave.pk])).status_code == 200
    assert client.get(reverse("training_sessions:agenda", args=[wave.pk])).status_code == 200
    again = page(client, wave)
    assert again.status_code == 302
    assert send(client, wave).status_code == 302


def test_all_go_to_one_wave_but_for_one_kecamatan(client, wave):
    target = other(wave)
    text = text_of(page(client, wave))
    assert f"Gelombang 2: {target.span_words}" in text
    assert "sisa 350 kursi" in text
    assert "Kecamatan Jaro (1 ketua RT)" in text
    assert send(client, wave, to=target.pk, to_630911="-").status_code == 302
    assert target.enrolments.count() == 3
    assert Wave.objects.get(pk=wave.pk).enrolments.count() == 1


def test_without_a_reason_nothing_happens_and_the_choices_stay(client, wave):
    target = other(wave)
    text = text_of(send(client, wave, reason=" ", to=target.pk))
    assert "Isi alasan pembatalan." in text
    assert f'<option value="{target.pk}" selected>' in text
    assert not Wave.objects.get(pk=wave.pk).is_cancelled


@pytest.mark.parametrize("value", ["999999", "x", "\0", "9" * 30])
def test_a_wave_that_is_not_offered_is_refused(client, wave, value):
    other(wave)
    assert "Gelombang itu tidak ada dalam daftar. Pilih ulang." in text_of(send(client, wave, to=value))


def test_somebody_elses_edit_is_shown_first(client, wave):
    Wave.objects.update(version=2)
    text = text_of(send(client, wave))
    assert "Data ini diubah petugas lain" in text
    assert "Banjir" in text
    assert send(client, wave, version="2").status_code == 302


def test_a_cancelled_wave_offers_only_what_still_makes_sense(client, wave):
    factories.session(wave=wave, title="Tupoksi RT")
    tabs = {
        name: reverse(name, args=[wave.pk])
        for name in ("participants:wave_detail", "training_sessions:agenda", "participants:attendance_sheet")
    }
    assert "Tambah sesi" in text_of(client.get(tabs["training_sessions:agenda"]))
    assert "Tandai hadir yang dipilih" in text_of(client.get(tabs["participants:attendance_sheet"]))
    send(client, wave)
    assert "4 peserta belum dialihkan" in text_of(client.get(tabs["participants:wave_detail"]))
    agenda = text_of(client.get(tabs["training_sessions:agenda"]))
    assert "Tupoksi RT" in agenda
    assert "Tambah sesi" not in agenda
    assert "Salin ke gelombang lain" in agenda
    assert "Tandai hadir" not in text_of(client.get(tabs["participants:attendance_sheet"]))


def test_a_wave_that_is_over_offers_no_cancellation(client, wave):
    address = reverse("participants:wave_detail", args=[wave.pk])
    cancelling = reverse("participants:wave_cancel", args=[wave.pk])
    assert cancelling in text_of(client.get(address))
    Wave.objects.update(starts_at=clock.now() - timedelta(days=2), ends_at=clock.now() - timedelta(days=1))
    assert cancelling not in text_of(client.get(address))
