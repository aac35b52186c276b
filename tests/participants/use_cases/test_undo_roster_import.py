from datetime import date, timedelta

import pytest
from django.db import connection

from participants.models import RT, Enrolment, RetiredPass, RosterImport, RosterUndo, RTHead
from participants.retention.heads import anonymise_heads
from participants.use_cases.answer_invitation import answer_invitation
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.process_roster_imports import process_roster_imports
from participants.use_cases.replace_head import replace_head
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import NOW
from tests.participants import rosters

pytestmark = pytest.mark.django_db
State = RosterImport.State


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def undone(made: RosterImport, *, now=NOW):
    return rosters.undone(made, now=now)


def known() -> list[dict]:
    return list(RTHead.objects.order_by("pk").values())


def reasons(made: RosterImport) -> list[str]:
    return [reason for _, _, reason in made.preview["undone"]["stays"]]


def test_new_heads_and_their_rts_go_and_old_values_and_heads_come_back():
    first = [rosters.row(number=n, nik=f"630906120370000{n}", phone=f"0812-3456-789{n}") for n in (1, 2, 3)]
    rosters.applied(rosters.xlsx(first))
    before = rosters.roster()
    made = rosters.applied(
        rosters.xlsx(
            [
                rosters.row(number=1, email="satu@rt.test", status="Plt", nik=rosters.OTHER_NIK),
                rosters.row(number=2, name="Nor Hayati", nik="6309065203700009", starts="1-1-2026"),
                rosters.row(number=9, name="Rusdi"),
            ]
        )
    )
    assert rosters.roster() != before
    result = undone(made)
    assert rosters.roster() == before
    assert (result.restored, result.removed, result.retired, result.stayed) == (2, 2, 0, 0)
    assert (made.state, made.undone_at, made.undone_by) == (State.UNDONE, NOW, made.uploaded_by)
    assert not RosterUndo.objects.filter(roster_import=made).exists()


def test_the_same_file_can_be_applied_again_afterwards():
    data = rosters.xlsx([rosters.row(number=n) for n in (1, 2)])
    undone(rosters.applied(data))
    assert rosters.roster() == []
    again = rosters.applied(data)
    assert (again.new_count, RTHead.objects.current().count()) == (2, 2)


def test_it_is_undone_once_and_only_within_seven_days():
    made = rosters.applied(rosters.xlsx([rosters.row()]))
    with pytest.raises(InputError, match="sudah lewat tujuh hari"):
        undone(made, now=NOW + timedelta(days=7))
    undone(made, now=NOW + timedelta(days=6, hours=23))
    with pytest.raises(InputError, match="Impor ini sudah diurungkan"):
        undone(made)
    assert AuditEvent.objects.filter(action="roster.undone").count() == 1


def test_what_was_never_applied_cannot_be_undone():
    with pytest.raises(InputError, match="siap diterapkan, jadi tidak ada yang dapat diurungkan"):
        undone(rosters.previewed(rosters.xlsx([rosters.row()])))


def test_a_file_that_changed_nothing_leaves_nothing_to_undo():
    data = rosters.xlsx([rosters.row()])
    rosters.applied(data)
    with pytest.raises(InputError, match="tidak ada yang diubahnya"):
        undone(rosters.applied(data))


def test_a_new_head_who_was_invited_since_stays_with_the_rt():
    made = rosters.applied(rosters.xlsx([rosters.row(), rosters.row(number="6", name="Rusdi")]))
    factories.enrolment(wave=factories.wave(), head=rosters.current())
    result = undone(made)
    assert [head.name for head in RTHead.objects.all()] == ["Ahmad Fauzi"]
    assert [rt.number for rt in RT.objects.all()] == ["005"]
    assert (result.removed, result.stayed) == (1, 1)
    assert made.preview["undone"]["stays"] == [["RT 005", "Kelurahan Belimbing Raya", "ketua barunya sudah diundang"]]
    assert AuditEvent.objects.get(action="roster.undone").sentence == (
        "Mengurungkan impor daftar ketua RT rt.xlsx: 0 data kembali seperti semula, 1 ketua RT baru ditarik, "
        "1 RT dibiarkan karena sudah dipakai atau diubah."
    )


def test_data_changed_by_hand_since_stay_and_nothing_of_that_rt_is_half():
    rosters.applied(rosters.xlsx([rosters.row(), rosters.row(number="6", name="Rusdi")]))
    made = rosters.applied(
        rosters.xlsx(
            [
                rosters.row(phone="0812-0000-0001", email="lima@rt.test"),
                rosters.row(number="6", name="Rusdi", email="enam@rt.test"),
            ]
        )
    )
    RTHead.objects.filter(rt__number="005").update(phone="+6281200000002")
    # What the file did not touch may have changed.
    RTHead.objects.filter(rt__number="006").update(phone="+6281200000006")
    assert undone(made).stayed == 1
    five, six = RTHead.objects.order_by("rt__number")
    assert (five.phone, five.email) == ("+6281200000002", "lima@rt.test")
    assert (six.phone, six.email) == ("+6281200000006", "")
    assert reasons(made) == ["datanya diubah sesudah impor ini"]


def test_a_head_replaced_again_since_stays_replaced():
    rosters.applied(rosters.xlsx([rosters.row()]))
    made = rosters.applied(rosters.xlsx([rosters.row(name="Nor Hayati", nik=rosters.OTHER_NIK)]))
    replace_head(head=rosters.current(), name="Rusdi", starts_on=date(2026, 3, 1), by=made.uploaded_by, now=NOW)
    before = known()
    assert undone(made).stayed == 1
    assert known() == before
    assert reasons(made)[0] in ("ketuanya berganti lagi sesudah impor ini", "datanya diubah sesudah impor ini")


def test_a_corrected_head_who_was_replaced_since_stays_as_they_are():
    rosters.applied(rosters.xlsx([rosters.row()]))
    made = rosters.applied(rosters.xlsx([rosters.row(email="lima@rt.test")]))
    replace_head(head=rosters.current(), name="Rusdi", starts_on=date(2026, 3, 1), by=made.uploaded_by, now=NOW)
    before = known()
    assert undone(made).stayed == 1
    assert known() == before


def test_a_head_who_comes_back_into_office_has_not_left_it():
    rosters.applied(rosters.xlsx([rosters.row(ends="31-12-2022")]))
    made = rosters.applied(rosters.xlsx([rosters.row(name="Nor Hayati", nik=rosters.OTHER_NIK)]))
    former = RTHead.objects.get(is_current=False)
    assert (former.term_ends_on, former.left_office_on) == (date(2022, 12, 31), date(2026, 3, 2))
    assert undone(made).restored == 1
    former.refresh_from_db()
    assert (former.is_current, former.left_office_on) == (True, None)


def test_a_head_whose_data_were_destroyed_meanwhile_does_not_come_back():
    rosters.applied(rosters.xlsx([rosters.row(), rosters.row(number="6", name="Rusdi")]))
    new = [rosters.row(name="Nor Hayati", nik=rosters.OTHER_NIK), rosters.row(number="6", name="Yusuf")]
    made = rosters.applied(rosters.xlsx(new))
    anonymise_heads([RTHead.objects.get(name="Ahmad Fauzi").pk], NOW)
    assert (undone(made).restored, rosters.current("006").name) == (1, "Rusdi")
    assert rosters.current().name == "Nor Hayati"
    assert reasons(made) == ["data ketuanya sudah dimusnahkan, jadi tidak dapat dikembalikan"]


def passed_on(**head) -> tuple[Enrolment, RosterImport]:
    """Ahmad Fauzi's open invitation went to Nor Hayati with a roster."""
    rosters.applied(rosters.xlsx([rosters.row(nik=rosters.NIK, email="ahmad@rt.test")]))
    wave = factories.wave()
    invite_participants(wave_id=wave.pk, by=factories.user(email="dua@tabalong.test"), now=NOW)
    enrolment = Enrolment.objects.get()
    fields = {"name": "Nor Hayati", "nik": rosters.OTHER_NIK, "email": "nor@rt.test"} | head
    return enrolment, rosters.applied(rosters.xlsx([rosters.row(**fields)]), now=NOW + timedelta(minutes=5))


def test_an_invitation_that_was_passed_on_goes_back_with_a_new_link():
    before, made = passed_on()
    result = undone(made, now=NOW + timedelta(hours=1))
    after = Enrolment.objects.select_related("head").get()
    assert (after.head, after.head.is_current, after.head.term_ends_on) == (before.head, True, None)
    assert (result.passed.seats, result.passed.invited, result.retired, result.removed) == (1, 1, 1, 0)
    assert RetiredPass.objects.count() == 2
    newest = Message.objects.order_by("pk").last()
    assert (newest.address, newest.state) == ("ahmad@rt.test", Message.State.QUEUED)
    assert not Message.objects.filter(address="nor@rt.test", state=Message.State.QUEUED).exists()
    # The history of the invitation names her, so she is kept there, out of office.
    gone = RTHead.objects.get(name="Nor Hayati")
    assert (gone.is_current, gone.term_ends_on) == (False, date(2026, 3, 2))


def test_an_answer_of_the_new_head_keeps_the_new_head():
    _, made = passed_on()
    enrolment = Enrolment.objects.select_related("wave", "head").get()
    answer_invitation(enrolment=enrolment, kind="confirmed", now=NOW + timedelta(hours=1))
    before = known()
    assert undone(made, now=NOW + timedelta(hours=2)).stayed == 1
    assert known() == before
    assert "sudah dijawab" in reasons(made)[0]


def test_messages_not_sent_yet_follow_the_address_back():
    rosters.applied(rosters.xlsx([rosters.row(email="lama@rt.test", nik=rosters.NIK)]))
    invite_participants(wave_id=factories.wave().pk, by=factories.user(email="dua@tabalong.test"), now=NOW)
    made = rosters.applied(rosters.xlsx([rosters.row(name="Ahmad Fauzan", email="baru@rt.test", nik=rosters.NIK)]))
    undone(made)
    message = Message.objects.get()
    assert (message.address, message.recipient_name) == ("lama@rt.test", "H. Ahmad Fauzi, S.Pd.")


def test_two_rosters_are_undone_in_any_order():
    first = rosters.applied(rosters.xlsx([rosters.row()]))
    second = rosters.applied(rosters.xlsx([rosters.row(email="lima@rt.test")]))
    RTHead.objects.update(email="")
    assert undone(first).removed == 1
    result = undone(second)
    assert (result.restored, result.stayed, RTHead.objects.count()) == (0, 0, 0)


def test_what_an_undo_needs_is_kept_for_seven_days_and_holds_no_plain_nik():
    rosters.applied(rosters.xlsx([rosters.row(nik=rosters.NIK)]))
    made = rosters.applied(rosters.xlsx([rosters.row(nik=rosters.OTHER_NIK)]))
    kept = RosterUndo.objects.get(roster_import=made)
    assert kept.until == NOW + timedelta(days=7)
    assert rosters.NIK not in str(kept.changes)
    assert rosters.OTHER_NIK not in str(kept.changes)
    process_roster_imports(now=NOW + timedelta(days=6, hours=23))
    assert RosterUndo.objects.count() == 2
    process_roster_imports(now=NOW + timedelta(days=7))
    assert RosterUndo.objects.count() == 0


def test_a_failure_in_the_middle_undoes_nothing():
    # The history is written last; a second line of the kind fails, as a lost connection would.
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX one_line ON audit_auditevent (action) WHERE action = 'roster.undone'")
    undone(rosters.applied(rosters.xlsx([rosters.row(number="7")])))
    rosters.applied(rosters.xlsx([rosters.row()]))
    made = rosters.applied(rosters.xlsx([rosters.row(email="lima@rt.test"), rosters.row(number="6")]))
    before = rosters.roster()
    with pytest.raises(Exception, match=r"(?i)unique"):
        undone(made)
    made.refresh_from_db()
    assert (made.state, rosters.roster()) == (State.UNDOING, before)
    assert RosterUndo.objects.filter(roster_import=made).exists()


def test_undoing_costs_the_same_number_of_statements_for_one_row_and_for_many(django_assert_max_num_queries):
    code = factories.villages_of(factories.JARO)[0].code
    header = ("Nama", "RT", "Kode wilayah", "HP")
    rosters.applied(rosters.csv([[f"Warga {n}", n, code, ""] for n in range(1, 301)], header))
    changed = [[f"Warga {n}", n, code, f"0812{n:08d}"] for n in range(1, 401)]
    made = rosters.applied(rosters.csv(changed, header))
    with django_assert_max_num_queries(50):
        undone(made)
    assert RTHead.objects.exclude(phone="").count() == 0
    assert RT.objects.count() == 300
