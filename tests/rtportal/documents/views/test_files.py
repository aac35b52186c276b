import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rtportal.accounts.models import Assignment
from rtportal.audit.models import AuditEvent
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.request_export import request_export
from tests import factories

pytestmark = pytest.mark.django_db
PAGES = ["file_detail", "file_download"]


@pytest.fixture
def admin():
    factories.regions()
    return factories.user(role="admin", name="Hj. Noor Laila")


@pytest.fixture
def file(admin, clock) -> GeneratedFile:
    wave = factories.wave(invitations_opened_at=factories.NOW)
    factories.enrolment(wave=wave)
    export = open_export("daftar-peserta", user=admin, params={"wave": wave.pk})
    return request_export(export=export, file_format=FORMATS["csv"], by=admin, clock=clock)


def get(client, page, file, **headers):
    return client.get(reverse(f"documents:{page}", args=[file.pk]), headers=headers)


def test_the_download_is_the_file_under_its_name_and_kept_by_no_cache(client, admin, file):
    client.force_login(admin)
    response = get(client, "file_download", file)
    content = b"".join(response.streaming_content)
    assert content == default_storage.open(file.path).read() and "Ahmad Fauzi" in content.decode()
    assert response.headers["Content-Disposition"] == f'attachment; filename="{file.filename}"'
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_each_download_leaves_a_line_of_audit(client, admin, file):
    client.force_login(admin)
    for _ in range(2):
        b"".join(get(client, "file_download", file).streaming_content)
    lines = AuditEvent.objects.filter(action="file.downloaded")
    assert [(line.actor, line.subject, line.region_code, line.data["rows"]) for line in lines] == [
        (admin, file.subject, factories.TABALONG, 1)
    ] * 2
    assert lines[0].sentence.startswith("Mengunduh “Daftar peserta Gelombang 1") and "1 baris" in lines[0].sentence


def test_asking_for_the_headers_only_is_no_download(client, admin, file):
    client.force_login(admin)
    assert client.head(reverse("documents:file_download", args=[file.pk])).status_code == 200
    assert not AuditEvent.objects.filter(action="file.downloaded").exists()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("role", "region", "status"),
    [
        ("admin", factories.TABALONG, 200),
        ("official", factories.TABALONG, 403),
        ("viewer", factories.TABALONG, 403),
        ("village_operator", factories.MURUNG_PUDAK, 403),
        ("admin", factories.MURUNG_PUDAK, 403),
        ("admin", factories.JAMBI, 404),
        ("official", factories.JAMBI, 404),
        ("admin", None, 404),
    ],
)
def test_who_may_have_a_file_that_somebody_else_made(client, file, page, role, region, status):
    client.force_login(factories.user(role=role, region=region))
    assert get(client, page, file).status_code == status


@pytest.mark.parametrize("page", PAGES)
def test_who_made_a_file_and_lost_the_right_does_not_get_it(client, admin, file, page):
    client.force_login(admin)
    Assignment.objects.update(role="official")
    assert get(client, page, file).status_code == 403
    Assignment.objects.update(role="admin", region_id=factories.JAMBI)
    assert get(client, page, file).status_code == 404
    assert not AuditEvent.objects.filter(action="file.downloaded").exists()


@pytest.mark.parametrize("page", PAGES)
def test_a_file_that_is_none_is_not_found_and_a_stranger_signs_in(client, file, admin, page):
    assert "/akun/" in get(client, page, file).url
    client.force_login(admin)
    assert client.get(reverse(f"documents:{page}", args=[uuid.uuid4()])).status_code == 404


def test_a_file_that_is_not_ready_is_not_given_out(client, admin, file):
    GeneratedFile.objects.update(state="running")
    client.force_login(admin)
    response = client.get(reverse("documents:file_download", args=[file.pk]), follow=True)
    assert "Berkas ini belum siap diunduh." in response.content.decode()
    assert not AuditEvent.objects.filter(action="file.downloaded").exists()


def test_a_file_that_is_gone_from_the_disk_is_said_to_be(client, admin, file):
    default_storage.delete(file.path)
    client.force_login(admin)
    response = client.get(reverse("documents:file_download", args=[file.pk]), follow=True)
    assert "sudah tidak tersimpan" in response.content.decode()
    assert not AuditEvent.objects.filter(action="file.downloaded").exists()


def test_while_it_is_written_the_page_counts_and_asks_again_each_second(client, admin, file):
    GeneratedFile.objects.update(state="running", rows_done=1_234, rows_total=5_000)
    client.force_login(admin)
    page = get(client, "file_detail", file).content.decode()
    assert 'hx-trigger="every 1s"' in page and "1.234" in page and "5.000" in page
    assert "Terakhir diperiksa" in page and "WITA" in page and "Muat ulang" in page
    part = get(client, "file_detail", file, hx_request="true").content.decode()
    assert part.lstrip().startswith("<section") and "<html" not in part


def test_when_it_is_ready_the_page_stops_asking_and_offers_it(client, admin, file):
    client.force_login(admin)
    part = get(client, "file_detail", file, hx_request="true").content.decode()
    assert "hx-get" not in part and reverse("documents:file_download", args=[file.pk]) in part
    # Local time of the wave's region, not UTC.
    assert "Senin, 2 Maret 2026, 10.00 WITA" in part


def test_a_failed_file_says_why_and_can_be_made_again(client, admin, file):
    GeneratedFile.objects.update(state="failed", failure="Barisnya terlalu banyak.")
    client.force_login(admin)
    page = get(client, "file_detail", file).content.decode()
    assert "Barisnya terlalu banyak." in page and "hx-get" not in page
    assert f'name="wave" value="{file.params["wave"]}"' in page
    fields = {"wave": file.params["wave"], "format": file.format}
    assert client.post(reverse("documents:export_create", args=[file.export]), fields).status_code == 302
    assert GeneratedFile.objects.filter(state="ready").count() == 1


def test_the_list_shows_the_files_of_ones_regions_whoever_made_them(client, file):
    client.force_login(factories.user(role="admin"))
    page = client.get(reverse("documents:file_list")).content.decode()
    assert "Daftar peserta Gelombang 1" in page and "Hj. Noor Laila" in page and "2 Mar 2026 10.00 WITA" in page


def test_the_list_of_another_kabupaten_is_empty(client, file):
    client.force_login(factories.user(role="admin", region=factories.JAMBI))
    page = client.get(reverse("documents:file_list")).content.decode()
    assert "Belum ada berkas" in page and "Hj. Noor Laila" not in page


@pytest.mark.parametrize(("role", "region"), [("official", factories.TABALONG), ("admin", None)])
def test_whoever_may_not_export_finds_no_file_and_reads_who_can_make_one(client, file, role, region):
    client.force_login(factories.user(role=role, region=region))
    page = client.get(reverse("documents:file_list")).content.decode()
    assert "Berkas dibuat oleh admin" in page and "Daftar peserta Gelombang 1" not in page


def test_the_list_takes_the_same_queries_for_one_file_and_for_a_thousand(client, admin, file):
    client.force_login(admin)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(reverse("documents:file_list")).status_code == 200
        return len(seen)

    one = queries()
    GeneratedFile.objects.bulk_create(
        GeneratedFile(
            owner=admin,
            export=file.export,
            format="xlsx",
            region_code=file.region_code,
            subject=file.subject,
            title=file.title,
            filename="x.xlsx",
            requested_at=file.requested_at + timedelta(minutes=number),
        )
        for number in range(999)
    )
    assert queries() == one
    assert "951–1.000 dari 1.000" in client.get(reverse("documents:file_list") + "?hal=20").content.decode()
