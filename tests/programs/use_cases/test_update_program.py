import pytest

from programs.errors import Refusal, StaleEdit
from programs.models import Program
from programs.use_cases.update_program import update_program
from rtportal.audit.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    factories.regions(factories.TABALONG, factories.JAMBI)
    return factories.program(name="Bimtek Ketua RT 2026")


def update(program, *, version=1, actor=None, **changes):
    kept = ("office", "name", "kind", "aim", "letter_number", "companions", "answer_days_before", "minutes_per_jp")
    kept += ("reach_chain", "substitutes", "substitute_limit", "substitute_letter", "bring", "records_hours")
    wishes = {name: getattr(program, name) for name in kept} | changes
    return update_program(program=program, version=version, **wishes, actor=actor, now=factories.NOW)


def test_the_length_of_a_jp_is_changed_and_said(program):
    update(program, minutes_per_jp=60)
    assert AuditEvent.objects.get().data["changes"] == [
        {"label": "Jam pelajaran", "before": "45 menit", "after": "60 menit"}
    ]


def test_what_to_bring_and_whether_leaving_is_recorded_is_changed_and_said(program):
    update(program, bring="Surat undangan, KTP", records_hours=True)
    assert AuditEvent.objects.get().data["changes"] == [
        {"label": "Yang perlu dibawa", "before": "(kosong)", "after": "Surat undangan, KTP"},
        {"label": "Catat saat keluar", "before": "tidak", "after": "ya"},
    ]


def test_the_rules_about_substitutes_are_changed_and_said(program):
    update(program, substitutes="office", substitute_limit=5, substitute_letter=True)
    assert AuditEvent.objects.get().data["changes"] == [
        {
            "label": "Wakil",
            "before": "Boleh, tanpa persetujuan",
            "after": "Boleh, setelah disetujui penyelenggara",
        },
        {"label": "Wakil paling banyak", "before": "tanpa batas", "after": "5 per gelombang"},
        {"label": "Surat tugas wakil", "before": "tidak perlu", "after": "wajib"},
    ]


def test_a_change_is_saved_with_what_changed_in_the_audit_line(program):
    saved = update(program, letter_number="005/12/DPMD", answer_days_before=3)
    assert (saved.letter_number, saved.version) == ("005/12/DPMD", 2)
    line = AuditEvent.objects.get(subject=f"program:{program.pk}")
    assert line.data["changes"] == [
        {"label": "Nomor surat undangan", "before": "(kosong)", "after": "005/12/DPMD"},
        {"label": "Batas jawaban", "before": "H-2", "after": "H-3"},
    ]


def test_saving_without_a_change_writes_nothing(program):
    assert update(program).version == 1
    assert not AuditEvent.objects.exists()


def test_the_second_official_is_told_who_changed_what_and_nothing_is_overwritten(program):
    update(program, name="Bimtek RT 2026", actor=factories.user(name="Hasan Basri"))
    with pytest.raises(StaleEdit) as refusal:
        update(program, version=1, aim="Meningkatkan kapasitas")
    change = refusal.value.changes[0]
    assert (change.label, change.before, change.after) == ("Nama program", "Bimtek Ketua RT 2026", "Bimtek RT 2026")
    assert (change.who, change.at) == ("Hasan Basri", factories.NOW)
    assert Program.objects.get(pk=program.pk).aim == ""


def test_she_may_then_save_on_top_of_the_version_she_was_told(program):
    update(program, name="Bimtek RT 2026")
    with pytest.raises(StaleEdit) as refusal:
        update(program, version=1, aim="Meningkatkan kapasitas")
    saved = update(program, version=refusal.value.version, aim="Meningkatkan kapasitas")
    assert (saved.aim, saved.name, saved.version) == ("Meningkatkan kapasitas", "Bimtek Ketua RT 2026", 3)


def test_what_was_changed_and_changed_back_is_not_told(program):
    update(program, name="Bimtek RT 2026", aim="Tujuan")
    update(program, version=2, name="Bimtek Ketua RT 2026", aim="Tujuan")
    with pytest.raises(StaleEdit) as refusal:
        update(program, version=1)
    assert [change.label for change in refusal.value.changes] == ["Tujuan"]


def test_an_office_of_another_region_is_refused(program):
    stranger = factories.office(region=factories.JAMBI, name="Bagian Pemerintahan")
    with pytest.raises(Refusal) as refusal:
        update(program, office=stranger)
    assert refusal.value.sentence == "Bagian Pemerintahan bukan kantor di Kabupaten Tabalong."


def test_the_name_of_another_programme_is_refused(program):
    factories.program(name="Retret Ketua RT")
    with pytest.raises(Refusal) as refusal:
        update(program, name="Retret Ketua RT")
    assert refusal.value.sentence == "Sudah ada program dengan nama ini di wilayah Anda."
    program.refresh_from_db()
    assert (program.name, program.version) == ("Bimtek Ketua RT 2026", 1)


def test_another_chain_is_kept_and_said_in_the_history(program):
    saved = update(program, reach_chain=["manual", "letter"])
    assert saved.reach_chain == ["manual", "letter"]
    assert "rantai pengiriman" in AuditEvent.objects.get(action="program.changed").sentence


@pytest.mark.parametrize("chain", [["pos"], ["letter", "letter"]])
def test_a_chain_with_an_unknown_channel_or_one_twice_is_refused(program, chain):
    with pytest.raises(Refusal):
        update(program, reach_chain=chain)
    program.refresh_from_db()
    assert program.reach_chain == []
