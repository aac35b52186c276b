from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.models import DataCorrection, RTHead
from participants.use_cases.request_correction import request_correction
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK

pytestmark = pytest.mark.django_db
LIST = "/perbaikan/"


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def asked(ago: timedelta = timedelta(), *, district=MURUNG_PUDAK, number="001", **typed) -> DataCorrection:
    head = factories.head(district=district, number=number, name=f"Warga {number}")
    day = clock.local_date(clock.now(), "WITA") + timedelta(days=20)
    enrolment = factories.enrolment(wave=factories.wave(areas=(district,), on=day), head=head)
    same = {"name": head.full_name, "phone": "0812-3456-7890", "email": "", "note": ""}
    wish = typed or {"phone": "0813-1111-2222"}
    return request_correction(enrolment=enrolment, now=clock.now() - ago, **same | wish)


def decide(client, correction, **data):
    return client.post(reverse("participants:correction_decide", args=[correction.pk]), data, follow=True)


def test_the_overdue_come_first_and_say_so_in_words(client):
    asked(timedelta(hours=18, minutes=30), number="001")
    asked(timedelta(hours=75, minutes=5), number="002")
    client.force_login(factories.user())
    page = client.get(LIST).content.decode()
    assert page.index("Warga 002") < page.index("Warga 001")
    assert "lewat 3 jam" in page
    assert "sisa 2 hari 5 jam" in page
    assert "1 lewat batas" in page
    assert "<del>0812-3456-7890</del> menjadi <ins>0813-1111-2222</ins>" in page


def test_beranda_counts_them_for_whoever_may_decide(client):
    asked(timedelta(hours=75))
    client.force_login(factories.user(role="district_operator", region=MURUNG_PUDAK))
    page = client.get("/").content.decode()
    assert "1 permintaan perbaikan data" in page
    assert "1 lewat batas 3 × 24 jam" in page
    for who in (factories.user(role="viewer"), factories.user(role="district_operator", region=JARO)):
        client.force_login(who)
        assert "permintaan perbaikan data" not in client.get("/").content.decode()


def test_where_somebody_may_only_look_no_requests_are_listed(client):
    asked(number="001")
    user = factories.user(role="viewer", region=MURUNG_PUDAK)
    user.assignments.create(role="district_operator", region_id=JARO)
    client.force_login(user)
    for address in (LIST, "/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "Warga 001" not in page.content.decode()
        assert "permintaan perbaikan data" not in page.content.decode()


def test_accepting_writes_and_refusing_says_why(client):
    client.force_login(factories.user(role="district_operator", region=MURUNG_PUDAK, name="Ibu Operator"))
    correction = asked(number="001")
    page = decide(client, correction, keputusan="terima").content.decode()
    assert "diterima dan ditulis" in page
    assert RTHead.objects.get().phone == "+6281311112222"
    refused = asked(number="002")
    decide(client, refused, keputusan="tolak", alasan="Bukan nomor Bapak")
    done = client.get(LIST, {"keadaan": "selesai"}).content.decode()
    for words in ("Diterima", "Ditolak", "Bukan nomor Bapak", "Ibu Operator"):
        assert words in done, words
    assert "Tidak ada permintaan yang menunggu" in client.get(LIST).content.decode()


def test_a_refusal_without_a_reason_is_asked_for_one(client):
    correction = asked()
    client.force_login(factories.user())
    response = decide(client, correction, keputusan="tolak", alasan=" ")
    assert response.status_code == 422
    assert "Tulis alasan penolakan." in response.content.decode()
    assert DataCorrection.objects.get().state == "open"


def test_too_long_a_reason_stays_in_its_field(client):
    correction = asked()
    client.force_login(factories.user())
    response = decide(client, correction, keputusan="tolak", alasan="panjang " * 60)
    assert response.status_code == 422
    assert "Terlalu panjang: 479 huruf" in response.content.decode()
    assert "panjang panjang" in response.content.decode()


@pytest.mark.parametrize("decision", ["", "hapus", "\0"])
def test_a_decision_that_is_none_changes_nothing(client, decision):
    correction = asked()
    client.force_login(factories.user())
    assert decide(client, correction, keputusan=decision).status_code == 422
    assert DataCorrection.objects.get().state == "open"


def test_the_slower_of_two_operators_reads_who_was_faster(client):
    correction = asked()
    client.force_login(factories.user(name="Ibu Cepat"))
    decide(client, correction, keputusan="terima")
    client.force_login(factories.user())
    page = decide(client, correction, keputusan="tolak", alasan="Salah").content.decode()
    assert "Permintaan ini sudah diterima oleh Ibu Cepat" in page


def test_out_of_scope_there_is_no_such_request(client):
    correction = asked()
    client.force_login(factories.user(role="district_operator", region=JARO))
    assert decide(client, correction, keputusan="terima").status_code == 404
    assert "Warga" not in client.get(LIST).content.decode()
    client.force_login(factories.user(role="viewer"))
    assert decide(client, correction, keputusan="terima").status_code == 403
    assert client.get(LIST).status_code == 403


def test_what_the_roster_changed_meanwhile_is_said(client):
    asked()
    RTHead.objects.update(phone="+6281399998888")
    client.force_login(factories.user())
    assert "(sekarang sudah 0813-9999-8888)" in client.get(LIST).content.decode()


def test_one_and_many_take_the_same_queries(client, django_assert_num_queries):
    client.force_login(factories.user())
    asked(number="001")
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in ("002", "003", "004"):
        asked(number=number)
    with django_assert_num_queries(len(few)):
        client.get(LIST)
