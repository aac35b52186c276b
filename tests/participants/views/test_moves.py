import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.models import Enrolment, WaitingPlace
from rtportal.lib import clock
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK
from tests.participants.two_waves import coming_waves, confirm, decline, enrol, place, wave_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def waves(db):
    return coming_waves()


@pytest.fixture
def official(waves, client):
    user = factories.user()
    client.force_login(user)
    return user


def url(name: str, *args) -> str:
    return reverse(f"participants:{name}", args=args)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def post_move(client, wave, people, target, **changes):
    keys = ",".join(str(one.pk) for one in people)
    data = {"peserta": keys, "tujuan": target.pk, "tindakan": "pindahkan"} | changes
    return client.post(url("enrolments_move", wave.pk), data)


def test_the_list_offers_boxes_and_actions_only_to_those_who_schedule(waves, official, client):
    enrol(waves[0], 1)
    page = text(client.get(url("enrolment_list", waves[0].pk)))
    assert "Pindahkan ke gelombang…" in page
    assert 'name="peserta"' in page
    client.force_login(factories.user(role="district_operator", region=MURUNG_PUDAK))
    page = text(client.get(url("enrolment_list", waves[0].pk)))
    assert "Pindahkan ke gelombang…" not in page
    assert 'name="peserta"' not in page


def test_the_confirmation_says_in_numbers_what_will_happen(waves, official, client):
    first, _ = waves
    people = enrol(first, 3)
    confirm(people[0])
    for person, state in zip(people, ("accepted", "queued"), strict=False):
        Message.objects.create(
            dedupe_key=f"invitation:{person.pk}",
            kind="invitation",
            channel="inbox",
            address=person.head.email,
            recipient_name="Warga",
            region_code=person.village_id,
            group=first.group,
            about_id=person.pk,
            state=state,
            queued_at=clock.now(),
            due_at=clock.now(),
        )
    query = "&".join(f"peserta={one.pk}" for one in people)
    page = text(client.get(f"{url('enrolments_move', first.pk)}?{query}"))
    assert "3 peserta dipilih" in page
    assert "<strong>1</strong> orang sudah diberi tahu jadwal lama dan akan diberi tahu satu kali" in page
    assert "<strong>1</strong> undangan masih antre" in page
    assert "<strong>1</strong> orang belum diberi tahu" in page
    assert "<strong>1</strong> sudah menjawab Hadir atau Diwakili dan akan diminta menjawab lagi" in page
    assert "10 kursi kosong" in page


def test_the_people_named_are_moved_and_nobody_else(waves, official, client):
    first, second = waves
    people = enrol(first, 3)
    response = post_move(client, first, people[:2], second, alasan="Panen")
    assert response["Location"] == url("enrolment_list", first.pk)
    assert [wave_of(one) for one in people] == [2, 2, 1]
    assert "2 orang dipindahkan ke Gelombang 2." in text(client.get(response["Location"]))


def test_all_that_fit_the_filter_are_meant_and_no_others(waves, official, client):
    first, _ = waves
    people = enrol(first, 3)
    decline(people[1])
    everybody = f"{url('enrolments_move', first.pk)}?pilihan=semua&jawaban="
    assert "1 peserta dipilih" in text(client.get(everybody + "berhalangan"))
    assert "2 peserta dipilih" in text(client.get(everybody + "belum"))
    assert "3 peserta dipilih" in text(client.get(everybody))


def test_a_page_of_the_list_is_what_the_page_shows(waves, official, client):
    first, _ = waves
    enrol(first, 52)
    whole = url("enrolments_move", first.pk) + "?pilihan=halaman&hal="
    assert "50 peserta dipilih" in text(client.get(whole + "1"))
    assert "2 peserta dipilih" in text(client.get(whole + "2"))


def test_nobody_chosen_is_a_sentence(waves, official, client):
    response = client.get(url("enrolments_move", waves[0].pk), follow=True)
    assert "Pilih dahulu peserta" in text(response)


@pytest.mark.parametrize("typed", ["x", "1,x", "99999999999999999999", "-1", "0"])
def test_what_is_no_participant_does_not_exist(waves, official, client, typed):
    first, second = waves
    assert client.get(url("enrolments_move", first.pk), {"peserta": typed}).status_code == 404
    data = {"peserta": typed, "tujuan": second.pk, "tindakan": "pindahkan"}
    assert client.post(url("enrolments_move", first.pk), data).status_code == 404


def test_people_of_another_programme_are_not_reached_through_this_wave(waves, official, client):
    first, second = waves
    [elsewhere] = enrol(factories.wave(areas=(JARO,), on=first.local_day), 1)
    assert client.get(url("enrolments_move", first.pk), {"peserta": elsewhere.pk}).status_code == 404
    assert post_move(client, first, [elsewhere], second).status_code == 404


def test_a_wave_that_is_not_offered_is_refused_with_a_sentence(waves, official, client):
    first, _ = waves
    people = enrol(first, 1)
    draft = factories.wave(program=first.program, number=3, on=first.local_day, areas=(), published=False)
    response = post_move(client, first, people, draft)
    assert response.status_code == 422
    assert "Pilih gelombang dari daftar." in text(response)
    assert "Pilih gelombang tujuan." in text(post_move(client, first, people, draft, tujuan=""))


def test_too_few_seats_ask_for_acceptance_and_keep_the_choice(waves, official, client):
    first, second = waves
    people = enrol(first, 2)
    second.venue.capacity = 1
    second.venue.save()
    response = post_move(client, first, people, second, alasan="Panen")
    page = text(response)
    assert response.status_code == 422
    assert "kurang 1 kursi" in page
    assert 'name="kursi" value="2"' in page
    assert 'value="Panen"' in page
    assert post_move(client, first, people, second, kursi="2").status_code == 302
    assert [wave_of(one) for one in people] == [2, 2]


def test_a_stale_choice_is_refused_by_name(waves, official, client):
    first, second = waves
    people = enrol(first, 2)
    Enrolment.objects.filter(pk=people[0].pk).update(wave=second)
    response = post_move(client, first, people, second)
    assert response.status_code == 422
    assert "Warga 001 tidak lagi di Gelombang 1" in text(response)


def test_many_can_be_put_on_the_waiting_list(waves, official, client):
    first, second = waves
    people = enrol(first, 2)
    response = post_move(client, first, people, second, tindakan="tunggu")
    assert response["Location"] == url("waiting_list", second.pk)
    assert WaitingPlace.objects.filter(wave=second, closed_at=None).count() == 2
    page = text(client.get(response["Location"]))
    assert "Warga 001" in page
    assert "2 orang dimasukkan ke daftar tunggu Gelombang 2." in page


def test_the_page_of_a_participant_leads_to_moving_swapping_and_waiting_and_tells_what_happened(
    waves, official, client
):
    first, second = waves
    [person] = enrol(first, 1)
    page = text(client.get(url("enrolment_detail", person.pk)))
    for words in ("Pindahkan ke gelombang…", "Tukar dengan…", "Masukkan daftar tunggu…", "Belum pernah dipindahkan."):
        assert words in page, words
    response = post_move(client, first, [person], second, alasan="Panen")
    assert response["Location"] == url("enrolment_detail", person.pk)
    page = text(client.get(response["Location"]))
    assert "Gelombang 1 → Gelombang 2" in page
    assert "Panen" in page


def test_two_are_swapped_from_the_page_of_one(waves, official, client):
    first, second = waves
    [one], [other] = enrol(first, 1), enrol(second, 1)
    page = text(client.get(url("enrolment_swap", one.pk), {"cari": "warga 002"}))
    assert f'name="dengan" value="{other.pk}"' in page
    response = client.post(url("enrolment_swap", one.pk), {"dengan": other.pk}, follow=True)
    assert "Warga 001 dan Warga 002 sudah ditukar." in text(response)
    assert (wave_of(one), wave_of(other)) == (2, 1)
    assert client.post(url("enrolment_swap", one.pk), {"dengan": "x"}).status_code == 404
    refused = client.post(url("enrolment_swap", one.pk), {"dengan": one.pk}, follow=True)
    assert "Pilih peserta dari gelombang lain" in text(refused)


def test_the_waiting_list_shows_the_order_and_gives_seats_by_hand(waves, official, client):
    first, second = waves
    [early, late] = enrol(first, 2)
    place(late, second, after=5)
    held = place(early, second)
    page = text(client.get(url("waiting_list", second.pk)))
    assert page.index("Warga 001") < page.index("Warga 002")
    response = client.post(url("waiting_promote", held.pk), follow=True)
    assert "Warga 001 mendapat kursi di Gelombang 2." in text(response)
    assert wave_of(early) == 2


def test_a_seat_beyond_the_hall_is_asked_for_once_more(waves, official, client):
    first, second = waves
    second.venue.capacity = 1
    second.venue.save()
    enrol(second, 1)
    held = place(enrol(first, 1)[0], second)
    response = client.post(url("waiting_promote", held.pk))
    assert response.status_code == 409
    assert "Setujui 2 kursi dan beri kursi kepada Warga 002" in text(response)
    assert client.post(url("waiting_promote", held.pk), {"kursi": "2"}).status_code == 302
    assert wave_of(held.enrolment) == 2


def test_somebody_is_taken_off_the_list(waves, official, client):
    first, second = waves
    held = place(enrol(first, 1)[0], second)
    assert "tidak lagi menunggu Gelombang 2" in text(client.post(url("waiting_leave", held.pk), follow=True))
    assert "sudah tidak menunggu" in text(client.post(url("waiting_leave", held.pk), follow=True))


def test_those_who_wait_are_not_shown_out_of_scope(waves, client):
    first, second = waves
    place(enrol(first, 1)[0], second)
    client.force_login(factories.user(role="district_operator", region=JARO))
    assert "Warga 001" not in text(client.get(url("waiting_list", second.pk)))


@pytest.mark.parametrize("name", ["enrolments_move", "waiting_list", "enrolment_swap", "absent_invite"])
def test_a_page_asks_the_database_as_often_for_many_people_as_for_few(waves, official, client, name):
    first, second = waves

    def count() -> int:
        people = Enrolment.objects.filter(wave=second)
        thing = {"waiting_list": second, "enrolment_swap": Enrolment.objects.filter(wave=first).first()}.get(
            name, first
        )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(name, thing.pk), {"pilihan": "semua"}).status_code == 200
        assert people.exists()
        return len(queries)

    def add(number: int) -> None:
        for one in enrol(first, number):
            place(one, second)
        enrol(second, number)

    add(2)
    few = count()
    add(12)
    assert count() == few
