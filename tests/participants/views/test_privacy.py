from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from participants.queries.privacy import notice_at, template_of, versions_by
from rtportal.privacy.retention import class_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def later_version(settings, tmp_path: Path) -> str:
    """A newer notice beside the one there is."""
    folder = tmp_path / "participants" / "privacy"
    folder.mkdir(parents=True)
    text = '{% extends "participants/privacy/_frame.html" %}{% block notice %}<p>Kata baru</p>{% endblock %}'
    (folder / "2026-11-23.html").write_text(text)
    (folder / "2999-01-01.html").write_text(text)
    options = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**options, "DIRS": [*options["DIRS"], tmp_path]}]
    return "2026-11-23"


def test_it_says_what_why_on_which_ground_how_long_which_rights_and_whom_to_ask(client):
    factories.regions()
    factories.office()
    response = client.get("/privasi/")
    page = response.content.decode()
    for heading in ("Data apa", "Untuk apa", "Dasar hukum", "Berapa lama", "Hak Bapak/Ibu", "Bertanya kepada siapa"):
        assert f"<h2>{heading}</h2>" in page
    for words in ("Nomor 27 Tahun 2022", "3 × 24 jam", "DPMD Kabupaten Tabalong", "tel:+625262021234"):
        assert words in page, words
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_it_asks_the_database_once_and_for_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/privasi/")


def test_every_version_is_named_after_its_day_and_can_be_read(client):
    folder = Path(settings.BASE_DIR) / "templates" / "participants" / "privacy"
    written = sorted(path.stem for path in folder.glob("[!_]*.html"))
    assert written
    for name in written:
        date.fromisoformat(name)
    assert client.get("/privasi/2026-11-22/").status_code == 200


def test_an_old_version_stays_readable_and_says_that_it_is_old(later_version):
    now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    assert versions_by(now) == [date(2026, 11, 23), date(2026, 11, 22)]
    # It begins with the day in western Indonesia, and nobody reads it before.
    assert versions_by(datetime(2026, 11, 22, 16, 59, tzinfo=UTC)) == [date(2026, 11, 22)]


@pytest.mark.parametrize("version", ["2020-01-01", "2999-01-01", "kemarin", "_frame", "2026-11-22.html", "..%2Frobots"])
def test_a_version_that_there_is_not_is_404(client, later_version, version):
    assert client.get(f"/privasi/{version}/").status_code == 404


def test_the_version_that_somebody_was_shown_follows_from_the_moment() -> None:
    assert notice_at(datetime(2026, 11, 22, 12, tzinfo=UTC)) == date(2026, 11, 22)
    assert notice_at(datetime(2020, 1, 1, tzinfo=UTC)) is None


def test_the_newest_version_tells_the_usual_months_as_they_are_built() -> None:
    newest = versions_by(datetime(2998, 1, 1, tzinfo=UTC))[0]
    page = get_template(template_of(newest)).render({"version": newest, "others": [], "offices": []})
    told = {
        "jawaban": "nama pendamping: 12 bulan",
        "pesan": "dan balasannya: 12 bulan",
        "balasan": "dan balasannya: 12 bulan",
        "berkas-impor": "diunggah kantor: 3 bulan",
        "permintaan": "24 bulan sesudah dijawab",
        "mantan-ketua": "tidak menjabat lagi: 24 bulan",
        "dokumentasi": "notulen kegiatan: 60 bulan",
        "bukti": "tanda terima uang: 120 bulan",
    }
    for key, words in told.items():
        assert words in page
        assert f"{class_of(key).months} bulan" in words
