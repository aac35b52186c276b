"""Choices of columns that are kept."""

import pytest
from django.urls import reverse

from rtportal.documents.models import ExportPreset, GeneratedFile
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    wave = factories.wave(invitations_opened_at=factories.NOW)
    factories.enrolment(wave=wave)
    return wave


@pytest.fixture
def admin(wave, client):
    user = factories.user(role="admin")
    client.force_login(user)
    return user


def save(client, wave, **fields):
    wishes = {"wave": wave.pk, "susun": "1", "format": "xlsx", "name": "Untuk camat", "kolom": ["nama", "rt"], **fields}
    return client.post(reverse("documents:preset_save", args=["daftar-peserta"]), wishes)


def test_a_choice_is_kept_and_opened_again(client, wave, admin):
    response = save(client, wave, **{"urutan-nama": "2", "urutan-rt": "1", "jawaban": "belum"})
    preset = ExportPreset.objects.get()
    assert (preset.name, preset.columns, preset.region_id) == ("Untuk camat", ["rt", "nama"], factories.TABALONG)
    assert "jawaban=belum" in response.url and f"susunan={preset.pk}" in response.url
    text = client.get(response.url).content.decode()
    assert text.index('value="rt" checked') < text.index('value="nama" checked') < text.index('value="nik">')
    assert not GeneratedFile.objects.exists()


def test_an_open_choice_is_changed_and_renamed_or_kept_as_a_new_one(client, wave, admin):
    save(client, wave)
    preset = ExportPreset.objects.get()
    save(client, wave, preset=preset.pk, name="Untuk lurah", kolom=["nama"])
    preset.refresh_from_db()
    assert (preset.name, preset.columns) == ("Untuk lurah", ["nama"])
    save(client, wave, preset=preset.pk, name="Lain", **{"as": "new"})
    assert list(ExportPreset.objects.values_list("name", flat=True)) == ["Lain", "Untuk lurah"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "  "}, "Beri nama untuk susunan kolom ini."),
        ({"name": "x" * 81}, "Nama susunan paling panjang 80 huruf."),
        ({"kolom": []}, "Pilih paling sedikit satu kolom."),
        ({"kolom": ["gaji"]}, "Pilih paling sedikit satu kolom."),
        ({"name": " Ringkas "}, "Sudah ada susunan kolom dengan nama ini."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(client, wave, admin, fields, sentence):
    save(client, wave, name="Ringkas")
    response = save(client, wave, **fields)
    assert response.status_code == 422 and sentence in response.content.decode()
    assert ExportPreset.objects.count() == 1


def test_a_choice_of_all_columns_in_their_order_is_kept_too(client, wave, admin):
    page = client.get(reverse("documents:export_choose", args=["agenda"]), {"wave": wave.pk}).content.decode()
    names = [part.split('"')[0] for part in page.split('name="kolom" value="')[1:]]
    fields = {"wave": wave.pk, "susun": "1", "format": "xlsx", "name": "Semua", "kolom": names}
    client.post(reverse("documents:preset_save", args=["agenda"]), fields)
    assert ExportPreset.objects.get().columns == names


def test_a_choice_put_away_is_gone(client, wave, admin):
    save(client, wave)
    preset = ExportPreset.objects.get()
    response = client.post(reverse("documents:preset_delete", args=[preset.pk]), {"wave": wave.pk})
    assert response.url == f"{reverse('documents:export_choose', args=['daftar-peserta'])}?wave={wave.pk}"
    assert not ExportPreset.objects.exists()


def test_the_choices_of_another_kabupaten_are_neither_seen_nor_touched(client, wave, admin):
    save(client, wave)
    preset = ExportPreset.objects.get()
    factories.regions(factories.JAMBI)
    client.force_login(factories.user(role="admin", region=factories.JAMBI, email="b@kantor.test"))
    assert client.post(reverse("documents:preset_delete", args=[preset.pk]), {"wave": wave.pk}).status_code == 404
    assert ExportPreset.objects.exists()


@pytest.mark.parametrize("typed", ["abc", "999999", "9" * 40, "-1"])
def test_a_choice_that_is_none_shows_all_columns(client, wave, admin, typed):
    url = reverse("documents:export_choose", args=["daftar-peserta"])
    response = client.get(url, {"wave": wave.pk, "susunan": typed})
    assert response.status_code == 200 and 'value="nik" checked' in response.content.decode()
