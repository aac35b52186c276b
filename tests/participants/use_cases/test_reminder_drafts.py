"""Who is reminded by which rule, over which way, and with which words."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Attendance, Enrolment, Reminder, RTHead
from participants.reminders import plan_reminders
from participants.use_cases.send_due_reminders import send_due_reminders
from programs.models import ReminderRule
from rtportal.accounts.models import Assignment
from rtportal.lib import clock
from rtportal.messaging.kinds import Content, kind_labels, render
from rtportal.messaging.models import Message, SendingHours
from sessions.models import SessionSpeaker, SpeakerInvitation
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW, WAVE_DAY
from tests.sessions.speaker_world import with_link

pytestmark = pytest.mark.django_db

H1 = datetime(2026, 4, 7, 0, tzinfo=UTC)
AFTER = datetime(2026, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def wave(settings):
    settings.MESSAGE_CHANNELS = ["inbox", "manual", "letter"]
    factories.regions()
    made = factories.wave(
        program=factories.program(name="Bimtek", with_rules=False),
        areas=(MURUNG_PUDAK, JARO),
        invitations_opened_at=NOW,
        venue=factories.venue(name="Pendopo Bersinar"),
    )
    for head in [*factories.heads(3), *factories.heads(2, district=JARO)]:
        factories.enrolment(wave=made, head=head)
    return made


def remind(wave, audience: str, days: int = 1) -> list[Message]:
    """What the rule writes at eight of its day."""
    ReminderRule.objects.create(program=wave.program, audience=audience, days_before=days)
    plan_reminders(wave=wave, now=NOW)
    send_due_reminders(now=H1 if days == 1 else AFTER)
    return list(Message.objects.order_by("about_id"))


def answers(wave, **fields) -> Enrolment:
    """The first enrolment, with this answer."""
    enrolment = wave.enrolments.order_by("pk").first()
    Enrolment.objects.filter(pk=enrolment.pk).update(**({"answer": "confirmed", "answered_at": NOW} | fields))
    return enrolment


def said(messages: list[Message]) -> list[Content]:
    return [content for content in render(messages).values() if isinstance(content, Content)]


def test_who_brings_somebody_is_reminded_with_the_companions_name(wave):
    enrolment = answers(wave, companion_name="Nurhayati")
    [message] = remind(wave, "companions")
    assert (message.about_id, message.channel) == (enrolment.pk, "inbox")
    [content] = said([message])
    assert "hadir bersama Nurhayati sebagai pendamping" in content.text
    assert "Waktu: Rabu, 8 April 2026, 08.00–15.00 WITA\nTempat: Pendopo Bersinar" in content.text
    Enrolment.objects.update(companion_name="")
    assert said([message]) == []


def test_a_substitute_is_reminded_on_the_own_telephone_without_the_heads_link(wave):
    enrolment = answers(wave, answer="represented", substitute_name="Budi", substitute_phone="+6281298765432")
    [message] = remind(wave, "substitutes")
    assert (message.channel, message.address, message.recipient_name) == ("manual", "+6281298765432", "Budi")
    [content] = said([message])
    assert "Bapak/Ibu Budi." in content.text
    assert f"mewakili {enrolment.head.full_name} (Ketua RT" in content.text
    assert "/u/" not in content.text
    Enrolment.objects.filter(pk=enrolment.pk).update(substitute_name="Ani")
    assert said([message]) == []


def test_a_substitute_without_a_telephone_is_not_written_to(wave):
    answers(wave, answer="represented", substitute_name="Budi")
    assert remind(wave, "substitutes") == []


def test_nobody_is_reminded_by_a_printed_letter(wave):
    RTHead.objects.update(email="", phone="")
    assert remind(wave, "unanswered") == []


def test_invited_speakers_are_reminded_of_the_sessions_they_did_not_decline(wave):
    coming, declined, never_asked = (
        with_link(factories.speaker(position=f"Kepala {n}", email=f"{n}@x.test")) for n in "abc"
    )
    factories.session(wave=wave, title="Narkoba", speakers=[coming, declined, never_asked])
    SessionSpeaker.objects.filter(speaker=declined).update(status="declined")
    factories.publish(wave)
    invited = [SpeakerInvitation.objects.create(wave=wave, speaker=who, invited_at=NOW) for who in (coming, declined)]
    messages = remind(wave, "speakers")
    assert {message.about_id for message in messages} == {one.pk for one in invited}
    [content] = said(messages)
    assert "Bapak/Ibu Kepala a." in content.text
    assert "“Narkoba” (narasumber)\nWaktu: Rabu, 8 April 2026, 09.00–10.00 WITA" in content.text


def test_thanks_go_the_day_after_to_who_was_there(wave):
    session = factories.session(wave=wave)
    present = wave.enrolments.order_by("pk").last()
    Attendance.objects.create(enrolment=present, session=session, marked_at=NOW, marked_by=factories.user())
    [message] = remind(wave, "attended", -1)
    assert message.about_id == present.pk
    assert clock.moment_words(message.expires_at, "WITA") == "Kamis, 16 April 2026, 08.00 WITA"
    [content] = said([message])
    assert content.subject == "Terima kasih: Bimtek, Rabu, 8 April 2026"
    assert "Terima kasih atas kehadiran Bapak/Ibu pada Bimtek" in content.text
    Attendance.objects.all().delete()
    assert said([message]) == []


def test_thanks_for_several_days_come_after_the_last_one(wave):
    wave.ends_at += timedelta(days=2)
    wave.save()
    ReminderRule.objects.create(program=wave.program, audience="attended", days_before=-1, local_time=time(9))
    plan_reminders(wave=wave, now=NOW)
    due = Reminder.objects.get().due_at
    assert clock.moment_words(due, "WITA") == "Sabtu, 11 April 2026, 09.00 WITA"


def operator(*areas: str, role: str = "village_operator", **fields):
    made = factories.user(role=role, region=areas[0], **fields)
    for area in areas[1:]:
        Assignment.objects.create(user=made, role=role, region_id=area)
    return made


def test_an_operator_reads_who_has_not_answered_in_the_own_area_and_nobody_else(wave):
    first, second, third = wave.enrolments.filter(village__code__startswith=MURUNG_PUDAK).order_by("pk")
    Enrolment.objects.filter(pk=second.pk).update(answer="declined", answered_at=NOW)
    mine = operator(first.village_id, email="lurah@kantor.test", name="Rusdi")
    of_district = operator(JARO, role="district_operator", name="Camat")
    operator(second.village_id)
    factories.user(role="viewer", region=first.village_id)
    messages = remind(wave, "operators")
    assert {message.about_id for message in messages} == {mine.pk, of_district.pk}
    contents = dict(zip((message.about_id for message in messages), render(messages).values(), strict=True))
    text = contents[mine.pk].text
    assert contents[mine.pk].subject == "1 ketua RT belum menjawab: Bimtek, Rabu, 8 April 2026"
    assert f"- {first.head.rt.label}, {first.head.full_name}\n" in text
    assert f"/jawaban/?gelombang={wave.pk}" in text
    for other in (second, third, *wave.enrolments.filter(village__code__startswith=JARO)):
        assert other.head.full_name not in text
    assert contents[of_district.pk].subject.startswith("2 ketua RT belum menjawab")
    assert {message.address for message in messages} == {mine.email, of_district.email}


def test_an_operator_whose_people_have_all_answered_hears_nothing(wave):
    first = wave.enrolments.order_by("pk").first()
    operator(first.village_id)
    [message] = remind(wave, "operators")
    wave.enrolments.update(answer="confirmed", answered_at=NOW)
    assert said([message]) == []
    assert said([]) == []


def test_a_long_list_is_cut_and_says_how_many_more_there_are(wave):
    Enrolment.objects.all().delete()
    village = factories.villages_of(MURUNG_PUDAK)[0].code
    for number in range(45):
        factories.enrolment(wave=wave, head=factories.head(village=village, number=f"{number:03d}", rw="009"))
    operator(village)
    [content] = said(remind(wave, "operators"))
    assert content.text.count("- RT ") == 40
    assert "- dan 5 lainnya" in content.text


@pytest.mark.parametrize(
    "kind",
    ["reminder_companion", "reminder_substitute", "attendance_thanks", "operator_unanswered", "speaker_reminder"],
)
def test_every_new_kind_has_a_name_for_people(kind):
    assert kind_labels()[kind] != kind


def test_lists_for_many_operators_take_as_many_queries_as_for_one(wave):
    for enrolment in wave.enrolments.all():
        operator(enrolment.village_id)
    messages = remind(wave, "operators")
    assert len(messages) > 3
    counts = []
    for batch in (messages[:1], messages):
        with CaptureQueriesContext(connection) as queries:
            assert len(said(batch)) == len(batch)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_reminder_for_an_audience_is_written_once_however_often_the_sweep_runs(wave):
    answers(wave, companion_name="Nurhayati")
    remind(wave, "companions")
    Reminder.objects.update(state="pending", closed_at=None)
    send_due_reminders(now=H1 + timedelta(minutes=1))
    assert Message.objects.count() == 1
    assert WAVE_DAY.isoformat() > Message.objects.get().dedupe_key.rpartition(":")[2]


@pytest.mark.parametrize(("starts", "states"), [(time(8), {"queued": 5}), (time(7), {"expired": 5})])
def test_the_morning_itself_waits_for_the_sending_hours_or_is_given_up_with_the_reason(wave, settings, starts, states):
    settings.MESSAGE_CHANNELS, settings.EMAIL_HOST = ["email"], "127.0.0.1"
    SendingHours.objects.all().delete()
    wave.starts_at = clock.local_instant(WAVE_DAY, starts, "WITA")
    wave.save()
    ReminderRule.objects.create(program=wave.program, audience="unanswered", days_before=0, local_time=time(6))
    plan_reminders(wave=wave, now=NOW)
    assert send_due_reminders(now=clock.local_instant(WAVE_DAY, time(6), "WITA")) == 5
    assert Counter(Message.objects.values_list("state", flat=True)) == states
    message = Message.objects.first()
    assert clock.time_words(message.due_at, "WITA") == "07.30 WITA"
    if "queued" in states:
        assert message.hold == "quiet"
    else:
        assert "jam kirim baru mulai Rabu, 8 April 2026, 07.30 WITA" in message.detail
