from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Answer, Enrolment
from participants.use_cases.invite_participants import invite_participants
from programs.models import Program, Wave
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK

pytestmark = pytest.mark.django_db

ON_THE_PHONE = {"answer": "declined", "reason": "Sakit", "channel": "phone"}


@pytest.fixture
def enrolment(db):
    factories.regions(MURUNG_PUDAK, JARO)
    day = clock.local_date(clock.now(), "WITA") + timedelta(days=20)
    head = factories.head(email="ahmad@rt.test", gelar_depan="H.")
    wave = factories.wave(on=day)
    invite_participants(wave_id=wave.pk, by=factories.user(), now=clock.now())
    return Enrolment.objects.get(head=head)


@pytest.fixture
def operator(enrolment, client):
    """The operator of the participant's own kelurahan, signed in."""
    user = factories.user(role="village_operator", region=enrolment.village_id, name="Operator Kelurahan")
    client.force_login(user)
    return user


def url(enrolment: Enrolment, action: str = "") -> str:
    return f"/peserta/{enrolment.pk}/{action}"


def test_the_page_says_who_how_to_reach_them_and_what_became_of_the_invitation(enrolment, operator, client):
    page = client.get(url(enrolment)).content.decode()
    for words in ("H. Ahmad Fauzi", "Ketua RT 001", "0812-3456-7890", "ahmad@rt.test", "Undangan", "Antre", "Belum"):
        assert words in page, words


def test_a_head_without_an_address_is_said_to_be_beyond_reach(enrolment, operator, client):
    Message.objects.all().delete()
    assert "Menyerah: tidak dapat dihubungi" in client.get(url(enrolment)).content.decode()


def test_what_was_said_on_the_phone_is_recorded_with_who_and_how(enrolment, operator, client):
    response = client.post(url(enrolment, "jawaban/"), ON_THE_PHONE, follow=True)
    page = response.content.decode()
    assert "Jawaban H. Ahmad Fauzi sudah dicatat." in page
    assert "telepon" in page
    assert "Operator Kelurahan" in page
    answer = Answer.objects.get()
    assert (answer.kind, answer.reason, answer.channel, answer.actor) == ("declined", "Sakit", "phone", operator)


def test_an_answer_to_the_day_before_a_move_is_not_written_down(enrolment, operator, client):
    seen = client.get(url(enrolment)).context["form"].initial["gelombang"]
    day = enrolment.wave.local_day + timedelta(days=1)
    later = factories.wave(program=enrolment.wave.program, number=2, areas=(JARO,), on=day)
    Enrolment.objects.update(wave=later)
    response = client.post(url(enrolment, "jawaban/"), ON_THE_PHONE | {"gelombang": seen})
    assert response.status_code == 422
    page = response.content.decode()
    assert "baru saja dipindahkan ke gelombang lain" in page
    assert not Answer.objects.exists()
    # What is sent once more is meant for the new day.
    assert f'name="gelombang" value="{later.pk}"' in page


def test_an_answer_can_still_be_recorded_after_the_deadline(enrolment, operator, client):
    start = clock.now() + timedelta(hours=1)
    Wave.objects.update(starts_at=start, ends_at=start + timedelta(hours=7))
    assert client.post(url(enrolment, "jawaban/"), ON_THE_PHONE).status_code == 302
    assert Answer.objects.exists()


def test_after_the_wave_nothing_is_recorded_and_no_form_is_offered(enrolment, operator, client):
    start = clock.now() - timedelta(days=2)
    Wave.objects.update(starts_at=start, ends_at=start + timedelta(hours=7))
    response = client.post(url(enrolment, "jawaban/"), ON_THE_PHONE)
    assert response.status_code == 409
    assert "Gelombang ini sudah selesai" in response.content.decode()
    assert "Catat jawaban" not in client.get(url(enrolment)).content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": ""}, "Isi alasan berhalangan."),
        ({"channel": ""}, "Pilih bagaimana jawaban ini disampaikan."),
        ({"channel": "link"}, "Pilih bagaimana jawaban ini disampaikan."),
        ({"answer": ""}, "Pilih salah satu: Hadir, Berhalangan, atau Diwakili."),
        (
            {"answer": "represented", "substitute_name": "Budi", "substitute_phone": "0526 2021234"},
            "Nomor telepon rumah tidak bisa menerima pesan",
        ),
    ],
)
def test_a_faulty_answer_shows_what_was_typed_with_a_sentence(enrolment, operator, client, change, sentence):
    response = client.post(url(enrolment, "jawaban/"), ON_THE_PHONE | {"substitute_name": "Budi"} | change)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert 'value="Budi"' in response.content.decode()
    assert not Answer.objects.exists()


def test_the_companion_is_asked_for_where_the_programme_requires_one(enrolment, operator, client):
    assert "Nama pendamping" not in client.get(url(enrolment)).content.decode()
    Program.objects.update(companions=Program.Companions.REQUIRED)
    assert "Nama pendamping" in client.get(url(enrolment)).content.decode()
    confirmed = {"answer": "confirmed", "channel": "phone"}
    assert client.post(url(enrolment, "jawaban/"), confirmed).status_code == 422
    assert client.post(url(enrolment, "jawaban/"), confirmed | {"companion_name": "Nurhayati"}).status_code == 302


def test_a_new_link_is_sent_and_the_old_one_opens_nothing(enrolment, operator, client):
    old = factories.personal_path(enrolment)
    Message.objects.update(state="accepted")
    page = client.post(url(enrolment, "tautan-baru/"), follow=True).content.decode()
    assert "tautan lama tidak berlaku lagi" in page
    assert Message.objects.filter(state="queued", about_id=enrolment.pk).count() == 1
    assert client.get(old).status_code == 410
    assert client.get(factories.personal_path(Enrolment.objects.get())).status_code == 200
    assert AuditEvent.objects.filter(action="link.reissued", actor=operator).exists()


def test_a_new_link_for_somebody_without_an_address_says_that_nothing_was_sent(enrolment, operator, client):
    Program.objects.update(reach_chain=["inbox"])
    enrolment.head.email = ""
    enrolment.head.save()
    page = client.post(url(enrolment, "tautan-baru/"), follow=True).content.decode()
    assert "Tidak ada saluran ke orang ini" in page


def test_looking_changes_nothing(enrolment, operator, client):
    before = Enrolment.objects.values().get()
    for action in ("", "jawaban/", "tautan-baru/"):
        assert client.get(url(enrolment, action)).status_code == (405 if action else 200)
    assert Enrolment.objects.values().get() == before


@pytest.mark.parametrize(
    ("role", "region", "shown", "acts"),
    [
        ("village_operator", JARO, 404, 404),
        ("official", "15.71", 404, 404),
        ("viewer", MURUNG_PUDAK, 200, 403),
        ("district_operator", MURUNG_PUDAK, 200, 302),
        ("official", "63.09", 200, 302),
        ("admin", "63.09", 200, 302),
    ],
)
def test_out_of_scope_it_does_not_exist_and_without_the_right_it_is_refused(
    enrolment, client, role, region, shown, acts
):
    factories.regions("15.71")
    client.force_login(factories.user(role=role, region=region))
    assert client.get(url(enrolment)).status_code == shown
    assert client.post(url(enrolment, "jawaban/"), ON_THE_PHONE).status_code == acts
    assert client.post(url(enrolment, "tautan-baru/")).status_code == acts
    assert Answer.objects.exists() == (acts == 302)


def test_who_may_not_answer_for_others_sees_no_form(enrolment, client):
    client.force_login(factories.user(role="viewer"))
    page = client.get(url(enrolment)).content.decode()
    assert "Catat jawaban" not in page
    assert "Ganti tautan" not in page


def test_a_long_history_costs_as_many_queries_as_a_short_one(enrolment, operator, client):
    counts = []
    for _ in range(2):
        client.post(url(enrolment, "jawaban/"), ON_THE_PHONE)
        with CaptureQueriesContext(connection) as queries:
            client.get(url(enrolment))
        counts.append(len(queries))
        for _ in range(5):
            client.post(url(enrolment, "jawaban/"), ON_THE_PHONE)
    assert counts[0] == counts[1]


def test_a_link_in_wrong_hands_is_revoked_with_a_button_and_the_page_says_so(enrolment, operator, client):
    assert "Cabut tautan pribadi" in client.get(url(enrolment)).content.decode()
    page = client.post(url(enrolment, "cabut-tautan/"), follow=True).content.decode()
    assert "Tautan dan kode dicabut." in page
    assert "Tautan dicabut</span>" in page
    assert "Cabut tautan pribadi" not in page
    again = client.post(url(enrolment, "cabut-tautan/"), follow=True).content.decode()
    assert "baru saja dicabut atau diganti" in again
    assert AuditEvent.objects.filter(action="link.revoked").count() == 1
    client.post(url(enrolment, "tautan-baru/"))
    assert "Cabut tautan pribadi" in client.get(url(enrolment)).content.decode()


def test_who_may_only_look_revokes_nothing(enrolment, client):
    client.force_login(factories.user(role="viewer"))
    assert "Cabut tautan" not in client.get(url(enrolment)).content.decode()
    assert client.post(url(enrolment, "cabut-tautan/")).status_code == 403
    assert Enrolment.objects.get(pk=enrolment.pk).link_revoked_at is None
