from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings

from participants.queries.privacy import versions_by
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
