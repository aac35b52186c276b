"""Certificates, read back."""

from datetime import time
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import override_settings
from pypdf import PdfReader

from participants.models import Certificate, Enrolment
from participants.paper_words import PAPER_KINDS
from participants.queries.certificate_paper import CertificatePaper, check_address, with_holders
from programs.models import Office, PaperSettings, Signatory, Wave
from rtportal.documents.formats import FORMATS
from rtportal.documents.formats.pdf import typeset
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export
from rtportal.documents.storage import open_stored
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from rtportal.lib.check_codes import read_check_code
from rtportal.lib.qr import qr_drawing
from rtportal.messaging.models import Wording
from sessions.models import SessionSpeaker
from tests import factories
from tests.factories import JAMBI, NOW
from tests.participants.certified import attended, certified, issued, taught_wave

pytestmark = pytest.mark.django_db


def written(name: str, by, **params) -> GeneratedFile:
    export = open_export(name, user=by, params=params)
    file = request_export(export=export, file_format=FORMATS[export.formats[0]], by=by, clock=lambda: NOW)
    write_waiting_files(clock=lambda: NOW)
    file.refresh_from_db()
    return file


def texts(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def content_of(file: GeneratedFile) -> bytes:
    assert file.state == "ready", file.failure
    with open_stored(file) as handle:
        return handle.read()


@pytest.fixture
def official():
    factories.regions(factories.TABALONG)
    return factories.user(role="admin")


def test_each_person_of_a_wave_has_a_tagged_file_of_two_pages_in_the_zip(official):
    wave, session, (first, second, _) = taught_wave()
    factories.session(wave=wave, title="Administrasi RT", starts=time(10), minutes=45, speakers=[factories.speaker()])
    factories.session(wave=wave, title="Makan siang", starts=time(12), kind="break")
    signer = Signatory.objects.create(
        office=wave.program.office, name="Rahmadi", gelar_depan="Drs. H.", position="Kepala Dinas", nip="1" * 18
    )
    PaperSettings.objects.create(program=wave.program, certificate_signer=signer)
    Enrolment.objects.filter(pk=second.pk).update(answer="represented", answered_at=NOW, substitute_name="Budi #strong")
    attended(wave.training_sessions.get(title="Administrasi RT"), first, second, by=official)
    issued(wave, session, first, second, by=official)
    file = written("sertifikat-gelombang", official, wave=wave.pk)
    assert file.rows_total == 2
    with ZipFile(BytesIO(content_of(file))) as bundle:
        names = bundle.namelist()
        assert [name[:15] for name in names] == ["sertifikat-001-", "sertifikat-002-"]
        reader = PdfReader(BytesIO(bundle.read(names[0])))
        of_first, of_second = (texts(bundle.read(name)) for name in names)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert (len(of_first), len(of_second)) == (2, 2)
    code = Certificate.objects.get(enrolment=first).check_code
    assert code in of_first[0].replace("-", "")
    for words in (
        "SERTIFIKAT",
        "Nomor: 001/SERTIFIKAT/IV/2026",
        first.head.full_name,
        "Ketua RT 001",
        "telah mengikuti Bimtek Ketua RT 2026, Gelombang 1",
        "Rabu, 8 April 2026",
        "Drs. H. Rahmadi",
        f"NIP {'1' * 18}",
        "Verifikasi data",
    ):
        assert words in of_first[0], words
    assert "tanda tangan elektronik" not in of_first[0]
    assert f"Budi #strong mewakili {second.head.full_name} RT 001" in of_second[0]
    for words in ("Pencegahan narkoba", "Administrasi RT", "Kepala BNNK Tabalong", "09.00–10.00", "Jumlah 105 2,3 JP"):
        assert words in of_first[1], words
    assert "Makan siang" not in of_first[1]


def test_a_name_of_two_hundred_letters_stays_on_its_page(official):
    wave, session, (first, second, third) = taught_wave()
    attended(session, first, second, third, by=official)
    long = ("A" * 200, "Muhammad Abdurrahman " * 9 + "Wahid", "W" * 240)
    for person, name in zip((first, second, third), long, strict=True):
        certified(person, by=official, serial=person.pk, number=f"N{person.pk}", holder=name, represents=name[:200])
    with ZipFile(BytesIO(content_of(written("sertifikat-gelombang", official, wave=wave.pk)))) as bundle:
        pages = [texts(bundle.read(name)) for name in bundle.namelist()]
    assert [len(each) for each in pages] == [2, 2, 2]
    for each, name in zip(pages, long, strict=True):
        letters = each[0].replace(" ", "").replace("\u200b", "")
        assert name.replace(" ", "") in letters


def test_however_much_there_is_to_say_a_certificate_has_two_pages(official):
    wave, _, (first, *_) = taught_wave()
    for number in range(30):
        factories.session(wave=wave, title=f"Materi {number} " + "kata " * 30, starts=time(8), minutes=45)
    signer = Signatory.objects.create(office=wave.program.office, name="Rahmadi " * 14, position="Kepala Dinas " * 15)
    PaperSettings.objects.create(program=wave.program, certificate_signer=signer)
    Office.objects.update(name="Dinas " * 25, address="Jalan Panjang " * 14, contact_lines="Telepon 0526 " * 15)
    words = {"subject": "Sertifikat " * 15, "text": "\n\n".join(["telah mengikuti pelatihan " * 30] * 3)}
    words |= {"kind": "paper_certificate", "scope": f"program:{wave.program_id}", "number": 1}
    Wording.objects.create(**words, created_at=NOW, created_by=official)
    certified(first, by=official, number="9" * 110, represents="Abdurrahman " * 18)
    front, back = texts(content_of(written("sertifikat", official, enrolment=first.pk)))
    assert "Verifikasi data" in front
    assert "Materi 29" in back
    assert "Jumlah" in back


def test_one_person_is_printed_alone_and_the_qr_code_leads_to_the_check_page(official):
    wave, session, (first, *_) = taught_wave()
    [made] = issued(wave, session, first, by=official)
    assert len(texts(content_of(written("sertifikat", official, enrolment=first.pk)))) == 2
    wave = Wave.objects.select_related("program__office__region", "program__region", "venue").get()
    [row] = with_holders(Certificate.objects)
    with override_settings(BASE_URL="https://portal.test"):
        address = check_address(row)
        _, [item] = CertificatePaper(wave).laid_out([row])
    assert item["qr"] == qr_drawing(address)
    assert item["address"] == address.removeprefix("https://")
    assert read_check_code(address.removeprefix("https://portal.test/cek/").strip("/")) == made.check_code


def test_the_hours_are_those_of_the_own_group_without_who_declined(official):
    wave, _, (first, *_) = taught_wave()
    speaker = factories.speaker(position="Camat Jaro")
    of_a = factories.session(wave=wave, title="Khusus A", starts=time(10), group="Kelompok A", speakers=[speaker])
    factories.session(wave=wave, title="Khusus B", starts=time(10), group="Kelompok B")
    SessionSpeaker.objects.filter(session=of_a).update(status="declined")
    Enrolment.objects.filter(pk=first.pk).update(group="Kelompok A")
    certified(first, by=official)
    wave = Wave.objects.select_related("program__office__region", "program__region", "venue").get()
    shared, [item] = CertificatePaper(wave).laid_out(with_holders(Certificate.objects))
    hours = shared["agendas"][item["agenda"]]
    assert [(row["title"], row["speakers"]) for row in hours["rows"]] == [("Pencegahan narkoba", ""), ("Khusus A", "")]
    assert hours["minutes"] == 120


def test_nothing_is_printed_before_there_are_certificates_and_what_was_revoked_is_not(official):
    wave, _, (first, *_) = taught_wave()
    file = written("sertifikat-gelombang", official, wave=wave.pk)
    assert (file.state, "Terbitkan dahulu" in file.failure) == ("failed", True)
    certified(first, by=official, revoked_at=NOW)
    for key in (first.pk, "x", "0", "9" * 30):
        with pytest.raises(Http404):
            open_export("sertifikat", user=official, params={"enrolment": key})


def test_only_who_schedules_in_the_programme_prints_them(official):
    factories.regions(JAMBI)
    wave, _, (first, *_) = taught_wave()
    certified(first, by=official)
    for name, params in (("sertifikat", {"enrolment": first.pk}), ("sertifikat-gelombang", {"wave": wave.pk})):
        with pytest.raises(PermissionDenied):
            open_export(name, user=factories.user(role="viewer"), params=params)
        with pytest.raises(Http404):
            open_export(name, user=factories.user(region=JAMBI), params=params)


def test_the_head_fetches_the_own_one_from_the_personal_page_and_a_stranger_none(official, client):
    wave, session, (first, second, _) = taught_wave()
    first, second = (factories.enrolment(wave=wave, head=factories.head(number=f"{n}")) for n in (701, 702))
    issued(wave, session, first, by=official)
    path = factories.personal_path(first)
    assert 'href="sertifikat/"' in client.get(path).content.decode()
    response = client.get(f"{path}sertifikat/")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert first.head.full_name in texts(response.content)[0]
    assert client.get(f"{factories.personal_path(second)}sertifikat/").status_code == 404
    Certificate.objects.update(revoked_at=NOW)
    assert client.get(f"{path}sertifikat/").status_code == 404
    assert 'href="sertifikat/"' not in client.get(path).content.decode()


def test_the_preview_of_the_words_is_marked_as_a_sample_and_keeps_nothing(official, tmp_path):
    _, _, (first, *_) = taught_wave()
    template, data = PAPER_KINDS["certificate"].sample(official, first.pk, NOW)
    target = tmp_path / "contoh.pdf"
    typeset(template, data, target, look=lambda: None)
    [front, _] = texts(target.read_bytes())
    assert "Data contoh" in front
    assert "Nomor: ……/SERTIFIKAT/IV/2026" in front
    assert not Certificate.objects.exists()
    with pytest.raises(Http404):
        factories.regions(JAMBI)
        PAPER_KINDS["certificate"].sample(factories.user(region=JAMBI), first.pk, NOW)
