import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from participants.models import RosterImport
from participants.use_cases.process_roster_imports import process_roster_imports
from participants.use_cases.upload_roster import MAX_BYTES
from rtportal.lib.sheets import read_table
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db
State = RosterImport.State
HISTORY_QUERIES = 7
CREATE = "/ketua-rt/impor/"


@pytest.fixture
def official(client):
    factories.regions()
    who = factories.user()
    client.force_login(who)
    return who


def upload(client, data: bytes, **fields):
    file = SimpleUploadedFile("daftar.xlsx", data)
    return client.post(CREATE, {"region": factories.TABALONG, "upload": file} | fields)


def url(name: str, made: RosterImport) -> str:
    return reverse(f"participants:{name}", args=[made.pk])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    "sent", [{}, {"data": b"[]", "content_type": "application/json"}, {"data": {"upload": "daftar.xlsx"}}]
)
def test_without_a_file_the_form_asks_for_it(client, official, sent):
    response = client.post(CREATE, **sent)
    assert response.status_code == 422
    assert "Pilih berkasnya dahulu." in text_of(response)
    assert not RosterImport.objects.exists()


def test_an_official_uploads_looks_and_applies(client, official):
    bad = rosters.row(number="6", phone="0526 2021234")
    response = upload(client, rosters.xlsx([rosters.row(), bad]))
    made = RosterImport.objects.get()
    assert response.url == url("import_detail", made)
    page = text_of(client.get(response.url))
    assert 'hx-trigger="every 1s"' in page
    assert "Muat ulang" in page
    process_roster_imports(now=factories.NOW)
    page = text_of(client.get(response.url))
    assert "hx-trigger" not in page
    assert "Nomor telepon rumah tidak bisa menerima pesan: 0526 2021234." in page
    assert "Terapkan 1 baris, lewati 1 yang bermasalah" in page
    assert rosters.roster() == []
    made.refresh_from_db()
    client.post(url("import_apply", made), {"pratinjau": made.fingerprint})
    assert "sedang diterapkan" in text_of(client.get(response.url))
    process_roster_imports(now=factories.NOW)
    page = text_of(client.get(response.url))
    assert "Daftar sudah diterapkan" in page
    assert "1 baris bermasalah dilewati" in page
    assert rosters.current().name == "Ahmad Fauzi"


def test_a_waiting_page_fetches_only_its_body_and_says_when_it_looked(client, official):
    made = rosters.uploaded(rosters.csv([rosters.row()]), by=official)
    RosterImport.objects.update(rows_total=20_000, rows_done=12_000)
    response = client.get(url("import_detail", made), headers={"HX-Request": "true"})
    page = text_of(response)
    assert page.startswith('<div id="import-body"')
    assert "12.000 dari 20.000 baris diperiksa" in page
    assert "Terakhir dilihat pukul" in page
    assert "WITA" in page


def test_a_refused_file_says_why_and_that_nothing_changed(client, official):
    made = rosters.previewed(b"%PDF-1.7", by=official)
    page = text_of(client.get(url("import_detail", made)))
    assert "bukan lembar kerja" in page
    assert "Tidak ada data yang berubah." in page


def test_the_same_file_again_has_nothing_to_apply(client, official):
    data = rosters.csv([rosters.row()])
    rosters.applied(data, by=official)
    page = text_of(client.get(url("import_detail", rosters.previewed(data, by=official))))
    assert "Isi berkas ini sama dengan data yang sudah tercatat." in page
    assert "Terapkan" not in page


def test_a_cancelled_import_changes_nothing(client, official):
    made = rosters.previewed(rosters.csv([rosters.row()]), by=official)
    response = client.post(url("import_cancel", made), follow=True)
    assert "dibatalkan; daftar ketua RT tidak berubah" in text_of(response)
    assert rosters.roster() == []
    response = client.post(url("import_apply", made), {"pratinjau": made.fingerprint}, follow=True)
    assert "Impor ini dibatalkan, jadi tidak dapat diterapkan." in text_of(response)


def test_a_preview_that_was_renewed_is_not_applied_unseen(client, official):
    made = rosters.previewed(rosters.csv([rosters.row()]), by=official)
    for seen in ("", "lama", "\x00" * 70):
        response = client.post(url("import_apply", made), {"pratinjau": seen}, follow=True)
        assert "Pratinjau ini sudah diperbarui. Periksa isinya sekali lagi" in text_of(response)
    made.refresh_from_db()
    assert made.state == State.PREVIEWED


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"upload": ""}, "Pilih berkasnya dahulu."),
        ({"upload": SimpleUploadedFile("a.xlsx", b"")}, "Berkas ini kosong."),
        ({"upload": SimpleUploadedFile("a.xlsx", bytes(MAX_BYTES + 1))}, "Berkas ini lebih besar dari 10 MB."),
        # Too large for the portal altogether: it never reaches the form.
        ({"upload": SimpleUploadedFile("a.xlsx", bytes(26 * 1024**2))}, "Berkas ini lebih besar dari 10 MB."),
        ({"region": "15.71"}, "Pilih wilayah dari daftar."),
        ({"region": "63.09\x00"}, "Karakter null tidak"),
        ({"region": ""}, "Pilih wilayahnya."),
    ],
)
def test_an_upload_that_cannot_be_taken_is_refused_in_a_sentence(client, official, fields, sentence):
    response = upload(client, b"isi", **fields)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not RosterImport.objects.exists()


def test_a_file_name_is_shown_as_text(client, official):
    made = rosters.previewed(rosters.csv([rosters.row(name="<b>Ahmad")]), by=official, filename="<script>.csv")
    page = text_of(client.get(url("import_detail", made)))
    assert "&lt;script&gt;.csv" in page
    assert "<b>Ahmad" not in page


def test_faulty_rows_can_be_downloaded(client, official):
    made = rosters.previewed(rosters.csv([rosters.row(number="?")]), by=official)
    response = client.get(url("import_faults", made))
    table = read_table(response.content, "a.xlsx", max_rows=9)
    assert table.rows[0].cells[0] == "2"
    assert "Nomor RT tidak terbaca" in table.rows[0].cells[2]


def test_the_template_can_be_downloaded(client, official):
    response = client.get(reverse("participants:import_template"))
    assert response["Content-Disposition"] == 'attachment; filename="contoh-daftar-ketua-rt.xlsx"'
    assert "Nomor HP" in read_table(response.content, "a.xlsx", max_rows=9).header


def test_the_page_lists_earlier_imports_of_the_own_regions(client, official):
    rosters.uploaded(b"x", by=official, filename="punya-kita.xlsx")
    rosters.uploaded(b"x", region=factories.JAMBI, filename="punya-jambi.xlsx")
    page = text_of(client.get(CREATE))
    assert "punya-kita.xlsx" in page
    assert "punya-jambi.xlsx" not in page


DOORS = [
    ("get", "import_detail"),
    ("get", "import_faults"),
    ("post", "import_apply"),
    ("post", "import_cancel"),
]


@pytest.mark.parametrize(("method", "name"), DOORS)
@pytest.mark.parametrize(
    ("role", "region", "status"),
    [
        ("viewer", factories.TABALONG, 403),
        ("village_operator", factories.TABALONG, 403),
        ("official", factories.JAMBI, 404),
        ("district_operator", factories.JARO, 404),
        ("official", None, 404),
    ],
)
def test_strangers_find_nothing_and_others_may_not(client, official, method, name, role, region, status):
    made = rosters.previewed(rosters.csv([rosters.row()]), by=official)
    client.force_login(factories.user(role=role, region=region))
    assert getattr(client, method)(url(name, made), {"pratinjau": made.fingerprint}).status_code == status
    made.refresh_from_db()
    assert made.state == State.PREVIEWED


@pytest.mark.parametrize("role", ["viewer", "village_operator", "district_operator"])
def test_whoever_may_not_import_is_refused_the_upload_and_the_template(client, official, role):
    client.force_login(factories.user(role=role))
    assert client.get(CREATE).status_code == 403
    assert upload(client, b"x").status_code == 403
    assert client.get(reverse("participants:import_template")).status_code == 403


def test_who_is_responsible_for_several_kabupaten_chooses_one(client):
    factories.regions()
    who = factories.user()
    who.assignments.create(role="official", region_id=factories.JAMBI)
    client.force_login(who)
    page = text_of(client.get(CREATE))
    assert "Kabupaten Tabalong</option>" in page
    assert "Kota Jambi</option>" in page


def test_faults_of_rows_outside_the_kabupaten_are_never_applied_there(client, official):
    village = factories.villages_of("15.71.01")[0]
    made = rosters.previewed(rosters.csv([rosters.row(code=village.code)]), by=official)
    assert (made.new_count, made.fault_count) == (0, 1)


def test_ten_imports_in_the_history_cost_as_many_queries_as_one(client, official, django_assert_num_queries):
    rosters.uploaded(b"x", by=official)
    client.get(CREATE)
    with django_assert_num_queries(HISTORY_QUERIES):
        client.get(CREATE)
    for _ in range(9):
        rosters.uploaded(b"x", by=official)
    with django_assert_num_queries(HISTORY_QUERIES):
        client.get(CREATE)
