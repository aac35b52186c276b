"""A portal with a given number of rows of everything that its pages list."""

from datetime import time, timedelta
from itertools import islice, product

from participants.messages import REMINDER_UNANSWERED
from participants.models import RT, Answer, Attendance, Enrolment, Reminder, RosterImport, RTHead
from participants.reminders import INVITATION
from participants.roster_file.rows import SHOWN
from programs.models import Office, Program, ReminderRule, Venue, Wave, WaveArea
from rtportal.accounts.models import Assignment, User
from rtportal.audit.models import AuditEvent
from rtportal.documents.models import GeneratedFile
from rtportal.lib import clock, links
from rtportal.messaging.models import DeliveryAttempt, InboxItem, Message, Reply
from rtportal.regions.models import Region
from sessions.models import SessionSpeaker, Speaker, TrainingSession
from tests import factories

OFFICIAL = "petugas@kantor.test"
TASKS_IN = f"{factories.MURUNG_PUDAK}.1001"
# Ahead, and in the middle of its month, so that all of it is one month in every time zone.
DAY = (clock.now() + timedelta(days=45)).date().replace(day=15)


def grow(rows: int) -> None:
    """Add what is missing until there are `rows` rows of each kind; begin with one."""
    new = range(Program.objects.count(), rows)
    if not new.start:
        factories.regions(factories.TABALONG)
        factories.user(role="admin", email=OFFICIAL)
        factories.wave(program=factories.program(with_rules=False), on=DAY, starts=time(0, 5), ends=time(23, 55))
    wave = Wave.objects.select_related("program__region", "venue").earliest("pk")
    by = User.objects.get(email=OFFICIAL)
    _offices(new)
    _waves(new, wave)
    _agenda(new, wave)
    _reminders(new, wave)
    # Every second of them has been told and has answered, so the lists of those who have not are as long.
    _people(range(Enrolment.objects.count(), 2 * rows - 1), wave, by)
    _about_first_person(new, wave, by)
    _files(new, wave, by)
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=clock.now(),
            actor=by,
            actor_label=by.name,
            action="wave.updated",
            sentence=f"Perubahan {n}",
            region_code=factories.TABALONG,
            subject=wave.group,
        )
        for n in new
    )


def _offices(new: range) -> None:
    """Offices, venues and accounts; the first ones are there already."""
    further = [n for n in new if n]
    Office.objects.bulk_create(
        Office(region_id=factories.TABALONG, name=f"Kantor {n}", contact_name="Nor", contact_phone="+625262021234")
        for n in further
    )
    Venue.objects.bulk_create(Venue(region_id=factories.TABALONG, name=f"Aula {n}", capacity=350) for n in further)
    people = User.objects.bulk_create(User(email=f"orang-{n}@kantor.test", name=f"Orang {n}") for n in further)
    Assignment.objects.bulk_create(Assignment(user=who, role="viewer", region_id=factories.TABALONG) for who in people)


def _waves(new: range, first: Wave) -> None:
    """Further programmes, and further waves of the first one."""
    office = first.program.office_id
    Program.objects.bulk_create(
        Program(office_id=office, region_id=factories.TABALONG, name=f"Bimtek {n}") for n in new if n
    )
    waves = Wave.objects.bulk_create(
        Wave(
            program=first.program,
            number=n + 1,
            venue_id=first.venue_id,
            starts_at=first.starts_at + timedelta(minutes=n),
            ends_at=first.ends_at,
        )
        for n in new
        if n
    )
    districts = Region.objects.districts().exclude(pk=factories.MURUNG_PUDAK).order_by("code")
    villages = Region.objects.villages().within([factories.MURUNG_PUDAK])
    areas = [(first, district) for district in districts] if waves else []
    areas += zip(waves, villages, strict=False)
    WaveArea.objects.bulk_create(WaveArea(program=first.program, wave=wave, region=area) for wave, area in areas)


def _agenda(new: range, wave: Wave) -> None:
    """One session a minute, each with a speaker who is not certain."""
    sessions = TrainingSession.objects.bulk_create(
        TrainingSession(
            wave=wave,
            title=f"Materi {n}",
            starts_at=wave.starts_at + timedelta(minutes=n),
            ends_at=wave.starts_at + timedelta(minutes=n + 1),
        )
        for n in new
    )
    speakers = Speaker.objects.bulk_create(
        Speaker(region_id=factories.TABALONG, position=f"Narasumber {n}", institution="Dinas") for n in new
    )
    SessionSpeaker.objects.bulk_create(
        SessionSpeaker(session=session, speaker=speaker, status="tentative")
        for session, speaker in zip(sessions, speakers, strict=True)
    )


def _reminders(new: range, wave: Wave) -> None:
    """Rules of the programme, as many as can differ, and what they mean for the wave."""
    kinds = islice(product(ReminderRule.Audience.values, range(61)), new.start, new.stop)
    rules = ReminderRule.objects.bulk_create(
        ReminderRule(program=wave.program, audience=audience, days_before=days) for audience, days in kinds
    )
    Reminder.objects.bulk_create(
        Reminder(wave=wave, rule=rule, due_at=wave.starts_at - timedelta(days=rule.days_before)) for rule in rules
    )


def _people(new: range, wave: Wave, by: User) -> None:
    """Participants from all of the wave's villages; the odd ones were sent a message and have answered."""
    villages = Region.objects.villages().order_by("code")
    places = list(villages if new.start else villages.within([factories.MURUNG_PUDAK]))
    units = RT.objects.bulk_create(
        RT(village=places[n % len(places)], rw=f"{n // 900:03d}", number=f"{n % 900:03d}") for n in new
    )
    heads = RTHead.objects.bulk_create(
        RTHead(rt=unit, name=f"Warga {unit.pk}", phone="+6281234567890") for unit in units
    )
    now, kinds = clock.now(), Enrolment.AnswerKind.values
    people = Enrolment.objects.bulk_create(
        Enrolment(
            program=wave.program,
            wave=wave,
            head=head,
            rt_id=head.rt_id,
            village_id=head.rt.village_id,
            invited_at=now,
            link_hash=links.hash_token(str(n)),
            answer=kinds[n % len(kinds)] if n % 2 else "",
            answered_at=now if n % 2 else None,
            reason="Ada keperluan",
            substitute_name="Siti",
        )
        for n, head in zip(new, heads, strict=True)
    )
    session = wave.training_sessions.earliest("pk")
    Attendance.objects.bulk_create(
        Attendance(enrolment=one, session=session, marked_at=now, marked_by=by) for one in people
    )
    Message.objects.bulk_create(_message(one, INVITATION, n) for n, one in zip(new, people, strict=True) if n % 2)


def _about_first_person(new: range, wave: Wave, by: User) -> None:
    """Answers of the first participant, messages to and from them, and tries to deliver the first of those."""
    person, now = wave.enrolments.earliest("pk"), clock.now()
    Answer.objects.bulk_create(
        Answer(enrolment=person, kind="confirmed", channel=Answer.Channel.PHONE, at=now, actor=by) for _ in new
    )
    messages = Message.objects.bulk_create(_message(person, REMINDER_UNANSWERED, n) for n in new)
    InboxItem.objects.bulk_create(
        InboxItem(
            message=message,
            address=message.address,
            recipient_name=message.recipient_name,
            region_code=message.region_code,
            subject="Pengingat",
            body="Isi",
            received_at=now,
        )
        for message in messages
    )
    Reply.objects.bulk_create(
        Reply(
            channel="inbox",
            external_id=str(message.pk),
            address=message.address,
            text="Parkir di mana?",
            received_at=now,
            message=message,
            region_code=message.region_code,
        )
        for message in messages
    )
    Message.objects.bulk_create(_task(person, n) for n in new)
    Message.objects.bulk_create(_letter(person, n) for n in new)
    first = Message.objects.filter(kind=REMINDER_UNANSWERED).earliest("pk")
    DeliveryAttempt.objects.bulk_create(
        DeliveryAttempt(message=first, number=n + 1, channel="inbox", started_at=now, ended_at=now, outcome="temporary")
        for n in new
    )


def _message(person: Enrolment, kind: str, n: int) -> Message:
    now = clock.now()
    return Message(
        dedupe_key=f"{kind}:{person.pk}:{n}",
        kind=kind,
        channel="inbox",
        address=person.head.phone,
        recipient_name=person.head.name,
        region_code=person.village_id,
        group=person.wave.group,
        about_id=person.pk,
        state=Message.State.ACCEPTED if n % 3 else Message.State.UNKNOWN,
        queued_at=now,
        due_at=now,
        closed_at=now,
    )


def _task(person: Enrolment, n: int) -> Message:
    """For an operator's own telephone, all in one village, each for a number of its own."""
    message = _message(person, REMINDER_UNANSWERED, n)
    message.dedupe_key += "@manual"
    message.channel, message.address = "manual", f"+62812{n:08d}"
    message.region_code, message.state, message.closed_at = TASKS_IN, Message.State.TASK, None
    return message


def _letter(person: Enrolment, n: int) -> Message:
    """On paper, all for one village."""
    message = _message(person, REMINDER_UNANSWERED, n)
    message.dedupe_key += "@letter"
    message.channel, message.address = "letter", f"RT {n}"
    message.region_code, message.state, message.closed_at = TASKS_IN, Message.State.TASK, None
    message.started_at = message.queued_at
    return message


def _files(new: range, wave: Wave, by: User) -> None:
    """Files made, files imported; the preview of the first import has as many rows of each kind."""
    now = clock.now()
    GeneratedFile.objects.bulk_create(
        GeneratedFile(
            owner=by,
            export="daftar-peserta",
            format="xlsx",
            params={"wave": wave.pk},
            region_code=factories.TABALONG,
            subject=wave.group,
            title=f"Daftar peserta {n}",
            filename=f"daftar-{n}.xlsx",
            state=GeneratedFile.State.READY,
            requested_at=now,
        )
        for n in new
    )
    RosterImport.objects.bulk_create(
        RosterImport(
            region_id=factories.TABALONG, uploaded_by=by, uploaded_at=now, filename=f"rt-{n}.xlsx", state="previewed"
        )
        for n in new
    )
    row = {"name": "Ahmad", "unit": "RT 005", "place": "Desa Jaro", "phone": "", "before": "Budi", "changes": []}
    listed = [row | {"row": n} for n in range(new.stop)]
    faults = [{"row": n, "reasons": ["RT belum diisi."], "values": dict.fromkeys(SHOWN, "")} for n in range(new.stop)]
    first = RosterImport.objects.order_by("pk")[:1].values("pk")
    RosterImport.objects.filter(pk__in=first).update(
        faults=faults, fault_count=new.stop, preview={"new": listed, "replaced": listed, "changed": listed}
    )
