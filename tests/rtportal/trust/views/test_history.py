"""Who did what in the reader's regions."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rtportal.audit.models import ChainCheck
from rtportal.audit.record import record
from rtportal.audit.use_cases.check_chain import check_chain
from rtportal.audit.use_cases.seal_events import seal_events
from rtportal.lib import clock
from tests import factories
from tests.rtportal.audit import tampering

pytestmark = pytest.mark.django_db
# 23.30 on 8 April in Tabalong (WITA).
LATE = datetime(2026, 4, 8, 15, 30, tzinfo=UTC)


def line(sentence: str = "Mengubah gelombang", *, at: datetime = LATE, region: str = factories.TABALONG, **wishes):
    fields = {"actor": None, "action": "wave.changed", "subject": "wave:1"} | wishes
    return record(at=at, sentence=sentence, region_code=region, **fields)


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


@pytest.fixture
def official():
    client = Client()
    client.force_login(factories.user(role="admin"))
    return client


def told(client: Client, **asked) -> list[str]:
    answer = client.get("/riwayat/", asked)
    assert answer.status_code == 200
    return [event.sentence for event in answer.context["page"]]


def test_the_newest_comes_first_and_other_regions_are_not_there(official):
    line("Pertama", at=LATE.replace(day=1))
    line("Kedua", region=factories.JARO)
    line("Lain", region=factories.JAMBI)
    line("Mirip", region="63.091")
    assert told(official) == ["Kedua", "Pertama"]


def test_a_region_is_called_by_its_name(official):
    line(region=factories.JARO)
    line(region="63.09.99")
    page = official.get("/riwayat/").content.decode()
    assert "Kecamatan Jaro" in page
    # Of a region that is no longer in the list of the government its code is all that is known.
    assert "63.09.99" in page


def test_days_are_those_of_the_region(official):
    line("Malam")
    line("Esok", at=LATE.replace(hour=16, minute=0))
    assert told(official, dari="2026-04-08", sampai="2026-04-08") == ["Malam"]
    assert told(official, dari="2026-04-09") == ["Esok"]


def test_kind_person_and_words_narrow_it_down(official):
    who = factories.user(name="Rahmah")
    line("Menolak", action="refusal.no_right", actor=who)
    line("Baris 100%", action="sign_in.done")
    line("Yang tidak dikenal", action="unheard.of")
    assert told(official, jenis="penolakan") == ["Menolak"]
    assert told(official, jenis="akun") == ["Baris 100%"]
    assert told(official, jenis="lainnya") == ["Yang tidak dikenal"]
    assert told(official, oleh="rahm") == ["Menolak"]
    assert told(official, cari="100%") == ["Baris 100%"]
    assert told(official, cari="tidak ada") == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"dari": "kemarin"}, "Tulis tanggal seperti 2026-11-22."),
        ({"dari": "0001-01-01"}, "di luar jangkauan"),
        ({"sampai": "9999-12-31"}, "di luar jangkauan"),
        ({"dari": "2026-04-09", "sampai": "2026-04-08"}, "lebih awal daripada hari pertama"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_page_still_comes(official, asked, sentence):
    line()
    answer = official.get("/riwayat/", asked)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert len(answer.context["page"]) in {0, 1}


@pytest.mark.parametrize("words", ["\0", "x" * 5000, "' OR 1=1 --", "%_"])
def test_whatever_is_typed_is_only_looked_for(official, words):
    line()
    assert official.get("/riwayat/", {"cari": words, "oleh": words, "jenis": words}).status_code in {200, 422}


@pytest.mark.parametrize("region", ["", "\0", "63\0.99", factories.JAMBI])
def test_there_is_no_file_about_a_region_that_is_none_or_somebody_elses(official, region):
    assert official.get("/ekspor/riwayat/", {"wilayah": region}).status_code == 404
    assert official.post("/ekspor/riwayat/buat/", {"wilayah": region, "format": "csv"}).status_code == 404


def test_the_page_says_whether_the_chain_was_whole(official):
    assert "Pemeriksaan pertama berjalan malam ini" in official.get("/riwayat/").text
    ChainCheck.objects.create(
        checked_at=LATE, sealed_count=1234, unsealed_count=0, head_position=1234, head_hash="a" * 64, fault_count=0
    )
    assert "1.234 catatan di seluruh portal, utuh" in official.get("/riwayat/").text
    assert "Riwayat portal tidak utuh" not in official.get("/").text


def test_a_fault_stands_on_every_page_of_officials_and_in_the_health_until_all_is_whole_again(official):
    for _ in range(3):
        tampering.line(at=clock.now())
    seal_events(now=clock.now())
    tampering.change(2)
    check_chain(now=clock.now())
    assert "Segel ke-2: catatan nomor" in official.get("/riwayat/").text
    assert "Riwayat portal tidak utuh" in official.get("/").text
    assert official.get("/sehat/").json()["history"] == "warning: history"
    tampering.change(2, value="Mengubah gelombang")
    check_chain(now=clock.now())
    assert "Riwayat portal tidak utuh" not in official.get("/").text


def test_the_export_holds_what_the_page_shows(official):
    line("Baris satu")
    line("Baris dua", action="refusal.no_right")
    page = official.get("/riwayat/", {"jenis": "penolakan"})
    address = page.context["export_query"]
    assert f"/ekspor/riwayat/?{address}".replace("&", "&amp;") in page.text
    asked = {"wilayah": factories.TABALONG, "jenis": "penolakan", "format": "csv"}
    made = official.post("/ekspor/riwayat/buat/", asked)
    content = b"".join(official.get(f"{made.url}unduh/").streaming_content).decode("utf-8-sig")
    assert "Baris dua" in content
    assert "Baris satu" not in content


def test_nobody_exports_the_history_of_another_region(official):
    assert official.get("/ekspor/riwayat/", {"wilayah": factories.JAMBI}).status_code == 404
    assert official.get("/ekspor/riwayat/").status_code == 404
    client = Client()
    client.force_login(factories.user())
    assert client.get("/ekspor/riwayat/", {"wilayah": factories.TABALONG}).status_code == 403


def test_the_page_asks_as_often_for_one_line_as_for_many(official, django_assert_num_queries):
    line()
    official.get("/riwayat/")
    with CaptureQueriesContext(connection) as few:
        official.get("/riwayat/")
    for _ in range(120):
        line()
    with django_assert_num_queries(len(few)):
        official.get("/riwayat/")


def test_settings_lead_to_it_for_whoever_may_read_it(official):
    assert 'href="/riwayat/"' in official.get("/pengaturan/").text
    viewer = Client()
    viewer.force_login(factories.user(role="viewer"))
    assert 'href="/riwayat/"' not in viewer.get("/pengaturan/").text
