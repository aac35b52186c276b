from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Answer, Enrolment, RTHead
from programs.models import Program
from rtportal.lib import clock
from rtportal.regions.models import Region
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK
from tests.participants.substitutes import BUDI, name_substitute
from tests.participants.two_waves import coming_waves, enrol

pytestmark = pytest.mark.django_db
DESK = "/jawaban/"
ON_THE_PHONE = {"kind": "confirmed", "channel": "phone"}


@pytest.fixture
def people(db):
    """Three heads of one kelurahan in a wave that is open."""
    return enrol(coming_waves()[0], 3)


@pytest.fixture
def operator(people, client):
    who = factories.user(role="village_operator", region=people[0].village_id, name="Operator Kelurahan")
    client.force_login(who)
    return who


def shown(client, query: str = "", status: int = 200) -> str:
    response = client.get(DESK + query)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def names_on(client, query: str = "") -> list[str]:
    return [row.person.head.name for row in client.get(DESK + query).context["rows"]]


def record(client, enrolment: Enrolment, query: str = "", **changes):
    typed = {"peserta": enrolment.pk, "wave": enrolment.wave_id, **ON_THE_PHONE, **changes}
    return client.post(DESK + query, typed)


def test_it_begins_with_own_heads_who_have_not_answered_in_the_order_of_their_rt(people, operator, client):
    Enrolment.objects.filter(pk=people[1].pk).update(answer="confirmed", answered_at=clock.now())
    elsewhere = factories.villages_of(MURUNG_PUDAK)[1].code
    stranger = factories.head(village=elsewhere, number="001", name="Tetangga", phone="+6281200000001")
    factories.enrolment(wave=people[0].wave, head=stranger)
    assert names_on(client) == [people[0].head.name, people[2].head.name]
    assert names_on(client, "?keadaan=menjawab") == [people[1].head.name]
    assert len(names_on(client, "?keadaan=semua")) == 3
    assert 'Belum <span class="num">2</span>' in shown(client)


def test_waves_that_are_not_open_over_or_cancelled_are_not_there(people, operator, client):
    wave = people[0].wave
    for change in (
        {"invitations_opened_at": None},
        {"cancelled_at": clock.now()},
        {"starts_at": clock.now() - timedelta(days=2), "ends_at": clock.now() - timedelta(days=1)},
    ):
        former = {name: getattr(wave, name) for name in change}
        type(wave).objects.filter(pk=wave.pk).update(**change)
        assert "Belum ada undangan yang perlu dijawab" in shown(client)
        type(wave).objects.filter(pk=wave.pk).update(**former)
    assert names_on(client)


def test_the_filters_stand_in_the_address(people, operator, client):
    other = enrol(people[0].program.waves.get(number=2), 1)[0]
    operator.assignments.update(region_id=factories.TABALONG)
    assert names_on(client, f"?gelombang={other.wave_id}") == [other.head.name]
    assert names_on(client, f"?kelurahan={other.village_id}") == [other.head.name]
    assert names_on(client, "?cari=warga+002") == [people[1].head.name]
    assert names_on(client, f"?cari=08127{people[2].head.phone[-6:]}") == [people[2].head.name]
    assert names_on(client, "?cari=rt+3") == [people[2].head.name]


@pytest.mark.parametrize(
    "query", ["?keadaan=x", "?gelombang=x", "?gelombang=9" * 40, "?hal=x", "?cari=%00", "?dicatat=-1"]
)
def test_what_is_not_understood_is_ignored(people, operator, client, query):
    shown(client, query)


def test_a_head_is_called_and_asked_by_whatsapp_with_one_tap(people, operator, client):
    page = shown(client)
    phone = people[0].head.phone
    assert f'href="tel:{phone}"' in page
    assert f'href="https://wa.me/{phone[1:]}?text=' in page
    assert "Warga%20001" in page
    # The personal link is for the head's own message alone.
    assert factories.token_of(people[0].link_id) not in page


def test_made_up_people_are_never_called(people, operator, client):
    RTHead.objects.update(is_synthetic=True)
    page = shown(client)
    assert "wa.me" not in page
    assert 'href="tel:' not in page
    assert "data contoh: tidak dihubungi" in page


def test_whoever_has_no_telephone_is_to_be_met(people, operator, client):
    RTHead.objects.update(phone="")
    assert "Tidak ada nomor HP: temui orangnya." in shown(client)


def test_an_answer_is_written_down_with_its_source_and_the_list_stays_where_it_was(people, operator, client):
    response = record(client, people[1], "?keadaan=belum&cari=warga")
    query = f"?keadaan=belum&cari=warga&dicatat={people[1].pk}&lewat=phone"
    assert response.headers["Location"] == f"{DESK}{query}#orang-{people[1].pk}"
    answer = people[1].answers.get()
    assert (answer.kind, answer.channel, answer.actor) == ("confirmed", "phone", operator)
    assert names_on(client, query) == [one.head.name for one in people]
    page = shown(client, query)
    assert "telepon, dicatat Operator Kelurahan" in page
    assert "Baru saja dicatat" in page
    # Several are called one after the other.
    assert 'value="phone" checked' in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"channel": ""}, "Pilih bagaimana jawaban ini disampaikan."),
        ({"channel": "link"}, "Pilih bagaimana jawaban ini disampaikan."),
        ({"kind": ""}, "Pilih salah satu: Hadir, Berhalangan, atau Diwakili."),
        ({"kind": "declined"}, "Isi alasan berhalangan."),
        ({"kind": "represented", "substitute_name": "Budi"}, "Isi nomor HP wakil."),
        ({"wave": "0"}, "baru saja dipindahkan"),
    ],
)
def test_a_faulty_answer_says_why_beside_the_head_and_keeps_what_was_typed(people, operator, client, change, sentence):
    response = record(client, people[1], **({"reason": ""} | change))
    assert response.status_code == 422
    page = " ".join(response.content.decode().split())
    assert sentence in page
    assert page.index(f'id="orang-{people[1].pk}"') < page.index(sentence) < page.index(f'id="orang-{people[2].pk}"')
    assert ('value="Budi"' in page) == ("substitute_name" in change)
    assert not Answer.objects.exists()


def test_what_the_rules_do_not_allow_is_a_sentence_too(people, operator, client):
    name_substitute(people[0], now=clock.now())
    response = record(client, people[1], kind="represented", **BUDI)
    assert response.status_code == 422
    assert "sudah menjadi wakil ketua RT lain" in response.content.decode()
    Program.objects.update(substitutes="none")
    assert "Diwakili…" not in shown(client)
    assert record(client, people[1], kind="represented", **BUDI).status_code == 422


def test_an_answer_for_somebody_who_is_not_on_the_list_any_more_is_refused_on_top(people, operator, client):
    type(people[0].wave).objects.update(cancelled_at=clock.now())
    response = record(client, people[0])
    assert response.status_code == 422
    assert "Gelombang ini dibatalkan" in response.content.decode()


def test_heads_of_others_do_not_exist_and_viewers_write_nothing_down(people, client):
    client.force_login(factories.user(role="village_operator", region=factories.villages_of(JARO)[0].code))
    assert record(client, people[0]).status_code == 404
    assert client.post(DESK, {"peserta": "x"}).status_code == 404
    client.force_login(factories.user(role="viewer"))
    assert client.get(DESK).status_code == 403
    assert record(client, people[0]).status_code == 403
    assert not Answer.objects.exists()


def test_a_substitute_is_approved_where_the_list_shows_it(people, operator, client):
    Program.objects.update(substitutes="approved", substitute_letter=True)
    named = name_substitute(people[0], now=clock.now())
    page = shown(client, "?keadaan=wakil-menunggu")
    assert "Setujui Budi Santoso" in page
    assert "Surat tugas belum ada" in page
    back = f"{DESK}?keadaan=wakil-menunggu"
    decision = {"wakil": named.substitute_key, "putusan": "setuju", "kembali": back}
    response = client.post(f"/peserta/{named.pk}/wakil/", decision, follow=True)
    assert response.redirect_chain[-1][0] == back
    assert "disetujui" in response.content.decode()
    named.refresh_from_db()
    assert named.substitute_state == "approved"


def test_for_the_office_to_decide_the_operator_is_shown_no_button(people, operator, client):
    Program.objects.update(substitutes="office")
    name_substitute(people[0], now=clock.now())
    page = shown(client, "?keadaan=wakil-menunggu")
    assert "Wakil menunggu persetujuan" in page
    assert "Setujui" not in page
    assert client.get("/").context["today"].desk.to_decide == 0
    client.force_login(factories.user())
    assert client.get("/").context["today"].desk.to_decide == 1


def test_beranda_leads_to_those_who_have_not_answered(people, operator, client):
    page = client.get("/").content.decode()
    assert "Hubungi 3 yang belum menjawab" in page


def test_it_asks_the_database_as_often_for_one_head_as_for_many(people, operator, client):
    operator.assignments.update(region_id=factories.TABALONG)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            shown(client, "?keadaan=semua")
        return len(captured)

    few = queries()
    for village in Region.objects.villages().within([MURUNG_PUDAK])[:6]:
        head = factories.head(village=village.code, number="055", name=f"Warga {village.code}", phone="+6281299990000")
        one = factories.enrolment(wave=people[0].wave, head=head)
        record(client, one)
    name_substitute(people[0], now=clock.now())
    assert queries() == few
