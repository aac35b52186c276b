"""The page on which an official says which column is which."""

import pytest
from django.urls import reverse

from participants.models import ColumnMapping, RosterImport
from participants.use_cases.process_roster_imports import process_roster_imports
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db
State = RosterImport.State
HEADER = ("Pejabat", "RT", "Kelurahan", "Kecamatan", "Nomor")
ROWS = [[name, n, "Belimbing Raya", "Murung Pudak", f"0812345678{n:02d}"]
        for n, name in enumerate(["Ahmad Fauzi", "Nor Hayati", "Rusdi"], start=5)]  # fmt: skip


@pytest.fixture
def official(client):
    factories.regions()
    who = factories.user()
    client.force_login(who)
    return who


def asked(official) -> RosterImport:
    return rosters.previewed(rosters.csv(ROWS, HEADER), by=official)


def url(made: RosterImport, name: str = "import_columns") -> str:
    return reverse(f"participants:{name}", args=[made.pk])


def page(response) -> str:
    return " ".join(response.content.decode().split())


def filled(client, made: RosterImport, **instead) -> dict:
    """What the form holds as it comes, or, by letter of the column, something else."""
    form = (client.get(url(made))).context["form"]
    values = {field.html_name: field.initial or "" for field in form}
    for column, field in form.sections()[0].columns:
        values[field.html_name] = instead.get(column["letter"], values[field.html_name])
    return values


def test_doubtful_columns_are_asked_with_examples_and_a_guess(client, official):
    made = asked(official)
    assert made.state == State.ASKED
    shown = page(client.get(url(made, "import_detail")))
    assert "menunggu jawaban Anda" in shown
    assert "Judul “Pejabat” tidak dikenal; isinya seperti Nama." in shown
    assert "Ahmad Fauzi<br>Nor Hayati<br>Rusdi" in shown
    assert '<option value="name" selected>Nama</option>' in shown
    assert '<option value="phone" selected>Nomor HP</option>' in shown


def test_the_answer_is_used_and_remembered_for_the_next_file(client, official):
    made = asked(official)
    response = client.post(url(made), filled(client, made, E=""))
    assert response.url == url(made, "import_detail")
    process_roster_imports(now=factories.NOW)
    made.refresh_from_db()
    assert (made.state, made.new_count, made.fault_count) == (State.PREVIEWED, 3, 0)
    assert ColumnMapping.objects.get().columns == {"name": 0, "number": 1, "village": 2, "district": 3}
    again = asked(official)
    assert (again.state, again.new_count) == (State.PREVIEWED, 3)
    assert again.preview["ignored_columns"] == ["Nomor"]


def test_columns_can_be_corrected_in_the_preview(client, official):
    made = rosters.previewed(rosters.csv([rosters.row(phone="0812-3456-7890")]), by=official)
    assert "Ubah kolom" in page(client.get(url(made, "import_detail")))
    client.post(url(made), filled(client, made, F=""))
    process_roster_imports(now=factories.NOW)
    made.refresh_from_db()
    assert made.state == State.PREVIEWED
    assert made.preview["new"][0]["phone"] == ""


def test_a_file_without_any_kecamatan_asks_for_one(client, official):
    rows = [["Ahmad Fauzi", 5, "Belimbing Raya"]]
    made = rosters.previewed(rosters.csv(rows, ("Nama", "RT", "Desa")), by=official)
    assert made.questions[0]["problems"] == ["Kolom Kecamatan belum diketahui."]
    values = filled(client, made)
    response = client.post(url(made), values)
    assert response.status_code == 422
    assert "Kolom Kecamatan belum dipilih." in page(response)
    name = next(name for name in values if name.startswith("kecamatan"))
    client.post(url(made), values | {name: factories.MURUNG_PUDAK})
    process_roster_imports(now=factories.NOW)
    made.refresh_from_db()
    assert made.preview["new"][0]["place"] == "Kelurahan Belimbing Raya, Kec. Murung Pudak"


def test_what_cannot_be_is_refused_beside_its_field_and_nothing_typed_is_lost(client, official):
    made = asked(official)
    response = client.post(url(made), filled(client, made, E="name"))
    assert response.status_code == 422
    assert "Nama sudah dipilih untuk kolom A." in page(response)
    assert page(response).count('<option value="name" selected>Nama</option>') == 2
    assert client.post(url(made), filled(client, made, E="agama")).status_code == 422
    assert client.post(url(made), {}).status_code == 422
    made.refresh_from_db()
    assert made.state == State.ASKED
    assert not ColumnMapping.objects.exists()


def test_an_import_that_moved_on_says_so(client, official):
    made = rosters.uploaded(b"x", by=official)
    for response in (client.get(url(made), follow=True), client.post(url(made), follow=True)):
        assert "kolomnya tidak dapat diubah" in page(response)


def test_an_asked_import_can_be_cancelled(client, official):
    made = asked(official)
    client.post(url(made, "import_cancel"))
    made.refresh_from_db()
    assert made.state == State.CANCELLED


def test_examples_never_show_a_whole_nik(client, official):
    rows = [[*row[:4], rosters.NIK] for row in ROWS]
    made = rosters.previewed(rosters.csv(rows, HEADER), by=official)
    shown = page(client.get(url(made, "import_detail")))
    assert rosters.NIK not in shown
    assert "6309••••••••0001" in shown


@pytest.mark.parametrize(
    ("role", "region", "status"), [("viewer", factories.TABALONG, 403), ("official", factories.JAMBI, 404)]
)
def test_strangers_find_nothing_and_others_may_not(client, official, role, region, status):
    made = asked(official)
    client.force_login(factories.user(role=role, region=region))
    assert client.get(url(made)).status_code == status
    assert client.post(url(made)).status_code == status
