"""Rows for tests: plain functions, sensible defaults, every argument by keyword.

Regions are a true cut of the official list: Tabalong and Kota Jambi.
"""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from django.db import transaction

from participants import publishing
from participants.models import RT, Enrolment, RTHead
from programs.links import feed_hash
from programs.models import (
    DEFAULT_REMINDER_RULES,
    CalendarFeed,
    Office,
    Program,
    ReminderRule,
    Signatory,
    SpecialDay,
    Venue,
    Wave,
    WaveArea,
    WavePlan,
)
from programs.queries.plan_wishes import PlanWishes
from programs.use_cases.save_plan import save_plan
from rtportal.accounts.models import Assignment, User
from rtportal.lib import clock, links
from rtportal.lib.short_codes import make_code
from rtportal.messaging.models import SendingHours
from rtportal.regions.area_keys import split_key
from rtportal.regions.models import Region
from rtportal.regions.reader import read_regions
from rtportal.trust.models import OfficialInvitation
from rtportal.trust.use_cases.invite_official import invite_official
from sessions.models import SessionSpeaker, Speaker, TrainingSession

TABALONG, JAMBI = "63.09", "15.71"
MURUNG_PUDAK, MUARA_UYA, JARO, TANJUNG = "63.09.06", "63.09.07", "63.09.11", "63.09.04"

# A Monday well before the wave below; tests pass it as `now`.
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
WAVE_DAY = date(2026, 4, 8)  # a Wednesday

PASSWORD = "kata-sandi-petugas-uji"


@cache
def _regions(areas: tuple[str, ...]) -> list[Region]:
    """Unpacking the country's file takes longer than most tests, so each process does it once for each selection."""
    return [
        Region(
            code=row.code,
            name=row.name,
            level=row.level,
            kind=row.kind,
            parent_id=row.parent_code,
            time_zone=row.time_zone,
            latitude=row.latitude,
            longitude=row.longitude,
        )
        for row in read_regions(areas=areas)
    ]


def regions(*codes: str) -> None:
    """The given regions with everything inside and above them (default: Tabalong, Kota Jambi), reached at any hour."""
    made = _regions(codes or (TABALONG, JAMBI))
    Region.objects.bulk_create(made, ignore_conflicts=True)
    # Tests run at any hour; those about sending hours set their own.
    SendingHours.objects.bulk_create(
        (
            SendingHours(
                region=region,
                opens_at=time(0, 0),
                closes_at=time(0, 0),
                is_friday_prayer_quiet=False,
                ramadan_closes_at=None,
            )
            for region in made
            if region.level == Region.Level.REGENCY
        ),
        ignore_conflicts=True,
    )


def user(*, role: str = "official", region: str | None = TABALONG, email: str = "", name: str = "Siti Rahmah") -> User:
    """A signed-up official; `region=None` gives one without any assignment. The password is `PASSWORD`."""
    made = User.objects.create_user(email or f"{uuid.uuid4().hex[:10]}@kantor.test", PASSWORD, name=name)
    if region:
        Assignment.objects.create(user=made, role=role, region_id=region)
    return made


def official_invitation(
    *, by: User, role: str = "official", region: str = TABALONG, email: str = "", now: datetime | None = None
) -> OfficialInvitation:
    return invite_official(
        name="Budi Santoso",
        email=email or f"{uuid.uuid4().hex[:10]}@kantor.test",
        role=role,
        region=Region.objects.get(code=region),
        actor=by,
        now=now or clock.now(),
    )


def office(*, region: str = TABALONG, name: str = "DPMD Kabupaten Tabalong", **fields) -> Office:
    values = {"contact_name": "Ibu Nor Hayati", "contact_phone": "+625262021234"} | fields
    return Office.objects.get_or_create(region_id=region, name=name, defaults=values)[0]


def signatory(*, office: Office, name: str = "Rahmadi", **fields) -> Signatory:
    return Signatory.objects.create(
        office=office, name=name, **({"position": "Kepala Dinas", "nip": "197001011995031001"} | fields)
    )


def program(*, region: str = TABALONG, name: str = "", with_rules: bool = True, **fields) -> Program:
    owner = fields.pop("office", None) or office(region=region, name=f"DPMD {region}")
    made = Program.objects.create(
        office=owner, region_id=region, name=name or f"Bimtek Ketua RT {uuid.uuid4().hex[:6]}", **fields
    )
    if with_rules:
        ReminderRule.objects.bulk_create(
            ReminderRule(program=made, audience=audience, days_before=days) for audience, days in DEFAULT_REMINDER_RULES
        )
    return made


def venue(*, region: str = TABALONG, name: str = "", capacity: int = 350) -> Venue:
    return Venue.objects.create(region_id=region, name=name or f"Aula {uuid.uuid4().hex[:6]}", capacity=capacity)


def special_day(
    *, region: str = TABALONG, name: str = "Hari Jadi Tabalong", on: date = date(2026, 12, 1), **fields
) -> SpecialDay:
    """A local day; `ends_on` for more than one."""
    return SpecialDay.objects.create(region_id=region, name=name, starts_on=on, **({"ends_on": on} | fields))


def feed(*, office: Office, label: str = "Kalender Kepala Dinas", **fields) -> CalendarFeed:
    """A secret calendar address; `programs.links.feed_url(feed.link_id)` is it."""
    link_id = uuid.uuid4()
    values = {"created_at": NOW, "created_by": fields.pop("created_by", None) or user()} | fields
    return CalendarFeed.objects.create(
        office=office, label=label, link_id=link_id, link_hash=feed_hash(link_id), **values
    )


def wave(
    *,
    program: Program | None = None,
    number: int = 1,
    venue: Venue | None = None,
    on: date = WAVE_DAY,
    starts: time = time(8, 0),
    ends: time = time(15, 0),
    areas: tuple[str, ...] = (MURUNG_PUDAK,),
    published: bool = True,
    **fields,
) -> Wave:
    """A wave on a local day between two local times in the programme's zone; its schedule is published.

    Its agenda is empty then: after adding sessions `publish` it again, if people outside the office shall see them.
    """
    owner = program or globals()["program"]()
    zone = owner.region.time_zone
    made = Wave.objects.create(
        program=owner,
        number=number,
        venue=venue or globals()["venue"](region=owner.region_id),
        starts_at=clock.local_instant(on, starts, zone),
        ends_at=clock.local_instant(on, ends, zone),
        **fields,
    )
    places = (split_key(key) for key in areas)
    WaveArea.objects.bulk_create(WaveArea(program=owner, wave=made, region_id=code, rw=rw) for code, rw in places)
    if published:
        # The history of a wave begins with what its test does.
        with transaction.atomic():
            publishing.add_version(wave=made, acknowledged=[], actor=None, now=NOW)
    return made


def publish(wave: Wave, *, now: datetime = NOW, **wishes) -> Wave:
    """Publishes what stands in the wave's rows now; returns the same wave."""
    with transaction.atomic():
        publishing.publish(wave=wave, now=now, **{"acknowledged": [], "actor": None} | wishes)
    return wave


def plan(
    *, program: Program | None = None, on: tuple[date, ...] = (), venue: Venue | None = None, **wishes
) -> WavePlan:
    """A plan of all kecamatan that have no wave yet (some have heads), on two days a month ahead or on those of `on`.

    `wishes` are fields of PlanWishes; `name` and `now` those of `save_plan`.
    """
    owner = program or globals()["program"]()
    now = wishes.pop("now", clock.now())
    name = wishes.pop("name", f"Rencana {uuid.uuid4().hex[:6]}")
    hall = venue or globals()["venue"](region=owner.region_id)
    days = on or tuple((now + timedelta(days=ahead)).date() for ahead in (35, 36))
    asked = {"level": "district", "venues": (hall.pk,), "days": days, "hours": ((time(8), time(15)),)} | wishes
    return save_plan(program=owner, plan=None, version=0, name=name, wishes=PlanWishes(**asked), actor=None, now=now)


def villages_of(district: str) -> list[Region]:
    return list(Region.objects.villages().within([district]).order_by("code"))


def head(
    *, district: str = MURUNG_PUDAK, village: str | None = None, number: str = "001", rw: str = "", **fields
) -> RTHead:
    """One RT and its current head."""
    code = village or villages_of(district)[0].code
    unit = RT.objects.create(village_id=code, rw=rw, number=number)
    values = {"name": "Ahmad Fauzi", "phone": "+6281234567890", "email": ""} | fields
    return RTHead.objects.create(rt=unit, **values)


def heads(count: int, *, district: str = MURUNG_PUDAK, with_email: bool = True) -> list[RTHead]:
    """`count` RTs with their heads, spread over the district's villages; phones and addresses are all different."""
    places = villages_of(district)
    stem = district.replace(".", "")
    units = RT.objects.bulk_create(
        RT(village=places[index % len(places)], number=f"{index // len(places) + 1:03d}") for index in range(count)
    )
    return RTHead.objects.bulk_create(
        RTHead(
            rt=unit,
            name=f"Warga {stem} {index:04d}",
            phone=f"+62812{stem[-3:]}{index:05d}",
            email=f"rt{stem}-{index:04d}@rt.test" if with_email else "",
        )
        for index, unit in enumerate(units)
    )


def enrolment(*, wave: Wave, head: RTHead | None = None, **fields) -> Enrolment:
    """An invited head; its personal link is `personal_path(enrolment)`."""
    who = head or globals()["head"](district=wave.wave_areas.first().region_id)
    link_id = uuid.uuid4()
    values = {"invited_at": NOW, "rt_id": who.rt_id, "village_id": who.rt.village_id, "program_id": wave.program_id}
    values |= {"short_code": make_code()} | fields
    return Enrolment.objects.create(
        wave=wave, head=who, link_id=link_id, link_hash=links.hash_token(token_of(link_id)), **values
    )


def token_of(link_id: uuid.UUID) -> str:
    from django.conf import settings

    return links.make_token(settings.LINK_KEY.encode(), link_id)


def personal_path(enrolment: Enrolment) -> str:
    return f"/u/{token_of(enrolment.link_id)}/"


def speaker(*, region: str = TABALONG, position: str = "Kepala BNNK Tabalong", **fields) -> Speaker:
    return Speaker.objects.create(region_id=region, position=position, **fields)


def session(*, wave: Wave, title: str = "Pencegahan narkoba", starts: time = time(9, 0), minutes: int = 60, **fields):
    """A session on the wave's day at a local time."""
    speakers = fields.pop("speakers", ())
    begin = clock.local_instant(wave.local_day, starts, wave.zone)
    made = TrainingSession.objects.create(
        wave=wave, title=title, starts_at=begin, ends_at=begin + timedelta(minutes=minutes), **fields
    )
    SessionSpeaker.objects.bulk_create(
        SessionSpeaker(session=made, speaker=who, status="confirmed") for who in speakers
    )
    return made
