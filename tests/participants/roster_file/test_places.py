import pytest

from participants.roster_file.places import Places
from rtportal.regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    factories.regions()
    return Places(Region.objects.get(pk=factories.TABALONG))


def village(name, district):
    return Region.objects.villages().get(name=name, parent__name=district).code


@pytest.mark.parametrize(
    ("typed", "district"),
    [
        ("Belimbing Raya", "Murung Pudak"),
        ("BELIMBING RAYA", "Kec. Murung Pudak"),
        ("Kel. Belimbing Raya", "KECAMATAN MURUNG PUDAK"),
        ("Kelurahan Belimbingraya", "Kec.Murungpudak"),
        ("kel belimbing  raya", "murung pudak"),
    ],
)
def test_a_village_is_found_inside_its_kecamatan_however_it_is_written(places, typed, district):
    assert places.find("", typed, district) == (village("Belimbing Raya", "Murung Pudak"), ())


def test_accents_apostrophes_and_a_wrong_kind_do_not_matter(places):
    assert places.find("", "Desa Mabuun", "Murung Pudak")[0] == village("Mabu'un", "Murung Pudak")


def test_a_name_that_stands_twice_in_the_kabupaten_is_only_found_in_its_kecamatan(places):
    found = {places.find("", "Padangin", district)[0] for district in ("Muara Harus", "Tanta", "Jaro")}
    assert "" in found
    assert len(found - {""}) >= 1
    assert all(Region.objects.get(pk=code).name == "Padangin" for code in found - {""})


def test_the_official_code_wins_over_the_names(places):
    code = village("Belimbing Raya", "Murung Pudak")
    assert places.find(code, "Padangin", "Tidak Ada") == (code, ())
    assert places.find(code.replace(".", ""), "", "") == (code, ())


@pytest.mark.parametrize(
    ("code", "name", "district", "reason"),
    [
        ("", "Belimbing Raya", "Murung Pudakk", "Kecamatan “Murung Pudakk” tidak ada di Kabupaten Tabalong."),
        ("", "Belimbing Raya", "Murung Pudakk", "Mungkin maksudnya Murung Pudak."),
        ("", "Pasar", "Kota Baru", "Kecamatan “Kota Baru” tidak ada di Kabupaten Tabalong."),
        ("", "Atlantis", "Jaro", "Kelurahan/desa “Atlantis” tidak ada di Kecamatan Jaro."),
        ("", "Desa Belimbing Raya", "Jaro", "Yang bernama itu ada di Kecamatan Murung Pudak."),
        ("", "Belimbing Raja", "Murung Pudak", "Mungkin maksudnya Belimbing Raya"),
        ("", "", "Jaro", "Kelurahan/Desa belum diisi."),
        ("", "Belimbing Raya", "", "Kecamatan belum diisi."),
        ("63.09.06.9999", "", "", "Kode wilayah 63.09.06.9999 tidak ada di Kabupaten Tabalong."),
        ("15.71.01.1001", "", "", "Kode wilayah 15.71.01.1001 tidak ada di Kabupaten Tabalong."),
        ("63.09.06", "", "", "Kode wilayah “63.09.06” bukan kode kelurahan/desa."),
        ("", "???", "Jaro", "Kelurahan/desa “???” tidak ada di Kecamatan Jaro."),
    ],
)
def test_a_place_that_is_not_certain_is_a_reason(places, code, name, district, reason):
    found, why = places.find(code, name, district)
    assert found == ""
    assert reason in " ".join(why)


def test_both_missing_names_are_told_at_once(places):
    assert places.find("", "", "") == ("", ("Kelurahan/Desa belum diisi.", "Kecamatan belum diisi."))


def test_a_kelurahan_and_a_desa_of_one_name_must_be_told_apart():
    factories.regions("15.06")
    places = Places(Region.objects.get(pk="15.06"))
    found, (reason,) = places.find("", "Merlung", "Merlung")
    assert found == ""
    assert "Kelurahan Merlung (15.06.05.1007) dan Desa Merlung (15.06.05.2020)" in reason
    assert "Tulis kata Desa atau Kelurahan di depan namanya, atau isi Kode wilayah." in reason
    assert places.find("", "Desa Merlung", "Merlung") == ("15.06.05.2020", ())
    assert places.find("", "Kel. Merlung", "Merlung") == ("15.06.05.1007", ())


def test_two_desa_of_one_name_need_the_code():
    factories.regions("71.02")
    places = Places(Region.objects.get(pk="71.02"))
    district = Region.objects.get(pk="71.02.11").name
    assert places.find("", "Desa Tounelet Satu", district)[1][0].endswith("(71.02.11.2018). Isi Kode wilayah.")
    assert places.find("71.02.11.2018", "", "") == ("71.02.11.2018", ())


def test_a_region_below_the_kabupaten_knows_its_own_kecamatan_only():
    factories.regions()
    places = Places(Region.objects.get(pk=factories.JARO))
    some = factories.villages_of(factories.JARO)[0]
    assert places.find("", some.name, "Jaro") == (some.code, ())
    assert places.find("", "Belimbing Raya", "Murung Pudak")[0] == ""


def test_looking_up_costs_no_query(places, django_assert_num_queries):
    with django_assert_num_queries(0):
        for number in range(50):
            places.find("", f"Belimbing {number}", "Murung Pudak")
