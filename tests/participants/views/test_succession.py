from datetime import timedelta

import pytest
from django.urls import reverse

from participants.models import Enrolment, RTHead
from participants.use_cases.answer_invitation import answer_invitation
from participants.use_cases.replace_head import replace_head
from rtportal.lib import clock
from tests import factories
from tests.factories import MURUNG_PUDAK
from tests.participants import rosters
from tests.participants.two_waves import coming_waves, enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def waves():
    return coming_waves()


@pytest.fixture
def official(waves, client):
    user = factories.user()
    client.force_login(user)
    return user


def form(head: RTHead) -> str:
    return reverse("participants:head_replace", args=[head.pk])


def typed(**changes) -> dict:
    today = clock.local_date(clock.now(), "WITA").isoformat()
    usual = {"name": "Hj. Nor Hayati, S.Pd.", "phone": "0813-1111-2222", "email": "", "starts_on": today}
    return usual | {"ends_on": "", "status": "definitif"} | changes


def test_the_form_says_in_numbers_what_will_pass(official, waves, client):
    (place,) = enrol(waves[0], 1)
    answer_invitation(enrolment=Enrolment.objects.select_related("wave__program__region").get(), kind="confirmed",
                      now=clock.now())  # fmt: skip
    page = client.get(form(place.head)).content.decode()
    assert "<strong>1 undangan</strong>" in page
    assert "1 jawaban dimulai lagi dari awal" in page
    assert "Ganti ketua dan alihkan 1 undangan" in page


def test_a_replaced_head_is_gone_from_the_list_and_the_invitation_passes(official, waves, client):
    (place,) = enrol(waves[0], 1)
    answer = client.post(form(place.head), typed(), follow=True)
    page = answer.content.decode()
    assert "1 undangan beralih" in page
    assert "Hj. Nor Hayati, S.Pd." in page
    assert Enrolment.objects.get().head.name == "Nor Hayati"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Isi nama ketua RT yang baru."),
        ({"name": "Warga 001"}, "sama dengan ketua yang sekarang"),
        ({"name": "Nor\0Hayati"}, "name"),
        ({"phone": "12"}, "phone"),
        ({"starts_on": "31-02-2026"}, "Isi tanggal lengkap"),
        ({"starts_on": "2999-01-01"}, "belum tiba"),
        ({"status": "raja"}, "Pilih Definitif"),
    ],
)
def test_what_cannot_be_comes_back_with_a_sentence(official, waves, client, changes, words):
    (place,) = enrol(waves[0], 1)
    answer = client.post(form(place.head), typed(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Enrolment.objects.get().head == place.head


def test_the_page_of_a_participant_shows_who_had_the_invitation_and_whose_answer_it_was(official, waves, client):
    (place,) = enrol(waves[0], 1)
    answer_invitation(enrolment=Enrolment.objects.select_related("wave__program__region").get(), kind="confirmed",
                      now=clock.now())  # fmt: skip
    client.post(form(place.head), typed())
    page = client.get(reverse("participants:enrolment_detail", args=[place.pk])).content.decode()
    assert "Warga 001 → Hj. Nor Hayati, S.Pd." in page
    assert "jawaban Warga 001, ketua sebelumnya" in page
    assert form(RTHead.objects.current().get()) in page


@pytest.mark.parametrize("page", ["enrolment_detail", "answer_desk"])
def test_an_answer_for_the_predecessor_is_not_written_down_for_the_successor(official, waves, client, page):
    (place,) = enrol(waves[0], 1)
    former = place.head_id
    client.post(form(place.head), typed())
    said = {"answer": "confirmed", "kind": "confirmed", "channel": "phone", "ketua": former}
    if page == "enrolment_detail":
        answer = client.post(reverse("participants:answer_record", args=[place.pk]), said)
    else:
        url = reverse("participants:answer_desk")
        answer = client.post(url, said | {"peserta": place.pk, "wave": place.wave_id})
    assert answer.status_code == 422
    assert "Ketua RT-nya berganti: sekarang Hj. Nor Hayati, S.Pd." in answer.content.decode()
    assert Enrolment.objects.get().answer == ""


def test_a_place_of_a_wave_under_way_is_passed_with_the_button(official, client):
    now = clock.now()
    zone = "WITA"
    wave = factories.wave(on=clock.local_date(now, zone), invitations_opened_at=now, areas=(MURUNG_PUDAK,))
    wave.starts_at, wave.ends_at = now - timedelta(hours=1), now + timedelta(hours=1)
    wave.save()
    place = factories.enrolment(wave=wave)
    replace_head(head=place.head, name="Nor Hayati", starts_on=clock.local_date(now, zone), by=official, now=now)
    url = reverse("participants:enrolment_detail", args=[place.pk])
    assert "Alihkan kepada Nor Hayati" in client.get(url).content.decode()
    page = client.post(reverse("participants:invitation_pass", args=[place.pk]), follow=True).content.decode()
    assert "Belum ada pesan yang dikirim: beri tahu orangnya." in page
    assert Enrolment.objects.get(pk=place.pk).head.name == "Nor Hayati"


def test_who_may_not_manage_the_roster_sees_no_button(waves, client):
    (place,) = enrol(waves[0], 1)
    client.force_login(factories.user(role="district_operator", region=MURUNG_PUDAK))
    assert form(place.head) not in client.get(reverse("participants:head_list")).content.decode()
    page = client.get(reverse("participants:enrolment_detail", args=[place.pk])).content.decode()
    assert form(place.head) not in page
    assert client.post(form(place.head), typed()).status_code == 403


def test_a_head_of_another_kabupaten_does_not_exist(waves, client):
    (place,) = enrol(waves[0], 1)
    factories.regions(factories.JAMBI)
    client.force_login(factories.user(region=factories.JAMBI))
    assert client.get(form(place.head)).status_code == 404


def test_the_roster_preview_says_how_many_invitations_pass(official, waves, client):
    (place,) = enrol(waves[0], 1)
    row = rosters.row(name="Nor Hayati", number="001", code=place.village_id, village="", district="")
    made = rosters.previewed(rosters.xlsx([row]), by=official)
    page = client.get(reverse("participants:import_detail", args=[made.pk])).content.decode()
    assert '<strong data-count="passing">1 undangan</strong>' in page
