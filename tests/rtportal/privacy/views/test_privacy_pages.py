"""Data pribadi as an admin meets it."""

from datetime import timedelta

import pytest

from rtportal.lib import clock
from rtportal.messaging.models import Message
from rtportal.privacy.models import Incident, PurgeRecord, RetentionSetting
from tests import factories
from tests.rtportal.privacy.incidents import incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    factories.regions()
    who = factories.user(role="admin")
    client.force_login(who)
    return who


def old_message() -> Message:
    ago = clock.now() - timedelta(days=500)
    fields = {"kind": "invitation", "channel": "email", "address": "a@rt.test", "recipient_name": "Ahmad"}
    times = {"queued_at": ago, "due_at": ago, "closed_at": ago}
    place = {"region_code": f"{factories.JARO}.2001", "group": "wave:0"}
    return Message.objects.create(dedupe_key="x", about_id=1, state="delivered", **fields, **times, **place)


def test_the_register_names_purpose_and_article_of_every_field(client, admin) -> None:
    page = client.get("/data-pribadi/").content.decode()
    assert "Pasal 20 ayat (2) huruf e" in page
    assert "NIK" in page
    assert "/ekspor/rekaman-pemrosesan/?region=63.09" in page


def test_the_register_goes_out_as_a_file(client, admin) -> None:
    response = client.post("/ekspor/rekaman-pemrosesan/buat/", {"region": "63.09", "format": "xlsx"})
    file = client.get(f"{response['Location']}unduh/")
    assert file.status_code == 200


def test_what_goes_next_is_counted_and_goes_by_hand_with_its_paper(client, admin) -> None:
    old_message()
    page = client.get("/data-pribadi/masa-simpan/").content.decode()
    assert "Musnahkan 1 data sekarang" in page
    client.post("/data-pribadi/masa-simpan/63.09/musnahkan/")
    row = PurgeRecord.objects.get()
    assert (row.actor, row.total) == (admin, 1)
    assert row.criteria in client.get("/data-pribadi/pemusnahan/").content.decode()
    made = client.post("/ekspor/berita-acara-pemusnahan/buat/", {"purge": row.pk, "format": "pdf"})
    assert made["Location"].startswith("/berkas/")


@pytest.mark.parametrize("region", ["63\0.99", "6309", factories.JAMBI])
def test_a_region_that_is_none_or_somebody_elses_is_not_found(client, admin, region) -> None:
    for address in ("/data-pribadi/masa-simpan/", "/data-pribadi/insiden/tambah/"):
        assert client.get(address, {"wilayah": region}).status_code == 404


def test_nothing_to_destroy_is_said(client, admin) -> None:
    page = client.post("/data-pribadi/masa-simpan/63.09/musnahkan/", follow=True).content.decode()
    assert "Belum ada data yang lewat masa simpannya." in page


@pytest.mark.parametrize("months", ["", "banyak", "-1", "9999999", "٣"])
def test_months_that_are_no_number_are_refused_in_words(client, admin, months: str) -> None:
    sent = {"golongan": "pesan", "bulan": months, "versi": "0"}
    response = client.post("/data-pribadi/masa-simpan/63.09/simpan/", sent)
    assert response.status_code == 422
    assert "3 sampai 60" in response.content.decode()
    assert not RetentionSetting.objects.exists()


def test_an_unknown_class_is_refused_in_words(client, admin) -> None:
    response = client.post("/data-pribadi/masa-simpan/63.09/simpan/", {"golongan": "sesi", "bulan": "1", "versi": "0"})
    assert "tidak dikenal" in response.content.decode()


def test_another_kabupaten_is_not_the_admins_to_set(client, admin) -> None:
    sent = {"golongan": "pesan", "bulan": "24", "versi": "0"}
    assert client.post("/data-pribadi/masa-simpan/15.71/simpan/", sent).status_code == 404
    assert client.post("/data-pribadi/masa-simpan/15.71/musnahkan/").status_code == 404


def test_without_a_fresh_proof_nothing_is_destroyed(client, admin) -> None:
    old_message()
    session = client.session
    session["proved_at"] = 0
    session.save()
    client.post("/data-pribadi/masa-simpan/63.09/musnahkan/")
    assert not PurgeRecord.objects.exists()


def test_an_incident_is_recorded_told_and_printed(client, admin) -> None:
    day = clock.local_date(clock.now() - timedelta(days=1), "WITA")
    sent = {
        "version": 0,
        "title": "Daftar hadir hilang",
        "discovered_on": day.isoformat(),
        "discovered_time": "08:00",
        "data_kinds": "nama",
        "happened": "Tertinggal.",
        "remedy": "Diambil kembali.",
        "whose": "ketua RT Jaro",
        "people_count": 3,
        "contact": "Ibu Nor",
        "state": "open",
    }
    response = client.post("/data-pribadi/insiden/tambah/", sent)
    row = Incident.objects.get()
    assert response["Location"] == f"/data-pribadi/insiden/{row.pk}/"
    assert "1 insiden data pribadi belum diberitahukan" in client.get("/").content.decode()
    for whom in ("orang", "lembaga"):
        client.post(f"/data-pribadi/insiden/{row.pk}/diberitahu/", {"siapa": whom})
        paper = {"incident": row.pk, "to": whom, "format": "pdf"}
        assert client.post("/ekspor/pemberitahuan-insiden/buat/", paper)["Location"].startswith("/berkas/")
    row.refresh_from_db()
    assert row.is_told
    assert "keduanya sudah" in client.get(f"/data-pribadi/insiden/{row.pk}/").content.decode()


def test_a_half_filled_incident_is_refused_and_nothing_typed_is_lost(client, admin) -> None:
    response = client.post("/data-pribadi/insiden/tambah/", {"version": 0, "title": "Hilang", "people_count": "x"})
    assert response.status_code == 422
    assert 'value="Hilang"' in response.content.decode()


def test_whom_nobody_knows_is_not_told(client, admin) -> None:
    row = incident(by=admin, now=clock.now())
    response = client.post(f"/data-pribadi/insiden/{row.pk}/diberitahu/", {"siapa": "tetangga"})
    assert response.status_code == 422


def test_incidents_of_another_kabupaten_do_not_exist(client, admin) -> None:
    other = factories.user(role="admin", region=factories.JAMBI)
    row = incident(by=other, now=clock.now(), region=factories.JAMBI)
    assert client.get(f"/data-pribadi/insiden/{row.pk}/").status_code == 404
    assert row.title not in client.get("/data-pribadi/insiden/").content.decode()
    assert client.post("/ekspor/pemberitahuan-insiden/buat/", {"incident": row.pk, "format": "pdf"}).status_code == 404
