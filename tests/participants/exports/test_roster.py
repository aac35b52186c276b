"""The roster as a file, read back the way an office opens it."""

import csv
import io
import zipfile
from datetime import UTC, datetime, time

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from participants import nik_store
from participants.models import Answer, Attendance
from programs.models import Program, Wave
from rtportal.accounts.models import User
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.request_export import request_export
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, TABALONG

pytestmark = pytest.mark.django_db
FORMULA_NAMES = ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+6281234567890", "-1", '=HYPERLINK("http://x.test")']


@pytest.fixture
def wave() -> Wave:
    factories.regions()
    return factories.wave(areas=(MURUNG_PUDAK, JARO), invitations_opened_at=factories.NOW)


def export_of(wave: Wave, user=None):
    user = user or factories.user(role="admin", region=wave.program.region_id)
    return open_export("daftar-peserta", user=user, params={"wave": wave.pk})


def file_of(wave: Wave, file_format: str) -> GeneratedFile:
    user = factories.user(role="admin", region=wave.program.region_id)
    export = export_of(wave, user)
    return request_export(export=export, file_format=FORMATS[file_format], by=user, clock=lambda: factories.NOW)


def xlsx_rows(file: GeneratedFile, sheet: str = "Daftar peserta") -> list[list]:
    return CalamineWorkbook.from_filelike(default_storage.open(file.path)).get_sheet_by_name(sheet).to_python()


def csv_rows(file: GeneratedFile) -> list[list[str]]:
    text = default_storage.open(file.path).read().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def records(rows: list[list]) -> list[dict]:
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def answered(wave: Wave, kind: str, *, at=factories.NOW, channel: str = "link", head=None, **fields):
    made = factories.enrolment(wave=wave, head=head, answer=kind, answered_at=at, **fields)
    Answer.objects.create(enrolment=made, kind=kind, channel=channel, at=at)
    return made


@pytest.mark.parametrize(("file_format", "rows_of"), [("xlsx", xlsx_rows), ("csv", csv_rows)])
def test_a_row_says_who_where_what_was_answered_and_in_which_sessions_they_were(wave, file_format, rows_of):
    clerk = factories.user()
    opening = factories.session(wave=wave, title="Pembukaan", starts=time(8, 0), kind="opening")
    factories.session(wave=wave, title="ISHOMA", starts=time(12, 0), kind="break")
    factories.session(wave=wave, title="Wawasan kebangsaan", starts=time(13, 0))
    who = factories.head(
        number="005",
        rw="002",
        gelar_depan="H.",
        name="Ahmad Fauzi",
        gelar_belakang="S.Pd., M.M.",
        nik_encrypted=nik_store.sealed("6309061203700001"),
    )
    person = answered(
        wave,
        "represented",
        head=who,
        channel="phone",
        at=datetime(2026, 4, 2, 0, 5, tzinfo=UTC),
        substitute_name="Siti Aminah",
        substitute_phone="+6285212345678",
        substitute_relation="Suami/istri",
        reason="Umrah",
    )
    Attendance.objects.create(enrolment=person, session=opening, marked_at=factories.NOW, marked_by=clerk)
    [row] = records(rows_of(file_of(wave, file_format)))
    assert float(row.pop("No")) == 1
    assert row == {
        "Nama": "H. Ahmad Fauzi, S.Pd., M.M.",
        "NIK": "6309••••••••0001",
        "RT": "005",
        "RW": "002",
        "Kelurahan/desa": person.village.full_name,
        "Kecamatan": "Murung Pudak",
        "Nomor HP": "0812-••••-7890",
        "Jawaban": "Diwakili",
        "Nama wakil": "Siti Aminah",
        "Nomor HP wakil": "0852-••••-5678",
        "Hubungan wakil": "Suami/istri",
        "Alasan": "Umrah",
        "Dijawab lewat": "telepon",
        "Dicatat oleh": "",
        "Dijawab pada": "2 Apr 2026 08.05 WITA",
        "Kehadiran: Pembukaan, 08.00 WITA": "Hadir",
        "Kehadiran: Wawasan kebangsaan, 13.00 WITA": "",
    }


@pytest.mark.parametrize("name", FORMULA_NAMES)
def test_no_name_ever_runs_as_a_formula(wave, name):
    answered(
        wave, "represented", head=factories.head(name=name, gelar_depan=""), substitute_name=name, reason=f"a\t{name}"
    )
    workbook = file_of(wave, "xlsx")
    sheet = zipfile.ZipFile(default_storage.open(workbook.path)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "<f " not in sheet
    [row] = records(xlsx_rows(workbook))
    assert (row["Nama"], row["Nama wakil"]) == (name, name)
    [row] = records(csv_rows(file_of(wave, "csv")))
    assert (row["Nama"], row["Nama wakil"]) == (f"'{name}", f"'{name}")


def test_phone_nik_and_rt_are_text_cells(wave):
    head = factories.head(number="007", rw="001", nik_encrypted=nik_store.sealed("6309061203700001"))
    factories.enrolment(wave=wave, head=head)
    file = file_of(wave, "xlsx")
    sheet = zipfile.ZipFile(default_storage.open(file.path)).read("xl/worksheets/sheet1.xml").decode()
    line = sheet.split('<row r="2">')[1].split("</row>")[0]
    assert line.count("<v>") == 1  # only the running number
    assert line.count('t="inlineStr"') == line.count("<c ") - 1


@pytest.mark.parametrize(
    ("region", "district", "label", "written"),
    [
        ("15.71", "15.71.01", "WIB", "2 Mar 2026 23.30 WIB"),
        ("63.09", "63.09.06", "WITA", "3 Mar 2026 00.30 WITA"),
        ("91.71", "91.71.01", "WIT", "3 Mar 2026 01.30 WIT"),
    ],
)
def test_times_are_those_of_the_region_of_the_wave(region, district, label, written):
    factories.regions(region)
    wave = factories.wave(program=factories.program(region=region), areas=(district,))
    factories.session(wave=wave, title="Materi", starts=time(9, 0))
    head = factories.head(district=district)
    answered(wave, "confirmed", head=head, at=datetime(2026, 3, 2, 16, 30, tzinfo=UTC))
    for row in (*records(xlsx_rows(file_of(wave, "xlsx"))), *records(csv_rows(file_of(wave, "csv")))):
        assert row["Dijawab pada"] == written
        assert row[f"Kehadiran: Materi, 09.00 {label}"] == ""


def test_the_numbers_by_kecamatan_agree_with_the_rows(wave):
    clerk = factories.user()
    session = factories.session(wave=wave)
    kinds = ["confirmed", "confirmed", "represented", "declined", ""]
    for district in (MURUNG_PUDAK, JARO):
        for number, head in enumerate(factories.heads(7, district=district)):
            kind = kinds[number % 5]
            fields = {"substitute_name": "Siti"} if kind == "represented" else {}
            person = answered(wave, kind, head=head, **fields) if kind else factories.enrolment(wave=wave, head=head)
            if kind == "confirmed":
                Attendance.objects.create(enrolment=person, session=session, marked_at=factories.NOW, marked_by=clerk)
    file = file_of(wave, "xlsx")
    [attendance] = [heading for heading in xlsx_rows(file)[0] if heading.startswith("Kehadiran")]
    rows, totals = records(xlsx_rows(file)), records(xlsx_rows(file, "Rekap"))
    assert [total["Kecamatan"] for total in totals] == ["Murung Pudak", "Jaro", "Jumlah"]
    for total in totals:
        mine = [row for row in rows if total["Kecamatan"] in (row["Kecamatan"], "Jumlah")]
        assert total["Peserta"] == len(mine)
        for answer in ("Hadir", "Diwakili", "Berhalangan", "Belum menjawab"):
            assert total[answer] == sum(row["Jawaban"] == answer for row in mine)
        assert total["Tercatat hadir di tempat"] == sum(row[attendance] == "Hadir" for row in mine)
        assert sum(total[key] for key in ("Hadir", "Diwakili", "Berhalangan", "Belum menjawab")) == total["Peserta"]


def test_decisions_about_substitutes_and_letters_have_columns_only_where_there_are_any(wave):
    columns = {"Persetujuan wakil", "Surat tugas wakil"}
    assert not columns & {column.heading for column in export_of(wave).columns()}
    wave.program.substitute_letter = True
    wave.program.save()
    fields = {"substitute_name": "Siti", "substitute_state": "approved", "substitute_letter_at": factories.NOW}
    answered(wave, "represented", head=factories.head(number="001"), **fields)
    fields |= {"substitute_name": "Budi", "substitute_state": "pending", "substitute_letter_at": None}
    answered(wave, "represented", head=factories.head(number="002"), **fields)
    answered(wave, "confirmed", head=factories.head(number="003"))
    rows = records(csv_rows(file_of(wave, "csv")))
    assert [row["Persetujuan wakil"] for row in rows] == ["disetujui", "menunggu persetujuan", ""]
    assert [row["Surat tugas wakil"] for row in rows] == ["2 Mar 2026 10.00 WITA", "belum ada", ""]


def test_an_answer_that_was_recorded_on_behalf_says_so_and_by_whom(wave):
    person = answered(wave, "confirmed", head=factories.head(number="001"), channel="in_person")
    person.answers.update(actor=factories.user(name="Operator Kelurahan"))
    answered(wave, "confirmed", head=factories.head(number="002"))
    # Taken back since: there is no answer, whatever the history holds.
    back = answered(wave, "represented", head=factories.head(number="003"), substitute_name="Budi")
    type(back).objects.filter(pk=back.pk).update(answer="", answered_at=None, substitute_state="refused")
    rows = records(csv_rows(file_of(wave, "csv")))
    assert [(row["Dijawab lewat"], row["Dicatat oleh"]) for row in rows] == [
        ("tatap muka", "Operator Kelurahan"),
        ("tautan pribadi", ""),
        ("", ""),
    ]
    assert rows[2]["Persetujuan wakil"] == "ditolak"


def test_the_companion_has_a_column_only_where_one_is_obligatory(wave):
    assert "Nama pendamping" not in [column.heading for column in export_of(wave).columns()]
    wave.program.companions = Program.Companions.REQUIRED
    wave.program.save()
    factories.enrolment(wave=wave, companion_name="Nur Aini")
    [row] = records(csv_rows(file_of(wave, "csv")))
    assert row["Nama pendamping"] == "Nur Aini"


def test_made_up_people_are_marked_as_such(wave):
    factories.enrolment(wave=wave, head=factories.head(number="001"))
    assert "Catatan" not in csv_rows(file_of(wave, "csv"))[0]
    factories.enrolment(wave=wave, head=factories.head(number="002", is_synthetic=True))
    assert [row["Catatan"] for row in records(csv_rows(file_of(wave, "csv")))] == ["", "data contoh"]


def test_a_nik_that_no_key_opens_is_hidden_and_breaks_nothing(wave):
    factories.enrolment(wave=wave, head=factories.head(nik_encrypted="not-a-token"))
    [row] = records(csv_rows(file_of(wave, "csv")))
    assert row["NIK"] == "•" * 16


def test_the_latest_answer_counts_and_says_how_it_came(wave):
    person = answered(wave, "confirmed", channel="link")
    Answer.objects.create(enrolment=person, kind="declined", channel="whatsapp", at=factories.NOW)
    person.answer = "declined"
    person.save()
    [row] = records(csv_rows(file_of(wave, "csv")))
    assert (row["Jawaban"], row["Dijawab lewat"]) == ("Berhalangan", "WhatsApp")


def test_the_file_is_called_after_what_it_holds(wave):
    export = export_of(wave)
    assert export.filename.startswith("daftar-peserta-gelombang-1-2026-04-08-bimtek-ketua-rt")
    assert export.title == f"Daftar peserta Gelombang 1, {wave.program.name}"
    assert (export.subject, export.region_code) == (wave.group, TABALONG)


def test_one_row_and_a_thousand_take_the_same_queries(wave):
    session = factories.session(wave=wave)
    clerk = factories.user()
    admin = factories.user(role="admin")

    def queries(rows: int) -> int:
        someone = User.objects.get(pk=admin.pk)
        with CaptureQueriesContext(connection) as seen:
            export = export_of(wave, someone)
            assert export.count() == rows == len(list(export.rows()))
        return len(seen)

    factories.enrolment(wave=wave)
    one = queries(1)
    for number, head in enumerate(factories.heads(999, district=JARO)):
        person = factories.enrolment(wave=wave, head=head)
        if number % 3 == 0:
            Attendance.objects.create(enrolment=person, session=session, marked_at=clock.now(), marked_by=clerk)
    assert queries(1_000) == one


def test_groups_and_continuations_have_columns_only_where_there_are_any(wave):
    absent = factories.enrolment(wave=wave, group="Kelompok A", superseded_at=factories.NOW)
    later = factories.wave(program=wave.program, number=2, on=factories.WAVE_DAY.replace(day=20), areas=())
    factories.enrolment(wave=later, head=absent.head, follows=absent)
    [row] = records(xlsx_rows(file_of(wave, "xlsx")))
    assert (row["Kelompok"], row["Susulan"]) == ("Kelompok A", "dilanjutkan ke Gelombang 2")
    [row] = records(xlsx_rows(file_of(later, "xlsx")))
    assert (row["Susulan"], "Kelompok" in row) == ("tidak hadir di Gelombang 1", False)
