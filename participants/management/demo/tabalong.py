"""Kabupaten Tabalong: the bimtek of November 2023 as it happened, a coming one of the same shape, and a plan."""

import uuid
from datetime import date, datetime, time, timedelta

from participants.links import hash_of
from participants.management.demo.door import arrivals, sign_sheet
from participants.management.demo.events import Item, make_agenda, make_program
from participants.management.demo.facts import TABALONG, TABALONG_WAVE_DAYS
from participants.management.demo.papers import set_papers
from participants.management.demo.wishes import ask_for_copy, ask_for_correction
from participants.models import Answer, AttendanceEvent, Enrolment, RTHead
from participants.presence.projection import record_events
from participants.queries.wave_pages import current_heads
from participants.short_codes import insert_with_codes
from programs.models import Office, Program, Venue, Wave, WaveArea
from programs.queries.plan_wishes import DISTRICT, PlanWishes
from programs.use_cases.save_plan import save_plan
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.regions.models import Region
from sessions.models import Speaker, TrainingSession

CODE = "63.09"
Kind = TrainingSession.Kind

AGENDA = (
    Item(time(8, 0), time(8, 45), Kind.OPENING, "Pembukaan oleh Bupati Tabalong", ("bupati",)),
    Item(time(8, 45), time(10, 15), Kind.MATERIAL, "Pencegahan penyalahgunaan narkoba", ("bnnk",)),
    Item(time(10, 15), time(12, 0), Kind.MATERIAL, "Tugas pokok dan fungsi RT", ("p3md",)),
    Item(time(12, 0), time(13, 0), Kind.BREAK, "ISHOMA"),
    Item(time(13, 0), time(14, 30), Kind.MATERIAL, "Wawasan kebangsaan", ("dandim",)),
    Item(time(14, 30), time(15, 0), Kind.CLOSING, "Penutupan"),
)


def make(users: dict[str, User], now: datetime) -> None:
    """The programme of 2023, the live one, whose first Wednesday is at least 14 days ahead, and one only planned."""
    official = users["petugas.tabalong@contoh.invalid"]
    today = clock.local_date(now, Region.objects.get(code=CODE).time_zone)
    office = Office.objects.create(
        region_id=CODE,
        name="DPMD Kabupaten Tabalong",
        contact_name="Sekretariat DPMD (contoh)",
        contact_phone="+62526000000",
    )
    venue = Venue.objects.create(
        region_id=CODE,
        name="Aula Pendopo Bersinar Pembataan",
        address="Pembataan, Kecamatan Murung Pudak",
        capacity=350,
    )
    speakers = {
        "bupati": Speaker.objects.create(
            region_id=CODE, position="Bupati Tabalong", institution="Pemerintah Kabupaten Tabalong"
        ),
        "bnnk": Speaker.objects.create(region_id=CODE, position="Kepala BNNK Tabalong", institution="BNN"),
        "p3md": Speaker.objects.create(region_id=CODE, position="Tenaga ahli P3MD", institution="P3MD"),
        "dandim": Speaker.objects.create(region_id=CODE, position="Dandim 1008/Tabalong", institution="TNI AD"),
    }
    past = _program(office, "Bimtek Ketua RT Kabupaten Tabalong 2023")
    for wave in _waves(past, venue, TABALONG_WAVE_DAYS, speakers, now):
        _hold(wave, official)
    ask_for_correction(past, now)
    ask_for_copy(past, official, now)
    first = today + timedelta(days=14)
    first += timedelta(days=(2 - first.weekday()) % 7)  # the next Wednesday
    live = _program(office, f"Bimtek Ketua RT Kabupaten Tabalong {first.year}")
    _waves(live, venue, (first, first + timedelta(days=7), first + timedelta(days=21)), speakers, now)
    later = first + timedelta(weeks=26)
    planned = _program(office, f"Bimtek Lanjutan Ketua RT Kabupaten Tabalong {later.year}")
    _plan(planned, venue, later, official, now)
    set_papers(office, (past, live, planned), city="Tanjung")
    for made in (past, live, planned):
        record(
            at=now,
            actor=None,
            action="program.demo",
            sentence=f"Data contoh: program {made.name} dibuat.",
            region_code=CODE,
            subject=f"program:{made.pk}",
        )


def _program(office: Office, name: str) -> Program:
    return make_program(
        office,
        name=name,
        kind=Program.Kind.BIMTEK,
        aim="Ketua RT memahami tugas pokoknya, bahaya narkoba dan wawasan kebangsaan.",
        letter_number="400.10/000/DPMD/{bulan_romawi}/{tahun} (contoh)",
    )


def _plan(program: Program, venue: Venue, first: date, official: User, now: datetime) -> None:
    """How the planner would split the 951 heads: more evenly than 2023, and nothing is scheduled yet."""
    wishes = PlanWishes(
        level=DISTRICT,
        venues=(venue.pk,),
        days=(first, first + timedelta(days=7), first + timedelta(days=21)),
        hours=((time(8, 0), time(15, 0)),),
        wave_count=3,
    )
    save_plan(program=program, plan=None, version=0, name="Tiga gelombang", wishes=wishes, actor=official, now=now)


def _waves(
    program: Program, venue: Venue, days: tuple[date, ...], speakers: dict[str, Speaker], now: datetime
) -> list[Wave]:
    zone = program.region.time_zone
    made = []
    for number, day in enumerate(days, start=1):
        heads = sum(row.heads for row in TABALONG if row.wave == number)
        wave = Wave.objects.create(
            program=program,
            number=number,
            venue=venue,
            starts_at=clock.local_instant(day, time(8, 0), zone),
            ends_at=clock.local_instant(day, time(15, 0), zone),
            # The second wave is larger than the hall; a few always stay away.
            seats_acknowledged=heads if heads > venue.capacity else 0,
        )
        WaveArea.objects.bulk_create(
            WaveArea(program=program, wave=wave, region_id=row.code) for row in TABALONG if row.wave == number
        )
        # The waves of 2023 were known two weeks before.
        make_agenda(wave, AGENDA, speakers, now=min(now, wave.starts_at - timedelta(days=14)))
        made.append(wave)
    return made


def _hold(wave: Wave, official: User) -> None:
    """Fill a past wave: invited by letter ten days before, answered, attended. Who came is made up (nine in ten)."""
    invited_at = wave.starts_at - timedelta(days=10)
    answered_at = wave.starts_at - timedelta(days=4)
    wave.invitations_opened_at = invited_at
    wave.save(update_fields=["invitations_opened_at"])
    heads = list(current_heads(wave).select_related("rt"))
    people = insert_with_codes(
        _past_enrolment(wave, head, index, invited_at, answered_at) for index, head in enumerate(heads)
    )
    Answer.objects.bulk_create(
        Answer(
            enrolment=person,
            kind=person.answer,
            reason=person.reason,
            channel=Answer.Channel.LETTER,
            at=answered_at,
            actor=official,
        )
        for person in people
    )
    sessions = [session for session in wave.training_sessions.all() if session.takes_attendance]
    confirmed = [person for person in people if person.answer == Enrolment.AnswerKind.CONFIRMED]
    opening, events = sessions[0], []
    if wave.number == 1:
        # In the first wave the opening was recorded at the door, and a few who had confirmed stayed away.
        confirmed = [person for index, person in enumerate(confirmed) if index % 40 != 13]
        events = arrivals(wave, sessions.pop(0), confirmed, official)
    events += [
        AttendanceEvent(
            kind=AttendanceEvent.Kind.IN,
            source=AttendanceEvent.Source.LIST,
            wave=wave,
            session=session,
            enrolment=person,
            actor=official,
            at=session.starts_at,
        )
        for person in confirmed
        for session in sessions
    ]
    record_events(events, now=wave.ends_at)
    if wave.number == 1:
        sign_sheet(opening, confirmed, official, wave.ends_at)


def _past_enrolment(wave: Wave, head: RTHead, index: int, invited_at: datetime, answered_at: datetime) -> Enrolment:
    link_id = uuid.uuid4()
    declined = index % 10 == 9
    return Enrolment(
        program_id=wave.program_id,
        wave=wave,
        head=head,
        rt_id=head.rt_id,
        village_id=head.rt.village_id,
        invited_at=invited_at,
        link_id=link_id,
        link_hash=hash_of(link_id),
        answer=Enrolment.AnswerKind.DECLINED if declined else Enrolment.AnswerKind.CONFIRMED,
        reason="Sakit (contoh)" if declined else "",
        answered_at=answered_at,
    )
