"""The list of officials and what admins do with accounts and roles."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rtportal.accounts.models import Assignment, User
from rtportal.trust.views.officials import listed_places
from tests import factories
from tests.rtportal.trust.cast import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def names(response) -> list[str]:
    return [str(official) for official in response.context["page"]]


def test_everybody_sees_who_is_responsible_in_their_regions(people):
    inside = ["Budi", "Ibu Admin", "Pak Jaro", "Pak Rekan", "Siti Rahmah"]
    for reader in (people.admin, people.official):
        assert names(as_user(reader).get("/petugas/")) == inside
    assert names(as_user(people.operator).get("/petugas/")) == ["Budi", "Pak Jaro"]
    assert names(as_user(people.elsewhere).get("/petugas/")) == ["Pak Jambi"]


def test_only_roles_inside_the_readers_regions_are_told(people):
    Assignment.objects.create(user=people.official, role="viewer", region_id=factories.JAMBI)
    page = as_user(people.admin).get("/petugas/").text
    assert "Kota Jambi" not in page


def test_the_filter_by_role_knows_only_those_roles_too(people):
    Assignment.objects.create(user=people.official, role="viewer", region_id=factories.JAMBI)
    assert "Siti Rahmah" not in names(as_user(people.admin).get("/petugas/?peran=viewer"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cari=siti", ["Siti Rahmah"]),
        ("cari=budi@", ["Budi"]),
        ("peran=admin", ["Ibu Admin", "Pak Jaro", "Pak Rekan"]),
        (f"wilayah={factories.JARO}", ["Budi", "Pak Jaro"]),
        (f"peran=admin&wilayah={factories.JARO}", ["Pak Jaro"]),
        ("keadaan=nonaktif", []),
        ("peran=raja&wilayah=99&keadaan=x", ["Budi", "Ibu Admin", "Pak Jaro", "Pak Rekan", "Siti Rahmah"]),
    ],
)
def test_the_list_is_searched_and_filtered(people, query, found):
    assert names(as_user(people.admin).get(f"/petugas/?{query}")) == found


def test_the_list_takes_as_many_queries_for_many_as_for_few(people, django_assert_num_queries):
    client = as_user(people.admin)
    client.get("/petugas/")
    with CaptureQueriesContext(connection) as few:
        client.get("/petugas/")
    for number in range(40):
        made = factories.user(email=f"orang{number}@tabalong.test")
        Assignment.objects.create(user=made, role="viewer", region_id=factories.JARO)
    with django_assert_num_queries(len(few)):
        client.get("/petugas/")


def test_somebody_elsewhere_does_not_exist_for_an_admin(people):
    client = as_user(people.elsewhere)
    official, role = people.official, people.official.assignments.get()
    for path in (
        f"/petugas/{official.pk}/",
        f"/petugas/{official.pk}/peran/tambah/",
        f"/petugas/peran/{role.pk}/ubah/",
    ):
        assert client.get(path).status_code == 404
    for path in (
        f"/petugas/{official.pk}/nonaktifkan/",
        f"/petugas/{official.pk}/aktifkan/",
        f"/petugas/{official.pk}/pengaman/hapus/",
        f"/petugas/peran/{role.pk}/akhiri/",
        f"/petugas/{official.pk}/peran/tambah/",
    ):
        assert client.post(path, {"role": "viewer", "region": factories.JAMBI}).status_code == 404
    assert User.objects.get(pk=official.pk).is_active
    assert official.assignments.count() == 1


def test_an_admin_of_a_part_sees_who_is_above_only_where_they_meet_and_cannot_touch_them(people):
    Assignment.objects.create(user=people.admin, role="viewer", region_id=factories.JARO)
    client = as_user(people.below)
    page = client.get(f"/petugas/{people.admin.pk}/").text
    assert "jadi akunnya diatur admin di sana" in page
    assert "Kabupaten Tabalong</td>" not in page
    told = client.post(f"/petugas/{people.admin.pk}/nonaktifkan/", follow=True).text
    assert "Hanya admin di sana yang dapat mengubah akunnya" in told
    assert User.objects.get(pk=people.admin.pk).is_active


def test_an_account_is_closed_and_opened_again(people):
    client = as_user(people.admin)
    page = f"/petugas/{people.official.pk}/"
    assert "dinonaktifkan dan keluar" in client.post(f"{page}nonaktifkan/", follow=True).text
    assert not User.objects.get(pk=people.official.pk).is_active
    assert names(client.get("/petugas/?keadaan=nonaktif")) == ["Siti Rahmah"]
    assert "aktif kembali" in client.post(f"{page}aktifkan/", follow=True).text
    assert "Tidak ada yang perlu diubah" in client.post(f"{page}aktifkan/", follow=True).text


@pytest.mark.parametrize("typed", ["63.09.11", "63.09.11 Kecamatan Jaro", "kecamatan jaro", "Kecamatan Jaro"])
def test_a_role_is_given_in_a_region_by_code_or_name(people, typed):
    client = as_user(people.admin)
    sent = {"role": "viewer", "region": typed}
    response = client.post(f"/petugas/{people.official.pk}/peran/tambah/", sent)
    assert response.status_code == 302
    assert people.official.assignments.filter(role="viewer", region_id=factories.JARO).exists()


@pytest.mark.parametrize(
    ("role", "region", "sentence"),
    [
        ("viewer", "15.71", "di luar wilayah Anda"),
        ("viewer", "Atlantis", "tidak dikenal"),
        ("viewer", "\0'; --", "Karakter null"),
        ("viewer", "Jaro", "Ada beberapa wilayah"),
        ("raja", "63.09", "bukan"),
        ("", "63.09", "tidak boleh kosong"),
    ],
)
def test_what_cannot_be_given_is_refused_with_a_sentence(people, role, region, sentence):
    client = as_user(people.admin)
    response = client.post(f"/petugas/{people.official.pk}/peran/tambah/", {"role": role, "region": region})
    assert response.status_code == 422
    assert sentence in response.text
    assert people.official.assignments.count() == 1


def test_a_role_is_changed_and_ended_on_the_pages(people):
    client, role = as_user(people.admin), people.official.assignments.get()
    assert 'value="63.09 Kabupaten Tabalong"' in client.get(f"/petugas/peran/{role.pk}/ubah/").text
    sent = {"role": "district_operator", "region": "63.09.11"}
    assert client.post(f"/petugas/peran/{role.pk}/ubah/", sent).status_code == 302
    role.refresh_from_db()
    assert (role.role, role.region_id) == ("district_operator", factories.JARO)
    assert "diakhiri" in client.post(f"/petugas/peran/{role.pk}/akhiri/", follow=True).text
    assert not people.official.assignments.exists()


def test_the_form_suggests_the_actors_regions_the_large_ones_first(people):
    places = listed_places(people.admin)
    assert places[0] == "63.09 Kabupaten Tabalong"
    assert "63.09.11 Kecamatan Jaro" in places
    assert not [place for place in places if place.startswith("15.71")]


def test_the_settings_lead_there(people):
    assert 'href="/petugas/"' in as_user(people.official).get("/pengaturan/").text
