import pytest

from participants.roster_file.places import ASKED, Place, Places
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
    found = places.find("", typed, district)
    assert (found.code, found.reasons) == (village("Belimbing Raya", "Murung Pudak"), ())


def test_accents_apostrophes_and_a_wrong_kind_do_not_matter(places):
    assert places.find("", "Desa Mabuun", "Murung Pudak")[0] == village("Mabu'un", "Murung Pudak")


def test_a_wrong_kind_is_asked_about_where_a_longer_name_is_of_that_kind(places):
    jaro = Region.objects.get(pk=factories.JARO)
    Region.objects.create(code="63.09.11.1099", name="Teratau Hulu", kind="kelurahan", level=4, parent=jaro)
    places = Places(places.region)
    found = places.find("", "Kelurahan Teratau", "Jaro")
    assert (found.code, found.reasons) == ("", (ASKED,))
    names = [candidate["name"] for candidate in places.questions[found.question]["candidates"]]
    assert names == ["Desa Teratau", "Kelurahan Teratau Hulu"]
    assert places.find("", "Desa Teratau", "Jaro").code == village("Teratau", "Jaro")


def test_a_name_that_stands_twice_in_the_kabupaten_is_only_found_in_its_kecamatan(places):
    found = {places.find("", "Padangin", district)[0] for district in ("Muara Harus", "Tanta", "Jaro")}
    assert "" in found
    assert len(found - {""}) >= 1
    assert all(Region.objects.get(pk=code).name == "Padangin" for code in found - {""})


def test_the_official_code_wins_over_the_names(places):
    code = village("Belimbing Raya", "Murung Pudak")
    assert places.find(code, "Padangin", "Tidak Ada") == Place(code)
    assert places.find(code.replace(".", ""), "", "") == Place(code)


@pytest.mark.parametrize(
    ("code", "name", "district", "reason"),
    [
        ("", "Pasar", "Kota Baru", "Kecamatan “Kota Baru” tidak ada di Kabupaten Tabalong."),
        ("", "Atlantis", "Jaro", "Kelurahan/desa “Atlantis” tidak ada di Kecamatan Jaro."),
        ("", "Desa Belimbing Raya", "Jaro", "Yang bernama itu ada di Kecamatan Murung Pudak."),
        ("", "", "Jaro", "Kelurahan/Desa belum diisi."),
        ("", "Belimbing Raya", "", "Kecamatan belum diisi."),
        ("63.09.06.9999", "", "", "Kode wilayah 63.09.06.9999 tidak ada di Kabupaten Tabalong."),
        ("15.71.01.1001", "", "", "Kode wilayah 15.71.01.1001 tidak ada di Kabupaten Tabalong."),
        ("63.09.06", "", "", "Kode wilayah “63.09.06” bukan kode kelurahan/desa."),
        ("", "???", "Jaro", "Kelurahan/desa “???” tidak ada di Kecamatan Jaro."),
    ],
)
def test_a_place_that_is_not_certain_is_a_reason(places, code, name, district, reason):
    found = places.find(code, name, district)
    assert (found.code, found.question, places.questions) == ("", "", {})
    assert reason in " ".join(found.reasons)


def test_both_missing_names_are_told_at_once(places):
    assert places.find("", "", "").reasons == ("Kelurahan/Desa belum diisi.", "Kecamatan belum diisi.")


def test_a_misspelled_place_is_read_inside_its_parent_and_told():
    factories.regions()
    places = Places(Region.objects.get(pk=factories.TABALONG))
    found = places.find("", "Kel. Blimbing Raya", "Murung Pudakk")
    assert found.code == village("Belimbing Raya", "Murung Pudak")
    assert found.repairs == (
        ("district", "Murung Pudakk", "Kecamatan Murung Pudak (63.09.06)"),
        ("village", "Kel. Blimbing Raya", f"Kelurahan Belimbing Raya ({found.code})"),
    )
    assert places.questions == {}


def test_an_abbreviated_kind_is_told_and_capitals_are_not(places):
    assert [column for column, _, _ in places.find("", "Kel. Belimbing Raya", "Kec. Murung Pudak").repairs] == [
        "district",
        "village",
    ]
    assert places.find("", "KELURAHAN BELIMBING RAYA", "murung pudak").repairs == ()


def test_a_name_near_to_two_is_asked_and_the_answer_is_taken():
    factories.regions()
    region = Region.objects.get(pk=factories.TABALONG)
    places = Places(region)
    found = places.find("", "Belimbing R.", "Murung Pudak")
    assert (found.code, found.reasons) == ("", (ASKED,))
    question = places.questions[found.question]
    assert (question["kind"], question["typed"], question["district"]) == ("place", "Belimbing R.", "Murung Pudak")
    assert [one["name"] for one in question["candidates"]] == ["Kelurahan Belimbing", "Kelurahan Belimbing Raya"]
    code = question["candidates"][1]["code"]
    found = Places(region, {found.question: code}).find("", "Belimbing R.", "Murung Pudak")
    assert (found.code, found.repairs) == (code, (("village", "Belimbing R.", f"Kelurahan Belimbing Raya ({code})"),))


def test_none_of_those_offered_is_a_reason_and_a_forged_answer_chooses_nothing():
    factories.regions()
    region = Region.objects.get(pk=factories.TABALONG)
    asked = Places(region).find("", "Belimbing R.", "Murung Pudak").question
    for forged in ("", village("Padangin", "Muara Harus"), "15.71.01.1001", "\x00"):
        found = Places(region, {asked: forged}).find("", "Belimbing R.", "Murung Pudak")
        assert found.code == ""
        assert "tidak ada di Kecamatan Murung Pudak" in found.reasons[0]


def test_a_slip_is_read_though_a_shorter_name_begins_alike(places):
    assert places.find("", "Belimbing Raja", "Murung Pudak").code == village("Belimbing Raya", "Murung Pudak")


def test_a_village_is_never_looked_for_in_another_kecamatan(places):
    found = places.find("", "Belimbing Raja", "Jaro")
    assert found.code == ""
    assert found.question == ""


def test_a_misspelling_that_is_a_name_of_another_kecamatan_is_asked():
    factories.regions()
    region = Region.objects.get(pk=factories.TABALONG)
    Region.objects.filter(name="Pembataan").update(name="Padangim")
    places = Places(region)
    found = places.find("", "Padangin", "Murung Pudak")
    assert found.question
    assert [one["name"] for one in places.questions[found.question]["candidates"]] == ["Kelurahan Padangim"]


def test_a_kelurahan_and_a_desa_of_one_name_are_asked_unless_the_row_says_which():
    factories.regions("15.06")
    places = Places(Region.objects.get(pk="15.06"))
    found = places.find("", "Merlung", "Merlung")
    assert found.code == ""
    assert [(one["code"], one["name"]) for one in places.questions[found.question]["candidates"]] == [
        ("15.06.05.1007", "Kelurahan Merlung"),
        ("15.06.05.2020", "Desa Merlung"),
    ]
    assert places.find("", "Desa Merlung", "Merlung").code == "15.06.05.2020"
    assert places.find("", "Kel. Merlung", "Merlung").code == "15.06.05.1007"


def test_two_desa_of_one_name_are_asked():
    factories.regions("71.02")
    places = Places(Region.objects.get(pk="71.02"))
    district = Region.objects.get(pk="71.02.11").name
    found = places.find("", "Desa Tounelet Satu", district)
    assert len(places.questions[found.question]["candidates"]) == 2
    assert places.find("71.02.11.2018", "", "").code == "71.02.11.2018"


def test_a_file_full_of_unknown_places_is_not_compared_letter_by_letter_for_ever(places):
    for number in range(2000):
        places.find("", f"Belimbing Rajaa {number:04d}", "Murung Pudak")
    assert len(places.questions) <= 500


def test_a_region_below_the_kabupaten_knows_its_own_kecamatan_only():
    factories.regions()
    places = Places(Region.objects.get(pk=factories.JARO))
    some = factories.villages_of(factories.JARO)[0]
    assert places.find("", some.name, "Jaro").code == some.code
    assert places.find("", "Belimbing Raya", "Murung Pudak").code == ""


def test_looking_up_costs_no_query(places, django_assert_num_queries):
    with django_assert_num_queries(0):
        for number in range(50):
            places.find("", f"Belimbing {number}", "Murung Pudak")
