from datetime import date
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connection

from participants.models import RT, EnrolmentSuccession, RosterImport, RTHead
from participants.use_cases.answer_roster_questions import answer_roster_questions
from participants.use_cases.apply_roster import apply_roster
from participants.use_cases.approve_roster_import import approve_roster_import
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.process_roster_imports import process_roster_imports
from rtportal.audit.models import AuditEvent
from rtportal.lib import nik
from rtportal.messaging.models import Message
from tests import factories
from tests.participants import rosters
from tests.participants.substitutes import BUDI, name_substitute

pytestmark = pytest.mark.django_db
State = RosterImport.State


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def test_new_rows_become_rts_and_heads():
    made = rosters.applied(
        rosters.xlsx([rosters.row(rw="2", phone="0812-3456-7890", nik=rosters.NIK, starts="1-1-2024", status="Plt")])
    )
    head = rosters.current()
    assert made.state == State.APPLIED
    assert head.rt.label == "RT 005/RW 002"
    assert head.full_name == "H. Ahmad Fauzi, S.Pd."
    assert (head.phone, head.term_starts_on, head.status) == ("+6281234567890", date(2024, 1, 1), "plt")
    assert nik.decrypt(head.nik_encrypted, settings.NIK_KEYS) == rosters.NIK
    assert not head.is_synthetic


def test_the_same_file_with_the_same_answers_again_changes_nothing():
    rosters.applied(rosters.csv([rosters.row(), rosters.row(number="6", name="Rusdi")]))
    known = []
    for _ in range(2):
        made = rosters.previewed(rosters.csv([rosters.row()]))
        answers = {"missing": "end", "missing_kept": []}
        answer_roster_questions(import_id=made.pk, answers=answers, by=made.uploaded_by, now=factories.NOW)
        process_roster_imports(now=factories.NOW)
        made.refresh_from_db()
        approve_roster_import(import_id=made.pk, fingerprint=made.fingerprint, by=made.uploaded_by)
        process_roster_imports(now=factories.NOW)
        known.append((rosters.roster(), RTHead.objects.current().count()))
    assert known[0] == known[1]
    assert known[0][1] == 1


def test_the_same_file_again_changes_nothing():
    data = rosters.xlsx([rosters.row(number=number, nik=f"630906120370000{number}") for number in range(1, 8)])
    rosters.applied(data)
    before = rosters.roster()
    again = rosters.applied(data)
    assert (again.new_count, again.changed_count, again.unchanged_count) == (0, 0, 7)
    assert rosters.roster() == before


def test_a_changed_row_is_updated_in_place_and_empty_cells_erase_nothing():
    rosters.applied(rosters.xlsx([rosters.row(phone="0812-3456-7890", nik=rosters.NIK, status="Plt")]))
    head = rosters.current()
    rosters.applied(rosters.xlsx([rosters.row(name="Ahmad Fauzi, M.Pd.", email="rt05@contoh.id")]))
    after = rosters.current()
    assert after.pk == head.pk
    assert after.full_name == "H. Ahmad Fauzi, M.Pd."
    assert (after.phone, after.email, after.status) == (head.phone, "rt05@contoh.id", "plt")
    assert (after.nik_encrypted, after.nik_digest) == (head.nik_encrypted, head.nik_digest)


@pytest.mark.parametrize(
    ("old_term", "new_start", "ended_on"),
    [
        ({}, "", date(2026, 3, 2)),
        ({}, "1-1-2026", date(2025, 12, 31)),
        ({"ends": "31-12-2024"}, "1-1-2026", date(2024, 12, 31)),
        ({"starts": "1-1-2020"}, "1-1-2019", date(2020, 1, 1)),
    ],
)
def test_another_person_ends_the_term_of_the_old_head(old_term, new_start, ended_on):
    rosters.applied(rosters.xlsx([rosters.row(nik=rosters.NIK, **old_term)]))
    old = rosters.current()
    rosters.applied(rosters.xlsx([rosters.row(name="Nor Hayati", nik=rosters.OTHER_NIK, starts=new_start)]))
    new = rosters.current()
    old.refresh_from_db()
    assert (new.name, new.rt_id, new.gelar_depan) == ("Nor Hayati", old.rt_id, "")
    assert (old.is_current, old.term_ends_on, old.name) == (False, ended_on, "Ahmad Fauzi")


def test_an_open_invitation_passes_to_the_new_head():
    rosters.applied(rosters.xlsx([rosters.row(nik=rosters.NIK)]))
    old = rosters.current()
    coming, past = factories.wave(), factories.wave(on=date(2026, 2, 4))
    enrolment = factories.enrolment(wave=coming, head=old)
    kept = factories.enrolment(wave=past, head=old)
    made = rosters.applied(rosters.xlsx([rosters.row(name="Nor Hayati", nik=rosters.OTHER_NIK, email="nor@rt.test")]))
    assert made.preview["passing"] == 1
    enrolment.refresh_from_db()
    kept.refresh_from_db()
    assert (enrolment.head, kept.head) == (rosters.current(), old)
    assert EnrolmentSuccession.objects.get().actor is None
    sentences = [event.sentence for event in AuditEvent.objects.filter(action="roster.applied").order_by("pk")]
    assert sentences[-1].endswith("1 undangan beralih kepada ketua yang baru.")


def test_messages_not_sent_yet_follow_a_corrected_address():
    rosters.applied(rosters.xlsx([rosters.row(email="lama@rt.test", nik=rosters.NIK)]))
    wave = factories.wave()
    invite_participants(wave_id=wave.pk, by=factories.user(), now=factories.NOW)
    rosters.applied(rosters.xlsx([rosters.row(name="Ahmad Fauzan", email="baru@rt.test", nik=rosters.NIK)]))
    message = Message.objects.get()
    assert (message.address, message.recipient_name) == ("baru@rt.test", "H. Ahmad Fauzan, S.Pd.")


def test_who_turns_out_to_stand_in_for_another_head_of_the_wave_does_so_no_more():
    rosters.applied(rosters.xlsx([rosters.row(), rosters.row(number="6", name="Siti Rahmah")]))
    wave = factories.wave()
    factories.enrolment(wave=wave, head=rosters.current())
    represented = factories.enrolment(wave=wave, head=rosters.current("006"))
    # The same man, on the number that the roster did not know yet.
    name_substitute(represented, BUDI | {"substitute_name": "Ahmad Fauzi"})
    rosters.applied(rosters.xlsx([rosters.row(phone="0813-1111-2222")]))
    represented.refresh_from_db()
    assert (represented.answer, represented.substitute_state) == ("", "refused")


def test_a_head_after_a_vacancy_gets_what_the_former_one_left():
    rosters.applied(rosters.xlsx([rosters.row(nik=rosters.NIK)]))
    old = rosters.current()
    enrolment = factories.enrolment(wave=factories.wave(), head=old)
    RTHead.objects.update(is_current=False)
    rosters.applied(rosters.xlsx([rosters.row(name="Nor Hayati", nik=rosters.OTHER_NIK)]))
    enrolment.refresh_from_db()
    assert enrolment.head == rosters.current()


def test_faulty_rows_and_rts_missing_from_the_file_are_left_alone():
    rosters.applied(rosters.xlsx([rosters.row(), rosters.row(number="6")]))
    untouched = RTHead.objects.filter(rt__number="005").values()
    before = list(untouched)
    made = rosters.applied(
        rosters.xlsx([rosters.row(phone="0526 2021234"), rosters.row(number="7"), rosters.row(number="7")])
    )
    assert (made.fault_count, made.new_count, made.missing_count) == (3, 0, 1)
    assert list(untouched) == before
    assert RT.objects.count() == 2


def test_the_history_tells_who_applied_how_many():
    made = rosters.applied(rosters.xlsx([rosters.row(), rosters.row(number="6", phone="0812")]))
    event = AuditEvent.objects.get(action="roster.applied")
    assert event.sentence == (
        "Menerapkan daftar ketua RT dari berkas rt.xlsx: "
        "1 baru, 0 berubah (0 ganti ketua), 0 tetap; 1 baris bermasalah dilewati."
    )
    assert event.actor == made.uploaded_by
    assert event.data["fault_count"] == 1


def test_a_preview_that_is_no_longer_true_is_shown_anew_instead_of_applied():
    rosters.applied(rosters.xlsx([rosters.row(phone="0812-3456-7890")]))
    waiting = rosters.previewed(rosters.xlsx([rosters.row(phone="0813-0000-0000"), rosters.row(number="6")]))
    RTHead.objects.update(phone="+6281999999999")
    before = rosters.roster()
    RosterImport.objects.filter(pk=waiting.pk).update(state=State.APPROVED, approved_by=waiting.uploaded_by)
    waiting.refresh_from_db()
    assert apply_roster(roster_import=waiting, now=factories.NOW)
    old_fingerprint = waiting.fingerprint
    waiting.refresh_from_db()
    assert (waiting.state, waiting.restated_at, waiting.applied_at) == (State.PREVIEWED, factories.NOW, None)
    assert waiting.fingerprint != old_fingerprint
    assert waiting.preview["changed"][0]["changes"] == [["Nomor HP", "0819-9999-9999", "0813-0000-0000"]]
    assert rosters.roster() == before


def test_a_failure_in_the_middle_leaves_nothing_behind():
    made = rosters.approved(rosters.xlsx([rosters.row(), rosters.row(number="6")]))
    before = rosters.roster()
    # A unique index makes the last statement of many fail, as a lost connection would.
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX one_name ON participants_rthead (name)")
    with pytest.raises(Exception, match=r"(?i)unique"):
        apply_roster(roster_import=made, now=factories.NOW)
    made.refresh_from_db()
    assert made.state == State.APPROVED
    assert rosters.roster() == before


def test_writing_costs_the_same_number_of_statements_for_one_row_and_for_many(django_assert_max_num_queries):
    code = factories.villages_of(factories.JARO)[0].code
    header = ("Nama", "RT", "Kode wilayah", "HP")
    rows = [[f"Warga {n}", n, code, ""] for n in range(1, 301)]
    rosters.applied(rosters.csv(rows, header))
    changed = [[f"Warga {n}", n, code, f"0812{n:08d}"] for n in range(1, 301)]
    made = rosters.approved(rosters.csv(changed, header))
    # SQLite takes at most 999 values in one statement.
    with django_assert_max_num_queries(20 if connection.vendor == "postgresql" else 30):
        apply_roster(roster_import=made, now=factories.NOW)
    assert RTHead.objects.filter(phone="").count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_apply_an_import_once():
    made = rosters.approved(rosters.xlsx([rosters.row(), rosters.row(number="6")]))
    start, applied = Barrier(2), []

    def work():
        start.wait()
        try:
            applied.append(apply_roster(roster_import=RosterImport.objects.get(pk=made.pk), now=factories.NOW))
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(applied) == [False, True]
    assert (RT.objects.count(), RTHead.objects.count()) == (2, 2)
    assert AuditEvent.objects.filter(action="roster.applied").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_files_of_one_kabupaten_applied_at_once_do_not_collide():
    both = [rosters.previewed(rosters.xlsx([rosters.row(name=name)])) for name in ("Ahmad Fauzi", "Nor Hayati")]
    RosterImport.objects.update(state=State.APPROVED, approved_by=both[0].uploaded_by)
    start, failed = Barrier(2), []

    def work(roster_import):
        start.wait()
        try:
            apply_roster(roster_import=RosterImport.objects.get(pk=roster_import.pk), now=factories.NOW)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work, args=[it]) for it in both]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    assert RTHead.objects.current().count() == 1
    # The later one was compared with what the earlier one wrote, and waits for the official.
    assert sorted(RosterImport.objects.values_list("state", flat=True)) == [State.APPLIED, State.PREVIEWED]


def test_a_file_with_both_terms_of_an_office_ends_the_one_and_begins_the_other():
    rosters.applied(rosters.xlsx([rosters.row(nik=rosters.NIK, starts="1-1-2020")]))
    old = rosters.current()
    made = rosters.applied(
        rosters.xlsx(
            [
                rosters.row(nik=rosters.NIK, starts="1-1-2020", ends="20-12-2025"),
                rosters.row(name="Nor Hayati", nik=rosters.OTHER_NIK, starts="1-1-2026", ends="31-12-2030"),
            ]
        )
    )
    old.refresh_from_db()
    new = rosters.current()
    assert (made.fault_count, made.replaced_count) == (0, 1)
    assert (old.is_current, old.term_ends_on) == (False, date(2025, 12, 20))
    assert (new.name, new.term_starts_on, new.term_ends_on) == ("Nor Hayati", date(2026, 1, 1), date(2030, 12, 31))
    again = rosters.previewed(
        rosters.xlsx(
            [
                rosters.row(name="Nor Hayati", nik=rosters.OTHER_NIK, starts="1-1-2026", ends="31-12-2030"),
                rosters.row(nik=rosters.NIK, starts="1-1-2020", ends="20-12-2025"),
            ]
        )
    )
    assert (again.unchanged_count, again.difference_count) == (1, 0)
