import threading
from datetime import time, timedelta

import pytest
from django.db import connection

from participants.models import Reminder
from participants.reminders import plan_reminders
from programs.errors import Refusal, SeatsShort, StaleEdit
from programs.models import Wave
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MUARA_UYA, MURUNG_PUDAK, NOW, WAVE_DAY
from tests.programs.use_cases.rescheduling import A_WEEK, change, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions(factories.TABALONG)
    return factories.wave(areas=(MURUNG_PUDAK, JARO))


@pytest.fixture
def opened(wave):
    """The wave with open invitations: 2 heads of Murung Pudak and 3 of Jaro."""
    for district, count in ((MURUNG_PUDAK, 2), (JARO, 3)):
        for head in factories.heads(count, district=district):
            factories.enrolment(wave=wave, head=head)
    wave.invitations_opened_at = NOW
    wave.save()
    plan_reminders(wave=wave, now=NOW)
    return wave


def test_a_new_date_is_saved_with_an_audit_line_in_words(wave):
    saved = change(wave, **later(wave))
    assert saved.local_day == WAVE_DAY + A_WEEK
    line = AuditEvent.objects.get(subject=wave.group, action="wave.changed")
    assert "waktu Rabu, 8 April 2026, 08.00–15.00 WITA → Rabu, 15 April 2026, 08.00–15.00 WITA" in line.sentence


def test_saving_without_a_change_writes_nothing(wave):
    assert change(wave).version == 1
    assert not AuditEvent.objects.exists()


def test_areas_can_be_exchanged_while_nobody_is_invited(wave):
    change(wave, areas=[JARO, MUARA_UYA])
    assert sorted(wave.areas.values_list("code", flat=True)) == [MUARA_UYA, JARO]


def test_the_second_official_is_told_who_changed_what_and_nothing_is_overwritten(wave):
    change(wave, **later(wave), areas=[JARO], actor=factories.user(name="Hasan Basri"))
    with pytest.raises(StaleEdit) as refusal:
        change(wave, version=1, number=5)
    told = {told.label: (told.before, told.after, told.who) for told in refusal.value.changes}
    assert told == {
        "Waktu": (
            "Rabu, 8 April 2026, 08.00–15.00 WITA",
            "Rabu, 15 April 2026, 08.00–15.00 WITA",
            "Hasan Basri",
        ),
        "Wilayah peserta": ("Murung Pudak, Jaro", "Jaro", "Hasan Basri"),
    }
    assert refusal.value.version == 2
    assert Wave.objects.get(pk=wave.pk).number == 1


def test_she_may_then_save_on_top_of_the_version_she_was_told(wave):
    change(wave, **later(wave))
    assert change(wave, version=2, number=5).number == 5


def test_an_end_before_the_start_is_refused(wave):
    with pytest.raises(Refusal) as refusal:
        change(wave, ends_at=wave.starts_at)
    assert refusal.value.sentence == "Waktu selesai harus setelah waktu mulai."


def test_a_wave_cannot_be_moved_into_the_past(wave):
    with pytest.raises(Refusal) as refusal:
        change(wave, **later(wave, -timedelta(days=60)))
    assert "sudah lewat" in refusal.value.sentence


def test_a_wave_that_has_begun_can_still_be_mended_without_moving_it(wave):
    assert change(wave, number=4, now=wave.starts_at + timedelta(hours=1)).number == 4


def test_an_area_of_another_wave_is_refused_with_that_wave(wave):
    factories.wave(program=wave.program, number=2, areas=(MUARA_UYA,))
    with pytest.raises(Refusal) as refusal:
        change(wave, areas=[JARO, MUARA_UYA])
    assert refusal.value.sentence == "Kecamatan Muara Uya sudah masuk Gelombang 2 dalam program ini."
    assert wave.areas.count() == 2


def test_invited_heads_cannot_fall_out(opened):
    with pytest.raises(Refusal) as refusal:
        change(opened, areas=[MURUNG_PUDAK])
    assert "Undangan gelombang ini sudah dibuka" in refusal.value.sentence
    assert "Kecamatan Jaro (3 ketua RT)" in refusal.value.sentence
    assert opened.areas.count() == 2


def test_of_a_split_village_the_rw_of_an_invited_head_cannot_fall_out_but_the_other_can(wave):
    village = factories.villages_of(MUARA_UYA)[0].code
    change(wave, areas=[f"{village}/001", f"{village}/002"])
    factories.enrolment(wave=wave, head=factories.head(village=village, rw="001"))
    kept = wave.wave_areas.get(rw="001").pk
    with pytest.raises(Refusal) as refusal:
        change(wave, version=2, areas=[f"{village}/002"])
    assert "Kecamatan Muara Uya (1 ketua RT)" in refusal.value.sentence
    change(wave, version=2, areas=[f"{village}/001", JARO])
    assert sorted(area.key for area in wave.wave_areas.all()) == [f"{village}/001", JARO]
    assert wave.wave_areas.get(rw="001").pk == kept


def test_an_area_may_join_after_the_invitations_were_opened(opened):
    change(opened, areas=[MURUNG_PUDAK, JARO, MUARA_UYA])
    assert opened.areas.count() == 3


def test_moving_an_invited_wave_moves_its_pending_reminders(opened):
    before = dict(opened.reminders.values_list("rule_id", "due_at"))
    change(opened, **later(opened))
    after = dict(opened.reminders.values_list("rule_id", "due_at"))
    assert len(before) == 3
    assert after == {rule: due + A_WEEK for rule, due in before.items()}


def test_a_reminder_whose_new_time_has_passed_is_skipped_and_one_already_sent_stays(opened):
    sent = opened.reminders.get(rule__days_before=7)
    Reminder.objects.filter(pk=sent.pk).update(state="done")
    soon = clock.local_instant(clock.local_date(NOW, "WITA") + timedelta(days=2), time(8), "WITA")
    change(opened, starts_at=soon, ends_at=soon + timedelta(hours=7))
    states = dict(opened.reminders.values_list("rule__days_before", "state"))
    assert states == {7: "done", 3: "skipped", 1: "pending"}
    assert opened.reminders.get(pk=sent.pk).due_at == sent.due_at


def test_the_agenda_moves_along_by_days_and_keeps_its_hours(wave):
    session = factories.session(wave=wave, starts=time(9, 30))
    starts_at = wave.starts_at + A_WEEK + timedelta(hours=1)
    change(wave, starts_at=starts_at, ends_at=starts_at + timedelta(hours=6))
    session.refresh_from_db()
    assert session.starts_at == clock.local_instant(WAVE_DAY + A_WEEK, time(9, 30), "WITA")


def test_seats_accepted_once_are_asked_again_only_when_more_are_needed(wave):
    factories.heads(5, district=JARO)
    hall = factories.venue(capacity=4)
    assert change(wave, venue=hall, accepted_seats=5).seats_acknowledged == 5
    assert change(wave, version=2, number=3, venue=hall).seats_acknowledged == 5
    factories.heads(1, district=MURUNG_PUDAK)
    with pytest.raises(SeatsShort) as refusal:
        change(wave, version=3, number=4, venue=hall)
    assert (refusal.value.needed, refusal.value.capacity) == (6, 4)
    assert change(wave, version=3, number=4, venue=hall, accepted_seats=6).seats_acknowledged == 6


def test_what_was_accepted_for_one_hall_says_nothing_about_another(wave):
    factories.heads(5, district=JARO)
    change(wave, venue=factories.venue(capacity=4), accepted_seats=5)
    wave.refresh_from_db()
    with pytest.raises(SeatsShort):
        change(wave, version=2, venue=factories.venue(capacity=3))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_wins_and_the_other_is_told(wave):
    together = threading.Barrier(2)
    outcomes = []

    def save(number: int):
        try:
            together.wait()
            outcomes.append(change(wave, number=number).version)
        except StaleEdit as refusal:
            outcomes.append([told.label for told in refusal.changes])
        finally:
            connection.close()

    officials = [threading.Thread(target=save, args=(number,)) for number in (8, 9)]
    for official in officials:
        official.start()
    for official in officials:
        official.join()
    assert 2 in outcomes
    assert ["Gelombang ke"] in outcomes
    assert AuditEvent.objects.filter(subject=wave.group).count() == 1
