"""The SPJ bundle of a wave, unpacked and read back."""

import hashlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Payment, WaveReport
from participants.queries.wave_state import changed_parts, wave_state
from participants.use_cases.issue_certificates import issue_certificates
from participants.use_cases.record_payments import record_payments
from programs.models import Office, Wave
from rtportal.documents.formats import FORMATS
from rtportal.documents.registry import open_export
from rtportal.documents.storage import open_stored
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from sessions.models import SpeakerFee
from tests import factories
from tests.infra.pdfs import pages_of
from tests.participants.certified import after, taught_wave
from tests.participants.papers import enrol_many, numbered
from tests.participants.spj import A_PDF, held_wave, pays, signed

pytestmark = pytest.mark.django_db


def bundled(wave, by, now):
    export = open_export("spj", user=by, params={"wave": wave.pk})
    file = request_export(export=export, file_format=FORMATS["zip"], by=by, clock=lambda: now)
    write_waiting_files(clock=lambda: now)
    file.refresh_from_db()
    return file


def unpacked(file) -> dict[str, bytes]:
    with open_stored(file) as handle, ZipFile(BytesIO(handle.read())) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name) for name in bundle.namelist()}


def state_of(wave) -> str:
    rows = Wave.objects.select_related("program__region", "program__office__region", "venue")
    return wave_state(rows.get(pk=wave.pk))


@pytest.fixture
def world():
    factories.regions(factories.MURUNG_PUDAK, factories.JARO)
    wave, people, official = held_wave(count=3, came=2)
    admin = factories.user(role="admin", email="admin@dpmd.test")
    pays(wave)
    record_payments(wave=wave, by=official, now=after(wave))
    issue_certificates(wave=wave, by=official, now=after(wave))
    numbered(wave.training_sessions.get(), official)
    signed(wave, by=official)
    return wave, people, admin


@pytest.mark.slow
def test_everything_of_the_wave_lies_in_it_with_checklist_and_check_sums(world):
    wave, people, admin = world
    file = bundled(wave, admin, after(wave))
    assert (file.state, file.failure) == ("ready", "")
    assert file.fingerprint == state_of(wave)
    found = unpacked(file)
    sums = dict(reversed(line.split("  ")) for line in found.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}
    assert file.rows_total == len(found)
    assert len([name for name in found if name.startswith("sertifikat/")]) == 2
    assert found["daftar-hadir/01-pencegahan-narkoba.pdf"].startswith(b"%PDF")
    [copy] = [content for name, content in found.items() if name.startswith("bertanda-tangan/")]
    assert copy == A_PDF
    [receipt] = [content for name, content in found.items() if "tanda-terima-uang-transpor" in name]
    assert people[0].head.full_name in " ".join(pages_of(receipt))
    checklist = " ".join(pages_of(found["00-daftar-isi.pdf"]))
    # Nobody was named for the committee: that is said, and did not stop the bundle.
    assert "Panitia program ini belum diisi" in checklist
    assert "Belum ada honor narasumber" in checklist
    assert "tanda tangan elektronik" not in checklist
    assert file.fingerprint in checklist


def test_a_record_that_changes_later_is_named_by_its_part(world):
    wave, people, _ = world
    before = state_of(wave)
    assert changed_parts(before, state_of(wave)) == []
    Payment.objects.update(amount=90_000)
    assert changed_parts(before, state_of(wave)) == ["pembayaran"]
    people[0].attendances.all().delete()
    type(people[0].head).objects.update(name="Nama Baru")
    assert changed_parts(before, state_of(wave)) == ["peserta", "kehadiran", "pembayaran"]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda wave: Office.objects.update(contact_phone="+625262021999"), "kop, penanda tangan, dan kata-kata surat"),
        (lambda wave: Office.objects.update(greeting="Salam sejahtera"), "kop, penanda tangan, dan kata-kata surat"),
        (lambda wave: wave.enrolments.update(link_revoked_at=factories.NOW), "peserta"),
        (lambda wave: SpeakerFee.objects.get().speaker.__class__.objects.update(name="Rahmadi"), "pembayaran"),
        (lambda wave: Wave.objects.update(invitations_opened_at=None), "kop, penanda tangan, dan kata-kata surat"),
        (lambda wave: wave.enrolments.first().certificates.update(revoked_at=factories.NOW), "sertifikat"),
        (lambda wave: WaveReport.objects.create(wave=wave, evaluation="Baik"), "laporan dan foto"),
    ],
)
def test_whatever_a_paper_prints_is_watched(world, change, part):
    wave, _, admin = world
    # Somebody who is on the agenda no more but was paid.
    SpeakerFee.objects.create(wave=wave, speaker=factories.speaker(), amount=500_000, recorded_by=admin)
    before = state_of(wave)
    change(wave)
    assert part in changed_parts(before, state_of(wave))


def test_a_head_of_the_area_who_sits_in_another_wave_is_part_of_the_target_on_the_papers(world):
    wave, _, _ = world
    other = factories.wave(program=wave.program, number=2, areas=(factories.JARO,))
    before = state_of(wave)
    newcomer = factories.head(number="099")
    factories.enrolment(wave=other, head=newcomer)
    assert changed_parts(before, state_of(wave)) == ["peserta"]


def test_the_state_costs_the_same_queries_for_three_people_and_for_thirty(world, django_assert_num_queries):
    wave, _, _ = world
    with CaptureQueriesContext(connection) as few:
        state_of(wave)
    enrol_many(wave, factories.heads(30, district=factories.JARO, with_email=False))
    with django_assert_num_queries(len(few)):
        state_of(wave)


def test_a_wave_with_nobody_has_no_bundle_and_it_says_why():
    wave, _, _ = taught_wave(0)
    admin = factories.user(role="admin")
    file = bundled(wave, admin, after(wave))
    assert (file.state, file.failure) == (
        "failed",
        "Gelombang ini belum mempunyai peserta, jadi belum ada yang dipertanggungjawabkan.",
    )


def test_only_who_may_export_has_it():
    wave, _, official = held_wave()
    with pytest.raises(PermissionDenied):
        open_export("spj", user=official, params={"wave": wave.pk})
