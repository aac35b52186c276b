"""The list of requests with its clock, as officials meet it."""

from datetime import timedelta

import pytest

from participants.models import DataRequest
from participants.use_cases.request_data import request_data
from rtportal.lib import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    factories.regions()
    return factories.head()


def asked(head, kind: str = "copy", hours: int = 1) -> DataRequest:
    now = clock.now()
    wish = {"came_by": "letter", "note": "Mohon salinan", "by": None, "now": now}
    return request_data(head=head, kind=kind, received_at=now - timedelta(hours=hours), **wish)


def signed_in(client, role: str = "official", **place):
    client.force_login(factories.user(role=role, **place))
    return client


def test_the_overdue_come_first_and_loudly(client, head) -> None:
    asked(head, "copy", hours=2), asked(head, "restriction", hours=80)
    page = signed_in(client).get("/data-pribadi/permintaan/").content.decode()
    assert "1 lewat batas" in page
    assert page.index("lewat 8 jam") < page.index("sisa 2 hari")
    home = client.get("/").content.decode()
    assert "2 permintaan data pribadi" in home
    assert "1 lewat batas 3 × 24 jam" in home


def test_another_kabupaten_sees_nothing_of_it(client, head) -> None:
    row = asked(head)
    signed_in(client, region=factories.JAMBI)
    assert "Mohon salinan" not in client.get("/data-pribadi/permintaan/").content.decode()
    assert client.post(f"/data-pribadi/permintaan/{row.pk}/jawab/").status_code == 404
    assert client.get(f"/ketua-rt/{head.pk}/permintaan/").status_code == 404


def test_an_answer_is_kept_and_shown(client, head) -> None:
    row = asked(head)
    signed_in(client).post(
        f"/data-pribadi/permintaan/{row.pk}/jawab/", {"keputusan": "penuhi", "jawaban": "Diserahkan di kantor."}
    )
    row.refresh_from_db()
    assert row.state == "done"
    assert "Diserahkan di kantor." in client.get("/data-pribadi/permintaan/?keadaan=selesai").content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"keputusan": "x", "jawaban": "Diserahkan di kantor."}, "Pilih Penuhi atau Tolak."),
        ({"keputusan": "tolak", "jawaban": ""}, "Tulis alasannya"),
    ],
)
def test_bad_input_is_said_beside_the_row_and_nothing_changes(client, head, sent: dict, sentence: str) -> None:
    row = asked(head)
    response = signed_in(client).post(f"/data-pribadi/permintaan/{row.pk}/jawab/", sent)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    row.refresh_from_db()
    assert row.state == "open"


def test_only_an_admin_may_grant_deletion(client, head) -> None:
    row = asked(head, "erasure")
    sent = {"keputusan": "penuhi", "jawaban": "Dihapus sesuai permintaan."}
    response = signed_in(client).post(f"/data-pribadi/permintaan/{row.pk}/jawab/", sent)
    assert "hanya admin" in response.content.decode()


def test_an_operator_writes_down_a_letter(client, head) -> None:
    signed_in(client)
    day = clock.local_date(clock.now() - timedelta(days=1), "WITA")
    sent = {"kind": "copy", "came_by": "letter", "received_on": day.isoformat(), "received_at": "09:30", "note": ""}
    response = client.post(f"/ketua-rt/{head.pk}/permintaan/", sent)
    assert response["Location"] == "/data-pribadi/permintaan/"
    row = DataRequest.objects.get()
    assert row.requested_at == clock.local_instant(day, row.requested_at.time().replace(hour=9, minute=30), "WITA")
    again = client.post(f"/ketua-rt/{head.pk}/permintaan/", sent)
    assert "masih menunggu jawaban" in again.content.decode()


def test_a_day_that_is_none_is_refused_in_words(client, head) -> None:
    sent = {"kind": "copy", "came_by": "letter", "received_on": "kemarin", "received_at": "09:30"}
    response = signed_in(client).post(f"/ketua-rt/{head.pk}/permintaan/", sent)
    assert response.status_code == 422
    assert not DataRequest.objects.exists()


def test_an_operator_prints_the_copy_on_behalf(client, head) -> None:
    signed_in(client, "village_operator", region=head.rt.village_id)
    response = client.post("/ekspor/salinan-data/buat/", {"head": head.pk, "format": "pdf"})
    assert response["Location"].startswith("/berkas/")
