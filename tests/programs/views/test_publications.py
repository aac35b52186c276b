"""The page that publishes a wave's schedule, and its versions."""

import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from programs.models import SpecialDay, Wave, WavePublication
from sessions.models import TrainingSession
from tests import factories


@pytest.fixture
def wave(db):
    factories.regions()
    # The page reads the clock itself.
    day = factories.WAVE_DAY + timedelta(days=364)
    return factories.wave(on=day, published=False)


def url(wave: Wave, name: str = "schedule_publish") -> str:
    return reverse(f"programs:{name}", args=[wave.pk])


@pytest.fixture
def official(client, wave):
    client.force_login(factories.user(name="Siti Rahmah"))
    return client


def page_of(client, wave: Wave) -> str:
    return client.get(url(wave)).content.decode()


def form_of(page: str) -> dict:
    """What the form sends with every warning ticked."""
    return {
        "versi": re.search(r'name="versi" value="(\d+)"', page)[1],
        "pratinjau": re.search(r'name="pratinjau" value="([0-9a-f]+)"', page)[1],
        "setujui": re.findall(r'name="setujui" value="([^"]+)"', page),
    }


def holiday(wave: Wave) -> None:
    SpecialDay.objects.create(
        region_id="63.09", name="Hari jadi", kind="local", starts_on=wave.local_day, ends_on=wave.local_day
    )


def test_a_draft_is_shown_with_what_people_will_know_and_published(official, wave):
    factories.session(wave=wave)
    page = page_of(official, wave)
    assert "Draf" in page
    assert "Ini versi pertama" in page
    assert "Sesi “Pencegahan narkoba”" in page
    assert "Tidak ada bentrok" in page
    response = official.post(url(wave), form_of(page))
    assert response.url == reverse("participants:wave_detail", args=[wave.pk])
    assert [str(told) for told in get_messages(response.wsgi_request)] == [
        "Jadwal Gelombang 1 diterbitkan sebagai versi 1."
    ]
    assert "Terbit (versi 1)" in official.get(response.url).content.decode()


def test_warnings_are_ticked_one_by_one_and_stay_ticked_when_it_is_refused(official, wave):
    holiday(wave)
    Wave.objects.filter(pk=wave.pk).update(venue=factories.venue(capacity=1))
    factories.heads(2)
    page = page_of(official, wave)
    sent = form_of(page)
    assert len(sent["setujui"]) == 2
    assert "checked" not in page
    sent["setujui"] = sent["setujui"][:1]
    again = official.post(url(wave), sent).content.decode()
    assert "Belum ada yang diterbitkan. Centang dahulu setiap peringatan yang Anda setujui: 1 belum dicentang." in again
    assert again.count("checked") == 1
    assert not WavePublication.objects.exists()
    official.post(url(wave), form_of(again))
    history = official.get(url(wave, "publication_list")).content.decode()
    assert "Disetujui dengan sadar" in history
    assert "hari khusus daerah: Hari jadi" in history


def test_what_must_not_be_has_no_button_and_says_how_to_mend_it(official, wave):
    factories.wave(program=factories.program(name="Retret"), venue=wave.venue, on=wave.local_day, areas=())
    page = page_of(official, wave)
    assert "Harus diperbaiki dahulu: 1 hal" in page
    assert "Pilih tempat lain atau waktu lain" in page
    assert re.search(r'name="pratinjau"[^>]*disabled', page)
    assert "juga dipakai" in official.post(url(wave), form_of(page)).content.decode()
    assert Wave.objects.get(pk=wave.pk).is_draft


def test_changes_since_the_last_version_are_told_field_by_field(official, wave):
    session = factories.session(wave=wave)
    factories.publish(wave)
    assert "Semua sudah terbit" in page_of(official, wave)
    TrainingSession.objects.filter(pk=session.pk).update(title="Tupoksi RT")
    page = page_of(official, wave)
    assert "Ada perubahan belum diterbitkan" in page
    assert "Yang berubah sejak versi 1" in page
    assert "“Pencegahan narkoba”" in page
    assert "“Tupoksi RT”" in page
    official.post(url(wave), form_of(page))
    history = official.get(url(wave, "publication_list")).content.decode()
    assert history.index("Versi 2") < history.index("Versi 1")
    assert "oleh Siti Rahmah" in history


def test_another_edit_in_between_is_told(official, wave):
    sent = form_of(page_of(official, wave))
    factories.session(wave=wave)
    assert "Jadwal ini berubah sejak halaman ini dibuka" in official.post(url(wave), sent).content.decode()
    Wave.objects.filter(pk=wave.pk).update(version=5)
    assert "diubah petugas lain" in official.post(url(wave), sent).content.decode()


@pytest.mark.parametrize("sent", [{}, {"versi": "x" * 30, "pratinjau": "\0", "setujui": ["\0", "?"]}])
def test_whatever_is_typed_publishes_nothing(official, wave, sent):
    response = official.post(url(wave), sent)
    assert response.status_code == 200
    assert "Belum ada yang diterbitkan" in response.content.decode()
    assert not WavePublication.objects.exists()


def test_a_cancelled_wave_says_so_instead(official, wave):
    Wave.objects.filter(pk=wave.pk).update(cancelled_at=factories.NOW, cancel_reason="Banjir")
    page = page_of(official, wave)
    assert "Dibatalkan" in page
    assert "tidak dapat diterbitkan" in page
    assert 'name="pratinjau"' not in page


def test_scope_and_rights(client, wave):
    client.force_login(factories.user(region=factories.JAMBI))
    assert client.get(url(wave)).status_code == client.get(url(wave, "publication_list")).status_code == 404
    client.force_login(factories.user(role="viewer"))
    assert client.get(url(wave)).status_code == client.post(url(wave)).status_code == 403
    assert client.get(url(wave, "publication_list")).status_code == 403


def test_a_long_agenda_costs_as_many_queries_as_a_short_one(official, wave, django_assert_max_num_queries):
    who = factories.speaker()
    factories.session(wave=wave, speakers=[who])
    page_of(official, wave)
    with django_assert_max_num_queries(35) as few:
        page_of(official, wave)
    for number in range(10):
        factories.session(wave=wave, title=f"Sesi {number}", speakers=[who, factories.speaker()])
    with django_assert_max_num_queries(35) as many:
        page_of(official, wave)
    assert len(few) == len(many)
