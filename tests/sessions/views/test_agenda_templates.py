"""Templates of agendas in the browser."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from sessions.models import AgendaTemplate
from tests import factories


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


@pytest.fixture
def official(client, wave):
    client.force_login(factories.user())
    return client


def url(row, name: str) -> str:
    return reverse(f"training_sessions:{name}", args=[row.pk])


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_an_empty_agenda_begins_from_a_template(official, wave):
    page = official.get(url(wave, "agenda")).content.decode()
    assert '<option value="bimtek-sehari">Bimtek sehari (8 sesi)</option>' in page
    response = official.post(url(wave, "template_apply"), {"templat": "bimtek-sehari"})
    assert response.headers["Location"] == url(wave, "agenda")
    assert told(response) == ["8 sesi disusun dari templat “Bimtek sehari”. Isi judul dan narasumbernya."]
    # 270 minutes of 45: materi and diskusi alone.
    assert "<strong>6 JP @45 menit</strong>" in official.get(url(wave, "agenda")).content.decode()


def test_an_agenda_is_kept_under_a_name_and_taken_off_the_list_again(official, wave):
    factories.session(wave=wave)
    official.post(url(wave, "agenda_templates"), {"name": "Sehari"})
    page = official.get(url(wave, "agenda_templates")).content.decode()
    assert "Sehari" in page
    assert "09.00 Pencegahan narkoba (60 menit)" in page
    response = official.post(url(wave, "template_delete"), {"templat": AgendaTemplate.objects.get().pk})
    assert response.headers["Location"] == url(wave, "agenda_templates")
    assert told(response)[-1] == "Templat “Sehari” dihapus. Agenda yang memakainya tetap ada."
    assert not AgendaTemplate.objects.exists()


def test_a_name_that_is_taken_is_told_and_stays_in_the_field(official, wave):
    factories.session(wave=wave)
    AgendaTemplate.objects.create(region_id=factories.TABALONG, name="Sehari", items=[])
    page = official.post(url(wave, "agenda_templates"), {"name": "Sehari"}).content.decode()
    assert "Sudah ada templat agenda dengan nama ini." in page
    assert 'name="name" value="Sehari"' in page


@pytest.mark.parametrize("key", ["", "abc", "999999", "9" * 40, "\0"])
def test_an_unknown_template_is_told(official, wave, key):
    assert told(official.post(url(wave, "template_apply"), {"templat": key})) == ["Pilih templat yang akan dipakai."]
    assert not wave.training_sessions.exists()


def test_a_template_is_not_used_over_an_agenda(official, wave):
    factories.session(wave=wave)
    response = official.post(url(wave, "template_apply"), {"templat": "bimtek-sehari"})
    assert told(response) == ["Gelombang ini sudah mempunyai agenda, jadi templat tidak dipakai."]


def test_another_kabupatens_template_does_not_exist(official, wave):
    theirs = AgendaTemplate.objects.create(region_id=factories.JAMBI, name="Sehari", items=[])
    assert told(official.post(url(wave, "template_delete"), {"templat": theirs.pk})) == ["Templat itu sudah tidak ada."]
    assert AgendaTemplate.objects.exists()
    response = official.post(url(wave, "template_apply"), {"templat": theirs.pk})
    assert told(response)[-1:] == ["Pilih templat yang akan dipakai."]


@pytest.mark.parametrize("key", ["", "bimtek-sehari", "999999", "9" * 40, "\0"])
def test_deleting_what_is_no_saved_template_is_told(official, wave, key):
    response = official.post(url(wave, "template_delete"), {"templat": key})
    assert told(response) == ["Templat itu sudah tidak ada."]


def test_a_viewer_neither_saves_nor_uses_nor_deletes(client, wave):
    client.force_login(factories.user(role="viewer"))
    for name in ("agenda_templates", "template_apply", "template_delete"):
        assert client.post(url(wave, name), {"templat": "bimtek-sehari"}).status_code == 403
    assert not wave.training_sessions.exists()
