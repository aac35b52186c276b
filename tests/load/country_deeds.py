"""What came of the people of `country_seed.py`: answers, messages, attendance, history, files."""

from participants.models import (
    Answer,
    Attendance,
    AttendanceEvent,
    DataCorrection,
    RosterImport,
    WaitingPlace,
)
from participants.reminders import INVITATION
from rtportal.accounts.models import User
from rtportal.audit.models import AuditEvent
from rtportal.documents.models import GeneratedFile
from rtportal.messaging.models import Message, Reply
from tests.load.copies import copy_of
from tests.load.list_seed import OFFICIAL


def what_they_did() -> None:
    """Answers, messages, who was there, who wrote back, who wants something else."""
    # The same people meet the same, however many others there are.
    people = (
        "(SELECT e.*, abs(hashtext(t.village_id || t.number)) AS dice "
        "FROM participants_enrolment e JOIN participants_rt t ON t.id = e.rt_id) e"
    )
    answered = f"(SELECT e.* FROM {people} WHERE e.answer <> '') e"
    copy_of(Answer.objects.earliest("pk"), answered, enrolment_id="e.id", kind="e.answer", at="e.answered_at")
    sent = Message.objects.order_by("pk").exclude(channel__in=["manual", "letter"]).first()
    copy_of(
        sent,
        f"{people} JOIN participants_rthead h ON h.id = e.head_id",
        dedupe_key=f"'{INVITATION}:' || e.id",
        kind=f"'{INVITATION}'",
        recipient_name="h.name",
        region_code="e.village_id",
        group="'wave:' || e.wave_id",
        about_id="e.id",
        state="CASE e.dice %% 200 WHEN 0 THEN 'failed' WHEN 1 THEN 'unknown' ELSE 'delivered' END",
        failure="CASE e.dice %% 200 WHEN 0 THEN 'refused' ELSE '' END",
        queued_at="e.invited_at",
        due_at="e.invited_at",
        closed_at="e.invited_at",
        reported_at="e.invited_at",
    )
    past = (
        "(SELECT e.id, e.wave_id, s.id AS session, s.starts_at FROM participants_enrolment e "
        "JOIN programs_wave w ON w.id = e.wave_id JOIN training_sessions_trainingsession s ON s.wave_id = w.id "
        "WHERE w.ends_at < now() AND e.answer <> '' AND s.title IN ('Materi 1', 'Materi 2')) e"
    )
    copy_of(
        Attendance.objects.earliest("pk"), past, enrolment_id="e.id", session_id="e.session", marked_at="e.starts_at"
    )
    copy_of(
        AttendanceEvent.objects.filter(problem="").earliest("pk"),
        past,
        uid="gen_random_uuid()",
        wave_id="e.wave_id",
        session_id="e.session",
        enrolment_id="e.id",
        walk_in_id="NULL",
        device_id="NULL",
        actor_id=str(User.objects.get(email=OFFICIAL).pk),
        at="e.starts_at",
        received_at="e.starts_at",
    )
    few = f"(SELECT e.* FROM {people} WHERE e.dice %% 100 = 0) e"
    copy_of(
        Reply.objects.earliest("pk"),
        few,
        external_id="'balasan-' || e.id",
        region_code="e.village_id",
        message_id="NULL",
    )
    copy_of(
        DataCorrection.objects.earliest("pk"), few, enrolment_id="e.id", head_id="e.head_id", village_id="e.village_id"
    )
    copy_of(WaitingPlace.objects.earliest("pk"), few, enrolment_id="e.id", wave_id="e.wave_id")
    task = Message.objects.filter(channel="manual").earliest("pk")
    address = "'+62813' || lpad(e.id::text, 8, '0')"
    copy_of(
        task,
        few,
        dedupe_key="'tugas:' || e.id",
        address=address,
        group="'wave:' || e.wave_id",
        region_code="e.village_id",
        about_id="e.id",
    )


def what_officials_did() -> None:
    """History, files, imports."""
    history = "participants_enrolment e"
    copy_of(
        AuditEvent.objects.earliest("pk"),
        history,
        at="e.invited_at",
        region_code="e.village_id",
        subject="'wave:' || e.wave_id",
    )
    owned = (
        "(SELECT w.id, p.region_id FROM programs_wave w JOIN programs_program p ON p.id = w.program_id) w, "
        "generate_series(1, 5) i"
    )
    copy_of(
        GeneratedFile.objects.earliest("requested_at"),
        owned,
        id="gen_random_uuid()",
        region_code="w.region_id",
        subject="'wave:' || w.id",
        requested_at="now() - i * interval '1 day'",
    )
    copy_of(RosterImport.objects.order_by("pk").first(), "chosen c, generate_series(1, 3) i", region_id="c.code")
