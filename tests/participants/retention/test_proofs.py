"""Roster files, guests, requests, certificates and photos: each goes in its own time."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from participants.models import Certificate, DataRequest, RosterImport, WalkIn, WavePhoto
from participants.use_cases.answer_data_request import answer_data_request
from participants.use_cases.request_data import request_data
from rtportal.lib import clock
from rtportal.privacy.retention import GONE
from rtportal.privacy.use_cases.purge_expired import purge_expired
from tests import factories
from tests.rtportal.privacy.agreements import agreed_admin

pytestmark = pytest.mark.django_db
NOW = clock.now()
LONG_AGO = NOW - timedelta(days=4_000)


@pytest.fixture
def wave():
    factories.regions()
    agreed_admin()
    return factories.wave(on=clock.local_date(LONG_AGO, "WITA"))


def test_a_guest_of_long_ago_is_a_number(wave) -> None:
    guest = WalkIn.objects.create(wave=wave, name="Pak Budi", unit="RT 5", place="Mabuun", taken_in_at=LONG_AGO)
    purge_expired(now=NOW)
    guest.refresh_from_db()
    assert (guest.name, guest.unit, guest.place) == (GONE, "", "")


def test_a_roster_that_nobody_applied_is_called_off(wave) -> None:
    row = RosterImport.objects.create(
        region_id=factories.TABALONG,
        uploaded_by=factories.user(),
        uploaded_at=LONG_AGO,
        filename="daftar.xlsx",
        state="previewed",
        preview={"rows": ["Ahmad"]},
    )
    purge_expired(now=NOW)
    row.refresh_from_db()
    assert (row.state, row.preview, row.filename) == ("cancelled", {}, GONE)


def test_a_roster_in_the_workers_hands_is_left_alone(wave) -> None:
    row = RosterImport.objects.create(
        region_id=factories.TABALONG, uploaded_by=factories.user(), uploaded_at=LONG_AGO, filename="daftar.xlsx"
    )
    purge_expired(now=NOW)
    row.refresh_from_db()
    assert row.filename == "daftar.xlsx"


def test_an_answered_request_keeps_its_times_and_loses_its_words(wave) -> None:
    head = factories.head()
    wish = {"kind": "copy", "came_by": "letter", "note": "Untuk anak saya", "by": None, "now": LONG_AGO}
    row = request_data(head=head, **wish)
    answer_data_request(
        request_pk=row.pk, is_done=True, note="Diserahkan di kantor.", by=factories.user(), now=LONG_AGO
    )
    waiting = request_data(head=head, **wish)
    purge_expired(now=NOW)
    row.refresh_from_db()
    assert (row.note, row.decision_note, row.state) == ("", GONE, "done")
    assert DataRequest.objects.get(pk=waiting.pk).note == "Untuk anak saya"


def test_a_certificate_loses_its_name_after_ten_years_and_a_photo_its_file(wave) -> None:
    seat = factories.enrolment(wave=wave)
    by = factories.user()
    row = Certificate.objects.create(
        enrolment=seat,
        program=seat.program,
        serial=1,
        number="001",
        holder="Ahmad",
        share=100,
        check_code="x",
        issued_at=LONG_AGO,
        issued_by=by,
    )
    path = default_storage.save("photos/uji.jpg", ContentFile(b"isi"))
    WavePhoto.objects.create(wave=wave, path=path, uploaded_at=LONG_AGO, uploaded_by=by)
    purge_expired(now=NOW)
    row.refresh_from_db()
    assert (row.holder, row.number) == (GONE, "001")
    assert not default_storage.exists(path)
    assert not WavePhoto.objects.exists()
