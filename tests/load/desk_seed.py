"""What the desk lists: plans, publications, special days, feeds, people who wait or want corrections, materials."""

import uuid
from datetime import timedelta

from participants.models import RT, DataCorrection, Enrolment, RTHead, WaitingPlace
from programs.models import CalendarFeed, Office, SpecialDay, Wave, WavePlan, WavePublication
from programs.planner.problem import Problem, Rules, as_dict
from rtportal.accounts.models import User
from rtportal.lib import clock, links
from rtportal.regions.models import Region
from sessions.models import Material, SessionSpeaker, Speaker
from tests import factories
from tests.load.list_seed import DAY, OFFICIAL

# A second wave, whose people wait for a seat in the first one and could be swapped with its people; above the numbers
# of all others.
GUEST_WAVE = 9_999


def grow_desk(rows: int) -> None:
    """Add what is missing until there are `rows` rows of each kind; `list_seed.grow` comes first."""
    new = range(WavePlan.objects.count(), rows)
    wave = Wave.objects.select_related("program__region", "venue", "publication").earliest("pk")
    by, now = User.objects.get(email=OFFICIAL), clock.now()
    if not new.start:
        day = DAY + timedelta(days=1)
        fields = {"on": day, "areas": (), "invitations_opened_at": now}
        factories.wave(program=wave.program, venue=wave.venue, number=GUEST_WAVE, **fields)
    _plans(new, wave, by)
    WavePublication.objects.bulk_create(
        WavePublication(wave=wave, number=n + 1, published_at=now, published_by=by, facts=wave.publication.facts)
        for n in new
        if n
    )
    SpecialDay.objects.bulk_create(
        SpecialDay(region_id=factories.TABALONG, name=f"Hari ke-{n}", starts_on=DAY, ends_on=DAY) for n in new
    )
    CalendarFeed.objects.bulk_create(
        CalendarFeed(
            office=Office.objects.earliest("pk"),
            label=f"Kalender {n}",
            link_hash=links.hash_token(f"feed {n}"),
            created_at=now,
            created_by=by,
        )
        for n in new
    )
    _guests(new, wave, by)
    _of_first_speaker(wave, by)


def _plans(new: range, wave: Wave, by: User) -> None:
    """Plans that could not be divided: the page of one is then as long as its wishes."""
    wishes = {
        "level": "district",
        "districts": [],
        "venues": [wave.venue_id],
        "reserve": 0,
        "days": [f"{DAY:%Y-%m-%d}"],
        "starts": "08:00",
        "ends": "15:00",
        "wave_count": None,
        "most_areas": None,
        "rules": [],
    }
    problem = as_dict(Problem(areas=(), slots=(), rules=Rules(), wave_count=None))
    result = {"sentence": "Tidak dapat dihitung."}
    WavePlan.objects.bulk_create(
        WavePlan(
            program=wave.program,
            name=f"Rencana {n}",
            wishes=wishes,
            problem=problem,
            state=WavePlan.State.FAILED,
            result=result,
            created_at=clock.now(),
            created_by=by,
        )
        for n in new
    )


def _guests(new: range, wave: Wave, by: User) -> None:
    guest_wave = Wave.objects.get(program=wave.program, number=GUEST_WAVE)
    places = list(Region.objects.villages().within([factories.JARO]).order_by("code"))
    units = RT.objects.bulk_create(
        RT(village=places[n % len(places)], rw="999", number=f"{n // len(places):03d}") for n in new
    )
    heads = RTHead.objects.bulk_create(RTHead(rt=unit, name=f"Tamu {unit.pk}") for unit in units)
    people = Enrolment.objects.bulk_create(
        Enrolment(
            program=wave.program,
            wave=guest_wave,
            head=head,
            rt_id=head.rt_id,
            village_id=head.rt.village_id,
            invited_at=clock.now(),
            link_hash=links.hash_token(f"guest {head.pk}"),
        )
        for head in heads
    )
    WaitingPlace.objects.bulk_create(
        WaitingPlace(enrolment=one, wave=wave, since=clock.now(), actor=by) for one in people
    )
    DataCorrection.objects.bulk_create(
        DataCorrection(
            enrolment=one,
            head_id=one.head_id,
            village_id=one.village_id,
            wanted={"phone": "+6281298765432"},
            before={"phone": ""},
            requested_at=clock.now(),
            due_at=clock.now() + DataCorrection.TIME_TO_DECIDE,
        )
        for one in people
    )


def _of_first_speaker(wave: Wave, by: User) -> None:
    """The first speaker speaks in every session, and the first session has as many files."""
    speaker = Speaker.objects.earliest("pk")
    sessions = list(wave.training_sessions.order_by("pk"))
    SessionSpeaker.objects.bulk_create(
        (SessionSpeaker(session=session, speaker=speaker, status="tentative") for session in sessions),
        ignore_conflicts=True,
    )
    first = sessions[0]
    Material.objects.bulk_create(
        Material(
            id=uuid.uuid4(),
            session=first,
            uploaded_by=by,
            uploaded_at=clock.now(),
            name=f"materi-{n}.pdf",
            path=f"materials/{n}.pdf",
            content_type="application/pdf",
            size=1000,
        )
        for n in range(first.materials.count(), len(sessions))
    )
