"""The SPJ bundle on the tab Berkas."""

import pytest
from django.urls import reverse

from participants.queries.wave_state import wave_state
from programs.models import Wave
from rtportal.documents.models import GeneratedFile
from tests import factories
from tests.participants.spj import held_wave, paid, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    wave, people, official = held_wave()
    admin = factories.user(role="admin", email="admin@dpmd.test")
    client.force_login(admin)
    return wave, people, official, admin


def tab(client, wave) -> str:
    response = client.get(reverse("participants:wave_files", args=[wave.pk]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def bundle(wave, by) -> GeneratedFile:
    """One that was made just now, without its content."""
    whole = Wave.objects.select_related("program__region", "program__office", "venue").get(pk=wave.pk)
    return GeneratedFile.objects.create(
        owner=by,
        export="spj",
        format="zip",
        params={"wave": wave.pk},
        region_code=wave.program.region_id,
        subject=wave.group,
        title="Bundel SPJ",
        filename="spj.zip",
        state="ready",
        fingerprint=wave_state(whole),
        requested_at=factories.NOW,
        finished_at=factories.NOW,
    )


def test_a_bundle_is_marked_once_the_data_change_and_says_what_did(world, client):
    wave, people, official, admin = world
    assert "Buat bundel SPJ" in tab(client, wave)
    bundle(wave, admin)
    page = tab(client, wave)
    assert "Tidak ada data yang berubah" in page
    assert "usang" not in page
    paid(people[0], by=official)
    signed(wave, by=official)
    page = tab(client, wave)
    assert "Data berubah sejak bundel ini dibuat: pembayaran, berkas bertanda tangan." in page


def test_one_click_asks_for_the_bundle(world, client):
    wave, _, _, _ = world
    wishes = {"wave": wave.pk, "format": "zip"}
    response = client.post(reverse("documents:export_create", args=["spj"]), wishes, follow=True)
    assert response.status_code == 200
    assert GeneratedFile.objects.get().export == "spj"


def test_officials_print_papers_and_see_signed_ones_but_leave_the_bundle_to_admins(world, client):
    wave, _, official, _ = world
    signed(wave, by=official)
    client.force_login(official)
    page = tab(client, wave)
    assert "bundel SPJ hanya untuk admin" in page
    assert "Tanda terima uang transpor" in page
    assert "notulen bertanda tangan.pdf" in page
    client.force_login(factories.user(role="viewer", email="lihat@dpmd.test"))
    page = tab(client, wave)
    assert "Tanda terima uang transpor" not in page
    assert "notulen bertanda tangan.pdf" not in page
