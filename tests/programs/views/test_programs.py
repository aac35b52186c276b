import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import Program
from rtportal.regions.models import Region
from tests import factories
from tests.factories import JARO, MUARA_UYA

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(client):
    factories.regions(factories.TABALONG, factories.JAMBI)
    who = factories.user()
    client.force_login(who)
    return who


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


TYPED = {
    "name": "Bimtek Ketua RT 2026",
    "kind": "bimtek",
    "companions": "none",
    "substitutes": "allowed",
    "substitute_limit": "0",
    "answer_days_before": "2",
    "minutes_per_jp": "45",
    "letter_number": "",
    "bring": "",
    "aim": "",
}


def test_without_an_office_the_form_says_so_and_leads_to_it_and_back(client, official):
    text = text_of(client.get(reverse("programs:program_create")))
    assert "Kantor penyelenggara belum ada" in text
    url = f"{reverse('programs:office_create')}?kembali={reverse('programs:program_create')}"
    assert url in text
    office = {"name": "DPMD Kabupaten Tabalong", "contact_name": "Ibu Nor", "contact_phone": "0812-3456-7890"}
    response = client.post(url, office | {"greeting": "Assalamualaikum"})
    assert response.headers["Location"] == reverse("programs:program_create")
    assert "DPMD Kabupaten Tabalong" in text_of(client.get(reverse("programs:program_create")))


def test_a_programme_is_created_for_the_only_office_whatever_the_browser_sends(client, official):
    mine = factories.office()
    strange = factories.office(region=factories.JAMBI, name="Bagian Pemerintahan")
    client.post(reverse("programs:program_create"), TYPED | {"office": strange.pk})
    assert Program.objects.get().office == mine


def test_where_there_are_several_offices_one_is_chosen(client, official):
    factories.office()
    second = factories.office(name="Bagian Pemerintahan")
    client.post(reverse("programs:program_create"), TYPED | {"office": second.pk})
    assert Program.objects.get().office == second


def test_an_office_of_another_region_cannot_be_chosen(client, official):
    factories.office()
    factories.office(name="Bagian Pemerintahan")
    strange = factories.office(region=factories.JAMBI, name="Kantor Jambi")
    text = text_of(client.post(reverse("programs:program_create"), TYPED | {"office": strange.pk}))
    assert "Masukkan pilihan yang valid." in text
    assert not Program.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Nama program: Bidang ini tidak boleh kosong."),
        ({"name": "x" * 201}, "paling banyak 200 karakter"),
        ({"answer_days_before": "61"}, "lebih kecil dari atau sama dengan 60"),
        ({"substitute_limit": "-1"}, "lebih besar dari atau sama dengan 0"),
        ({"substitute_limit": "10000"}, "lebih kecil dari atau sama dengan 9999"),
        ({"substitutes": "boleh"}, "bukan salah satu"),
        ({"minutes_per_jp": "14"}, "lebih besar dari atau sama dengan 15"),
        ({"minutes_per_jp": "121"}, "lebih kecil dari atau sama dengan 120"),
        ({"answer_days_before": "-1"}, "lebih besar dari atau sama dengan 0"),
        ({"kind": "pesta"}, "pesta"),
        ({"name": "a\0b"}, "Karakter null tidak diizinkan."),
    ],
)
def test_what_cannot_be_is_refused_in_words(client, official, changes, sentence):
    factories.office()
    text = text_of(client.post(reverse("programs:program_create"), TYPED | changes))
    assert sentence in text
    assert not Program.objects.exists()


def test_the_name_of_another_programme_is_refused_in_words(client, official):
    factories.program(office=factories.office(), name=TYPED["name"])
    text = text_of(client.post(reverse("programs:program_create"), TYPED))
    assert "Sudah ada program dengan nama ini di wilayah Anda." in text
    assert Program.objects.count() == 1


def test_the_second_official_is_told_and_keeps_what_she_typed(client, official):
    program = factories.program(office=factories.office(), name="Bimtek Ketua RT")
    url = reverse("programs:program_update", args=[program.pk])
    assert 'name="version" value="1"' in text_of(client.get(url))
    assert client.post(url, TYPED | {"version": "1"}).status_code == 302
    text = text_of(client.post(url, TYPED | {"version": "1", "name": "Nama saya", "aim": "Tujuan saya"}))
    assert "<strong>Nama program</strong>: Bimtek Ketua RT → Bimtek Ketua RT 2026" in text
    assert f"oleh {official.name}" in text
    assert "Tujuan saya" in text
    assert Program.objects.get().name == "Bimtek Ketua RT 2026"
    client.post(url, TYPED | {"version": "2", "name": "Nama saya"})
    assert Program.objects.get().name == "Nama saya"


def test_the_page_of_a_programme_shows_its_waves_in_words(client, official):
    program = factories.program()
    factories.heads(5, district=JARO)
    factories.wave(program=program, areas=(JARO,), venue=factories.venue(name="Aula Kecil", capacity=4))
    text = text_of(client.get(reverse("programs:program_detail", args=[program.pk])))
    assert "Rabu, 8 April 2026, 08.00–15.00 WITA" in text
    assert "Aula Kecil" in text
    assert "5 / 4" in text
    assert "kurang 1" in text
    assert "H-7 pukul 08.00 waktu setempat, kepada yang belum menjawab" in text


def test_an_empty_list_says_what_to_do_next(client, official):
    assert "Belum ada program" in text_of(client.get(reverse("programs:program_list")))


def test_the_list_takes_as_many_queries_for_many_programmes_as_for_one(client, official, django_assert_num_queries):
    url = reverse("programs:program_list")
    factories.wave(program=factories.program())
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    office = factories.office()
    Program.objects.bulk_create(
        Program(office=office, region_id=factories.TABALONG, name=f"Program {index}") for index in range(70)
    )
    with django_assert_num_queries(len(one)):
        text = text_of(client.get(url))
    assert "1–50 dari 71" in text


def test_the_page_of_a_programme_takes_as_many_queries_for_many_waves_as_for_one(
    client, official, django_assert_num_queries
):
    program = factories.program()
    url = reverse("programs:program_detail", args=[program.pk])
    factories.wave(program=program, areas=(JARO,))
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for number, village in enumerate(Region.objects.villages().within([MUARA_UYA])[:8], start=2):
        factories.wave(program=program, number=number, areas=(village.code,))
    with django_assert_num_queries(len(one)):
        client.get(url)


def test_the_chain_is_chosen_link_by_link_and_only_of_channels_that_are_set_up(client, official):
    program = factories.program()
    url = reverse("programs:program_update", args=[program.pk])
    text = text_of(client.get(url))
    assert "Rantai biasa (Kotak masuk percobaan, lalu WhatsApp petugas, lalu Surat)" in text
    assert 'value="whatsapp"' not in text
    typed = TYPED | {"office": program.office_id, "version": "1", "link_1": "manual", "link_2": "", "link_3": "letter"}
    client.post(url, typed)
    program.refresh_from_db()
    assert program.reach_chain == ["manual", "letter"]
    assert "WhatsApp petugas, lalu Surat" in text_of(client.get(reverse("programs:program_detail", args=[program.pk])))


@pytest.mark.parametrize(
    ("links", "sentence"),
    [
        ({"link_1": "letter", "link_2": "letter"}, "Setiap saluran hanya dipakai satu kali."),
        ({"link_1": "", "link_2": "letter"}, "Pilih saluran pertama"),
        ({"link_1": "merpati"}, "Masukkan pilihan yang valid."),
    ],
)
def test_an_odd_chain_is_refused_with_a_sentence(client, official, links, sentence):
    program = factories.program()
    url = reverse("programs:program_update", args=[program.pk])
    text = text_of(client.post(url, TYPED | {"office": program.office_id, "version": "1"} | links))
    assert sentence in text
    program.refresh_from_db()
    assert program.reach_chain == []


def test_a_chosen_channel_that_is_not_set_up_any_more_stays_visible(client, official):
    program = factories.program(reach_chain=["whatsapp", "letter"])
    text = text_of(client.get(reverse("programs:program_update", args=[program.pk])))
    assert "WhatsApp (belum diatur di portal ini)" in text
